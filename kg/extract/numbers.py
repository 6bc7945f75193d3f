"""Whole numbers in a text: "1,200", "six", "eighty-six", "two hundred and ten", "1.5 million".

Comes in: the word that a parser took for a number, which may be one of several. Goes out: the number as digits, "" where the
words are none, are a share ("one in ten") or two bounds ("20 to 30").
"""

from __future__ import annotations

import re
from fractions import Fraction

from spacy.tokens import Span, Token

from kg.extract.temporal.words import number_words

_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_BETWEEN = frozenset({"to", "in"})


def number_at(number: Token) -> str:
    """The number whose words a token belongs to."""
    words = number_words_at(number)
    doc = words.doc
    for joint, other in ((words.end, words.end + 1), (words.start - 1, words.start - 2)):
        if 0 <= other < len(doc) and joint >= 0 and doc[joint].lower_ in _BETWEEN and doc[other].like_num:
            return ""
    first, before = words[0], doc[words.start - 1].lower_ if words.start else ""
    if first.lower_ in _SCALES or (first.lower_ == "a" and before in {"half", "quarter"}):
        return ""  # "several hundred", "half a million"
    return number_of(words.text)


def number_words_at(number: Token) -> Span:
    """All words of a number: the tree has "eighty" and "hundred" of "eighty-six" and "six hundred" below or beside the rest."""
    doc, start, end = number.doc, number.i, number.i + 1
    while start > 0 and (width := _joined(doc[start - 1], doc[start], doc[start - 2] if start > 1 else None)):
        start -= width
    if start and doc[start].lower_ in _SCALES and doc[start - 1].lower_ == "a":
        start -= 1
    while end < len(doc) and (width := _goes_on(doc[end - 1], doc[end], doc[end + 1] if end + 1 < len(doc) else None)):
        end += width
    return doc[start:end]


def _joined(before: Token, word: Token, further: Token | None) -> int:
    """How many tokens before a word of a number belong to it."""
    if before.text == "-" and further is not None and further.like_num:
        return 2
    scaled = word.lower_ in _SCALES or before.lower_ in _SCALES
    if before.lower_ == "and" and further is not None and further.lower_ in _SCALES and word.like_num:
        return 2
    return int(before.like_num and scaled)


def _goes_on(word: Token, behind: Token, further: Token | None) -> int:
    if word.lower_ in _SCALES and behind.lower_ == "and" and further is not None and further.like_num:
        return 2
    if behind.text == "-" and further is not None and further.like_num:
        return 2
    return int(behind.like_num and (behind.lower_ in _SCALES or word.lower_ in _SCALES))


def number_of(text: str) -> str:
    """A whole number from digits or number words, "" where it is neither.

    >>> [number_of(text) for text in ("1,200", "six", "eighty-six", "two hundred and ten", "1.5 million", "many")]
    ['1200', '6', '86', '210', '1500000', '']
    """
    total, part, last = Fraction(0), Fraction(0), ""
    for word in re.split(r"[\s-]+", text.casefold().replace(",", "")):
        if word in _SCALES:
            scale = _SCALES[word]
            part = (part or Fraction(1)) * scale
            if scale > 100:
                total, part = total + part, Fraction(0)
        elif re.fullmatch(r"\d+(?:\.\d+)?", word) and not part:
            part = Fraction(word)
        elif word == "a" and not last:
            part = Fraction(1)
        elif word in number_words() and _may_follow(last):
            part += number_words()[word]
        elif word != "and" or last not in _SCALES:
            return ""
        last = word
    total += part
    return str(total) if total.denominator == 1 and (total or last in {"0", "zero"}) else ""


def _may_follow(last: str) -> bool:
    """Whether a number word may stand behind another: "eighty six" and "hundred six", but not "six two"."""
    return last in {"", "and"} or last in _SCALES or 20 <= number_words().get(last, 0) < 100
