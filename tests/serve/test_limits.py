"""Limits that hold: of time, memory, size and number; a service that goes on; rebuilds under it; a clean end."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.serve.worker import GRACE
from tests.serve.service import Answered, Server, make_graph, start, write_store

# Seven quads, crossed with themselves sixteen times.
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"GRAPH ?g{i} {{ ?s{i} ?p{i} ?o{i} }}" for i in range(16)) + " }"
QUICK = "ASK { :Kim kg:metWith ?who }"
HUGE = "SELECT ?a ?b ?x { " + " ".join(f"GRAPH ?g{i} {{ ?a{i} ?b{i} ?c{i} }}" for i in range(16)) + " BIND(1 AS ?x) }"


def until(holds: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.fixture(scope="module")
def tight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service with narrow limits."""
    folder = make_graph(tmp_path_factory.mktemp("tight"))
    options = ("--timeout", "3", "--workers", "1", "--max-bytes", "3000000", "--memory", "900", "--max-queries", "8")
    server = start(folder, *options)
    yield server
    server.stop()


def test_endless_queries_are_stopped_and_others_answered_meanwhile(tight: Server) -> None:
    answers: list[Answered] = []
    threads = [threading.Thread(target=lambda: answers.append(tight.query(ENDLESS))) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    quick = tight.query(QUICK)
    going_on = sum(thread.is_alive() for thread in threads)
    for thread in threads:
        thread.join()
    assert quick.status == 200
    assert going_on, "the endless queries were over before the quick one was answered"
    assert {answer.status for answer in answers} <= {503, 504}
    assert any(answer.status == 504 and "3 seconds" in answer.text for answer in answers)
    assert tight.query(QUICK).status == 200


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(
            "SELECT ?x40 { BIND('xxxxxxxx' AS ?x0) "
            + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
            + " }",
            id="doubled text",
        ),
        pytest.param("SELECT * { " + "{" * 100_000 + "}" * 100_000 + " }", id="deep groups"),
        pytest.param("SELECT (" + "(" * 200_000 + "1" + ")" * 200_000 + " AS ?x) {}", id="deep brackets"),
        pytest.param("ASK { ?s " + "!" * 10 + "(" * 50_000 + "^" * 50_000 + "<x:p> ?o }", id="deep path"),
    ],
)
def test_a_query_that_breaks_its_worker_breaks_nothing_else(tight: Server, query: str) -> None:
    before = tight.ask("GET", "/healthz")
    answer = tight.ask("POST", "/sparql", query, {"Content-Type": "application/sparql-query"})
    assert answer.status in {400, 500, 504}
    assert answer.text.strip()
    assert (before.status, tight.query(QUICK).status) == (200, 200)


def test_workers_that_were_lost_are_replaced(tight: Server) -> None:
    assert until(lambda: len(tight.workers()) == 2)
    for pid in tight.workers():
        os.kill(pid, signal.SIGKILL)
    assert until(lambda: tight.query(QUICK).status == 200)
    assert until(lambda: len(tight.workers()) == 2)


def test_an_answer_that_is_too_large_is_refused_or_cut_so_that_it_shows(tight: Server, tmp_path: Path) -> None:
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        tight.query(HUGE, "text/csv")
    small = start(make_graph(tmp_path), "--max-bytes", "100")
    try:
        answer = small.query("SELECT * { GRAPH ?g { ?s ?p ?o } }")
        assert (answer.status, "100 bytes" in answer.text) == (500, True)
        assert small.query("ASK {}").status == 200
    finally:
        small.stop()


def test_a_large_answer_comes_whole(reader: Server) -> None:
    crossed = " ".join(f"GRAPH ?g{i} {{ ?a{i} ?b{i} ?c{i} }}" for i in range(6))
    number = int(reader.query(f"SELECT (COUNT(*) AS ?n) {{ {crossed} }}", "text/csv").text.split()[1])
    answer = reader.query(f"SELECT ?a0 ?a5 {{ {crossed} }}", "text/csv")
    assert number > 10_000
    assert len(answer.body) > 2**20
    assert answer.text.count("\n") == number + 1


def test_one_query_too_many_is_told_to_come_back(tight: Server) -> None:
    answers: list[Answered] = []
    threads = [threading.Thread(target=lambda: answers.append(tight.query(ENDLESS))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    busy = [answer for answer in answers if answer.status == 503]
    assert len(busy) >= 4
    assert all(int(answer.headers["retry-after"]) > 0 for answer in busy)


def test_who_leaves_takes_the_query_along(tmp_path: Path) -> None:
    server = start(make_graph(tmp_path), "--workers", "1")
    try:
        before = set(server.workers())
        client = http.client.HTTPConnection(*server.address)
        client.request("POST", "/sparql", ENDLESS, {"Content-Type": "application/sparql-query"})
        time.sleep(0.3)
        client.close()
        assert until(lambda: set(server.workers()) != before), "the query runs on"
        assert until(lambda: server.query(QUICK).status == 200)
    finally:
        server.stop()


# About 800 KB, more than the buffers of a connection hold, less than the service takes in before it sends.
MIDDLE = "SELECT ?a0 ?b0 ?c0 { " + " ".join(f"GRAPH ?g{i} {{ ?a{i} ?b{i} ?c{i} }}" for i in range(4)) + " }"


@pytest.mark.parametrize("query", [HUGE, MIDDLE], ids=["streamed", "whole"])
def test_clients_that_do_not_read_hold_no_worker_beyond_the_limit(tight: Server, query: str) -> None:
    body = query.encode()
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    clients = []
    for _ in range(5):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(tight.address)
        client.sendall(head.encode() + body)
        clients.append(client)
    try:
        time.sleep(1)
        assert until(lambda: tight.query(QUICK).status == 200)
        assert until(lambda: all(tight.query(QUICK).status == 200 for _ in range(3)))
        assert until(lambda: len(tight.workers()) == 2)
    finally:
        for client in clients:
            client.close()


# ---- rebuilding


def test_a_rebuilt_graph_is_answered_from_and_no_query_fails_meanwhile(tmp_path: Path) -> None:
    server = start(make_graph(tmp_path))
    statuses: list[int] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            statuses.append(server.query("SELECT * { GRAPH ?g { ?s ?p ?o } }").status)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        for number in range(8):
            node = ox.NamedNode(f"http://build.example/{number}")
            write_store(tmp_path, [ox.Quad(node, node, node, node)], [ox.Triple(node, node, node)])
            assert server.holds(f"<{node.value}> ?p ?o"), number
            assert not server.holds(":Kim ?p ?o")
        stop.set()
        thread.join()
        assert len(statuses) > 5
        assert set(statuses) == {200}
        # The snapshots of builds that are gone are gone too.
        (place,) = (tmp_path / "store").glob(".serve-*")
        assert until(lambda: len([p for p in place.iterdir() if p.is_dir()]) <= 1 + len(server.workers()))
    finally:
        stop.set()
        server.stop()


def test_a_graph_that_is_gone_is_answered_from_the_snapshot(tmp_path: Path) -> None:
    server = start(make_graph(tmp_path))
    try:
        (tmp_path / "store" / "quads").rename(tmp_path / "elsewhere")
        assert server.holds(":Kim ?p ?o")
    finally:
        server.stop()


# ---- the end


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_even_in_the_middle_of_queries(tmp_path: Path, sign: int) -> None:
    server = start(make_graph(tmp_path))
    client = http.client.HTTPConnection(*server.address)
    client.request("POST", "/sparql", ENDLESS, {"Content-Type": "application/sparql-query"})
    time.sleep(0.3)
    workers = server.workers()
    assert workers
    assert server.stop(sign) == 0
    answer = client.getresponse()
    assert (answer.status, b"stopping" in answer.read()) == (503, True)
    client.close()
    assert until(lambda: not any(alive(pid) for pid in workers), 5)
    assert not list((tmp_path / "store").glob(".serve-*"))
    assert "Traceback" not in server.log.read_text()


def test_a_server_that_is_killed_leaves_no_process_and_its_place_is_cleared_later(tmp_path: Path) -> None:
    server = start(make_graph(tmp_path), "--timeout", "1")
    client = http.client.HTTPConnection(*server.address)
    client.request("POST", "/sparql", ENDLESS, {"Content-Type": "application/sparql-query"})
    time.sleep(0.3)
    workers = server.workers()
    server.process.kill()
    server.process.wait()
    client.close()
    assert until(lambda: not any(alive(pid) for pid in workers), 20 + GRACE)
    assert list((tmp_path / "store").glob(".serve-*"))
    again = start(tmp_path)
    assert len(list((tmp_path / "store").glob(".serve-*"))) == 1
    again.stop()
    assert not list((tmp_path / "store").glob(".serve-*"))
