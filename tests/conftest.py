"""Fixtures that several test modules share: the English pipeline and the lexica are loaded once per run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kg.annotate import annotate_doc, load_pipeline
from kg.extract import extract_claims
from kg.lexicon import Knowledge, load_knowledge
from kg.mentions import MentionIndex
from kg.model import Article, Extraction

if TYPE_CHECKING:
    from spacy.language import Language

PUBLISHED = "2024-03-14"  # a Thursday

Tuple = tuple[str, str, str, str]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that ships; tests that ask for it are marked `model`. Without it they fail: it is part of the package."""
    return load_pipeline()


@pytest.fixture(scope="session")
def index_of(nlp: Language, knowledge: Knowledge) -> Callable[..., MentionIndex]:
    """The mentions of a text."""

    def read(text: str, published: str = PUBLISHED) -> MentionIndex:
        return annotate_doc(Article(id="t", text=text, published=published), nlp(text), knowledge).index

    return read


@pytest.fixture(scope="session")
def extraction_of(nlp: Language, knowledge: Knowledge) -> Callable[..., Extraction]:
    """Everything extracted from a text as an article of its own."""

    def read(text: str, published: str = PUBLISHED) -> Extraction:
        article = Article(id="t", text=text, published=published)
        return extract_claims(annotate_doc(article, nlp(text), knowledge), knowledge)

    return read


@pytest.fixture(scope="session")
def claims_of(extraction_of: Callable[..., Extraction]) -> Callable[..., set[Tuple]]:
    """The claims of a text as (subject, predicate, object, status) in readable names."""

    def read(text: str, published: str = PUBLISHED) -> set[Tuple]:
        return readable(extraction_of(text, published))

    return read


def readable(extraction: Extraction) -> set[Tuple]:
    """Claims as (subject, predicate, object, status)."""
    names = {m.id: m.name for m in extraction.mentions}
    return {(names[c.subject], c.predicate, object_of(c, names), c.status) for c in extraction.claims}


def object_of(claim: object, names: dict[str, str]) -> str:
    """The object's name or literal."""
    obj = claim.object  # type: ignore[attr-defined]
    return names[obj.mention] if obj.mention else obj.value.lexical
