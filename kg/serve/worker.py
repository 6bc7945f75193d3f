"""A worker process: reads jobs from standard input, answers them from a store, writes the answers to standard output.

A job is one line of JSON; an answer is a sequence of frames: a head (status and media type, or a refusal), data, an end. The
process does one job at a time and is killed from outside when a job takes too long: pyoxigraph cannot be interrupted. Only
the writer's process opens a store for writing, a private copy, whose state it hands on as snapshots.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import io
import json
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.sparql import from_graphs, guarded, prologue, tokens, with_using

Job = dict[str, Any]
"""What is asked: `do` names one of `JOBS`, the other keys are its arguments."""

HEAD, DATA, END = b"h", b"d", b"e"
FRAME = struct.Struct(">cI")
CHUNK = 64 * 1024
GRACE = 2.0
"""Seconds after the deadline at which the system ends this process, should nobody have done so."""

RESULTS = {
    f.media_type.partition(";")[0]: f
    for f in (getattr(ox.QueryResultsFormat, n) for n in ("JSON", "XML", "CSV", "TSV"))
}
GRAPHS = {
    f.media_type: f
    for f in (getattr(ox.RdfFormat, n) for n in ("TURTLE", "N_TRIPLES", "RDF_XML", "JSON_LD", "TRIG", "N_QUADS", "N3"))
}


class Answered(Exception):
    """A job ends with this status and text instead of data."""

    def __init__(self, status: int, text: str) -> None:
        self.status, self.text = status, text


class Frames(io.RawIOBase):
    """Where a serializer writes: data goes out in frames, the head with the first of them, up to a limit."""

    def __init__(self, out: int, limit: int) -> None:
        self._out, self._left, self._limit = out, limit, limit
        self._pending = bytearray()
        self._head, self._begun = b"", False

    def writable(self) -> bool:
        return True

    def head(self, status: int, media_type: str = "", **more: object) -> None:
        """What the answer is; sent with the first data or at the end, so that an error before that can replace it."""
        self._head = _frame(HEAD, json.dumps({"status": status, "type": media_type, **more}).encode())

    def write(self, data: Any) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise Answered(
                500, f"the answer is larger than {self._limit} bytes, the limit here; ask for less with LIMIT"
            )
        self._pending += data
        if len(self._pending) >= CHUNK:
            self._send(b"")
        return len(data)

    def end(self) -> None:
        self._send(_frame(END, b""))

    def fail(self, error: Answered) -> None:
        """Say what went wrong: as the head when none was sent yet, otherwise at the end."""
        self._pending.clear()
        if not self._begun:
            self.head(error.status, error=error.text)
        self._send(_frame(END, error.text.encode()))

    def _send(self, last: bytes) -> None:
        data = _frame(DATA, bytes(self._pending)) if self._pending else b""
        message = memoryview(self._head + data + last)
        self._head, self._begun = b"", True
        self._pending.clear()
        while message:
            message = message[os.write(self._out, message) :]


def _frame(kind: bytes, data: bytes) -> bytes:
    return FRAME.pack(kind, len(data)) + data


class Worker:
    """The store that is open, and the jobs it can do."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = dict(prefixes)
        self._folder = ""
        self._store: ox.Store | None = None
        self._writes: ox.Store | None = None

    def store(self, folder: str) -> ox.Store:
        """The store of a folder, opened once; a new snapshot replaces the one before."""
        if self._store is None or folder != self._folder:
            self._store = None
            try:
                self._store = ox.Store.read_only(folder)
            except (OSError, ValueError) as error:
                raise Answered(503, f"the graph cannot be opened: {error}") from error
            self._folder = folder
        return self._store

    # ---- reading

    def query(self, job: Job, out: Frames) -> None:
        """Answer a query in the media type that fits its form."""
        try:
            sparql = guarded(job["query"])
            store, dataset = self._dataset(self.store(job["store"]), sparql, job)
            answer = store.query(
                sparql,
                base_iri=job.get("base"),
                prefixes=self.prefixes,
                substitutions={ox.Variable(k): _term(v) for k, v in job.get("bindings", {}).items()},
                **dataset,
            )
        except (SyntaxError, QueryError) as error:
            raise Answered(400, _said("not valid SPARQL", error)) from error
        wanted = job["graph" if isinstance(answer, ox.QueryTriples) else "results"]
        if not wanted:
            can = sorted(GRAPHS if isinstance(answer, ox.QueryTriples) else RESULTS)
            raise Answered(406, f"this query's answer can be had as {', '.join(can)}")
        out.head(200, wanted)
        if isinstance(answer, ox.QueryTriples):
            self._serialize(answer, out, wanted)
        else:
            answer.serialize(cast(IO[bytes], out), RESULTS[wanted])

    def graph(self, job: Job, out: Frames) -> None:
        """One graph of the store; `name` is its IRI, or "" for the default graph; `or` is another IRI to try."""
        store, graph = self.store(job["store"]), _graph(job["name"])
        if "or" in job and not store.contains_named_graph(_graph(job["name"])):
            with contextlib.suppress(ValueError):
                other = _graph(job["or"])
                graph = other if store.contains_named_graph(other) else graph
        if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
            raise Answered(404, f"there is no graph <{graph.value}>")
        out.head(200, job["graph"])
        if not job.get("head_only"):
            self._serialize((q.triple for q in store.quads_for_pattern(None, None, None, graph)), out, job["graph"])

    def graphs(self, job: Job, out: Frames) -> None:
        """The names of the store's graphs, one a line."""
        names = sorted(g.value for g in self.store(job["store"]).named_graphs() if isinstance(g, ox.NamedNode))
        out.head(200, "text/plain")
        out.write("\n".join(names).encode())

    def _serialize(self, triples: Any, out: Frames, media_type: str) -> None:
        form = GRAPHS[media_type]
        prefixed = form not in {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS}
        ox.serialize(triples, cast(IO[bytes], out), form, prefixes=self.prefixes if prefixed else None)

    def _dataset(self, store: ox.Store, sparql: str, job: Job) -> tuple[ox.Store, dict[str, Any]]:
        """The store and the dataset arguments for a query: the protocol's, the query's own, or the store's.

        pyoxigraph 0.5 does not merge several default graphs but counts what two of them say twice, so these are copied
        together first.
        """
        default, named = job.get("default"), job.get("named")
        own = from_graphs(sparql) if "from" in sparql.casefold() else None
        if default is None and named is None:
            if own is None or len(set(own.default)) < 2:
                return store, {}
            default, named = (
                _resolved(sparql, own.default, job, self.prefixes),
                _resolved(sparql, own.named, job, self.prefixes),
            )
        graphs = [ox.NamedNode(iri) for iri in dict.fromkeys(default or ())]
        names = [ox.NamedNode(iri) for iri in dict.fromkeys(named or ())]
        if len(graphs) < 2:
            return store, {"default_graph": graphs, "named_graphs": names}
        merged = ox.Store()
        for graph in graphs:
            merged.extend(ox.Quad(*q.triple) for q in store.quads_for_pattern(None, None, None, graph))
        for name in names:
            merged.extend(store.quads_for_pattern(None, None, None, name))
        return merged, {"default_graph": [ox.DefaultGraph()], "named_graphs": names}

    # ---- writing

    def open_writer(self, job: Job, out: Frames) -> None:
        """Open the writer's private store."""
        self._writes = ox.Store(job["folder"])
        out.head(200)

    def snapshot(self, job: Job, out: Frames) -> None:
        """Hand on the writer's store as it is now."""
        self._writer().backup(job["to"])
        out.head(200)

    def update(self, job: Job, out: Frames) -> None:
        """Run an update; it happens whole or not at all."""
        try:
            text = guarded(job["update"], ("service", "load"))
            text = with_using(text, job.get("default") or (), job.get("named") or ())
            self._writer().update(text, base_iri=job.get("base"), prefixes=self.prefixes)
        except (SyntaxError, QueryError) as error:
            raise Answered(400, _said("not a valid update", error)) from error
        except (ValueError, OSError, RuntimeError) as error:
            raise Answered(500, _said("the update was not carried out", error)) from error
        out.head(204)

    def put(self, job: Job, out: Frames) -> None:
        """Make a graph hold exactly the triples that were sent, or (`add`) these as well."""
        store, graph = self._writer(), _graph(job["name"])
        triples = [t for part in job["parts"] for t in _triples(part, job.get("base"))]
        existed = _is_there(store, graph)
        if not job.get("add"):
            store.clear_graph(graph)
        if isinstance(graph, ox.NamedNode):
            store.add_graph(graph)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        # The statuses are those of the protocol's test suite.
        out.head(201 if not existed else 200 if job.get("add") else 204)

    def delete(self, job: Job, out: Frames) -> None:
        """Remove a graph; the default graph is emptied."""
        store, graph = self._writer(), _graph(job["name"])
        if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
            raise Answered(404, f"there is no graph <{graph.value}>")
        store.remove_graph(graph)
        out.head(200)

    def _writer(self) -> ox.Store:
        assert self._writes is not None, "open_writer comes first"
        return self._writes


JOBS: Mapping[str, Callable[[Worker, Job, Frames], None]] = {
    "query": Worker.query,
    "graph": Worker.graph,
    "graphs": Worker.graphs,
    "open_writer": Worker.open_writer,
    "snapshot": Worker.snapshot,
    "update": Worker.update,
    "put": Worker.put,
    "delete": Worker.delete,
}


def _graph(name: str) -> ox.NamedNode | ox.DefaultGraph:
    return ox.NamedNode(name) if name else ox.DefaultGraph()


def _is_there(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> bool:
    """A named graph may be there and empty; the default graph is there when it holds something."""
    if isinstance(graph, ox.NamedNode):
        return store.contains_named_graph(graph)
    return next(iter(store.quads_for_pattern(None, None, None, graph)), None) is not None


def _triples(part: Mapping[str, str], base: str | None) -> list[ox.Triple]:
    """The triples of a document that was sent."""
    content = base64.b64decode(part["content"])
    try:
        try:
            found = _parsed(content, part["type"], base)
        except SyntaxError:
            # The documents of the protocol's test suite lack the dot of the last statement.
            if part["type"] != "text/turtle":
                raise
            found = _parsed(content + b" .", part["type"], base)
    except (SyntaxError, ValueError) as error:
        raise Answered(400, _said(f"not valid {part['type']}", error)) from error
    if any(q.graph_name != ox.DefaultGraph() for q in found):
        raise Answered(400, "the document holds named graphs; one graph is wanted")
    return [q.triple for q in found]


def _parsed(content: bytes, media_type: str, base: str | None) -> list[ox.Quad]:
    return list(ox.parse(content, GRAPHS[media_type], base_iri=base, rename_blank_nodes=True))


def _resolved(sparql: str, written: Sequence[str], job: Job, prefixes: Mapping[str, str]) -> list[str]:
    """IRIs as a query writes them, resolved by its own declarations: Turtle has the same ones, so its parser does it."""
    known = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes.items())
    declared = " ".join(token.text for token in prologue(list(tokens(sparql))))
    document = known + declared + "".join(f"\n<urn:s> <urn:p> {iri} ." for iri in written)
    found = ox.parse(document, ox.RdfFormat.TURTLE, base_iri=job.get("base"))
    return [q.object.value for q in found if isinstance(q.object, ox.NamedNode)]


def _term(value: Mapping[str, str]) -> ox.NamedNode | ox.Literal:
    """A term from the JSON results format, which carries the values of variables as well."""
    if value["type"] == "uri":
        return ox.NamedNode(value["value"])
    if "xml:lang" in value:
        return ox.Literal(value["value"], language=value["xml:lang"])
    return (
        ox.Literal(value["value"], datatype=ox.NamedNode(value["datatype"]))
        if "datatype" in value
        else ox.Literal(value["value"])
    )


def _said(what: str, error: Exception) -> str:
    """One line; the parser's list of all that could have come instead is left out where it is longer than that."""
    said = " ".join(str(error).split())
    return f"{what}: {said if len(said) <= 300 else said.partition(': expected one of')[0][:300]}"


def answer(worker: Worker, job: Job, out: Frames) -> None:
    """Do a job; whatever goes wrong becomes its answer."""
    try:
        JOBS[job["do"]](worker, job, out)
        out.end()
    except Answered as error:
        out.fail(error)
    except BrokenPipeError:
        raise
    except MemoryError:
        out.fail(Answered(500, "this needs more memory than a query may take here"))
    except Exception as error:  # The engine's own words, whatever they are, reach the client rather than a log.
        out.fail(Answered(500, _said("cannot be answered", error)))


def main() -> None:
    """Run until standard input ends. The first line is the configuration: prefixes and memory."""
    config = json.loads(sys.stdin.readline())
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server alone decides.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (config["memory"], config["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    worker = Worker(config["prefixes"])
    out = os.dup(1)
    os.dup2(2, 1)  # Whatever prints, prints into the log and not between the frames.
    gc.freeze()
    Frames(out, 0).end()  # ready; the time to get here is not the first query's
    for line in sys.stdin:
        job = json.loads(line)
        # The default action of this signal ends the process, in the middle of a query too and without the server's help.
        signal.setitimer(signal.ITIMER_REAL, job["seconds"] + GRACE if "seconds" in job else 0)
        try:
            answer(worker, job, Frames(out, job.get("limit", sys.maxsize)))
        except BrokenPipeError:
            return
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
