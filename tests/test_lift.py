"""Lifting: claims get the names, classes and IRIs of their entities and keep the words of their sentence."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from kg.lexicon import load_knowledge
from kg.lift import lift
from kg.model import Argument, Article, Claim, Entity, Evidence, Extraction, Mention, Span, TimeSpan, Value
from kg.rdf import Names, mint_entities

TEXT = "Quispe paid 40 million to Vera on Sunday."
NAMES = Names()


def extraction(article_id: str) -> Extraction:
    def mention(key: str, start: int, end: int) -> Mention:
        return Mention(
            f"{article_id}-{key}", article_id, Span(start, end), TEXT[start:end], TEXT[start:end], "Person", key
        )

    evidence = Evidence(article_id, Span(0, 41), Span(7, 11), "paid", "events", "pay")
    claim = Claim(
        f"{article_id}-1",
        article_id,
        f"{article_id}-q",
        "hand over to",
        Argument("object", mention=f"{article_id}-v"),
        evidence,
        time=TimeSpan("Sunday", "2031-05-04"),
        attributed_to="a clerk",
    )
    sum_ = replace(
        claim,
        id=f"{article_id}-2",
        predicate="amount",
        object=Argument("object", value=Value("40000000", "integer"), span=Span(12, 22)),
    )
    odd = replace(
        claim, id=f"{article_id}-3", predicate="amount", object=Argument("object", value=Value("about 40", "integer"))
    )
    mentions = (mention("q", 0, 6), mention("v", 26, 30))
    return Extraction(Article(article_id, TEXT), mentions, (), (claim, sum_, odd))


ENTITIES = mint_entities(
    [
        Entity("1", "Person", "Ana Quispe", aliases=("Quispe",), members=("a#q", "b#q")),
        Entity("2", "Person", "Luis Vera", aliases=("Vera",), members=("a#v", "b#v")),
    ],
    NAMES,
)
ENTITY_OF = {member: entity for entity in ENTITIES for member in entity.members}


def test_a_claim_keeps_its_words_and_gets_its_entities() -> None:
    claim = next(c for c in lift([extraction("a")], ENTITY_OF, load_knowledge(), NAMES) if c.id == "a-1")
    assert (claim.subject, claim.subject_text) == ("Ana Quispe", "Quispe")
    assert (claim.object, claim.object_text) == ("Luis Vera", "Vera")
    assert claim.subject_iri == "https://example.org/kg/id/Ana_Quispe"
    assert (claim.predicate, claim.predicate_iri) == ("handOverTo", "https://example.org/kg/open#handOverTo")
    assert (claim.time, claim.time_text, claim.attributed_to, claim.attributed_to_iri) == (
        "2031-05-04",
        "Sunday",
        "a clerk",
        "",
    )
    assert TEXT[claim.start : claim.end] == claim.sentence == TEXT


def test_a_literal_keeps_its_datatype_only_where_it_fits() -> None:
    claims = {c.id: c for c in lift([extraction("a")], ENTITY_OF, load_knowledge(), NAMES)}
    assert (claims["a-2"].object, claims["a-2"].datatype, claims["a-2"].object_iri) == ("40000000", "integer", None)
    assert claims["a-2"].object_text == "40 million"
    assert claims["a-3"].datatype == "string"


def test_the_order_of_articles_never_shows() -> None:
    results = {
        lift(order, ENTITY_OF, load_knowledge(), NAMES) for order in permutations([extraction("a"), extraction("b")])
    }
    assert len(results) == 1


def test_a_name_and_words_within_it_that_name_the_same_make_no_claim() -> None:
    text = "HHF Children's Homes grew."
    whole, inner = (
        Mention(key, "a", Span(0, end), text[:end], text[:end], "Organization", key)
        for key, end in (("w", 20), ("i", 3))
    )
    evidence = Evidence("a", Span(0, 26), Span(0, 3), "HHF", "relations", "name/part")
    claim = Claim("1", "a", "w", "partOf", Argument("object", mention="i"), evidence)
    read = Extraction(Article("a", text), (whole, inner), (), (claim,))
    one = mint_entities([Entity("1", "Organization", whole.text, members=("a#i", "a#w"))], NAMES)
    two = mint_entities(
        [
            Entity("1", "Organization", whole.text, members=("a#w",)),
            Entity("2", "Organization", "HHF", members=("a#i",)),
        ],
        NAMES,
    )
    for entities, number in ((one, 0), (two, 1)):
        entity_of = {member: entity for entity in entities for member in entity.members}
        assert len(lift([read], entity_of, load_knowledge(), NAMES)) == number
