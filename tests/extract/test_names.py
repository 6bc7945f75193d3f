"""Who and what is meant: names cut, names joined, lists that share a head, titles with fields, nominals of different owners."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


def fires(text, *wanted):
    return pytest.param(text, set(wanted), frozenset(), id=text[:60])


def silent(text, *forbidden):
    """`forbidden` are predicates, or (subject, predicate, object) triples, that the text must not give."""
    return pytest.param(text, set(), frozenset(forbidden), id="not: " + text[:55])


SPANS = [
    fires("The forum was founded by Dean Mallory in 1998.", ("Dean Mallory", "founded", "forum")),
    fires("Dean Ana Ruiz praised the forum.", ("Ana Ruiz", "holdsPosition", "Dean")),
    fires("Chad denied the report on Monday.", ("Chad", "denied", "report")),
    fires("Jordan rejected the offer.", ("Jordan", "rejected", "offer")),
    fires(
        "The Northern Ferry Lines Alliance (NFLA) won the prize.",
        ("Northern Ferry Lines Alliance", "alias", "NFLA"),
    ),
    fires("Rescue Aid Chad runs ten camps.", ("Rescue Aid Chad", "affiliatedWith", "Chad")),
    fires(
        "Aid reached towns in northern and East Africa.",
        ("towns in northern and East Africa", "locatedIn", "northern and East Africa"),
    ),
    silent("Aid reached towns in northern and East Africa.", ("towns", "locatedIn", "East Africa")),
    fires("The camp in south Sudan closed.", ("camp in south Sudan", "locatedIn", "Sudan")),
    fires("The frigate Orage in Toulon is old.", ("Orage", "locatedIn", "Toulon")),
    fires(
        "The Space Shuttle Valiant at the Norvik Museum is old.",
        ("Space Shuttle Valiant", "locatedIn", "Norvik Museum"),
    ),
    fires("HMS Orla in Gibraltar is old.", ("HMS Orla", "locatedIn", "Gibraltar")),
    silent("A frigate in Gibraltar is old.", ("frigate", "locatedIn", "Gibraltar")),
    fires("The camp in South Sudan closed.", ("camp in South Sudan", "locatedIn", "South Sudan")),
]

TITLES = [
    fires(
        "Ali Sow, U.N. Chief of Fisheries Affairs and Crop Protection, left.",
        ("Ali Sow", "holdsPosition", "Chief of Fisheries Affairs and Crop Protection"),
        ("Ali Sow", "worksFor", "U.N."),
    ),
    silent("Ali Sow, U.N. Chief of Fisheries Affairs and Crop Protection, left.", "leaderOf"),
    fires("Ali Sow, head of NATO, left.", ("Ali Sow", "leaderOf", "NATO")),
    fires(
        "Ali Sow, an editor at large at the Oslo Gazette, left.",
        ("Ali Sow", "holdsPosition", "editor at large"),
    ),
    fires(
        "Police director General Ben Lo spoke.",
        ("Ben Lo", "holdsPosition", "General"),
        ("Ben Lo", "holdsPosition", "Police director"),
    ),
    fires("Director General Ben Lo spoke.", ("Ben Lo", "holdsPosition", "Director General")),
    fires("Undersecretary for Education Mr. Keller left.", ("Keller", "holdsPosition", "Undersecretary for Education")),
    silent("His wife Ana Sow left.", ("Ana Sow", "holdsPosition", "wife")),
    silent("Ana Sow, author of The Long Road, left.", "worksFor"),
]

LISTS = [
    silent("Ana Sow and Ben Lo, a lawyer, left.", ("Ana Sow", "holdsPosition", "lawyer")),
    fires("Ana Sow and Ben Lo, a lawyer, left.", ("Ben Lo", "holdsPosition", "lawyer")),
    fires("Ana Sow, a lawyer, left.", ("Ana Sow", "holdsPosition", "lawyer")),
    silent(
        "Ana Sow and Ben Lo, of respectively the Green Party and the Red Party, won.",
        ("Ana Sow", "affiliatedWith", "Red Party"),
        ("Ben Lo", "affiliatedWith", "Green Party"),
    ),
    silent("The union met delegates in twelve towns in Chad and Mali.", ("twelve towns", "locatedIn", "Chad")),
    silent("The union met delegates in towns in Chad and Mali.", ("towns in Chad and Mali", "locatedIn", "Chad")),
    silent("The men fled Norvik, Lagos, and Lima.", ("Norvik", "locatedIn", "Lagos"), ("Lagos", "locatedIn", "Lima")),
]

OWNERS = [
    fires(
        "The U.S. government pledged aid. The government of Malaysia sent rice.",
        ("government of Malaysia", "sent", "rice"),
    ),
    silent(
        "The U.S. government pledged aid. The government of Malaysia sent rice.",
        ("U.S. government", "sent", "rice"),
    ),
    silent(
        "The Chadian team won the cup. The Malian team left the hall.",
        ("Chadian team", "left", "hall"),
    ),
    fires("Velm is a town on the coast of Peru.", ("Velm", "locatedIn", "coast of Peru")),
    fires("The worst hit area is Norway's capital of Oslo.", ("Oslo", "capitalOf", "Norway")),
    silent("The worst hit area is Norway's capital of Oslo.", ("area", "capitalOf", "Norway")),
    fires("The Harbour School in Oslo closed.", ("Harbour School", "basedIn", "Oslo")),
    silent("The Norvik Corp. expanded.", "partOf"),
    silent("The army of Chad in Mali retreated.", "basedIn"),
]

PARTS = [
    silent(
        "The men fled the Americas, Eastern Norland, and other regions.", ("Americas", "locatedIn", "Eastern Norland")
    ),
    silent("Ana Sow and Ben Lo were newcomers.", ("Ana Sow", "isA", "newcomers")),
    fires("Ana Sow was a newcomer.", ("Ana Sow", "isA", "newcomer")),
    silent("Peace-democrat veteran Ana Sow left.", "worksFor"),
    fires("Harbour Bank economist Ana Sow left.", ("Ana Sow", "worksFor", "Harbour Bank")),
    fires("Food Watch Norway Denmark, a charity, closed.", ("Food Watch Norway Denmark", "isA", "charity")),
]

LABELS = [
    fires(
        "The ministers of Chad, Mali and Niger met Ana Sow.",
        ("ministers of Chad, Mali and Niger", "metWith", "Ana Sow"),
    ),
    fires("The flood left a layer of mud and slime.", ("flood", "left", "layer of mud and slime")),
    fires("Ana Sow praised the mayor of the town of Velm.", ("Ana Sow", "praised", "mayor of the town of Velm")),
    silent("Ana Sow met a number of ministers and officials.", ("Ana Sow", "metWith", "number")),
    silent(
        "Two guards were found in the garage, who said they had been robbed.",
        ("garage", "said", "they had been robbed"),
    ),
    silent(
        "The effort failed. It was reported that Chad had paid.",
        ("effort", "reported", "Chad had paid"),
        "reportedThat",
    ),
    fires("Hotel Estrella closed in May.", ("Hotel Estrella", "closedOn", "2023-05")),
]

SOME_OF_A_PEOPLE = [
    fires("Kenyans in Chad praised the mayor of Lima.", ("Kenyans in Chad", "praised", "mayor of Lima")),
    fires("Kurds from Iraq attacked Velm.", ("Kurds from Iraq", "attacked", "Velm")),
    silent("Kenyans in Chad praised the mayor of Lima.", ("Kenya", "praised", "mayor of Lima")),
    fires("Kurds attacked Velm in May.", ("Kurds", "attacked", "Velm")),
]

RANKED = [
    fires("Peru reported its first malaria case.", ("Peru", "reported", "Peru's first malaria case")),
    fires("Norvik Corp. opened its largest mill in May.", ("Norvik Corp.", "opened", "Norvik Corp.'s largest mill")),
    silent("Norvik Corp. opened a large mill in May.", ("Norvik Corp.", "opened", "Norvik Corp.'s large mill")),
]

OF_WHAT_IS_MEANT = [
    fires(
        "Chad is dry. The mayor praised the country's largest mill, Norvik.",
        ("Norvik", "isA", "Chad's largest mill"),
    ),
    fires(
        "Chad sold a fleet. It wants to sell the country's oldest port, Velm.", ("Velm", "isA", "Chad's oldest port")
    ),
    fires("Rain hit Norway's capital, Oslo.", ("Oslo", "isA", "Norway's capital")),
    fires("Chad is dry. Rain hit the country's capital, N'Djamena.", ("N'Djamena", "isA", "Chad's capital")),
    silent("Rain fell. Guards left the area's capital, Velm.", ("Velm", "isA", "capital")),
    fires("Chad sold its oldest port, Velm.", ("Velm", "isA", "Chad's oldest port")),
    silent(
        "Ana Ruiz leads Peru. She sold the president's oldest ship, Orla.", ("Orla", "isA", "Ana Ruiz's oldest ship")
    ),
]

COUNTED_TOGETHER = [
    fires("The ferry carried 53 passengers and crew.", ("53 passengers and crew", "quantity", "53")),
    fires("The blast hurt ten guards and staff.", ("ten guards and staff", "quantity", "10")),
    fires("The ferry carried 53 passengers and a cook.", ("53 passengers", "quantity", "53")),
]

KINDS = [
    fires("Velm, Norway's largest city, was hit.", ("Velm", "isA", "Norway's largest city")),
    silent("Velm, Norway's largest city, was hit.", ("Velm", "isA", "largest city")),
    fires("A minimum of 35 miners died.", ("minimum of 35 miners", "quantity", "at least 35")),
    silent("Germany attacked Russia, that is a real threat.", ("Russia", "isA", "real threat")),
]


TYPES = [
    ("The pro-Oslo camp won the vote.", "pro-Oslo camp", "Group"),
    ("The separatist camp lost the vote.", "separatist camp", "Group"),
    ("The crowded camp closed.", "crowded camp", "Facility"),
    ("The party won 60,000 votes.", "60,000 votes", "Concept"),
    ("The party lost the vote.", "vote", "Election"),
    ("The Harbour Foundation closed.", "Harbour Foundation", "Organization"),
    ("The World Ferry Association met.", "World Ferry Association", "InternationalOrganization"),
    ("The University of Velm Rowing Club won.", "University of Velm Rowing Club", "Organization"),
    ("The Wexley City Council met on Monday.", "Wexley City Council", "Government"),
    ("The co-workers left the hall.", "co-workers", "Group"),
    ("The ex-minister left the hall.", "ex-minister", "Person"),
    ("The Wexley School District closed.", "Wexley School District", "Organization"),
    ("The clerk issued a passport.", "passport", "Document"),
    ("The strike destroyed a fighting position.", "fighting position", "Facility"),
]


@pytest.mark.parametrize(("text", "name", "cls"), TYPES)
def test_types(index_of, text, name, cls):
    assert (name, cls) in {(m.name, m.type) for m in index_of(text).all()}


@pytest.mark.parametrize(
    ("text", "wanted", "forbidden"),
    [
        *SPANS,
        *TITLES,
        *LISTS,
        *OWNERS,
        *PARTS,
        *LABELS,
        *KINDS,
        *SOME_OF_A_PEOPLE,
        *RANKED,
        *COUNTED_TOGETHER,
        *OF_WHAT_IS_MEANT,
    ],
)
def test_names(claims_of, text, wanted, forbidden):
    found = claims_of(text)
    asserted = {c[:3] for c in found if c[3] in {"asserted", "inferred"}}
    assert wanted <= asserted, sorted(found)
    given = {c[1] for c in found if c[3] != "inferred"} | {c[:3] for c in found}
    assert not given & forbidden, sorted(found)
