"""The words of SPARQL: what may not be said, the graphs of a query, and USING clauses."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.sparql import from_graphs, guarded, tokens, with_using

PREFIXES = {"": "http://a/", "service": "http://s/"}
CALL = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"
PIECES = [
    *"<>'\"#.:?$\\{}()|^/-*+!,;%@_",
    '"""',
    "'''",
    "\n",
    " ",
    "SERVICE",
    "service",
    "?a",
    ":b",
    "<http://127.0.0.1:9/>",
    "{ ?s ?p ?o }",
    "FILTER(",
    "<x>",
    "1",
    "\\#",
    "UNION",
    CALL,
]


def is_refused(sparql: str) -> bool:
    """By the check or, with what the check makes of it, by the engine."""
    try:
        ox.Store().query(guarded(sparql), prefixes=PREFIXES)
    except (QueryError, SyntaxError):
        return True
    return False


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ ?s ?p :.{CALL} }}",
        f"SELECT * {{ ?s ?p :a.{CALL} }}",
        f"SELECT * {{ ?s ?p :-{CALL} }}",
        f"SELECT * {{ ?s ?p service:.{CALL} }}",
        f"SELECT * {{ ?s ?p _:b.{CALL} }}",
        f"SELECT * {{ ?s ?p ?o.{CALL} }}",
        f"SELECT * {{ ?s ?p 1.{CALL} }}",
        f"SELECT * {{ ?s ?p 'a'@en.{CALL} }}",
        f"SELECT * {{ ?s :p? ?o.{CALL} }}",
        f"SELECT * {{{CALL}}}",
        f"SELECT * {{ ?s ?p ?a FILTER(?a<?b#>'''\n) {CALL} }} #'''",
        f"SELECT * {{ ?s ?p :a\\' . {CALL} }} #'",
        "SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }",
        "SELECT * { ſervice <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_no_call_passes(query: str) -> None:
    assert is_refused(query)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_surrounds_it_no_call_passes(text: str) -> None:
    """The engine would answer a call by an error of the network, as nobody listens there; one triple leads it there."""
    store = ox.Store()
    store.add(ox.Quad(*[ox.NamedNode("http://a/b")] * 3))  # type: ignore[arg-type]
    for query in (f"SELECT * {{ {text} {CALL} }}", f"SELECT * {{ {text}{CALL} }} {text}"):
        try:
            list(store.query(guarded(query), prefixes=PREFIXES))  # type: ignore[call-overload]
        except (QueryError, SyntaxError):
            continue
        except OSError as error:
            raise AssertionError(query) from error


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_is_let_through_says_the_word_in_names_of_the_query_alone(text: str) -> None:
    try:
        kept = guarded(text)
    except QueryError:
        return
    assert "service" not in re.sub(r"[?$]\w+|:[\w.:%\\-]+", "", kept).casefold()


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ('SELECT ("at your service" AS ?x) {}', "at your service"),
        ("SELECT ('''Service\n''' AS ?x) {} # service", "Service\n"),
        ("SELECT (STR(<http://service/Service>) AS ?x) {}", "http://service/Service"),
        ("SELECT ?x { BIND('x' AS ?service) BIND(?service AS ?x) }", "x"),
        ("SELECT (STR(:service) AS ?x) {}", "http://a/service"),
        ("SELECT (STR(:no.service-desk) AS ?x) {}", "http://a/no.service-desk"),
    ],
)
def test_the_word_elsewhere_means_what_it_meant(query: str, answer: str) -> None:
    (row,) = ox.Store().query(guarded(query), prefixes=PREFIXES)  # type: ignore[misc]
    assert row["x"].value == answer  # type: ignore[index, union-attr]


@pytest.mark.parametrize(
    ("update", "refused"),
    [
        ("LOAD <http://a/>", True),
        ("INSERT DATA { :a :b :c };load<http://a/>", True),
        ("INSERT DATA { :a :loaded 'LOAD <http://a/>' }", False),
    ],
)
def test_load_is_refused_where_it_is_asked_for(update: str, refused: bool) -> None:
    if refused:
        with pytest.raises(QueryError, match="LOAD"):
            guarded(update, ("service", "load"))
    else:
        store = ox.Store()
        store.update(guarded(update, ("service", "load")), prefixes=PREFIXES)
        assert [q.object.value for q in store] == ["LOAD <http://a/>"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "default", "named"),
    [
        ("SELECT * { ?s ?p ?o }", (), ()),
        ("SELECT * FROM <a> FROM NAMED <b> FROM :c { ?s ?p ?o }", ("<a>", ":c"), ("<b>",)),
        ("select*from<a>where{?s ?p ?o}", ("<a>",), ()),
        ("SELECT ?from { ?from :from 'FROM <a>' } # FROM <b>", (), ()),
    ],
)
def test_from_is_found_where_it_is_a_clause(query: str, default: tuple[str, ...], named: tuple[str, ...]) -> None:
    found = from_graphs(query)
    assert (found.default, found.named) == (default, named)


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("INSERT DATA { :a :b :where }", "INSERT DATA { :a :b :where }"),
        ("CLEAR ALL", "CLEAR ALL"),
        ("INSERT { ?s ?p 'where' } WHERE { ?s ?p ?o }", "INSERT { ?s ?p 'where' }  USING <x:g> WHERE { ?s ?p ?o }"),
        (
            "DELETE WHERE { ?s ?p ?o } ; DELETE WHERE { ?x ?y ?z }",
            "DELETE { ?s ?p ?o } USING <x:g> WHERE { ?s ?p ?o } ; DELETE { ?x ?y ?z } USING <x:g> WHERE { ?x ?y ?z }",
        ),
    ],
)
def test_using_stands_before_each_where(update: str, expected: str) -> None:
    assert with_using(update, ["x:g"], []).split() == expected.split()
    ox.Store().update(with_using(update, ["x:g"], []), prefixes=PREFIXES)


def test_tokens_know_their_depth() -> None:
    found = [(token.text, token.depth) for token in tokens("ASK { ( [ ] ) }")]
    assert found == [("ASK", 0), ("{", 0), ("(", 1), ("[", 2), ("]", 2), (")", 1), ("}", 0)]
