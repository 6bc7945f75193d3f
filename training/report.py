"""All figures of a pipeline folder, as the lines of a table."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from spacy.language import Language

from kg.pipeline_en import load_pipeline
from training.evaluate import read_gold, score_coref, score_entities, score_gap, score_syntax, texts_of

GROWTH = (500, 1000, 2000, 4000, 8000, 16000, 32000)


def write_report(model: Path, corpora: Path, news: Path, labels: Path) -> str:
    """Measure everything and return it as Markdown."""
    began = time.perf_counter()
    nlp = load_pipeline(model)
    nlp("Hello.")
    loading = time.perf_counter() - began
    lines = [
        "| measured on | figures |",
        "|---|---|",
        *syntax_lines(nlp, corpora),
        f"| GUM open dev, coreference | {figures(score_coref(nlp, corpora / 'gum_open', 'dev'))} |",
        f"| GAP validation | {figures(score_gap(nlp, corpora / 'gap_coreference' / 'gap-validation.tsv'))} |",
        f"| load and first text, s | {loading:.2f} |",
        *speed_lines(nlp, news),
        "",
        "| words of one text | seconds of processor time | words per second |",
        "|---|---|---|",
        *growth_lines(nlp, news),
        "",
        "| entity type, unseen news | precision | recall | F1 | gold |",
        "|---|---|---|---|---|",
    ]
    for kind, (precision, recall, f1, count) in score_entities(nlp, labels, news, "unseen").items():
        lines.append(f"| {kind} | {precision:.1f} | {recall:.1f} | {f1:.1f} | {count} |")
    return "\n".join(lines) + "\n"


def syntax_lines(nlp: Language, corpora: Path) -> Iterator[str]:
    """Yield the figures for syntax on the dev parts of the treebanks."""
    golds = [gold for path in sorted((corpora / "gum_open/conllu/dev").glob("*.conllu")) for gold in read_gold(path)]
    news = [gold for gold in golds if "_news_" in gold.name]
    web = read_gold(corpora / "ud_english_ewt" / "en_ewt-ud-dev.conllu")
    for name, texts in (("GUM open dev", golds), ("GUM news dev", news), ("EWT dev", web)):
        yield f"| {name} | {figures(score_syntax(nlp, texts))} |"


def speed_lines(nlp: Language, news: Path) -> Iterator[str]:
    """Yield words per second of processor time, and the memory in use."""
    texts = texts_of(news)
    began = time.process_time()
    words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts))
    yield f"| words per second of processor time | {words / (time.process_time() - began):.0f} |"
    yield f"| resident memory, MB | {psutil.Process().memory_info().rss / 1e6:.0f} |"


def growth_lines(nlp: Language, news: Path) -> Iterator[str]:
    """Yield the processor time that ever longer texts take: the articles one after the other, cut to a length."""
    words = " ".join(texts_of(news)).split(" ")
    for count in GROWTH:
        text = " ".join((words * (1 + count // len(words)))[:count])
        began = time.process_time()
        nlp(text)
        seconds = time.process_time() - began
        yield f"| {count} | {seconds:.2f} | {count / seconds:.0f} |"


def figures(scores: dict[str, float]) -> str:
    """Write scores in a row."""
    return ", ".join(f"{name} {score:.1f}" for name, score in scores.items())
