"""What can go wrong, each as one clear line: what, where, what to do."""

from __future__ import annotations


class ZhengbenError(Exception):
    """Base of every error that a user can cause or repair; its message is one line."""


class InputError(ZhengbenError):
    """A file that cannot be read: missing, binary, undecodable, too large, wrongly named."""


class OutputError(ZhengbenError):
    """A result that cannot be written: it exists already, or the place is not writable."""


class UsageError(ZhengbenError):
    """Options or settings that do not go together or do not exist."""


class RuleError(ZhengbenError):
    """A rule table that does not load; the message names file, line and rule."""


class ModelError(ZhengbenError):
    """A language model or another shipped data file that is missing or damaged."""


class DependencyError(ZhengbenError):
    """An optional package that is not installed; the message names the extra to install."""
