"""What Neo4j gets: well-formed CSV whose ends meet, and a script in which no text can leave its string."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.export.neo4j import _literal, write_neo4j
from kg.export.property_graph import GraphView
from tests.browser.hostile import TEXTS, hostile_view
from tests.browser.synthetic import make_claim, synthetic_view


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as source:
        table = list(csv.reader(source, strict=True))
    assert all(len(row) == len(table[0]) for row in table)
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def ids(folder: Path) -> dict[str, list[str]]:
    return {
        "Entity": [row["uri:ID(Entity)"] for row in rows(folder, "nodes.csv")],
        "Article": [row["id:ID(Article)"] for row in rows(folder, "articles.csv")],
        "Claim": [row["claimId:ID(Claim)"] for row in rows(folder, "claims.csv")],
    }


def unquote(literal: str) -> str:
    """The string that Neo4j reads: a small model of its lexer, which fails on anything but strings joined by +."""
    literal = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), literal)
    parts = re.fullmatch(r"'(?:[^'\\\n]|\\.)*'(?: \+ '(?:[^'\\\n]|\\.)*')*", literal)
    assert parts, literal
    inner = re.findall(r"'((?:[^'\\]|\\.)*)'", literal)
    return "".join(re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], part) for part in inner)


@pytest.mark.parametrize("view", [synthetic_view(60), hostile_view()], ids=["plain", "hostile"])
def test_every_end_of_a_relationship_is_a_node_and_ids_are_unique(tmp_path: Path, view: GraphView) -> None:
    folder = write_neo4j(view, tmp_path / "neo4j")
    known = ids(folder)
    for space, values in known.items():
        assert len(set(values)) == len(values) > 0, space
    for name in ("relationships.csv", "claim_entities.csv", "claim_articles.csv"):
        assert rows(folder, name)
        for row in rows(folder, name):
            for column, value in row.items():
                if "_ID(" in column:
                    assert value in known[column.partition("(")[2].rstrip(")")]


def test_only_facts_become_relationships_but_every_claim_is_kept(tmp_path: Path) -> None:
    said = make_claim(id="c1")
    denied = make_claim(id="c2", status="denied", predicate="accused")
    folder = write_neo4j(GraphView((said, denied)), tmp_path)
    assert [row[":TYPE"] for row in rows(folder, "relationships.csv")] == ["MET_WITH"]
    assert [(row["claimId:ID(Claim)"], row["status"]) for row in rows(folder, "claims.csv")] == [
        ("c1", "asserted"),
        ("c2", "denied"),
    ]


def test_sentences_come_back_as_they_were(tmp_path: Path) -> None:
    sentence = 'He said: "Yes; no", then\nleft.'
    folder = write_neo4j(GraphView((make_claim(sentence=sentence),)), tmp_path)
    assert rows(folder, "claims.csv")[0]["sentence"] == sentence


def test_types_and_labels_are_plain_words(tmp_path: Path) -> None:
    folder = write_neo4j(hostile_view(), tmp_path)
    for row in rows(folder, "relationships.csv"):
        assert re.fullmatch(r"[A-Z0-9_]+", row[":TYPE"])
    for row in rows(folder, "nodes.csv"):
        assert re.fullmatch(r"Entity;[A-Za-z0-9_]+", row[":LABEL"])


@given(st.text())
def test_no_text_leaves_its_string_in_the_script(text: str) -> None:
    assert "\\u" not in _literal(text)
    assert len(unquote(_literal(text))) == len(text.replace("\r\n", "\n").replace("\0", ""))


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_hostile_text_stays_in_its_string(text: str) -> None:
    shown = unquote(_literal(text))
    assert re.sub(r"\s|\?", "", shown) == re.sub(r"[\s\x00-\x1f?\ud83d]", "", text)


def test_the_script_has_one_statement_for_each_label_and_type(tmp_path: Path) -> None:
    script = (write_neo4j(synthetic_view(60), tmp_path) / "load.cypher").read_text("utf-8")
    assert script.count("UNWIND") == script.count("MERGE") > 6
    assert "MERGE (n:Entity {uri: row.`uri`}) SET n += row SET n:`Person`;" in script
    assert "MERGE (START_ID)-[r:`MET_WITH` {edgeId: row.edgeId}]->(END_ID)" in script


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    view = synthetic_view(40)
    turned = GraphView(view.claims[::-1], view.entities[::-1], view.articles[::-1])
    first, second = write_neo4j(view, tmp_path / "1"), write_neo4j(turned, tmp_path / "2")
    for path in sorted(first.iterdir()):
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match="taken"):
        write_neo4j(synthetic_view(5), tmp_path / "taken")
