"""A small graph, real servers over it in processes of their own, and a plain HTTP client."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox

from kg.rdf import Names
from kg.store import Store

TOKEN = "open-sesame-über"
NAMES = Names()
DATA = [f"http://data.example/{n}" for n in range(4)]
"""Named graphs; each holds its own document, and 1 and 2 also share a triple."""

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"


@dataclass(frozen=True)
class Answered:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Server:
    """A running `kg serve`."""

    process: subprocess.Popen[str]
    url: str
    folder: Path
    log: Path

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return str(parts.hostname), int(parts.port or 0)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        timeout: float = 60,
    ) -> Answered:
        connection = http.client.HTTPConnection(*self.address, timeout=timeout)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, dict(headers or {}))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answered(answer.status, found, answer.read())
        finally:
            connection.close()

    def query(self, sparql: str, accept: str = "*/*", **more: Sequence[str] | str) -> Answered:
        """By GET."""
        path = "/sparql?" + urlencode({"query": sparql, **more}, doseq=True, quote_via=quote)
        return self.ask("GET", path, headers={"Accept": accept})

    def update(self, update: str, **more: Sequence[str] | str) -> Answered:
        """By POST, with the token."""
        path = "/sparql" + ("?" + urlencode(more, doseq=True) if more else "")
        return self.ask("POST", path, update, {**BEARER, "Content-Type": "application/sparql-update"})

    def holds(self, pattern: str) -> bool:
        answer = self.query(f"ASK {{ {pattern} }}", "text/csv")
        assert answer.status == 200, answer.text
        return answer.text.strip() == "true"

    def workers(self) -> list[int]:
        """The process ids of its children."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def stop(self, sign: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(sign)
        return self.process.wait(30)


BEARER = {"Authorization": f"Bearer {TOKEN}".encode().decode("latin-1")}


def make_graph(folder: Path, extra: Sequence[ox.Quad] = ()) -> Path:
    """A built graph as the service sees it: the store's folder and the base."""

    def quad(subject: str, predicate: str, value: str, graph: str) -> ox.Quad:
        return ox.Quad(*(ox.NamedNode(iri) for iri in (subject, predicate, value, graph)))

    quads = [quad(iri, RDF_TYPE, DOCUMENT, iri) for iri in DATA]
    quads += [quad(DATA[1], "http://p.example/next", DATA[2], iri) for iri in DATA[1:3]]
    kim, ana = f"{NAMES.base}id/Kim", f"{NAMES.base}id/Ana"
    met = "https://example.org/kg/ontology#metWith"
    quads.append(quad(kim, met, ana, NAMES.graph("facts").value))
    default = [ox.Triple(ox.NamedNode(a), ox.NamedNode(met), ox.NamedNode(b)) for a, b in ((kim, ana), (ana, kim))]
    write_store(folder, [*quads, *extra], default)
    return folder


def write_store(folder: Path, quads: Sequence[ox.Quad], default: Sequence[ox.Triple]) -> None:
    """As the build does it: written beside the old one and swapped in."""
    store = folder / "store"
    store.mkdir(parents=True, exist_ok=True)
    (store / "base").write_text(NAMES.base)
    new, old = store / "quads.new", store / "quads"
    Store.create(new, quads, default)
    if old.exists():
        old.rename(store / "quads.old")
    new.rename(old)
    if (store / "quads.old").exists():
        for path in (store / "quads.old").iterdir():
            path.unlink()
        (store / "quads.old").rmdir()


def start(folder: Path, *options: str, token: str | None = TOKEN) -> Server:
    """Run `kg serve` and wait until it says where."""
    log = folder / f"server-{time.monotonic_ns()}.log"
    environment = {k: v for k, v in os.environ.items() if k != "KG_TOKEN"} | ({"KG_TOKEN": token} if token else {})
    with log.open("w") as target:
        command = [sys.executable, "-m", "kg", "serve", "-o", str(folder), "--port", "0", *options]
        process = subprocess.Popen(command, stderr=target, stdout=target, env=environment, text=True)
    deadline = time.monotonic() + 60
    while " at http" not in log.read_text():
        assert process.poll() is None and time.monotonic() < deadline, log.read_text()
        time.sleep(0.02)
    url = log.read_text().split(" at ")[1].split()[0]
    return Server(process, url, folder, log)
