"""Pairs of names in two articles: one thing or two. Both articles speak of the same three other things."""

from __future__ import annotations

import pytest

from kg.lexicon import Knowledge
from kg.link import Linker, load_linker
from kg.resolve import resolve_entities
from tests.markup import marked

COMPANY = "[Lake Orta|Region], [Ines Valverde|Person] and [Norvik Lines|Company] were there."

SAME = [
    # one name, written in other ways
    ("Kim Jong-un", "Kim Jong Un", "Person"),
    ("Kim Jongun", "Kim Jong-un", "Person"),
    ("Erdoğan Demir", "Erdogan Demir", "Person"),
    ("Łukasz Żak", "Lukasz Zak", "Person"),
    ("François Ødegård", "Francois Odegard", "Person"),
    ("The Hague Tribunal", "Hague Tribunal", "Organization"),
    ("Al-Mansour", "Al Mansour", "Facility"),
    ("Dr. Anna Weber", "Anna Weber", "Person"),
    ("President Anna Weber", "Anna Weber", "Person"),
    ("Anna Weber Jr.", "Anna Weber Jr", "Person"),
    # transliterations
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Person"),
    ("Volodymyr Zelenskiy", "Volodymyr Zelenskyy", "Person"),
    ("Владимир Орлов", "Vladimir Orlov", "Person"),
    ("Muammar Gaddafi", "Muammar Qaddafi", "Person"),
    ("Muammar Gaddafi", "Muammar Kadafi", "Person"),
    ("Mohammed Dahlan", "Muhammad Dahlan", "Person"),
    ("Sergei Lavrentiev", "Sergey Lavrentyev", "Person"),
    ("Dmitry Malkov", "Dmitri Malkov", "Person"),
    ("Aleksandr Petrov", "Alexander Petrov", "Person"),
    ("Mikhail Gorbanev", "Mihail Gorbanev", "Person"),
    ("Viktor Yanushkevich", "Victor Yanushkevych", "Person"),
    ("Hassan Nasrallah", "Hasan Nasrallah", "Person"),
    ("Rashid al-Karim", "Rasheed al-Kareem", "Person"),
    # initials, middle names, nicknames
    ("A. Weber", "Anna Weber", "Person"),
    ("John Q. Miller", "John Miller", "Person"),
    ("John Q. Miller", "John Quentin Miller", "Person"),
    ("Bill Carver", "William Carver", "Person"),
    # short forms by context
    ("Okafor", "Chinedu Okafor", "Person"),
    # organisations: acronyms, words in another order, states
    ("EU", "European Union", "InternationalOrganization"),
    ("E.U.", "European Union", "InternationalOrganization"),
    ("UN", "United Nations", "InternationalOrganization"),
    ("U.N. Security Council", "United Nations Security Council", "InternationalOrganization"),
    ("ISIS", "Islamic State of Iraq and the Levant", "ArmedGroup"),
    ("Doctors Without Borders", "MSF", "InternationalOrganization"),
    ("NORA", "Northern Ore and Rail Association", "Organization"),
    ("World Trade Organisation", "World Trade Organization", "InternationalOrganization"),
    ("US State Department", "U.S. Department of State", "Ministry"),
    ("North Korean Foreign Ministry", "Ministry of Foreign Affairs of North Korea", "Ministry"),
    ("Andean Harbor Times", "Andean Harbor Tmes", "MediaOutlet"),
    ("Russian Defence Ministry", "Defense Ministry of Russia", "Ministry"),
    ("Orvella Corp.", "Orvella", "Company"),
    ("Houthis", "Houthi", "Group"),
    # places
    ("USA", "United States of America", "Country"),
    ("Burma", "Myanmar", "Country"),
    ("Deir Ezzor", "Dayr az Zawr", "City"),
    ("Shenzhen", "Shēnzhèn", "City"),
    # events
    ("Korean War", "Korean War", "War"),
    ("the Korean War", "Korean War", "War"),
    ("Treaty of Lausanne", "Lausanne Treaty", "Treaty"),
]

DIFFERENT = [
    # two Kims, two of a family
    ("Kim Jong Un", "Person", "Kim Yo Jong", "Person"),
    ("Kim Jong Un", "Person", "Kim Jong Il", "Person"),
    ("Kim Jong Un", "Person", "Kim Jong Nam", "Person"),
    ("Xi Jinping", "Person", "Xi Jianping", "Person"),
    ("Anna Weber", "Person", "Otto Weber", "Person"),
    ("Maria Ortega", "Person", "Mario Ortega", "Person"),
    ("Daniel Costa", "Person", "Daniela Costa", "Person"),
    ("John A. Miller", "Person", "John B. Miller", "Person"),
    ("George W. Bush", "Person", "George H. W. Bush", "Person"),
    ("Anna Weber", "Person", "Anna Weber Jr.", "Person"),
    ("A. Weber", "Person", "Otto Weber", "Person"),
    ("Assad", "Person", "Assaf", "Person"),
    ("Ali Hassan", "Person", "Ali Hussein", "Person"),
    ("Peter Carter", "Person", "Peter Cortez", "Person"),
    # other kinds of one name
    ("Victoria", "Person", "Victoria", "City"),
    ("Paris", "City", "Paris", "Person"),
    ("Ford", "Person", "Ford", "Company"),
    ("Jordan", "Person", "Jordan", "Country"),
    # numbers
    ("Task Force 50", "Military", "Task Force 51", "Military"),
    ("Resolution 2249", "Law", "Resolution 2254", "Law"),
    ("World War I", "War", "World War II", "War"),
    ("First Army", "Military", "Second Army", "Military"),
    ("2019 summit", "Event", "2020 summit", "Event"),
    # places and bodies with a common word
    ("Guinea", "Country", "Guinea-Bissau", "Country"),
    ("Sudan", "Country", "South Sudan", "Country"),
    ("North Korea", "Country", "South Korea", "Country"),
    ("Niger", "Country", "Nigeria", "Country"),
    ("Mexico", "Country", "Mexico City", "City"),
    ("Congo", "Country", "Republic of the Congo", "Country"),
    ("United Nations", "InternationalOrganization", "UNHCR", "InternationalOrganization"),
    ("Supreme Court of Peru", "Government", "Supreme Court of Chile", "Government"),
    ("Russian Foreign Ministry", "Ministry", "Ukrainian Foreign Ministry", "Ministry"),
    ("Foreign Ministry of Peru", "Ministry", "Defense Ministry of Peru", "Ministry"),
    ("Korean War", "War", "Vietnam War", "War"),
    ("Civic Party", "Party", "Civic Parity", "Organization"),
    ("New Age Party", "Party", "New Peage Party", "Party"),
]


@pytest.fixture(scope="module")
def linker(knowledge: Knowledge) -> Linker:
    return load_linker((), knowledge, on_skip=lambda _: None)


def are_one(one: str, two: str, linker: Linker, knowledge: Knowledge) -> bool:
    corpus = [marked("a", f"{one} spoke. {COMPANY}"), marked("b", f"{COMPANY} Then {two} spoke.")]
    result = resolve_entities(corpus, knowledge=knowledge, link=linker.links)
    first = next(m for m in corpus[0].mentions if m.span.start == 0)
    last = corpus[1].mentions[-1]
    return result.entity_of[f"a#{first.chain}"] == result.entity_of[f"b#{last.chain}"]


def test_there_are_enough_pairs() -> None:
    assert len(SAME) >= 30 and len(DIFFERENT) >= 30


@pytest.mark.parametrize(("one", "two", "cls"), SAME, ids=[f"{a} = {b}" for a, b, _ in SAME])
def test_one_thing_by_two_names(one: str, two: str, cls: str, linker: Linker, knowledge: Knowledge) -> None:
    assert are_one(f"[{one}|{cls}]", f"[{two}|{cls}]", linker, knowledge)


@pytest.mark.parametrize(
    ("one", "cls", "two", "other"), DIFFERENT, ids=[f"{a} {c} / {b} {d}" for a, c, b, d in DIFFERENT]
)
def test_two_things(one: str, cls: str, two: str, other: str, linker: Linker, knowledge: Knowledge) -> None:
    assert not are_one(f"[{one}|{cls}]", f"[{two}|{other}]", linker, knowledge)


# --- institutions by their state

WHOSE = [
    ("[Russia|Country]'s [foreign ministry|Ministry|foreign ministry|nominal] spoke.", "The [Russian Foreign Ministry|Ministry] spoke.", True),
    ("The [Foreign Ministry|Ministry] of [Peru|Country] spoke; [Chile|Country] did not.", "[Peru|Country]'s [Foreign Ministry|Ministry] and [Chile|Country] spoke.", True),
    ("The [government|Government|government|nominal] of [Peru|Country] fell.", "The [Peruvian|Country|Peru|demonym] [government|Government|Peruvian government|nominal] fell.", True),
    ("[Peru|Country]'s [government|Government|government|nominal] fell.", "[Chile|Country]'s [government|Government|government|nominal] fell.", False),
    ("[Peru|Country] voted. The [parliament|Government|parliament|nominal] met.", "[Peru|Country]'s [parliament|Government|parliament|nominal] met.", True),
    ("[Peru|Country] and [Chile|Country] voted. The [parliament|Government|parliament|nominal] met.", "[Peru|Country]'s [parliament|Government|parliament|nominal] met.", False),
    ("[Peru|Country]'s [government|Government|government|nominal] fell.", "[Peru|Country]'s [parliament|Government|parliament|nominal] fell.", False),
    ("[Peru|Country]'s [company|Company|company|nominal] fell.", "[Peru|Country]'s [company|Company|company|nominal] fell.", False),
    ("[Queensland|City]'s [government|Government|government|nominal] fell in [Australia|Country].", "[Australia|Country]'s [government|Government|government|nominal] fell.", False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two", "same"), WHOSE, ids=[f"{i}" for i in range(len(WHOSE))])
def test_an_institution_is_known_by_its_state(
    one: str, two: str, same: bool, linker: Linker, knowledge: Knowledge
) -> None:
    corpus = [marked("a", one), marked("b", two)]
    result = resolve_entities(corpus, knowledge=knowledge, link=linker.links)
    bodies = [next(m for m in each.mentions if knowledge.is_a(m.type, "Organization")) for each in corpus]
    keys = [f"{m.article_id}#{m.chain}" for m in bodies]
    assert (result.entity_of[keys[0]] == result.entity_of[keys[1]]) is same


def test_why_institutions_merged_is_told(linker: Linker, knowledge: Knowledge) -> None:
    corpus = [
        marked("a", "[Peru|Country] voted. The [parliament|Government|parliament|nominal] met."),
        marked("b", "[Peru|Country]'s [parliament|Government|parliament|nominal] met."),
    ]
    result = resolve_entities(corpus, knowledge=knowledge, link=linker.links)
    told = {reason for judgement in result.judgements for reason in judgement.reasons}
    assert {"Peru is the one state of the article", "it is that of Peru in the article's words"} <= told
    assert result.entity_of["a#parliament/Government"].name == "Parliament of Peru"
