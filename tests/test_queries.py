"""The saved queries answer, over a few articles, what people ask of a graph of news."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import QueryError
from kg.pipeline import KnowledgeGraph, build, open_graph
from kg.queries import named_query, saved_queries

ARTICLES = (
    (
        "accra-talks",
        "The Accra Ledger",
        "2031-05-06",
        "ACCRA - Ghana's Foreign Minister Esi Boateng met Togo's President Kossi Amegan in Accra on Monday. "
        "Amegan visited Accra.",
    ),
    (
        "pyongyang",
        "Harbour Gazette",
        "2031-06-12",
        "PYONGYANG - Mongolia's President Bat Erdene visited North Korea on Tuesday. Erdene met Ri Sol Hyang in Pyongyang.",
    ),
    (
        "pyongyang-again",
        "Steppe Herald",
        "2031-06-13",
        "ULAN BATOR - Mongolian President Bat Erdene visited North Korea. He returned on Wednesday.",
    ),
    (  # another report of a house that has told it already
        "pyongyang-third",
        "Steppe Herald",
        "2031-06-20",
        "ULAN BATOR - Mongolian President Bat Erdene visited North Korea, his first journey of the year.",
    ),
    (
        "not-there",
        "Steppe Herald",
        "2031-06-21",
        "ULAN BATOR - Foreign Minister Otgon Bayar will visit North Korea in July. He has not visited South Korea.",
    ),
    (
        "quispe-2029",
        "Quito Courier",
        "2029-03-02",
        "QUITO - Ana Quispe became finance minister of Peru on Thursday.",
    ),
    (
        "quispe-2031",
        "Quito Courier",
        "2031-02-04",
        "LIMA - Ana Quispe, Peru's president, met Luis Vera in Lima on Monday. "
        "Quispe was finance minister from 2029 to 2030.",
    ),
    (
        "denial",
        "Quito Courier",
        "2031-02-07",
        "LIMA - Luis Vera denied that he had met Ana Quispe. The Andean Bank bought the Callao Port Company.",
    ),
    (
        "riviera",
        "Riviera Star",
        "2031-08-10",
        "NICE - A fire destroyed a hotel in Nice on Saturday. A storm struck Marseille, and an explosion in Lyon killed "
        "two people on Sunday.",
    ),
    ("milan", "Riviera Star", "2031-08-11", "MILAN - An explosion in Milan killed one person on Sunday."),
)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("queries")
    keys = ("id", "publisher", "published", "text")
    lines = (json.dumps(dict(zip(keys, article, strict=True))) for article in ARTICLES)
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build([folder / "articles.jsonl"], folder / "out")
    return open_graph(folder / "out")


def rows(graph: KnowledgeGraph, name: str, **bind: str) -> set[tuple[str, ...]]:
    found = graph.store.select(named_query(name), bind).rows
    assert len(found) == len(set(found)), "a row is told twice"
    return set(found)


def test_who_met_whom_and_when(graph: KnowledgeGraph) -> None:
    told = {
        (":Esi_Boateng", ":Kossi_Amegan", "2031-05-05", "article:accra-talks"),
        (":Ana_Quispe", ":Luis_Vera", "2031-02-03", "article:quispe-2031"),
        (":Bat_Erdene", ":Ri_Sol_Hyang", "", "article:pyongyang"),
    }
    assert rows(graph, "who-met-whom") == told | {(whom, who, *rest) for who, whom, *rest in told}


def test_whom_one_person_met(graph: KnowledgeGraph) -> None:
    met = rows(graph, "who-met-whom", who=":Luis_Vera")
    assert met == {(":Luis_Vera", ":Ana_Quispe", "2031-02-03", "article:quispe-2031")}


def test_who_visited_north_korea(graph: KnowledgeGraph) -> None:
    """Not who will, and not who has not."""
    assert rows(graph, "who-visited", place=":North_Korea") == {
        (":Bat_Erdene", ":North_Korea", "2031-06-10", "article:pyongyang"),
        (":Bat_Erdene", ":North_Korea", "", "article:pyongyang-again"),
        (":Bat_Erdene", ":North_Korea", "", "article:pyongyang-third"),
    }
    assert rows(graph, "who-visited", place=":South_Korea") == set()


def test_facts_of_two_independent_sources(graph: KnowledgeGraph) -> None:
    """Three articles, but two of them of one house."""
    found = rows(graph, "confirmed-facts")
    visit = (":Bat_Erdene", "kg:visited", ":North_Korea", "2", "3", "2031-06-12", "2031-06-20")
    assert visit in found
    assert {row[:2] for row in found} <= {
        (":Bat_Erdene", f"kg:{p}") for p in ("visited", "holdsPosition", "leaderOf", "positionIn")
    }


def test_the_offices_a_person_held_over_time(graph: KnowledgeGraph) -> None:
    """In order: minister, again as told afterwards, president."""
    table = graph.store.select(named_query("offices-over-time"), {"person": ":Ana_Quispe"})
    assert [(row[1], row[2], row[4]) for row in table.rows] == [
        ("finance minister of Peru", "2029-03-01", "article:quispe-2029"),
        ("finance minister", "2029/2030", "article:quispe-2031"),
        ("president", "", "article:quispe-2031"),
    ]


def test_everything_one_article_contributed(graph: KnowledgeGraph) -> None:
    found = rows(graph, "from-article", article="article:denial")
    claims = [claim for claim in graph.claims() if claim.article == "denial"]
    assert len(found) == len(claims) > 0
    assert {row[0] for row in found} == {"article:denial"}
    assert {(":Luis_Vera", "kg:metWith", ":Ana_Quispe", "denied")} < {row[1:5] for row in found}


def test_claims_that_somebody_denies(graph: KnowledgeGraph) -> None:
    [row] = [row for row in rows(graph, "denied-claims") if row[0] == ":Luis_Vera"]
    assert row[1:5] == (":Luis_Vera", "kg:metWith", ":Ana_Quispe", "article:quispe-2031")


@pytest.mark.parametrize(("place", "spot"), [("France", ":Lyon"), ("Lyon", ":Lyon"), ("Italy", ":Milan")])
def test_events_in_a_place_and_within_it(graph: KnowledgeGraph, place: str, spot: str) -> None:
    found = rows(graph, "events-in-a-place", within=place)
    assert {(row[1], row[3], row[4]) for row in found} == {(spot, f"explosion in {spot[1:]}", "2031-08-10")}


# ---- the shelf


def test_every_saved_query_has_a_title_and_tells_what_it_gives() -> None:
    assert len(saved_queries()) >= 7
    for query in saved_queries().values():
        assert query.title and query.description and "\n" not in query.title


@pytest.mark.parametrize("name", sorted(saved_queries()))
def test_every_saved_query_runs_from_the_command_line(graph: KnowledgeGraph, name: str) -> None:
    done = CliRunner().invoke(main, ["query", name, "-o", str(graph.folder), "--format", "csv"])
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) > 1, "no row"


def test_the_list_names_them_all() -> None:
    listed = CliRunner().invoke(main, ["query", "--list"]).stdout
    assert all(name in listed and query.title in listed for name, query in saved_queries().items())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["who-met-whim"], "there is who-met-whom"),
        (["who-met-whom", "--bind", "whoever=:Ana_Quispe"], "no variable ?whoever"),
        (["who-met-whom", "--bind", "who"], "write NAME=VALUE"),
        ([], "--list shows the saved ones"),
    ],
)
def test_what_goes_wrong_is_told(graph: KnowledgeGraph, arguments: list[str], told: str) -> None:
    done = CliRunner().invoke(main, ["query", *arguments, "-o", str(graph.folder)])
    assert done.exit_code != 0
    assert told in done.output


@pytest.mark.parametrize("text", ["O'Brien \"} UNION { ?s ?p ?o", "<not an iri>", "a\nb", ":x y"])
def test_a_bound_text_is_never_read_as_sparql(graph: KnowledgeGraph, text: str) -> None:
    try:
        assert rows(graph, "events-in-a-place", within=text) == set()
    except QueryError as error:
        assert "not an IRI" in str(error)
