"""Rules for what names its day, month or year itself: "8 May 2024", "Friday the 15th", "the 1990s", "Christmas Eve"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.extract.temporal.cursor import Cursor, Match
from kg.extract.temporal.periods import (
    Moment,
    Period,
    day_of,
    moved,
    moved_months,
    near_season,
    span_of,
    span_of_years,
    whole_month,
    whole_season,
    whole_week,
)

_ISO = re.compile(r"(?<![\d.,/-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-]|[.,]\d)")
_NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-]|[.,]\d)")


_YEAR_MONTH = re.compile(r"(?<![\d.,/-])(\d{4})-(0[1-9]|1[0-2])(?![\d/-]|[.,]\d)")
_MONTH_DAY = re.compile(r"(?<![\d.,/-])(\d{1,2})/(\d{1,2})(?![\d/-]|[.,]\d)")


def numeric_date(f: Cursor, i: int) -> Match | None:
    """2023-09-09, 13.5.2015, 12/05/2016, 2023-09; "on 4/22"."""
    if not f.at(i).text[:1].isdigit():
        return None
    start = f.at(i).start
    if m := _ISO.match(f.text, start):
        year, first, second = int(m[1]), int(m[3]), int(m[4])
    elif m := _NUMERIC.match(f.text, start):
        if len(m[4]) == 2 and m[2] != "/":
            return None
        year = int(m[4]) if len(m[4]) == 4 else full_year(int(m[4]), f.ref)
        first, second = int(m[1]), int(m[3])
        if first > 12 or (second <= 12 and (f.day_first or m[2] == ".")):  # 13.5.2015: dots are European
            first, second = second, first
    elif m := _YEAR_MONTH.match(f.text, start):
        return Match(whole_month(int(m[1]), int(m[2])), f.index_after(i, m.end()))
    elif (m := _MONTH_DAY.match(f.text, start)) and f.low(i - 1) in {"on", "from", "by", "since", "until"}:
        first, second = (int(m[2]), int(m[1])) if int(m[1]) > 12 or f.day_first else (int(m[1]), int(m[2]))
        known = day_of(2000, first, second)
        return Match(Moment(first, second), f.index_after(i, m.end())) if known else None
    else:
        return None
    day = day_of(year, first, second)
    return Match(Period(day, day, "day"), f.index_after(i, m.end())) if day else None


def full_year(short: int, ref: date | None) -> int:
    century = (ref.year if ref else 2000) // 100 * 100
    year = century + short
    return year - 100 if year > (ref.year if ref else 2000) + 20 else year


def month_and_day(f: Cursor, i: int) -> Match | None:
    """May 8; Oct. 28, 2025; September the 21st."""
    month, j, _ = f.month(i)
    if not month or f.is_possessive(i):
        return None
    day, k = f.day_number(f.skip(j, "the"))
    if not day or f.bare(k) in f.w.words["measures"] or f.unit(k):
        return None
    year, end = year_after(f, k)
    return Match(Moment(month, day, year), end)


def day_and_month(f: Cursor, i: int) -> Match | None:
    """9 September 2023; the 4th of July; the 20th of next month; 16. Nov. 2016."""
    day, j = f.day_number(f.skip(i, "the"))
    if not day or (f.touches(i) and f.at(i - 1).text in {"$", "€", "£", ".", ","}):
        return None
    month, k, _ = f.month(f.skip(j, "of", "."))
    if month:
        year, end = year_after(f, k)
        return Match(Moment(month, day, year), end)
    k = f.skip(j, "of")
    shift = f.shift(k)
    if k > j and f.ref and shift is not None and f.unit(k + 1) == "month":
        base = moved_months(f.ref.replace(day=1), shift)
        return Match(Moment(base.month, day, base.year), k + 2)
    return None


def bare_day(f: Cursor, i: int) -> Match | None:
    """ "on the 27th", but not "on the 18th floor"."""
    if f.low(i) != "the" or f.low(i - 1) != "on":
        return None
    day, j = f.ordinal(i + 1)
    after = f.at(j)
    if not day or day > 31 or j == i + 2 or (after.text[:1].isalpha() and after.low not in f.w.words["after_year"]):
        return None
    return Match(Moment(day=day), j)


def weekday_name(f: Cursor, i: int) -> Match | None:
    """Sunday; Thursday evening; Tuesday, October 28, 2025; Friday the 15th; Tuesday of last week."""
    weekday, j, is_full = f.weekday(i)
    if weekday < 0 or f.low(i - 1) in f.w.words["before_weekday_name"]:
        return None
    k = f.skip(j, ",", "(")
    for rule in (month_and_day, day_and_month, numeric_date):
        if match := rule(f, k):
            return match._replace(end=f.skip(match.end, ")") if f.low(j) == "(" else match.end)
    day, end = f.ordinal(f.skip(k, "the"))
    if day and f.low(end) not in f.w.weekdays and not f.unit(end):
        return Match(Moment(day=day, weekday=weekday), end)
    if not is_full or (f.low(j) in f.w.words["after_weekday_name"] and f.at(j).text[:1].isupper()):
        return None
    of_week = f.skip(j, "of")
    of_week = f.skip(of_week, "the")
    shift = f.shift(of_week)
    if shift is not None and f.unit(of_week + 1) == "week" and f.ref:
        base = (f.base() or span_of("day", f.ref)).start if f.low(of_week) in {"following", "previous"} else f.ref
        day_in_week = whole_week(moved(base or f.ref, shift, "week")).start
        return Match(span_of("day", (day_in_week or f.ref) + timedelta(weekday)), of_week + 2)
    return Match(Moment(weekday=weekday), past_day_part(f, j))


def past_day_part(f: Cursor, j: int) -> int:
    """Past a part of the day: "Thursday evening", "Monday early morning"."""
    k = f.skip(j, "early", "late")
    return k + 1 if f.bare(k) in f.w.words["day_parts"] else j


def year_after(f: Cursor, i: int) -> tuple[int, int]:
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


def month_and_year(f: Cursor, i: int, forced: bool = False) -> Match | None:
    """March 2023; May of 1987; June next year; 2017 April; in March."""
    month, j, is_enough = f.month(i)
    if not month:
        year, k = f.year(i)
        month, j, _ = f.month(k) if year else (0, i, False)
        follows_day = f.day_number(j)[0] and not f.year(j)[0]
        return Match(whole_month(year, month), j) if month and not follows_day else None
    year, end = year_after(f, j)
    if year:
        return Match(Moment(month, year=year), end)
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
        return Match(Moment(month), j)
    return None


def bare_year(f: Cursor, i: int, forced: bool = False) -> Match | None:
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
    return Match(span_of_years(year, 1, "year"), j) if forced or is_year else None


def named_year(f: Cursor, i: int) -> Match | None:
    """fiscal 2021; fiscal year 2021; FY2021; the year 2020; calendar year 2008."""
    j = f.skip(i, "the")
    k = f.skip(f.skip(j, "fiscal", "calendar", "fy", "financial"), "year")
    if k == j:
        return None
    year, end = f.year(f.skip(k, "of"))
    if not year and f.low(j) == "fy" and f.touches(k):
        number, end = f.number(k)
        year = full_year(number, f.ref) if number is not None and number < 100 else 0
        if not year and f.at(k).text.isdigit() and len(f.at(k).text) == 4:
            year, end = int(f.at(k).text), k + 1
    return Match(span_of_years(year, 1, "year"), end) if year else None


def decade(f: Cursor, i: int) -> Match | None:
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
            return Match(span_of_years(int(digits), 10, "decade"), s + 1)
        if len(digits) == 2 and before in {"the", *f.w.parts, "-"}:
            return Match(span_of_years(_full_decade(int(digits), f.ref), 10, "decade"), s + 1)
    if f.low(j) in f.w.decades and (before == "the" or before in f.w.parts):
        return Match(span_of_years(_full_decade(f.w.decades[f.low(j)], f.ref), 10, "decade"), j + 1)
    return None


def _full_decade(short: int, ref: date | None) -> int:
    year = (ref.year if ref else 2025) // 100 * 100 + short
    return year if year <= (ref.year if ref else 2025) else year - 100


def century(f: Cursor, i: int) -> Match | None:
    """the 20th century; 19th-century."""
    number, j = f.ordinal(f.skip(i, "the"))
    j = f.skip(j, "-")
    if not number or number > 30 or f.unit(j) != "century" or f.low(j + 1) in {"b", "bc", "bce"}:
        return None
    return Match(span_of_years((number - 1) * 100, 100, "century"), j + 1)


def season_of_year(f: Cursor, i: int) -> Match | None:
    """spring 2020; the summer of 2023; in the fall."""
    code = f.w.seasons.get(f.bare(i), 0)
    if not code or (
        f.at(i).text[:1].isupper() and f.at(i - 1).text[:1].isupper() and f.low(i - 1) not in {"the", "in"}
    ):
        return None
    year, j = year_after(f, i + 1)
    if year:
        return Match(whole_season(year, code), j)
    inside = f.low(i - 1) == "the" and f.low(i - 2) in {"in", "during", "by", "over", "since", "until"}
    if inside and f.ref and not f.at(i + 1).text[:1].isalpha():
        return Match(near_season(f.ref, code, -1 if not f.is_future(i, i + 1) else 1), i + 1)
    return None


def holiday_name(f: Cursor, i: int) -> tuple[str, int] | None:
    for name in f.w.holiday_words.get(f.low(i), ()):
        if all(f.low(i + n) == word or f.bare(i + n) == word for n, word in enumerate(name)):
            return f.w.holidays[" ".join(name)], i + len(name)
    return None


def holiday(f: Cursor, i: int) -> Match | None:
    """Christmas Eve; Thanksgiving 2019; the Fourth of July, 1995."""
    found = holiday_name(f, i)
    if found is None:
        return None
    rule, end = found
    year, end = year_after(f, end)
    if f.at(end).text[:1].isupper() and not year and f.touches(end):
        return None
    return Match(Moment(holiday=rule, year=year), end)


def anniversary(f: Cursor, i: int) -> Match | None:
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
    return Match(Period(None, None, "unknown"), f.skip(j, "-") + 1)
