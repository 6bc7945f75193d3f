"""Which person holds which office, as names are introduced: each position of the title, and what is no introduction."""

from __future__ import annotations

import pytest

from kg.offices import find_offices

pytestmark = pytest.mark.model


def offices(index):
    return {(o.person.name, o.title, tuple(m.name for _, m in o.owners)) for o in find_offices(index)}


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Kenyan Defense Minister Ali Sow left.", ("Ali Sow", "Defense Minister", ("Kenya",))),
        ("Norway's Prime Minister Ana Ruiz left.", ("Ana Ruiz", "Prime Minister", ("Norway",))),
        ("U.S. Secretary of State Ana Ruiz left.", ("Ana Ruiz", "Secretary of State", ("United States",))),
        ("President Maria Keller left.", ("Maria Keller", "President", ())),
        ("The king met Police Chief Juan Ruiz.", ("Juan Ruiz", "Police Chief", ())),
    ],
)
def test_before_the_name(index_of, text, office):
    assert office in offices(index_of(text))


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Ali Sow, president of Chad, left.", ("Ali Sow", "president", ("Chad",))),
        ("A Chadian Politburo member, Ali Sow, left.", ("Ali Sow", "Politburo member", ("Chad", "Politburo"))),
        (
            "Ali Sow, the former Democratic National Committee chairman, left.",
            ("Ali Sow", "chairman", ("Democratic National Committee",)),
        ),
        ("Ana Ruiz, the Lima Housing Committee chairman, left.", ("Ana Ruiz", "chairman", ("Lima Housing Committee",))),
        ("They met the nominee Ana Ruiz, Lima's Attorney General, there.", ("Ana Ruiz", "Attorney General", ("Lima",))),
        ("Ana Ruiz, a committee chairman, left.", ("Ana Ruiz", "committee chairman", ())),
        ("Ana Ruiz, Norway's foreign minister, left.", ("Ana Ruiz", "foreign minister", ("Norway",))),
        ("The president of Chad, Ali Sow, left.", ("Ali Sow", "president", ("Chad",))),
        (
            "UN coordinator for Chad, Ana Ruiz described the attack.",
            ("Ana Ruiz", "coordinator for Chad", ("UN",)),
        ),
        ("Ana Ruiz, a spokeswoman for Interpol, left.", ("Ana Ruiz", "spokeswoman", ("Interpol",))),
        ("Ali Sow, the army's chief of staff, left.", ("Ali Sow", "chief of staff", ())),
    ],
)
def test_in_apposition(index_of, text, office):
    assert office in offices(index_of(text))


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("Former President Ali Sow left.", True),
        ("Ali Sow, the former president of Chad, left.", True),
        ("Kenya praised then Defense Minister Ana Ruiz.", True),
        ("President Ali Sow left.", False),
        ("President Ali Sow left his former house.", False),
    ],
)
def test_former(index_of, text, former):
    found = find_offices(index_of(text))
    assert found and {o.former for o in found} == {former}


@pytest.mark.parametrize(
    "text",
    [
        "Ali Sow left.",
        "The president of Chad met Ali Sow.",
        "Mr. Ali Sow left.",
        "While in Kenya Ali Sow met the president.",
        "Ali Sow and the president left.",
        "Stone bridge Ali Sow",
    ],
)
def test_no_introduction(index_of, text):
    assert not [o for o in offices(index_of(text)) if o[0] == "Ali Sow"]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Ana Ruiz, minister for Central Asia, left.", "Central Asia"),
        ("Ana Ruiz, ambassador to Kenya, left.", "Kenya"),
        ("Ana Ruiz, envoy in Lima, left.", "Lima"),
    ],
)
def test_a_portfolio_or_post_is_no_employer(index_of, text, owner):
    assert owner not in {name for _, _, owners in offices(index_of(text)) for name in owners}


def test_one_person_can_be_introduced_twice(index_of):
    found = offices(index_of("President Ali Sow, chairman of the Harbour Bank, left."))
    assert {("Ali Sow", "President", ()), ("Ali Sow", "chairman", ("Harbour Bank",))} <= found


@pytest.mark.parametrize(
    ("text", "claim", "is_told"),
    [
        (
            "Lima Teachers Association president Ana Ruiz left.",
            ("holdsPosition", "president of Lima Teachers Association"),
            True,
        ),
        ("Ana Ruiz, director of Norvik Steel, left.", ("holdsPosition", "director of Norvik Steel"), True),
        ("Chadian president Ana Ruiz left.", ("holdsPosition", "president"), True),
        ("Norvik Steel spokeswoman Ana Ruiz left.", ("holdsPosition", "spokeswoman"), True),
        (
            "Ana Ruiz, manager of Red Cross projects in Chad, left.",
            ("holdsPosition", "manager of Red Cross projects in Chad"),
            True,
        ),
        ("Ana Ruiz, Chadian ambassador to Peru, left.", ("holdsPosition", "ambassador to Peru"), True),
        ("Ana Ruiz, Chadian ambassador to Peru, left.", ("affiliatedWith", "Chad"), True),
        ("Ana Ruiz, Chadian ambassador to Peru, left.", ("positionIn", "Chad"), False),
        ("Chadian Ambassador Ana Ruiz left.", ("affiliatedWith", "Chad"), True),
        ("Chadian Ambassador Ana Ruiz left.", ("positionIn", "Chad"), False),
        ("UNICEF goodwill ambassador Ana Ruiz left.", ("positionIn", "UNICEF"), True),
        ("Ana Ruiz, Chadian trade minister, left.", ("positionIn", "Chad"), True),
        ("Ana Ruiz, governor of southern Chad, left.", ("positionIn", "Chad"), False),
        ("The president of southern Chad met Ana Ruiz.", ("affiliatedWith", "Chad"), False),
        ("Ana Ruiz, president of Chad, left.", ("leaderOf", "Chad"), True),
    ],
)
def test_of_whom_and_to_whom(claims_of, text, claim, is_told):
    assert (claim in {c[1:3] for c in claims_of(text)}) == is_told
