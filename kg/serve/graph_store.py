"""The SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/): whole graphs by their names."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import urljoin

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.negotiation import GRAPH_TYPES, preferred
from kg.serve.protocol import Streamed, absolute_iri, content_type, endpoint_url, permitted, read_body
from kg.serve.settings import Refused, Settings
from kg.serve.worker import GRAPHS, Job
from kg.serve.workers import Queries
from kg.serve.writer import Writer

PATH = "/rdf-graph-store"
MULTIPART = "multipart/form-data"
_READ, _WRITE = ("GET", "HEAD"), ("PUT", "POST", "DELETE")


@dataclass(frozen=True, slots=True)
class GraphStore:
    """`/rdf-graph-store`: `?graph=IRI`, `?default`, or an address below it, which is then the graph's name itself."""

    queries: Queries
    settings: Settings
    writer: Writer | None
    base: str
    """Addresses below the store that name no graph are looked up below this IRI: `/rdf-graph-store/graph/facts`."""

    async def __call__(self, request: Request) -> Response:
        if request.method in _READ:
            return await self._get(request)
        if request.method not in _WRITE:
            raise Refused(405, f"{request.method} is not known here", headers={"Allow": self._allowed()})
        writer = permitted(request, self.settings, self.writer)
        if request.method == "DELETE":
            return Response(status_code=await writer.write({"do": "delete", "name": self._required(request)}))
        return await self._put(request, writer)

    def _allowed(self) -> str:
        return ", ".join(_READ if self.writer is None else _READ + _WRITE)

    async def _get(self, request: Request) -> Response:
        wanted = preferred(request.headers.get("accept", "*/*"), GRAPH_TYPES)
        if not wanted:
            raise Refused(406, f"a graph can be had as {', '.join(sorted(set(GRAPH_TYPES.values())))}")
        job: Job = {"do": "graph", "name": self._required(request), "graph": wanted}
        if request.path_params.get("path"):
            job["or"] = self.base + _raw_path(request)
        return Streamed(self.queries.ask(job | ({"head_only": True} if request.method == "HEAD" else {})))

    async def _put(self, request: Request, writer: Writer) -> Response:
        name = self._name(request)
        body = await read_body(request, self.settings)
        new = name is None
        if new:
            if request.method == "PUT":
                raise Refused(400, "name the graph by ?graph=IRI or ?default")
            name = f"{endpoint_url(request).rstrip('/')}/{uuid.uuid4()}"
        kind, _ = content_type(request)
        parts = list(_parts(request.headers["content-type"], body)) if kind == MULTIPART else [_part(kind, body)]
        job: Job = {"do": "put", "name": name, "parts": parts, "base": name or endpoint_url(request)}
        status = await writer.write(job | ({"add": True} if request.method == "POST" else {}))
        return Response(status_code=status, headers={"Location": str(name)} if new else None)

    def _name(self, request: Request) -> str | None:
        """The graph's IRI, "" for the default graph, None where the request names none.

        Raises:
            Refused: it names several.
        """
        given = request.query_params.multi_items()
        graphs = [value for key, value in given if key == "graph"]
        default = any(key == "default" for key, _ in given)
        direct = bool(request.path_params.get("path"))
        if len(graphs) + default + direct > 1:
            raise Refused(400, "one graph is wanted: ?graph=IRI or ?default or its own address")
        if graphs:
            # A path names a graph of this server, as its own address would; everything else must be absolute.
            iri = urljoin(endpoint_url(request), graphs[0]) if graphs[0].startswith("/") else graphs[0]
            return absolute_iri(iri, "graph")
        return absolute_iri(endpoint_url(request), "the address") if direct else "" if default else None

    def _required(self, request: Request) -> str:
        name = self._name(request)
        if name is None:
            raise Refused(400, "name the graph by ?graph=IRI or ?default")
        return name


def _raw_path(request: Request) -> str:
    """What stands after the store's own address, as it was sent, percent-encoding included."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.decode("latin-1").partition(PATH + "/")[2].partition("?")[0]


def _part(kind: str, content: bytes) -> dict[str, str]:
    wanted = GRAPH_TYPES.get(kind, "")
    if wanted not in GRAPHS:
        known = ", ".join(sorted(set(GRAPH_TYPES.values())))
        raise Refused(415, f"a graph is sent as {known}, not {kind or 'without a type'}")
    return {"type": wanted, "content": base64.b64encode(content).decode()}


def _parts(header: str, body: bytes) -> Iterator[dict[str, str]]:
    """The files of a form (RFC 7578)."""
    message: Message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {header}\r\n\r\n".encode() + body)
    if not message.is_multipart():
        raise Refused(400, "the form cannot be read")
    for part in message.walk():
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            yield _part(part.get_content_type().casefold(), content if isinstance(content, bytes) else b"")
