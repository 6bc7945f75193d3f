"""Train the scorer of coreference pairs anew on the vectors of a finished network, with clues from trees and entities.

Everything comes from the exported pipeline itself, as at run time: vectors, tree, entities. Only the scorer learns.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from spacy.tokenizer import Tokenizer
from torch import Tensor, nn

from kg.pipeline_en.antecedents import BAND, LAYERS
from kg.pipeline_en.clues import CLUES, clue_features
from kg.pipeline_en.pairs import FEATURES, HE, NAME, WHO, Heads, find_pairs, pair_features
from kg.pipeline_en.reading import Reader, Reading
from kg.pipeline_en.tokens import words_of
from training.corpora import mention_head, read_gap, read_litbank, read_redocred_clusters
from training.evaluate import Chains, Place, gold_chains
from training.losses import antecedent_loss
from training.network import COREF_SIZE
from training.passages import ROOT

log = logging.getLogger(__name__)

SIZE, HIDDEN, SECOND = 64, 128, 64
WIDTH, ATTENTIONS = 96, 4
GAP_WEIGHT, LITBANK_WEIGHT, REDOCRED_WEIGHT = 1.5, 1.0, 0.25
GAP_AT_ONCE, LITBANK_WORDS = 24, 1500
EPOCHS, RATE, DECAY, WARM_UP, SEED = 12, 1.5e-3, 0.02, 60, 3
AVERAGE_FROM = 0.6  # share of the steps after which weights are averaged: single runs differ by two points on GAP

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Around(nn.Module):
    """One layer in which each head looks at the heads around it (self-attention within a band)."""

    def __init__(self) -> None:
        super().__init__()
        self.norm, self.norm_up = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.distance = nn.Embedding(2 * BAND + 1, ATTENTIONS)
        self.dropout = nn.Dropout(0.2)
        for weights in (self.distance.weight, self.out.weight, self.out.bias, self.down.weight, self.down.bias):
            nn.init.zeros_(weights)  # at first a layer changes nothing

    def forward(self, x: Tensor, steps: Tensor, padding: Tensor | None) -> Tensor:
        """Change ``x`` (texts × heads × WIDTH); ``steps`` (heads × heads) says how far off, ``padding`` who is not there."""
        texts, heads, _ = x.shape
        q, k, v = self.qkv(self.norm(x)).view(texts, heads, 3, ATTENTIONS, WIDTH // ATTENTIONS).permute(2, 0, 3, 1, 4)
        beyond = torch.full((ATTENTIONS, 1), -1e9)
        distance = torch.cat([beyond, self.distance.weight.T, beyond], 1)
        scores = q @ k.transpose(-1, -2) / (WIDTH // ATTENTIONS) ** 0.5 + distance[:, steps + BAND + 1]
        if padding is not None:
            scores = scores.masked_fill(padding, -1e9)
        x = x + self.dropout(self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(texts, heads, WIDTH)))
        return x + self.dropout(self.down(F.gelu(self.up(self.norm_up(x)))))


class Context(nn.Module):
    """Vectors of mention heads in their context: what the encoder's window did not show, other mentions do."""

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(COREF_SIZE, WIDTH)
        self.layers = nn.ModuleList(Around() for _ in range(LAYERS))
        self.narrow = nn.Linear(COREF_SIZE + WIDTH, SIZE)
        self.dropout = nn.Dropout(0.2)

    def forward(self, vectors: Tensor, lengths: Sequence[int] | None = None) -> Tensor:
        """Return SIZE numbers per head; ``vectors`` are those of one text, or of texts with so many heads each."""
        vectors = self.dropout(vectors)
        x = self.project(vectors)
        x = x.unsqueeze(0) if lengths is None else nn.utils.rnn.pad_sequence(x.split(list(lengths)), batch_first=True)
        places = torch.arange(x.shape[1])
        steps = (places.unsqueeze(1) - places).clamp(-BAND - 1, BAND + 1)
        padding = None if lengths is None else (places >= torch.tensor(lengths).unsqueeze(1))[:, None, None, :]
        for layer in self.layers:
            x = layer(x, steps, padding)
        x = (
            x.squeeze(0)
            if lengths is None
            else torch.cat([row[:length] for row, length in zip(x, lengths, strict=True)])
        )
        return torch.tanh(self.narrow(torch.cat([vectors, x], -1)))


class PairScorer(nn.Module):
    """Scores pairs of mention heads from their vectors, what is compared between them, and the clues of the tree."""

    def __init__(self) -> None:
        super().__init__()
        self.mention = nn.Linear(SIZE, 1)
        self.bilinear = nn.Linear(SIZE, SIZE, bias=False)
        self.hidden = nn.Linear(2 * SIZE + FEATURES + CLUES, HIDDEN)
        self.second = nn.Linear(HIDDEN, SECOND)
        self.out = nn.Linear(SECOND, 1)
        self.dropout = nn.Dropout(0.3)
        nn.init.normal_(self.bilinear.weight, std=0.02)

    def forward(self, vectors: Tensor, later: Tensor, earlier: Tensor, features: Tensor) -> Tensor:
        """Return a score for each pair (later, earlier) of rows of ``vectors``; above zero means yes."""
        a, b = vectors[later], vectors[earlier]
        hidden = self.dropout(F.gelu(self.hidden(torch.cat([a * b, (a - b).abs(), features], -1))))
        hidden = self.dropout(F.gelu(self.second(hidden)))
        mention = self.mention(vectors).squeeze(-1)
        rough = (self.bilinear(a) * b).sum(-1) * 0.1
        return mention[later] + mention[earlier] + rough + self.out(hidden).squeeze(-1)


class Scorer(nn.Module):
    """Context and pairs, which learn together and are written apart."""

    def __init__(self) -> None:
        super().__init__()
        self.context, self.pairs = Context(), PairScorer()

    def forward(
        self, vectors: Tensor, later: Tensor, earlier: Tensor, features: Tensor, lengths: Sequence[int] | None = None
    ) -> Tensor:
        """Return the scores of pairs of rows of ``vectors``."""
        return self.pairs(self.context(vectors, lengths), later, earlier, features)


@dataclass(frozen=True)
class Document:
    """The pairs of a text, which of them name the same thing, and the heads of which the corpus says that much."""

    vectors: Floats
    later: Ints
    earlier: Ints
    features: npt.NDArray[np.float16]
    correct: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]
    weight: float = 1.0


@dataclass(frozen=True)
class Snippet:
    """A pronoun with the nouns and names before it, and pairs with single names that are known to be the same or not."""

    vectors: Floats
    later: Ints
    earlier: Ints
    features: npt.NDArray[np.float16]
    candidates: int  # this many pairs are candidates of the pronoun, the others are single pairs
    right: npt.NDArray[np.bool_]  # none, then each candidate: may it be the antecedent?
    same: Floats  # for each single pair


class TextReader:
    """Reads texts with the exported pipeline."""

    def __init__(self, reader: Reader, tokenizer: Tokenizer) -> None:
        self._reader, self._tokenizer = reader, tokenizer

    def __call__(self, text: str) -> tuple[Reading, list[Place], Heads, Floats, Ints, Ints, Floats]:
        """Return the reading, the places of the words, the mention heads, their vectors, pairs and features."""
        doc = self._tokenizer(text)
        words, tokens, newlines = words_of(doc)
        places = [(doc[token].idx, doc[token].idx + len(doc[token])) for token in tokens]
        return self._read(words, newlines, places)

    def _read(
        self, words: Sequence[str], newlines: Sequence[int], places: list[Place]
    ) -> tuple[Reading, list[Place], Heads, Floats, Ints, Ints, Floats]:
        reading = self._reader.read(words, newlines)
        heads, clues = self._reader.mentions(words, reading)
        vectors = np.stack([reading.vectors[int(word)] for word in heads.words])
        later, earlier = find_pairs(heads)
        features = np.concatenate(
            [pair_features(heads, later, earlier), clue_features(heads, clues, later, earlier)], axis=1
        )
        return reading, places, heads, vectors, later, earlier, features

    def document(self, text: str, chains: Chains) -> Document:
        """Return a text all of whose chains are known."""
        reading, places, heads, vectors, later, earlier, features = self(text)
        numbers = self._chain_numbers(reading, places, heads, chains)
        known = np.ones(len(heads.words), dtype=bool)
        return Document(vectors, later, earlier, features.astype(np.float16), _same(numbers, later, earlier), known)

    def excerpt(self, words: Sequence[str], chains: Iterable[Sequence[tuple[int, int]]], weight: float) -> Document:
        """Return a text of which only some chains are known, as first word and last word + 1 of each mention.

        Heads outside of them teach nothing: whether they have an antecedent is not told.
        """
        places = [(2 * index, 2 * index + 1) for index in range(len(words))]
        reading, _, heads, vectors, later, earlier, features = self._read(words, [0] * len(words), places)
        spans = [[(2 * first, 2 * last - 1) for first, last in chain if last <= len(words)] for chain in chains]
        numbers = self._chain_numbers(reading, places, heads, spans)
        correct = _same(numbers, later, earlier)
        return Document(vectors, later, earlier, features.astype(np.float16), correct, numbers >= 0, weight)

    @staticmethod
    def _chain_numbers(reading: Reading, places: Sequence[Place], heads: Heads, chains: Chains) -> Ints:
        """Return the chain number of each mention head, -1 for none; where one head serves two, the shorter counts."""
        above = [ROOT if head == index else head for index, head in enumerate(reading.heads)]
        first = {start: index for index, (start, _) in enumerate(places)}
        last = {end: index for index, (_, end) in enumerate(places)}
        rows = {int(word): row for row, word in enumerate(heads.words)}
        numbers = np.full(len(heads.words), -1, dtype=np.int64)
        for number, chain in enumerate(chains):
            for start, end in sorted(chain, key=lambda place: place[0] - place[1]):
                if start in first and end in last and first[start] <= last[end]:
                    row = rows.get(mention_head(above, first[start], last[end] + 1))
                    if row is not None:
                        numbers[row] = number
        return numbers

    def snippet(self, row: Mapping[str, str]) -> Snippet | None:
        """Return what a row of GAP tells, None if its pronoun or its names were not found."""
        _, places, heads, vectors, later, earlier, features = self(row["Text"])
        starts = np.array([places[word][0] for word in heads.words.tolist()])
        found = np.flatnonzero(starts == int(row["Pronoun-offset"]))
        if not len(found):
            return None
        pronoun = int(found[0])
        named = {name: self._rows_of(row, name, starts) for name in "AB"}
        truths = {name: row[f"{name}-coref"].upper() == "TRUE" for name in "AB"}
        is_pronoun = (heads.kinds >= HE) & (heads.kinds <= WHO)
        candidates = np.flatnonzero((later == pronoun) & ~is_pronoun[earlier])
        alike = {name: _alike(heads, rows) for name, rows in named.items()}
        if any(truths.values()):
            good = set().union(*(alike[name] for name in "AB" if truths[name]))
            right = [False, *(int(candidate) in good for candidate in earlier[candidates])]
        else:
            bad = alike["A"] | alike["B"]
            right = [True, *(int(candidate) not in bad for candidate in earlier[candidates])]
        singles, same = [], []
        for name, rows in named.items():
            for other in rows:
                pair = np.flatnonzero((later == max(pronoun, other)) & (earlier == min(pronoun, other)))
                singles += pair.tolist()[:1]
                same += [float(truths[name])] * min(1, len(pair))
        chosen = np.concatenate([candidates, np.array(singles, dtype=np.int64)])
        if not len(chosen):
            return None
        return Snippet(
            vectors,
            later[chosen],
            earlier[chosen],
            features[chosen].astype(np.float16),
            len(candidates),
            np.array(right, dtype=bool),
            np.array(same, dtype=np.float32),
        )

    @staticmethod
    def _rows_of(row: Mapping[str, str], name: str, starts: Ints) -> list[int]:
        begin = int(row[f"{name}-offset"])
        rows: list[int] = np.flatnonzero((starts >= begin) & (starts < begin + len(row[name]))).tolist()
        return rows


def _same(numbers: Ints, later: Ints, earlier: Ints) -> npt.NDArray[np.bool_]:
    same: npt.NDArray[np.bool_] = (numbers[later] == numbers[earlier]) & (numbers[later] >= 0)
    return same


def _alike(heads: Heads, rows: Sequence[int]) -> set[int]:
    """Return the rows of names that are as long or shorter or longer forms of those in ``rows``."""
    parts = [frozenset(heads.names[row][heads.names[row] >= 0].tolist()) for row in range(len(heads.words))]
    known = [parts[row] for row in rows]
    return set(rows) | {
        row
        for row, kind in enumerate(heads.kinds.tolist())
        if kind == NAME and parts[row] and any(parts[row] <= name or name <= parts[row] for name in known)
    }


def read_documents(corpora: Path, read: TextReader) -> Iterator[Document]:
    """Yield the documents of GUM, and what LitBank marks (persons and places only) and Re-DocRED (names only)."""
    folder = corpora / "gum_open"
    for path in sorted((folder / "conllu" / "train").glob("*.conllu")):
        gold, chains = gold_chains(path, folder / "ontogum_conll" / "train" / f"{path.stem}.conll")
        yield read.document(gold.text, chains)
    for _, words, mentions in read_litbank(corpora / "litbank_coref"):
        yield read.excerpt(words[:LITBANK_WORDS], mentions.values(), LITBANK_WEIGHT)
    for words, clusters in read_redocred_clusters(corpora / "redocred_dev"):
        yield read.excerpt(words, clusters, REDOCRED_WEIGHT)


def read_snippets(corpora: Path, read: TextReader) -> Iterator[Snippet]:
    """Yield the snippets of GAP's development part."""
    for row in read_gap(corpora / "gap_coreference" / "gap-development.tsv"):
        snippet = read.snippet(row)
        if snippet is not None:
            yield snippet


def document_loss(scorer: Scorer, document: Document) -> Tensor:
    """Return minus the log probability of the right antecedents of the heads that the corpus speaks of."""
    later = torch.from_numpy(document.later)
    scores = scorer(
        torch.from_numpy(document.vectors),
        later,
        torch.from_numpy(document.earlier),
        torch.from_numpy(document.features.astype(np.float32)),
    )
    correct, known = torch.from_numpy(document.correct), torch.from_numpy(document.known)
    return document.weight * antecedent_loss(scores, later, correct, len(document.vectors), known)


def snippet_loss(scorer: Scorer, snippets: Sequence[Snippet]) -> Tensor:
    """Return the mean loss of pronouns: the right name among all candidates, and yes or no for single names."""
    lengths = [len(snippet.vectors) for snippet in snippets]
    offsets = np.cumsum([0, *lengths])
    scores = scorer(
        torch.from_numpy(np.concatenate([snippet.vectors for snippet in snippets])),
        torch.from_numpy(np.concatenate([s.later + o for s, o in zip(snippets, offsets[:-1], strict=True)])),
        torch.from_numpy(np.concatenate([s.earlier + o for s, o in zip(snippets, offsets[:-1], strict=True)])),
        torch.from_numpy(np.concatenate([snippet.features for snippet in snippets]).astype(np.float32)),
        lengths,
    )
    losses = []
    for snippet, part in zip(snippets, scores.split([len(snippet.later) for snippet in snippets]), strict=True):
        loss = scores.new_zeros(())
        right = torch.from_numpy(snippet.right)
        if right.any():
            table = torch.cat([scores.new_zeros(1), part[: snippet.candidates]])
            loss = table.logsumexp(0) - table[right].logsumexp(0)
        if len(snippet.same):
            singles = part[snippet.candidates :]
            loss = loss + 0.5 * F.binary_cross_entropy_with_logits(singles, torch.from_numpy(snippet.same))
        losses.append(loss)
    return torch.stack(losses).mean()


def train_scorer(documents: Sequence[Document], snippets: Sequence[Snippet]) -> Scorer:
    """Train a scorer from nothing; the rate falls in a straight line."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    scorer = Scorer()
    optimizer = torch.optim.AdamW(scorer.parameters(), lr=RATE, weight_decay=DECAY)
    groups = [snippets[i : i + GAP_AT_ONCE] for i in range(0, len(snippets), GAP_AT_ONCE)]
    units: list[Document | Sequence[Snippet]] = [*documents, *groups]
    steps, step = EPOCHS * len(units), 0
    average = torch.optim.swa_utils.AveragedModel(scorer)
    for epoch in range(EPOCHS):
        rng.shuffle(units)
        total = 0.0
        for unit in units:
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
            step += 1
            if isinstance(unit, Document):
                loss = document_loss(scorer, unit)
            else:
                loss = GAP_WEIGHT * snippet_loss(scorer, unit)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(scorer.parameters(), 1.0)
            optimizer.step()
            if step >= AVERAGE_FROM * steps:
                average.update_parameters(scorer)
            total += float(loss.detach())
        log.info("epoch %d: loss %.3f", epoch + 1, total / len(units))
    averaged: Scorer = average.module
    return averaged.eval()


def retrain_coref(corpora: Path, files: Path, tokenizer: Tokenizer) -> None:
    """Replace the scorer among the exported files of a pipeline."""
    from training.export import write_context, write_coref

    read = TextReader(Reader(files), tokenizer)
    documents = [document for document in read_documents(corpora, read) if len(document.later)]
    snippets = list(read_snippets(corpora, read))
    log.info("read %d documents and %d snippets", len(documents), len(snippets))
    scorer = train_scorer(documents, snippets)
    write_context(scorer.context, files / "context.onnx")
    write_coref(scorer.pairs, SIZE, FEATURES + CLUES, files / "coref.onnx")
