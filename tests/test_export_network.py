"""GraphML, GEXF and pyvis: what goes out can be read back, is the same on each run, and is inert."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.errors import InputError, StoreError
from kg.export import EXPORTERS
from kg.export.network import write_gexf, write_graphml, write_pyvis
from kg.export.property_graph import STATUSES, GraphView, date_range, filter_view, is_within, property_graph
from kg.model import Entity, Origin
from tests.browser.hostile import CALL, SERVER, hostile_view
from tests.browser.synthetic import ID, make_claim, synthetic_view


def test_graphml_reads_back_with_every_node_and_edge(tmp_path: Path) -> None:
    view = synthetic_view(40)
    nodes, edges = property_graph(view)
    graph = nx.read_graphml(write_graphml(view, tmp_path / "graph.graphml"))
    assert len(graph) == len(nodes)
    assert graph.number_of_edges() == len(edges)
    assert graph.nodes[nodes[0].iri]["label"] == nodes[0].name


def test_gexf_reads_back_with_every_node(tmp_path: Path) -> None:
    view = synthetic_view(40)
    assert len(nx.read_gexf(write_gexf(view, tmp_path / "graph.gexf"))) == len(property_graph(view)[0])


@pytest.mark.parametrize("name", ["graphml", "gexf", "pyvis"])
def test_hostile_text_gives_a_whole_file_and_the_same_one_each_time(tmp_path: Path, name: str) -> None:
    view = hostile_view()
    turned = GraphView(view.claims[::-1], view.entities[::-1], view.articles[::-1])
    first = EXPORTERS[name](view, tmp_path / "first").read_bytes()
    assert first == EXPORTERS[name](turned, tmp_path / "second").read_bytes()
    assert first.decode("utf-8")
    if name != "pyvis":
        read = nx.read_graphml if name == "graphml" else nx.read_gexf
        assert len(read(tmp_path / "first")) > 40


def test_pyvis_asks_no_server_and_holds_no_live_markup(tmp_path: Path) -> None:
    page = write_pyvis(hostile_view(), tmp_path / "graph.html").read_text("utf-8")
    assert not re.search(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//", page)
    assert f"<script>{CALL}" not in page
    assert f"src={SERVER}" not in page.replace("\\u003c", "").split("nodes = new vis.DataSet")[0]
    assert "Content-Security-Policy" in page


def test_pyvis_keeps_to_the_best_connected(tmp_path: Path) -> None:
    page = write_pyvis(synthetic_view(60), tmp_path / "graph.html", max_nodes=10).read_text("utf-8")
    assert len(re.findall(r'"label": "[^"]+", "shape"', page)) == 10


def test_a_file_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    for name, export in EXPORTERS.items():
        (tmp_path / name).write_text("")
        with pytest.raises(StoreError, match=name):
            export(synthetic_view(5), tmp_path / name / "graph")


def test_one_symmetric_edge_holds_the_claims_of_both_directions() -> None:
    there = make_claim(id="c1")
    back = make_claim(id="c2", subject_iri=there.object_iri, object_iri=there.subject_iri)
    _, edges = property_graph(GraphView((back, there)))
    assert [(e.subject_iri, e.object_iri, e.symmetric, len(e.claims)) for e in edges] == [
        (ID + "Adela_Brandt", ID + "Ivo_Novak", True, 2)
    ]


def test_literals_are_facts_of_a_node_and_hedges_are_left_out_unless_asked_for() -> None:
    age = make_claim(id="c1", predicate="age", object="58", object_iri=None, datatype="integer")
    planned = make_claim(id="c2", status="planned")
    nodes, edges = property_graph(GraphView((age, planned)))
    assert [(f.predicate, f.value) for f in nodes[0].facts] == [("age", "58")]
    assert len(nodes) == 1 and not edges
    assert len(property_graph(GraphView((age, planned)), statuses=STATUSES)[1]) == 1


@pytest.mark.parametrize(
    ("time", "start", "end"),
    [
        ("2025-03-10", "2025-03-10", "2025-03-10"),
        ("2025-03-10T09:30:00Z", "2025-03-10", "2025-03-10"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-34", "2024-04-01", "2024-06-30"),
        ("../2025-02", "2025-02-01", "2025-02-28"),
        ("2025-02/..", "2025-02-01", "2025-02-28"),
        ("soon", "", ""),
        ("", "", ""),
    ],
)
def test_times_become_ranges_of_days(time: str, start: str, end: str) -> None:
    assert date_range(time) == (start, end)


def test_articles_of_one_source_count_once() -> None:
    claims = tuple(make_claim(id=f"c{i}", article=f"a{i}") for i in range(3))
    known = {f"a{i}": Origin(f"a{i}", "", (f"publisher {'ab'[i // 2]}",)) for i in range(3)}
    (edge,) = property_graph(GraphView(claims, origins=known))[1]
    assert (len(edge.articles), edge.sources) == (3, 2)
    assert len(filter_view(GraphView(claims, origins=known), min_sources=2).claims) == 3
    assert not filter_view(GraphView(claims[:2], origins=known), min_sources=2).claims
    assert len(filter_view(GraphView(claims[:2]), min_sources=2).claims) == 2


def test_filters_leave_what_passes_them() -> None:
    old = make_claim(id="c1", time="2020-05")
    new = make_claim(id="c2", time="2025-03-10", article="a2")
    other = make_claim(id="c3", predicate="criticized", time="")
    view = GraphView((old, new, other))

    def left(**filters: object) -> list[str]:
        return [claim.id for claim in filter_view(view, **filters).claims]  # type: ignore[arg-type]

    assert left() == ["c1", "c2", "c3"]
    assert left(since="2021-01-01") == ["c2"]
    assert left(until="2021-01-01") == ["c1"]
    assert left(properties=["criticized"]) == ["c3"]
    assert left(min_sources=2) == ["c1", "c2"]
    assert left(classes=["Agent"]) == ["c1", "c2", "c3"]
    assert left(classes=["Place"]) == []
    assert left(since="2020-05-20", until="2020-05-25") == ["c1"]
    assert left(articles=["a2"], statuses=["asserted"]) == ["c2"]


def test_an_open_time_is_within_every_later_period() -> None:
    assert is_within("2020/..", "2031", "") and not is_within("2020/..", "", "2019-12")
    assert is_within("../2020", "", "1990") and not is_within("../2020", "2021", "")
    assert is_within("2024-05-01", "2024-05", "2024-05") and is_within("", "", "")


def row_of_people() -> GraphView:
    """a - b - c - d, each with an age."""
    people = [Entity(n, "Person", n.upper(), ID + n, (f"alias of {n}",)) for n in "abcd"]
    claims = [make_claim(id=n, subject_iri=ID + n, predicate="age", object="5", object_iri=None) for n in "abcd"]
    links = [
        make_claim(id=s + o, subject_iri=ID + s, object_iri=ID + o, predicate="metWith" if s != "c" else "sangTo")
        for s, o in ("ab", "bc", "cd")
    ]
    return GraphView((*claims, *links), tuple(people))


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({"focus": "a"}, {"a", "b", "ab"}),
        ({"focus": "ALIAS OF A", "hops": 2}, {"a", "b", "c", "ab", "bc"}),
        ({"focus": ID + "d"}, {"c", "d", "cd"}),
        ({"limit": 2}, {"b", "c", "bc"}),
        ({"open_predicates": False}, {"a", "b", "c", "d", "ab", "bc"}),
    ],
)
def test_a_view_is_narrowed_around_an_entity_and_to_the_best_connected(filters: dict[str, Any], kept: set[str]) -> None:
    assert {claim.id for claim in filter_view(row_of_people(), **filters).claims} == kept


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"classes": ["Persn"]}, "no class 'Persn' in this graph (did you mean Person"),
        ({"properties": ["metwith"]}, "did you mean metWith"),
        ({"statuses": ["assert"]}, "did you mean asserted"),
        ({"articles": ["zz"]}, "no article 'zz' in this graph (there are a1 …)"),
        ({"focus": "Zed"}, "no entity 'Zed'"),
    ],
)
def test_a_filter_that_nothing_could_pass_says_what_there_is(filters: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        filter_view(row_of_people(), **filters)
