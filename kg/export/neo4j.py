"""A `GraphView` as a folder that Neo4j can load: CSV for `neo4j-admin database import full`, and a Cypher script.

Facts become relationships typed by their property, entities and articles nodes, and every claim, factual or not, a `Claim`
node tied to its article and to its two sides, so that nothing that is denied or only planned looks like a fact.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from kg.errors import StoreError
from kg.export.property_graph import STATUSES, GraphView, property_graph

Cell: TypeAlias = "str | float | tuple[str, ...]"
Row: TypeAlias = "tuple[Cell, ...]"

BATCH = 500
"""Rows in one statement of load.cypher."""

_ENTITY = ("uri:ID(Entity)", "name", "aliases:string[]", "sameAs:string[]", "facts:string[]", ":LABEL")
_ARTICLE = ("id:ID(Article)", "title", "url", "publisher", "published", ":LABEL")
_CLAIM = (
    "claimId:ID(Claim)", "predicate", "status", "attributedTo", "time", "place", "value", "confidence:double",
    "sentence", "start:long", "end:long", "extractor", "rule", ":LABEL",
)  # fmt: skip
_FACT = (
    ":START_ID(Entity)", "edgeId", "claimIds:string[]", "sources:string[]", "status", "first", "last",
    "confidence:double", "sentence", ":END_ID(Entity)", ":TYPE",
)  # fmt: skip
_TO_ENTITY = (":START_ID(Claim)", ":END_ID(Entity)", ":TYPE")
_TO_ARTICLE = (":START_ID(Claim)", ":END_ID(Article)", ":TYPE")

CONSTRAINTS = """\
CREATE CONSTRAINT entity_uri IF NOT EXISTS FOR (n:Entity) REQUIRE n.uri IS UNIQUE;
CREATE CONSTRAINT article_id IF NOT EXISTS FOR (n:Article) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.claimId IS UNIQUE;
CREATE INDEX entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name);
"""

README = """\
This graph for Neo4j 5 or newer. Either way below gives the same database.

1. Into a new, empty database, with the server stopped (fastest). Run in this folder:

   neo4j-admin database import full neo4j --id-type=string --array-delimiter=";" --multiline-fields=true \\
     --nodes=nodes.csv --nodes=articles.csv --nodes=claims.csv \\
     --relationships=relationships.csv --relationships=claim_entities.csv --relationships=claim_articles.csv

   Start the server, then:

   cypher-shell -u neo4j -d neo4j -f constraints.cypher

2. Into a running database (repeatable: what is there already is updated):

   cypher-shell -u neo4j -d neo4j -f constraints.cypher
   cypher-shell -u neo4j -d neo4j -f load.cypher

To look at: MATCH (a:Entity)-[r]->(b:Entity) RETURN a.name, type(r), b.name, r.sources LIMIT 25;
The evidence of a fact: MATCH (c:Claim) WHERE c.claimId IN $claimIds MATCH (c)-[:FROM]->(d:Article) RETURN c.sentence, d.title;

The CSV files are for neo4j-admin. A cell may start with "=", "+", "-" or "@" as the article had it: do not open them in a
spreadsheet program without importing every column as text.
"""


def write_neo4j(view: GraphView, folder: Path) -> Path:
    """Write the CSV files, constraints.cypher, load.cypher and README.txt into `folder`; returns it."""
    tables = _tables(view)
    files = {f"{name}.csv": _csv(header, rows) for name, (header, rows) in tables.items()}
    files |= {"constraints.cypher": CONSTRAINTS, "load.cypher": "".join(_script(tables)), "README.txt": README}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise StoreError(
            error.strerror or "cannot be written", where=str(folder), hint="choose another folder"
        ) from error
    return folder


def _tables(view: GraphView) -> dict[str, tuple[tuple[str, ...], list[Row]]]:
    """Name -> header and rows, nodes before the relationships between them."""
    nodes, facts = property_graph(view)
    all_nodes, _ = property_graph(view, statuses=STATUSES)
    facts_of = {n.iri: tuple(f"{f.predicate}: {f.value}" for f in n.facts) for n in nodes}
    claims = sorted(view.claims, key=lambda claim: claim.id)
    known = {article.id for article in view.articles}
    # An article that only its claims know still gets a node, or the import would stop at the dangling end.
    strays = sorted({claim.article for claim in claims} - known)
    articles: list[Row] = [
        *(
            (a.id, a.title, a.url, a.publisher, a.published, ("Article",))
            for a in sorted(view.articles, key=lambda a: a.id)
        ),
        *((stray, "", "", "", "", ("Article",)) for stray in strays),
    ]
    entities: list[Row] = [
        (n.iri, n.name, n.aliases, n.external_ids, facts_of.get(n.iri, ()), ("Entity", _label(n.type)))
        for n in all_nodes
    ]
    claim_rows: list[Row] = [
        (c.id, c.predicate, c.status, c.attributed_to, c.time, c.place, "" if c.object_iri else c.object, c.confidence,
         c.sentence, c.start, c.end, c.extractor, c.rule, ("Claim",))
        for c in claims
    ]  # fmt: skip
    relations: list[Row] = [
        (e.subject_iri, e.id, tuple(c.id for c in e.claims), e.articles, e.statuses[0], *e.dates, e.confidence,
         e.claims[0].sentence, e.object_iri, _type(e.predicate))
        for e in facts
    ]  # fmt: skip
    sides: list[Row] = [
        (c.id, iri, role)
        for c in claims
        for iri, role in ((c.subject_iri, "SUBJECT"), (c.object_iri, "OBJECT"))
        if iri is not None
    ]
    return {
        "nodes": (_ENTITY, entities),
        "articles": (_ARTICLE, articles),
        "claims": (_CLAIM, claim_rows),
        "relationships": (_FACT, relations),
        "claim_entities": (_TO_ENTITY, sides),
        "claim_articles": (_TO_ARTICLE, [(c.id, c.article, "FROM") for c in claims]),
    }


def _label(name: str) -> str:
    """A class name as a label: ASCII letters, digits and underscores, which need no quoting anywhere."""
    return re.sub(r"[^A-Za-z0-9_]", "_", name) or "Thing"


def _type(predicate: str) -> str:
    """A property as a relationship type, as Neo4j writes them: "metWith" -> "MET_WITH"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", _label(predicate)).upper()


def _clean(text: str) -> str:
    """Neo4j reads UTF-8 and takes NUL for the end of a value."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _csv(header: tuple[str, ...], rows: Iterable[Row]) -> str:
    """RFC 4180 with every text quoted: neo4j-admin reads an unquoted empty cell as no value."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    csv.writer(out, lineterminator="\n").writerow(header)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return out.getvalue()


def _cell(cell: Cell) -> str | float:
    if isinstance(cell, tuple):
        # Arrays have no escape for their delimiter, so a ";" inside an element becomes a ",".
        return ";".join(_clean(part).replace(";", ",") for part in cell)
    return _clean(cell) if isinstance(cell, str) else cell


def _script(tables: dict[str, tuple[tuple[str, ...], list[Row]]]) -> Iterator[str]:
    for header, rows in tables.values():
        groups: dict[Cell, list[Row]] = {}
        for row in rows:
            groups.setdefault(row[-1], []).append(row)
        for last in sorted(groups, key=str):
            group = groups[last]
            for i in range(0, len(group), BATCH):
                literal = ",\n  ".join(_map(header, row) for row in group[i : i + BATCH])
                yield f"UNWIND [\n  {literal}\n] AS row\n{_merge(header, last)};\n"


def _merge(header: tuple[str, ...], last: Cell) -> str:
    """The statement that writes `row`: MERGE on one base label or on the id, so that running it again changes nothing."""
    if header[-1] == ":LABEL":
        base, *more = last if isinstance(last, tuple) else (str(last),)
        key = _key(header[0])
        labels = "".join(f" SET n:`{label}`" for label in more)
        return f"MERGE (n:{base} {{{key}: row.`{key}`}}) SET n += row{labels}"
    start, end = header[0], next(name for name in header if name.startswith(":END_ID"))
    ends = ", ".join(
        f"({side}:{space} {{{_IDS[space]}: row.`{side}`}})"
        for side, space in (("START_ID", _space(start)), ("END_ID", _space(end)))
    )
    own = "{edgeId: row.edgeId}" if "edgeId" in header else ""
    fields = [_key(name) for name in header if not name.startswith(":")]
    values = "".join(f" SET r.{field} = row.{field}" for field in fields)
    return f"MATCH {ends} MERGE (START_ID)-[r:`{last}` {own}]->(END_ID){values}"


_IDS = {"Entity": "uri", "Article": "id", "Claim": "claimId"}


def _space(header: str) -> str:
    return header.partition("(")[2].rstrip(")")


def _key(header: str) -> str:
    """The property a column fills: "uri:ID(Entity)" -> "uri", ":START_ID(Claim)" -> "START_ID"."""
    name, _, kind = header.partition(":")
    return name or kind.partition("(")[0]


def _map(header: tuple[str, ...], row: Row) -> str:
    pairs = zip(header[:-1] if header[-1] == ":LABEL" else header, row, strict=False)
    return "{" + ", ".join(f"`{_key(name)}`: {_literal(cell)}" for name, cell in pairs if name != ":TYPE") + "}"


def _literal(cell: Cell) -> str:
    """A Cypher literal.

    Neo4j resolves \\uXXXX before it looks for the ends of strings, so that the six characters "\\u0027" in an article could
    end one: no backslash is ever left before a "u".
    """
    if isinstance(cell, tuple):
        return "[" + ", ".join(_literal(part) for part in cell) + "]"
    if not isinstance(cell, str):
        return repr(cell)
    text = re.sub(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]", " ", _clean(cell))
    text = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return "'" + re.sub(r"\\(?=[uU])", r"\\' + '", text) + "'"
