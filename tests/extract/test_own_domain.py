"""A user's own vocabulary: a domain that kg has no words for, added as files, gives claims in the next reading."""

from __future__ import annotations

import shutil

import pytest

from kg.annotate import annotate_doc
from kg.errors import OntologyError
from kg.extract import extract_claims
from kg.lexicon import load_knowledge, ontology_folder
from kg.model import Article
from tests.conftest import readable

pytestmark = pytest.mark.model

TERMS = """\
@prefix kg: <https://example.org/kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

kg:Beekeeping a owl:Class ; rdfs:label "beekeeping"@en ; rdfs:subClassOf kg:Event ; kg:gives kg:requeened .
kg:requeened a owl:ObjectProperty ; rdfs:label "requeened"@en ; kg:subjectRole "agent" ; kg:objectRole "patient" .
kg:pollinates a owl:ObjectProperty ; rdfs:label "pollinates"@en .
"""
TRIGGERS = """\
trigger	pos	class	frame	example
# events
requeen	VERB	Beekeeping	subj=agent obj=patient	The keeper requeened the hive.
give queen	VERB	Beekeeping	subj=agent to=patient iobj=patient	The keeper gave the hive a queen.
# a property without an event
pollinate	VERB	=pollinates	subj=subject obj=object	Bees pollinate almonds.
"""


@pytest.fixture(scope="module")
def bees(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bees") / "ontology"
    shutil.copytree(ontology_folder(), folder)
    (folder / "bees.ttl").write_text(TERMS, encoding="utf-8")
    (folder / "lexicon" / "triggers_bees.tsv").write_text(TRIGGERS, encoding="utf-8")
    return folder


def read(nlp, folder, text):
    known = load_knowledge(folder)
    return extract_claims(annotate_doc(Article(id="t", text=text), nlp(text), known), known)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The keeper pollinated the almonds.", ("keeper", "pollinates", "almonds", "asserted")),
        ("The bees will pollinate the almonds.", ("bees", "pollinates", "almonds", "planned")),
        ("The almonds were pollinated by bees.", ("bees", "pollinates", "almonds", "asserted")),
        ("The bees did not pollinate the almonds.", ("bees", "pollinates", "almonds", "negated")),
        ("Ana Ruiz gave a queen to the hive.", ("Ana Ruiz", "requeened", "hive", "asserted")),
    ],
)
def test_added_triggers_give_claims(nlp, bees, text, claim):
    assert claim in readable(read(nlp, bees, text))


@pytest.mark.parametrize("text", ["The keeper painted the hive.", "Ana Ruiz gave a cup to the hive."])
def test_other_words_do_not(nlp, bees, text):
    assert not {"pollinates", "requeened"} & {c[1] for c in readable(read(nlp, bees, text))}


def test_the_packaged_ontology_does_not_know_them(nlp):
    found = readable(read(nlp, None, "The bees will pollinate the almonds."))
    assert "pollinates" not in {c[1] for c in found}


def test_an_added_event_class_makes_an_event(nlp, bees):
    (event,) = read(nlp, bees, "Ana Ruiz gave a queen to the hive.").events
    assert event.type == "Beekeeping"
    assert sorted({a.role for a in event.arguments}) == ["agent", "patient"]


def test_a_row_with_an_unknown_property_names_file_and_line(bees, tmp_path):
    folder = tmp_path / "ontology"
    shutil.copytree(bees, folder)
    path = folder / "lexicon" / "triggers_bees.tsv"
    path.write_text(TRIGGERS + "swarm\tVERB\t=swarmsOver\tsubj=subject over=object\tBees swarm.\n", encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        load_knowledge(folder)
    assert caught.value.where == f"{path}:{len(TRIGGERS.splitlines()) + 1}"
    assert "swarmsOver" in str(caught.value)
