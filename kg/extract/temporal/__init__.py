"""Time expressions of English news, found in plain text and resolved against the day the article was published.

Comes in: text and a date. Goes out: spans with `TimeSpan`s (ISO 8601 / EDTF value, inclusive bounds, granularity). The words
are data (`ontology/lexicon/time.toml`); these modules know how they combine. It reads no parse, takes time linear in the
text (each rule looks a bounded number of words ahead), and leaves what it cannot decide unresolved (value "").

Conventions: weeks run from Monday to Sunday; "last Friday" is the Friday of last week; a weekday or a date without a year
is the latest one up to publication, or the next one where the clause speaks of the future; "two years ago" gives a year,
"two months ago" a month; "early", "mid" and "late" are thirds of their month, year, decade or century; 3/4/2020 is read the
American way unless that is no date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.temporal.cursor import Cursor
from kg.extract.temporal.periods import Period, parse_date
from kg.extract.temporal.phrases import CONTEXTUAL, PLAIN, RULES
from kg.model import Span, TimeSpan

__all__ = ["find_times", "resolve_time"]


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
    cursor = Cursor(text, parse_date(published), future, day_first, PLAIN, CONTEXTUAL)
    return list(_found(cursor))


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


def _found(cursor: Cursor) -> Iterator[tuple[Span, TimeSpan]]:
    """One pass over a text: at each word the longest expression that a rule reads there."""
    i = 0
    while i < len(cursor.tokens):
        if not cursor.may_start(i):
            i += 1
            continue
        skip = cursor.not_a_time(i)
        if skip > i:
            i = skip
            continue
        read = [m for rule in RULES if (m := cursor.tried(rule, i))]
        match = max(read, key=lambda m: m.end, default=None)
        if match is None:
            i += 1
            continue
        first, last = cursor.tokens[i + match.lead], cursor.tokens[match.end - 1]
        span = Span(first.start, last.end)
        period = cursor.settle(match.node, cursor.is_future(i, match.end))
        if period.is_resolved and period.unit != "duration":
            cursor.anchor = period
        cursor.last_end = match.end
        yield span, _time_span(span.of(cursor.text), period, match.clock)
        i = match.end


def _time_span(text: str, period: Period, clock: str) -> TimeSpan:
    start = period.start.isoformat() if period.start else ""
    end = period.end.isoformat() if period.end else ""
    if clock:
        value = f"{start}T{clock}" if start and start == end else ""
        return TimeSpan(text, value or ("" if start else f"T{clock}"), start, end, "time")
    return TimeSpan(text, period.written, start, end, period.unit)
