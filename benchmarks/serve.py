"""The service beside the bare engine: latency of ten queries in one run, 64 clients for a minute, and the time to start.

    python -m benchmarks.serve [--graph DIR] [--quads N] [--clients N] [--seconds S] [--rounds N]

Without --graph the sample is built and copied under new names until it has as many quads as asked for. All figures are of a
machine that may do other things as well: compare the ratios, which are taken turn by turn.
"""

from __future__ import annotations

import argparse
import http.client
import io
import json
import math
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.rdf import Names

QUERIES = sorted((Path(__file__).parent / "queries").glob("*.rq"))
PREFIXES = Names().prefixes()
RENAMED = tuple(PREFIXES[name] for name in ("", "article", "claim", "event"))


# ---- the graph


def build_sample(folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "kg", "build", "--sample", "-o", str(folder)], check=True, capture_output=True
    )
    return folder


def multiply(sample: Path, folder: Path, quads: int) -> int:
    """Copies of the sample's dataset, each with names of its own; returns the number of quads."""
    original = list(ox.Store.read_only(str(sample / "store" / "quads")))
    (folder / "store").mkdir(parents=True)
    (folder / "store" / "base").write_text(Names().base)
    store = ox.Store(str(folder / "store" / "quads"))
    number = 0
    while len(store) < quads:
        number += 1
        terms: dict[object, object] = {}

        def renamed(term: object, number: int = number, terms: dict[object, object] = terms) -> object:
            if term not in terms:
                terms[term] = _renamed(term, number)
            return terms[term]

        store.bulk_extend(
            ox.Quad(renamed(q.subject), q.predicate, renamed(q.object), renamed(q.graph_name))  # type: ignore[arg-type]
            for q in original
        )
    store.flush()
    store.optimize()
    return len(store)


def _renamed(term: object, number: int) -> object:
    if isinstance(term, ox.NamedNode) and term.value.startswith(RENAMED):
        head, sign, tail = term.value.partition("#")
        return ox.NamedNode(f"{head}_{number}{sign}{tail}")
    return term


# ---- the server


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[str, int, int]]:
    """Host, port and process id of a service; says how long it took to start."""
    begin = time.perf_counter()
    log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - it lives as long as the server
    command = [sys.executable, "-m", "kg", "serve", "-o", str(folder), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=log, text=True)
    try:
        while True:
            log.seek(0)
            if " at http" in (said := log.read()):
                break
            if process.poll() is not None:
                sys.exit(said)
            time.sleep(0.01)
        url = urlsplit(said.split(" at ")[1].split()[0])
        host, port = str(url.hostname), int(url.port or 0)
        connection = http.client.HTTPConnection(host, port)
        connection.request("GET", "/sparql?query=" + quote("ASK {}"))
        assert connection.getresponse().status == 200
        print(f"first answer {time.perf_counter() - begin:.2f} s after the command")
        yield host, port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def memory(pid: int) -> float:
    """MB that a process and its children hold, shared pages counted once each process shares them (PSS)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    total = 0
    for each in (str(pid), *children):
        try:
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


# ---- latency


def raw(store: ox.Store, query: str) -> bytes:
    """As a program would do it that has the store in its own process."""
    answer = store.query(query, prefixes=PREFIXES)
    out = io.BytesIO()
    if isinstance(answer, ox.QueryTriples):
        ox.serialize(answer, out, ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    else:
        answer.serialize(out, ox.QueryResultsFormat.JSON)
    return out.getvalue()


def over_http(connection: http.client.HTTPConnection, query: str) -> bytes:
    connection.request("POST", "/sparql", query.encode(), {"Content-Type": "application/sparql-query"})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, body
    return body


def latency(store: ox.Store, host: str, port: int, rounds: int) -> dict[str, tuple[float, float, int]]:
    """Query -> median milliseconds raw and over HTTP, and the answer's bytes; asked turn by turn."""
    connection = http.client.HTTPConnection(host, port)
    texts = {path.stem: path.read_text("utf-8") for path in QUERIES}
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in texts}
    sizes: dict[str, int] = {}
    for turn in range(rounds + 3):
        for name, query in texts.items():
            begin = time.perf_counter()
            sizes[name] = len(raw(store, query))
            middle = time.perf_counter()
            size = len(over_http(connection, query))
            end = time.perf_counter()
            assert size == sizes[name], f"{name}: {size} bytes over HTTP, {sizes[name]} raw"
            if turn >= 3:  # the workers, of which any may answer, have warm caches by then
                times[name][0].append(middle - begin)
                times[name][1].append(end - middle)
    return {
        name: (1000 * statistics.median(a), 1000 * statistics.median(b), sizes[name]) for name, (a, b) in times.items()
    }


# ---- load


def load(host: str, port: int, pid: int, clients: int, seconds: float) -> dict[str, float]:
    """Many clients that ask without a pause."""
    texts = [path.read_text("utf-8") for path in QUERIES]
    end = time.monotonic() + seconds
    times: list[float] = []
    errors: list[str] = []

    def client(number: int) -> None:
        connection = http.client.HTTPConnection(host, port, timeout=300)
        turn = number
        while time.monotonic() < end:
            begin = time.perf_counter()
            try:
                over_http(connection, texts[turn % len(texts)])
                times.append(time.perf_counter() - begin)
            except (AssertionError, OSError, http.client.HTTPException) as error:
                errors.append(f"{type(error).__name__}: {error}")
                connection.close()
            turn += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    samples = []
    while any(thread.is_alive() for thread in threads):
        samples.append(memory(pid))
        time.sleep(min(1.0, seconds / 20))
    third = max(1, len(samples) // 3)
    for error in sorted(set(errors)):
        print("error:", error)
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    return {
        "requests": len(times),
        "errors": len(errors),
        "requests a second": len(times) / seconds,
        "p50 ms": 1000 * cuts[49],
        "p99 ms": 1000 * cuts[98],
        "MB in the second third": statistics.fmean(samples[third : 2 * third] or samples),
        "MB in the last third": statistics.fmean(samples[2 * third :] or samples),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, help="a graph that is there already")
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60, help="of the clients; 0 leaves them out")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path, help="where to write the figures as well")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.graph
        if folder is None:
            folder = Path(temporary) / "graph"
            multiply(build_sample(Path(temporary) / "sample"), folder, chosen.quads)
        store = ox.Store.read_only(str(folder / "store" / "quads"))
        print(f"{len(store):,} quads; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        with serving(folder) as (host, port, pid):
            found = latency(store, host, port, chosen.rounds)
            for name, (bare, http_, size) in found.items():
                print(
                    f"{name:22} raw {bare:8.2f} ms   HTTP {http_:8.2f} ms   ratio {http_ / bare:5.2f}   {size:>9,} bytes"
                )
            ratio = math.exp(statistics.fmean(math.log(h / r) for r, h, _ in found.values()))
            whole = sum(h for _, h, _ in found.values()) / sum(r for r, _, _ in found.values())
            print(f"ratio: geometric mean {ratio:.2f}, of the sums {whole:.2f}")
            figures = load(host, port, pid, chosen.clients, chosen.seconds) if chosen.seconds else {}
            print(f"{chosen.clients} clients for {chosen.seconds:g} s:")
            for key, value in figures.items():
                print(f"  {key:26} {value:,.1f}")
    if chosen.json:
        chosen.json.write_text(json.dumps({"latency": found, "load": figures}, indent=1) + "\n")


if __name__ == "__main__":
    main()
