"""Words in, annotated words out: runs the network over windows of a text of any length.

Windows follow each other from sentence to sentence, so memory is bounded and time grows with the text. Each window runs
alone: the scales of 8-bit arithmetic depend on everything in a run, and a text must not be read differently in company.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from kg.pipeline_en.antecedents import AntecedentScorer
from kg.pipeline_en.clues import Clues, find_clues
from kg.pipeline_en.datelines import mark_datelines
from kg.pipeline_en.entities import (
    agree,
    best_labels,
    join_amounts,
    join_persons,
    label_spans,
    name_buildings,
    name_peoples,
    name_storms,
    type_shares,
)
from kg.pipeline_en.files import open_graph, read_file
from kg.pipeline_en.genders import genders_of
from kg.pipeline_en.lemmas import apply_script, mended_lemma
from kg.pipeline_en.linking import link, names_of
from kg.pipeline_en.pairs import Heads, find_heads, find_pairs
from kg.pipeline_en.trees import best_tree, shares
from kg.pipeline_en.wordpieces import CLS, NO_SHAPE, NO_WORD, SEP, WordPieces, break_piece

WINDOW = 256
CONTEXT = 8
MARGIN = 4
PARAGRAPH = 2

Floats = npt.NDArray[np.float32]


@dataclass(slots=True)
class Reading:
    """What the network says about the words of a text; heads are word numbers, that of a root its own; certainties are theirs."""

    tags: list[int] = field(default_factory=list)
    morphs: list[int] = field(default_factory=list)
    lemmas: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[int] = field(default_factory=list)
    certainties: list[float] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)
    entities: list[int] = field(default_factory=list)
    shares: dict[int, npt.NDArray[np.floating]] = field(default_factory=dict)
    vectors: dict[int, Floats] = field(default_factory=dict)


class Reader:
    """The network's files, opened."""

    def __init__(self, files: Path | Mapping[str, bytes]) -> None:
        self.pieces = WordPieces(Tokenizer.from_buffer(read_file(files, "tokenizer.json")))
        self.labels: dict[str, list[str]] = json.loads(read_file(files, "labels.json"))
        self._lemmas: dict[str, str] = json.loads(read_file(files, "lemmas.json"))
        self._nominal = {
            number
            for number, morph in enumerate(self.labels["morphs"])
            if morph.partition("|")[0] in ("NOUN", "PROPN", "PRON", "DET")
        }
        self._encoder = open_graph(files, "encoder.onnx")
        self._label = open_graph(files, "label.onnx")
        self._files = files
        self._scorer: AntecedentScorer | None = None

    def read(self, words: Sequence[str], newlines: Sequence[int]) -> Reading:
        """Annotate the words of a text; ``newlines`` counts the line breaks before each word."""
        reading = Reading()
        encoded: list[tuple[tuple[int, ...], int]] = []
        for chunk in range(0, len(words), 4096):
            encoded += self.pieces(words[chunk : chunk + 4096])
        sizes = [len(ids) + (gap > 0) for (ids, _), gap in zip(encoded, newlines, strict=True)]
        first = 0
        while first < len(words):
            left, last = _window(sizes, first)
            scores = self._run(encoded[left:last], newlines[left:last])
            starts = _starts(scores["start"], newlines[left:last])
            mark_datelines(words[left:last], starts)
            end = _end(starts, first - left, last == len(words)) + left
            self._take(reading, scores, starts, first, end, left)
            first = end
        join_persons(words, newlines, reading.entities)
        agree(words, reading.entities, reading.shares)
        name_storms(words, reading.entities)
        name_buildings(words, reading.entities)
        name_peoples(words, reading.entities)
        join_amounts(words, reading.entities)
        return reading

    def mentions(self, words: Sequence[str], reading: Reading) -> tuple[Heads, Clues]:
        """Return the possible mention heads of a text and what its tree and entities say about them."""
        morphs = [self.labels["morphs"][number] for number in reading.morphs]
        deps = [self.labels["deps"][number] for number in reading.deps]
        for first, last, _ in label_spans(reading.entities):
            for index in range(first, last):
                if first <= reading.heads[index] < last and reading.heads[index] != index:
                    deps[index] = "flat"  # an inner part of a name, as "North" in "North Korea", names nothing itself
        upos = [morph.partition("|")[0] for morph in morphs]
        heads = find_heads(words, upos, reading.heads, deps, reading.starts)
        return heads, find_clues(heads, words, morphs, reading.heads, deps, reading.entities)

    def chains(self, words: Sequence[str], reading: Reading) -> tuple[Heads, list[list[int]]]:
        """Return the possible mention heads and chains of their numbers."""
        heads, clues = self.mentions(words, reading)
        if len(heads.words) < 2:
            return heads, []
        vectors = np.stack([reading.vectors[int(word)] for word in heads.words])
        later, earlier = find_pairs(heads)
        if self._scorer is None:  # only now: a network whose scorer is still to be trained can read
            self._scorer = AntecedentScorer(self._files)
        scores = self._scorer(vectors, heads, clues, later, earlier)
        names = names_of(heads, words, reading.entities)
        deps = [self.labels["deps"][number] for number in reading.deps]
        genders = genders_of(heads, words, reading.heads, deps, reading.entities)
        return heads, link(names, heads.kinds.tolist(), genders, later.tolist(), earlier.tolist(), scores.tolist())

    def lemma(self, word: str, tag: int, script: int) -> str:
        """Return the lemma of a word: as the treebanks have it, else by the script that the network chose."""
        lower = word.lower()
        name = self.labels["tags"][tag]
        known = self._lemmas.get(f"{lower} {name}")
        if known is not None:
            return apply_script(lower, known)
        return mended_lemma(word, name, apply_script(word, self.labels["lemmas"][script]))

    def _run(self, encoded: Sequence[tuple[tuple[int, ...], int]], newlines: Sequence[int]) -> dict[str, Floats]:
        pieces, owners, shapes, word_shapes = [CLS], [NO_WORD], [NO_SHAPE], []
        for index, ((ids, shape), gap) in enumerate(zip(encoded, newlines, strict=True)):
            newline = break_piece(gap) if index else None
            if newline is not None:
                pieces.append(newline)
                owners.append(NO_WORD)
                shapes.append(NO_SHAPE)
            pieces.extend(ids)
            owners.extend([index] * len(ids))
            shapes.extend([shape] * len(ids))
            word_shapes.append(shape)
        inputs = {
            "pieces": np.array([[*pieces, SEP]], dtype=np.int64),
            "piece_words": np.array([[*owners, NO_WORD]], dtype=np.int64),
            "piece_shapes": np.array([[*shapes, NO_SHAPE]], dtype=np.int64),
            "word_shapes": np.array([word_shapes], dtype=np.int64),
        }
        outputs = self._encoder.run(None, inputs)
        names = (output.name for output in self._encoder.get_outputs())
        return {name: output[0] for name, output in zip(names, outputs, strict=True)}

    def _take(
        self, reading: Reading, scores: dict[str, Floats], starts: list[bool], first: int, end: int, left: int
    ) -> None:
        """Keep what a window says about the sentences from first to end, given that it begins at left."""
        low, high = first - left, end - left
        reading.tags += scores["tag"][low:high].tolist()
        reading.morphs += scores["morph"][low:high].tolist()
        reading.lemmas += scores["lemma"][low:high].tolist()
        for index, number in enumerate(reading.morphs[first:end]):
            if number in self._nominal:
                reading.vectors[first + index] = scores["coref"][low + index].copy()
        bounds = [low, *(i for i in range(low + 1, high) if starts[i]), high]
        above: list[int] = []  # head in the window, counted from 1; 0 is the root
        for begin, stop in pairwise(bounds):
            columns = np.concatenate([[0], np.arange(begin + 1, stop + 1)])
            arcs = scores["arc"][begin:stop][:, columns]
            tree = best_tree(arcs)
            reading.certainties += shares(arcs, tree)
            above += [head + begin if head else 0 for head in tree]
            reading.heads += [left + (head + begin - 1 if head else begin + i) for i, head in enumerate(tree)]
            reading.starts += [True] + [False] * (stop - begin - 1)
            labels = best_labels(scores["entity"][begin:stop])
            for i, label in enumerate(labels):
                if label % 2:
                    reading.shares[left + begin + i] = type_shares(scores["entity"][begin + i])
            reading.entities += labels
        inputs = {"dependents": scores["label_dependent"][low:high], "heads": scores["label_head"][above]}
        (relations,) = self._label.run(None, inputs)
        reading.deps += self._labels_of(relations, above)

    def _labels_of(self, scores: Floats, above: list[int]) -> list[int]:
        root = self.labels["deps"].index("root")
        scores = scores.copy()
        scores[:, root] = -np.inf
        best: list[int] = scores.argmax(1).tolist()
        return [root if head == 0 else label for head, label in zip(above, best, strict=True)]


def _window(sizes: Sequence[int], first: int) -> tuple[int, int]:
    """Return where the window for the text from ``first`` on begins, with some context, and ends."""
    left, total = first, 2
    while left > 0 and total + sizes[left - 1] <= CONTEXT:
        left -= 1
        total += sizes[left]
    last = first
    while last < len(sizes) and (last == first or total + sizes[last] <= WINDOW):
        total += sizes[last]
        last += 1
    return left, last


def _starts(scores: Floats, newlines: Sequence[int]) -> list[bool]:
    """Tell which words of a window start a sentence: an empty line always parts two."""
    return [score > 0 or gap >= PARAGRAPH for score, gap in zip(scores.tolist(), newlines, strict=True)]


def _end(starts: list[bool], first: int, is_last: bool) -> int:
    """Return where the complete sentences of a window end; the last words of a window are not trusted with a start."""
    if is_last:
        return len(starts)
    for index in range(len(starts) - MARGIN, first, -1):
        if starts[index]:
            return index
    return len(starts)
