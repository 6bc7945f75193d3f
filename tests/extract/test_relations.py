"""Relations that hold for a while: one table per construction, with sentences that must not give them."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


def miss(reason):
    return pytest.mark.xfail(reason=reason, strict=True)


def fires(text, *wanted, marks=()):
    return pytest.param(text, set(wanted), frozenset(), id=text[:60], marks=marks)


def silent(text, *forbidden, marks=()):
    """`forbidden` are predicates, or (subject, predicate, object) triples, that the text must not give."""
    return pytest.param(text, set(), frozenset(forbidden), id="not: " + text[:55], marks=marks)


OFFICES = [
    fires(
        "Kenyan Defense Minister Ali Sow resigned.",
        ("Ali Sow", "holdsPosition", "Defense Minister"),
        ("Ali Sow", "positionIn", "Kenya"),
    ),
    fires(
        "Maria Keller, the president of Chad, left.",
        ("Maria Keller", "holdsPosition", "president"),
        ("Maria Keller", "leaderOf", "Chad"),
    ),
    fires("The president of Chad, Maria Keller, left.", ("Maria Keller", "leaderOf", "Chad")),
    fires("Norway's Foreign Minister Ana Ruiz spoke.", ("Ana Ruiz", "positionIn", "Norway")),
    fires("Ana Ruiz, a spokeswoman for Interpol, declined.", ("Ana Ruiz", "spokespersonFor", "Interpol")),
    fires("Ali Sow, an analyst at the Harbour Institute, disagreed.", ("Ali Sow", "worksFor", "Harbour Institute")),
    fires("U.S. Secretary of State Ana Ruiz arrived.", ("Ana Ruiz", "holdsPosition", "Secretary of State")),
    fires("Deputy Prime Minister Ali Sow resigned.", ("Ali Sow", "holdsPosition", "Deputy Prime Minister")),
    silent("The president of Chad met Maria Keller.", ("Maria Keller", "leaderOf", "Chad")),
    silent("In Kenya, Defense Minister Ali Sow met troops.", ("Ali Sow", "leaderOf", "Kenya")),
    silent("Doctor visits cost Ali Sow money.", "holdsPosition"),
]
COPULAS = [
    fires("Nairobi is the capital of Kenya.", ("Nairobi", "capitalOf", "Kenya")),
    fires("Chad is a member of the African Union.", ("Chad", "memberOf", "African Union")),
    fires("Maria Keller is a lawyer.", ("Maria Keller", "holdsPosition", "lawyer")),
    fires("Ana Ruiz became president of Peru in 2019.", ("Ana Ruiz", "leaderOf", "Peru")),
    fires("The offer is $57 million.", ("offer", "quantity", "$57 million")),
    silent("Chad invited a member of the African Union.", "memberOf"),
    silent("The capital of Kenya grew.", ("Kenya", "capitalOf", "Kenya")),
]
KINSHIP = [
    fires("Ali Sow's wife, Ana Sow, arrived.", ("Ana Sow", "spouseOf", "Ali Sow")),
    fires("Ana Sow, the daughter of Ali Sow, spoke.", ("Ana Sow", "childOf", "Ali Sow")),
    fires("Ali Sow arrived with his sister Ana Sow.", ("Ana Sow", "siblingOf", "Ali Sow")),
    fires("Ali Sow is the father of Ana Sow.", ("Ali Sow", "parentOf", "Ana Sow")),
    silent("Ali Sow praised the sister company.", "siblingOf"),
    silent("Ali Sow met his wife.", ("Ali Sow", "spouseOf", "Ali Sow")),
    silent("Mother Nature surprised Ali Sow.", "parentOf"),
]
AGES = [
    fires("Ali Sow, 48, was arrested.", ("Ali Sow", "age", "48")),
    fires("Ana Ruiz, the 39-year-old mayor, resigned.", ("Ana Ruiz", "age", "39")),
    fires("Maria Keller, 61, leads the party.", ("Maria Keller", "age", "61")),
    silent("Ali Sow, 48 soldiers and a guide arrived.", "age"),
    silent("The 39-year-old bridge was closed.", "age"),
]
PLACES = [
    fires("The court in Arusha adjourned the case.", ("court in Arusha", "locatedIn", "Arusha")),
    fires("Troops left Gao, Mali, on Monday.", ("Gao", "locatedIn", "Mali")),
    fires("The Harbour Hotel in Lima was closed.", ("Harbour Hotel", "locatedIn", "Lima")),
    fires("The embassy is in Lima.", ("embassy", "locatedIn", "Lima")),
    silent("The envoy visited Oslo, Sweden and Chad.", ("Oslo", "locatedIn", "Sweden")),
    silent("The interest in Lima grew.", "locatedIn"),
    silent("The team met in Lima.", ("team", "locatedIn", "Lima")),
]
NATIONALITY = [
    fires("A Chinese delegation arrived.", ("Chinese delegation", "affiliatedWith", "China")),
    fires("Kenyan troops left.", ("Kenyan troops", "affiliatedWith", "Kenya")),
    fires("Norway's Ana Ruiz won the race.", ("Ana Ruiz", "affiliatedWith", "Norway")),
    fires(
        "The French frigate Orage sailed.",
        ("Orage", "isA", "frigate"),
        ("Orage", "affiliatedWith", "France"),
        marks=miss("the parser makes two subjects of a noun and the name after it"),
    ),
    silent("Russian and Chinese officials met.", "affiliatedWith"),
    silent("Chinese is hard to learn.", "affiliatedWith"),
    silent("The analyst, a China expert, spoke.", "affiliatedWith"),
]
COUNTS = [
    fires("Six nurses were freed.", ("Six nurses", "quantity", "6")),
    fires("Eighty-six nurses were freed.", ("Eighty-six nurses", "quantity", "86")),
    fires("About twenty-five nurses were freed.", ("About twenty-five nurses", "quantity", "about 25")),
    silent("Two nurses in each of the wards left.", "quantity"),
    fires("A 125-member delegation arrived.", ("125-member delegation", "quantity", "125")),
    fires("The army sent 1,200 soldiers.", ("1,200 soldiers", "quantity", "1200")),
    fires("A minimum of 40 nurses left.", ("minimum of 40 nurses", "quantity", "at least 40")),
    fires("A total of 40 nurses left.", ("40 nurses", "quantity", "40")),
    silent("Half of the 40 nurses left.", "quantity"),
    silent("The nurses were freed at six.", "quantity"),
]
HYPHENS = [
    fires("The Lima-based firm sued.", ("Lima-based firm", "basedIn", "Lima")),
    fires("A U.S.-led coalition attacked.", ("United States", "led", "U.S.-led coalition")),
    fires("The Nairobi-based agency closed.", ("Nairobi-based agency", "basedIn", "Nairobi")),
    silent("The broad-based coalition attacked.", "basedIn"),
]
NAMES = [
    fires("The Kennedy Research Center (KRC) closed.", ("Kennedy Research Center", "alias", "KRC")),
    fires("The World Fish Council (WFC) met.", ("World Fish Council", "alias", "WFC")),
    fires("Renault's Dacia plant closed.", ("Renault", "owns", "Dacia plant")),
    silent("The Kennedy Research Center (closed) is big.", "alias"),
    silent("The mayor (left) spoke.", "alias"),
    fires("The U.N. Fish Council met.", ("U.N. Fish Council", "partOf", "U.N.")),
    fires("The EU Fish Agency met.", ("EU Fish Agency", "partOf", "EU")),
    fires("The NATO Fish Agency met.", ("NATO Fish Agency", "partOf", "NATO")),
    silent("The Church of Harmony sued the Church.", "partOf"),
]
SHIPS = [
    fires("The frigate FS Orage sailed to Malta.", ("FS Orage", "isA", "frigate")),
    fires("Ana Ruiz, commander of HMS Heron, spoke.", ("Ana Ruiz", "leaderOf", "HMS Heron")),
    silent("They discussed the crisis, Syria and Libya.", ("Syria", "isA", "crisis")),
    silent("The frigate, Orage, sailed to Malta.", ("Orage", "isA", "Orage")),
    silent("The frigate sailed to Malta.", "isA"),
]
TITLES_WITH_PHRASES = [
    fires("Governor of Texas Ana Ruiz spoke.", ("Ana Ruiz", "leaderOf", "Texas")),
    fires("President of Chad Maria Keller spoke.", ("Maria Keller", "leaderOf", "Chad")),
    fires("Mayor of Oslo Ali Sow spoke.", ("Ali Sow", "leaderOf", "Oslo")),
    silent("Friends of Texas Ana Ruiz spoke.", "leaderOf"),
    silent("Homeland Security Secretary Ana Ruiz spoke.", ("Ana Ruiz", "holdsPosition", "Homeland Security")),
    silent("Ana Ruiz, the security chair at the Harbour Institute, spoke.", "leaderOf"),
]
PARTS = [
    fires("Norland Steel's trade division closed.", ("Norland Steel's trade division", "partOf", "Norland Steel")),
    fires(
        "Norland Steel's research division closed.", ("Norland Steel's research division", "partOf", "Norland Steel")
    ),
    fires("The Harbour Bank sold its insurance unit.", ("insurance unit", "partOf", "Harbour Bank")),
    fires("The frigate sails as part of Task Force 50.", ("frigate", "partOf", "Task Force 50")),
    silent("Norland Steel's bank closed.", "partOf"),
    silent("Ten countries closed their Amazon region.", "locatedIn"),
    silent("A poor country closed its Amazon region.", "locatedIn"),
    silent("The talks of twenty countries were held in their Darfur region.", "locatedIn"),
    silent("Ana Ruiz joined the Norvik Miners' Union, the Harbour Trade Association and the Red League.", "partOf"),
    silent("The vote split the Women's Union, the Teachers' League and the Farmers Party.", "partOf"),
    silent(
        "The council invited the Chadian People's Front (CPF), the Union for Peace (UP) and the Red League.", "partOf"
    ),
    fires("Bosnian Serbs left Lima.", ("Bosnian Serbs", "affiliatedWith", "Bosnia and Herzegovina")),
    fires("Croatian Serbs met Ana Ruiz.", ("Croatian Serbs", "affiliatedWith", "Croatia")),
    silent("Chadian and Malian Muslims met Ana Ruiz.", "affiliatedWith"),
    silent("She sang as part of the celebration.", "partOf", "memberOf"),
]
STANDINGS = [
    fires("Harbour Bank, a rival of Norland Steel, closed.", ("Harbour Bank", "rivalOf", "Norland Steel")),
    fires("Harbour Bank, Norland Steel's rival, closed.", ("Harbour Bank", "rivalOf", "Norland Steel")),
    fires("Ali Sow is a critic of Chad.", ("Ali Sow", "criticOf", "Chad")),
    silent("The rival of Norland Steel closed.", "rivalOf"),
    silent("Harbour Bank met a rival.", "rivalOf"),
]
AROUND = [
    fires("The advances around Gao in Mali were welcomed.", ("Gao", "locatedIn", "Mali")),
    fires("The fighting near Kisumu in Kenya stopped.", ("Kisumu", "locatedIn", "Kenya")),
    fires("Aid reached Gao and other parts of Mali.", ("Gao", "locatedIn", "Mali")),
    silent("The envoy met Goma in Congo.", ("Goma", "locatedIn", "Congo")),
    silent("Aid reached Gao and parts of Mali.", ("Gao", "locatedIn", "Mali")),
]
NEAR = [
    fires("A camp near Oslo was closed.", ("camp near Oslo", "near", "Oslo")),
    fires("The mill outside Lima burned.", ("mill outside Lima", "outside", "Lima")),
    fires("The camp in Oslo was closed.", ("camp in Oslo", "locatedIn", "Oslo")),
    silent("A camp near Oslo was closed.", "locatedIn"),
    silent("Near Oslo, a strike destroyed a tank.", "tookPlaceAt"),
    silent("The attack outside Gao killed ten people.", "tookPlaceAt"),
    silent("The inquiry on Chad ended in May.", ("inquiry", "tookPlaceAt", "Chad")),
]
STANCES = [
    silent("The joint task force ABC-OIR said that ABC planes flew.", ("ABC-OIR", "partOf", "ABC")),
    fires("The Peru councillor Ali Sow left.", ("Ali Sow", "positionIn", "Peru")),
    fires("Russian fighters left the camp.", ("Russian fighters", "affiliatedWith", "Russia")),
    silent("Pro-Peru councillor Ali Sow left.", "positionIn"),
    silent("The anti-Peru activist Ana Ruiz spoke.", "positionIn", "affiliatedWith", "worksFor"),
    silent("Pro-Russian fighters left the camp.", "affiliatedWith"),
    silent("Ali Sow, a pro-Kenya politician, left.", "positionIn", "affiliatedWith"),
]
APPOSED = [
    fires(
        "Task Force 50, a unit of the Northern Command, sailed.",
        ("Task Force 50", "affiliatedWith", "Northern Command"),
    ),
    fires("The Harbour Institute, a think tank in Lima, closed.", ("Harbour Institute", "locatedIn", "Lima")),
    fires("Harbour Bank, a lender based in Oslo, closed.", ("Harbour Bank", "basedIn", "Oslo")),
    silent("Norland Steel, a think tank in Lima and a mill were sold.", ("Norland Steel", "locatedIn", "Lima")),
    silent("Harbour Bank, lenders in Oslo, mills, all closed.", ("Harbour Bank", "locatedIn", "Oslo")),
]
LEAVING = [
    fires("Maria Keller resigned as finance minister.", ("Maria Keller", "holdsPosition", "finance minister")),
    fires("Tom Lund may step down as mayor.", ("Tom Lund", "holdsPosition", "mayor")),
    fires("Ali Sow was sworn in as president.", ("Ali Sow", "holdsPosition", "president")),
    fires("Ali Sow, who was appointed ambassador to Kenya, left.", ("Ali Sow", "holdsPosition", "ambassador")),
    silent("Tom Lund resigned after the mayor left.", "holdsPosition"),
]
ORIGINS = [
    fires("Maria Keller is from Oslo.", ("Maria Keller", "from", "Oslo")),
    fires("The Kenyan-born poet met Ali Sow.", ("Kenyan-born poet", "bornIn", "Kenya")),
    fires("Oslo-born singer Maria Keller died in Lima.", ("Maria Keller", "bornIn", "Oslo")),
    silent("Oslo-born singer Maria Keller died in Lima.", "positionIn"),
    silent("The London-based lawyer Ali Sow spoke.", "positionIn"),
    silent("U.S.-backed commander Ali Sow spoke.", "positionIn", "leaderOf"),
    silent("The parcel is from Oslo.", "from"),
]
FOUNDERS = [
    fires("Airbus founder Ali Sow resigned.", ("Ali Sow", "founded", "Airbus")),
    fires("Ana Ruiz, co-founder of Airbus, met the workers.", ("Ana Ruiz", "founded", "Airbus")),
    fires("The founder of Airbus, Ana Ruiz, met the workers.", ("Ana Ruiz", "founded", "Airbus")),
    silent("Airbus director Ali Sow resigned.", "founded"),
]
COMING_FROM = [
    fires("Ali Sow, a teacher from Nakuru, resigned.", ("Ali Sow", "from", "Nakuru")),
    fires("A former nurse from Lyon faces trial.", ("former nurse from Lyon", "from", "Lyon")),
    fires("Ana Ruiz, a 14-year-old girl from Texas, won.", ("Ana Ruiz", "from", "Texas")),
    silent("The navy evacuated a nurse from Lyon.", "from"),
    silent("A letter from Lyon arrived.", "from"),
]
PARTS_OF_STATES = [
    fires("Villages in Kenya's Turkana region are dry.", ("Turkana region", "locatedIn", "Kenya")),
    fires("Rebels hold the Darfur region of Sudan.", ("Darfur region of Sudan", "locatedIn", "Sudan")),
    fires("They stayed in the Rift Valley, western Kenya.", ("Rift Valley", "locatedIn", "Kenya")),
    fires("The mill stands in Dongguan, in China.", ("Dongguan", "locatedIn", "China")),
    silent("The president of Kenya visited the region.", ("region", "locatedIn", "Kenya")),
    silent("They saw the Rift Valley, and western Kenya was dry.", ("Rift Valley", "locatedIn", "Kenya")),
]
OPENING_TITLES = [
    fires(
        "Executive director of the Lima chapter of the Red Cross Maria Keller said the flood was over.",
        ("Maria Keller", "holdsPosition", "Executive director"),
        ("Maria Keller", "worksFor", "Red Cross"),
    ),
    fires("Director of the Red Cross Maria Keller said the flood was over.", ("Maria Keller", "leaderOf", "Red Cross")),
    fires("Undersecretary for Health Mr. Keller resigned.", ("Keller", "holdsPosition", "Undersecretary for Health")),
    silent(
        "Executive director of the Lima chapter of the Red Cross Maria Keller said the flood was over.",
        ("Maria Keller", "leaderOf", "Red Cross"),
    ),
    silent("Undersecretary for Health Mr. Keller resigned.", ("Keller", "holdsPosition", "Health")),
    silent("In front of the Red Cross Maria Keller said the flood was over.", "worksFor", "leaderOf"),
]
STANCES_HELD = [
    fires("Ali Sow, a supporter of the reform, was arrested.", ("Ali Sow", "supporterOf", "reform")),
    fires(
        "Ana Ruiz, who was a known critic of Russian activities in Chechnya, died.",
        ("Ana Ruiz", "criticOf", "Russian activities in Chechnya"),
    ),
    fires("Ali Sow, an opponent of the dam, was arrested.", ("Ali Sow", "opponentOf", "dam")),
    silent("Ali Sow, a neighbour of the dam, was arrested.", "neighbourOf"),
]
BODIES_OF_MEMBERS = [
    fires("She met Politburo member Li Hong.", ("Li Hong", "memberOf", "Politburo")),
    fires("The Politburo member Li Hong resigned.", ("Li Hong", "memberOf", "Politburo")),
    silent("Ali Sow, a board member, spoke.", "memberOf"),
]
STATES_IN_NAMES = [
    fires("The Italian Supreme Court ruled on the case.", ("Italian Supreme Court", "affiliatedWith", "Italy")),
    fires("The Chinese Communist Party met in Lima.", ("Chinese Communist Party", "affiliatedWith", "China")),
    fires("The Kenyan Red Cross sent aid.", ("Kenyan Red Cross", "affiliatedWith", "Kenya")),
    silent("The Harbour Orchestra sent aid.", "affiliatedWith"),
]
COUNTS_TOLD = [
    fires("The death toll is over 120,000.", ("death toll", "quantity", "over 120000")),
    fires("The death toll rose to 45 on Monday.", ("death toll", "quantity", "45")),
    fires("The death toll rose to eighty-six on Monday.", ("death toll", "quantity", "86")),
    fires("The storm caused thirty-one deaths.", ("storm", "killedCount", "31")),
    silent("The storm caused more than thirty-one deaths.", "killedCount"),
    fires("A blast in Lima killed twenty-five people.", ("blast in Lima", "killedCount", "25")),
    fires("The death toll has reached 1,200.", ("death toll", "quantity", "1200")),
    silent("The train reached 40.", "quantity"),
    silent("The death toll rose in 2004.", "quantity"),
]
COUNTED_PEOPLE = [
    fires("About 30 Kenyans were arrested on Monday.", ("About 30 Kenyans", "quantity", "about 30")),
    fires("The blast wounded 40 or more sailors.", ("40 or more sailors", "quantity", "at least 40")),
    silent("More than 300 drowned in Niger.", "quantity"),  # of whom it says nothing
    silent("The blast wounded 40 or more.", "quantity"),
    silent("One of the reasons is thrift.", "quantity"),
    silent("The bank lent 300 to the mill.", "quantity"),
]
PARTLY = [
    fires("Somali refugees left the camp.", ("Somali refugees", "affiliatedWith", "Somalia")),
    silent("Mostly Somali refugees left the camp.", "affiliatedWith"),
    silent("The largely Kenyan troops left the camp.", "affiliatedWith"),
    silent("The camp holds mainly Somali refugees.", "affiliatedWith"),
]

JOINT = [
    silent("The joint U.N.-Chadian election commission met on Monday.", "partOf", "affiliatedWith"),
    silent("Ana Ruiz joined the U.N.-Chadian Election Commission.", "partOf", "affiliatedWith"),
    silent("The Norwegian-Kenyan council met in Lima.", "partOf", "affiliatedWith"),
    fires("The Kenyan council met on Monday.", ("Kenyan council", "partOf", "Kenya")),
    fires("A Kenyan-American poet won the prize.", ("Kenyan-American poet", "affiliatedWith", "United States")),
]
OF_TOWNS = [
    silent("The pope prayed for the Lima victims.", "affiliatedWith"),
    silent("Sailors helped the Oslo passengers.", "affiliatedWith"),
    fires("The Lima government fell.", ("Lima government", "partOf", "Peru")),
    fires("The Peruvian passengers left.", ("Peruvian passengers", "affiliatedWith", "Peru")),
]
MOVED = [
    silent("Chad demanded the withdrawal of Kenyan troops from Mali.", ("Kenyan troops", "affiliatedWith", "Mali")),
    fires(
        "Chad demanded the withdrawal of Kenyan troops from Mali.",
        ("Kenyan troops", "affiliatedWith", "Kenya"),
    ),
    fires(
        "The deal allows the return of Somali farmers from Kenya.",
        ("Somali farmers", "affiliatedWith", "Somalia"),
    ),
    fires("A group of farmers from Kenya left.", ("group of farmers from Kenya", "affiliatedWith", "Kenya")),
    fires(
        "Ana Ruiz is in Oslo for talks with senior Kenyan officials expected to cover trade.",
        ("senior Kenyan officials", "affiliatedWith", "Kenya"),
    ),
    fires(
        "Ana Ruiz is in Oslo for talks with Kenyan officials accused of theft.",
        ("Kenyan officials accused of theft", "affiliatedWith", "Kenya"),
    ),
    fires(
        "It is up to the Kenyan government to set the price.",
        ("Kenyan government", "partOf", "Kenya"),
    ),
]
OF_PARTIES = [
    silent("Mali called for a truce with Chad in the Lake Region.", ("Chad", "locatedIn", "Lake Region")),
    silent("Kenya backs a plan for a deal with Sudan in the Nile Valley.", ("Sudan", "locatedIn", "Nile Valley")),
    fires("The president of Chad in Africa spoke.", ("Chad", "locatedIn", "Africa")),
]
UNDERTAKEN = [
    fires(
        "The Red Cross's Safe Harbour Project has ended.",
        ("Safe Harbour Project", "affiliatedWith", "Red Cross"),
    ),
    silent("The Red Cross's Safe Harbour Project has ended.", "partOf"),
    fires("The Red Cross's Harbour Committee met.", ("Harbour Committee", "partOf", "Red Cross")),
]
LEADING = [
    silent("Tibet's exiled spiritual leader, Ali Sow, spoke.", "leaderOf", "positionIn"),
    silent("The Chadian student leader Ali Sow spoke.", "leaderOf"),
    silent("Singapore director Ana Ruiz won the prize.", "leaderOf"),
    silent("A Chadian commander, General Ali Sow, spoke.", "leaderOf"),
    fires("Chad's leader, Ali Sow, spoke.", ("Ali Sow", "leaderOf", "Chad")),
    fires("The exiled Chadian president Ali Sow spoke.", ("Ali Sow", "affiliatedWith", "Chad")),
    fires("Harbour Bank director Ana Ruiz spoke.", ("Ana Ruiz", "leaderOf", "Harbour Bank")),
]
RANKED = [
    silent("Ana Ruiz became the first pilot to cross the lake.", "holdsPosition"),
    silent("Ana Ruiz is the youngest lawyer to win the prize.", "holdsPosition"),
    fires("Ana Ruiz is a lawyer known for the case.", ("Ana Ruiz", "holdsPosition", "lawyer")),
    silent("For many farmers, cotton is the only crop.", "isA"),
    silent("In many towns, water is a luxury.", "isA"),
]
GOT_AND_CLEARED = [
    silent(
        "Mali signed a deal to sell Chad 24 jet fighter planes and six boats.",
        ("Chad 24 jet fighter planes", "affiliatedWith", "Chad"),
    ),
    silent("The head of the agency says Mali will sell Chad 24 jet fighter planes.", "affiliatedWith"),
    fires("Chad sold 24 Malian planes.", ("24 Malian planes", "affiliatedWith", "Mali")),
    fires("A court acquitted a guard of responsibility in the case.", ("court", "acquitted", "guard")),
    fires("The jury cleared a driver of murder.", ("jury", "acquitted", "driver")),
    silent("The jury cleared a driver of murder.", ("jury", "acquitted", "driver of murder")),
    fires(
        "Ana Ruiz was sworn in on Monday as Kenya's attorney general.",
        ("Ana Ruiz", "holdsPosition", "attorney general"),
    ),
    fires(
        "Ali Sow was formally sworn in on Monday as U.S. attorney general.",
        ("Ali Sow", "holdsPosition", "U.S. attorney general"),
    ),
    fires("Ali Sow became an attorney.", ("Ali Sow", "holdsPosition", "attorney")),
]
TITLED_WORKS = [
    fires('Ana Ruiz promoted her autobiography, "My Life," in Lima.', ("My Life", "isA", "autobiography")),
    fires('He promoted his book, "My Peru," in Lima.', ("My Peru", "isA", "book")),
    fires("Ana Ruiz sold her Life Magazine in May.", ("Ana Ruiz", "sold", "Life Magazine")),
]
TOLD_WHOM = [
    silent("Ana Ruiz told reporters Sow had left.", ("Sow", "holdsPosition", "reporter")),
    silent("Ali Sow told reporters Ben Lo had left.", "holdsPosition"),
    silent("The bishop told journalists Keller admitted the theft.", "holdsPosition"),
    fires("It was led by senators Ana Ruiz and Ben Lo.", ("Ana Ruiz", "holdsPosition", "senator")),
    fires(
        "The vote was won by councillors Ana Ruiz of the Greens and Ben Lo.",
        ("Ana Ruiz", "holdsPosition", "councillor"),
    ),
    fires("First Lady Ana Sow visited Lima.", ("Ana Sow", "holdsPosition", "First Lady")),
]


@pytest.mark.parametrize(
    ("text", "wanted", "forbidden"),
    [
        *OFFICES,
        *FOUNDERS,
        *STANCES_HELD,
        *BODIES_OF_MEMBERS,
        *STATES_IN_NAMES,
        *COUNTS_TOLD,
        *COMING_FROM,
        *PARTS_OF_STATES,
        *OPENING_TITLES,
        *COUNTED_PEOPLE,
        *COPULAS,
        *KINSHIP,
        *AGES,
        *PLACES,
        *NATIONALITY,
        *COUNTS,
        *HYPHENS,
        *NAMES,
        *SHIPS,
        *TITLES_WITH_PHRASES,
        *PARTS,
        *STANDINGS,
        *AROUND,
        *NEAR,
        *STANCES,
        *PARTLY,
        *APPOSED,
        *LEAVING,
        *ORIGINS,
        *JOINT,
        *OF_TOWNS,
        *MOVED,
        *OF_PARTIES,
        *UNDERTAKEN,
        *LEADING,
        *RANKED,
        *TOLD_WHOM,
        *GOT_AND_CLEARED,
        *TITLED_WORKS,
    ],
)
def test_relations(claims_of, text, wanted, forbidden):
    found = claims_of(text)
    asserted = {c[:3] for c in found if c[3] in {"asserted", "inferred"}}
    assert wanted <= asserted, sorted(found)
    given = {c[1] for c in found if c[3] != "inferred"} | {c[:3] for c in found}
    assert not given & forbidden, sorted(found)


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("Former President Ali Sow spoke.", True),
        ("Ana Ruiz, a former minister of Peru, spoke.", True),
        ("The former mayor of Oslo, Ana Ruiz, spoke.", True),
        ("President Ali Sow spoke to former soldiers.", False),
    ],
)
def test_a_former_office_ends_before_the_article(extraction_of, text, former):
    claims = [c for c in extraction_of(text).claims if c.predicate == "holdsPosition"]
    assert claims
    for claim in claims:
        ends = claim.time is not None and claim.time.value == "../2024-03-14"
        assert ends is former


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("The envoy visited Oslo. Norway was pleased.", True),
        ("The envoy visited Oslo.", False),
        ("The envoy visited Bergen. Norway was pleased.", False),
    ],
)
def test_a_capital_lies_in_a_state_that_the_article_speaks_of(claims_of, text, given):
    inferred = {c for c in claims_of(text) if c[3] == "inferred"}
    assert inferred == ({("Oslo", "capitalOf", "Norway", "inferred")} if given else set())


@pytest.mark.parametrize(
    ("text", "claim", "forbidden"),
    [
        ("Kenya banned hundreds of pilgrims.", ("Kenya", "banned", "hundreds of pilgrims"), "pilgrims"),
        (
            "The soldiers slept. Many of the soldiers attacked Chad.",
            ("many of the soldiers", "attacked", "Chad"),
            "soldiers",
        ),
        (
            "Many of the soldiers left. The soldiers attacked Chad.",
            ("soldiers", "attacked", "Chad"),
            "many of the soldiers",
        ),
        ("Kenya seized part of Lima.", ("Kenya", "seized", "part of Lima"), "Lima"),
        ("Ali Sow met a number of Kenyans and doctors.", ("Ali Sow", "metWith", "doctors"), "Kenyans"),
        ("The soldiers attacked Chad.", ("soldiers", "attacked", "Chad"), "many of the soldiers"),
    ],
)
def test_a_part_is_not_the_whole(claims_of, text, claim, forbidden):
    found = {c[:3] for c in claims_of(text) if c[1] == claim[1]}
    assert claim in found, found
    assert not [c for c in found if forbidden in {c[0], c[2]}], found


def test_what_measures_a_thing_belongs_to_its_words(extraction_of):
    claims = extraction_of("Kenya fired dozens of rounds into Chad.").claims
    assert {(c.evidence.predicate_text, c.evidence.object_text) for c in claims if c.predicate == "fired"} == {
        ("fired", "dozens of rounds")
    }


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Doctors in Lima met Ali Sow.", ("Doctors in Lima", "metWith", "Ali Sow")),
        ("Farmers in Oslo attacked Chad.", ("Farmers in Oslo", "attacked", "Chad")),
        ("Farmers from Oslo and Lima attacked Chad.", ("Farmers from Oslo and Lima", "attacked", "Chad")),
        ("The farmers from Oslo attacked Chad.", ("farmers from Oslo", "attacked", "Chad")),
        ("Chad rejected a request to open the dam.", ("Chad", "rejected", "request to open the dam")),
        ("Farmers hit by the flood attacked Chad.", ("Farmers hit by the flood", "attacked", "Chad")),
        ("Farmers who had lost their fields attacked Chad.", ("Farmers who had lost their fields", "attacked", "Chad")),
        ("The farmers, who had lost their fields, attacked Chad.", ("farmers", "attacked", "Chad")),
        ("Chad announced the plan on Monday.", ("Chad", "announced", "plan")),
        ("Kenya bought a ferry from Ali Sow.", ("Kenya", "bought", "ferry")),
        ("A truck from Keller Motors hit Ali Sow.", ("truck from Keller Motors", "hit", "Ali Sow")),
        ("Chad rejected Norway's plan.", ("Chad", "rejected", "Norway's plan")),
        ("Ali Sow fell ill. His sister attacked Chad.", ("Ali Sow's sister", "attacked", "Chad")),
        ("Chad praised its plan.", ("Chad", "praised", "Chad's plan")),
        ("Chad praised Norway's Velm plan.", ("Chad", "praised", "Velm plan")),
    ],
)
def test_a_noun_keeps_the_words_behind_it_that_say_which_is_meant(claims_of, text, claim):
    assert claim in {c[:3] for c in claims_of(text)}, claims_of(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The paper reports that a Chadian spy entered the port.", "reported"),
        ("Ana Ruiz says a Chadian ship was seen off Lima.", "reported"),
        ("Ana Ruiz says the Chadian ship was seen off Lima.", "asserted"),
        ("Ana Ruiz says the guards shot a Chadian sailor.", "asserted"),
        ("A Chadian spy entered the port.", "asserted"),
    ],
)
def test_who_is_only_told_of(claims_of, text, status):
    assert {c[3] for c in claims_of(text) if c[1:3] == ("affiliatedWith", "Chad")} == {status}


@pytest.mark.parametrize(
    ("text", "is_over"),
    [
        ("Ana Ruiz stepped down as mayor of Oslo in June.", True),
        ("Ali Sow resigned as minister.", True),
        ("Ana Ruiz may step down as mayor of Oslo.", False),
        ("Ana Ruiz was named mayor of Oslo in June.", False),
    ],
)
def test_an_office_that_somebody_left(extraction_of, text, is_over):
    claims = [c for c in extraction_of(text).claims if c.predicate == "holdsPosition"]
    assert claims
    assert {c.time is not None and c.time.granularity == "day" for c in claims} == {is_over}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Guards have been busy since the July seventh Lima bombings.", "July seventh"),
        ("Guards have been on duty since the May 3 raids.", "May 3"),
        ("Guards remember the May 3 raids.", "May 3"),
    ],
)
def test_a_date_of_an_event_is_no_span_since_then(extraction_of, text, day):
    claims = extraction_of(text, published="").claims
    assert {c.object.value.lexical for c in claims if c.predicate == "occurredOn"} == {day}
