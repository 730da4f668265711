"""All tables together: the rules of a cleaning, and the automaton that finds their forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from zhengben import resources
from zhengben.errors import RuleError
from zhengben.rulebook.assembly import Assembly
from zhengben.rulebook.breaks import keep_breaks
from zhengben.rulebook.guards import Guards, compile_guards
from zhengben.rulebook.loading import load_table
from zhengben.rulebook.rule import Rule, Table
from zhengben.rulebook.screening import Screen, Screening
from zhengben.rulebook.settings import RuleSettings, read_settings


class Rulebook:
    """A set of tables, ready to screen texts. Read-only once built, and safe to share between threads.

    ``rules`` are those that repair, user's rules first; ``identify_rules`` only tell which engine was
    at work. ``forms`` numbers every damaged and every original form, the damaged ones first.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        user_tables: Sequence[Table] = (),
        *,
        disable: Iterable[str] = (),
        protect: Iterable[str] = (),
    ) -> None:
        assembly = Assembly(tables, user_tables, disable, protect)
        self.tables: tuple[Table, ...] = (*user_tables, *tables)
        self.rules: tuple[Rule, ...] = assembly.rules
        self.identify_rules: tuple[Rule, ...] = assembly.identify_rules
        self.protected_words: tuple[str, ...] = assembly.protected_words
        self._by_id = {rule.id: rule for rule in (*self.identify_rules, *reversed(self.rules))}
        self._guards: dict[str, Guards | None] = {}
        self._slow: dict[str, Rule] = {}

    @classmethod
    def load(cls, user_tables: Iterable[Path | str] = (), *, directory: Path | None = None) -> Rulebook:
        """The shipped tables and the user's: tables (YAML, CSV, XLSX) and settings (``zhengben.toml``).

        Raises `RuleError`, in one line that names file, line and rule.
        """
        shipped = sorted((directory or resources.rules_directory()).glob("*.yaml"))
        if not shipped and directory is None:
            raise RuleError(f"{resources.rules_directory()}: the shipped rule tables are missing; reinstall zhengben")
        settings = RuleSettings()
        for path in map(Path, user_tables):
            settings = settings.joined(read_settings(path) if path.suffix == ".toml" else RuleSettings((path,)))
        return cls(
            [load_table(path) for path in shipped],
            [load_table(path) for path in settings.tables],
            disable=settings.disable,
            protect=settings.protect,
        )

    @cached_property
    def certain_rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.apply == "certain")

    @cached_property
    def pattern_rules(self) -> dict[int, tuple[Rule, ...]]:
        """The rules decided by their guards alone (certain and suggest), by the number of their form."""
        return self._grouped(rule for rule in self.rules if rule.apply != "context")

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each engine is, for people."""
        return {table.engine: table.title for table in reversed(self.tables)}

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Every form, by number: first the damaged ones, then originals that are not damaged forms as well, last those
        that rules only suggest."""
        everything = (*self.rules, *self.identify_rules)
        damaged = dict.fromkeys(rule.wrong for rule in everything)
        originals = dict.fromkeys((*self._weighed_originals, *(right for rule in everything for right in rule.rights)))
        return (*damaged, *(form for form in originals if form and form not in damaged))

    @cached_property
    def damaged_forms(self) -> int:
        """How many of ``forms`` are damaged ones."""
        return len({rule.wrong for rule in (*self.rules, *self.identify_rules)})

    def form_id(self, form: str) -> int | None:
        """The number of a form, or None for a word no rule knows."""
        return self._form_ids.get(form)

    def rules_for(self, form: int) -> tuple[Rule, ...]:
        """The repairing rules whose damaged form has this number, first in priority first."""
        return self._rules_by_form.get(form, ())

    def identify_rules_for(self, form: int) -> tuple[Rule, ...]:
        """The rules of identification tables whose damaged form has this number."""
        return self._identify_by_form.get(form, ())

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of this id (``ENGINE/wrong``)."""
        return self._by_id.get(rule_id)

    def screen(self, text: str, skip: Iterable[tuple[int, int]] = ()) -> Screening:
        """Find and count the forms in ``text``, passing over what overlaps the spans of ``skip``.

        Originals that rules only suggest are not counted: most are marks that every text is full of.
        """
        return self._screen.run(text, skip)

    def guards_allow(self, rule: Rule, text: str, start: int, end: int) -> bool:
        """Whether the rule's guards let it fire on ``text[start:end]``.

        A rule whose regular expression exceeds its time limit is put aside for good: see `slow_rules`.
        """
        name = rule.id
        if name not in self._guards:
            self._guards[name] = compile_guards(rule)
        guards = self._guards[name]
        if guards is None:
            return True
        if name in self._slow:
            return False
        try:
            return guards.allow(text, start, end)
        except TimeoutError:
            self._slow[name] = rule
            return False

    @property
    def slow_rules(self) -> tuple[Rule, ...]:
        """Rules put aside because a regular expression of theirs exceeded its time limit."""
        return tuple(self._slow.values())

    def repair(self, original: str, right: str) -> str:
        """``right`` as it stands in the text: a line end or blank inside ``original`` is kept."""
        return keep_breaks(original, right)

    @cached_property
    def _screen(self) -> Screen:
        originals = self._weighed_originals.keys() - set(self.forms[: self.damaged_forms])
        return Screen(self.forms[: self.damaged_forms + len(originals)], self.damaged_forms, self.protected_words)

    @cached_property
    def _weighed_originals(self) -> dict[str, None]:
        weighed = (rule for rule in (*self.rules, *self.identify_rules) if rule.apply != "suggest")
        return dict.fromkeys(right for rule in weighed for right in rule.rights if right)

    @cached_property
    def _form_ids(self) -> dict[str, int]:
        return {form: number for number, form in enumerate(self.forms)}

    @cached_property
    def _rules_by_form(self) -> dict[int, tuple[Rule, ...]]:
        return self._grouped(self.rules)

    @cached_property
    def _identify_by_form(self) -> dict[int, tuple[Rule, ...]]:
        return self._grouped(self.identify_rules)

    def _grouped(self, rules: Iterable[Rule]) -> dict[int, tuple[Rule, ...]]:
        grouped: dict[int, list[Rule]] = {}
        for rule in rules:
            grouped.setdefault(self._form_ids[rule.wrong], []).append(rule)
        return {form: tuple(group) for form, group in grouped.items()}
