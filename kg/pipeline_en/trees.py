"""The best dependency tree of a sentence with exactly one root (Chu-Liu/Edmonds), and how sure each of its arcs is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]


def best_tree(scores: npt.NDArray[np.floating]) -> list[int]:
    """Return the head of each word, counted from 1; 0 is the root.

    ``scores[i, j]`` is the score of word i + 1 under head j, where j = 0 is the root.

    >>> best_tree(np.array([[0.0, 0.0, 5.0], [4.0, 1.0, 0.0]]))
    [2, 0]
    """
    count = len(scores)
    if count == 1:
        return [0]
    scores = np.array(scores, dtype=np.float64)
    scores[np.arange(count), np.arange(1, count + 1)] = -np.inf
    heads = scores.argmax(1)
    if (heads == 0).sum() == 1 and not _has_cycle(heads.tolist()):
        return [int(head) for head in heads]
    # a tree needs one arc from the root; a penalty larger than all other differences makes a second one never pay
    finite = np.isfinite(scores)
    spread = float(scores[finite].max() - scores[finite].min()) + 1.0
    scores[:, 0] -= spread * (count + 1)
    square = np.full((count + 1, count + 1), -np.inf)
    square[1:] = scores
    return [int(head) for head in _arborescence(square)[1:]]


def shares(scores: npt.NDArray[np.floating], heads: list[int]) -> list[float]:
    """Return how sure each head is: its share (softmax) among all heads that the word could have, from 0 to 1.

    >>> shares(np.array([[0.0, 0.0, 0.0], [9.0, 1.0, 0.0]]), [2, 0])
    [0.5, 1.0]
    """
    count = len(scores)
    scores = np.array(scores, dtype=np.float64)
    scores[np.arange(count), np.arange(1, count + 1)] = -np.inf
    scores = np.exp(scores - scores.max(1, keepdims=True))
    chosen: list[float] = (scores[np.arange(count), heads] / scores.sum(1)).round(2).tolist()
    return chosen


def _has_cycle(heads: list[int]) -> bool:
    """Tell whether following the heads ever comes back; word i + 1 has head ``heads[i]``."""
    state = [0] * (len(heads) + 1)
    state[0] = 2
    for start in range(1, len(state)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node - 1]
        if state[node] == 1:
            return True
        for seen in path:
            state[seen] = 2
    return False


def _arborescence(scores: Scores) -> list[int]:
    """Return the heads of the maximum spanning arborescence; row = dependent, column = head, 0 = root."""
    count = len(scores)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads.tolist())
    if not cycle:
        return [int(head) for head in heads]
    members = np.array(cycle)
    others = np.array([node for node in range(count) if node not in set(cycle)])
    own = scores[members, heads[members]]
    # contracted graph: the nodes outside the cycle, then the cycle as one node
    size = len(others) + 1
    small = np.full((size, size), -np.inf)
    small[:-1, :-1] = scores[np.ix_(others, others)]
    leaving = scores[np.ix_(others, members)]
    small[:-1, -1] = leaving.max(1)
    entering = scores[np.ix_(members, others)] - own[:, None] + own.sum()
    small[-1, :-1] = entering.max(0)
    small[0] = -np.inf
    contracted = _arborescence(small)
    result = [int(head) for head in heads]
    for place in range(1, size - 1):
        head = contracted[place]
        node = int(others[place])
        result[node] = int(others[head]) if head < size - 1 else int(members[leaving[place].argmax()])
    source = contracted[-1]
    broken = int(members[entering[:, source].argmax()])
    result[broken] = int(others[source])
    return result


def _find_cycle(heads: list[int]) -> list[int]:
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []
