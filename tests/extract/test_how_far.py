"""How far a thing has come and in what sense it is told: begun, under way, still to come, studied, only told of."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def told(extraction_of):
    """What is told as fact, claims and readings alike: (subject, predicate, object)."""

    def read(text):
        found = extraction_of(text)
        names = {m.id: m.name for m in found.mentions}
        return {
            (
                names.get(c.subject, c.evidence.subject_text),
                c.predicate,
                names.get(c.object.mention) or (c.object.value.lexical if c.object.value else ""),
            )
            for c in (*found.claims, *found.readings)
            if c.status == "asserted"
        }

    return read


def predicates(found):
    return {predicate for _, predicate, _ in found}


@pytest.mark.parametrize(
    ("text", "named", "not_told"),
    [
        ("The navy began dropping crates over Velm.", "beganDropping", "dropped"),
        ("Hail starts to pour on the harbour.", "startedToPourOn", "pouredOn"),
        ("Looters began burning and smashing shops.", "beganSmashing", "smashed"),
        ("The mill continues to be used by farmers.", "continuedToBeUsedBy", "usedBy"),
        ("The mill continues to be used by farmers.", "continuedToUse", "continuedToBeUsed"),
        ("Ana Ruiz resumed painting boats in May.", "resumedPainting", "painted"),
        ("The navy began building a dam near Lima.", "beganBuilding", "built"),
        # who begins something has done it where each part of it is the whole
        ("Rebels started shelling the town on Monday.", "attacked", "shelled"),
        ("The firm kept selling salt to Chad.", "sold", "isSelling"),
        ("The navy built a dam near Lima.", "built", "beganBuilding"),
        ("Ana Ruiz began the work and she painted boats.", "painted", "beganPainted"),
    ],
)
def test_what_is_begun_or_goes_on_is_told_as_that(told, text, named, not_told):
    given = predicates(told(text))
    assert named in given and not_told not in given, sorted(given)


@pytest.mark.parametrize(
    ("text", "named", "not_told"),
    [
        ("Shelters are being set up near the harbour.", "isBeingSetUpNear", "created"),
        ("The firm is building a dam near Lima.", "isBuilding", "built"),
        ("The strain is turning into a milder one.", "isTurningInto", "turnedInto"),
        ("The firm built a dam near Lima.", "built", "isBuilding"),
        ("Nurses are using masks in Lima.", "used", "isUsing"),
        ("Shelters were set up around the harbour.", "created", "isBeingSetUp"),
    ],
)
def test_what_is_under_way_has_not_come_to_its_end(told, text, named, not_told):
    given = predicates(told(text))
    assert named in given and not_told not in given, sorted(given)


AHEAD = [
    ("Ana Ruiz is meeting Ali Sow on Thursday.", "metWith", "planned"),
    ("Two envoys are returning to Chad.", "returnedTo", "planned"),
    ("Ana Ruiz vowed reforms when she visits Lima in May.", "visited", "planned"),
    ("The army asked for trucks as nurses begin leaving Chad later this month.", "beganLeaving", "planned"),
    ("The council voted on Friday by 40 to 12 to attack Niger.", "attacked", "planned"),
    ("Ana Ruiz voted to adopt the budget.", "adopted", "planned"),
    ("Miners gear up for their big lawsuit against Harvest Union.", "sued", "planned"),
    (
        "Mr. Lo has made reform his main aim, with laws banning Telda Corporation expected next month.",
        "banned",
        "planned",
    ),
    ("Shops hoard salt in case Chad attacks Niger.", "attacked", "possible"),
    ("The minister will run the bank, while also keeping his seat.", "kept", "planned"),
    ("Ana Ruiz will take the oath on Friday, watched by six guards.", "watchedBy", "planned"),
    ("Elders met on Sunday to pass a resolution condemning Ana Ruiz.", "condemned", "planned"),
    ("Ana Ruiz is being sworn in Friday as mayor of Lima.", "holdsPosition", "planned"),
    ("Ali Sow is being released on Friday.", "released", "planned"),
    ("Chad wants three new nurses in Lima.", "quantity", "planned"),
    ("Chad seeks six nurses for Lima.", "quantity", "planned"),
    # what has come
    ("Chad wants the three nurses in Lima.", "quantity", "asserted"),
    ("Chad hired three nurses in Lima.", "quantity", "asserted"),
    ("Ana Ruiz was being sworn in Friday as mayor of Lima.", "holdsPosition", "asserted"),
    ("Ali Sow is being held in Lima by Chad.", "heldIn", "asserted"),
    ("The minister ran the bank, while also keeping his seat.", "kept", "asserted"),
    ("The minister will not run the bank, while keeping his seat.", "kept", "asserted"),
    ("The team wants to hire a lawyer representing Ana Ruiz.", "represents", "asserted"),
    ("Elders passed a resolution condemning Ana Ruiz.", "condemned", "asserted"),
    ("Ana Ruiz is meeting Ali Sow in Lima.", "metWith", "asserted"),
    ("Two envoys have been returning to Chad.", "returnedTo", "asserted"),
    ("Ana Ruiz vowed reforms when she visited Lima in May.", "visited", "asserted"),
    ("The council voted to adopt the budget.", "adopted", "asserted"),
    (
        "Mr. Lo has made reform his main aim and praised laws banning Telda Corporation.",
        "banned",
        "asserted",
    ),
    ("Shops hoarded salt when Chad attacked Niger.", "attacked", "asserted"),
]


@pytest.mark.parametrize(("text", "predicate", "status"), AHEAD)
def test_what_is_still_to_come_is_planned(extraction_of, text, predicate, status):
    found = extraction_of(text)
    given = {c.status for c in (*found.claims, *found.readings) if c.predicate == predicate}
    assert given == {status}


@pytest.mark.parametrize(
    ("text", "predicate", "status"),
    [
        ("A team analysed the effects of salt on the fish of Lima.", "affected", "possible"),
        ("A team praised the effects of salt on the fish of Lima.", "affected", "asserted"),
        ("The rivals have called off new talks on forming a union.", "formed", "possible"),
        ("The rivals have called off talks after forming a union.", "formed", "asserted"),
        ("The court deemed the ford as serving the town.", "served", "possible"),
        ("Chad has promoted selling salt to Niger.", "sold", "possible"),
        ("Chad has finished selling salt to Niger.", "sold", "asserted"),
        (
            "The plan fell over fears it would lead to debt, which Chad today denies, and strain farms.",
            "strained",
            "possible",
        ),
        ("Chad disputes the debt and praises Niger.", "praised", "asserted"),
        ("The mayor rarely visited Lima.", "visited", "possible"),
        ("Ana Ruiz was allowed to visit Lima.", "visited", "possible"),
        ("The guards permitted Ana Ruiz to visit Lima.", "visited", "possible"),
        ("The guards forced Ana Ruiz to visit Lima.", "visited", "asserted"),
        ("Ali Sow improved on the few days when he visited Lima.", "visited", "possible"),
        ("Ali Sow improved on the two days when he visited Lima.", "visited", "asserted"),
        ("Chad has confirmed only six people drowning in the lake.", "diedIn", "reported"),
        ("Chad has confirmed only six people drowning in the lake.", "quantity", "reported"),
        ("Chad has confirmed six people drowning in the lake.", "diedIn", "asserted"),
        ("Diplomats heard reports of hidden mines in Velm.", "locatedIn", "reported"),
        ("Diplomats heard owners of hidden mines in Velm.", "locatedIn", "asserted"),
        ("Chad allegedly runs hidden prisons in eastern Niger for captured miners.", "locatedIn", "alleged"),
        ("Chad runs hidden prisons in eastern Niger for captured miners.", "locatedIn", "asserted"),
    ],
)
def test_what_is_studied_rare_thought_of_or_told_of_is_no_fact(extraction_of, text, predicate, status):
    found = extraction_of(text)
    given = {c.status for c in (*found.claims, *found.readings) if c.predicate == predicate}
    assert given == {status}


BEFORE = "Two envoys flew to Chad to mediate.\n\nThe agency says its chief, Ali Sow, will visit Chad on Friday.\n\n"


@pytest.mark.parametrize(
    ("text", "predicate", "subject", "status"),
    [
        (
            BEFORE
            + "Earlier, Chad's upper house of parliament accused East African institutions of aggravating strife.",
            "aggravated",
            "East African institutions",
            "alleged",
        ),
        (
            BEFORE
            + "Earlier, Chad's upper house of parliament accused East African institutions of worsening tensions.",
            "worsened",
            "East African institutions",
            "alleged",
        ),
        ("Chad accused the banks of aggravating strife.", "aggravated", "the banks", "alleged"),
        ("Chad accused the banks aggravating strife.", "aggravated", "the banks", "asserted"),
    ],
)
def test_what_somebody_is_accused_of_is_alleged_of_him(extraction_of, text, predicate, subject, status):
    found = [c for c in extraction_of(text).readings if c.predicate == predicate]
    assert {c.status for c in found} == {status}
    assert all(c.evidence.subject_text.startswith(subject) for c in found)


@pytest.mark.parametrize(
    ("text", "predicate", "is_told"),
    [
        ("Cholera spreads through water fouled by waste.", "fouled", False),
        ("Chad asked Niger to feed people seeking work.", "sought", False),
        ("Farmers seeking longer leases will need stamps.", "sought", False),
        ("Chad fed people seeking work.", "sought", True),
        ("Farmers seeking work are being beaten.", "sought", True),
        ("Homes facing Mount Velm cost more.", "faced", True),
        ("The farmers seeking work will need stamps.", "sought", True),
    ],
)
def test_what_is_said_of_any_such_thing_is_no_happening(told, text, predicate, is_told):
    assert (predicate in predicates(told(text))) == is_told


def test_a_verb_of_speech_taken_for_a_noun_makes_what_follows_reported(extraction_of, told):
    text = "Chadian media report Mr. Ruiz told his aides late Friday that he plans to sell the mill."
    found = extraction_of(text)
    assert {c.status for c in found.claims if c.predicate == "told"} == {"reported"}
    assert not any("report" in subject for subject, *_ in told(text))
    assert ("report", "told", "Ana Ruiz") in told("The report told Ana Ruiz that the mill was sold.")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "Press stories printed Friday in Chad say the letters, part of a thick secret file to be sent on Sunday, "
            "attack a former close aide to Secretary-General Ali Sow, Ben Lo, and the Chad office she led.",
            "reported",
        ),
        ("Press stories say the letters, sent on Sunday, criticize Ben Lo.", "reported"),
        ("Press stories say little, and the letters criticize Ben Lo.", "asserted"),
    ],
)
def test_a_clause_right_behind_a_verb_of_speech_is_said(extraction_of, text, status):
    assert {c.status for c in extraction_of(text).claims if c.predicate == "criticized"} == {status}


@pytest.mark.parametrize(
    ("text", "claim", "is_told"),
    [
        ("Ali Sow was arrested and denied bail on Monday.", ("Ali Sow", "wasArrested", "bail"), False),
        ("Ali Sow was arrested and denied bail on Monday.", ("Ali Sow", "wasDenied", "bail"), True),
        ("Ali Sow hopes to deepen and widen canals.", ("Ali Sow", "deepened", "canals"), False),
        ("The mill was sold, Ana Ruiz was quoted as saying.", ("unnamed agent", "quoted", "Ana Ruiz"), False),
        ("The mill was sold, and Ana Ruiz was quoted in Lima.", ("unnamed agent", "quoted", "Ana Ruiz"), True),
        ("Sow spoke to a crowd of farmers in Lima.", ("Sow", "spokeWith", "crowd of farmers"), False),
        ("Ana Ruiz and Ali Sow spoke at the fair.", ("Ana Ruiz", "spokeWith", "Ali Sow"), False),
        ("Ana Ruiz and Ali Sow spoke on Monday.", ("Ana Ruiz", "spokeWith", "Ali Sow"), True),
        ("Ana Ruiz spoke to Ali Sow at the fair.", ("Ana Ruiz", "spokeWith", "Ali Sow"), True),
        ("Chad runs camps in Niger for miners.", ("Chad", "ranFor", "miners"), False),
        ("Ali Sow ran for mayor of Lima.", ("Ali Sow", "ranFor", "mayor of Lima"), True),
        ("Ali Sow made a verbal attack on Ana Ruiz.", ("Ali Sow", "attacked", "Ana Ruiz"), False),
        ("Ali Sow made a verbal attack on Ana Ruiz.", ("Ali Sow", "criticized", "Ana Ruiz"), True),
        ("Ali Sow made an armed attack on Niger.", ("Ali Sow", "attacked", "Niger"), True),
        ("The firm installed 50 pumps in Lima.", ("firm", "appointed", "50 pumps"), False),
        ("The firm installed Ana Ruiz as chief.", ("firm", "appointed", "Ana Ruiz"), True),
        (
            "The planned use of the gas remains unclear, worrying farmers in Lima.",
            ("planned use of the gas", "worried", "farmers in Lima"),
            False,
        ),
        (
            "The high price of bread rose on Monday, angering the farmers.",
            ("high price of bread", "angered", "farmers"),
            False,
        ),
        ("The strike lasted ten days, angering the farmers.", ("strike", "angered", "farmers"), True),
        ("Ana Ruiz left the talks, angering Ali Sow.", ("Ana Ruiz", "angered", "Ali Sow"), True),
        ("The police named the victims on Friday.", ("police", "appointed", "victims"), False),
        ("The police named the suspect as Ali Sow.", ("police", "appointed", "suspect"), False),
        ("Chad named a panel on Friday.", ("Chad", "appointed", "panel"), True),
        ("Troops set up a pump in Lyon.", ("Troops", "created", "pump"), False),
        ("Troops set up a school in Lyon.", ("Troops", "created", "school in Lyon"), True),
        ("The toll of the flood has surpassed 40.", ("toll of the flood", "quantity", "40"), False),
        ("The toll of the flood has surpassed 40.", ("toll of the flood", "quantity", "more than 40"), True),
        ("The toll of the flood has reached 40.", ("toll of the flood", "quantity", "40"), True),
    ],
)
def test_a_verb_says_no_more_than_it_means(told, text, claim, is_told):
    assert (claim in told(text)) == is_told, sorted(told(text))


@pytest.mark.parametrize(
    ("text", "undated"),
    [
        ("The storm has killed 70 people in Chad since 2003, and two nurses in Niger.", "two nurses in Niger"),
        ("The firm has closed ten mills in Chad since 2003, and two mines in Niger.", "two mines in Niger"),
        ("The firm has closed ten mills in Chad and two mines in Niger since 2003.", ""),
    ],
)
def test_a_date_before_the_and_is_that_of_the_first(extraction_of, text, undated):
    found = extraction_of(text)
    names = {m.id: m.name for m in found.mentions}
    acts = [c for c in found.claims if c.predicate in {"killed", "closed"}]
    assert {names[c.object.mention] for c in acts if c.time is None} == ({undated} if undated else set())
    assert any(c.time is not None for c in acts)


@pytest.mark.parametrize(
    ("text", "is_dated"),
    [
        ("Today, about 900 farmers worship Odin.", False),
        ("Today, the mayor opens the fair.", True),
        ("Today, about 900 farmers worshiped Odin.", True),
    ],
)
def test_today_beside_a_lasting_present_is_these_days(extraction_of, text, is_dated):
    acts = [c for c in extraction_of(text).claims if c.predicate in {"worshipped", "opened"}]
    assert acts and all((c.time is not None) == is_dated for c in acts)


@pytest.mark.parametrize(
    ("text", "is_sow"),
    [
        (
            "Officers say a rebel chief shot in a raid in northern Chad was not Ali Sow.\n\n"
            "Officers say a top rebel chief has been shot in a raid in Chad.\n\n"
            "The officers did not name the person killed, yet they said it was not rebel chief Ali Sow.",
            False,
        ),
        ("Ben Lo shot a rebel chief. The man killed was not Ali Sow. The man killed was a guard.", False),
        ("Ali Sow led the rebels. Ben Lo killed him in Chad.", True),
    ],
)
def test_who_somebody_is_said_not_to_be_is_not_meant(told, text, is_sow):
    assert any(predicate == "killed" and obj == "Ali Sow" for _, predicate, obj in told(text)) == is_sow
