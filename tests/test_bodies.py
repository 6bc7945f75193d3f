"""Bodies that a reader took for persons, and persons who stay what they are."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.bodies import retype_bodies
from kg.lexicon import Knowledge
from kg.mentions import Name

VOCAB = spacy.blank("en").vocab


def types(rows: str, knowledge: Knowledge, **classes: str) -> dict[str, str]:
    """Name -> class, of words like "Keller|NNP|nsubj|3|B-PERSON"; `classes` are those of the entity labels."""
    cells = [word.split("|") for word in rows.split()]
    doc = Doc(
        VOCAB,
        words=[c[0] for c in cells],
        lemmas=[c[0].lower() for c in cells],
        tags=[c[1] for c in cells],
        pos=["PROPN" if c[1].startswith("NNP") else "NOUN" if c[1].startswith("NN") else "X" for c in cells],
        deps=[c[2] for c in cells],
        heads=[int(c[3]) - 1 if c[3] != "0" else i for i, c in enumerate(cells)],
        ents=[c[4] if len(c) > 4 else "O" for c in cells],
    )
    known = {"PERSON": "Person", "ORG": "Organization", **classes}
    names = [Name(e.start, e.end, e.text, known[e.label_], e.text) for e in doc.ents]
    retype_bodies(names, doc, knowledge)
    return {name.name: name.type for name in names}


MARSH = "Keller|NNP|nsubj|{0}|B-PERSON Marsh|NNP|flat|1|I-PERSON "


@pytest.mark.parametrize(
    ("rows", "name", "cls"),
    [
        pytest.param(
            MARSH.format(8)
            + ",|,|punct|6 Boeing|NNP|nmod:poss|6|B-ORG 's|POS|case|4 rival|NN|appos|1 ,|,|punct|6 won|VBD|ROOT|0",
            "Keller Marsh",
            "Company",
            id="a rival of a company",
        ),
        pytest.param(
            MARSH.format(9)
            + ",|,|punct|5 a|DT|det|5 subsidiary|NN|appos|1 of|IN|case|7 Boeing|NNP|nmod|5|B-ORG ,|,|punct|5 won|VBD|ROOT|0",
            "Keller Marsh",
            "Company",
            id="its part",
        ),
        pytest.param(
            "Keller|NNP|compound|3|B-PERSON Marsh|NNP|flat|1|I-PERSON shares|NNS|nsubj|4 fell|VBD|ROOT|0",
            "Keller Marsh",
            "Company",
            id="what has shares",
        ),
        pytest.param(
            "The|DT|det|3 militant|JJ|amod|3 group|NN|nsubj|6 Abu|NNP|appos|3|B-PERSON Tarek|NNP|flat|4|I-PERSON fled|VBD|ROOT|0",
            "Abu Tarek",
            "Organization",
            id="what is called a group",
        ),
        pytest.param(
            "the|DT|det|4 Abu|NNP|compound|4|B-PERSON Tarek|NNP|flat|2|I-PERSON group|NN|ROOT|0",
            "Abu Tarek",
            "Organization",
            id="a group's name",
        ),
        pytest.param(
            "Boko|NNP|nsubj|3|B-PERSON Haram|NNP|flat|1|I-PERSON fled|VBD|ROOT|0",
            "Boko Haram",
            "ArmedGroup",
            id="known",
        ),
        pytest.param(
            "Orlan|NNP|compound|2|B-ORG Party|NNP|nsubj|5|I-ORG and|CC|cc|4 Orlan|NNP|conj|2|B-PERSON met|VBD|ROOT|0",
            "Orlan",
            "Organization",
            id="short for a party",
        ),
        # and who stays
        pytest.param(
            "The|DT|det|2 head|NN|nsubj|8 of|IN|case|5 the|DT|det|5 company|NN|nmod|2 Ana|NNP|appos|5|B-PERSON Sow|NNP|flat|6|I-PERSON "
            "left|VBD|ROOT|0",
            "Ana Sow",
            "Person",
            id="who heads a company",
        ),
        pytest.param(
            MARSH.format(8)
            + ",|,|punct|6 Ana|NNP|nmod:poss|6|B-PERSON 's|POS|case|4 rival|NN|appos|1 ,|,|punct|6 won|VBD|ROOT|0",
            "Keller Marsh",
            "Person",
            id="a rival of somebody",
        ),
        pytest.param(
            MARSH.format(8)
            + ",|,|punct|6 Boeing|NNP|nmod:poss|6|B-ORG 's|POS|case|4 rival|NN|appos|1 ,|,|punct|6 won|VBD|ROOT|0 "
            "Marsh|NNP|dep|8|B-PERSON",
            "Keller Marsh",
            "Person",
            id="who is called by a family name",
        ),
        pytest.param(
            "Mr.|NNP|compound|2 Keller|NNP|compound|3|B-PERSON shares|NNS|nsubj|4 fell|VBD|ROOT|0",
            "Keller",
            "Person",
            id="with a title",
        ),
        pytest.param(
            "Keller|NNP|nsubj|2|B-PERSON shares|VBZ|ROOT|0 it|PRP|obj|2", "Keller", "Person", id="who shares something"
        ),
        pytest.param(
            "The|DT|det|2 group|NN|obj|5 Ana|NNP|nsubj|5|B-PERSON Sow|NNP|flat|3|I-PERSON leads|VBZ|ROOT|0",
            "Ana Sow",
            "Person",
            id="who leads a group",
        ),
        pytest.param(
            "Ana|NNP|nsubj|6|B-PERSON Orlan|NNP|flat|1|I-PERSON 's|POS|case|1 Orlan|NNP|compound|5|B-ORG Party|NNP|obj|6|I-ORG "
            "met|VBD|ROOT|0 Orlan|NNP|obj|6|B-PERSON",
            "Orlan",
            "Person",
            id="whose party bears the name",
        ),
    ],
)
def test_a_body_is_told_from_somebody(rows: str, name: str, cls: str, knowledge: Knowledge) -> None:
    is_company = "Boeing" in rows
    assert types(rows, knowledge, **({"ORG": "Company"} if is_company else {}))[name] == cls
