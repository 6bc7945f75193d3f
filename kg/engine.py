"""How articles become extractions: one pure function over a batch, run in this process or over several.

The result does not depend on where or in how many pieces the work was done. One bad article never stops the others: it is
skipped, with the reason.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import TypeVar

from kg.errors import PipelineError
from kg.model import Article, Extraction, Skipped

BATCH = 8
OnSkip = Callable[[Skipped], None]
T = TypeVar("T")


def extract_articles(
    articles: Iterable[Article],
    *,
    model: str | None = None,
    ontology: Path | None = None,
    workers: int = 1,
    on_skip: OnSkip,
) -> Iterator[Extraction]:
    """Extract a stream of cleaned articles, in any order of completion.

    Args:
        model: name or path of another spaCy pipeline; None is the one that ships.
        ontology: another ontology folder; None is the one that ships.
        workers: processes; 1 works in this one.
        on_skip: told of each article that could not be extracted, and why.
    """
    batches = _batches(articles, BATCH)
    results = (
        (_extract_batch(batch, model, ontology) for batch in batches)
        if workers <= 1
        else _over_processes(batches, model, ontology, workers)
    )
    for extractions, skipped in results:
        for each in skipped:
            on_skip(each)
        yield from extractions


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _extract_batch(
    articles: list[Article], model: str | None, ontology: Path | None
) -> tuple[list[Extraction], list[Skipped]]:
    """The unit of work: loads pipeline and lexica once a process."""
    from kg.annotate import annotate_doc
    from kg.extract import extract_claims
    from kg.lexicon import load_knowledge

    nlp, knowledge = _pipeline(model), load_knowledge(ontology)
    extractions: list[Extraction] = []
    skipped: list[Skipped] = []
    for article in articles:
        try:
            extractions.append(extract_claims(annotate_doc(article, nlp(article.story), knowledge), knowledge))
        except (ValueError, LookupError, RecursionError, MemoryError) as error:
            reason = f"could not be extracted ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
            skipped.append(Skipped(article.source or article.id, "extract", reason))
    return extractions, skipped


_LOADED: dict[str | None, object] = {}


def _pipeline(model: str | None):  # type: ignore[no-untyped-def]
    from kg.annotate import load_pipeline

    if model not in _LOADED:
        _LOADED[model] = load_pipeline(model)
    return _LOADED[model]


def _over_processes(
    batches: Iterator[list[Article]], model: str | None, ontology: Path | None, workers: int
) -> Iterator[tuple[list[Extraction], list[Skipped]]]:
    """Keep a few batches in flight, so that memory does not grow with the corpus."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        flying: set[Future[tuple[list[Extraction], list[Skipped]]]] = set()
        try:
            for batch in batches:
                flying.add(pool.submit(_extract_batch, batch, model, ontology))
                if len(flying) >= 2 * workers:
                    done, flying = wait(flying, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            while flying:
                done, flying = wait(flying, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        except BrokenProcessPool as error:
            raise PipelineError("a worker process died", hint="use fewer --workers; each needs about 1 GB") from error
        except BaseException:
            for future in flying:
                future.cancel()
            raise
