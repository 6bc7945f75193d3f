"""Rules for what is counted from another day: "last week", "three days ago", "the first half of the year", "for two years"."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.extract.temporal.cursor import Cursor, Match
from kg.extract.temporal.dates import (
    holiday_name,
    past_day_part,
    year_after,
)
from kg.extract.temporal.periods import (
    Period,
    holiday_in,
    iso_duration,
    moved,
    near_season,
    nth_part,
    nth_weekday,
    span_of,
    span_of_months,
    whole_month,
    whole_week,
)

_QUARTER_NAMES = frozenset({"quarter", "half"})


def quarter_or_half(f: Cursor, i: int) -> Match | None:
    """Q3 2024; 2024 Q3; H1 2016; the third quarter of last year; the first half of 2023; the first nine months of 2023."""
    year, j = f.year(i)
    j = f.skip(j, "-") if year else i
    if f.low(j) in {"q", "h"} and f.touches(j + 1) and f.at(j + 1).text in {"1", "2", "3", "4"}:
        kind, number, end = f.low(j), int(f.at(j + 1).text), j + 2
        if not year:
            year, end = year_after(f, f.skip(end, "-") if f.year(f.skip(end, "-"))[0] else end)
            if not year and kind == "h":
                return None
        return _quarter_match(f, kind == "q", number, year, end)
    return _ordinal_part(f, i)


def _quarter_match(f: Cursor, is_quarter: bool, number: int, year: int, end: int) -> Match | None:
    size, unit = (3, "quarter") if is_quarter else (6, "half")
    if number > 12 // size:
        return None
    if not year and f.ref:
        year = f.ref.year
        first = span_of_months(year, size * (number - 1) + 1, size, unit)
        year -= int(not f.is_future(end - 1, end) and first.start is not None and first.start > f.ref)
    if not year:
        return Match(Period(None, None, unit), end)
    return Match(span_of_months(year, size * (number - 1) + 1, size, unit), end)


def _ordinal_part(f: Cursor, i: int) -> Match | None:
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
        year, end = year_after(f, k + 1)
        if year or (word == "quarter" and f.at(k + 1).text != "of"):
            return _quarter_match(f, word == "quarter", nth, year, end if year else k + 1)
    if (word != "half" and unit not in {"week", "month", "day"}) or f.low(k + 1) not in {"of", "in"}:
        return None
    whole = whole_period(f, k + 2)
    if whole is None:
        return None
    period = f.settle(whole.node, f.is_future(i, whole.end))
    if period.start is None or period.end is None:
        return Match(Period(None, None, "half" if word == "half" else unit), whole.end)
    part = nth_part(period, nth, count or 1, word, unit)
    return Match(part, whole.end) if part else None


def whole_period(f: Cursor, i: int) -> Match | None:
    """What a part is a part of: a period with its article ("the year", "last month", "2023", "the 1990s")."""
    if f.low(i) == "the" and f.ref and f.unit(i + 1) in {"week", "month", "year", "decade", "century", "quarter"}:
        return Match(span_of(f.unit(i + 1), f.ref), i + 2)
    return f.plain(i, True) or (f.plain(i + 1, True) if f.low(i) == "the" else None)


def week_of_day(f: Cursor, i: int) -> Match | None:
    """the week of April 10; the week beginning February 4."""
    j = f.skip(i, "the")
    if f.bare(j) != "week" or f.low(j + 1) not in {"of", "beginning", "commencing", "starting", "ending"}:
        return None
    day = f.plain(f.skip(j + 2, "on"), True)
    if day is None:
        return None
    period = f.settle(day.node, f.is_future(i, day.end))
    if period.unit != "day" or period.start is None:
        return None
    if f.low(j + 1) == "ending":
        return Match(Period(period.start - timedelta(6), period.start, "week"), day.end)
    return Match(whole_week(period.start), day.end)


def nth_weekday_of_month(f: Cursor, i: int) -> Match | None:
    """the first Friday of July; the last Sunday in March 2023."""
    j = f.skip(i, "the")
    nth, k = f.ordinal(j)
    if f.low(j) == "last":
        nth, k = -1, j + 1
    weekday, k, _ = f.weekday(k) if nth else (-1, k, False)
    if weekday < 0 or not nth or f.low(k) not in {"of", "in"}:
        return None
    month = whole_period(f, k + 1)
    if month is None:
        return None
    period = f.settle(month.node, f.is_future(i, month.end))
    if period.unit != "month" or period.start is None:
        return None
    day = nth_weekday(period.start.year, period.start.month, weekday, nth)
    return Match(Period(day, day, "day"), month.end) if day else None


def shifted(f: Cursor, i: int) -> Match | None:
    """last week; next Friday; this summer; the past two years; last May; the following day; but not "the last year of the war"."""
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
        match = _rolling(f, shift, parts, end, vague)
    else:
        match = _shifted_one(f, i, j + 1, shift, word)
    ends_something = match and word == "last" and f.low(j - 1) == "the" and f.low(match.end) == "of"
    return None if ends_something else match


def _after_next(f: Cursor, j: int) -> Match | None:
    """the week after next; the year before last."""
    offset = {("after", "next"): 2, ("before", "last"): -2}.get((f.low(j + 1), f.low(f.skip(j + 2, "the"))))
    if offset is None or f.unit(j) not in {"week", "month", "quarter", "year", "decade"}:
        return None
    return Match(_relative(f, offset, f.unit(j)), f.skip(j + 2, "the") + 1)


def _rolling(f: Cursor, shift: int, parts: Sequence[tuple[int, str]], end: int, vague: bool) -> Match | None:
    """the last three months: up to the day of publication; the next five days: from the day after it."""
    unit = parts[-1][1]
    if unit in {"hour", "minute", "second"} or not shift:
        return None
    if f.low(end) == "ago":
        return _rolling(f, shift, parts[:1], _counted_end(f, end, parts), vague) if len(parts) > 1 else None
    if f.ref is None:
        return Match(Period(None, None, unit), end)
    origin = f.ref
    if unit == "quarter":  # quarters are counted whole
        current = span_of("quarter", f.ref)
        assert current.start is not None and current.end is not None
        origin = current.start if shift < 0 else current.end + timedelta(1)
    edge = functools.reduce(lambda day, part: moved(day, shift * part[0], part[1]), parts, origin)
    if unit == "quarter":
        first, last = sorted((edge, origin))
        return Match(Period(first, last - timedelta(1), unit), end)
    first, last = (edge, f.ref) if shift < 0 else (f.ref + timedelta(1), edge)
    return Match(Period(first, last, unit, about=vague), end)


def _counted_end(f: Cursor, end: int, parts: Sequence[tuple[int, str]]) -> int:
    """Back over all but the first count: "the last 3 months and 2 days ago" is two expressions."""
    while end > 0 and f.unit(end - 1) != parts[0][1]:
        end -= 1
    return end


def _shifted_one(f: Cursor, i: int, k: int, shift: int, word: str) -> Match | None:
    weekday, end, is_full = f.weekday(k)
    month, month_end, _ = f.month(k)
    season, unit, name = f.w.seasons.get(f.bare(k), 0), f.unit(k), f.bare(k)
    if f.low(k) in {"fiscal", "calendar", "financial", "school"} and f.unit(k + 1) == "year":
        k, unit = k + 1, "year"
    if name in f.w.words["day_parts"]:
        return Match(_relative(f, shift, "day"), k + 1) if word in {"this", "last"} else None
    if name == "weekend":
        if shift == 0 and f.ref and f.ref.weekday() < 5 and f.is_future(i, k + 1) is False:
            shift = -1
        return Match(_weekend(f.ref, shift), k + 1)
    if weekday >= 0 and is_full:
        return Match(_shifted_weekday(f.ref, weekday, shift, word), past_day_part(f, end))
    if month:
        return Match(_shifted_month(f.ref, month, shift), month_end) if not f.day_number(month_end)[0] else None
    if season:
        return Match(near_season(f.ref, season, shift) if f.ref else Period(None, None, "season"), k + 1)
    if unit == "fortnight" and word in {"last", "past", "next", "coming"}:
        return _rolling(f, shift, [(1, unit)], k + 1, False)
    if unit in {"hour", "minute", "second", ""} or (name.endswith("s") and name != "century") or unit == "fortnight":
        return _shifted_holiday(f, k, shift) if not unit else None
    return _shifted_unit(f, i, k, shift, word, unit)


def _shifted_unit(f: Cursor, i: int, k: int, shift: int, word: str, unit: str) -> Match | None:
    if word == "past" and f.ref and unit != "day":
        return Match(Period(moved(f.ref, -1, unit), f.ref, unit), k + 1)
    is_narrative = word in {"following", "previous", "prior"} or unit == "day"
    if not is_narrative:
        match = Match(_relative(f, shift, unit), k + 1)
        return _weekday_in(f, match) if unit == "week" else match
    if unit == "day" and word not in {"next", "following", "previous"}:
        return None
    base = f.base()
    if base is None or base.start is None:
        near = f.ref and f.is_future(i, k + 1) is not False
        base = span_of(unit, f.ref) if near and f.ref else None
    if base is None or base.start is None or (unit == "day" and base.unit != "day"):
        return Match(Period(None, None, unit), k + 1)
    return Match(span_of(unit, moved(base.start, shift, unit)), k + 1)


def _weekday_in(f: Cursor, week: Match) -> Match:
    """next week on Friday; last week Tuesday; next week from Tuesday to Thursday."""
    j = f.skip(week.end, "on", "from", "between")
    weekday, end, is_full = f.weekday(j)
    if weekday < 0 or not isinstance(week.node, Period) or week.node.start is None:
        return week
    first = week.node.start + timedelta(weekday)
    last, after, _ = f.weekday(end + 1) if f.low(end) in f.w.words["joins"] and j > week.end else (-1, end, False)
    if last > weekday:
        return Match(Period(first, week.node.start + timedelta(last), "day"), after)
    return Match(span_of("day", first), end) if is_full else week


def _relative(f: Cursor, shift: int, unit: str) -> Period:
    return span_of(unit, moved(f.ref, shift, unit)) if f.ref else Period(None, None, unit)


def _weekend(ref: date | None, shift: int) -> Period:
    if ref is None:
        return Period(None, None, "day")
    saturday = ref + timedelta(5 - ref.weekday() + 7 * shift)
    return Period(saturday, saturday + timedelta(1), "day")


def _shifted_weekday(ref: date | None, weekday: int, shift: int, word: str) -> Period:
    if ref is None:
        return Period(None, None, "day")
    if word in {"coming", "upcoming"}:
        return span_of("day", ref + timedelta((weekday - ref.weekday() - 1) % 7 + 1))
    if word == "past":
        return span_of("day", ref - timedelta((ref.weekday() - weekday - 1) % 7 + 1))
    return span_of("day", ref + timedelta(weekday - ref.weekday() + 7 * shift))


def _shifted_month(ref: date | None, month: int, shift: int) -> Period:
    if ref is None:
        return Period(None, None, "month")
    year = ref.year + (shift if (shift < 0 and month >= ref.month) or (shift > 0 and month <= ref.month) else 0)
    return whole_month(year, month)


def _shifted_holiday(f: Cursor, k: int, shift: int) -> Match | None:
    found = holiday_name(f, k)
    if found is None or f.ref is None:
        return None
    rule, end = found
    days = [day for y in range(f.ref.year - 2, f.ref.year + 3) if (day := holiday_in(rule, y, f.w.weekdays))]
    if shift == 0:
        days = [day for day in days if day.year == f.ref.year]
    elif shift < 0:
        days = [day for day in days if day < f.ref][-1:]
    else:
        days = [day for day in days if day > f.ref][:1]
    return Match(span_of("day", days[0]), end) if days else None


def the_weekend(f: Cursor, i: int) -> Match | None:
    """over the weekend; at the weekend."""
    if f.low(i) != "the" or f.bare(i + 1) != "weekend" or f.low(i + 2) == "of":
        return None
    if f.ref is None:
        return Match(Period(None, None, "day"), i + 2)
    shift = 0 if f.is_future(i, i + 2) or f.ref.weekday() >= 5 else -1
    return Match(_weekend(f.ref, shift), i + 2)


def earlier_or_later(f: Cursor, i: int) -> Match | None:
    """earlier this year; later in the week; earlier today; later on Monday."""
    word = f.low(i)
    if word not in {"earlier", "later"}:
        return None
    j = f.skip(i + 1, "in", "on")
    if f.low(j) in {"this", "the", "that"} and f.unit(j + 1) in {"week", "month", "year", "decade", "century"}:
        period = _relative(f, 0, f.unit(j + 1))
        if f.low(j) == "that":
            base = f.base()
            period = span_of(f.unit(j + 1), base.start) if base and base.start else Period(None, None, period.unit)
            return Match(period, j + 2)
        if period.start is None or period.end is None or f.ref is None:
            return Match(period, j + 2)
        bounds = (period.start, f.ref) if word == "earlier" else (f.ref, period.end)
        return Match(Period(*bounds, period.unit), j + 2)
    inner = f.plain(j)
    return inner


def counted_from_day(f: Cursor, i: int) -> Match | None:
    """three days ago; two weeks later; 3 days after January 12th; two weeks from now; 1 month 21 days ago."""
    parts, j, vague = _counted(f, i)
    if not parts:
        return None
    word = f.low(j)
    unit = parts[-1][1]
    if word == "ago":
        exact = f.low(j + 1) == "today"
        return Match(_counted_from(f.ref, parts, -1, vague, exact), j + 2 if exact else j + 1)
    if word == "hence":
        return Match(_counted_from(f.ref, parts, 1, vague), j + 1)
    if word == "from" and f.low(i - 1) == "for":
        return None
    if word in {"from", "after", "before", "since"}:
        if f.low(j + 1) in f.w.words["now"] and f.low(j + 1) != "date":
            return Match(_counted_from(f.ref, parts, -1 if word == "before" else 1, vague), j + 2)
        base = f.plain(j + 1, True)
        if base is None or (word == "from" and base.end < len(f.tokens) and f.low(base.end) in f.w.words["joins"]):
            return None
        start = f.settle(base.node, f.is_future(i, base.end)).start
        return Match(_counted_from(start, parts, -1 if word == "before" else 1, vague), base.end)
    if word in {"later", "earlier", "afterwards", "afterward"}:
        if f.low(j + 1) in {"than"}:
            return None
        base_day = f.base()
        start = base_day.start if base_day else f.ref if f.is_future(i, j) else None
        precise = base_day is None or base_day.unit in {"day", "time"} or unit in {"year", "decade"}
        period = _counted_from(start, parts, -1 if word == "earlier" else 1, vague)
        return Match(period if precise else Period(None, None, unit), j + 1)
    return None


def _counted(f: Cursor, i: int) -> tuple[list[tuple[int, str]], int, bool]:
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
) -> Period:
    """The day, month or year that lies so many units from a day: as precise as the smallest unit."""
    unit = parts[-1][1]
    if base is None:
        return Period(None, None, unit if unit not in {"hour", "minute", "second"} else "time")
    for count, each in parts:
        if each not in {"hour", "minute", "second"}:
            base = moved(base, sign * count, each)
    precision = unit if unit in {"month", "year"} and not exact else "year" if unit in {"decade", "century"} else "day"
    return replace(span_of(precision, base), about=vague or unit in {"decade", "century"})


def counted_ahead(f: Cursor, i: int) -> Match | None:
    """ "in three days" and "within two weeks": ahead where the clause looks ahead, else how long it took."""
    word = f.low(i)
    if word not in {"in", "within"}:
        return None
    j = f.skip(f.skip(i + 1, "the"), "next", "upcoming", "coming")
    parts, end, vague = _counted(f, j)
    if not parts or f.low(end) in {"ago", "later", "earlier", "before"}:
        return None
    beyond = f.skip(f.skip(end, "'"), "time")
    if not f.is_future(i, end) and f.low(beyond - 1) != "time":  # "in two years' time" is ahead whatever the verb
        return None
    end = beyond
    if f.ref is None:
        return Match(Period(None, None, parts[-1][1]), end, lead=int(word != "within"))
    until = _counted_from(f.ref, parts, 1, vague)
    if word == "within":
        edge = functools.reduce(lambda day, part: moved(day, *part), parts, f.ref)
        return Match(Period(f.ref, edge, parts[-1][1]), end)
    return Match(until, end)


def counted_on_from(f: Cursor, i: int) -> Match | None:
    """for three days starting Monday; two weeks beginning May 20; for 3 days from today."""
    parts, j, _ = _counted(f, i)
    k = f.skip(f.skip(j, ","), "starting", "beginning", "from")
    if not parts or k == j or (f.low(j) == "," and k == j + 1) or parts[-1][1] in {"hour", "minute", "second"}:
        return None
    if f.low(k - 1) == "from" and f.low(i - 1) != "for":
        return None
    first = f.plain(f.skip(k, "from", "on"), True)
    start = f.settle(first.node, f.is_future(i, first.end)) if first else None
    if first is None or start is None or start.unit != "day":
        return None
    if start.start is None:
        return Match(Period(None, None, "day"), first.end)
    edge = functools.reduce(lambda day, part: moved(day, *part), parts, start.start)
    return Match(Period(start.start, edge - timedelta(1), "day"), first.end)


def duration(f: Cursor, i: int) -> Match | None:
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
    return Match(Period(None, None, "duration", iso_duration(parts)), j)


def deictic_day(f: Cursor, i: int) -> Match | None:
    """yesterday; tomorrow evening; the day before yesterday."""
    j = f.skip(i, "the")
    if f.low(j) == "day" and f.low(j + 1) in {"before", "after"} and f.bare(j + 2) in f.w.deictic:
        offset = f.w.deictic[f.bare(j + 2)] + (-1 if f.low(j + 1) == "before" else 1)
        return Match(_relative(f, offset, "day"), j + 3)
    if f.bare(i) not in f.w.deictic or f.low(i - 1) in {"usa", "-"} or f.low(i + 1) == "-":
        return None
    return Match(_relative(f, f.w.deictic[f.bare(i)], "day"), past_day_part(f, i + 1))


def narrative_period(f: Cursor, i: int) -> Match | None:
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
        return Match(Period(None, None, unit), j + 2)
    return Match(span_of(unit, base.start), j + 2)
