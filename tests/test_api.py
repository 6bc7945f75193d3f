"""The Python API as docs/api.md tells it: what a notebook or a program of one's own calls."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import InputError, QueryError, StoreError

TEXTS = {
    "a": "Monday, May 5, 2031\n\nLIMA (AP) - Peruvian President Ana Quispe met Ecuador's foreign minister, Luis Vera, on Sunday.",
    "b": "May 6, 2031\n\nAna Quispe visited Quito. Luis Vera denied that he had met Quispe.",
}
API = (Path(__file__).parent.parent / "docs" / "api.md").read_text("utf-8")

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("api")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graph(folder: Path) -> kg.KnowledgeGraph:
    kg.build([folder / "a.txt", folder / "b.txt"], folder / "out")
    return kg.open(folder / "out")


def test_build_reports_what_it_did_and_tells_its_progress(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    report = kg.build([folder], tmp_path / "out", progress=lambda stage, done: told.append((stage, done)))
    assert isinstance(report, kg.BuildReport)
    assert report.counts["articles"] == 2 == report.counts["articles extracted"]
    assert report.counts["claims"] >= report.counts["facts"] > 0
    assert report.skipped == [] and report.versions["kg"] and report.timings["extract"] > 0
    assert {stage for stage, _ in told} >= {"extract", "write"} and max(done for _, done in told) == 2


def test_add_and_remove(folder: Path, tmp_path: Path) -> None:
    kg.build([folder / "a.txt"], tmp_path)
    assert kg.build([folder / "b.txt"], tmp_path, add=True).counts["articles"] == 2
    assert kg.remove(["a"], tmp_path).counts["articles"] == 1
    assert [article.id for article in kg.open(tmp_path).articles()] == ["b"]


def test_what_a_graph_holds(graph: kg.KnowledgeGraph) -> None:
    claims, entities, articles = list(graph.claims()), list(graph.entities()), list(graph.articles())
    assert all(isinstance(claim, kg.ResolvedClaim) for claim in claims)
    assert all(isinstance(entity, kg.Entity) for entity in entities)
    assert [article.id for article in articles] == ["a", "b"]
    assert {"Ana Quispe", "Luis Vera", "Quito"} <= {entity.name for entity in entities}
    assert {claim.subject_iri for claim in claims} <= {entity.iri for entity in entities}
    [quispe] = [entity for entity in entities if entity.name == "Ana Quispe"]
    assert {member.partition("#")[0] for member in quispe.members} == {"a", "b"}
    assert any({j.left, j.right} <= set(quispe.members) for j in graph.judgements())


def test_query_with_and_without_a_name(graph: kg.KnowledgeGraph) -> None:
    answer: Any = graph.query("SELECT ?who WHERE { ?who kg:visited ?place }")
    assert [str(row["who"].value) for row in answer] == ["https://example.org/kg/id/Ana_Quispe"]
    assert bool(graph.query("ASK { :Ana_Quispe kg:metWith :Luis_Vera . :Luis_Vera kg:metWith :Ana_Quispe }"))
    saved: Any = graph.query("who-visited", {"place": ":Quito"})
    assert len(list(saved)) == 1
    with pytest.raises(QueryError, match="no saved query"):
        graph.query("who-visits")


def test_explain_tells_the_claims_behind_a_fact(graph: kg.KnowledgeGraph) -> None:
    found = graph.explain("ana quispe", "visited", ":Quito")
    assert [(e.subject, e.predicate, e.object, e.is_fact) for e in found] == [("Ana Quispe", "visited", "Quito", True)]
    [claim] = found[0].claims
    assert claim.sentence == TEXTS["b"][claim.start : claim.end] == "Ana Quispe visited Quito."
    assert graph.explain("Ana Quispe", "visited", "Lima") == []
    statuses = {claim.status for e in graph.explain("", "metWith") for claim in e.claims}
    assert statuses == {"asserted", "denied"}


def test_info_counts_and_names(graph: kg.KnowledgeGraph) -> None:
    info: Any = graph.info()
    assert info["counts"]["articles"] == 2
    assert "Ana Quispe" in {name for name, _, _ in info["top"]}


@pytest.mark.parametrize("form", ["turtle", "nquads", "jsonld", "graphml", "html"])
def test_export_writes_a_file(graph: kg.KnowledgeGraph, tmp_path: Path, form: str) -> None:
    target = graph.export(form, tmp_path / "file")
    assert target == tmp_path / "file" and "Quispe" in target.read_text("utf-8")


def test_an_unknown_format_names_the_known(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="graphml"):
        graph.export("word")


def test_the_stages_one_by_one(folder: Path) -> None:
    knowledge, nlp = kg.load_knowledge(), kg.load_pipeline()
    articles = [kg.clean_article(article) for article in kg.read_articles([folder / "a.txt", folder / "b.txt"])]
    found = [kg.extract_claims(each, knowledge) for each in kg.annotate_articles(articles, nlp, knowledge)]
    assert all(isinstance(extraction, kg.Extraction) and extraction.claims for extraction in found)
    resolution = kg.resolve_entities(found, knowledge=knowledge)
    assert len({e.id for e in resolution.entities if "Quispe" in e.name}) == 1


def test_errors_are_of_one_family(tmp_path: Path) -> None:
    with pytest.raises(kg.KgError) as caught:
        kg.open(tmp_path)
    assert isinstance(caught.value, StoreError) and str(tmp_path) in str(caught.value)
    with pytest.raises(InputError, match="no article could be read"):
        kg.build([tmp_path / "none.txt"], tmp_path / "out")


def test_config_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('base = "https://news.example/"\nworkers = 2\n', encoding="utf-8")
    config = kg.load_config(tmp_path / "kg.toml")
    assert (config.base, config.workers) == ("https://news.example/", 2)
    assert isinstance(config, kg.Config)


def test_another_base_names_everything(folder: Path, tmp_path: Path) -> None:
    kg.build([folder / "b.txt"], tmp_path, config=kg.Config(base="https://news.example/"))
    graph = kg.open(tmp_path)
    assert graph.config.base == "https://news.example/"
    assert all(entity.iri.startswith("https://news.example/id/") for entity in graph.entities())
    assert list(graph.query("SELECT ?who WHERE { ?who kg:visited :Quito }"))  # type: ignore[call-overload]


def test_every_method_that_the_page_names_exists(graph: kg.KnowledgeGraph) -> None:
    [row] = [line for line in API.splitlines() if line.startswith("| `KnowledgeGraph`")]
    methods = re.findall(r"`\.(\w+)\(", row)
    assert len(methods) >= 8
    assert all(callable(getattr(graph, method)) for method in methods)
