"""Gazetteers: what a user's file gives, and what it says of bad rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.gazetteer import (
    Entry,
    gazetteer_hash,
    known_currencies,
    known_languages,
    known_organizations,
    load_gazetteers,
)
from kg.lexicon import Knowledge
from kg.model import Skipped

SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
HOMEPAGE = "http://xmlns.com/foaf/0.1/homepage"

CSV = """\
iri,name,type,aliases,sameAs,homepage,https://schema.org/memberOf
http://www.wikidata.org/entity/Q1,Norvik Shipping,Company,Norvik Lines|Norvik,https://sanctions.example/e/77,https://norvik.example/,https://sanctions.example/list
urn:ex:2,"Ortega, Ana",Person,Ana Ortega,,,
"""

TURTLE = """\
@prefix ex: <https://people.example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix schema: <https://schema.org/> .
ex:weber a schema:Person ; rdfs:label "Anna Weber"@en, "Anna Weberová"@cs ; skos:altLabel "A. M. Weber" ;
    owl:sameAs <http://www.wikidata.org/entity/Q2> ; schema:jobTitle "judge" .
ex:bank a <https://example.org/kg/ontology#Company> ; rdfs:label "Andean Bank" .
[] rdfs:label "nobody" .
"""


def read(tmp_path: Path, knowledge: Knowledge, name: str, text: str) -> tuple[tuple[Entry, ...], list[Skipped]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    skipped: list[Skipped] = []
    return load_gazetteers([path], knowledge, on_skip=skipped.append), skipped


def test_a_csv_row_gives_a_thing_with_its_names_and_all_that_it_says(tmp_path: Path, knowledge: Knowledge) -> None:
    (norvik, ortega), skipped = read(tmp_path, knowledge, "mine.csv", CSV)
    assert not skipped
    assert norvik.names == ("Norvik Shipping", "Norvik Lines", "Norvik")
    assert (norvik.referent.iri, norvik.referent.type, norvik.referent.origin) == (
        "http://www.wikidata.org/entity/Q1",
        "Company",
        "mine.csv",
    )
    assert set(norvik.referent.statements) == {
        (SAME_AS, "<https://sanctions.example/e/77>"),
        (HOMEPAGE, "<https://norvik.example/>"),
        ("https://schema.org/memberOf", "<https://sanctions.example/list>"),
    }
    assert ortega.names == ("Ortega, Ana", "Ana Ortega")


@pytest.mark.parametrize("ending", ["ttl", "nt", "rdf", "jsonld"])
def test_rdf_gives_the_same_in_every_syntax(tmp_path: Path, knowledge: Knowledge, ending: str) -> None:
    import rdflib

    formats = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
    graph = rdflib.Graph().parse(data=TURTLE, format="turtle")
    entries, skipped = read(tmp_path, knowledge, f"mine.{ending}", graph.serialize(format=formats[ending]))
    by_iri = {entry.referent.iri: entry for entry in entries}
    assert not skipped and set(by_iri) == {"https://people.example/weber", "https://people.example/bank"}
    weber = by_iri["https://people.example/weber"]
    assert (weber.referent.type, weber.referent.name) == ("Person", "Anna Weber")
    assert set(weber.names) == {"Anna Weber", "Anna Weberová", "A. M. Weber"}
    assert (SAME_AS, "<http://www.wikidata.org/entity/Q2>") in weber.referent.statements
    assert by_iri["https://people.example/bank"].referent.type == "Company"


@pytest.mark.parametrize(
    ("row", "line", "reason"),
    [
        ("not an iri,Norvik,Company", 2, "'not an iri' is no IRI"),
        (",Norvik,Company", 2, "no IRI"),
        ("urn:a,,Company", 2, "urn:a has no name"),
        ("urn:a,Norvik,Compnay", 2, "unknown type 'Compnay', did you mean 'Company'?"),
        ("urn:a,Norvik,", 2, "no type"),
        ("urn:a,Norvik,Company,,,,,", 2, "8 cells where the header has 4"),
        ("urn:b,Fine,Person\n\nurn:a,Norvik,Companies", 4, "unknown type 'Companies'"),
        ("urn:a,Norvik,Company\nurn:a,Norvik,Person", 3, "urn:a was a Company before and is a Person here"),
    ],
)
def test_a_bad_row_is_told_with_file_and_line(
    tmp_path: Path, knowledge: Knowledge, row: str, line: int, reason: str
) -> None:
    _, [skipped] = read(tmp_path, knowledge, "mine.csv", f"iri,name,type,aliases\n{row}\n")
    assert skipped.source == f"{tmp_path / 'mine.csv'}:{line}"
    assert skipped.reason.startswith(reason)


def test_a_subject_that_cannot_be_used_is_told_with_its_line(tmp_path: Path, knowledge: Knowledge) -> None:
    text = '@prefix r: <http://www.w3.org/2000/01/rdf-schema#> .\n<urn:x> r:label "X" .\n<urn:y> a <urn:Unknown> .\n'
    _, skipped = read(tmp_path, knowledge, "mine.ttl", text)
    assert [(s.source.rpartition(":")[2], s.reason) for s in skipped] == [("2", "no type"), ("3", "urn:y has no name")]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("mine.csv", "iri,name\n", "no column 'type'"),
        ("mine.csv", "iri,name,type,alias\n", "did you mean 'aliases'?"),
        ("mine.csv", "iri,name,type,name\n", "stands twice"),
        ("mine.csv", 'iri,name,type\nurn:a,"open,Person\n', "not valid CSV"),
        ("mine.csv", "", "no column 'iri'"),
        ("mine.ttl", "<urn:a> <urn:b> .\n", "not valid RDF"),
        ("mine.xlsx", "", "not a gazetteer by its ending"),
    ],
)
def test_a_file_that_is_no_gazetteer_is_one_clear_line(
    tmp_path: Path, knowledge: Knowledge, name: str, text: str, message: str
) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path, knowledge, name, text)
    assert "\n" not in str(caught.value) and name in str(caught.value)


def test_a_missing_file_and_one_that_is_not_text(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_gazetteers([tmp_path / "none.csv"], knowledge, on_skip=lambda _: None)
    (tmp_path / "bad.csv").write_bytes(b"iri,name,type\nurn:a,\xff,Person\n")
    with pytest.raises(InputError, match="not UTF-8"):
        load_gazetteers([tmp_path / "bad.csv"], knowledge, on_skip=lambda _: None)


def test_two_files_may_name_one_thing(tmp_path: Path, knowledge: Knowledge) -> None:
    for name, row in (("a.csv", "urn:a,Norvik,Company,"), ("b.csv", "urn:a,Norvik Lines,Company,NL Group")):
        (tmp_path / name).write_text(f"iri,name,type,aliases\n{row}\n", encoding="utf-8")
    [entry] = load_gazetteers([tmp_path / "a.csv", tmp_path / "b.csv"], knowledge, on_skip=lambda _: None)
    assert entry.names == ("Norvik", "Norvik Lines", "NL Group")


def test_the_hash_tells_other_content_and_is_empty_without_files(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("iri,name,type\n", encoding="utf-8")
    before = gazetteer_hash([path])
    path.write_text("iri,name,type\nurn:a,A,Person\n", encoding="utf-8")
    assert before != gazetteer_hash([path]) != gazetteer_hash([]) == ""


def test_what_ships_has_no_name_twice_and_only_known_classes(knowledge: Knowledge) -> None:
    from kg.compare import normalize_name

    seen: dict[str, str] = {}
    for entry in known_organizations(knowledge):
        assert knowledge.is_a(entry.referent.type, "Organization"), entry
        for name in {normalize_name(name) for name in entry.names}:
            assert seen.setdefault(name, entry.referent.key) == entry.referent.key, name


@pytest.mark.parametrize(("name", "code"), [("Korean", "ko"), ("Arabic", "ar"), ("Swahili", "sw"), ("Hawaiian", "haw")])
def test_languages_have_their_iso_639_code(name: str, code: str) -> None:
    [entry] = [entry for entry in known_languages() if name in entry.names]
    assert entry.referent.codes == (("iso639", code),)


@pytest.mark.parametrize(("name", "code"), [("Euro", "EUR"), ("Russian Ruble", "RUB"), ("US dollars", "USD")])
def test_currencies_have_their_iso_4217_code(name: str, code: str) -> None:
    [entry] = [entry for entry in known_currencies() if name in entry.names]
    assert entry.referent.codes == (("iso4217", code),)
