"""Linking in a built graph: where linked knowledge stands, that it is no claim, and that it is exact."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.config import Config
from kg.errors import InputError
from kg.pipeline import build, open_graph, remove
from tests.test_incremental import contents

pytestmark = pytest.mark.model

ARTICLES = {
    "a": "Monday, May 5, 2031\n\nTBILISI (AP) - President Ana Quispe of Peru met Armenian ministers in Tbilisi, Georgia, on Sunday. "
    "The Andean Bank will open an office in Arequipa, she said.",
    "b": "May 6, 2031\n\nATLANTA - Voters in Atlanta, Georgia, went to the polls. The governor of Georgia, Tom Belmont, thanked them. "
    "President Ana Quispe of Peru sent a letter.",
}
ROWS = """\
iri,name,type,aliases,sameAs,homepage
http://www.wikidata.org/entity/Q901,Ana Quispe,Person,,https://sanctions.example/e/9,https://quispe.example/
"""
LINKED = "GRAPH graph:linked"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "people.csv").write_text(ROWS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def config(texts: Path) -> Config:
    return Config(gazetteer=(str(texts / "people.csv"),))


@pytest.fixture(scope="module")
def output(texts: Path, config: Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    build(sorted(texts.glob("*.txt")), folder, config=config)
    return folder


def ask(output: Path, sparql: str) -> bool:
    return bool(open_graph(output).query(f"ASK {{ {sparql} }}"))


def test_a_city_is_in_its_country_by_linked_knowledge_and_by_no_claim(output: Path) -> None:
    tbilisi = "?city rdfs:label 'Tbilisi' ; owl:sameAs <https://sws.geonames.org/611717/>"
    assert ask(output, f"{tbilisi} ; kg:capitalOf ?c . ?c owl:sameAs <https://sws.geonames.org/614540/>")
    arequipa = "?city rdfs:label 'Arequipa' ; kg:locatedIn ?c . ?c rdfs:label 'Peru' ; kg:iso3166Alpha2 'PE'"
    assert ask(output, f"{arequipa} . {LINKED} {{ ?city kg:locatedIn ?c }}")
    assert not ask(output, f"{arequipa} . GRAPH ?g {{ ?claim a kg:Claim ; rdf:subject ?city ; rdf:object ?c }}")
    assert not ask(output, f"{arequipa} . GRAPH graph:facts {{ ?city ?any ?c }}")


def test_linked_knowledge_names_its_source(output: Path) -> None:
    assert ask(output, f"{LINKED} {{ graph:linked prov:wasDerivedFrom <https://www.geonames.org/> }}")


def test_the_country_and_the_state_are_two_nodes(output: Path) -> None:
    country, state = "<https://sws.geonames.org/614540/>", "<https://sws.geonames.org/4197000/>"
    assert ask(
        output, f"?a owl:sameAs {country} ; a kg:Country . ?b owl:sameAs {state} ; a kg:Region . FILTER (?a != ?b)"
    )
    assert ask(
        output, f"?b owl:sameAs {state} ; kg:iso3166Part2 'US-GA' ; kg:locatedIn ?us . ?us rdfs:label 'United States'"
    )


def test_a_list_gives_whatever_it_says(output: Path) -> None:
    assert ask(
        output,
        f"{LINKED} {{ ?p owl:sameAs <http://www.wikidata.org/entity/Q901> , <https://sanctions.example/e/9> ;"
        " <http://xmlns.com/foaf/0.1/homepage> <https://quispe.example/> } ?p rdfs:label 'Ana Quispe'",
    )
    [person] = [e for e in open_graph(output).entities() if e.name == "Ana Quispe"]
    assert {member.partition("#")[0] for member in person.members} == {"a", "b"}


def test_every_link_is_a_judgement_with_score_and_reasons(output: Path) -> None:
    iri = "<https://sws.geonames.org/4197000/>"
    assert ask(
        output,
        f"GRAPH graph:entities {{ ?j a kg:Judgement ; kg:left ?mention ; kg:right {iri} ; kg:verdict 'same' ; kg:score ?s ;"
        " kg:reason 'spoken of as a region' } FILTER (?s > 0.5)",
    )


def test_explain_shows_the_link(output: Path) -> None:
    done = CliRunner().invoke(main, ["explain", "Ana Quispe", "-o", str(output)])
    assert done.exit_code == 0, done.output
    assert (
        "and http://www.wikidata.org/entity/Q901: same (0.95; known by the name Ana Quispe in people.csv)"
        in done.output
    )


def test_a_plus_b_minus_b_is_a_with_lists_and_decisions(texts: Path, config: Config, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.tsv"
    decisions.write_text("different\tTbilisi\thttps://sws.geonames.org/611717/\n", encoding="utf-8")
    own = replace(config, decisions=str(decisions))
    build([texts / "a.txt"], tmp_path / "alone", config=own)
    build([texts / "a.txt"], tmp_path / "out", config=own)
    build([texts / "b.txt"], tmp_path / "out", config=own, add=True)
    assert contents(tmp_path / "out") != contents(tmp_path / "alone")
    remove(["b"], tmp_path / "out", config=open_graph(tmp_path / "out").config)
    assert contents(tmp_path / "out") == contents(tmp_path / "alone")
    assert not ask(tmp_path / "out", "?city owl:sameAs <https://sws.geonames.org/611717/>")


def test_another_list_links_anew_without_reading_anew(texts: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text(ROWS, encoding="utf-8")
    own = Config(gazetteer=(str(people),))
    build([texts / "a.txt"], tmp_path / "out", config=own)
    assert build([texts / "a.txt"], tmp_path / "out", config=own).counts.get("graph unchanged") == 1
    people.write_text(ROWS.replace("Q901", "Q902"), encoding="utf-8")
    report = build([texts / "a.txt"], tmp_path / "out", config=own)
    assert not report.counts.get("articles extracted") and not report.counts.get("graph unchanged")
    assert ask(tmp_path / "out", "?p owl:sameAs <http://www.wikidata.org/entity/Q902>")
    assert not ask(tmp_path / "out", "?p owl:sameAs <http://www.wikidata.org/entity/Q901>")


def test_a_bad_row_is_reported_and_stops_a_strict_build(texts: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text(ROWS + "nowhere,Tom Belmont,Person,,,\n", encoding="utf-8")
    done = CliRunner().invoke(
        main, ["build", str(texts / "b.txt"), "-o", str(tmp_path / "out"), "--gazetteer", str(people)]
    )
    assert done.exit_code == 0, done.output
    assert f"left out: {people}:3: 'nowhere' is no IRI" in done.output
    assert ask(tmp_path / "out", "?p owl:sameAs <http://www.wikidata.org/entity/Q901>")
    with pytest.raises(InputError, match="'nowhere' is no IRI"):
        build([texts / "b.txt"], tmp_path / "strict", config=Config(gazetteer=(str(people),)), strict=True)
