"""Claims of articles plus entities of the corpus -> resolved claims: what `claims.jsonl` holds and facts are made of.

Comes in: extractions and the resolution of their mentions. Goes out: `ResolvedClaim`s in a fixed order. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.lexicon import Knowledge
from kg.model import Argument, Claim, Entity, Extraction, ResolvedClaim
from kg.rdf import Cast, Names, fitting_datatype, predicate_name


def lift(
    extractions: Iterable[Extraction], entity_of: Mapping[str, Entity], knowledge: Knowledge, names: Names
) -> tuple[ResolvedClaim, ...]:
    """Resolve the claims of a corpus.

    Args:
        extractions: one per article.
        entity_of: `chain_key(mention)` -> its entity, with its IRI.

    Raises:
        LookupError: a claim names a mention or event that its article does not have (a mistake in an extractor).
    """
    claims = (
        _resolve(claim, cast, knowledge, names)
        for extraction in extractions
        for cast in [Cast(extraction, entity_of)]
        for claim in {claim.id: claim for claim in (*extraction.claims, *extraction.readings)}.values()
        if not _is_of_one_name(claim, cast)
    )
    return tuple(sorted(claims, key=_order))


def _is_of_one_name(claim: Claim, cast: Cast) -> bool:
    """Whether a claim relates a name to a part of it that turned out to name the same: "HHF Children's Homes" and "HHF"."""
    one, other = (cast.mentions.get(key) for key in (claim.subject, claim.object.mention))
    if one is None or other is None or one.text == other.text or not (one.text in other.text or other.text in one.text):
        return False
    return one.kind == other.kind == "name" and cast.entity(one.id).id == cast.entity(other.id).id


def _order(claim: ResolvedClaim) -> tuple[object, ...]:
    return claim.article, claim.start, claim.trigger_start, claim.subject_iri, claim.predicate, claim.object, claim.id


def _resolve(claim: Claim, cast: Cast, knowledge: Knowledge, names: Names) -> ResolvedClaim:
    text = cast.article.text
    subject = cast.entity(claim.subject) if claim.subject else None
    subject_text = claim.evidence.subject_text or _subject_words(claim, cast)
    object_ = cast.entity(claim.object.mention) if claim.object.mention else None
    speaker = cast.entity(claim.attributed_to) if claim.attributed_to in cast.mentions else None
    place = cast.entity(claim.place) if claim.place else None
    event = cast.events[claim.event] if claim.event else None
    known = knowledge.states(claim.predicate)
    return ResolvedClaim(
        id=claim.id,
        article=claim.article_id,
        subject=subject.name if subject else subject_text,
        subject_iri=subject.iri if subject else "",
        subject_type=subject.type if subject else "",
        subject_aliases=_others(subject) if subject else (),
        predicate=claim.predicate if known else predicate_name(claim.predicate),
        predicate_iri=names.predicate(claim.predicate, knowledge).value,
        object=object_.name if object_ else cast.name(claim.object),
        object_iri=object_.iri if object_ else None,
        datatype=_datatype(claim.object),
        object_type=object_.type if object_ else None,
        object_aliases=_others(object_) if object_ else (),
        status=claim.status,
        attributed_to=speaker.name if speaker else claim.attributed_to,
        attributed_to_iri=speaker.iri if speaker else "",
        time=claim.time.value if claim.time else "",
        time_text=claim.time.text if claim.time else "",
        place=place.name if place else "",
        place_iri=place.iri if place else "",
        event_iri=cast.told(event, names).value if event else "",
        event_type=event.type if event else "",
        confidence=claim.confidence,
        sentence=claim.evidence.sentence.of(text),
        start=claim.evidence.sentence.start,
        end=claim.evidence.sentence.end,
        trigger_start=claim.evidence.trigger.start,
        trigger_end=claim.evidence.trigger.end,
        extractor=claim.evidence.extractor,
        rule=claim.evidence.rule,
        subject_text=subject_text,
        predicate_text=claim.evidence.predicate_text,
        object_text=claim.evidence.object_text or _words(claim.object, cast),
    )


def _others(entity: Entity) -> tuple[str, ...]:
    return tuple(alias for alias in entity.aliases if alias != entity.name)


def _datatype(argument: Argument) -> str | None:
    return fitting_datatype(argument.value) if argument.value and not argument.mention else None


def _subject_words(claim: Claim, cast: Cast) -> str:
    """The subject as the sentence has it; "" where the sentence does not say who did it."""
    mention = cast.mentions.get(claim.subject)
    return mention.text if mention is not None and mention.rule != "unnamed" else ""


def _words(argument: Argument, cast: Cast) -> str:
    """The object as the sentence has it."""
    if argument.span:
        return argument.span.of(cast.article.text)
    return cast.mentions[argument.mention].text if argument.mention else cast.name(argument)
