"""The exports, read back by other parsers; hostile text in every field stays text."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import networkx as nx
import pytest

from kg.export import EXPORTERS
from kg.export.html import render
from kg.export.property_graph import GraphView, property_graph
from kg.model import Article, Entity, ResolvedClaim
from tests.browser.synthetic import synthetic_view

ATTACKS = (
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "javascript:document.title='owned'",
    "'\"><svg/onload=document.title='owned'>",
    "{{constructor.constructor('document.title=1')()}}",
    "<!--<script>",
    "\u202eevil\u2028\u2029\x00",
    '=HYPERLINK("http://example.org")',
    '"}) DETACH DELETE n //',
    "<a href=//example.org>x</a>",
)


def hostile_view() -> GraphView:
    base = synthetic_view(len(ATTACKS) + 2)
    entities, claims, articles = [], [], []
    for i, attack in enumerate(ATTACKS):
        iri = f"https://example.org/kg/id/h{i}"
        entities.append(Entity(f"h{i}", "Person", attack, iri, (attack,)))
        articles.append(Article(f"art{i}", attack, title=attack, url=attack, publisher=attack, published="2031-05-01"))
        claims.append(
            ResolvedClaim(
                id=f"c{i}", article=f"art{i}", subject=attack, subject_iri=iri, subject_type="Person",
                subject_aliases=(attack,), predicate=attack if i % 2 else "metWith", predicate_iri="https://example.org/kg/open#x",
                object=attack, object_iri="https://example.org/kg/id/h0" if i else None, datatype=None if i else "string",
                object_type="Person", object_aliases=(), status="asserted", attributed_to=attack, attributed_to_iri="",
                time=attack if i % 3 else "2031-05-01", time_text=attack, place=attack, place_iri="", event_iri="", event_type="",
                confidence=0.8, sentence=attack, start=0, end=len(attack), trigger_start=0, trigger_end=3, extractor="x",
                rule=attack, subject_text=attack, predicate_text=attack, object_text=attack,
            )
        )  # fmt: skip
    return GraphView(base.claims + tuple(claims), base.entities + tuple(entities), tuple(articles))


@pytest.mark.parametrize("form", sorted(EXPORTERS))
def test_the_same_view_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    def written(name: str) -> list[bytes]:
        target = EXPORTERS[form](hostile_view(), tmp_path / name)
        files = sorted(target.iterdir()) if target.is_dir() else [target]
        return [f.read_bytes() for f in files]

    assert written("one") == written("two")


def test_graphml_is_read_back(tmp_path: Path) -> None:
    view = hostile_view()
    nodes, edges = property_graph(view)
    graph = nx.read_graphml(EXPORTERS["graphml"](view, tmp_path / "g"), force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(nodes), len(edges))


def test_gexf_is_read_back(tmp_path: Path) -> None:
    view = hostile_view()
    nodes, _ = property_graph(view)
    assert nx.read_gexf(EXPORTERS["gexf"](view, tmp_path / "g")).number_of_nodes() == len(nodes)


def test_neo4j_files_agree_with_their_headers(tmp_path: Path) -> None:
    folder = EXPORTERS["neo4j"](hostile_view(), tmp_path / "neo4j")
    tables = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            header, *rows = list(csv.reader(lines, strict=True))
        assert all(len(row) == len(header) for row in rows), path.name
        tables[path.name] = [dict(zip(header, row, strict=True)) for row in rows]
    known = {row["uri:ID(Entity)"] for row in tables["nodes.csv"]}
    assert len(known) == len(tables["nodes.csv"])
    for row in tables["relationships.csv"]:
        assert row[":START_ID(Entity)"] in known and row[":END_ID(Entity)"] in known
        assert re.fullmatch(r"\w+", row[":TYPE"])
    assert all(re.fullmatch(r"[\w;]+", row[":LABEL"]) for row in tables["nodes.csv"])


def test_cypher_strings_are_closed(tmp_path: Path) -> None:
    script = (EXPORTERS["neo4j"](hostile_view(), tmp_path / "n") / "load.cypher").read_text("utf-8")
    bare = re.sub(r"'(?:[^'\\]|\\.)*'", "''", script)
    assert "DETACH" not in bare and "owned" not in bare
    assert bare.count("'") % 2 == 0


def test_pyvis_asks_nobody(tmp_path: Path) -> None:
    page = EXPORTERS["pyvis"](hostile_view(), tmp_path / "p.html").read_text("utf-8")
    assert page.index("Content-Security-Policy") < page.index("<script"), "a policy comes first that allows no request"
    assert "default-src 'none'" in page


def test_the_data_of_the_page_cannot_end_its_script() -> None:
    page = render(hostile_view())
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    drawn = json.loads(data.group(1))
    assert {node["name"] for node in drawn["nodes"]} >= {a for a in ATTACKS if "\x00" not in a}
    assert all(a["url"] in {"", *()} for a in drawn["articles"]), "only http links are links"
