"""Claims and entities -> nodes and edges: the property graph that the HTML, network and Neo4j exports share.

Comes in: a `GraphView`, the resolved claims, entities and articles one wants to show. Goes out: nodes, each with its literal
facts, and edges, each with the claims that support it. Nothing is drawn or written here.
"""

from __future__ import annotations

import calendar
import difflib
import re
import typing
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.errors import InputError
from kg.lexicon import ONTOLOGY, Knowledge, load_knowledge
from kg.model import FACTUAL, Article, Entity, Origin, ResolvedClaim, Status, content_id
from kg.support import independent

STATUSES: tuple[str, ...] = tuple(sorted(typing.get_args(Status), key=lambda status: status not in FACTUAL))
"""Every status, the factual ones first."""

# ISO 8601 or EDTF: a year, perhaps with month (or EDTF season 21-24, quarter 33-36, half 40-41) and day.
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_PARTS_OF_YEAR = {
    "21": (3, 5),
    "22": (6, 8),
    "23": (9, 11),
    "24": (12, 12),
    "33": (1, 3),
    "34": (4, 6),
    "35": (7, 9),
    "36": (10, 12),
    "40": (1, 6),
    "41": (7, 12),
}
_NAMES_OF_PARTS = {
    **{"21": "spring", "22": "summer", "23": "autumn", "24": "winter"},
    **{"33": "first quarter of", "34": "second quarter of", "35": "third quarter of", "36": "last quarter of"},
    **{"40": "first half of", "41": "second half of"},
}


@dataclass(frozen=True)
class GraphView:
    """What an exporter gets: a whole graph, or the part of it that a filter left.

    `knowledge` is the ontology the claims speak; None means the one that ships with kg. `origins` say which articles are of one
    source; an article without one counts as a source of its own. `whole` counts the graph that this is drawn from, where it is known.
    """

    claims: tuple[ResolvedClaim, ...]
    entities: tuple[Entity, ...] = ()
    articles: tuple[Article, ...] = ()
    knowledge: Knowledge | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict)
    whole: Mapping[str, int] = field(default_factory=dict)

    @property
    def ontology(self) -> Knowledge:
        return self.knowledge or load_knowledge()

    def counts(self) -> dict[str, int]:
        """How many articles, entities, claims and facts there are, as `kg build` counts them: a fact is what some claim states as
        one, however many do, and an entity whatever an article names, also where no claim is about it."""
        named = {iri for claim in self.claims for iri in (claim.subject_iri, claim.object_iri) if iri}
        facts = {(c.subject_iri, c.predicate_iri, c.object_iri or c.object) for c in self.claims if c.status in FACTUAL}
        own = {
            "articles": len(self.articles),
            "entities": len(named | {entity.iri for entity in self.entities}),
            "claims": len(self.claims),
            "facts": len(facts),
        }
        return {name: self.whole.get(name, number) for name, number in own.items()}


@dataclass(frozen=True, slots=True)
class Fact:
    """A literal that a node has: `age` 58, said by these claims."""

    predicate: str
    predicate_iri: str
    value: str
    datatype: str
    claims: tuple[ResolvedClaim, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity with its literal facts."""

    iri: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    external_ids: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """All claims that say one thing: subject, predicate, object. A symmetric predicate has one edge, smaller IRI first."""

    id: str
    subject_iri: str
    predicate: str
    predicate_iri: str
    object_iri: str
    symmetric: bool
    claims: tuple[ResolvedClaim, ...]
    sources: int = 0
    """How many independent publishers say it."""

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles that say it."""
        return tuple(sorted({claim.article for claim in self.claims}))

    @property
    def statuses(self) -> tuple[str, ...]:
        return tuple(sorted({claim.status for claim in self.claims}, key=STATUSES.index))

    @property
    def confidence(self) -> float:
        return max(claim.confidence for claim in self.claims)

    @property
    def dates(self) -> tuple[str, str]:
        """The first and last day that the claims' times span, "" where none is known."""
        spans = [date_range(claim.time) for claim in self.claims if date_range(claim.time)[0]]
        return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else ("", "")


def property_graph(
    view: GraphView, *, statuses: Collection[str] = FACTUAL
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """The nodes and edges of `view`, sorted, from the claims whose status is in `statuses`.

    Every entity becomes a node, linked or not, and so does everything that a claim names without an entity for it. A claim
    about a literal becomes a fact of its subject.
    """
    claims = sorted({c.id: c for c in view.claims if c.status in statuses}.values(), key=_claim_order)
    facts: dict[str, dict[tuple[str, str, str], list[ResolvedClaim]]] = defaultdict(lambda: defaultdict(list))
    links: dict[tuple[str, str, str], list[ResolvedClaim]] = defaultdict(list)
    symmetric = {name for name in {c.predicate for c in claims} if view.ontology.is_symmetric(name)}
    for claim in claims:
        if claim.object_iri is None:
            facts[claim.subject_iri][claim.predicate, claim.object, claim.datatype or "string"].append(claim)
        else:
            links[_ends(claim, symmetric)].append(claim)
    edges = tuple(_edge(key, links[key], symmetric, view) for key in sorted(links))
    nodes = tuple(
        replace(node, facts=tuple(_fact(key, facts[iri][key]) for key in sorted(facts.get(iri, ()))))
        for iri, node in sorted(_bare_nodes(view.entities, claims).items())
    )
    return nodes, edges


def filter_view(
    view: GraphView,
    *,
    classes: Collection[str] = (),
    properties: Collection[str] = (),
    statuses: Collection[str] = (),
    articles: Collection[str] = (),
    since: str = "",
    until: str = "",
    min_sources: int = 1,
    open_predicates: bool = True,
    focus: str = "",
    hops: int = 1,
    limit: int = 0,
) -> GraphView:
    """The part of `view` that passes every filter given; entities that no claim is left for are dropped.

    Args:
        classes: of either end of a claim; what is below a class counts as it.
        since, until: ISO dates, whole or only a year or a month; undated claims go, and an open time ("2027/..") has no end.
        min_sources: how many independent sources must say the same: publishers, copies counted once.
        open_predicates: whether to keep the predicates that the ontology does not have.
        focus: the name, an alias or the IRI of an entity; what is more than `hops` claims away from it goes.
        limit: how many entities are kept at most, the best-connected ones; 0 keeps all.

    Raises:
        InputError: the view has no such class, property, status, article or entity.
    """
    _check(view, classes, properties, statuses, articles)
    superclasses = view.ontology.superclasses

    def is_wanted(cls: str | None) -> bool:
        return cls is not None and (cls in classes or any(up in classes for up in superclasses.get(cls, ())))

    def keep(claim: ResolvedClaim) -> bool:
        return (
            (not classes or is_wanted(claim.subject_type) or is_wanted(claim.object_type))
            and (not properties or claim.predicate in properties)
            and (not statuses or claim.status in statuses)
            and (not articles or claim.article in articles)
            and (open_predicates or claim.predicate in view.ontology.properties)
            and is_within(claim.time, since, until)
        )

    kept = tuple(claim for claim in view.claims if keep(claim))
    if min_sources > 1:
        kept = _said_often(kept, min_sources, view)
    if focus:
        centre = find_entities(view, focus)
        kept = _around(kept, {entity.iri for entity in centre}, hops)
    if limit:
        kept = _best_connected(kept, limit)
    if kept == view.claims:
        return view
    named = {iri for claim in kept for iri in (claim.subject_iri, claim.object_iri, claim.attributed_to_iri)}
    told = {claim.article for claim in kept}
    return replace(
        view,
        whole={},
        claims=kept,
        entities=tuple(entity for entity in view.entities if entity.iri in named),
        articles=tuple(article for article in view.articles if article.id in told),
    )


def find_entities(view: GraphView, name: str) -> tuple[Entity, ...]:
    """The entities of that IRI, else of that name, else of that alias, in any case.

    Raises:
        InputError: there is none; the hint has the names that are nearest.
    """
    wanted = name.casefold()
    for fits in (
        lambda e: e.iri == name,
        lambda e: e.name.casefold() == wanted,
        lambda e: wanted in (alias.casefold() for alias in e.aliases),
    ):
        if found := tuple(entity for entity in view.entities if fits(entity)):
            return found
    raise _unknown("entity", name, (entity.name for entity in view.entities))


def _check(view: GraphView, *wanted: Collection[str]) -> None:
    """Refuse what no claim could ever pass: a word that is misspelt would silently leave an empty graph."""
    known = (
        ("class", view.ontology.superclasses.keys() | {c.subject_type for c in view.claims}),
        ("property", view.ontology.properties.keys() | {c.predicate for c in view.claims}),
        ("status", set(STATUSES)),
        ("article", {a.id for a in view.articles} | {c.article for c in view.claims}),
    )
    for names, (kind, there) in zip(wanted, known, strict=True):
        for name in names:
            if name not in there:
                raise _unknown(kind, name, there)


def _unknown(kind: str, name: str, known: Iterable[str]) -> InputError:
    by_case = {text.casefold(): text for text in sorted(known)}
    near = [by_case[text] for text in difflib.get_close_matches(name.casefold(), by_case, n=3, cutoff=0.5)]
    hint = f"did you mean {', '.join(near)}?" if near else f"there are {', '.join(sorted(by_case.values())[:5])} …"
    return InputError(f"no {kind} {name!r} in this graph", hint=hint)


def _said_often(claims: tuple[ResolvedClaim, ...], least: int, view: GraphView) -> tuple[ResolvedClaim, ...]:
    said_by: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    symmetric = {name for name in {c.predicate for c in claims} if view.ontology.is_symmetric(name)}
    for claim in claims:
        said_by[_ends(claim, symmetric)].add(claim.article)
    enough = {ends for ends, ids in said_by.items() if len(ids) >= least and independent(ids, view.origins) >= least}
    return tuple(claim for claim in claims if _ends(claim, symmetric) in enough)


def _around(claims: tuple[ResolvedClaim, ...], centre: Collection[str], hops: int) -> tuple[ResolvedClaim, ...]:
    """The claims on entities that are at most `hops` steps from `centre`; a literal is told with its subject."""
    reached = set(centre)
    for _ in range(hops):
        ends = [{c.subject_iri, c.object_iri} for c in claims if c.object_iri is not None]
        reached |= {iri for pair in ends if pair & reached for iri in pair if iri is not None}
    return tuple(c for c in claims if c.subject_iri in reached and (c.object_iri is None or c.object_iri in reached))


def _best_connected(claims: tuple[ResolvedClaim, ...], limit: int) -> tuple[ResolvedClaim, ...]:
    pairs = {(c.subject_iri, c.object_iri) for c in claims if c.object_iri and c.object_iri != c.subject_iri}
    degree = Counter({c.subject_iri: 0 for c in claims} | {c.object_iri: 0 for c in claims if c.object_iri})
    degree.update(iri for pair in pairs for iri in pair)
    best = set(sorted(degree, key=lambda iri: (-degree[iri], iri))[:limit])
    return tuple(c for c in claims if c.subject_iri in best and (c.object_iri is None or c.object_iri in best))


def is_within(time: str, since: str, until: str) -> bool:
    """Whether a claim's time touches the days from `since` to `until`, each "" for no bound.

    >>> is_within("2024-10/2024-12", "2024-12-05", ""), is_within("2020/..", "2031", ""), is_within("", "2020", "")
    (True, True, False)
    """
    start, end = date_range(time)
    if not start:
        return not since and not until
    first, slash, last = time.partition("/")
    begins_open, goes_on = bool(slash) and first in {"", ".."}, bool(slash) and last in {"", ".."}
    # "2024" as a last day is all of that year: it must not come before "2024-05-01".
    return (not since or goes_on or end >= since) and (not until or begins_open or start[: len(until)] <= until)


def spoken_time(time: str) -> str:
    """An EDTF time as people read it.

    >>> spoken_time("../2031-03-04"), spoken_time("2027/.."), spoken_time("2024-10/2024-12"), spoken_time("2023-21")
    ('until 2031-03-04', 'since 2027', '2024-10 to 2024-12', 'spring 2023')
    """
    first, slash, last = time.partition("/") if _DATE.search(time) else (time, "", "")
    first, last = _spoken_day(first), _spoken_day(last)
    if not slash:
        return first
    if first in {"", ".."}:
        return f"until {last}"
    return f"since {first}" if last in {"", ".."} else f"{first} to {last}"


def _spoken_day(day: str) -> str:
    part = _NAMES_OF_PARTS.get(day[5:7]) if _DATE.fullmatch(day) else None
    return f"{part} {day[:4]}" if part else day


def date_range(time: str) -> tuple[str, str]:
    """The first and last ISO day of an ISO 8601 or EDTF time, ("", "") where it names no year.

    >>> date_range("2024-02"), date_range("2024-10/2024-12"), date_range("2023-21")
    (('2024-02-01', '2024-02-29'), ('2024-10-01', '2024-12-31'), ('2023-03-01', '2023-05-31'))
    """
    first, _, last = time.partition("/")
    start, end = _DATE.match(first), _DATE.match(last)
    if not start and not end:
        return "", ""
    return _bound(start or end, 0), _bound(end or start, 1)


def _bound(match: re.Match[str] | None, side: int) -> str:
    assert match
    year, month, day = match.groups()
    if month in _PARTS_OF_YEAR:
        month, day = f"{_PARTS_OF_YEAR[month][side]:02}", None
    if not month or not 1 <= int(month) <= 12:
        month, day = ("01", "12")[side], None
    return f"{year}-{month}-{day or ('01', _last_day(year, month))[side]}"


def _last_day(year: str, month: str) -> str:
    return f"{calendar.monthrange(int(year), int(month))[1]:02}"


def _claim_order(claim: ResolvedClaim) -> tuple[object, ...]:
    return (STATUSES.index(claim.status), claim.article, claim.start, claim.trigger_start, claim.id)


def _ends(claim: ResolvedClaim, symmetric: Collection[str]) -> tuple[str, str, str]:
    """What makes two claims say the same."""
    subject, object_ = claim.subject_iri, claim.object_iri if claim.object_iri is not None else claim.object
    if claim.object_iri is not None and claim.predicate in symmetric and object_ < subject:
        subject, object_ = object_, subject
    return subject, claim.predicate, object_


def _edge(key: tuple[str, str, str], claims: list[ResolvedClaim], symmetric: Collection[str], view: GraphView) -> Edge:
    sources = independent((claim.article for claim in claims), view.origins)
    subject, predicate, object_ = key
    iri = claims[0].predicate_iri or ONTOLOGY + predicate
    return Edge(content_id(*key), subject, predicate, iri, object_, predicate in symmetric, tuple(claims), sources)


def _fact(key: tuple[str, str, str], claims: list[ResolvedClaim]) -> Fact:
    predicate, value, datatype = key
    return Fact(predicate, claims[0].predicate_iri or ONTOLOGY + predicate, value, datatype, tuple(claims))


def _bare_nodes(entities: Iterable[Entity], claims: Iterable[ResolvedClaim]) -> dict[str, Node]:
    nodes = {e.iri: Node(e.iri, e.name or e.iri, e.type, e.aliases, e.external_ids) for e in entities if e.iri}
    for c in claims:
        if c.subject_iri not in nodes:
            nodes[c.subject_iri] = Node(c.subject_iri, c.subject, c.subject_type, c.subject_aliases)
        if c.object_iri is not None and c.object_iri not in nodes:
            nodes[c.object_iri] = Node(c.object_iri, c.object, c.object_type or "Entity", c.object_aliases)
    return nodes
