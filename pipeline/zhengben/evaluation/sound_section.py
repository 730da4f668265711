"""Sound text: as documents, sentence by sentence, with engines taken for granted, and in sets made to mislead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhengben.cleaner import Cleaner
from zhengben.config import Config
from zhengben.evaluation.documents import SoundDocument
from zhengben.evaluation.findings import Finding, sound_faults
from zhengben.evaluation.materials import Materials
from zhengben.evaluation.plan import Report, Scale
from zhengben.evaluation.sentence_sets import strict_figures
from zhengben.evaluation.sound import SoundTally, sentences, tally_sound

FORCED_ENGINES = ("A", "B")


def measure_sound(
    documents: Sequence[SoundDocument], cleaner: Cleaner, scale: Scale, findings: list[Finding]
) -> Report:
    """Edits in sound text as documents, sentence by sentence, and with engines A and B forced on."""
    mixed = _interleaved(documents)
    again = [document.text for document in _first(mixed, scale.sound_again)]
    forced = Cleaner(Config(engines=FORCED_ENGINES))
    tallies: dict[str, SoundTally] = {
        "documents": tally_sound((document.text for document in _first(mixed, scale.sound)), cleaner.clean),
        "sentences": tally_sound((part for text in again for part in sentences(text)), cleaner.clean),
        "engines A and B forced": tally_sound(again, forced.clean),
    }
    for name, tally in tallies.items():
        findings += sound_faults(f"sound {name}", tally)
    return {name: tally.figures() for name, tally in tallies.items()}


def measure_hard_negatives(materials: Materials, cleaner: Cleaner, findings: list[Finding]) -> Report:
    """Sound lines that look damaged."""
    tally = tally_sound(materials.hard_negatives(), cleaner.clean)
    findings += sound_faults("hard negatives", tally)
    return tally.figures()


def measure_sentence_sets(materials: Materials, cleaner: Cleaner, most: int) -> Report:
    """Sets of single sentences, up to ``most`` of each, spread over the set."""
    return {
        name: strict_figures(pairs[:: max(1, len(pairs) // most)], lambda text: cleaner.clean(text).text)
        for name, pairs in materials.sentence_sets()
    }


def _interleaved(documents: Sequence[SoundDocument]) -> list[SoundDocument]:
    """The documents of all sources mixed, so that any beginning of the list is a fair sample."""
    counts: dict[str, int] = {}
    places: list[tuple[float, int]] = []
    totals: dict[str, int] = {}
    for document in documents:
        totals[_source(document)] = totals.get(_source(document), 0) + 1
    for number, document in enumerate(documents):
        counts[_source(document)] = counts.get(_source(document), 0) + 1
        places.append((counts[_source(document)] / totals[_source(document)], number))
    return [documents[number] for _, number in sorted(places)]


def _source(document: SoundDocument) -> str:
    return document.name.rpartition("-")[0]


def _first(documents: Iterable[SoundDocument], characters: int) -> Iterator[SoundDocument]:
    total = 0
    for document in documents:
        if total >= characters:
            return
        total += len(document.text)
        yield document
