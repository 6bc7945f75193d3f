"""A built dataset on disk: named graphs over pyoxigraph, opened read-only, queried with the ontology's prefixes.

The default graph holds the facts and what the ontology entails from them, each triple once, so that a plain query reads
one deduplicated graph; everything else is reached by `GRAPH`. (A union of graphs is not deduplicated by pyoxigraph 0.5, so
the union is made when the store is written.)
"""

from __future__ import annotations

import heapq
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.sparql import guarded

RDF_FORMATS: Mapping[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""The RDF formats by name; the first three hold one graph (the facts), the others the dataset."""

RESULT_FORMATS: Mapping[str, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}

Bound = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
"""What a variable can stand for."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a SELECT or ASK query: column names and rows of terms as text, shortened by the prefixes."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Store:
    """A dataset in a folder. `Store.create` writes one, `Store(folder, prefixes)` opens it read-only."""

    def __init__(self, folder: Path, prefixes: Mapping[str, str]) -> None:
        """Open a store.

        Raises:
            StoreError: there is none, or it cannot be read.
        """
        self.prefixes = dict(prefixes)
        try:
            self._store = ox.Store.read_only(str(folder))
        except (OSError, ValueError) as error:
            raise StoreError(f"cannot be opened: {error}", where=str(folder), hint="build the graph again") from error

    @staticmethod
    def create(folder: Path, quads: Sequence[ox.Quad], default: Iterable[ox.Triple]) -> None:
        """Write the named graphs of a dataset and the triples of its default graph into a new folder."""
        store = ox.Store(str(folder))
        store.bulk_extend(quads)
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, ox.DefaultGraph()) for t in default)
        store.flush()
        store.optimize()

    @staticmethod
    def load(folder: Path, dataset: Path, default: Path) -> None:
        """Write a dataset in N-Quads and the default graph in N-Triples into a new folder, however large they are."""
        store = ox.Store(str(folder))
        load_lines(store, dataset)
        load_lines(store, default)
        store.flush()
        store.optimize()

    def query(self, sparql: str, bind: Mapping[str, str] | None = None) -> Any:
        """Run a SPARQL 1.1 query over the default graph (facts) and the named graphs.

        Args:
            bind: variables, without their question mark, and the terms they stand for (see `term`).

        Returns pyoxigraph's solutions, boolean or triples.

        Raises:
            QueryError: the query is wrong, does not have such a variable, or would ask another server (`SERVICE`).
        """
        values: dict[ox.Variable, Bound] = {
            ox.Variable(name): self.term(text) for name, text in self._bindable(sparql, bind or {})
        }
        sparql = guarded(sparql)
        try:
            return self._store.query(sparql, prefixes=self.prefixes, substitutions=values)
        except SyntaxError as error:
            raise QueryError(f"not valid SPARQL: {_first_line(error)}", hint="docs/dataset.md has examples") from error
        except (ValueError, OSError) as error:
            raise QueryError(f"cannot be answered: {_first_line(error)}") from error

    @staticmethod
    def _bindable(sparql: str, bind: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        known = sorted(set(re.findall(r"[?$](\w+)", sparql)))
        for name, text in bind.items():
            if name not in known:
                raise QueryError(f"the query has no variable ?{name}", hint=f"it has {', '.join(known)}")
            yield name, text

    def term(self, text: str) -> ox.NamedNode | ox.Literal:
        """What a user writes for a term: `<iri>`, a name with a known prefix (`:Peru`, `kg:visited`), or else a text."""
        if text.startswith("<") and text.endswith(">"):
            iri = text[1:-1]
        else:
            prefix, colon, local = text.partition(":")
            if not colon or prefix not in self.prefixes or " " in local:
                return ox.Literal(text)
            iri = self.prefixes[prefix] + local
        try:
            return ox.NamedNode(iri)
        except ValueError as error:
            raise QueryError(f"not an IRI: {text}", hint="write <iri>, prefix:name or a text") from error

    def value(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> str:
        """The IRI or text that some graph gives as the object; "" where none does, the smallest of several."""
        found = self._store.quads_for_pattern(subject, predicate, None)
        return min((str(getattr(quad.object, "value", "")) for quad in found), default="")

    def select(self, sparql: str, bind: Mapping[str, str] | None = None) -> Table:
        """The answer as a table of short terms; a graph answer has columns subject, predicate, object."""
        answer = self.query(sparql, bind)
        if isinstance(answer, ox.QueryBoolean):
            return Table(("answer",), (("true" if answer else "false",),))
        if isinstance(answer, ox.QueryTriples):
            rows = tuple(tuple(self.short(term) for term in triple) for triple in answer)
            return Table(("subject", "predicate", "object"), rows)
        columns = tuple(variable.value for variable in answer.variables)
        return Table(columns, tuple(tuple(self.short(term) for term in solution) for solution in answer))

    def answer(self, sparql: str, form: str, bind: Mapping[str, str] | None = None) -> bytes:
        """The answer serialised as csv, tsv, json, xml, or (CONSTRUCT and DESCRIBE) turtle."""
        answer = self.query(sparql, bind)
        out = io.BytesIO()
        if isinstance(answer, ox.QueryTriples):
            ox.serialize(answer, out, ox.RdfFormat.TURTLE, prefixes=self.prefixes)
        elif form not in RESULT_FORMATS:
            raise QueryError(f"a SELECT or ASK answer has no form {form!r}", hint=f"one of {', '.join(RESULT_FORMATS)}")
        else:
            answer.serialize(out, RESULT_FORMATS[form])
        return out.getvalue()

    def short(self, term: Any) -> str:
        """A term as people read it: `:Ana_Sow`, `kg:visited`, the bare text of a literal, "" for unbound."""
        if term is None:
            return ""
        if isinstance(term, ox.Literal):
            return str(term.value)
        value = str(term.value)
        best = max((ns for ns in self.prefixes.values() if value.startswith(ns)), key=len, default="")
        prefix = next((p for p, ns in self.prefixes.items() if ns == best), None) if best else None
        return f"{prefix}:{value[len(best) :]}" if prefix is not None else f"<{value}>"

    def dump(self, form: str, out: Path) -> None:
        """Write the facts (one-graph formats) or the whole dataset in an RDF format, sorted."""
        with out.open("wb") as target:
            target.write(
                serialize(
                    self.facts() if form in {"turtle", "ntriples", "rdfxml"} else self.quads(), form, self.prefixes
                )
            )

    def facts(self) -> list[ox.Triple]:
        """The default graph, sorted."""
        found = (q.triple for q in self._store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        return sorted(found, key=str)

    def quads(self) -> list[ox.Quad]:
        """All named graphs, sorted."""
        graphs = sorted(self._store.named_graphs(), key=lambda graph: str(graph.value))
        return [q for g in graphs for q in sorted(self._store.quads_for_pattern(None, None, None, g), key=str)]


def serialize(content: Sequence[ox.Triple] | Sequence[ox.Quad], form: str, prefixes: Mapping[str, str]) -> bytes:
    """Triples or quads in an RDF format by name; prefixes where the format has them."""
    out = io.BytesIO()
    if form in {"ntriples", "nquads"}:
        ox.serialize(content, out, RDF_FORMATS[form])
    else:
        ox.serialize(content, out, RDF_FORMATS[form], prefixes=dict(prefixes))
    return out.getvalue()


# ---- graphs as sorted files

_PIECE = 200_000
"""How many statements are loaded into a store at a time: with so few of them memory hardly grows, and more are not faster."""


def write_sorted(lines: Iterable[str], target: Path, *, limit: int = 500_000) -> None:
    """Write lines in sorted order and without repeats.

    Args:
        lines: each with its line feed, in any order.
        limit: how many stay in memory; what is more is sorted in pieces on disk, beside the target, and merged.
    """
    pieces: list[Path] = []
    held: set[str] = set()
    for line in lines:
        held.add(line)
        if len(held) >= limit:
            pieces.append(target.with_name(f"{target.name}.{len(pieces)}"))
            _write(pieces[-1], sorted(held))
            held.clear()
    _write(target, _merged([*map(_read, pieces), sorted(held)]) if pieces else sorted(held))
    for piece in pieces:
        piece.unlink()


def union(graphs: Iterable[Path], target: Path) -> None:
    """Merge sorted files into one, without repeats."""
    _write(target, merged_lines(graphs))


def _merged(sources: Iterable[Iterable[str]]) -> Iterator[str]:
    return (line for line, _ in itertools.groupby(heapq.merge(*sources)))


def _read(path: Path) -> Iterator[str]:
    # N-Triples writes line feeds within a text as \\n; other characters that Python takes for line ends stay as they are.
    with path.open(encoding="utf-8", newline="\n") as lines:
        yield from lines


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)


def load_lines(store: ox.Store, source: Path, graph: ox.NamedNode | None = None) -> None:
    """Load an N-Triples or N-Quads file, with one statement a line, piece by piece: at once it would be held in memory.

    Args:
        graph: where triples go; without one, into the default graph.
    """
    syntax = ox.RdfFormat.N_TRIPLES if source.suffix == ".nt" else ox.RdfFormat.N_QUADS
    with source.open("rb") as lines:
        while piece := b"".join(itertools.islice(lines, _PIECE)):
            store.bulk_load(input=piece, format=syntax, to_graph=graph)


def triple_lines(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Quads of one graph as lines of N-Triples."""
    return (f"{quad.triple} .\n" for quad in quads)


def merged_lines(graphs: Iterable[Path]) -> Iterator[str]:
    """The lines of sorted files, in order and without repeats."""
    return _merged(map(_read, graphs))


def with_graph(path: Path, graph: ox.NamedNode) -> Iterator[str]:
    """The lines of an N-Triples file as N-Quads of a graph."""
    return (f"{line[:-2]}{graph} .\n" for line in _read(path))


def convert(source: Path, target: Path, form: str, prefixes: Mapping[str, str]) -> None:
    """Write an N-Triples or N-Quads file in another RDF format; it need not fit in memory."""
    syntax = ox.RdfFormat.N_TRIPLES if source.suffix == ".nt" else ox.RdfFormat.N_QUADS
    ox.serialize(ox.parse(path=str(source), format=syntax), str(target), RDF_FORMATS[form], prefixes=dict(prefixes))


def _first_line(error: Exception) -> str:
    """The parser's message without its list of every token that could have come instead, which is longer than a screen."""
    said = " ".join(str(error).split())
    return said if len(said) <= 160 else said.partition(": expected one of")[0][:160]
