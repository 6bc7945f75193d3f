"""Who stands behind what is said: copies and articles of one publisher count once."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.clean import clean_article
from kg.model import Article, Origin, Support
from kg.support import copies, independent, origins, support_of

WORDS = [f"{a}{b}" for a in "ba ko mi ru ta lo se".split() for b in "ner dal vik sun tor pam".split()]


def text(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def edited(words: str, every: int) -> str:
    """Each so many-th word is another."""
    return " ".join(w if i % every else "changed" for i, w in enumerate(words.split(), 1))


def article(name: str, words: str, publisher: str = "", published: str = "2031-03-04", url: str = "") -> Article:
    return Article(name, words, publisher=publisher, published=published, url=url)


COPIES = {
    "the same words": (text(1), text(1), True),
    "other marks, case and breaks": ("One, two; THREE four five.", "one two three\nfour – five", True),
    "a word changed in fifty": (text(1), edited(text(1), 50), True),
    "a line added": (text(1), f"{text(1)} {text(2, 20)}", True),
    "cut to half": (text(1), " ".join(text(1).split()[:150]), True),
    "another text": (text(1), text(2), False),
    "a word changed in five": (text(1), edited(text(1), 5), False),
    "a quotation in common": (f"{text(1)} {text(3, 30)}", f"{text(2)} {text(3, 30)}", False),
    "a brief that quotes": (text(1), f"{text(2, 30)} {' '.join(text(1).split()[:12])}", False),
}


@pytest.mark.parametrize("name", COPIES)
def test_copies(name: str) -> None:
    one, two, is_copy = COPIES[name]
    assert copies([article("a", one), article("b", two)]) == ({"a": "a", "b": "a"} if is_copy else {})


def test_copies_of_copies_are_copies() -> None:
    first = text(1)
    second = edited(first, 60)
    found = copies(
        [article("c", f"{second} {text(5, 20)}"), article("b", second), article("a", first), article("d", text(9))]
    )
    assert found == {"a": "a", "b": "a", "c": "a"}


def test_a_hundred_copies_take_no_hundred_times_a_hundred_comparisons() -> None:
    corpus = [article(f"a{i:03}", f"{text(1)} {WORDS[i % 40]} {i}") for i in range(300)]
    assert set(copies(corpus).values()) == {"a000"}


SOURCES = {
    "two publishers": ([article("a", text(1), "Courier"), article("b", text(2), "Ledger")], 2),
    "one publisher": ([article("a", text(1), "Courier"), article("b", text(2), "The Courier")], 1),
    "one text in two papers": ([article("a", text(1), "Courier"), article("b", text(1), "Ledger")], 1),
    "no publisher known": ([article("a", text(1)), article("b", text(2))], 2),
    "no publisher, one text": ([article("a", text(1)), article("b", text(1))], 1),
    "one site": (
        [
            article("a", text(1), url="https://www.courier.example/1"),
            article("b", text(2), url="http://courier.example/2"),
        ],
        1,
    ),
    "an address that is none": ([article("a", text(1), url="http://["), article("b", text(2), url="http://[")], 2),
    "one agency in two papers": (
        [
            article("a", f"QUITO, Ecuador (Andean Wire) — The treaty was signed. {text(1)}", "Courier"),
            article("b", f"LIMA, Peru (Andean Wire) — Peru signed the treaty. {text(2)}", "Ledger"),
        ],
        1,
    ),
}


@pytest.mark.parametrize("name", SOURCES)
def test_independent_publishers(name: str) -> None:
    corpus, number = SOURCES[name]
    known = origins(clean_article(a) for a in corpus)
    assert independent(["a", "b"], known) == number


def test_only_the_articles_that_say_it_count() -> None:
    """That the Ledger once printed the Courier's report does not make its other report the Courier's."""
    known = origins(
        [article("a", text(1), "Courier"), article("b", text(1), "Ledger"), article("c", text(2), "Ledger")]
    )
    assert independent(["a", "b"], known) == 1
    assert independent(["a", "c"], known) == 2
    assert independent(["a", "b", "c"], known) == 1


def test_support_counts_and_dates() -> None:
    corpus = [
        article("a", text(1), "Courier", "2031-03-06T08:00:00Z"),
        article("b", text(1), "Ledger", "2031-03-04"),
        article("c", text(2), "Wire", ""),
    ]
    assert support_of(["c", "a", "b", "a"], origins(corpus)) == Support(3, 2, "2031-03-04", "2031-03-06")
    assert support_of([], origins(corpus)) == Support(0, 0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["", "Courier", "Ledger"])), min_size=1, max_size=7),
    st.randoms(),
)
def test_the_order_of_articles_never_shows(drawn: list[tuple[int, str]], shuffler: random.Random) -> None:
    corpus = [article(f"a{i}", text(seed), publisher) for i, (seed, publisher) in enumerate(drawn)]
    shuffled = shuffler.sample(corpus, len(corpus))
    assert origins(shuffled) == origins(corpus)


def test_hostile_text_is_only_text() -> None:
    corpus = [article("a", "\ud800 lone surrogate \x00 words here", "\ud800"), article("b", "<script>", "Ledger")]
    known = origins(corpus)
    assert known["a"] == Origin("a", "2031-03-04", known["a"].voices)
    assert independent(["a", "b"], known) == 2
