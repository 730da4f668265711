"""The options that `clean` and `check` share, and the settings they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zhengben.cli.guard import complain
from zhengben.cli.limits import limits_of
from zhengben.config import APPLY_CONFIDENCE, ENGINES, STAGES, SUGGEST_CONFIDENCE, Config
from zhengben.errors import ModelError

if TYPE_CHECKING:
    from zhengben.formats.base import Limits

Function = TypeVar("Function", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)
PROBABILITY = click.FloatRange(0.0, 1.0)


def names_among(choices: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    """A parameter type: one name or several with commas between them, each out of a list."""
    known = {choice.lower(): choice for choice in choices}

    def names(value: str) -> tuple[str, ...]:
        given = [name.strip() for name in value.split(",") if name.strip()]
        unknown = [name for name in given if name.lower() not in known]
        if unknown:
            raise click.BadParameter(f"{', '.join(unknown)} is not one of {', '.join(known.values())}")
        return tuple(dict.fromkeys(known[name.lower()] for name in given))

    return names


_LIMITS = (
    click.option(
        "--max-size", type=click.FloatRange(0.0, min_open=True), metavar="MIB",
        help="Refuse files that are larger.  [default: 256]",
    ),
    click.option(
        "--time-limit", type=click.FloatRange(0.0, min_open=True), metavar="SECONDS",
        help="Give up a document whose parser takes longer.  [default: 600]",
    ),
)  # fmt: skip
_OPTIONS = (
    click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True)),
    click.option("-r", "--recursive", is_flag=True, help="Take the documents in folders, too."),
    click.option(
        "--min-confidence", type=PROBABILITY, default=APPLY_CONFIDENCE, show_default=True, metavar="X",
        help="Make edits that are right with at least this probability.",
    ),
    click.option(
        "--suggest-confidence", type=PROBABILITY, default=SUGGEST_CONFIDENCE, show_default=True, metavar="Y",
        help="Suggest edits that are right with at least this probability.",
    ),
    click.option(
        "--disable", type=names_among(STAGES), multiple=True, metavar="STAGE",
        help=f"Leave out stages: {', '.join(STAGES)}.",
    ),
    click.option(
        "--engine", type=names_among(ENGINES), multiple=True, metavar="ID",
        help=f"Take the document as damaged by this engine: {', '.join(ENGINES)}.",
    ),
    click.option(
        "--protect", type=PATH, multiple=True, metavar="FILE",
        help="Keep these phrases as they are: one a line, # begins a comment.",
    ),
    click.option("--punctuation", is_flag=True, help="Make half-width punctuation full-width."),
    click.option(
        "--script", type=click.Choice(["keep", "s"]), default="keep", show_default=True,
        help="Keep a document in traditional script, or convert it to simplified.",
    ),
    click.option(
        "--spelling", type=click.Choice(["ngram", "pycorrector"]), default="ngram", show_default=True,
        help="What looks for misspelt characters.",
    ),
    click.option("--rules", type=PATH, multiple=True, metavar="FILE", help="Add a rule table or a zhengben.toml."),
    *_LIMITS,
    click.option("--model", type=PATH, metavar="FILE", help="Use this language model instead of the shipped one."),
)  # fmt: skip


def cleaning_options(function: Function) -> Function:
    """Add the shared options to a command."""
    return _with(_OPTIONS, function)


def limit_options(function: Function) -> Function:
    """Add to a command that does not clean the options about what a document may ask for."""
    return _with(_LIMITS, function)


def _with(options: Sequence[Callable[[Function], Function]], function: Function) -> Function:
    for option in reversed(options):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class Settings:
    """The shared options of one call."""

    files: tuple[str, ...]
    recursive: bool
    config: Config
    phrases: tuple[str, ...]
    limits: Limits

    @classmethod
    def of(cls, options: dict[str, Any]) -> Settings:
        """Build the settings. Raises `ZhengbenError` for whatever is wrong with them."""
        from zhengben.phrases import read_phrases
        from zhengben.rulebook.settings import find_settings

        found = find_settings(Path.cwd())
        config = Config(
            min_confidence=options["min_confidence"],
            suggest_confidence=options["suggest_confidence"],
            disabled=frozenset(_flat(options["disable"])),
            engines=_flat(options["engine"]),
            punctuation=options["punctuation"],
            script=options["script"],
            spelling=options["spelling"],
            rules=((found,) if found else ()) + options["rules"],
            model=options["model"],
        )
        phrases = tuple(phrase for path in options["protect"] for phrase in read_phrases(path))
        limits = limits_of(found, options["max_size"], options["time_limit"])
        return cls(options["files"], options["recursive"], usable(config), phrases, limits)


def usable(config: Config) -> Config:
    """Return what of ``config`` this installation can run.

    Without a sound model, restore and spelling raise `ModelError`; where the user has disabled them,
    gaps is left out as well, with a warning.
    """
    if config.disabled.issuperset(("restore", "spelling", "gaps")):
        return config
    try:
        _check_model(config.model)
    except ModelError as error:
        if not config.disabled.issuperset(("restore", "spelling")):
            raise
        complain(f"warning: {error}; going on without the stages that need it")
        return replace(config, disabled=config.disabled | {"gaps"})
    return config


def _check_model(path: Path | None) -> None:
    """Raise `ModelError` for a model that is missing or damaged.

    The shipped one is compared with its checksum and stays unloaded until a document needs it; a
    user's own has none, and only loading tells.
    """
    if path is None:
        from zhengben import resources
        from zhengben.lm.checksums import verify

        verify(resources.MODEL)
    else:
        from zhengben.lm.scorer import LanguageModel

        LanguageModel.load(path)


def _flat(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))
