"""The saved queries that the query editor offers: `.rq` files that begin with a comment saying what they ask."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

FOLDERS = (Path(__file__).parent / "examples", Path(__file__).parents[1] / "queries")


@dataclass(frozen=True, slots=True)
class Example:
    """A query with its title, the first sentence of its comment."""

    name: str
    title: str
    query: str


@functools.cache
def examples() -> tuple[Example, ...]:
    """All examples, sorted by file name; this folder's first."""
    paths = [path for folder in FOLDERS if folder.is_dir() for path in sorted(folder.glob("*.rq"))]
    return tuple(_example(path) for path in paths)


def _example(path: Path) -> Example:
    query = path.read_text("utf-8")
    first = next((line for line in query.splitlines() if line.startswith("#")), f"# {path.stem}")
    return Example(path.stem, first.lstrip("# ").rstrip(". "), query)
