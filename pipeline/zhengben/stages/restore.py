"""Stage `restore`: which engines hit the document, and what each site was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from zhengben.model import Edit, Notice, PositionMap, Status
from zhengben.spans import Spans
from zhengben.stages.base import Context, StageOutput

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengben.restore.court import Findings
    from zhengben.restore.decision import Verdict
    from zhengben.restore.wording import Wording

QUOTE_EVIDENCE: Final = 1.5
"""Natural-log likelihood ratio for engine A of one 〞 that closes “: readers of scans write it too, but rarely."""

MOST_QUOTES: Final = 3
_QUOTING_ENGINE: Final = "A"
_HAN: Final = re.compile("[\u4e00-\u9fff]+")


class Restore:
    """Decides the contextual candidates by the language model and the document's own evidence."""

    name = "restore"

    def run(self, text: str, context: Context) -> StageOutput:
        findings = investigate_document(text, context)
        if findings is None:
            return StageOutput()
        context.dossier.engines = tuple(sorted(findings.identification.active))
        wording = _wording(context)
        return StageOutput(_edits(findings, wording, context), _notices(findings, text), wording.engines(findings))


def investigate_document(text: str, context: Context) -> Findings | None:
    """What restore finds out about a document, or None where it looks sound: by counts, then by a sample of places.

    Engines that the counts clear are not asked about again.
    """
    from zhengben.restore.court import investigate, looks_damaged
    from zhengben.restore.hypothesis import Choice
    from zhengben.restore.likelihood import Likelihood

    toolbox, dossier = context.toolbox, context.dossier
    if dossier.screening is None or dossier.screened is None:
        dossier.screened, dossier.screening = text, toolbox.rulebook.screen(text, skip=context.protected)
    text, screening = dossier.screened, dossier.screening
    forced, hints = context.config.engines, _hints(dossier.mispaired_quotes)
    suspicion, lexicon = toolbox.suspicion, toolbox.lexicon
    suspected = frozenset() if forced or hints else suspicion.engines(screening.counts)
    if not (suspected or forced or hints):
        return None
    likelihood = Likelihood(toolbox.language_model, toolbox.calibration)
    survivors = toolbox.roll.survivors(screening.counts)
    settled = [Choice(edit.start, edit.end, edit.replacement) for edit in dossier.certain]
    if suspected and not looks_damaged(
        text, lexicon.doubtful(text, screening, suspected), survivors, likelihood, settled
    ):
        return None
    engines = suspicion.engines_beside(screening.counts).union(forced, hints)
    suspects = lexicon.suspects(text, screening, engines)
    return investigate(text, suspects, survivors, likelihood, settled=settled, forced=forced, hints=hints)


def _hints(mispaired_quotes: int) -> dict[str, float]:
    return {_QUOTING_ENGINE: QUOTE_EVIDENCE * min(mispaired_quotes, MOST_QUOTES)} if mispaired_quotes else {}


def _wording(context: Context) -> Wording:
    from zhengben.restore.wording import Wording

    han = sum(map(len, _HAN.findall(context.dossier.screened or "")))
    return Wording(context.toolbox.form_counts, context.toolbox.rulebook.titles, han)


def _edits(findings: Findings, wording: Wording, context: Context) -> tuple[Edit, ...]:
    """The verdicts that are sure enough, as edits on the text that certain rules left."""
    text, repair = context.dossier.screened or "", context.toolbox.rulebook.repair
    moved = PositionMap(context.dossier.certain)
    edits = []
    for verdict, confidence in _sure_enough(findings.verdicts, context):
        original = text[slice(*verdict.span)]
        status: Status = "applied" if confidence >= context.config.min_confidence else "suggested"
        edit = Edit(
            *moved.to_output(*verdict.span),
            original,
            repair(original, verdict.right),
            stage=Restore.name,
            rule=verdict.claim.rule.id,
            engine=verdict.claim.engine,
            confidence=round(confidence, 4),
            status=status,
            reason=wording.reason(verdict, findings.trials[verdict.wrong]),
            alternatives=tuple([repair(original, right) for right in verdict.alternatives]),
        )
        edits.append(edit)
    return tuple(edits)


def _sure_enough(verdicts: Sequence[Verdict], context: Context) -> Iterator[tuple[Verdict, float]]:
    """The verdicts to be shown, clear of each other and of what certain rules did, each with its confidence."""
    from zhengben.restore.decision import calibrated, disjoint

    model = context.toolbox.calibration.confidence
    settled = Spans((edit.start, edit.end) for edit in context.dossier.certain)
    for verdict in disjoint([verdict for verdict in verdicts if not settled.overlaps(*verdict.span)]):
        confidence = calibrated(verdict, model)
        if confidence >= context.config.suggest_confidence:
            yield verdict, confidence


def _notices(findings: Findings, text: str) -> tuple[Notice, ...]:
    from zhengben.restore.entries import REWRITING

    if REWRITING not in findings.identification.active:
        return ()
    reason = "全文像是被改写工具整篇改写过，原文无法逐词还原；未按改写类词表作任何改动"
    return (Notice(0, len(text), "rewritten", reason),)
