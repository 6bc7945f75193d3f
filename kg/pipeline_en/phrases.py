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


_CLOSING = {"(": ")", "[": "]", "“": "”", "‘": "’", '"': '"'}


def phrase_bounds(
    head: int, children: Sequence[Sequence[int]], deps: Sequence[str], words: Sequence[str], *, is_pronoun: bool = False
) -> tuple[int, int]:
    """Return the first word and the last word + 1 of the whole noun phrase of a head, in the manner of OntoNotes.

    "the former president of France, who resigned" is one phrase, and so is "Byron's"; prepositions before it,
    conjuncts and whatever belongs to the clause (subject, copula, adverbs) stay outside. A bracket or a quotation mark
    that opens inside closes inside. Nothing but an apposition is hung on a pronoun.
    """
    first = last = head
    stack = [child for child in children[head] if _belongs(child, head, deps, is_pronoun)]
    while stack:
        child = stack.pop()
        first, last = min(first, child), max(last, child)
        stack.extend(inner for inner in children[child] if not _is_clause_beside(inner, child, children, deps))
    while last > head and deps[last] == "punct" and last not in children[head]:
        last -= 1
    while (
        last + 1 < len(words)
        and words[last + 1] in _CLOSING.values()
        and _is_open(words[first : last + 1], words[last + 1])
    ):
        last += 1
    return first, last + 1


def _belongs(child: int, head: int, deps: Sequence[str], is_pronoun: bool) -> bool:
    relation = deps[child].partition(":")[0]
    if is_pronoun and relation in ("acl", "nmod", "case"):
        return False  # "her everywhere": what stands after a pronoun belongs to the verb
    # a case marker after its noun is the possessive 's
    return relation not in _OUTSIDE or (deps[child] == "case" and child > head)


def _is_clause_beside(word: int, above: int, children: Sequence[Sequence[int]], deps: Sequence[str]) -> bool:
    """Tell whether a word heads a clause of its own behind a relative clause: "… who edits it, and he also draws"."""
    return (
        deps[word] == "conj"
        and deps[above].startswith("acl")
        and any(deps[child].startswith("nsubj") for child in children[word])
    )


def _is_open(words: Sequence[str], closing: str) -> bool:
    """Tell whether a bracket or a quotation mark opens among the words that ``closing`` would close.

    >>> _is_open(["the", "committee", "(", "CAC"], ")"), _is_open(["his", '"', "heir", '"'], '"')
    (True, False)
    """
    opening = next(left for left, right in _CLOSING.items() if right == closing)
    if opening == closing:
        return words.count(closing) % 2 == 1
    return words.count(opening) > words.count(closing)


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
