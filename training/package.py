"""Put exported files into a folder that spaCy can load."""

from __future__ import annotations

import shutil
from pathlib import Path

import spacy

from kg.pipeline_en.component import FACTORY
from kg.pipeline_en.tokens import fit_tokenizer

META = {
    "name": "kg_en",
    "version": "1.0.0",
    "description": "English news: Universal Dependencies, entities and coreference on one small encoder",
    "license": "CC BY-SA 4.0",
}


def package(files: Path, folder: Path) -> None:
    """Write a loadable pipeline made of exported model files."""
    nlp = spacy.blank("en")
    fit_tokenizer(nlp)
    nlp.max_length = 10_000_000
    nlp.meta.update(META)
    annotator = nlp.add_pipe(FACTORY)
    annotator.from_disk(files)  # type: ignore[attr-defined]
    nlp.to_disk(folder, exclude=["vocab"])
    keep_vocabulary_small(nlp, folder)


def keep_vocabulary_small(nlp: spacy.language.Language, folder: Path) -> None:
    """The strings of a vocabulary grow with use and are not needed: write an empty one."""
    shutil.rmtree(folder / "vocab", ignore_errors=True)
    spacy.vocab.Vocab().to_disk(folder / "vocab", exclude=["lookups", "vectors"])
