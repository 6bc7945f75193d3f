"""Whether a graph is as it should be: claims that cannot be true of what they name, and SHACL shapes with a readable report.

Comes in: claims with their entities' classes, or the quads of a graph or file. Goes out: the reasons why a claim is kept out of
the facts, and a report of what breaks which shape and how to repair it. Nothing is repaired here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.lexicon import Knowledge, Property
from kg.model import Entity, Extraction, ResolvedClaim, chain_key
from kg.rdf import (
    DERIVED_FROM,
    OBJECT,
    PREDICATE,
    SUBJECT,
    TYPE,
    XSD,
    Names,
    claim_object,
    kg,
    predicate_label,
    text_literal,
)

# ---- the quarantine


def known_types(extractions: Iterable[Extraction], entity_of: Mapping[str, Entity]) -> dict[str, frozenset[str]]:
    """Entity IRI -> every class that it or any of its mentions was taken for.

    A class is a guess, and articles guess differently: a claim is wrong only where it fits none of the guesses.
    """
    found: dict[str, set[str]] = {}
    for extraction in extractions:
        for mention in extraction.mentions:
            entity = entity_of[chain_key(mention)]
            found.setdefault(entity.iri, {entity.type}).add(mention.type)
    return {iri: frozenset(types) for iri, types in sorted(found.items())}


def misfits(
    claims: Iterable[ResolvedClaim], types: Mapping[str, frozenset[str]], knowledge: Knowledge
) -> dict[str, tuple[str, ...]]:
    """The claims that cannot be facts: claim id -> why its subject or object is nothing that its property takes.

    A class is wrong only where the ontology declares it disjoint with the domain or range, or with a class above it. A class
    the ontology does not know, a wider one, and a thing named by a text alone fit everything.

    Args:
        types: entity IRI -> the classes it may have (see `known_types`).
    """
    found: dict[str, tuple[str, ...]] = {}
    for claim in claims:
        declared = knowledge.properties.get(claim.predicate)
        reasons = tuple(_reasons(claim, declared, types, knowledge)) if declared else ()
        if reasons:
            found[claim.id] = reasons
    return found


def _reasons(
    claim: ResolvedClaim, declared: Property, types: Mapping[str, frozenset[str]], knowledge: Knowledge
) -> Iterator[str]:
    says = predicate_label(declared.name, knowledge)
    sides = [("subject", claim.subject, claim.subject_iri, claim.subject_type, declared.domain)]
    if claim.object_iri is not None:
        sides.append(("object", claim.object, claim.object_iri, claim.object_type or "", declared.range))
    for side, name, iri, cls, wanted in sides:
        if wanted.startswith(XSD):
            yield f"“{says}” takes a value ({wanted.removeprefix(XSD)}) as {side}; {name} is a thing"
        elif wanted and all(knowledge.excludes(each, wanted) for each in types.get(iri, {cls})):
            given = " or ".join(sorted(knowledge.label(each) for each in types.get(iri, {cls})))
            yield f"“{says}” takes a {knowledge.label(wanted)} as {side}; {name} is a {given}"
    if claim.object_iri is None and declared.range in _NUMBERS and XSD + (claim.datatype or "string") not in _NUMBERS:
        yield f"“{says}” takes a number as object; “{claim.object}” is none"


_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "nonNegativeInteger"))


def quarantine_quads(
    claims: Iterable[ResolvedClaim], reasons: Mapping[str, tuple[str, ...]], names: Names
) -> Iterator[ox.Quad]:
    """The graph `quarantine`: each claim that gives no fact because it cannot be true, with the reasons."""
    graph = names.graph("quarantine")
    for claim in claims:
        if claim.id in reasons:
            node = names.claim(claim.id)
            yield ox.Quad(node, TYPE, kg("Claim"), graph)
            yield ox.Quad(node, DERIVED_FROM, names.article(claim.article), graph)
            yield ox.Quad(node, SUBJECT, ox.NamedNode(claim.subject_iri), graph)
            yield ox.Quad(node, PREDICATE, ox.NamedNode(claim.predicate_iri), graph)
            yield ox.Quad(node, OBJECT, claim_object(claim), graph)
            for reason in reasons[claim.id]:
                yield ox.Quad(node, kg("quarantinedBecause"), text_literal(reason), graph)
