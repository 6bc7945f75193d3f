"""Text that no newspaper would print: no crash, no blow-up, and every offset slices back to its words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.annotate import annotate_articles
from kg.extract import extract_claims
from kg.model import Article, Extraction
from tests.growth import assert_linear

pytestmark = pytest.mark.model

LONG = "Ali Sow met Maria Keller " + "and Kenya visited Lima with Chad and Niger " * 240 + "."
BAD = {
    "nothing": "",
    "white space": " \n\t \n",
    "one word": "Kenya",
    "a sentence of 2,000 words": LONG,
    "a headline in capitals": "KENYA EXPELS TWO DIPLOMATS AFTER ATTACK ON EMBASSY IN LIMA\n\nKenya expelled two diplomats.",
    "a quotation never closed": "“Chad attacked Niger, Maria Keller said. Kenya visited Lima.\n\nAli Sow met Maria Keller.",
    "quotation marks only": "“”\"\"''“",
    "emoji": "Kenya 🇰🇪 expelled two diplomats 😀👍🏽 on Monday 👨‍👩‍👧. Ali Sow 🚀 met Maria Keller.",
    "zero width": "Ali\u200b Sow met\u200b Maria\ufeff Keller in Li\u00adma\u2060.",
    "right to left": "Ali Sow met \u202eرئيس الوزراء\u202c Maria Keller في Lima.",
    "combining": "A\u0301li So\u0308w me\u0301t Mari\u0302a Keller" + "\u0301" * 50 + ".",
    "another language": "Der Präsident besuchte gestern Berlin. 총리가 평양을 방문했다. Le ministre a signé l'accord.",
    "a table": "Country\tVisits\tYear\nKenya\t12\t2023\nChad\t7\t2023\nPeru | 3 | 2024 |\n--- | --- | ---\nTotal\t22\t",
    "markup": '<script>alert("Kenya")</script> Ali Sow <b>met</b> Maria Keller &amp; {{ Kenya }} ${x}',
    "brackets": "((((Kenya (KEN (Chad) expelled) (two [diplomats}} left)",
    "one letter many times": "a" * 5000,
    "many short sentences": "Kenya left. " * 300,
    "many names": ", ".join(f"Ali Sow{chr(97 + i % 26)} Keller" for i in range(150)) + " met.",
    "control characters": "Ali\x00 Sow met\x1b[31m Maria\x07 Keller\x7f.",
    "question marks": "?!?! ??? Kenya ??? expelled ??? diplomats ???",
    "line ends": "Ali Sow\r\nmet\r\nMaria Keller\u2028in Lima\u2029on Monday\x0b.",
}


def check_offsets(extraction: Extraction) -> None:
    """Every span lies in the text and inside what holds it, and slices back to its words."""
    text = extraction.article.text
    mentions = {m.id: m for m in extraction.mentions}
    for mention in extraction.mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.of(text) == mention.text
    for item in (*extraction.claims, *extraction.events):
        sentence, trigger = item.evidence.sentence, item.evidence.trigger
        assert 0 <= sentence.start <= trigger.start < trigger.end <= sentence.end <= len(text)
        assert sentence.of(text) == sentence.of(text).strip()
    for claim in extraction.claims:
        assert claim.subject in mentions
        assert (claim.object.mention in mentions) != (claim.object.value is not None)
        assert {claim.place, claim.attributed_to} <= {"", *mentions}
        assert 0 < claim.confidence <= 1
        if claim.object.span is not None:
            assert 0 <= claim.object.span.start < claim.object.span.end <= len(text)
    for event in extraction.events:
        assert {a.mention for a in event.arguments} <= set(mentions)


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_no_crash_and_offsets_slice_back(extraction_of, text):
    check_offsets(extraction_of(text))


PIECES = st.sampled_from(
    [
        "Ali Sow",
        "Kenya",
        " met ",
        " said ",
        "was killed by",
        "“",
        "”",
        '"',
        "'s",
        "(",
        ")",
        ",",
        ".",
        "?",
        "\n\n",
        " ",
        "-",
        "48",
        "$5 million",
        "on Monday",
        "not",
        "U.S.-led",
        "😀",
        "\u200b",
        "\u202e",
        "президент",
        "of",
        "the",
        "if",
        "who",
    ]
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(PIECES, st.text(max_size=5, alphabet=st.characters(exclude_categories=["Cs"]))), max_size=25))
def test_any_text_at_all(extraction_of, pieces):
    check_offsets(extraction_of(" ".join(pieces)))


def test_a_sentence_of_2000_words_takes_no_quadratic_time(nlp, extraction_of):
    assert_linear(lambda size: extraction_of(LONG[:size]), len(LONG) // 8)


def test_claims_around_bad_input_survive(claims_of):
    text = "“The mark is never closed.\n\nAli Sow met Maria Keller.\n\n😀😀😀\n\nKenya expelled two diplomats."
    found = claims_of(text)
    assert ("Ali Sow", "metWith", "Maria Keller", "asserted") in found
    assert ("Kenya", "expelled", "two diplomats", "asserted") in found


def test_the_same_text_gives_the_same_claims(nlp, knowledge, extraction_of):
    text = (
        "Ali Sow met Maria Keller, who denied the report. “Chad attacked Niger,” she said. Kenya left Lima on Monday."
    )
    assert extraction_of(text) == extraction_of(text)


def test_neighbours_in_a_batch_change_nothing(nlp, knowledge):
    texts = ["Ali Sow met Maria Keller.", LONG, "", "Kenya expelled two diplomats, Ana Ruiz said.", BAD["emoji"]]
    articles = [Article(id=f"a{i}", text=text) for i, text in enumerate(texts)]
    together = [extract_claims(a, knowledge) for a in annotate_articles(articles, nlp, knowledge)]
    alone = [extract_claims(next(annotate_articles([a], nlp, knowledge)), knowledge) for a in articles]
    assert [e.claims for e in together] == [e.claims for e in alone]


def test_furniture_gives_no_claims(nlp, knowledge):
    from kg.model import Aside, Span

    text = "Kenya expelled two diplomats.\n\nAli Sow met Maria Keller.\n\nChad left Lima."
    start = text.index("Ali")
    article = Article(id="t", text=text, asides=(Aside(Span(start, start + 25), "teaser"),))
    (annotated,) = annotate_articles([article], nlp, knowledge)
    extraction = extract_claims(annotated, knowledge)
    check_offsets(extraction)
    names = {m.name for m in extraction.mentions}
    assert "Kenya" in names and "Ali Sow" not in names
