"""Confidences: what they are made of, and that an ontology without weights keeps those of the extractors."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from kg.annotate import annotate_doc
from kg.errors import OntologyError
from kg.extract import extract_claims
from kg.extract.confidence import clues, confidence
from kg.lexicon import load_knowledge, ontology_folder
from kg.model import Article

TEXT = "Mayor Ana Ruiz met Omar Velmi in Lisbon on Monday. The committee, which she leads, praised the port."


@pytest.fixture
def extracted(nlp, knowledge):
    def run(text, used=knowledge):
        article = Article(id="a", text=text, published="2024-05-08")
        doc = nlp(text)
        return extract_claims(annotate_doc(article, doc, used), used), doc

    return run


@pytest.mark.model
def test_weights_make_the_confidence(extracted, knowledge) -> None:
    plain, doc = extracted(TEXT, replace(knowledge, confidence={}))
    weighed, _ = extracted(TEXT)
    assert [c.id for c in plain.claims] == [c.id for c in weighed.claims]
    mentions = {m.id: m for m in plain.mentions}
    for before, after in zip(plain.claims, weighed.claims, strict=True):
        assert after == replace(before, confidence=after.confidence)
        assert after.confidence == confidence(clues(before, mentions, doc), knowledge.confidence)


@pytest.mark.model
def test_clues_are_of_the_size_of_one_and_a_doubtful_tree_costs(extracted, knowledge) -> None:
    plain, doc = extracted(TEXT, replace(knowledge, confidence={}))
    mentions = {m.id: m for m in plain.mentions}
    claim = next(c for c in plain.claims if c.predicate == "metWith")
    sure = clues(claim, mentions, doc)
    assert {"rule", "length", "weakest", "path", "subject:name", "object:name"} <= set(sure)
    assert all(abs(value) < 10 for value in sure.values())
    doc._.head_certainties = doc._.head_certainties * 0.5
    doubtful = clues(claim, mentions, doc)
    assert doubtful["weakest"] < sure["weakest"] and doubtful["path"] < sure["path"]
    assert confidence(doubtful, knowledge.confidence) < confidence(sure, knowledge.confidence)


@pytest.mark.model
@pytest.mark.parametrize(("floor", "left"), [(0.0, True), (0.99, False)])
def test_a_kind_of_claims_below_its_floor_is_left_out(extracted, knowledge, floor, left) -> None:
    text = "Ana Ruiz repainted the gate in Lisbon."
    found, _ = extracted(text, replace(knowledge, confidence={**knowledge.confidence, "floor:open": floor}))
    assert ("open" in {c.evidence.extractor for c in found.claims}) is left
    assert found.readings  # what an open claim says is read all the same


@pytest.mark.model
def test_another_pipeline_need_not_know_how_sure_it_is(extracted, knowledge) -> None:
    plain, doc = extracted(TEXT, replace(knowledge, confidence={}))
    doc._.head_certainties = None
    claim = plain.claims[0]
    found = clues(claim, {m.id: m for m in plain.mentions}, doc)
    assert "rule" in found and "path" not in found
    assert 0 < confidence(found, knowledge.confidence) < 1


def test_an_ontology_may_leave_the_weights_out_but_not_garble_them(tmp_path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_folder(), folder)
    table = folder / "lexicon" / "confidence.tsv"
    table.write_text("clue\tweight\nbias\tmuch\n", encoding="utf-8")
    with pytest.raises(OntologyError, match="number") as caught:
        load_knowledge(folder)
    assert f"{table}:2" in str(caught.value)
    table.unlink()
    assert load_knowledge(folder).confidence == {}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("Rain fell. Two old bridges collapsed in May.", "Two old bridges", False),
        ("Rain fell in Mali. Malicious men slept in May.", "Malicious men", False),  # no Mali is in them
        ("Two old bridges collapsed in May.", "Two old bridges", True),  # nothing stands before
        ("Rain fell. Ana Ruiz slept in May.", "Ana Ruiz", True),
        ("Rain fell. The mayor of Lima slept in May.", "The mayor of Lima", True),
        ("Rain fell. Two old bridges may collapse in May.", "Two old bridges", True),  # no fact
    ],
)
def test_what_is_told_as_fact_of_what_has_no_name_needs_more_confidence(extracted, knowledge, text, words, kept):
    weights = {**knowledge.confidence, "floor:readings": 0.0, "floor:readings-unnamed": 0.99}
    found, _ = extracted(text, replace(knowledge, confidence=weights))
    assert (words in {c.evidence.subject_text for c in found.readings}) is kept, found.readings
