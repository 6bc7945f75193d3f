"""The graph for Neo4j: CSV files for `neo4j-admin database import full`, constraints, and a Cypher script.

Property graphs have no named graphs: a claim becomes a relationship that carries its id, articles, sentence, status and
confidence, and each article is a node of its own.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.export.property_graph import STATUSES, Edge, GraphView, Node, property_graph
from kg.model import FACTUAL

_CONSTRAINTS = """// Run before loading, and after neo4j-admin import (which makes no indexes).
CREATE CONSTRAINT entity_uri IF NOT EXISTS FOR (n:Entity) REQUIRE n.uri IS UNIQUE;
CREATE CONSTRAINT article_uri IF NOT EXISTS FOR (n:Article) REQUIRE n.uri IS UNIQUE;
CREATE INDEX entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name);
"""

_README = """This folder loads into Neo4j in one of two ways.

1. An empty database, offline and fast (from this folder):

   neo4j-admin database import full neo4j --id-type=string --array-delimiter=";" \\
     --nodes=nodes.csv --nodes=articles.csv --relationships=relationships.csv --relationships=sources.csv

   then start the server and run: cypher-shell -f constraints.cypher

2. A running server, beside what it has already:

   cypher-shell -f constraints.cypher
   cypher-shell -f load.cypher

Relationships that no article states as fact have a status other than "asserted" or "inferred" and the type prefix HEDGED_.
"""
_BATCH = 500


def write_neo4j(view: GraphView, path: Path) -> Path:
    """Write the folder: nodes.csv, articles.csv, relationships.csv, sources.csv, constraints.cypher, load.cypher, README.txt."""
    path.mkdir(parents=True, exist_ok=True)
    nodes, edges = property_graph(view, statuses=STATUSES)
    used = {iri for e in edges for iri in (e.subject_iri, e.object_iri)} | {n.iri for n in nodes if n.facts}
    nodes = tuple(n for n in nodes if n.iri in used)
    articles = [(a.id, a.title, a.published[:10], a.url) for a in view.articles]
    _csv(
        path / "nodes.csv",
        ["uri:ID(Entity)", "name", "aliases:string[]", "facts:string[]", ":LABEL"],
        ([n.iri, n.name, _array(n.aliases), _array(_facts(n)), f"Entity;{_name(n.type)}"] for n in nodes),
    )
    _csv(
        path / "articles.csv",
        ["uri:ID(Article)", "title", "published", "url", ":LABEL"],
        ([f"article:{i}", title, published, url, "Article"] for i, title, published, url in articles),
    )
    header = [":START_ID(Entity)", "claimId", "predicate", "status", "time", "sentence", "confidence:double"]
    _csv(
        path / "relationships.csv",
        [*header, "sources:string[]", ":END_ID(Entity)", ":TYPE"],
        ([e.subject_iri, *_properties(e), _array(e.articles), e.object_iri, _type(e)] for e in edges),
    )
    mentions = sorted({(iri, a) for e in edges for iri in (e.subject_iri, e.object_iri) for a in e.articles})
    _csv(
        path / "sources.csv",
        [":START_ID(Entity)", ":END_ID(Article)", ":TYPE"],
        ([iri, f"article:{article}", "MENTIONED_IN"] for iri, article in mentions),
    )
    (path / "constraints.cypher").write_text(_CONSTRAINTS, encoding="utf-8")
    (path / "README.txt").write_text(_README, encoding="utf-8")
    (path / "load.cypher").write_text(_script(nodes, edges, articles, mentions), encoding="utf-8")
    return path


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """RFC 4180 with every text quoted; neo4j-admin takes quotes doubled and newlines inside them only when told, so newlines
    become blanks."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([_flat(cell) for cell in row])


def _flat(cell: object) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", str(cell)).encode("utf-8", "replace").decode("utf-8")


def _array(items: Iterable[str]) -> str:
    return ";".join(item.replace(";", ",") for item in items)


def _facts(node: Node) -> list[str]:
    return [f"{f.predicate}: {f.value}" for f in node.facts if any(c.status in FACTUAL for c in f.claims)]


def _name(text: str) -> str:
    return re.sub(r"\W", "", text) or "Entity"


def _type(edge: Edge) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", re.sub(r"\W", "", edge.predicate)).upper() or "RELATED_TO"
    return words if any(c.status in FACTUAL for c in edge.claims) else f"HEDGED_{words}"


def _properties(edge: Edge) -> list[str]:
    best = edge.claims[0]
    return [edge.id, edge.predicate, best.status, best.time, best.sentence, str(edge.confidence)]


def _script(nodes: Sequence[Node], edges: Sequence[Edge], articles: Sequence[tuple[str, ...]], mentions: object) -> str:
    """`UNWIND [rows] … MERGE` in batches, one statement a label and a relationship type; run it again and nothing doubles."""
    parts = ["// Loads the graph into a running server. Run constraints.cypher first.\n"]
    by_label: dict[str, list[dict[str, object]]] = {}
    for n in nodes:
        row = {"uri": n.iri, "name": n.name, "aliases": list(n.aliases), "facts": _facts(n)}
        by_label.setdefault(_name(n.type), []).append(row)
    for label, rows in sorted(by_label.items()):
        parts += _statements(rows, f"MERGE (n:Entity {{uri: r.uri}}) SET n:`{label}`, n.name = r.name, n.aliases = r.aliases, n.facts = r.facts")
    rows = [{"uri": f"article:{i}", "title": t, "published": p, "url": u} for i, t, p, u in articles]
    parts += _statements(rows, "MERGE (a:Article {uri: r.uri}) SET a.title = r.title, a.published = r.published, a.url = r.url")
    by_type: dict[str, list[dict[str, object]]] = {}
    for e in edges:
        names = ("claimId", "predicate", "status", "time", "sentence")
        row = dict(zip(names, _properties(e)[:5], strict=True))
        row |= {"from": e.subject_iri, "to": e.object_iri, "confidence": e.confidence, "sources": list(e.articles)}
        by_type.setdefault(_type(e), []).append(row)
    for kind, rows in sorted(by_type.items()):
        parts += _statements(
            rows,
            f"MATCH (s:Entity {{uri: r.from}}), (o:Entity {{uri: r.to}}) MERGE (s)-[e:`{kind}` {{claimId: r.claimId}}]->(o) "
            "SET e.predicate = r.predicate, e.status = r.status, e.time = r.time, e.sentence = r.sentence, "
            "e.confidence = r.confidence, e.sources = r.sources",
        )
    links = [{"from": iri, "to": f"article:{article}"} for iri, article in mentions]  # type: ignore[attr-defined]
    parts += _statements(
        links, "MATCH (n:Entity {uri: r.from}), (a:Article {uri: r.to}) MERGE (n)-[:MENTIONED_IN]->(a)"
    )
    return "".join(parts)


def _statements(rows: Sequence[dict[str, object]], what: str) -> list[str]:
    return [f"UNWIND {_literal(list(rows[i : i + _BATCH]))} AS r {what};\n" for i in range(0, len(rows), _BATCH)]


def _literal(value: object) -> str:
    """A Cypher literal. Strings as JSON writes them in ASCII, which is a subset of Cypher's string syntax."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)}: {_literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(v) for v in value) + "]"
    if isinstance(value, str):
        return json.dumps(_flat(value), ensure_ascii=True)
    return json.dumps(value)


def _key(name: str) -> str:
    return f"`{name}`"
