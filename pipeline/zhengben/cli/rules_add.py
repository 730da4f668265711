"""``zhengben rules add``: asks for a rule, shows where it would fire, writes it in its place."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from zhengben.cli.guard import DONE, REFUSED, one_line

if TYPE_CHECKING:
    from zhengben.rulebook import Rule
    from zhengben.rulebook.firing import Firings

PATH = click.Path(path_type=Path)
WAYS = click.Choice(["certain", "context", "suggest"])

_QUESTIONS: Final = {
    "not_after": "Silent behind (several: separate with |, none: Enter)",
    "not_before": "Silent in front of (several: separate with |, none: Enter)",
    "fires": "A sentence in which it must fire (Enter: no more)",
    "silent": "A sound sentence that holds the form (Enter: no more)",
}
_SENTENCES: Final = ("fires", "silent")


@click.command()
@click.argument("table", type=PATH)
@click.option("--wrong", help="The form as it stands in documents.")
@click.option("--right", help="What it was before; several originals are separated with |.")
@click.option("--apply", type=WAYS, help="How the rule is applied; context if nobody says otherwise.")
@click.option("--not-after", multiple=True, help="Silent behind this (literal or /regex/).")
@click.option("--not-before", multiple=True, help="Silent in front of this.")
@click.option("--after", multiple=True, help="Only behind this.")
@click.option("--before", multiple=True, help="Only in front of this.")
@click.option("--fires", multiple=True, help="A sentence in which the rule must fire.")
@click.option("--silent", multiple=True, help="A sentence in which it must not.")
@click.option("--seen", type=click.IntRange(min=0), default=0, help="In how many independent documents it was seen.")
@click.option("--note", default="", help="Anything the next editor should know.")
@click.option("--engine", default="user", show_default=True, help="The engine, where the table is new.")
@click.option("--in", "documents", multiple=True, type=PATH, metavar="PATH", help="Show where it would fire here, too.")
@click.option("--yes", is_flag=True, help="Ask nothing, and write.")
def add(table: Path, yes: bool, engine: str, documents: tuple[Path, ...], **keys: Any) -> int:
    """Add a rule to TABLE, after showing where it would fire in PATHs and in sound text.

    On a terminal, whatever no option says is asked for. Elsewhere --wrong and --right are needed, and
    --yes to write.
    """
    from zhengben.outputs import write_together
    from zhengben.rulebook.adding import compose_rule, with_rule
    from zhengben.rulebook.firing import refuse_certain

    asking = sys.stdin.isatty() and not yes
    keys = _asked(keys) if asking else _refuse_gaps(keys)
    rule = compose_rule(table, engine, keys)
    text = with_rule(table, rule)
    refusals = list(refuse_certain([rule], _shown_firings(rule, documents)))
    for finding in refusals:
        click.echo(one_line(str(finding)))
    if refusals:
        return REFUSED
    if yes or (asking and click.confirm(f"Write {rule.id} to {table}?")):
        write_together({table: text.encode()}, overwrite=True)
        click.echo(f"{rule.id} written to {table}")
    else:
        click.echo("nothing written" if asking else "nothing written: say --yes to write")
    return DONE


def _refuse_gaps(keys: dict[str, Any]) -> dict[str, Any]:
    missing = [f"--{name}" for name in ("wrong", "right") if keys[name] is None]
    if missing:
        raise click.UsageError(f"{' and '.join(missing)} must be given: there is no terminal to ask on")
    return {**keys, "apply": keys["apply"] or "context"}


def _asked(keys: dict[str, Any]) -> dict[str, Any]:
    """The keys of the rule, with the answers of the user to whatever is not given."""
    answers = dict(keys)
    for name, question in (("wrong", "Damaged form"), ("right", "Original (several: separate with |)")):
        answers[name] = keys[name] if keys[name] is not None else click.prompt(question)
    answers["apply"] = keys["apply"] or click.prompt("Apply", type=WAYS, default="context")
    for name, question in _QUESTIONS.items():
        answers[name] = keys[name] or _several(question, by_line=name in _SENTENCES)
    return answers


def _several(question: str, *, by_line: bool) -> tuple[str, ...]:
    answers: list[str] = []
    while answer := click.prompt(question, default="", show_default=False):
        if not by_line:
            return tuple(part for part in answer.split("|") if part)
        answers.append(answer)
    return tuple(answers)


def _shown_firings(rule: Rule, documents: Iterable[Path]) -> Firings:
    """Print where the rule alone would fire; the firings in sound text."""
    from zhengben.rulebook import Rulebook, Table
    from zhengben.rulebook.firing import count_firings, read_texts
    from zhengben.workshop.sound import sample_paths, sound_count

    book = Rulebook([Table(rule.engine, "", (rule,))])
    for title, texts in (("in your files", read_texts(documents)), ("in sound text", read_texts(sample_paths()))):
        firings = count_firings(book, texts)
        click.echo(f"{title}: {firings.counts[rule.id]} times in {firings.characters} characters")
        for place in firings.places.get(rule.id, ()):
            click.echo(f"  {one_line(place)}")
    count = sound_count()(rule.wrong)
    known = "the form was not counted there" if count is None else f"the form occurs {count} times, guards aside"
    click.echo(f"in the text of the language model: {known}")
    return firings
