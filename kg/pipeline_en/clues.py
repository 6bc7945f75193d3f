"""What the tree and the entities of a text say about pairs of mention heads: roles, clauses, types, number, salience."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.pipeline_en.entities import label_spans
from kg.pipeline_en.pairs import HE, POSSESSED, SHE, THEY, WE, Heads

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

_ROLES = ("nsubj", "nsubj:pass", "obj", "obl", "nmod:poss", "nmod", "conj", "appos", "compound", "root")
_KINDS = ("PERSON", "GPE", "LOC", "FAC", "ORG", "NORP", "EVENT", "TITLE")
_SINGULAR, _PLURAL = 1, 2
_CLAUSES = frozenset({"VERB", "AUX"})
_CLAUSE_LINKS = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj"})
_STEPS = np.array([1, 2, 3, 4, 6, 9])
_COUNTS = np.array([0, 1, 2, 4])
_MOST_CLAUSES = 6
_FLAGS = 12
CLUES = 2 * (len(_ROLES) + 1) + 2 * (len(_KINDS) + 1) + len(_STEPS) + 2 + 2 * (len(_COUNTS) + 1) + _FLAGS


@dataclass(frozen=True, slots=True)
class Clues:
    """One entry per mention head."""

    roles: Ints  # place in _ROLES, their number for others
    kinds: Ints  # place in _KINDS, their number for others
    numbers: Ints  # 1 singular, 2 plural, 0 unknown
    paths: Ints  # heads × _MOST_CLAUSES, the word numbers of the predicates above, nearest first, -1 for none
    depths: Ints  # steps up to the root
    reflexive: npt.NDArray[np.bool_]
    subject: npt.NDArray[np.bool_]
    topic: npt.NDArray[np.bool_]  # the first subject of its sentence
    before: Ints  # how often the same word headed a mention before
    persons: Ints  # how many names of persons stand before it in the text


def find_clues(
    found: Heads,
    words: Sequence[str],
    morphs: Sequence[str],
    heads: Sequence[int],
    deps: Sequence[str],
    entities: Sequence[int],
) -> Clues:
    """Return the clues of mention heads; ``morphs`` are "UPOS|features", ``entities`` numbers of entity labels."""
    rows = found.words.tolist()
    roles = {role: number for number, role in enumerate(_ROLES)}
    kinds = [len(_KINDS)] * len(words)
    persons = np.zeros(len(words) + 1, dtype=np.int64)
    for first, last, kind in label_spans(entities):
        if kind in _KINDS:
            kinds[first:last] = [_KINDS.index(kind)] * (last - first)
        persons[last] += kind == "PERSON"
    paths = np.full((len(rows), _MOST_CLAUSES), -1, dtype=np.int64)
    depths = np.zeros(len(rows), dtype=np.int64)
    for row, word in enumerate(rows):
        path, depths[row] = _predicates(word, morphs, heads, deps)
        paths[row, : len(path)] = path
    subject = np.array([deps[word].startswith("nsubj") for word in rows], dtype=bool)
    seen: Counter[int] = Counter()
    before = []
    for name in found.heads.tolist():
        before.append(seen[name])
        seen[name] += 1
    return Clues(
        np.array([roles.get(deps[word], roles.get(deps[word].partition(":")[0], len(_ROLES))) for word in rows]),
        np.array([kinds[word] for word in rows]),
        np.array([_number(morphs[word]) for word in rows]),
        paths,
        depths,
        np.array([words[word].lower().endswith(("self", "selves")) for word in rows], dtype=bool),
        subject,
        subject & (np.arange(len(rows)) == _first_subject(found, subject)),
        np.array(before, dtype=np.int64),
        np.cumsum(persons)[found.words],
    )


def _predicates(word: int, morphs: Sequence[str], heads: Sequence[int], deps: Sequence[str]) -> tuple[list[int], int]:
    """Return the predicates above a word, nearest first, and its depth in the tree."""
    path: list[int] = []
    depth = 0
    while heads[word] != word:
        word = heads[word]
        depth += 1
        is_clause = morphs[word].partition("|")[0] in _CLAUSES or deps[word].partition(":")[0] in _CLAUSE_LINKS
        if is_clause and len(path) < _MOST_CLAUSES:
            path.append(word)
    return path, depth


def _number(morph: str) -> int:
    return _PLURAL if "Number=Plur" in morph else _SINGULAR if "Number=Sing" in morph else 0


def _first_subject(found: Heads, subject: npt.NDArray[np.bool_]) -> Ints:
    """Return for each head the row of the first subject of its sentence, -1 for none."""
    first: dict[int, int] = {}
    for row in np.flatnonzero(subject).tolist():
        first.setdefault(int(found.sentences[row]), row)
    return np.array([first.get(sentence, -1) for sentence in found.sentences.tolist()], dtype=np.int64)


def clue_features(found: Heads, clues: Clues, later: Ints, earlier: Ints) -> Floats:
    """Return one row of CLUES features per pair."""
    features = np.zeros((len(later), CLUES), dtype=np.float32)
    rows = np.arange(len(later))
    same = found.sentences[later] == found.sentences[earlier]
    place = 0
    for values, size in (
        (clues.roles[later], len(_ROLES) + 1),
        (clues.roles[earlier], len(_ROLES) + 1),
        (clues.kinds[later], len(_KINDS) + 1),
        (clues.kinds[earlier], len(_KINDS) + 1),
        (_tree_steps(clues, later, earlier, same), len(_STEPS) + 2),
        (np.searchsorted(_COUNTS, clues.before[earlier]), len(_COUNTS) + 1),
        (np.searchsorted(_COUNTS, clues.persons[later] - clues.persons[earlier]), len(_COUNTS) + 1),
    ):
        features[rows, place + values] = 1
        place += size
    features[:, place:] = _flags(found, clues, later, earlier, same)
    return features


def _tree_steps(clues: Clues, later: Ints, earlier: Ints, same: npt.NDArray[np.bool_]) -> Ints:
    """Return a number for how many predicates up and down lie between two heads; 0 in different sentences."""
    shared = (clues.paths[later][:, :, None] == clues.paths[earlier][:, None, :]) & (clues.paths[later] >= 0)[
        :, :, None
    ]
    up = np.where(shared.any(2).any(1), shared.any(2).argmax(1), _MOST_CLAUSES)
    down = np.where(shared.any(1).any(1), shared.any(1).argmax(1), _MOST_CLAUSES)
    steps: Ints = np.where(same, 1 + np.searchsorted(_STEPS, up + down), 0)
    return steps


def _flags(found: Heads, clues: Clues, later: Ints, earlier: Ints, same: npt.NDArray[np.bool_]) -> Floats:
    near, far = clues.paths[later], clues.paths[earlier]
    one_clause = same & (near[:, 0] == far[:, 0]) & (near[:, 0] >= 0)
    above = same & (near == far[:, :1]).any(1) & (far[:, 0] >= 0)  # the antecedent's clause holds the later mention
    both_known = (clues.numbers[later] > 0) & (clues.numbers[earlier] > 0)
    agree = clues.numbers[later] == clues.numbers[earlier]
    plural = np.isin(found.kinds[later], (THEY, WE))
    person = np.isin(found.kinds[later], (HE, SHE))
    is_person = clues.kinds[earlier] == _KINDS.index("PERSON")
    flags = (
        one_clause,
        one_clause & ~clues.reflexive[later] & (clues.roles[later] < 4) & (clues.roles[earlier] < 4),
        clues.reflexive[later],
        above & clues.subject[earlier],
        above & ~one_clause,
        clues.topic[earlier],
        clues.topic[earlier] & clues.topic[later],
        clues.roles[later] == clues.roles[earlier],
        both_known & ~agree,
        plural & (clues.numbers[earlier] == _SINGULAR),
        person & ~is_person & (found.kinds[earlier] <= POSSESSED),
        clues.subject[earlier] & (found.sentences[later] - found.sentences[earlier] == 1),
    )
    return np.stack(flags, axis=1).astype(np.float32)
