"""Claims that cannot stand by themselves are left out; those beside them that can are kept."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from kg.extract.standing import _is_state_without_doer

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Other ministers blamed Chad.", {"blamed"}),
        ("Another mill sued Chad.", {"sued"}),
        ("Such farmers attacked Chad.", {"attacked"}),
        ("The council rated the ferry among the best.", {"rated"}),
        ("Ali Sow described the mill as a ruin.", {"described"}),
        ("The team listed its country as a hope.", {"listed"}),
        ("The flood forced the villagers to leave.", {"forced"}),
        ("On Monday Chad slashed its budget.", {"slashedOn"}),
        ("Police arrested six.", {"quantity"}),
        ("The issue was raised.", {"raised"}),
        ("The road was widened.", {"widened"}),
    ],
)
def test_what_cannot_stand_by_itself_is_left_out(claims_of, text, absent):
    assert not absent & {c[1] for c in claims_of(text)}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("Ministers blamed Chad.", "blamed"),
        ("Other members of the crew blamed Chad.", "blamed"),
        ("Ali Sow described the mill.", "described"),
        ("Police arrested six sailors.", "quantity"),
        ("Boeing was suspended.", "suspended"),
        ("Two sailors were arrested.", "arrested"),
        ("Two groups left Chad.", "left"),
        ("Thousands left Chad.", "left"),
    ],
)
def test_what_can_stand_by_itself_is_told(claims_of, text, present):
    assert present in {c[1] for c in claims_of(text)}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "is_told"),
    [
        ("Six sailors were killed in a storm.", ("storm", "killed", "Six sailors"), True),
        ("Six sailors were killed in a storm.", ("unnamed agent", "killed", "Six sailors"), False),
        ("A flood reached Lima. Two mills were destroyed.", ("unnamed agent", "destroyed", "Two mills"), False),
        ("Ali Sow left Lima. Two mills were destroyed.", ("unnamed agent", "destroyed", "Two mills"), True),
        ("Six sailors were killed in Lima.", ("unnamed agent", "killed", "Six sailors"), True),
    ],
)
def test_a_mishap_has_no_unnamed_agent(claims_of, text, claim, is_told):
    assert (claim in {c[:3] for c in claims_of(text)}) == is_told, claims_of(text)


@pytest.mark.parametrize(
    ("text", "predicate", "is_told"),
    [
        ("Rain fell. This is the first storm of the year.", "is", False),
        ("Rain fell. It was a cold day in Lima.", "is", False),
        ("Ana Ruiz left. She was a friend of the mayor.", "is", True),
        ("Ana Ruiz left. The paper quoted her.", "quoted", False),
        ("Ana Ruiz left. Telda quoted Ana Ruiz.", "quoted", True),
        ("The council provided tents for the towns, as well as those.", "provided", False),
        ("Rain fell. The ministers made the following announcements.", "made", False),
        ("Rain fell. The mayor of Lima made the following promises:", "made", False),
        ("Rain fell. The mayor of Lima made three promises.", "made", True),
    ],
)
def test_no_reading_of_a_word_that_only_points(extraction_of, text, predicate, is_told):
    assert (predicate in {c.predicate for c in extraction_of(text).readings}) == is_told


@pytest.mark.parametrize(("tag", "is_state"), [("VBN", True), ("JJ", True), ("VBD", False)])
def test_a_participle_of_a_state_may_be_tagged_as_an_adjective(nlp, knowledge, tag, is_state):
    verb = next(t for t in nlp("Ana Ruiz was involved in the hunt.") if t.text == "involved")
    verb.tag_, verb.lemma_ = tag, "involve"
    told = SimpleNamespace(subject=(verb, SimpleNamespace(rule="unnamed")), token=verb)
    clauses = SimpleNamespace(words=knowledge)
    assert _is_state_without_doer(told, clauses) == is_state


@pytest.mark.parametrize(
    ("text", "predicate", "is_told"),
    [
        ("The bank helps farms in the dry areas.", "locatedIn", False),
        ("Rebels shut down major roads in the old city.", "locatedIn", False),
        ("A blast at a police station killed a guard.", "tookPlaceAt", False),
        ("The bank helps farms in the dry areas of Peru.", "locatedIn", True),
        ("The bank helps farms in Peru.", "locatedIn", True),
        ("The Harbour Museum in the old city is closed.", "locatedIn", True),
    ],
)
def test_where_a_thing_is_whose_name_tells_it_of_no_named_place(claims_of, text, predicate, is_told):
    assert (predicate in {c[1] for c in claims_of(text)}) is is_told, claims_of(text)
