"""Which of the formats that can be had a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

# What a client may ask for -> the media type it gets, best first.
RESULT_TYPES: Mapping[str, str] = {
    "application/sparql-results+json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
GRAPH_TYPES: Mapping[str, str] = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "application/rdf+xml": "application/rdf+xml",
    "application/ld+json": "application/ld+json",
    "application/trig": "application/trig",
    "application/n-quads": "application/n-quads",
    "text/n3": "text/n3",
    "application/x-turtle": "text/turtle",
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
}


@lru_cache(maxsize=256)
def media_types(accept: str) -> Mapping[str, str]:
    """The media types for `results` (SELECT, ASK) and `graph` (CONSTRUCT, DESCRIBE) answers; "" where none is accepted."""
    return {"results": preferred(accept, RESULT_TYPES), "graph": preferred(accept, GRAPH_TYPES)}


def preferred(accept: str, offers: Mapping[str, str]) -> str:
    """The value of the offer that an `Accept` header gives the highest quality, the first of equals; "" for none.

    >>> preferred("text/turtle;q=0.5, application/*", GRAPH_TYPES)
    'application/n-triples'
    """
    ranges = _ranges(accept) or {"*/*": 1.0}
    best, chosen = 0.0, ""
    for offer, value in offers.items():
        quality = next((ranges[r] for r in (offer, f"{offer.partition('/')[0]}/*", "*/*") if r in ranges), 0.0)
        if quality > best:
            best, chosen = quality, value
    return chosen


def _ranges(accept: str) -> dict[str, float]:
    """Media range -> quality; parameters but `q` are ignored, and so is what cannot be read."""
    found: dict[str, float] = {}
    for item in accept.split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().casefold() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if "/" in name:
            found[name.casefold()] = max(quality, found.get(name.casefold(), 0.0))
    return found
