"""The SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/), without blank nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.rdf import RDF
from kg.serve.worker import GRAPHS, RESULTS

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
    "text/n3": "N3",
}
"""The names of https://www.w3.org/ns/formats/."""


def describe(endpoint: str, graphs: Sequence[str], media_type: str, *, writable: bool) -> bytes:
    """The description of a service at `endpoint` over a dataset with these named graphs, in an RDF media type."""
    form = GRAPHS[media_type]
    prefixed = form not in {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS}
    triples = list(_triples(endpoint, graphs, writable))
    return ox.serialize(triples, format=form, prefixes={"sd": SD, "formats": FORMATS} if prefixed else None) or b""


def _triples(endpoint: str, graphs: Sequence[str], writable: bool) -> Iterator[ox.Triple]:
    def node(local: str) -> ox.NamedNode:
        return ox.NamedNode(f"{endpoint}#{local}")

    def sd(local: str) -> ox.NamedNode:
        return ox.NamedNode(SD + local)

    service, dataset, default = node("service"), node("dataset"), node("default-graph")
    a = ox.NamedNode(RDF + "type")
    yield ox.Triple(service, a, sd("Service"))
    yield ox.Triple(service, sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    if writable:
        yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Update"))
    for media_type in (*RESULTS, *GRAPHS):
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(FORMATS + _FORMAT_NAMES[media_type]))
    for media_type in GRAPHS if writable else ():
        yield ox.Triple(service, sd("inputFormat"), ox.NamedNode(FORMATS + _FORMAT_NAMES[media_type]))
    yield ox.Triple(service, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, a, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, a, sd("Graph"))
    for number, graph in enumerate(graphs):
        named = node(f"graph-{number}")
        yield ox.Triple(dataset, sd("namedGraph"), named)
        yield ox.Triple(named, a, sd("NamedGraph"))
        yield ox.Triple(named, sd("name"), ox.NamedNode(graph))
