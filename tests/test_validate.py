"""Validation: which claims cannot be facts, what breaks a shape, and how a person is told."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import InputError, OntologyError
from kg.lexicon import ONTOLOGY, Knowledge, load_knowledge, ontology_folder
from kg.model import Article, Entity, Extraction, Mention, ResolvedClaim, Span
from kg.pipeline import open_graph
from kg.rdf import Names
from kg.validate import (
    ValidationReport,
    known_types,
    misfits,
    quarantine_quads,
    quarantined,
    read_rdf,
    report_as_json,
    report_as_turtle,
    shortener,
    validate_graph,
)

NAMES = Names()


def kg(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


# ---- claims that cannot be facts


def claim(
    predicate: str, subject_type: str, object_type: str | None, value: str = "Quito", datatype: str | None = None
) -> ResolvedClaim:
    words: dict[str, Any] = dict.fromkeys(ResolvedClaim.__slots__, "")
    return ResolvedClaim(
        **words
        | {
            "id": "c",
            "article": "a",
            "subject": "Ana",
            "subject_iri": "urn:ana",
            "subject_type": subject_type,
            "predicate": predicate,
            "predicate_iri": ONTOLOGY + predicate,
            "object": value,
            "object_iri": f"urn:{value}" if object_type else None,
            "object_type": object_type,
            "datatype": datatype,
            "status": "asserted",
        }
    )


@pytest.mark.parametrize(
    ("it", "reason"),
    [
        pytest.param(claim("bornIn", "Company", "City"), "", id="no declared contradiction between company and people"),
        pytest.param(
            claim("bornIn", "City", "City"), "takes people as subject; Ana is a city", id="a city is born nowhere"
        ),
        pytest.param(claim("bornIn", "Person", "Person"), "takes a place as object", id="nobody is born in a person"),
        pytest.param(claim("bornIn", "Person", "Facility"), "", id="a class below the range"),
        pytest.param(claim("bornIn", "Entity", "Entity"), "", id="a class above it: the thing may be one"),
        pytest.param(claim("bornIn", "Starship", "Nebula"), "", id="classes that the ontology does not know"),
        pytest.param(
            claim("bornIn", "Concept", "City"), "", id="what no noun list knows is a concept: it may be a person"
        ),
        pytest.param(claim("bornIn", "Group", "City"), "", id="groups share what people do"),
        pytest.param(claim("bornIn", "Visit", "City"), "Ana is a visit", id="an event is no person"),
        pytest.param(claim("bornIn", "Person", None, datatype="string"), "", id="a place named by words alone"),
        pytest.param(claim("leaderOf", "Party", "Country"), "", id="a party rules"),
        pytest.param(claim("affiliatedWith", "Vehicle", "Country"), "", id="a ship is tied to a state"),
        pytest.param(claim("mends", "City", "Person"), "", id="an open predicate takes everything"),
        pytest.param(claim("age", "Person", None, "48", "integer"), "", id="an age in years"),
        pytest.param(claim("age", "Person", None, "about 40", "string"), "takes a number", id="an age in words"),
        pytest.param(claim("age", "Person", "City"), "takes a value", id="an age is no thing"),
        pytest.param(claim("metWith", "Person", "Person", "ana"), "itself", id="nobody meets himself"),
        pytest.param(claim("locatedIn", "Facility", "Facility", "ana"), "itself", id="nothing lies in itself"),
        pytest.param(claim("blamed", "Person", "Person", "ana"), "", id="but people blame themselves"),
    ],
)
def test_what_cannot_be_a_fact(it: ResolvedClaim, reason: str, knowledge: Knowledge) -> None:
    found = misfits([it], {}, knowledge)
    assert bool(found) is bool(reason)
    assert reason in "; ".join(found.get("c", ()))


def test_one_guess_that_fits_is_enough(knowledge: Knowledge) -> None:
    """An article took the name for a city, another for a person: the claim is about the person."""
    it = claim("bornIn", "City", "City")
    assert misfits([it], {"urn:ana": frozenset({"City", "Facility"})}, knowledge)
    assert not misfits([it], {"urn:ana": frozenset({"City", "Person"})}, knowledge)


def test_the_classes_of_a_thing_are_those_of_all_its_mentions() -> None:
    def read(article: str, cls: str) -> Extraction:
        return Extraction(Article(article, "Ana"), (Mention("m", article, Span(0, 3), "Ana", "Ana", cls, "ana"),))

    entity = Entity("e", "Person", "Ana", "urn:ana", members=("a#ana", "b#ana"))
    found = known_types([read("a", "Person"), read("b", "City")], {"a#ana": entity, "b#ana": entity})
    assert found == {"urn:ana": frozenset({"Person", "City"})}


def test_a_quarantined_claim_is_kept_with_its_reason(knowledge: Knowledge) -> None:
    it = claim("bornIn", "City", "City")
    quads = list(quarantine_quads([it, claim("visited", "Person", "City")], misfits([it], {}, knowledge), NAMES))
    [kept] = quarantined(quads, NAMES)
    assert kept.claim == NAMES.claim("c").value
    assert "takes people" in kept.reasons[0]
    assert {q.graph_name for q in quads} == {NAMES.graph("quarantine")}


TEXT = "May 5, 2031\n\nPeruvian President Ana Quispe visited Quito on Sunday."


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A graph built with an ontology in which one visits people alone: the output and the ontology folder."""
    folder = tmp_path_factory.mktemp("strange")
    ontology = Path(shutil.copytree(ontology_folder(), folder / "ontology"))
    text = (ontology / "kg.ttl").read_text("utf-8")
    start = text.index("kg:visited a ")
    block = text[start : text.index("\n\n", start)]
    changed = block.replace("rdfs:range kg:Entity", "rdfs:range kg:People").replace(
        "rdfs:range kg:Place", "rdfs:range kg:People"
    )
    assert changed != block
    (ontology / "kg.ttl").write_text(text.replace(block, changed), encoding="utf-8")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    done = kg("build", folder / "a.txt", "--ontology", ontology, "-o", folder / "out")
    assert done.exit_code == 0, done.output
    assert "quarantined" in done.output
    return folder / "out", ontology


@pytest.mark.model
class TestQuarantine:
    def test_it_is_no_fact(self, strange: tuple[Path, Path]) -> None:
        graph = open_graph(strange[0])
        assert not graph.store.query("ASK { ?who kg:visited ?place }")
        assert graph.store.query("ASK { GRAPH graph:quarantine { ?c kg:quarantinedBecause ?why } }")
        assert "visited :Quito" not in (strange[0] / "graph.ttl").read_text("utf-8")

    def test_it_is_not_lost(self, strange: tuple[Path, Path]) -> None:
        assert "visited" in {c.predicate for c in open_graph(strange[0]).claims()}

    def test_it_is_counted(self, strange: tuple[Path, Path]) -> None:
        report = json.loads((strange[0] / "report.json").read_text("utf-8"))
        assert report["counts"]["quarantined"] == 1

    def test_explain_says_why(self, strange: tuple[Path, Path]) -> None:
        done = kg("explain", "-", "visited", "Quito", "-o", strange[0])
        assert "[no fact]" in done.output
        assert "quarantined: “visited” takes people as object; Quito is a city" in done.output

    def test_validate_shows_it_and_conforms(self, strange: tuple[Path, Path]) -> None:
        done = kg("validate", "-o", strange[0], "--ontology", strange[1])
        assert done.exit_code == 0, done.output
        assert "quarantined: Ana Quispe visited Quito" in done.output
        assert "conforms: 0 violations" in done.output and "1 claims quarantined" in done.output

    def test_a_graph_knows_the_ontology_that_it_was_built_with(self, strange: tuple[Path, Path]) -> None:
        own = strange[1] / "shapes" / "towns.ttl"
        own.parent.mkdir()
        own.write_text(OWN.replace("kg:Vehicle", "kg:City").replace("a ship", "a town"), encoding="utf-8")
        try:
            done = kg("validate", "-o", strange[0])
            assert done.exit_code == 3 and "a town has an owner" in done.output
            assert kg("validate", "-o", strange[0], "--ontology", ontology_folder()).exit_code == 0
        finally:
            shutil.rmtree(own.parent)


# ---- shapes


def check(turtle: str, *shapes: Path, knowledge: Knowledge) -> ValidationReport:
    head = (
        f"@prefix kg: <{ONTOLOGY}> . @prefix : <urn:x:> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix prov: <http://www.w3.org/ns/prov#> . "
    )
    quads = ox.parse((head + turtle).encode(), format=ox.RdfFormat.TURTLE)
    return validate_graph(quads, knowledge, NAMES, shapes=shapes)


RIGHT = """
:a a kg:Article ; rdfs:label "Ferry" .
:m a kg:Mention ; kg:mentionedIn :a ; kg:start 0 ; kg:end 3 ; kg:text "Ana" ; kg:kind "name" ; kg:refersTo :ana .
:ana a kg:Person ; rdfs:label "Ana" ; kg:age 48 .
:lima a kg:City ; rdfs:label "Lima" .
:c a kg:Claim ; rdf:subject :ana ; rdf:predicate kg:visited ; rdf:object :lima ; kg:status "asserted" ;
    kg:confidence 0.8 ; prov:wasDerivedFrom :a ; kg:evidenceSentence "She came." ; kg:start 1 ; kg:end 4 .
:f a kg:Inference ; rdf:subject :ana ; rdf:predicate kg:visited ; rdf:object :lima ; kg:inferredBy :r ; kg:premise :g .
:g a kg:Fact ; rdf:subject :ana ; rdf:predicate kg:visited ; rdf:object :lima .
:r a kg:Rule ; rdfs:label "Who comes, visits." .
:j a kg:Judgement ; kg:verdict "same" ; kg:score 0.9 ; kg:reason "one name" .
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("", "", ""),
        ('"asserted"', '"certain"', "the status must be one of those"),
        ("kg:confidence 0.8", "kg:confidence 1.8", "between 0 and 1"),
        ("kg:start 1 ; kg:end 4", "kg:start 4 ; kg:end 1", "before its end"),
        ("kg:start 1 ; kg:end 4", "kg:start 1.5 ; kg:end 4", "it needs one start"),
        ('kg:evidenceSentence "She came." ;', "", "no claim without evidence"),
        ("prov:wasDerivedFrom :a ;", "", "must name its article"),
        (
            "rdf:subject :ana ; rdf:predicate kg:visited ; rdf:object :lima ; kg:status",
            "kg:status",
            "it needs one subject",
        ),
        ('rdfs:label "Ferry"', 'kg:url "x"', "it needs a label"),
        (':lima a kg:City ; rdfs:label "Lima"', ":lima a kg:City", "it needs a label"),
        ('kg:kind "name"', 'kg:kind "noun"', "a name, a nominal or a pronoun"),
        ("kg:refersTo :ana", "kg:refersTo :ana , :lima", "stands for one entity"),
        ("kg:mentionedIn :a", "kg:mentionedIn :lima", "the one article"),
        ("kg:age 48", "kg:age 200", "from 0 to 130"),
        ("kg:age 48", 'kg:age "old"', "from 0 to 130"),
        (":ana a kg:Person", ":ana a kg:Person , kg:City", "both a person and a place"),
        ("kg:inferredBy :r ; ", "", "names the one rule"),
        ("kg:premise :g", "kg:premise :lima", "names what it follows from"),
        ('kg:verdict "same"', 'kg:verdict "equal"', "same, different or unsure"),
        (":j a kg:Judgement", "[] a kg:Judgement", "it needs an IRI"),
        ("kg:age 48", "kg:bornIn :ana", "“born in” takes a place as object, and this is a person"),
        ("kg:age 48", "kg:agee 48", "kg:agee is no term of the ontology"),
        (":lima a kg:City", ":lima a kg:Citty", "kg:Citty is no term of the ontology"),
    ],
)
def test_shapes_tell_a_right_graph_from_a_wrong_one(right: str, wrong: str, message: str, knowledge: Knowledge) -> None:
    assert right in RIGHT
    report = check(RIGHT.replace(right, wrong, 1) if right else RIGHT, knowledge=knowledge)
    assert report.conforms is not bool(right), report.violations
    if right:
        assert message in "; ".join(v.message for v in report.violations)
        assert all(v.repair for v in report.violations), "each says how to repair it"


def test_a_violation_names_what_a_person_looks_for(knowledge: Knowledge) -> None:
    [found] = check(RIGHT.replace("kg:age 48", "kg:age 200"), knowledge=knowledge).violations
    assert (found.label, found.focus, found.path, found.value) == ("Ana", "urn:x:ana", ONTOLOGY + "age", "200")
    assert found.shape == "https://example.org/kg/shapes#age"
    assert found.repair == "correct the number"


def test_a_term_that_is_nearly_right_is_suggested(knowledge: Knowledge) -> None:
    [found] = check(":a kg:vistied :b .", knowledge=knowledge).violations
    assert found.repair == "did you mean kg:visited?"


def test_a_term_that_the_file_declares_is_known(knowledge: Knowledge) -> None:
    assert check("kg:moored a owl:ObjectProperty . :a kg:moored :b .", knowledge=knowledge).conforms


def test_a_mention_may_take_a_thing_for_something_else(knowledge: Knowledge) -> None:
    """As in the quarantine: one guess that fits is enough."""
    text = ':m kg:refersTo :x ; kg:mentionType "Person" . :x a kg:City ; rdfs:label "x" ; kg:bornIn :y .'
    assert check(text, knowledge=knowledge).conforms
    assert not check(text.replace('"Person"', '"Region"'), knowledge=knowledge).conforms


OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:shape:> . @prefix kg: <https://example.org/kg/ontology#> .
@prefix kgsh: <https://example.org/kg/shapes#> .
:Ship a sh:NodeShape ; sh:targetClass kg:Vehicle ; sh:property :flag .
:flag sh:path kg:ownedBy ; sh:minCount 1 ; sh:message "a ship has an owner" ; kgsh:repair "ask the register" .
"""


def test_shapes_of_a_user_stand_beside_the_others(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "ships.ttl"
    path.write_text(OWN, encoding="utf-8")
    text = ':s a kg:Vehicle ; rdfs:label "Solveig" .'
    assert check(text, knowledge=knowledge).conforms
    [found] = check(text, path, knowledge=knowledge).violations
    assert (found.message, found.repair, found.shape) == ("a ship has an owner", "ask the register", "urn:shape:flag")
    path.write_text(OWN.replace('sh:message "a', 'sh:severity sh:Warning ; sh:message "a'), encoding="utf-8")
    warned = check(text, path, knowledge=knowledge)
    assert warned.conforms and [v.severity for v in warned.violations] == ["warning"]


def test_shapes_dropped_into_the_ontology_folder_are_used(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ontology_folder(), tmp_path / "ontology"))
    (folder / "shapes").mkdir()
    (folder / "shapes" / "ships.ttl").write_text(OWN, encoding="utf-8")
    report = check(':s a kg:Vehicle ; rdfs:label "Solveig" .', knowledge=load_knowledge(folder))
    assert [v.message for v in report.violations] == ["a ship has an owner"]


def test_the_shape_of_the_documentation_works(tmp_path: Path, knowledge: Knowledge) -> None:
    docs = (Path(__file__).parent.parent / "docs" / "validation.md").read_text("utf-8")
    path = tmp_path / "own.ttl"
    path.write_text(re.findall(r"```turtle\n(.*?)```", docs, re.DOTALL)[0], encoding="utf-8")
    [found] = check(":p kg:positionIn :q .", path, knowledge=knowledge).violations
    assert (found.severity, found.repair) == ("warning", "add kg:holdsPosition")


@pytest.mark.parametrize(
    "constraint",
    [
        'sh:sparql [ sh:message "late" ; sh:select "SELECT $this WHERE { $this <urn:seen> ?x FILTER (?x > 5) }" ]',
        "sh:closed true ; sh:ignoredProperties ( rdf:type rdfs:label )",
        "sh:property [ sh:path ( <urn:next> <urn:seen> ) ; sh:maxInclusive 5 ]",
        "sh:property [ sh:path [ sh:inversePath <urn:next> ] ; sh:maxCount 0 ]",
    ],
)
def test_a_shape_sees_all_that_it_asks_for(constraint: str, tmp_path: Path, knowledge: Knowledge) -> None:
    """Only triples that shapes look at are copied: what a shape reaches by SPARQL, paths or closure is among them."""
    path = tmp_path / "own.ttl"
    head = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
    path.write_text(f"{head}{rdf} <urn:s> a sh:NodeShape ; sh:targetClass <urn:T> ; {constraint} .", encoding="utf-8")
    good, bad = ":t a <urn:T> . :u <urn:other> 9 .", ":t a <urn:T> ; <urn:seen> 9 ; <urn:next> :t ."
    assert check(good, path, knowledge=knowledge).conforms
    assert not check(bad, path, knowledge=knowledge).conforms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:s> sh:path", "not valid Turtle"),
        (
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetClass <urn:T> ; "
            "sh:property [ sh:minCount 1 ] .",
            "not valid SHACL",
        ),
        (
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetClass <urn:T> ; "
            'sh:property [ sh:path <urn:p> ; sh:minCount "many" ] .',
            "not valid SHACL",
        ),
    ],
)
def test_wrong_shapes_are_told_with_their_file(text: str, words: str, tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=words) as caught:
        check("<urn:t> a <urn:T> .", path, knowledge=knowledge)
    assert "own.ttl" in str(caught.value)


# ---- reports and files


def test_reports_as_json_and_turtle_can_be_read_by_others(knowledge: Knowledge) -> None:
    report = check(RIGHT.replace("kg:age 48", "kg:age 200"), knowledge=knowledge)
    data = json.loads(report_as_json(report))
    assert data["conforms"] is False and data["violations"][0]["value"] == "200"
    graph = rdflib.Graph().parse(data=report_as_turtle(report), format="turtle")
    sh = rdflib.SH
    [node] = graph.subjects(rdflib.RDF.type, sh.ValidationReport)
    assert graph.value(node, sh.conforms).toPython() is False  # type: ignore[union-attr]
    [result] = graph.objects(node, sh.result)
    assert str(graph.value(result, sh.focusNode)) == "urn:x:ana"
    assert graph.value(result, sh.resultSeverity) == sh.Violation


def test_iris_are_shortened() -> None:
    short = shortener(NAMES)
    assert [short(t) for t in ("https://example.org/kg/id/Lima", "urn:x", "")] == [":Lima", "urn:x", ""]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.ttl", "<urn:a> <urn:b>", r"a\.ttl.*is not valid RDF"),
        ("a.csv", "", "is no RDF file by its name"),
        ("a", "", "is no RDF file by its name"),
        ("missing.ttl", None, "cannot be read"),
    ],
)
def test_files_that_are_no_rdf(name: str, text: str | None, words: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        list(read_rdf(tmp_path / name))


class TestCommand:
    def write(self, folder: Path, name: str, text: str) -> Path:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    PERSON = (
        f"@prefix kg: <{ONTOLOGY}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        '<urn:x:ana> a kg:Person ; rdfs:label "Ana" ; kg:age 48 .'
    )

    def test_a_file_that_conforms(self, tmp_path: Path) -> None:
        done = kg("validate", self.write(tmp_path, "mine.ttl", self.PERSON))
        assert done.exit_code == 0, done.output
        assert "conforms: 0 violations in 3 triples" in done.output

    def test_a_file_that_does_not(self, tmp_path: Path) -> None:
        done = kg("validate", self.write(tmp_path, "mine.ttl", self.PERSON.replace("48", "480")))
        assert done.exit_code == 3
        assert "violation: Ana (urn:x:ana) kg:age “480”" in done.output
        assert "an age is a whole number from 0 to 130   [kgsh:age]" in done.output
        assert "to repair: correct the number" in done.output

    def test_several_files_are_one_graph(self, tmp_path: Path) -> None:
        one = self.write(tmp_path, "one.ttl", "<urn:m> <https://example.org/kg/ontology#bornIn> <urn:x:ana> .")
        assert kg("validate", one).exit_code == 0
        assert kg("validate", one, self.write(tmp_path, "two.ttl", self.PERSON)).exit_code == 3

    @pytest.mark.parametrize(("form", "start"), [("json", "{"), ("turtle", "@prefix")])
    def test_forms(self, form: str, start: str, tmp_path: Path) -> None:
        done = kg("validate", self.write(tmp_path, "mine.ttl", self.PERSON.replace("48", "480")), "--format", form)
        assert done.exit_code == 3
        assert done.stdout.startswith(start)

    def test_nothing_to_validate_is_an_error(self, tmp_path: Path) -> None:
        done = kg("validate", "-o", tmp_path)
        assert done.exit_code == 1
        assert "holds no graph" in done.output

    def test_wrong_shapes_are_an_error(self, tmp_path: Path) -> None:
        mine, shapes = self.write(tmp_path, "mine.ttl", self.PERSON), self.write(tmp_path, "own.ttl", "<urn:s> ")
        done = kg("validate", mine, "--shapes", shapes)
        assert done.exit_code == 1
        assert "own.ttl" in done.output and "Traceback" not in done.output

    @pytest.mark.model
    def test_what_kg_writes_conforms(self, tmp_path: Path) -> None:
        built = kg("build", "--sample", "-o", tmp_path / "out")
        assert built.exit_code == 0, built.output
        done = kg("validate", "-o", tmp_path / "out")
        assert done.exit_code == 0, done.output
