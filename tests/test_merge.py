"""Tellings of one event become one event; what could be another stays apart; the user has the last word."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import annotate_doc
from kg.errors import OntologyError
from kg.extract import extract_claims
from kg.lexicon import Knowledge, load_knowledge, ontology_folder
from kg.merge import EventMerge, event_key, load_event_lore, merge_events
from kg.model import Argument, Article, EventMention, Evidence, Extraction, Mention, Span, TimeSpan
from kg.resolve import Decisions, resolve_entities
from tests import growth
from tests.happenings import ONE, TWO, Text

# ---- from texts


@pytest.fixture(scope="session")
def read(nlp, knowledge: Knowledge) -> Callable[[str, Text], Extraction]:  # type: ignore[no-untyped-def]
    def extract(article_id: str, text: Text) -> Extraction:
        article = Article(article_id, text[1], published=text[0])
        return extract_claims(annotate_doc(article, nlp(article.text), knowledge), knowledge)

    return extract


def merged(corpus: Sequence[Extraction], decisions: Decisions | None = None) -> EventMerge:
    return merge_events(corpus, resolve_entities(corpus, decisions=decisions), decisions=decisions)


def nodes(corpus: Sequence[Extraction], cls: str, decisions: Decisions | None = None) -> list[set[str]]:
    """For each event of a class the articles that tell it."""
    merge = merged(corpus, decisions)
    found: dict[str, set[str]] = {}
    for event in (event for extraction in corpus for event in extraction.events if event.type == cls):
        key = event_key(event)
        found.setdefault(merge.event_of[key].id if key in merge.event_of else key, set()).add(event.article_id)
    return sorted(found.values(), key=sorted)


@pytest.mark.model
@pytest.mark.parametrize("name", ONE)
def test_two_articles_tell_one_event(name: str, read: Callable[[str, Text], Extraction]) -> None:
    one, two, cls = ONE[name]
    assert nodes([read("a", one), read("b", two)], cls) == [{"a", "b"}]


@pytest.mark.model
@pytest.mark.parametrize("name", TWO)
def test_two_articles_tell_two_events(name: str, read: Callable[[str, Text], Extraction]) -> None:
    one, two, cls = TWO[name]
    assert nodes([read("a", one), read("b", two)], cls) == [{"a"}, {"b"}]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Ana Quispe met Luis Vera in Quito on Tuesday. Quispe met Vera to talk about water.", 1),
        ("Ana Quispe met Luis Vera in Quito on Tuesday. Quispe had met Vera in Lima in 2029.", 2),
        ("Ana Quispe met Luis Vera on Monday. On Tuesday, Quispe met Vera again.", 2),
    ],
)
def test_an_article_tells_an_event_twice(text: str, events: int, read: Callable[[str, Text], Extraction]) -> None:
    assert len(nodes([read("a", ("2031-03-05", text))], "Meeting")) == events


BLASTS = [
    ("An explosion in Loja on Sunday killed 14 people.", "The explosion in Loja on Sunday killed 12 people.", True),
    ("An explosion in Loja on Sunday killed 14 people.", "An explosion in Loja on Saturday killed 12 people.", False),
    ("An explosion in Loja on Sunday killed 14 people.", "An explosion in Lima on Sunday killed 14 people.", False),
    (
        "An explosion in Loja on Sunday killed 14 people.",
        "A second explosion in Loja on Sunday killed two people.",
        False,
    ),
    ("An explosion in Loja on Sunday killed 14 people.", "A flood in Loja on Sunday killed 14 people.", False),
]


@pytest.mark.model
@pytest.mark.parametrize(("one", "two", "is_one"), BLASTS)
def test_an_event_that_a_noun_names(one: str, two: str, is_one: bool, read: Callable[[str, Text], Extraction]) -> None:
    merge = merged([read("a", ("2031-05-12", one)), read("b", ("2031-05-12", two))])
    events = [entity for entity in merge.entities if entity.type in {"Explosion", "Flood"}]
    assert len(events) == (1 if is_one else 2)
    assert sum(len(event.members) for event in events) == 2


# ---- from events made by hand


def extraction(
    article: str,
    *events: tuple[str, dict[str, str], str],
    published: str = "2031-03-06",
    status: str = "asserted",
    named: bool = True,
) -> Extraction:
    """An article that tells events, each a class, the name in each role, and a time (start/end)."""
    mentions: dict[str, Mention] = {}
    told = []
    for number, (cls, roles, time) in enumerate(events):
        start, _, end = time.partition("/")
        for role, name in roles.items():
            kind = "City" if role == "place" else "Person"
            span = Span(number, number + 1)
            mentions.setdefault(
                name, Mention(f"m-{name}", article, span, name, name, kind, f"c-{name}", "name" if named else "nominal")
            )
        told.append(
            EventMention(
                id=f"e{number}-{article}",
                article_id=article,
                type=cls,
                arguments=tuple(Argument(role, f"m-{name}") for role, name in sorted(roles.items()) if role != "place"),
                evidence=Evidence(article, Span(0, 1), Span(0, 1), f"words {number}", "test"),
                status=status,  # type: ignore[arg-type]
                time=TimeSpan(time, time, start, end or start, "day") if time else None,
                place=f"m-{roles['place']}" if "place" in roles else "",
            )
        )
    text = "x" * (len(events) + 1)
    return Extraction(Article(article, text, published=published), tuple(mentions.values()), tuple(told))


MET = {"agent": "Ana Quispe", "patient": "Luis Vera"}


def test_the_judgement_says_why() -> None:
    corpus = [extraction(i, ("Meeting", {**MET, "place": "Quito"}, "2031-03-04")) for i in "ab"]
    (judgement,) = merged(corpus).judgements
    assert (judgement.left, judgement.right, judgement.verdict) == ("a#e0-a", "b#e0-b", "same")
    assert judgement.score > 0.9
    assert "same day: 2031-03-04" in judgement.reasons
    assert "same place: Quito" in judgement.reasons


def test_a_judgement_says_why_not() -> None:
    corpus = [extraction(i, ("Meeting", MET, f"2031-03-0{day}")) for day, i in enumerate("ab", 3)]
    assert not merged(corpus).judgements  # nobody would take a Monday for a Tuesday
    corpus = [
        extraction(i, ("Meeting", {**MET, "place": city}, "2031-03-04")) for i, city in (("a", "Lima"), ("b", "Quito"))
    ]
    (judgement,) = merged(corpus).judgements
    assert judgement.verdict == "different"
    assert judgement.reasons[0] == "different places: Lima, Quito"


def test_a_vague_time_that_fits_two_events_joins_neither() -> None:
    corpus = [
        extraction("a", ("Meeting", MET, "2031-03-04")),
        extraction("b", ("Meeting", MET, "2031-03-11")),
        extraction("c", ("Meeting", MET, "2031-03-01/2031-03-31")),
    ]
    assert nodes(corpus, "Meeting") == [{"a"}, {"b"}, {"c"}]
    assert "unsure" in {judgement.verdict for judgement in merged(corpus).judgements}
    assert nodes(corpus[1:], "Meeting") == [{"b", "c"}]


def test_a_chain_of_fits_never_joins_what_cannot_be_one() -> None:
    corpus = [
        extraction("a", ("Visit", {"agent": "Ana Quispe", "place": "Quito"}, "2031-03-04")),
        extraction("b", ("Visit", {"agent": "Ana Quispe", "place": "Quito"}, "2031-03-03/2031-03-09")),
        extraction("c", ("Visit", {"agent": "Ana Quispe", "place": "Quito"}, "2031-03-06")),
    ]
    for group in nodes(corpus, "Visit"):
        assert not {"a", "c"} <= group


def test_a_class_and_the_one_above_it_can_be_one_event() -> None:
    corpus = [extraction(i, (cls, MET, "2031-03-04")) for i, cls in (("a", "Meeting"), ("b", "Summit"))]
    assert len({event.id for event in merged(corpus).event_of.values()}) == 1
    corpus = [extraction(i, (cls, MET, "2031-03-04")) for i, cls in (("a", "Meeting"), ("b", "Negotiation"))]
    assert not merged(corpus).event_of


# ---- the user's decisions


def test_the_user_parts_what_looks_alike() -> None:
    corpus = [extraction(i, ("Meeting", MET, "2031-03-04")) for i in "ab"]
    assert nodes(corpus, "Meeting") == [{"a", "b"}]
    assert nodes(corpus, "Meeting", Decisions(different=(("a#e0-a", "b#e0-b"),))) == [{"a"}, {"b"}]


@pytest.mark.parametrize("name", ["a#e0-a", "event:e0-a", "https://example.org/kg/event/e0-a"])
def test_the_user_unites_what_looks_different(name: str) -> None:
    corpus = [extraction(i, ("Meeting", MET, f"2031-03-0{day}")) for day, i in enumerate("ab", 3)]
    assert nodes(corpus, "Meeting") == [{"a"}, {"b"}]
    decisions = Decisions(same=((name, "b#e0-b"),))
    assert nodes(corpus, "Meeting", decisions) == [{"a", "b"}]
    assert merged(corpus, decisions).judgements[0].reasons[0].startswith("decided by the user")


def test_a_third_telling_does_not_join_what_the_user_parted() -> None:
    corpus = [extraction(i, ("Meeting", MET, "2031-03-04")) for i in "abc"]
    found = nodes(corpus, "Meeting", Decisions(different=(("a#e0-a", "b#e0-b"),)))
    assert not any({"a", "b"} <= group for group in found)


# ---- exact, and fit to grow

PEOPLE = ["Ana Quispe", "Luis Vera", "Grace Wanjala", "Idi Mfaume"]
events = st.tuples(
    st.sampled_from(["Meeting", "Visit", "Killing", "Statement"]),
    st.fixed_dictionaries(
        {"agent": st.sampled_from(PEOPLE)},
        optional={"patient": st.sampled_from(PEOPLE), "place": st.sampled_from(["Lima", "Quito", "Loja"])},
    ),
    st.sampled_from(["", "2031-03-04", "2031-03-05", "2031-03-03/2031-03-09", "2031-01-01/2031-12-31"]),
)
corpora = st.lists(st.lists(events, min_size=1, max_size=3), min_size=2, max_size=7)


@settings(max_examples=150, deadline=None)
@given(corpora, st.randoms(use_true_random=False))
def test_the_order_of_articles_never_shows(told: list[list[tuple[str, dict[str, str], str]]], random) -> None:  # type: ignore[no-untyped-def]
    corpus = [extraction(f"a{i}", *events) for i, events in enumerate(told)]
    shuffled = random.sample(corpus, len(corpus))
    assert merged(shuffled) == merged(corpus)


@settings(max_examples=150, deadline=None)
@given(corpora)
def test_no_event_has_two_times_or_places(told: list[list[tuple[str, dict[str, str], str]]]) -> None:
    corpus = [extraction(f"a{i}", *events) for i, events in enumerate(told)]
    tellings = {event_key(event): event for e in corpus for event in e.events}
    groups: dict[str, list[EventMention]] = {}
    for key, event in merged(corpus).event_of.items():
        groups.setdefault(event.id, []).append(tellings[key])
    for group in groups.values():
        times = [event.time for event in group if event.time]
        assert all(a.start <= b.end and b.start <= a.end for a, b in itertools.combinations(times, 2))
        assert len({event.place for event in group if event.place}) <= 1
        assert len({event.type for event in group}) == 1


def test_the_cost_grows_with_the_number_of_events() -> None:
    def corpus(size: int) -> list[Extraction]:
        """Everybody speaks of the same four people all the time."""
        return [
            extraction(
                f"a{i:05}",
                (
                    "Meeting",
                    {"agent": PEOPLE[i % 4], "patient": PEOPLE[(i + 1) % 4]},
                    f"20{10 + i % 20}-0{1 + i % 9}-1{i % 10}",
                ),
            )
            for i in range(size)
        ]

    size = 300
    sizes = {n: corpus(n) for n in (size, growth.GROWTH * size)}
    resolved = {n: resolve_entities(found) for n, found in sizes.items()}
    growth.assert_linear(lambda n: merge_events(sizes[n], resolved[n]), size)


# ---- what is known of events


def test_the_lexicon_speaks_of_classes_that_there_are(knowledge: Knowledge) -> None:
    lore = load_event_lore(knowledge)
    assert {"Meeting", "Summit", "Conversation"} <= lore.mutual
    assert "Visit" not in lore.mutual
    assert lore.top("Summit") == lore.top("Visit") == "Consult"


def test_a_wrong_lexicon_is_one_clear_line(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "lexicon").mkdir()
    path = tmp_path / "lexicon" / "events.toml"
    good = (ontology_folder() / "lexicon" / "events.toml").read_text("utf-8")
    for bad in ("", good.replace('"Statement"', '"Chatter"'), "[points"):
        path.write_text(bad, encoding="utf-8")
        with pytest.raises(OntologyError, match=r"events\.toml"):
            load_event_lore(replace(knowledge, folder=tmp_path))
    assert load_knowledge().folder == ontology_folder()
