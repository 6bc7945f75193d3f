"""What contradicts, corrects or denies what: both sides are listed, and change over time is no conflict."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.conflicts import ConflictLore, find_conflicts, is_correction, load_conflict_lore
from kg.errors import OntologyError
from kg.lexicon import Knowledge, ontology_folder
from kg.model import Conflict, Origin, ResolvedClaim, Status, content_id

ID = "https://example.org/kg/id/"
KG = "https://example.org/kg/ontology#"
PUBLISHED = {"a": "2031-03-04", "b": "2031-03-04", "c": "2031-03-06", "d": "2034-07-01", "n": ""}
KNOWN = {name: Origin(name, day, (f"text {name}",), corrects=False) for name, day in PUBLISHED.items()}

TYPES = {
    **dict.fromkeys(["Ana Quispe", "Luis Vera"], "Person"),
    **dict.fromkeys(["Lima", "Cusco", "Quito"], "City"),
    **dict.fromkeys(["Peru", "Ecuador"], "Country"),
    **dict.fromkeys(["blast", "Loja blast"], "Explosion"),
    "Zaruma Treaty": "Treaty",
    "Civic Alliance": "Party",
}


def claim(
    article: str,
    subject: str,
    predicate: str,
    value: str,
    status: Status = "asserted",
    time: str = "",
    sentence: str = "",
    event: str = "",
) -> ResolvedClaim:
    """A claim of an article; what is in `TYPES` is an entity, everything else a literal."""
    is_entity = value in TYPES
    sentence = sentence or f"{subject} {predicate} {value}."
    return ResolvedClaim(
        id=content_id(article, subject, predicate, value, status, time, sentence),
        article=article,
        subject=subject,
        subject_iri=ID + subject.replace(" ", "_"),
        subject_type=TYPES[subject],
        subject_aliases=(),
        predicate=predicate,
        predicate_iri=KG + predicate,
        object=value,
        object_iri=ID + value.replace(" ", "_") if is_entity else None,
        datatype=None if is_entity else "string",
        object_type=TYPES.get(value),
        object_aliases=(),
        status=status,
        attributed_to="",
        attributed_to_iri="",
        time=time,
        time_text="",
        place="",
        place_iri="",
        event_iri="",
        event_type=event,
        confidence=0.8,
        sentence=sentence,
        start=0,
        end=len(sentence),
        trigger_start=0,
        trigger_end=1,
        extractor="test",
        rule="test",
        subject_text=subject,
        predicate_text=predicate,
        object_text=value,
    )


Row = tuple[str, ...]

CONTRADICTIONS: dict[str, tuple[Row, Row, str]] = {
    "a place of birth": (("a", "Ana Quispe", "bornIn", "Lima"), ("d", "Ana Quispe", "bornIn", "Cusco"), "contradiction"),
    "a year of foundation": (
        ("a", "Civic Alliance", "foundedOn", "1990"), ("d", "Civic Alliance", "foundedOn", "1992-05"), "contradiction",
    ),
    "a day of signature": (
        ("a", "Zaruma Treaty", "signedOn", "2031-03-04"), ("c", "Zaruma Treaty", "signedOn", "2031-03-05"), "contradiction",
    ),
    "ages of one day": (("a", "Ana Quispe", "age", "52"), ("b", "Ana Quispe", "age", "55"), "contradiction"),
    "ages that no birthday explains": (("a", "Ana Quispe", "age", "52"), ("d", "Ana Quispe", "age", "53"), "contradiction"),
    "death tolls of one day": (("a", "blast", "killedCount", "14"), ("b", "blast", "killedCount", "12"), "contradiction"),
    "a death toll that falls": (("a", "blast", "killedCount", "14"), ("c", "blast", "killedCount", "12"), "contradiction"),
    "a death toll without days": (("n", "blast", "killedCount", "14"), ("n", "blast", "killedCount", "12"), "contradiction"),
    "missing people of one day": (("a", "blast", "missingCount", "4"), ("b", "blast", "missingCount", "3"), "contradiction"),
    "two capitals": (("a", "Lima", "capitalOf", "Peru"), ("b", "Cusco", "capitalOf", "Peru"), "contradiction"),
    "a reported value": (
        ("a", "blast", "killedCount", "14", "reported"), ("b", "blast", "killedCount", "12"), "contradiction",
    ),
}  # fmt: skip

AGREEMENTS: dict[str, tuple[Row, Row]] = {
    "the same value": (("a", "Ana Quispe", "age", "52"), ("b", "Ana Quispe", "age", "52")),
    "a birthday between": (("a", "Ana Quispe", "age", "52"), ("d", "Ana Quispe", "age", "55")),
    "a birthday that may lie between": (("a", "Ana Quispe", "age", "52"), ("c", "Ana Quispe", "age", "53")),
    "a year and a day in it": (
        ("a", "Civic Alliance", "foundedOn", "1990"), ("b", "Civic Alliance", "foundedOn", "1990-05-04"),
    ),
    "a death toll that rises": (("a", "blast", "killedCount", "12"), ("c", "blast", "killedCount", "14")),
    "fewer missing later": (("a", "blast", "missingCount", "4"), ("c", "blast", "missingCount", "0")),
    "a city and its country": (("a", "Ana Quispe", "bornIn", "Lima"), ("b", "Ana Quispe", "bornIn", "Peru")),
    "offices of which one may hold many": (
        ("a", "Ana Quispe", "holdsPosition", "president"), ("b", "Ana Quispe", "holdsPosition", "judge"),
    ),
    "an office that changed hands": (
        ("a", "Ana Quispe", "leaderOf", "Peru"), ("d", "Luis Vera", "leaderOf", "Peru"),
    ),
    "two visits": (("a", "Ana Quispe", "visited", "Lima"), ("b", "Ana Quispe", "visited", "Quito")),
    "a capital that moved": (
        ("a", "Lima", "capitalOf", "Peru", "asserted", "2031"), ("b", "Cusco", "capitalOf", "Peru", "asserted", "1600"),
    ),
    "a value that is only planned": (("a", "Ana Quispe", "age", "52"), ("b", "Ana Quispe", "age", "60", "possible")),
    "a person who signs on many days": (
        ("a", "Ana Quispe", "signedOn", "2031-03-04"), ("b", "Ana Quispe", "signedOn", "2031-03-02"),
    ),
}  # fmt: skip


def conflicts(
    *claims: ResolvedClaim, knowledge: Knowledge, known: dict[str, Origin] | None = None
) -> tuple[Conflict, ...]:
    return find_conflicts(claims, known or KNOWN, knowledge)


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_two_values_contradict(name: str, knowledge: Knowledge) -> None:
    one, two, kind = CONTRADICTIONS[name]
    left, right = claim(*one), claim(*two)  # type: ignore[arg-type]
    (found,) = conflicts(left, right, knowledge=knowledge)
    assert found.kind == kind
    assert {*found.left, *found.right} == {left.id, right.id}
    assert found.reasons


@pytest.mark.parametrize("name", AGREEMENTS)
def test_two_values_do_not_contradict(name: str, knowledge: Knowledge) -> None:
    one, two = AGREEMENTS[name]
    assert not conflicts(claim(*one), claim(*two), knowledge=knowledge)  # type: ignore[arg-type]


def test_a_place_within_the_other_is_no_other_place(knowledge: Knowledge) -> None:
    born = claim("a", "Ana Quispe", "bornIn", "Lima"), claim("b", "Ana Quispe", "bornIn", "Cusco")
    assert conflicts(*born, knowledge=knowledge)
    assert not conflicts(*born, claim("c", "Cusco", "partOf", "Lima"), knowledge=knowledge)


def test_about_so_many_is_not_another_number(knowledge: Knowledge) -> None:
    exact = claim("a", "blast", "killedCount", "61")
    vague = claim("b", "blast", "killedCount", "60", sentence="The blast killed about 60 people.")
    plain = claim("b", "blast", "killedCount", "60", sentence="The blast killed 60 people.")
    assert not conflicts(exact, vague, knowledge=knowledge)
    assert conflicts(exact, plain, knowledge=knowledge)


@pytest.mark.parametrize(
    "sentence", ["Police lowered the toll: the blast killed 12.", "The blast killed 12 and not 14 people."]
)
def test_a_sentence_that_corrects(sentence: str, knowledge: Knowledge) -> None:
    first, second = (
        claim("a", "blast", "killedCount", "14"),
        claim("c", "blast", "killedCount", "12", sentence=sentence),
    )
    (found,) = conflicts(second, first, knowledge=knowledge)
    assert (found.kind, found.left, found.right) == ("correction", (first.id,), (second.id,))
    assert (found.left_value, found.right_value) == ("14", "12")


def test_an_article_that_is_a_correction(knowledge: Knowledge) -> None:
    first, second = claim("a", "blast", "killedCount", "14"), claim("b", "blast", "killedCount", "12")
    known = {**KNOWN, "b": replace(KNOWN["b"], corrects=True)}
    (found,) = conflicts(first, second, knowledge=knowledge, known=known)
    assert (found.kind, found.right) == ("correction", (second.id,))


def test_a_number_that_is_taken_back_in_words(knowledge: Knowledge) -> None:
    """No claim has the number for its value: the sentences tell."""
    first = claim(
        "a",
        "Ana Quispe",
        "visited",
        "Lima",
        sentence="A ferry carrying 150 people capsized off Lima, killing at least 23.",
    )
    taken = "The number of people killed off Lima when the ferry capsized is 19 and not 23, police said, correcting a figure."
    second = claim("c", "Luis Vera", "visited", "Lima", sentence=taken)
    (found,) = conflicts(first, second, knowledge=knowledge)
    assert (found.kind, found.left, found.right) == ("correction", (first.id,), (second.id,))
    assert (found.left_value, found.right_value) == ("23", "19")
    other = replace(first, sentence="Turnout in the villages was 23 percent.")
    assert not conflicts(other, second, knowledge=knowledge)
    later = {**KNOWN, "a": replace(KNOWN["a"], published="2031-03-09")}
    assert not conflicts(first, second, knowledge=knowledge, known=later)


# ---- disputes

MET = ("a", "Ana Quispe", "metWith", "Luis Vera")

DISPUTES: dict[str, tuple[Row, Row, bool]] = {
    "denied later": (MET, ("c", "Ana Quispe", "metWith", "Luis Vera", "denied"), True),
    "denied by the other": (MET, ("c", "Luis Vera", "metWith", "Ana Quispe", "denied"), True),
    "denied years later": (MET, ("d", "Ana Quispe", "metWith", "Luis Vera", "denied"), True),
    "not so, says another": (MET, ("b", "Ana Quispe", "metWith", "Luis Vera", "negated"), True),
    "alleged and denied in one article": (
        ("a", "Ana Quispe", "attacked", "Luis Vera", "alleged"), ("a", "Ana Quispe", "attacked", "Luis Vera", "denied"), True,
    ),
    "will and will not": (
        ("a", "Ana Quispe", "visited", "Quito", "planned"), ("c", "Ana Quispe", "visited", "Quito", "negated"), True,
    ),
    "not yet, and then": (("c", "Ana Quispe", "metWith", "Luis Vera"), ("a", "Ana Quispe", "metWith", "Luis Vera", "negated"), False),
    "years later not": (MET, ("d", "Ana Quispe", "metWith", "Luis Vera", "negated"), False),
    "at another time": (
        (*MET, "asserted", "2031-03-03"), ("b", "Ana Quispe", "metWith", "Luis Vera", "negated", "2030"), False,
    ),
    "no longer a member": (
        ("a", "Ana Quispe", "memberOf", "Civic Alliance"), ("c", "Ana Quispe", "memberOf", "Civic Alliance", "negated"), False,
    ),
    "both in one article": (MET, ("a", "Ana Quispe", "metWith", "Luis Vera", "negated"), False),
    "only possible": ((*MET, "possible"), ("c", "Ana Quispe", "metWith", "Luis Vera", "denied"), False),
    "another man": (MET, ("c", "Ana Quispe", "metWith", "Civic Alliance", "denied"), False),
}  # fmt: skip


@pytest.mark.parametrize("name", DISPUTES)
def test_disputes(name: str, knowledge: Knowledge) -> None:
    one, two, is_dispute = DISPUTES[name]
    event = "Meeting" if one[2] != "memberOf" else ""
    said, refused = (claim(*row, event=event) for row in (one, two))  # type: ignore[arg-type]
    found = conflicts(said, refused, knowledge=knowledge)
    assert [(c.kind, c.left, c.right) for c in found] == (
        [("dispute", (said.id,), (refused.id,))] if is_dispute else []
    )


def test_one_thing_disputed_in_different_words(knowledge: Knowledge) -> None:
    said = claim(
        "a", "Peru", "paid", "$120 million", "planned", event="Payment",
        sentence="Peru will pay $120 million for dams in Ecuador, a summary published in Quito says.",
    )  # fmt: skip
    refused = claim(
        "c", "Peru", "paidFor", "dams", "negated", event="Payment",
        sentence="Peru will not pay for dams in Ecuador, the minister said of a summary published in Quito.",
    )  # fmt: skip
    (found,) = conflicts(said, refused, knowledge=knowledge)
    assert found.kind == "dispute" and found.reasons[0].startswith("both speak of dams, ecuador")
    other = replace(refused, sentence="Peru will not pay the salaries of striking teachers, the minister said.")
    assert not conflicts(said, other, knowledge=knowledge)


# ---- all of them


def drawn(number: int) -> ResolvedClaim:
    rows = [row for one, two, _ in [*CONTRADICTIONS.values(), *DISPUTES.values()] for row in (one, two)]
    return claim(*rows[number % len(rows)])  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 60), unique=True, max_size=30), st.randoms(use_true_random=False))
def test_the_order_never_shows_and_no_claim_is_on_both_sides(
    knowledge: Knowledge, numbers: list[int], shuffler: random.Random
) -> None:
    claims = list({c.id: c for c in map(drawn, numbers)}.values())
    found = find_conflicts(claims, KNOWN, knowledge)
    assert find_conflicts(shuffler.sample(claims, len(claims)), KNOWN, knowledge) == found
    assert all(not set(conflict.left) & set(conflict.right) for conflict in found)
    assert {i for conflict in found for i in (*conflict.left, *conflict.right)} <= {c.id for c in claims}


# ---- what a correction looks like


@pytest.fixture(scope="module")
def lore(knowledge: Knowledge) -> ConflictLore:
    return load_conflict_lore(knowledge)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Ferry sinks\n\nCorrection: The ship sank on Monday.", True),
        ("The ship sank.\n\nAn earlier version of this article misspelt the captain's name.", True),
        ("The Department of Correction: a history", False),
        ("The ship sank on Monday. He spoke of a correction of prices.", False),
    ],
)
def test_an_article_says_that_it_corrects(text: str, is_one: bool, lore: ConflictLore) -> None:
    assert is_correction(text, lore) is is_one


def test_a_wrong_lexicon_is_one_clear_line(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "lexicon").mkdir()
    for bad in ("", "about = [", 'about = ["some"]'):
        (tmp_path / "lexicon" / "conflicts.toml").write_text(bad, encoding="utf-8")
        with pytest.raises(OntologyError, match=r"conflicts\.toml"):
            load_conflict_lore(replace(knowledge, folder=tmp_path))
    assert (ontology_folder() / "lexicon" / "conflicts.toml").is_file()
