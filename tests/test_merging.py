"""The whole way: articles that tell one event, copy, contradict and correct each other, and what the graph answers."""

from __future__ import annotations

import csv
import io
import itertools
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.config import Config
from kg.pipeline import FILES, KnowledgeGraph, build, open_graph, remove

pytestmark = pytest.mark.model

MEETING = "President Ana Quispe of Peru met President Luis Vera of Ecuador in Quito on Tuesday. "
REST = (
    "The two leaders spoke about the rivers that cross the border, about the price of copper and about a bridge that "
    "engineers from both sides have planned for years. Farmers in the valley hope that water will reach their fields before "
    "the harvest. A spokesman promised that maps will be published in spring, and that nobody will lose land without payment."
)
ARTICLES = [
    {"id": "courier", "published": "2031-03-05", "publisher": "Courier", "text": MEETING + REST},
    {"id": "copy", "published": "2031-03-06", "publisher": "Evening Post", "text": MEETING + REST},
    {
        "id": "ledger",
        "published": "2031-03-06",
        "publisher": "Ledger",
        "text": "Luis Vera met Ana Quispe in Ecuador on Tuesday. An explosion in Loja on Wednesday killed 14 people.",
    },
    {
        "id": "denial",
        "published": "2031-03-07",
        "publisher": "Gazette",
        "text": "Luis Vera denied that he met Ana Quispe on Tuesday. Ana Quispe met Luis Vera in Lima on Thursday.",
    },
    {
        "id": "correction",
        "published": "2031-03-08",
        "publisher": "Ledger",
        "text": "Correction: The explosion in Loja on Wednesday killed 12 people. It did not kill 14 people.",
    },
]
NAMES = ["graph.ttl", "dataset.trig", "dataset.nq", "claims.jsonl", "graph.html"]
KEPT = ["entities.jsonl", "judgements.jsonl", "origins.jsonl", "conflicts.jsonl"]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("articles")
    for article in ARTICLES:
        (folder / f"{article['id']}.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    return {str(a["id"]): folder / f"{a['id']}.jsonl" for a in ARTICLES}


@pytest.fixture(scope="module")
def graph(inputs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    output = tmp_path_factory.mktemp("whole")
    build(inputs.values(), output)
    return open_graph(output)


def contents(output: Path) -> dict[str, bytes]:
    """All files that must not depend on how they came about."""
    assert set(NAMES) < set(FILES)
    return {name: (output / name).read_bytes() for name in [*NAMES, *(f"store/{name}" for name in KEPT)]}


def rows(graph: KnowledgeGraph, sparql: str) -> list[tuple[str, ...]]:
    return sorted(graph.store.select(sparql).rows)


def test_a_meeting_in_three_articles_is_one_and_another_day_is_another(graph: KnowledgeGraph) -> None:
    asked = "SELECT ?event ?time WHERE { ?event a kg:Meeting ; kg:agent|kg:patient :Ana_Quispe ; kg:time ?time }"
    assert [time for _, time in rows(graph, asked)] == ["2031-03-04", "2031-03-06"]


def test_an_event_knows_its_sources(graph: KnowledgeGraph) -> None:
    asked = """SELECT ?articles ?sources ?first ?last WHERE {
        ?event a kg:Meeting ; kg:time "2031-03-04"^^xsd:date .
        GRAPH graph:support {
            ?event kg:support ?articles ; kg:publisherCount ?sources ; kg:firstReported ?first ; kg:lastReported ?last
        }
    }"""
    assert rows(graph, asked) == [("3", "2", "2031-03-05", "2031-03-06")]


def test_facts_with_two_independent_sources(graph: KnowledgeGraph) -> None:
    asked = """SELECT ?subject ?object WHERE { GRAPH graph:support {
        ?fact rdf:subject ?subject ; rdf:predicate kg:metWith ; rdf:object ?object ; kg:publisherCount ?sources
        FILTER (?sources >= 2)
    } }"""
    assert rows(graph, asked) == [(":Ana_Quispe", ":Luis_Vera")]
    only_copied = """SELECT ?fact WHERE { GRAPH graph:support {
        ?fact rdf:predicate ?p ; kg:support 2 ; kg:publisherCount 2 ; kg:supportedBy ?claim
    } GRAPH article:copy { ?claim a kg:Claim } }"""
    assert not rows(graph, only_copied), "a copy makes no second source"


def test_who_met_whom_and_when(graph: KnowledgeGraph) -> None:
    asked = """SELECT DISTINCT ?who ?time WHERE {
        ?event a kg:Meeting ; kg:time ?time ; kg:agent|kg:patient :Ana_Quispe, ?who FILTER (?who != :Ana_Quispe)
    }"""
    assert rows(graph, asked) == [(":Luis_Vera", "2031-03-04"), (":Luis_Vera", "2031-03-06")]


def test_claims_denied_by_somebody(graph: KnowledgeGraph) -> None:
    asked = """SELECT DISTINCT ?denier ?sentence WHERE {
        GRAPH graph:conflicts { ?conflict kg:conflictKind "dispute" ; kg:otherSide ?denial }
        GRAPH ?article { ?denial kg:status "denied" ; kg:attributedTo ?denier ; kg:evidenceSentence ?sentence }
    }"""
    assert rows(graph, asked) == [(":Luis_Vera", "Luis Vera denied that he met Ana Quispe on Tuesday.")]


def test_both_sides_of_a_conflict_stay(graph: KnowledgeGraph) -> None:
    told = {sides.conflict.predicate: sides for sides in graph.conflicts()}
    assert {sides.conflict.kind for sides in told.values()} == {"dispute", "correction"}
    toll = told["killedCount"]
    assert toll.conflict.kind == "correction"
    assert (toll.conflict.left_value, toll.conflict.right_value) == ("14", "12")
    assert {claim.article for claim in toll.left} == {"ledger"}
    assert {claim.article for claim in toll.right} == {"correction"}
    values = "SELECT ?value WHERE { ?event a kg:Explosion ; kg:killedCount ?value }"
    assert rows(graph, values) == [("12",), ("14",)]
    met = told["metWith"]
    assert {claim.article for claim in met.left} == {"courier", "copy", "ledger"}
    assert {claim.article for claim in met.right} == {"denial"}


def test_the_decision_is_explained(graph: KnowledgeGraph) -> None:
    found = graph.explain("Ana Quispe", "metWith", "Luis Vera")
    reasons = [reason for e in found for j in e.judgements if j.verdict == "same" for reason in j.reasons]
    assert "same day: 2031-03-04" in reasons
    (fact,) = [e for e in found if e.is_fact and e.support and e.support.articles == 4]
    assert fact.support and fact.support.publishers == 3
    asked = """SELECT DISTINCT ?reason WHERE { GRAPH graph:entities { ?judgement kg:left ?mention ; kg:reason ?reason }
        GRAPH ?article { ?mention a kg:EventMention } }"""
    assert ("same day: 2031-03-04",) in rows(graph, asked)


def test_the_command_lists_conflicts_in_each_form(graph: KnowledgeGraph) -> None:
    def run(*more: str) -> str:
        done = CliRunner().invoke(main, ["conflicts", "-o", str(graph.folder), *more])
        assert done.exit_code == 0, done.output
        return done.stdout

    text = run()
    assert "correction" in text and "14 / 12" in text and "ledger, 2031-03-06" in text
    nested = json.loads(run("--format", "json"))
    assert {len(conflict["sides"]) for conflict in nested} == {2}
    table = list(csv.DictReader(io.StringIO(run("--format", "csv"))))
    assert {row["side"] for row in table} == {"left", "right"}
    assert {row["conflict"] for row in table} == {conflict["id"] for conflict in nested}


def test_the_command_shows_support(graph: KnowledgeGraph) -> None:
    done = CliRunner().invoke(main, ["explain", "Ana Quispe", "metWith", "-o", str(graph.folder)])
    assert "4 articles of 3 independent sources, 2031-03-05 to 2031-03-07" in done.stdout
    done = CliRunner().invoke(main, ["info", "-o", str(graph.folder)])
    assert "best supported:" in done.stdout and "Ana Quispe | metWith | Luis Vera" in done.stdout


def test_the_user_parts_events_for_good(inputs: dict[str, Path], tmp_path: Path) -> None:
    chosen = [inputs["courier"], inputs["ledger"]]
    build(chosen, tmp_path / "out")
    meetings = "SELECT DISTINCT ?event WHERE { ?event a kg:Meeting }"
    graph = open_graph(tmp_path / "out")
    assert len(rows(graph, meetings)) == 1
    (judgement,) = [j for j in graph.judgements() if "same day: 2031-03-04" in j.reasons]
    decisions = tmp_path / "decisions.tsv"
    decisions.write_text(f"different\t{judgement.left}\t{judgement.right}\n", encoding="utf-8")
    for _ in range(2):  # and a rebuild keeps it
        build(chosen, tmp_path / "out", config=Config(decisions=str(decisions)))
        assert len(rows(open_graph(tmp_path / "out"), meetings)) == 2


ENTITY = "https://example.org/kg/id/"


@pytest.mark.parametrize(
    ("decision", "number"),
    [
        ("", 2),
        ("same\tAna Quispe\tAnka Quispe\n", 1),
        (f"same\t{ENTITY}Ana_Quispe\t{ENTITY}Anka_Quispe\n", 1),
    ],
)
def test_the_user_unites_people_for_good(tmp_path: Path, decision: str, number: int) -> None:
    texts = {"a.txt": "Ana Quispe visited Lima.", "b.txt": "Anka Quispe visited Quito."}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    decisions = tmp_path / "decisions.tsv"
    decisions.write_text(decision, encoding="utf-8")
    for _ in range(2):  # the IRI of the second is gone then, and still known
        build([tmp_path / name for name in texts], tmp_path / "out", config=Config(decisions=str(decisions)))
        graph = open_graph(tmp_path / "out")
        assert len(rows(graph, "SELECT DISTINCT ?who WHERE { ?who kg:visited ?place }")) == number
    explained = CliRunner().invoke(main, ["explain", "Ana Quispe", "-o", str(tmp_path / "out")])
    assert ("decided by the user" in explained.output) is bool(decision)


def test_what_follows_stands_in_a_graph_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ana Quispe is a spokesperson for the Harbour Institute.", encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out")
    graph = open_graph(tmp_path / "out")
    for name, holds in (("inferred", True), ("facts", False)):
        found = rows(graph, f"SELECT ?in WHERE {{ GRAPH graph:{name} {{ :Ana_Quispe kg:affiliatedWith ?in }} }}")
        assert (found == [(":Harbour_Institute",)]) is holds


@pytest.mark.parametrize("order", [(4, 3, 2, 1, 0), (2, 0, 4, 1, 3)])
def test_the_order_of_adding_never_shows(
    order: tuple[int, ...], inputs: dict[str, Path], graph: KnowledgeGraph, tmp_path: Path
) -> None:
    paths = list(inputs.values())
    for i in order:
        build([paths[i]], tmp_path, add=True)
    assert contents(tmp_path) == contents(graph.folder)


@pytest.mark.parametrize("extra", ["copy", "ledger", "denial", "correction"])
def test_a_plus_b_minus_b_is_a(extra: str, inputs: dict[str, Path], tmp_path: Path) -> None:
    others = [path for name, path in inputs.items() if name != extra]
    build(others, tmp_path / "alone")
    build(others, tmp_path / "out")
    build([inputs[extra]], tmp_path / "out", add=True)
    changed = [n for n, (a, b) in _pairs(contents(tmp_path / "alone"), contents(tmp_path / "out")) if a != b]
    assert "dataset.nq" in changed
    remove([extra], tmp_path / "out")
    assert contents(tmp_path / "out") == contents(tmp_path / "alone")


def _pairs(left: dict[str, bytes], right: dict[str, bytes]) -> list[tuple[str, tuple[bytes, bytes]]]:
    return [(name, (left[name], right[name])) for name in itertools.chain(left)]
