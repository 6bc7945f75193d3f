"""The facts as GraphML, GEXF, or a pyvis drawing: what network tools and quick looks want."""

from __future__ import annotations

import html
import re
from pathlib import Path

import networkx as nx

from kg.errors import InputError
from kg.export.layout import layout
from kg.export.property_graph import GraphView, property_graph

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PYVIS_NODES = 1_000
"""Beyond this pyvis hangs a browser; the drawing keeps the best-connected nodes and says so."""


def to_networkx(view: GraphView) -> nx.MultiDiGraph[str]:
    """The facts as a directed multigraph: nodes by IRI with label, class and literal facts; edges with their sources."""
    nodes, edges = property_graph(view)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes:
        facts = {f"fact_{f.predicate}": _xml(f.value) for f in node.facts}
        graph.add_node(node.iri, label=_xml(node.name), type=node.type, aliases=_xml("; ".join(node.aliases)), **facts)
    for edge in edges:
        graph.add_edge(
            edge.subject_iri,
            edge.object_iri,
            key=edge.id,
            label=_xml(edge.predicate),
            predicate=_xml(edge.predicate_iri),
            articles=_xml("; ".join(edge.articles)),
            sentence=_xml(edge.claims[0].sentence),
            confidence=float(edge.confidence),
        )
    return graph


def _xml(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def write_graphml(view: GraphView, path: Path) -> Path:
    """Write GraphML, which yEd, Gephi, igraph and Neo4j's APOC read."""
    nx.write_graphml(to_networkx(view), str(path), encoding="utf-8")
    return path


def write_gexf(view: GraphView, path: Path) -> Path:
    """Write GEXF, Gephi's format."""
    text = "\n".join(nx.generate_gexf(to_networkx(view), encoding="utf-8"))
    # networkx stamps the day; the same graph must give the same bytes.
    path.write_text(re.sub(r' lastmodifieddate="[^"]*"', "", text) + "\n", encoding="utf-8")
    return path


def write_pyvis(view: GraphView, path: Path) -> Path:
    """Write pyvis' drawing with fixed positions, every text escaped, and without the requests that pyvis would make.

    Raises:
        InputError: pyvis changed its page so that it would load something from elsewhere.
    """
    from pyvis.network import Network

    graph = to_networkx(view)
    kept = sorted(graph, key=lambda n: (-graph.degree(n), n))[:PYVIS_NODES]
    place = {iri: i for i, iri in enumerate(kept)}
    links = [(u, v, d) for u, v, d in graph.edges(data=True) if u in place and v in place]
    points = layout(len(kept), [(place[u], place[v]) for u, v, _ in links])
    heading = f"Knowledge graph: the {len(kept)} best-connected of {len(graph)} entities" if len(kept) < len(graph) else ""
    net = Network(height="95vh", width="100%", directed=True, cdn_resources="in_line", heading=heading)
    net.toggle_physics(False)
    for iri, i in place.items():
        data = graph.nodes[iri]
        net.add_node(
            i,
            label=_plain(data["label"]),
            title=_plain(f"{data['label']} ({data['type']})"),
            group=data["type"],
            x=float(points[i][0]) * 2,
            y=float(points[i][1]) * 2,
        )
    for u, v, data in links:
        net.add_edge(place[u], place[v], label=_plain(data["label"]), title=_plain(data["sentence"]))
    page = _without_requests(net.generate_html(notebook=False))
    path.write_text(page, encoding="utf-8")
    return path


def _plain(text: str) -> str:
    """Text that is inert wherever pyvis puts it: into HTML titles, into JSON inside a script."""
    return html.escape(text[:300], quote=True).replace("href", "hr&#101;f")


def _without_requests(page: str) -> str:
    page = re.sub(r"<link\b[^>]*>(?:\s*</link>)?", "", page)
    page = re.sub(r"<script\b[^>]*\bsrc=[^>]*>\s*</script>", "", page, flags=re.DOTALL)
    # pyvis repeats its heading; once is enough
    if re.search(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//", page):
        raise InputError("pyvis writes a page that loads from elsewhere", hint="use kg export html")
    return page


