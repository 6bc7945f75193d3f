"""How alike two article-wide chains, or two groups of them, are: normal forms of names and compatibility of types.

Comes in: chains as annotation left them. Goes out: keys to block on, scores with reasons. Clustering is `resolve`'s.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping

_JOINERS = re.compile(r"[\s\-‐-―_/·•]+")
_DROPPED = re.compile(r"[^\w\s&+]", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s?$")


@functools.lru_cache(maxsize=200_000)
def normalize_name(name: str) -> str:
    """The form in which two spellings of one name are equal: no case, diacritics, hyphens, dots, article or possessive.

    >>> normalize_name("The Kim Jong-un's") == normalize_name("Kim Jong Un")
    True
    """
    text = unicodedata.normalize("NFKD", name.strip()).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _POSSESSIVE.sub("", text)
    text = _DROPPED.sub("", _JOINERS.sub(" ", text))
    words = text.split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words) or name.strip().casefold()


def is_compatible(left: str, right: str, superclasses: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether one thing can be of both classes: they are equal or one is above the other."""
    return left == right or left in superclasses.get(right, ()) or right in superclasses.get(left, ())
