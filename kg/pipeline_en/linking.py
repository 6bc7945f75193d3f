"""From scores of pairs to coreference chains in which no two names contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from kg.pipeline_en.entities import label_spans
from kg.pipeline_en.genders import MALE
from kg.pipeline_en.pairs import BARE, DEFINITE, HE, INDEFINITE, IT, NAME, PERSONAL, POSSESSED, SHE, THIS, Heads

_LINK_ABOVE = -0.5
_NAME_ABOVE = -4.0  # for a chain of "he" or "she" that has no name
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
        *(("man", other) for other in ("she", "woman", "it", "thing", "this")),
        *(("woman", other) for other in ("he", "it", "thing", "this")),
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


def _sort_of(kind: int, name: Name | None, gender: str) -> str:
    """Tell what a mention stands for: "he", "she", "it", "this", "man", "woman", "person", "thing", or nothing in particular."""
    if kind in _PRONOUNS:
        return _PRONOUNS[kind]
    if gender:
        return "man" if gender == MALE else "woman"
    if name is None:
        return ""
    return "person" if name.kind == "PERSON" else "thing" if name.kind in _THINGS else ""


def link(
    names: Sequence[Name | None],
    kinds: Sequence[int],
    genders: Sequence[str],
    later: Sequence[int],
    earlier: Sequence[int],
    scores: Sequence[float],
) -> list[list[int]]:
    """Link each mention to its best antecedent whose chain it does not contradict; return the chains in order.

    Contradictions are clashing names, "he", "she" and "it" for one and the same, a man and a woman, and "this" for a name;
    ``genders`` has the gender of each mention where it is sure, "" elsewhere. A chain of nothing but "he" or "she" then gets
    the best antecedent of any of its mentions.
    """
    candidates: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for row, antecedent, score in zip(later, earlier, scores, strict=True):
        candidates[row].append((score, antecedent))
    chains = _Chains(names, [_sort_of(*parts) for parts in zip(kinds, names, genders, strict=True)])
    for row, kind in enumerate(kinds):
        above = _LINK_ABOVE_BY_KIND.get(kind, _LINK_ABOVE)
        for _, antecedent in sorted((pair for pair in candidates[row] if pair[0] > above), reverse=True):
            if chains.unite(antecedent, row):
                break
    for chain in chains.in_order():
        if all(kinds[row] in (HE, SHE) for row in chain):
            chains.name(chain, sorted((pair for row in chain for pair in candidates[row]), reverse=True), kinds)
    return [chain for chain in chains.in_order() if len(chain) > 1]


class _Chains:
    """Chains that grow, with the names in them and what their mentions stand for."""

    def __init__(self, names: Sequence[Name | None], sorts: Sequence[str]) -> None:
        self._chain_of = {row: [row] for row in range(len(names))}
        self._named = {row: [name] if name else [] for row, name in enumerate(names)}  # by the first mention of a chain
        self._sorts = {row: {sort} for row, sort in enumerate(sorts)}

    def unite(self, antecedent: int, row: int) -> bool:
        """Put the chain of a later mention behind that of an earlier one unless they contradict each other; tell whether."""
        old, new = self._chain_of[antecedent], self._chain_of[row]
        first, second = old[0], new[0]
        if any(clash(left, right) for left in self._named[first] for right in self._named[second]):
            return False
        if any(frozenset(pair) in _NEVER_ONE for pair in product(self._sorts[first], self._sorts[second])):
            return False
        self._sorts[first] |= self._sorts[second]
        self._named[first] += [name for name in self._named[second] if name not in self._named[first]]
        old += new
        old.sort()
        self._chain_of.update(dict.fromkeys(new, old))
        return True

    def name(self, chain: Sequence[int], candidates: Sequence[tuple[float, int]], kinds: Sequence[int]) -> None:
        """Give a chain of nothing but "he" and "his" the likeliest antecedent: of somebody it must speak."""
        for score, antecedent in candidates:
            if score <= _NAME_ABOVE:
                return
            if antecedent < chain[0] and kinds[antecedent] <= POSSESSED and self.unite(antecedent, chain[0]):
                return

    def in_order(self) -> list[list[int]]:
        """Return the chains by their first mention, each in the order of the text."""
        firsts = sorted({chain[0] for chain in self._chain_of.values()})
        return [self._chain_of[first] for first in firsts]
