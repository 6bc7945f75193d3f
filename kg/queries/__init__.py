"""Saved queries: `.rq` files that begin with a comment, its first line the title, the others what the answer holds.

A query may have a variable that the user binds; its comment shows how.
"""

from __future__ import annotations

import difflib
import functools
import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QueryError


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query by name, with its title and description."""

    name: str
    title: str
    description: str
    sparql: str


@functools.cache
def saved_queries(folder: Path = Path(__file__).parent) -> dict[str, SavedQuery]:
    """Name -> query, for all of a folder, sorted by name; those that ship with kg unless it is named."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.rq"))}


def named_query(text: str) -> str:
    """The SPARQL of a saved query where `text` is the name of one, otherwise `text` itself.

    Raises:
        QueryError: a single word that names no saved query.
    """
    if found := saved_queries().get(text):
        return found.sparql
    if re.fullmatch(r"[\w-]+", text):
        near = difflib.get_close_matches(text, saved_queries(), n=1) or sorted(saved_queries())
        raise QueryError(f"no saved query {text!r}", hint=f"there is {', '.join(near)}; kg query --list shows all")
    return text


def _read(path: Path) -> SavedQuery:
    text = path.read_text("utf-8")
    title, *others = (line.lstrip("# ") for line in text.splitlines() if line.startswith("#"))
    return SavedQuery(path.stem, title, " ".join(others), text)
