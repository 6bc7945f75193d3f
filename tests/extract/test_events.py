"""Events: one table per construction, with sentences that must give a claim and sentences that must not."""

from __future__ import annotations

import pytest

from kg.extract.events import past

pytestmark = pytest.mark.model

A, P, N = "asserted", "planned", "negated"


def miss(reason):
    return pytest.mark.xfail(reason=reason, strict=True)


def fires(text, *wanted, marks=()):
    return pytest.param(text, set(wanted), frozenset(), id=text[:60], marks=marks)


def silent(text, *forbidden, marks=()):
    """`forbidden` are predicates, or (subject, predicate, object) triples, that the text must not give in any status."""
    return pytest.param(text, set(), frozenset(forbidden), id="not: " + text[:55], marks=marks)


ACTIVE = [
    fires("Ali Sow met Maria Keller in Lima on Monday.", ("Ali Sow", "metWith", "Maria Keller", A)),
    fires("The Kenyan foreign minister visited Oslo last week.", ("Kenyan foreign minister", "visited", "Oslo", A)),
    fires("Rebels attacked Goma on Friday.", ("Rebels", "attacked", "Goma", A)),
    fires("Norway expelled two diplomats.", ("Norway", "expelled", "two diplomats", A)),
    fires("Kenya released the prisoners on Sunday.", ("Kenya", "released", "prisoners", A)),
    silent("The new bridge met the safety standard.", "metWith"),
    silent("The attack surprised the town.", ("attack", "attacked", "town")),
]
PASSIVE = [
    fires("The ambassador was expelled by Norway.", ("Norway", "expelled", "ambassador", A)),
    fires(
        "The treaty was signed by Chad and Niger.", ("Chad", "signed", "treaty", A), ("Niger", "signed", "treaty", A)
    ),
    fires("Maria Keller was arrested in Lima on Tuesday.", ("unnamed agent", "arrested", "Maria Keller", A)),
    fires("Juan Ruiz was killed by rebels.", ("rebels", "killed", "Juan Ruiz", A)),
    fires("The village was attacked by rebels at night.", ("rebels", "attacked", "village", A)),
    silent("The ambassador was expelled by Norway.", ("ambassador", "expelled", "Norway")),
    silent("The prisoners were released by Friday.", ("Friday", "released", "prisoners")),
]
IMPLIED = [
    fires(
        "Kenya bought the ferry from Norway in 2009.",
        ("Kenya", "bought", "ferry", A),
        ("Norway", "sold", "ferry", A),
        ("Norway", "soldTo", "Kenya", A),
    ),
    fires("Ali Sow agreed to buy grain from Peru.", ("Peru", "sold", "grain", P)),
    fires(
        "Kenya bought back the Lima-based ferry maker from Keller Motors.",
        ("Keller Motors", "sold", "Lima-based ferry maker", A),
    ),
    silent("Maria Keller bought the house from fear of poverty.", "sold"),
    fires("The town marked its jubilee with a parade.", ("town", "held", "parade", A)),
    fires(
        "Norway commemorated the victory with a solemn ceremony in Oslo.",
        ("Norway", "held", "solemn ceremony in Oslo", A),
    ),
    fires("Kenya hosted both envoys for talks on Friday.", ("Kenya", "held", "talks", A)),
    silent("The town marked its jubilee with great pride.", "held"),
    silent("The minister marked the anniversary with a stern warning.", "held"),
    silent("The rebels marked the day with several explosions.", "held"),
]
ALLOWED = [
    fires("Maria Keller was allowed to appeal.", ("unnamed agent", "permitted", "Maria Keller", A)),
    fires("The nurses were not permitted to leave the clinic.", ("unnamed agent", "permitted", "nurses", N)),
    fires("Ali Sow was ordered to pay a fine.", ("unnamed agent", "ordered", "Ali Sow", A)),
    silent("Ali Sow was expected to pay a fine.", "permitted", "ordered"),
    silent("The firm was allowed to appeal.", ("unnamed agent", "permitted", "to appeal")),
]
MOVED = [
    silent("The families were relocated to Oslo.", "travelledTo"),
    silent("The patients were flown to Lima.", "visited"),
    fires("The minister flew to Lima.", ("minister", "travelledTo", "Lima", A)),
]
POSSESSION = [
    fires("The rebels are in possession of a tank.", ("rebels", "owns", "tank", A)),
    fires("The firm was in possession of nine letters.", ("firm", "owns", "nine letters", A)),
    silent("The island is a possession of Norway.", "owns"),
]
COORDINATION = [
    fires("Ali Sow and Maria Keller met in Geneva.", ("Ali Sow", "metWith", "Maria Keller", A)),
    fires(
        "The envoy visited Peru, Chile and Bolivia.",
        ("envoy", "visited", "Peru", A),
        ("envoy", "visited", "Chile", A),
        ("envoy", "visited", "Bolivia", A),
    ),
    fires(
        "Ali Sow arrived in Lima and met Maria Keller.",
        ("Ali Sow", "arrivedIn", "Lima", A),
        ("Ali Sow", "metWith", "Maria Keller", A),
    ),
    fires(
        "Chad and Niger signed and ratified the treaty.",
        ("Chad", "signed", "treaty", A),
        ("Niger", "signed", "treaty", A),
        ("Chad", "ratified", "treaty", A),
        ("Niger", "ratified", "treaty", A),
    ),
    silent("Ali Sow left, and Maria Keller met Juan Ruiz.", ("Ali Sow", "metWith", "Juan Ruiz")),
    silent("Kenya praised Chad and criticized Niger.", ("Kenya", "praised", "Niger"), ("Kenya", "criticized", "Chad")),
]
BIDS = [
    fires("Nordal Bank made a takeover bid for Corvo Airlines in May.", ("Nordal Bank", "bidFor", "Corvo Airlines", A)),
    fires("Nordal Bank raised its offer for Corvo Airlines.", ("Nordal Bank", "bidFor", "Corvo Airlines", A)),
    fires("Vexa did not submit a bid for the mill.", ("Vexa", "bidFor", "mill", N)),
    fires("The brewery will bid for the stadium contract.", ("brewery", "bidFor", "stadium contract", P)),
    fires(
        "Two brewers bid for the stadium contract.",
        ("Two brewers", "bidFor", "stadium contract", A),
        marks=miss("the past of bid is read as a noun"),
    ),
    silent("The rebels made an offer for talks.", "bidFor"),
    silent("The council closed the street in a bid to cut noise.", "bidFor"),
]
MINISTERIALS = [
    fires("The envoy attended the ministerial in Quito.", ("ministerial in Quito", "tookPlaceAt", "Quito", A)),
    fires(
        "The Arctic Forum will hold its next ministerial in Oslo on 4 May 2017.",
        ("Arctic Forum's next ministerial in Oslo", "tookPlaceAt", "Oslo", P),
        ("Arctic Forum's next ministerial in Oslo", "occurredOn", "2017-05-04", P),
    ),
    silent("Priests talked of their ministerial duties in Oslo.", "tookPlaceAt"),
]
CONTROL = [
    fires("Ali Sow urged Maria Keller to visit Nairobi.", ("Maria Keller", "visited", "Nairobi", P)),
    fires("Ali Sow wants to meet Maria Keller.", ("Ali Sow", "metWith", "Maria Keller", P)),
    fires("Chad promised Niger to release the prisoners.", ("Chad", "released", "prisoners", P)),
    fires("Kenya asked Norway to sign the treaty.", ("Norway", "signed", "treaty", P)),
    fires("Maria Keller was invited to visit Chad.", ("Maria Keller", "visited", "Chad", P)),
    silent("Ali Sow urged Maria Keller to visit Nairobi.", ("Ali Sow", "visited", "Nairobi")),
    silent("Chad promised Niger to release the prisoners.", ("Niger", "released", "prisoners")),
]
RELATIVE = [
    fires(
        "Ali Sow, who visited Lima in May, met Maria Keller.",
        ("Ali Sow", "visited", "Lima", A),
        ("Ali Sow", "metWith", "Maria Keller", A),
    ),
    fires("The treaty that Chad signed has expired.", ("Chad", "signed", "treaty that Chad signed", A)),
    fires("Rebels who attacked Goma fled to Uganda.", ("Rebels who attacked Goma", "attacked", "Goma", A)),
    fires("The rebels captured by Kenya asked for water.", ("Kenya", "captured", "rebels captured by Kenya", A)),
    fires(
        "Police arrested a man accused by Norway of spying.",
        ("Police", "arrested", "man accused by Norway of spying", A),
    ),
    silent("Ali Sow, who visited Lima in May, met Maria Keller.", ("Maria Keller", "visited", "Lima")),
    silent("Ali Sow praised the general whom Kenya dismissed.", ("Kenya", "dismissed", "Ali Sow")),
]
LEADERS = [
    fires(
        "A delegation led by Ali Sow visited Oslo.",
        ("Ali Sow", "led", "delegation led by Ali Sow", A),
        ("Ali Sow", "visited", "Oslo", A),
        ("delegation led by Ali Sow", "visited", "Oslo", A),
    ),
    fires("A delegation headed by Maria Keller visited Lima.", ("Maria Keller", "visited", "Lima", A)),
    fires("Troops led by Juan Ruiz attacked Goma.", ("Troops led by Juan Ruiz", "attacked", "Goma", A)),
    silent("A delegation welcomed by Ali Sow visited Oslo.", ("Ali Sow", "visited", "Oslo")),
]
LIGHT_VERBS = [
    fires("Chad and Niger held talks in Algiers.", ("Chad", "spokeWith", "Niger", A)),
    fires("Ali Sow held talks with Maria Keller on Monday.", ("Ali Sow", "spokeWith", "Maria Keller", A)),
    fires("Ali Sow paid a visit to Oslo.", ("Ali Sow", "visited", "Oslo", A)),
    fires("Rebels launched an attack on Goma.", ("Rebels", "attacked", "Goma", A)),
    fires("The king paid tribute to the fallen soldiers.", ("king", "honored", "fallen soldiers", A)),
    silent("Ali Sow held a cup of tea.", "spokeWith", "metWith"),
    fires("The Red Cross, Chad and Niger signed the armistice.", ("Chad", "signed", "armistice", A)),
    fires("The United Nations, Kenya and Norway condemned the attack.", ("Norway", "condemned", "attack", A)),
    fires("Interpol, Chad and Niger condemned the attack.", ("Chad", "condemned", "attack", A)),
    silent("Ali Sow, Maria Keller's brother, and Ana Ruiz left.", ("Maria Keller", "left")),
    silent("Ten men died in Chad and Niger.", ("Ten men", "diedIn", "Chad"), ("Ten men", "diedIn", "Niger")),
    silent("More than 300 were killed in Chad, Niger and Kenya.", "killedIn"),
    fires("Ten men died in Chad.", ("Ten men", "diedIn", "Chad", A)),
    fires("Ten rockets destroyed bridges and houses in Chad.", ("Ten rockets", "destroyed", "bridges", A)),
    fires("Ali Sow worked in Chad and Niger.", ("Ali Sow", "workedIn", "Niger", A)),
    silent("Ali Sow paid a fine in Oslo.", "visited"),
]
NOMINAL = [
    fires("Ali Sow's visit to Oslo lasted two days.", ("Ali Sow", "visited", "Oslo", A)),
    fires("The meeting between Ali Sow and Maria Keller ended at noon.", ("Ali Sow", "metWith", "Maria Keller", A)),
    fires("Kenya condemned the rebels' attack on Goma.", ("rebels", "attacked", "Goma", A)),
    fires(
        "A letter from Ali Sow to Maria Keller was published.",
        ("Ali Sow", "sentMessageTo", "Maria Keller", A),
    ),
    fires("The signing of the treaty by Chad surprised Niger.", ("Chad", "signed", "treaty", A)),
    silent("The visit was short.", "visited"),
    silent("Ali Sow's letter opener was stolen.", "sentMessageTo"),
]
PLACES_OF_EVENTS = [
    fires("Kenya held a parade in Nairobi.", ("parade", "tookPlaceAt", "Nairobi", A)),
    fires("The ceremony in Lima lasted two hours.", ("ceremony in Lima", "tookPlaceAt", "Lima", A)),
    fires("Chad organized a conference in Algiers.", ("conference in Algiers", "tookPlaceAt", "Algiers", A)),
    silent("Kenya held a parade in May.", "tookPlaceAt"),
]
DATES_OF_EVENTS = [
    fires("Kenya held a parade on March 3.", ("parade", "occurredOn", "2024-03-03", A)),
    fires("The attack on 5 January shocked Kenya.", ("attack", "occurredOn", "2024-01-05", A)),
    fires("The concert on Sunday was free.", ("concert", "occurredOn", "2024-03-10", A)),
    silent("Kenya held a parade on Elm Street.", "occurredOn"),
]
VICTIMS = [
    fires("The blast killed six soldiers.", ("blast", "killedCount", "6", A)),
    fires("Three soldiers were killed in the attack.", ("attack", "killedCount", "3", A)),
    fires("The earthquake injured 40 people.", ("earthquake", "injuredCount", "40", A)),
    silent("The blast killed the mayor.", "killedCount"),
    silent("The blast killed about 120 people.", "killedCount"),
    silent("Nearly 40 soldiers were killed in the attack.", "killedCount"),
    silent("Six soldiers watched the blast.", "killedCount"),
]
STATEMENTS = [
    fires("Kenya announced a ceasefire.", ("Kenya", "announced", "ceasefire", A)),
    fires("Maria Keller accused Chad of fraud.", ("Maria Keller", "accused", "Chad", A)),
    fires("Ali Sow congratulated Maria Keller on her election.", ("Ali Sow", "congratulated", "Maria Keller", A)),
    fires("The union criticized the government.", ("union", "criticized", "government", A)),
    silent("The weather improved after the announcement.", "announced"),
]
APPOINTMENTS = [
    fires(
        "Ali Sow appointed Maria Keller as defense minister.",
        ("Ali Sow", "appointed", "Maria Keller", A),
        ("Maria Keller", "holdsPosition", "defense minister", A),
    ),
    fires("Congress elected Ali Sow president.", ("Congress", "elected", "Ali Sow", A)),
    fires(
        "The parliament elected Ana Ruiz president.",
        ("parliament", "elected", "Ana Ruiz", A),
        marks=miss("the parser takes the name for a part of the office"),
    ),
    fires(
        "Ana Ruiz was elected president of Peru in 2019.",
        ("Ana Ruiz", "leaderOf", "Peru", A),
    ),
    fires("Maria Keller succeeded Ali Sow as president.", ("Maria Keller", "succeeded", "Ali Sow", A)),
    silent("Maria Keller was appointed minister by the parliament.", ("minister", "appointed", "Maria Keller")),
]
PRESSURE = [
    fires("Kenya imposed sanctions on Chad.", ("Kenya", "sanctioned", "Chad", A)),
    fires("Kenya lifted the ban on imports.", ("Kenya", "lifted", "ban on imports", A)),
    fires("Thousands protested against the government.", ("Thousands", "protestedAgainst", "government", A)),
    fires("Chad withdrew its troops from Niger.", ("Chad", "withdrew", "Chad's troops", A)),
    silent("The company imposed a dress code on staff.", "sanctioned"),
]
LIVES = [
    fires("Ali Sow was born in Lima in 1970.", ("Ali Sow", "bornIn", "Lima", A)),
    fires("Ana Ruiz died of cancer in Oslo.", ("Ana Ruiz", "diedOf", "cancer", A), ("Ana Ruiz", "diedIn", "Oslo", A)),
    fires("Ali Sow founded the company in 1990.", ("Ali Sow", "founded", "company", A)),
    fires("The firm is owned by Ali Sow.", ("Ali Sow", "owns", "firm", A)),
    silent("The plan was born of fear in Lima.", "bornIn"),
]
OWN_WORDS = [
    fires("The port was expanded by the firm.", ("firm", "expanded", "port", A)),
    fires("The clinic examined the children.", ("clinic", "examined", "children", A)),
    fires("The mayor stressed thrift.", ("mayor", "stressed", "thrift", A)),
    silent("The firm expanded the port.", "developed"),
    silent("The new law requires a licence.", "demanded"),
]
NOBODY_NAMED = [
    silent("The rules have been changed.", ("unnamed agent", "changed", "rules")),
    silent("The contract was drafted in May.", ("unnamed agent", "drafted", "contract")),
    fires("The Geneva Convention has been changed.", ("unnamed agent", "changed", "Geneva Convention", A)),
    fires("The liberation of Gao was celebrated.", ("unnamed agent", "liberated", "Gao", A)),
    silent("The region is isolated.", "isolated"),
    silent("The rules were changed by the mayor.", ("unnamed agent", "changed", "rules")),
    silent("Troops were deployed to Gao.", ("unnamed agent", "deployedTo", "Gao")),
]
SHARED = [
    fires("Chad plans to deepen and strengthen the alliance.", ("Chad", "deepened", "alliance", P)),
    fires("The mayor met a number of ministers and farmers.", ("mayor", "metWith", "farmers", A)),
    fires("The show featured singers rather than dancers.", ("show", "featured", "singers", A)),
    silent("The show featured singers rather than dancers.", ("show", "featured", "dancers")),
    silent("Chad wants to deepen ties and strengthen the army.", ("Chad", "deepened", "army")),
]
COMMENTS = [
    fires(
        "The paper praised thrift as a strategy, criticizing Chad.",
        ("paper", "criticized", "Chad", A),
    ),
    fires("The mayor gave a speech on Monday.", ("mayor", "gave", "speech", A)),
    fires("The group paid $57 million.", ("group", "paid", "$57 million", A)),
    silent("The paper praised thrift as a strategy, criticizing Chad.", ("strategy", "criticized", "Chad")),
    silent("The talks took place on Monday.", ("talks", "took", "place")),
    silent("The army was met by gunfire from rebels.", "metWith"),
]
OPEN = [
    fires("Chad mediated the dispute.", ("Chad", "mediated", "dispute", A)),
    fires("The firm varnished the door.", ("firm", "varnished", "door", A)),
    fires("The river flows through Kenya.", ("river", "flowedThrough", "Kenya", A)),
    silent("The firm varnished.", "varnished"),
]


SIDES = [
    fires("Negotiators from Chad and Niger held talks on the border.", ("Chad", "spokeWith", "Niger", A)),
    fires("Troops from Chad and Niger clashed.", ("Chad", "fought", "Niger", A)),
    fires("Kenyan and Ugandan officials met in Lima.", ("Kenya", "metWith", "Uganda", A)),
    silent("Ministers from Chad and Niger met the king.", ("Chad", "metWith", "Niger")),
    silent("Tourists from Chad and Niger met in Lima.", "metWith"),
    silent("Companies from Chad and Niger merged.", "mergedWith"),
]
SPLIT_PREPOSITIONS = [
    fires(
        "Ethiopia pulled its troops out of Somalia.",
        ("Ethiopia", "withdrew", "Ethiopia's troops", A),
        ("Ethiopia", "withdrewFrom", "Somalia", A),
    ),
    fires("Kenya has pulled out of the treaty.", ("Kenya", "withdrewFrom", "treaty", A)),
    fires("Burundi pulled out of the court.", ("Burundi", "withdrewFrom", "court", A)),
    silent("Kenya has pulled out of the treaty.", "withdrew"),
]
AGENTS_FAR_FROM_THE_VERB = [
    fires("The medal was awarded to John Hale by the Navy.", ("Navy", "awarded", "medal", A)),
    fires("Adam Cole was found guilty by a jury.", ("jury", "convicted", "Adam Cole", A)),
    fires("Adam Cole was found guilty of fraud.", ("unnamed agent", "convicted", "Adam Cole", A)),
    fires("The signing of the treaty by Peru took place in Lima.", ("Peru", "signed", "treaty", A)),
    silent("The house was sold to a family by the sea.", ("sea", "sold", "house")),
    silent("A portrait of the king by Ali Sow was sold.", ("Ali Sow", "sold", "portrait of the king")),
]
ADJECTIVES = [
    fires("The union is critical of the reform.", ("union", "criticized", "reform", A)),
    fires("Maria Keller was critical of the plan.", ("Maria Keller", "criticized", "plan", A)),
    fires("The union was supportive of the strikers.", ("union", "supports", "strikers", A)),
    silent("The union is critical of the reform.", "criticalOf"),
    silent("The reform was critical for the union.", "criticized"),
]
MORE_FIXED_WORDS = [
    fires("The hurricane left 12 people dead.", ("hurricane", "killed", "12 people", A)),
    fires("The blast left two guards wounded.", ("blast", "injured", "two guards", A)),
    fires("Twelve people lost their lives in the fire.", ("Twelve people", "diedIn", "fire", A)),
    fires("The clerk has been held in custody since May.", ("unnamed agent", "detained", "clerk", A)),
    fires("Li Na works for the water company.", ("Li Na", "worksFor", "water company", A)),
    fires("Paul Moe works as an engineer for Nordlys Gas.", ("Paul Moe", "worksFor", "Nordlys Gas", A)),
    fires("The meeting between Ali Sow and Maria Keller was held in Lima.", ("Ali Sow", "metWith", "Maria Keller", A)),
    fires("The minister gave a speech in Oslo.", ("speech", "tookPlaceAt", "Oslo", A)),
    silent("Clashes have left 20 farmers injured and one man dead.", ("Clashes", "killed", "20 farmers")),
    silent("The hurricane left Lima for the sea.", "killed"),
    fires(
        "Chad conducted strikes in Mali.", ("Chad", "conducted", "strikes", A), ("strikes", "tookPlaceAt", "Mali", A)
    ),
    silent("The summit was held in Lima.", "detained"),
    silent("The clerk works for better days.", "worksFor"),
]
NUMBERS_AS_PEOPLE = [
    fires("More than 300 were killed in Niger.", ("unnamed agent", "killed", "More than 300", A)),
    fires("The blast wounded 40.", ("blast", "injured", "40", A), ("blast", "injuredCount", "40", A)),
    fires("The storm left 60 people dead in Haiti.", ("storm", "killed", "60 people", A)),
    silent("The blast injured more than 200.", "injuredCount"),
    silent("The bank left the doors open.", "killed", "injured"),
]
PRESENT = [
    fires("Russian officials were present at the parade.", ("Russian officials", "attended", "parade", A)),
    fires("Ali Sow was present at the funeral.", ("Ali Sow", "attended", "funeral", A)),
    fires("Maria Keller will be present at the summit.", ("Maria Keller", "attended", "summit", P)),
    silent("Lead was present in the toys.", "attended"),
]
BEGINNINGS = [
    fires("The strike began in May 2018.", ("strike", "beganOn", "2018-05", A)),
    fires("The agency held a vaccination campaign in Chad.", ("vaccination campaign", "tookPlaceAt", "Chad", A)),
    fires("The 3 May attacks in Lima shocked Peru.", ("3 May attacks in Lima", "tookPlaceAt", "Lima", A)),
    silent("The meeting began with a speech.", "beganOn"),
]
STAKES_AND_SHOWS = [
    fires("The fund paid $5 million for a stake in Boeing.", ("fund", "investedIn", "Boeing", A)),
    fires("Airbus acquired a 20 percent stake in Boeing.", ("Airbus", "investedIn", "Boeing", A)),
    fires("The shuttle will go on display at the Harbour Museum.", ("shuttle", "displayedAt", "Harbour Museum", P)),
    fires("Maria Keller will take the place of Ali Sow as mayor.", ("Maria Keller", "succeeded", "Ali Sow", P)),
    fires("The agency began a vaccination campaign in Chad.", ("agency", "began", "vaccination campaign in Chad", A)),
    silent("The fair took place in the hall of the museum.", "succeeded"),
    silent("Airbus paid $5 million for a hall in Lyon.", "investedIn"),
    silent("The agency began a vaccination campaign against measles.", "attacked"),
]
RESIGNATIONS = [
    fires(
        "Maria Keller resigned as finance minister in June.", ("Maria Keller", "resignedFrom", "finance minister", A)
    ),
    fires("Tom Lund stepped down as chief executive.", ("Tom Lund", "resignedFrom", "chief executive", A)),
    fires("Pedro Soto resigned from the board.", ("Pedro Soto", "resignedFrom", "board", A)),
    silent("The firm resigned itself to the loss.", "resignedFrom"),
]


@pytest.mark.parametrize(
    ("text", "wanted", "forbidden"),
    [
        *SIDES,
        *SPLIT_PREPOSITIONS,
        *AGENTS_FAR_FROM_THE_VERB,
        *ADJECTIVES,
        *MORE_FIXED_WORDS,
        *RESIGNATIONS,
        *NUMBERS_AS_PEOPLE,
        *STAKES_AND_SHOWS,
        *PRESENT,
        *BEGINNINGS,
        *ACTIVE,
        *PASSIVE,
        *BIDS,
        *MINISTERIALS,
        *COORDINATION,
        *IMPLIED,
        *ALLOWED,
        *MOVED,
        *POSSESSION,
        *CONTROL,
        *RELATIVE,
        *LEADERS,
        *LIGHT_VERBS,
        *NOMINAL,
        *PLACES_OF_EVENTS,
        *DATES_OF_EVENTS,
        *VICTIMS,
        *STATEMENTS,
        *APPOINTMENTS,
        *PRESSURE,
        *LIVES,
        *OWN_WORDS,
        *NOBODY_NAMED,
        *SHARED,
        *COMMENTS,
        *OPEN,
    ],
)
def test_events(claims_of, text, wanted, forbidden):
    found = claims_of(text)
    assert wanted <= found, sorted(found)
    given = {c[1] for c in found} | {c[:3] for c in found}
    assert not given & forbidden, sorted(found)


def test_an_event_carries_its_roles_time_and_place(extraction_of):
    extraction = extraction_of("Ali Sow met Maria Keller in Lima on Monday.")
    (event,) = [e for e in extraction.events if e.type == "Meeting"]
    names = {m.id: m.name for m in extraction.mentions}
    assert {names[a.mention] for a in event.arguments if a.role == "agent"} == {"Ali Sow"}
    assert {names[a.mention] for a in event.arguments if a.role == "patient"} == {"Maria Keller"}
    assert names[event.place] == "Lima"
    assert event.time is not None and event.time.value == "2024-03-11"


def test_a_symmetric_property_is_given_once(claims_of):
    met = [c for c in claims_of("Ali Sow and Maria Keller met each other in Geneva.") if c[1] == "metWith"]
    assert len(met) == 1


def test_the_words_of_a_claim_are_those_of_the_sentence(extraction_of):
    text = "Ali Sow paid a visit to Oslo."
    (claim,) = [c for c in extraction_of(text).claims if c.predicate == "visited"]
    assert claim.evidence.predicate_text == "paid a visit to"
    assert claim.evidence.sentence.of(text) == text
    assert claim.evidence.trigger.of(text) == "paid a visit"


def test_coordinated_clauses_keep_their_own_dates(extraction_of):
    extraction = extraction_of("Ali Sow visited Oslo on May 2, 2016, and Maria Keller visited Lima on June 3, 2016.")
    names = {m.id: m.name for m in extraction.mentions}
    dates = {names[c.object.mention]: c.time.value for c in extraction.claims if c.predicate == "visited" and c.time}
    assert dates == {"Oslo": "2016-05-02", "Lima": "2016-06-03"}


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("mediate", "mediated"),
        ("deny", "denied"),
        ("play", "played"),
        ("shun", "shunned"),
        ("trek", "trekked"),
        ("rig", "rigged"),
        ("clip", "clipped"),
        ("kidnap", "kidnapped"),
        ("panic", "panicked"),
        ("look", "looked"),
        ("row", "rowed"),
        ("visit", "visited"),
        ("fix", "fixed"),
        ("undercut", "undercut"),
        ("outsell", "outsold"),
        ("repay", "repaid"),
        ("relay", "relayed"),
        ("respond", "responded"),
    ],
)
def test_past_forms(knowledge, verb, form):
    assert past(verb, knowledge) == form


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The newspaper attacked Ali Sow.", "criticized"),
        ("A letter attacked Ali Sow.", "criticized"),
        ("An article attacked Ali Sow.", "criticized"),
        ("The rebels attacked Ali Sow.", "attacked"),
    ],
)
def test_what_a_text_attacks_it_attacks_in_words(claims_of, text, predicate):
    found = {c[1] for c in claims_of(text) if c[2] == "Ali Sow"}
    assert found & {"criticized", "attacked"} == {predicate}, found


def test_what_is_used_to_do_something_does_not_do_it(claims_of):
    for text in ("The report used to train the staff is old.", "The letter used to attack Ali Sow came from Oslo."):
        assert not {c for c in claims_of(text) if c[0] in {"report", "letter"} and c[1] in {"trained", "attacked"}}
    assert any(c[:3] == ("letter", "criticized", "Ali Sow") for c in claims_of("The letter criticized Ali Sow."))


def test_the_day_of_a_count_is_not_the_day_of_what_is_counted(claims_of):
    def dated(text):
        return any(c[1] == "occurredOn" for c in claims_of(text))

    assert not dated("As of July 3, 2021, ten cases were confirmed, resulting in five deaths in Chad.")
    assert not dated("As of July 3, 2021, the attack killed five people in Chad.")
    assert dated("The attack on July 3, 2021 killed five people in Chad.")


ATTACHED = [
    ("Troops rescued refugees whose boat sank.", set(), {("boat", "sank", "refugees")}),
    ("The team was denied visas.", {("team", "wasDenied", "visas")}, set()),
    ("The girls were awarded a medal.", {("girls", "received", "medal")}, set()),
    ("The mayor denied the theft.", set(), {("mayor", "wasDenied", "theft")}),
    ("The storm caused a crane to fall.", set(), {("storm", "caused", "crane")}),
    ("The storm caused a landslide.", {("storm", "caused", "landslide")}, set()),
    ("Ali Sow was taken to a hospital in Lima.", {("Ali Sow", "takenTo", "hospital in Lima")}, {"tookTo"}),
    (
        "The troops were met by gunmen firing rifles.",
        {("gunmen firing rifles", "fired", "rifles")},
        {("troops", "fired", "rifles")},
    ),
    ("The Green Circle is a group opposed to mines.", {("group opposed to mines", "opposed", "mines")}, set()),
    ("Ali Sow got gifts ranging from books to boats.", set(), {("Ali Sow", "rangedFrom", "books")}),
    ("The mayor received several refusals of his requests.", set(), {("mayor", "rejected", "requests")}),
    ("The mayor rejected the requests.", {("mayor", "rejected", "requests")}, set()),
    ("The flood left a great deal of mud and water.", set(), {"agreedWith"}),
    ("The shelling is no strike as defined by the army.", set(), {("army", "defined", "shelling")}),
    ("Ali Sow was beaten by ten points by Ana Ruiz.", set(), {"beatenBy"}),
    (
        "The mayor drew both praise for helping girls enter the town and criticism for the ban.",
        {("mayor", "drew", "criticism for the ban")},
        {("girls", "entered", "criticism")},
    ),
    (
        "The baby spent her energy fighting infections.",
        {("baby", "spent", "energy")},
        {("baby", "spent", "infections")},
    ),
]
ATTACHED += [
    (
        "Chad requested Niger to sell the mill.",
        {("Chad", "requested", "Niger to sell the mill")},
        {("Chad", "sold", "mill")},
    ),
    (
        "The town burned, with no trace left in the streets.",
        set(),
        {("trace", "leftIn", "streets", "asserted"), "burnedWith"},
    ),
    ("The flood struck the town.", {("flood", "hit", "town")}, {"attacked"}),
    ("Jets struck the bridge.", {("Jets", "attacked", "bridge")}, set()),
    ("The rainfall pounded the coast.", {("rainfall", "hit", "coast")}, {"bombed"}),
    ("The bank gave the clerk the option to leave.", set(), {("bank", "aided", "clerk")}),
    ("The bank gave the clerk a loan.", {("bank", "aided", "clerk")}, set()),
    ("Ali Sow wrote books.", set(), {"sentMessageTo"}),
    ("Ali Sow wrote to the mayor.", {("Ali Sow", "sentMessageTo", "mayor")}, set()),
    ("Ali Sow admitted to being there.", set(), {"said"}),
    ("Ali Sow admitted that he was there.", {"said"}, set()),
    (
        "The agency warned banks lending money, specifically mentioning Chad and Niger.",
        {("agency", "mentioned", "Chad"), ("agency", "mentioned", "Niger")},
        {("banks", "mentioned", "Chad")},
    ),
    (
        "The mill reopened, with its workers returning to Lima.",
        {("workers", "returnedTo", "Lima")},
        {("mill", "returnedTo", "Lima")},
    ),
    ("Chad has 200 refugees fleeing from the war.", set(), {("Chad", "fled", "war")}),
    (
        "Two men were found in the garage of a house who claim that they were robbed.",
        set(),
        {("house", "said", "that they were robbed")},
    ),
    ("The towns of the region that has rejected the plan are small.", {("region", "rejected", "plan")}, set()),
    (
        "The towns that have rejected the plan are small.",
        {("towns that have rejected the plan", "rejected", "plan")},
        set(),
    ),
    ("The Lima election was held in May.", set(), {("unnamed agent", "elected", "Lima")}),
    ("There were no children living in the villages.", set(), {("children", "residesIn", "villages", "asserted")}),
]


@pytest.mark.parametrize(("text", "wanted", "forbidden"), [pytest.param(*row, id=row[0]) for row in ATTACHED])
def test_who_and_what_belong_to_their_own_verb(claims_of, text, wanted, forbidden):
    found = claims_of(text)
    given = {c[:3] for c in found} | {c[1] for c in found} | found
    assert wanted <= given, sorted(found)
    assert not given & forbidden, sorted(found)


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        (
            "The crew used sonar, trawler and remotely piloted aircraft.",
            {"remotely piloted aircraft"},
            {"sonar", "trawler"},
        ),
        ("The army used tank, rocket and armoured troops.", {"armoured troops"}, {"tank", "rocket"}),
        ("The firm used patrol, fishing and cargo vessels.", set(), {"patrol"}),
        ("The crew used sonar, bait and old nets.", {"sonar", "bait"}, set()),
    ],
)
def test_a_bare_singular_before_a_shared_head_is_no_thing_of_its_own(claims_of, text, said, unsaid):
    objects = {c[2] for c in claims_of(text) if c[1] == "used"}
    assert said <= objects and not objects & unsaid, objects


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The storm ripped apart the roof.", "rippedApart"),
        ("Two pets, left behind by the guests, were fed.", "leftBehind"),
        ("The storm passed close to Lima.", "passedCloseTo"),
        ("The storm passed quickly to Lima.", "passedTo"),
    ],
)
def test_an_adverb_that_makes_another_sense_of_the_verb_names_the_claim_too(claims_of, text, name):
    assert name in {c[1] for c in claims_of(text)}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("The paper considered the plan a farce.", "considered"),
        ("The calm has allowed trade to return.", "allowed"),
        ("Critics dubbed the plan a farce.", "dubbed"),
        ("Roofs were knocked off the huts.", "knocked"),
    ],
)
def test_an_object_that_needs_the_next_words_makes_no_open_claim(extraction_of, text, silent):
    assert silent not in {c.predicate for c in extraction_of(text).claims}


@pytest.mark.parametrize(
    ("text", "name"),
    [("The guards fed the horses.", "fed"), ("The panel described the plan.", "described")],
)
def test_an_object_that_is_whole_makes_an_open_claim(claims_of, text, name):
    assert name in {c[1] for c in claims_of(text)}


@pytest.mark.parametrize(
    ("text", "name", "is_told"),
    [
        ("The town of Velm is located 250 kilometers southwest of Lima.", "locatedOf", False),
        ("The village of Velm lies 30 kilometers north of Quito.", "layOf", False),
        ("Velm is made up mostly of old mills.", "madeUpOf", True),
        ("Officials declared Ana Ruiz as a guest.", "declared", False),
        ("Officials declared a holiday in Lima.", "declared", True),
    ],
)
def test_nothing_is_of_what_it_is_north_of_or_declared_without_as_what(claims_of, text, name, is_told):
    assert (name in {c[1] for c in claims_of(text)}) is is_told, claims_of(text)


@pytest.mark.parametrize(
    ("text", "name", "is_told"),
    [
        ("A portrait of the mayor was placed in front of the gate of Lima.", "placedIn", False),
        ("Six jets flew in support of the crew of the Velm.", "flewIn", False),
        ("The crew marched in search of two sailors.", "marchedIn", False),
        ("A portrait of the mayor was placed in the support of the roof.", "placedIn", True),
        ("A portrait of the mayor was placed in the hall of the mill.", "placedIn", True),
    ],
)
def test_nothing_is_in_the_noun_of_a_preposition(claims_of, text, name, is_told):
    assert (name in {c[1] for c in claims_of(text)}) is is_told, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "is_told"),
    [
        (
            "The union warned that the dam leaks, and that two towns were hit.",
            ("unnamed agent", "hit", "two towns"),
            False,
        ),
        ("The union warned of a leak, and two men attacked Ana Ruiz.", ("two men", "attacked", "Ana Ruiz"), True),
    ],
)
def test_a_second_that_goes_on_with_what_is_said(claims_of, text, claim, is_told):
    assert ((*claim, "asserted") in claims_of(text)) is is_told, claims_of(text)


@pytest.mark.parametrize(
    ("text", "name", "is_told"),
    [
        ("In other news, two sailors were killed.", "killedIn", False),
        ("In an unrelated development, two sailors were killed.", "killedIn", False),
        ("In a separate incident, two sailors were sunk.", "sunkIn", False),
        ("In a Lima suburb, two sailors were killed.", "killedIn", True),
    ],
)
def test_how_a_story_goes_on_is_no_place(claims_of, text, name, is_told):
    assert (name in {c[1] for c in claims_of(text)}) is is_told, claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim", "is_told"),
    [
        ("Two miners were accidentally electrocuted.", ("unnamed agent", "killed", "Two miners"), False),
        ("Two miners were inadvertently killed.", ("unnamed agent", "killed", "Two miners"), False),
        ("Two miners were brutally killed.", ("unnamed agent", "killed", "Two miners"), True),
        ("Two miners were traveling to Lima.", ("Two miners", "visited", "Lima"), False),
        ("Two miners have been traveling to Lima.", ("Two miners", "visited", "Lima"), False),
        ("Two miners traveled to Lima.", ("Two miners", "visited", "Lima"), True),
        ("A storm hit Lima. Her promotion was announced.", ("unnamed agent", "announced", "promotion"), False),
        ("A storm hit Lima. The closure of two mills was announced.", ("unnamed agent", "announced", "closure"), True),
    ],
)
def test_what_befell_or_went_on_has_no_doer_and_no_end(claims_of, text, claim, is_told):
    found = any(c[:2] == claim[:2] and c[2].startswith(claim[2]) for c in claims_of(text))
    assert found is is_told, claims_of(text)


@pytest.mark.parametrize(
    ("text", "name", "is_told"),
    [
        ("He saw a ship, of which the crew were all drowned.", "drownedOf", False),
        ("He saw a mill, of which the owners were fined.", "finedOf", False),
        ("He saw a mill, in which the owners were locked.", "lockedIn", True),
    ],
)
def test_of_which_goes_with_the_noun(claims_of, text, name, is_told):
    assert (name in {c[1] for c in claims_of(text)}) is is_told, claims_of(text)
