"""Updates of a writable service: kept in a journal, carried over rebuilds, never in the built store, undone when they fail."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.serve.writer import JOURNAL
from tests.serve.service import BEARER, Server, make_graph, start, write_store

UPDATE = {**BEARER, "Content-Type": "application/sparql-update"}
NODE = ox.NamedNode("http://build.example/new")


def journal(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / JOURNAL).read_text("utf-8").splitlines()]


def test_an_update_is_seen_by_all_workers_at_once(tmp_path: Path) -> None:
    server = start(make_graph(tmp_path), "--writable")
    try:
        for number in range(10):
            assert server.update(f"INSERT DATA {{ <x:s> <x:p> {number} }}").status == 204
            assert server.holds(f"<x:s> <x:p> {number}")
    finally:
        server.stop()


def test_updates_outlive_the_server_and_a_rebuild(tmp_path: Path) -> None:
    server = start(make_graph(tmp_path), "--writable")
    path = "/rdf-graph-store?graph=http://my.example/notes"
    assert server.update("INSERT DATA { <x:s> <x:p> 'ü' } ; DELETE DATA { :Kim kg:metWith :Ana }").status == 204
    assert server.ask("PUT", path, "<x:note> <x:p> 2 .", {**BEARER, "Content-Type": "text/turtle"}).status == 201
    assert server.stop() == 0
    assert [entry["do"] for entry in journal(tmp_path)] == ["update", "put"]

    server = start(tmp_path, "--writable")
    pattern = (
        "<x:s> <x:p> 'ü' GRAPH <http://my.example/notes> { ?s <x:p> 2 } FILTER NOT EXISTS { :Kim kg:metWith :Ana }"
    )
    try:
        assert server.holds(pattern)
        # Built anew while the service runs: both the new facts and the updates are there.
        write_store(tmp_path, [ox.Quad(NODE, NODE, NODE, NODE)], [ox.Triple(NODE, NODE, NODE)])
        until = time.monotonic() + 30
        while not server.holds(f"<{NODE.value}> ?p ?o"):
            assert time.monotonic() < until
        assert server.holds(f"{pattern} GRAPH ?g {{ <{NODE.value}> ?p2 ?o2 }}")
        assert server.update("INSERT DATA { <x:after> <x:p> 1 }").status == 204
        assert server.holds(f"<x:after> <x:p> 1 . <x:s> <x:p> 'ü' . <{NODE.value}> ?p ?o")
    finally:
        server.stop()


def test_the_built_store_is_not_touched(tmp_path: Path) -> None:
    make_graph(tmp_path)
    files = {p.name: p.read_bytes() for p in (tmp_path / "store" / "quads").iterdir()}
    server = start(tmp_path, "--writable")
    server.update("CLEAR ALL")
    assert not server.holds("?s ?p ?o")
    server.stop()
    assert {p.name: p.read_bytes() for p in (tmp_path / "store" / "quads").iterdir()} == files
    server = start(tmp_path)
    try:
        assert server.holds(":Kim ?p ?o"), "a read-only service shows what was built"
    finally:
        server.stop()


def test_what_failed_is_not_in_the_journal(tmp_path: Path) -> None:
    server = start(make_graph(tmp_path), "--writable")
    try:
        assert server.update("CREATE GRAPH <http://data.example/0>").status == 500
        assert server.update("INSERT DATA { <x:a> <x:p> 1 } ; CREATE GRAPH <http://data.example/0>").status == 500
        assert not server.holds("<x:a> <x:p> 1")
        assert journal(tmp_path) == []
    finally:
        server.stop()


def test_an_update_that_runs_away_is_stopped_and_changes_nothing(tmp_path: Path) -> None:
    server = start(make_graph(tmp_path), "--writable", "--timeout", "2")
    crossed = " ".join(f"GRAPH ?g{i} {{ ?s{i} ?p{i} ?o{i} }}" for i in range(16))
    try:
        assert server.update("INSERT DATA { <x:before> <x:p> 1 }").status == 204
        slow = server.update(f"INSERT {{ <x:runaway> <x:p> ?s0 }} WHERE {{ {crossed} }}")
        assert (slow.status, "nothing was changed" in slow.text) == (504, True)
        assert not server.holds("<x:runaway> ?p ?o")
        assert server.update("INSERT DATA { <x:after> <x:p> 1 }").status == 204
        assert server.holds("<x:before> ?p ?o . <x:after> ?p ?o")
        assert len(journal(tmp_path)) == 2
    finally:
        server.stop()


def test_queries_are_answered_while_an_update_runs(tmp_path: Path) -> None:
    server = start(make_graph(tmp_path), "--writable", "--timeout", "4")
    crossed = " ".join(f"GRAPH ?g{i} {{ ?s{i} ?p{i} ?o{i} }}" for i in range(16))
    update = threading.Thread(target=lambda: server.update(f"DELETE {{ ?s0 ?p0 ?o0 }} WHERE {{ {crossed} }}"))
    try:
        update.start()
        time.sleep(0.3)
        assert server.holds(":Kim kg:metWith ?who")
        assert update.is_alive()
        update.join()
    finally:
        server.stop()


def test_updates_at_once_come_one_after_the_other(tmp_path: Path) -> None:
    server = start(make_graph(tmp_path), "--writable")
    statuses: list[int] = []
    add = "DELETE { <x:n> <x:is> ?n } INSERT { <x:n> <x:is> ?m } WHERE { <x:n> <x:is> ?n BIND(?n + 1 AS ?m) }"
    try:
        server.update("INSERT DATA { <x:n> <x:is> 0 }")
        threads = [threading.Thread(target=lambda: statuses.append(server.update(add).status)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [204] * 8
        assert server.holds("<x:n> <x:is> 8")
    finally:
        server.stop()


def test_a_killed_server_has_kept_what_it_acknowledged(tmp_path: Path) -> None:
    server = start(make_graph(tmp_path), "--writable")
    assert server.update("INSERT DATA { <x:kept> <x:p> 1 }").status == 204
    server.stop(signal.SIGKILL)
    with (tmp_path / JOURNAL).open("a") as file:
        file.write('{"do": "update", "upd')  # as a power cut leaves it
    server = start(tmp_path, "--writable")
    try:
        assert server.holds("<x:kept> <x:p> 1")
        assert server.update("INSERT DATA { <x:later> <x:p> 1 }").status == 204
        assert len(journal(tmp_path)) == 2
    finally:
        server.stop()


def run(folder: Path, *options: str, token: str = "") -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "KG_TOKEN"} | ({"KG_TOKEN": token} if token else {})
    command = [sys.executable, "-m", "kg", "serve", "-o", str(folder), "--port", "0", *options]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)


def test_writable_without_a_token_does_not_start(tmp_path: Path) -> None:
    found = run(make_graph(tmp_path), "--writable")
    assert (found.returncode, "KG_TOKEN" in found.stderr, "Traceback" in found.stderr) == (1, True, False)


def test_only_one_service_writes(tmp_path: Path) -> None:
    server: Server = start(make_graph(tmp_path), "--writable")
    try:
        second = run(tmp_path, "--writable", token="x")
        assert (second.returncode, "another writable service" in second.stderr) == (1, True)
    finally:
        server.stop()


@pytest.mark.parametrize("line", ["no json", "[]", '{"do": "open_writer"}', '"x"'])
def test_a_broken_journal_is_an_error_that_names_the_line(tmp_path: Path, line: str) -> None:
    (make_graph(tmp_path) / JOURNAL).write_text(f"{line}\n")
    found = run(tmp_path, "--writable", token="x")
    assert (found.returncode, f"{JOURNAL}:1" in found.stderr, "Traceback" in found.stderr) == (1, True, False)
