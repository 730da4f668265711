from __future__ import annotations

from evaluation.marked import scored
from zhengben.evaluation.findings import faults, sound_faults, write_findings
from zhengben.evaluation.sound import SoundTally
from zhengben.model import Edit


def test_wrong_edits_and_missed_places_are_found():
    found = list(faults("B", [scored("{学问|知识}与{力量|能力}增加", [("增加", "增强")], [("力量", "能力")])]))

    assert [(finding.kind, finding.place, finding.truth) for finding in found] == [
        ("wrong applied", "学问与力量【增加→增强】", ""),
        ("missed", "【学问→知识】与力量增加", "知识"),
        ("missed, suggested", "学问与【力量→能力】增加", "能力"),
    ]


def test_findings_are_written_one_a_line(tmp_path):
    tally = SoundTally(examples=[("前【甲→乙】后", Edit(1, 2, "甲", "乙", "rules", "A/甲", confidence=0.9))])
    write_findings(tmp_path / "faults.tsv", sound_faults("sound", tally))

    assert (tmp_path / "faults.tsv").read_text(encoding="utf-8").splitlines() == [
        "section\tdocument\tkind\tstage\trule\tconfidence\tplace\ttruth",
        "sound\t\tsound applied\trules\tA/甲\t0.900\t前【甲→乙】后\t",
    ]
