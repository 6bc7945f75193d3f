"""Scores of antecedents: mention heads look at those around them, then each is compared with the ones before it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.pipeline_en.clues import Clues, clue_features
from kg.pipeline_en.files import open_graph
from kg.pipeline_en.pairs import Heads, pair_features

LAYERS, BAND = 2, 32  # of the context graph: in each layer a head sees so many heads before and behind it
BLOCK = 128
PAIRS_AT_ONCE = 16_384

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class AntecedentScorer:
    """The two graphs of coreference, opened."""

    def __init__(self, files: Path | Mapping[str, bytes]) -> None:
        self._context = open_graph(files, "context.onnx")
        self._coref = open_graph(files, "coref.onnx")

    def __call__(self, vectors: Floats, heads: Heads, clues: Clues, later: Ints, earlier: Ints) -> Floats:
        """Return a score for each pair of heads; above zero means that both name the same thing."""
        seen = self.look_around(vectors)
        parts = [
            self._score(seen, heads, clues, later[i : i + PAIRS_AT_ONCE], earlier[i : i + PAIRS_AT_ONCE])
            for i in range(0, len(later), PAIRS_AT_ONCE)
        ]
        return np.concatenate(parts)

    def look_around(self, vectors: Floats) -> Floats:
        """Return the vectors of heads in their context, block by block with all that a block's heads can see."""
        reach = LAYERS * BAND
        parts = []
        for first in range(0, len(vectors), BLOCK):
            left = max(0, first - reach)
            (seen,) = self._context.run(None, {"vectors": vectors[left : first + BLOCK + reach]})
            parts.append(seen[first - left : first - left + BLOCK])
        return np.concatenate(parts)

    def _score(self, vectors: Floats, heads: Heads, clues: Clues, later: Ints, earlier: Ints) -> Floats:
        rows, places = np.unique(np.concatenate([later, earlier]), return_inverse=True)
        features = [pair_features(heads, later, earlier), clue_features(heads, clues, later, earlier)]
        inputs = {
            "vectors": vectors[rows],
            "later": places[: len(later)],
            "earlier": places[len(later) :],
            "features": np.concatenate(features, axis=1),
        }
        scores: Floats = self._coref.run(None, inputs)[0]
        return scores
