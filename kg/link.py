"""Which thing of the outside world an article speaks of: its places by the article's context, all else by name and class.

Comes in: one extraction at a time, an atlas of places, entries of gazetteers and the user's decisions. Goes out: links from
chains to referents, each with its score and reasons. What an article alone does not make sure is "unsure" and links nothing,
and a person or an organisation that does something is never linked to a city. Merging by links is `resolve`'s.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.compare import (
    Chain,
    checked,
    is_compatible,
    is_generic,
    load_lore,
    make_chain,
    mentions_by_chain,
    normalize_name,
    speaks_of_part,
    stands_alone,
)
from kg.gazetteer import Entry, OnSkip, known_currencies, known_languages, known_organizations, load_gazetteers
from kg.lexicon import Knowledge
from kg.model import Extraction, Link, Mention, Referent
from kg.places import ISO, Atlas, Place, lies_in, load_atlas

# How much speaks for a reading of a name. A step of 1 is a factor of ten in people.
_COUNTRY, _REGION, _PROVINCE = 7.5, 6.5, 5.5
_CAPITAL, _WORLD_CITY, _OTHER_NAME = 2.0, 1.0, -1.0
_ITS_COUNTRY_NAMED, _ANOTHER_PLACE_THERE, _SAME_REGION, _NEIGHBOUR, _ITS_PEOPLE = 1.0, 1.5, 2.0, 1.0, 1.5
_MOST_PLACES, _MOST_NEIGHBOURS = 3, 2
_CUE, _CONTAINER = 10.0, 20.0
_MARGIN = 1.0
"""By how much the best reading must lead."""

_KNOWN_EVERYWHERE = 1_000_000
"""A city of so many people needs no mention of its country."""

_OFTEN_CALLED_SO = 50_000
"""A town of fewer people is not linked by another name than its usual one: there are too many mistakes in such names."""

_IN_ALL_NEWS = 5_000_000
"""Of a city of so many people news speaks more often than of the region that shares its name."""

_CLEAR = 100_000
"""A town of so many people without a namesake tells where the article's other places are."""

_CONTAINER_AFTER = re.compile(r"\s?(?:,|\(|\bin\b)\s?(?:the\s)?((?:[A-Z][\w.'’]*[ -]?){1,4})")
_WORDS_AFTER = re.compile(r"(?:['’]s)?\s+([\w.]+)")
_GEONAMES_ID = re.compile(r"geonames\.org/(\d+)")


def load_linker(
    gazetteers: Sequence[str | Path],
    knowledge: Knowledge,
    *,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
    on_skip: OnSkip,
) -> Linker:
    """A linker over what ships and the user's gazetteers.

    Args:
        gazetteers: files, see `kg.gazetteer.load_gazetteers`.
        same: the user's decisions, see `Linker`.
        different: likewise.
        on_skip: told of each row that is left out.

    Raises:
        InputError: a gazetteer cannot be read.
    """
    own = load_gazetteers(gazetteers, knowledge, on_skip=on_skip)
    shipped = (*known_organizations(knowledge), *known_languages(), *known_currencies())
    return Linker(load_atlas(knowledge), (*own, *shipped), knowledge, same=same, different=different)


@dataclass(frozen=True, slots=True)
class _Sight:
    """A place-like chain of one article: what it could be and how its mentions stand in the text."""

    chain: Chain
    candidates: tuple[Place, ...]
    container: Place | None = None
    is_region: bool = False
    is_city: bool = False
    is_part: bool = False
    has_people: bool = False


class _Reading(NamedTuple):
    points: float
    place: Place
    reasons: tuple[str, ...]


class Linker:
    """Links the chains of articles. Its answers depend on one article, the data and the decisions alone."""

    def __init__(
        self,
        atlas: Atlas,
        entries: Iterable[Entry],
        knowledge: Knowledge,
        *,
        same: Iterable[tuple[str, str]] = (),
        different: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Prepare the look-up tables.

        Args:
            entries: of gazetteers and lexica; those of one `source` are different things.
            same: pairs of which one is the IRI or key of a referent and the other a name, a chain key or an entity's IRI.
            different: likewise.
        """
        self._atlas, self._lore, self._knowledge = atlas, load_lore(knowledge), knowledge
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._by_key: dict[str, Entry] = {}
        for entry in entries:
            self._by_key[entry.referent.key] = entry
            for name in dict.fromkeys(map(normalize_name, entry.names)):
                self._entries[name].append(entry)
        self._states = {place.referent.key: place.referent for place in atlas.country_by_code.values()}
        self._forced, self._barred = _by_term(same), _by_term(different)

    def referent(self, key: str) -> Referent | None:
        """A country by its key: what places lie in."""
        return self._states.get(key)

    def with_states(self, referents: Iterable[Referent]) -> tuple[Referent, ...]:
        """Referents and the states that they lie in, sorted by key."""
        found = {referent.key: referent for referent in referents}
        states = (self._states.get(key) for r in tuple(found.values()) for key in (r.within, r.capital_of) if key)
        found |= {state.key: state for state in states if state and state.key not in found}
        return tuple(referent for _, referent in sorted(found.items()))

    def links(self, extraction: Extraction) -> dict[str, tuple[Link, ...]]:
        """Chain key -> its links, for the chains that have any."""
        grouped = mentions_by_chain(extraction)
        text = extraction.article.text
        chains = {k: checked(make_chain(k, mentions), mentions, text, self._lore) for k, mentions in grouped.items()}
        found: dict[str, list[Link]] = defaultdict(list)
        readings = self._places(chains, grouped, extraction.article.text)
        for key, chain in chains.items():
            place_links, prefers_usual = readings.get(key, ((), True))
            found[key] += place_links
            found[key] += self._named(chain, place_links, prefers_usual)
            found[key] = [*self._forced_links(chain, found[key]), *found[key]]
        return {key: tuple(links) for key, links in sorted(found.items()) if links}

    # --- decisions

    def _bars(self, chain: Chain, referent: Referent, names: Iterable[str] = ()) -> bool:
        barred = self._barred.get(referent.key, frozenset()) | self._barred.get(referent.iri, frozenset())
        return bool(barred and barred & {*_terms(chain), *map(normalize_name, (referent.name, *names))})

    def _forced_links(self, chain: Chain, found: Sequence[Link]) -> Iterator[Link]:
        if not self._forced:
            return
        linked = {link.referent.key for link in found if link.verdict == "same"}
        for key, terms in self._forced.items():
            referent = self._referent_of(key, chain)
            if referent and referent.key not in linked and terms & set(_terms(chain)):
                yield Link(chain.key, referent, 1.0, ("decided by the user",))

    def _referent_of(self, key: str, chain: Chain) -> Referent | None:
        if key in self._by_key:
            return self._by_key[key].referent
        places = (p for name in _terms(chain) for p in (*self._atlas.named(name), *self._atlas.cities.named(name)))
        return next((p.referent for p in places if key in (p.referent.key, p.referent.iri)), self.referent(key))

    # --- gazetteers

    def _named(self, chain: Chain, place_links: Sequence[Link], is_usual: bool) -> Iterator[Link]:
        """The entries that bear one of the chain's names and fit its class; of two of one source neither."""
        found: dict[str, dict[str, tuple[Entry, str]]] = defaultdict(dict)
        for name, words in _own_names(chain):
            for entry in self._entries.get(name, ()):
                if self._fits(chain, name, words, entry, place_links, is_usual):
                    found[entry.referent.source].setdefault(entry.referent.key, (entry, words))
        for _, matches in sorted(found.items()):
            for entry, words in matches.values():
                referent = entry.referent
                where = f" in {referent.origin}" if referent.origin and "//" not in referent.origin else ""
                reasons = (f"known by the name {words}{where}",)
                if len(matches) == 1:
                    yield Link(chain.key, referent, 0.95, reasons)
                else:
                    yield Link(
                        chain.key, referent, round(0.9 / len(matches), 3), (*reasons, "not the only one"), "unsure"
                    )

    def _fits(
        self, chain: Chain, name: str, words: str, entry: Entry, place_links: Sequence[Link], is_usual: bool
    ) -> bool:
        referent, lore = entry.referent, self._lore
        if self._bars(chain, referent, entry.names):
            return False
        if self._knowledge.is_a(referent.type, "Place"):
            return self._fits_place(chain, referent, place_links, is_usual)
        if not chain.is_named and not self._knowledge.is_a(referent.type, "Concept"):
            return False
        if not is_compatible(referent.type, chain.type, lore):
            return False
        is_main = name == normalize_name(referent.name)
        if not is_main and (stands_alone(words, referent.type, lore) or is_generic(words, lore)):
            return False
        if all(_is_acronym(n) for n in entry.names if normalize_name(n) == name):  # "WHO" is no "Who"
            return words in entry.names and not self._spells_out(chain, entry)
        return True

    def _fits_place(self, chain: Chain, referent: Referent, place_links: Sequence[Link], is_usual: bool) -> bool:
        """A place of a user's list is that of the atlas where it says so; else it must be what its name usually means."""
        if not _is_place(chain, self._knowledge):
            return False
        sure = [link.referent for link in place_links if link.verdict == "same"]
        ids = {
            m[1] for text in (referent.iri, *(o for _, o in referent.statements)) if (m := _GEONAMES_ID.search(text))
        }
        if ids:
            return any((m := _GEONAMES_ID.search(place.iri)) and m[1] in ids for place in sure)
        if not sure:
            return not place_links
        return is_usual and all(is_compatible(referent.type, place.type, self._lore) for place in sure)

    def _spells_out(self, chain: Chain, entry: Entry) -> bool:
        """Whether the article gives the initials another meaning than the entry's."""
        known = {normalize_name(name) for name in entry.names}
        long = {n for n in map(normalize_name, chain.texts) if " " in n}
        return bool(long) and not long & known

    # --- places

    def _places(
        self, chains: Mapping[str, Chain], grouped: Mapping[str, Sequence[Mention]], text: str
    ) -> dict[str, tuple[tuple[Link, ...], bool]]:
        """Chain key -> links to places, and whether the name means what it means most often."""
        sights = [
            self._sight(chain, grouped[key], text)
            for key, chain in chains.items()
            if chain.is_named
            and (
                _is_place(chain, self._knowledge)
                or self._is_seat(chain)
                or self._lends_its_name(chain, grouped[key], text)
            )
        ]
        sights = [sight for sight in sights if sight.candidates]
        context = _Context(sights, self._atlas)
        return {sight.chain.key: self._decide(sight, context) for sight in sights}

    def _is_seat(self, chain: Chain) -> bool:
        return chain.type != "Person" and normalize_name(chain.name) in self._atlas.seats

    def _lends_its_name(self, chain: Chain, mentions: Sequence[Mention], text: str) -> bool:
        """Whether what was taken for a body or building is only ever said of what was built there: "the Quito hospital"."""
        if chain.type not in ("Organization", "Facility") or not self._atlas.named(normalize_name(chain.name)):
            return False
        after = [_WORDS_AFTER.match(text, m.span.end) for m in mentions if m.kind == "name"]
        nouns = self._knowledge.nouns
        return all(word and self._knowledge.is_a(nouns.get(word[1].strip("."), ""), "Facility") for word in after)

    def _bare(self, name: str) -> tuple[str, str]:
        """A place's name without its kind, and the kind: "state of texas" is Texas, a region; ("lima", "") where none is said."""
        for kind, words in (("region", self._lore.before_region), ("city", self._lore.before_city)):
            for before in sorted(words):
                rest = name.removeprefix(f"{before} ")
                if rest != name and self._atlas.named(rest):
                    return rest, kind
        return name, ""

    def _sight(self, chain: Chain, mentions: Sequence[Mention], text: str) -> _Sight:
        name, kind = self._bare(normalize_name(chain.name))
        named = [m for m in mentions if m.kind == "name"]
        spoken = [m for m in named if m.rule not in {"demonym", "metonym"}]
        has_people = any(m.rule == "demonym" for m in named)
        if not _is_place(chain, self._knowledge) and self._is_seat(chain):
            return _Sight(chain, (self._atlas.seats[name],))
        candidates = self._atlas.named(name)
        if not any(m.text[:1].isupper() for m in named):
            return _Sight(chain, ())
        if self._lore.kinds.get(name) == "Region":  # nothing so called is a town: "Zanzibar"
            candidates = tuple(place for place in candidates if place.kind != "city")
        if all(m.text.isupper() for m in spoken):  # "SANA" has other letters than Sana'a
            candidates = tuple(place for place in candidates if not place.is_alternate)
        is_region, is_city = kind == "region", kind == "city"
        is_part = bool(spoken) and all(self._makes_part(mention, text) for mention in spoken)
        for mention in spoken:
            after = text[mention.span.end : mention.span.end + 50]
            if inner := self._inside(name, candidates, after):
                container, within = inner
                within = tuple(p for p in within if not self._bars(chain, p.referent))
                return _Sight(chain, within, container, is_part=is_part, has_people=has_people)
            before = " ".join(text[max(0, mention.span.start - 30) : mention.span.start].split()).casefold()
            follows = m[1].casefold().strip(".") if (m := _WORDS_AFTER.match(after)) else ""
            is_region |= follows in self._lore.after_region or before.endswith(tuple(self._lore.before_region))
            is_city |= follows in self._lore.after_city or before.endswith(tuple(self._lore.before_city))
        candidates = tuple(p for p in candidates if not self._bars(chain, p.referent))
        return _Sight(chain, candidates, None, is_region, is_city, is_part, has_people)

    def _makes_part(self, mention: Mention, text: str) -> bool:
        before, after = (
            text[max(0, mention.span.start - 30) : mention.span.start],
            text[mention.span.end : mention.span.end + 30],
        )
        return speaks_of_part(before, after, self._lore)

    def _inside(self, name: str, candidates: Sequence[Place], after: str) -> tuple[Place, tuple[Place, ...]] | None:
        """What "Paris, Texas" names: the state, and the places of that name in it; None where no state or country follows."""
        match = _CONTAINER_AFTER.match(after)
        if match is None:
            return None
        words = match[1].split()
        for size in range(len(words), 0, -1):
            for container in self._atlas.containers.get(normalize_name(" ".join(words[:size])), ()):
                within = [p for p in candidates if lies_in(p, container)]
                within += [p for p in self._atlas.cities_in(name, container) if p not in within]
                if within:
                    return container, tuple(within)
        return None

    def _decide(self, sight: _Sight, context: _Context) -> tuple[tuple[Link, ...], bool]:
        key = sight.chain.key
        readings = sorted((context.read(sight, place) for place in sight.candidates), key=_order)
        if not readings:
            return (), True
        best, *others = readings
        usual = max(
            self._atlas.named(self._bare(normalize_name(sight.chain.name))[0]) or sight.candidates,
            key=lambda p: (_prior(p), p.referent.key),
        )
        rivals = [r for r in others if r.points > best.points - _MARGIN]
        if rivals:
            told = ("could be another place of that name",)
            close = [best, *rivals][:3]
            return tuple(_link(key, r, 0.9 / len(close), (*r.reasons, *told), "unsure") for r in close), False
        if sight.is_part and best.place.kind == "city":  # "Syria's Idlib province": the part is not the city
            return (_link(key, _part_called(best), 0.3, ("spoken of as a part of a state",), "unsure"),), True
        if not context.supports(sight, best.place):
            return (_link(key, best, 0.4, (*best.reasons, "nothing else in the article is there"), "unsure"),), True
        margin = best.points - others[0].points if others else math.inf
        score = 0.98 if sight.container or not others else min(0.97, 0.8 + margin / 20)
        reasons = best.reasons or ("the one place of that name",)
        if others and not best.reasons:
            reasons = (f"far larger than {_said(others[0].place)}",)
        return (_link(key, best, score, reasons, "same"),), best.place.referent.key == usual.referent.key


class _Context:
    """What the places of one article say of each other."""

    def __init__(self, sights: Sequence[_Sight], atlas: Atlas) -> None:
        self._atlas = atlas
        self._named = Counter(
            sight.candidates[0].country
            for sight in sights
            if sight.candidates[0].kind == "country" and len(sight.candidates) == 1
        )
        self._there: dict[str, list[_Sight]] = defaultdict(list)
        for sight in sights:
            if place := _clear(sight):
                self._there[place.country].append(sight)
        self._containers = {sight.container.referent.key for sight in sights if sight.container}

    def read(self, sight: _Sight, place: Place) -> _Reading:
        """How much speaks for a reading of a name, and what."""
        points = _prior(place)
        reasons: list[str] = []
        if sight.container:
            points, reasons = points + _CONTAINER, [*reasons, f"named with {sight.container.referent.name}"]
        if (sight.is_region and place.kind == "region") or (sight.is_city and place.kind == "city"):
            points, reasons = points + _CUE, [*reasons, f"spoken of as a {place.kind}"]
        if place.referent.key in self._containers and place.kind == "region":
            points, reasons = points + _CUE, [*reasons, "named behind a city in it"]
        if place.is_alternate and _is_short(place) and _names_its_region(sight, place):
            points += _OTHER_NAME  # "Oklahoma" is the state, and seldom Oklahoma City
        if place.kind == "country":
            near = sorted(c for c in self._atlas.neighbours[place.country] if c in self._named)[:_MOST_NEIGHBOURS]
            points += _NEIGHBOUR * len(near) + (_ITS_PEOPLE if sight.has_people else 0)
            if near:
                reasons.append(f"the article names its neighbour {self._country_name(near[0])}")
        elif self._named[place.country]:
            points, reasons = (
                points + _ITS_COUNTRY_NAMED,
                [*reasons, f"the article names {self._country_name(place.country)}"],
            )
        others = [other for other in self._there[place.country] if other.chain.key != sight.chain.key]
        if others:
            points += _ANOTHER_PLACE_THERE * min(_MOST_PLACES, len(others))
            reasons.append(f"the article also names {', '.join(sorted(o.chain.name for o in others)[:3])}")
        if place.region and any(_clear_region(other) == place.region for other in others):
            points += _SAME_REGION
        return _Reading(points, place, tuple(reasons))

    def supports(self, sight: _Sight, place: Place) -> bool:
        """Whether the article makes sure enough that a name means a place at all."""
        if place.kind in {"country", "continent"} or sight.container:
            return True
        if place.kind == "region" and not place.region.startswith(ISO):
            return True
        is_known = place.population >= _KNOWN_EVERYWHERE and (not place.is_alternate or _is_short(place))
        if place.kind == "city" and (place.is_capital or is_known):
            return True
        if place.is_alternate and not _is_short(place) and place.population < _OFTEN_CALLED_SO:
            return False
        others = [other for other in self._there[place.country] if other.chain.key != sight.chain.key]
        return bool(self._named[place.country] or others or place.referent.key in self._containers)

    def _country_name(self, code: str) -> str:
        return self._atlas.country_by_code[code].referent.name if code in self._atlas.country_by_code else code


def _clear(sight: _Sight) -> Place | None:
    """The part of a state that a name means without any context, if there is one."""
    places = [p for p in sight.candidates if p.kind in {"region", "city"}]
    if len({p.country for p in sight.candidates}) != 1 or not places:
        return None
    best = max(places, key=lambda p: (_prior(p), p.referent.key))
    return best if best.kind == "region" or best.population >= _CLEAR or sight.container else None


def _clear_region(sight: _Sight) -> str:
    place = _clear(sight)
    return place.region if place else ""


def _prior(place: Place) -> float:
    """How likely news means this place by the name, before the article is read."""
    if place.kind in {"country", "continent"}:
        return _COUNTRY
    if place.kind in {"region", "seat"}:
        return _PROVINCE if place.region.startswith(ISO) else _REGION
    points = math.log10(max(10, place.population)) + _WORLD_CITY * (place.population >= _IN_ALL_NEWS)
    return points + _CAPITAL * place.is_capital + _OTHER_NAME * (place.is_alternate and not _is_short(place))


def _is_short(place: Place) -> bool:
    """Whether the name it was found by is its own but for a word like "City"."""
    return place.name in normalize_name(place.referent.name).split(" city")


def _names_its_region(sight: _Sight, city: Place) -> bool:
    """Whether a name without "City" is that of the region around it, unless the city is a capital or known to all the world."""
    if city.is_capital or city.population >= _IN_ALL_NEWS:
        return False
    return any(place.kind == "region" and place.country == city.country for place in sight.candidates)


def _order(reading: _Reading) -> tuple[float, str]:
    return -reading.points, reading.place.referent.key


def _link(chain: str, reading: _Reading, score: float, reasons: tuple[str, ...], verdict: str) -> Link:
    assert verdict in ("same", "unsure")
    said = f"{reading.place.referent.name}, a {reading.place.kind}"
    return Link(chain, reading.place.referent, round(score, 3), (said, *reasons), verdict)  # type: ignore[arg-type]


def _part_called(reading: _Reading) -> _Reading:
    """The part of a state that is called after a city, as a thing of its own: nothing more is known of it."""
    city = reading.place
    key = f"region:{city.country}/{normalize_name(city.referent.name)}"
    referent = Referent(key, city.referent.name, "Region", within=city.referent.within, source=city.referent.source)
    return reading._replace(place=Place(referent, "region", city.country))


def _said(place: Place) -> str:
    return f"{place.referent.name} in {place.country}"


def _is_place(chain: Chain, knowledge: Knowledge) -> bool:
    return knowledge.is_a(chain.type, "Place") and chain.type != "Facility"


def _own_names(chain: Chain) -> Iterator[tuple[str, str]]:
    """(normal form, words) of the names that the article gives a chain; its best name first."""
    seen = set()
    for words in (chain.name, *chain.texts):
        if (name := normalize_name(words)) not in seen:
            seen.add(name)
            yield name, words


def _is_acronym(words: str) -> bool:
    plain = words.replace(".", "").replace("-", "")
    return plain.isupper() and len(plain) < 7 and " " not in words


def _terms(chain: Chain) -> tuple[str, ...]:
    return (chain.key, *(name for name, _ in _own_names(chain)))


def _by_term(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Referent key or IRI -> the normal names and chain keys that a decision speaks of with it.

    Either side may be the referent; a name that looks like one does no harm.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for left, right in pairs:
        for key, term in ((left, right), (right, left)):
            if ":" in key:
                found[key] |= {term, normalize_name(_name_of(term))}
    return {key: frozenset(terms) for key, terms in sorted(found.items())}


def _name_of(term: str) -> str:
    """The name that an entity's IRI is made of, or the term itself."""
    local = term.rpartition("/id/")[2] if "://" in term else term
    return local.partition("__")[0].replace("_", " ")
