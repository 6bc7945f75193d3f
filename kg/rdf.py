"""The one place that mints IRIs and turns kg's types into RDF quads.

Comes in: extractions, entities, resolved claims and events. Goes out: pyoxigraph quads in named graphs, without blank nodes:
one graph an article (its metadata, mentions, event mentions and claims with their evidence), `entities` (who is meant, and the
judgements that say so), `facts` (plain triples and event nodes), `inferred` and `ontology`. Nothing is stored or decided here.
"""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.lexicon import ONTOLOGY, Knowledge
from kg.model import (
    FACTUAL,
    Argument,
    Article,
    Claim,
    Conflict,
    Entity,
    EventMention,
    Extraction,
    Judgement,
    Mention,
    Origin,
    Referent,
    ResolvedClaim,
    Status,
    Value,
    chain_key,
    content_id,
)
from kg.support import support_of

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

TYPE, LABEL = ox.NamedNode(RDF + "type"), ox.NamedNode(RDFS + "label")
SUBJECT, PREDICATE, OBJECT = (ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
ALT_LABEL, SAME_AS = ox.NamedNode(SKOS + "altLabel"), ox.NamedNode(OWL + "sameAs")
SUB_PROPERTY = ox.NamedNode(RDFS + "subPropertyOf")
DERIVED_FROM = ox.NamedNode(PROV + "wasDerivedFrom")

Term = ox.NamedNode | ox.Literal

MAX_SLUG = 80
_IRI = re.compile(r"[a-z][a-z0-9+.-]*://[^\s<>\"{}|\\^`]+|urn:[^\s<>\"{}|\\^`]+")
# What XML 1.0 cannot hold (section 2.2, "Char"): RDF/XML and SPARQL XML results would be unreadable with it.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """The text with every character that an RDF syntax cannot hold replaced, one for one, so that offsets stay.

    >>> safe("a\\x00b")
    'a�b'
    """
    return _UNSAFE.sub("\ufffd", text)


# ---- names


@dataclass(frozen=True, slots=True)
class Names:
    """Mints IRIs below a base."""

    base: str = "https://example.org/kg/"

    def article(self, article_id: str) -> ox.NamedNode:
        """An article and the named graph of what it says; different ids give different IRIs."""
        return ox.NamedNode(f"{self.base}article/{_segment(article_id)}")

    def mention(self, article_id: str, mention_id: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.base}article/{_segment(article_id)}#mention-{_segment(mention_id)}")

    def event_mention(self, article_id: str, event_id: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.base}article/{_segment(article_id)}#event-{_segment(event_id)}")

    def claim(self, claim_id: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.base}claim/{_segment(claim_id)}")

    def event(self, event_id: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.base}event/{_segment(event_id)}")

    def judgement(self, judgement: Judgement) -> ox.NamedNode:
        return ox.NamedNode(f"{self.base}judgement/{content_id(judgement.left, judgement.right)}")

    def fact(self, triple: ox.Triple) -> ox.NamedNode:
        """A triple as a node, so that something can be said of it."""
        return ox.NamedNode(f"{self.base}fact/{content_id(triple.subject, triple.predicate, triple.object)}")

    def conflict(self, conflict_id: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.base}conflict/{_segment(conflict_id)}")

    def rule(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.base}rule/{_segment(name)}")

    def graph(self, name: str) -> ox.NamedNode:
        """A derived graph: "entities", "facts", "inferred", "proofs", "quarantine" or "ontology"."""
        return ox.NamedNode(f"{self.base}graph/{name}")

    def predicate(self, name: str, knowledge: Knowledge) -> ox.NamedNode:
        """A property of the ontology, or one minted for words that the ontology has no property for."""
        if knowledge.states(name):
            return kg(name)
        return ox.NamedNode(f"{self.base}open#{predicate_name(name)}")

    def prefixes(self) -> dict[str, str]:
        """Prefix -> namespace, for Turtle, TriG and queries."""
        return {
            "": f"{self.base}id/",
            "article": f"{self.base}article/",
            "claim": f"{self.base}claim/",
            "event": f"{self.base}event/",
            "fact": f"{self.base}fact/",
            "graph": f"{self.base}graph/",
            "kg": ONTOLOGY,
            "open": f"{self.base}open#",
            "owl": OWL,
            "prov": PROV,
            "rdf": RDF,
            "rdfs": RDFS,
            "rule": f"{self.base}rule/",
            "skos": SKOS,
            "xsd": XSD,
        }


@functools.lru_cache(maxsize=10_000)
def kg(name: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(ONTOLOGY + name)


def _segment(text: str) -> str:
    """One path segment of an IRI; readable letters stay, all else is percent-encoded, so that it can be undone."""
    if text.isalnum():  # as the hashes are that most things are named by
        return text
    kept = "".join(c if c.isalnum() or c in "-_." else quote(c, safe="", errors="surrogatepass") for c in text)
    return kept if kept.strip(".") else kept.replace(".", "%2E")


def slug(name: str) -> str:
    """The readable part of an entity's IRI: letters, digits, `-`, `.` and single `_`; "" where nothing is left.

    >>> slug("Sergei  Shoigu"), slug("U.S."), slug("AT&T"), slug("Élysée Palace")
    ('Sergei_Shoigu', 'U.S', 'AT_T', 'Élysée_Palace')
    """
    text = unicodedata.normalize("NFC", name).replace("'", "").replace("’", "")
    words = "".join(c if c.isalnum() or c in "-." or unicodedata.category(c) == "Mn" else "_" for c in text)
    return re.sub(r"_+", "_", words)[:MAX_SLUG].strip("_.-")


def predicate_name(name: str) -> str:
    """The local name of an open predicate: words joined in camel case, and a name that XML can hold.

    >>> predicate_name("pay respects to"), predicate_name("metWith"), predicate_name("3D print")
    ('payRespectsTo', 'metWith', 'p3DPrint')
    """
    first, *rest = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name)) or ["relatedTo"]
    joined = (first[:1].lower() + first[1:] + "".join(word[:1].upper() + word[1:] for word in rest))[:MAX_SLUG]
    return joined if joined[0].isalpha() else f"p{joined}"


def mint_entities(entities: Iterable[Entity], names: Names) -> tuple[Entity, ...]:
    """Give each entity its IRI: the slug of its name, which a namesake does not share.

    Of several entities with one slug the one with most members keeps it; the others, and all that have no proper name ("the
    delegation"), add their class and the beginning of their id. The result depends on the set of entities alone.
    """
    entities = tuple(entities)
    by_slug: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        by_slug[slug(entity.name)].append(entity)
    iris: dict[str, str] = {}
    for readable, namesakes in sorted(by_slug.items()):
        best, *others = sorted(namesakes, key=lambda e: (not _is_name(e.name), -len(e.members), e.id))
        plain = bool(readable) and _is_name(best.name)
        if plain:
            iris[best.id] = readable
        # No slug holds a double underscore, so none of these can equal another entity's plain slug.
        short = {e.id: f"{readable}__{e.type}__{e.id[:8]}" for e in (others if plain else [best, *others])}
        taken = Counter(short.values())
        for entity_id, local in short.items():
            iris[entity_id] = local if taken[local] == 1 else f"{local}{entity_id[8:]}"
    return tuple(replace(entity, iri=f"{names.base}id/{iris[entity.id]}") for entity in entities)


def _is_name(name: str) -> bool:
    """Whether it begins as English writes names; "delegation" does not, nor does "19 soldiers"."""
    return name[:1].isupper() or any(c.isupper() for c in name.split(" ")[0])


# ---- literals


@functools.lru_cache(maxsize=20_000)
def text_literal(text: str) -> ox.Literal:
    return ox.Literal(safe(text))


@functools.lru_cache(maxsize=20_000, typed=True)
def _number(value: int | float) -> ox.Literal:
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))
    return ox.Literal(f"{value:.4f}".rstrip("0").rstrip("."), datatype=ox.NamedNode(XSD + "decimal"))


_LEXICAL: dict[str, re.Pattern[str]] = {
    "integer": re.compile(r"[+-]?\d+", re.ASCII),
    "nonNegativeInteger": re.compile(r"\+?\d+", re.ASCII),
    "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII),
    "gYear": re.compile(r"\d{4}", re.ASCII),
    "gYearMonth": re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII),
    "date": re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    "boolean": re.compile(r"true|false"),
    "anyURI": re.compile(r"[^\s<>\"{}|\\^`]+"),
}
"""The datatypes whose form is checked; all others become strings rather than ill-typed literals."""


def value_literal(value: Value) -> ox.Literal:
    """A typed literal where the words fit the datatype, otherwise a string."""
    return ox.Literal(safe(value.lexical), datatype=ox.NamedNode(XSD + fitting_datatype(value)))


def fitting_datatype(value: Value) -> str:
    """The value's datatype, or "string" where its words are no value of it."""
    pattern = _LEXICAL.get(value.datatype)
    fits = pattern is not None and pattern.fullmatch(value.lexical)
    return value.datatype if fits and (value.datatype != "date" or _is_day(value.lexical)) else "string"


def time_literal(value: str) -> ox.Literal:
    """A day, month or year as its XSD type; any other EDTF value as a string."""
    for datatype in ("date", "gYearMonth", "gYear"):
        if fitting_datatype(Value(value, datatype)) != "string":
            return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))
    return text_literal(value)


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


# ---- what articles speak of


class Cast:
    """The mentions of one article and the entities they stand for."""

    def __init__(
        self, extraction: Extraction, entity_of: Mapping[str, Entity], times: Mapping[str, str] | None = None
    ) -> None:
        """`entity_of` knows chains, and events that share a node; `times` the narrowest time told of such an event."""
        self.article = extraction.article
        self.mentions: dict[str, Mention] = {m.id: m for m in extraction.mentions}
        self.events: dict[str, EventMention] = {e.id: e for e in extraction.events}
        self._entity_of = entity_of
        self._times = times or {}

    def entity(self, mention_id: str) -> Entity:
        """Raises `LookupError` when there is no such mention: extraction promises that there is."""
        return self._entity_of[chain_key(self.mentions[mention_id])]

    def told(self, event: EventMention, names: Names) -> ox.NamedNode:
        """The event that an event mention tells: an entity where a noun names it, otherwise a node of its own."""
        if event.mention:
            return ox.NamedNode(self.entity(event.mention).iri)
        merged = self._entity_of.get(f"{event.article_id}#{event.id}")
        return ox.NamedNode(merged.iri) if merged else names.event(event.id)

    def event_name(self, event: EventMention) -> str:
        """What the event is called: by a noun, or by all articles that tell it; "" for an event without a name."""
        if event.mention:
            return self.entity(event.mention).name
        merged = self._entity_of.get(f"{event.article_id}#{event.id}")
        return merged.name if merged else ""

    def event_time(self, event: EventMention) -> str:
        """When it happened, as precisely as any article tells it."""
        return self._times.get(f"{event.article_id}#{event.id}", event.time.value if event.time else "")

    def filler(self, argument: Argument) -> Term:
        """Who or what plays a role."""
        if argument.mention:
            return ox.NamedNode(self.entity(argument.mention).iri)
        if argument.value is None:
            raise ValueError(f"{self.article.id}: an argument in role {argument.role!r} has no filler")
        return value_literal(argument.value)

    def name(self, argument: Argument) -> str:
        if argument.mention:
            return self.entity(argument.mention).name
        return argument.value.lexical if argument.value else ""


@dataclass(frozen=True, slots=True)
class ResolvedEvent:
    """An event as one article tells it, its participants resolved."""

    iri: ox.NamedNode
    type: str
    label: str
    status: Status
    roles: tuple[tuple[str, Term], ...]
    article: str = ""


def resolve_events(extraction: Extraction, cast: Cast, knowledge: Knowledge, names: Names) -> Iterator[ResolvedEvent]:
    """The events of an article with entities for mentions."""
    for event in extraction.events:
        roles = [(a.role, cast.filler(a)) for a in event.arguments]
        if event.place:
            roles.append(("place", ox.NamedNode(cast.entity(event.place).iri)))
        if time := cast.event_time(event):
            roles.append(("time", time_literal(time)))
        yield ResolvedEvent(
            cast.told(event, names),
            event.type,
            cast.event_name(event) or event_label(event.type, map(cast.name, event.arguments), knowledge),
            event.status,
            tuple(sorted(set(roles), key=lambda role: (role[0], str(role[1])))),
            event.article_id,
        )


def event_label(cls: str, participants: Iterable[str], knowledge: Knowledge) -> str:
    """The class and who takes part: "meeting: Ana Sow, Luis Vera"."""
    who = dict.fromkeys(participants)
    return f"{knowledge.label(cls)}: {', '.join(who)}" if who else knowledge.label(cls)


def mint_events(event_of: Mapping[str, Entity], entities: Iterable[Entity], names: Names) -> dict[str, Entity]:
    """Event mention -> its event's node, for those that share one: the entity that a noun names, or a node of its own."""
    minted = {entity.id: entity for entity in entities}
    return {
        key: minted.get(event.id) or replace(event, iri=names.event(event.id).value) for key, event in event_of.items()
    }


# ---- quads


def article_quads(
    extraction: Extraction, claims: Sequence[ResolvedClaim], cast: Cast, knowledge: Knowledge, names: Names
) -> Iterator[ox.Quad]:
    """The named graph of an article: what it is, whom it mentions, what it claims, and where it says so."""
    graph = names.article(extraction.article.id)
    for subject, pairs in _article_nodes(extraction, claims, cast, knowledge, names):
        for predicate, value in pairs:
            yield ox.Quad(subject, predicate, value, graph)


def article_lines(
    extraction: Extraction, claims: Sequence[ResolvedClaim], cast: Cast, knowledge: Knowledge, names: Names
) -> Iterator[str]:
    """The same graph as sorted lines of N-Quads, for a fifth of the time that making quads takes."""
    end = f" {names.article(extraction.article.id)} .\n"
    by_node: dict[str, set[str]] = {}  # sorted node by node, which takes fewer comparisons than all lines at once
    for subject, pairs in _article_nodes(extraction, claims, cast, knowledge, names):
        start = f"{subject} "
        lines = {f"{start}{predicate} {value}{end}" for predicate, value in pairs}
        by_node[start] = by_node[start] | lines if start in by_node else lines
    for _, lines in sorted(by_node.items()):
        yield from sorted(lines)


def _article_nodes(
    extraction: Extraction, claims: Sequence[ResolvedClaim], cast: Cast, knowledge: Knowledge, names: Names
) -> Iterator[tuple[ox.NamedNode, Pairs]]:
    article = extraction.article
    graph = names.article(article.id)
    raw = {claim.id: claim for claim in extraction.claims}
    yield from (
        (graph, _article(article)),
        *((names.mention(article.id, m.id), _mention(m, graph)) for m in extraction.mentions),
        *((names.event_mention(article.id, e.id), _event(e, cast, knowledge, graph, names)) for e in extraction.events),
        *((names.claim(c.id), _claim(c, raw[c.id], knowledge, graph, names)) for c in claims),
    )


Pairs = Iterator[tuple[ox.NamedNode, Term]]


def _article(article: Article) -> Pairs:
    yield TYPE, kg("Article")
    yield LABEL, text_literal(article.title or article.id)
    for name in ("title", "url", "publisher"):
        if text := getattr(article, name):
            yield kg(name), text_literal(text)
    for author in article.authors:
        yield kg("author"), text_literal(author)
    if article.published:
        yield kg("publishedOn"), time_literal(article.published[:10])


def _mention(mention: Mention, article: ox.NamedNode) -> Pairs:
    yield TYPE, kg("Mention")
    yield LABEL, text_literal(mention.text)
    yield kg("mentionedIn"), article
    yield kg("text"), text_literal(mention.text)
    yield kg("mentionType"), text_literal(mention.type)
    yield kg("kind"), text_literal(mention.kind)
    yield kg("chain"), text_literal(mention.chain)
    yield kg("start"), _number(mention.span.start)
    yield kg("end"), _number(mention.span.end)
    if mention.rule:
        yield kg("rule"), text_literal(mention.rule)


def _event(event: EventMention, cast: Cast, knowledge: Knowledge, article: ox.NamedNode, names: Names) -> Pairs:
    yield TYPE, kg("EventMention")
    yield LABEL, text_literal(event_label(event.type, map(cast.name, event.arguments), knowledge))
    yield kg("mentionedIn"), article
    yield kg("mentionType"), text_literal(event.type)
    yield kg("eventOf"), cast.told(event, names)
    yield kg("status"), text_literal(event.status)
    yield kg("triggerStart"), _number(event.evidence.trigger.start)
    yield kg("triggerEnd"), _number(event.evidence.trigger.end)
    for argument in event.arguments:
        yield kg(argument.role), cast.filler(argument)
    if event.place:
        yield kg("place"), ox.NamedNode(cast.entity(event.place).iri)
    if event.time:
        yield from _times(event.time.value, event.time.text)
    if event.attributed_to in cast.mentions:
        yield kg("attributedTo"), ox.NamedNode(cast.entity(event.attributed_to).iri)
    elif event.attributed_to:
        yield kg("attributedToText"), text_literal(event.attributed_to)


def _claim(claim: ResolvedClaim, raw: Claim, knowledge: Knowledge, article: ox.NamedNode, names: Names) -> Pairs:
    yield TYPE, kg("Claim")
    yield LABEL, text_literal(f"{claim.subject} {predicate_label(claim.predicate, knowledge)} {claim.object}")
    yield DERIVED_FROM, article
    yield SUBJECT, ox.NamedNode(claim.subject_iri)
    yield PREDICATE, ox.NamedNode(claim.predicate_iri)
    yield OBJECT, claim_object(claim)
    yield kg("status"), text_literal(claim.status)
    yield kg("confidence"), _number(float(claim.confidence))
    yield kg("subjectMention"), names.mention(claim.article, raw.subject)
    if raw.object.mention:
        yield kg("objectMention"), names.mention(claim.article, raw.object.mention)
    if raw.event:
        yield kg("fromEvent"), names.event_mention(claim.article, raw.event)
    if claim.place_iri:
        yield kg("place"), ox.NamedNode(claim.place_iri)
    yield from _times(claim.time, claim.time_text)
    if claim.attributed_to_iri:
        yield kg("attributedTo"), ox.NamedNode(claim.attributed_to_iri)
    elif claim.attributed_to:
        yield kg("attributedToText"), text_literal(claim.attributed_to)
    yield kg("evidenceSentence"), text_literal(claim.sentence)
    for name, offset in (
        ("start", claim.start),
        ("end", claim.end),
        ("triggerStart", claim.trigger_start),
        ("triggerEnd", claim.trigger_end),
    ):
        yield kg(name), _number(offset)
    for name, text in (
        ("subjectText", claim.subject_text),
        ("predicateText", claim.predicate_text),
        ("objectText", claim.object_text),
        ("extractor", claim.extractor),
        ("rule", claim.rule),
    ):
        if text:
            yield kg(name), text_literal(text)


def _times(value: str, text: str) -> Pairs:
    if value:
        yield kg("time"), time_literal(value)
    if text:
        yield kg("timeText"), text_literal(text)


def claim_object(claim: ResolvedClaim) -> Term:
    if claim.object_iri is not None:
        return ox.NamedNode(claim.object_iri)
    return value_literal(Value(claim.object, claim.datatype or "string"))


def fact_triple(claim: ResolvedClaim, knowledge: Knowledge) -> ox.Triple:
    """The plain triple that a claim gives if it is a fact; of a symmetric property from the smaller IRI to the greater."""
    subject, value = ox.NamedNode(claim.subject_iri), claim_object(claim)
    if isinstance(value, ox.NamedNode) and knowledge.is_symmetric(claim.predicate) and value.value < subject.value:
        subject, value = value, subject
    return ox.Triple(subject, ox.NamedNode(claim.predicate_iri), value)


def predicate_label(predicate: str, knowledge: Knowledge) -> str:
    """The ontology's label, or the words of an open predicate's name."""
    if predicate in knowledge.labels:
        return knowledge.label(predicate)
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", predicate).replace("_", " ").lower()


def entity_lines(
    entities: Iterable[Entity], extractions: Iterable[Extraction], judgements: Iterable[Judgement], names: Names
) -> Iterator[str]:
    """The graph `entities` as lines of N-Triples: each entity, which mentions stand for it, and the judgements that merged them."""
    refers_to = kg("refersTo")
    entity_of: dict[str, str] = {}
    for entity in entities:
        node = str(ox.NamedNode(entity.iri))
        entity_of |= dict.fromkeys(entity.members, node)
        yield from _lines(node, _entity(entity))
        yield f"{node} {TYPE} {kg(entity.type)} .\n"
    first: dict[str, Mention] = {}
    judged = {key for judgement in judgements for key in (judgement.left, judgement.right)}
    told: dict[str, tuple[ox.NamedNode, str]] = {}
    for extraction in extractions:
        for event in extraction.events:
            if (key := f"{event.article_id}#{event.id}") in judged:
                told[key] = names.event_mention(event.article_id, event.id), event.evidence.predicate_text
        for mention in extraction.mentions:
            key = chain_key(mention)
            if key in judged:
                first[key] = min(first.get(key, mention), mention, key=lambda m: (m.span, m.id))
            yield f"{names.mention(mention.article_id, mention.id)} {refers_to} {entity_of[key]} .\n"
    told |= {key: (names.mention(m.article_id, m.id), m.name or m.text) for key, m in first.items()}
    for judgement in judgements:
        yield from _lines(str(names.judgement(judgement)), _judgement(judgement, told))


def _lines(node: str, pairs: Pairs) -> Iterator[str]:
    return (f"{node} {predicate} {value} .\n" for predicate, value in pairs)


def _entity(entity: Entity) -> Pairs:
    yield LABEL, text_literal(entity.name)
    for alias in entity.aliases:
        if alias != entity.name:
            yield ALT_LABEL, text_literal(alias)


def _judgement(judgement: Judgement, told: Mapping[str, tuple[ox.NamedNode, str]]) -> Pairs:
    """A judgement speaks of two chains, for each of which its first mention stands, of two event mentions, or of a chain and a
    thing outside the articles."""
    yield TYPE, kg("Judgement")
    ends = (("left", judgement.left), ("right", judgement.right))
    said = " / ".join(told[key][1] if key in told else key for _, key in ends)
    yield LABEL, text_literal(f"{judgement.verdict}: {said}")
    for role, key in ends:
        if key in told:
            yield kg(role), told[key][0]
        elif _IRI.fullmatch(key):
            yield kg(role), ox.NamedNode(key)
    yield kg("verdict"), text_literal(judgement.verdict)
    yield kg("score"), _number(float(judgement.score))
    for reason in judgement.reasons:
        yield kg("reason"), text_literal(reason)


def linked_quads(entities: Iterable[Entity], referents: Iterable[Referent], names: Names) -> Iterator[ox.Quad]:
    """The graph `linked`: what sources outside the articles say of the things that entities are linked to. None of it is a claim.

    Args:
        referents: all that entities are linked to, and the places that these lie in.
    """
    graph = names.graph("linked")
    known = {referent.key: referent for referent in referents}
    nodes: dict[str, ox.NamedNode] = {}
    bearers = sorted((e.iri, key) for e in entities for key in e.referents if key in known)
    for iri, key in bearers:
        nodes.setdefault(key, ox.NamedNode(iri))
    for iri, key in bearers:
        for predicate, value in _linked(known[key], known, nodes):
            if value != ox.NamedNode(iri):
                yield ox.Quad(ox.NamedNode(iri), predicate, value, graph)
    used = {
        key for _, k in bearers for key in (known[k].within, known[k].capital_of) if key in known and key not in nodes
    }
    for key in sorted(used):
        for predicate, value in (*_named(known[key]), *_linked(known[key], known, nodes)):
            if value != ox.NamedNode(key):
                yield ox.Quad(ox.NamedNode(key), predicate, value, graph)
    for origin in sorted({known[key].origin for key in (*(k for _, k in bearers), *used)}):
        if _IRI.fullmatch(origin):
            yield ox.Quad(graph, DERIVED_FROM, ox.NamedNode(origin), graph)


def _named(referent: Referent) -> Pairs:
    yield TYPE, kg(referent.type)
    yield LABEL, text_literal(referent.name)


def _linked(referent: Referent, known: Mapping[str, Referent], nodes: Mapping[str, ox.NamedNode]) -> Pairs:
    if referent.iri:
        yield SAME_AS, ox.NamedNode(referent.iri)
    for iri in referent.matches:
        yield ox.NamedNode(SKOS + "exactMatch"), ox.NamedNode(iri)
    for name, code in referent.codes:
        yield kg(name), text_literal(code)
    for name, key in (("locatedIn", referent.within), ("capitalOf", referent.capital_of)):
        if key in known:
            yield kg(name), nodes.get(key, ox.NamedNode(key))
    for predicate, term in referent.statements:
        for quad in ox.parse(f"<urn:s> <urn:p> {term} .", format=ox.RdfFormat.N_TRIPLES):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                yield ox.NamedNode(predicate), quad.object


def fact_quads(
    claims: Iterable[ResolvedClaim],
    events: Iterable[ResolvedEvent],
    entities: Iterable[Entity],
    knowledge: Knowledge,
    names: Names,
) -> Iterator[ox.Quad]:
    """The graph `facts`: what claims of a factual status say, as plain triples, with labels for all that they name.

    A symmetric property is stored once, from the smaller IRI to the greater. A class of event is given only to what some claim
    or event mention asserts: "the alleged attack" alone makes no attack.
    """
    graph = names.graph("facts")
    happened: set[str] = set()
    classes, predicates = {"Entity"}, {}
    for claim in claims:
        if claim.status not in FACTUAL:
            continue
        triple = fact_triple(claim, knowledge)
        happened |= {claim.subject_iri, claim.object_iri or claim.subject_iri}
        predicates[claim.predicate_iri] = claim.predicate
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
    for event in events:
        if event.status in FACTUAL:
            happened.add(event.iri.value)
            classes.add(event.type)
            yield ox.Quad(event.iri, TYPE, kg(event.type), graph)
            yield ox.Quad(event.iri, LABEL, text_literal(event.label), graph)
            for role, filler in event.roles:
                predicates[ONTOLOGY + role] = role
                yield ox.Quad(event.iri, kg(role), filler, graph)
    for entity in entities:
        if knowledge.is_a(entity.type, "Event") and entity.iri not in happened:
            continue
        classes.add(entity.type)
        yield ox.Quad(ox.NamedNode(entity.iri), TYPE, kg(entity.type), graph)
        for predicate, text in _entity(entity):
            yield ox.Quad(ox.NamedNode(entity.iri), predicate, text, graph)
    for name in sorted(classes):
        yield ox.Quad(kg(name), LABEL, text_literal(knowledge.label(name)), graph)
    for iri, name in sorted(predicates.items()):
        yield ox.Quad(ox.NamedNode(iri), LABEL, text_literal(predicate_label(name, knowledge)), graph)
        if not iri.startswith(ONTOLOGY):
            yield ox.Quad(ox.NamedNode(iri), SUB_PROPERTY, kg("relatedTo"), graph)


def conflict_quads(conflicts: Iterable[Conflict], names: Names) -> Iterator[ox.Quad]:
    """The graph `conflicts`: each conflict as a node with the claims on its two sides."""
    graph = names.graph("conflicts")
    for conflict in conflicts:
        node = names.conflict(conflict.id)
        values = f"{conflict.left_value} / {conflict.right_value}"
        pairs: list[tuple[ox.NamedNode, Term]] = [
            (TYPE, kg("Conflict")),
            (LABEL, text_literal(f"{conflict.kind}: {conflict.subject}, {conflict.predicate}: {values}")),
            (kg("conflictKind"), text_literal(conflict.kind)),
            (kg("conflictAbout"), ox.NamedNode(conflict.subject_iri)),
            (kg("conflictOn"), ox.NamedNode(conflict.predicate_iri)),
            *((kg("oneSide"), names.claim(claim)) for claim in conflict.left),
            *((kg("otherSide"), names.claim(claim)) for claim in conflict.right),
            *((kg("reason"), text_literal(reason)) for reason in conflict.reasons),
        ]
        for predicate, value in pairs:
            yield ox.Quad(node, predicate, value, graph)


def support_lines(
    claims: Iterable[ResolvedClaim],
    events: Iterable[tuple[ox.NamedNode, str]],
    known: Mapping[str, Origin],
    knowledge: Knowledge,
    names: Names,
) -> Iterator[str]:
    """The graph `support` as lines of N-Triples: each fact that articles assert as a node with its claims, and how well it and each event is supported.

    Args:
        events: those that articles assert, each with the article.
        known: article id -> where the article comes from.
    """
    supported_by = kg("supportedBy")
    said_by: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.status == "asserted":
            triple = fact_triple(claim, knowledge)
            fact = str(names.fact(triple))
            if fact not in said_by:
                yield from _lines(
                    fact, iter(((TYPE, kg("Fact")), *zip((SUBJECT, PREDICATE, OBJECT), triple, strict=True)))
                )
            said_by[fact].add(claim.article)
            yield f"{fact} {supported_by} {names.claim(claim.id)} .\n"
    for event, article in events:
        said_by[str(event)].add(article)
    for node, articles in said_by.items():
        support = support_of(articles, known)
        yield f"{node} {kg('support')} {_number(support.articles)} .\n"
        yield f"{node} {kg('publisherCount')} {_number(support.publishers)} .\n"
        for name, day in (("firstReported", support.first), ("lastReported", support.last)):
            if day:
                yield f"{node} {kg(name)} {time_literal(day)} .\n"


def ontology_quads(folder: Path, names: Names) -> Iterator[ox.Quad]:
    """The graph `ontology`: kg.ttl and whatever Turtle lies beside it, but not the shapes."""
    for path in sorted(folder.glob("*.ttl")):
        if path.stem != "shapes":
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                if not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode):
                    yield ox.Quad(quad.subject, quad.predicate, quad.object, names.graph("ontology"))


def sorted_quads(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Without repeats, in the order of graph, subject, predicate (types and labels first), object."""
    head = {TYPE: 0, LABEL: 1}

    def key(quad: ox.Quad) -> tuple[str, str, int, str, str]:
        place = head.get(quad.predicate, 2)
        return str(quad.graph_name), str(quad.subject), place, str(quad.predicate), str(quad.object)

    return sorted(set(quads), key=key)
