"""Constructions that the parser slips on or that no lexicon row covers: sentence -> claims that must and must not be there."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model

LISTS = [
    (
        "The mayor held talks with nurses working in Lima, teachers of the town and students from Quito.",
        {("mayor", "spokeWith", "nurses"), ("mayor", "spokeWith", "teachers of the town")},
        {("nurses", "workedIn", "teachers of the town")},
    ),
    (
        "The premier met Ana Ruiz in Lima, the capital, and students.",
        {("premier", "metWith", "Ana Ruiz")},
        {("premier", "metWith", "capital"), ("premier", "metWith", "Lima")},
    ),
    (
        "U.S. Secretary of State Ruiz and U.S. Secretary of Defense Ben Lo will host foreign ministers.",
        {("Ruiz", "hosted", "foreign ministers"), ("Ben Lo", "hosted", "foreign ministers")},
        set(),
    ),
    (
        "Interior Minister Ana Ruiz and Finance Minister Ben Lo signed the pact.",
        {("Ana Ruiz", "signed", "pact"), ("Ben Lo", "signed", "pact")},
        set(),
    ),
    (
        "Interior Minister Ana Ruiz, the deputy of Ben Lo, signed the pact.",
        {("Ana Ruiz", "signed", "pact")},
        {("Ben Lo", "signed", "pact")},
    ),
    (
        "With the liberation of Mosul and other parts of Iraq, the army rested.",
        {("Mosul", "locatedIn", "Iraq")},
        set(),
    ),
    (
        "With the liberation of Mosul and other plans of Iraq, the army rested.",
        set(),
        {("Mosul", "locatedIn", "Iraq")},
    ),
]

PARTICIPLES = [
    (
        "Chad marked the anniversary of the Lima Treaty signed on May 3, 2020.",
        {("Lima Treaty", "signedOn", "2020-05-03")},
        {"occurredOn"},
    ),
    (
        "The fair marked the centenary of the Harbour Bridge opened by Ana Ruiz.",
        {("Ana Ruiz", "opened", "Harbour Bridge")},
        {("Ana Ruiz", "opened", "centenary of the Harbour Bridge")},
    ),
    (
        "The town kept the anniversary of the battle marked by a parade.",
        set(),
        {("parade", "marked", "battle")},
    ),
    (
        "The ministers are promising to lift the ban.",
        {("ministers", "promised", "to lift the ban", "asserted"), ("ministers", "lifted", "ban", "planned")},
        set(),
    ),
    (
        "The rebels are threatening to close the port.",
        {("rebels", "closed", "port", "planned")},
        {("rebels", "closed", "port", "asserted")},
    ),
    ("The results are promising for the mill.", set(), {"promised"}),
]

NAMED = [
    (
        "The capital, Kabul, was shelled by rebels.",
        {("rebels", "bombed", "Kabul")},
        {("rebels", "bombed", "capital")},
    ),
    ("The company, Norvik Steel, sold the mill.", {("Norvik Steel", "sold", "mill")}, set()),
    ("A rocket landed in the Afghan capital, Kabul.", {("rocket", "landedIn", "Kabul")}, set()),
    ("The companies, Norvik Steel and Tata, sold the mill.", {("companies", "sold", "mill")}, set()),
    (
        "The storm hit Chad harder than any other country. The country's envoy to the UN, Ben Lo, spoke.",
        {("Ben Lo", "positionIn", "Chad")},
        {("Ben Lo", "positionIn", "other country")},
    ),
    (
        "No country was poorer than Chad. The country's premier, Ben Lo, resigned.",
        {("Ben Lo", "leaderOf", "Chad")},
        set(),
    ),
    ("Chad was hit. A country's envoy, Ben Lo, spoke.", set(), {("Ben Lo", "positionIn", "Chad")}),
]


@pytest.mark.parametrize(("text", "wanted", "forbidden"), [*LISTS, *PARTICIPLES, *NAMED])
def test_constructions(claims_of, text, wanted, forbidden):
    found = claims_of(text)
    given = {c[:3] for c in found} | {c[1] for c in found} | found
    assert wanted <= given, sorted(found)
    assert not given & forbidden, sorted(found)
