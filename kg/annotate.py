"""From articles to annotated articles: a spaCy Doc with a Universal Dependencies tree, mentions and coreference chains.

`AnnotatedArticle` is the only type that holds a spaCy object and never leaves memory.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import PipelineError
from kg.lexicon import Knowledge
from kg.mending import mend
from kg.mentions import MentionIndex, find_mentions
from kg.model import Article
from kg.universal import as_universal


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with its parse and the index of its mentions; token offsets are offsets of `article.text`."""

    article: Article
    doc: Doc
    index: MentionIndex


def load_pipeline(name_or_path: str | None = None) -> Language:
    """The English pipeline: the one that ships with kg, or any spaCy pipeline by name or path.

    Raises:
        PipelineError: it is not installed, not readable, or has no parser.
    """
    if name_or_path is None:
        from kg.pipeline_en import load_pipeline as load_shipped

        return load_shipped()
    try:
        nlp = spacy.load(name_or_path)
    except (OSError, ValueError, ImportError) as error:
        raise PipelineError(
            f"no spaCy pipeline {name_or_path!r}: {str(error).splitlines()[0]}",
            where="--model",
            hint="install it with pip, name a folder that holds one, or leave the option out to use the one that ships",
        ) from error
    if not any(name in nlp.pipe_names for name in ("parser", "kg_parser", "kg_en")) and not _parses(nlp):
        raise PipelineError("the pipeline sets no dependency tree", where=name_or_path, hint="use one with a parser")
    return nlp


def _parses(nlp: Language) -> bool:
    with contextlib.suppress(Exception):
        return bool(nlp("The minister left.").has_annotation("DEP"))
    return False


def annotate_articles(articles: Iterable[Article], nlp: Language, knowledge: Knowledge) -> Iterator[AnnotatedArticle]:
    """Annotate a stream of cleaned articles; memory holds one batch at a time."""
    pairs = ((article.story, article) for article in articles)
    for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        yield annotate_doc(article, doc, knowledge)


def annotate_doc(article: Article, doc: Doc, knowledge: Knowledge) -> AnnotatedArticle:
    """The mentions and chains of an article that a pipeline has parsed."""
    doc = as_universal(doc)
    mend(doc)
    return AnnotatedArticle(article, doc, find_mentions(article, doc, knowledge))
