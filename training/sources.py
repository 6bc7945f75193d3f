"""Which passages are learned from, and how often."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.tokenizer import Tokenizer

from kg.pipeline_en.tokens import fit_tokenizer
from training.corpora import (
    add_uner,
    read_crossner,
    read_ewt,
    read_gum,
    read_labelled_news,
    read_labelled_sentences,
    read_redocred,
    read_wikigold,
)
from training.passages import Passage
from training.train import Source

NEWS_GENRES = ("news", "interview", "speech", "bio", "court")


def own_tokenizer() -> Tokenizer:
    """Return the tokenizer of the pipeline."""
    nlp = spacy.blank("en")
    fit_tokenizer(nlp)
    return nlp.tokenizer


def read_sources(corpora: Path, news: Path, labels: Path) -> list[Source]:
    """Read everything the first stage learns from."""
    tokenizer = own_tokenizer()
    web = list(read_ewt(corpora / "ud_english_ewt", "train"))
    add_uner(web, corpora / "uner_english_ewt" / "en_ewt-ud-train.iob2")
    gum = list(read_gum(corpora / "gum_open", "train"))
    crossner = list(read_crossner(corpora / "crossner"))
    sentences = list(read_labelled_sentences(labels, corpora / "gmb_voa_text_unlabelled" / "sentences.txt", tokenizer))
    articles = list(read_labelled_news(labels, news, tokenizer, split="train"))
    return [
        Source(web, 1.0),
        Source([p for p in gum if genre(p) in NEWS_GENRES], 2.5),
        Source([p for p in gum if genre(p) not in NEWS_GENRES], 1.5),
        Source(few(crossner, "crossner:politics"), 0.7),
        Source([p for p in crossner if p.source != "crossner:politics"], 0.3),
        Source(list(read_wikigold(corpora / "wikigold")), 0.6),
        Source(list(read_redocred(corpora / "redocred_dev")), 0.4),
        Source(sentences, 3.0),
        Source(articles, 4.0),
    ]


def few(passages: Iterable[Passage], source: str) -> list[Passage]:
    """Keep the passages of one source."""
    return [passage for passage in passages if passage.source == source]


def genre(passage: Passage) -> str:
    """Return the genre of a GUM document."""
    return passage.source.split("_")[1]
