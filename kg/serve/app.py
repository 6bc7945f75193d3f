"""The ASGI application of `kg serve`, put together: protocol, graph store, pages; and the server that runs it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.config import Config, recall_config
from kg.errors import ConfigError, StoreError
from kg.rdf import Names
from kg.serve.graph_store import PATH, GraphStore
from kg.serve.protocol import SparqlEndpoint
from kg.serve.settings import Refused, Settings
from kg.serve.snapshot import Snapshots
from kg.serve.workers import Queries
from kg.serve.writer import Writer

__all__ = ["Context", "Refused", "Settings", "create_app", "serve"]

log = logging.getLogger("kg.serve")

STOP_SECONDS = 2
"""How long queries may go on after SIGTERM or SIGINT."""
_METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]


@dataclass(frozen=True, slots=True)
class Context:
    """What the pages need: the graph's folder, its names, the folder of its ontology (None: the one that ships), a way to ask it."""

    folder: Path
    settings: Settings
    names: Names
    ontology: Path | None
    queries: Queries


def create_app(folder: str | Path, settings: Settings | None = None) -> Starlette:
    """The service over a built graph.

    The pages add routes: `kg.serve.pages.routes(context)` returns a list of Starlette routes. They are asked after
    `/sparql`, the graph store and `/healthz`.

    Raises:
        StoreError: the folder holds no graph, or is open in another writable service.
        ConfigError: writable without a token.
    """
    folder, settings = Path(folder), settings or Settings()
    if settings.writable and not settings.token:
        raise ConfigError("a writable service needs a token", hint="set the environment variable KG_TOKEN")
    base = folder / "store" / "base"
    names = Names(base.read_text("utf-8") if base.is_file() else Config().base)
    snapshots = Snapshots(folder)
    queries = Queries(snapshots, settings, names.prefixes())
    writer = Writer(folder, snapshots, settings, names.prefixes()) if settings.writable else None
    ontology = recall_config(folder / "store" / "settings.json").ontology_folder
    context = Context(folder, settings, names, ontology, queries)
    pages = page_routes(context)
    endpoint = SparqlEndpoint(queries, settings, writer, "/query" if pages else "")
    graphs = GraphStore(queries, settings, writer, names.base)

    async def healthz(request: Request) -> Response:
        """Whether a query is answered."""
        await queries.run("ASK {}", timeout=5)
        return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        snapshots.open()
        try:
            if writer is not None:
                await open_writer(writer, snapshots, queries)
            else:
                snapshots.refresh()
            if not snapshots.current:
                raise StoreError("cannot be read", where=str(folder), hint="build the graph again")
            await queries.start()
            yield
        finally:
            await queries.stop()
            if writer is not None:
                await writer.stop()
            snapshots.close()

    routes: list[BaseRoute] = [
        _route("/sparql", endpoint),
        _route("/sparql/", endpoint),
        _route(PATH, graphs),
        _route(PATH + "/{path:path}", graphs),
        Route("/healthz", healthz),
    ]
    app = Starlette(
        routes=[*routes, *pages],
        lifespan=lifespan,
        exception_handlers={Refused: refused, HTTPException: not_found},
        middleware=cross_origin(settings),
    )
    app.state.context = context
    return app


def page_routes(context: Context) -> list[BaseRoute]:
    """The web pages, where they are installed."""
    if not find_spec("kg.serve.pages"):
        return []
    from kg.serve import pages

    return list(pages.routes(context))


async def open_writer(writer: Writer, snapshots: Snapshots, queries: Queries) -> None:
    """Serve the built graph with the journal's updates, now and after each build."""
    if snapshots.in_place:
        raise StoreError("nothing can be written beside the store", hint="serve it without --writable")
    await writer.start()
    queries.refresh = writer.rebase_soon


def cross_origin(settings: Settings) -> list[Middleware]:
    """CORS for the origins that were named; without it no page of another origin can read an answer."""
    if not settings.origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=list(settings.origins),
            allow_methods=_METHODS,
            allow_headers=["Accept", "Authorization", "Content-Type"],
            expose_headers=["Location", "Retry-After"],
            max_age=600,
        )
    ]


def _route(path: str, endpoint: Callable[[Request], object]) -> Route:
    async def answer(request: Request) -> Response:
        return await endpoint(request)  # type: ignore[no-any-return,misc]

    # Methods that are not served come here as well: the answer to them says which are.
    return Route(path, answer, methods=[*_METHODS, "OPTIONS", "TRACE"])


async def refused(request: Request, error: Exception) -> Response:
    """A refusal as one line of text."""
    assert isinstance(error, Refused)
    return Response(f"{error}\n", error.status, error.headers, media_type="text/plain")


async def not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return Response(f"{error.detail}\n", error.status_code, error.headers, media_type="text/plain")


# ---- running it


def serve(folder: str | Path, settings: Settings, *, ready: Callable[[str], None] = lambda url: None) -> None:
    """Run the service until SIGINT or SIGTERM.

    Args:
        ready: told the address once requests are answered.

    Raises:
        StoreError, ConfigError: as `create_app`; also where the address is taken.
    """
    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=logging.WARNING)
    logging.getLogger("kg.serve.access").setLevel(logging.INFO)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)  # its warnings tell of every client that speaks no HTTP
    app = create_app(folder, settings)
    # Bound before anything is started, so that a taken port is an error like others.
    listener = _listen(settings)
    with listener:
        asyncio.run(_run(app, listener, settings, ready))


def _listen(settings: Settings) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise ConfigError(
            f"cannot listen: {error.strerror or error}", where=where, hint="name another --port"
        ) from error
    return listener


async def _run(app: Starlette, listener: socket.socket, settings: Settings, ready: Callable[[str], None]) -> None:
    import uvicorn

    from kg.serve.http import IDLE_SECONDS, LimitedProtocol, Outside, host_names

    server = uvicorn.Server(
        uvicorn.Config(
            Outside(app, host_names(settings.host, settings.hosts)),
            http=LimitedProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=1024,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=STOP_SECONDS + 2,
        )
    )
    # uvicorn raises the signals it caught once more when it has stopped; then they have done their work.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: None)
    # The lifespan is run here and not by uvicorn, which would turn its errors into a log entry.
    async with app.router.lifespan_context(app):
        task = asyncio.ensure_future(server.serve(sockets=[listener]))
        while not server.started and not task.done():
            await asyncio.sleep(0.01)
        host, port = listener.getsockname()[:2]
        ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        while not server.should_exit and not task.done():
            await asyncio.sleep(0.1)
        await app.state.context.queries.finish(STOP_SECONDS)
        await task
