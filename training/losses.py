"""What the network learns from a batch: one loss per layer of annotation."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from kg.pipeline_en.labels import ENTITY_LABELS
from kg.pipeline_en.pairs import find_heads, find_pairs, pair_features
from training.network import Batch, Network
from training.passages import Passage
from training.windows import IGNORE, Window, column, entity_targets, head_targets, start_targets

WEIGHTS = {"arc": 1.0, "label": 0.8, "tag": 0.5, "morph": 0.5, "lemma": 0.5, "start": 1.0, "entity": 1.5, "coref": 1.0}
Numbers = dict[str, dict[str, int]]


def word_losses(
    network: Network, words: Tensor, batch: Batch, windows: list[Window], numbers: Numbers
) -> dict[str, Tensor]:
    """Return the losses of all layers but coreference."""
    width = words.shape[1]
    losses: dict[str, Tensor] = {}
    for name, layer, head in (
        ("tag", "tags", network.tag),
        ("morph", "morphs", network.morph),
        ("lemma", "lemmas", network.lemma),
    ):
        target = column(windows, layer, width, numbers[layer])
        if target is not None:
            losses[name] = cross_entropy(head(words), target)
    target = start_targets(windows, width)
    if target is not None:
        known = target != IGNORE
        scores = network.start(words).squeeze(-1)[known]
        losses["start"] = F.binary_cross_entropy_with_logits(scores, target[known].float())
    found = head_targets(windows, width)
    if found is not None:
        heads, allowed = found
        allowed[:, :, 1:] &= batch.word_mask[:, None, :]
        losses["arc"] = cross_entropy(network.arcs(words).masked_fill(~allowed, -1e4), heads, smoothing=0.0)
        deps = column(windows, "deps", width, numbers["deps"])
        assert deps is not None
        deps = deps.masked_fill(heads == IGNORE, IGNORE)
        losses["label"] = cross_entropy(network.labels(words, heads.clamp(min=0)), deps)
    allowed_labels = entity_targets(windows, width, len(ENTITY_LABELS))
    if allowed_labels is not None:
        losses["entity"] = partial_loss(network.entity(network.entity_hidden(words)), allowed_labels, batch.word_mask)
    return losses


def cross_entropy(scores: Tensor, target: Tensor, *, smoothing: float = 0.02) -> Tensor:
    """Return the mean cross entropy over known targets; scores that are masked out bear no smoothing."""
    if not (target != IGNORE).any():
        return scores.sum() * 0
    return F.cross_entropy(scores.flatten(0, -2), target.flatten(), ignore_index=IGNORE, label_smoothing=smoothing)


def partial_loss(scores: Tensor, allowed: Tensor, mask: Tensor) -> Tensor:
    """Return the mean of minus the log probability of the set of allowed labels."""
    known = mask & ~allowed.all(-1)
    if not known.any():
        return scores.sum() * 0
    scores, allowed = scores[known], allowed[known]
    return (scores.logsumexp(-1) - scores.masked_fill(~allowed, -1e4).logsumexp(-1)).mean()


def coref_loss(network: Network, vectors: Tensor, passage: Passage) -> Tensor | None:
    """Return the coreference loss of a whole passage whose words have these vectors."""
    assert passage.morphs is not None and passage.heads is not None
    assert passage.deps is not None and passage.starts is not None
    upos = [morph.partition("|")[0] for morph in passage.morphs]
    heads = find_heads(passage.words, upos, passage.heads, passage.deps, passage.starts)
    if len(heads.words) < 2:
        return None
    later, earlier = find_pairs(heads)
    if passage.chains is None:
        return pronoun_loss(network, vectors, passage, heads, later, earlier)
    scores = network.coref(
        vectors[torch.from_numpy(heads.words)],
        torch.from_numpy(later),
        torch.from_numpy(earlier),
        torch.from_numpy(pair_features(heads, later, earlier)),
    )
    chain_of = {head: number for number, chain in enumerate(passage.chains) for _, _, head in reversed(chain)}
    chains = np.array([chain_of.get(int(word), -1) for word in heads.words])
    correct = torch.from_numpy((chains[later] == chains[earlier]) & (chains[later] >= 0))
    return antecedent_loss(scores, torch.from_numpy(later), correct, len(heads.words))


def antecedent_loss(scores: Tensor, later: Tensor, correct: Tensor, count: int, known: Tensor | None = None) -> Tensor:
    """Return minus the log probability of all right antecedents, or of none where there is none.

    ``known`` tells of which heads the right antecedents are known; the others do not count.
    """
    place = torch.arange(len(later)) - torch.searchsorted(later, later)
    table = scores.new_full((count, int(place.max()) + 2), -1e4)
    table[:, 0] = 0
    table[later, place + 1] = scores
    right = torch.zeros_like(table, dtype=torch.bool)
    right[later, place + 1] = correct
    right[:, 0] = ~right[:, 1:].any(1)
    losses = table.logsumexp(1) - table.masked_fill(~right, -1e4).logsumexp(1)
    if known is not None:
        losses = losses[known]
    return losses.mean() if len(losses) else scores.sum() * 0


def pronoun_loss(network: Network, vectors: Tensor, passage: Passage, heads, later, earlier) -> Tensor | None:  # type: ignore[no-untyped-def]
    """Return the loss of single pairs of a pronoun and a name that are known to be the same or not."""
    row_of = {int(word): row for row, word in enumerate(heads.words)}
    pairs = []
    for left, right, same in passage.pronoun_pairs:
        if left in row_of and right in row_of:
            a, b = sorted((row_of[left], row_of[right]))
            pairs.append((b, a, same))
    if not pairs:
        return None
    ends = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
    scores = network.coref(
        vectors[torch.from_numpy(heads.words)],
        torch.from_numpy(ends[0]),
        torch.from_numpy(ends[1]),
        torch.from_numpy(pair_features(heads, *ends)),
    )
    return F.binary_cross_entropy_with_logits(scores, torch.tensor([float(pair[2]) for pair in pairs]))
