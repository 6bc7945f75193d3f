"""Short names and what they are short for in their own article, and places that the article calls otherwise."""

from __future__ import annotations

import functools

import pytest

from kg.lexicon import load_knowledge
from kg.link import Linker, load_linker
from kg.model import Article, Extraction, Mention, Span, content_id
from kg.resolve import Resolution, resolve_entities

ORG, PARTY, COMPANY, CITY, PERSON = "Organization", "Party", "Company", "City", "Person"


def article(text: str, *named: tuple[str, str]) -> Extraction:
    """An article with mentions wherever these names stand, longest first; each name is a chain of its own."""
    found: list[Mention] = []
    for name, cls in sorted(named, key=lambda pair: -len(pair[0])):
        at = text.find(name)
        while at >= 0:
            span = Span(at, at + len(name))
            if not any(m.span.start < span.end and span.start < m.span.end for m in found):
                found.append(Mention(content_id(name, at), "a", span, name, name, cls, name, "name", "name"))
            at = text.find(name, at + 1)
    return Extraction(Article("a", text), tuple(sorted(found, key=lambda m: m.span)))


def resolved(text: str, *named: tuple[str, str]) -> Resolution:
    return resolve_entities([article(text, *named)])


def placed(text: str, *named: tuple[str, str]) -> Resolution:
    """The same where places are known."""
    return resolve_entities([article(text, *named)], link=lambda each: linker().links(each))


@functools.cache
def linker() -> Linker:
    return load_linker((), load_knowledge(), on_skip=lambda _: None)


def are_one(result: Resolution, *names: str) -> bool:
    return len({result.entity_of[f"a#{name}"].id for name in names}) == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param(
            "The Harbour Alliance met. The Alliance voted.",
            (("Harbour Alliance", PARTY), ("Alliance", PARTY)),
            id="the one alliance",
        ),
        pytest.param(
            "The Coastal Coalition to Counter Piracy met. It is the first day of the Counter Piracy Coalition. "
            "The Coalition voted.",
            (("Coastal Coalition", PARTY), ("Counter Piracy Coalition", PARTY), ("Coalition", PARTY)),
            id="two long names of one coalition",
        ),
        pytest.param(
            "HHF Children's Homes opened. HHF Children's Homes grew. HHF Children's Homes closed. HHF is poor.",
            (("HHF Children's Homes", ORG), ("HHF", ORG)),
            id="the acronym that begins the name",
        ),
        pytest.param(
            "HHF Children's Homes Togo opened. HHF is poor. HHF Children's Homes grew. HHF Children's Homes shrank. "
            "HHF Children's Homes closed.",
            (("HHF Children's Homes", ORG), ("HHF", ORG), ("HHF Children's Homes Togo", ORG)),
            id="the branch of a country came first",
        ),
        pytest.param(
            "HHF Children's Homes Togo opened. HHF Children's Homes Togo grew. HHF Children's Homes Togo closed. "
            "HHF Children's Home Lomé burned. HHF is poor.",
            (("HHF Children's Homes Togo", ORG), ("HHF", ORG)),
            id="a home of its own",
        ),
        pytest.param(
            "Norvik Mining Company paid. Norvik also left.",
            (("Norvik Mining Company", COMPANY), ("Norvik", CITY)),
            id="a company taken for a town",
        ),
        pytest.param(
            "Tarn Motor Company bid. Tarn's offer was low.",
            (("Tarn Motor Company", COMPANY), ("Tarn", PERSON)),
            id="a company taken for a person",
        ),
    ],
)
def test_a_short_name_is_the_one_longer_name_that_it_fits(text: str, named: tuple[tuple[str, str], ...]) -> None:
    names = [name for name, _ in named if "Togo" not in name or len(named) == 2]
    result = resolved(text, *named)
    assert are_one(result, *names)
    [entity] = {result.entity_of[f"a#{name}"] for name in names}
    assert (entity.name, entity.type) == named[0]
    reasons = " ".join(reason for j in result.judgements for reason in j.reasons)
    assert "short for the one longer name" in reasons


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param(
            "The Harbour Alliance met the Inland Alliance. The Alliance voted.",
            (("Harbour Alliance", PARTY), ("Inland Alliance", PARTY), ("Alliance", PARTY)),
            id="two alliances",
        ),
        pytest.param(
            "TRX Response Force landed. TRX Response Force won. TRX Response Force left. TRX said so.",
            (("TRX Response Force", ORG), ("TRX", ORG)),
            id="a force of the body that its name begins with",
        ),
        pytest.param(
            "HHF met. HHF Children's Homes grew. HHF Children's Homes shrank. HHF Children's Homes closed.",
            (("HHF Children's Homes", ORG), ("HHF", ORG)),
            id="the acronym came first",
        ),
        pytest.param(
            "HHF Children's Homes opened. HHF Winter Games began. HHF is poor.",
            (("HHF Children's Homes", ORG), ("HHF Winter Games", ORG), ("HHF", ORG)),
            id="two names begin with it",
        ),
        pytest.param(
            "Norvik Mining Company paid. The mine is in Norvik.",
            (("Norvik Mining Company", COMPANY), ("Norvik", CITY)),
            id="a town where something is",
        ),
        pytest.param(
            "Tarn Motor Company bid. Ana Tarn led it. Tarn resigned.",
            (("Tarn Motor Company", COMPANY), ("Ana Tarn", PERSON), ("Tarn", PERSON)),
            id="a person of that name",
        ),
        pytest.param(
            "Tarn Motor Company bid. Mr. Tarn was glad.",
            (("Tarn Motor Company", COMPANY), ("Tarn", PERSON)),
            id="a person with a title",
        ),
        pytest.param(
            "Tarn was glad. His Tarn Motor Company bid.",
            (("Tarn Motor Company", COMPANY), ("Tarn", PERSON)),
            id="the company came later",
        ),
    ],
)
def test_a_short_name_that_may_be_something_else_stays_apart(text: str, named: tuple[tuple[str, str], ...]) -> None:
    assert not are_one(resolved(text, *named), named[0][0], named[-1][0])


def test_a_union_is_not_another_of_the_same_country() -> None:
    text = "The Workers Union of Kenya met the Kenya Union."
    assert not are_one(resolved(text, ("Workers Union", PARTY), ("Kenya Union", PARTY)), "Workers Union", "Kenya Union")


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("The owners of the Arriba mine paid. Few like the Arriba mine.", "Arriba", "Facility"),
        ("He lives in the Teso district.", "Teso", "Region"),
        ("He lives in Teso district.", "Teso", "Region"),
        ("He lives in the province of Teso.", "Teso", "Region"),
        ("He lives in the district of Teso, and likes Teso.", "Teso", CITY),
        ("She won the Ostend North geographical constituency.", "Ostend North", "Region"),
        ("They left Mount Arriba.", "Mount Arriba", "Region"),
        ("They met at Hotel Brisamar.", "Brisamar", "Facility"),
        ("Space Shuttle Valiance landed. Valiance is old.", "Valiance", "Vehicle"),
        ("The mine in Arriba closed. Few like the Arriba mine.", "Arriba", CITY),
        ("He went to Arriba.", "Arriba", CITY),
    ],
)
def test_what_is_taken_for_a_city_is_what_its_article_calls_it(text: str, name: str, cls: str) -> None:
    [entity] = resolved(text, (name, CITY)).entities
    assert entity.type == cls


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        # what no known place is called is a town where the article says so
        ("A bar in Quillby sells fish.", "Quillby", "Place"),
        ("He lives in the town of Quillby.", "Quillby", CITY),
        ("Near Quillby, a mill burned.", "Quillby", CITY),
        ("A mill burned in Quillby, Peru.", "Quillby", CITY),
        ("The mayor of Quillby left.", "Quillby", CITY),
        ("He waited in Quillby, a village in the hills.", "Quillby", CITY),
        ("He lives in Cusco.", "Cusco", CITY),
        ("The Cusco-based fund paid.", "Cusco", CITY),
        ("Quillby City was hit.", "Quillby City", CITY),
        ("They came to the port of Quillby.", "Quillby", CITY),
        # or something else
        ("They kept the crowd from Quillby, the minister's house.", "Quillby", "Facility"),
        ("They kept the crowd from Quillby, the minister said.", "Quillby", "Place"),
        ("The talks on Quillby sales go on.", "Quillby", "Artifact"),
        ("The talks on Quillby go on.", "Quillby", "Place"),
        ("The children in the Quillby are ill. Near the Quillby it is calm.", "Quillby", "Place"),
        # and a part of a town
        ("He lives in central Cusco.", "central Cusco", "Region"),
        ("He lives near al-Quilla.", "al-Quilla", CITY),
    ],
)
def test_a_city_is_known_or_called_one(text: str, name: str, cls: str) -> None:
    named = [(name, CITY), *([("Peru", "Country")] if "Peru" in text else [])]
    result = placed(text, *named)
    assert result.entity_of[f"a#{name}"].type == cls


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("The “Sow and Sons” toys are sold. They like “Sow and Sons” trucks.", "Artifact"),
        ("The “Sow and Sons” toys are sold. “Sow and Sons” paid.", ORG),
        ("Sow and Sons toys are sold.", ORG),
        ("The “Sow and Sons” owners paid.", ORG),
    ],
)
def test_a_quoted_name_of_nothing_but_products_is_a_product(text: str, cls: str) -> None:
    assert resolved(text, ("Sow and Sons", ORG)).entity_of["a#Sow and Sons"].type == cls


@pytest.mark.parametrize(
    ("text", "one", "other", "names"),
    [
        (
            "She praised the first Bush administration. George Bush kept his word. Bush started a war.",
            ("Bush", "George Bush"),
            ("Bush",),
            ("George H. W. Bush", "George W. Bush"),
        ),
        (
            "Under the first Assad regime a town burned. Assad fled to Oslo.",
            ("Assad",),
            ("Assad",),
            ("Hafez al-Assad", "Bashar al-Assad"),
        ),
        (
            "The second Aquino government fell. Aquino wrote a book.",
            ("Aquino",),
            ("Aquino",),
            ("Benigno Aquino", "Corazon Aquino"),
        ),
        # where nobody is told apart, or where it may be one man's first
        ("Pierre Trudeau is dead. Trudeau smiled.", ("Pierre Trudeau",), ("Trudeau",), ("Pierre Trudeau", "Trudeau")),
        ("The first Keller administration fell. Keller smiled.", ("Keller",), ("Keller",), ("Keller", "Keller")),
    ],
)
def test_of_two_rulers_of_a_family_each_is_known_by_the_other(
    text: str, one: tuple[str, ...], other: tuple[str, ...], names: tuple[str, str]
) -> None:
    found: list[Mention] = []
    at = 0
    for chain, word in [*(("one", word) for word in one), *(("two", word) for word in other)]:
        at = text.index(word, at)
        span = Span(at, at + len(word))
        name = max((one, other)[chain == "two"], key=len)
        found.append(Mention(content_id(chain, at), "a", span, word, name, PERSON, chain, "name", "name"))
        at = span.end
    result = resolve_entities([Extraction(Article("a", text), tuple(found))])
    assert (result.entity_of["a#one"].name, result.entity_of["a#two"].name) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Security Council met. Japan wants a Security Council vote.", "UN Security Council"),
        ("A vote of the Security Council is due.", "UN Security Council"),
        ("Chad lobbied Security Council members.", "UN Security Council"),
        ("Iran's Security Council met.", "Security Council"),
        ("The Russian Security Council met.", "Security Council"),
        ("The Security Council of Chad met.", "Security Council"),
    ],
)
def test_a_security_council_of_no_state_is_that_of_the_united_nations(text: str, name: str) -> None:
    assert resolved(text, ("Security Council", ORG)).entity_of["a#Security Council"].name == name


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("The vice president of Quillby, Ana Sow, left.", "Company"),
        ("The price was set by the chairman of Quillby.", "Company"),
        ("The managing director of Quillby left Quillby.", "Company"),
        ("The vice president of Quillby lives in the town of Quillby.", CITY),
        ("The president of Quillby left.", "Place"),
    ],
)
def test_what_no_place_is_called_and_a_manager_leads_is_a_company(text: str, cls: str) -> None:
    assert placed(text, ("Quillby", CITY)).entity_of["a#Quillby"].type == cls
