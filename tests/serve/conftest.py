"""Servers that several tests share; each test that changes data starts its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("starlette", reason="the extra kg-news[serve] is not installed")
pytest.importorskip("uvicorn", reason="the extra kg-news[serve] is not installed")

from tests.serve.service import Server, make_graph, start


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A read-only service."""
    server = start(make_graph(tmp_path_factory.mktemp("reader")))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A writable service, new for each test module."""
    server = start(make_graph(tmp_path_factory.mktemp("writable")), "--writable")
    yield server
    server.stop()


@pytest.fixture(scope="module", params=["read-only", "writable"])
def server(request: pytest.FixtureRequest) -> Server:
    """Both kinds, for what holds on either."""
    found: Server = request.getfixturevalue("reader" if request.param == "read-only" else "writable")
    return found
