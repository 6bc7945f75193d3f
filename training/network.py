"""The network: a MiniLM encoder that sees word shapes, pooled to words, with light heads for every layer of annotation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from kg.pipeline_en.labels import ENTITY_LABELS
from kg.pipeline_en.wordpieces import SHAPES

HIDDEN, HEADS, LAYERS, FEED_FORWARD = 384, 12, 6, 1536
POSITIONS, VOCABULARY = 512, 30522
SHAPE_SIZE, ARC_SIZE, LABEL_SIZE, COREF_SIZE = 16, 256, 192, 128
WORD = HIDDEN + SHAPE_SIZE


@dataclass
class Batch:
    """Windows as tensors: piece ids and their words, and per word the shape; all padded."""

    pieces: Tensor  # windows × pieces
    piece_words: Tensor  # windows × pieces, the word number or the number of words for none
    piece_shapes: Tensor  # windows × pieces
    piece_mask: Tensor  # windows × pieces, bool
    word_shapes: Tensor  # windows × words
    word_mask: Tensor  # windows × words, bool


class Layer(nn.Module):
    """One transformer layer of BERT, with the three projections of attention in one matrix."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, FEED_FORWARD)
        self.down = nn.Linear(FEED_FORWARD, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Attend and feed forward; mask is True where a piece may be attended to."""
        count, length, _ = x.shape
        q, k, v = self.qkv(x).view(count, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        if self.training:
            attended = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        else:
            scores = q @ k.transpose(-1, -2) / (HIDDEN // HEADS) ** 0.5
            if mask is not None:
                scores = scores.masked_fill(~mask, -1e9)
            attended = scores.softmax(-1) @ v
        attended = attended.transpose(1, 2).reshape(count, length, HIDDEN)
        x = self.norm1(x + self.dropout(self.out(attended)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces to contextual vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.shapes = nn.Embedding(SHAPES, HIDDEN)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.bfloat16 = False  # products in 16 bits while training: faster where the processor has them (AVX512-BF16)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None) -> Tensor:
        """Return one vector per piece."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.dropout(self.norm(self.pieces(pieces) + self.positions(places) + self.shapes(shapes)))
        if mask is not None:
            mask = mask[:, None, None, :]
        if self.bfloat16 and self.training:
            with torch.autocast(x.device.type, torch.bfloat16):
                return self._attend(x, mask).float()
        return self._attend(x, mask)

    def _attend(self, x: Tensor, mask: Tensor | None) -> Tensor:
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_minilm(self, folder: Path) -> None:
        """Start from the weights of a BERT model in safetensors."""
        weights = load_file(str(folder / "model.safetensors"))
        state = self.state_dict()
        state["pieces.weight"] = weights["embeddings.word_embeddings.weight"]
        # the token type is always 0: its vector is the same everywhere and moves into the positions
        kind = weights["embeddings.token_type_embeddings.weight"][0]
        state["positions.weight"] = weights["embeddings.position_embeddings.weight"] + kind
        for suffix in ("weight", "bias"):
            state[f"norm.{suffix}"] = weights[f"embeddings.LayerNorm.{suffix}"]
            for i in range(LAYERS):
                old, new = f"encoder.layer.{i}", f"layers.{i}"
                parts = [weights[f"{old}.attention.self.{name}.{suffix}"] for name in ("query", "key", "value")]
                state[f"{new}.qkv.{suffix}"] = torch.cat(parts)
                for ours, theirs in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    state[f"{new}.{ours}.{suffix}"] = weights[f"{old}.{theirs}.{suffix}"]
        self.load_state_dict(state)


def mlp(size: int) -> nn.Sequential:
    """Return one hidden layer over words."""
    return nn.Sequential(nn.Linear(WORD, size), nn.GELU(), nn.Dropout(0.25))


class LabelScorer(nn.Module):
    """Scores the dependency labels of an arc from what dependent and head show of themselves."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.out = nn.Linear(3 * LABEL_SIZE, labels)

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Return label scores of the arcs."""
        return self.out(torch.cat([dependents * heads, dependents, heads], -1))


class CorefScorer(nn.Module):
    """Scores pairs of mention heads: do both name the same thing?"""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.mention = nn.Linear(COREF_SIZE, 1)
        self.bilinear = nn.Linear(COREF_SIZE, COREF_SIZE, bias=False)
        self.hidden = nn.Linear(2 * COREF_SIZE + features, 128)
        self.second = nn.Linear(128, 64)
        self.out = nn.Linear(64, 1)
        self.dropout = nn.Dropout(0.2)
        nn.init.normal_(self.bilinear.weight, std=0.02)

    def forward(self, vectors: Tensor, later: Tensor, earlier: Tensor, features: Tensor) -> Tensor:
        """Return a score for each pair (later, earlier) of rows of ``vectors``; above zero means yes."""
        a, b = vectors[later], vectors[earlier]
        pair = torch.cat([a * b, (a - b).abs(), features], -1)
        hidden = self.dropout(F.gelu(self.hidden(pair)))
        hidden = self.dropout(F.gelu(self.second(hidden)))
        mention = self.mention(vectors).squeeze(-1)
        rough = (self.bilinear(a) * b).sum(-1) * 0.1
        return mention[later] + mention[earlier] + rough + self.out(hidden).squeeze(-1)


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, sizes: dict[str, int], coref_features: int) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.shape = nn.Embedding(SHAPES, SHAPE_SIZE)
        self.dropout = nn.Dropout(0.2)
        self.tag = nn.Linear(WORD, sizes["tags"])
        self.morph = nn.Linear(WORD, sizes["morphs"])
        self.lemma = nn.Linear(WORD, sizes["lemmas"])
        self.start = nn.Linear(WORD, 1)
        self.entity_hidden = mlp(192)
        self.entity = nn.Linear(192, len(ENTITY_LABELS))
        self.root = nn.Parameter(torch.randn(WORD) * 0.02)
        self.arc_dependent, self.arc_head = mlp(ARC_SIZE), mlp(ARC_SIZE)
        self.arc = nn.Parameter(torch.randn(ARC_SIZE + 1, ARC_SIZE) * 0.02)
        self.label_dependent, self.label_head = mlp(LABEL_SIZE), mlp(LABEL_SIZE)
        self.label = LabelScorer(sizes["deps"])
        self.coref_vector = nn.Sequential(nn.Linear(WORD, COREF_SIZE), nn.Tanh())
        self.coref = CorefScorer(coref_features)

    def words(self, batch: Batch) -> Tensor:
        """Return one vector per word: the mean of its pieces, and its shape."""
        pieces = self.encoder(batch.pieces, batch.piece_shapes, batch.piece_mask)
        count, words = batch.word_shapes.shape
        index = batch.piece_words.unsqueeze(-1).expand_as(pieces)
        total = pieces.new_zeros(count, words + 1, HIDDEN).scatter_add(1, index, pieces)
        ones = torch.ones_like(batch.piece_words, dtype=pieces.dtype)
        number = pieces.new_zeros(count, words + 1).scatter_add(1, batch.piece_words, ones)
        mean = (total / number.clamp(min=1).unsqueeze(-1))[:, :words]
        return self.dropout(torch.cat([mean, self.shape(batch.word_shapes)], -1))

    def arcs(self, words: Tensor) -> Tensor:
        """Return the scores of every word (dim 1) for every head (dim 2); head 0 is the root."""
        rooted = self.with_root(words)
        dependents = self.arc_dependent(words)
        dependents = torch.cat([dependents, torch.ones_like(dependents[..., :1])], -1)
        return dependents @ self.arc @ self.arc_head(rooted).transpose(1, 2)

    def with_root(self, words: Tensor) -> Tensor:
        """Put the vector of the root before the words."""
        return torch.cat([self.root.view(1, 1, -1).expand(words.shape[0], 1, -1), words], 1)

    def labels(self, words: Tensor, heads: Tensor) -> Tensor:
        """Return the label scores of each word under its head (0 is the root)."""
        above = self.label_head(self.with_root(words))
        above = above.gather(1, heads.unsqueeze(-1).expand(-1, -1, above.shape[-1]))
        return self.label(self.label_dependent(words), above)
