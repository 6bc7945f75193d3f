"""Names compared: normal forms, classes that can be one thing's, keys that two names share, and what speaks against it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.compare import (
    BLOCKERS,
    FEATURES,
    Chain,
    NameLore,
    Profile,
    checked,
    is_compatible,
    is_generic,
    is_misspelt,
    load_lore,
    make_chain,
    normalize_name,
    stands_alone,
)
from kg.errors import OntologyError
from kg.lexicon import load_knowledge
from kg.model import Mention, Span


@pytest.fixture(scope="module")
def lore() -> NameLore:
    return load_lore(load_knowledge())


def profile(name: str, cls: str = "Person", *others: str, offices: frozenset[str] = frozenset()) -> Profile:
    return Profile(
        key=f"a#{name}",
        name=name,
        words=tuple(normalize_name(name).split()),
        types=frozenset({cls}),
        articles=frozenset({"a"}),
        chains=(f"a#{name}",),
        others=frozenset(map(normalize_name, others)),
        offices=offices,
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Kim Jong-un", "Kim Jong Un"),
        ("KIM JONG UN", "kim jong un"),
        ("José Muñoz", "Jose Munoz"),
        ("the United Nations", "United Nations"),
        ("U.N.", "UN"),
        ("Boeing's", "Boeing"),
        ("Nagorno–Karabakh", "Nagorno-Karabakh"),
    ],
)
def test_spellings_that_are_one_name(one: str, two: str) -> None:
    assert normalize_name(one) == normalize_name(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Kim Jong Un", "Kim Jong Il"), ("C++", "C"), ("The", "A"), ("75th Brigade", "70th Brigade"), ("?", "!")],
)
def test_names_that_stay_two(one: str, two: str) -> None:
    assert normalize_name(one) != normalize_name(two)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Person", "Person", True),
        ("Person", "Organization", False),
        ("Person", "Country", False),
        ("Person", "Agent", True),
        ("Company", "Organization", True),
        ("Company", "MediaOutlet", True),
        ("Group", "ArmedGroup", True),
        ("City", "Country", False),
        ("City", "Place", True),
        ("Country", "Entity", True),
        ("Event", "Person", False),
    ],
)
def test_classes_that_one_thing_can_have(left: str, right: str, expected: bool, lore: NameLore) -> None:
    assert is_compatible(left, right, lore) is expected
    assert is_compatible(right, left, lore) is expected


@pytest.mark.parametrize(
    "name", ["Foreign Ministry", "Supreme Court", "the National Assembly", "Parliament", "Ministry of Defence"]
)
def test_names_that_do_not_say_whose(name: str, lore: NameLore) -> None:
    assert is_generic(name, lore)


@pytest.mark.parametrize("name", ["Foreign Ministry of Peru", "Security Council", "State Department", "Boeing", "Peru"])
def test_names_that_say_whose(name: str, lore: NameLore) -> None:
    assert not is_generic(name, lore)


def test_a_person_called_by_one_name_depends_on_the_article(lore: NameLore) -> None:
    assert stands_alone("Kim", "Person", lore)
    assert stands_alone("Mr. Kim", "Person", lore)
    assert not stands_alone("Kim Jong Un", "Person", lore)
    assert not stands_alone("Boeing", "Company", lore)


def known(name: str) -> Profile:
    """A body that is linked to what is known of it."""
    return replace(profile(name, "Organization"), referents=frozenset({("list", f"list:{name}")}))


SHARED = [
    ("same letters", profile("Kim Jongun"), profile("Kim Jong-un")),
    ("same letters", profile("al-Shabaab", "ArmedGroup"), profile("Al Shabaab", "ArmedGroup")),
    ("same name without titles", profile("Dr. Anna Weber"), profile("Anna Weber")),
    ("same name without titles", profile("US Vice President Anna Weber"), profile("Anna Weber")),
    ("same words", profile("LA Harbour Office", "Organization"), profile("Los Angeles Harbour Office", "Organization")),
    (
        "same words",
        profile("North Korean Foreign Ministry", "Ministry"),
        profile("Ministry of Foreign Affairs of North Korea", "Ministry"),
    ),
    (
        "same words",
        profile("World Trade Organisation", "Organization"),
        profile("World Trade Organization", "Organization"),
    ),
    (
        "same words",
        profile("U.S. Department of State", "Ministry"),
        profile("United States State Department", "Ministry"),
    ),
    (
        "same words",
        profile("UN Trade Council", "Organization"),
        profile("United Nations Trade Council", "Organization"),
    ),
    ("same name without titles", profile("Methodist Anna Weber"), profile("Anna Weber")),
    ("same name without titles", profile("Attorney Anna Weber"), profile("Anna Weber")),
    (
        "same words but for plural or possessive",
        profile("New Farmer Party", "Party"),
        profile("New Farmer's Party", "Party"),
    ),
    ("first half of its acronym", profile("RTF", "Organization"), profile("RTF-ODS", "Organization")),
    ("same name without legal form", profile("Norvik Corp.", "Company"), profile("Norvik", "Company")),
    ("plural of the same name", profile("KV-47s", "Artifact"), profile("KV-47", "Weapon")),
    ("plural of the same name", profile("Houthis", "Group"), profile("Houthi", "Group")),
    (
        "one article uses both names",
        profile("Dawn Front", "Party"),
        profile("United Dawn Front", "Party", "Dawn Front"),
    ),
    ("one article gives the acronym", profile("UN", "Organization"), profile("United Nations", "Organization", "UN")),
    ("same name in another spelling", profile("Volodymyr Zelenskyy"), profile("Volodymyr Zelensky")),
    ("same name in another spelling", profile("Mikhail Petrov"), profile("Mihail Petrov")),
    (
        "acronym of its initials",
        profile("IAEA", "Organization"),
        profile("International Atomic Energy Agency", "Organization"),
    ),
    ("acronym of its initials", profile("WTO", "Organization"), profile("World Trade Organization", "Organization")),
    ("same first and last name", profile("Anna Weber"), profile("Anna Maria Weber")),
    ("initial of its first name", profile("A. Weber"), profile("Anna Weber")),
    ("nickname", profile("Bill Ortega"), profile("William Ortega")),
    ("family name alone, one bearer known", profile("Weber"), profile("Anna Weber")),
    (
        "same office of the same state and family name",
        profile("Sow", offices=frozenset({"chad president"})),
        profile("Ana Sow", offices=frozenset({"chad minister", "chad president"})),
    ),
    ("family name alone, one bearer known", profile("Kim"), profile("Kim Jong Un")),
    ("family name alone, one bearer known", profile("bin Salman"), profile("Mohammed bin Salman")),
    ("similar spelling", profile("Muammar Gaddafi"), profile("Muammar Qadhafi")),
    ("similar spelling", profile("Dayr az Zawr", "City"), profile("Deir Ezzor", "City")),
    ("initial of its middle name", profile("John Q. Miller"), profile("John Quentin Miller")),
    ("misspelt", profile("Harbuor Rail Union", "Organization"), known("Harbour Rail Union")),
    ("misspelt", profile("Inland Feries Bank", "Organization"), known("Inland Ferries Bank")),
    ("party named without that word", profile("Orlan", "Party"), profile("Orlan Party", "Party")),
    (
        "general name, one such body in the same company",
        profile("the Coalition", "Party"),
        profile("Andean Coalition", "Party"),
    ),
    ("same general name in the same company", profile("the Coalition", "Party"), profile("Coalition", "Party")),
]


@pytest.mark.parametrize(("reason", "short", "full"), SHARED, ids=[f"{r}: {s.name}" for r, s, _ in SHARED])
def test_each_feature_finds_its_pairs(reason: str, short: Profile, full: Profile, lore: NameLore) -> None:
    feature = next(f for f in FEATURES if f.reason == reason)
    assert set(feature.short(short, lore)) & set(feature.full(full, lore))
    assert feature.alike is None or feature.alike(short, full, lore)
    assert not any(blocker(short, full, lore) for blocker in BLOCKERS)


@pytest.mark.parametrize(
    ("one", "other", "misspelt"),
    [
        ("Untied Harbours", "United Harbours", True),
        ("Northern Rialway", "Northern Railway", True),
        ("Coastal Ferrries", "Coastal Ferries", True),
        ("Harbour Bank", "Harbours Bank", False),  # the last letter makes another form
        ("Norvik Bank", "Norvil Bank", False),  # another letter, another word
        ("Iran Air", "Irna Air", False),  # too short to tell
        ("Untied Harbours of Chad", "United Harbours", False),
    ],
)
def test_a_slip_of_the_pen_is_inside_a_long_word(one: str, other: str, misspelt: bool, lore: NameLore) -> None:
    assert is_misspelt(profile(one, "Organization"), known(other), lore) == misspelt


@pytest.mark.parametrize(
    ("name", "generic"),
    [
        ("Russian Embassy", True),
        ("U.S. embassy", True),
        ("Embassy of South Korea", True),
        ("Chadian Embassy in Lima", False),
        ("Chadian Union", False),
        ("Embassy Theatre", False),
    ],
)
def test_an_embassy_does_not_say_where(name: str, generic: bool, lore: NameLore) -> None:
    assert is_generic(name, lore) == generic


def test_every_feature_is_tried_above() -> None:
    by_links = {"linked to the same", "same name"}  # tests/test_link.py
    assert {f.reason for f in FEATURES} - {"same family name alone"} - by_links == {reason for reason, _, _ in SHARED}


def a_chain(name: str, cls: str, text: str = "") -> tuple[Chain, list[Mention], str]:
    """A chain of one mention, in an article of these words."""
    text = text or name
    start = text.index(name)
    mention = Mention("m", "a", Span(start, start + len(name)), name, name, cls, "c", "name", "name")
    return make_chain("a#c", [mention]), [mention], text


@pytest.mark.parametrize(
    ("name", "cls", "text", "wanted"),
    [
        ("Internet", "Organization", "", "Concept"),
        ("H5N8", "Organization", "", "Concept"),
        ("Hutus", "Person", "", "Group"),
        ("NGOs", "Organization", "", "Group"),
        ("Essex County", "City", "", "Region"),
        ("Northern Kurdistan", "City", "", "Region"),
        ("UK", "Person", "", "Country"),
        ("Farouk", "Organization", "The Farouk regime fell.", "Person"),
        ("Dakar", "Person", "A group based in Dakar said so.", "City"),
        ("central Cusco", "City", "", "Region"),
        ("747", "Organization", "", "Artifact"),
        ("Oxfam", "Person", "", "InternationalOrganization"),
        ("Hummer", "Person", "", "Vehicle"),
        ("Internet", "Document", "", "Concept"),
        ("West Bank", "Company", "", "Region"),
        ("Kremlin", "Organization", "", "Place"),
        ("Taleban", "Organization", "The Taleban regime fell.", "Organization"),
        ("Dow", "Organization", "", "Concept"),
        ("Abu Ghraib", "Person", "", "Place"),
        # and what stays
        ("WHO", "Person", "", "Person"),
        ("7-Two", "Organization", "", "Organization"),
        ("Victoria", "Person", "Victoria smiled.", "Person"),
        ("Norvik", "Organization", "The Norvik plant closed.", "Organization"),
        ("BBC", "Organization", "", "Organization"),
        ("Lima", "City", "", "City"),
        ("Al", "Person", "", "Person"),
        ("Internet Archive", "MediaOutlet", "", "MediaOutlet"),
    ],
)
def test_a_name_gives_away_what_it_cannot_be(name: str, cls: str, text: str, wanted: str, lore: NameLore) -> None:
    assert checked(*a_chain(name, cls, text), lore).type == wanted


def test_a_common_noun_is_no_name_whatever_its_reader_took_it_for() -> None:
    assert make_chain("a#c", a_chain("Liberal", "Group")[1]).is_named
    assert not make_chain("a#c", a_chain("liberal", "Group")[1]).is_named


APART = [
    (profile("Anna Weber"), profile("Otto Weber")),
    (profile("Kim Jong Un"), profile("Kim Yo Jong")),
    (profile("Un"), profile("Kim Jong Un")),
    (profile("UN", "Organization"), profile("Union National", "Organization")),
    (profile("WTO", "Organization"), profile("World Health Organization", "Organization")),
    (profile("Norvik Steel", "Company"), profile("Norvik", "Company")),
    (profile("Anna"), profile("Anna Weber")),
    (profile("Weber", "Company"), profile("Anna Weber")),
    (profile("NATO", "Organization"), profile("NATO-EU", "Organization")),
    (profile("RTF", "Organization"), profile("RTF-US", "Organization")),
    (profile("Weber"), profile("Anna Weber", offices=frozenset({"chad first lady"}))),
]


@pytest.mark.parametrize(("one", "two"), APART, ids=[f"{a.name}, {b.name}" for a, b in APART])
def test_names_that_share_nothing(one: Profile, two: Profile, lore: NameLore) -> None:
    for feature in FEATURES:
        assert not set(feature.short(one, lore)) & set(feature.full(two, lore)), feature.reason


BLOCKED = [
    (profile("John B. Smith"), profile("John A. Smith"), "middle names"),
    (profile("George H. W. Bush"), profile("George W. Bush"), "middle names"),
    (profile("Anna Weber"), profile("Otto Weber"), "first names"),
    (profile("Otto Weber Jr."), profile("Otto Weber"), "numbers"),
    (profile("75th Brigade", "Military"), profile("70th Brigade", "Military"), "numbers"),
    (profile("World War II", "Event"), profile("World War I", "Event"), "numbers"),
    (profile("Victoria"), profile("Victoria", "City"), "kinds"),
]


@pytest.mark.parametrize(("one", "two", "why"), BLOCKED, ids=[f"{a.name}, {b.name}" for a, b, _ in BLOCKED])
def test_blockers_say_why(one: Profile, two: Profile, why: str, lore: NameLore) -> None:
    reasons = [reason for blocker in BLOCKERS if (reason := blocker(one, two, lore))]
    assert any(why in reason for reason in reasons)


def test_a_broken_lexicon_of_names_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    import dataclasses

    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "names.toml").write_text("loose = [")
    knowledge = dataclasses.replace(load_knowledge(), folder=tmp_path)
    with pytest.raises(OntologyError, match=r"names\.toml"):
        load_lore(knowledge)
