"""The SPARQL 1.1 Graph Store HTTP Protocol: the cases of its own test suite, in its order, and what must be refused."""

from __future__ import annotations

import json
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from tests.serve.service import BEARER, DATA, Server

STORE = "/rdf-graph-store"
TURTLE = {**BEARER, "Content-Type": "text/turtle; charset=utf-8"}
PERSON = """@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix v: <http://www.w3.org/2006/vcard/ns#> .
<http://$HOST$/person/1> a foaf:Person ; foaf:businessCard [ a v:VCard ; v:fn "%s" ] ."""


def names(body: bytes) -> set[str]:
    """The names on the cards of a graph in Turtle."""
    found = ox.parse(body, ox.RdfFormat.TURTLE)
    return {q.object.value for q in found if q.predicate.value.endswith("#fn")}  # type: ignore[union-attr]


def get(server: Server, path: str) -> tuple[int, bytes]:
    answer = server.ask("GET", path, headers={"Accept": "text/turtle"})
    return answer.status, answer.body


def test_the_life_of_graphs(writable: Server) -> None:
    """PUT, GET, PUT again, the default graph, a wrong payload, an empty graph, DELETE, POST, a form, POST to the store."""
    one = f"{STORE}/person/1.ttl"
    assert writable.ask("GET", one).status == 404
    assert writable.ask("PUT", one, PERSON % "John Doe", TURTLE).status == 201
    status, body = get(writable, one)
    assert (status, names(body)) == (200, {"John Doe"})
    assert writable.holds(f"GRAPH <{writable.url}rdf-graph-store/person/1.ttl> {{ ?s ?p 'John Doe' }}")
    assert names(get(writable, f"{STORE}?graph={one}")[1]) == {"John Doe"}

    assert writable.ask("PUT", one, PERSON % "Jane Doe", TURTLE).status == 204
    assert names(get(writable, one)[1]) == {"Jane Doe"}

    assert writable.ask("PUT", f"{STORE}?default", PERSON % "Mary", TURTLE).status == 204
    assert names(get(writable, f"{STORE}?default")[1]) == {"Mary"}
    assert writable.update("CLEAR DEFAULT").status == 204
    assert writable.ask("PUT", f"{STORE}?default", PERSON % "Mary", TURTLE).status == 201

    wrong = writable.ask("PUT", one, "<a> <b>", {**TURTLE, "Content-Type": "application/rdf+xml"})
    assert wrong.status == 400
    assert names(get(writable, one)[1]) == {"Jane Doe"}

    assert writable.ask("PUT", f"{STORE}/person/2.ttl", "", TURTLE).status == 201
    assert get(writable, f"{STORE}/person/2.ttl")[0] == 200
    assert not list(ox.parse(get(writable, f"{STORE}/person/2.ttl")[1], ox.RdfFormat.TURTLE))

    assert writable.ask("DELETE", f"{STORE}/person/2.ttl", headers=BEARER).status == 200
    assert get(writable, f"{STORE}/person/2.ttl")[0] == 404
    assert writable.ask("DELETE", f"{STORE}/person/2.ttl", headers=BEARER).status == 404

    assert writable.ask("HEAD", one).status == 200
    assert writable.ask("HEAD", one).body == b""
    assert writable.ask("HEAD", f"{STORE}/person/2.ttl").status == 404

    assert writable.ask("POST", one, PERSON % "Jim", TURTLE).status == 200
    assert names(get(writable, one)[1]) == {"Jane Doe", "Jim"}

    boundary = "a6fe4cd636164618814be9f8d3d1a0de"
    parts = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.ttl"\r\n'
        f"Content-Type: text/turtle; charset=utf-8\r\n\r\n{PERSON % name}\r\n"
        for name in ("Jaïr", "Joe")
    )
    kind = {**BEARER, "Content-Type": f"multipart/form-data; boundary={boundary}"}
    assert writable.ask("POST", one, f"{parts}--{boundary}--\r\n", kind).status == 200
    assert names(get(writable, one)[1]) == {"Jane Doe", "Jim", "Jaïr", "Joe"}

    created = writable.ask("POST", STORE, PERSON % "Nobody yet", TURTLE)
    assert created.status == 201
    place = created.headers["location"]
    assert names(get(writable, place.removeprefix(writable.url.rstrip("/")))[1]) == {"Nobody yet"}

    assert writable.ask("POST", one, "", TURTLE).status == 200
    assert names(get(writable, one)[1]) == {"Jane Doe", "Jim", "Jaïr", "Joe"}


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("text/turtle", "<x:s> <x:p> 'ö' ."),
        ("application/n-triples", '<x:s> <x:p> "ö" .'),
        ("application/ld+json", json.dumps({"@id": "x:s", "x:p": "ö"})),
        (
            "application/rdf+xml",
            "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:x='x:'>"
            "<r:Description r:about='x:s'><x:p>ö</x:p></r:Description></r:RDF>",
        ),
    ],
)
def test_a_graph_is_taken_and_given_in_each_form(writable: Server, kind: str, document: str) -> None:
    path = f"{STORE}?graph={quote('http://forms.example/g', safe='')}"
    assert writable.ask("PUT", path, document, {**BEARER, "Content-Type": kind}).status in {201, 204}
    answer = writable.ask("GET", path, headers={"Accept": kind})
    assert (answer.status, answer.type) == (200, kind)
    form = ox.RdfFormat.from_media_type(kind)
    assert form is not None
    assert [q.object for q in ox.parse(answer.body, form)] == [ox.Literal("ö")]


def test_the_last_dot_may_be_missing(writable: Server) -> None:
    path = f"{STORE}?graph={quote('http://dot.example/g', safe='')}"
    assert writable.ask("PUT", path, "<x:s> <x:p> 1 ;\n <x:q> 2\n", TURTLE).status == 201
    assert writable.holds("GRAPH <http://dot.example/g> { <x:s> <x:p> 1 ; <x:q> 2 }")
    assert writable.ask("PUT", path, "<x:s> <x:p>", TURTLE).status == 400


def test_relative_iris_are_those_of_the_graph(writable: Server) -> None:
    path = f"{STORE}?graph={quote('http://base.example/dir/g', safe='')}"
    writable.ask("PUT", path, "<s> <p> <> .", TURTLE)
    assert writable.holds("GRAPH ?g { <http://base.example/dir/s> <http://base.example/dir/p> ?g }")


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("GET", STORE, None, None, 400),
        ("GET", f"{STORE}?graph=relative", None, None, 400),
        ("GET", f"{STORE}?graph=http://a.example/&default", None, None, 400),
        ("GET", f"{STORE}?graph=http://a.example/&graph=http://b.example/", None, None, 400),
        ("GET", f"{STORE}?graph=http://nothing.example/", None, None, 404),
        ("PUT", STORE, "", "text/turtle", 400),
        ("PUT", f"{STORE}?default", "", None, 415),
        ("PUT", f"{STORE}?default", "", "application/pdf", 415),
        ("PUT", f"{STORE}?graph=http://a.example/", "<x:s> <x:p>", "text/turtle", 400),
        ("PUT", f"{STORE}?graph=http://a.example/", "<x:g> { <x:s> <x:p> <x:o> }", "application/trig", 400),
        ("POST", f"{STORE}?graph=http://a.example/", "no form", "multipart/form-data; boundary=b", 400),
        ("DELETE", f"{STORE}?graph=http://nothing.example/", None, None, 404),
        ("DELETE", STORE, None, None, 400),
        ("PATCH", f"{STORE}?default", "", "application/sparql-update", 405),
    ],
)
def test_wrong_requests(
    writable: Server, method: str, path: str, body: str | None, kind: str | None, status: int
) -> None:
    answer = writable.ask(method, path, body, {**BEARER, **({"Content-Type": kind} if kind else {})})
    assert answer.status == status, answer.text
    assert len(answer.text.splitlines()) == 1


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_read_only_store_is_not_written(reader: Server, method: str) -> None:
    path = f"{STORE}?graph={quote(DATA[0], safe='')}"
    assert reader.ask(method, path, "", TURTLE).status == 403
    assert reader.ask("GET", path).status == 200


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_without_the_token_nothing_is_written(writable: Server, method: str) -> None:
    path = f"{STORE}?graph={quote(DATA[0], safe='')}"
    assert writable.ask(method, path, "", {"Content-Type": "text/turtle"}).status == 401
    assert b"Document" in writable.ask("GET", path).body


def test_the_built_graphs_can_be_named_by_their_path(reader: Server) -> None:
    facts = reader.ask("GET", f"{STORE}/graph/facts", headers={"Accept": "application/n-triples"})
    whole = reader.ask("GET", f"{STORE}?graph={quote('https://example.org/kg/graph/facts', safe='')}")
    assert (facts.status, whole.status) == (200, 200)
    assert b"/id/Kim" in facts.body
    assert reader.ask("GET", f"{STORE}/graph/nothing").status == 404


def test_not_acceptable(reader: Server) -> None:
    assert reader.ask("GET", f"{STORE}?default", headers={"Accept": "image/png"}).status == 406
