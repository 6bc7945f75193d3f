"""Adding, replacing and removing articles is exact: what a folder holds depends on the set of its articles alone."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from kg.config import Config
from kg.pipeline import FILES, build, open_graph, remove

pytestmark = pytest.mark.model

ARTICLES = {
    "a": "Monday, May 5, 2031\n\nLIMA (AP) - Peruvian President Ana Quispe met Ecuador's foreign minister, Luis Vera, on Sunday.",
    "b": "May 6, 2031\n\nQuispe denied that she had met Vera. Ana Quispe will visit Quito in June, her spokesman said.",
    "c": "2031-05-07\n\nThe Andean Bank bought the Callao Port Company for $40 million. The bank is based in Quito.",
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def contents(output: Path) -> dict[str, bytes]:
    """All files that must not depend on how they came about (the report tells times)."""
    names = [name for name in FILES if name != "report.json"] + ["store/entities.jsonl", "store/judgements.jsonl"]
    return {name: (output / name).read_bytes() for name in names}


@pytest.fixture(scope="module")
def whole(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp("whole")
    build([texts], output)
    return contents(output)


def test_a_plus_b_minus_b_is_a(texts: Path, tmp_path: Path) -> None:
    build([texts / "a.txt"], tmp_path / "alone")
    build([texts / "a.txt"], tmp_path / "out")
    build([texts / "b.txt"], tmp_path / "out", add=True)
    assert contents(tmp_path / "out") != contents(tmp_path / "alone")
    remove(["b"], tmp_path / "out")
    assert contents(tmp_path / "out") == contents(tmp_path / "alone")


@pytest.mark.parametrize("order", list(itertools.permutations("abc"))[1:], ids="".join)
def test_the_order_of_adding_never_shows(
    texts: Path, tmp_path: Path, order: tuple[str, ...], whole: dict[str, bytes]
) -> None:
    for name in order:
        build([texts / f"{name}.txt"], tmp_path, add=True)
    assert contents(tmp_path) == whole


def test_the_number_of_processes_never_shows(texts: Path, tmp_path: Path, whole: dict[str, bytes]) -> None:
    build([texts], tmp_path, config=Config(workers=2))
    assert contents(tmp_path) == whole


def test_building_again_does_nothing_over(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path)
    again = build([texts], tmp_path)
    assert again.counts["articles extracted"] == 0
    assert again.counts["graph unchanged"] == 1


def test_a_changed_article_replaces_its_graph(texts: Path, tmp_path: Path, whole: dict[str, bytes]) -> None:
    (tmp_path / "in").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text if name != "b" else "Ana Quispe resigned.", encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "out")
    assert contents(tmp_path / "out") != whole
    (tmp_path / "in" / "b.txt").write_text(ARTICLES["b"], encoding="utf-8")
    report = build([tmp_path / "in"], tmp_path / "out")
    assert report.counts["articles extracted"] == 1
    assert contents(tmp_path / "out") == whole


def test_a_build_of_fewer_articles_drops_the_others(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path)
    build([texts / "a.txt"], tmp_path)
    assert {a.id for a in open_graph(tmp_path).articles()} == {"a"}


def test_offsets_slice_back_to_the_sentence(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path)
    for claim in open_graph(tmp_path).claims():
        text = ARTICLES[claim.article]
        assert text[claim.start : claim.end] == claim.sentence
        assert claim.start <= claim.trigger_start <= claim.trigger_end <= claim.end


def test_readings_of_clauses_are_listed_and_make_no_triples(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path)
    listed = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text("utf-8").splitlines()]
    readings = [claim for claim in listed if claim["extractor"] == "readings"]
    assert ("denied that", "she had met Vera") in {(r["predicate_text"], r["object_text"]) for r in readings}
    dataset = (tmp_path / "dataset.nq").read_text("utf-8")
    assert not any(reading["id"] in dataset for reading in readings)
    assert {claim.id for claim in open_graph(tmp_path).claims()} == {c["id"] for c in listed if c not in readings}
