"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): requests become jobs, jobs' answers responses."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from urllib.parse import parse_qs

import pyoxigraph as ox
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from kg.serve.description import describe
from kg.serve.negotiation import GRAPH_TYPES, media_types, preferred
from kg.serve.settings import Refused, Settings
from kg.serve.worker import Job
from kg.serve.workers import WHOLE, Queries, Reply
from kg.serve.writer import Writer

log = logging.getLogger("kg.serve")

FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
BODY_SECONDS = 30.0
_TEXT = frozenset({"text/csv", "text/tab-separated-values", "text/turtle", "text/n3", "text/plain"})

Parameters = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class SparqlEndpoint:
    """`/sparql`: queries, updates where allowed, and the description of the service."""

    queries: Queries
    settings: Settings
    writer: Writer | None
    editor: str
    """Where people who open the address in a browser are led; "" shows them the description."""

    async def __call__(self, request: Request) -> Response:
        if request.method in {"GET", "HEAD"}:
            return await self._get(request)
        if request.method == "POST":
            return await self._post(request)
        raise Refused(405, f"{request.method} is no way to ask", headers={"Allow": "GET, HEAD, POST"})

    async def _get(self, request: Request) -> Response:
        given = _parameters(request.scope["query_string"])
        if "update" in given:
            raise Refused(400, "updates come by POST, not GET")
        if not given:
            return await self._describe(request)
        return self._query(request, given, _single(given, "query"))

    async def _post(self, request: Request) -> Response:
        kind, charset = content_type(request)
        if kind not in {FORM, QUERY, UPDATE}:
            raise Refused(
                415, f"a query or update is sent as {FORM}, {QUERY} or {UPDATE}, not {kind or 'without a type'}"
            )
        if charset not in {"", "utf-8", "utf8"}:
            raise Refused(415, f"a query is sent in UTF-8, not {charset}")
        body = await read_body(request, self.settings)
        if kind == FORM:
            given = _together(_parameters(body), _parameters(request.scope["query_string"]))
            if ("query" in given) == ("update" in given):
                raise Refused(400, "a form holds either query or update")
            if "query" in given:
                return self._query(request, given, _single(given, "query"))
            return await self._update(request, given, _single(given, "update"))
        given = _parameters(request.scope["query_string"])
        if "query" in given or "update" in given:
            raise Refused(400, "the body is the query; the address holds another one")
        text = _text(body)
        return self._query(request, given, text) if kind == QUERY else await self._update(request, given, text)

    def _query(self, request: Request, given: Parameters, sparql: str) -> Response:
        accept = request.headers.get("accept", "*/*")
        job: Job = {"do": "query", "query": sparql, "base": endpoint_url(request), **media_types(accept)}
        dataset = _graphs(given, "default-graph-uri"), _graphs(given, "named-graph-uri")
        if any(dataset):
            job |= {"default": dataset[0], "named": dataset[1]}
        return Streamed(self.queries.ask(job))

    async def _update(self, request: Request, given: Parameters, update: str) -> Response:
        writer = permitted(request, self.settings, self.writer)
        dataset = _graphs(given, "using-graph-uri"), _graphs(given, "using-named-graph-uri")
        job: Job = {"do": "update", "update": update, "base": endpoint_url(request)}
        if any(dataset):
            job |= {"default": dataset[0], "named": dataset[1]}
        return Response(status_code=await writer.write(job))

    async def _describe(self, request: Request) -> Response:
        accept = request.headers.get("accept", "*/*")
        wanted = preferred(accept, {**GRAPH_TYPES, **({"text/html": "text/html"} if self.editor else {})})
        if wanted == "text/html":
            return RedirectResponse(request.scope.get("root_path", "") + self.editor, 303, {"Vary": "Accept"})
        if not wanted:
            raise Refused(
                406, f"the description of this service can be had as {', '.join(sorted(set(GRAPH_TYPES.values())))}"
            )
        async with self.queries.ask({"do": "graphs"}) as reply:
            names = b"".join([chunk async for chunk in reply.chunks()]).decode().split("\n")
        url = endpoint_url(request)
        body = describe(url, [n for n in names if n], wanted, writable=self.writer is not None)
        return Response(body, media_type=typed(wanted), headers={"Vary": "Accept"})


class Streamed(Response):
    """An answer passed on as it comes: whole when it is short, otherwise in pieces and no faster than the client reads.

    When something goes wrong after the first piece, the connection is closed before the end, so that no client can take the
    beginning for the whole. A client that goes away ends its query.
    """

    def __init__(self, asking: AbstractAsyncContextManager[Reply]) -> None:
        super().__init__()
        self._asking = asking

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answering = asyncio.ensure_future(self._answer(send))
        leaving = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            if not answering.done():
                answering.cancel()
        try:
            await answering
        except asyncio.CancelledError:
            if not answering.cancelled():
                raise

    async def _answer(self, send: Send) -> None:
        async with self._asking as reply:
            whole = await reply.collect(WHOLE)
            begin = b"".join([chunk async for chunk in reply.chunks()]) if whole else b""
            head = [
                (b"content-type", typed(reply.content_type).encode()),
                (b"vary", b"Accept"),
                *([(b"content-length", str(len(begin)).encode())] if whole else []),
            ]
            await send({"type": "http.response.start", "status": 200, "headers": head})
            if whole:
                await send({"type": "http.response.body", "body": begin})
            else:
                await _pass_on(reply, send)


async def _pass_on(reply: Reply, send: Send) -> None:
    """Send an answer piece by piece, within its time."""
    try:
        async with asyncio.timeout_at(reply.deadline):
            async for chunk in reply.chunks():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
    except TimeoutError:
        log.warning("an answer was cut off: the client did not read it in time")
    except Refused as error:
        log.warning("an answer was cut off: %s", error)
    else:
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _gone(receive: Receive) -> None:
    """Returns when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


# ---- reading requests; the graph store does it the same way


def endpoint_url(request: Request) -> str:
    """The address that was asked, without its query: the base of relative IRIs."""
    return str(request.url.replace(query="", fragment=""))


def permitted(request: Request, settings: Settings, writer: Writer | None) -> Writer:
    """The writer, if the service has one and the request carries its token.

    Raises:
        Refused: 403 where nothing can be written, 401 without the right token.
    """
    if writer is None:
        raise Refused(403, "this service is read-only", hint="kg serve --writable opens it for those with a token")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    # Header values are bytes, which arrive decoded as Latin-1.
    known = hmac.compare_digest(token.strip().encode("latin-1"), settings.token.encode("utf-8", "surrogateescape"))
    if scheme.casefold() != "bearer" or not known:
        raise Refused(
            401,
            "to write, send the token: Authorization: Bearer TOKEN",
            headers={"WWW-Authenticate": 'Bearer realm="kg"'},
        )
    return writer


def content_type(request: Request) -> tuple[str, str]:
    """The media type and the charset of a request's body, "" where it does not say."""
    kind, *parameters = (part.strip() for part in request.headers.get("content-type", "").split(";"))
    charset = next((p.partition("=")[2] for p in parameters if p.casefold().startswith("charset=")), "")
    return kind.casefold(), charset.strip('"').casefold()


async def read_body(request: Request, settings: Settings) -> bytes:
    """The body, within the limits of size and time.

    Raises:
        Refused: it is too large, too slow, or compressed.
    """
    if request.headers.get("content-encoding", "identity").casefold() != "identity":
        raise Refused(415, "a compressed body is not read", headers={"Accept-Encoding": "identity"})
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > settings.max_body:
        raise _too_large(settings)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > settings.max_body:
                    raise _too_large(settings)
    except TimeoutError as error:
        raise Refused(
            408, f"the body took more than {BODY_SECONDS:g} seconds", headers={"Connection": "close"}
        ) from error
    except ClientDisconnect as error:
        raise Refused(400, "the client went away") from error
    return bytes(body)


def _too_large(settings: Settings) -> Refused:
    return Refused(
        413, f"the body is larger than {settings.max_body} bytes, the limit here", headers={"Connection": "close"}
    )


def typed(media_type: str) -> str:
    """The media type as a header has it: text says that it is UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type in _TEXT else media_type


def absolute_iri(iri: str, what: str) -> str:
    """The IRI, checked.

    Raises:
        Refused: it is relative or no IRI.
    """
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise Refused(400, f"{what} is no absolute IRI: {iri[:200]!r}") from error


def _parameters(encoded: bytes) -> Parameters:
    try:
        return parse_qs(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Refused(400, "the parameters are not percent-encoded UTF-8") from error


def _together(*several: Parameters) -> Parameters:
    """A form may leave the choice of graphs to the address, as the protocol's own tests do."""
    return {name: [value for each in several for value in each.get(name, ())] for each in several for name in each}


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, "the body is not UTF-8") from error


def _single(given: Parameters, name: str) -> str:
    values = given.get(name, [])
    if len(values) != 1:
        raise Refused(400, f"exactly one {name} is wanted, not {len(values)}")
    return values[0]


def _graphs(given: Parameters, name: str) -> list[str]:
    """The graphs of a parameter. Clients that encode the & between two of them, as one of the W3C's tests, mean two."""
    return [absolute_iri(iri, name) for value in given.get(name, []) for iri in value.split(f"&{name}=")]
