"""The web pages of the service: search, entities, articles, events, the graph, the query editor, the ontology.

`routes(context)` is what `kg.serve.app` puts after the protocol's own routes. An IRI of the dataset resolves by its path:
`https://example.org/kg/id/Ana_Sow` is at `/id/Ana_Sow`, as a page or, by `Accept` header or ending, as RDF.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlencode

import anyio.to_thread
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.export.html import empty_page, page_data
from kg.export.property_graph import STATUSES, Edge, Fact, GraphView, property_graph, spoken_time
from kg.lexicon import ONTOLOGY
from kg.model import FACTUAL, Article, ResolvedClaim
from kg.queries import SavedQuery, saved_queries
from kg.rdf import Names, predicate_label
from kg.records import Records
from kg.serve.passages import passages
from kg.serve.reading import CLAIMS_LIMIT, Happening, Named, Reading, node

if TYPE_CHECKING:
    from kg.serve.app import Context

_HERE = Path(__file__).parent
_KINDS = ("id", "event", "claim", "article")
_FORMATS = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
}
_PAGE = 50
_DRAWN = 2000
# Characters that reorder what is around them, or that no page can hold.
_MISLEADING = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""What a page may do: run and load what this server has, and nothing else."""

EDITOR_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""The query editor writes styles into its elements."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Vary": "Accept",
}
Handler = Callable[[Request], Awaitable[Response]]


def examples() -> tuple[SavedQuery, ...]:
    """The queries that the editor offers: its own first, then those that `kg query` knows by name."""
    return tuple({**saved_queries(_HERE / "examples"), **saved_queries()}.values())


def routes(context: Context) -> list[BaseRoute]:
    """The pages' routes."""
    pages = Pages(context)
    plain: dict[str, Handler] = {
        "/": pages.home,
        "/search": pages.search,
        "/suggest": pages.suggest,
        "/resource": pages.resource,
        "/articles": pages.articles,
        "/timeline": pages.timeline,
        "/conflicts": pages.conflicts,
        "/ontology": pages.ontology,
        "/ontology.ttl": pages.ontology,
        "/open": pages.open_predicates,
        "/query": pages.query,
        "/graph": pages.graph,
        "/graph.html": pages.graph_file,
        "/viewer": pages.viewer,
        "/vocabulary.json": pages.vocabulary,
    }
    return [
        *(Route(path, handler, methods=["GET"]) for path, handler in plain.items()),
        Route("/view", pages.view, methods=["POST"]),
        *(Route(f"/{kind}/{{name:path}}", pages.thing, methods=["GET"], name=kind) for kind in _KINDS),
        Route("/conflict/{name}", pages.conflicts, methods=["GET"]),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]


class Pages:
    """The handlers, which share one reader of the graph."""

    def __init__(self, context: Context) -> None:
        self.folder, self.names = context.folder, context.names
        self.read = Reading(context.queries, context.names, context.ontology)
        self.prefixes = context.names.prefixes()
        self.templates = _templates(self.names)

    async def page(
        self, request: Request, template: str, *, status: int = 200, policy: str = POLICY, **values: Any
    ) -> Response:
        """A template filled; all text in it is escaped. A thread does it, so that other requests are answered meanwhile."""
        render = functools.partial(self.templates.get_template(template).render, path=request.url.path, **values)
        text = await anyio.to_thread.run_sync(render)
        headers = {"Content-Security-Policy": policy, **_HEADERS}
        return HTMLResponse(text.encode("utf-8", "replace"), status, headers)

    # ---- ways in

    async def home(self, request: Request) -> Response:
        report = _json_file(self.folder / "report.json")
        return await self.page(
            request,
            "home.html",
            counts=report.get("counts", {}),
            top=await self.read.most_spoken_of(),
            latest=await self.read.articles_by_date(8, 0),
        )

    async def search(self, request: Request) -> Response:
        wanted = request.query_params.get("q", "").strip()[:200]
        hits = await self.read.search(wanted, 50)
        return await self.page(request, "search.html", wanted=wanted, hits=hits)

    async def suggest(self, request: Request) -> Response:
        hits = await self.read.search(request.query_params.get("q", "").strip()[:200], 10)
        found = [
            {"name": h.thing.name, "said": h.said, "type": h.thing.type, "href": href(h.thing.iri, self.names)}
            for h in hits
        ]
        return _json(found)

    async def articles(self, request: Request) -> Response:
        offset = _number(request, "from")
        found = await self.read.articles_by_date(_PAGE + 1, offset)
        return await self.page(
            request, "articles.html", found=found[:_PAGE], **_pager(request, offset, len(found) > _PAGE)
        )

    # ---- things

    async def resource(self, request: Request) -> Response:
        """Any IRI by its text."""
        iri = request.query_params.get("iri", "")
        for kind in _KINDS:
            if iri.startswith(f"{self.names.base}{kind}/") and "#" not in iri:
                return RedirectResponse(href(iri, self.names), 303)
        known = href(iri, self.names)
        if known.startswith("/") and not known.startswith("/resource"):
            return RedirectResponse(known, 303)
        return await self._entity(request, iri, _accept(request, ""))

    async def thing(self, request: Request) -> Response:
        """What an IRI of the dataset stands for."""
        name, (kind, *_) = request.path_params["name"], request.url.path.lstrip("/").split("/", 1)
        ending = next((e for e in _FORMATS if name.endswith(e) and name != e), "")
        name, accept = name.removesuffix(ending), _accept(request, ending)
        if kind == "article":
            # A client may have escaped the path once more, or not at all: the id is what the escapes stand for.
            return await self._article(request, unquote(name, errors="surrogatepass"), accept)
        iri = f"{self.names.base}{kind}/{name}"
        if kind == "claim":
            return await self._claim(request, iri, accept)
        return await self._entity(request, iri, accept)

    async def _rdf(self, query: str, iri: str, accept: str) -> Response | None:
        """The triples of a thing; None where there are none."""
        term = node(iri)
        if term is None:
            return None
        body, kind = await self.read.rdf(query, accept, iri=term)
        empty = not (await self.read.rdf(query, "application/n-triples", iri=term))[0].strip()
        return None if empty else Response(body, media_type=kind, headers=_HEADERS)

    async def missing(self, request: Request, iri: str) -> Response:
        name = re.split("[#/]", iri)[-1].replace("_", " ")
        return await self.page(request, "missing.html", status=404, iri=iri, wanted=name)

    async def _entity(self, request: Request, iri: str, accept: str) -> Response:
        if accept:
            return await self._rdf("describe", iri, accept) or _not_found(iri)
        term = node(iri)
        if term is None:
            return await self.missing(request, iri)
        named = (await self.read.named([iri]))[iri]
        offset = _number(request, "from")
        view, more = await self.read.about(term, offset)
        events = await self.read.events_with(term)
        if not (view.claims or named.type or events):
            return await self.missing(request, iri)
        nodes, edges = property_graph(view, statuses=STATUSES)
        mine = next((n for n in nodes if n.iri == iri), None)
        facts = mine.facts if mine else ()
        ends = [e for e in edges if iri in (e.subject_iri, e.object_iri)]
        is_office = functools.partial(_is_office, view)
        conflicts, sides = await self.read.conflicts(about=iri)
        said = await self.read.claims("claims_said_by", iri=term, limit=100)
        (told,) = await self.read.events_named([iri])
        return await self.page(
            request,
            "entity.html",
            thing=named,
            event=told if told.roles or told.time else None,
            offices=sorted(
                [f for f in facts if is_office(f)] + [e for e in ends if is_office(e) and e.subject_iri == iri],
                key=_since,
            ),
            facts=sorted((f for f in facts if not is_office(f)), key=_since),
            out=[e for e in ends if e.subject_iri == iri or e.symmetric],
            into=[e for e in ends if e.subject_iri != iri and not e.symmetric],
            other=[e for e in edges if e not in ends],
            inferred=await self.read.inferred(term),
            events=events,
            said=said.claims,
            sources=await self.read.mentioned_in(term),
            view=view,
            book=_book(
                GraphView((), (), (*view.articles, *said.articles, *sides.articles)), await self.read.publishers(view)
            ),
            conflicts=conflicts,
            **_pager(request, offset, more, CLAIMS_LIMIT),
        )

    async def _claim(self, request: Request, iri: str, accept: str) -> Response:
        if accept:
            return await self._rdf("describe", iri, accept) or _not_found(iri)
        term = node(iri)
        view = await self.read.claims("claims_named", claims=[term]) if term else GraphView(())
        if term is None or not view.claims:
            return await self.missing(request, iri)
        return await self.page(
            request,
            "claim.html",
            claim=view.claims[0],
            why=await self.read.quarantined(term),
            view=view,
            book=_book(view),
            iri=iri,
        )

    async def _article(self, request: Request, article_id: str, accept: str) -> Response:
        iri = self.names.article(article_id)
        if accept:
            return await self._rdf("describe_article", iri.value, accept) or _not_found(iri.value)
        found = await self.read.articles([iri.value])
        if not found:
            return await self.missing(request, iri.value)
        view = await self.read.claims("claims_of_article", iri=iri)
        text = await anyio.to_thread.run_sync(_text_of, self.folder, article_id)
        pieces = passages(text, view.claims)
        return await self.page(
            request,
            "article.html",
            article=found[iri.value],
            pieces=pieces,
            view=view,
            has_text=text is not None,
            iri=iri.value,
        )

    # ---- events, conflicts, ontology

    async def timeline(self, request: Request) -> Response:
        given = {key: request.query_params.get(key, "").strip()[:300] for key in ("class", "who", "since", "until")}
        wrong = [key for key in ("since", "until") if given[key] and not re.fullmatch(r"\d{4}(-\d\d){0,2}", given[key])]
        since, until = ("" if key in wrong else given[key] for key in ("since", "until"))
        who, thing = await self._who(given["who"])
        offset = _number(request, "from")
        events: list[Happening] = []
        if not given["who"] or who:
            events = await self.read.events(
                since=since, until=until, cls=given["class"], who=who, size=_PAGE + 1, offset=offset
            )
        return await self.page(
            request,
            "timeline.html",
            given=given,
            wrong=wrong,
            thing=thing,
            classes=await self.read.event_classes(),
            years=_by_month(events[:_PAGE]),
            **_pager(request, offset, len(events) > _PAGE),
        )

    async def _who(self, text: str) -> tuple[str, Named | None]:
        """The IRI that a name or IRI stands for."""
        if not text:
            return "", None
        if text.startswith(("http://", "https://")) and node(text):
            return text, (await self.read.named([text]))[text]
        hits = await self.read.search(text, 1)
        return (hits[0].thing.iri, hits[0].thing) if hits else ("", None)

    async def conflicts(self, request: Request) -> Response:
        """All conflicts, or the one that a path names."""
        name, offset = request.path_params.get("name", ""), _number(request, "from")
        iri = f"{self.names.base}conflict/{name}" if name else ""
        found, view = await self.read.conflicts(conflict=iri, size=_PAGE + 1, offset=offset)
        if name and not found:
            return await self.missing(request, iri)
        pager = _pager(request, offset, len(found) > _PAGE)
        return await self.page(
            request, "conflicts.html", found=found[:_PAGE], view=view, book=_book(view), one=name, **pager
        )

    async def ontology(self, request: Request) -> Response:
        accept = _accept(request, ".ttl" if request.url.path.endswith(".ttl") else "")
        if accept:
            body, kind = await self.read.rdf("describe_ontology", accept)
            return Response(body, media_type=kind, headers=_HEADERS)
        classes, properties = await self.read.ontology()
        return await self.page(request, "ontology.html", classes=_tree(classes), properties=properties)

    async def open_predicates(self, request: Request) -> Response:
        return await self.page(request, "open.html", terms=await self.read.open_predicates())

    # ---- query and graph

    async def query(self, request: Request) -> Response:
        return await self.page(request, "query.html", policy=EDITOR_POLICY, examples=examples())

    async def vocabulary(self, request: Request) -> Response:
        """What the editor completes: prefixes and the terms of the ontology; and the examples."""
        found = [{"name": e.name, "title": e.title, "query": e.sparql} for e in examples()]
        known = {"prefixes": self.prefixes, "base": self.names.base, "terms": await self.read.vocabulary()}
        return _json({**known, "examples": found})

    async def graph(self, request: Request) -> Response:
        return await self.page(request, "graph.html", iri=request.query_params.get("iri", ""))

    async def graph_file(self, request: Request) -> Response:
        """The whole graph as the build drew it; its links lead to this server's pages."""
        path = self.folder / "graph.html"
        if not path.is_file():
            return _not_found("graph.html")
        text = await anyio.to_thread.run_sync(functools.partial(path.read_text, encoding="utf-8"))
        return _viewer(text)

    async def viewer(self, request: Request) -> Response:
        """The graph page without data; the query editor sends it what `/view` answers."""
        return _viewer(empty_page())

    async def view(self, request: Request) -> Response:
        """What the viewer draws of an answer: JSON {"rows": [[IRI, …], …], "triples": [[IRI, IRI, IRI], …]}."""
        try:
            asked = json.loads(await request.body())
            rows = [[str(iri) for iri in row] for row in asked.get("rows", ())][:_DRAWN]
            triples = [(str(s), str(p), str(o)) for s, p, o in asked.get("triples", ())][:_DRAWN]
        except (ValueError, AttributeError, TypeError):
            return Response('expected JSON: {"rows": […], "triples": […]}\n', 400, media_type="text/plain")
        view = await self.read.drawn(rows, triples)
        data = await anyio.to_thread.run_sync(page_data, view, 2000)
        return _json(data)


# ---- answers


def _viewer(text: str) -> Response:
    text = text.replace('<html lang="en">', '<html lang="en" data-pages="/resource?iri=">', 1)
    headers = {"Content-Security-Policy": "frame-ancestors 'self'", **_HEADERS}
    return HTMLResponse(text.encode("utf-8", "replace"), headers=headers)


def _json(data: Any) -> Response:
    """JSON in ASCII, for texts may hold halves of characters."""
    return Response(json.dumps(data), media_type="application/json", headers=_HEADERS)


def _not_found(what: str) -> Response:
    return Response(f"nothing is known of {what}\n", 404, media_type="text/plain; charset=utf-8", headers=_HEADERS)


def _accept(request: Request, ending: str) -> str:
    """The RDF format asked for by ending or Accept header, "" where a page is."""
    if ending:
        return _FORMATS[ending]
    header = request.headers.get("accept", "")
    weights = dict(_weights(header))
    html = max(weights.get("text/html", 0.0), weights.get("application/xhtml+xml", 0.0), weights.get("*/*", 0.0))
    rdf = max((weights.get(kind, 0.0) for kind in (*_FORMATS.values(), "application/n-quads")), default=0.0)
    return header if rdf > html else ""


def _weights(header: str) -> list[tuple[str, float]]:
    """Media types of an Accept header with their q (RFC 9110, section 12.5.1); one that is malformed counts as 1."""
    found = []
    for part in header.split(","):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        q = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        found.append((kind.lower(), float(q) if re.fullmatch(r"[01](\.\d{0,3})?", q) else 1.0))
    return found


def _pager(request: Request, offset: int, more: bool, size: int = _PAGE) -> dict[str, Any]:
    """Links to the pages before and after, "" where there is none."""

    def link(start: int) -> str:
        kept = {key: value for key, value in request.query_params.items() if key != "from" and value}
        return f"{request.url.path}?{urlencode({**kept, 'from': start})}"

    return {"earlier": link(max(0, offset - size)) if offset else "", "later": link(offset + size) if more else ""}


def _number(request: Request, key: str) -> int:
    text = request.query_params.get(key, "0")
    return int(text) if re.fullmatch(r"\d{1,7}", text) else 0


def _json_file(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _text_of(folder: Path, article_id: str) -> Article | None:
    """The article with its text, from the build's records; None where they do not have it."""
    records = Records(folder)
    fingerprint = records.published().get(article_id)
    if fingerprint is None:
        return None
    return next(records.read({article_id: fingerprint})).article


# ---- what templates need


def href(iri: str, names: Names) -> str:
    """Where this server has a page on an IRI.

    >>> href("https://example.org/kg/id/Ana_Sow", Names()), href("https://example.org/kg/ontology#Person", Names())
    ('/id/Ana_Sow', '/ontology#Person')
    """
    path, _, fragment = iri.partition("#")
    anchor = f"#{quote(fragment)}" if fragment else ""
    if iri.startswith(ONTOLOGY):
        return f"/ontology{anchor}"
    if path == f"{names.base}open":
        return f"/open{anchor}"
    for kind in (*_KINDS, "conflict"):
        if path.startswith(f"{names.base}{kind}/"):
            return f"/{kind}/{quote(path.removeprefix(f'{names.base}{kind}/'), safe='')}{anchor}"
    return f"/resource?{urlencode({'iri': iri}, errors='replace')}"


def _templates(names: Names) -> Environment:
    found = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    found.filters |= {
        "href": functools.partial(href, names=names),
        "article_href": lambda article_id: href(names.article(article_id).value, names),
        "spoken": spoken_time,
        "kind": status_kind,
        "outward": lambda url: url if url.startswith(("http://", "https://")) else "",
        "parts": sentence_parts,
        "count": _count,
    }
    found.globals |= {"label": _label, "times": _times}
    return found


def _shown(value: Any) -> Any:
    """Text without what would mislead the eye."""
    return _MISLEADING.sub("\ufffd", value) if type(value) is str else value


def status_kind(status: str) -> str:
    """How a status is drawn: "fact", "denied" or "hedged"."""
    return "fact" if status in FACTUAL else "denied" if status in {"denied", "negated"} else "hedged"


def sentence_parts(claim: ResolvedClaim) -> tuple[str, str, str]:
    """A claim's sentence before, in and after the words that say it."""
    start, end = (
        min(max(offset - claim.start, 0), len(claim.sentence)) for offset in (claim.trigger_start, claim.trigger_end)
    )
    return claim.sentence[:start], claim.sentence[start:end], claim.sentence[end:]


def _label(predicate: str, view: GraphView) -> str:
    return predicate_label(predicate, view.ontology)


def _times(claims: tuple[ResolvedClaim, ...]) -> str:
    return ", ".join(sorted({spoken_time(c.time) for c in claims if c.time})[:4])


def _since(item: Edge | Fact) -> str:
    """The earliest time, for sorting; what has none comes first."""
    return min((c.time.removeprefix("../") for c in item.claims if c.time), default="")


def _is_office(view: GraphView, item: Edge | Fact) -> bool:
    known = view.ontology.properties.get(item.predicate)
    return bool(known and known.range == "Position")


@dataclass(frozen=True, slots=True)
class Book:
    """What a page looks up about the claims on it: their articles by id, and how many publishers are behind a claim's fact."""

    articles: Mapping[str, Article]
    publishers: Mapping[str, int] = field(default_factory=dict)

    def told(self, claims: Sequence[ResolvedClaim]) -> str:
        """How widely it is told.

        >>> Book({}).told(())
        '0 articles'
        """
        articles = _count(len({claim.article for claim in claims}), "article", "articles")
        publishers = max((self.publishers.get(claim.id, 0) for claim in claims), default=0)
        return f"{articles} of {publishers} independent sources" if publishers > 1 else articles


def _book(view: GraphView, publishers: Mapping[str, int] | None = None) -> Book:
    return Book({article.id: article for article in view.articles}, publishers or {})


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _by_month(events: list[Happening]) -> list[tuple[str, list[Happening]]]:
    """Events under their month, or their year where no month is told."""
    found: dict[str, list[Happening]] = {}
    for event in events:
        match = re.search(r"\d{4}(-(0\d|1[0-2]))?(?!\d)", event.time)
        found.setdefault(match.group() if match else event.time, []).append(event)
    return list(found.items())


def _tree(classes: list[Any]) -> list[Any]:
    """Classes, each below the class it belongs to, with its depth."""
    names = {term.name for term in classes}
    out: list[Any] = []

    def walk(parent: str, depth: int) -> None:
        for term in classes:
            first = next((p for p in term.parents if p in names), "")
            if first == parent and depth < 12:
                out.append((term, depth))
                walk(term.name, depth + 1)

    walk("", 0)
    return out
