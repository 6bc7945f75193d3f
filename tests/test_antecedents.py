"""What a pronoun or a definite nominal stands for, and what it is not taken for."""

from __future__ import annotations

import pytest

from kg.apart import tells_apart
from kg.mentions.coreference import _link, call_fully

pytestmark = pytest.mark.model


def names(index, words):
    """What the mentions with these words are called."""
    return {m.name for m in index.all() if m.text == words}


@pytest.mark.parametrize(
    ("mine", "theirs", "apart"),
    [
        ({"previous"}, set(), True),
        ({"current"}, {"new"}, True),
        ({"wooden"}, {"second", "wooden"}, True),
        (set(), {"new"}, False),
        ({"old"}, set(), False),
        ({"current"}, {"current"}, False),
    ],
)
def test_modifiers_that_tell_apart(knowledge, mine, theirs, apart):
    assert tells_apart(mine, theirs, knowledge.words) is apart
    assert tells_apart(theirs, mine, knowledge.words) is apart


NOT_IT = [
    ("The king praised the new cabinet. He had dismissed the previous cabinet.", "the previous cabinet", "new cabinet"),
    ("Voters may choose a different anthem. The current anthem is old.", "The current anthem", "different anthem"),
    ("Chad is dry. Rebels burned farms in the southern province.", "the southern province", "Chad"),
    ("Indonesia's islands are far from the capital. Rain fell in the city.", "the city", "Indonesia"),
    ("Malaysia was hit by a wave. Many tourists are missing in the region.", "the region", "Malaysia"),
    ("Tributes to Ali Sow came in from Israel. Mourning leaders around the world sent flowers.", "the world", "Israel"),
    ("The U.S. declared an emergency. Health officials said the state had nine cases.", "the state", "United States"),
    ("The United States has stores of the drug. A share of it goes to the states.", "the states", "United States"),
    (
        "The rebels are said to have taken cash and rings from passengers when the gunmen left.",
        "the gunmen",
        "passengers",
    ),
    ("Ana Ruiz lost her seat. Rain fell all day. Ali Sow kept his seat.", "his seat", "Ana Ruiz's seat"),
    ("Ana Ruiz defended her record. Ali Sow defended his record too.", "his record", "Ana Ruiz's record"),
    ("Nine guards died in Peshawar. The region has seen many raids by rebels.", "The region", "Peshawar"),
    ("Rain hit Nairobi on Monday. The province has seen many floods.", "The province", "Nairobi"),
]
STILL_IT = [
    ("The new cabinet met. The cabinet was sworn in.", "The cabinet", "new cabinet"),
    ("Chad sent aid. The country has few roads.", "The country", "Chad"),
    ("Miners from Lima struck. The workers want more pay.", "The workers", "Miners from Lima"),
    ("Ali Sow defended his record. Critics doubt his record.", "his record", "Ali Sow's record"),
    ("Rain hit Nairobi on Monday. The city has seen many floods.", "The city", "Nairobi"),
]


@pytest.mark.parametrize(("text", "words", "name"), NOT_IT)
def test_what_a_nominal_is_not(index_of, text, words, name):
    assert name not in names(index_of(text), words)


@pytest.mark.parametrize(("text", "words", "name"), STILL_IT)
def test_what_a_nominal_still_is(index_of, text, words, name):
    assert names(index_of(text), words) == {name}


@pytest.mark.parametrize(
    ("text", "words", "name", "is_one"),
    [
        ("He said Mr. Sow would visit Lima.", "He", "Sow", False),
        ("He says Ana Ruiz has met Mr. Lo.", "He", "Lo", False),
        ("She fears that Ana Moss will lose the vote.", "She", "Ana Moss", False),
        ("In his speech, Ali Sow thanked them.", "his", "Ali Sow", True),
        ("Ali Sow said he would visit Lima.", "he", "Ali Sow", True),
        (
            "President Ben Lo opened a dam. His speech recalled one given by King Ali Sow when he founded the port.",
            "he",
            "Ben Lo",
            False,
        ),
        ("The town had asked for soldiers to escort farmers as they bring in the harvest.", "they", "soldiers", False),
        (
            "Kenya's government had asked for Chadian troops to guard ministers as they begin moving back.",
            "they",
            "Chadian troops",
            False,
        ),
        ("Nurses checked the children before they left.", "they", "Nurses", True),
        ("Chad, Togo and Mali have drawn closer, as they each quarrel with Peru.", "they", "Chad", False),
        ("Oslo and Lima can use their ports.", "their", "Oslo", False),
        ("Togo briefly shut two stations, as they had shown the riot.", "they", "Togo", False),
        ("Mourners came from Peru. President Ali Sow called him a friend.", "him", "Ali Sow", False),
        ("Ali Sow was in Lima. A guard came in. Sow hit him.", "him", "Ali Sow", False),
        ("Ben Lo was freed on Monday. Ali Sow welcomed him at the gate.", "him", "Ben Lo", True),
        ("A new law was passed in May. The former law lost its force.", "its", "former law", True),
        (
            "King Gyan praised the new cabinet. He dismissed the previous cabinet for its failure.",
            "its",
            "new cabinet",
            False,
        ),
        ("Sudan lost a war. The remote region was left to itself.", "itself", "Sudan", False),
        (
            "The gunmen have met the Harbour group since the raid.\n\nThey said they would burn it.",
            "They",
            "Harbour group",
            False,
        ),
        ("The gunmen met the Harbour Council on Monday. They said the mill would burn.", "They", "gunmen", True),
        ("The Harbour Council met on Monday. They said the mill would close.", "They", "Harbour Council", True),
    ],
)
def test_whom_a_pronoun_stands_for(index_of, text, words, name, is_one):
    assert (name in names(index_of(text), words)) is is_one


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Peru has sent envoys to Chad. Kenyan ministers opened the country's first dam.", "the country", "Kenya"),
        ("Ali Sow praised Togo. Peru is in turmoil, for the country's parties quarrel.", "the country", "Peru"),
        ("Togo is calm. Chad says bandits have left the country.", "the country", "Chad"),
        ("Guards hold the capital, Nairobi, and much of the south.", "the capital", "Nairobi"),
        ("Kenya is at war. Shells fell in the capital. Flights to Nairobi stopped.", "the capital", "Nairobi"),
        (
            "The mine closed after a report by the New York Times. The paper spoke with miners.",
            "The paper",
            "New York Times",
        ),
        ("The fire was reported by the Velm Times. Readers wrote letters to the daily.", "the daily", "Velm Times"),
        (
            "Ali Sow was tried in May. His daughter fell ill, so that the baby slept all day.",
            "the baby",
            "Ali Sow's daughter",
        ),
        (
            "Ana Ruiz saw the crane fall in Lima. The accident happened at noon. Ben Lo spoke. The mosque was full. Ali Sow "
            "wept. Guards came. The crane accident hurt nine.",
            "The accident",
            "crane accident",
        ),
        (
            "The envoys met British Prime Minister Ana Moss. Chad blamed the British leader.",
            "the British leader",
            "Ana Moss",
        ),
    ],
)
def test_what_a_definite_nominal_means(index_of, text, words, name):
    assert names(index_of(text), words) == {name}


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Peru and Chad met. Kenyan and Malian ministers opened the country's first dam.", "the country", "Kenya"),
        ("Kenya and Chad say fighting has reached the capital. Flights to Nairobi stopped.", "the capital", "Nairobi"),
        (
            "The fire was reported by the Velm Times and the Orla Post. Readers wrote to the daily.",
            "the daily",
            "Orla Post",
        ),
        ("Ali Sow fetched his daughter and his son, and the baby slept in the car.", "the baby", "Ali Sow"),
        (
            "Chad met former British Prime Minister Ana Moss. Togo blamed the British leader.",
            "the British leader",
            "Ana Moss",
        ),
    ],
)
def test_what_may_be_either_stays_open(index_of, text, words, name):
    assert name not in names(index_of(text), words)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Kenya is dry. Cases in the country doubled.", "Cases", "Cases in Kenya"),
        ("The H7 virus is rare. The spread of the virus worries Peru.", "The spread", "spread of the H7 virus"),
        ("Rebels shelled a palace in the capital, Bamako, on Monday.", "a palace", "palace in Bamako"),
        (
            "A fair opened in Lima. Visitors to the fair of the guild sang.",
            "Visitors",
            "Visitors to the fair of the guild",
        ),
        ("A virus is spreading. Cases of the virus doubled.", "Cases", "Cases of the virus"),
    ],
)
def test_a_name_ends_in_what_its_last_words_mean(index_of, text, words, name):
    found = {m.name for m in index_of(text).all() if m.text.startswith(words)}
    assert name in found, found


@pytest.mark.parametrize(
    ("text", "son", "name"),
    [
        ("Ben Lo was freed. His father Ali Lo said he would travel with his son.", "his son", "Ben Lo"),
        ("Ana Ruiz was freed. Her mother said she would travel with her daughter.", "her daughter", "Ana Ruiz"),
        (
            "Ana Ruiz was freed. Her father said she would travel with her daughter.",
            "her daughter",
            "Ana Ruiz's daughter",
        ),
    ],
)
def test_the_child_of_a_parent(index_of, text, son, name):
    assert names(index_of(text), son) == {name}


def test_two_owners_have_two_things(index_of):
    assert names(index_of("Chad lost its envoy in May. Togo recalled its envoy in June."), "its envoy") == {
        "Chad's envoy",
        "Togo's envoy",
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rebels fled to Velm. Peru says it will answer.", "Peru"),
        ("Guards ran to Velm. The United States said it would answer soon.", "United States"),
        ("Kenya's fishing agency says it has picked a new chief. Kenya had none.", "Kenya's fishing agency"),
        ("The bridge is old. The town council said it was unsafe.", "bridge"),
        ("A deed turned up in May. When the deed was read, the Velm Bank said it was false.", "deed"),
    ],
)
def test_who_says_what_it_does(index_of, text, name):
    assert names(index_of(text), "it") == {name}


@pytest.mark.parametrize(
    ("text", "first", "last", "name"),
    [
        ("A sailor saw the people. The rescued members left.", "people", "members", "rescued members"),
        ("A sailor saw people. The stranded passengers left.", "people", "passengers", "stranded passengers"),
        ("A sailor saw the guards. The armed men left.", "guards", "men", "guards"),
        ("A sailor saw the young people. The rescued members left.", "people", "members", "young people"),
    ],
)
def test_people_are_called_by_any_words_that_say_more(index_of, text, first, last, name):
    index = index_of(text)
    one, other = (next(t for t in index.doc if t.text == word) for word in (first, last))
    _link(index, other, index.at(one), "coreference")
    call_fully(index)
    assert index.at(one).name == name
