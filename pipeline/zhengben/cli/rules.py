"""``zhengben rules``: the tools of those who write rule tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengben.cli.guard import DONE, REFUSED, one_line
from zhengben.cli.rules_add import add

if TYPE_CHECKING:
    from zhengben.config import Config
    from zhengben.rulebook import Rule, Rulebook, Table
    from zhengben.rulebook.findings import Finding
    from zhengben.workshop.tracing import Trace

PATH = click.Path(path_type=Path)


@click.group()
def rules() -> None:
    """Check, add, try, explain and mine rule tables."""


rules.add_command(add)


@rules.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=PATH)
@click.option(
    "--corpus", multiple=True, type=PATH, metavar="DIR", help="More sound text for certain rules to be silent on."
)
@click.option("--no-model", is_flag=True, help="Leave out the examples of context rules: they need the language model.")
@click.option("--notes", is_flag=True, help="Print facts, too: chains, contradictions, counts of guarded forms.")
def check(files: tuple[Path, ...], corpus: tuple[Path, ...], no_model: bool, notes: bool) -> int:
    """Check tables: the given ones, or all that are shipped or configured.

    Schema, examples, duplicates, contradictions, chains, shadowed rules, unsafe regular expressions,
    order, and firings on sound text. The exit code is 2 when something is refused.
    """
    from zhengben.rulebook.loading import load_table

    config = _config(files)
    rulebook = _rulebook(config)
    tables = [load_table(path) for path in files] if files else rulebook.tables
    findings = list(_findings(tables, rulebook, config, corpus, with_model=not no_model))
    for finding in findings:
        if notes or finding.level != "note":
            click.echo(one_line(str(finding)))
    levels = Counter(finding.level for finding in findings)
    count = sum(len(table.rules) for table in tables)
    listed = f"{levels['error']} errors, {levels['warning']} warnings, {levels['note']} notes"
    click.echo(f"{len(tables)} tables, {count} rules: {listed}", err=True)
    return REFUSED if levels["error"] else DONE


@rules.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; the exit code is 2 when a file would change.")
def fmt(files: tuple[Path, ...], only_check: bool) -> int:
    """Sort and lay out tables. Comments are kept."""
    from zhengben.outputs import write_together
    from zhengben.rulebook.documents import decode, read_bytes
    from zhengben.rulebook.formatting import format_text

    changed = {}
    for path in files:
        text = decode(str(path), read_bytes(path))
        written = format_text(str(path), text)
        if written != text:
            changed[path] = written.encode()
            click.echo(f"{path}: {'would change' if only_check else 'formatted'}")
    if only_check:
        return REFUSED if changed else DONE
    write_together(changed, overwrite=True)
    return DONE


@rules.command("try")
@click.argument("text")
@click.option("--engine", multiple=True, metavar="ID", help="Take the text as damaged by this engine.")
@click.option("--rules", "tables", multiple=True, type=PATH, metavar="FILE", help="Add a rule table.")
def try_(text: str, engine: tuple[str, ...], tables: tuple[Path, ...]) -> None:
    """Show which rules are considered in TEXT, who wins and why."""
    from zhengben.workshop.tracing import trace

    _print_trace(trace(text, _config(tables, engine)))


@rules.command()
@click.argument("place", metavar="FILE:LINE:COL")
@click.option("--engine", multiple=True, metavar="ID", help="Take the document as damaged by this engine.")
@click.option("--rules", "tables", multiple=True, type=PATH, metavar="FILE", help="Add a rule table.")
def explain(place: str, engine: tuple[str, ...], tables: tuple[Path, ...]) -> None:
    """Show what happened, or did not happen, at one place of a document."""
    from zhengben.batch import Input
    from zhengben.workflow import open_input
    from zhengben.workshop.places import offset_of, parse_place
    from zhengben.workshop.tracing import trace

    path, line, column = parse_place(place)
    text = open_input(Input(str(path), path)).document.text
    offset = offset_of(text, line, column)
    _print_trace(trace(text, _config(tables, engine)).at(offset))


@rules.command("list")
@click.option("--engine", help="Only rules of this engine.")
@click.option("--apply", type=click.Choice(["certain", "context", "suggest"]), help="Only rules applied in this way.")
@click.argument("words", nargs=-1)
def list_(engine: str | None, apply: str | None, words: tuple[str, ...]) -> None:
    """List rules, all or those whose form or original holds one of WORDS."""
    rulebook = _rulebook(_config(()))
    for rule in (*rulebook.rules, *rulebook.identify_rules):
        sides = (rule.wrong, *rule.rights)
        wanted = not words or any(word in side for word in words for side in sides)
        if wanted and engine in (None, rule.engine) and apply in (None, rule.apply):
            rights = " | ".join(right or "∅" for right in rule.rights)
            click.echo(one_line(f"{rule.id} → {rights}  {rule.apply}, seen {rule.seen}{_guards_shown(rule)}"))


@rules.command()
def stats() -> None:
    """Count what the tables hold."""
    rulebook = _rulebook(_config(()))
    click.echo(
        f"{'engine':<8}{'rules':>7}{'certain':>9}{'context':>9}{'suggest':>9}{'guarded':>9}{'seen':>6}{'fires':>7}{'silent':>8}"
    )
    for table in sorted(rulebook.tables, key=lambda table: table.engine):
        click.echo(_statistics(table))
    originals = len(rulebook.forms) - rulebook.damaged_forms
    total = len(rulebook.rules) + len(rulebook.identify_rules)
    click.echo(f"{total} rules, {rulebook.damaged_forms} damaged forms, {originals} originals beside them")


@rules.command()
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.option("--corpus", required=True, type=PATH, metavar="DIR", help="Documents to clean with both.")
@click.option("--limit", default=50, show_default=True, help="Print at most this many differences.")
def diff(old: Path, new: Path, corpus: Path, limit: int) -> None:
    """Show what a change of tables changes in real documents.

    OLD and NEW are tables, each standing for its whole engine, or folders of tables.
    """
    from zhengben.workshop.comparison import compare

    comparison = compare(old, new, corpus, _config(()))
    signs = {"gone": "-", "new": "+", "other": "~"}
    for found in comparison.differences[:limit]:
        edit, former = found.edit, found.old
        was = f" (was {former.replacement}, {former.status})" if former is not None and found.change == "other" else ""
        change = f"{edit.original} → {edit.replacement} [{edit.rule}, {edit.status}, {edit.confidence:.2f}]{was}"
        click.echo(one_line(f"{signs[found.change]} {found.document}@{edit.start} {change}"))
    counts = Counter(found.change for found in comparison.differences)
    for refusal in comparison.refused:
        click.echo(one_line(refusal), err=True)
    listed = f"{counts['gone']} edits gone, {counts['new']} new, {counts['other']} other"
    click.echo(f"{comparison.documents} documents, {comparison.characters} characters: {listed}", err=True)


@rules.command()
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("-n", "--limit", default=30, show_default=True, help="Propose at most this many pairs.")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Write the proposals as a table for review.")
@click.option("--force", is_flag=True, help="Overwrite the table.")
def mine(folder: Path, limit: int, output: Path | None, force: bool) -> None:
    """Propose pairs that are in no table, from the damaged documents in DIR.

    Decisions files in DIR, as the HTML report exports them, are taken into account, too.
    """
    from zhengben.outputs import write_together
    from zhengben.rulebook.formatting import write_yaml
    from zhengben.workshop.prospecting import doubtful_rules, evidence, prospect, table_for_review, unknown_pairs
    from zhengben.workshop.reviews import decisions_files, tally

    config = _config(())
    proposals = prospect(folder, config)[:limit]
    for rank, proposal in enumerate(proposals, 1):
        click.echo(one_line(f"{rank:>3} {proposal.wrong} → {proposal.right}  {evidence(proposal)}"))
        for example in proposal.examples:
            click.echo(one_line(f"      {example}"))
    reviews, rulebook = tally(decisions_files(folder)), _rulebook(config)
    for review in unknown_pairs(reviews, rulebook):
        click.echo(one_line(f"accepted {review.accepted} of {review.total}: {review.wrong} → {review.right}"))
    for review in doubtful_rules(reviews, rulebook):
        click.echo(one_line(f"rejected {review.rejected} of {review.total}: {', '.join(review.rules)}"))
    if output is not None:
        write_together({output: write_yaml(table_for_review(proposals))}, overwrite=force)
        click.echo(f"{len(proposals)} proposals written to {output}")


@rules.command("export")
@click.argument("table", type=PATH)
@click.argument("target", type=PATH)
@click.option("--force", is_flag=True, help="Overwrite the target.")
def export(table: Path, target: Path, force: bool) -> None:
    """Write TABLE as a spreadsheet: TARGET ends in .csv or .xlsx."""
    _convert(table, target, force)


@rules.command("import")
@click.argument("table", type=PATH)
@click.argument("target", type=PATH)
@click.option("--force", is_flag=True, help="Overwrite the target.")
def import_(table: Path, target: Path, force: bool) -> None:
    """Write the spreadsheet TABLE (.csv or .xlsx) as a YAML table."""
    _convert(table, target, force)


def _convert(source: Path, target: Path, force: bool) -> None:
    from zhengben.errors import UsageError
    from zhengben.outputs import write_together
    from zhengben.rulebook.formatting import write_yaml
    from zhengben.rulebook.loading import load_table
    from zhengben.rulebook.spreadsheet import write_csv, write_xlsx

    writers: dict[str, Callable[[Table], bytes]] = {".csv": write_csv, ".xlsx": write_xlsx, ".yaml": write_yaml}
    writer = writers.get(target.suffix.lower())
    if writer is None:
        raise UsageError(f"{target}: the name must end in {', '.join(writers)}")
    table = load_table(source)
    write_together({target: writer(table)}, overwrite=force)
    click.echo(f"{len(table.rules)} rules written to {target}")


def _findings(
    tables: Iterable[Table], rulebook: Rulebook, config: Config, corpus: Iterable[Path], *, with_model: bool
) -> Iterator[Finding]:
    from zhengben.rulebook.firing import count_firings, refuse_certain
    from zhengben.rulebook.lint import lint
    from zhengben.workshop.context_examples import check_context_examples
    from zhengben.workshop.sound import sound_count

    tables = list(tables)
    checked = [rule for table in tables if not table.identify for rule in table.rules]
    yield from lint(tables, rulebook, sound_count())
    certain = [rule for rule in checked if rule.apply == "certain"]
    yield from refuse_certain(certain, count_firings(rulebook, _sound_texts(corpus), certain))
    if with_model:
        yield from check_context_examples(checked, config)


def _sound_texts(corpus: Iterable[Path]) -> Iterator[tuple[str, str]]:
    from zhengben.rulebook.firing import read_texts
    from zhengben.workshop.sound import sample_paths

    yield from read_texts([*sample_paths(), *corpus])


def _config(tables: Iterable[Path], engines: tuple[str, ...] = ()) -> Config:
    """The settings of the folder, and the tables that are named. A shipped table is there already."""
    from zhengben import resources
    from zhengben.config import Config
    from zhengben.rulebook.settings import find_settings

    shipped = resources.rules_directory().resolve()
    found = find_settings(Path.cwd())
    added = tuple(path for path in tables if path.resolve().parent != shipped)
    return Config(rules=((found,) if found else ()) + added, engines=engines)


def _rulebook(config: Config) -> Rulebook:
    from zhengben.rulebook import Rulebook

    return Rulebook.load(config.rules)


def _guards_shown(rule: Rule) -> str:
    keys = ("not_after", "not_before", "after", "before")
    return "".join(f", {key} {'/'.join(getattr(rule, key))}" for key in keys if getattr(rule, key))


def _statistics(table: Table) -> str:
    ways = Counter(rule.apply for rule in table.rules)
    guarded = sum(rule.is_guarded for rule in table.rules)
    seen = sum(rule.seen > 0 for rule in table.rules)
    fires, silent = (sum(len(getattr(rule, key)) for rule in table.rules) for key in ("fires", "silent"))
    counts = (len(table.rules), ways["certain"], ways["context"], ways["suggest"], guarded, seen, fires, silent)
    widths = (7, 9, 9, 9, 9, 6, 7, 8)
    figures = "".join(f"{count:>{width}}" for count, width in zip(counts, widths, strict=True))
    return f"{table.engine:<8}{figures}{'  identification only' if table.identify else ''}"


def _print_trace(trace: Trace) -> None:
    for found in trace.considerations:
        rights = " | ".join(right or "∅" for right in found.rule.rights)
        gain = "" if found.gain is None else f", model {found.gain:+.2f}"
        shown = f"{found.start}-{found.end} {found.rule.id} → {rights} [{found.rule.apply}{gain}]: {found.outcome}"
        click.echo(one_line(shown))
    for edit in trace.result.edits:
        change = f"{edit.original or '∅'} → {edit.replacement or '∅'}"
        click.echo(one_line(f"{edit.status}: {change} [{edit.stage} {edit.rule}, {edit.confidence:.2f}] {edit.reason}"))
    for verdict in trace.result.engines:
        if verdict.probability >= 0.05:
            click.echo(one_line(f"engine {verdict.engine}: {verdict.probability:.2f} {'；'.join(verdict.evidence)}"))
    if not trace.considerations and not trace.result.edits:
        click.echo("no rule knows anything here")
