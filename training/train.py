"""The training loop: passages in, checkpoints out."""

from __future__ import annotations

import json
import logging
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from kg.pipeline_en.pairs import FEATURES
from kg.pipeline_en.wordpieces import WordPieces
from training.augment import Augmenter
from training.losses import WEIGHTS, Numbers, coref_loss, word_losses
from training.network import Network
from training.passages import Passage
from training.windows import Window, buckets, collate, cut

log = logging.getLogger(__name__)
LAYERS = ("tags", "morphs", "lemmas", "deps")


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn."""

    steps: int
    batch_pieces: int = 1500
    window_pieces: int = 256
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    warm_up: int = 80
    final_rate: float = 0.03
    decay_from: float = 0.0  # share of the steps after which the rates fall to the final one
    average_from: float = 0.7  # share of the steps after which weights are averaged
    minutes: float = 0.0  # if set, end by then: the rates fall with the time as well as with the steps
    seed: int = 1


@dataclass(frozen=True)
class Source:
    """Passages and how often each is seen in one round through the data."""

    passages: list[Passage]
    weight: float


def label_numbers(passages: list[Passage], *, least: int = 2) -> Numbers:
    """Number the labels of each layer; rare morphology and lemma scripts are left out."""
    numbers: Numbers = {}
    for layer in LAYERS:
        counts = Counter(value for passage in passages for value in getattr(passage, layer) or () if value)
        floor = least if layer in ("morphs", "lemmas") else 1
        numbers[layer] = {value: i for i, value in enumerate(sorted(v for v in counts if counts[v] >= floor))}
    return numbers


def read_batches(sources: list[Source], split: WordPieces, plan: Plan, rng: random.Random) -> Iterator[list[Window]]:
    """Yield batches for ever; the windows of a passage with coreference come together and in order."""
    change = Augmenter([passage for source in sources for passage in source.passages], rng)
    while True:
        alone: list[Window] = []
        together: list[list[Window]] = []
        for source in sources:
            for passage in source.passages:
                for _ in range(int(source.weight + rng.random())):
                    seen = change(passage)
                    if seen.chains is not None or seen.pronoun_pairs:
                        together.append(cut(seen, split, plan.window_pieces))
                    else:
                        limit = rng.choice((64, 128, 192, plan.window_pieces))
                        alone += cut(seen, split, limit, rng)
        rng.shuffle(alone)
        batches = list(buckets(alone, plan.batch_pieces, rng)) + join(together, plan.batch_pieces, rng)
        rng.shuffle(batches)
        yield from batches


def join(groups: list[list[Window]], size: int, rng: random.Random) -> list[list[Window]]:
    """Join short groups of windows to batches of about ``size`` pieces."""
    rng.shuffle(groups)
    batches: list[list[Window]] = []
    total = size
    for group in groups:
        pieces = sum(len(window.pieces) for window in group)
        if total + pieces > size:
            batches.append([])
            total = 0
        batches[-1] = batches[-1] + group
        total += pieces
    return batches


def losses_of(network: Network, windows: list[Window], numbers: Numbers) -> dict[str, Tensor]:
    """Return all losses of a batch."""
    batch = collate(windows)
    words = network.words(batch)
    losses = word_losses(network, words, batch, windows, numbers)
    groups: dict[int, list[int]] = defaultdict(list)
    for row, window in enumerate(windows):
        if window.passage.chains is not None or window.passage.pronoun_pairs:
            groups[id(window.passage)].append(row)
    coref = []
    for rows in groups.values():
        vectors = torch.cat([words[row, : windows[row].last - windows[row].first] for row in rows])
        loss = coref_loss(network, network.coref_vector(vectors), windows[rows[0]].passage)
        if loss is not None:
            coref.append(loss)
    if coref:
        losses["coref"] = torch.stack(coref).mean()
    return losses


def rate(step: int, done: float, plan: Plan) -> float:
    """Return the share of the learning rate when a part of the run is done: up, level, then down in a straight line."""
    if step < plan.warm_up:
        return (step + 1) / plan.warm_up
    falling = max(0.0, done - plan.decay_from) / max(1e-9, 1.0 - plan.decay_from)
    return 1.0 - (1.0 - plan.final_rate) * min(1.0, falling)


def part_done(step: int, seconds: float, plan: Plan) -> float:
    """Return how much of the run is done, by steps or by time, whichever is more."""
    by_time = seconds / (60 * plan.minutes) if plan.minutes else 0.0
    return max(step / plan.steps, by_time)


def build(numbers: Numbers) -> Network:
    """Return a new network for these labels."""
    return Network({layer: len(values) for layer, values in numbers.items()}, FEATURES)


def train(
    network: Network,
    numbers: Numbers,
    sources: list[Source],
    split: WordPieces,
    plan: Plan,
    folder: Path,
    check: Callable[[Network], str] | None = None,
) -> None:
    """Train and write ``checkpoint.pt`` (as trained) and ``final.pt`` (averaged) to the folder."""
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    encoder = list(network.encoder.parameters())
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": encoder, "lr": plan.encoder_rate}, {"params": heads, "lr": plan.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    average = torch.optim.swa_utils.AveragedModel(network)
    averaging = False
    sums: dict[str, list[float]] = defaultdict(list)
    began = time.time()
    pieces = 0
    network.train()
    for step, windows in enumerate(read_batches(sources, split, plan, rng)):
        done = part_done(step, time.time() - began, plan)
        if done >= 1:
            break
        for group, base in zip(optimizer.param_groups, (plan.encoder_rate, plan.head_rate), strict=True):
            group["lr"] = base * rate(step, done, plan)
        losses = losses_of(network, windows, numbers)
        total = sum((WEIGHTS[name] * loss for name, loss in losses.items()), torch.zeros(()))
        total.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        for name, loss in losses.items():
            sums[name].append(float(loss.detach()))
        pieces += sum(len(window.pieces) for window in windows)
        if done >= plan.average_from and step % 5 == 0:
            averaging = True
            average.update_parameters(network)
        if step % 50 == 49:
            seconds = time.time() - began
            means = " ".join(f"{name} {sum(values) / len(values):.3f}" for name, values in sorted(sums.items()))
            log.info("step %d, %.0f s, %.0f pieces/s: %s", step + 1, seconds, pieces / seconds, means)
            sums.clear()
        if step % 250 == 249:
            save(network, folder / "checkpoint.pt")
            if check is not None:
                log.info("check: %s", check(network))
    save(network, folder / "checkpoint.pt")
    save(average.module if averaging else network, folder / "final.pt")


def save(network: nn.Module, path: Path) -> None:
    """Write weights, never leaving half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def write_numbers(numbers: Numbers, path: Path) -> None:
    """Write the labels of each layer in the order of their numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({layer: list(values) for layer, values in numbers.items()}, ensure_ascii=False), "utf-8")


def read_numbers(path: Path) -> Numbers:
    """Read what ``write_numbers`` wrote."""
    layers = json.loads(path.read_text("utf-8"))
    return {layer: {value: i for i, value in enumerate(values)} for layer, values in layers.items()}
