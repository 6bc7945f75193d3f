"""Datelines such as "SEOUL—" or "CAIRO, Egypt (Agency) -": where an article's text begins after them."""

from __future__ import annotations

from collections.abc import Sequence

_DASHES = frozenset({"—", "–", "-", "--", "―"})
LONGEST = 14


def dateline_length(words: Sequence[str]) -> int:
    """Return how many words, the dash included, a dateline at the beginning of words has, or 0 for none.

    >>> dateline_length(["SEOUL", "—", "North", "Korea"]), dateline_length(["Cairo", "—", "a", "city"])
    (2, 0)
    >>> dateline_length("PARIS , July 4 ( Agency ) -- The".split())
    8
    """
    if not words or not words[0].isupper() or len(words[0]) < 4 or not words[0].isalpha():
        return 0
    for index in range(1, min(len(words) - 1, LONGEST)):
        word = words[index]
        if word in _DASHES:
            return index + 1 if words[index + 1][:1].isupper() or words[index + 1] in ('"', "“") else 0
        if word.islower() or word in (".", ";", ":", "?", "!", '"'):
            return 0
    return 0


def mark_datelines(words: Sequence[str], starts: list[bool]) -> None:
    """Make each dateline at the start of a sentence, or set directly before a long dash, a sentence of its own."""
    for index, word in enumerate(words):
        if not word.isupper() or index == 0 or len(word) < 4:
            at_start = index == 0 or starts[index]
        else:
            joined = words[index + 1 : index + 2] == ["—"] and not words[index - 1].islower()
            at_start = starts[index] or (joined and words[index - 1] not in (",", "(", "—"))
        if not at_start:
            continue
        length = dateline_length(words[index : index + LONGEST])
        if length:
            starts[index] = True
            starts[index + 1 : index + length] = [False] * (length - 1)
            starts[index + length] = True
