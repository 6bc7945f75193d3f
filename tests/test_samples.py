"""The sample articles: all read without a word, of the right size, and clean of their furniture."""

from __future__ import annotations

import re

import pytest

from kg.clean import clean_article
from kg.model import Article, Skipped
from kg.read import read_articles
from kg.samples import sample_paths


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    skipped: list[Skipped] = []
    found = {article.id: clean_article(article) for article in read_articles(sample_paths(), on_skip=skipped.append)}
    assert not skipped
    return found


def test_every_form_of_input_is_there() -> None:
    assert {path.suffix for path in sample_paths()} == {".txt", ".html", ".md", ".jsonl"}


def test_a_dozen_articles_of_a_newspaper_s_length(articles: dict[str, Article]) -> None:
    assert len(articles) == 14
    assert all(240 <= len(article.story.split()) <= 500 for article in articles.values())


def test_each_has_title_and_date(articles: dict[str, Article]) -> None:
    assert all(article.title and re.match(r"2031-\d\d-\d\d", article.published) for article in articles.values())


FURNITURE = [
    "cookie", "Subscribe", "Advertisement", "70%", "Read more", "RELATED", "THOUGHTS", "Join the conversation", "Write to",
    "newsletter", "Photo", "Quake", "carmaker", "Copper", "Toymaker", "©", "Reporting by", "Share |", "Home >", "min read",
]  # fmt: skip


@pytest.mark.parametrize("words", FURNITURE)
def test_no_furniture_is_left(articles: dict[str, Article], words: str) -> None:
    assert not [article.id for article in articles.values() if words in article.story]


def test_two_tell_one_event_and_one_corrects_another(articles: dict[str, Article]) -> None:
    assert all("Zaruma Treaty" in articles[f"andes-treaty-{side}"].story for side in ("signed", "disputed"))
    assert (
        "at least 23" in articles["ferry-first-report"].story and "19 and not 23" in articles["ferry-corrected"].story
    )


DATELINES = {
    "andes-treaty-signed": "QUITO, Ecuador", "andes-treaty-disputed": "LIMA", "chad-ceasefire-broken": "N'DJAMENA",
    "botswana-election": "Gaborone, Botswana", "rail-link": "ASTANA", "nairobi-talks": "NAIROBI, Kenya", "shipping-merger": "",
}  # fmt: skip


@pytest.mark.parametrize(("name", "place"), DATELINES.items())
def test_datelines(articles: dict[str, Article], name: str, place: str) -> None:
    assert articles[name].dateline == place
