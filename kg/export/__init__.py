"""The exporters by format name: each takes a `GraphView` and a path and returns the path it wrote.

The RDF formats are written by the store itself (`kg.store.RDF_FORMATS`). A further format is one function and one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.export.html import write_html
from kg.export.neo4j import write_neo4j
from kg.export.network import write_gexf, write_graphml, write_pyvis
from kg.export.property_graph import GraphView, filter_view, property_graph

__all__ = ["EXPORTERS", "GraphView", "filter_view", "property_graph", "write_html", "write_neo4j"]

EXPORTERS: dict[str, Callable[[GraphView, Path], Path]] = {
    "html": write_html,
    "pyvis": write_pyvis,
    "graphml": write_graphml,
    "gexf": write_gexf,
    "neo4j": write_neo4j,
}
"""Format name -> function that writes a view to a path (for neo4j a folder, else a file)."""
