"""Check that no text we measure on is learned from: eight words in a row are shared by accident only in set phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.corpora import label_rows, read_conllu, read_gap
from training.passages import Passage

RUN = 8
MANY = 0.25


@dataclass(frozen=True)
class Leak:
    """A passage of the training data that shares much with a text we measure on."""

    passage: str
    text: str
    share: float


def runs_of(words: Iterable[str]) -> set[tuple[str, ...]]:
    """Return all runs of RUN words, without signs and case."""
    plain = [word.lower() for word in words if any(char.isalnum() for char in word)]
    return {tuple(plain[i : i + RUN]) for i in range(len(plain) - RUN + 1)}


def find_leaks(passages: Iterable[Passage], texts: Iterable[tuple[str, list[str]]]) -> Iterator[Leak]:
    """Yield passages of which a good part of the runs occurs in a text we measure on."""
    owner: dict[tuple[str, ...], str] = {}
    for name, words in texts:
        for run in runs_of(words):
            owner.setdefault(run, name)
    for passage in passages:
        runs = runs_of(passage.words)
        shared = [owner[run] for run in runs if run in owner]
        if runs and len(shared) > max(2, MANY * len(runs)):
            yield Leak(passage.source, max(sorted(set(shared)), key=shared.count), len(shared) / len(runs))


def measured_texts(corpora: Path, news: Path, labels: Path, evaluation: Path | None) -> Iterator[tuple[str, list[str]]]:
    """Yield (name, words) of everything that we measure on."""
    for path in (
        corpora / "ud_english_ewt" / "en_ewt-ud-dev.conllu",
        *(corpora / "gum_open" / "conllu" / "dev").glob("*.conllu"),
    ):
        yield path.name, [row[1] for _, rows in read_conllu(path) for row in rows]
    for row in read_gap(corpora / "gap_coreference" / "gap-validation.tsv"):
        yield row["ID"], plain_words(row["Text"])
    for name in label_rows(labels / "news.tsv", "unseen"):
        yield name, plain_words((news / name).read_text("utf-8"))
    if evaluation is not None:
        for path in sorted(evaluation.rglob("*.txt")):
            yield path.name, plain_words(path.read_text("utf-8"))


def plain_words(text: str) -> list[str]:
    """Cut a text into words and signs, apostrophes and hyphens apart as in the treebanks."""
    return re.findall(r"n['’]t|['’]\w+|\w+?(?=n['’]t)|\w+|\S", text)
