"""From scores of pairs to coreference chains in which no two names contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.pipeline_en.entities import label_spans
from kg.pipeline_en.pairs import BARE, DEFINITE, HE, INDEFINITE, IT, NAME, PERSONAL, SHE, THIS, Heads

_LINK_ABOVE = -0.5
_LINK_ABOVE_BY_KIND = {  # chosen on GUM dev, where they give 0.8 CoNLL F1 on either half of the documents
    **dict.fromkeys((DEFINITE, *PERSONAL), -1.0),  # "the firm" and "he" are said of what was named before
    **dict.fromkeys((BARE, INDEFINITE), 0.0),  # "firms" and "a firm" are new more often than not
}
_CHECKED = frozenset({"PERSON", "GPE", "LOC", "ORG", "FAC", "NORP", "EVENT", "LAW"})
_THINGS = frozenset({"GPE", "LOC", "ORG", "FAC", "EVENT", "LAW"})
_PRONOUNS = {HE: "he", SHE: "she", IT: "it", THIS: "this"}
_NEVER_ONE = frozenset(
    frozenset(pair)
    for pair in [
        *(("he", other) for other in ("she", "it", "thing", "this")),
        *(("she", other) for other in ("it", "thing", "this")),
        *(("person", other) for other in ("it", "thing", "this")),
        ("this", "thing"),  # "this" takes up what was said, not what has a name
    ]
)


@dataclass(frozen=True, slots=True)
class Name:
    """What a mention is called and of which entity type it is."""

    kind: str
    words: frozenset[str]
    initials: str


def names_of(heads: Heads, words: Sequence[str], labels: Sequence[int]) -> list[Name | None]:
    """Return the entity name that each mention head stands in, None for nominals and pronouns."""
    names: dict[int, Name] = {}
    for first, last, kind in label_spans(labels):
        if kind in _CHECKED:
            parts = [word.lower() for word in words[first:last] if any(char.isalnum() for char in word)]
            name = Name(kind, frozenset(part.replace(".", "") for part in parts), "".join(part[0] for part in parts))
            names.update(dict.fromkeys(range(first, last), name))
    return [
        names.get(int(word)) if heads_kind == NAME else None
        for word, heads_kind in zip(heads.words, heads.kinds.tolist(), strict=True)
    ]


def clash(left: Name, right: Name) -> bool:
    """Tell whether two names cannot name the same thing.

    "Kim Il Sung" and "Kim Jong Un" clash, as two states that share a word do, "Putin" and "Vladimir Putin" do not; "WHO" fits "World Health Organization".
    """
    if left.words <= right.words or right.words <= left.words:
        return {left.kind, right.kind} in ({"PERSON", "GPE"}, {"PERSON", "NORP"})
    if left.kind == right.kind == "PERSON":
        return True
    if left.kind == right.kind == "GPE" and left.words & right.words:
        return True  # North Korea and South Korea
    if left.words & right.words:
        return "PERSON" in (left.kind, right.kind)
    return not (_abbreviates(left, right) or _abbreviates(right, left))


def _abbreviates(short: Name, long: Name) -> bool:
    return (
        len(short.words) == 1
        and len(long.initials) > 1
        and next(iter(short.words)) in (long.initials, long.initials[1:])
    )


def _sort_of(kind: int, name: Name | None) -> str:
    """Tell what a mention stands for: "he", "she", "it", "this", "person", "thing", or nothing in particular."""
    if kind in _PRONOUNS:
        return _PRONOUNS[kind]
    if name is None:
        return ""
    return "person" if name.kind == "PERSON" else "thing" if name.kind in _THINGS else ""


def link(
    names: Sequence[Name | None],
    kinds: Sequence[int],
    later: Sequence[int],
    earlier: Sequence[int],
    scores: Sequence[float],
) -> list[list[int]]:
    """Link each mention to its best antecedent whose chain it does not contradict; return the chains in order.

    Contradictions are clashing names, "he", "she" and "it" for one and the same, and "this" for a name.
    """
    candidates: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for row, antecedent, score in zip(later, earlier, scores, strict=True):
        if score > _LINK_ABOVE_BY_KIND.get(kinds[row], _LINK_ABOVE):
            candidates[row].append((score, antecedent))
    chain_of: dict[int, list[int]] = {}
    named: dict[int, list[Name]] = {}  # the different names of a chain, by its first mention
    sorts: dict[int, set[str]] = {}
    for row, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        chain_of[row] = [row]
        named[row] = [name] if name else []
        sort = _sort_of(kind, name)
        sorts[row] = {sort}
        for _, antecedent in sorted(candidates[row], reverse=True):
            chain = chain_of[antecedent]
            if name and any(clash(name, other) for other in named[chain[0]]):
                continue
            if any(frozenset((sort, other)) in _NEVER_ONE for other in sorts[chain[0]]):
                continue
            chain.append(row)
            chain_of[row] = chain
            sorts[chain[0]].add(sort)
            if name and name not in named[chain[0]]:
                named[chain[0]].append(name)
            break
    return [chain for row, chain in chain_of.items() if chain[0] == row and len(chain) > 1]
