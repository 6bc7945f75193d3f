"""Graphs to draw: invented people, bodies and places with the links that news would report, of any size."""

from __future__ import annotations

import random

from kg.export.property_graph import GraphView
from kg.model import Article, Entity, ResolvedClaim

ID = "https://example.org/kg/id/"
ONTOLOGY = "https://example.org/kg/ontology#"

_GIVEN = (
    "Adela Bruno Carin Dario Elif Farid Greta Hana Ivo Jelena Karim Lena Marek Nadia Oskar Paula Rafiq Sofia Tomas Ulla"
)
_FAMILY = (
    "Alder Brandt Costa Duarte Erdem Fiala Grove Haddad Ilic Jansen Kovac Larsen Moreau Novak Okafor Petrov Quist Rahal"
)
_PLACES = "Port Mirren,Ostrava Bay,Lindholm,Karesh,Vellano,Tarn Valley,Santa Brida,Nordhaven,Quill Island,Ambria"
_BODIES = "Council,Ministry,Bank,Shipyard,Press Agency,Institute,Front,Party,Airlines,Commission"
_PREDICATES = {
    ("Person", "Person"): ("metWith", "spokeWith", "criticized", "succeeded"),
    ("Person", "City"): ("visited",),
    ("Person", "Organization"): ("leaderOf", "worksFor", "criticized"),
    ("Organization", "Organization"): ("signed", "acquired", "cooperatesWith", "sued"),
    ("Organization", "City"): ("basedIn",),
}
_STATUSES = ("asserted",) * 7 + ("reported", "planned", "denied")


def synthetic_view(count: int, *, seed: int = 7, links: float = 1.6) -> GraphView:
    """A view of `count` entities with a few hubs, `links` claims for each; the same for the same arguments."""
    rng = random.Random(seed)
    entities = [_entity(i, rng) for i in range(count)]
    articles = [_article(i, rng) for i in range(max(4, count // 12))]
    claims = []
    attempts = 0
    while len(claims) < count * links and attempts < count * 20:
        attempts += 1
        subject = (
            entities[min(int(rng.paretovariate(0.55)) - 1, count - 1)] if rng.random() < 0.35 else rng.choice(entities)
        )
        # Most links stay within a neighbourhood of numbers, so that the graph has stories rather than noise.
        near = (entities.index(subject) if count <= 400 else int(subject.id)) + rng.randint(-12, 12)
        other = entities[near % count] if rng.random() < 0.75 else entities[int(rng.random() ** 3 * count)]
        predicates = _PREDICATES.get((subject.type, other.type))
        if predicates and subject is not other:
            claims.append(_claim(len(claims), rng, rng.choice(articles), subject, rng.choice(predicates), other))
    people = [entity for entity in entities if entity.type == "Person"]
    for person in people[: count // 3]:
        claims.append(_claim(len(claims), rng, rng.choice(articles), person, "age", str(rng.randint(31, 79))))
        office = f"head of the {rng.choice(_BODIES.split(','))}"
        claims.append(_claim(len(claims), rng, rng.choice(articles), person, "holdsPosition", office))
    return GraphView(tuple(claims), tuple(entities), tuple(articles))


def make_claim(**changes: object) -> ResolvedClaim:
    """One asserted claim with every field filled; any field can be overridden."""
    sentence = "Adela Brandt met Ivo Novak in Lindholm on Monday."
    values: dict[str, object] = {
        "id": "c1",
        "article": "a1",
        "subject": "Adela Brandt",
        "subject_iri": ID + "Adela_Brandt",
        "subject_type": "Person",
        "subject_aliases": ("Brandt",),
        "predicate": "metWith",
        "predicate_iri": ONTOLOGY + "metWith",
        "object": "Ivo Novak",
        "object_iri": ID + "Ivo_Novak",
        "datatype": None,
        "object_type": "Person",
        "object_aliases": (),
        "status": "asserted",
        "attributed_to": "",
        "attributed_to_iri": "",
        "time": "2025-03-10",
        "time_text": "on Monday",
        "place": "Lindholm",
        "place_iri": "",
        "event_iri": "",
        "event_type": "Meet",
        "confidence": 0.8,
        "sentence": sentence,
        "start": 100,
        "end": 100 + len(sentence),
        "trigger_start": 113,
        "trigger_end": 116,
        "extractor": "events",
        "rule": "active",
        "subject_text": "Adela Brandt",
        "predicate_text": "met",
        "object_text": "Ivo Novak",
    }
    return ResolvedClaim(**{**values, **changes})  # type: ignore[arg-type]


def _entity(i: int, rng: random.Random) -> Entity:
    kind = ("Person", "Organization", "Person", "City", "Organization", "Person")[i % 6]
    place = rng.choice(_PLACES.split(","))
    name = {
        "Person": f"{rng.choice(_GIVEN.split())} {rng.choice(_FAMILY.split())}",
        "Organization": f"{place} {rng.choice(_BODIES.split(','))}",
        "City": place,
    }[kind]
    # Beyond the first of a name, a number keeps the drawing honest about who is who.
    name = name if i < 60 else f"{name} {i}"
    aliases = (name.split()[-1],) if kind == "Person" else ()
    return Entity(str(i), kind, name, f"{ID}{name.replace(' ', '_')}_{i}", aliases)


def _article(i: int, rng: random.Random) -> Article:
    day = f"2025-{1 + i % 12:02}-{1 + i % 28:02}"
    place = rng.choice(_PLACES.split(","))
    return Article(f"a{i}", "", f"{place} talks, day {i}", f"https://example.org/news/{i}", "The Example Post", (), day)


def _claim(
    i: int, rng: random.Random, article: Article, subject: Entity, predicate: str, other: Entity | str
) -> ResolvedClaim:
    said = {"metWith": "met", "spokeWith": "spoke with", "basedIn": "is based in", "leaderOf": "leads"}.get(
        predicate, predicate
    )
    name = other if isinstance(other, str) else other.name
    opening = f"According to officials, {subject.name} "
    sentence = f"{opening}{said} {name} earlier this week."
    start = 40 * (i % 50)
    literal = isinstance(other, str)
    return make_claim(
        id=f"c{i}",
        article=article.id,
        subject=subject.name,
        subject_iri=subject.iri,
        subject_type=subject.type,
        subject_aliases=subject.aliases,
        predicate=predicate,
        predicate_iri=ONTOLOGY + predicate,
        object=name,
        object_iri=None if isinstance(other, str) else other.iri,
        datatype=("integer" if name.isdigit() else "string") if literal else None,
        object_type=None if isinstance(other, str) else other.type,
        object_aliases=() if isinstance(other, str) else other.aliases,
        status="asserted" if literal else rng.choice(_STATUSES),
        attributed_to=rng.choice(("", "", "officials")),
        time=article.published if rng.random() < 0.8 else "",
        time_text="earlier this week",
        place="",
        event_type="",
        confidence=round(rng.uniform(0.5, 0.95), 2),
        sentence=sentence,
        start=start,
        end=start + len(sentence),
        trigger_start=start + len(opening),
        trigger_end=start + len(opening) + len(said),
        subject_text=subject.name,
        predicate_text=said,
        object_text=name,
    )
