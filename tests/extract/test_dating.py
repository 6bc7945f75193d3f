"""Which date belongs to which predicate: a table per construction; published on Thursday, 14 March 2024."""

from __future__ import annotations

import pytest

from kg.model import READINGS

pytestmark = pytest.mark.model

DEPENDENT = [
    ("Ali Sow met Maria Keller in Lima on Monday.", "metWith", "2024-03-11"),
    ("On 2 May 2016 Kenya released the prisoners.", "released", "2016-05-02"),
    ("Norway expelled two diplomats last week.", "expelled", "2024-03-04/2024-03-10"),
    ("Norway expelled two diplomats.", "expelled", ""),
]
OF_A_NOUN = [
    ("Norway blamed Chad for the 2019 attack.", "blamed", ""),
    ("Norway condemned the 2019 attack on Lima.", "condemned", ""),
    ("Ali Sow resigned after the May 2021 election.", "resignedOn", None),
    ("According to a May 2021 report, rebels attacked Goma.", "attacked", ""),
    ("Ali Sow, the president since 2011, met Maria Keller.", "metWith", ""),
    ("In jail since 1999, Ali Sow met Maria Keller on Monday.", "metWith", "2024-03-11"),
    ("The storm last week has closed the port.", "closed", ""),
    ("The blast on Monday killed Juan Ruiz.", "killed", "2024-03-11"),
    ("The attack on Monday provoked Norway.", "provoked", ""),
]
OF_A_LIGHT_NOUN = [
    ("Chad and Niger held talks on Monday.", "spokeWith", "2024-03-11"),
    ("On Monday Ali Sow paid a visit to Oslo.", "visited", "2024-03-11"),
    ("Ali Sow's visit to Oslo began on Monday.", "visited", "2024-03-11"),
    ("Norway criticized Ali Sow's visit to Oslo on Monday.", "visited", ""),
]
RELATIVE = [
    ("Ali Sow, who was elected in 2001, met Maria Keller.", "metWith", ""),
    ("On Monday Kenya released the men who attacked Goma.", "attacked", ""),
    ("On Monday Kenya released the men who attacked Goma.", "released", "2024-03-11"),
    ("Ali Sow met the envoy on Wednesday, where Chad delivered a letter.", "delivered", "2024-03-13"),
    ("Ali Sow visited Oslo on Monday, when rebels attacked Goma.", "attacked", "2024-03-11"),
    ("Ali Sow visited Oslo on Monday, where rebels attacked a school in 2019.", "attacked", "2019"),
    ("Maria Keller criticized rebels who attacked Goma on Monday.", "criticized", ""),
]
COORDINATED = [
    ("On Monday Ali Sow visited Oslo and met Maria Keller.", "metWith", "2024-03-11"),
    ("Ali Sow visited Oslo on Monday and later met Maria Keller.", "metWith", ""),
    ("Ali Sow visited Oslo in 2019 and met Maria Keller on Monday.", "metWith", "2024-03-11"),
    ("Ali Sow visited Oslo in 2019 and met Maria Keller on Monday.", "visited", "2019"),
]
SAID = [
    ("On Monday Ali Sow said that rebels had attacked Goma.", "attacked", ""),
    ("Ali Sow said on Monday that Chad will release the prisoners in May.", "released", "2024-05"),
    ("Ali Sow said that rebels attacked Goma on Sunday.", "attacked", "2024-03-10"),
]
AHEAD = [
    ("Tomorrow Ali Sow plans to visit Oslo.", "visited", "2024-03-15"),
    ("Chad promised last week to release the prisoners.", "released", ""),
    ("Chad agreed to release the prisoners next week.", "released", "2024-03-18/2024-03-24"),
]
GOES_ON = [
    ("Ali Sow had been investigating the shooting of Juan Ruiz on 3 March 2023.", "investigated", ""),
    ("Ali Sow has been visiting Oslo since 3 March.", "visited", "2024-03-03/.."),
    ("Rebels attacked Goma on Monday, killing Juan Ruiz.", "killed", "2024-03-11"),
    ("Rebels attacked Goma on Monday after killing Juan Ruiz.", "killed", ""),
    ("Norway, having expelled two diplomats, met Chad on Monday.", "expelled", ""),
]
SEVERAL = [
    ("Ali Sow worked from 6 a.m. to midnight.", "workedTo", ""),
    ("In early March, on 5 March, Ali Sow visited Oslo.", "visited", "2024-03-05"),
    ("On Sunday, at 6 p.m., rebels attacked Goma.", "attacked", "2024-03-10T18:00"),
]


@pytest.mark.parametrize(
    ("text", "predicate", "value"),
    DEPENDENT + OF_A_NOUN + OF_A_LIGHT_NOUN + RELATIVE + COORDINATED + SAID + AHEAD + GOES_ON + SEVERAL,
)
def test_dates_belong_to_predicates(extraction_of, text, predicate, value):
    """`value` None: the claim is not given at all."""
    claims = [c for c in extraction_of(text).claims if c.predicate == predicate and c.evidence.extractor != READINGS]
    assert {c.time.value if c.time else "" for c in claims} == (set() if value is None else {value})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The festival was held on Monday.", "2024-03-11"),
        ("On 9 March the storm killed six people.", "2024-03-09"),
        ("Chad launched an attack on Monday.", "2024-03-11"),
        ("Norway condemned the attack on Goma, a spokesman said on Monday.", None),
        ("The request results from the ruling on 3 March.", "2024-03-03"),
        ("Norway on Monday celebrated the launch of the ship.", None),
    ],
)
def test_events_happen_when_their_verb_does_unless_it_is_about_them(extraction_of, text, value):
    dates = {c.object.value.lexical for c in extraction_of(text).claims if c.predicate == "occurredOn"}
    assert dates == (set() if value is None else {value})


@pytest.mark.parametrize("text", ["Today Chad and Niger share the view.", "Chad today opposes the plan."])
def test_what_holds_today_did_not_happen_today(extraction_of, text):
    assert not [c for c in extraction_of(text).claims if c.predicate.endswith("On") and c.object.value]


def test_each_of_several_places_is_where_its_own_claim_is(extraction_of):
    extraction = extraction_of("The rebels fought in Chad and Niger.")
    names = {m.id: m.name for m in extraction.mentions}
    told = [c for c in extraction.claims if c.predicate == "foughtIn"]
    assert {(names[c.object.mention], names[c.place]) for c in told} == {("Chad", "Chad"), ("Niger", "Niger")}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A group focused on Chad was founded.", ""),
        ("The group was founded on an island.", "island"),
        ("The group was founded in Chad.", "Chad"),
    ],
)
def test_what_is_said_on_a_state_does_not_happen_there(extraction_of, text, place):
    extraction = extraction_of(text)
    names = {m.id: m.name for m in extraction.mentions}
    assert {names[c.place] for c in extraction.claims if c.place} == ({place} if place else set())
