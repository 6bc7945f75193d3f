"""Constructions that the parser slips on or that no lexicon row covers: sentence -> claims that must and must not be there."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.spans import _purpose_end

pytestmark = pytest.mark.model

LISTS = [
    (
        "The mayor held talks with nurses working in Lima, teachers of the town and students from Quito.",
        {("mayor", "spokeWith", "nurses"), ("mayor", "spokeWith", "teachers of Lima")},
        {("nurses", "workedIn", "teachers of Lima")},
    ),
    (
        "The premier met Ana Ruiz in Lima, the capital, and students.",
        {("premier", "metWith", "Ana Ruiz")},
        {("premier", "metWith", "capital"), ("premier", "metWith", "Lima")},
    ),
    (
        "U.S. Secretary of State Ruiz and U.S. Secretary of Defense Ben Lo will host foreign ministers.",
        {("Ruiz", "hosted", "foreign ministers"), ("Ben Lo", "hosted", "foreign ministers")},
        set(),
    ),
    (
        "Interior Minister Ana Ruiz and Finance Minister Ben Lo signed the pact.",
        {("Ana Ruiz", "signed", "pact"), ("Ben Lo", "signed", "pact")},
        set(),
    ),
    (
        "Interior Minister Ana Ruiz, the deputy of Ben Lo, signed the pact.",
        {("Ana Ruiz", "signed", "pact")},
        {("Ben Lo", "signed", "pact")},
    ),
    (
        "With the liberation of Mosul and other parts of Iraq, the army rested.",
        {("Mosul", "locatedIn", "Iraq")},
        set(),
    ),
    (
        "With the liberation of Mosul and other plans of Iraq, the army rested.",
        set(),
        {("Mosul", "locatedIn", "Iraq")},
    ),
]

PARTICIPLES = [
    (
        "Chad marked the anniversary of the Lima Treaty signed on May 3, 2020.",
        {("Lima Treaty", "signedOn", "2020-05-03")},
        {"occurredOn"},
    ),
    (
        "The fair marked the centenary of the Harbour Bridge opened by Ana Ruiz.",
        {("Ana Ruiz", "opened", "Harbour Bridge")},
        {("Ana Ruiz", "opened", "centenary of the Harbour Bridge")},
    ),
    (
        "The town kept the anniversary of the battle marked by a parade.",
        set(),
        {("parade", "marked", "battle")},
    ),
    (
        "The ministers are promising to lift the ban.",
        {("ministers", "promised", "to lift the ban", "asserted"), ("ministers", "lifted", "ban", "planned")},
        set(),
    ),
    (
        "The rebels are threatening to close the port.",
        {("rebels", "closed", "port", "planned")},
        {("rebels", "closed", "port", "asserted")},
    ),
    ("The results are promising for the mill.", set(), {"promised"}),
]

NAMED = [
    (
        "The capital, Kabul, was shelled by rebels.",
        {("rebels", "attacked", "Kabul")},
        {("rebels", "attacked", "capital")},
    ),
    ("The company, Norvik Steel, sold the mill.", {("Norvik Steel", "sold", "mill")}, set()),
    ("A rocket landed in the Afghan capital, Kabul.", {("rocket", "landedIn", "Kabul")}, set()),
    ("The companies, Norvik Steel and Tata, sold the mill.", {("companies", "sold", "mill")}, set()),
    (
        "The storm hit Chad harder than any other country in May. The country's envoy to the UN, Ben Lo, spoke.",
        {("Ben Lo", "affiliatedWith", "Chad")},
        {("Ben Lo", "affiliatedWith", "other country"), ("Ben Lo", "positionIn", "Chad")},
    ),
    (
        "No country was poorer than Chad. The country's premier, Ben Lo, resigned.",
        {("Ben Lo", "leaderOf", "Chad")},
        set(),
    ),
    ("Chad was hit. A country's envoy, Ben Lo, spoke.", set(), {("Ben Lo", "positionIn", "Chad")}),
]

PREDICATES = [
    (
        "Ana Ruiz is a lawyer who defended miners.",
        {("Ana Ruiz", "defended", "miners", "asserted")},
        {("lawyer", "defended", "miners")},
    ),
    ("Ali Sow may be a doctor who fled to Chad.", {("Ali Sow", "fledTo", "Chad", "possible")}, set()),
    ("Ali Sow is not a spy who betrayed Chad.", {("Ali Sow", "betrayed", "Chad", "negated")}, set()),
    ("If Sow is a spy who betrayed Chad, he will be jailed.", {("Sow", "betrayed", "Chad", "possible")}, set()),
    (
        "Ali Sow, said to have been a doctor who fled to Chad, died.",
        set(),
        {("Ali Sow", "fledTo", "Chad", "asserted"), ("doctor", "fledTo", "Chad", "asserted")},
    ),
    ("Orla is a ship that NASA built.", {("NASA", "built", "Orla")}, {("NASA", "built", "ship")}),
    ("It was a nurse who called the police.", {("nurse who called the police", "called", "police")}, set()),
    (
        "Ali Sow is a member of the Red League, which won the election.",
        {("Red League", "won", "election")},
        {("Ali Sow", "won", "election")},
    ),
    (
        "Ana Ruiz is one of the lawyers who sued Chad.",
        {("lawyers who sued Chad", "sued", "Chad")},
        {("Ana Ruiz", "sued", "Chad")},
    ),
]

SUMS = [
    (
        "The firm agreed to a $40 million settlement.",
        {("$40 million settlement", "quantity", "$40 million", "asserted")},
        set(),
    ),
    ("Chad may sign a $2 billion deal.", {("$2 billion deal", "quantity", "$2 billion", "possible")}, set()),
    (
        "Chad unveiled a nearly €300 million package.",
        {("nearly €300 million package", "quantity", "nearly €300 million")},
        set(),
    ),
    ("Ana Ruiz lost a $100 bill.", set(), {"quantity"}),
    (
        "The bid is $9 a ton or $31 million for the fleet.",
        {("bid", "quantity", "$31 million")},
        {("bid", "quantity", "$9 a ton or $31 million")},
    ),
]

CAUSES = [
    ("Experts say the fire was the result of neglect.", {("neglect", "caused", "fire", "reported")}, set()),
    ("The delays are more likely the result of a mistake.", {("mistake", "caused", "delays", "possible")}, set()),
    ("The storm was the cause of the delay.", {("storm", "caused", "delay", "asserted")}, set()),
    ("The fire was not the result of a strike.", {("strike", "caused", "fire", "negated")}, set()),
    ("The mayor read the result of the vote.", set(), {"caused"}),
    ("The mill is the source of the paper.", set(), {"caused"}),
]

KIN = [
    ("Ana Ruiz left Lima. Her father stayed.", {("Ana Ruiz's father", "parentOf", "Ana Ruiz")}, set()),
    ("Ben Lo wept. Lo's wife was injured.", {("Ben Lo's wife", "spouseOf", "Ben Lo")}, set()),
    ("Ana Ruiz has no brother.", set(), {"siblingOf"}),
    ("Ana Ruiz met her future husband in Lima.", set(), {"spouseOf"}),
    ("A man left his wife.", set(), {"spouseOf"}),
]

TOLD = [
    (
        "Her father, suffering from cancer, said it was hard to watch his daughter.",
        {("father", "sufferedFrom", "cancer", "asserted")},
        set(),
    ),
    (
        '"I am ill," Ms. Ruiz told head judge Ben Lo, who told her to rest.',
        {("Ruiz", "told", "Ben Lo")},
        set(),
    ),
    ('"Ben Lo is ill," Ms. Ruiz said.', set(), {("Ruiz", "told", "Ben Lo")}),
]

MESSAGES = [
    ("In a letter to thank Ben Lo, Ana Ruiz promised calm.", {("Ana Ruiz", "thanked", "Ben Lo", "asserted")}, set()),
    (
        "President Ana Ruiz, in a message to condemn the raid, urged calm.",
        {("Ana Ruiz", "condemned", "raid", "asserted")},
        set(),
    ),
    ("Ana Ruiz wrote a plan to thank Ben Lo.", set(), {("Ana Ruiz", "thanked", "Ben Lo", "asserted")}),
    ("In a letter to ban the film, Ana Ruiz gave reasons.", set(), {("Ana Ruiz", "banned", "film", "asserted")}),
]

BODIES = [
    (
        "Ben Lo, head of the Committee to Save Whales, met Ana Ruiz in Oslo.",
        {("Ben Lo", "leaderOf", "Committee to Save Whales"), ("Ben Lo", "metWith", "Ana Ruiz")},
        {("Ben Lo", "metWith", "Whales")},
    ),
    (
        "Ana Ruiz of the International Campaign to Ban Landmines met Ben Lo in Oslo.",
        {("Ana Ruiz", "affiliatedWith", "International Campaign to Ban Landmines")},
        {"banned"},
    ),
    (
        "The Global Coalition to Counter Piracy will host talks in Oslo.",
        {("talks", "tookPlaceAt", "Oslo", "planned")},
        {"countered"},
    ),
    ("The committee wants to save whales.", {("committee", "rescued", "whales", "planned")}, set()),
]

AHEAD = [
    ("The ship sails to Malta next week.", {("ship", "sailedTo", "Malta", "planned")}, set()),
    ("The premier is visiting Lima next month.", {("premier", "visited", "Lima", "planned")}, set()),
    ("The premier visits Lima today.", {("premier", "visited", "Lima", "asserted")}, set()),
    ("Tomorrow the firm plans to open a mill.", {("firm", "planned", "to open a mill", "asserted")}, set()),
    (
        "The shuttle Orla will take the place of the shuttle Vega.",
        {("Orla", "replaced", "Vega", "planned")},
        set(),
    ),
]

PLACES = [
    ("Rebels took the city of Mosul.", {("Rebels", "took", "Mosul")}, {("Rebels", "took", "city of Mosul")}),
    ("Floods hit the cities of Lima and Quito.", {("Floods", "hit", "Lima"), ("Floods", "hit", "Quito")}, set()),
    (
        "The storm struck the neighbouring countries of Kenya, Uganda and Rwanda.",
        {("storm", "hit", "Kenya"), ("storm", "hit", "Uganda"), ("storm", "hit", "Rwanda")},
        set(),
    ),
    ("Floods hit the provinces of Chad and Niger.", set(), {("Floods", "hit", "Chad"), ("Floods", "hit", "Niger")}),
    ("Floods hit the province of Chad.", set(), {("Floods", "hit", "Chad")}),
    ("Rebels took half of the city of Mosul.", set(), {("Rebels", "took", "Mosul")}),
    ("Rebels took the southern Iraqi city of Basra.", {("Rebels", "took", "Basra")}, set()),
    ("A blast hit the port city of Karachi.", {("blast", "hit", "Karachi")}, set()),
    ("An outbreak hit the African nation of Zimbabwe.", {("outbreak", "hit", "Zimbabwe")}, set()),
    ("Rebels took the old city of Mosul.", set(), {("Rebels", "took", "Mosul")}),
    ("Floods hit the southern province of Iraq.", set(), {("Floods", "hit", "Iraq")}),
]

STATES = [
    (
        "UK troops left Iraq. Foreign Secretary Ana Ruiz said so.",
        {("Ana Ruiz", "positionIn", "United Kingdom")},
        {("Ana Ruiz", "positionIn", "Iraq")},
    ),
    (
        "The US and Iraq agreed. Secretary of State Ana Ruiz signed the pact.",
        {("Ana Ruiz", "positionIn", "United States")},
        {("Ana Ruiz", "positionIn", "Iraq")},
    ),
    ("UK and Indian troops left Iraq. Foreign Secretary Ana Ruiz said so.", set(), {"positionIn"}),
    ("Troops left Iraq. Foreign Secretary Ana Ruiz said so.", set(), {"positionIn"}),
    ("UK troops left Iraq. Mayor Ana Ruiz said so.", set(), {"positionIn"}),
    (
        "Gareth Lo, the UK envoy for Chad said: Rebels left.",
        {("Gareth Lo", "holdsPosition", "envoy for Chad"), ("Gareth Lo", "positionIn", "United Kingdom")},
        set(),
    ),
    (
        "Ana Ruiz, Foreign Office Minister for the Middle East, visited Chad.",
        {("Ana Ruiz", "positionIn", "Foreign Office")},
        set(),
    ),
]

ELIDED = [
    (
        "Norway mourned the attacks in Oslo and others in West Africa, including those in Dakar on 3 May 2019 that shook Senegal.",
        {
            ("attacks in Dakar", "tookPlaceAt", "Dakar"),
            ("other attacks in West Africa", "tookPlaceAt", "West Africa"),
        },
        {("attacks in Oslo", "tookPlaceAt", "West Africa")},
    ),
    ("Many attacks, including those of May 3, 2020, were deadly.", {("attacks", "occurredOn", "2020-05-03")}, set()),
    ("The clashes in Lima and those in Quito were short.", {("clashes in Quito", "tookPlaceAt", "Quito")}, set()),
    ("The attacks killed those in Lima who sang.", set(), {("attacks", "tookPlaceAt", "Lima")}),
    ("Near Mosul, five strikes hit a bridge.", {("five strikes", "near", "Mosul")}, set()),
    ("Near Mosul, five soldiers hit a bridge.", set(), {("five soldiers", "near", "Mosul")}),
]

SIDES = [
    (
        "He welcomed the agreement reached yesterday between Chad and Mali.",
        {("Chad", "agreedWith", "Mali")},
        {("unnamed agent", "agreedWith", "Mali")},
    ),
    (
        "Ana Ruiz welcomed the deal struck by Mali and Niger.",
        {("Mali", "agreedWith", "Niger")},
        {("Mali", "attacked", "deal")},
    ),
    (
        "Ana Ruiz signed the deal with Mali.",
        {("Ana Ruiz", "signed", "deal with Mali"), ("Ana Ruiz", "agreedWith", "Mali")},
        set(),
    ),
    ("Chad supports Mali.", {("Chad", "supports", "Mali")}, set()),
    ("The union supports the bill.", {("union", "supports", "bill")}, set()),
    ("Pillars support the roof.", set(), {"supports"}),
    ("The mayor exhorted the firm to stay.", {("mayor", "urged", "firm")}, set()),
    ("The group does not fight and only supports Chad.", {("group", "supports", "Chad", "asserted")}, set()),
    (
        "Chad, the wider Red League and the Republic of Niger are committed to peace.",
        {("Chad", "committedTo", "peace"), ("Red League", "committedTo", "peace")},
        set(),
    ),
    ("Rebels took control of the town.", {("Rebels", "seized", "town")}, set()),
    ("Italy took control of the firm.", set(), {"seized"}),
    ("The agency tightened control of the town.", set(), {"seized"}),
    ("The court cleared Ben Lo of fraud.", {("court", "acquitted", "Ben Lo")}, set()),
    ("Troops cleared the valley of mines.", {"cleared"}, {"acquitted"}),
    ("Six people are dead in the outbreak.", {("Six people", "diedIn", "outbreak")}, set()),
]

WE = [
    ('Ana Ruiz said, "We condemn the raid in Lima."', {("Ana Ruiz", "condemned", "raid", "reported")}, set()),
    ('"We urge Chad to leave Lima," said Ben Lo.', {("Ben Lo", "urged", "Chad", "reported")}, set()),
    ('"We do not support the plan," Ben Lo said.', {("Ben Lo", "supports", "plan", "negated")}, set()),
    ('"We attacked the port," said Ben Lo.', set(), {("Ben Lo", "attacked", "port")}),
    ("We condemn the raid.", set(), {"condemned"}),
]

WHO_SPEAKS = [
    (
        'Ben Lo left Lima. Senator Ana Ruiz issued a statement. "The army fled. I condemn the raid."',
        {("Ana Ruiz", "condemned", "raid", "reported")},
        {("Ben Lo", "condemned", "raid", "reported")},
    ),
    (
        'Ana Ruiz told reporters about the raid. "I condemn the raid and its planners."',
        {("Ana Ruiz", "condemned", "raid", "reported")},
        set(),
    ),
    ('Ana Ruiz slept. "I condemn the raid," said Ben Lo.', {("Ben Lo", "condemned", "raid", "reported")}, set()),
    ('Ana Ruiz said, "Ben Lo told me he was ill."', {("Ben Lo", "told", "Ana Ruiz", "reported")}, set()),
    (
        '"I left Chad," Ben Lo said. "I condemn the raid." Ana Ruiz, the mayor, said: "I will visit Lima."',
        {("Ana Ruiz", "visited", "Lima", "planned")},
        {("Ana Ruiz", "condemned", "raid", "reported")},
    ),
]

GUESTS = [
    ("Xi Jinping welcomed Ana Ruiz in Beijing.", {("Ana Ruiz", "visited", "Beijing", "asserted")}, set()),
    (
        "Chad's president, Ali Sow, welcomed groups led by Ana Ruiz.",
        {("Ana Ruiz", "visited", "Chad", "asserted"), ("Ali Sow", "welcomed", "Ana Ruiz", "asserted")},
        set(),
    ),
    (
        "Iraq will host the foreign minister of Iran.",
        {("foreign minister of Iran", "visited", "Iraq", "planned")},
        set(),
    ),
    ("Chad received 500 refugees.", set(), {"visited"}),
    ("Doctors in Lima received a patient.", set(), {"visited"}),
    ("Chad welcomed the decision.", set(), {"visited"}),
    ("President Ali Sow of Chad welcomed Ana Ruiz to the fair in Paris.", set(), {("Ana Ruiz", "visited", "Chad")}),
]

GERUNDS = [
    (
        "Ana Ruiz said that closing the border does not help the mills.",
        set(),
        {("Ana Ruiz", "closed", "border"), ("Ana Ruiz", "helped", "mills"), ("Ana Ruiz", "aided", "mills")},
    ),
    (
        "The museum showed pictures of Ana Ruiz launching a ferry in Lima.",
        {("Ana Ruiz", "launched", "ferry")},
        {("museum", "launched", "ferry")},
    ),
    ("Leaving Lima, Ana Ruiz met Ben Lo.", {("Ana Ruiz", "left", "Lima"), ("Ana Ruiz", "metWith", "Ben Lo")}, set()),
    ("The union called the strike off.", {("union", "calledOff", "strike")}, {("union", "called", "strike")}),
    ("The mayor took her case up with the judge.", {("mayor", "tookUp", "case")}, set()),
    ("The mayor called the strike illegal.", set(), {"calledOff"}),
]

TOLLS = [
    ("The outbreak caused 89 deaths.", {("outbreak", "killedCount", "89", "asserted")}, set()),
    ("The floods may result in 40 fatalities.", {("floods", "killedCount", "40", "possible")}, set()),
    ("The floods hit Lima and caused 30 injuries.", {("floods", "injuredCount", "30")}, set()),
    ("The blast caused about 90 deaths.", set(), {"killedCount"}),
    ("The mayor caused 40 deaths.", set(), {"killedCount"}),
    ("The blast caused 40 fires.", set(), {"killedCount", "injuredCount"}),
    ("Two men in their seventies died.", set(), {"diedIn"}),
]

MEANS = [
    (
        "Coalition forces conducted 23 strikes using jets against rebels.",
        {("Coalition forces", "attacked", "rebels")},
        set(),
    ),
    ("Coalition forces conducted 23 strikes against rebels.", {("Coalition forces", "attacked", "rebels")}, set()),
    ("Chad built ten mills using laws against waste.", set(), {("Chad", "attacked", "waste")}),
    (
        "Officials blamed the spill on a contractor.",
        {("Officials", "blamed", "contractor")},
        {("Officials", "blamed", "spill")},
    ),
    ("The raid was blamed on rebels.", {("unnamed agent", "blamed", "rebels")}, {("unnamed agent", "blamed", "raid")}),
    ("The pilot blamed the weather.", {("pilot", "blamed", "weather")}, set()),
    ("The risk lives in the open.", set(), {"residesIn"}),
]

PURPOSES = [
    (
        "The agency's mission is to protect the sea and strengthen the ports.",
        {("agency", "protected", "sea", "planned"), ("agency", "strengthened", "ports", "planned")},
        {("mission", "protected", "sea")},
    ),
    ("Chad's plan was to attack Niger.", {("Chad", "attacked", "Niger", "planned")}, {("plan", "attacked", "Niger")}),
    (
        "China requires people to worship in halls and cracks down on groups.",
        {("China", "crackedDownOn", "groups", "asserted")},
        {("people", "crackedDownOn", "groups")},
    ),
    (
        "Police arrested the citizen a week after the attacks, which caused no deaths.",
        {("attacks", "caused", "deaths", "negated")},
        {("citizen", "caused", "deaths")},
    ),
    (
        "The vessel will spend days at Velm being unloaded before heading back to Lima.",
        set(),
        {("Velm", "travelledTo", "Lima"), ("unnamed agent", "unloaded", "Velm")},
    ),
    ("Waves left parts of the island of Bali under water.", set(), {("Waves", "left", "Bali")}),
    ("The goal is to attack Niger.", set(), {("goal", "attacked", "Niger")}),
    ("The mission protects the sea.", {("mission", "protected", "sea", "asserted")}, set()),
]


@pytest.mark.parametrize(
    ("text", "wanted", "forbidden"),
    [
        *LISTS,
        *PARTICIPLES,
        *NAMED,
        *PREDICATES,
        *SUMS,
        *CAUSES,
        *KIN,
        *TOLD,
        *MESSAGES,
        *BODIES,
        *AHEAD,
        *PLACES,
        *STATES,
        *ELIDED,
        *SIDES,
        *WE,
        *WHO_SPEAKS,
        *GUESTS,
        *GERUNDS,
        *TOLLS,
        *MEANS,
        *PURPOSES,
    ],
)
def test_constructions(claims_of, text, wanted, forbidden):
    found = claims_of(text)
    given = {c[:3] for c in found} | {c[1] for c in found} | found
    assert wanted <= given, sorted(found)
    assert not given & forbidden, sorted(found)


STATEMENT = """Responding to the report Gareth Lo, the UK envoy for Chad said:

“The army claims the town. Rebels killed six people in Lima.

“Chad bombed the port.”

Ben Lo visited Lima."""

PRESS = """The minister, Ana Ruiz, issued the following statement:

Chad bombed the port. Rebels left Lima."""

ITEMS = """The bank bought these things:

Rebels left Lima."""


def test_paragraphs_in_quotation_marks_behind_a_colon_are_of_the_one_speaker(extraction_of):
    extraction = extraction_of(STATEMENT)
    names = {m.id: m.name for m in extraction.mentions}
    told = {(c.predicate, c.status, names.get(c.attributed_to, "")) for c in extraction.claims}
    assert ("killed", "reported", "Gareth Lo") in told
    assert ("bombed", "reported", "Gareth Lo") in told
    assert ("visited", "asserted", "") in told


def test_what_follows_a_statement_announced_is_its_speakers(claims_of):
    assert ("Chad", "bombed", "port", "reported") in claims_of(PRESS)
    assert ("Rebels", "left", "Lima", "reported") in claims_of(PRESS)
    assert ("Rebels", "left", "Lima", "asserted") in claims_of(ITEMS)


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [
        ("A Kenyan was killed in Lima.", ("unnamed agent", "killed", "Kenyan"), True),
        ("Rebels killed one Kenyan in Lima.", ("Rebels", "killed", "one Kenyan"), True),
        ("The Kenyan was freed on Monday.", ("unnamed agent", "released", "Kenyan"), True),
        ("A Kenyan was killed in Lima.", ("unnamed agent", "killed", "Kenya"), False),
        ("One Kenyan, Ali Sow, was arrested in Lima.", ("unnamed agent", "arrested", "Ali Sow"), True),
        ("Kenyans were killed in Lima.", ("unnamed agent", "killed", "Kenyans"), True),
        ("A Kenyan minister visited Lima.", ("Kenyan minister", "visited", "Lima"), True),
    ],
)
def test_somebody_of_a_people_is_not_the_people_nor_the_state(claims_of, text, claim, expected):
    assert any(c[:3] == claim for c in claims_of(text)) is expected, claims_of(text)


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Ali Sow was defeated by 40 votes by Ana Ruiz.", "Ana Ruiz"),
        ("Ali Sow was defeated by six points by Ben Lo.", "Ben Lo"),
        ("Ali Sow was defeated by Ben Lo of the Lima Party.", "Ben Lo"),
    ],
)
def test_a_margin_defeats_nobody(claims_of, text, agent):
    assert {c[0] for c in claims_of(text) if c[1] == "defeated" and c[2] == "Ali Sow"} == {agent}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("The summit was an opportunity to strengthen trade.", "opportunity", False),
        ("The ferry was a way to reach the island.", "way", False),
        ("The visit was an attempt to end the war.", "attempt", False),
        ("The ferry was a wreck.", "wreck", True),
    ],
)
def test_what_says_nothing_without_its_clause_is_no_kind(claims_of, text, kind, expected):
    assert any(c[1] == "isA" and c[2] == kind for c in claims_of(text)) is expected, claims_of(text)


@pytest.mark.parametrize(
    ("words", "start", "whole"),
    [
        ("the Committee to Save Whales met", 1, "Committee to Save Whales"),
        ("the Campaign to Ban Landmines met", 1, "Campaign to Ban Landmines"),
        ("the Global Coalition to Counter ISIL met", 1, "Global Coalition"),  # the lexicon knows it by this name
        ("the Committee to save whales met", 1, "Committee"),
    ],
)
def test_a_body_keeps_what_it_is_there_for_unless_it_is_known_without(knowledge, words, start, whole):
    parts = words.split()
    to = parts.index("to")
    tags = ["NNP" if part[:1].isupper() else "TO" if part == "to" else "NN" for part in parts]
    pos = ["PROPN" if tag == "NNP" else "NOUN" for tag in tags]
    deps = ["flat" if index >= to else "dep" for index in range(len(parts))]
    doc = Doc(Vocab(), words=parts, tags=tags, pos=pos, deps=deps, heads=[1] * len(parts))
    assert doc[start : _purpose_end(doc, start, to, knowledge)].text == whole


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        ("Members of the Organization of Petroleum Exporting Countries met in Oslo.", "organized", False),
        ("The Organization of African Unity met in Lima.", "organized", False),
        ("Ben Lo attended the signing of the pact by Mali in Lima.", "signed", True),
    ],
)
def test_a_name_is_no_event_of_its_own(claims_of, text, predicate, expected):
    assert any(c[1] == predicate for c in claims_of(text)) is expected, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [
        ("Coauthor Ana Ruiz told The Lima Herald that yields fell.", ("Ana Ruiz", "told", "Lima Herald"), True),
        ("As coauthor Ana Ruiz told The Lima Herald, yields fell.", ("Ana Ruiz", "told", "Lima Herald"), True),
        ("With pilot Ben Lo, she visited Oslo.", ("pilot", "visited", "Oslo"), False),
        ("The pilot told The Lima Herald that yields fell.", ("pilot", "told", "Lima Herald"), True),
        (
            "The pilot whom Ben Lo hired told The Lima Herald that yields fell.",
            ("Ben Lo", "told", "Lima Herald"),
            False,
        ),
    ],
)
def test_a_noun_right_before_a_name_is_not_somebody_else(claims_of, text, claim, expected):
    assert (claim in {c[:3] for c in claims_of(text)}) is expected, claims_of(text)


@pytest.mark.parametrize(
    ("text", "predicate", "name", "expected"),
    [
        ("An airstrike is a blow from the air. The airstrikes destroyed a bridge.", "destroyed", "airstrikes", True),
        ("The previous election was held in May. The election caused riots.", "caused", "election", True),
        ("The next round was held in Lima. The round caused riots.", "caused", "round", True),
        ("A disputed election was held in May. The election divided the town.", "divided", "disputed election", True),
    ],
)
def test_one_is_not_many_and_the_last_is_not_this(claims_of, text, predicate, name, expected):
    found = {c[0] for c in claims_of(text) if c[1] == predicate}
    assert (name in found) is expected, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [
        # a past after a semicolon goes on with the verb before
        (
            "Near Lima, four raids struck three camps; destroyed two mills, a bridge, and a barn; damaged nine roads; and burned a depot.",
            ("four raids", "destroyed", "bridge"),
            True,
        ),
        ("Two fires hit the port; damaged a mill; and burned a barn.", ("Two fires", "damaged", "mill"), True),
        ("The army hit a camp; the navy damaged a mill.", ("army", "damaged", "mill"), False),
        # two nouns without a comma are one name
        (
            "The federal money crimes court in Lima has charged Ben Lo.",
            ("federal money crimes", "charged", "Ben Lo"),
            False,
        ),
        ("The tax fraud court in Lima has indicted Ben Lo.", ("tax fraud", "charged", "Ben Lo"), False),
        ("The court, a body in Lima, has indicted Ben Lo.", ("court", "charged", "Ben Lo"), True),
        # what was difficult did nothing
        (
            "Farmers had trouble moving their herds across the river.",
            ("trouble moving their herds across the river", "moved", "herds"),
            False,
        ),
        ("Trucks leaving Lima carried grain.", ("Trucks leaving Lima", "left", "Lima"), True),
        # beginning and ending is no date of the whole
        ("The music festival took place in Lima on May 3, 2022.", ("music festival", "occurredOn", "2022-05-03"), True),
        ("The music festival ended on May 3, 2022.", ("music festival", "occurredOn", "2022-05-03"), False),
        ("The strike began on May 3, 2022.", ("strike", "occurredOn", "2022-05-03"), False),
        # mixed groups
        ("Malian and Chadian officials met.", ("Malian and Chadian officials", "affiliatedWith", "Chad"), False),
        ("Banks in Chad and Mali lend less.", ("Banks in Chad and Mali", "locatedIn", "Chad"), False),
        ("Malian officials met Ben Lo.", ("Malian officials", "affiliatedWith", "Mali"), True),
        ("The parks in Lima reopened.", ("parks in Lima", "locatedIn", "Lima"), True),
        # being ahead in votes is no leading
        ("The Reds lead the Blue Party 40 percent to 30 percent.", ("Reds", "led", "Blue Party"), False),
        ("The Reds led the Blue Party by ten points.", ("Reds", "led", "Blue Party"), False),
        ("Ana Ruiz leads the Blue Party.", ("Ana Ruiz", "led", "Blue Party"), True),
        ("Ana Ruiz leads a party with 30 percent of the votes.", ("Ana Ruiz", "led", "party"), True),
        # to whom something was given is not what was given
        (
            "Ben Lo was proud of his dog and the food he had given Ana Ruiz because of it.",
            ("Ben Lo", "gave", "Ana Ruiz"),
            False,
        ),
        ("The mayor has given the paper to Ana Ruiz.", ("mayor", "gave", "paper"), True),
        # a state that nobody is said to have brought about
        ("The peace talks were stalled for years.", ("unnamed agent", "blocked", "peace talks"), False),
        ("The senate blocked the bill.", ("senate", "blocked", "bill"), True),
        # to like a thing is not to back a cause
        ("The dishes favored by tourists are cheap.", ("tourists", "supports", "dishes favored by tourists"), False),
        ("The king favors the plan.", ("king", "supports", "plan"), True),
        # a purpose is no deed, nor is what is due or approved
        (
            "The council has made an appeal for $7 million to support miners in Chad.",
            ("council", "supports", "miners in Chad"),
            False,
        ),
        ("The union has assisted miners in Chad.", ("union", "aided", "miners"), True),
        ("A truce due to be signed by Chad was put off.", ("Chad", "signed", "truce"), False),
        ("A truce was signed by Chad.", ("Chad", "signed", "truce"), True),
        ("The council approved destroying the bridge.", ("council", "destroyed", "bridge"), False),
        (
            "There has been a rise of violence in Chad ahead of the May 3 parliamentary elections.",
            ("May 3 parliamentary elections", "occurredOn", "2023-05-03"),
            False,
        ),
        (
            "The earthquake has been confirmed as the strongest in years.",
            ("unnamed agent", "confirmed", "earthquake"),
            False,
        ),
        ("The earthquake has been confirmed.", ("unnamed agent", "confirmed", "earthquake"), True),
        (
            "The mayor praised steps to use the old mill in the middle of the town for the children of the poor.",
            ("mayor", "praised", "steps"),
            False,
        ),
        ("The mayor praised the steps.", ("mayor", "praised", "steps"), True),
        ("Ana Ruiz welcomed what the board calls quiet heroism.", ("board", "called", "quiet heroism"), False),
        ("The institute is associated with Oslo University.", ("institute", "affiliatedWith", "Oslo University"), True),
        ("The union is affiliated with the Green Party.", ("union", "affiliatedWith", "Green Party"), True),
        ("Police linked the gang to the Green Party.", ("Police", "affiliatedWith", "Green Party"), False),
    ],
)
def test_slips_of_the_parse_and_words_that_tell_less(claims_of, text, claim, expected):
    found = {c[:3] for c in claims_of(text) if c[3] == "asserted"}
    assert (claim in found) is expected, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [
        ("Ana Ruiz was a guest at the fair.", ("Ana Ruiz", "holdsPosition", "guest"), False),
        ("Ben Lo was a smoker.", ("Ben Lo", "holdsPosition", "smoker"), False),
        ("Ben Lo was a carpenter.", ("Ben Lo", "holdsPosition", "carpenter"), True),
    ],
)
def test_who_somebody_is_need_not_be_a_position(claims_of, text, claim, expected):
    assert (claim in {c[:3] for c in claims_of(text)}) is expected, claims_of(text)
