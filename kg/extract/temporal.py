"""Time expressions of English news, found in plain text and resolved against the day the article was published.

Comes in: text and a date. Goes out: spans with `TimeSpan`s (ISO 8601 / EDTF value, inclusive bounds, granularity). The words
are data (`ontology/lexicon/time.toml`); this module knows how they combine. It reads no parse, takes time linear in the
text (each rule looks a bounded number of words ahead), and leaves what it cannot decide unresolved (value "").

Conventions: weeks run from Monday to Sunday; "last Friday" is the Friday of last week; a weekday or a date without a year
is the latest one up to publication, or the next one where the clause speaks of the future; "two years ago" gives a year,
"two months ago" a month; "early", "mid" and "late" are thirds of their month, year, decade or century; 3/4/2020 is read the
American way unless that is no date.
"""

from __future__ import annotations

import calendar
import functools
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import OntologyError
from kg.lexicon import ontology_folder
from kg.model import Span, TimeSpan

_TOKEN = re.compile(r"\d+(?:,\d{3})*(?!\d)|\d+|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\s\w]|_")
_ISO = re.compile(r"(?<![\d.,/-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-]|[.,]\d)")
_NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-]|[.,]\d)")
_YEAR_MONTH = re.compile(r"(?<![\d.,/-])(\d{4})-(0[1-9]|1[0-2])(?![\d/-]|[.,]\d)")
_MONTH_DAY = re.compile(r"(?<![\d.,/-])(\d{1,2})/(\d{1,2})(?![\d/-]|[.,]\d)")
_CLOCK = re.compile(
    r"(?<![\d.,:/-])(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s?(?:([ap])\.?\s?m\b\.?|(o['’]clock)|(?=\s?(?:GMT|UTC|local time)\b))"
    r"|(?<![\d.,:/-])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?![\d:])",
    re.IGNORECASE,
)
_ZONE = re.compile(r",?\s\(?(?:GMT|UTC|[ECMP][SD]?T|BST|CET|IST|JST|KST|local time)\b\)?")
_SENTENCE_END = frozenset(".!?\n")
_ELLIPSIS = ".."
_DEEPEST = 3
"""How many expressions may nest: "two days before the first Friday of last month" is three deep."""
_QUARTER_NAMES = frozenset({"quarter", "half"})


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Period:
    """A stretch of days: `unit` is its granularity; `value` overrides how it is written; `part` is early, mid or late."""

    start: date | None
    end: date | None
    unit: str
    value: str = ""
    about: bool = False

    @property
    def is_resolved(self) -> bool:
        return bool(self.value or self.start or self.end)

    @property
    def written(self) -> str:
        """The EDTF value."""
        if self.value or not self.is_resolved:
            return self.value
        if self.start is None or self.end is None:
            return f"{_short(self.start, self.unit, True)}/{_short(self.end, self.unit, False)}"
        return _edtf(self.start, self.end) + ("~" if self.about else "")


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day, month or weekday that may lack its year: settled once the clause and its neighbours are known."""

    month: int = 0
    day: int = 0
    year: int = 0
    weekday: int = -1
    part: str = ""
    holiday: str = ""


_Node = _Period | _Moment


class _Match(NamedTuple):
    node: _Node
    end: int
    lead: int = 0
    clock: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
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
def _words(path: Path) -> _Words:
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        lists = {name: frozenset(words) for name, words in data.pop("words").items()}
        names = [tuple(t.low for t in _tokens(name)) for name in data["holidays"]]
        first = {name[0] for name in names}
        by_first = {w: tuple(sorted((n for n in names if n[0] == w), key=len, reverse=True)) for w in sorted(first)}
        holidays = {" ".join(t.low for t in _tokens(n)): rule for n, rule in data.pop("holidays").items()}
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
        return _Words(
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


def find_times(
    text: str, published: str = "", *, future: bool | None = None, day_first: bool = False
) -> list[tuple[Span, TimeSpan]]:
    """Find the time expressions of a text, in order, and resolve them.

    Args:
        text: a sentence or a whole article; offsets are into it.
        published: the article's ISO date or date-time; "" leaves relative expressions unresolved.
        future: whether weekdays and dates without a year lie ahead; by default the words of the clause decide.
        day_first: read 3/4/2020 as the 3rd of April.

    >>> [(time.text, time.value) for _, time in find_times("They met on Sunday in Geneva.", "2024-05-08")]
    [('Sunday', '2024-05-05')]
    """
    return list(_Finder(text, _parse_date(published), future, day_first).found())


def resolve_time(
    expression: str, published: str = "", *, future: bool | None = None, day_first: bool = False
) -> TimeSpan:
    """Resolve one time expression; what is none comes back with value "" and granularity unknown.

    >>> resolve_time("the first half of 2023").value
    '2023-01/2023-06'
    """
    found = find_times(expression, published, future=future, day_first=day_first)
    if not found:  # a bare year or short form needs its preposition in running text, but not when it stands alone
        found = find_times(f"in {expression}", published, future=future, day_first=day_first)
    if not found:
        return TimeSpan(expression)
    best = max(found, key=lambda pair: (pair[1].value != "", pair[0].end - pair[0].start, -pair[0].start))
    return replace(best[1], text=expression)


# --- calendar ---------------------------------------------------------------------------------------------------------


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shift_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _month(year: int, month: int) -> _Period:
    return _Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def _months(year: int, first: int, count: int, unit: str) -> _Period:
    start = _shift_months(date(year, 1, 1), first - 1)
    return _Period(start, _shift_months(start, count) - timedelta(1), unit)


def _years(year: int, count: int, unit: str) -> _Period:
    value = {10: f"{year // 10:03}X", 100: f"{year // 100:02}XX"}.get(count, "")
    return _Period(date(max(year, 1), 1, 1), date(year + count - 1, 12, 31), unit, value)


def _week(day: date) -> _Period:
    monday = day - timedelta(day.weekday())
    return _Period(monday, monday + timedelta(6), "week")


def _season(year: int, code: int) -> _Period:
    period = _months(year, 3 * (code - 20), 3, "season")
    return replace(period, value=f"{year:04}-{code}")


def _span_of(unit: str, day: date) -> _Period:
    """The calendar unit that a day lies in."""
    if unit == "day":
        return _Period(day, day, "day")
    if unit in {"week", "fortnight"}:
        return _week(day)
    if unit == "month":
        return _month(day.year, day.month)
    if unit == "quarter":
        return _months(day.year, 3 * ((day.month - 1) // 3) + 1, 3, "quarter")
    if unit == "decade":
        return _years(day.year // 10 * 10, 10, "decade")
    if unit == "century":
        return _years(day.year // 100 * 100, 100, "century")
    return _years(day.year, 1, "year")


def _shift(day: date, count: int, unit: str) -> date:
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    if unit in {"second", "minute", "hour"}:
        return day + timedelta(**{f"{unit}s": count})  # whole days of it
    if unit in months:
        return _shift_months(day, count * months[unit])
    return day + timedelta(count * {"week": 7, "fortnight": 14}.get(unit, 1))


def _part_of(period: _Period, part: str) -> _Period:
    """The early, middle or late third of a period ("late March": the 21st on)."""
    if period.start is None or period.end is None or not part:
        return replace(period, value="") if part else period
    start, end = period.start, period.end
    if period.unit == "day":
        return period
    if period.unit == "month":
        cuts = {"early": (1, 10), "mid": (11, 20), "late": (21, end.day)}[part]
        return _Period(start.replace(day=cuts[0]), start.replace(day=cuts[1]), "month")
    if period.unit == "week":
        first, last = {"early": (0, 2), "mid": (1, 4), "late": (3, 6)}[part]
        return _Period(start + timedelta(first), start + timedelta(last), "week")
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    first, last = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}[part]
    grain = 12 if period.unit in {"decade", "century"} else 1
    cut = [grain * round(months * third / 3 / grain) for third in (first, last)]
    begin, beyond = (_shift_months(start, months_on) for months_on in cut)
    return _Period(begin, beyond - timedelta(1), period.unit)


def _short(day: date | None, unit: str, is_start: bool) -> str:
    """One end of an interval, as short as it can be written."""
    if day is None:
        return _ELLIPSIS
    whole_year = day.month == (1 if is_start else 12) and day.day == (1 if is_start else 31)
    whole_month = day.day == (1 if is_start else calendar.monthrange(day.year, day.month)[1])
    if unit in {"year", "decade", "century"} and whole_year:
        return day.isoformat()[:4]
    if unit in {"month", "quarter", "half", "season", "year", "decade", "century"} and whole_month:
        return day.isoformat()[:7]
    return day.isoformat()


def _edtf(start: date, end: date) -> str:
    if start == end:
        return start.isoformat()
    first_day, last_day = start.day == 1, end.day == calendar.monthrange(end.year, end.month)[1]
    if first_day and last_day:
        if start.month == 1 and end.month == 12:
            return start.isoformat()[:4] if start.year == end.year else f"{start.isoformat()[:4]}/{end.isoformat()[:4]}"
        months = (start.isoformat()[:7], end.isoformat()[:7])
        return months[0] if months[0] == months[1] else "/".join(months)
    return f"{start.isoformat()}/{end.isoformat()}"


def _easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian algorithm (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth given weekday of a month; nth -1 is the last."""
    length = calendar.monthrange(year, month)[1]
    first = 1 + (weekday - date(year, month, 1).weekday()) % 7
    day = first + 7 * (nth - 1) if nth > 0 else first + 7 * ((length - first) // 7)
    return _day(year, month, day)


def _holiday(rule: str, year: int, weekdays: Mapping[str, int]) -> date | None:
    parts = rule.split()
    if len(parts) == 1:
        fields = [int(field) for field in rule.split("-")]
        return _day(*fields) if len(fields) == 3 else _day(year, *fields)
    if parts[0] == "easter":
        return _easter(year) + timedelta(int(parts[1]))
    base = _nth_weekday(year, int(parts[2]), weekdays[parts[1]], int(parts[0]))
    return base and base + timedelta(int(parts[3]) if len(parts) > 3 else 0)


# --- grammar ----------------------------------------------------------------------------------------------------------


def _tokens(text: str) -> list[_Token]:
    return [_Token(m[0], m[0].lower().replace("’", "'"), m.start(), m.end()) for m in _TOKEN.finditer(text)]


_END = _Token("", "", -1, -1)


class _Finder:
    """One pass over a text: at each word the longest expression that a rule reads there."""

    def __init__(self, text: str, published: date | None, future: bool | None, day_first: bool) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.ref = published
        self.future = future
        self.day_first = day_first
        self.w = _words(ontology_folder() / "lexicon" / "time.toml")
        self.anchor: _Period | None = None
        self.surnames = self._surnames()
        self.atoms: dict[tuple[int, bool], _Match | None] = {}
        self.last_end = 0
        self.depth = 0

    def found(self) -> Iterator[tuple[Span, TimeSpan]]:
        i = 0
        while i < len(self.tokens):
            if not self._may_start(i):
                i += 1
                continue
            skip = self._not_a_time(i)
            if skip > i:
                i = skip
                continue
            match = self._read(i)
            if match is None:
                i += 1
                continue
            first, last = self.tokens[i + match.lead], self.tokens[match.end - 1]
            span = Span(first.start, last.end)
            period = self._settle(match.node, self._is_future(i, match.end))
            if period.is_resolved and period.unit != "duration":
                self.anchor = period
            self.last_end = match.end
            yield span, _time_span(span.of(self.text), period, match.clock)
            i = match.end

    def _may_start(self, i: int) -> bool:
        """Cheap test before the rules are tried: a word that opens an expression, with a word of time close behind."""
        token = self.tokens[i]
        if not (token.text[0].isdigit() or token.low in self.w.openers or self.bare(i) in self.w.core):
            return False
        return any(t.text[0].isdigit() or t.low.removesuffix("'s") in self.w.core for t in self.tokens[i : i + 6])

    def _read(self, i: int) -> _Match | None:
        best: _Match | None = None
        for rule in _RULES:
            try:
                match = rule(self, i)
            except (ValueError, OverflowError):  # a date beyond the calendar, "5,000 years ago"
                continue
            if match and (best is None or match.end > best.end):
                best = match
        return best

    # words

    def at(self, i: int) -> _Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else _END

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def bare(self, i: int) -> str:
        """The word without its possessive ending."""
        return self.low(i).removesuffix("'s")

    def touches(self, i: int) -> bool:
        """Whether token i follows its predecessor without a space."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def is_possessive(self, i: int) -> bool:
        return self.low(i).endswith("'s") or self.low(i) == "'"

    def skip(self, i: int, *words: str) -> int:
        """The index after token i if it is one of the words, else i."""
        return i + 1 if self.low(i) in words else i

    def _not_a_time(self, i: int) -> int:
        """Sets and ages, which name no time: "every Sunday", "each year", "45 years old", "a 30-year-old"."""
        if self.low(i) in {"every", "each", "any"}:
            j = i + 1
            if self.w.ordinals.get(self.low(j)) or self.low(j) in {"other", "single"}:
                j += 1
            number, k = self.number(j)
            j = k if number else j
            if self.bare(j) in self.w.weekdays or self.unit(j) or self.bare(j) in self.w.seasons:
                return j + 1
        number, j = self.number(i)
        if number is not None:
            j = self.skip(j, "-", "–")
            if self.unit(j) and self.low(self.skip(j + 1, "-", "–")) in {"old", "olds"}:
                return self.skip(j + 1, "-", "–") + 1
        return i

    # numbers

    def number(self, i: int) -> tuple[int | None, int]:
        token = self.at(i)
        if token.text[:1].isdigit():
            plain = token.text.replace(",", "")
            return (int(plain), i + 1) if plain.isascii() and plain.isdigit() and len(plain) < 6 else (None, i)
        if token.low not in self.w.numbers:
            return None, i
        value = self.w.numbers[token.low]
        j = self.skip(i + 1, "-")
        ones = self.w.numbers.get(self.low(j), 0)
        if value >= 20 and 0 < ones < 10:
            return value + ones, j + 1
        return value, i + 1

    def count(self, i: int) -> tuple[int | None, int, bool]:
        """How many units: a number, "a", "a couple of", "a few"; the last part says whether it is vague."""
        about = self.low(i) in self.w.words["about"]
        j = i + 1 if about else i
        number, k = self.number(j)
        if number is not None:
            return number, k, about
        j2 = self.skip(j, "a", "an", "another")
        if self.low(j2) == "couple":
            return 2, self.skip(j2 + 1, "of"), True
        if self.low(j2) in self.w.words["vague"]:
            return 3, j2 + 1, True
        if self.low(j2) == "dozen":
            return 12, j2 + 1, about
        if j2 > j and self.unit(j2):
            return 1, j2, about
        return None, i, False

    def ordinal(self, i: int) -> tuple[int | None, int]:
        token = self.at(i)
        if token.text.isascii() and token.text.isdigit() and len(token.text) <= 2:
            if self.touches(i + 1) and self.low(i + 1) in {"st", "nd", "rd", "th"}:
                return int(token.text), i + 2
            return None, i
        if token.low in self.w.ordinals:
            return self.w.ordinals[token.low], i + 1
        tens = self.w.numbers.get(token.low, 0)
        if tens in {20, 30} and self.low(i + 1) == "-":
            ones = self.w.ordinals.get(self.low(i + 2), 0)
            if 0 < ones < 10:
                return tens + ones, i + 3
        return None, i

    def unit(self, i: int) -> str:
        word = self.bare(i).removesuffix("'")
        return self.w.units.get(word, "") or self.w.units.get(word.removesuffix("s"), "")

    def day_number(self, i: int) -> tuple[int, int]:
        number, j = self.ordinal(i)
        if number is None:
            token = self.at(i)
            if token.text.isascii() and token.text.isdigit() and len(token.text) <= 2:
                after = self.at(i + 1)
                glued = self.touches(i + 1) and (after.text[:1].isalnum() or after.text == "%" or self._decimal(i + 1))
                if not glued:
                    number, j = int(token.text), i + 1
        return (number, j) if number is not None and 1 <= number <= 31 else (0, i)

    def _decimal(self, i: int) -> bool:
        return self.at(i).text in {".", ",", "/", ":"} and self.touches(i + 1) and self.at(i + 1).text[:1].isdigit()

    def year(self, i: int) -> tuple[int, int]:
        """A number of four digits that can be a year, whatever stands before it."""
        text = self.at(i).text
        if len(text) != 4 or not (text.isascii() and text.isdigit()) or not 1000 <= int(text) <= 2199:
            return 0, i
        if self.touches(i) and self.at(i - 1).text in {"$", "€", "£", "#", ".", "/"}:
            return 0, i
        if self.touches(i + 1) and (self.at(i + 1).text[:1].isalnum() or self.at(i + 1).text in {"%", "/", ":"}):
            return 0, i
        if self._decimal(i + 1) or self.bare(i + 1) in self.w.words["measures"]:
            return 0, i
        return int(text), i + 1

    def comma_year(self, i: int) -> tuple[int, int]:
        """A year after a month or a day: "May 8, 2024", "May of 1987", "28 June in 2020"."""
        for j in (i, i + 1):
            if j == i or self.low(i) in {",", "of", "in"}:
                year, k = self.year(j)
                if year:
                    return year, k
        return 0, i

    def month(self, i: int) -> tuple[int, int, bool]:
        """(month, next token, whether the word alone is enough)."""
        token = self.at(i)
        word = self.bare(i)
        if word in self.surnames and not self.at(i + 1).text[:1].isdigit():
            return 0, i, False
        if token.text[:1].islower() and word in self.w.words["lower_words"]:
            return 0, i, False
        if word in self.w.months:
            return self.w.months[word], i + 1, word not in self.w.words["ambiguous_months"]
        if word in self.w.short_months and not token.low.endswith("'s"):
            dotted = self.low(i + 1) == "." and self.touches(i + 1)
            return self.w.short_months[word], i + 2 if dotted else i + 1, False
        return 0, i, False

    def weekday(self, i: int) -> tuple[int, int, bool]:
        """(weekday or -1, next token, whether it is written out)."""
        token = self.at(i)
        word = self.bare(i)
        if word in self.w.weekdays:
            return self.w.weekdays[word], i + 1, True
        if word in self.w.short_weekdays and (token.text[:1].isupper() or word not in self.w.words["lower_words"]):
            dotted = self.low(i + 1) == "." and self.touches(i + 1)
            return self.w.short_weekdays[word], i + 2 if dotted else i + 1, False
        return -1, i, False

    def shift(self, i: int) -> int | None:
        return self.w.shifts.get(self.low(i))

    def _surnames(self) -> frozenset[str]:
        """Months that this text uses as people's names ("Theresa May"): they stay names wherever no number follows."""
        found = set()
        times = self.w.words["before_month"] | self.w.months.keys() | self.w.weekdays.keys() | {"on", "the"}
        for i, token in enumerate(self.tokens):
            before, after = self.at(i - 1), self.at(i + 1)
            if token.low in self.w.words["ambiguous_months"] and token.text.istitle() and i:
                named = before.text.istitle() and before.text.isalpha() and len(before.text) > 1
                if named and before.low not in times and not after.text[:1].isdigit():
                    found.add(token.low)
        return frozenset(found)

    # sense

    def _is_future(self, i: int, end: int) -> bool | None:
        """Whether the clause around tokens i..end looks ahead; None where no word tells.

        The nearest cue before the expression counts ("said Monday it will": Monday is past); without one, the first after
        it in the sentence ("On Friday the leaders will meet").
        """
        if self.future is not None:
            return self.future
        for j in range(i - 1, max(i - 25, self.last_end - 1, -1), -1):
            cue = self._cue(j)
            if cue is not None:
                return cue
            if self._ends_sentence(j):
                break
        for j in range(end, min(end + 25, len(self.tokens))):
            cue = self._cue(j)
            if cue is not None:
                return cue
            if self._ends_sentence(j):
                break
        return None

    def _cue(self, i: int) -> bool | None:
        word, before = self.low(i), self.low(i - 1)
        if word in self.w.words["future"] or word.endswith("'ll"):
            return True
        if (before, word) in {("to", "be"), ("is", "to"), ("are", "to")}:  # "is to be held", "are to meet"
            return True
        if before == "be":  # "may be signed": what comes before "be" decides
            return None
        if word in self.w.words["past"] or (len(word) > 4 and word.endswith("ed")):
            return False
        return None

    def _ends_sentence(self, i: int) -> bool:
        token = self.at(i)
        return token.text in _SENTENCE_END and (not self.touches(i + 1) and len(self.low(i - 1)) > 2)

    def _settle(self, node: _Node, future: bool | None) -> _Period:
        if isinstance(node, _Period):
            return node
        try:
            return _part_of(self._dated(node, bool(future)), node.part)
        except (ValueError, OverflowError):
            return _Period(None, None, _moment_unit(node))

    def _dated(self, moment: _Moment, future: bool) -> _Period:
        unit = _moment_unit(moment)
        if moment.year:
            return self._in_year(moment, moment.year)
        if self.ref is None:
            fixed = moment.holiday and self._in_year(moment, 1)
            return fixed if fixed and fixed.start and fixed.start.year > 1 else _Period(None, None, unit)
        if moment.weekday >= 0 and not moment.day and not moment.month:
            back = (self.ref.weekday() - moment.weekday) % 7
            day = self.ref + timedelta((7 - back) % 7 if future else -back)
            return _Period(day, day, "day")
        if not moment.month and moment.day:
            return self._day_of_month(moment, future)
        years = [y for y in range(self.ref.year - 8, self.ref.year + 9) if self._in_year(moment, y).start]
        periods = [self._in_year(moment, year) for year in years]
        past = [p for p in periods if p.start and p.start <= self.ref]
        ahead = [p for p in periods if p.end and p.end >= self.ref]
        if not past or not ahead:
            return (past or ahead or [_Period(None, None, unit)])[-1 if past else 0]
        # A day within the next two weeks is the one meant: of one nearly a year ago the writer would give the year.
        near = unit == "day" and self.future is None and ahead[0].start and (ahead[0].start - self.ref).days <= 14
        return ahead[0] if future or near else past[-1]

    def _in_year(self, moment: _Moment, year: int) -> _Period:
        if moment.holiday:
            day = _holiday(moment.holiday, year, self.w.weekdays)
            return _Period(day, day, "day")
        if moment.day:
            day = _day(year, moment.month, moment.day)
            return _Period(day, day, "day")
        return _month(year, moment.month)

    def _day_of_month(self, moment: _Moment, future: bool) -> _Period:
        """ "The 27th", "Friday the 15th": the nearest month, in the clause's direction, that has it."""
        assert self.ref is not None
        for step in range(24):
            base = _shift_months(self.ref.replace(day=1), step if future else -step)
            day = _day(base.year, base.month, moment.day)
            fits = day and moment.weekday in (-1, day.weekday())
            if day and fits and (day >= self.ref if future else day <= self.ref):
                return _Period(day, day, "day")
        return _Period(None, None, "day")

    def base(self) -> _Period | None:
        """What "two weeks later" counts from: the last time told, else nothing."""
        return self.anchor


def _moment_unit(moment: _Moment) -> str:
    return "month" if moment.month and not moment.day and not moment.holiday else "day"


def _time_span(text: str, period: _Period, clock: str) -> TimeSpan:
    start = period.start.isoformat() if period.start else ""
    end = period.end.isoformat() if period.end else ""
    if clock:
        value = f"{start}T{clock}" if start and start == end else ""
        return TimeSpan(text, value or ("" if start else f"T{clock}"), start, end, "time")
    return TimeSpan(text, period.written, start, end, period.unit)


# --- rules: (finder, index of the first token) -> match --------------------------------------------------------------

Rule = Callable[[_Finder, int], _Match | None]


def _index_after(f: _Finder, i: int, offset: int) -> int:
    """The first token from i on that starts at or after a character offset; a match is at most a few tokens long."""
    while i < len(f.tokens) and f.tokens[i].start < offset:
        i += 1
    return i


def _numeric(f: _Finder, i: int) -> _Match | None:
    """2023-09-09, 13.5.2015, 12/05/2016, 2023-09; "on 4/22"."""
    if not f.at(i).text[:1].isdigit():
        return None
    start = f.at(i).start
    if m := _ISO.match(f.text, start):
        year, first, second = int(m[1]), int(m[3]), int(m[4])
    elif m := _NUMERIC.match(f.text, start):
        if len(m[4]) == 2 and m[2] != "/":
            return None
        year = int(m[4]) if len(m[4]) == 4 else _full_year(int(m[4]), f.ref)
        first, second = int(m[1]), int(m[3])
        if first > 12 or (second <= 12 and (f.day_first or m[2] == ".")):  # 13.5.2015: dots are European
            first, second = second, first
    elif m := _YEAR_MONTH.match(f.text, start):
        return _Match(_month(int(m[1]), int(m[2])), _index_after(f, i, m.end()))
    elif (m := _MONTH_DAY.match(f.text, start)) and f.low(i - 1) in {"on", "from", "by", "since", "until"}:
        first, second = (int(m[2]), int(m[1])) if int(m[1]) > 12 or f.day_first else (int(m[1]), int(m[2]))
        known = _day(2000, first, second)
        return _Match(_Moment(first, second), _index_after(f, i, m.end())) if known else None
    else:
        return None
    day = _day(year, first, second)
    return _Match(_Period(day, day, "day"), _index_after(f, i, m.end())) if day else None


def _full_year(short: int, ref: date | None) -> int:
    century = (ref.year if ref else 2000) // 100 * 100
    year = century + short
    return year - 100 if year > (ref.year if ref else 2000) + 20 else year


def _month_day(f: _Finder, i: int) -> _Match | None:
    """May 8; Oct. 28, 2025; September the 21st."""
    month, j, _ = f.month(i)
    if not month or f.is_possessive(i):
        return None
    day, k = f.day_number(f.skip(j, "the"))
    if not day or f.bare(k) in f.w.words["measures"] or f.unit(k):
        return None
    year, end = _year_ref(f, k)
    return _Match(_Moment(month, day, year), end)


def _day_month(f: _Finder, i: int) -> _Match | None:
    """9 September 2023; the 4th of July; the 20th of next month; 16. Nov. 2016."""
    day, j = f.day_number(f.skip(i, "the"))
    if not day or (f.touches(i) and f.at(i - 1).text in {"$", "€", "£", ".", ","}):
        return None
    month, k, _ = f.month(f.skip(j, "of", "."))
    if month:
        year, end = _year_ref(f, k)
        return _Match(_Moment(month, day, year), end)
    k = f.skip(j, "of")
    shift = f.shift(k)
    if k > j and f.ref and shift is not None and f.unit(k + 1) == "month":
        base = _shift_months(f.ref.replace(day=1), shift)
        return _Match(_Moment(base.month, day, base.year), k + 2)
    return None


def _bare_day(f: _Finder, i: int) -> _Match | None:
    """ "on the 27th", but not "on the 18th floor"."""
    if f.low(i) != "the" or f.low(i - 1) != "on":
        return None
    day, j = f.ordinal(i + 1)
    after = f.at(j)
    if not day or day > 31 or j == i + 2 or (after.text[:1].isalpha() and after.low not in f.w.words["after_year"]):
        return None
    return _Match(_Moment(day=day), j)


def _weekday(f: _Finder, i: int) -> _Match | None:
    """Sunday; Thursday evening; Tuesday, October 28, 2025; Friday the 15th; Tuesday of last week."""
    weekday, j, is_full = f.weekday(i)
    if weekday < 0 or f.low(i - 1) in f.w.words["before_weekday_name"]:
        return None
    k = f.skip(j, ",", "(")
    for rule in (_month_day, _day_month, _numeric):
        if match := rule(f, k):
            return match._replace(end=f.skip(match.end, ")") if f.low(j) == "(" else match.end)
    day, end = f.ordinal(f.skip(k, "the"))
    if day and f.low(end) not in f.w.weekdays and not f.unit(end):
        return _Match(_Moment(day=day, weekday=weekday), end)
    if not is_full or (f.low(j) in f.w.words["after_weekday_name"] and f.at(j).text[:1].isupper()):
        return None
    of_week = f.skip(j, "of")
    of_week = f.skip(of_week, "the")
    shift = f.shift(of_week)
    if shift is not None and f.unit(of_week + 1) == "week" and f.ref:
        base = (f.base() or _span_of("day", f.ref)).start if f.low(of_week) in {"following", "previous"} else f.ref
        day_in_week = _week(_shift(base or f.ref, shift, "week")).start
        return _Match(_span_of("day", (day_in_week or f.ref) + timedelta(weekday)), of_week + 2)
    return _Match(_Moment(weekday=weekday), _day_part_end(f, j))


def _day_part_end(f: _Finder, j: int) -> int:
    """Past a part of the day: "Thursday evening", "Monday early morning"."""
    k = f.skip(j, "early", "late")
    return k + 1 if f.bare(k) in f.w.words["day_parts"] else j


def _year_ref(f: _Finder, i: int) -> tuple[int, int]:
    """The year after a month, season or quarter: ", 2024", "of last year", "this year", "of the year"."""
    year, j = f.comma_year(i)
    if year:
        return year, j
    k = f.skip(i, "of", ",")
    shift = f.shift(k)
    if f.ref and shift is not None and f.unit(k + 1) == "year":
        return f.ref.year + shift, k + 2
    if f.ref and k > i and f.low(k) == "the" and f.bare(k + 1) == "year":
        return f.ref.year, k + 2
    base = f.base()
    if f.low(k) == "that" and f.bare(k + 1) == "year" and base and base.start:
        return base.start.year, k + 2
    return 0, i


def _month_year(f: _Finder, i: int, forced: bool = False) -> _Match | None:
    """March 2023; May of 1987; June next year; 2017 April; in March."""
    month, j, is_enough = f.month(i)
    if not month:
        year, k = f.year(i)
        month, j, _ = f.month(k) if year else (0, i, False)
        follows_day = f.day_number(j)[0] and not f.year(j)[0]
        return _Match(_month(year, month), j) if month and not follows_day else None
    year, end = _year_ref(f, j)
    if year:
        return _Match(_Moment(month, year=year), end)
    before, after = f.low(i - 1), f.at(j)
    if f.day_number(j)[0] and f.bare(j + 1) not in f.w.words["measures"]:
        return None
    written_out = f.bare(i) in f.w.months
    if f.low(i) == "march" and after.low == "on" and before not in {"in", "since", "until", "late", "early"}:
        return None
    names_noun = before == "the" and after.text[:1].islower() and after.low not in f.w.words["after_year"]
    if forced or before in f.w.words["before_month"] or (written_out and (is_enough or names_noun)):
        if (
            not is_enough
            and after.text[:1].isupper()
            and before in {"by", "to", "and", "or", "from", "before", "after"}
        ):
            return None
        return _Match(_Moment(month), j)
    return None


def _bare_year(f: _Finder, i: int, forced: bool = False) -> _Match | None:
    """in 2016; the 2016 election; (2014); 2015, 2016 and 2017."""
    year, j = f.year(i)
    if not year:
        return None
    before, after = f.low(i - 1), f.at(j)
    is_modern = 1800 <= year <= 2100
    if after.low in {"-", "–"} and f.touches(j) and f.touches(j + 1) and f.at(j + 1).text[:1].isdigit() and not forced:
        return None
    counts = after.text[:1].islower() and after.low not in f.w.words["after_year"]
    if before in {"in", "since", "during"}:
        is_year = True
    elif before in {"and", "or", "to", ","}:
        is_year = is_modern and bool(f.year(i - 2)[0]) and not counts
    elif before in f.w.words["before_year"]:
        is_year = is_modern and not counts
    else:
        is_year = is_modern and (
            (before == "the" and after.text[:1].isalpha()) or (before == "(" and after.low in {")", ","})
        )
    return _Match(_years(year, 1, "year"), j) if forced or is_year else None


def _named_year(f: _Finder, i: int) -> _Match | None:
    """fiscal 2021; fiscal year 2021; FY2021; the year 2020; calendar year 2008."""
    j = f.skip(i, "the")
    k = f.skip(f.skip(j, "fiscal", "calendar", "fy", "financial"), "year")
    if k == j:
        return None
    year, end = f.year(f.skip(k, "of"))
    if not year and f.low(j) == "fy" and f.touches(k):
        number, end = f.number(k)
        year = _full_year(number, f.ref) if number is not None and number < 100 else 0
        if not year and f.at(k).text.isdigit() and len(f.at(k).text) == 4:
            year, end = int(f.at(k).text), k + 1
    return _Match(_years(year, 1, "year"), end) if year else None


def _decade(f: _Finder, i: int) -> _Match | None:
    """the 1990s; the '90s; the nineties; but not "in his 60s"."""
    j = f.skip(i, "the")
    before = f.low(j - 1)
    if before in f.w.words["ages"] or (before in f.w.parts and f.low(j - 2) in f.w.words["ages"]):
        return None
    k = f.skip(j, "'", "‘", "’")
    digits = f.at(k).text
    s = k + 2 if f.low(k + 1) in {"'", "’"} and f.touches(k + 2) else k + 1
    if digits.isascii() and digits.isdigit() and digits.endswith("0") and f.low(s) == "s" and f.touches(s):
        if len(digits) == 4 and 1000 <= int(digits) <= 2190:
            return _Match(_years(int(digits), 10, "decade"), s + 1)
        if len(digits) == 2 and before in {"the", *f.w.parts, "-"}:
            return _Match(_years(_full_decade(int(digits), f.ref), 10, "decade"), s + 1)
    if f.low(j) in f.w.decades and (before == "the" or before in f.w.parts):
        return _Match(_years(_full_decade(f.w.decades[f.low(j)], f.ref), 10, "decade"), j + 1)
    return None


def _full_decade(short: int, ref: date | None) -> int:
    year = (ref.year if ref else 2025) // 100 * 100 + short
    return year if year <= (ref.year if ref else 2025) else year - 100


def _century(f: _Finder, i: int) -> _Match | None:
    """the 20th century; 19th-century."""
    number, j = f.ordinal(f.skip(i, "the"))
    j = f.skip(j, "-")
    if not number or number > 30 or f.unit(j) != "century" or f.low(j + 1) in {"b", "bc", "bce"}:
        return None
    return _Match(_years((number - 1) * 100, 100, "century"), j + 1)


def _seasonal(f: _Finder, i: int) -> _Match | None:
    """spring 2020; the summer of 2023; in the fall."""
    code = f.w.seasons.get(f.bare(i), 0)
    if not code or (
        f.at(i).text[:1].isupper() and f.at(i - 1).text[:1].isupper() and f.low(i - 1) not in {"the", "in"}
    ):
        return None
    year, j = _year_ref(f, i + 1)
    if year:
        return _Match(_season(year, code), j)
    inside = f.low(i - 1) == "the" and f.low(i - 2) in {"in", "during", "by", "over", "since", "until"}
    if inside and f.ref and not f.at(i + 1).text[:1].isalpha():
        return _Match(_near_season(f.ref, code, -1 if not f._is_future(i, i + 1) else 1), i + 1)
    return None


def _near_season(ref: date, code: int, shift: int) -> _Period:
    """The season that is last, current or next as seen from a day."""
    seasons = [_season(year, code) for year in range(ref.year - 2, ref.year + 3)]
    if shift < 0:
        return [s for s in seasons if s.end and s.end < ref][-1]
    if shift > 0:
        return next(s for s in seasons if s.start and s.start > ref)
    current = [s for s in seasons if s.start and s.end and s.start <= ref <= s.end]
    return current[0] if current else _season(ref.year, code)


def _quarter(f: _Finder, i: int) -> _Match | None:
    """Q3 2024; 2024 Q3; H1 2016; the third quarter of last year; the first half of 2023; the first nine months of 2023."""
    year, j = f.year(i)
    j = f.skip(j, "-") if year else i
    if f.low(j) in {"q", "h"} and f.touches(j + 1) and f.at(j + 1).text in {"1", "2", "3", "4"}:
        kind, number, end = f.low(j), int(f.at(j + 1).text), j + 2
        if not year:
            year, end = _year_ref(f, f.skip(end, "-") if f.year(f.skip(end, "-"))[0] else end)
            if not year and kind == "h":
                return None
        return _quarter_match(f, kind == "q", number, year, end)
    return _ordinal_part(f, i)


def _quarter_match(f: _Finder, is_quarter: bool, number: int, year: int, end: int) -> _Match | None:
    size, unit = (3, "quarter") if is_quarter else (6, "half")
    if number > 12 // size:
        return None
    if not year and f.ref:
        year = f.ref.year
        first = _months(year, size * (number - 1) + 1, size, unit)
        year -= int(not f._is_future(end - 1, end) and first.start is not None and first.start > f.ref)
    if not year:
        return _Match(_Period(None, None, unit), end)
    return _Match(_months(year, size * (number - 1) + 1, size, unit), end)


def _ordinal_part(f: _Finder, i: int) -> _Match | None:
    """The first quarter, half, week or N months of a longer period."""
    j = f.skip(i, "the")
    nth, k = f.ordinal(j)
    if f.low(j) in {"last", "final"}:
        nth, k = -1, j + 1
    if not nth:
        return None
    count, units = f.number(k)
    k = f.skip(units if count else k, "-")
    unit, word = f.unit(k), f.bare(k)
    if word in _QUARTER_NAMES and not count and nth > 0:
        year, end = _year_ref(f, k + 1)
        if year or (word == "quarter" and f.at(k + 1).text != "of"):
            return _quarter_match(f, word == "quarter", nth, year, end if year else k + 1)
    if (word != "half" and unit not in {"week", "month", "day"}) or f.low(k + 1) not in {"of", "in"}:
        return None
    whole = _whole(f, k + 2)
    if whole is None:
        return None
    period = f._settle(whole.node, f._is_future(i, whole.end))
    if period.start is None or period.end is None:
        return _Match(_Period(None, None, "half" if word == "half" else unit), whole.end)
    part = _nth_part(period, nth, count or 1, word, unit)
    return _Match(part, whole.end) if part else None


def _nth_part(period: _Period, nth: int, count: int, word: str, unit: str) -> _Period | None:
    start, end = period.start, period.end
    assert start is not None and end is not None
    if word == "half":
        middle = start + (end - start + timedelta(1)) / 2
        if (end.year - start.year) * 12 + end.month - start.month > 1:
            middle = _shift_months(start, ((end.year - start.year) * 12 + end.month - start.month + 1) // 2)
        return _Period(start, middle - timedelta(1), "half") if nth == 1 else _Period(middle, end, "half")
    if unit == "week" and count == 1:
        first = _week(start + timedelta(3))
        week = _week(end - timedelta(3)) if nth < 0 else first
        assert week.start is not None
        return _span_of("week", week.start + timedelta(7 * (nth - 1 if nth > 0 else 0)))
    if nth not in (1, -1) and count != 1:
        return None
    if nth < 0:
        return _Period(_shift(end + timedelta(1), -count, unit), end, unit)
    begin = _shift(start, nth - 1, unit)
    return _Period(begin, _shift(begin, count, unit) - timedelta(1), unit)


def _whole(f: _Finder, i: int) -> _Match | None:
    """What a part is a part of: a period with its article ("the year", "last month", "2023", "the 1990s")."""
    if f.low(i) == "the" and f.ref and f.unit(i + 1) in {"week", "month", "year", "decade", "century", "quarter"}:
        return _Match(_span_of(f.unit(i + 1), f.ref), i + 2)
    return _plain(f, i, True) or (_plain(f, i + 1, True) if f.low(i) == "the" else None)


def _week_of(f: _Finder, i: int) -> _Match | None:
    """the week of April 10; the week beginning February 4."""
    j = f.skip(i, "the")
    if f.bare(j) != "week" or f.low(j + 1) not in {"of", "beginning", "commencing", "starting", "ending"}:
        return None
    day = _plain(f, f.skip(j + 2, "on"), True)
    if day is None:
        return None
    period = f._settle(day.node, f._is_future(i, day.end))
    if period.unit != "day" or period.start is None:
        return None
    if f.low(j + 1) == "ending":
        return _Match(_Period(period.start - timedelta(6), period.start, "week"), day.end)
    return _Match(_week(period.start), day.end)


def _nth_weekday_of(f: _Finder, i: int) -> _Match | None:
    """the first Friday of July; the last Sunday in March 2023."""
    j = f.skip(i, "the")
    nth, k = f.ordinal(j)
    if f.low(j) == "last":
        nth, k = -1, j + 1
    weekday, k, _ = f.weekday(k) if nth else (-1, k, False)
    if weekday < 0 or not nth or f.low(k) not in {"of", "in"}:
        return None
    month = _whole(f, k + 1)
    if month is None:
        return None
    period = f._settle(month.node, f._is_future(i, month.end))
    if period.unit != "month" or period.start is None:
        return None
    day = _nth_weekday(period.start.year, period.start.month, weekday, nth)
    return _Match(_Period(day, day, "day"), month.end) if day else None


def _shifted(f: _Finder, i: int) -> _Match | None:
    """last week; next Friday; this summer; the past two years; last May; the following day."""
    j = f.skip(i, "the")
    shift = f.shift(j)
    if shift is None:
        return _after_next(f, j) if j > i else None
    word = f.low(j)
    second = f.shift(j + 1) if word in {"this", "the"} else None  # "this past Sunday", "this coming week"
    if second:
        shift, word, j = second, f.low(j + 1), j + 1
    parts, end, vague = _counted(f, j + 1)
    if parts and f.low(j + 1) not in {"a", "an"}:
        return _rolling(f, shift, parts, end, vague)
    return _shifted_one(f, i, j + 1, shift, word)


def _after_next(f: _Finder, j: int) -> _Match | None:
    """the week after next; the year before last."""
    offset = {("after", "next"): 2, ("before", "last"): -2}.get((f.low(j + 1), f.low(f.skip(j + 2, "the"))))
    if offset is None or f.unit(j) not in {"week", "month", "quarter", "year", "decade"}:
        return None
    return _Match(_relative(f, offset, f.unit(j)), f.skip(j + 2, "the") + 1)


def _rolling(f: _Finder, shift: int, parts: Sequence[tuple[int, str]], end: int, vague: bool) -> _Match | None:
    """the last three months: up to the day of publication; the next five days: from the day after it."""
    unit = parts[-1][1]
    if unit in {"hour", "minute", "second"} or not shift:
        return None
    if f.low(end) == "ago":
        return _rolling(f, shift, parts[:1], _counted_end(f, end, parts), vague) if len(parts) > 1 else None
    if f.ref is None:
        return _Match(_Period(None, None, unit), end)
    origin = f.ref
    if unit == "quarter":  # quarters are counted whole
        current = _span_of("quarter", f.ref)
        assert current.start is not None and current.end is not None
        origin = current.start if shift < 0 else current.end + timedelta(1)
    edge = functools.reduce(lambda day, part: _shift(day, shift * part[0], part[1]), parts, origin)
    if unit == "quarter":
        first, last = sorted((edge, origin))
        return _Match(_Period(first, last - timedelta(1), unit), end)
    first, last = (edge, f.ref) if shift < 0 else (f.ref + timedelta(1), edge)
    return _Match(_Period(first, last, unit, about=vague), end)


def _counted_end(f: _Finder, end: int, parts: Sequence[tuple[int, str]]) -> int:
    """Back over all but the first count: "the last 3 months and 2 days ago" is two expressions."""
    while end > 0 and f.unit(end - 1) != parts[0][1]:
        end -= 1
    return end


def _shifted_one(f: _Finder, i: int, k: int, shift: int, word: str) -> _Match | None:
    weekday, end, is_full = f.weekday(k)
    month, month_end, _ = f.month(k)
    season, unit, name = f.w.seasons.get(f.bare(k), 0), f.unit(k), f.bare(k)
    if f.low(k) in {"fiscal", "calendar", "financial", "school"} and f.unit(k + 1) == "year":
        k, unit = k + 1, "year"
    if name in f.w.words["day_parts"]:
        return _Match(_relative(f, shift, "day"), k + 1) if word in {"this", "last"} else None
    if name == "weekend":
        if shift == 0 and f.ref and f.ref.weekday() < 5 and f._is_future(i, k + 1) is False:
            shift = -1
        return _Match(_weekend(f.ref, shift), k + 1)
    if weekday >= 0 and is_full:
        return _Match(_shifted_weekday(f.ref, weekday, shift, word), _day_part_end(f, end))
    if month:
        return _Match(_shifted_month(f.ref, month, shift), month_end) if not f.day_number(month_end)[0] else None
    if season:
        return _Match(_near_season(f.ref, season, shift) if f.ref else _Period(None, None, "season"), k + 1)
    if unit in {"hour", "minute", "second", ""} or (name.endswith("s") and name != "century") or unit == "fortnight":
        return _shifted_holiday(f, k, shift) if not unit else None
    return _shifted_unit(f, i, k, shift, word, unit)


def _shifted_unit(f: _Finder, i: int, k: int, shift: int, word: str, unit: str) -> _Match | None:
    if word == "past" and f.ref and unit != "day":
        return _Match(_Period(_shift(f.ref, -1, unit), f.ref, unit), k + 1)
    is_narrative = word in {"following", "previous", "prior"} or unit == "day"
    if not is_narrative:
        match = _Match(_relative(f, shift, unit), k + 1)
        return _weekday_in(f, match) if unit == "week" else match
    if unit == "day" and word not in {"next", "following", "previous"}:
        return None
    base = f.base()
    if base is None or base.start is None:
        near = f.ref and f._is_future(i, k + 1) is not False
        base = _span_of(unit, f.ref) if near and f.ref else None
    if base is None or base.start is None or (unit == "day" and base.unit != "day"):
        return _Match(_Period(None, None, unit), k + 1)
    return _Match(_span_of(unit, _shift(base.start, shift, unit)), k + 1)


def _weekday_in(f: _Finder, week: _Match) -> _Match:
    """next week on Friday; last week Tuesday."""
    weekday, end, is_full = f.weekday(f.skip(week.end, "on"))
    if weekday < 0 or not is_full or not isinstance(week.node, _Period) or week.node.start is None:
        return week
    return _Match(_span_of("day", week.node.start + timedelta(weekday)), end)


def _relative(f: _Finder, shift: int, unit: str) -> _Period:
    return _span_of(unit, _shift(f.ref, shift, unit)) if f.ref else _Period(None, None, unit)


def _weekend(ref: date | None, shift: int) -> _Period:
    if ref is None:
        return _Period(None, None, "day")
    saturday = ref + timedelta(5 - ref.weekday() + 7 * shift)
    return _Period(saturday, saturday + timedelta(1), "day")


def _shifted_weekday(ref: date | None, weekday: int, shift: int, word: str) -> _Period:
    if ref is None:
        return _Period(None, None, "day")
    if word in {"coming", "upcoming"}:
        return _span_of("day", ref + timedelta((weekday - ref.weekday() - 1) % 7 + 1))
    if word == "past":
        return _span_of("day", ref - timedelta((ref.weekday() - weekday - 1) % 7 + 1))
    return _span_of("day", ref + timedelta(weekday - ref.weekday() + 7 * shift))


def _shifted_month(ref: date | None, month: int, shift: int) -> _Period:
    if ref is None:
        return _Period(None, None, "month")
    year = ref.year + (shift if (shift < 0 and month >= ref.month) or (shift > 0 and month <= ref.month) else 0)
    return _month(year, month)


def _shifted_holiday(f: _Finder, k: int, shift: int) -> _Match | None:
    found = _holiday_name(f, k)
    if found is None or f.ref is None:
        return None
    rule, end = found
    days = [day for y in range(f.ref.year - 2, f.ref.year + 3) if (day := _holiday(rule, y, f.w.weekdays))]
    if shift == 0:
        days = [day for day in days if day.year == f.ref.year]
    elif shift < 0:
        days = [day for day in days if day < f.ref][-1:]
    else:
        days = [day for day in days if day > f.ref][:1]
    return _Match(_span_of("day", days[0]), end) if days else None


def _the_weekend(f: _Finder, i: int) -> _Match | None:
    """over the weekend; at the weekend."""
    if f.low(i) != "the" or f.bare(i + 1) != "weekend" or f.low(i + 2) == "of":
        return None
    if f.ref is None:
        return _Match(_Period(None, None, "day"), i + 2)
    shift = 0 if f._is_future(i, i + 2) or f.ref.weekday() >= 5 else -1
    return _Match(_weekend(f.ref, shift), i + 2)


def _earlier_this(f: _Finder, i: int) -> _Match | None:
    """earlier this year; later in the week; earlier today; later on Monday."""
    word = f.low(i)
    if word not in {"earlier", "later"}:
        return None
    j = f.skip(i + 1, "in", "on")
    if f.low(j) in {"this", "the", "that"} and f.unit(j + 1) in {"week", "month", "year", "decade", "century"}:
        period = _relative(f, 0, f.unit(j + 1))
        if f.low(j) == "that":
            base = f.base()
            period = _span_of(f.unit(j + 1), base.start) if base and base.start else _Period(None, None, period.unit)
            return _Match(period, j + 2)
        if period.start is None or period.end is None or f.ref is None:
            return _Match(period, j + 2)
        bounds = (period.start, f.ref) if word == "earlier" else (f.ref, period.end)
        return _Match(_Period(*bounds, period.unit), j + 2)
    inner = _plain(f, j)
    return inner


def _since_counted(f: _Finder, i: int) -> _Match | None:
    """three days ago; two weeks later; 3 days after January 12th; two weeks from now; 1 month 21 days ago."""
    parts, j, vague = _counted(f, i)
    if not parts:
        return None
    word = f.low(j)
    unit = parts[-1][1]
    if word == "ago":
        exact = f.low(j + 1) == "today"
        return _Match(_counted_from(f.ref, parts, -1, vague, exact), j + 2 if exact else j + 1)
    if word == "hence":
        return _Match(_counted_from(f.ref, parts, 1, vague), j + 1)
    if word == "from" and f.low(i - 1) == "for":
        return None
    if word in {"from", "after", "before", "since"}:
        if f.low(j + 1) in f.w.words["now"] and f.low(j + 1) != "date":
            return _Match(_counted_from(f.ref, parts, -1 if word == "before" else 1, vague), j + 2)
        base = _plain(f, j + 1, True)
        if base is None or (word == "from" and base.end < len(f.tokens) and f.low(base.end) in f.w.words["joins"]):
            return None
        start = f._settle(base.node, f._is_future(i, base.end)).start
        return _Match(_counted_from(start, parts, -1 if word == "before" else 1, vague), base.end)
    if word in {"later", "earlier", "afterwards", "afterward"}:
        if f.low(j + 1) in {"than"}:
            return None
        base_day = f.base()
        start = base_day.start if base_day else f.ref if f._is_future(i, j) else None
        precise = base_day is None or base_day.unit in {"day", "time"} or unit in {"year", "decade"}
        period = _counted_from(start, parts, -1 if word == "earlier" else 1, vague)
        return _Match(period if precise else _Period(None, None, unit), j + 1)
    return None


def _counted(f: _Finder, i: int) -> tuple[list[tuple[int, str]], int, bool]:
    """One to three counts of units in a row: "1 month 21 days", "two years and three months"."""
    parts: list[tuple[int, str]] = []
    vague, j = False, i
    while len(parts) < 4:
        count, k, about = f.count(f.skip(j, "and", ",") if parts else j)
        if not count or not f.unit(k) or (f.low(k).endswith("'s") and f.low(k + 1) != "time"):
            break
        parts.append((count, f.unit(k)))
        vague, j = vague or about, k + 1
    return parts, j, vague


def _counted_from(
    base: date | None, parts: Sequence[tuple[int, str]], sign: int, vague: bool, exact: bool = False
) -> _Period:
    """The day, month or year that lies so many units from a day: as precise as the smallest unit."""
    unit = parts[-1][1]
    if base is None:
        return _Period(None, None, unit if unit not in {"hour", "minute", "second"} else "time")
    for count, each in parts:
        if each not in {"hour", "minute", "second"}:
            base = _shift(base, sign * count, each)
    precision = unit if unit in {"month", "year"} and not exact else "year" if unit in {"decade", "century"} else "day"
    return replace(_span_of(precision, base), about=vague or unit in {"decade", "century"})


def _in_counted(f: _Finder, i: int) -> _Match | None:
    """ "in three days" and "within two weeks": ahead where the clause looks ahead, else how long it took."""
    word = f.low(i)
    if word not in {"in", "within"}:
        return None
    j = f.skip(f.skip(i + 1, "the"), "next", "upcoming", "coming")
    parts, end, vague = _counted(f, j)
    if not parts or f.low(end) in {"ago", "later", "earlier", "before"}:
        return None
    if not f._is_future(i, end):
        return None
    end = f.skip(f.skip(end, "'"), "time")
    if f.ref is None:
        return _Match(_Period(None, None, parts[-1][1]), end, lead=int(word != "within"))
    until = _counted_from(f.ref, parts, 1, vague)
    if word == "within":
        edge = functools.reduce(lambda day, part: _shift(day, *part), parts, f.ref)
        return _Match(_Period(f.ref, edge, parts[-1][1]), end)
    return _Match(until, end)


def _stretch(f: _Finder, i: int) -> _Match | None:
    """for three days starting Monday; two weeks beginning May 20; for 3 days from today."""
    parts, j, _ = _counted(f, i)
    k = f.skip(f.skip(j, ","), "starting", "beginning", "from")
    if not parts or k == j or (f.low(j) == "," and k == j + 1) or parts[-1][1] in {"hour", "minute", "second"}:
        return None
    if f.low(k - 1) == "from" and f.low(i - 1) != "for":
        return None
    first = _plain(f, f.skip(k, "from", "on"), True)
    start = f._settle(first.node, f._is_future(i, first.end)) if first else None
    if first is None or start is None or start.unit != "day":
        return None
    if start.start is None:
        return _Match(_Period(None, None, "day"), first.end)
    edge = functools.reduce(lambda day, part: _shift(day, *part), parts, start.start)
    return _Match(_Period(start.start, edge - timedelta(1), "day"), first.end)


_DURATION_LETTERS = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "year": "Y"}
_DURATION_FACTORS = {
    "fortnight": (2, "week"),
    "quarter": (3, "month"),
    "decade": (10, "year"),
    "century": (100, "year"),
}


def _duration(f: _Finder, i: int) -> _Match | None:
    """for three years; a two-day visit; an hour and a half; half a century."""
    parts: list[tuple[float, str]] = []
    j = i
    if f.low(i) == "half":
        k = f.skip(f.skip(i + 1, "-"), "a", "an")
        if not f.unit(k):
            return None
        parts, j = [(0.5, f.unit(k))], k + 1
    while not parts or (len(parts) < 4 and j > i and parts[0][0] != 0.5):
        count, k, _ = f.count(f.skip(j, "and", ",") if parts else j)
        if count is None:
            break
        amount = float(count)
        if f.low(k) == "." and f.touches(k) and f.touches(k + 1) and f.at(k + 1).text.isdigit():
            amount, k = float(f"{count}.{f.at(k + 1).text[:6]}"), k + 2
        if (f.low(k), f.low(k + 1), f.low(k + 2)) == ("and", "a", "half"):
            amount, k = amount + 0.5, k + 3
        k = f.skip(k, "full", "straight", "consecutive", "more", "whole")
        hyphen = f.skip(k, "-", "–")
        if not f.unit(hyphen) or (f.is_possessive(hyphen) and not parts and count == 1):
            break
        parts.append((amount, f.unit(hyphen)))
        j = hyphen + 1
        if f.low(j) == "and" and (f.low(j + 1) == "half" or (f.low(j + 1) == "a" and f.low(j + 2) == "half")):
            parts[-1] = (amount + 0.5, parts[-1][1])
            j += 2 if f.low(j + 1) == "half" else 3
    if not parts or j <= i:
        return None
    is_bare = f.low(i) in {"a", "an", "one"} and f.low(i + 1) != "-" and len(parts) == 1 and parts[0][0] == 1.0
    if is_bare and f.low(i - 1) not in {"for", "over", "within", "about"}:
        return None
    if f.low(j) in {"old", "ago"} or f.low(i - 1) in {"aged", "age"} or f.at(i - 1).text in {"$", "€", "£"}:
        return None
    return _Match(_Period(None, None, "duration", _iso_duration(parts)), j)


def _iso_duration(parts: Sequence[tuple[float, str]]) -> str:
    """P1Y6M, PT2H30M, P2W."""
    day_part, clock_part = "", ""
    for amount, unit in parts:
        factor, base = _DURATION_FACTORS.get(unit, (1, unit))
        written = f"{amount * factor:g}{_DURATION_LETTERS[base]}"
        if base in {"second", "minute", "hour"}:
            clock_part += written
        else:
            day_part += written
    return f"P{day_part}" + (f"T{clock_part}" if clock_part else "")


def _deictic(f: _Finder, i: int) -> _Match | None:
    """yesterday; tomorrow evening; the day before yesterday."""
    j = f.skip(i, "the")
    if f.low(j) == "day" and f.low(j + 1) in {"before", "after"} and f.bare(j + 2) in f.w.deictic:
        offset = f.w.deictic[f.bare(j + 2)] + (-1 if f.low(j + 1) == "before" else 1)
        return _Match(_relative(f, offset, "day"), j + 3)
    if f.bare(i) not in f.w.deictic or f.low(i - 1) in {"usa", "-"} or f.low(i + 1) == "-":
        return None
    return _Match(_relative(f, f.w.deictic[f.bare(i)], "day"), _day_part_end(f, i + 1))


def _narrative(f: _Finder, i: int) -> _Match | None:
    """the same day; that year; that night: what was told last."""
    j = f.skip(i, "the")
    if f.low(j) not in {"same", "that"} or (f.low(j) == "that" and j > i):
        return None
    unit = f.unit(j + 1)
    if f.bare(j + 1) in f.w.words["day_parts"]:
        unit = "day"
    if unit not in {"day", "week", "month", "year", "decade"} or f.bare(j + 1).endswith("s"):
        return None
    base = f.base()
    if base is None or base.start is None or (base.unit == "year" and unit in {"day", "week", "month"}):
        return _Match(_Period(None, None, unit), j + 2)
    return _Match(_span_of(unit, base.start), j + 2)


def _holiday_name(f: _Finder, i: int) -> tuple[str, int] | None:
    for name in f.w.holiday_words.get(f.low(i), ()):
        if all(f.low(i + n) == word or f.bare(i + n) == word for n, word in enumerate(name)):
            return f.w.holidays[" ".join(name)], i + len(name)
    return None


def _holidays(f: _Finder, i: int) -> _Match | None:
    """Christmas Eve; Thanksgiving 2019; the Fourth of July, 1995."""
    found = _holiday_name(f, i)
    if found is None:
        return None
    rule, end = found
    year, end = _year_ref(f, end)
    if f.at(end).text[:1].isupper() and not year and f.touches(end):
        return None
    return _Match(_Moment(holiday=rule, year=year), end)


def _anniversary(f: _Finder, i: int) -> _Match | None:
    """the 75th anniversary: a day that the text does not name."""
    number, j = f.ordinal(f.skip(i, "the"))
    if (
        number is None
        and f.at(f.skip(i, "the")).text.isdigit()
        and f.low(f.skip(i, "the") + 1) in {"th", "st", "nd", "rd"}
    ):
        number, j = 1, f.skip(i, "the") + 2
    if number is None or f.low(f.skip(j, "-")) != "anniversary":
        return None
    return _Match(_Period(None, None, "unknown"), f.skip(j, "-") + 1)


_CONTEXTUAL = (_month_year, _bare_year)
_PLAIN: tuple[Rule, ...] = (
    _numeric, _month_day, _day_month, _bare_day, _weekday, _named_year, _decade, _century, _seasonal, _quarter,
    _week_of, _nth_weekday_of, _shifted, _the_weekend, _since_counted, _deictic, _narrative, _holidays,
)  # fmt: skip


def _plain(f: _Finder, i: int, forced: bool = False) -> _Match | None:
    """The longest expression without a modifier; `forced` where the context has already made it a time."""
    key = (i, forced)
    if key not in f.atoms:
        if f.depth >= _DEEPEST:
            return None
        f.depth += 1
        found = [m for rule in _PLAIN if (m := _safely(rule, f, i))]
        found += [m for rule in _CONTEXTUAL if (m := rule(f, i, forced))]
        f.depth -= 1
        f.atoms[key] = max(found, key=lambda match: match.end, default=None)
    return f.atoms[key]


def _safely(rule: Rule, f: _Finder, i: int) -> _Match | None:
    try:
        return rule(f, i)
    except (ValueError, OverflowError):  # beyond the calendar
        return None


def _atom(f: _Finder, i: int) -> _Match | None:
    """A plain expression, or its early, middle or late part: "late March", "mid-2019", "the end of last year"."""
    j = f.skip(i, "the")
    part = f.w.parts.get(f.low(j), "")
    if part:
        is_noun = f.low(j) not in {"early", "mid", "late"}
        k = f.skip(j + 1, "of", "in", "-", "on") if not is_noun else f.skip(j + 1, "of")
        if not is_noun or k > j + 1:
            whole = _whole(f, k)
            if whole:
                return _parted(f, i, whole, part)
    if f.low(i) in {"earlier", "later"}:
        return _safely(_earlier_this, f, i)
    return _plain(f, i)


def _parted(f: _Finder, i: int, whole: _Match, part: str) -> _Match:
    if isinstance(whole.node, _Moment) and not whole.node.part:
        return whole._replace(node=replace(whole.node, part=part))
    period = f._settle(whole.node, f._is_future(i, whole.end))
    return whole._replace(node=_part_of(period, part))


def _clock_at(f: _Finder, i: int) -> tuple[str, int, bool]:
    """(HH:MM, next token, whether it can stand alone): 6 p.m., 10:30, noon."""
    if f.low(i) in f.w.clock_words:
        return f.w.clock_words[f.low(i)], i + 1, False
    if not f.at(i).text[:1].isdigit():
        return "", i, False
    m = _CLOCK.match(f.text, f.at(i).start)
    if not m:
        return "", i, False
    end = m.end()
    zone = _ZONE.match(f.text, end)
    hour, minute = int(m[1] or m[5]), int(m[2] or m[6] or 0)
    if m[3]:
        if not 1 <= hour <= 12:
            return "", i, False
        hour = hour % 12 + (12 if m[3].lower() == "p" else 0)
    if hour > 23 or minute > 59:
        return "", i, False
    clear = bool(m[3] or m[4] or zone)
    return f"{hour:02}:{minute:02}", _index_after(f, i, zone.end() if zone else end), clear


def _timed(f: _Finder, i: int) -> _Match | None:
    """6 p.m. on Monday; Monday at 6 p.m.; July 27, 2023 11:05 am ET; at 10:30."""
    clock, j, is_clear = _clock_at(f, i)
    if clock:
        k = f.skip(f.skip(f.skip(j, ","), "on"), "the")
        day = _atom(f, k) or (_atom(f, k - 1) if k > j else None)
        if day and _is_day(day.node):
            return day._replace(clock=clock)
        alone = is_clear or (f.low(i - 1) in {"at", "around", "by", "about"} and f.low(i) not in f.w.clock_words)
        return _Match(_Period(None, None, "time"), j, clock=clock) if alone else None
    day = _atom(f, i)
    if day and _is_day(day.node):
        k = f.skip(f.skip(day.end, ","), "at", "around", "about")
        clock, end, is_clear = _clock_at(f, k)
        if clock and (is_clear or k > day.end or f.at(i).text[:1].isdigit()):
            return day._replace(clock=clock, end=end)
    return None


def _is_day(node: _Node) -> bool:
    return _unit(node) == "day"


def _unit(node: _Node) -> str:
    return _moment_unit(node) if isinstance(node, _Moment) else node.unit


def _open(f: _Finder, i: int) -> _Match | None:
    """since last year; until May; by August; before 2010; after 2018; but not "after Monday's talks"."""
    word = f.low(i)
    if word not in {"since", "until", "till", "by", "before", "after"}:
        return None
    j = f.skip(f.skip(i + 1, "about", "around", "at", "least"), "the") if f.low(i + 1) != "the" else i + 1
    match = _atom(f, j) or (_atom(f, j + 1) if f.low(j) == "the" else None)
    if match is None or f.is_possessive(match.end - 1) or match.clock:
        return None
    names_noun = f.low(match.end - 2) == "the" or (f.low(j) == "the" and match.end == j + 2)
    if names_noun and f.at(match.end).text[:1].isalpha() and f.at(match.end).low not in f.w.words["after_year"]:
        return None
    period = f._settle(match.node, f._is_future(i, match.end))
    if period.unit in {"duration", "unknown"} or (f.low(match.end) in {"-", "–"} and f.touches(match.end)):
        return None
    if period.start is None or period.end is None:
        return _Match(_Period(None, None, period.unit), match.end)
    one_day = timedelta(1)
    bounds = {
        "since": (period.start, None),
        "until": (None, period.end),
        "till": (None, period.end),
        "by": (None, period.end),
        "before": (None, period.start - one_day),
        "after": (period.end + one_day, None),
    }[word]
    return _Match(_Period(*bounds, period.unit), match.end)


def _range(f: _Finder, i: int) -> _Match | None:
    """from May to June; between October and December 2024; 1950-1953; 2014-15; Monday through Friday; Jan 22 until now."""
    j = f.skip(i, "from", "between")
    has_word = j > i
    if f.touches(j) and f.at(j - 1).text in {"-", "–", "/", "."} and f.touches(j - 1):
        return None
    left = _atom(f, j) or (_plain(f, j, True) if has_word or _joins_at(f, j) else None)
    if left is None or f.low(left.end) not in f.w.words["joins"] or left.clock:
        return None
    join = f.low(left.end)
    if (join == "and" and f.low(i) != "between") or (
        join in {"to", "till", "until"} and not has_word and not _named(left)
    ):
        return None
    k = left.end + 1
    right = _right_end(f, k, left)
    if right is None:
        return None
    if join in {"-", "–", "—"} and not has_word and not f.touches(k) and _unit(left.node) != _unit(right.node):
        return None
    period = _between(f, left.node, right.node, f._is_future(i, right.end))
    if period is None:
        return None
    return _Match(period, right.end, lead=0)


def _joins_at(f: _Finder, i: int) -> bool:
    """Whether a bare year or month is glued to its partner: "1950-1953", "May–June 2023"."""
    return f.low(i + 1) in {"-", "–", "—"} and f.touches(i + 1) and f.touches(i + 2)


def _named(match: _Match) -> bool:
    return isinstance(match.node, _Moment)


def _right_end(f: _Finder, k: int, left: _Match) -> _Match | None:
    if f.low(k) in f.w.words["now"] and f.low(k - 1) not in {"-", "–", "—"}:
        return _Match(_span_of("day", f.ref) if f.ref else _Period(None, None, "day"), k + 1)
    k = f.skip(k, "the") if f.low(k + 1) not in f.w.parts else k
    is_year = isinstance(left.node, _Period) and left.node.unit == "year" and left.node.start is not None
    digits = f.at(k).text
    if is_year and f.touches(k) and digits.isascii() and digits.isdigit() and len(digits) == 2:
        assert isinstance(left.node, _Period) and left.node.start is not None
        year = left.node.start.year // 100 * 100 + int(digits)
        return _Match(_years(year, 1, "year"), k + 1) if year > left.node.start.year else None
    part = f.w.parts.get(f.low(k if f.low(k) in f.w.parts else k + 1), "")
    return _atom(f, k) if part else _plain(f, k, True)


def _between(f: _Finder, left: _Node, right: _Node, future: bool | None) -> _Period | None:
    """From the start of the one to the end of the other; a year said once holds for both."""
    if isinstance(left, _Moment) and isinstance(right, _Moment) and right.weekday >= 0 and left.weekday >= 0:
        first = f._settle(left, future)
        if first.start is None:
            return _Period(None, None, "day")
        last = first.start + timedelta((right.weekday - first.start.weekday()) % 7)
        return _Period(first.start, last, "day")
    if isinstance(right, _Moment) and not right.year and isinstance(left, _Moment) and left.year:
        right = replace(right, year=left.year + int((right.month, right.day) < (left.month, left.day)))
    last_period = f._settle(right, future)
    if isinstance(left, _Moment) and not left.year and left.month and last_period.start:
        dated = replace(left, year=last_period.start.year)
        first = f._settle(dated, future)
        if first.start is None or first.start > last_period.start:
            first = f._settle(replace(left, year=last_period.start.year - 1), future)
    else:
        first = f._settle(left, future)
    if first.start is None or last_period.end is None:
        return _Period(None, None, last_period.unit)
    unit = last_period.unit if first.unit == last_period.unit or last_period.unit != "day" else first.unit
    return _Period(first.start, last_period.end, unit) if first.start < last_period.end else None


def _day_range(f: _Finder, i: int) -> _Match | None:
    """April 9-17; May 5 and 6, 2016; from 4 to 22 January 1995; 5 and 6 April; between 3 and 12 of Sept."""
    j = f.skip(i, "from", "between")
    month, k, _ = f.month(j)
    k = f.skip(k, "between", "from")
    first, k = f.day_number(f.skip(k, "the"))
    if not first or f.low(k) not in f.w.words["joins"]:
        return None
    last, after = f.day_number(f.skip(k + 1, "the"))
    if not last and not month and j > i:  # "from 4 to January 22"
        month, after, _ = f.month(k + 1)
        last, after = f.day_number(after) if month else (0, after)
    k = after
    if not last or last <= first:
        return None
    if not month:
        month, k, _ = f.month(f.skip(k, "of"))
        shift = f.shift(k)
        if not month and j > i and f.ref and shift is not None and f.unit(k + 1) == "month":
            base = _shift_months(f.ref.replace(day=1), shift)
            return _Match(_Period(base.replace(day=first), base.replace(day=last), "day"), k + 2)
    elif f.bare(k) in f.w.words["measures"] or f.unit(k):
        return None
    if not month:
        return None
    year, end = _year_ref(f, k)
    until = f._settle(_Moment(month, last, year), f._is_future(i, end))
    start = until.start and _day(until.start.year, month, first)
    return _Match(_Period(start or None, until.end if start else None, "day"), end)


def _onward(f: _Finder, i: int) -> _Match | None:
    """from 2015 onward; from Monday on."""
    match = _plain(f, i + 1, True) if f.low(i) in {"from", "starting", "beginning"} else None
    if match is None or f.low(match.end) not in {"onward", "onwards"}:
        return None
    period = f._settle(match.node, f._is_future(i, match.end))
    return _Match(_Period(period.start, None, period.unit), match.end + 1)


_RULES: tuple[Rule, ...] = (
    _atom,
    _timed,
    _range,
    _day_range,
    _open,
    _onward,
    _in_counted,
    _stretch,
    _duration,
    _anniversary,
)
