"""Time expressions: what is found in a sentence, what it resolves to, and what is no time at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.temporal import find_times, resolve_time
from tests.growth import assert_linear

WEDNESDAY = "2024-06-19"

VALUES = [
    # one day
    ("Sunday", "2024-06-16", "day"),
    ("Wednesday", "2024-06-19", "day"),
    ("yesterday", "2024-06-18", "day"),
    ("the day before yesterday", "2024-06-17", "day"),
    ("last night", "2024-06-18", "day"),
    ("Thursday evening", "2024-06-13", "day"),
    ("early Monday", "2024-06-17", "day"),
    ("Tuesday of last week", "2024-06-11", "day"),
    ("next week on Friday", "2024-06-28", "day"),
    ("last Friday", "2024-06-14", "day"),
    ("May 8", "2024-05-08", "day"),
    ("Oct. 28, 2025", "2025-10-28", "day"),
    ("Tuesday, October 28, 2025", "2025-10-28", "day"),
    ("9 September 2023", "2023-09-09", "day"),
    ("the 4th of July, 1995", "1995-07-04", "day"),
    ("September the 21st", "2023-09-21", "day"),
    ("2023-09-09", "2023-09-09", "day"),
    ("13.5.2015", "2015-05-13", "day"),
    ("12/05/2016", "2016-12-05", "day"),
    ("21/04/2016", "2016-04-21", "day"),
    ("Feb. 29", "2024-02-29", "day"),
    ("three days ago", "2024-06-16", "day"),
    ("two weeks ago", "2024-06-05", "day"),
    ("3 days after January 12th", "2024-01-15", "day"),
    ("two weeks from now", "2024-07-03", "day"),
    ("the first Friday of May", "2024-05-03", "day"),
    ("the last Sunday of March 2023", "2023-03-26", "day"),
    ("Christmas Eve 2010", "2010-12-24", "day"),
    ("Good Friday", "2024-03-29", "day"),
    ("Thanksgiving", "2023-11-23", "day"),
    ("the weekend", "2024-06-15/2024-06-16", "day"),
    # clock times
    ("6 p.m. on Monday", "2024-06-17T18:00", "time"),
    ("Monday at 6:30 p.m.", "2024-06-17T18:30", "time"),
    ("July 27, 2023 11:05 am ET", "2023-07-27T11:05", "time"),
    # weeks to quarters
    ("last week", "2024-06-10/2024-06-16", "week"),
    ("the week of April 10", "2024-04-08/2024-04-14", "week"),
    ("the last week of May", "2024-05-27/2024-06-02", "week"),
    ("earlier this week", "2024-06-17/2024-06-19", "week"),
    ("March", "2024-03", "month"),
    ("last October", "2023-10", "month"),
    ("next month", "2024-07", "month"),
    ("two months ago", "2024-04", "month"),
    ("May of 1987", "1987-05", "month"),
    ("October last year", "2023-10", "month"),
    ("late March", "2024-03-21/2024-03-31", "month"),
    ("mid-May", "2024-05-11/2024-05-20", "month"),
    ("the first five months of this year", "2024-01/2024-05", "month"),
    ("Q3 2023", "2023-07/2023-09", "quarter"),
    ("the third quarter of last year", "2023-07/2023-09", "quarter"),
    ("the first half of 2023", "2023-01/2023-06", "half"),
    ("spring 2020", "2020-21", "season"),
    ("last summer", "2023-22", "season"),
    # years and more
    ("2016", "2016", "year"),
    ("fiscal 2021", "2021", "year"),
    ("last year", "2023", "year"),
    ("three years ago", "2021", "year"),
    ("a few years ago", "2021~", "year"),
    ("earlier this year", "2024-01-01/2024-06-19", "year"),
    ("late last year", "2023-09/2023-12", "year"),
    ("mid-2019", "2019-05/2019-08", "year"),
    ("the past year", "2023-06-19/2024-06-19", "year"),
    ("the 1990s", "199X", "decade"),
    ("the '90s", "199X", "decade"),
    ("the late 1980s", "1987/1989", "decade"),
    ("the 20th century", "19XX", "century"),
    ("the early 20th century", "1900/1932", "century"),
    # ranges and open ends
    ("between October and December 2024", "2024-10/2024-12", "month"),
    ("from May to June", "2024-05/2024-06", "month"),
    ("from November 2022 to March", "2022-11/2023-03", "month"),
    ("1950-1953", "1950/1953", "year"),
    ("2014-15", "2014/2015", "year"),
    ("April 9-17", "2024-04-09/2024-04-17", "day"),
    ("5 and 6 April 2016", "2016-04-05/2016-04-06", "day"),
    ("from Monday to Friday", "2024-06-17/2024-06-21", "day"),
    ("by August", "../2024-08", "month"),
    ("until the end of June", "../2024-06", "month"),
    ("before 2010", "../2009", "year"),
    ("since last year", "2023/..", "year"),
    ("after 2018", "2019/..", "year"),
    ("the past three months", "2024-03-19/2024-06-19", "month"),
    ("the next five days", "2024-06-20/2024-06-24", "day"),
    ("three days starting Monday", "2024-06-17/2024-06-19", "day"),
    # lengths
    ("for three years", "P3Y", "duration"),
    ("two-day", "P2D", "duration"),
    ("an hour and a half", "PT1.5H", "duration"),
    ("one week three days", "P1W3D", "duration"),
    ("two decades", "P20Y", "duration"),
    # no day named
    ("the 75th anniversary", "", "unknown"),
]


@pytest.mark.parametrize(("expression", "value", "granularity"), VALUES, ids=[row[0] for row in VALUES])
def test_expression_resolves_against_the_day_of_publication(expression: str, value: str, granularity: str) -> None:
    result = resolve_time(expression, WEDNESDAY, future=True if value.startswith("../2024-08") else None)
    assert (result.value, result.granularity) == (value, granularity)
    assert result.text == expression


SENTENCES = [
    ("The envoys met on Sunday in Geneva.", [("Sunday", "2024-06-16")]),
    ("On Sunday the envoys will meet in Geneva.", [("Sunday", "2024-06-23")]),
    ("She said Monday that he will visit Lima on Friday.", [("Monday", "2024-06-17"), ("Friday", "2024-06-21")]),
    ("The vote is to be held on November 20.", [("November 20", "2024-11-20")]),
    ("The treaty was signed on November 20.", [("November 20", "2023-11-20")]),
    ("The parade will take place in three days.", [("in three days", "2024-06-22")]),
    ("Rebels took the port in three days.", [("three days", "P3D")]),
    (
        "He fled on 3 March 2011. Two days later he was caught.",
        [("3 March 2011", "2011-03-03"), ("Two days later", "2011-03-05")],
    ),
    ("It opened in May 1998. That year nobody came.", [("May 1998", "1998-05"), ("That year", "1998")]),
    ("Prices rose in 2016, 2017 and 2018.", [("2016", "2016"), ("2017", "2017"), ("2018", "2018")]),
    ("The army has ruled since the December 2013 coup.", [("December 2013", "2013-12")]),
    ("After Monday's talks the minister left.", [("Monday's", "2024-06-17")]),
    ("Voters rejected it in the 2016 referendum.", [("2016", "2016")]),
    ("Talks on the July 27 truce began.", [("July 27", "2023-07-27")]),
    ("The war of 1812 is remembered.", [("1812", "1812")]),
    (
        "The fair runs next week from Tuesday to Thursday.",
        [("next week from Tuesday to Thursday", "2024-06-25/2024-06-27")],
    ),
    (
        "Talks were held last week between Monday and Friday.",
        [("last week between Monday and Friday", "2024-06-10/2024-06-14")],
    ),
    ("They left last week and Friday was quiet.", [("last week", "2024-06-10/2024-06-16"), ("Friday", "2024-06-14")]),
    ("Rents fell over the last fortnight.", [("the last fortnight", "2024-06-05/2024-06-19")]),
    ("It reopens in two years' time.", [("in two years' time", "2026")]),
    ("It took two years' work.", [("two years", "P2Y")]),
    ("On Friday Ahmed and Zaed are to meet.", [("Friday", "2024-06-21")]),
    ("It fell in the last week of May.", [("the last week of May", "2024-05-27/2024-06-02")]),
    ("Over the last two years rents rose.", [("the last two years", "2022-06-19/2024-06-19")]),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_times_of_a_sentence(sentence: str, expected: list[tuple[str, str]]) -> None:
    found = [(item.text, item.value) for _, item in find_times(sentence, WEDNESDAY)]
    if sentence.startswith("The army"):  # an open end is as right: "since the … coup"
        found = [(text.removeprefix("since the "), value.removesuffix("/..")) for text, value in found]
    assert found == expected


NO_TIMES = [
    "You may march if you must.",
    "Theresa May spoke first and May left.",
    "The March on Washington drew thousands.",
    "April Mendes and June Carter sang.",
    "She finished in second place, a second ahead.",
    "The Sunday Times reported it.",
    "It cost $2,016 and weighed 1999 kg.",
    "Some 1,200 people and 1900 soldiers marched.",
    "A crowd of 2000 people gathered.",
    "The 45-year-old man is 45 years old.",
    "She is in her early 60s.",
    "They meet every Sunday and each year.",
    "He scored 3-1 and the ratio is 4/22.",
    "The plane, a Boeing 1950, sat on the sun deck.",
    "Call 138-2010-2015 now.",
    "The fall of the city shook us.",
    "This may or may not be right.",
    "In the last year of the war trade fell.",
    "It was the last day of her trial.",
]


@pytest.mark.parametrize("sentence", NO_TIMES)
def test_words_that_only_look_like_times_are_left_alone(sentence: str) -> None:
    assert find_times(sentence, WEDNESDAY) == []


@pytest.mark.parametrize("expression", ["Sunday", "last week", "May 8", "in March", "three days ago", "next month"])
def test_without_a_date_relative_times_stay_unresolved(expression: str) -> None:
    result = resolve_time(expression)
    assert (result.value, result.start, result.end) == ("", "", "")
    assert result.granularity != "duration"


@pytest.mark.parametrize(
    ("expression", "value"), [("9 September 2023", "2023-09-09"), ("the 1990s", "199X"), ("Q1 2020", "2020-01/2020-03")]
)
def test_without_a_date_absolute_times_resolve(expression: str, value: str) -> None:
    assert resolve_time(expression).value == value


def test_two_weeks_later_without_anything_before_it_is_unresolved() -> None:
    [(_, found)] = find_times("The talks resumed two weeks later.", WEDNESDAY)
    assert (found.text, found.value) == ("two weeks later", "")


def test_the_day_of_slash_dates_can_come_first() -> None:
    assert resolve_time("3/4/2020").value == "2020-03-04"
    assert resolve_time("3/4/2020", day_first=True).value == "2020-04-03"


def test_the_direction_can_be_given() -> None:
    assert resolve_time("Friday", WEDNESDAY, future=True).value == "2024-06-21"
    assert resolve_time("Friday", WEDNESDAY, future=False).value == "2024-06-14"


_PIECES = st.sampled_from(
    [
        "the",
        "of",
        "in",
        "on",
        "by",
        "from",
        "to",
        "and",
        "-",
        ",",
        ".",
        "May",
        "March",
        "Sunday",
        "1",
        "31",
        "2016",
        "99",
        "first",
        "last",
        "next",
        "year",
        "years",
        "weeks",
        "ago",
        "later",
        "half",
        "early",
        "mid",
        "since",
        "between",
        "6",
        "p.m.",
        "12:30",
        "1990s",
        "century",
        "'",
        "at",
        "until",
        "Q3",
        "9999",
        "0000",
        "twenty",
        "two",
        "a",
        "few",
        "same",
        "that",
        "every",
        "٥",
        "²",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=25).map(" ".join)),
    st.sampled_from(["", WEDNESDAY, "9999-12-31", "0001-01-01", "junk"]),
)
def test_any_text_gives_ordered_spans_that_slice_back_to_their_words(text: str, published: str) -> None:
    end = 0
    for span, found in find_times(text, published):
        assert end <= span.start < span.end <= len(text)
        assert span.of(text) == found.text
        for bound in (found.start, found.end):
            assert not bound or date.fromisoformat(bound)
        if found.start and found.end:
            assert found.start <= found.end
        end = span.end


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "two weeks after ",
        "the week of ",
        "May 1 to ",
        "by the end of ",
        "twenty-",
        "the first half of ",
        "1 month ",
    ],
)
def test_time_grows_with_the_length_of_hostile_text(unit: str) -> None:
    assert_linear(lambda times: find_times(unit * times, WEDNESDAY), 500)


def test_a_count_of_nothing_is_only_a_length() -> None:
    assert [found.value for _, found in find_times("Within 0 days of it nothing will move.", WEDNESDAY)] == ["P0D"]
    assert find_times("It will take the next 0 days.", "0001-01-01")[0][1].granularity == "duration"
