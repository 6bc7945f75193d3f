"""The pages' way to ask: whole answers, rows of terms, bound values, refusals; and workers that are given back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.serve.settings import Refused, Settings
from kg.serve.snapshot import Snapshots
from kg.serve.workers import Queries
from tests.serve.service import DATA, DOCUMENT, NAMES, make_graph
from tests.serve.test_limits import ENDLESS, HUGE

KIM, ANA = (ox.NamedNode(f"{NAMES.base}id/{name}") for name in ("Kim", "Ana"))


def asked(folder: Path, scenario: Callable[[Queries], Awaitable[Any]], **settings: Any) -> Any:
    """What a scenario returns that asks a pool of workers."""

    async def run() -> Any:
        snapshots = Snapshots(folder)
        snapshots.open()
        snapshots.refresh()
        queries = Queries(snapshots, Settings(**{"workers": 1, **settings}), NAMES.prefixes())
        await queries.start()
        try:
            return await scenario(queries)
        finally:
            await queries.stop()
            snapshots.close()

    return asyncio.run(run())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_graph(tmp_path_factory.mktemp("graph"))


def test_rows_are_terms_by_variable(folder: Path) -> None:
    query = (
        "SELECT ?who ?n ?t ?none { ?who kg:metWith :Ana BIND(1 AS ?n) BIND('é'@fr AS ?t) OPTIONAL { ?who :no ?none } }"
    )
    (row,) = asked(folder, lambda queries: queries.rows(query))
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    assert row == {"who": KIM, "n": ox.Literal("1", datatype=integer), "t": ox.Literal("é", language="fr")}


@pytest.mark.parametrize(
    "value",
    [ox.Literal('") } DROP ALL # \n\\'), ox.Literal("x", language="en"), ox.NamedNode("http://a.example/ö"), KIM],
)
def test_a_bound_value_is_a_value_whatever_it_says(folder: Path, value: Any) -> None:
    (row,) = asked(folder, lambda queries: queries.rows("SELECT ?v {}", bindings={"v": value}))
    assert row == {"v": value}


def test_a_bound_value_chooses(folder: Path) -> None:
    rows = asked(folder, lambda queries: queries.rows("SELECT ?a ?b { ?a kg:metWith ?b }", bindings={"a": ANA}))
    assert rows == [{"a": ANA, "b": KIM}]


def test_the_dataset_and_the_format_can_be_chosen(folder: Path) -> None:
    def scenario(queries: Queries) -> Awaitable[Any]:
        return queries.run("CONSTRUCT WHERE { ?s a ?t }", "application/n-triples", default_graphs=[DATA[1]])

    answer = asked(folder, scenario)
    assert answer.content_type == "application/n-triples"
    assert answer.body.decode().split()[::2] == [f"<{DATA[1]}>", f"<{DOCUMENT}>"]


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        ("SELEC", "*/*", 400),
        ("ASK {}", "text/turtle", 406),
        ("ASK { SERVICE <x:y> {} }", "*/*", 400),
        (ENDLESS, "*/*", 504),
    ],
)
def test_refusals_have_a_status(folder: Path, query: str, accept: str, status: int) -> None:
    with pytest.raises(Refused) as refused:
        asked(folder, lambda queries: queries.run(query, accept, timeout=5))
    assert refused.value.status == status


def test_a_worker_goes_on_after_whatever_happened_to_its_query(folder: Path) -> None:
    """Refused, given up while waiting and while running, too large, too slow: in the end all workers are there."""

    async def scenario(queries: Queries) -> list[str]:
        found = []
        tasks = [asyncio.ensure_future(queries.run(q)) for q in (ENDLESS, "SELEC", HUGE, ENDLESS, "ASK {}") * 3]
        await asyncio.sleep(0.3)
        for number, task in enumerate(tasks):
            if number % 5 in {0, 3} or number == 4:
                task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            found.append(type(result).__name__)
        for _ in range(10):
            await asyncio.gather(*(queries.run("ASK {}") for _ in range(4)))
        return found

    found = asked(folder, scenario, timeout=5, max_bytes=2**21)
    assert set(found) == {"Answer", "CancelledError", "Refused"}


def test_one_worker_answers_one_query_at_a_time(folder: Path) -> None:
    """Answers do not mix, whoever gives up in between."""

    async def scenario(queries: Queries) -> list[bool]:
        async def one(number: int) -> bool:
            rows = await queries.rows(f"SELECT ({number} AS ?n) {{ VALUES ?x {{ {'1 ' * (number % 50)} }} }}")
            return {row["n"].value for row in rows} <= {str(number)} and len(rows) == number % 50

        tasks = [asyncio.ensure_future(one(number)) for number in range(120)]
        for number, task in enumerate(tasks):
            if number % 7 == 0:
                await asyncio.sleep(0)
                task.cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        return [result for result in done if not isinstance(result, asyncio.CancelledError)]  # type: ignore[misc]

    results = asked(folder, scenario, workers=2)
    assert len(results) > 90
    assert all(result is True for result in results)
