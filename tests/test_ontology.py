"""The ontology and the lexicon agree with each other and with independent parsers."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from kg.errors import OntologyError
from kg.lexicon import ONTOLOGY, Knowledge, load_knowledge, ontology_folder

FOLDER = ontology_folder()
KG = rdflib.Namespace(ONTOLOGY)
CORE = (
    "holdsPosition positionIn leaderOf worksFor memberOf affiliatedWith citizenOf spokespersonFor founded owns partOf locatedIn "
    "capitalOf basedIn siblingOf parentOf childOf spouseOf alliedWith tradesWith partyTo hasPart includes age quantity foundedOn "
    "alias visited metWith spokeWith negotiatedWith hosted welcomed received attended participatedIn led briefed announced "
    "reported sentMessageTo praised criticized blamed congratulated invited told signed agreedWith ratified recognized joined "
    "supports endorsed honored aided supplied funded sent released apologizedTo lifted concededTo withdrew surrenderedTo "
    "ceasedFire cooperatesWith requested urged accused investigated sued rejected denied blocked opposed ignored withdrewFrom "
    "threatened warned protestedAgainst sanctioned expelled banned deployed deployedTo launched tested displayed arrested "
    "detained charged convicted sentenced seized closed attacked invaded killed injured fought appointed elected dismissed "
    "succeeded resignedFrom nominated authorized ordered permitted acquired investedIn produced sold bought mergedWith held "
    "organized tookPlaceAt occurredOn commemorates caused killedCount injuredCount featured diedOf diedIn bornIn relatedTo"
).split()
SYMMETRIC = "metWith spokeWith negotiatedWith siblingOf spouseOf alliedWith tradesWith agreedWith cooperatesWith fought mergedWith".split()


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    found = rdflib.Graph()
    for path in sorted(FOLDER.glob("*.ttl")):
        found.parse(path, format="turtle")
    return found


@pytest.mark.parametrize("name", CORE)
def test_the_core_vocabulary_is_declared_with_label_comment_and_example(graph: rdflib.Graph, name: str) -> None:
    assert (KG[name], RDFS.label, None) in graph
    comment = str(graph.value(KG[name], RDFS.comment))
    assert "Example" in comment or name == "relatedTo"


def test_whatever_a_claim_can_state_says_of_what_and_gives_an_example(
    knowledge: Knowledge, graph: rdflib.Graph
) -> None:
    relations = {row.target.lstrip("=") for rows in knowledge.triggers.values() for row in rows if row.is_relation}
    stated = {name for given in knowledge.gives.values() for name in given} | relations
    assert len(stated) > 200
    for name in sorted(stated):
        for said in (RDFS.label, RDFS.comment, RDFS.domain, RDFS.range):
            assert graph.value(KG[name], said) is not None, (name, said)
        assert "Example" in str(graph.value(KG[name], RDFS.comment)), name


def test_every_class_has_a_label_and_a_comment_and_lies_below_another(graph: rdflib.Graph) -> None:
    for term in graph.subjects(RDF.type, OWL.Class):
        if str(term).startswith(ONTOLOGY):
            assert graph.value(term, RDFS.label) and graph.value(term, RDFS.comment), term


def test_an_inverse_goes_the_other_way(graph: rdflib.Graph) -> None:
    pairs = list(graph.subject_objects(OWL.inverseOf))
    assert pairs
    for one, other in pairs:
        assert graph.value(one, RDFS.domain) == graph.value(other, RDFS.range), (one, other)
        assert graph.value(one, RDFS.range) == graph.value(other, RDFS.domain), (one, other)


@pytest.mark.parametrize(
    ("namespace", "least"),
    [
        ("schema.org/", 20),
        ("semanticweb.cs.vu.nl/2009/11/sem/", 5),
        ("www.w3.org/ns/prov#", 4),
        ("xmlns.com/foaf/", 4),
        ("www.w3.org/ns/org#", 4),
        ("opengis.net/ont/geosparql#", 2),
        ("wikidata.org/", 40),
    ],
)
def test_alignments_reach_other_vocabularies(namespace: str, least: int) -> None:
    aligned = rdflib.Graph().parse(FOLDER / "alignments.ttl", format="turtle")
    own = {s for s, o in aligned.subject_objects() if str(s).startswith(ONTOLOGY) and namespace in str(o)}
    assert len(own) >= least


def test_the_top_classes_of_events_are_aligned_with_plover(graph: rdflib.Graph) -> None:
    assert len({str(o) for o in graph.objects(None, KG.plover)}) >= 16


@pytest.mark.parametrize("name", SYMMETRIC)
def test_symmetric_properties(graph: rdflib.Graph, name: str) -> None:
    assert (KG[name], RDF.type, OWL.SymmetricProperty) in graph


def test_every_event_class_that_gives_a_property_has_a_top_class(knowledge: Knowledge) -> None:
    tops = {c for c, above in knowledge.superclasses.items() if "Event" in above and len(above) <= 3}
    for cls, given in knowledge.gives.items():
        if given:
            assert "Event" in knowledge.superclasses[cls], cls
            assert tops & {cls, *knowledge.superclasses[cls]}, cls
            for name in given:
                found = knowledge.properties[name]
                assert found.subject_role and found.object_role, f"{cls} gives {name}, which names no roles"


def test_no_row_of_a_lexicon_stands_twice() -> None:
    for path in sorted((FOLDER / "lexicon").glob("triggers*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = [tuple(row[:4]) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
        doubled = sorted({row for row in rows if rows.count(row) > 1 and not row[0].startswith("#")})
        assert not doubled, f"{path.name}: {doubled[:5]}"


def test_an_independent_parser_reads_it_without_a_warning() -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    for path in sorted(FOLDER.glob("*.ttl")):
        done = subprocess.run([rapper, "-c", "-i", "turtle", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "Warning" not in done.stderr, done.stderr


def test_alignments_speak_only_of_declared_terms(graph: rdflib.Graph) -> None:
    aligned = rdflib.Graph().parse(FOLDER / "alignments.ttl", format="turtle")
    own = {s for s in aligned.subjects() if str(s).startswith(ONTOLOGY)}
    assert len(own) > 100
    assert not sorted(term for term in own if (term, RDFS.label, None) not in graph)


def test_no_class_is_unsatisfiable(tmp_path: Path) -> None:
    """HermiT reads kg.ttl with the alignments: a class that can have no member is an error."""
    owlready2 = pytest.importorskip("owlready2", reason="owlready2, which carries HermiT, is not installed")
    if shutil.which("java") is None:
        pytest.skip("HermiT needs Java")
    merged = rdflib.Graph()
    for name in ("kg.ttl", "alignments.ttl"):
        merged.parse(FOLDER / name, format="turtle")
    merged.serialize(tmp_path / "kg.nt", format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(f"file://{tmp_path / 'kg.nt'}").load()
    owlready2.sync_reasoner_hermit(world, debug=0)
    assert list(world.inconsistent_classes()) == []


CLAIM = """
@prefix kg: <https://example.org/kg/ontology#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:a> a kg:Article ; rdfs:label "Ferry" .
<urn:c> a kg:Claim ; rdf:subject <urn:s> ; rdf:predicate kg:visited ; rdf:object <urn:o> ; kg:status "asserted" ;
    kg:confidence 0.8 ; prov:wasDerivedFrom <urn:a> ; kg:evidenceSentence "She came." ; kg:start 1 ; kg:end 4 .
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("", ""),
        ('"asserted"', '"certain"'),
        ("kg:confidence 0.8", "kg:confidence 1.8"),
        ("kg:end 4", "kg:end 0"),
        ('kg:evidenceSentence "She came." ;', ""),
        ("rdf:subject <urn:s> ;", ""),
        ('rdfs:label "Ferry"', "kg:url <urn:b>"),
    ],
)
def test_shapes_are_valid_and_tell_a_right_graph_from_a_wrong_one(right: str, wrong: str) -> None:
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    shapes = rdflib.Graph().parse(FOLDER / "shapes.ttl", format="turtle")
    data = rdflib.Graph().parse(data=CLAIM.replace(right, wrong) if right else CLAIM, format="turtle")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, meta_shacl=True)
    assert conforms is not bool(right), text


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "ontology"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("sail\tVERB\tNoSuchClass\tsubj=agent\tx", "NoSuchClass"),
        ("sail\tVERB\t=noSuchProperty\tsubj=subject\tx", "noSuchProperty"),
        ("sail\tVERB\tVisit\tsubj=captain\tx", "captain"),
        ("sail\tADVERB\tVisit\tsubj=agent\tx", "VERB, NOUN or ADJ"),
    ],
)
def test_a_wrong_row_is_reported_with_file_and_line(copied: Path, row: str, words: str) -> None:
    (copied / "lexicon" / "triggers_own.tsv").write_text(
        f"trigger\tpos\tclass\tframe\texample\n{row}\n", encoding="utf-8"
    )
    with pytest.raises(OntologyError, match=re.escape(words)) as caught:
        load_knowledge(copied)
    assert "triggers_own.tsv:2" in str(caught.value)


def test_wrong_turtle_is_reported_with_its_file(copied: Path) -> None:
    (copied / "own.ttl").write_text("kg:Ship a owl:Class .", encoding="utf-8")
    with pytest.raises(OntologyError, match="own.ttl"):
        load_knowledge(copied)


@pytest.mark.model
def test_the_example_of_the_documentation_works(copied: Path, nlp: object) -> None:
    """A domain that nobody thought of: two files, no Python."""
    from kg.annotate import annotate_doc
    from kg.extract import extract_claims
    from kg.model import Article

    docs = (Path(__file__).parent.parent / "docs" / "ontology.md").read_text("utf-8")
    turtle = re.findall(r"```turtle\n(.*?)```", docs, re.DOTALL)[-1]
    rows = re.findall(r"```text\n(.*?)```", docs, re.DOTALL)[-1]
    (copied / "shipping.ttl").write_text(turtle, encoding="utf-8")
    (copied / "lexicon" / "triggers_shipping.tsv").write_text(rows, encoding="utf-8")
    knowledge = load_knowledge(copied)
    article = Article("a", "The ferry Solveig called at Bergen on Monday.")
    extraction = extract_claims(annotate_doc(article, nlp(article.text), knowledge), knowledge)  # type: ignore[operator]
    names = {m.id: m.name for m in extraction.mentions}
    assert "Bergen" in {names[c.object.mention] for c in extraction.claims if c.predicate == "calledAt"}
