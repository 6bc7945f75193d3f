"""Adding, replacing and removing articles leaves no trace: every file depends on the set of articles alone.

Hypothesis chooses the articles and the order of steps; generated extractions and those of the sample stand in for reading, so
that everything after it is tested often: entities, events, links, claims, conflicts, facts, rules and all files.
"""

from __future__ import annotations

import functools
import random
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.generate import extractions
from kg.config import Config
from kg.engine import extract_articles
from kg.lexicon import load_knowledge
from kg.link import Linker, load_linker
from kg.model import BuildReport, Extraction, Skipped
from kg.pipeline import FILES, build
from kg.publish import publish
from kg.read import read_articles
from kg.records import Corpus, Records
from kg.samples import sample_paths

CHECKED = settings(
    max_examples=3, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@functools.cache
def linker() -> Linker:
    skipped: list[Skipped] = []
    return load_linker((), load_knowledge(), on_skip=skipped.append)


@functools.cache
def generated() -> tuple[Extraction, ...]:
    """A few articles that share stories, people and copies of texts."""
    return tuple(extractions(270, seed=7))


def published(corpus: Iterable[Extraction]) -> dict[str, bytes]:
    """All files of the graph of some articles."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put(folder, corpus)
        return contents(folder)


def put(folder: Path, corpus: Iterable[Extraction]) -> None:
    """Publish what a build would after reading: the records decide, in whatever order they were written."""
    records, ids = Records(folder), {}
    for extraction in corpus:
        ids[extraction.article.id] = "test"
        records.write(extraction, "test")
    publish(folder, Corpus(records, ids), Config(), load_knowledge(), linker(), BuildReport())
    records.publish(ids)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the report's times, the store's own and the lock."""
    named = [path for path in sorted(folder.rglob("*")) if path.is_file() and "quads" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in named if path.name not in LEFT_OUT}


LEFT_OUT = ("report.json", ".lock", "state")


@st.composite
def shares(draw: st.DrawFn) -> tuple[list[Extraction], list[Extraction]]:
    """Some articles, and others beside them."""
    corpus = generated()
    kept = draw(st.lists(st.sampled_from(range(len(corpus))), min_size=1, max_size=4, unique=True))
    others = draw(st.lists(st.sampled_from(range(len(corpus))), min_size=1, max_size=3, unique=True))
    return [corpus[i] for i in kept], [corpus[i] for i in others if i not in kept]


@CHECKED
@given(shares())
def test_a_plus_b_minus_b_is_a(drawn: tuple[list[Extraction], list[Extraction]]) -> None:
    kept, others = drawn
    alone = published(kept)
    with tempfile.TemporaryDirectory() as name:
        put(Path(name), [*others, *kept])
        between = contents(Path(name))
        put(Path(name), kept)
        assert contents(Path(name)) == alone
    assert not others or between != alone, "the others left no mark, so the test says nothing"


@CHECKED
@given(st.randoms(use_true_random=False))
def test_the_order_of_articles_never_shows(luck: random.Random) -> None:
    corpus = list(generated())
    luck.shuffle(corpus)
    assert published(corpus) == whole()


@functools.cache
def whole() -> dict[str, bytes]:
    return published(generated())


@CHECKED
@given(st.sampled_from(range(6)), st.sampled_from(range(6)))
def test_a_replaced_article_leaves_nothing_behind(i: int, j: int) -> None:
    """An article with another's content, then with its own again."""
    corpus = list(generated())
    with tempfile.TemporaryDirectory() as name:
        put(Path(name), [*corpus[:i], with_content_of(corpus[i], corpus[j]), *corpus[i + 1 :]])
        assert i == j or contents(Path(name)) != whole()
        put(Path(name), corpus)
        assert contents(Path(name)) == whole()


def with_content_of(extraction: Extraction, other: Extraction) -> Extraction:
    """The article as it would be had it only the other's title, and no claims."""
    article = replace(extraction.article, title=other.article.title)
    return replace(extraction, article=article, claims=(), events=()) if extraction is not other else extraction


def test_the_corpus_is_worth_testing_on() -> None:
    """Names merge across articles, events are shared, rules conclude something and there are copies."""
    files = whole()
    assert files["store/judgements.jsonl"].count(b'"same"') > 50
    lines = files["dataset.nq"].splitlines()
    assert sum(line.endswith(b"graph/proofs> .") for line in lines) > 50
    assert sum(b"publisherCount" in line and b'"1"' not in line for line in lines) > 5
    assert len(generated()) == 6


def test_generated_corpora_are_the_same_everywhere() -> None:
    assert tuple(extractions(270, seed=7)) == generated()
    assert tuple(extractions(270, seed=8)) != generated()


# ---- the sample, with everything from reading on


@pytest.fixture(scope="module")
def sample() -> tuple[Extraction, ...]:
    from kg.clean import clean_article

    skipped: list[Skipped] = []
    articles = (clean_article(a) for a in read_articles(sample_paths(), on_skip=skipped.append))
    found = extract_articles(articles, on_skip=skipped.append)
    return tuple(replace(e, article=replace(e.article, source="")) for e in found)


@pytest.mark.model
@CHECKED
@given(data=st.data())
def test_any_share_of_the_sample_can_come_and_go(sample: tuple[Extraction, ...], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(range(len(sample))), min_size=1, unique=True))
    alone = published([sample[i] for i in kept])
    with tempfile.TemporaryDirectory() as name:
        put(Path(name), sample)
        put(Path(name), [sample[i] for i in kept])
        assert contents(Path(name)) == alone


@pytest.mark.model
def test_neither_processes_nor_steps_show_in_the_sample(sample: tuple[Extraction, ...], tmp_path: Path) -> None:
    """One build with two processes; and one article after the other, the last first."""
    build(sample_paths(), tmp_path / "two", config=Config(workers=2))
    paths = list(sample_paths())
    build(paths[3:], tmp_path / "steps")
    build(paths[:3], tmp_path / "steps", add=True)
    one, other = contents(tmp_path / "two"), contents(tmp_path / "steps")
    assert one == other
    direct = published(sample)
    assert all(direct[name] == one[name] for name in FILES if name != "report.json")
