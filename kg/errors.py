"""The errors that kg raises on purpose: each says what is wrong, where, and what to do."""

from __future__ import annotations


class KgError(Exception):
    """Root of all errors a user can cause or mend.

    Args:
        what: what is wrong, as one sentence without a full stop.
        where: the file, article, line or option concerned.
        hint: what the user can do about it.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what, self.where, self.hint = what, where, hint
        super().__init__(str(self))

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line} ({self.hint})" if self.hint else line


class InputError(KgError):
    """An input cannot be read as news articles."""


class ConfigError(KgError):
    """A configuration file or option is wrong."""


class OntologyError(KgError):
    """The ontology or a lexicon, rule or shape file is wrong; `where` names file and line."""


class PipelineError(KgError):
    """The language pipeline is missing or unfit."""


class StoreError(KgError):
    """The output folder cannot be read or written, or holds no graph."""


class QueryError(KgError):
    """A SPARQL query is wrong or not allowed."""
