"""From extraction records to the files of an output folder, swapped in whole.

    records | entities, events -> claims, article graphs -> facts, linked -> inferred, proofs -> dataset, store, graph.html

Only what names and events need stays in memory. Everything else flows: records and claims are read again from disk by each
stage that asks for them, the graphs of articles are written one by one, and the graphs that span articles are sorted on disk.
The bytes depend on the set of records alone.
"""

from __future__ import annotations

import gc
import heapq
import itertools
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from kg.config import Config
from kg.conflicts import find_conflicts, is_correction, load_conflict_lore
from kg.errors import StoreError
from kg.export import EXPORTERS
from kg.export.property_graph import GraphView
from kg.lexicon import Knowledge
from kg.lift import lift
from kg.link import Linker
from kg.merge import merge_events
from kg.model import (
    FACTUAL,
    READINGS,
    Article,
    BuildReport,
    Entity,
    Extraction,
    Judgement,
    Origin,
    Referent,
    ResolvedClaim,
    to_json,
)
from kg.rdf import (
    Cast,
    Names,
    ResolvedEvent,
    article_lines,
    conflict_quads,
    entity_lines,
    fact_quads,
    linked_quads,
    mint_entities,
    mint_events,
    ontology_quads,
    resolve_events,
    support_lines,
)
from kg.reason import (
    Inferences,
    class_lines,
    each_inference,
    fact_times,
    load_rules,
    premise_lines,
    proof_quads,
    wanted_classes,
    wanted_predicates,
)
from kg.records import JsonLines
from kg.resolve import load_decisions, resolve_entities
from kg.store import Store, convert, load_lines, merged_lines, triple_lines, union, with_graph, write_sorted
from kg.support import Sources
from kg.validate import known_types, misfits, quarantine_quads

DRAWN_CLAIMS = 20_000
"""How many claims `graph.html` holds at most: those about the entities that most is said of."""

IN_MEMORY = 300_000_000
"""Facts of more bytes than this are reasoned over on disk."""

PUBLISHED = ("graph.ttl", "dataset.trig", "dataset.nq", "claims.jsonl", "graph.html")
KEPT = ("entities.jsonl", "judgements.jsonl", "origins.jsonl", "conflicts.jsonl", "base", "settings.json")


@contextmanager
def _without_collector() -> Iterator[None]:
    """Values here hold no circles: the collector of garbage would go through millions of them again and again for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collector()
def publish(
    folder: Path,
    corpus: Iterable[Extraction],
    config: Config,
    knowledge: Knowledge,
    linker: Linker,
    report: BuildReport,
    done: Callable[[str, int], None] = lambda stage, number: None,
) -> None:
    """Derive everything from the extractions and swap it in.

    Args:
        corpus: the extractions sorted by article id; read several times.
        report: takes counts and timings.
        done: told each stage that begins, and the number of articles.

    Raises:
        StoreError: the folder cannot be written, or a record cannot be read.
    """
    try:
        new = Path(tempfile.mkdtemp(dir=folder, prefix=".new-"))
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", where=str(folder), hint="name another -o") from error
    try:
        with timed(report, "merge"):
            company = _gather(corpus, config, knowledge, linker)
        with timed(report, "claims"):
            tally = _write_articles(new, corpus, company, knowledge)
            report.counts.update(tally.counts(company))
        done("write", tally.articles)
        claims = Claims(new / "claims.jsonl", tally.misfits)
        with timed(report, "conflicts"):
            conflicts = find_conflicts(claims, company.origins, knowledge)
            _write_lines(new / "conflicts.jsonl", conflicts)
            report.counts["conflicts"] = len(conflicts)
        with timed(report, "facts"):
            graphs = _write_facts(new, corpus, claims, company, knowledge, linker)
            graphs["conflicts"] = _write_graph(new, "conflicts", conflict_quads(conflicts, company.names))
        with timed(report, "rules"):
            graphs |= _write_inferred(new, graphs, claims, company, knowledge)
        with timed(report, "write"):
            _write_files(new, graphs, company, config)
            view = _drawn(corpus, claims, company, knowledge, tally.counts(company))
            EXPORTERS["html"](view, new / "graph.html")
            _swap_in(new, folder)
    except OSError as error:
        where, hint = error.filename or folder, "free space, or name another -o"
        raise StoreError(f"cannot be written: {error.strerror}", where=str(where), hint=hint) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


@contextmanager
def timed(report: BuildReport, stage: str) -> Iterator[None]:
    """Note the seconds of a stage."""
    start = time.perf_counter()
    yield
    report.timings[stage] = round(time.perf_counter() - start, 3)


# ---- who and what is meant


@dataclass(frozen=True)
class Company:
    """The entities and events of a corpus, who stands for whom, the judgements that say so, and where articles come from."""

    names: Names
    entities: tuple[Entity, ...]
    judgements: tuple[Judgement, ...]
    referents: tuple[Referent, ...]
    entity_of: Mapping[str, Entity] = field(repr=False)
    times: Mapping[str, str] = field(repr=False)
    origins: Mapping[str, Origin] = field(repr=False)

    def cast(self, extraction: Extraction) -> Cast:
        return Cast(extraction, self.entity_of, self.times)


def _gather(corpus: Iterable[Extraction], config: Config, knowledge: Knowledge, linker: Linker) -> Company:
    names = Names(config.base)
    decisions = load_decisions(config.decisions) if config.decisions else None
    lore = load_conflict_lore(knowledge)
    sources = Sources(lambda article: is_correction(article.text, lore))
    seen = sources.watch(corpus)  # with the first of the readings, for each takes its time
    resolution = resolve_entities(seen, decisions=decisions, knowledge=knowledge, link=linker.links)
    merge = merge_events(corpus, resolution, decisions=decisions, knowledge=knowledge)
    entities = mint_entities(merge.entities, names)
    entity_of = {member: entity for entity in entities for member in entity.members}
    entity_of |= mint_events(merge.event_of, entities, names)
    return Company(
        names=names,
        entities=entities,
        judgements=(*resolution.judgements, *merge.judgements),
        referents=linker.with_states(resolution.referents),
        entity_of=entity_of,
        times=merge.times,
        origins=sources.origins(),
    )


# ---- what each article says


@dataclass
class Tally:
    """What the report counts, and the claims that are quarantined with the reasons."""

    articles: int = 0
    events: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    facts: set[tuple[str, str, str]] = field(default_factory=set)
    misfits: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, extraction: Extraction, claims: Iterable[ResolvedClaim]) -> None:
        self.articles += 1
        self.events += len(extraction.events)
        for claim in claims:
            self.statuses[claim.status] += 1
            if claim.status in FACTUAL and claim.id not in self.misfits:
                self.facts.add((claim.subject_iri, claim.predicate_iri, claim.object_iri or claim.object))

    def counts(self, company: Company) -> dict[str, int]:
        return {
            "articles": self.articles,
            "entities": len(company.entities),
            "events": self.events,
            "claims": self.statuses.total(),
            "facts": len(self.facts),
            "merge decisions": len(company.judgements),
            "quarantined": len(self.misfits),
            **{f"claims {status}": number for status, number in sorted(self.statuses.items())},
        }


def _write_articles(new: Path, corpus: Iterable[Extraction], company: Company, knowledge: Knowledge) -> Tally:
    """`claims.jsonl`, and the graphs of the articles as the beginning of `dataset.nq`."""
    tally, types = Tally(), known_types(corpus, company.entity_of)
    with (
        (new / "claims.jsonl").open("wb") as lines,
        (new / "dataset.nq").open("w", encoding="utf-8", newline="\n") as dataset,
    ):
        for extraction in corpus:
            listed = lift([extraction], company.entity_of, knowledge, company.names)
            claims = [claim for claim in listed if claim.extractor != READINGS]
            tally.misfits |= misfits(claims, types, knowledge)
            tally.add(extraction, claims)
            lines.writelines(to_json(claim) + b"\n" for claim in listed)
            cast = company.cast(extraction)
            dataset.writelines(article_lines(extraction, claims, cast, knowledge, company.names))
    return tally


@dataclass(frozen=True)
class Claims:
    """The claims of a corpus as they stand in its file."""

    path: Path
    misfits: Mapping[str, tuple[str, ...]]

    def all(self) -> Iterable[ResolvedClaim]:
        return JsonLines(self.path, ResolvedClaim)

    def fitting(self) -> Iterator[ResolvedClaim]:
        """Those that are not quarantined and tell of things: a reading with a phrase for its object is no fact."""
        return (claim for claim in self.all() if claim.id not in self.misfits and claim.extractor != READINGS)

    def __iter__(self) -> Iterator[ResolvedClaim]:
        return self.fitting()


# ---- what all articles say

Graphs = dict[str, Path]
"""The graphs that span articles: name -> sorted N-Triples file."""


def _write_facts(
    new: Path,
    corpus: Iterable[Extraction],
    claims: Claims,
    company: Company,
    knowledge: Knowledge,
    linker: Linker,
) -> Graphs:
    names = company.names
    told: list[tuple[ox.NamedNode, str]] = []

    def events() -> Iterator[ResolvedEvent]:
        for extraction in corpus:
            for event in resolve_events(extraction, company.cast(extraction), knowledge, names):
                yield event
                if event.status == "asserted":
                    told.append((event.iri, event.article))

    return {  # in this order: who tells of events is known when they are written
        name: _write_lines_of(new, name, lines)
        for name, lines in (
            ("facts", triple_lines(fact_quads(claims.fitting(), events(), company.entities, knowledge, names))),
            ("linked", triple_lines(linked_quads(company.entities, company.referents, names))),
            ("entities", entity_lines(company.entities, corpus, company.judgements, names)),
            ("support", support_lines(claims.fitting(), told, company.origins, knowledge, names)),
            ("quarantine", triple_lines(quarantine_quads(claims.all(), claims.misfits, names))),
            ("ontology", triple_lines(ontology_quads(knowledge.folder, names))),
        )
    }


def _write_inferred(new: Path, graphs: Graphs, claims: Claims, company: Company, knowledge: Knowledge) -> Graphs:
    """What follows from the facts and from linked knowledge, and the proofs."""
    names, rules = company.names, load_rules(knowledge, company.names)
    axioms = tuple(ontology_quads(knowledge.folder, names))
    predicates = wanted_predicates(rules, axioms)
    classes = wanted_classes(rules, predicates, axioms)
    # Rules read one graph of what holds, whoever says it, and of that only what some rule looks at.
    held = (graphs["facts"], graphs["linked"])
    premises = new / "premises.nt"
    with premises.open("w", encoding="utf-8", newline="\n") as lines:
        lines.writelines(premise_lines(merged_lines(held), predicates, classes, knowledge))
    store = ox.Store() if premises.stat().st_size < IN_MEMORY else ox.Store(str(new / "rules"))
    for path, graph in ((premises, "facts"), (graphs["ontology"], "ontology")):
        load_lines(store, path, names.graph(graph))
    inferences = Inferences(new / "inferences.nq", names)
    inferences.write(each_inference(store, rules, knowledge, names, classes=classes))
    times = fact_times(inferences, claims.fitting(), store, knowledge, names)
    followed = triple_lines(store.quads_for_pattern(None, None, None, names.graph("inferred")))
    return {
        "inferred": _write_lines_of(
            new, "inferred", itertools.chain(followed, class_lines(merged_lines(held), knowledge))
        ),
        "proofs": _write_graph(new, "proofs", proof_quads(inferences, rules, times, names)),
    }


def _write_graph(new: Path, name: str, quads: Iterable[ox.Quad]) -> Path:
    return _write_lines_of(new, name, triple_lines(quads))


def _write_lines_of(new: Path, name: str, lines: Iterable[str]) -> Path:
    path = new / f"{name}.nt"
    write_sorted(lines, path)
    return path


# ---- files


def _write_files(new: Path, graphs: Graphs, company: Company, config: Config) -> None:
    prefixes = company.names.prefixes()
    with (new / "dataset.nq").open("a", encoding="utf-8", newline="\n") as dataset:
        for name, graph in sorted(graphs.items()):
            dataset.writelines(with_graph(graph, company.names.graph(name)))
    union([graphs[name] for name in ("facts", "linked", "inferred")], new / "default.nt")
    convert(new / "default.nt", new / "graph.ttl", "turtle", prefixes)
    convert(new / "dataset.nq", new / "dataset.trig", "trig", prefixes)
    Store.load(new / "quads", new / "dataset.nq", new / "default.nt")
    _write_lines(new / "entities.jsonl", company.entities)
    _write_lines(new / "judgements.jsonl", company.judgements)
    _write_lines(new / "origins.jsonl", company.origins.values())
    (new / "base").write_text(config.base, encoding="utf-8")
    (new / "settings.json").write_bytes(to_json(config.remembered()) + b"\n")


def _write_lines(path: Path, items: Iterable[object]) -> None:
    with path.open("wb") as lines:
        lines.writelines(to_json(item) + b"\n" for item in items)


def _drawn(
    corpus: Iterable[Extraction],
    claims: Claims,
    company: Company,
    knowledge: Knowledge,
    whole: Mapping[str, int],
) -> GraphView:
    """What `graph.html` shows: everything, or of a large graph the claims about those that most is said of."""
    said, number = Counter[str](), 0
    for claim in claims.fitting():
        said.update(_ends(claim))
        number += 1
    articles = (_heading(extraction.article) for extraction in corpus)
    if number <= DRAWN_CLAIMS:
        return GraphView(tuple(claims.fitting()), company.entities, tuple(articles), knowledge, company.origins, whole)

    def rank(claim: ResolvedClaim) -> tuple[int, str]:
        return -min(said[iri] for iri in _ends(claim)), claim.id

    kept = tuple(heapq.nsmallest(DRAWN_CLAIMS, claims.fitting(), key=rank))
    named, told = {iri for claim in kept for iri in _ends(claim)}, {claim.article for claim in kept}
    entities = tuple(entity for entity in company.entities if entity.iri in named)
    return GraphView(kept, entities, tuple(a for a in articles if a.id in told), knowledge, company.origins, whole)


def _ends(claim: ResolvedClaim) -> tuple[str, ...]:
    return (claim.subject_iri, claim.object_iri) if claim.object_iri else (claim.subject_iri,)


def _heading(article: Article) -> Article:
    """An article without its text, which the page does not show."""
    return replace(article, text="", asides=())


def _swap_in(new: Path, folder: Path) -> None:
    """One rename each."""
    for name in PUBLISHED:
        (new / name).replace(folder / name)
    for name in KEPT:
        (new / name).replace(folder / "store" / name)
    old, gone = folder / "store" / "quads", folder / "store" / "quads.old"
    shutil.rmtree(gone, ignore_errors=True)
    if old.exists():
        old.rename(gone)
    (new / "quads").rename(old)
    shutil.rmtree(gone, ignore_errors=True)
