"""The whole evaluation: sections in their order, findings and figures gathered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from zhengben.cleaner import Cleaner
from zhengben.evaluation.against_pycorrector import measure_pycorrector
from zhengben.evaluation.damaged_section import DamagedSection
from zhengben.evaluation.documents import MINIMUM_LENGTH, SoundDocument, sound_documents
from zhengben.evaluation.findings import Finding
from zhengben.evaluation.gold import Gold
from zhengben.evaluation.gold_format import read_gold
from zhengben.evaluation.gold_section import measure_gold
from zhengben.evaluation.mining_section import measure_mining
from zhengben.evaluation.ocr_section import measure_recognition
from zhengben.evaluation.plan import Plan, Report
from zhengben.evaluation.rates import Bin, CurvePoint, calibration_error, equal_mass_bins, precision_recall
from zhengben.evaluation.sound_section import measure_hard_negatives, measure_sentence_sets, measure_sound


@dataclass(slots=True)
class Evaluation:
    """Runs a plan; ``say`` is told what is being measured. Once run, the curves can be drawn."""

    plan: Plan
    say: Callable[[str], None] = lambda _: None
    findings: list[Finding] = field(default_factory=list)
    candidates: list[tuple[float, bool, int]] = field(default_factory=list)
    sites: int = 0

    def run(self) -> Report:
        """Measure everything. Raises `ZhengbenError` for files, tables or models that cannot be read."""
        cleaner = Cleaner()
        report: Report = {"format": 1, "seed": self.plan.seed}
        golds = [read_gold(path) for path in self.plan.gold]
        report["gold"] = self._gold("gold", golds, cleaner)
        if self.plan.scale.printed:
            self.say("printed pages")
            report["recognition"] = measure_recognition(golds, cleaner, self.plan.scale)
        materials = self.plan.materials
        if materials is not None:
            report["seed_gold"] = self._gold("seed", list(materials.gold()), cleaner)
            self.say("hard negatives and sentence sets")
            report["hard_negatives"] = measure_hard_negatives(materials, cleaner, self.findings)
            report["sentence_sets"] = measure_sentence_sets(materials, cleaner, self.plan.scale.sentences)
        documents = self._documents()
        if documents:
            self.say("sound documents")
            report["sound"] = measure_sound(documents, cleaner, self.plan.scale, self.findings)
            report["damaged"] = self._damaged(documents, cleaner)
            report["mining"] = measure_mining(documents, self.plan, self.say)
        return report

    def curve(self) -> tuple[CurvePoint, ...]:
        """Precision and recall of all candidates in the damaged documents."""
        return precision_recall(self.candidates, self.sites)

    def bins(self) -> tuple[Bin, ...]:
        """Confidence against outcome of all candidates in the damaged documents."""
        return equal_mass_bins(self._outcomes())

    def calibration_error(self) -> float:
        """Over all candidates in the damaged documents."""
        return calibration_error(self._outcomes())

    def _outcomes(self) -> list[tuple[float, bool]]:
        return [(confidence, right) for confidence, right, _ in self.candidates]

    def _gold(self, section: str, golds: list[Gold], cleaner: Cleaner) -> Report:
        self.say(f"{section}: {len(golds)} documents")
        report = measure_gold(section, golds, cleaner, self.findings)
        if self.plan.against_pycorrector:
            self.say(f"{section}: pycorrector")
            report["pycorrector"] = measure_pycorrector(golds)
        return report

    def _documents(self) -> list[SoundDocument]:
        materials, recipe = self.plan.materials, self.plan.recipe
        if materials is None or materials.corpora is None or recipe is None:
            return []
        from zhengben.lm.training.sources import read_recipe

        self.say("collecting documents that no model was trained on")
        minimum = self.plan.length or MINIMUM_LENGTH
        return list(sound_documents(read_recipe(recipe), materials.corpora, minimum=minimum))

    def _damaged(self, documents: list[SoundDocument], cleaner: Cleaner) -> Report:
        section = DamagedSection(self.plan, cleaner, self.say)
        report = section.measure(documents)
        self.findings += section.findings
        self.candidates, self.sites = section.words.candidates, section.words.sites
        return report
