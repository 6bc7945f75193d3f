"""What stands before the application: host names, headers, the log, slow and large requests; and the command's own errors."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
from pathlib import Path

import pytest

from kg.serve import http as layer
from kg.serve.http import LimitedProtocol, host_names, log_line
from tests.serve.service import Server, make_graph, start
from tests.serve.test_writer import run

COMBINED = re.compile(
    r'^127\.0\.0\.1 - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "[^"]*" \d{3} (\d+|-) "[^"]*" "[^"]*"$'
)


def raw(server: Server, request: bytes) -> bytes:
    with socket.create_connection(server.address, timeout=30) as client:
        client.sendall(request)
        with contextlib.suppress(OSError):  # the server may have closed it already
            client.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: client.recv(65536), b""))


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8000", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
    ],
)
def test_a_foreign_name_is_no_way_in(reader: Server, host: str, status: int) -> None:
    answer = reader.ask("GET", "/healthz", headers={"Host": host})
    assert answer.status == status
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("host", "others", "names"),
    [
        ("0.0.0.0", (), {"*"}),
        ("::", (), {"*"}),
        ("0.0.0.0", ("Kg.example",), {"0.0.0.0", "localhost", "127.0.0.1", "[::1]", "kg.example"}),
        ("::1", (), {"localhost", "127.0.0.1", "[::1]"}),
        ("box.example", (), {"box.example", "localhost", "127.0.0.1", "[::1]"}),
    ],
)
def test_the_names_of_a_server(host: str, others: tuple[str, ...], names: set[str]) -> None:
    assert host_names(host, others) == names


def test_every_answer_has_headers_that_keep_browsers_from_guessing(reader: Server) -> None:
    for path in ("/sparql?query=ASK%20%7B%7D", "/sparql?query=x", "/nothing", "/healthz", "/rdf-graph-store?default"):
        headers = reader.ask("GET", path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "server" not in headers


def test_no_page_of_another_origin_reads_answers_unless_named(reader: Server, tmp_path: Path) -> None:
    origin = {"Origin": "https://page.example"}
    assert "access-control-allow-origin" not in reader.ask("GET", "/healthz", headers=origin).headers
    open_ = start(make_graph(tmp_path), "--cors", "https://page.example")
    try:
        answer = open_.ask("GET", "/sparql?query=ASK%20%7B%7D", headers=origin)
        assert answer.headers["access-control-allow-origin"] == "https://page.example"
        before = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        assert open_.ask("OPTIONS", "/sparql", headers=before).status == 200
        other = open_.ask("GET", "/healthz", headers={"Origin": "https://other.example"})
        assert "access-control-allow-origin" not in other.headers
    finally:
        open_.stop()


def test_the_log_is_in_combined_format_whatever_is_asked(reader: Server) -> None:
    reader.ask("GET", "/nothing%0d%0afaked", headers={"User-Agent": 'a"b\\c\t\x9b31m', "Referer": "ü\u00ad"})
    raw(reader, b'GET /"quoted HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    lines = reader.log.read_text().splitlines()[1:]
    assert len(lines) >= 2
    for line in lines:
        assert COMBINED.match(line), line
    assert any("\\x22b\\x5cc\\x09\\x5cx9b31m" in line for line in lines)


def test_a_log_line_names_client_request_status_and_size() -> None:
    scope = {
        "client": ("192.0.2.7", 5),
        "method": "GET",
        "raw_path": b"/sparql",
        "query_string": b"query=ASK%20%7B%7D",
        "http_version": "1.1",
        "headers": [(b"user-agent", b"curl/8")],
    }
    line = log_line(scope, 200, 12)
    assert line.startswith("192.0.2.7 - - [")
    assert line.endswith('] "GET /sparql?query=ASK%20%7B%7D HTTP/1.1" 200 12 "-" "curl/8"')


def test_headers_without_end_are_refused(reader: Server) -> None:
    long = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + b"".join(
        b"X-%d: %s\r\n" % (i, b"x" * 1000) for i in range(200)
    )
    try:
        answer = raw(reader, long + b"\r\n")
    except OSError:
        answer = b"HTTP/1.1 431"
    assert b" 431 " in answer + b" "
    assert reader.ask("GET", "/healthz").status == 200


def test_a_long_query_by_post_is_fine_and_one_in_the_address_up_to_a_limit(reader: Server) -> None:
    query = "ASK {} #" + "x" * 200_000
    assert reader.ask("POST", "/sparql", query, {"Content-Type": "application/sparql-query"}).status == 200
    assert reader.ask("GET", "/sparql?query=ASK%20%7B%7D%23" + "x" * 30_000).status == 200


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 99999999999\r\n",
        b"Content-Length: 17000000\r\n",
        b"Transfer-Encoding: chunked\r\n",
    ],
)
def test_a_body_that_is_too_large_is_not_read(reader: Server, head: bytes) -> None:
    begin = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    with socket.create_connection(reader.address, timeout=30) as client:
        client.sendall(begin + head + b"\r\n")
        try:
            if b"chunked" in head:
                for _ in range(40):
                    client.sendall(chunk)
        except ConnectionError:
            pass
        try:
            answer = client.recv(65536)
        except ConnectionError:
            answer = b"HTTP/1.1 413"
    assert answer.startswith(b"HTTP/1.1 413")
    assert reader.ask("GET", "/healthz").status == 200


def test_a_compressed_body_is_refused(reader: Server) -> None:
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    assert reader.ask("POST", "/sparql", b"\x1f\x8b", headers).status == 415


@pytest.mark.parametrize(
    "request_", [b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00"]
)
def test_what_is_no_http_does_no_harm(reader: Server, request_: bytes) -> None:
    raw(reader, request_)
    assert reader.ask("GET", "/healthz").status == 200


def test_a_client_that_sends_its_headers_too_slowly_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    import uvicorn

    monkeypatch.setattr(layer, "HEAD_SECONDS", 0.3)

    async def app(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    async def talk(port: int, pieces: list[bytes], pause: float) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)
            return await asyncio.wait_for(reader.read(100), 10)
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def scenario() -> tuple[bytes, bytes, bytes]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            server = uvicorn.Server(
                uvicorn.Config(app, http=LimitedProtocol, ws="none", lifespan="off", log_config=None)
            )
            task = asyncio.ensure_future(server.serve(sockets=[listener]))
            while not server.started:
                await asyncio.sleep(0.01)
            port = listener.getsockname()[1]
            whole = [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"]
            found = (
                await talk(port, whole, 0),
                await talk(port, [b"GET / HTTP/1.1\r\n", b"Host: x\r\n", *([b"X: y\r\n"] * 20)], 0.1),
                await talk(port, [], 0),
            )
            server.should_exit = True
            await task
            return found

    answered, slow, silent = asyncio.run(scenario())
    assert b" 204 " in answered
    assert (slow, silent) == (b"", b"")


# ---- the command


def test_a_port_that_is_taken_is_one_clear_line(tmp_path: Path) -> None:
    make_graph(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        found = run(tmp_path, "--port", str(taken.getsockname()[1]))
    assert (found.returncode, len(found.stderr.splitlines())) == (1, 1)
    assert "cannot listen" in found.stderr


@pytest.mark.parametrize("name", ["empty", "missing", "broken"])
def test_no_graph_is_one_clear_line(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    if name != "missing":
        folder.mkdir()
    if name == "broken":
        make_graph(folder)
        (folder / "store" / "quads" / "CURRENT").unlink()
    found = run(folder)
    assert found.returncode == 1
    assert (len(found.stderr.splitlines()), "Traceback" in found.stderr) == (1, False)
