"""Queries run away from the server: what is asked of the graph, and what comes back or is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError, QueryError
from kg.serve.settings import Settings
from kg.store import Store

JSON_RESULTS = "application/sparql-results+json"
Term = ox.NamedNode | ox.Literal | ox.BlankNode


class Refused(KgError):
    """A request that is not answered; `status` is the HTTP status that says why."""

    def __init__(self, status: int, what: str, *, hint: str = "", retry_after: int = 0) -> None:
        self.status, self.retry_after = status, retry_after
        super().__init__(what, hint=hint)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer in memory."""

    content_type: str
    body: bytes


class Queries:
    """Answers SPARQL queries within the service's limits."""

    def __init__(self, folder: Path, settings: Settings, prefixes: Mapping[str, str]) -> None:
        self._folder, self.settings, self.prefixes = folder, settings, dict(prefixes)
        self._store = Store(folder / "store" / "quads", self.prefixes)

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def run(
        self,
        sparql: str,
        accept: str = JSON_RESULTS,
        *,
        bindings: Mapping[str, Term] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Answer a query whole.

        Args:
            accept: an `Accept` header; it chooses among the formats that fit the query's form.
            bindings: values of variables, by name without the question mark; nothing is ever pasted into a query.
            default_graphs, named_graphs: the dataset, as the protocol's parameters give it; None is the graph's own.

        Raises:
            Refused: the query is wrong (400), took too long, or was one too many (503).
        """
        try:
            answer = self._store._store.query(
                sparql,
                prefixes=self.prefixes,
                substitutions={ox.Variable(k): v for k, v in (bindings or {}).items()},
            )
        except (SyntaxError, QueryError) as error:
            raise Refused(400, f"not valid SPARQL: {error}") from error
        if isinstance(answer, ox.QueryTriples):
            form = ox.RdfFormat.JSON_LD if "ld+json" in accept else ox.RdfFormat.TURTLE
            return Answer(form.media_type, ox.serialize(answer, None, form, prefixes=self.prefixes) or b"")
        return Answer(JSON_RESULTS, answer.serialize(None, ox.QueryResultsFormat.JSON))

    async def rows(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """The solutions of a SELECT query as terms by variable; unbound variables are left out."""
        answer = await self.run(sparql, bindings=bindings)
        return [
            {name: _term(value) for name, value in row.items()}
            for row in json.loads(answer.body)["results"]["bindings"]
        ]


def _term(value: Mapping[str, str]) -> Term:
    """A term from the JSON results format."""
    if value["type"] == "uri":
        return ox.NamedNode(value["value"])
    if value["type"] == "bnode":
        return ox.BlankNode(value["value"])
    if "xml:lang" in value:
        return ox.Literal(value["value"], language=value["xml:lang"])
    datatype = value.get("datatype")
    return ox.Literal(value["value"], datatype=ox.NamedNode(datatype) if datatype else None)
