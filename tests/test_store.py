"""The store: queries over facts and named graphs, formats, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.rdf import Names
from kg.store import Store

A, B, P = (ox.NamedNode(f"https://example.org/kg/id/{n}") for n in ("Ana", "Lima", "p"))
VISITED = ox.NamedNode("https://example.org/kg/ontology#visited")
G1, G2 = (Names().article(n) for n in ("one", "two"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    quads = [ox.Quad(A, VISITED, B, G1), ox.Quad(A, VISITED, B, G2), ox.Quad(A, VISITED, B, Names().graph("facts"))]
    Store.create(tmp_path / "quads", quads, [ox.Triple(A, VISITED, B)])
    return Store(tmp_path / "quads", Names().prefixes())


def test_a_fact_of_two_articles_is_answered_once(store: Store) -> None:
    assert store.select("SELECT ?s ?o WHERE { ?s kg:visited ?o }").rows == ((":Ana", ":Lima"),)


def test_named_graphs_are_reached_by_graph(store: Store) -> None:
    assert len(store.select("SELECT ?g WHERE { GRAPH ?g { ?s kg:visited ?o } }").rows) == 3


def test_ask_and_construct(store: Store) -> None:
    assert store.select("ASK { :Ana kg:visited :Lima }").rows == (("true",),)
    assert store.select("CONSTRUCT WHERE { ?s kg:visited ?o }").rows == ((":Ana", "kg:visited", ":Lima"),)


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_every_result_format(store: Store, form: str) -> None:
    answer = store.answer("SELECT ?o WHERE { :Ana kg:visited ?o }", form)
    assert b"https://example.org/kg/id/Lima" in answer
    if form == "json":
        assert json.loads(answer)["results"]["bindings"]


def test_turtle_answers_a_construct(store: Store) -> None:
    assert b":Ana kg:visited :Lima" in store.answer("CONSTRUCT WHERE { ?s kg:visited ?o }", "turtle")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?s WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT ?s WHERE { service silent <http://localhost:1/> { ?s ?p ?o } }", "SERVICE"),
        ("SELEKT", "not valid SPARQL"),
        ("DELETE WHERE { ?s ?p ?o }", "not valid SPARQL"),
        ("LOAD <file:///etc/passwd>", "not valid SPARQL"),
    ],
)
def test_what_is_refused(store: Store, query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        store.query(query)


def test_the_word_service_in_a_text_is_no_call(store: Store) -> None:
    assert store.select('SELECT ("a SERVICE <x>" AS ?t) WHERE {} # SERVICE').rows == (("a SERVICE <x>",),)


def test_no_store_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(tmp_path / "none", {})


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o.SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 5SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { # '\n SERVICE <http://127.0.0.1:9/> { ?s ?p '' } }",
        "SELECT * { :a\\# ?p ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { :a\\' ?p ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #'\n }",
    ],
)
def test_no_spelling_of_service_leaves_this_machine(tmp_path: Path, sparql: str) -> None:
    Store.create(tmp_path / "quads", [], [])
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        Store(tmp_path / "quads", {"": "http://127.0.0.1:9/"}).query(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        # What stands between < and > is an IRI in a triple, but two comparisons in a filter: then a quote or # in it counts.
        "SELECT * { ?s ?p ?a FILTER(?a<'x>') SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } #'",
        'SELECT * { ?s ?p ?a FILTER(?a<?b#>"""\n) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } #"""',
    ],
)
def test_no_second_reading_of_a_query_leaves_this_machine(tmp_path: Path, sparql: str) -> None:
    Store.create(tmp_path / "quads", [], [])
    with pytest.raises(QueryError, match="not valid SPARQL"):
        Store(tmp_path / "quads", {}).query(sparql)


@pytest.mark.parametrize(
    "sparql", ["SELECT ?service { ?service ?p 'SERVICE' }", "SELECT * { ?s :service <urn:service> } # service"]
)
def test_other_uses_of_the_word_are_fine(tmp_path: Path, sparql: str) -> None:
    Store.create(tmp_path / "quads", [], [])
    assert list(Store(tmp_path / "quads", {"": "http://a/"}).query(sparql)) == []
