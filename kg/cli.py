"""The command `kg`: options, progress, exit codes; each command is one library call.

Exit codes: 0 done, 1 failure, 2 wrong usage, 3 data that does not conform. Data goes to standard output, all else to
standard error. Text from articles is stripped of control characters before it reaches a terminal.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.model import BuildReport, ResolvedClaim, Support
    from kg.pipeline import Explanation, Progress, Sides
    from kg.proof import Proof
    from kg.store import Table
    from kg.validate import ValidationReport

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")


def clean(text: object) -> str:
    """Text safe for a terminal: control and direction-changing characters become a blank.

    >>> clean("a\\x1b[31mb")
    'a [31mb'
    """
    return "".join(c if c.isprintable() or c == " " else " " for c in str(text))


class _Commands(click.Group):
    """The one place where errors become a line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {clean(error)}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("kg: stopped; what was extracted is kept, and the graph built before is untouched", err=True)
            ctx.exit(130)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def _output(command: Any) -> Any:
    return click.option(
        "-o",
        "--output",
        default="output",
        show_default=True,
        type=click.Path(path_type=Path),
        help="The graph's folder.",
    )(command)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kg-news", prog_name="kg")
def main() -> None:
    """From news articles to a knowledge graph you can trust.

    \b
    kg build ARTICLES… builds a graph; open output/graph.html to see it.
    kg query, kg explain, kg info and kg export read it.
    """


@main.command()
@click.argument("inputs", nargs=-1, metavar="INPUT…")
@_output
@click.option("--sample", is_flag=True, help="Build the sample articles that ship with kg.")
@click.option("--add", is_flag=True, help="Keep the articles that the graph has already.")
@click.option("--model", default=None, metavar="NAME_OR_PATH", help="Another spaCy English pipeline.")
@click.option("--ontology", default=None, type=click.Path(path_type=Path), help="Another ontology folder.")
@click.option("--decisions", default=None, type=click.Path(path_type=Path), help="Your verdicts on who is the same.")
@click.option(
    "--gazetteer", "gazetteers", multiple=True, type=click.Path(path_type=Path), help="Your list of known things."
)
@click.option("--workers", default=None, type=click.IntRange(min=0), help="Processes that extract; 0 for one per core.")
@click.option("--strict", is_flag=True, help="Stop at the first article that must be left out.")
@click.option("--config", "config_path", default=None, type=click.Path(path_type=Path), help="A kg.toml.")
def build(
    inputs: Sequence[str],
    output: Path,
    sample: bool,
    add: bool,
    model: str | None,
    ontology: Path | None,
    decisions: Path | None,
    gazetteers: Sequence[Path],
    workers: int | None,
    strict: bool,
    config_path: Path | None,
) -> None:
    """Build the graph of articles: files, folders, globs, or - for standard input.

    Reads .txt, .md, .html, .jsonl, feeds, and .gz of these. Building again does only what is new or changed.
    """
    from dataclasses import replace

    from kg.config import load_config
    from kg.pipeline import build as build_graph
    from kg.samples import sample_paths

    if not inputs and not sample:
        raise click.UsageError("name articles to build, or --sample")
    config = load_config(config_path)
    if model is not None:
        config = replace(config, model=model)
    if ontology is not None:
        config = replace(config, ontology=str(ontology))
    if decisions is not None:
        config = replace(config, decisions=str(decisions))
    if gazetteers:
        config = replace(config, gazetteer=tuple(map(str, gazetteers)))
    if workers is not None:
        config = replace(config, workers=workers)
    if config.workers == 0:
        config = replace(config, workers=os.cpu_count() or 1)
    chosen: list[str | Path] = [*inputs, *(sample_paths() if sample else ())]
    with _progress() as progress:
        report = build_graph(chosen, output, config=config, add=add, strict=strict, progress=progress)
    _summary(report, output)


@main.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@_output
def remove(articles: Sequence[str], output: Path) -> None:
    """Take articles out of a graph, by id; what is left equals a build without them."""
    from kg.pipeline import open_graph
    from kg.pipeline import remove as remove_articles

    report = remove_articles(articles, output, config=open_graph(output).config)
    _summary(report, output)


@main.command()
@click.argument("sparql", default="")
@_output
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(FORMATS))
@click.option("--list", "listed", is_flag=True, help="Show the saved queries.")
@click.option("--bind", multiple=True, metavar="NAME=VALUE", help="Let a variable stand for :Name, <iri> or a text.")
def query(sparql: str, output: Path, form: str, listed: bool, bind: Sequence[str]) -> None:
    """Answer a SPARQL query: a saved one by its name, a .rq file, or the query itself.

    Plain patterns read the facts; GRAPH ?g reads articles, entities and inferences. The prefixes : kg: open: rdf: rdfs: owl:
    prov: skos: xsd: article: claim: event: graph: are known.
    """
    from kg.errors import QueryError
    from kg.pipeline import open_graph
    from kg.queries import named_query, saved_queries

    if listed:
        for saved in saved_queries().values():
            click.echo(f"{saved.name:20}{saved.title}\n{'':20}{saved.description}")
        return
    if not sparql:
        raise click.UsageError("name a query, a .rq file, or write one; --list shows the saved ones")
    values = dict(_pair(text) for text in bind)
    if sparql.endswith(".rq"):
        try:
            sparql = Path(sparql).read_text(encoding="utf-8")
        except OSError as error:
            raise QueryError(f"cannot be read: {error.strerror}", where=sparql, hint="name a .rq file") from error
    else:
        sparql = named_query(sparql)
    store = open_graph(output).store
    # Nothing is written here, and Python answers Ctrl-C only between two steps of a query: let it end the process at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if form == "table":
        _print_table(store.select(sparql, values))
    else:
        sys.stdout.buffer.write(store.answer(sparql, form, values))
        sys.stdout.buffer.flush()


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(f"--bind {text}: write NAME=VALUE")
    return name.strip().lstrip("?"), value


@main.command()
@click.argument("subject", default="")
@click.argument("predicate", default="")
@click.argument("object", default="")
@_output
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="Facts shown at most.")
def explain(subject: str, predicate: str, object: str, output: Path, limit: int) -> None:
    """Show the sentences, rules and merge decisions behind SUBJECT PREDICATE OBJECT.

    Each part may be left out or given as - ; names match in any case, aliases and IRIs too.
    """
    from kg.pipeline import open_graph

    wanted = [part if part != "-" else "" for part in (subject, predicate, object)]
    if not any(wanted):
        raise click.UsageError("name a subject, a predicate or an object")
    found = open_graph(output).explain(*wanted)
    if not found:
        raise KgError("nothing in the graph says so", where=" ".join(w or "-" for w in wanted), hint="try fewer parts")
    for explanation in found[:limit]:
        _print_explanation(explanation)
    if len(found) > limit:
        click.echo(f"… and {len(found) - limit} more; see them with --limit {len(found)}", err=True)


@main.command()
@click.argument("files", nargs=-1, metavar="[FILE…]", type=click.Path(path_type=Path))
@_output
@click.option(
    "--shapes", multiple=True, type=click.Path(path_type=Path), help="SHACL shapes beside those of the ontology."
)
@click.option("--ontology", default=None, type=click.Path(path_type=Path), help="Another ontology folder.")
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(("text", "json", "turtle")))
@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(min=1), help="Violations told at most, as text."
)
@click.pass_context
def validate(
    ctx: click.Context,
    files: Sequence[Path],
    output: Path,
    shapes: Sequence[Path],
    ontology: Path | None,
    form: str,
    limit: int,
) -> None:
    """Check the graph, or RDF FILEs of your own, against SHACL shapes and the ontology.

    Exit code 0: all is well; 3: something breaks a shape, and the report says what, where and how to repair it.
    """
    from dataclasses import replace

    from kg.config import load_config
    from kg.pipeline import open_graph, validate_files
    from kg.rdf import Names
    from kg.validate import report_as_json, report_as_turtle, shortener

    config = load_config() if files else open_graph(output).config  # a graph knows the ontology that it was built with
    if ontology is not None:
        config = replace(config, ontology=str(ontology))
    if files:
        report = validate_files(files, config=config, shapes=shapes)
    else:
        report = open_graph(output, config=config).validate(shapes=shapes)
    if form == "json":
        click.echo(report_as_json(report))
    elif form == "turtle":
        sys.stdout.buffer.write(report_as_turtle(report))
        sys.stdout.buffer.flush()
    else:
        _print_report(report, shortener(Names(config.base)), limit)
    ctx.exit(0 if report.conforms else 3)


@main.command()
@_output
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(("text", "json", "csv")))
def conflicts(output: Path, form: str) -> None:
    """List claims that cannot all be true: contradictions, corrections, disputes.

    Both sides are shown with their sentences, articles and days; none is dropped from the graph.
    """
    import csv
    import json

    from kg.pipeline import open_graph

    found = list(open_graph(output).conflicts())
    if form == "json":
        text = json.dumps([_nested(sides) for sides in found], ensure_ascii=False, indent=1)
        sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    elif form == "csv":
        rows = list(_rows(found))
        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(_CONFLICT_COLUMNS)
        table.writerows([_cell(row[name]) for name in _CONFLICT_COLUMNS] for row in rows)
    else:
        for sides in found:
            _print_sides(sides)
        click.echo(f"{len(found)} conflict{'s' if len(found) != 1 else ''}", err=True)


@main.command()
@_output
def info(output: Path) -> None:
    """Describe a built graph."""
    from kg.pipeline import open_graph

    told = open_graph(output).info()
    counts: Any = told["counts"]
    for name in ("articles", "entities", "events", "claims", "facts", "conflicts", "merge decisions", "quarantined"):
        click.echo(f"{name:18}{counts.get(name, 0):>10,}")
    for name, number in sorted(counts.items()):
        if name.startswith("claims "):
            click.echo(f"  {name:16}{number:>10,}")
    supported: Any = told["supported"]
    if supported:
        click.echo("best supported:")
        for subject, predicate, value, support in supported:
            click.echo(clean(f"  {subject} | {predicate} | {value}, {_support(support)}"))
    top: Any = told["top"]
    if top:
        click.echo("most spoken of:")
        for name, cls, number in top:
            click.echo(f"  {clean(name)} ({cls}), {number} claims")
    versions: Any = told["versions"]
    click.echo("versions: " + ", ".join(f"{k} {v}" for k, v in sorted(versions.items())))


@main.command()
@click.argument("form", metavar="FORMAT")
@_output
@click.option("--to", default=None, type=click.Path(path_type=Path), help="File or folder to write.")
@click.option(
    "--class", "classes", multiple=True, metavar="CLASS", help="Only claims on this class and those below it."
)
@click.option("--property", "properties", multiple=True, metavar="PROPERTY", help="Only this property.")
@click.option("--status", "statuses", multiple=True, metavar="STATUS", help="Only claims said in this sense.")
@click.option("--article", "articles", multiple=True, metavar="ID", help="Only what this article says.")
@click.option("--since", default="", metavar="DATE", help="Only claims on this day or later.")
@click.option("--until", default="", metavar="DATE", help="Only claims on this day or earlier.")
@click.option("--min-sources", type=click.IntRange(min=1), help="Only what so many independent sources say.")
@click.option("--focus", default="", metavar="NAME", help="Only what is around this entity.")
@click.option("--hops", type=click.IntRange(min=1), help="How far around --focus; 1 by default.")
@click.option("--limit", type=click.IntRange(min=1), help="Only so many entities, the best-connected.")
@click.option("--no-open-predicates", is_flag=True, help="Only the properties of the ontology.")
def export(form: str, output: Path, to: Path | None, no_open_predicates: bool, **filters: Any) -> None:
    """Write the graph as FORMAT.

    turtle, ntriples, rdfxml (the facts); trig, nquads, jsonld (the whole dataset); graphml, gexf, html, pyvis, neo4j.
    The last five can be narrowed: a filter given several times takes either, several filters must all be passed.
    """
    from kg.pipeline import open_graph

    for option in ("since", "until"):
        if filters[option] and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", filters[option]):
            raise click.UsageError(f"--{option}: {filters[option]!r} is no date like 2025-03-10, 2025-03 or 2025")
    given = {name: value for name, value in filters.items() if value}
    if no_open_predicates:
        given["open_predicates"] = False
    click.echo(open_graph(output).export(form, to, **given))


@main.command()
@_output
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 is all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--writable", is_flag=True, help="Take updates from those who send the token in KG_TOKEN.")
@click.option(
    "--timeout", default=30.0, show_default=True, type=click.FloatRange(0, min_open=True), help="Seconds for a query."
)
@click.option("--max-bytes", default=64 * 2**20, show_default=True, type=click.IntRange(1), help="The largest answer.")
@click.option("--max-queries", default=128, show_default=True, type=click.IntRange(1), help="Running or waiting.")
@click.option("--workers", default=3, show_default=True, type=click.IntRange(1), help="Queries answered at once.")
@click.option("--memory", default=2048, show_default=True, type=click.IntRange(512), help="MB for a query's process.")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN", help="A web origin that may read; * is any.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="Another name of this server; * is any.")
def serve(output: Path, memory: int, origins: Sequence[str], hosts: Sequence[str], **settings: Any) -> None:
    """Serve the graph: web pages at /, SPARQL at /sparql, whole graphs at /rdf-graph-store.

    Read-only, unless --writable. Ctrl-C stops it.
    """
    try:
        from kg.serve.app import Settings
        from kg.serve.app import serve as serve_graph
    except ModuleNotFoundError as error:
        raise KgError(f"kg serve needs {error.name}", hint="pip install 'kg-news[serve]'") from error
    serve_graph(
        output,
        Settings(
            token=os.environ.get("KG_TOKEN", ""),
            memory=memory * 2**20,
            origins=tuple(origins),
            hosts=tuple(hosts),
            **settings,
        ),
        ready=lambda url: click.echo(f"serving {output} at {url} (SPARQL: {url}sparql); Ctrl-C stops", err=True),
    )


# ---- printing


@contextmanager
def _progress() -> Iterator[Progress]:
    """A counter on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda stage, done: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed} articles"),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("extract", total=None)
        yield lambda stage, done: bar.update(task, description=stage, completed=done)


def _summary(report: BuildReport, output: Path) -> None:
    from kg.pipeline import open_graph, top_entities

    counts = report.counts
    if counts.get("graph unchanged"):
        click.echo(
            f"nothing has changed: {counts.get('articles', 0)} articles, {counts.get('facts', 0)} facts in {output}"
        )
    else:
        click.echo(
            f"{counts.get('articles', 0)} articles ({counts.get('articles extracted', 0)} extracted now): "
            f"{counts.get('entities', 0)} entities, {counts.get('claims', 0)} claims, {counts.get('facts', 0)} facts"
        )
        hedged = {k.removeprefix("claims "): v for k, v in counts.items() if k.startswith("claims ")}
        click.echo("claims by status: " + ", ".join(f"{status} {number}" for status, number in sorted(hedged.items())))
        if counts.get("quarantined"):
            click.echo(
                f"{counts['quarantined']} claims quarantined: they cannot be true of what they name; see kg validate"
            )
        top = ", ".join(f"{name} ({cls})" for name, cls, _ in top_entities(open_graph(output).claims(), 5))
        click.echo(f"most spoken of: {clean(top)}")
    for warning in report.warnings:
        click.echo(f"note: {clean(warning)}", err=True)
    for skipped in report.skipped:
        click.echo(f"left out: {clean(skipped.source)}: {clean(skipped.reason)}", err=True)
    click.echo(f"open {output / 'graph.html'}")


def _print_table(table: Table) -> None:
    rows = [tuple(clean(cell) for cell in row) for row in table.rows]
    widths = [min(60, max([len(name), *(len(row[i]) for row in rows)])) for i, name in enumerate(table.columns)]

    def line(cells: Sequence[str]) -> str:
        shown = (
            cell if len(cell) <= width else cell[: width - 1] + "…" for cell, width in zip(cells, widths, strict=True)
        )
        return "  ".join(cell.ljust(width) for cell, width in zip(shown, widths, strict=True)).rstrip()

    click.echo(line(table.columns))
    click.echo("  ".join("-" * width for width in widths))
    for row in rows:
        click.echo(line(row))
    click.echo(f"{len(rows)} row{'s' if len(rows) != 1 else ''}", err=True)


def _print_report(report: ValidationReport, short: Callable[[str], str], limit: int) -> None:
    for violation in report.violations[:limit]:
        focus, path = short(violation.focus), short(violation.path)
        name = f"{violation.label} ({focus})" if violation.label else focus
        value = f"“{short(violation.value)}”" if violation.value else ""
        click.echo(clean(" ".join(filter(None, (f"{violation.severity}: {name}", path, value)))))
        click.echo(clean(f"  {violation.message}   [{short(violation.shape)}]"))
        if violation.repair:
            click.echo(clean(f"  to repair: {violation.repair}"))
    more = len(report.violations) - limit
    if more > 0:
        click.echo(f"… and {more:,} more; see them with --limit {len(report.violations)}", err=True)
    for each in report.quarantined[:limit]:
        click.echo(clean(f"quarantined: {each.label} ({short(each.claim)})"))
        for reason in each.reasons:
            click.echo(clean(f"  {reason}"))
    said = "conforms" if report.conforms else "does not conform"
    found = f"{len(report.violations):,} violation{'s' if len(report.violations) != 1 else ''}"
    claims = f", {len(report.quarantined):,} claims quarantined" if report.quarantined else ""
    click.echo(f"{said}: {found} in {report.triples:,} triples{claims}", err=True)


def _print_explanation(explanation: Explanation) -> None:
    kind = "inferred" if explanation.proof else "fact" if explanation.is_fact else "no fact"
    click.echo(clean(f"{explanation.subject} | {explanation.predicate} | {explanation.object}   [{kind}]"))
    if explanation.proof:
        _print_proof(explanation.proof, explanation, shown=set())
        click.echo("")
        return
    if explanation.support and explanation.support.articles:
        click.echo(clean(f"  said by {_support(explanation.support)}"))
    for claim in explanation.claims:
        _print_claim(claim)
        for reason in explanation.quarantined.get(claim.id, ()):
            click.echo(clean(f"    quarantined: {reason}"))
    for judgement in explanation.judgements:
        reasons = "; ".join(judgement.reasons)
        click.echo(
            clean(
                f"    {'merged' if '#' in judgement.right else 'linked'}: {judgement.left} and {judgement.right}: "
                f"{judgement.verdict} ({judgement.score:.2f}; {reasons})"
            )
        )
    click.echo("")


_SOURCES = {
    "ontology": "so the ontology",
    "linked": "known from a gazetteer or atlas",
    "unknown": "no longer in the graph",
}


def _print_proof(proof: Proof, explanation: Explanation, *, shown: set[str], depth: int = 1) -> None:
    """The rule, then each premise with what it rests on in turn, down to the claims; a claim is shown once."""
    indent = "  " * depth
    when = f", at {' / '.join(proof.times)}" if proof.times else ""
    click.echo(clean(f"{indent}by the rule {proof.rule}{when}: {proof.label}"))
    for premise in proof.premises:
        source = _SOURCES.get(premise.kind, "")
        line = " | ".join(premise.words) + (f"   ({source})" if source else "")
        click.echo(clean(f"{indent}- {line}"))
        if premise.premises:
            _print_proof(premise, explanation, shown=shown, depth=depth + 1)
        elif premise.kind == "fact":
            for claim in explanation.behind(premise.triple):
                if claim.id not in shown:
                    shown.add(claim.id)
                    _print_claim(claim, indent)


def _support(support: Support) -> str:
    """ "3 articles of 2 independent sources, 2031-03-04 to 2031-03-06"."""
    days = " to ".join(dict.fromkeys(day for day in (support.first, support.last) if day))
    articles = f"{support.articles} article{'s' if support.articles > 1 else ''}"
    sources = f"{support.publishers} independent source{'s' if support.publishers > 1 else ''}"
    return f"{articles} of {sources}" + (f", {days}" if days else "")


def _print_sides(sides: Sides) -> None:
    found = sides.conflict
    click.echo(clean(f"{found.kind}: {found.subject} | {found.predicate} | {found.left_value} / {found.right_value}"))
    click.echo(clean(f"  because: {'; '.join(found.reasons)}"))
    for value, claims in ((found.left_value, sides.left), (found.right_value, sides.right)):
        click.echo(clean(f"  {value}"))
        for sentence in dict.fromkeys((claim.article, claim.sentence) for claim in claims):
            same = [claim for claim in claims if (claim.article, claim.sentence) == sentence]
            said = f", says {same[0].attributed_to}" if same[0].attributed_to else ""
            day = sides.published.get(same[0].article) or "undated"
            click.echo(clean(f"    {same[0].status}{said}   {same[0].article}, {day}"))
            click.echo(clean(f"      “{same[0].sentence}”"))
    click.echo("")


_CONFLICT_COLUMNS = (
    "conflict", "kind", "subject", "predicate", "side", "value", "article", "published", "status", "attributed_to", "time",
    "sentence", "claim", "reasons",
)  # fmt: skip


def _cell(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    plain = clean(text)
    return f"'{plain}" if plain[:1] in {"=", "+", "-", "@"} else plain


def _nested(sides: Sides) -> dict[str, object]:
    """A conflict as JSON: what it is about, and each side with its claims."""
    found = sides.conflict
    return {
        "id": found.id,
        "kind": found.kind,
        "subject": found.subject,
        "subject_iri": found.subject_iri,
        "predicate": found.predicate,
        "predicate_iri": found.predicate_iri,
        "reasons": list(found.reasons),
        "sides": [
            {
                "value": value,
                "claims": [
                    {
                        "id": claim.id,
                        "article": claim.article,
                        "published": sides.published.get(claim.article, ""),
                        "status": claim.status,
                        "attributed_to": claim.attributed_to,
                        "time": claim.time,
                        "sentence": claim.sentence,
                    }
                    for claim in claims
                ],
            }
            for value, claims in ((found.left_value, sides.left), (found.right_value, sides.right))
        ],
    }


def _rows(conflicts: Iterable[Sides]) -> Iterator[dict[str, str]]:
    """One row for each claim of each side."""
    for sides in conflicts:
        found = sides.conflict
        for side, value, claims in (("left", found.left_value, sides.left), ("right", found.right_value, sides.right)):
            for claim in claims:
                yield {
                    "conflict": found.id,
                    "kind": found.kind,
                    "subject": found.subject,
                    "predicate": found.predicate,
                    "side": side,
                    "value": value,
                    "article": claim.article,
                    "published": sides.published.get(claim.article, ""),
                    "status": claim.status,
                    "attributed_to": claim.attributed_to,
                    "time": claim.time,
                    "sentence": claim.sentence,
                    "claim": claim.id,
                    "reasons": "; ".join(found.reasons),
                }


def _print_claim(claim: ResolvedClaim, indent: str = "") -> None:
    said = f", says {claim.attributed_to}" if claim.attributed_to else ""
    when = f", {claim.time}" if claim.time else ""
    click.echo(clean(f"{indent}  {claim.status}{said}{when}   {claim.article} {claim.start}-{claim.end}"))
    click.echo(clean(f"{indent}    “{claim.sentence}”"))
    click.echo(
        clean(
            f"{indent}    rule {claim.rule} ({claim.extractor}), words “{claim.predicate_text}”, confidence {claim.confidence}"
        )
    )
