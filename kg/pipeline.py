"""The main job: articles in, graph out. Calls the stages, orders them and reports; decides nothing itself.

read | clean | annotate | extract    per article, streamed; each extraction is kept as a record when it is done
  -> resolve -> lift -> quads        over the sorted set of records, always anew
  -> the files of the output folder  written beside and swapped in
"""

from __future__ import annotations

import difflib
import hashlib
import json
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.clean import clean_article
from kg.config import Config, recall_config
from kg.engine import extract_articles
from kg.errors import InputError, StoreError
from kg.export import EXPORTERS
from kg.export.property_graph import GraphView, filter_view
from kg.gazetteer import gazetteer_hash
from kg.lexicon import Knowledge, load_knowledge
from kg.link import Linker, load_linker
from kg.model import (
    FACTUAL,
    READINGS,
    Article,
    BuildReport,
    Conflict,
    Entity,
    Judgement,
    Origin,
    ResolvedClaim,
    Skipped,
    Support,
    content_id,
    to_dict,
)
from kg.proof import Proof, Proofs
from kg.publish import PUBLISHED, publish, timed
from kg.queries import named_query
from kg.rdf import TYPE, Names, fact_triple, kg
from kg.read import read_articles
from kg.reason import load_rules
from kg.records import Corpus, JsonLines, Records, locked, write_whole
from kg.resolve import Decisions, load_decisions
from kg.store import RDF_FORMATS, Store
from kg.support import support_of
from kg.validate import ValidationReport, quarantined, read_rdf, validate_graph

FILES = (*PUBLISHED, "report.json")
Progress = Callable[[str, int], None]
"""Told the stage and how many articles it has done."""


def build(
    inputs: Iterable[str | Path],
    output: str | Path = "output",
    *,
    config: Config | None = None,
    add: bool = False,
    strict: bool = False,
    progress: Progress = lambda stage, done: None,
) -> BuildReport:
    """Build the graph of some articles.

    Args:
        inputs: files, folders, globs, or "-" for standard input.
        output: the folder of the graph; made when missing.
        config: base IRI, model, ontology and workers.
        add: keep the articles that the graph has already; otherwise it will hold exactly these.
        strict: the first article that must be left out ends the build with an error.
        progress: called with the stage and the number of articles done.

    Raises:
        InputError: no article could be read, or one could not and `strict` is set.
        StoreError: the output cannot be written, or another build is writing there.
    """
    config, folder, inputs = config or Config(), Path(output), tuple(inputs)
    knowledge = load_knowledge(config.ontology_folder)
    load_rules(knowledge, Names(config.base))  # a mistake in a rule is told before an hour of reading, not after
    report = BuildReport(versions=versions(config, knowledge))
    stamp = content_id(*(f"{k}={v}" for k, v in sorted(report.versions.items()) if k != "python"))
    with locked(folder):
        records = Records(folder)
        with timed(report, "extract"):
            current = _extract(inputs, records, stamp, config, report, strict, progress)
        if not current:
            raise InputError("no article could be read", where=_named(inputs), hint=_why(report.skipped))
        before = records.published()
        wanted = {**before, **current} if add else current
        report.counts["articles removed"] = len(before.keys() - wanted.keys())
        _publish(folder, records, wanted, config, knowledge, report, progress, strict)
    return report


def remove(article_ids: Iterable[str], output: str | Path = "output", *, config: Config | None = None) -> BuildReport:
    """Take articles out of a graph; what is left equals a build of the others.

    Raises:
        InputError: the graph has no article of that id.
    """
    config, folder = config or Config(), Path(output)
    _require(folder)
    knowledge = load_knowledge(config.ontology_folder)
    report = BuildReport(versions=versions(config, knowledge))
    with locked(folder):
        records = Records(folder)
        wanted = records.published()
        for article_id in dict.fromkeys(article_ids):
            if article_id not in wanted:
                near = difflib.get_close_matches(article_id, wanted, n=3) or sorted(wanted)[:5]
                raise InputError(
                    f"no article {article_id!r} in this graph", where=str(folder), hint=f"it has {', '.join(near)} …"
                )
            del wanted[article_id]
            report.counts["articles removed"] = report.counts.get("articles removed", 0) + 1
        _publish(folder, records, wanted, config, knowledge, report, lambda stage, done: None)
    return report


def versions(config: Config, knowledge: Knowledge) -> dict[str, str]:
    """What an extraction depends on beside its article: any of these changed means extracting anew."""
    return {
        "kg": _package_version(),
        "ontology": knowledge.fingerprint,
        "model": _model_identity(config.model),
        "code": _code_fingerprint(),
        "python": platform.python_version(),
    }


def _package_version() -> str:
    try:
        return version("kg-news")
    except PackageNotFoundError:
        return "unknown"


def _model_identity(model: str) -> str:
    """The pipeline's name and what it is made of: the files of a folder, or the version of an installed package."""
    if not model:
        from kg.pipeline_en import MODEL_FOLDER

        return f"kg_en-{_files_hash(p for p in MODEL_FOLDER.rglob('*') if p.is_file())}"
    if Path(model).is_dir():
        return f"{model}-{_files_hash(p for p in Path(model).rglob('*') if p.is_file())}"
    try:
        return f"{model}-{version(model)}"
    except PackageNotFoundError:
        return model


EXTRACTION = (
    "annotate",
    "apart",
    "bodies",
    "clean",
    "definites",
    "errors",
    "extract",
    "furniture",
    "lexicon",
    "mending",
    "mentions",
    "model",
    "offices",
    "pipeline_en",
    "spans",
    "syntax",
    "universal",
)
"""The modules on which what is extracted from an article depends."""


def _code_fingerprint() -> str:
    """The extraction's own code, so that a record of an older checkout is not taken for a new one's."""
    modules = [Path(__file__).parent / name for name in EXTRACTION]
    return _files_hash(
        file for path in modules for file in (path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")])
    )


def _files_hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode("utf-8", "surrogatepass") + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


# ---- extraction


def _extract(
    inputs: Iterable[str | Path],
    records: Records,
    stamp: str,
    config: Config,
    report: BuildReport,
    strict: bool,
    progress: Progress,
) -> dict[str, str]:
    """Extract what is new or changed; returns id -> fingerprint of all articles of the inputs that have a record."""
    current: dict[str, str] = {}
    counts: Counter[str] = Counter()
    fingerprints: dict[str, str] = {}

    def on_skip(skipped: Skipped) -> None:
        report.skipped.append(skipped)
        if strict:
            raise InputError(skipped.reason, where=skipped.source, hint="leave out --strict to build without it")

    def pending() -> Iterator[Article]:
        for raw in read_articles(inputs, on_skip=on_skip, ontology=config.ontology_folder):
            article = clean_article(raw, ontology=config.ontology_folder)
            fingerprint = content_id(replace(article, source="").sha256, stamp)
            if not article.published:
                counts["articles without a date"] += 1
            counts["articles read"] += 1
            if records.has(article.id, fingerprint):
                current[article.id] = fingerprint
                counts["articles unchanged"] += 1
                progress("extract", len(current))
                continue
            fingerprints[article.id] = fingerprint
            yield article

    for extraction in extract_articles(
        pending(),
        model=config.model or None,
        ontology=config.ontology_folder,
        workers=config.workers,
        on_skip=on_skip,
    ):
        # The place an article came from is not part of the graph, so that the same text gives the same bytes.
        kept = replace(extraction, article=replace(extraction.article, source=""))
        fingerprint = fingerprints.pop(kept.article.id)
        records.write(kept, fingerprint)
        current[kept.article.id] = fingerprint
        counts["articles extracted"] += 1
        progress("extract", len(current))
    report.counts.update(counts)
    if counts["articles without a date"]:
        report.warnings.append(
            f"{counts['articles without a date']} article(s) have no date: their relative times stay unresolved"
        )
    return current


def _named(inputs: Sequence[str | Path], shown: int = 3) -> str:
    rest = len(inputs) - shown
    return ", ".join(str(i) for i in inputs[:shown]) + (f" and {rest} more" if rest > 0 else "")


def _why(skipped: Sequence[Skipped]) -> str:
    return f"{skipped[0].source}: {skipped[0].reason}" if skipped else "name files, folders or - for standard input"


# ---- publishing


def _publish(
    folder: Path,
    records: Records,
    wanted: Mapping[str, str],
    config: Config,
    knowledge: Knowledge,
    report: BuildReport,
    progress: Progress,
    strict: bool = False,
) -> None:
    """Derive everything from the records and swap it in, unless nothing has changed since."""
    package = Path(__file__).parent
    code = _files_hash(p for p in package.rglob("*") if p.suffix in {".py", ".js", ".css", ".html"})
    state = content_id(
        config.base,
        _verdicts(config),
        gazetteer_hash(config.gazetteer),
        code,
        knowledge.fingerprint,
        _files_hash((knowledge.folder / "rules").glob("*.rq")),
        *(f"{i}={f}" for i, f in sorted(wanted.items())),
    )
    done = folder / "store" / "state"
    if done.is_file() and done.read_text("utf-8") == state and all((folder / f).is_file() for f in FILES):
        old = json.loads((folder / "report.json").read_text("utf-8"))
        report.counts = {**old["counts"], **report.counts, "articles extracted": 0}
        report.counts["graph unchanged"] = 1
        return
    linker = _linker(config, knowledge, report, strict)
    done.unlink(missing_ok=True)
    publish(folder, Corpus(records, wanted), config, knowledge, linker, report, progress)
    records.publish(wanted)
    write_whole(folder / "report.json", _json(to_dict(report)))
    write_whole(done, state.encode())


def _linker(config: Config, knowledge: Knowledge, report: BuildReport, strict: bool) -> Linker:
    """What links mentions to places and to the user's lists; a bad row of these is reported."""

    def on_skip(skipped: Skipped) -> None:
        report.skipped.append(skipped)
        if strict:
            raise InputError(skipped.reason, where=skipped.source, hint="leave out --strict to build without it")

    decisions = load_decisions(config.decisions) if config.decisions else Decisions()
    return load_linker(config.gazetteer, knowledge, same=decisions.same, different=decisions.different, on_skip=on_skip)


def _verdicts(config: Config) -> str:
    return content_id(repr(load_decisions(config.decisions))) if config.decisions else ""


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "replace")


# ---- reading a built graph


def _require(folder: Path) -> None:
    if not (folder / "store" / "quads").is_dir() or not (folder / "claims.jsonl").is_file():
        raise StoreError("holds no graph", where=str(folder), hint="build one: kg build INPUT… -o " + str(folder))


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a fact is in the graph, or a claim is not one: the claims that say it and the decisions that merged its ends.

    `support` is that of the articles that assert it. `quarantined` are the ids of claims that give no fact because they cannot be true, with the reasons. Of an inferred triple
    `proof` is the proof, and `claims` are those that its premises rest on.
    """

    subject: str
    predicate: str
    object: str
    claims: tuple[ResolvedClaim, ...]
    judgements: tuple[Judgement, ...]
    quarantined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    proof: Proof | None = None
    support: Support | None = None

    @property
    def is_fact(self) -> bool:
        return self.proof is None and any(c.status in FACTUAL and c.id not in self.quarantined for c in self.claims)

    def behind(self, triple: ox.Triple) -> tuple[ResolvedClaim, ...]:
        """The claims that state a triple which the proof rests on, or tell of the event that is its subject."""
        ends = {getattr(triple.subject, "value", ""), str(getattr(triple.object, "value", ""))}
        return tuple(
            claim
            for claim in self.claims
            if claim.event_iri in ends
            or (
                claim.predicate_iri == triple.predicate.value
                and ends == {claim.subject_iri, claim.object_iri or claim.object}
            )
        )


@dataclass(frozen=True, slots=True)
class Sides:
    """A conflict with the claims on its two sides; `published` gives the day of each article."""

    conflict: Conflict
    left: tuple[ResolvedClaim, ...]
    right: tuple[ResolvedClaim, ...]
    published: Mapping[str, str] = field(default_factory=dict)


class KnowledgeGraph:
    """A built graph, read-only. Get one from `kg.open`."""

    def __init__(self, output: str | Path = "output", *, config: Config | None = None) -> None:
        """Raises `StoreError` where the folder holds no graph."""
        self.folder = Path(output)
        _require(self.folder)
        self.config = config or recall_config(self.folder / "store" / "settings.json")
        self.names = Names(self.config.base)
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        if self._store is None:
            self._store = Store(self.folder / "store" / "quads", self.names.prefixes())
        return self._store

    def claims(self) -> Iterator[ResolvedClaim]:
        """All claims, in the order of `claims.jsonl`; readings, which tell of no things, are only there."""
        listed = JsonLines(self.folder / "claims.jsonl", ResolvedClaim)
        yield from (claim for claim in listed if claim.extractor != READINGS)

    def entities(self) -> Iterator[Entity]:
        yield from JsonLines(self.folder / "store/entities.jsonl", Entity)

    def judgements(self) -> Iterator[Judgement]:
        """The merge decisions."""
        yield from JsonLines(self.folder / "store/judgements.jsonl", Judgement)

    def origins(self) -> dict[str, Origin]:
        """Article id -> where it comes from."""
        return {origin.article: origin for origin in JsonLines(self.folder / "store/origins.jsonl", Origin)}

    def articles(self) -> Iterator[Article]:
        records = Records(self.folder)
        for extraction in records.read(records.published()):
            yield extraction.article

    def query(self, sparql: str, bind: Mapping[str, str] | None = None) -> Any:
        """pyoxigraph's answer to a SPARQL query over facts (default graph) and named graphs.

        Args:
            sparql: the query, or the name of a saved one (see `kg.queries`).
            bind: variables and what they stand for: `<iri>`, a name with a known prefix, or a text.
        """
        return self.store.query(named_query(sparql), bind)

    def explain(self, subject: str = "", predicate: str = "", object: str = "") -> list[Explanation]:
        """The claims behind what is said of a subject, predicate and object; an empty part matches anything.

        A part is a label, an alias (any case), a prefixed name or an IRI.
        """
        knowledge = load_knowledge(self.config.ontology_folder)
        groups: dict[ox.Triple, list[ResolvedClaim]] = {}
        for claim in self.claims():
            if self._means(predicate, claim.predicate, (), claim.predicate_iri) and self._is_of(
                claim, subject, object, knowledge.is_symmetric(claim.predicate)
            ):
                groups.setdefault(fact_triple(claim, knowledge), []).append(claim)
        merged, unfit, known = self._judgements_by_entity(), self._quarantined(), self.origins()
        said = [
            Explanation(
                claims[0].subject,
                claims[0].predicate,
                claims[0].object,
                tuple(claims),
                tuple(j for iri in _ends(claims) for j in merged.get(iri, ())),
                {claim.id: unfit[claim.id] for claim in claims if claim.id in unfit},
                support=support_of((c.article for c in claims if c.status == "asserted" and c.id not in unfit), known),
            )
            for _, claims in sorted(groups.items(), key=lambda item: str(item[0]))
        ]
        return [*said, *self._inferred(subject, predicate, object, unfit)]

    def _inferred(
        self, subject: str, predicate: str, object: str, unfit: Mapping[str, tuple[str, ...]]
    ) -> Iterator[Explanation]:
        """The proofs of what follows from the facts, each with the claims that it rests on."""
        proofs = Proofs(self.store, self.names)
        chosen = [proofs.meant(part) if part else None for part in (subject, predicate, object)]
        if chosen[1] is not None:
            local = {self.names.predicate(predicate, load_knowledge(self.config.ontology_folder)).value}
            classes = {TYPE.value} if predicate.casefold() in {"a", "type"} else set()
            chosen[1] = chosen[1] | local | classes
        found = [proofs.of(triple) for triple in proofs.find(*chosen)]
        leaves = {leaf.triple for proof in found for leaf in proof.leaves() if leaf.kind == "fact"}
        ends = {getattr(triple.subject, "value", "") for triple in leaves}
        stated = [
            claim
            for claim in (self.claims() if leaves else ())
            if claim.status in FACTUAL
            and claim.id not in unfit
            and {claim.event_iri, claim.subject_iri, claim.object_iri} & ends
        ]
        for proof in found:
            own = [Explanation(*proof.words, tuple(stated), ()).behind(leaf.triple) for leaf in proof.leaves()]
            claims = dict.fromkeys(claim for each in own for claim in each)
            yield Explanation(*proof.words, tuple(claims), (), proof=proof)

    def _quarantined(self) -> dict[str, tuple[str, ...]]:
        """Claim id -> why the claim gives no fact."""
        found: dict[str, list[str]] = {}
        sparql = (
            "SELECT ?claim ?why WHERE { GRAPH graph:quarantine { ?claim kg:quarantinedBecause ?why } } ORDER BY ?why"
        )
        for row in self.store.query(sparql):
            found.setdefault(row["claim"].value.removeprefix(f"{self.names.base}claim/"), []).append(row["why"].value)
        return {claim: tuple(why) for claim, why in found.items()}

    def validate(self, *, shapes: Sequence[str | Path] = ()) -> ValidationReport:
        """Check the graph against the shapes of the ontology and further shape files; what is quarantined is in the report.

        Raises:
            OntologyError: a shape file is wrong.
        """
        knowledge, dataset = load_knowledge(self.config.ontology_folder), self.folder / "dataset.nq"
        report = validate_graph(read_rdf(dataset), knowledge, self.names, shapes=[Path(path) for path in shapes])
        return replace(report, quarantined=quarantined(read_rdf(dataset), self.names))

    def _is_of(self, claim: ResolvedClaim, subject: str, object: str, is_symmetric: bool) -> bool:
        """Whether the ends of a claim, or the event that it tells of, are those wanted."""
        ends = (
            (claim.subject, claim.subject_aliases, claim.subject_iri),
            (claim.object, claim.object_aliases, claim.object_iri or ""),
        )
        if self._means(subject, *ends[0]) or self._means(subject, "", (), claim.event_iri):
            if self._means(object, *ends[1]):
                return True
        return is_symmetric and self._means(subject, *ends[1]) and self._means(object, *ends[0])

    def _means(self, wanted: str, label: str, aliases: Sequence[str], iri: str) -> bool:
        if not wanted:
            return True
        folded = wanted.casefold()
        if folded == label.casefold() or any(folded == alias.casefold() for alias in aliases):
            return True
        prefix, colon, local = wanted.partition(":")
        expanded = self.names.prefixes().get(prefix, "") + local if colon else ""
        return iri != "" and iri in {wanted, expanded}

    def _judgements_by_entity(self) -> dict[str, list[Judgement]]:
        """IRI of an entity or event -> the decisions on what is it."""
        iri_of = {member: entity.iri for entity in self.entities() for member in entity.members}
        found: dict[str, list[Judgement]] = {}
        for judgement in self.judgements():
            ends = (key for key in (judgement.left, judgement.right) if "#" in key)  # the others are things outside
            for iri in {iri_of.get(key) or self._event_iri(key) for key in ends} - {""}:
                found.setdefault(iri, []).append(judgement)
        return found

    def _event_iri(self, key: str) -> str:
        """The event that an event mention tells."""
        article, _, event = key.rpartition("#")
        return self.store.value(self.names.event_mention(article, event), kg("eventOf"))

    def conflicts(self) -> Iterator[Sides]:
        """Claims that cannot all be true, with both sides."""
        found = tuple(JsonLines(self.folder / "store/conflicts.jsonl", Conflict))
        wanted = {claim for conflict in found for claim in (*conflict.left, *conflict.right)}
        claims = {claim.id: claim for claim in self.claims() if claim.id in wanted}
        origins = self.origins()
        for conflict in found:
            left, right = (tuple(claims[i] for i in side if i in claims) for side in (conflict.left, conflict.right))
            days = {c.article: origins[c.article].published for c in (*left, *right) if c.article in origins}
            yield Sides(conflict, left, right, days)

    def info(self) -> dict[str, object]:
        """The build's report, the best-connected entities as (name, class, claims), and the facts best supported."""
        report = self._report()
        return {**report, "top": top_entities(self.claims()), "supported": top_facts(self.claims(), self.origins())}

    def _report(self) -> dict[str, Any]:
        report: dict[str, Any] = json.loads((self.folder / "report.json").read_text("utf-8"))
        return report

    def view(self) -> GraphView:
        """What the exporters draw: all claims with their entities and articles."""
        knowledge = load_knowledge(self.config.ontology_folder)
        claims, entities, articles = tuple(self.claims()), tuple(self.entities()), tuple(self.articles())
        return GraphView(claims, entities, articles, knowledge, self.origins(), self._report()["counts"])

    def export(self, form: str, path: str | Path | None = None, **filters: Any) -> Path:
        """Write the graph in a format: an RDF format by name, or one of `kg.export.EXPORTERS`.

        Args:
            filters: those of `kg.export.filter_view`; the RDF formats take none.

        Raises:
            InputError: no such format, or a filter that names what the graph does not have.
        """
        if form in RDF_FORMATS:
            if filters:
                raise InputError(f"{form} takes no filter", hint="a SPARQL CONSTRUCT query chooses what to write")
            target = Path(path) if path else self.folder / f"export.{RDF_FORMATS[form].file_extension}"
            self.store.dump(form, target)
            return target
        if form not in EXPORTERS:
            known = ", ".join(sorted({*RDF_FORMATS, *EXPORTERS}))
            raise InputError(f"no export format {form!r}", hint=f"one of {known}")
        view = filter_view(self.view(), **filters)
        if filters and not view.claims:
            raise InputError("the filters leave nothing", hint="try fewer")
        endings = {"pyvis": "pyvis.html", "neo4j": "neo4j", "html": "html"}
        target = Path(path) if path else self.folder / f"export.{endings.get(form, form)}"
        return EXPORTERS[form](view, target)


def validate_files(
    paths: Iterable[str | Path], *, config: Config | None = None, shapes: Sequence[str | Path] = ()
) -> ValidationReport:
    """Check RDF files of a user's own, taken together, against the shapes and the ontology.

    Raises:
        InputError: a file is no RDF, or has a mistake.
        OntologyError: a shape file is wrong.
    """
    config = config or Config()
    knowledge, names = load_knowledge(config.ontology_folder), Names(config.base)
    quads = (quad for path in paths for quad in read_rdf(Path(path)))
    return validate_graph(quads, knowledge, names, shapes=[Path(path) for path in shapes])


def top_entities(claims: Iterable[ResolvedClaim], size: int = 8) -> list[tuple[str, str, int]]:
    """The entities that most claims speak of, as (name, class, number of claims)."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for claim in claims:
        counts[claim.subject_iri, claim.subject, claim.subject_type] += 1
        if claim.object_iri:
            counts[claim.object_iri, claim.object, claim.object_type or ""] += 1
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size]
    return [(name, cls, number) for (_, name, cls), number in best]


def _ends(claims: Sequence[ResolvedClaim]) -> Iterator[str]:
    """The entities and events that claims of one triple speak of."""
    yield claims[0].subject_iri
    if claims[0].object_iri:
        yield claims[0].object_iri
    ends = {claims[0].subject_iri, claims[0].object_iri}
    yield from sorted({claim.event_iri for claim in claims} - ends - {""})


def top_facts(
    claims: Iterable[ResolvedClaim], known: Mapping[str, Origin], size: int = 5
) -> list[tuple[str, str, str, Support]]:
    """The facts that most independent sources assert, two at least, as (subject, predicate, object, support)."""
    said: dict[tuple[str, str, str], set[str]] = {}
    words: dict[tuple[str, str, str], tuple[str, str, str]] = {}
    for claim in claims:
        if claim.status == "asserted":
            key = claim.subject_iri, claim.predicate_iri, claim.object_iri or claim.object
            said.setdefault(key, set()).add(claim.article)
            words.setdefault(key, (claim.subject, claim.predicate, claim.object))
    found = [(key, support_of(articles, known)) for key, articles in said.items() if len(articles) > 1]
    best = sorted(found, key=lambda item: (-item[1].publishers, -item[1].articles, item[0]))
    return [(*words[key], support) for key, support in best[:size] if support.publishers > 1]


def open_graph(output: str | Path = "output", *, config: Config | None = None) -> KnowledgeGraph:
    """Open a built graph. Raises `StoreError` where the folder holds none."""
    return KnowledgeGraph(output, config=config)
