"""Periods of the calendar: arithmetic on days and months, parts of periods, holidays, and how a period is written (EDTF).

No text is read here, and nothing depends on the day of publication.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

_ELLIPSIS = ".."
_DURATION_LETTERS = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "year": "Y"}


_DURATION_FACTORS = {
    "fortnight": (2, "week"),
    "quarter": (3, "month"),
    "decade": (10, "year"),
    "century": (100, "year"),
}


@dataclass(frozen=True, slots=True)
class Period:
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
class Moment:
    """A day, month or weekday that may lack its year: settled once the clause and its neighbours are known."""

    month: int = 0
    day: int = 0
    year: int = 0
    weekday: int = -1
    part: str = ""
    holiday: str = ""


Node = Period | Moment


def parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def moved_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def span_of_months(year: int, first: int, count: int, unit: str) -> Period:
    start = moved_months(date(year, 1, 1), first - 1)
    return Period(start, moved_months(start, count) - timedelta(1), unit)


def span_of_years(year: int, count: int, unit: str) -> Period:
    value = {10: f"{year // 10:03}X", 100: f"{year // 100:02}XX"}.get(count, "")
    return Period(date(max(year, 1), 1, 1), date(year + count - 1, 12, 31), unit, value)


def whole_week(day: date) -> Period:
    monday = day - timedelta(day.weekday())
    return Period(monday, monday + timedelta(6), "week")


def whole_season(year: int, code: int) -> Period:
    period = span_of_months(year, 3 * (code - 20), 3, "season")
    return replace(period, value=f"{year:04}-{code}")


def near_season(ref: date, code: int, shift: int) -> Period:
    """The season that is last, current or next as seen from a day."""
    seasons = [whole_season(year, code) for year in range(ref.year - 2, ref.year + 3)]
    if shift < 0:
        return [s for s in seasons if s.end and s.end < ref][-1]
    if shift > 0:
        return next(s for s in seasons if s.start and s.start > ref)
    current = [s for s in seasons if s.start and s.end and s.start <= ref <= s.end]
    return current[0] if current else whole_season(ref.year, code)


def span_of(unit: str, day: date) -> Period:
    """The calendar unit that a day lies in."""
    if unit == "day":
        return Period(day, day, "day")
    if unit in {"week", "fortnight"}:
        return whole_week(day)
    if unit == "month":
        return whole_month(day.year, day.month)
    if unit == "quarter":
        return span_of_months(day.year, 3 * ((day.month - 1) // 3) + 1, 3, "quarter")
    if unit == "decade":
        return span_of_years(day.year // 10 * 10, 10, "decade")
    if unit == "century":
        return span_of_years(day.year // 100 * 100, 100, "century")
    return span_of_years(day.year, 1, "year")


def moved(day: date, count: int, unit: str) -> date:
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    if unit in {"second", "minute", "hour"}:
        return day + timedelta(**{f"{unit}s": count})  # whole days of it
    if unit in months:
        return moved_months(day, count * months[unit])
    return day + timedelta(count * {"week": 7, "fortnight": 14}.get(unit, 1))


def part_of(period: Period, part: str) -> Period:
    """The early, middle or late third of a period ("late March": the 21st on)."""
    if period.start is None or period.end is None or not part:
        return replace(period, value="") if part else period
    start, end = period.start, period.end
    if period.unit == "day":
        return period
    if period.unit == "month":
        cuts = {"early": (1, 10), "mid": (11, 20), "late": (21, end.day)}[part]
        return Period(start.replace(day=cuts[0]), start.replace(day=cuts[1]), "month")
    if period.unit == "week":
        first, last = {"early": (0, 2), "mid": (1, 4), "late": (3, 6)}[part]
        return Period(start + timedelta(first), start + timedelta(last), "week")
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    first, last = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}[part]
    grain = 12 if period.unit in {"decade", "century"} else 1
    cut = [grain * round(months * third / 3 / grain) for third in (first, last)]
    begin, beyond = (moved_months(start, months_on) for months_on in cut)
    return Period(begin, beyond - timedelta(1), period.unit)


def nth_part(period: Period, nth: int, count: int, word: str, unit: str) -> Period | None:
    start, end = period.start, period.end
    assert start is not None and end is not None
    if word == "half":
        middle = start + (end - start + timedelta(1)) / 2
        if (end.year - start.year) * 12 + end.month - start.month > 1:
            middle = moved_months(start, ((end.year - start.year) * 12 + end.month - start.month + 1) // 2)
        return Period(start, middle - timedelta(1), "half") if nth == 1 else Period(middle, end, "half")
    if unit == "week" and count == 1:
        first = whole_week(start + timedelta(3))
        week = whole_week(end - timedelta(3)) if nth < 0 else first
        assert week.start is not None
        return span_of("week", week.start + timedelta(7 * (nth - 1 if nth > 0 else 0)))
    if nth not in (1, -1) and count != 1:
        return None
    if nth < 0:
        return Period(moved(end + timedelta(1), -count, unit), end, unit)
    begin = moved(start, nth - 1, unit)
    return Period(begin, moved(begin, count, unit) - timedelta(1), unit)


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


def iso_duration(parts: Sequence[tuple[float, str]]) -> str:
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


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth given weekday of a month; nth -1 is the last."""
    length = calendar.monthrange(year, month)[1]
    first = 1 + (weekday - date(year, month, 1).weekday()) % 7
    day = first + 7 * (nth - 1) if nth > 0 else first + 7 * ((length - first) // 7)
    return day_of(year, month, day)


def holiday_in(rule: str, year: int, weekdays: Mapping[str, int]) -> date | None:
    parts = rule.split()
    if len(parts) == 1:
        fields = [int(field) for field in rule.split("-")]
        return day_of(*fields) if len(fields) == 3 else day_of(year, *fields)
    if parts[0] == "easter":
        return _easter(year) + timedelta(int(parts[1]))
    base = nth_weekday(year, int(parts[2]), weekdays[parts[1]], int(parts[0]))
    return base and base + timedelta(int(parts[3]) if len(parts) > 3 else 0)


def moment_unit(moment: Moment) -> str:
    return "month" if moment.month and not moment.day and not moment.holiday else "day"


def unit_of(node: Node) -> str:
    return moment_unit(node) if isinstance(node, Moment) else node.unit
