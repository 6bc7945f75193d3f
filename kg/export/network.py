"""A `GraphView` as GraphML, GEXF or a pyvis page, for Gephi, yEd, Cytoscape and quick looks.

Only facts go out, one edge for each statement, with its sources as attributes. networkx and pyvis are imported on use.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.export.layout import layout
from kg.export.property_graph import Edge, GraphView, Node, property_graph

# What XML 1.0 cannot hold, and halves of surrogate pairs, which no file can.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# pyvis writes its data into a script element as JSON; these would end the element or, in old browsers, a string.
_NOT_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}

MAX_PYVIS_NODES = 1000
"""pyvis becomes unusable beyond."""


def write_graphml(view: GraphView, path: Path) -> Path:
    """Write `path` as GraphML; returns it."""
    import networkx as nx

    with _writing(path):
        nx.write_graphml(_multigraph(view), path, encoding="utf-8", named_key_ids=True)
    return path


def write_gexf(view: GraphView, path: Path) -> Path:
    """Write `path` as GEXF 1.2; returns it."""
    import networkx as nx

    # networkx stamps the day of writing into the file: taken out, so that equal graphs give equal files.
    text = "\n".join(nx.generate_gexf(_multigraph(view), encoding="utf-8", version="1.2draft"))
    text = re.sub(r"<meta [^>]*>.*?</meta>\s*", "", text, count=1, flags=re.S)
    with _writing(path):
        path.write_text('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n", encoding="utf-8", newline="\n")
    return path


def write_pyvis(view: GraphView, path: Path, *, max_nodes: int = MAX_PYVIS_NODES) -> Path:
    """Write a pyvis page of the `max_nodes` best-connected nodes, positions fixed, that asks no server for anything."""
    from pyvis.network import Network

    nodes, edges = _best_connected(*property_graph(view), max_nodes)
    number = {node.iri: i for i, node in enumerate(nodes)}
    points = layout(len(nodes), [(number[e.subject_iri], number[e.object_iri]) for e in edges], spacing=90)
    # Directed, for pyvis drops parallel edges of undirected networks; node ids are numbers, for it trusts ids as HTML.
    net = Network(height="95vh", width="100%", directed=True, cdn_resources="in_line")
    for i, node in enumerate(nodes):
        x, y = (round(float(value)) for value in points[i])
        title = html.escape(f"{node.name} ({node.type})")
        net.add_node(i, label=_plain(node.name), title=title, group=_plain(node.type), x=x, y=y)
    for edge in edges:
        ends = number[edge.subject_iri], number[edge.object_iri]
        label = _plain(view.ontology.label(edge.predicate))
        title = html.escape("\n".join(claim.sentence for claim in edge.claims[:3]))
        net.add_edge(*ends, label=label, title=title, arrows="" if edge.symmetric else "to")
    net.toggle_physics(False)
    with _writing(path):
        path.write_text(_offline(net.generate_html(notebook=False), net), encoding="utf-8", newline="\n")
    return path


def _multigraph(view: GraphView) -> Any:
    import networkx as nx

    nodes, edges = property_graph(view)
    graph = nx.MultiDiGraph()
    for node in nodes:
        facts = "; ".join(f"{fact.predicate}: {fact.value}" for fact in node.facts)
        texts = {"label": node.name, "type": node.type, "aliases": "; ".join(node.aliases), "facts": facts}
        graph.add_node(_xml(node.iri), **{key: _xml(text) for key, text in texts.items()})
    for edge in edges:
        first, last = edge.dates
        texts = {
            "label": view.ontology.label(edge.predicate),
            "predicate": edge.predicate_iri,
            "status": ", ".join(edge.statuses),
            "articles": "; ".join(edge.articles),
            "first": first,
            "last": last,
            "sentence": edge.claims[0].sentence,
        }
        attributes: dict[str, Any] = {key: _xml(text) for key, text in texts.items()}
        attributes |= {"sources": edge.sources, "confidence": edge.confidence, "symmetric": edge.symmetric}
        graph.add_edge(_xml(edge.subject_iri), _xml(edge.object_iri), key=edge.id, id=edge.id, **attributes)
    return graph


def _best_connected(
    nodes: tuple[Node, ...], edges: tuple[Edge, ...], limit: int
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    degree = dict.fromkeys((node.iri for node in nodes), 0)
    for edge in edges:
        degree[edge.subject_iri] += 1
        degree[edge.object_iri] += 1
    chosen = set(sorted(degree, key=lambda iri: (-degree[iri], iri))[:limit])
    kept = tuple(node for node in nodes if node.iri in chosen)
    return kept, tuple(edge for edge in edges if edge.subject_iri in chosen and edge.object_iri in chosen)


def _offline(page: str, net: Any) -> str:
    """pyvis's page without the parts it still fetches, with its data escaped, and with a policy that forbids requests."""
    for data in (net.nodes, net.edges):
        written = json.dumps(data)
        safe = written
        for char, escape in _NOT_IN_SCRIPT.items():
            safe = safe.replace(char, escape)
        page = page.replace(written, safe)
    page = re.sub(r"<link\b[^>]*\bhref=[\"']https?:[^>]*>", "", page)
    page = re.sub(r"<script\b[^>]*\bsrc=[\"']https?:[^>]*>\s*</script>", "", page)
    policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
    head = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n<title>Knowledge graph</title>'
    page = page.replace("<head>", head, 1)
    return _NOT_XML.sub("\ufffd", page)


def _plain(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _xml(text: str) -> str:
    """XML cannot even escape control characters."""
    return _NOT_XML.sub("", text)


class _writing:
    """Turns a failed write into one clear line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.__exit__(OSError, error, None)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            reason = error.strerror or "cannot be written"
            raise StoreError(reason, where=str(self.path), hint="choose another output path") from error
