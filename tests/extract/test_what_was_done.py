"""What a verb tells was done, to what and by whom: no more than its sentence says, and nothing where the sentence goes on."""

from __future__ import annotations

import pytest

from tests.conftest import PUBLISHED

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def told(extraction_of):
    """Everything told as fact, as "subject | predicate | object"."""

    def read(text):
        found = extraction_of(text, PUBLISHED)
        names = {m.id: m.name for m in found.mentions}
        return {
            " | ".join(
                (
                    names.get(c.subject, c.evidence.subject_text),
                    c.predicate,
                    names.get(c.object.mention) or (c.object.value.lexical if c.object.value else ""),
                )
            )
            for c in (*found.claims, *found.readings)
            if c.status == "asserted"
        }

    return read


# not done
UNDONE = [
    ("Many protested against the pastor's insistence on burning a book.", "pastor | burned | a book", False),
    ("Many protested against Chad's insistence on testing bombs.", "Chad | tested | bombs", False),
    ("The union has a hall in Lima to honor the miners.", "union | honored | miners", False),
    ("Chad has a day to mark the battle.", "Chad | commemorates | battle", False),
    ("The union built a hall in Lima to honor the miners.", "union | honored | miners", True),
    ("Ali Sow claimed responsibility for killing Ana Ruiz.", "Ali Sow | killed | Ana Ruiz", False),
    ("The rebels claimed responsibility for burning the mill.", "rebels | burned | mill", False),
    ("The rebels claimed responsibility for the blast in Lima.", "blast in Lima | tookPlaceAt | Lima", True),
    ("Ben Lo stepped down as mayor in June 2009.", "Ben Lo | resignedFrom | mayor", True),
]


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [*UNDONE],
    ids=[f"{row[0]} -> {row[1]}" for row in [*UNDONE]],
)
def test_only_what_was_done_is_told(told, text, claim, expected):
    assert (claim in told(text)) is expected, told(text)


@pytest.mark.parametrize("text", ["Ben Lo stepped down as mayor in June 2009.", "Ana Ruiz has resigned as mayor."])
def test_who_has_left_an_office_holds_it_no_more(extraction_of, text):
    held = [c for c in extraction_of(text, PUBLISHED).claims if c.predicate == "holdsPosition"]
    assert [c.time.value[:2] for c in held if c.time] == [".."]


def test_who_may_leave_an_office_holds_it(extraction_of):
    held = [
        c for c in extraction_of("Ana Ruiz may resign as mayor.", PUBLISHED).claims if c.predicate == "holdsPosition"
    ]
    assert [c.time for c in held] == [None]
