"""Cut passages into windows of word pieces and put windows into tensors, with the targets of every layer."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from kg.pipeline_en.wordpieces import CLS, NO_SHAPE, SEP, WordPieces, break_piece
from training.network import Batch
from training.passages import ROOT, Passage

IGNORE = -100


@dataclass
class Window:
    """Words first to last of a passage, as pieces."""

    passage: Passage
    first: int
    last: int
    pieces: list[int]
    piece_words: list[int]
    piece_shapes: list[int]
    word_shapes: list[int]


def make_window(passage: Passage, first: int, last: int, split: WordPieces) -> Window:
    """Encode a slice of a passage."""
    pieces, owners, shapes, word_shapes = [CLS], [-1], [NO_SHAPE], []
    for index, (ids, shape) in enumerate(split(passage.words[first:last])):
        newline = break_piece(passage.newlines[first + index]) if index else None
        if newline is not None:
            pieces.append(newline)
            owners.append(-1)
            shapes.append(NO_SHAPE)
        pieces.extend(ids)
        owners.extend([index] * len(ids))
        shapes.extend([shape] * len(ids))
        word_shapes.append(shape)
    return Window(passage, first, last, [*pieces, SEP], [*owners, -1], [*shapes, NO_SHAPE], word_shapes)


def cut(passage: Passage, split: WordPieces, limit: int, rng: random.Random | None = None) -> list[Window]:
    """Cut a passage into windows of at most ``limit`` pieces that begin at sentences.

    With a random source a window may also begin or end inside a sentence that is not its own, as windows at run time do.
    """
    sizes = [len(ids) + (gap > 0) for (ids, _), gap in zip(split(passage.words), passage.newlines, strict=True)]
    starts = passage.starts or [i == 0 for i in range(len(sizes))]
    windows = []
    first = 0
    while first < len(sizes):
        last, total = first, 2
        best = first
        while last < len(sizes) and total + sizes[last] <= limit:
            total += sizes[last]
            last += 1
            if last == len(sizes) or starts[last]:
                best = last
        end = best if best > first else max(last, first + 1)
        left, right = first, end
        if rng is not None and rng.random() < 0.5:
            left = max(0, first - rng.randrange(20))
            right = min(len(sizes), max(end, min(last, end + rng.randrange(15))))
        windows.append(make_window(passage, left, right, split))
        first = end
    return windows


def collate(windows: Sequence[Window]) -> Batch:
    """Pad windows into tensors."""
    count = len(windows)
    length = max(len(window.pieces) for window in windows)
    words = max(len(window.word_shapes) for window in windows)
    batch = Batch(
        torch.zeros(count, length, dtype=torch.long),
        torch.full((count, length), words),
        torch.full((count, length), NO_SHAPE),
        torch.zeros(count, length, dtype=torch.bool),
        torch.full((count, words), NO_SHAPE),
        torch.zeros(count, words, dtype=torch.bool),
    )
    for row, window in enumerate(windows):
        size, number = len(window.pieces), len(window.word_shapes)
        batch.pieces[row, :size] = torch.tensor(window.pieces)
        owners = torch.tensor(window.piece_words)
        batch.piece_words[row, :size] = torch.where(owners < 0, words, owners)
        batch.piece_shapes[row, :size] = torch.tensor(window.piece_shapes)
        batch.piece_mask[row, :size] = True
        batch.word_shapes[row, :number] = torch.tensor(window.word_shapes)
        batch.word_mask[row, :number] = True
    return batch


def column(windows: Sequence[Window], name: str, width: int, numbers: dict[str, int]) -> Tensor | None:
    """Return the targets of a layer of strings, IGNORE where there is none."""
    target = torch.full((len(windows), width), IGNORE)
    found = False
    for row, window in enumerate(windows):
        layer = getattr(window.passage, name)
        if layer is None or window.passage.silver:
            continue
        found = True
        values = [numbers.get(value, IGNORE) for value in layer[window.first : window.last]]
        target[row, : len(values)] = torch.tensor(values)
    return target if found else None


def start_targets(windows: Sequence[Window], width: int) -> Tensor | None:
    """Return 1 for words that start a sentence, 0 for others, IGNORE where unknown."""
    target = torch.full((len(windows), width), IGNORE)
    found = False
    for row, window in enumerate(windows):
        starts = window.passage.starts
        if starts is None or window.passage.silver:
            continue
        found = True
        values = [int(value) for value in starts[window.first : window.last]]
        if window.first:
            values[0] = IGNORE
        target[row, : len(values)] = torch.tensor(values)
    return target if found else None


def head_targets(windows: Sequence[Window], width: int) -> tuple[Tensor, Tensor] | None:
    """Return heads (0 the root, IGNORE unknown) and the heads that may compete: the root and the words of the sentence."""
    if all(window.passage.heads is None or window.passage.silver for window in windows):
        return None
    target = torch.full((len(windows), width), IGNORE)
    allowed = torch.zeros(len(windows), width, width + 1, dtype=torch.bool)
    allowed[:, :, 0] = True
    for row, window in enumerate(windows):
        passage = window.passage
        if passage.heads is None or passage.starts is None or passage.silver:
            continue
        size = window.last - window.first
        bounds = [i for i in range(1, size) if passage.starts[window.first + i]]
        for low, high in zip([0, *bounds], [*bounds, size], strict=True):
            allowed[row, low:high, low + 1 : high + 1] = True
        for index in range(size):
            head = passage.heads[window.first + index]
            if head == ROOT:
                target[row, index] = 0
            elif window.first <= head < window.last:
                target[row, index] = head - window.first + 1
    return target, allowed


def entity_targets(windows: Sequence[Window], width: int, labels: int) -> Tensor | None:
    """Return which labels are allowed for each word; padding and unannotated words allow all."""
    if all(window.passage.entities is None for window in windows):
        return None
    numbers = torch.full((len(windows), width), (1 << labels) - 1)
    for row, window in enumerate(windows):
        if window.passage.entities is not None:
            values = window.passage.entities[window.first : window.last]
            numbers[row, : len(values)] = torch.tensor(values)
    return (numbers.unsqueeze(-1) >> torch.arange(labels)) & 1 == 1


def buckets(windows: Sequence[Window], size: int, rng: random.Random) -> Iterator[list[Window]]:
    """Group windows of similar length into batches of about ``size`` pieces, padding counted."""
    order = sorted(windows, key=lambda window: len(window.pieces) + rng.random() * 8)
    group: list[Window] = []
    for window in order:
        if group and len(window.pieces) * (len(group) + 1) > size:
            yield group
            group = []
        group.append(window)
    if group:
        yield group
