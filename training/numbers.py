"""Dates, times, amounts and numbers by rule: labels for corpora that have none of these types."""

from __future__ import annotations

import re
from collections.abc import Sequence

NUMERIC_TYPES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan\.?|feb\.?|mar\.?|apr\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)"
)
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_SMALL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|"
    r"trillion|dozens?|hundreds|thousands|millions|billions)"
)
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_NUMBER = rf"(?:{_DIGITS}|{_SMALL})(?: (?:- )?{_SMALL}| (?:- )?{_SMALL} (?:and )?{_SMALL})*"
_SCALED = rf"{_DIGITS}(?: (?:hundred|thousand|million|billion|trillion|m|bn))?|{_NUMBER}"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ABOUT = r"(?:(?:more than|less than|fewer than|at least|about|around|nearly|almost|over|some|up to|approximately) )?"
_PERIOD = r"(?:days?|weeks?|months?|years?|decades?|centur(?:y|ies)|fortnight|weekends?)"
_UNIT = (
    r"(?:kilomet(?:er|re)s?|km|met(?:er|re)s?|miles?|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?|tons?|tonnes?|"
    r"kilograms?|kg|kilos?|pounds?|lbs?|ounces?|grams?|mg|lit(?:er|re)s?|gallons?|barrels?|degrees|kilotons?|"
    r"megawatts?|mph|square (?:miles|kilomet(?:er|re)s|feet|met(?:er|re)s))"
)
_SEASON = r"(?:spring|summer|autumn|fall|winter)"

_RULES: tuple[tuple[str, str], ...] = (
    ("TIME", r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: (?:gmt|utc|est|edt|local time))?|\d{1,2} ?[ap]\.?m\.?"),
    ("TIME", rf"{_ABOUT}(?:{_NUMBER}|a few|several|an?|the last|the past) ?(?:- )?(?:{_NUMBER} )?(?:hours?|minutes?|seconds?)"),
    ("TIME", rf"(?:(?:this|that|late|early|{_WEEKDAY}|yesterday|tomorrow) )+(?:morning|afternoon|evening|night)|tonight|midnight|noon|last night"),
    ("DATE", rf"(?:{_WEEKDAY} ?,? )?{_MONTH} {_DAY}(?: ?, {_YEAR}| {_YEAR})?"),
    ("DATE", rf"(?:{_WEEKDAY} ?,? )?(?:the )?{_DAY}(?: of)? {_MONTH}(?: ?,? {_YEAR})?"),
    ("DATE", rf"(?:(?:early|late|mid|mid -|last|next|this) )?{_MONTH}(?: of| ,)? {_YEAR}"),
    ("DATE", rf"(?:last|next|this|early|late|mid|mid -|earlier this|later this|the end of) (?:{_WEEKDAY}|january|february|march|april|may|june|july|august|september|october|november|december|{_SEASON}|week|month|year|century|decade|weekend)"),
    ("DATE", rf"the (?:last|past|next|previous|coming|following|first) (?:(?:{_NUMBER}|few|several) )?{_PERIOD}"),
    ("DATE", rf"{_ABOUT}(?:{_NUMBER}|a few|several|an?) (?:- )?{_PERIOD}(?: (?:- )?old| ago| earlier| later)?"),
    ("DATE", r"(?:the )?(?:early |late |mid ?- ?)?(?:1[5-9]\d0s|20\d0s|'\d0s)"),
    ("DATE", r"(?:the )?(?:\d{1,2}(?:st|nd|rd|th)|nineteenth|twentieth|eighteenth) century"),
    ("DATE", rf"{_WEEKDAY}|today|yesterday|tomorrow|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"),
    ("DATE", r"january|february|april|june|july|august|september|october|november|december"),
    ("MONEY", rf"{_ABOUT}(?:us|u\.s\.|a|c|nz|au|hk)? ?[$€£¥] ?(?:{_SCALED})|{_ABOUT}(?:{_SCALED}) (?:(?:us|u\.s\.|american|australian|canadian) )?(?:dollars?|euros?|pounds sterling|yen|rupees?|pesos?|cents?|yuan|roubles?|rubles?|francs?)"),
    ("PERCENT", rf"{_ABOUT}(?:{_SCALED}) ?(?:%|percent|per cent|percentage points?)"),
    ("QUANTITY", rf"{_ABOUT}(?:{_SCALED}) ?(?:- ?)?{_UNIT}"),
    ("DATE", _YEAR),
    ("ORDINAL", r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d+(?:st|nd|rd|th)"),
    ("CARDINAL", rf"{_ABOUT}(?:{_SCALED})"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _RULES)


def find_numbers(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return (first word, last word + 1, type) of dates, times, amounts and numbers.

    >>> find_numbers("They met on 12 May 1998 with 40 percent of 3,000 troops .".split())
    [(3, 6, 'DATE'), (7, 9, 'PERCENT'), (10, 11, 'CARDINAL')]
    """
    if not any(_may_begin(word) for word in words):
        return []
    text = " ".join(words).lower()
    starts, ends, position = {}, {}, 0
    for index, word in enumerate(words):
        starts[position] = index
        ends[position + len(word.lower())] = index + 1
        position += len(word.lower()) + 1
    taken: set[int] = set()
    found = []
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            first, last = starts.get(match.start()), ends.get(match.end())
            if first is None or last is None or taken.intersection(range(first, last)):
                continue
            if not _is_plausible(kind, words[first:last], words[first - 1] if first else ""):
                continue
            taken.update(range(first, last))
            found.append((first, last, kind))
    return sorted(found)


def _may_begin(word: str) -> bool:
    return len(word) > 1 or word.isdigit() or word in "$€£%"


def _is_plausible(kind: str, words: Sequence[str], before: str) -> bool:
    if (
        kind == "DATE"
        and len(words) == 1
        and words[0].isalpha()
        and words[0].lower() not in {"today", "yesterday", "tomorrow"}
    ):
        return words[0][0].isupper()
    if kind == "ORDINAL" and words[0].lower() == "second":
        return before.lower() in {"the", "a", "his", "her", "its", "their"}
    return True
