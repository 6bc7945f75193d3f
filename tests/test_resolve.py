"""Entities from chains of several articles: what merges, what stays apart, and what the user says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.lexicon import load_knowledge
from kg.link import load_linker
from kg.model import Article, Entity, Extraction, Kind, Mention, Span, chain_key, content_id
from kg.resolve import Decisions, Resolution, load_decisions, resolve_entities


def mention(
    article: str, name: str, cls: str, *, text: str = "", kind: Kind = "name", chain: str = "", rule: str = ""
) -> Mention:
    text = text or name
    return Mention(
        content_id(article, name, text, chain), article, Span(0, 1), text, name, cls, chain or name, kind, rule
    )


def article(key: str, *named: tuple[str, str], extra: tuple[Mention, ...] = ()) -> Extraction:
    return Extraction(Article(key, ""), (*(mention(key, name, cls) for name, cls in named), *extra))


def entity(resolution: Resolution, key: str) -> Entity:
    return resolution.entity_of[key]


def together(resolution: Resolution, *keys: str) -> bool:
    return len({entity(resolution, key).id for key in keys}) == 1


PERSON, ORG, CITY = "Person", "Organization", "City"


def test_equal_names_of_two_articles_are_one_entity_with_a_judgement() -> None:
    result = resolve_entities([article("a", ("Kim Jong-un", PERSON)), article("b", ("Kim Jong Un", PERSON))])
    [only] = result.entities
    assert (only.type, only.members) == (PERSON, ("a#Kim Jong-un", "b#Kim Jong Un"))
    assert only.id == content_id("a#Kim Jong-un")
    [judgement] = result.judgements
    assert (judgement.verdict, judgement.score, judgement.reasons) == ("same", 1.0, ("same name: kim jong un",))


def test_two_kims_stay_two_and_a_lone_kim_joins_neither() -> None:
    result = resolve_entities(
        [
            article("a", ("Kim Jong Un", PERSON), ("Pyongyang", CITY)),
            article("b", ("Kim Yo Jong", PERSON), ("Pyongyang", CITY)),
            article("c", ("Kim", PERSON), ("Pyongyang", CITY)),
        ]
    )
    assert len({e.id for e in result.entities if e.type == PERSON}) == 3
    assert {j.verdict for j in result.judgements if "c#Kim" in (j.left, j.right)} == {"unsure"}


def test_a_lone_family_name_joins_its_one_bearer_where_the_context_agrees() -> None:
    corpus = [
        article("a", ("Sergei Shoigu", PERSON), ("Tula", CITY)),
        article("b", ("Shoigu", PERSON), ("Tula", CITY)),
        article("c", ("Shoigu", PERSON), ("Lima", CITY)),
    ]
    result = resolve_entities(corpus)
    assert together(result, "a#Sergei Shoigu", "b#Shoigu")
    assert not together(result, "a#Sergei Shoigu", "c#Shoigu")
    assert entity(result, "b#Shoigu").name == "Sergei Shoigu"


def test_lone_family_names_are_one_only_where_the_context_agrees() -> None:
    result = resolve_entities(
        [
            article("a", ("Ortega", PERSON), ("Lima", CITY)),
            article("b", ("Ortega", PERSON), ("Lima", CITY)),
            article("c", ("Ortega", PERSON)),
        ]
    )
    assert together(result, "a#Ortega", "b#Ortega")
    assert not together(result, "a#Ortega", "c#Ortega")


def test_lone_family_names_of_two_spellings_are_one_where_the_context_agrees() -> None:
    corpus = [
        article("a", ("Gadafi", PERSON), ("Sirte", CITY)),
        article("b", ("Gaddafi", PERSON), ("Sirte", CITY)),
        article("c", ("Gaddafi", PERSON), ("Lima", CITY)),
    ]
    result = resolve_entities(corpus)
    assert together(result, "a#Gadafi", "b#Gaddafi")
    assert not together(result, "b#Gaddafi", "c#Gaddafi")


def test_the_company_of_any_that_joined_counts() -> None:
    corpus = [
        article("a", ("Vera", PERSON), ("Loja", CITY)),
        article("b", ("Vera", PERSON), ("Loja", CITY), ("Cuenca", CITY)),
        article("c", ("Vera", PERSON), ("Cuenca", CITY)),
    ]
    assert together(resolve_entities(corpus), "a#Vera", "b#Vera", "c#Vera")


def test_a_general_name_is_that_of_the_one_such_body_in_its_company() -> None:
    towns = [(town, CITY) for town in ("Loja", "Cuenca", "Tulcan", "Ibarra")]
    corpus = [
        article("a", ("Andean Coalition", "Party"), *towns),
        article("b", ("Coalition", "Party"), *towns),
        article("c", ("Coalition", "Party"), *towns[:3]),
        article("d", ("Coastal Coalition", "Party"), *towns[:3]),
    ]
    result = resolve_entities(corpus)
    assert together(result, "a#Andean Coalition", "b#Coalition")
    assert not together(result, "a#Andean Coalition", "c#Coalition")
    rival = article("e", ("Andean Coalition", "Party"), ("Inland Coalition", "Party"), *towns[:2])
    result = resolve_entities([*corpus, rival])  # an article that has both may mean either
    assert not together(result, "a#Andean Coalition", "b#Coalition")


def test_a_body_of_a_state_is_no_company() -> None:
    army = ("Peruvian Army", "Military")
    corpus = [article("a", ("Ana Sow", PERSON), army), article("b", ("Sow", PERSON), army)]
    assert not together(resolve_entities(corpus), "a#Ana Sow", "b#Sow")


def test_an_ambiguous_fuller_name_is_left_alone() -> None:
    bushes = [
        article("a", ("George W. Bush", PERSON)),
        article("b", ("George H. W. Bush", PERSON)),
        article("c", ("George Bush", PERSON)),
    ]
    assert len(resolve_entities(bushes).entities) == 3
    assert len(resolve_entities(bushes[1:]).entities) == 1


def test_one_article_that_introduces_both_tells_them_apart() -> None:
    both = article("a", ("Anna Weber", PERSON), ("Anna Maria Weber", PERSON))
    assert len(resolve_entities([both]).entities) == 2
    assert (
        len(
            resolve_entities(
                [article("a", ("Anna Weber", PERSON)), article("b", ("Anna Maria Weber", PERSON))]
            ).entities
        )
        == 1
    )


def test_a_ministry_without_its_state_stays_in_its_article() -> None:
    result = resolve_entities(
        [
            article("a", ("Foreign Ministry", "Ministry"), ("North Korean Foreign Ministry", "Ministry")),
            article("b", ("Foreign Ministry", "Ministry")),
            article("c", ("Ministry of Foreign Affairs of North Korea", "Ministry")),
        ]
    )
    assert not together(result, "a#Foreign Ministry", "b#Foreign Ministry")
    assert together(result, "a#North Korean Foreign Ministry", "c#Ministry of Foreign Affairs of North Korea")


@pytest.mark.parametrize(
    ("lone", "full", "are_one"),
    [
        ("U.S. Secretary of State Sow left.", "The talks of US Secretary of State Ana Sow failed.", True),
        ("Peru's President Sow left.", "Peruvian President Ana Sow slept.", True),
        ("Chadian Prime Minister Sow left.", "Chad's prime minister Ana Sow slept.", True),
        ("Peru's President Sow left.", "Chadian President Ana Sow slept.", False),
        ("Peru's President Sow left.", "Peruvian Senator Ana Sow slept.", False),
        ("President Sow left.", "President Ana Sow slept.", False),
    ],
)
def test_an_office_of_a_state_tells_who_a_family_name_is(lone: str, full: str, are_one: bool) -> None:
    def told(key: str, text: str, name: str) -> Extraction:
        start = text.index(name)
        found = Mention(key, key, Span(start, start + len(name)), name, name, "Person", name, "name", "name")
        return Extraction(Article(key, text), (found,))

    result = resolve_entities([told("a", lone, "Sow"), told("b", full, "Ana Sow")])
    assert together(result, "a#Sow", "b#Ana Sow") == are_one


def test_an_embassy_stays_in_its_article() -> None:
    embassy = ("Chadian Embassy", "DiplomaticMission")
    result = resolve_entities([article("a", embassy), article("b", embassy)])
    assert not together(result, "a#Chadian Embassy", "b#Chadian Embassy")
    with_town = ("Chadian Embassy in Lima", "DiplomaticMission")
    result = resolve_entities([article("a", with_town), article("b", with_town)])
    assert together(result, "a#Chadian Embassy in Lima", "b#Chadian Embassy in Lima")


def test_a_name_without_its_kind_is_the_better_one() -> None:
    result = resolve_entities(
        [article("a", ("State of Ohio", "City"), ("Ohio", "City"), ("U.S.", "Country"))],
        link=lambda each: load_linker((), load_knowledge(), on_skip=lambda _: None).links(each),
    )
    assert entity(result, "a#State of Ohio").name == "Ohio"


def test_incompatible_classes_of_one_name_stay_two() -> None:
    result = resolve_entities(
        [
            article("a", ("Victoria", PERSON)),
            article("b", ("Victoria", CITY)),
            article("c", ("Georgia", "Country")),
            article("d", ("Georgia", "Region")),
        ]
    )
    assert len(result.entities) == 4


def test_a_class_far_outvoted_is_a_slip() -> None:
    corpus = [article(str(i), ("Dawn Front", "Party")) for i in range(4)] + [article("x", ("Dawn Front", PERSON))]
    [only] = resolve_entities(corpus).entities
    assert only.type == "Party"
    assert min(j.score for j in resolve_entities(corpus).judgements) == 0.85


def test_a_vague_class_takes_the_specific_one() -> None:
    result = resolve_entities(
        [article("a", ("Norvik", ORG)), article("b", ("Norvik", "Company")), article("c", ("Norvik", "Entity"))]
    )
    [only] = result.entities
    assert only.type == "Company"


def test_acronyms_join_what_an_article_calls_by_them() -> None:
    long = mention("a", "United Nations", ORG, chain="un")
    short = mention("a", "United Nations", ORG, text="U.N.", chain="un", rule="acronym")
    result = resolve_entities([article("a", extra=(long, short)), article("b", ("UN", ORG))])
    [only] = result.entities
    assert (only.name, only.aliases) == ("United Nations", ("U.N.", "UN"))


def test_nominals_stay_by_article_and_are_known_by_their_words() -> None:
    corpus = [article(key, extra=(mention(key, "the delegation", "Group", kind="nominal"),)) for key in "ab"]
    result = resolve_entities(corpus)
    assert [e.name for e in result.entities] == ["the delegation", "the delegation"]
    assert result.judgements == ()


def test_words_that_stand_for_a_state_are_no_aliases() -> None:
    chain = (
        mention("a", "Russia", "Country", chain="r"),
        mention("a", "Russia", "Country", text="Moscow", chain="r", rule="metonym"),
    )
    [only] = resolve_entities([article("a", extra=chain)]).entities
    assert only.aliases == ()


# --- decisions --------------------------------------------------------------------------------------------------------


def test_the_user_can_unite_what_the_rules_keep_apart() -> None:
    corpus = [
        article("a", ("Burma", "Country")),
        article("b", ("Myanmar", "Country")),
        article("c", ("Kim", PERSON)),
        article("d", ("Kim Jong Un", PERSON)),
    ]
    same = Decisions(same=(("Burma", "https://example.org/kg/id/Myanmar"), ("Kim", "Kim Jong Un")))
    result = resolve_entities(corpus, decisions=same)
    assert together(result, "a#Burma", "b#Myanmar")
    assert together(result, "c#Kim", "d#Kim Jong Un")
    assert any("decided by the user" in reason for j in result.judgements for reason in j.reasons)


def test_the_user_can_part_what_the_rules_unite() -> None:
    corpus = [article("a", ("Anna Weber", PERSON)), article("b", ("Anna Maria Weber", PERSON))]
    assert together(resolve_entities(corpus), "a#Anna Weber", "b#Anna Maria Weber")
    parted = resolve_entities(corpus, decisions=Decisions(different=(("Anna Maria Weber", "Anna Weber"),)))
    assert not together(parted, "a#Anna Weber", "b#Anna Maria Weber")


def test_namesakes_are_parted_by_their_chains() -> None:
    corpus = [article(key, ("John Smith", PERSON)) for key in "abc"]
    parted = resolve_entities(corpus, decisions=Decisions(different=(("a#John Smith", "b#John Smith"),)))
    assert not together(parted, "a#John Smith", "b#John Smith")


def test_a_difference_is_stronger_than_a_sameness() -> None:
    corpus = [article("a", ("Norvik", ORG)), article("b", ("Sudvik", ORG))]
    pair = (("Norvik", "Sudvik"),)
    assert len(resolve_entities(corpus, decisions=Decisions(same=pair, different=pair)).entities) == 2


def test_decisions_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "decisions.tsv"
    path.write_text("# mine\nsame\tBurma\tMyanmar\n\ndifferent\tKim\tAnna Kim\n", encoding="utf-8")
    assert load_decisions(path) == Decisions(same=(("Burma", "Myanmar"),), different=(("Anna Kim", "Kim"),))


@pytest.mark.parametrize(
    "line", ["same\tBurma", "alike\tBurma\tMyanmar", "same Burma Myanmar", "same\t\tMyanmar", "same\ta\tb\tc"]
)
def test_a_line_that_is_no_decision_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "decisions.tsv"
    path.write_text(f"# mine\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"decisions\.tsv:2: not a decision"):
        load_decisions(path)


def test_a_missing_decisions_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.tsv"):
        load_decisions(tmp_path / "none.tsv")


# --- a function of the set --------------------------------------------------------------------------------------------

_NAMES = st.sampled_from(
    [
        ("Kim Jong Un", PERSON), ("Kim Jong-un", PERSON), ("Kim", PERSON), ("Kim Yo Jong", PERSON), ("Anna Weber", PERSON), ("Anna M. Weber", PERSON), ("A. Weber", PERSON),
        ("Weber", PERSON), ("Dr. Weber", PERSON), ("Lima", CITY), ("Peru", "Country"), ("Norvik Corp.", "Company"), ("Norvik", "Entity"), ("Norvik", PERSON),
        ("World Trade Organization", ORG), ("WTO", ORG), ("Foreign Ministry", "Ministry"), ("Peruvian Foreign Ministry", "Ministry"), ("?", ORG),
    ]
)  # fmt: skip
_CORPUS = st.lists(st.lists(_NAMES, max_size=6, unique_by=lambda pair: pair[0]), min_size=1, max_size=7)


@settings(max_examples=60, deadline=None)
@given(_CORPUS, st.randoms(use_true_random=False))
def test_the_result_depends_on_the_set_of_articles_alone(
    names: list[list[tuple[str, str]]], rnd: random.Random
) -> None:
    corpus = [article(f"a{i}", *each) for i, each in enumerate(names)]
    shuffled = [
        Extraction(e.article, tuple(rnd.sample(e.mentions, len(e.mentions)))) for e in rnd.sample(corpus, len(corpus))
    ]
    assert resolve_entities(shuffled) == resolve_entities(corpus)


@settings(max_examples=60, deadline=None)
@given(_CORPUS)
def test_each_chain_has_one_entity_and_classes_never_clash(names: list[list[tuple[str, str]]]) -> None:
    corpus = [article(f"a{i}", *each) for i, each in enumerate(names)]
    result = resolve_entities(corpus)
    members = [key for e in result.entities for key in e.members]
    assert sorted(members) == sorted({chain_key(m) for e in corpus for m in e.mentions})
    assert len({e.id for e in result.entities}) == len(result.entities)
    kinds = {m.chain: m.type for e in corpus for m in e.mentions}
    for found in result.entities:
        assert not {PERSON, "Company"} <= {kinds[key.partition("#")[2]] for key in found.members}
