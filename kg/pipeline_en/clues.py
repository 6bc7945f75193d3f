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
_MOST_MODIFIERS = 5
_MODIFIERS = frozenset({"amod", "compound", "nummod", "nmod", "flat"})
_FLAGS = 20
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
    texts: Ints  # number of the phrase without its determiner and possessor, lower case
    modifiers: Ints  # heads × _MOST_MODIFIERS, numbers of the words that say which one is meant, -1 for none
    owners: Ints  # number of the possessor's form, -1 for none
    short: Ints  # number of the head's form if it is an acronym, -1 for none
    initials: Ints  # number of the initials of the whole name, -1 for a name of one word


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
    phrases = _phrases(rows, words, heads, deps)
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
        *phrases,
    )


def _phrases(
    rows: Sequence[int], words: Sequence[str], heads: Sequence[int], deps: Sequence[str]
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Return what the phrases of mention heads consist of: texts, modifiers, owners, acronyms and initials, as numbers."""
    numbers: dict[str, int] = {}
    below: dict[int, list[int]] = {row: [] for row in rows}
    for index, head in enumerate(heads):
        if head in below and index != head:
            below[head].append(index)
    modifiers = np.full((len(rows), _MOST_MODIFIERS), -1, dtype=np.int64)
    texts, owners, short, initials = (np.full(len(rows), -1, dtype=np.int64) for _ in range(4))

    def number(text: str) -> int:
        return numbers.setdefault(text, len(numbers))

    for row, word in enumerate(rows):
        parts = [index for index in below[word] if deps[index].partition(":")[0] in _MODIFIERS]
        own = [index for index in below[word] if deps[index] == "nmod:poss"]
        parts = [index for index in parts if index not in own]
        for place, index in enumerate(parts[:_MOST_MODIFIERS]):
            modifiers[row, place] = number(words[index].lower())
        name = sorted([*parts, word])
        texts[row] = number(" ".join(words[index].lower() for index in name))
        if own:
            owners[row] = number(words[own[0]].lower())
        if words[word].isupper() and len(words[word]) > 1:
            short[row] = number(words[word])
        large = [words[index][0] for index in name if words[index][:1].isupper()]
        if len(large) > 1:
            initials[row] = number("".join(large))
    return texts, modifiers, owners, short, initials


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
    nominal = (found.kinds[later] <= POSSESSED) & (found.kinds[earlier] <= POSSESSED)
    alike = nominal & (found.heads[later] == found.heads[earlier])
    new, old = clues.modifiers[later], clues.modifiers[earlier]
    shared = ((new[:, :, None] == old[:, None, :]) & (new[:, :, None] >= 0)).any(2).sum(1)
    more, less = (new >= 0).sum(1), (old >= 0).sum(1)
    kind_a, kind_b = clues.kinds[later], clues.kinds[earlier]
    typed = (kind_a < len(_KINDS)) & (kind_b < len(_KINDS))
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
        nominal & (clues.texts[later] == clues.texts[earlier]),
        alike & (shared == more) & (more > 0),
        alike & (more > shared),  # the later one says more about which one is meant
        alike & (more > shared) & (less > shared),
        alike
        & (clues.owners[later] >= 0)
        & (clues.owners[earlier] >= 0)
        & (clues.owners[later] != clues.owners[earlier]),
        typed & (kind_a != kind_b),
        typed & (kind_a == kind_b),
        _abbreviates(clues, later, earlier) | _abbreviates(clues, earlier, later),
    )
    return np.stack(flags, axis=1).astype(np.float32)


def _abbreviates(clues: Clues, short: Ints, long: Ints) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = (clues.short[short] >= 0) & (clues.short[short] == clues.initials[long])
    return found
