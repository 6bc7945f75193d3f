"""Events told by several articles, or twice by one, become one node; each decision is a judgement with its reasons.

Comes in: the extractions of a corpus, their entities, and the user's decisions. Goes out: which event mentions tell one event,
depending on the set of extractions alone. Precision comes before recall: what could be either of two meetings stays apart.

    event mentions | tellings | pairs that share a key | evidence (FEATURES) | union under BLOCKERS | events

Two tellings that share no participant are never compared, and of many that share their keys only neighbours in time are, so
that the work grows with the number of events. What speaks for one event is data (`ontology/lexicon/events.toml`).
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import re
import sys
import tomllib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from kg.compare import load_lore
from kg.errors import OntologyError
from kg.lexicon import Knowledge, load_knowledge
from kg.model import Claim, Entity, EventMention, Extraction, Judgement, Mention, chain_key, content_id
from kg.resolve import Decisions, Resolution

_NEIGHBOURS = 24
"""With how many that follow it in time a telling is compared, for each key that they share."""

_MOST_ANCHORS = 6
"""How many participants of one telling make keys: a list of twenty guests says no more."""

_REACH = 6
"""How many words after a verb "again" may stand: "met his old rival Luis Vera again"."""

_PLACE = "place"
_PARTIES = frozenset({"agent", "patient", "recipient"})
"""Roles that are one where the event is mutual: whoever met somebody was also met."""

_AT, _ON = "tookPlaceAt", "occurredOn"
_WITHIN = frozenset({"locatedIn", "capitalOf", "partOf"})
_WORD = re.compile(r"\w+")


# --- what is known of events ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EventLore:
    """`events.toml`, and what the ontology says of event classes."""

    routine: frozenset[str]
    again: frozenset[str]
    again_after: frozenset[str]
    numbers: frozenset[str]
    counted: Mapping[str, int]
    happened: frozenset[str]
    once: Mapping[str, str]
    once_a_day: Mapping[str, str]
    points: Mapping[str, float]
    limits: Mapping[str, float]
    mutual: frozenset[str]
    knowledge: Knowledge

    tops: dict[str, str] = field(default_factory=dict, compare=False)

    def top(self, cls: str) -> str:
        """The class right below Event that an event class belongs to."""
        if cls not in self.tops:
            self.tops[cls] = self._top(cls)
        return self.tops[cls]

    def is_kind(self, left: str, right: str) -> bool:
        """Whether one class is the other or above it."""
        return left == right or self.knowledge.is_a(left, right) or self.knowledge.is_a(right, left)

    def _top(self, cls: str) -> str:
        above = [c for c in (cls, *self.knowledge.superclasses.get(cls, ())) if self.knowledge.is_a(c, "Event")]
        return next((c for c in above if self.knowledge.superclasses.get(c, ("",))[0] == "Event"), cls)


def load_event_lore(knowledge: Knowledge) -> EventLore:
    """Read `events.toml` of an ontology folder.

    Raises:
        OntologyError: the file is missing or wrong, or names a class that the ontology lacks.
    """
    path = knowledge.folder / "lexicon" / "events.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        unknown = sorted({*data["routine"], *data["once"], *data["once_a_day"]} - knowledge.superclasses.keys())
        if unknown:
            raise OntologyError(f"unknown class {unknown[0]!r}", where=str(path), hint="declare it in kg.ttl")
        return EventLore(
            routine=frozenset(data["routine"]),
            again=frozenset(data["again"]),
            again_after=frozenset(data["again_after"]),
            numbers=load_lore(knowledge).number_words,
            counted={word: int(number) for word, number in data["counted"].items()},
            happened=frozenset(data["happened"]),
            once=dict(data["once"]),
            once_a_day=dict(data["once_a_day"]),
            points={name: float(points) for name, points in data["points"].items()},
            limits={name: float(limit) for name, limit in data["limits"].items()},
            mutual=frozenset(c for c, given in knowledge.gives.items() if any(map(knowledge.is_symmetric, given))),
            knowledge=knowledge,
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise OntologyError(f"not a lexicon of events: {error}", where=str(path), hint="restore the file") from error


# --- result -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EventMerge:
    """Which event mentions tell one event.

    `entities` are those of the resolution, those that name one event united; `judgements` say why. `event_of` gives, for the
    key of each event mention (see `event_key`) that shares its event with another, the entity that names the event, or one
    with the id of the event's smallest mention where no noun names it. `times` gives the narrowest time that is told of it.
    """

    entities: tuple[Entity, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    event_of: Mapping[str, Entity] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)


def event_key(event: EventMention) -> str:
    """The corpus-wide name of an event mention: what judgements and the user's decisions speak of."""
    return f"{event.article_id}#{event.id}"


def merge_events(
    extractions: Iterable[Extraction],
    resolution: Resolution,
    *,
    decisions: Decisions | None = None,
    knowledge: Knowledge | None = None,
) -> EventMerge:
    """Find the event mentions that tell one event.

    Args:
        extractions: one per article, in any order; read twice.
        resolution: the entities of their mentions.
        decisions: verdicts of the user, which override every rule; an event is named by its key or IRI.
        knowledge: the ontology and lexica; by default those that ship.

    Raises:
        OntologyError: the lexicon of events is missing or wrong.
    """
    lore = load_event_lore(knowledge or load_knowledge())
    world = _World(extractions, resolution, lore)
    tellings = sorted((t.shared() for e in extractions for t in world.tellings(e)), key=lambda telling: telling.key)
    clusters = _Clusters(tellings, world)
    clusters.decide(decisions or Decisions())
    clusters.apply(_pairs(tellings, lore))
    return _result(clusters, resolution, tellings)


# --- tellings ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Telling:
    """One event mention, its participants resolved.

    `who` are (role, entity id), `things` (role, noun) of fillers without a name of their own in the corpus, `counts` the number told with
    such a noun; `start` and `end` are ISO days, "" where unknown, `time` the same as told; `node` is the entity of the noun that names the event, `name` the same
    where that is a proper name; `again` are words that tell it from another of its kind.
    """

    key: str
    article: str
    type: str
    status: str
    who: tuple[tuple[str, str], ...]
    things: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str, str], ...]
    places: tuple[str, ...]
    start: str
    end: str
    time: str
    published: str
    node: str
    name: str
    words: str
    again: frozenset[str]
    sentence: bytes

    def shared(self) -> Telling:
        """The same with its texts sharing their memory with those of others: most are said again and again."""
        return Telling(*(_shared(getattr(self, name)) for name in self.__slots__))

    @property
    def is_dated(self) -> bool:
        return bool(self.start or self.end)

    @property
    def day(self) -> str:
        """The one day on which it happened, or ""."""
        return self.start if self.start == self.end else ""


def _shared(value: Any) -> Any:
    """An equal value in which equal texts are one object, as empty sets are."""
    if isinstance(value, str):
        return sys.intern(value)
    if isinstance(value, tuple):
        return tuple(map(_shared, value))
    return value or frozenset() if isinstance(value, frozenset) else value


class _World:
    """What tells entities apart: their names, classes and places, looked up by id."""

    def __init__(self, extractions: Iterable[Extraction], resolution: Resolution, lore: EventLore) -> None:
        self.lore = lore
        self._entity_of = resolution.entity_of
        self.entities = {entity.id: entity for entity in resolution.entities}
        self.named: set[str] = set()
        self._above: dict[str, set[str]] = defaultdict(set)
        self._around: dict[str, frozenset[str]] = {}
        for extraction in extractions:
            mentions = {m.id: m for m in extraction.mentions}
            self.named.update(self.entity(m).id for m in extraction.mentions if m.kind == "name")
            for claim in extraction.claims:
                if claim.predicate in _WITHIN and claim.status in lore.happened and claim.object.mention:
                    inner, outer = (self.entity(mentions[i]).id for i in (claim.subject, claim.object.mention))
                    self._above[inner].add(outer)

    def entity(self, mention: Mention) -> Entity:
        return self._entity_of[chain_key(mention)]

    def name(self, entity_id: str) -> str:
        return self.entities[entity_id].name

    def is_a(self, entity_id: str, cls: str) -> bool:
        return self.lore.knowledge.is_a(self.entities[entity_id].type, cls)

    def around(self, place: str) -> frozenset[str]:
        """The place and those that it lies in, as articles say and as the table of countries knows of capitals."""
        if place not in self._around:
            found, todo = {place}, [place]
            while todo:
                new = self._above.get(todo.pop(), set()) - found
                found |= new
                todo += new
            self._around[place] = frozenset(found | {self._country(inner) for inner in found} - {""})
        return self._around[place]

    def _country(self, place: str) -> str:
        """The state that a place is, or is the capital of, under a name that is no entity's id; "" for any other place."""
        name, knowledge = self.name(place).casefold(), self.lore.knowledge
        is_state = self.is_a(place, "Country")
        country = knowledge.by_country_name.get(name) if is_state else knowledge.by_capital.get(name)
        return f"state {country.name}" if country else f"state {name}" if is_state else ""

    def states(self, place: str) -> frozenset[str]:
        """The states that a place is or lies in, as far as known."""
        return frozenset(name for name in self.around(place) if name.startswith("state "))

    def is_related(self, left: str, right: str) -> bool:
        """Whether they are one, or one lies within the other."""
        if left in self.around(right) or right in self.around(left):
            return True
        return self._is_state_of(left, right) or self._is_state_of(right, left)

    def _is_state_of(self, state: str, place: str) -> bool:
        return self.is_a(state, "Country") and not self.states(state).isdisjoint(self.states(place))

    # from event mentions

    def tellings(self, extraction: Extraction) -> Iterator[Telling]:
        mentions = {m.id: m for m in extraction.mentions}
        for event in extraction.events:
            yield self._telling(event, extraction, mentions)
        triggered = {chain_key(mentions[e.mention]) for e in extraction.events if e.mention in mentions}
        chains: dict[str, Mention] = {}
        for mention in extraction.mentions:
            key = chain_key(mention)
            if key not in triggered and self.is_a(self.entity(mention).id, "Event"):
                chains[key] = min(chains.get(key, mention), mention, key=lambda m: (m.span, m.id))
        told: dict[str, list[Claim]] = defaultdict(list)
        for claim in extraction.claims:
            if chain_key(mentions[claim.subject]) in chains:
                told[chain_key(mentions[claim.subject])].append(claim)
        for key, mention in sorted(chains.items()):
            if key in told:
                yield self._of_noun(mention, told[key], extraction, mentions)

    def _of_noun(
        self, noun: Mention, claims: Sequence[Claim], extraction: Extraction, mentions: Mapping[str, Mention]
    ) -> Telling:
        """An event that a noun names and of which only claims speak: "the explosion in Loja on Tuesday killed 14"."""
        entity = self.entity(noun)
        places = {
            self.entity(mentions[c.object.mention]).id for c in claims if c.predicate == _AT and c.object.mention
        } | {self.entity(mentions[claim.place]).id for claim in claims if claim.place}
        dated = sorted((c.time for c in claims if c.time and c.predicate == _ON), key=lambda time: time.value)
        time = dated[0] if dated and len({found.value for found in dated}) == 1 else None
        happened = [claim for claim in claims if claim.status in self.lore.happened]
        words = _WORD.findall(noun.text.casefold())
        return Telling(
            key=chain_key(noun),
            article=noun.article_id,
            type=entity.type,
            status="happened" if happened else claims[0].status,
            who=(),
            things=(),
            counts=(),
            places=tuple(sorted(places)),
            start=time.start[:10] if time else "",
            end=time.end[:10] if time else "",
            time=time.value if time else "",
            published=extraction.article.published[:10],
            node=entity.id,
            name=entity.id if entity.id in self.named else "",
            words=words[-1] if words else "",
            again=self.lore.again.intersection(words),
            sentence=b"",
        )

    def _telling(self, event: EventMention, extraction: Extraction, mentions: Mapping[str, Mention]) -> Telling:
        lore, text = self.lore, extraction.article.text
        who, things, counts = set(), set(), set()
        for argument in event.arguments:
            mention = mentions.get(argument.mention)
            if mention is None or mention.rule == "unnamed":
                continue
            entity = self.entity(mention)
            role = argument.role
            if event.type in lore.mutual and role in _PARTIES:
                role = "party"
            who.add((role, entity.id))
            if entity.id not in self.named and role != _PLACE:
                *before, noun = _WORD.findall(mention.text.casefold()) or [""]
                things.add((role, noun))
                counts |= {(role, noun, word) for word in before if word in lore.numbers or word.isdigit()}
        places = {self.entity(mentions[event.place]).id} if event.place else set()
        places |= {filler for role, filler in who if role == _PLACE}
        noun = mentions.get(event.mention)
        node = self.entity(noun).id if noun else ""
        time = event.time
        return Telling(
            key=event_key(event),
            article=event.article_id,
            type=event.type,
            status="happened" if event.status in lore.happened else event.status,
            who=tuple(sorted((role, filler) for role, filler in who if role != _PLACE)),
            things=tuple(sorted(things)),
            counts=tuple(sorted(counts)),
            places=tuple(sorted(places)),
            start=time.start[:10] if time else "",
            end=time.end[:10] if time else "",
            time=time.value if time else "",
            published=extraction.article.published[:10],
            node=node,
            name=node if node in self.named else "",
            words=event.evidence.predicate_text.casefold(),
            again=self._again(event, text, mentions),
            sentence=_digest(event, text),
        )

    def _again(self, event: EventMention, text: str, mentions: Mapping[str, Mention]) -> frozenset[str]:
        """What stands right before the trigger, soon after it, or in the noun that names the event."""
        trigger, sentence = event.evidence.trigger, event.evidence.sentence
        before = _WORD.findall(text[sentence.start : trigger.start].casefold())[-1:]
        after = _WORD.findall(text[trigger.end : sentence.end].casefold())[:_REACH]
        noun = mentions[event.mention].text.casefold() if event.mention in mentions else ""
        return self.lore.again.intersection((*before, *_WORD.findall(noun))) | self.lore.again_after.intersection(after)


def _digest(event: EventMention, text: str) -> bytes:
    """The words of the sentence and where in it the trigger stands; nothing for a short sentence, which anybody may write."""
    sentence, trigger = event.evidence.sentence, event.evidence.trigger
    words = _WORD.findall(sentence.of(text).casefold())
    if len(words) < 6:
        return b""
    ahead = len(_WORD.findall(text[sentence.start : trigger.start]))
    return hashlib.blake2b(f"{' '.join(words)}|{ahead}".encode("utf-8", "surrogatepass"), digest_size=12).digest()


# --- pairs to look at -------------------------------------------------------------------------------------------------


def _pairs(tellings: Sequence[Telling], lore: EventLore) -> Iterator[tuple[int, int]]:
    """Pairs that share a key, each once, sorted; of those with one key only neighbours in time."""
    buckets: dict[object, list[int]] = defaultdict(list)
    for i, telling in enumerate(tellings):
        for key in _keys(telling, lore):
            buckets[key].append(i)
    found, size = array("Q"), len(tellings)  # each pair as one number: there are many more than tellings
    for bucket in buckets.values():
        if len(bucket) > 1:
            bucket.sort(key=lambda i: (tellings[i].start or tellings[i].end or tellings[i].published, i))
            for place, i in enumerate(bucket):
                found.extend(min(i, j) * size + max(i, j) for j in bucket[place + 1 : place + 1 + _NEIGHBOURS])
    buckets.clear()
    for number in np.unique(np.frombuffer(found, np.uint64)) if found else ():
        yield divmod(int(number), size)


def _keys(telling: Telling, lore: EventLore) -> Iterator[object]:
    top = lore.top(telling.type)
    anchors = sorted({filler for _, filler in telling.who} | set(telling.places))[:_MOST_ANCHORS]
    if telling.sentence:
        yield telling.sentence
    if telling.type in lore.routine:
        return
    for pair in itertools.combinations(anchors, 2):
        yield top, *pair
    for anchor in anchors:
        if telling.day:
            yield top, anchor, telling.day
        if telling.type in lore.once:
            yield top, anchor, "once"


# --- evidence ---------------------------------------------------------------------------------------------------------

Evidence = Iterator[tuple[str, str]]
"""Kinds of evidence, as `events.toml` weighs them, each with its reason in words."""

Feature = Callable[[Telling, Telling, _World], Evidence]


def same_participants(left: Telling, right: Telling, world: _World) -> Evidence:
    shared = sorted(set(left.who) & set(right.who))
    for role, filler in shared:
        yield "participant" if filler in world.named else "unnamed", f"same {role}: {world.name(filler)}"
    parties = [filler for role, filler in shared if role == "party"]
    if len(parties) == 1:
        yield "one_party", "the other party may be another"


def same_things(left: Telling, right: Telling, world: _World) -> Evidence:
    """Nouns that name nothing of their own: "missiles", "police"."""
    shared = {role for role, _ in set(left.who) & set(right.who)}
    for role in sorted({role for role, _ in left.things} & {role for role, _ in right.things} - shared):
        one, two = ({noun for r, noun in telling.things if r == role} for telling in (left, right))
        if one & two:
            yield "thing", f"same {role}: {min(one & two)}"
        else:
            yield "other_thing", f"other {role}: {min(one)}, {min(two)}"


def same_number(left: Telling, right: Telling, world: _World) -> Evidence:
    """So many of a kind, and as many of that kind by name: "the two presidents met", "Kim met Putin"."""
    for group, named in ((left, right), (right, left)):
        for role, noun, word in group.counts:
            number = world.lore.counted.get(word) or (int(word) if word.isdecimal() else 0)
            who = [filler for r, filler in named.who if r == role and filler in world.named]
            cls = world.lore.knowledge.nouns.get(noun.removesuffix("s"), "")
            counted = [r for r, _ in group.who].count(role)
            if len(who) == number > 1 == counted and cls and all(world.is_a(filler, cls) for filler in who):
                yield "group", f"{word} {noun}: {' and '.join(sorted(map(world.name, who)))}"


def same_place(left: Telling, right: Telling, world: _World) -> Evidence:
    if shared := set(left.places) & set(right.places):
        yield "place", f"same place: {world.name(min(shared))}"
    else:
        for one, two in itertools.product(left.places, right.places):
            if world.is_related(one, two):
                yield "within", f"{world.name(one)} and {world.name(two)}, one within the other"
                return


def same_time(left: Telling, right: Telling, world: _World) -> Evidence:
    if left.is_dated and right.is_dated:
        if left.day and left.day == right.day:
            yield "day", f"same day: {left.day}"
        elif not _are_apart(left, right):
            length = min(_days(left), _days(right))
            kind = "week" if length <= 7 else "month" if length <= 31 else "year"
            yield kind, f"times that overlap: {_said(left)}, {_said(right)}"
    elif reason := _told_close(left, right, world.lore):
        yield "close", reason


def same_words(left: Telling, right: Telling, world: _World) -> Evidence:
    if left.words == right.words:
        yield "words", f"same words: {left.words}"


def same_roles(left: Telling, right: Telling, world: _World) -> Evidence:
    if left.who and left.who == right.who:
        yield "roles", "the same participants in all"


def only_once(left: Telling, right: Telling, world: _World) -> Evidence:
    """Nobody dies twice, or is dismissed twice a day; no town has two earthquakes a day. Groups and states do not count:
    Germans are killed every day."""
    if left.type != right.type:
        return
    is_one_day = bool(left.day) and left.day == right.day
    shared = [*sorted(set(left.who) & set(right.who)), *((_PLACE, p) for p in left.places if p in right.places)]
    for role, filler in shared:
        is_broad = world.is_a(filler, "Country") if role == _PLACE else world.is_a(filler, "Place")
        if filler not in world.named or is_broad or world.is_a(filler, "Group"):
            continue
        if world.lore.once.get(left.type) == role:
            yield "once", f"happens only once to {world.name(filler)}"
        elif world.lore.once_a_day.get(left.type) == role and is_one_day:
            yield "once_a_day", f"happens at most once a day {'in' if role == _PLACE else 'to'} {world.name(filler)}"


def same_sentence(left: Telling, right: Telling, world: _World) -> Evidence:
    if left.sentence and left.sentence == right.sentence and left.type == right.type:
        yield "sentence", "the same sentence"


FEATURES: tuple[Feature, ...] = (
    same_participants,
    same_things,
    same_number,
    same_place,
    same_time,
    same_words,
    same_roles,
    only_once,
    same_sentence,
)

_INVOLVED = frozenset(
    {"participant", "unnamed", "place", "within", "thing", "group", "other_thing", "one_party", "once_a_day"}
)
_SHARP = frozenset({"day", "once", "sentence"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The evidence for one event: points, reasons, and whether they are enough; `is_sharp` where no other event fits as well."""

    points: float
    reasons: tuple[str, ...]
    is_enough: bool
    is_sharp: bool

    @property
    def score(self) -> float:
        """From 0 to 1: each two points halve the doubt."""
        return round(1 - 2 ** (-max(self.points, 0.0) / 2), 3)


def _are_alike(left: Telling, right: Telling, lore: EventLore) -> bool:
    """Whether it is worth weighing: most pairs that share people are of other days or kinds."""
    return left.status == right.status and not _are_apart(left, right) and lore.is_kind(left.type, right.type)


def weigh(left: Telling, right: Telling, world: _World) -> Verdict:
    """All that speaks for and against two tellings being of one event."""
    lore, limits = world.lore, world.lore.limits
    found = [evidence for feature in FEATURES for evidence in feature(left, right, world)]
    kinds = [kind for kind, _ in found]
    points = sum(lore.points[kind] for kind in kinds)
    involved = sum(lore.points[kind] for kind in kinds if kind in _INVOLVED)
    has_time = any(kind in kinds for kind in ("day", "week", "month", "close"))
    if "sentence" in kinds:
        is_enough = "participant" in kinds or "unnamed" in kinds
    elif left.type in lore.routine or right.type in lore.routine:
        is_enough = False
    elif "once" in kinds:
        is_enough = points >= limits["enough"]
    else:
        least = limits["involved" if has_time else "involved_long"]
        is_enough = (has_time or "year" in kinds) and involved >= least and points >= limits["enough"]
    return Verdict(
        points, tuple(reason for _, reason in found), is_enough, "group" not in kinds and not _SHARP.isdisjoint(kinds)
    )


def _date(day: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(day)
    except ValueError:
        return None


def _days(telling: Telling) -> int:
    """How many days its time spans; a century where an end is open."""
    start, end = _date(telling.start), _date(telling.end)
    return (end - start).days + 1 if start and end else 36_500


def _said(telling: Telling) -> str:
    return telling.day or f"{telling.start or '…'}/{telling.end or '…'}"


def _are_apart(left: Telling | _Event, right: Telling | _Event) -> bool:
    """Whether one ends before the other begins, as far as told."""
    one, two = (left.end, right.start), (right.end, left.start)
    return any(end and start and end < start for end, start in (one, two))


def _told_close(left: Telling, right: Telling, lore: EventLore) -> str:
    """Why an event without a time can be the other, or "": news is new."""
    one, two = _date(left.published), _date(right.published)
    if not left.is_dated and not right.is_dated:
        if left.article == right.article:
            return "told in one article"
        if one and two and abs((one - two).days) <= lore.limits["days_between"]:
            return f"published on {left.published} and {right.published}"
        return ""
    dated, other = (left, right) if left.is_dated else (right, left)
    start, published = _date(dated.start), _date(other.published)
    if start and published and other.status == "happened":
        if 0 <= (published - start).days <= lore.limits["days_after"]:
            return f"published on {other.published}, soon after {_said(dated)}"
    return ""


# --- reasons not to ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Event:
    """All that the tellings of one event say of it. `clash` says where they contradict one another."""

    members: list[int]
    types: set[str]
    status: str
    start: str
    end: str
    places: set[str]
    who: dict[str, set[str]]
    names: set[str]
    again: frozenset[str]
    counts: dict[tuple[str, str], set[str]]
    clash: str = ""

    @classmethod
    def of(cls, i: int, telling: Telling, world: _World) -> _Event:
        who: dict[str, set[str]] = defaultdict(set)
        for role, filler in telling.who:
            if filler in world.named:
                who[role].add(filler)
        counts: dict[tuple[str, str], set[str]] = defaultdict(set)
        for role, noun, number in telling.counts:
            counts[role, noun].add(number)
        return cls(
            members=[i],
            types={telling.type},
            status=telling.status,
            start=telling.start,
            end=telling.end,
            places={place for place in telling.places if place in world.named},
            who=who,
            names={telling.name} - {""},
            again=telling.again,
            counts=counts,
        )

    def take(self, other: _Event) -> None:
        self.members += other.members
        self.types |= other.types
        self.start = max(self.start, other.start)
        self.end = min(filter(None, (self.end, other.end)), default="")
        self.places |= other.places
        for role, fillers in other.who.items():
            self.who[role] |= fillers
        self.names |= other.names
        self.again |= other.again
        for thing, numbers in other.counts.items():
            self.counts[thing] |= numbers
        self.clash = self.clash or other.clash


Blocker = Callable[[_Event, _Event, _World], str]


def other_class(left: _Event, right: _Event, world: _World) -> str:
    for one, two in itertools.product(sorted(left.types), sorted(right.types)):
        if not world.lore.is_kind(one, two):
            return f"{one} and {two} are different kinds"
    return ""


def other_status(left: _Event, right: _Event, world: _World) -> str:
    return "" if left.status == right.status else f"one is {left.status}, the other {right.status}"


def other_time(left: _Event, right: _Event, world: _World) -> str:
    if _are_apart(left, right):
        one, two = (
            event.start if event.start == event.end else f"{event.start}/{event.end}" for event in (left, right)
        )
        return f"different times: {one}, {two}"
    return ""


def other_place(left: _Event, right: _Event, world: _World) -> str:
    """Two places of one rank, such as two cities, where neither lies within the other."""
    for one, two in itertools.product(sorted(left.places), sorted(right.places)):
        if not world.is_related(one, two) and _rank(one, world) == _rank(two, world):
            return f"different places: {world.name(one)}, {world.name(two)}"
    for one, two in itertools.product(sorted(left.places), sorted(right.places)):
        states = world.states(one), world.states(two)
        if all(states) and states[0].isdisjoint(states[1]):
            return f"different states: {world.name(one)}, {world.name(two)}"
    return ""


def _rank(place: str, world: _World) -> str:
    ranks = ("Country", "City", "Facility")
    return next((rank for rank in ranks if world.is_a(place, rank)), place)


def other_participants(left: _Event, right: _Event, world: _World) -> str:
    """Each side names somebody in a role whom the other does not."""
    for role in sorted(left.who.keys() & right.who.keys()):
        one, two = left.who[role], right.who[role]
        only_one = sorted(a for a in one - two if not any(world.is_related(a, b) for b in two))
        only_two = sorted(b for b in two - one if not any(world.is_related(a, b) for a in one))
        if only_one and only_two:
            return f"different {role}: {world.name(only_one[0])}, {world.name(only_two[0])}"
    return ""


def other_number(left: _Event, right: _Event, world: _World) -> str:
    for role, noun in sorted(left.counts.keys() & right.counts.keys()):
        one, two = left.counts[role, noun], right.counts[role, noun]
        if one.isdisjoint(two):
            return f"different numbers: {min(one)} and {min(two)} {noun}"
    return ""


def other_occasion(left: _Event, right: _Event, world: _World) -> str:
    if left.again != right.again:
        return f"told as another occasion: {', '.join(sorted(left.again ^ right.again))}"
    return ""


def other_name(left: _Event, right: _Event, world: _World) -> str:
    if left.names and right.names and left.names != right.names:
        return f"different names: {world.name(min(left.names))}, {world.name(min(right.names))}"
    return ""


def own_clash(left: _Event, right: _Event, world: _World) -> str:
    return left.clash or right.clash


BLOCKERS: tuple[Blocker, ...] = (
    other_time,
    other_place,
    other_participants,
    other_number,
    other_occasion,
    other_name,
    own_clash,
)
"""Reasons why two events that look like one are two: each is told in a judgement."""

KINDS: tuple[Blocker, ...] = (other_class, other_status)
"""What makes two things not even alike; not worth a judgement."""


# --- clusters ---------------------------------------------------------------------------------------------------------


class _Clusters:
    """Tellings united, the strongest evidence first; a union that a blocker speaks against is not made."""

    def __init__(self, tellings: Sequence[Telling], world: _World) -> None:
        self.tellings = tellings
        self.world = world
        self.judgements: list[Judgement] = []
        self._parent = list(range(len(tellings)))
        self._foes: dict[int, set[int]] = defaultdict(set)
        self._events: dict[int, _Event] = {}
        by_node: dict[str, int] = {}
        for i, telling in enumerate(tellings):  # one noun, or nouns of one chain, name one event already
            if telling.node and by_node.setdefault(telling.node, i) != i:
                first = self.find(by_node[telling.node])
                clash = other_time(self.event(first), self.event(i), world) or self.event(first).clash
                self._join(first, i)
                self.event(i).clash = clash

    def find(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def event(self, i: int) -> _Event:
        """What is told of the event of a telling."""
        root = self.find(i)
        if root not in self._events:
            self._events[root] = _Event.of(root, self.tellings[root], self.world)
        return self._events[root]

    def groups(self) -> Iterator[list[int]]:
        """The members of each event that is told more than once."""
        for _, event in sorted(self._events.items()):
            if len(event.members) > 1:
                yield sorted(event.members)

    def _join(self, left: int, right: int) -> None:
        keep, gone = sorted((self.find(left), self.find(right)), key=lambda i: (-len(self.event(i).members), i))
        self.event(keep).take(self.event(gone))
        self._parent[gone] = keep
        del self._events[gone]
        self._foes[keep] |= self._foes.pop(gone, set())

    # what the user decided

    def decide(self, decisions: Decisions) -> None:
        """Unite and part what the user says; `different` wins over rules, `same` over blockers."""
        if not (decisions.same or decisions.different):
            return
        by_name = {name: i for i, t in enumerate(self.tellings) for name in (t.key, t.key.rpartition("#")[2])}

        def of(term: str) -> int | None:
            local = term.rpartition("/event/")[2] if "/event/" in term else term.removeprefix("event:")
            return by_name.get(local)

        for verdict, pairs in (("different", decisions.different), ("same", decisions.same)):
            for left, right in pairs:
                i, j = of(left), of(right)
                if i is None or j is None or i == j:
                    continue
                if verdict == "different":
                    self._foes[self.find(i)].add(j)
                    self._foes[self.find(j)].add(i)
                elif self.find(i) == self.find(j) or self._are_foes(i, j):
                    continue
                else:
                    self._join(i, j)
                self._judge(i, j, verdict, 1.0, f"decided by the user: {left}, {right}")

    def _are_foes(self, i: int, j: int) -> bool:
        left, right = self.find(i), self.find(j)
        return any(self.find(foe) == right for foe in self._foes.get(left, ())) or any(
            self.find(foe) == left for foe in self._foes.get(right, ())
        )

    # what the articles tell

    def apply(self, pairs: Iterable[tuple[int, int]]) -> None:
        weighed = []
        for i, j in pairs:
            if self.find(i) != self.find(j) and _are_alike(self.tellings[i], self.tellings[j], self.world.lore):
                verdict = weigh(self.tellings[i], self.tellings[j], self.world)
                if verdict.is_enough:
                    weighed.append((not verdict.is_sharp, -verdict.points, i, j, verdict))
        weighed.sort(key=lambda item: item[:4])
        fits: dict[int, list[int]] = defaultdict(list)
        for is_vague, _, i, j, _ in weighed:
            if is_vague:
                fits[i].append(j)
                fits[j].append(i)
        parted: set[int] = set()
        for is_vague, _, i, j, verdict in weighed:
            if self.find(i) == self.find(j) or self._against(i, j, KINDS):
                continue
            if reason := self._blocked(i, j):
                if not parted.issuperset((i, j)):
                    parted |= {i, j}
                    self._judge(i, j, "different", verdict.score, reason, *verdict.reasons)
            elif is_vague and (rival := self._rival(i, j, fits) or self._rival(j, i, fits)):
                self._judge(i, j, "unsure", verdict.score / 2, rival, *verdict.reasons)
            else:
                self._join(i, j)
                self._judge(i, j, "same", verdict.score, *verdict.reasons)

    def _blocked(self, i: int, j: int) -> str:
        """Why two tellings' events cannot be one, or ""."""
        if self._are_foes(i, j):
            return "decided by the user"
        return self._against(i, j, (*KINDS, *BLOCKERS))

    def _against(self, i: int, j: int, blockers: Iterable[Blocker]) -> str:
        left, right = self.event(i), self.event(j)
        return next((reason for blocker in blockers if (reason := blocker(left, right, self.world))), "")

    def _rival(self, i: int, j: int, fits: Mapping[int, Sequence[int]]) -> str:
        """Why `i`, of a vague time, may be another event than `j`'s, or ""."""
        others = {self.find(other) for other in fits[i]} - {self.find(i), self.find(j)}
        for other in sorted(others):
            if not self._blocked(i, other) and self._blocked(j, other):
                return f"could also be {self.tellings[min(self.event(other).members)].key}"
        return ""

    def _judge(self, i: int, j: int, verdict: str, score: float, *reasons: str) -> None:
        left, right = sorted((self.tellings[i].key, self.tellings[j].key))
        assert verdict in ("same", "different", "unsure")
        self.judgements.append(Judgement(left, right, verdict, round(score, 3), reasons))  # type: ignore[arg-type]


# --- events as entities -----------------------------------------------------------------------------------------------


def _result(clusters: _Clusters, resolution: Resolution, tellings: Sequence[Telling]) -> EventMerge:
    entities = {entity.id: entity for entity in resolution.entities}
    event_of: dict[str, Entity] = {}
    times: dict[str, str] = {}
    for group in clusters.groups():
        told = [tellings[i] for i in group]
        nodes = sorted({telling.node for telling in told} - {""})
        if nodes:
            event = _united([entities.pop(node) for node in nodes], {telling.name for telling in told})
            entities[event.id] = event
        else:
            smallest = min(telling.key.rpartition("#")[2] for telling in told)
            cls = _narrowest({t.type for t in told}, clusters.world)
            event = Entity(id=smallest, type=cls, name=_label(cls, told, clusters.world))
        event_of |= {telling.key: event for telling in told}
        if dated := [telling for telling in told if telling.time]:
            best = min(dated, key=lambda t: (_days(t), t.time, t.key))
            times |= {telling.key: best.time for telling in told}
    order = sorted(set(clusters.judgements), key=lambda j: (j.left, j.right, j.verdict, j.reasons))
    return EventMerge(tuple(sorted(entities.values(), key=lambda e: e.id)), tuple(order), event_of, times)


def _united(entities: Sequence[Entity], named: set[str]) -> Entity:
    """One entity for nouns of several articles that name one event: the name of the named one, or of the most told."""
    best = min(entities, key=lambda e: (e.id not in named, -len(e.members), -len(e.name), e.id))
    members = tuple(sorted(member for entity in entities for member in entity.members))
    names = {name for entity in entities for name in (entity.name, *entity.aliases)} - {best.name}
    external = tuple(sorted({iri for entity in entities for iri in entity.external_ids}))
    return replace(
        best, id=content_id(members[0]), aliases=tuple(sorted(names)), members=members, external_ids=external
    )


def _narrowest(types: set[str], world: _World) -> str:
    return max(sorted(types), key=lambda cls: len(world.lore.knowledge.superclasses.get(cls, ())))


def _label(cls: str, told: Sequence[Telling], world: _World) -> str:
    """The class and everybody whom some article names."""
    who = dict.fromkeys(world.name(filler) for telling in told for _, filler in telling.who if filler in world.named)
    label = world.lore.knowledge.label(cls)
    return f"{label}: {', '.join(sorted(who))}" if who else label
