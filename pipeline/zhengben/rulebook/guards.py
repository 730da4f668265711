"""What must and must not stand beside a form for its rule to fire."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhengben.errors import RuleError
from zhengben.rulebook.breaks import remove_breaks

if TYPE_CHECKING:
    from zhengben.rulebook.rule import Rule

REACH: Final = 16
"""How many code points a guard sees on its side."""

TIME_LIMIT: Final = 0.05
"""Seconds that one regular expression may take at one place."""

PROBE_LIMIT: Final = 0.1
"""Seconds that one regular expression may take on one hostile probe before its table is refused."""

_BLANK: Final = re.compile(r"\s")

_INSIDE: Final = r"(?:[^()\\]|\\.)*"
_ENDLESS: Final = r"(?:[+*]|\{\d+,\})"
_NESTED: Final = re.compile(rf"\({_INSIDE}{_ENDLESS}{_INSIDE}\){_ENDLESS}")
"""A repetition of a repetition, as in (a+)+: matching may try every way to share out the letters."""


@dataclass(frozen=True, slots=True)
class _Side:
    """The entries of one guard key: plain words, and regular expressions with their source."""

    words: tuple[str, ...]
    patterns: tuple[Any, ...]
    behind: bool

    def __bool__(self) -> bool:
        return bool(self.words or self.patterns)

    def matches(self, context: str) -> bool:
        """Whether an entry stands next to the form. Raises `TimeoutError` for a regex that takes too long."""
        if context.endswith(self.words) if self.behind else context.startswith(self.words):
            return True
        return bool(self.patterns) and any(self._search(pattern, context) for pattern in self.patterns)

    def _search(self, pattern: Any, context: str) -> bool:
        search = pattern.search if self.behind else pattern.match
        return search(context, timeout=TIME_LIMIT) is not None


@dataclass(frozen=True, slots=True)
class Guards:
    """The compiled guards of one rule."""

    not_after: _Side
    not_before: _Side
    after: _Side
    before: _Side

    def allow(self, text: str, start: int, end: int) -> bool:
        """Whether the rule may fire on ``text[start:end]``. Raises `TimeoutError`."""
        return self._allow_left(text, start) and self._allow_right(text, end)

    def _allow_left(self, text: str, start: int) -> bool:
        if not (self.not_after or self.after):
            return True
        context = text[max(0, start - REACH) : start] if start >= REACH else "\n" + text[:start]
        # The form's own character shows whether a line end right beside it is one inside a paragraph.
        joined = remove_breaks(context + text[start])[:-1] if _BLANK.search(context) else context
        return _passes(self.not_after, self.after, context, joined)

    def _allow_right(self, text: str, end: int) -> bool:
        if not (self.not_before or self.before):
            return True
        context = text[end : end + REACH]
        context = context if len(context) == REACH else context + "\n"
        joined = remove_breaks(text[end - 1] + context)[1:] if _BLANK.search(context) else context
        return _passes(self.not_before, self.before, context, joined)


def _passes(forbidden: _Side, required: _Side, context: str, joined: str) -> bool:
    """Judge a context as it stands and with its words joined across line ends."""
    if forbidden.matches(context) or (joined != context and forbidden.matches(joined)):
        return False
    return not required or required.matches(context) or (joined != context and required.matches(joined))


def compile_guards(rule: Rule) -> Guards | None:
    """The guards of a rule, or None where it has none. Raises `RuleError`."""
    if not rule.is_guarded:
        return None
    sides = {key: _compile_side(rule, key) for key in ("not_after", "not_before", "after", "before")}
    return Guards(**sides)


def probe_guards(rule: Rule) -> None:
    """Raise `RuleError` when a regular expression of the rule is broken or can take very long."""
    for key in ("not_after", "not_before", "after", "before"):
        for entry in getattr(rule, key):
            if is_regex(entry):
                _probe(rule, key, entry)


def is_regex(entry: str) -> bool:
    return len(entry) > 2 and entry.startswith("/") and entry.endswith("/")


def _compile_side(rule: Rule, key: str) -> _Side:
    behind = key.endswith("after")
    entries = getattr(rule, key)
    patterns = tuple(_compile(rule, key, entry) for entry in entries if is_regex(entry))
    return _Side(tuple(entry for entry in entries if not is_regex(entry)), patterns, behind)


def _compile(rule: Rule, key: str, entry: str) -> Any:
    import regex

    body = f"(?:{entry[1:-1]})\\Z" if key.endswith("after") else entry[1:-1]
    try:
        return regex.compile(body)
    except (regex.error, OverflowError) as error:
        raise RuleError(f"{rule.where}: {key}: {entry} is not a regular expression: {error}") from None


def _probe(rule: Rule, key: str, entry: str) -> None:
    """Try a pattern on long runs of its own characters: what explodes on 60 is unsafe on 16 as well."""
    pattern = _compile(rule, key, entry)
    refusal = RuleError(f"{rule.where}: {key}: {entry} can take very long (catastrophic backtracking); simplify it")
    if _NESTED.search(entry):
        raise refusal
    letters = dict.fromkeys((*(char for char in entry[1:-1] if char.isalnum()), "a", "1", "的", " "))
    # A matcher gives up at once where a letter that it needs is nowhere in the text.
    all_letters = "".join(letters)
    for letter in list(letters)[:40]:
        for probe in (letter * 60 + "!", letter * 60 + "!" + all_letters, all_letters + "!" + letter * 60):
            try:
                pattern.search(probe, timeout=PROBE_LIMIT)
            except TimeoutError:
                raise refusal from None
