"""From label scores to entities: the best sequence in which nothing is continued that was not begun."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kg.pipeline_en.labels import ENTITY_LABELS, OUTSIDE

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
