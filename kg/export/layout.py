"""Edges -> positions: a deterministic force-directed layout, fast enough for tens of thousands of nodes.

Each connected component starts from the distances to a few pivots (Brandes and Pich, "Eigensolver methods for progressive
multidimensional scaling", 2007), is relaxed by Fruchterman and Reingold's forces (1991), and the components are packed
around the largest. In big components the repulsion is computed on a grid by FFT, as in particle-mesh methods.
"""

from __future__ import annotations

import functools
from collections import deque
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.float64]
Pairs: TypeAlias = NDArray[np.int64]

EXACT = 400
"""Up to this many nodes each pair is computed; beyond, the grid."""

MEDIAN_EDGE = 1.7
"""The length of a typical edge in units of the spacing."""


def layout(count: int, edges: list[tuple[int, int]], *, spacing: float = 60.0) -> Points:
    """Positions (count, 2), centred on 0, with about `spacing` between neighbours. Loops and repeats are ignored.

    >>> layout(2, [(0, 1)]).tolist()
    [[-30.0, 0.0], [30.0, 0.0]]
    """
    pairs = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for a, b in pairs:
        neighbours[a].append(b)
        neighbours[b].append(a)
    positions = np.zeros((count, 2))
    components = _components(neighbours)
    local = np.zeros(count, dtype=np.int64)
    for component in components:
        local[component] = np.arange(len(component))
    shapes = [_place([[int(local[b]) for b in neighbours[a]] for a in component]) * spacing for component in components]
    for component, shape, centre in zip(components, shapes, _pack(shapes, spacing), strict=True):
        positions[component] = shape + centre
    return positions


def _components(neighbours: list[list[int]]) -> list[list[int]]:
    """Connected components, the largest first."""
    seen = [False] * len(neighbours)
    found = []
    for start in range(len(neighbours)):
        if not seen[start]:
            seen[start] = True
            members, queue = [], deque([start])
            while queue:
                node = queue.popleft()
                members.append(node)
                for other in neighbours[node]:
                    if not seen[other]:
                        seen[other] = True
                        queue.append(other)
            found.append(sorted(members))
    return sorted(found, key=lambda members: (-len(members), members[0]))


def _place(neighbours: list[list[int]]) -> Points:
    """One connected component in units of the spacing, centred on its middle."""
    count = len(neighbours)
    if count <= 2:
        return np.array([[0.0, 0.0]] if count == 1 else [[-0.5, 0.0], [0.5, 0.0]])
    hub = max(range(count), key=lambda node: len(neighbours[node]))
    if len(neighbours[hub]) == count - 1 and sum(map(len, neighbours)) == 2 * (count - 1):
        points = _star(count, hub)
    else:
        points = _relax(_pivots(neighbours), neighbours)
    centred: Points = points - (points.max(axis=0) + points.min(axis=0)) / 2
    return centred


def _star(count: int, hub: int) -> Points:
    """A hub with its leaves around it, in rings of at most 12, 24, 36, …"""
    points = np.zeros((count, 2))
    leaves = [node for node in range(count) if node != hub]
    ring = 1
    while leaves:
        here, leaves = leaves[: 12 * ring], leaves[12 * ring :]
        angles = 2 * np.pi * (np.arange(len(here)) + 0.5 * (ring % 2)) / len(here)
        points[here] = 1.2 * ring * np.column_stack([np.cos(angles), np.sin(angles)])
        ring += 1
    return points


def _pivots(neighbours: list[list[int]], *, pivots: int = 40) -> Points:
    """Start positions: the two main axes of the hop distances to some far-apart nodes."""
    count = len(neighbours)
    hops = np.full((min(pivots, count), count), -1.0)
    nearest = np.full(count, np.inf)
    pivot = max(range(count), key=lambda node: len(neighbours[node]))
    for row in hops:
        row[pivot] = 0
        queue = deque([pivot])
        while queue:
            node = queue.popleft()
            for other in neighbours[node]:
                if row[other] < 0:
                    row[other] = row[node] + 1
                    queue.append(other)
        nearest = np.minimum(nearest, row)
        pivot = int(nearest.argmax())
    squares = hops.T**2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    points: Points = centred @ vectors[:, -1:-3:-1]
    # Leaves of one hub have equal distances: a sunflower spread parts them, the same on each run.
    turns = np.arange(count) * 2.399963
    spread = np.sqrt(np.arange(count) + 0.5)[:, None] * np.column_stack([np.cos(turns), np.sin(turns)])
    scale = np.maximum(points.std(axis=0), 1e-9)
    return np.asarray(np.sqrt(count) * 0.45 * points / scale + 0.06 * spread)


def _relax(points: Points, neighbours: list[list[int]]) -> Points:
    count = len(points)
    pairs = np.array([(a, b) for a, others in enumerate(neighbours) for b in others if a < b], dtype=np.int64)
    degree = np.array([len(others) for others in neighbours], dtype=np.float64)
    # An edge between two hubs pulls less than one to a leaf, else the hubs collapse into a ball of hair.
    weight = 1.0 / np.sqrt(np.minimum(degree[pairs[:, 0]], degree[pairs[:, 1]]))
    # Hubs need more room around them than leaves (as in Jacomy et al., "ForceAtlas2", 2014).
    spread = np.sqrt(degree)[:, None]
    rounds = 220 if count <= EXACT else 140
    repulsion = _repulsion_exact if count <= EXACT else _repulsion_grid
    for step in range(rounds):
        force = repulsion(points) * spread + _attraction(points, pairs, weight)
        # A weak pull to the middle keeps long tails from shrinking everything else on the screen.
        force -= 0.05 * spread * points
        length = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)
        limit = 0.06 * np.sqrt(count) * (1 - step / rounds) ** 1.5 + 0.01
        points = points + force * (np.minimum(length, limit) / length)[:, None]
    # Long tails are drawn in and the crowded middle is let out, so that a screen shows more of both.
    reach = np.hypot(points[:, 0], points[:, 1])
    points = points * (np.maximum(reach, 1e-9) / max(float(reach.max()), 1e-9))[:, None] ** -0.3
    delta = points[pairs[:, 1]] - points[pairs[:, 0]]
    median = float(np.median(np.hypot(delta[:, 0], delta[:, 1])))
    return _part(points * (MEDIAN_EDGE / max(median, 1e-9)))


def _attraction(points: Points, pairs: Pairs, weight: NDArray[np.float64]) -> Points:
    delta = points[pairs[:, 1]] - points[pairs[:, 0]]
    pull = delta * (np.hypot(delta[:, 0], delta[:, 1]) * weight)[:, None]
    force = np.zeros_like(points)
    for axis in (0, 1):
        force[:, axis] += np.bincount(pairs[:, 0], pull[:, axis], len(points))
        force[:, axis] -= np.bincount(pairs[:, 1], pull[:, axis], len(points))
    return force


def _repulsion_exact(points: Points) -> Points:
    dx = points[:, 0][:, None] - points[:, 0][None, :]
    dy = points[:, 1][:, None] - points[:, 1][None, :]
    inverse = 1.0 / np.maximum(dx * dx + dy * dy, 0.01)
    return np.column_stack([(dx * inverse).sum(axis=1), (dy * inverse).sum(axis=1)])


def _repulsion_grid(points: Points) -> Points:
    """The same force from masses on a grid: each node spreads over four cells, the field is read back from them."""
    side = 1 << int(np.ceil(np.log2(2 * np.sqrt(len(points)))))
    low, high = points.min(axis=0), points.max(axis=0)
    cell = float(max((high - low).max(), 1.0)) / (side - 2)
    place = (points - low) / cell
    corner = place.astype(np.int64)
    part = place - corner
    corners = [
        ((corner[:, 0] + i) * side + corner[:, 1] + j, np.abs(1 - i - part[:, 0]) * np.abs(1 - j - part[:, 1]))
        for i in (0, 1)
        for j in (0, 1)
    ]
    mass = np.zeros(side * side)
    for index, share in corners:
        mass += np.bincount(index, share, side * side)
    spectrum = np.fft.rfft2(mass.reshape(side, side), (2 * side, 2 * side))
    force = np.zeros_like(points)
    for axis, kernel in enumerate(_kernels(side)):
        field = np.fft.irfft2(spectrum * kernel, (2 * side, 2 * side))[:side, :side].ravel() / cell
        for index, share in corners:
            force[:, axis] += field[index] * share
    return force


@functools.cache
def _kernels(side: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """The spectra of d / |d|² along each axis, on a doubled grid, so that the field does not wrap around."""
    steps = np.concatenate([np.arange(side), np.arange(-side, 0)]).astype(np.float64)
    softened = 1.0 / np.maximum(steps[:, None] ** 2 + steps[None, :] ** 2, 1.0)
    return np.fft.rfft2(steps[:, None] * softened), np.fft.rfft2(steps[None, :] * softened)


def _part(points: Points, *, apart: float = 0.55, rounds: int = 12) -> Points:
    """Push nodes that lie on each other apart, pair by pair, looking only at neighbours in x order."""
    points = points.copy()
    for _ in range(rounds):
        order = np.lexsort((points[:, 1], points[:, 0]))
        moved = False
        for shift in range(1, min(24, len(points))):
            a, b = order[:-shift], order[shift:]
            delta = points[b] - points[a]
            length = np.hypot(delta[:, 0], delta[:, 1])
            close = length < apart
            if close.any():
                moved = True
                a, b, delta, length = a[close], b[close], delta[close], length[close]
                delta = np.where(length[:, None] < 1e-6, [0.0, 1.0], delta / np.maximum(length, 1e-6)[:, None])
                push = delta * ((apart - length) * 0.5)[:, None]
                np.add.at(points, a, -push)
                np.add.at(points, b, push)
        if not moved:
            break
    return points


def _pack(shapes: list[Points], spacing: float) -> list[Points]:
    """Centres for components, sorted by size: each as near to the middle as the ones before it allow."""
    radii = np.array([np.hypot(shape[:, 0], shape[:, 1]).max() + spacing * 0.8 for shape in shapes])
    if not len(radii):
        return []
    # Places to try lie on a flat spiral, as wide screens are, from the middle to where all must fit.
    room = 6 * float((radii**2).sum())
    step = max(spacing / 2, (room / 20_000) ** 0.5)
    count = int(room / step**2) + 64
    turns = np.arange(count) * 2.399963
    spiral = step * np.sqrt(np.arange(count))[:, None] * np.column_stack([1.4 * np.cos(turns), np.sin(turns)])
    free = np.full(count, np.inf)
    centres = []
    for radius in radii:
        place = spiral[int((free >= radius).argmax())]
        centres.append(place)
        free = np.minimum(free, np.hypot(*(spiral - place).T) - radius)
    return centres
