"""Find mention heads in coreference corpora that have no syntax, with a pipeline that was trained before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.tokenizer import Tokenizer

from kg.pipeline_en.reading import Reader
from kg.pipeline_en.tokens import words_of
from training.corpora import mention_head, read_gap, read_litbank
from training.passages import ROOT, Passage

LITBANK_WORDS = 900


def parsed_passage(source: str, words: list[str], newlines: list[int], reader: Reader) -> Passage:
    """Return a passage whose syntax comes from the reader."""
    reading = reader.read(words, newlines)
    labels = reader.labels
    return Passage(
        source,
        words,
        newlines,
        starts=reading.starts,
        morphs=[labels["morphs"][number] for number in reading.morphs],
        heads=[ROOT if head == index else head for index, head in enumerate(reading.heads)],
        deps=[labels["deps"][number] for number in reading.deps],
        silver=True,
    )


def silver_litbank(folder: Path, reader: Reader) -> Iterator[Passage]:
    """Yield the beginnings of LitBank documents with chains."""
    for name, words, chains in read_litbank(folder):
        words = words[:LITBANK_WORDS]
        passage = parsed_passage(f"litbank:{name}", words, [0] * len(words), reader)
        heads = passage.heads or []
        passage.chains = []
        for spans in chains.values():
            inner = sorted((first, last) for first, last in spans if last <= len(words))
            if len(inner) > 1:
                passage.chains.append([(first, last, mention_head(heads, first, last)) for first, last in inner])
        yield passage


def silver_gap(path: Path, reader: Reader, tokenizer: Tokenizer) -> Iterator[Passage]:
    """Yield the snippets of GAP with what is known of a pronoun and two names."""
    for row in read_gap(path):
        doc = tokenizer(row["Text"])
        words, tokens, newlines = words_of(doc)
        passage = parsed_passage(f"gap:{row['ID']}", words, newlines, reader)
        offsets = {doc[token].idx: index for index, token in enumerate(tokens)}
        pronoun = offsets.get(int(row["Pronoun-offset"]))
        if pronoun is None:
            continue
        for name in "AB":
            start = int(row[f"{name}-offset"])
            end = start + len(row[name])
            inner = [index for offset, index in offsets.items() if start <= offset < end]
            if inner:
                head = mention_head(passage.heads or [], inner[0], inner[-1] + 1)
                passage.pronoun_pairs.append((pronoun, head, row[f"{name}-coref"].upper() == "TRUE"))
        if passage.pronoun_pairs:
            yield passage
