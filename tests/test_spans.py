"""Where names begin and end, and words that are no names, on hand-built trees."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.lexicon import Knowledge
from kg.spans import whole_names

VOCAB = spacy.blank("en").vocab


def sentence(rows: str) -> Doc:
    """A Doc from words like "Space|NNP|compound|3|B-FAC": tag, relation, head (by number from 1, 0 for the root), entity."""
    cells = [word.split("|") for word in rows.split()]
    heads = [int(c[3]) - 1 if c[3] != "0" else i for i, c in enumerate(cells)]
    return Doc(
        VOCAB,
        words=[c[0] for c in cells],
        lemmas=[c[0].removesuffix("s") if c[1].startswith("NNS") else c[0] for c in cells],
        tags=[c[1] for c in cells],
        pos=["PROPN" if c[1].startswith("NNP") else "NOUN" for c in cells],
        deps=[c[2] for c in cells],
        heads=heads,
        ents=[c[4] if len(c) > 4 else "O" for c in cells],
    )


def names(rows: str, knowledge: Knowledge) -> list[str]:
    """The longest names, as `_named` prefers them."""
    doc, taken, found = sentence(rows), set(), []
    spans = whole_names(doc, [(e.start, e.end, e.label_) for e in doc.ents], knowledge)
    for start, end, _ in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if not taken & set(range(start, end)):
            taken |= set(range(start, end))
            found.append(doc[start:end].text)
    return sorted(found)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param(
            "Anglo|NNP|compound|3 -|HYPH|punct|1 French|JJ|amod|4|B-NORP Togo|NNP|nsubj|5|B-GPE ended|VBD|ROOT|0",
            ["Anglo-French Togo"],
            id="of two others",
        ),
        pytest.param(
            "Sino|NNP|compound|3 -|HYPH|punct|1 Russian|JJ|amod|4|B-NORP Mongolia|NNP|nsubj|5|B-GPE ended|VBD|ROOT|0",
            ["Sino-Russian Mongolia"],
            id="of two neighbours",
        ),
        pytest.param(
            "Oslo|NNP|compound|3|B-GPE -|HYPH|punct|1 backed|VBN|amod|4 Togo|NNP|nsubj|5|B-GPE ended|VBD|ROOT|0",
            ["Oslo", "Togo"],
            id="whom another backs is itself",
        ),
    ],
)
def test_a_land_of_two_others_is_another_one(rows, wanted, knowledge):
    assert [name.replace(" - ", "-") for name in names(rows, knowledge)] == wanted


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param(
            "Bosnian|NNP|amod|2|B-NORP Serbs|NNPS|nsubj|3|B-NORP left|VBD|ROOT|0",
            ["Bosnian Serbs"],
            id="of which state they are",
        ),
        pytest.param(
            "Shia|NNP|amod|4|B-NORP and|CC|cc|3 Sunni|NNP|conj|1|B-NORP Muslims|NNPS|nsubj|5|I-NORP met|VBD|ROOT|0",
            ["Shia and Sunni Muslims"],
            id="which two of them",
        ),
        pytest.param(
            "Rich|JJ|amod|2 Peruvians|NNPS|nsubj|3|B-NORP left|VBD|ROOT|0",
            ["Peruvians"],
            id="what they are besides is no name",
        ),
        pytest.param(
            "Chadian|JJ|amod|3|B-NORP and|CC|cc|3 troops|NNS|nsubj|4 left|VBD|ROOT|0",
            ["Chadian"],
            id="troops are no people",
        ),
    ],
)
def test_a_people_keeps_what_says_which(rows, wanted, knowledge):
    assert names(rows, knowledge) == wanted


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param(
            "Orla|NNP|compound|3|B-FAC Space|NNP|compound|3|I-FAC Center|NNP|compound|4|I-FAC "
            "Visitor|NNP|compound|5|I-FAC Complex|NN|nsubj|6 opened|VBD|ROOT|0",
            ["Orla Space Center Visitor Complex"],
            id="what the last word names is built",
        ),
        pytest.param(
            "Quay|NNP|compound|2|B-ORG Nine|NNP|compound|3|I-ORG Hotel|NN|nsubj|4 opened|VBD|ROOT|0",
            ["Quay Nine Hotel"],
            id="a hotel",
        ),
        pytest.param(
            "Orla|NNP|compound|3|B-FAC Center|NNP|compound|3|I-FAC Director|NN|nsubj|4 left|VBD|ROOT|0",
            ["Orla Center"],
            id="not who is somebody there",
        ),
        pytest.param(
            "Orla|NNP|compound|3|B-FAC Center|NNP|compound|3|I-FAC hotel|NN|nsubj|4 opened|VBD|ROOT|0",
            ["Orla Center"],
            id="not a common word",
        ),
        pytest.param(
            "Group|NNP|nsubj|5|B-ORG of|IN|case|4 Nine|CD|nummod|4|B-CARDINAL states|NNS|nmod|1 met|VBD|ROOT|0",
            ["Group of Nine"],
            id="a group that is counted",
        ),
        pytest.param(
            "Group|NNP|nsubj|5|B-ORG of|IN|case|4 nine|CD|nummod|4|B-CARDINAL states|NNS|nmod|1 met|VBD|ROOT|0",
            ["Group"],
            id="not how many are in it",
        ),
        pytest.param(
            "Velm|NNP|compound|2|B-ORG League|NNP|nsubj|6|I-ORG (|-LRB-|punct|4 Q|NNP|appos|2|B-ORG )|-RRB-|punct|4 met|VBD|ROOT|0",
            ["Velm League ( Q )"],
            id="the wing of a party",
        ),
        pytest.param(
            "Velm|NNP|compound|2|B-ORG League|NNP|nsubj|6|I-ORG (|-LRB-|punct|4 VL|NNP|appos|2|B-ORG )|-RRB-|punct|4 met|VBD|ROOT|0",
            ["VL", "Velm League"],
            id="not its letters",
        ),
        pytest.param(
            "Ana|NNP|nsubj|6|B-PERSON Sow|NNP|flat|1|I-PERSON (|-LRB-|punct|4 D|NNP|appos|1 )|-RRB-|punct|4 met|VBD|ROOT|0",
            ["Ana Sow"],
            id="not the party of somebody",
        ),
        pytest.param(
            "Space|NN|compound|2|B-PRODUCT Shuttle|NN|compound|3|I-PRODUCT Orla|NNP|nsubj|4|B-GPE left|VBD|ROOT|0",
            ["Space Shuttle Orla"],
            id="a craft and its name",
        ),
        pytest.param(
            "Orla|NNP|compound|2|B-PRODUCT Radio|NN|compound|3|I-PRODUCT Lima|NNP|nsubj|4|B-GPE left|VBD|ROOT|0",
            ["Lima", "Orla Radio"],
            id="not a product and a place",
        ),
        pytest.param(
            "“|``|punct|3 Bright|JJR|amod|3|B-PRODUCT Hope|NNP|ROOT|0|I-PRODUCT of|IN|case|5 Orla|NNP|nmod|3|B-ORG ”|''|punct|3",
            ["Bright Hope of Orla"],
            id="a quotation of two names",
        ),
        pytest.param(
            "“|``|punct|2 Hope|NNP|ROOT|0|B-PRODUCT and|CC|cc|4 Orla|NNP|conj|2|B-ORG left|VBD|acl|2 ”|''|punct|2",
            ["Hope", "Orla"],
            id="not of more than names",
        ),
        pytest.param(
            "“|``|punct|2 Hope|NNP|ROOT|0|B-PERSON and|CC|cc|4 Orla|NNP|conj|2|B-PERSON ”|''|punct|2",
            ["Hope", "Orla"],
            id="not of people",
        ),
        pytest.param(
            "“|``|punct|2 Idea|NNP|ROOT|0 of|IN|case|5 Kenyan|JJ|amod|5|B-NORP Girls|NNPS|nmod|2|I-NORP ”|''|punct|2",
            ["Idea of Kenyan Girls"],
            id="a title that holds a name",
        ),
        pytest.param(
            "“|``|punct|3 The|DT|det|3 Kenyans|NNPS|ROOT|0|B-NORP in|IN|case|5 Lima|NNP|nmod|3|B-GPE ,|,|punct|3 ”|''|punct|3",
            ["The Kenyans in Lima"],
            id="a title that begins with a name",
        ),
        pytest.param(
            "“|``|punct|3 the|DT|det|3 Kenyans|NNPS|ROOT|0|B-NORP in|IN|case|5 Lima|NNP|nmod|3|B-GPE ”|''|punct|3",
            ["Kenyans", "Lima"],
            id="not what begins with a small letter",
        ),
        pytest.param(
            "“|``|punct|2 Kenyans|NNPS|nsubj|3|B-NORP left|VBD|ROOT|0 for|IN|case|5 Lima|NNP|obl|3|B-GPE ”|''|punct|3",
            ["Kenyans", "Lima"],
            id="not a clause",
        ),
        pytest.param(
            "Islamic|NNP|compound|2|B-ORG State|NNP|nsubj|8|I-ORG of|IN|case|4 Iraq|NNP|nmod|2|B-GPE and|CC|cc|7 "
            "the|DT|det|7 Levant|NNP|conj|4|B-GPE fled|VBD|ROOT|0",
            ["Islamic State of Iraq and the Levant"],
            id="a body known by a name that holds a state's",
        ),
        pytest.param(
            "States|NNP|nsubj|6|B-ORG of|IN|case|3 Iraq|NNP|nmod|1|B-GPE and|CC|cc|5 Syria|NNP|conj|3|B-GPE fled|VBD|ROOT|0",
            ["Iraq", "States", "Syria"],
            id="not what nobody knows",
        ),
    ],
)
def test_a_name_ends_where_its_words_end(rows: str, wanted: list[str], knowledge: Knowledge) -> None:
    assert names(rows, knowledge) == wanted


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param("south|NN|compound|2|B-GPE Kenya|NNP|ROOT|0|B-GPE", ["Kenya"], id="a side"),
        pytest.param("South|NN|compound|2|B-LOC Kenya|NNP|ROOT|0|I-LOC", ["South Kenya"], id="not a side of a name"),
        pytest.param(
            "Pro|JJ|amod|4|B-GPE -|HYPH|punct|1 Oslo|NNP|compound|4|B-GPE camp|NN|ROOT|0", ["Oslo"], id="a stance"
        ),
        pytest.param(
            "an|DT|det|4 Ex|JJ|amod|4|B-NORP -|HYPH|punct|2 Chadian|JJ|ROOT|0|B-NORP", ["Chadian"], id="half of a word"
        ),
        pytest.param("heat|NN|ROOT|0|B-PRODUCT", [], id="a thing"),
        pytest.param("ministry|NN|ROOT|0|B-ORG", ["ministry"], id="not a body"),
        pytest.param("Pro|NNP|nsubj|2|B-ORG sued|VBD|ROOT|0", ["Pro"], id="not a name like a stance"),
        pytest.param(
            "Ana|NNP|nsubj|6|B-PERSON Sow|NNP|flat|1|I-PERSON ,|,|punct|4 QC|NNP|appos|1|B-ORG ,|,|punct|1 left|VBD|ROOT|0",
            ["Ana Sow"],
            id="letters behind a name",
        ),
        pytest.param(
            "Orla|NNP|nsubj|5|B-ORG ,|,|punct|3 QC|NNP|appos|1|B-ORG ,|,|punct|1 left|VBD|ROOT|0",
            ["Orla", "QC"],
            id="not behind a body",
        ),
        pytest.param(
            "The|DT|det|6 Foreign|JJ|amod|6|B-NORP ,|,|punct|4 Home|NNP|compound|6|B-PERSON and|CC|cc|4 Secretaries|NNS|ROOT|0",
            [],
            id="offices in a list",
        ),
        pytest.param(
            "The|DT|det|4 Sow|NNP|compound|4|B-PERSON and|CC|cc|4 Secretaries|NNS|ROOT|0", ["Sow"], id="not somebody"
        ),
    ],
)
def test_a_word_that_names_nothing_is_left_out(rows: str, wanted: list[str], knowledge: Knowledge) -> None:
    doc = sentence(rows)
    for token in doc:
        if token.text == "Secretaries":
            token.lemma_ = "secretary"
    spans = whole_names(doc, [(e.start, e.end, e.label_) for e in doc.ents], knowledge)
    assert sorted({doc[start:end].text for start, end, _ in spans}) == wanted


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param(
            "US|NNP|compound|3|B-PERSON President|NNP|compound|3|I-PERSON Ana|NNP|nsubj|5|I-PERSON Sow|NNP|flat|3|I-PERSON left|VBD|ROOT|0",
            {"US": "GPE", "Ana Sow": "PERSON"},
            id="a state and its president",
        ),
        pytest.param(
            "Kenyan|JJ|amod|4|B-PERSON Prime|NNP|compound|4|I-PERSON Minister|NNP|compound|4|I-PERSON Sow|NNP|nsubj|5|I-PERSON left|VBD|ROOT|0",
            {"Kenyan": "NORP", "Sow": "PERSON"},
            id="a people and its minister",
        ),
        pytest.param(
            "U.S.|NNP|compound|4|B-PERSON Navy|NNP|compound|4|I-PERSON Capt.|NNP|compound|4|I-PERSON Ana|NNP|nsubj|6|I-PERSON "
            "Sow|NNP|flat|4|I-PERSON left|VBD|ROOT|0",
            {"U.S. Navy": "ORG", "Ana Sow": "PERSON"},
            id="a navy and its captain",
        ),
        pytest.param(
            "Navy|NNP|compound|3|B-PERSON Capt.|NNP|compound|3 Sow|NNP|nsubj|4|B-PERSON left|VBD|ROOT|0",
            {"Navy": "ORG", "Sow": "PERSON"},
            id="a navy alone",
        ),
        pytest.param(
            "Jordan|NNP|nsubj|4|B-PERSON King|NNP|flat|1|I-PERSON Sow|NNP|flat|1|I-PERSON left|VBD|ROOT|0",
            {"Jordan King Sow": "PERSON"},
            id="not names like a state and an office",
        ),
        pytest.param(
            "Chad|NNP|nsubj|3|B-PERSON Sow|NNP|flat|1|I-PERSON left|VBD|ROOT|0",
            {"Chad Sow": "PERSON"},
            id="not a name like a state",
        ),
    ],
)
def test_an_office_is_no_part_of_a_name(rows: str, wanted: dict[str, str], knowledge: Knowledge) -> None:
    doc = sentence(rows)
    spans = whole_names(doc, [(e.start, e.end, e.label_) for e in doc.ents], knowledge)
    assert {doc[start:end].text: label for start, end, label in spans} == wanted


@pytest.mark.parametrize(
    ("rows", "bodies"),
    [
        (
            "FCO|NNP|compound|2|B-TITLE Minister|NNP|compound|3|I-TITLE Sow|NNP|nsubj|4|B-PERSON left|VBD|ROOT|0",
            ["FCO"],
        ),
        (
            "Orla|NNP|compound|2|B-TITLE Ministry|NNP|compound|3|I-TITLE Secretary|NN|compound|4|I-TITLE "
            "Sow|NNP|nsubj|5|B-PERSON left|VBD|ROOT|0",
            ["Orla Ministry"],
        ),
        (
            "Home|NNP|compound|2|B-TITLE Office|NNP|compound|3|I-TITLE Minister|NN|compound|4|I-TITLE "
            "Sow|NNP|nsubj|5|B-PERSON left|VBD|ROOT|0",
            ["Home Office"],
        ),
        ("CEO|NNP|compound|2|B-TITLE Sow|NNP|nsubj|3|B-PERSON left|VBD|ROOT|0", []),
        ("Vice|NNP|compound|2|B-TITLE President|NNP|compound|3|I-TITLE Sow|NNP|nsubj|4|B-PERSON left|VBD|ROOT|0", []),
        ("CEO|NNP|compound|2|B-TITLE Emeritus|NNP|compound|3|I-TITLE Sow|NNP|nsubj|4|B-PERSON left|VBD|ROOT|0", []),
    ],
)
def test_a_title_that_names_its_body_is_taken_apart(rows: str, bodies: list[str], knowledge: Knowledge) -> None:
    found = whole_names(sentence(rows), [], knowledge)
    assert [sentence(rows)[start:end].text for start, end, label in found if label == "ORG"] == bodies
