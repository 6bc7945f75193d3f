"""How articles become extractions: one pure function over a batch, run in this process or over several.

The result does not depend on where or in how many pieces the work was done. One bad article never stops the others: it is
skipped, with the reason.
"""

from __future__ import annotations

import multiprocessing
import signal
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
    # In this process each article is handed over as it is done: a build that is stopped loses none.
    results = (
        (_extract_batch([article], model, ontology) for article in articles)
        if workers <= 1
        else _over_processes(_batches(articles, BATCH), model, ontology, workers)
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
            extraction = extract_claims(annotate_doc(article, nlp(article.story), knowledge), knowledge)
            check_references(extraction)
            extractions.append(extraction)
        except Exception as error:
            # Whatever an article does to a model or a rule, the rest of the corpus is built.
            reason = f"could not be extracted ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
            skipped.append(Skipped(article.source or article.id, "extract", reason))
    return extractions, skipped


def check_references(extraction: Extraction) -> None:
    """Hold an extraction to what the later stages rely on.

    Raises:
        LookupError: a claim or event names a mention or event that the article does not have.
    """
    mentions, events = {m.id for m in extraction.mentions}, {e.id for e in extraction.events}
    named = [(c.id, m) for c in extraction.claims for m in (c.subject, c.object.mention, c.place) if m]
    named += [(e.id, m) for e in extraction.events for m in (e.mention, e.place) if m]
    named += [(e.id, a.mention) for e in extraction.events for a in e.arguments if a.mention]
    for owner, mention in named:
        if mention not in mentions:
            raise LookupError(f"{owner} names the mention {mention!r}, which is not there")
    for claim in extraction.claims:
        if claim.event and claim.event not in events:
            raise LookupError(f"{claim.id} names the event {claim.event!r}, which is not there")


_LOADED: dict[str | None, object] = {}


def _pipeline(model: str | None):  # type: ignore[no-untyped-def]
    from kg.annotate import load_pipeline

    if model not in _LOADED:
        _LOADED[model] = load_pipeline(model)
    return _LOADED[model]


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches the whole process group; the parent alone answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _over_processes(
    batches: Iterator[list[Article]], model: str | None, ontology: Path | None, workers: int
) -> Iterator[tuple[list[Extraction], list[Skipped]]]:
    """Keep a few batches in flight, so that memory does not grow with the corpus."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_to_the_parent) as pool:
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
