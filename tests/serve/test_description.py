"""The service description: returned as RDF, about this endpoint, in the vocabulary's own terms, and true."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.serve.description import SD
from tests.serve.service import DATA, Server

# https://www.w3.org/TR/sparql11-service-description/: which class each property belongs to.
DOMAINS = {
    "endpoint": "Service",
    "supportedLanguage": "Service",
    "resultFormat": "Service",
    "inputFormat": "Service",
    "feature": "Service",
    "defaultDataset": "Service",
    "defaultGraph": "Dataset",
    "namedGraph": "Dataset",
    "name": "NamedGraph",
}
RANGES = {"defaultDataset": "Dataset", "defaultGraph": "Graph", "namedGraph": "NamedGraph"}


def described(server: Server, accept: str = "text/turtle") -> list[ox.Quad]:
    answer = server.ask("GET", "/sparql", headers={"Accept": accept})
    assert answer.status == 200, answer.text
    form = ox.RdfFormat.from_media_type(answer.type)
    assert form is not None, answer.type
    return list(ox.parse(answer.body, form))


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/rdf+xml", "application/ld+json", "*/*", "application/n-triples"]
)
def test_it_is_returned_as_rdf_and_names_the_endpoint(server: Server, accept: str) -> None:
    found = [q for q in described(server, accept) if q.predicate.value == SD + "endpoint"]
    assert [q.object.value for q in found] == [f"{server.url}sparql"]  # type: ignore[union-attr]


def test_it_conforms_to_the_vocabulary(server: Server) -> None:
    quads = described(server)
    classes = {(q.subject, q.object) for q in quads if q.predicate.value.endswith("#type")}
    for quad in quads:
        assert not isinstance(quad.subject, ox.BlankNode)
        local = quad.predicate.value.removeprefix(SD)
        if local != quad.predicate.value:
            assert (quad.subject, ox.NamedNode(SD + DOMAINS[local])) in classes
            if local in RANGES:
                assert (quad.object, ox.NamedNode(SD + RANGES[local])) in classes


def test_it_tells_the_graphs_and_the_formats(reader: Server) -> None:
    quads = described(reader)
    names = {q.object.value for q in quads if q.predicate.value == SD + "name"}  # type: ignore[union-attr]
    assert names == {*DATA, "https://example.org/kg/graph/facts"}
    formats = {q.object.value for q in quads if q.predicate.value == SD + "resultFormat"}  # type: ignore[union-attr]
    assert {"SPARQL_Results_JSON", "SPARQL_Results_CSV", "Turtle", "JSON-LD"} <= {f.rpartition("/")[2] for f in formats}


def test_it_tells_whether_updates_are_taken(reader: Server, writable: Server) -> None:
    update = ox.NamedNode(SD + "SPARQL11Update")
    assert update not in {q.object for q in described(reader)}
    assert update in {q.object for q in described(writable)}


def test_a_browser_is_led_to_the_editor_when_there_is_one(reader: Server) -> None:
    answer = reader.ask("GET", "/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.status in {200, 303}
    if answer.status == 303:
        assert reader.ask("GET", "/" + answer.headers["location"].lstrip("/")).status == 200


def test_an_impossible_form_is_not_acceptable(reader: Server) -> None:
    assert reader.ask("GET", "/sparql", headers={"Accept": "image/png"}).status == 406
