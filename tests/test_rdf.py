"""IRIs and quads: readable, collision-free, without blank nodes, and the same in independent parsers."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import Knowledge
from kg.lift import lift
from kg.model import (
    Argument,
    Article,
    Claim,
    Entity,
    EventMention,
    Evidence,
    Extraction,
    Mention,
    Span,
    Value,
    chain_key,
    content_id,
)
from kg.rdf import Cast, Names, article_quads, fact_quads, mint_entities, resolve_events, slug, sorted_quads
from kg.store import serialize

HOSTILE = 'Ana "\\\n\t</script> <b> {} ^` \u202e\u0000 Sow; DROP'


def extraction(name: str = "Ana Sow", *, status: str = "asserted", article: str = "a") -> Extraction:
    text = f"{name} visited Lima."
    end = len(name)
    who = Mention("m1", article, Span(0, end), name, name, "Person", "ana")
    where = Mention("m2", article, Span(end + 9, end + 13), "Lima", "Lima", "City", "lima")
    evidence = Evidence(article, Span(0, len(text)), Span(end + 1, end + 8), "visited", "events", "visit")
    roles = (Argument("agent", "m1"), Argument("place", "m2"))
    event = EventMention("e1", article, "Visit", roles, evidence, status)  # type: ignore[arg-type]
    visit = Claim(f"c1{article}", article, "m1", "visited", Argument("object", "m2"), evidence, status, "e1")  # type: ignore[arg-type]
    age = Claim(f"c2{article}", article, "m1", "age", Argument("object", "", Value("48", "integer")), evidence)
    return Extraction(Article(article, text, title=name), (who, where), (event,), (visit, age))


def quads(*extractions: Extraction, knowledge: Knowledge) -> list[ox.Quad]:
    names = Names()
    members: dict[str, set[str]] = {}
    for e in extractions:
        for m in e.mentions:
            members.setdefault(f"{m.name}/{m.type}", set()).add(chain_key(m))
    entities = mint_entities(
        [
            Entity(content_id(k), k.rsplit("/", 1)[1], k.rsplit("/", 1)[0], members=tuple(sorted(v)))
            for k, v in sorted(members.items())
        ],
        names,
    )
    entity_of = {m: e for e in entities for m in e.members}
    claims = lift(extractions, entity_of, knowledge, names)
    found: list[ox.Quad] = []
    events = []
    for e in extractions:
        cast = Cast(e, entity_of)
        found += article_quads(e, [c for c in claims if c.article == e.article.id], cast, knowledge, names)
        events += resolve_events(e, cast, knowledge, names)
    return sorted_quads([*found, *fact_quads(claims, events, entities, knowledge, names)])


def facts(all_quads: list[ox.Quad]) -> set[tuple[str, str, str]]:
    graph = Names().graph("facts")
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in all_quads if q.graph_name == graph}


VISITED = (
    "<https://example.org/kg/id/Ana_Sow>",
    "<https://example.org/kg/ontology#visited>",
    "<https://example.org/kg/id/Lima>",
)


def test_an_asserted_claim_is_a_plain_triple(knowledge: Knowledge) -> None:
    assert VISITED in facts(quads(extraction(), knowledge=knowledge))


@pytest.mark.parametrize("status", ["reported", "planned", "possible", "alleged", "denied", "negated"])
def test_no_other_claim_is(knowledge: Knowledge, status: str) -> None:
    found = quads(extraction(status=status), knowledge=knowledge)
    assert VISITED not in facts(found)
    assert not any("/event/" in s for s, _, _ in facts(found)), "nor its event"
    assert any(q.object == ox.Literal(status) for q in found), "but the claim is there with its status"


@pytest.mark.parametrize("name", ["Ana Sow", HOSTILE, "📰", "\ud800", "a" * 500, "..", "%2F", "李洪忠"])
def test_any_name_gives_valid_rdf_without_blank_nodes(knowledge: Knowledge, name: str) -> None:
    found = quads(extraction(name), knowledge=knowledge)
    assert not any(isinstance(t, ox.BlankNode) for q in found for t in (q.subject, q.object, q.graph_name))
    for form, syntax in (("nquads", "nquads"), ("trig", "trig")):
        graph = rdflib.Dataset()
        graph.parse(data=serialize(found, form, Names().prefixes()), format=syntax)
        assert len(list(graph.quads())) == len(found)


def test_namesakes_get_iris_of_their_own() -> None:
    names = Names()
    people = [
        Entity("1" * 16, "Person", "Kim", members=("a#1", "b#1")),
        Entity("2" * 16, "City", "Kim", members=("c#1",)),
    ]
    forward = {e.id: e.iri for e in mint_entities(people, names)}
    assert forward == {e.id: e.iri for e in mint_entities(reversed(people), names)}
    assert len(set(forward.values())) == 2
    assert forward["1" * 16].endswith("/id/Kim")


@given(st.text(max_size=40))
def test_a_slug_is_a_path_segment(name: str) -> None:
    assert not set(slug(name)) & set('/?#<>"{}|\\^` \n')


def rapper() -> str:
    found = shutil.which("rapper")
    if found is None:
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    return found


def test_an_independent_parser_reads_the_facts(knowledge: Knowledge, tmp_path: Path) -> None:
    found = quads(extraction(HOSTILE), knowledge=knowledge)
    graph = Names().graph("facts")
    triples = [q.triple for q in found if q.graph_name == graph]
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialize(triples, "turtle", Names().prefixes()))
    done = subprocess.run([rapper(), "-c", "-i", "turtle", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert f"returned {len(triples)} triples" in done.stderr
    assert "Warning" not in done.stderr
