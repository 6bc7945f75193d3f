"""The one shape that all corpora are brought into: words with as many layers of annotation as a corpus has."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.pipeline_en.labels import ENTITY_LABELS, ENTITY_TYPES, OUTSIDE, begin, inside

ROOT, UNKNOWN = -1, -2
ANY_LABEL = (1 << len(ENTITY_LABELS)) - 1


@dataclass
class Passage:
    """A stretch of text as words; a layer that is None was not annotated.

    ``heads`` are word numbers (ROOT for the root, UNKNOWN where unannotated). ``entities`` has one number per word
    whose bits are the entity labels that the annotation allows there, so that a corpus without dates says nothing
    about dates. ``chains`` are coreference chains of (first word, last word + 1, head word).
    """

    source: str
    words: list[str]
    newlines: list[int]
    starts: list[bool] | None = None
    tags: list[str] | None = None
    morphs: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    deps: list[str] | None = None
    entities: list[int] | None = None
    chains: list[list[tuple[int, int, int]]] | None = None
    pronoun_pairs: list[tuple[int, int, bool]] = field(default_factory=list)
    silver: bool = False  # syntax comes from a parser: it finds mention heads but is not learned from


def bits(*labels: int) -> int:
    """Return the set of labels as a number."""
    number = 0
    for label in labels:
        number |= 1 << label
    return number


def types_mask(kinds: frozenset[str]) -> int:
    """Return the set of all labels of these types."""
    return bits(*(label for kind in kinds for label in (begin(kind), inside(kind))))


def outside_mask(annotated: frozenset[str]) -> int:
    """Return what a word outside all annotated names may be: outside, or part of a type that was not looked for."""
    return bits(OUTSIDE) | types_mask(frozenset(ENTITY_TYPES) - annotated)


def span_masks(length: int, kinds: frozenset[str]) -> list[int]:
    """Return the masks of the words of one entity that is of one of these types."""
    first = bits(*(begin(kind) for kind in kinds))
    rest = bits(*(inside(kind) for kind in kinds))
    return [first] + [rest] * (length - 1)
