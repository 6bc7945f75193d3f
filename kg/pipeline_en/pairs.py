"""Mention heads and the pairs of them that the coreference scorer looks at; the same for training and run time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

NEAREST = 45
SAME_HEAD = 8
NAME_WORDS = 6

NAME, DEFINITE, INDEFINITE, BARE, POSSESSED, HE, SHE, IT, THEY, FIRST, WE, SECOND, THIS, WHO, OTHER = range(15)
KINDS = 15
PERSONAL = frozenset({HE, SHE, IT, THEY, FIRST, WE, SECOND})
_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), SHE),
    **dict.fromkeys(("it", "its", "itself"), IT),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "themself"), THEY),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), FIRST),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), WE),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), SECOND),
    **dict.fromkeys(("this", "that", "these", "those"), THIS),
    **dict.fromkeys(("who", "whom", "whose", "which"), WHO),
}
_NOT_HEADS = frozenset({"flat", "fixed", "goeswith", "reparandum", "expl"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_INDEFINITE = frozenset({"a", "an", "some", "any", "another", "no", "every", "each"})

_WORD_STEPS = np.array([2, 4, 8, 16, 32, 64, 128, 256, 512])
_MENTION_STEPS = np.array([1, 2, 3, 4, 6, 9, 14, 22, 45])
_FLAGS = 12
FEATURES = 2 * KINDS + len(_WORD_STEPS) + 1 + len(_MENTION_STEPS) + 1 + 4 + _FLAGS


@dataclass(frozen=True, slots=True)
class Heads:
    """Possible mention heads of a text, in order, with what is compared between two of them."""

    words: Ints  # word numbers
    kinds: Ints
    heads: Ints  # number of the head's lower-case form, stripped of a plural s
    names: Ints  # heads × NAME_WORDS, numbers of the words of the whole name, -1 for none
    above: Ints  # word number of the syntactic head
    relations: Ints  # 1 apposition, 2 compound or conjunct, 0 other
    sentences: Ints


def find_heads(
    words: Sequence[str],
    upos: Sequence[str],
    heads: Sequence[int],
    deps: Sequence[str],
    starts: Sequence[bool],
) -> Heads:
    """Return the words that may head a mention: nouns, names and pronouns that are not inner parts of a name."""
    determiners: dict[int, int] = {}
    for index, dep in enumerate(deps):
        if dep in ("det", "nmod:poss"):
            determiners.setdefault(heads[index], index)
    numbers: dict[str, int] = {}
    sentence = -1
    rows: list[tuple[int, int, int, list[int], int, int, int]] = []
    for index, (word, pos, dep) in enumerate(zip(words, upos, deps, strict=True)):
        sentence += bool(starts[index]) or index == 0
        if pos not in ("NOUN", "PROPN", "PRON") and not (pos == "DET" and dep not in ("det", "det:predet")):
            continue
        if dep.partition(":")[0] in _NOT_HEADS or (
            pos == "PROPN" and heads[index] == index + 1 and upos[index + 1] == "ADJ"
        ):
            continue  # "North" in "North Korean" names nothing by itself
        lower = word.lower()
        kind = _kind(
            lower, pos, words[determiners[index]].lower() if index in determiners else "", index, determiners, deps
        )
        name = _name_words(words, upos, index) if kind == NAME else [lower]
        rows.append(
            (
                index,
                kind,
                _number(_singular(lower), numbers),
                [_number(_singular(part), numbers) for part in name[:NAME_WORDS]],
                heads[index],
                1 if dep == "appos" else 2 if dep in ("compound", "conj", "nmod:poss", "nmod") else 0,
                sentence,
            )
        )
    names = np.full((len(rows), NAME_WORDS), -1, dtype=np.int64)
    for row, entry in enumerate(rows):
        names[row, : len(entry[3])] = entry[3]

    def column(place: int) -> Ints:
        return np.array([row[place] for row in rows], dtype=np.int64)

    return Heads(column(0), column(1), column(2), names, column(4), column(5), column(6))


def _kind(lower: str, pos: str, determiner: str, index: int, determiners: dict[int, int], deps: Sequence[str]) -> int:
    if pos in ("PRON", "DET"):
        return _PRONOUNS.get(lower, OTHER)
    if pos == "PROPN":
        return NAME
    if determiner in _DEFINITE:
        return DEFINITE
    if determiner in _INDEFINITE:
        return INDEFINITE
    if index in determiners and deps[determiners[index]] == "nmod:poss":
        return POSSESSED
    return BARE


def _name_words(words: Sequence[str], upos: Sequence[str], index: int) -> list[str]:
    left = right = index
    while left > 0 and upos[left - 1] == "PROPN" and index - left < 4:
        left -= 1
    while right + 1 < len(words) and upos[right + 1] == "PROPN" and right - index < 4:
        right += 1
    return [word.lower() for word in words[left : right + 1]]


def _singular(lower: str) -> str:
    return lower[:-1] if len(lower) > 3 and lower.endswith("s") and not lower.endswith("ss") else lower


def _number(word: str, numbers: dict[str, int]) -> int:
    return numbers.setdefault(word, len(numbers))


def find_pairs(heads: Heads) -> tuple[Ints, Ints]:
    """Return (later, earlier) rows: for each head the nearest before it, and farther ones that share a word.

    The number of pairs grows with the text, not with its square.
    """
    later: list[Ints] = []
    earlier: list[Ints] = []
    seen: dict[int, list[int]] = {}
    for row in range(len(heads.words)):
        low = max(0, row - NEAREST)
        near = np.arange(low, row, dtype=np.int64)
        if heads.kinds[row] <= POSSESSED:
            keys = (
                [int(key) for key in heads.names[row] if key >= 0]
                if heads.kinds[row] == NAME
                else [int(heads.heads[row])]
            )
            far = {old for key in keys for old in seen.get(key, ())[-SAME_HEAD:] if old < low}
            if far:
                near = np.concatenate([np.array(sorted(far), dtype=np.int64), near])
            for key in keys:
                seen.setdefault(key, []).append(row)
        if len(near):
            later.append(np.full(len(near), row, dtype=np.int64))
            earlier.append(near)
    if not later:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(later), np.concatenate(earlier)


def pair_features(heads: Heads, later: Ints, earlier: Ints) -> Floats:
    """Return one row of features per pair."""
    count = len(later)
    features = np.zeros((count, FEATURES), dtype=np.float32)
    rows = np.arange(count)
    features[rows, heads.kinds[later]] = 1
    features[rows, KINDS + heads.kinds[earlier]] = 1
    place = 2 * KINDS
    distance = heads.words[later] - heads.words[earlier]
    features[rows, place + np.searchsorted(_WORD_STEPS, distance)] = 1
    place += len(_WORD_STEPS) + 1
    features[rows, place + np.searchsorted(_MENTION_STEPS, later - earlier)] = 1
    place += len(_MENTION_STEPS) + 1
    features[rows, place + np.minimum(heads.sentences[later] - heads.sentences[earlier], 3)] = 1
    place += 4
    features[:, place:] = _flags(heads, later, earlier)
    return features


def _flags(heads: Heads, later: Ints, earlier: Ints) -> Floats:
    names_a, names_b = heads.names[later], heads.names[earlier]
    head_a, head_b = heads.heads[later], heads.heads[earlier]
    has_a, has_b = (names_a >= 0).sum(1), (names_b >= 0).sum(1)
    shared = ((names_a[:, :, None] == names_b[:, None, :]) & (names_a[:, :, None] >= 0)).any(2).sum(1)
    both_nominal = (heads.kinds[later] <= POSSESSED) & (heads.kinds[earlier] <= POSSESSED)
    flags = (
        (head_a == head_b) & both_nominal,
        both_nominal & (has_a == has_b) & (shared == has_a) & (names_a[:, 0] == names_b[:, 0]),
        both_nominal & (names_b == head_a[:, None]).any(1),
        both_nominal & (names_a == head_b[:, None]).any(1),
        both_nominal & (shared == np.minimum(has_a, has_b)),
        both_nominal & (shared > 0),
        heads.kinds[later] == heads.kinds[earlier],
        heads.above[later] == heads.words[earlier],
        heads.above[earlier] == heads.words[later],
        (heads.relations[later] == 1) & (heads.above[later] == heads.words[earlier]),
        heads.relations[later] == 2,
        heads.relations[earlier] == 2,
    )
    return np.stack(flags, axis=1).astype(np.float32)
