"""What each clause says in its own words, and the words of claims as their sentence has them."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.extract.readings import is_whole

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def readings_of(extraction_of):
    """(subject, predicate, object, status) in the words of the text."""

    def read(text):
        return {
            (r.evidence.subject_text, r.evidence.predicate_text, r.object.value.lexical, r.status)
            for r in extraction_of(text).readings
        }

    return read


@pytest.fixture(scope="module")
def words_of(extraction_of):
    """Property -> the words of the claims that have it."""

    def read(text):
        return {
            c.predicate: (c.evidence.subject_text, c.evidence.predicate_text, c.evidence.object_text)
            for c in extraction_of(text).claims
        }

    return read


BARE = [
    ("A storm hit Lima. One died in the port.", "died in"),
    ("A storm hit Lima. Those hurt the trade.", "hurt"),
    ("A storm hit Lima. The firm fed some.", "fed"),
    ("Lima has four seats. Ana Sow was elected in this district.", "was elected in"),
    ("Two strikes ended. The union led those strikes.", "led"),
    ("Ali Sow lost twice. The judge denied that claim.", "denied"),
    ("Ali Sow left. The site fed two mills in Lima.", "fed"),
    ("Ali Sow left. The infected sailors caught the fever.", "caught"),
    ("Ali Sow left. The first cases came in May.", "came in"),
    ("Ali Sow left. Both ships reached Lima in May.", "reached in"),
    ("Ali Sow left. His cousins reached Lima in May.", "reached in"),
    ("A storm hit Lima. Ana Sow said that it had killed two sailors.", "said that"),
    ("Two mills closed. Ana Sow fed the workers of these mills.", "fed"),
    ("Two mills closed. Ana Sow fed the village.", "fed"),
]
NOT_BARE = [
    ("It rained. Ali Sow left early. He sold two mills.", ("He", "sold", "two mills", "asserted")),
    ("They sold the mill.", ("They", "sold", "the mill", "asserted")),  # nothing could stand before it
    ("It rained. Ali Sow fed this village of miners.", ("Ali Sow", "fed", "this village of miners", "asserted")),
    ("It rained. Ali Sow fed the old village.", ("Ali Sow", "fed", "the old village", "asserted")),
    ("The union led those strikes.", ("The union", "led", "those strikes", "asserted")),
    ("It rained. Ana Sow said that she had left.", ("Ana Sow", "said that", "she had left", "asserted")),
    ("Ali Sow left. Ana Ruiz fed his two dogs.", ("Ana Ruiz", "fed", "his two dogs", "asserted")),
    ("It rained. The 20 infected sailors ate rice.", ("The 20 infected sailors", "ate", "rice", "asserted")),
    ("It rained. The mayor of Lima sold two mills.", ("The mayor of Lima", "sold", "two mills", "asserted")),
    ("It rained. Ana Sow left Lima this week.", ("Ana Sow", "left", "Lima this week", "asserted")),
    (
        "It rained. Ana Sow said two mills kept their roofs.",
        ("Ana Sow", "said", "two mills kept their roofs", "asserted"),
    ),
    ('It rained. "It was cold," Ana Sow said.', ("Ana Sow", "said", '"It was cold,"', "asserted")),
]


@pytest.mark.parametrize(("text", "predicate"), BARE, ids=[row[0] for row in BARE])
def test_no_reading_of_what_is_only_pointed_at(readings_of, text, predicate):
    assert predicate not in {found[1] for found in readings_of(text)}


@pytest.mark.parametrize(("text", "reading"), NOT_BARE, ids=[row[0] for row in NOT_BARE])
def test_what_is_named_or_described_is_read(readings_of, text, reading):
    assert reading in readings_of(text)


TELLS = [
    ("The river is 60 km long.", ("The river", "is", "60 km long", "asserted")),
    (
        "The new bank in Lima said that rates would rise.",
        ("The new bank in Lima", "said that", "rates would rise", "asserted"),
    ),
    ("Ali Sow tried to find work in Oslo.", ("Ali Sow", "tried to find", "work in Oslo", "planned")),
    ("The mill was sold to a firm in Niger.", ("The mill", "was sold to", "a firm in Niger", "asserted")),
    ("The bridge did not hold the weight.", ("The bridge", "did not hold", "the weight", "negated")),
    ("The treaty is to be signed in May.", ("The treaty", "is to be signed in", "May", "planned")),
    ("Chad and Niger grow millet, maize and beans.", ("Chad and Niger", "grow", "millet, maize and beans", "asserted")),
    ("Prices fell in March.", ("Prices", "fell in", "March", "asserted")),
    ("The clerk saw a man who sold maps.", ("The clerk", "saw", "a man who sold maps", "asserted")),
    ("The clerk saw Ali Sow, who sold maps.", ("Ali Sow", "sold", "maps", "asserted")),
    ("Sow told Ana on Monday that the port was closed.", ("Sow", "told that", "the port was closed", "asserted")),
    (
        "The bank announced in Lima that rates would rise.",
        ("The bank", "announced that", "rates would rise", "asserted"),
    ),
    ("The clerk sold the man a map.", ("The clerk", "sold", "the man a map", "asserted")),
    ("The mill will close in May, the mayor said.", ("the mayor", "said", "The mill will close in May", "asserted")),
    ('"We lost two boats," said Ana Ruiz.', ("Ana Ruiz", "said", '"We lost two boats,"', "asserted")),
    (
        '"The bridge is safe," the mayor told the crew on Monday.',
        ("the mayor", "told", '"The bridge is safe,"', "asserted"),
    ),
    (
        '"It was hot in Lima on Monday. We lost two boats," said Ana Ruiz.',
        ("Ana Ruiz", "said", "We lost two boats", "asserted"),
    ),
    ("Ana Ruiz spent two years in Lima.", ("Ana Ruiz", "spent", "two years in Lima", "asserted")),
    ("In a new mill, two ships were built.", ("two ships", "were built in", "a new mill", "asserted")),
    (
        "Chad banned work in mills or ports that feed miners.",
        ("Chad", "banned", "work in mills or ports that feed miners", "asserted"),
    ),
    ("Chad fined six mills, which closed.", ("Chad", "fined", "six mills", "asserted")),
    ("The talks are under heavy guard in Lima.", ("The talks", "are under", "heavy guard in Lima", "asserted")),
    (
        "Guards were found in the yard of the mill who claim they slept.",
        ("Guards", "were found in", "the yard of the mill", "asserted"),
    ),
    ("The mayor told Telda News every mill will close.", ("The mayor", "told", "every mill will close", "asserted")),
    ("Egypt barred the crew from leaving the port.", ("Egypt", "barred", "the crew from leaving the port", "asserted")),
]
TELLS_NOT = [
    ("Ana Ruiz spent two years rebuilding the port.", "spent"),
    ("In an unrelated development, two ships sank in Lima.", "sank in an unrelated"),
    ("In a related case, two ships were sunk.", "were sunk in"),
    ("In other news, two ships were sunk.", "were sunk in"),
    ("Talks between Chad and Niger are under way in Lima.", "are under"),
    ("Four mills burned, according to the mayor.", "burned according to"),
    ("The ship sank in May, it was said.", "was said"),
    ("The clerk saw a man who sold maps.", "sold"),
    ("The threat gangs pose to the town grew.", "pose to"),  # what they pose is outside
    ("Rain.", ""),
    ("The mayor, whose house burned in June, left.", "burned in"),
    ("It is raining.", "raining"),
    ("What began as a strike has become a war.", "has become"),
    ("Whatever fell on the roof broke a tile.", "broke"),
]


@pytest.mark.parametrize(("text", "wanted"), TELLS)
def test_a_clause_is_told_in_its_own_words(readings_of, text, wanted):
    assert wanted in readings_of(text)


@pytest.mark.parametrize(("text", "predicate"), TELLS_NOT)
def test_what_is_no_whole_clause_is_not_told(readings_of, text, predicate):
    assert predicate not in {p for _, p, _, _ in readings_of(text)}


@pytest.mark.parametrize(
    ("text", "predicate", "words"),
    [
        (
            "A young envoy from Chad paid a visit to Oslo.",
            "visited",
            ("A young envoy from Chad", "paid a visit to", "Oslo"),
        ),
        ("The treaty was signed by Chad.", "signed", ("Chad", "was signed by", "The treaty")),
        ("Rebels have attacked the port of Aden.", "attacked", ("Rebels", "have attacked", "the port of Aden")),
        ("The mill in Lyon burned.", "locatedIn", ("The mill", "is in", "Lyon")),
        ("President Ana Ruiz spoke.", "holdsPosition", ("President Ana Ruiz", "is", "")),
    ],
)
def test_claims_have_whole_phrases(words_of, text, predicate, words):
    assert words_of(text)[predicate] == words


def test_who_is_not_named_has_no_words(words_of):
    assert words_of("Maria Keller was arrested in Lima.")["arrested"][0] == ""


def test_readings_keep_their_words_and_make_no_nodes(extraction_of):
    found = extraction_of("The mood of the crowd turned sour. Ali Sow left Oslo.")
    mentions = {m.id: m for m in found.mentions}
    assert found.readings
    for reading in found.readings:
        assert reading.subject == "" or reading.subject in mentions
        assert reading.evidence.extractor == "readings"
        assert reading.object.value and reading.object.value.lexical
    assert not any("mood" in m.text for m in found.mentions)


def test_a_very_long_sentence_is_read_in_time(extraction_of):
    text = "The mayor said that " + "the bridge in the town near the river fell and " * 150 + "the road closed."
    assert all(len(r.object.value.lexical.split()) <= 80 for r in extraction_of(text).readings)


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("Rebels attacked the port.", "Attack"),
        ("The miners began a strike in Lima.", "Strike"),
        ("The bank paid a visit to Oslo.", "Visit"),
        ("The mood of the crowd turned sour.", ""),
    ],
)
def test_a_reading_names_the_event_that_its_clause_tells(extraction_of, text, cls):
    found = extraction_of(text)
    types = {event.id: event.type for event in found.events}
    (reading,) = found.readings
    assert types.get(reading.event, "") == cls


@pytest.mark.parametrize(
    ("phrase", "whole"),
    [
        ("a loaf ( of rye )", True),
        ("a loaf", True),
        ("a loaf ( ( it", False),
        ("of rye ) and oats", False),
        ("[ a ] )", False),
    ],
)
def test_a_phrase_with_half_a_bracket_is_a_slip(nlp, phrase, whole):
    assert is_whole(list(Doc(nlp.vocab, words=phrase.split()))) is whole


@pytest.mark.parametrize(
    ("text", "subject", "predicate", "told"),
    [
        ("The team was denied visas.", "The team", "was denied", "visas"),
        ("Chad turned away boats of migrants.", "Chad", "turned away", "boats of migrants"),
        ("The fair took place during the feast.", "The fair", "took place during", "the feast"),
        ("The fair took the place of the feast.", "The fair", "took", "the place of the feast"),
        ("The study was published in the journal Nature.", "The study", "was published in", "the journal Nature"),
        ("The actor Ali Sow sold the mill.", "The actor Ali Sow", "sold", "the mill"),
        ("The mayor, Ali Sow, sold the mill.", "The mayor", "sold", "the mill"),
        (
            "The fire began at a time when the mill was empty.",
            "The fire",
            "began at",
            "a time when the mill was empty",
        ),
        (
            'The ministry noted, "Smoke harms children", stressing the need for masks.',
            "The ministry",
            "noted",
            '"Smoke harms children"',
        ),
        ("The girls were given a medal by the mayor.", "The girls", "were given", "a medal"),
        ("The clerk was detained and released a day later.", "The clerk", "was released", "a day later"),
        ("The turnout fell to 58%.", "The turnout", "fell to", "58%"),
        ("The fair was banned by Chad because of the heat.", "The fair", "was banned by", "Chad"),
        ("The bank planned a fair, with the first talk set to begin in May.", "The bank", "planned", "a fair"),
        ("The shell exploded 73 seconds after the launch.", "The shell", "exploded", "73 seconds after the launch"),
        ("Elsewhere in Chad, rebels burned a mill.", "rebels", "burned", "a mill"),
        ("In May the water had receded.", "the water", "had receded in", "May"),
    ],
)
def test_the_words_of_a_clause_are_cut_where_it_ends(readings_of, text, subject, predicate, told):
    found = {(s, p, o.replace(' "', '"')) for s, p, o, _ in readings_of(text)}
    assert (subject, predicate, told) in found, found


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("There were also two teams scheduled to play.", "were"),
        ("The workers are in the process of mending the bridge.", "are in"),
        ("When asked about the theft, the mayor left the room.", "asked about"),
        ('"The town is calm," the mayor said on Monday.', "said on"),
        ("The mayor cited a plan, which the bank today rejects.", "rejects"),
    ],
)
def test_what_tells_nothing_is_no_reading(readings_of, text, predicate):
    assert predicate not in {p for _, p, _, _ in readings_of(text)}


def test_who_is_denied_a_thing_denies_nothing(extraction_of):
    def named(text):
        return {r.predicate for r in extraction_of(text).readings}

    assert named("The team was denied visas.") == {"wasDenied"}
    assert named("The team was awarded a medal.") == {"received"}
    assert named("The team denied the theft.") == {"denied"}
    assert named("Ali Sow was taken to Lima.") == {"takenTo"}


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The crew used a device called Sonde.", "called"),
        ("A notice made two days ago was removed.", "made"),
        ("A method used often by miners is banned.", "used"),
        ("Ali Sow moved to Lima when he was six.", "was"),
        ("While the port was empty, the ship left.", "was"),
    ],
)
def test_a_clause_without_its_point_is_no_reading(readings_of, text, predicate):
    assert predicate not in {found[1] for found in readings_of(text)}, readings_of(text)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("The crew used a device, made by miners.", ("a device", "made by", "miners", "asserted")),
        ("The mill is ready.", ("The mill", "is", "ready", "asserted")),
        ("The port was empty when the ship left.", ("The port", "was", "empty", "asserted")),
        ("Miners used a cart, a rope and a lamp.", ("Miners", "used", "a cart, a rope and a lamp", "asserted")),
    ],
)
def test_a_clause_with_its_point_is_a_reading(readings_of, text, reading):
    assert reading in readings_of(text), readings_of(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sailors are among a hundred men searching the river.", "a hundred men searching the river"),
        ("Chad is the only nation that exports salt.", "the only nation that exports salt"),
        ("The mayor met farmers who had lost their mills.", "farmers who had lost their mills"),
        ("The mayor opened the bridge that the storm had damaged.", "the bridge that the storm had damaged"),
        ("The mayor met farmers, who cheered.", "farmers"),
        ("Sow was a spy who fled to Lima.", "a spy"),
        ("The army issued a statement saying.", "a statement"),
    ],
)
def test_a_clause_that_says_which_is_meant_is_told(readings_of, text, told):
    assert told in {r[2] for r in readings_of(text)}, readings_of(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The guards were arrested Tuesday.", "wasArrested"),
        ("The guards were arrested in Lima.", "arrestedIn"),
        ("The guards arrested two sailors.", "arrested"),
    ],
)
def test_a_passive_is_named_as_one(extraction_of, text, name):
    assert name in {r.predicate for r in extraction_of(text).readings}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sow was credited with saving the mill.", "saving the mill"),
        ("The guards were charged with taking bribes.", "taking bribes"),
        ("The firm closed the mill, with repeated warnings ignored.", "the mill"),
    ],
)
def test_a_gerund_behind_with_completes_its_verb(readings_of, text, told):
    assert told in {r[2] for r in readings_of(text)}, readings_of(text)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Traders and farmers of the town faced each other on Monday.", "each other", False),
        ("Chad and Mali accused one another of spying.", "one another", False),
        ("The two towns faced each other on Monday.", "each other", True),
        ("The gas caused fever, headaches and in high doses, coma and death.", "high doses", False),
        ("Smoking caused fever, headaches and in high doses, death.", "and ,", False),
        ("Oil and gas bring 30 and 25 percent, respectively.", "30 and 25", False),
        ("Oil and gas bring 30 percent.", "30 percent", False),
        ('Ana Ruiz said "the mill could burn" if it were not sealed.', "the mill could burn", False),
        ('Ana Ruiz said "the mill could burn" on Monday.', "the mill could burn", True),
        ("They marched against what Ben Lo called provocations from Lima.", "provocations", False),
        ("Ben Lo called the raids provocations.", "provocations", True),
        ("The news is based on Lima time.", "Lima time", True),
        ("Chad and Mali split in 1960.", "1960", False),
        ("Chad split in 1960.", "1960", True),
        ("They were arrested one week after a Danish doctor was freed in Chad.", "one week", False),
        ("The pilots were here. They were released after one week.", "one week", True),
        ("The pilots met Ana Ruiz. The army freed her in 1945.", "her in 1945", False),
        ("Her victory was the first big success in Chad since taking office.", "the first big success", False),
        ("Her victory was a big success in Chad.", "a big success", True),
        ("The loss, which stands at 40, but also at the nine towns, grew.", "nine towns", False),
    ],
)
def test_what_is_not_said_of_the_first_or_by_the_first(readings_of, text, words, expected):
    found = [r for r in readings_of(text) if words in r[2]]
    assert bool(found) is expected, readings_of(text)


@pytest.mark.parametrize(
    ("text", "predicate", "told"),
    [
        ('The crew sold the novel "The Fall of Lima," which describes a war.', "sold", 'the novel "The Fall of Lima"'),
        ('They named their robot "Sparky."', "named", 'their robot "Sparky"'),
        ('The crew knew the ship by its name "Orla," Ana Ruiz said.', "knew", 'its name "Orla"'),
        (
            "Guards held a driver and another man, Ben Lo, several days later.",
            "held",
            "another man, several days later",
        ),
        ("The band hired the singer, Ana Ruiz, and a drummer.", "hired", "the singer, and a drummer"),
        ("Guards held a driver, a cook and a nurse.", "held", "a driver, a cook and a nurse"),
        ("The girl chose the hashtag #FreeLima.", "chose", "the hashtag #FreeLima"),
        ('The mayor wrote a book about the "Red Spring" in Lima.', "wrote", 'the "Red Spring" in Lima'),
        ("The agency reports a rise in the level of smoke-causing dust in Lima.", "reports", "dust in Lima"),
        ("The blast caused ten tons of fever-causing waste to spill.", "caused", "fever-causing waste to spill"),
        ("Ana Ruiz used a speech in Lima to praise the navy.", "used", "a speech in Lima to praise the navy"),
        ("Miners used carts to move the ore.", "used", "carts to move the ore"),
        ("Miners sold carts to pay the rent.", "sold", "carts"),
        ("The raid left ten farmers wounded and two houses, the mayor said.", "left", None),
        ("The raid left ten farmers without homes.", "left", "ten farmers without homes"),
        ("The crew called for help in a storm while on a mission.", "called for", None),
        ("The crew called for help in a storm.", "called for", "help in a storm"),
    ],
)
def test_the_words_of_a_clause_are_whole(readings_of, text, predicate, told):
    found = [r[2] for r in readings_of(text) if r[1] == predicate]
    assert [told] == [told for words in found if words.endswith(told)] if told else not found, readings_of(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("For those hit by the flood, hunger is the main problem.", "the main problem for those hit by the flood"),
        ("In many towns water is carried in open carts.", "open carts in many towns"),
        ("In some of the camps, tea is sold in bags.", "bags in some of the camps"),
        ("Among the miners, fever is common.", "common among the miners"),
        ("In the town water is carried in open carts.", "open carts"),
        ("For his part, Ben Lo praised the town.", "the town"),
        ("For the Green camp, Ana Ruiz won 500 votes.", "500 votes"),
        ("Without help, Ana Ruiz says, the mills would close.", "Without help the mills would close"),
        ("In Chad, Ana Ruiz says, the mills were closed.", "In Chad the mills were closed"),
        ('In a letter, Ana Ruiz said, "the mills were closed."', '"the mills were closed."'),
    ],
)
def test_a_phrase_before_the_subject_that_limits_a_clause_is_told(readings_of, text, told):
    assert told in {r[2] for r in readings_of(text)}, readings_of(text)


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("In many towns water is carried in open carts.", "carriedIn"),
        ("In many villages people burn old tyres.", "burned"),
    ],
)
def test_what_holds_in_some_places_is_only_read(claims_of, text, predicate):
    assert predicate not in {c[1] for c in claims_of(text)}


def test_who_has_a_name_did_it_for_whom_he_did_it(claims_of):
    assert "electedFor" in {c[1] for c in claims_of("For the Green camp, Ana Ruiz was elected with 500 votes.")}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("According to the Harbour Index Ana Ruiz is the best author of all time.", "reported"),
        ("According to the Arts Index Ana Ruiz is the most quoted clerk in Lima.", "reported"),
        ("In spring Lima is the best port.", "asserted"),
    ],
)
def test_a_source_before_the_subject_of_a_predicate_noun(readings_of, text, status):
    assert {r[3] for r in readings_of(text) if r[1] == "is"} == {status}
