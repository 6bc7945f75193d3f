"""From label scores to entities: the best sequence in which nothing is continued that was not begun."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.pipeline_en.labels import ENTITY_LABELS, ENTITY_TYPES, OUTSIDE
from kg.pipeline_en.peoples import is_people

_NO_NAMES = ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "TITLE")
_NAMES = frozenset(number for number, kind in enumerate(ENTITY_TYPES) if kind not in _NO_NAMES)

_WORDS = {
    name: frozenset(text.split())
    for name, text in tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8")).items()
}
_CURRENCIES, _BUILDINGS = _WORDS["currencies"], _WORDS["buildings"]
_STORMS, _PARTICLES = _WORDS["storms"], _WORDS["particles"]
_COUNT = len(ENTITY_LABELS)
_FORBIDDEN = -1e9


def _transitions() -> npt.NDArray[np.float32]:
    table = np.zeros((_COUNT, _COUNT), dtype=np.float32)
    for label in range(2, _COUNT, 2):  # the labels I-X; B-X comes just before each
        table[:, label] = _FORBIDDEN
        table[label - 1, label] = table[label, label] = 0.0
    return table


_TRANSITIONS = _transitions()


def best_labels(scores: npt.NDArray[np.floating]) -> list[int]:
    """Return the best label of each word of one sentence, a legal BIO sequence."""
    greedy: list[int] = scores.argmax(1).tolist()
    previous = OUTSIDE
    for label in greedy:
        if label and label % 2 == 0 and previous not in (label, label - 1):
            return _viterbi(scores)
        previous = label
    return greedy


def _viterbi(scores: npt.NDArray[np.floating]) -> list[int]:
    score = scores[0] + _TRANSITIONS[OUTSIDE]
    back = []
    for row in scores[1:]:
        table = score[:, None] + _TRANSITIONS
        best = table.argmax(0)
        back.append(best)
        score = table[best, np.arange(_COUNT)] + row
    label = int(score.argmax())
    path = [label]
    for best in reversed(back):
        label = int(best[label])
        path.append(label)
    return path[::-1]


def join_amounts(words: Sequence[str], labels: list[int]) -> None:
    """Make one amount of a number and the sign or unit beside it: "$" + "20 million", "40" + "percent"."""
    spans = label_spans(labels)
    for (first, middle, left), (start, last, right) in pairwise(spans):
        if start != middle:
            continue
        if left == "MONEY" and right == "CARDINAL" and words[middle - 1] in _CURRENCIES:
            kind = left
        elif left == "CARDINAL" and right in ("MONEY", "PERCENT") and words[start] not in _CURRENCIES:
            kind = right
        else:
            continue
        number = ENTITY_TYPES.index(kind)
        labels[first] = 1 + 2 * number
        labels[first + 1 : last] = [2 + 2 * number] * (last - first - 1)


def join_persons(words: Sequence[str], newlines: Sequence[int], labels: list[int]) -> None:
    """Make one name of two that touch on one line, or that only a particle parts: "Abu" + "Bakr", "Omar" + "al" + "Velmi"."""
    number = ENTITY_TYPES.index("PERSON")
    for (_, middle, left), (start, last, right) in pairwise(label_spans(labels)):
        if not left == right == "PERSON" or any(newlines[middle : start + 1]):
            continue
        if all(word.lower() in _PARTICLES for word in words[middle:start]):
            labels[middle:last] = [2 + 2 * number] * (last - middle)


def name_storms(words: Sequence[str], labels: list[int]) -> None:
    """Let "Hurricane Ada" be an event, and so "Ada" by itself all over the text, but not in "Ada Keller"."""
    storms = {
        words[index + 1]
        for index, word in enumerate(words[:-1])
        if word.lower() in _STORMS and words[index + 1].istitle() and words[index + 1].isalpha()
    }
    if not storms:
        return
    number = ENTITY_TYPES.index("EVENT")
    for index, word in enumerate(words):
        if word not in storms or (index + 1 < len(words) and labels[index + 1] and labels[index + 1] % 2 == 0):
            continue
        first = index - 1 if index and words[index - 1].lower() in _STORMS else index
        if first < index and first and words[first - 1].lower() == "tropical":
            first -= 1
        inside = labels[first] and labels[first] % 2 == 0  # part of a longer name: "Super Storm Ada", "Mary Ada"
        named = labels[index] != OUTSIDE and ENTITY_TYPES[(labels[index] - 1) // 2] not in _NO_NAMES
        if inside or not (named or (labels[index] == OUTSIDE and first < index)):
            continue
        labels[first] = 1 + 2 * number
        labels[first + 1 : index + 1] = [2 + 2 * number] * (index - first)


def name_buildings(words: Sequence[str], labels: list[int]) -> None:
    """Let "Kim Il Sung Square" be a place: nobody's family name is Square or Airport."""
    for first, last, kind in label_spans(labels):
        if kind == "PERSON" and last - first > 1 and words[last - 1] in _BUILDINGS:
            number = ENTITY_TYPES.index("FAC")
            labels[first] = 1 + 2 * number
            labels[first + 1 : last] = [2 + 2 * number] * (last - first - 1)


def name_peoples(words: Sequence[str], labels: list[int]) -> None:
    """Let entities such as "North Korean" be NORP; in 385 labelled cases they were nothing else."""
    for first, last, kind in label_spans(labels):
        if kind not in _NO_NAMES and is_people(words[first:last]):
            number = ENTITY_TYPES.index("NORP")
            labels[first] = 1 + 2 * number
            labels[first + 1 : last] = [2 + 2 * number] * (last - first - 1)


def label_spans(labels: Sequence[int]) -> list[tuple[int, int, str]]:
    """Return (first, last + 1, type) of the entities."""
    spans = []
    first = 0
    while first < len(labels):
        last = first + 1
        if labels[first] != OUTSIDE:
            while last < len(labels) and labels[last] == labels[first] + 1:
                last += 1
            spans.append((first, last, ENTITY_TYPES[(labels[first] - 1) // 2]))
        first = last
    return spans


def type_shares(scores: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Return how likely each type is for a word that opens an entity."""
    opening = scores[1::2]
    shares = np.exp(opening - opening.max())
    result: npt.NDArray[np.floating] = shares / shares.sum()
    return result


def agree(words: Sequence[str], labels: list[int], shares: Mapping[int, npt.NDArray[np.floating]]) -> None:
    """Give a name that a text repeats the type that is likeliest over all its places.

    In one article "KCNA" is one thing; where it stands under a photograph, the words around it say little.
    """
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for first in shares:
        if (labels[first] - 1) // 2 not in _NAMES:
            continue
        last = first + 1
        while last < len(labels) and labels[last] == labels[first] + 1:
            last += 1
        groups[" ".join(words[first:last])].append((first, last))
    for spans in groups.values():
        kinds = {(labels[first] - 1) // 2 for first, _ in spans}
        if len(kinds) < 2:
            continue
        total = np.sum([shares[first] for first, _ in spans], axis=0)
        best = max(sorted(kinds), key=lambda kind: float(total[kind]))
        for first, last in spans:
            labels[first] = 1 + 2 * best
            labels[first + 1 : last] = [2 + 2 * best] * (last - first - 1)
