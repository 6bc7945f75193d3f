"""Command line: ``python -m training train``, ``coref``, ``evaluate`` and ``leaks``."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from kg.pipeline_en.component import FACTORY

LABELS = Path(__file__).parent / "labels"
MODEL = Path(__file__).parent.parent / "kg" / "pipeline_en" / "model"


def main(arguments: list[str] | None = None) -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help_text in (
        ("train", "corpora to a pipeline folder"),
        ("coref", "train the coreference scorer of a pipeline folder anew"),
        ("evaluate", "measure a pipeline folder"),
        ("leaks", "check that nothing we measure on is in the training data"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("--corpora", type=Path, required=True, help="folder of the corpora")
        command.add_argument(
            "--news", type=Path, required=True, help="folder of the articles that the labels belong to"
        )
        command.add_argument("--labels", type=Path, default=LABELS, help="folder of our own labels")
        if name == "leaks":
            command.add_argument("--evaluation", type=Path, help="folder with further texts that are measured on")
        else:
            command.add_argument("--model", type=Path, default=MODEL, help="pipeline folder")
        if name == "train":
            command.add_argument("--work", type=Path, default=Path("training-run"), help="folder for checkpoints")
            command.add_argument("--steps", type=int, default=0, help="steps of each stage, for a quick try")
            command.add_argument("--threads", type=int, default=2)
            command.add_argument(
                "--start", type=Path, help="files of a pipeline to go on from (its kg_annotator folder)"
            )
            command.add_argument(
                "--bfloat16", action="store_true", help="16-bit products, for processors that have them (AVX512-BF16)"
            )
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    if options.command == "train":
        from training.recipe import run_recipe

        run_recipe(options)
        return 0
    if options.command == "coref":
        from training.coref import retrain_coref
        from training.sources import own_tokenizer

        retrain_coref(options.corpora, options.model / FACTORY, own_tokenizer())
        return 0
    if options.command == "leaks":
        return _report_leaks(options)
    from training.report import write_report

    sys.stdout.write(write_report(options.model, options.corpora, options.news, options.labels))
    return 0


def _report_leaks(options: argparse.Namespace) -> int:
    from training.leaks import find_leaks, measured_texts
    from training.sources import read_sources

    sources = read_sources(options.corpora, options.news, options.labels)
    passages = [passage for source in sources for passage in source.passages]
    texts = list(measured_texts(options.corpora, options.news, options.labels, options.evaluation))
    leaks = list(find_leaks(passages, texts))
    for leak in leaks:
        sys.stdout.write(f"{leak.passage}\t{leak.text}\t{leak.share:.0%}\n")
    sys.stdout.write(f"{len(passages)} passages, {len(texts)} measured texts, {len(leaks)} leaks\n")
    return 1 if leaks else 0


if __name__ == "__main__":
    sys.exit(main())
