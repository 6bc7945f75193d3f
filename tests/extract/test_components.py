"""The built-in reading inside any spaCy pipeline: `nlp.add_pipe("kg_claims")`."""

from __future__ import annotations

import pytest
import spacy

import kg.extract.components
from kg.errors import OntologyError

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def with_claims(nlp):
    """The pipeline with the component at its end; taken out again, for other tests share the pipeline."""
    nlp.add_pipe("kg_claims")
    yield nlp
    nlp.remove_pipe("kg_claims")


def test_a_doc_carries_its_claims(with_claims):
    doc = with_claims("Ali Sow met Maria Keller in Lima.")
    (claim,) = [c for c in doc._.claims if c.predicate == "metWith"]
    names = doc._.claim_mentions
    assert (names[claim.subject].name, names[claim.object.mention].name) == ("Ali Sow", "Maria Keller")
    assert claim.evidence.sentence.of(doc.text) == doc.text


def test_relative_times_want_the_day_of_publication(with_claims):
    doc = with_claims.make_doc("Ali Sow met Maria Keller on Monday.")
    doc.user_data["kg_published"] = "2024-03-14"
    (claim,) = [c for c in with_claims(doc)._.claims if c.predicate == "metWith"]
    assert claim.time is not None and claim.time.value == "2024-03-11"


def test_it_gives_what_the_functions_give(with_claims, extraction_of):
    text = "Kenya expelled two diplomats, Maria Keller said."
    plain = extraction_of(text, published="").claims
    inside = with_claims(text)._.claims
    assert [(c.predicate, c.status, c.evidence.trigger) for c in inside] == [
        (c.predicate, c.status, c.evidence.trigger) for c in plain
    ]


def test_pipe_keeps_documents_apart(with_claims):
    texts = ["Ali Sow visited Oslo.", "", "Maria Keller left.", "Ali Sow visited Lima."]
    claims = [{c.predicate for c in doc._.claims} for doc in with_claims.pipe(texts)]
    assert ["visited" in found for found in claims] == [True, False, False, True]


def test_a_doc_without_the_component_has_no_claims():
    doc = spacy.blank("en")("Ali Sow visited Oslo.")
    assert doc._.claims == kg.extract.components.EMPTY == ()
    assert doc._.claim_mentions is None


def test_an_ontology_that_is_not_there(tmp_path):
    with pytest.raises(OntologyError):
        spacy.blank("en").add_pipe("kg_claims", config={"ontology": str(tmp_path)})


def test_a_pipeline_without_a_parser_gives_no_claims_and_no_crash():
    bare = spacy.blank("en")
    bare.add_pipe("kg_claims")
    doc = bare("Ali Sow visited Oslo.")
    assert not [c for c in doc._.claims if c.status != "inferred"]
