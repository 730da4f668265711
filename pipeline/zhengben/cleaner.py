"""Runs the stages in order and composes their edits onto the original text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from zhengben.config import Config
from zhengben.model import (
    Edit,
    EngineVerdict,
    Notice,
    PositionMap,
    Result,
    Span,
    apply,
    compose,
    validate,
)  # fmt: skip
from zhengben.protection import protected_spans
from zhengben.stages import pipeline
from zhengben.stages.base import Context, Dossier, Spans, Stage, StageOutput
from zhengben.toolbox import Toolbox

SETTLING_STAGES = frozenset({"script", "rules", "restore", "spelling"})
NO_SPANS = Spans()


class Cleaner:
    """Cleans documents with one configuration. Reusable, and safe to share between threads.

    Raises `RuleError` or `ModelError` at the first document that needs a table or a model that
    does not load.
    """

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self._toolbox = Toolbox(self.config)
        self._stages = pipeline(self.config)

    def prepare(self) -> None:
        """Load what every document needs now, so that a broken rule table is found before the first one.

        Raises `RuleError`.
        """
        if not self.config.disabled.issuperset(("rules", "restore")):
            self._toolbox.rulebook  # noqa: B018

    def clean(
        self, text: str, *, protect: Iterable[tuple[int, int]] = (), doubtful: Iterable[tuple[int, int]] = ()
    ) -> Result:
        """Return the cleaned text and every edit, positioned on ``text``.

        ``protect`` are spans, in code points of ``text``, that stay as they are. ``doubtful`` are spans that a
        recognition of characters was not sure of. Raises `ValueError` for lone surrogates and for spans
        outside the text.
        """
        refuse_surrogates(text)
        inviolable, unsure = (Spans(_checked(spans, len(text))) for spans in (protect, doubtful))
        run = _Run(text, inviolable, Spans(protected_spans(text)), unsure)
        dossier = Dossier()
        for stage in self._stages:
            context = Context(self.config, self._toolbox, run.protected, run.settled, dossier, run.doubtful_now())
            run.take(stage, stage.run(run.text, context))
        return run.result()


def clean(text: str, *, protect: Iterable[tuple[int, int]] = (), config: Config | None = None) -> Result:
    """Clean one text: the one-shot form of `Cleaner`."""
    return Cleaner(config).clean(text, protect=protect)


def refuse_surrogates(text: str) -> None:
    """Raise `ValueError` when ``text`` holds a lone surrogate, which no encoding can write."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(
            f"lone surrogate at offset {error.start}: the text was decoded wrongly, read it again"
        ) from None


def _checked(protect: Iterable[tuple[int, int]], length: int) -> list[Span]:
    spans = [Span(*span) for span in protect]
    for span in spans:
        if not 0 <= span.start <= span.end <= length:
            raise ValueError(f"span {tuple(span)} lies outside the text of {length} characters")
    return spans


@dataclass(slots=True)
class _Run:
    """One document on its way: the text so far and what was done to it, on the original.

    ``inviolable`` spans are the caller's. ``recognised`` ones (addresses, code, Latin words) keep
    their characters too, but may go as a whole together with the injected line they stand in. Of ``doubtful``
    ones nobody is sure.
    """

    source: str
    inviolable: Spans
    recognised: Spans
    doubtful: Spans
    text: str = ""
    edits: tuple[Edit, ...] = ()
    suggestions: list[Edit] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    engines: tuple[EngineVerdict, ...] = ()
    positions: PositionMap = field(default_factory=lambda: PositionMap(()))
    settled: Spans = NO_SPANS
    inviolable_now: Spans = field(default_factory=Spans)
    recognised_now: Spans = field(default_factory=Spans)
    protected: Spans = field(default_factory=Spans)

    def __post_init__(self) -> None:
        self.text = self.source
        self._move_protection()

    def _settled_spans(self) -> Spans:
        spans = self.positions.output_spans()
        return Spans(span for edit, span in zip(self.edits, spans, strict=True) if edit.stage in SETTLING_STAGES)

    def doubtful_now(self) -> Spans:
        return self._now(self.doubtful) if self.doubtful else self.doubtful

    def take(self, stage: Stage, output: StageOutput) -> None:
        """Compose a stage's findings onto the original text."""
        edits = [edit for edit in output.edits if _permitted(edit, self.inviolable_now, self.recognised_now)]
        self.suggestions += (self._on_source(edit) for edit in edits if not edit.is_applied)
        self.notices += (self._notice_on_source(notice) for notice in output.notices)
        self.engines = output.engines or self.engines
        applied = [edit for edit in edits if edit.is_applied]
        if applied:
            self.text = apply(self.text, applied)
            self.edits = compose(self.edits, applied)
            self.positions = PositionMap(self.edits)
            self.settled = self._settled_spans()
            self._move_protection()

    def _move_protection(self) -> None:
        self.inviolable_now, self.recognised_now = self._now(self.inviolable), self._now(self.recognised)
        both = self.inviolable_now and self.recognised_now
        self.protected = (
            Spans((*self.inviolable_now, *self.recognised_now)) if both else self.inviolable_now or self.recognised_now
        )

    def _now(self, spans: Spans) -> Spans:
        return spans.moved(self.positions) if self.edits else spans

    def result(self) -> Result:
        """The finished result, its laws checked."""
        suggestions = _disjoint(self.suggestions)
        edits = tuple(sorted((*self.edits, *suggestions), key=attrgetter("start", "end", "status")))
        validate(self.source, edits)
        if apply(self.source, self.edits) != self.text:
            raise AssertionError("the composed edits do not give the cleaned text")
        notices = tuple(sorted(self.notices, key=lambda n: (n.start, n.end)))
        return Result(self.source, self.text, edits, notices, self.engines)

    def _on_source(self, edit: Edit) -> Edit:
        span = self.positions.to_source(edit.start, edit.end)
        covered = self.positions.to_output(*span)
        if edit.is_insertion:
            return replace(edit, start=span.start, end=span.end, original=self.source[slice(*span)])
        before, after = self.text[covered.start : edit.start], self.text[edit.end : covered.end]
        return replace(
            edit,
            start=span.start,
            end=span.end,
            original=self.source[slice(*span)],
            replacement=before + edit.replacement + after,
            alternatives=tuple(before + word + after for word in edit.alternatives),
        )

    def _notice_on_source(self, notice: Notice) -> Notice:
        span = self.positions.to_source(notice.start, notice.end)
        return replace(notice, start=span.start, end=span.end)


def _permitted(edit: Edit, inviolable: Spans, recognised: Spans) -> bool:
    if inviolable.overlaps(edit.start, edit.end):
        return False
    cuts = recognised.overlaps(edit.start, edit.start) or recognised.overlaps(edit.end, edit.end)
    return not cuts if edit.replacement == "" else not recognised.overlaps(edit.start, edit.end)


def _disjoint(suggestions: Sequence[Edit]) -> list[Edit]:
    """Of suggestions that overlap, keep the more confident one."""
    kept: list[Edit] = []
    for edit in sorted(suggestions, key=lambda e: (e.start, e.end)):
        if edit.original == edit.replacement:
            continue
        if kept and edit.start < kept[-1].end:
            kept[-1] = max(kept[-1], edit, key=lambda e: e.confidence)
        else:
            kept.append(edit)
    return kept
