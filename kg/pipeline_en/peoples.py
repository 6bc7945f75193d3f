"""Names of peoples, faiths and political followers, which are NORP whatever stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

_BEFORE = frozenset({"north", "south", "east", "west", "saudi"})


@lru_cache(maxsize=1)
def _peoples() -> frozenset[str]:
    lines = Path(__file__).with_name("peoples.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_people(words: Sequence[str]) -> bool:
    """Tell whether words name a people, a faith or the followers of a party.

    >>> is_people(["North", "Koreans"]), is_people(["Muslim"]), is_people(["Korea"])
    (True, True, False)
    """
    last = words[-1].lower()
    known = last in _peoples() or last.removesuffix("s") in _peoples()
    return known and (len(words) == 1 or (len(words) == 2 and words[0].lower() in _BEFORE))
