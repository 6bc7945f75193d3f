"""Rules for expressions made of others: clock times, open ends and ranges; and the tables of all rules.

"late March", "Monday at 6 p.m.", "since 2015", "from May to June".
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from kg.extract.temporal.cursor import ContextualRule, Cursor, Match, Rule
from kg.extract.temporal.dates import (
    anniversary,
    bare_day,
    bare_year,
    century,
    day_and_month,
    decade,
    holiday,
    month_and_day,
    month_and_year,
    named_year,
    numeric_date,
    season_of_year,
    weekday_name,
    year_after,
)
from kg.extract.temporal.periods import (
    Moment,
    Node,
    Period,
    day_of,
    moved_months,
    part_of,
    span_of,
    span_of_years,
    unit_of,
)
from kg.extract.temporal.relative import (
    counted_ahead,
    counted_from_day,
    counted_on_from,
    deictic_day,
    duration,
    earlier_or_later,
    narrative_period,
    nth_weekday_of_month,
    quarter_or_half,
    shifted,
    the_weekend,
    week_of_day,
    whole_period,
)

_CLOCK = re.compile(
    r"(?<![\d.,:/-])(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s?(?:([ap])\.?\s?m\b\.?|(o['’]clock)|(?=\s?(?:GMT|UTC|local time)\b))"
    r"|(?<![\d.,:/-])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?![\d:])",
    re.IGNORECASE,
)


_ZONE = re.compile(r",?\s\(?(?:GMT|UTC|[ECMP][SD]?T|BST|CET|IST|JST|KST|local time)\b\)?")


def _atom(f: Cursor, i: int) -> Match | None:
    """A plain expression, or its early, middle or late part: "late March", "mid-2019", "the end of last year"."""
    j = f.skip(i, "the")
    part = f.w.parts.get(f.low(j), "")
    if part:
        is_noun = f.low(j) not in {"early", "mid", "late"}
        k = f.skip(j + 1, "of", "in", "-", "on") if not is_noun else f.skip(j + 1, "of")
        if not is_noun or k > j + 1:
            whole = whole_period(f, k)
            if whole:
                return _parted(f, i, whole, part)
    if f.low(i) in {"earlier", "later"}:
        return f.tried(earlier_or_later, i)
    return f.plain(i)


def _parted(f: Cursor, i: int, whole: Match, part: str) -> Match:
    if isinstance(whole.node, Moment) and not whole.node.part:
        return whole._replace(node=replace(whole.node, part=part))
    period = f.settle(whole.node, f.is_future(i, whole.end))
    return whole._replace(node=part_of(period, part))


def _clock_at(f: Cursor, i: int) -> tuple[str, int, bool]:
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
    return f"{hour:02}:{minute:02}", f.index_after(i, zone.end() if zone else end), clear


def _timed(f: Cursor, i: int) -> Match | None:
    """6 p.m. on Monday; Monday at 6 p.m.; July 27, 2023 11:05 am ET; at 10:30."""
    clock, j, is_clear = _clock_at(f, i)
    if clock:
        k = f.skip(f.skip(f.skip(j, ","), "on"), "the")
        day = _atom(f, k) or (_atom(f, k - 1) if k > j else None)
        if day and _is_day(day.node):
            return day._replace(clock=clock)
        alone = is_clear or (f.low(i - 1) in {"at", "around", "by", "about"} and f.low(i) not in f.w.clock_words)
        return Match(Period(None, None, "time"), j, clock=clock) if alone else None
    day = _atom(f, i)
    if day and _is_day(day.node):
        k = f.skip(f.skip(day.end, ","), "at", "around", "about")
        clock, end, is_clear = _clock_at(f, k)
        if clock and (is_clear or k > day.end or f.at(i).text[:1].isdigit()):
            return day._replace(clock=clock, end=end)
    return None


def _is_day(node: Node) -> bool:
    return unit_of(node) == "day"


def _open(f: Cursor, i: int) -> Match | None:
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
    period = f.settle(match.node, f.is_future(i, match.end))
    if period.unit in {"duration", "unknown"} or (f.low(match.end) in {"-", "–"} and f.touches(match.end)):
        return None
    if period.start is None or period.end is None:
        return Match(Period(None, None, period.unit), match.end)
    one_day = timedelta(1)
    bounds = {
        "since": (period.start, None),
        "until": (None, period.end),
        "till": (None, period.end),
        "by": (None, period.end),
        "before": (None, period.start - one_day),
        "after": (period.end + one_day, None),
    }[word]
    return Match(Period(*bounds, period.unit), match.end)


def _range(f: Cursor, i: int) -> Match | None:
    """from May to June; between October and December 2024; 1950-1953; 2014-15; Monday through Friday; Jan 22 until now."""
    j = f.skip(i, "from", "between")
    has_word = j > i
    if f.touches(j) and f.at(j - 1).text in {"-", "–", "/", "."} and f.touches(j - 1):
        return None
    left = _atom(f, j) or (f.plain(j, True) if has_word or _joins_at(f, j) else None)
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
    if join in {"-", "–", "—"} and not has_word and not f.touches(k) and unit_of(left.node) != unit_of(right.node):
        return None
    period = _between(f, left.node, right.node, f.is_future(i, right.end))
    if period is None:
        return None
    return Match(period, right.end, lead=0)


def _joins_at(f: Cursor, i: int) -> bool:
    """Whether a bare year or month is glued to its partner: "1950-1953", "May–June 2023"."""
    return f.low(i + 1) in {"-", "–", "—"} and f.touches(i + 1) and f.touches(i + 2)


def _named(match: Match) -> bool:
    return isinstance(match.node, Moment)


def _right_end(f: Cursor, k: int, left: Match) -> Match | None:
    if f.low(k) in f.w.words["now"] and f.low(k - 1) not in {"-", "–", "—"}:
        return Match(span_of("day", f.ref) if f.ref else Period(None, None, "day"), k + 1)
    k = f.skip(k, "the") if f.low(k + 1) not in f.w.parts else k
    is_year = isinstance(left.node, Period) and left.node.unit == "year" and left.node.start is not None
    digits = f.at(k).text
    if is_year and f.touches(k) and digits.isascii() and digits.isdigit() and len(digits) == 2:
        assert isinstance(left.node, Period) and left.node.start is not None
        year = left.node.start.year // 100 * 100 + int(digits)
        return Match(span_of_years(year, 1, "year"), k + 1) if year > left.node.start.year else None
    part = f.w.parts.get(f.low(k if f.low(k) in f.w.parts else k + 1), "")
    return _atom(f, k) if part else f.plain(k, True)


def _between(f: Cursor, left: Node, right: Node, future: bool | None) -> Period | None:
    """From the start of the one to the end of the other; a year said once holds for both."""
    if isinstance(left, Moment) and isinstance(right, Moment) and right.weekday >= 0 and left.weekday >= 0:
        first = f.settle(left, future)
        if first.start is None:
            return Period(None, None, "day")
        last = first.start + timedelta((right.weekday - first.start.weekday()) % 7)
        return Period(first.start, last, "day")
    if isinstance(right, Moment) and not right.year and isinstance(left, Moment) and left.year:
        right = replace(right, year=left.year + int((right.month, right.day) < (left.month, left.day)))
    last_period = f.settle(right, future)
    if isinstance(left, Moment) and not left.year and left.month and last_period.start:
        dated = replace(left, year=last_period.start.year)
        first = f.settle(dated, future)
        if first.start is None or first.start > last_period.start:
            first = f.settle(replace(left, year=last_period.start.year - 1), future)
    else:
        first = f.settle(left, future)
    if first.start is None or last_period.end is None:
        return Period(None, None, last_period.unit)
    unit = last_period.unit if first.unit == last_period.unit or last_period.unit != "day" else first.unit
    return Period(first.start, last_period.end, unit) if first.start < last_period.end else None


def _day_range(f: Cursor, i: int) -> Match | None:
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
            base = moved_months(f.ref.replace(day=1), shift)
            return Match(Period(base.replace(day=first), base.replace(day=last), "day"), k + 2)
    elif f.bare(k) in f.w.words["measures"] or f.unit(k):
        return None
    if not month:
        return None
    year, end = year_after(f, k)
    until = f.settle(Moment(month, last, year), f.is_future(i, end))
    start = until.start and day_of(until.start.year, month, first)
    return Match(Period(start or None, until.end if start else None, "day"), end)


def _onward(f: Cursor, i: int) -> Match | None:
    """from 2015 onward; from Monday on."""
    match = f.plain(i + 1, True) if f.low(i) in {"from", "starting", "beginning"} else None
    if match is None or f.low(match.end) not in {"onward", "onwards"}:
        return None
    period = f.settle(match.node, f.is_future(i, match.end))
    return Match(Period(period.start, None, period.unit), match.end + 1)


CONTEXTUAL: tuple[ContextualRule, ...] = (month_and_year, bare_year)
PLAIN: tuple[Rule, ...] = (
    numeric_date, month_and_day, day_and_month, bare_day, weekday_name, named_year, decade, century, season_of_year,
    quarter_or_half, week_of_day, nth_weekday_of_month, shifted, the_weekend, counted_from_day, deictic_day,
    narrative_period, holiday,
)  # fmt: skip
RULES: tuple[Rule, ...] = (
    _atom,
    _timed,
    _range,
    _day_range,
    _open,
    _onward,
    counted_ahead,
    counted_on_from,
    duration,
    anniversary,
)
