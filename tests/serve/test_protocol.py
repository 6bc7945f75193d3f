"""The SPARQL 1.1 Protocol: the cases of its own test suite (named as there), written from the standard, and more of the kind."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from tests.serve.service import BEARER, DATA, DOCUMENT, Server

FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
D0, D1, D2, D3 = (f"<{iri}>" for iri in DATA)
A = f"a <{DOCUMENT}>"


def form(**fields: object) -> str:
    return urlencode(fields, doseq=True, quote_via=quote)


def truth(body: bytes) -> bool:
    found: bool = json.loads(body)["boolean"]
    return found


# ---- queries: what is asked, how, and the answer to ASK

BOTH_DEFAULT = (
    f"ASK {{ {D1} {A} . {D2} {A} FILTER NOT EXISTS {{ {D3} {A} }} FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
)
BOTH_NAMED = (
    f"ASK {{ GRAPH {D1} {{ {D1} {A} }} GRAPH {D2} {{ {D2} {A} }} "
    f"FILTER NOT EXISTS {{ GRAPH {D3} {{ ?s ?p ?o }} }} FILTER NOT EXISTS {{ ?x ?y ?z }} }}"
)
FULL = f"ASK {{ {D3} {A} GRAPH ?g {{ ?g {A} }} GRAPH {D2} {{ ?x ?y ?z }} FILTER NOT EXISTS {{ GRAPH {D3} {{ ?s ?p ?o }} }} }}"
OVER = f"ASK FROM {D3} {{ {D1} {A} FILTER NOT EXISTS {{ {D3} {A} }} }}"
DATASETS = {
    "query_dataset_default_graphs": (BOTH_DEFAULT, {"default-graph-uri": DATA[1:3]}),
    "query_dataset_named_graphs": (BOTH_NAMED, {"named-graph-uri": DATA[1:3]}),
    "query_dataset_full": (FULL, {"default-graph-uri": [DATA[3]], "named-graph-uri": DATA[1:3]}),
    "query_multiple_dataset": (OVER, {"default-graph-uri": [DATA[1]]}),
}


@pytest.mark.parametrize("way", ["get", "form", "form and address", "direct", "encoded together"])
@pytest.mark.parametrize("name", sorted(DATASETS))
def test_the_protocol_chooses_the_dataset(server: Server, name: str, way: str) -> None:
    query, graphs = DATASETS[name]
    if way == "get":
        answer = server.ask("GET", f"/sparql?{form(query=query, **graphs)}")
    elif way == "form":
        answer = server.ask("POST", "/sparql", form(query=query, **graphs), {"Content-Type": FORM})
    elif way == "form and address":
        answer = server.ask("POST", f"/sparql/?{form(**graphs)}", form(query=query), {"Content-Type": FORM})
    elif way == "encoded together":
        together = {key: f"&{key}=".join(values) for key, values in graphs.items()}
        answer = server.ask("POST", f"/sparql/?{form(**together)}", query, {"Content-Type": QUERY})
    else:
        answer = server.ask("POST", f"/sparql?{form(**graphs)}", query, {"Content-Type": QUERY})
    assert answer.status == 200, answer.text
    assert truth(answer.body), name


@pytest.mark.parametrize(
    ("name", "method", "path", "body", "kind"),
    [
        ("query_get", "GET", "/sparql?query=ASK%20%7B%7D", None, None),
        ("query_post_form", "POST", "/sparql", "query=ASK%20%7B%7D", FORM),
        ("query_post_form_with_charset", "POST", "/sparql", "query=ASK+%7B%7D", FORM + "; charset=UTF-8"),
        ("query_post_direct", "POST", "/sparql", "ASK {}", QUERY),
        ("query_post_direct_with_charset", "POST", "/sparql", "ASK {}", QUERY + "; charset=utf-8"),
        ("unknown_parameters_are_ignored", "GET", "/sparql?query=ASK%20%7B%7D&format=xml&query2=x", None, None),
    ],
)
def test_each_way_to_ask(server: Server, name: str, method: str, path: str, body: str | None, kind: str | None) -> None:
    answer = server.ask(method, path, body, {"Content-Type": kind} if kind else {})
    assert (answer.status, answer.type) == (200, "application/sparql-results+json")
    assert truth(answer.body)


def test_head_is_get_without_a_body(server: Server) -> None:
    answer = server.ask("HEAD", "/sparql?query=ASK%20%7B%7D")
    assert (answer.status, answer.body) == (200, b"")


# ---- content negotiation

RESULTS = {
    "application/sparql-results+json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "*/*": "application/sparql-results+json",
    "text/*": "text/csv",
    "application/sparql-results+json;q=0.2, application/sparql-results+xml;q=0.9": "application/sparql-results+xml",
    "application/*;q=0.5, text/csv;q=0.6, */*;q=0.1": "text/csv",
    "application/sparql-results+json;q=0, */*": "application/sparql-results+xml",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "application/sparql-results+xml",
    "TEXT/CSV": "text/csv",
    "text/csv;header=present;Q=1": "text/csv",
    "text/turtle, text/csv;q=0.1": "text/csv",
}
GRAPHS = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "application/rdf+xml": "application/rdf+xml",
    "application/ld+json": "application/ld+json",
    "application/trig": "application/trig",
    "application/n-quads": "application/n-quads",
    "text/n3": "text/n3",
    "*/*": "text/turtle",
    "": "text/turtle",
    "application/sparql-results+xml, application/rdf+xml;q=0.3": "application/rdf+xml",
    "application/rdf+xml;q=0.5,text/turtle;q=0.6": "text/turtle",
}


@pytest.mark.parametrize("accept", RESULTS)
def test_results_come_as_the_client_prefers(reader: Server, accept: str) -> None:
    answer = reader.query("SELECT ?s { ?s kg:metWith ?o }", accept)
    assert (answer.status, answer.type) == (200, RESULTS[accept])
    assert answer.headers["vary"] == "Accept"
    form = ox.QueryResultsFormat.from_media_type(answer.type)
    assert form is not None
    if answer.type != "text/csv":  # pyoxigraph reads all forms but CSV
        parsed = ox.parse_query_results(answer.body, form)
        assert isinstance(parsed, ox.QuerySolutions)
        assert len(list(parsed)) == 2
    else:
        assert answer.text.splitlines()[0] == "s"
        assert len(answer.text.splitlines()) == 3


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"])
def test_ask_is_answered_in_each_form(reader: Server, accept: str) -> None:
    answer = reader.query("ASK { ?s kg:metWith ?o }", accept)
    assert (answer.status, answer.type) == (200, accept)
    assert "true" in answer.text


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s kg:metWith ?o }", "DESCRIBE :Kim"])
@pytest.mark.parametrize("accept", GRAPHS)
def test_graphs_come_as_the_client_prefers(reader: Server, accept: str, query: str) -> None:
    answer = reader.query(query, accept)
    assert (answer.status, answer.type) == (200, GRAPHS[accept])
    form = ox.RdfFormat.from_media_type(answer.type)
    assert form is not None
    found = {(q.subject, q.object) for q in ox.parse(answer.body, form)}
    kim, ana = (ox.NamedNode(f"https://example.org/kg/id/{name}") for name in ("Kim", "Ana"))
    assert (kim, ana) in found


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("SELECT * {}", "text/turtle"),
        ("ASK {}", "image/png"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"),
        ("SELECT * {}", "application/sparql-results+json;q=0"),
    ],
)
def test_what_nobody_can_serve_is_not_acceptable(reader: Server, query: str, accept: str) -> None:
    answer = reader.query(query, accept)
    assert answer.status == 406
    assert "can be had as" in answer.text


# ---- requests that are wrong

UTF16 = "ASK {}".encode("utf-16")


@pytest.mark.parametrize(
    ("name", "method", "path", "body", "kind", "status"),
    [
        ("bad_query_method", "PUT", "/sparql?query=ASK%20%7B%7D", None, None, 405),
        ("bad_query_method", "DELETE", "/sparql?query=ASK%20%7B%7D", None, None, 405),
        ("bad_query_method", "PATCH", "/sparql", "ASK {}", QUERY, 405),
        ("bad_multiple_queries", "GET", "/sparql?query=ASK%20%7B%7D&query=SELECT%20*%20%7B%7D", None, None, 400),
        ("bad_multiple_queries", "POST", "/sparql", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        ("bad_multiple_queries", "POST", "/sparql?query=ASK%20%7B%7D", "ASK {}", QUERY, 400),
        ("bad_query_wrong_media_type", "POST", "/sparql", "query=ASK%20%7B%7D", "text/plain", 415),
        ("bad_query_missing_form_type", "POST", "/sparql", "query=ASK%20%7B%7D", None, 415),
        ("bad_query_missing_direct_type", "POST", "/sparql", "ASK {}", None, 415),
        ("bad_query_non_utf8", "POST", "/sparql", UTF16, QUERY + "; charset=UTF-16", 415),
        ("bad_query_non_utf8", "POST", "/sparql", UTF16, QUERY, 400),
        ("bad_query_non_utf8", "GET", "/sparql?query=%ff%fe", None, None, 400),
        ("bad_query_syntax", "GET", "/sparql?query=ASK%20%7B%7B", None, None, 400),
        ("bad_query_syntax", "GET", "/sparql?query=", None, None, 400),
        ("bad_update_get", "GET", "/sparql?update=CLEAR%20ALL", None, None, 400),
        ("no_query_but_others", "GET", "/sparql?default-graph-uri=http://a.example/", None, None, 400),
        ("no_query_in_the_form", "POST", "/sparql", "a=b", FORM, 400),
        ("query_and_update", "POST", "/sparql", "query=ASK%20%7B%7D&update=CLEAR%20ALL", FORM, 400),
        ("relative_graph", "GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=no-iri", None, None, 400),
        ("hostile_graph", "GET", "/sparql?query=ASK%20%7B%7D&named-graph-uri=http://a/%3E%7D", None, None, 400),
        ("update_as_query", "GET", "/sparql?query=CLEAR%20ALL", None, None, 400),
        ("update_as_query", "POST", "/sparql", "INSERT DATA { <x:a> <x:b> <x:c> }", QUERY, 400),
    ],
)
def test_wrong_requests_are_told_apart(
    server: Server, name: str, method: str, path: str, body: str | bytes | None, kind: str | None, status: int
) -> None:
    answer = server.ask(method, path, body, {"Content-Type": kind} if kind else {})
    assert answer.status == status, (name, answer.text)
    assert answer.type == "text/plain"
    assert len(answer.text.strip()) > 10
    assert len(answer.text.splitlines()) == 1
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD, POST"


def test_a_syntax_error_says_where(server: Server) -> None:
    assert "1:14" in server.query("SELECT ?s { ?s").text or "1:15" in server.query("SELECT ?s { ?s").text


# ---- several default graphs are one graph

TWICE = f"SELECT * {{ {D1} <http://p.example/next> ?o }}"


@pytest.mark.parametrize(
    "query",
    [
        TWICE.replace("{", f"FROM {D1} FROM {D2} {{", 1),
        TWICE.replace("SELECT *", f"PREFIX d: <http://data.example/> SELECT * FROM d:1 FROM d:2 FROM NAMED {D3}", 1),
        TWICE.replace("SELECT *", "BASE <http://data.example/> SELECT * FROM <1> FROM <./2>", 1),
    ],
)
def test_a_triple_of_two_default_graphs_is_one(server: Server, query: str) -> None:
    answer = server.query(query, "text/csv")
    assert answer.status == 200, answer.text
    assert len(answer.text.splitlines()) == 2
    merged = server.query(TWICE, "text/csv", **{"default-graph-uri": DATA[1:3]})
    assert len(merged.text.splitlines()) == 2


def test_from_in_a_text_chooses_nothing(server: Server) -> None:
    answer = server.query(
        "SELECT ('FROM <http://data.example/1> FROM <x:y>' AS ?from) { :Kim kg:metWith ?x }", "text/csv"
    )
    assert len(answer.text.splitlines()) == 2


# ---- updates

CLEAN = "DROP SILENT GRAPH <http://u.example/0> ; "
INTO_0 = "GRAPH <http://u.example/0>"


@pytest.mark.parametrize(
    ("name", "update", "graphs", "pattern"),
    [
        (
            "update_dataset_default_graph",
            f"{CLEAN} INSERT {{ {INTO_0} {{ ?s a ?t }} }} WHERE {{ ?s a ?t }}",
            {"using-graph-uri": [DATA[1]]},
            f"{INTO_0} {{ {D1} {A} FILTER NOT EXISTS {{ {D2} ?p ?o }} }}",
        ),
        (
            "update_dataset_default_graphs",
            f"{CLEAN} INSERT {{ {INTO_0} {{ ?s a ?t }} }} WHERE {{ ?s a ?t }}",
            {"using-graph-uri": DATA[1:3]},
            f"{INTO_0} {{ {D1} {A} . {D2} {A} FILTER NOT EXISTS {{ {D3} ?p ?o }} }}",
        ),
        (
            "update_dataset_named_graphs",
            f"{CLEAN} INSERT {{ {INTO_0} {{ ?s a ?t }} }} WHERE {{ GRAPH ?g {{ ?s a ?t }} }}",
            {"using-named-graph-uri": DATA[1:3]},
            f"{INTO_0} {{ {D1} {A} . {D2} {A} FILTER NOT EXISTS {{ {D3} ?p ?o }} }}",
        ),
        (
            "update_dataset_full",
            f"{CLEAN} INSERT {{ {INTO_0} {{ ?s a ?t . ?x a ?y }} }} WHERE {{ ?s a ?t GRAPH ?g {{ ?x a ?y }} }}",
            {"using-graph-uri": [DATA[1]], "using-named-graph-uri": [DATA[2]]},
            f"{INTO_0} {{ {D1} {A} . {D2} {A} FILTER NOT EXISTS {{ {D3} ?p ?o }} }}",
        ),
        (
            "delete_where_with_a_dataset",
            f"{CLEAN} INSERT DATA {{ {INTO_0} {{ <x:a> <x:b> <x:c> }} }} ; DELETE WHERE {{ {INTO_0} {{ ?s ?p ?o }} }}",
            {"using-named-graph-uri": ["http://u.example/0"]},
            f"FILTER NOT EXISTS {{ {INTO_0} {{ ?s ?p ?o }} }}",
        ),
    ],
)
@pytest.mark.parametrize("way", ["form", "direct"])
def test_the_protocol_chooses_the_dataset_of_an_update(
    writable: Server, name: str, update: str, graphs: dict[str, list[str]], pattern: str, way: str
) -> None:
    if way == "form":
        body, path, kind = form(update=update, **graphs), "/sparql", FORM
    else:
        body, path, kind = update, f"/sparql?{form(**graphs)}", UPDATE
    answer = writable.ask("POST", path, body, {**BEARER, "Content-Type": kind})
    assert answer.status in {200, 204}, answer.text
    assert writable.holds(pattern), name


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("update_post_form", form(update="INSERT DATA { <x:form> <x:p> 'ü' }"), FORM),
        ("update_post_direct", "INSERT DATA { <x:direct> <x:p> 'ü' }", UPDATE),
    ],
)
def test_each_way_to_update(writable: Server, name: str, body: str, kind: str) -> None:
    assert writable.ask("POST", "/sparql", body, {**BEARER, "Content-Type": kind}).status == 204
    assert writable.holds(f"<x:{name.rpartition('_')[2]}> <x:p> 'ü'")


def test_update_base_uri(writable: Server) -> None:
    assert writable.update("INSERT DATA { <x:base> <x:p> <test> }").status == 204
    assert writable.holds(f"<x:base> <x:p> <{writable.url}test>")
    assert writable.holds("<x:base> <x:p> <test>")


@pytest.mark.parametrize(
    ("name", "method", "path", "body", "kind", "status"),
    [
        ("bad_multiple_updates", "POST", "/sparql", form(update=["CLEAR NAMED", "CLEAR DEFAULT"]), FORM, 400),
        ("bad_update_wrong_media_type", "POST", "/sparql", "update=CLEAR%20NAMED", "text/plain", 415),
        ("bad_update_missing_form_type", "POST", "/sparql", "update=CLEAR%20NAMED", None, 415),
        ("bad_update_missing_direct_type", "POST", "/sparql", "CLEAR NAMED", None, 415),
        ("bad_update_non_utf8", "POST", "/sparql", "CLEAR NAMED".encode("utf-16"), UPDATE + "; charset=UTF-16", 415),
        ("bad_update_non_utf8", "POST", "/sparql", b"INSERT DATA { <x:a> <x:b> '\xff' }", UPDATE, 400),
        ("bad_update_syntax", "POST", "/sparql", form(update="CLEAR XYZ"), FORM, 400),
        ("bad_update_syntax", "POST", "/sparql", "ASK {}", UPDATE, 400),
        (
            "bad_update_dataset_conflict",
            "POST",
            "/sparql?using-graph-uri=http://a.example/",
            "DELETE { ?s ?p ?o } USING <http://b.example/> WHERE { ?s ?p ?o }",
            UPDATE,
            400,
        ),
        (
            "bad_update_dataset_conflict",
            "POST",
            "/sparql?using-named-graph-uri=http://a.example/",
            "WITH <http://b.example/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            UPDATE,
            400,
        ),
        ("no_load", "POST", "/sparql", "LOAD <http://127.0.0.1:9/x.ttl>", UPDATE, 400),
        ("no_load", "POST", "/sparql", "LOAD SILENT <file:///etc/passwd> INTO GRAPH <x:g>", UPDATE, 400),
        (
            "no_service",
            "POST",
            "/sparql",
            "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            UPDATE,
            400,
        ),
    ],
)
def test_wrong_updates_are_told_apart_and_change_nothing(
    writable: Server, name: str, method: str, path: str, body: str | bytes, kind: str | None, status: int
) -> None:
    before = writable.query("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "text/csv").text
    answer = writable.ask(method, path, body, {**BEARER, **({"Content-Type": kind} if kind else {})})
    assert answer.status == status, (name, answer.text)
    assert len(answer.text.splitlines()) == 1
    after = writable.query("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "text/csv").text
    assert sorted(after.splitlines()) == sorted(before.splitlines())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic b3Blbi1zZXNhbWU="},
        {"Authorization": BEARER["Authorization"] + "x"},
    ],
)
def test_without_the_token_nothing_is_written(writable: Server, headers: dict[str, str]) -> None:
    answer = writable.ask("POST", "/sparql", "INSERT DATA { <x:no> <x:p> 1 }", {"Content-Type": UPDATE, **headers})
    assert answer.status == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert not writable.holds("<x:no> <x:p> 1")


def test_a_read_only_service_says_so(reader: Server) -> None:
    answer = reader.update("INSERT DATA { <x:no> <x:p> 1 }")
    assert (answer.status, "read-only" in answer.text) == (403, True)


# ---- what a query may not do


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
        "SELECT * { BIND(<URL> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?a FILTER(?a<'x>') SERVICE <URL> { ?s ?p ?o } } #'",
        "SELECT * { { :a\\# ?p ?o } UNION { SERVICE <URL> { ?s ?p ?o } }\n}",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    ],
)
def test_no_query_reaches_another_server(reader: Server, query: str) -> None:
    """A server of the test's own listens, and hears nothing."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert reader.query(query.replace("URL", url)).status == 400
        with pytest.raises(TimeoutError):
            listener.accept()


def test_from_reads_no_file_and_no_address(reader: Server) -> None:
    for iri in ("file:///etc/passwd", "http://127.0.0.1:9/"):
        assert reader.query(f"SELECT * FROM <{iri}> {{ ?s ?p ?o }}", "text/csv").text.count("\n") == 1
