"""The words of `ontology/lexicon/time.toml` as look-up tables, and a text as the tokens that they are looked up by."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.lexicon import ontology_folder

_TOKEN = re.compile(r"\d+(?:,\d{3})*(?!\d)|\d+|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\s\w]|_")


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """`time.toml` as look-up tables."""

    months: Mapping[str, int]
    short_months: Mapping[str, int]
    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    units: Mapping[str, str]
    seasons: Mapping[str, int]
    decades: Mapping[str, int]
    parts: Mapping[str, str]
    deictic: Mapping[str, int]
    shifts: Mapping[str, int]
    clock_words: Mapping[str, str]
    holidays: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    holiday_words: Mapping[str, tuple[tuple[str, ...], ...]]
    core: frozenset[str]
    openers: frozenset[str]


@functools.lru_cache(maxsize=4)
def load_words(path: Path) -> Words:
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        lists = {name: frozenset(words) for name, words in data.pop("words").items()}
        names = [tuple(t.low for t in tokenize(name)) for name in data["holidays"]]
        first = {name[0] for name in names}
        by_first = {w: tuple(sorted((n for n in names if n[0] == w), key=len, reverse=True)) for w in sorted(first)}
        holidays = {" ".join(t.low for t in tokenize(n)): rule for n, rule in data.pop("holidays").items()}
        tables = (
            "months",
            "short_months",
            "weekdays",
            "short_weekdays",
            "seasons",
            "decades",
            "deictic",
            "clock_words",
        )
        core = {word for table in tables for word in data[table]} | first | lists["day_parts"] | {"q", "h", "weekend"}
        core |= {unit + ending for unit in data["units"] for ending in ("", "s", "s'")} | {"anniversary"}
        openers = {w for table in ("numbers", "ordinals", "shifts", "parts") for w in data[table]} | first
        openers |= lists["about"] | lists["vague"] | lists["openers"]
        return Words(
            **data,
            holidays=holidays,
            words=lists,
            holiday_words=by_first,
            core=frozenset(core),
            openers=frozenset(openers),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise OntologyError(
            f"not a lexicon of time words: {error}", where=str(path), hint="restore the file"
        ) from error


def tokenize(text: str) -> list[Token]:
    return [Token(m[0], m[0].lower().replace("’", "'"), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def number_words() -> Mapping[str, int]:
    """Whole numbers as English writes them out, up to twenty and the tens above."""
    return load_words(ontology_folder() / "lexicon" / "time.toml").numbers


def time_nouns() -> frozenset[str]:
    """Nouns that name a stretch of time or a part of one: "year", "evening", "end"."""
    words = load_words(ontology_folder() / "lexicon" / "time.toml")
    return frozenset(words.units.keys() | words.parts.keys() | words.words["day_parts"] | words.seasons.keys())
