"""Noun phrases of a Universal Dependencies tree: base phrases for ``doc.noun_chunks``, whole phrases for coreference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.symbols import NOUN, PRON, PROPN  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span

_OUTSIDE = frozenset(
    [
        "case",
        "cc",
        "mark",
        "punct",
        "cop",
        "aux",
        "nsubj",
        "csubj",
        "advcl",
        "parataxis",
        "conj",
        "discourse",
        "vocative",
        "dislocated",
        "expl",
        "advmod",
        "obl",
        "orphan",
        "list",
        "ccomp",
        "xcomp",
        "reparandum",
        "goeswith",
    ]
)


def phrase_bounds(head: int, children: Sequence[Sequence[int]], deps: Sequence[str]) -> tuple[int, int]:
    """Return the first word and the last word + 1 of the whole noun phrase of a head, in the manner of OntoNotes.

    "the former president of France, who resigned" is one phrase, and so is "Byron's"; prepositions before it,
    conjuncts and whatever belongs to the clause (subject, copula, adverbs) stay outside.
    """
    first = last = head
    stack = [child for child in children[head] if _belongs(child, head, deps)]
    while stack:
        child = stack.pop()
        first, last = min(first, child), max(last, child)
        stack.extend(children[child])
    while last > head and deps[last] == "punct" and last not in children[head]:
        last -= 1
    return first, last + 1


def _belongs(child: int, head: int, deps: Sequence[str]) -> bool:
    # a case marker after its noun is the possessive 's
    return deps[child].partition(":")[0] not in _OUTSIDE or (deps[child] == "case" and child > head)


_CHUNK_HEADS = (NOUN, PROPN, PRON)
_CHUNK_PARTS = frozenset(
    {"det", "det:predet", "nummod", "amod", "compound", "nmod:poss", "flat", "nmod:unmarked", "fixed", "goeswith"}
)
_NOT_CHUNKS = frozenset({"nmod:poss", "flat", "compound", "fixed", "goeswith", "nmod:unmarked", "det", "case", "mark"})


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, label) of base noun phrases, for ``doc.noun_chunks`` and ``span.noun_chunks``.

    A base phrase reaches from its first determiner or modifier to its head, or to the end of a name:
    "the Russian defense minister", "Kim Jong Un". A possessor is part of the phrase, as in "the army's chief".
    """
    doc = doclike.doc
    label = doc.vocab.strings.add("NP")
    previous_end = -1
    for token in doclike:
        if token.pos not in _CHUNK_HEADS or token.dep_ in _NOT_CHUNKS:
            continue
        first = last = token.i
        for child in token.children:
            if child.dep_ in _CHUNK_PARTS and child.pos_ not in ("PUNCT", "SPACE"):
                if child.i < token.i:
                    first = min(first, child.left_edge.i)
                elif child.dep_ in ("flat", "compound", "nummod", "goeswith") and child.i <= last + 2:
                    last = max(last, child.i)
        if first <= previous_end:
            first = min(previous_end + 1, token.i) if token.i > previous_end else -1
        if first < 0 or first < doclike[0].i or last > doclike[-1].i:
            continue
        yield first, last + 1, label
        previous_end = last
