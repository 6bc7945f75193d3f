"""Words of political events: which event a sentence tells, and of which PLOVER class it is."""

from __future__ import annotations

import pytest

from evaluation.plover import groups_by_class, readings

pytestmark = pytest.mark.model

TOLD = {
    "AGREE": [
        "Vietnam has promised to help Laos rebuild its railways, the transport minister said Monday.",
        "Canada will send 200 peacekeepers to Haiti next month, officials announced.",
        "The union offered to end its boycott.",
        "Spain and Morocco have reached a deal on fishing rights.",
    ],
    "CONSULT": [
        "The leaders of India and Pakistan discussed the border by telephone.",
        "Delegates from 12 countries gathered in Geneva.",
        "Ali Sow held talks with the rebels.",
    ],
    "SUPPORT": [
        "The European Union welcomed the plan on Tuesday.",
        "Chile and Bolivia restored diplomatic relations after two decades.",
        "The king praised the nurses.",
    ],
    "COOPERATE": [
        "Indian and French navies held joint manoeuvres off Goa.",
        "Police from Spain share intelligence with France.",
        "China bought 20 fighter jets from Russia.",
    ],
    "AID": [
        "Sweden granted political asylum to the pilot.",
        "The bank approved a loan of 300 million dollars for Bangladesh.",
        "Medics handed blankets to the refugees.",
    ],
    "CONCEDE": [
        "The king of Nepal yielded to demands for a new constitution.",
        "Algeria ended the state of emergency.",
        "Kenya reopened its border.",
    ],
    "RETREAT": [
        "The guerrillas declared a ceasefire on Monday.",
        "Thousands of militiamen laid down their weapons.",
        "The mayor tendered his resignation.",
    ],
    "REQUEST": [
        "Greece demanded that Turkey withdraw its troops.",
        "The guild repeated its demand that the owner pay.",
        "Amnesty urged the court to free the editor.",
    ],
    "ACCUSE": [
        "Ecuador lodged a formal complaint against Colombia.",
        "The mayor voiced anger at the arrest of two journalists.",
        "A court found the officer guilty of war crimes.",
    ],
    "REJECT": [
        "Iran refused to suspend the tests.",
        "Croatia will not hand over the general to the court, its premier said.",
        "The firm reneged on its promise.",
    ],
    "THREATEN": [
        "North Korea threatened to test a nuclear device.",
        "Turkey will close its border with Armenia, the premier said.",
        "The kidnappers gave the government an ultimatum.",
    ],
    "PROTEST": [
        "Farmers blocked highways across Bolivia.",
        "Prisoners began a hunger strike in Lima.",
        "The guild organised a general strike.",
    ],
    "SANCTION": [
        "Saudi Arabia cut diplomatic ties with Iran.",
        "Norway has suspended aid to Zambia.",
        "India recalled its high commissioner from Accra.",
    ],
    "MOBILIZE": [
        "Police in Manila were placed on high alert.",
        "Pakistan massed troops along the border.",
        "Syria called up thousands of reservists.",
    ],
    "COERCE": [
        "Sri Lanka declared a state of emergency after the riots.",
        "Police broke up a rally in Cairo.",
        "The mob set fire to the mill.",
    ],
    "ASSAULT": [
        "Gunmen shot dead four policemen in Lima.",
        "Tanks fired shells at the town.",
        "Rebels broke the ceasefire.",
    ],
}
NOT_TOLD = [
    ("AGREE", "Norway did not promise to help Chad."),
    ("CONSULT", "Talk of the town was the weather."),
    ("SUPPORT", "The minister improved his golf."),
    ("COOPERATE", "The navy shared the harbour."),
    ("AID", "The court handed down its ruling."),
    ("CONCEDE", "The owner ended his lunch."),
    ("RETREAT", "The mother laid down the child."),
    ("REQUEST", "Ali Sow said that there must be rain."),
    ("ACCUSE", "The poet found the key."),
    ("REJECT", "The team went back to Oslo."),
    ("THREATEN", "The firm closed its books last week."),
    ("PROTEST", "The lawyer blocked the number."),
    ("SANCTION", "The clerk cut the paper."),
    ("MOBILIZE", "The general called his wife."),
    ("COERCE", "The cook set the table."),
    ("ASSAULT", "The chef fired the oven."),
]


@pytest.fixture(scope="module")
def groups_of(extraction_of, knowledge):
    groups = {status: groups_by_class(knowledge, f"plover{status.title()}") for status in ("", "planned", "negated")}
    return lambda text: {reading.group for reading in readings(extraction_of(text), groups) if reading.group}


@pytest.mark.parametrize(("group", "text"), [(g, t) for g, texts in TOLD.items() for t in texts])
def test_tells(groups_of, group, text):
    assert group in groups_of(text)


@pytest.mark.parametrize(("group", "text"), NOT_TOLD)
def test_does_not_tell(groups_of, group, text):
    assert group not in groups_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "The union said that the owner must pay.",
        "Greece said Turkey should withdraw its troops.",
        "Greece said that there must be peace.",
    ],
)
def test_who_says_what_must_be_done_has_said_it(claims_of, text):
    assert "demanded" not in {p for _, p, _, _ in claims_of(text)}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Fighting broke out between Chad and Niger.", ("Chad", "fought", "Niger", "asserted")),
        ("Clashes erupted between the army and the guerrillas.", ("army", "fought", "guerrillas", "asserted")),
        ("Talks began between Chad and Niger.", ("Chad", "spokeWith", "Niger", "asserted")),
    ],
)
def test_who_takes_part_in_what_breaks_out(claims_of, text, claim):
    assert claim in claims_of(text)


def test_where_something_breaks_out_takes_no_part(claims_of):
    assert not {p for _, p, _, _ in claims_of("Fighting broke out in Goma.")} & {"fought"}


@pytest.mark.parametrize(
    "text",
    [
        "The union repeated its demand that Chad release the crew.",
        "The court's order that Chad release the crew was clear.",
        "Kenya rejected the request that Chad release the crew.",
    ],
)
def test_what_is_demanded_in_a_that_clause_is_not_done(claims_of, text):
    assert ("Chad", "released", "crew", "asserted") not in claims_of(text)
