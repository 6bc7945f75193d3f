"""The interactive graph as one self-contained file: template, style, viewer and library inlined, positions computed here.

It opens from disk without a network: a content security policy allows the two inlined scripts by their hashes and nothing
else. The data is JSON with `<`, `>` and `&` escaped; the viewer puts all text on the page through `textContent`.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import StoreError
from kg.export.layout import layout
from kg.export.property_graph import STATUSES, Edge, Fact, GraphView, Node, date_range, property_graph, spoken_time
from kg.model import FACTUAL, ResolvedClaim

_HERE = Path(__file__).parent
# Characters that reorder what is around them: one name could be drawn as another.
_MISLEADING = re.compile("[\u202a-\u202e\u2066-\u2069]")
MAX_START = 200
"""How many nodes an overview of a large graph begins with."""
_SMALL = 400


def write_html(view: GraphView, path: str | Path, *, max_nodes: int = 20_000) -> Path:
    """Write `graph.html`.

    Args:
        view: what to draw.
        path: the file.
        max_nodes: of a greater graph only the best-connected nodes are in the file; its introduction says so.
    """
    target = Path(path)
    page = render(view, max_nodes=max_nodes)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(
            error.strerror or "cannot be written", where=str(target), hint="choose another path"
        ) from error
    return target


def render(view: GraphView, *, max_nodes: int = 20_000) -> str:
    """The page as text."""
    return _page(page_data(view, max_nodes))


def empty_page() -> str:
    """The page without data: it draws what the page around it sends with `postMessage`, once, from the same origin."""
    return _page(None)


def _page(data: dict[str, Any] | None) -> str:
    library = (_HERE / "vendor" / "force-graph.min.js").read_text("utf-8").replace("</script", "<\\/script")
    viewer = (_HERE / "viewer.js").read_text("utf-8")
    parts = {
        "hashes": " ".join(f"'sha256-{_hash(script)}'" for script in (library, viewer)),
        "style": (_HERE / "style.css").read_text("utf-8"),
        "data": _json(data),
        "library": library,
        "viewer": viewer,
    }
    page = (_HERE / "template.html").read_text("utf-8")
    pieces = page.split("{{")
    return pieces[0] + "".join(parts[name] + rest for name, rest in (piece.split("}}", 1) for piece in pieces[1:]))


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()


def _json(data: Any) -> str:
    """JSON that cannot end its script element or a JavaScript line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    text = _MISLEADING.sub("\ufffd", text)
    return text.encode("utf-8", "replace").decode("utf-8")


def page_data(view: GraphView, max_nodes: int) -> dict[str, Any]:
    """What the viewer draws: nodes with positions, edges, claims and articles, each referring to others by index."""
    nodes, edges = property_graph(view, statuses=STATUSES)
    facts = [e for e in edges if _is_fact(e) and e.subject_iri != e.object_iri]
    degree = Counter(iri for e in facts for iri in (e.subject_iri, e.object_iri))
    linked = {iri for e in edges for iri in (e.subject_iri, e.object_iri)}
    # Of two equals the one that is linked to a hub comes first, so that the overview hangs together.
    hub = Counter[str]()
    for e in facts:
        hub[e.subject_iri] = max(hub[e.subject_iri], degree[e.object_iri])
        hub[e.object_iri] = max(hub[e.object_iri], degree[e.subject_iri])
    shown = [n for n in nodes if n.iri in linked or n.facts]
    shown.sort(key=lambda n: (-degree[n.iri], -hub[n.iri], n.iri))
    kept = shown[:max_nodes]
    place = {node.iri: i for i, node in enumerate(kept)}
    edges = tuple(e for e in edges if e.subject_iri in place and e.object_iri in place)
    size = MAX_START if len(kept) > _SMALL else len(kept)
    pairs = [
        (place[e.subject_iri], place[e.object_iri]) for e in facts if e.subject_iri in place and e.object_iri in place
    ]
    # The overview is drawn from its own nodes alone; what search and neighbourhoods reach is placed by the viewer.
    points = layout(size, [(a, b) for a, b in pairs if a < size and b < size])
    claims = _Claims(view)
    drawn_nodes = [_node(n, points[i] if i < size else (0, 0), degree[n.iri], view, claims) for i, n in enumerate(kept)]
    drawn_edges = [_edge(e, place, view, claims) for e in edges]
    days = sorted({day for c in claims.items for day in (c["since"], c["until"]) if day})
    return {
        "nodes": drawn_nodes,
        "edges": drawn_edges,
        "claims": claims.items,
        "articles": claims.articles,
        "groups": _groups_of(drawn_nodes),
        "start": list(range(size)),
        "total": len(shown),
        "counts": view.counts(),
        "days": days,
    }


def _is_fact(edge: Edge) -> bool:
    return any(claim.status in FACTUAL for claim in edge.claims)


def _node(node: Node, point: Any, degree: int, view: GraphView, claims: _Claims) -> dict[str, Any]:
    return {
        "iri": node.iri,
        "name": node.name,
        "type": node.type,
        "group": _group(node.type, view),
        "aliases": [alias for alias in node.aliases if alias != node.name][:12],
        "ids": [iri for iri in node.external_ids if iri.startswith(("http://", "https://"))],
        "x": round(float(point[0]), 1),
        "y": round(float(point[1]), 1),
        "degree": degree,
        "facts": [_fact(fact, view, claims) for fact in node.facts],
    }


class Group(NamedTuple):
    """Classes that are drawn in one colour: a class and what is below it, as `groups.tsv` has them."""

    name: str
    colour: str


@functools.cache
def groups() -> tuple[Group, ...]:
    """The rows of `groups.tsv`; the last is for whatever fits no other."""
    lines = (_HERE / "groups.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(Group(*row) for row in rows[1:])


def _group(cls: str, view: GraphView) -> str:
    fitting = (group.name for group in groups() if view.ontology.is_a(cls, group.name))
    return next(fitting, groups()[-1].name)


def _groups_of(nodes: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The groups that the nodes have, the largest first."""
    colours = dict(groups())
    sizes = Counter(node["group"] for node in nodes)
    return [{"name": name, "colour": colours[name]} for name, _ in sizes.most_common()]


def _fact(fact: Fact, view: GraphView, claims: _Claims) -> dict[str, Any]:
    return {
        "p": _label(fact.predicate, view),
        "value": fact.value,
        "office": _is_office(fact.predicate, view),
        "claims": [claims.add(c) for c in fact.claims],
    }


def _is_office(predicate: str, view: GraphView) -> bool:
    known = view.ontology.properties.get(predicate)
    return bool(known and known.range == "Position")


def _edge(edge: Edge, place: dict[str, int], view: GraphView, claims: _Claims) -> dict[str, Any]:
    return {
        "s": place[edge.subject_iri],
        "t": place[edge.object_iri],
        "p": _label(edge.predicate, view),
        "sym": edge.symmetric,
        "office": _is_office(edge.predicate, view),
        "claims": [claims.add(c) for c in edge.claims],
    }


def _label(predicate: str, view: GraphView) -> str:
    known = view.ontology
    if predicate in known.labels:
        return known.label(predicate)
    return "".join(f" {c.lower()}" if c.isupper() else c for c in predicate)


def _units(text: str, offset: int) -> int:
    """A character offset as JavaScript counts: beyond the basic plane, a character is two units."""
    return len(text[: max(offset, 0)].encode("utf-16-le", "surrogatepass")) // 2


class _Claims:
    """The claims of the page in the order they are first met, and the articles they come from."""

    def __init__(self, view: GraphView) -> None:
        self.items: list[dict[str, Any]] = []
        self._place: dict[str, int] = {}
        self._article = {article.id: i for i, article in enumerate(view.articles)}
        # What makes two articles one source is only compared: its names stay out of the page.
        told = {a.id: view.origins[a.id].voices for a in view.articles if a.id in view.origins}
        voices = {voice: i for i, voice in enumerate(sorted({voice for found in told.values() for voice in found}))}
        self.articles = [
            {
                "id": a.id,
                "title": a.title or a.id,
                "date": a.published[:10],
                "url": a.url if a.url.startswith(("http://", "https://")) else "",
                "voices": [voices[voice] for voice in told.get(a.id, ())],
            }
            for a in view.articles
        ]

    def add(self, claim: ResolvedClaim) -> int:
        if claim.id not in self._place:
            self._place[claim.id] = len(self.items)
            since, until = date_range(claim.time)
            self.items.append(
                {
                    "article": self._article.get(claim.article, -1),
                    "sentence": claim.sentence,
                    "from": _units(claim.sentence, claim.trigger_start - claim.start),
                    "to": _units(claim.sentence, claim.trigger_end - claim.start),
                    "status": claim.status,
                    "by": claim.attributed_to,
                    "time": spoken_time(claim.time),
                    "opens": claim.time.startswith("../"),
                    "goesOn": claim.time.endswith("/.."),
                    "since": since,
                    "until": until,
                    "confidence": claim.confidence,
                    "rule": claim.rule,
                }
            )
        return self._place[claim.id]
