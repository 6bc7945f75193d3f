"""The ASGI application of `kg serve`, put together: protocol, graph store, pages, limits; and the server that runs it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.config import Config
from kg.errors import StoreError
from kg.rdf import Names
from kg.serve.settings import Settings
from kg.serve.workers import Queries, Refused


@dataclass(frozen=True, slots=True)
class Context:
    """What the pages need: the graph's folder, its names, and a way to ask it."""

    folder: Path
    settings: Settings
    names: Names
    queries: Queries


def create_app(folder: str | Path, settings: Settings | None = None) -> Starlette:
    """The service over a built graph.

    The pages, when installed, add routes: `kg.serve.pages.routes(context)` returns a list of Starlette routes. They are
    asked after `/sparql`, the graph store and `/healthz`.

    Raises:
        StoreError: the folder holds no graph.
    """
    folder, settings = Path(folder), settings or Settings()
    if not (folder / "store" / "quads").is_dir():
        raise StoreError("holds no graph", where=str(folder), hint=f"build one: kg build INPUT… -o {folder}")
    base = folder / "store" / "base"
    names = Names(base.read_text("utf-8") if base.is_file() else Config().base)
    queries = Queries(folder, settings, names.prefixes())
    context = Context(folder, settings, names, queries)

    async def sparql(request: Request) -> Response:
        answer = await queries.run(request.query_params["query"], request.headers.get("accept", "*/*"))
        return Response(answer.body, media_type=answer.content_type)

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await queries.start()
        yield
        await queries.stop()

    routes: list[BaseRoute] = [Route("/sparql", sparql), Route("/healthz", healthz)]
    if find_spec("kg.serve.pages"):
        from kg.serve import pages  # type: ignore[attr-defined]

        routes += pages.routes(context)
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={Refused: refused})
    app.state.context = context
    return app


async def refused(request: Request, error: Exception) -> Response:
    """A refusal as one line of text."""
    assert isinstance(error, Refused)
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
    return Response(f"{error}\n", error.status, headers, media_type="text/plain; charset=utf-8")
