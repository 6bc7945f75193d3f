"""Why an inferred triple is in the graph: its proof, read back from a store down to facts, axioms and linked knowledge.

Comes in: an opened store and triples. Goes out: `Proof` trees. Which claims stand behind a fact is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from kg.rdf import LABEL, RDFS, TYPE, Names
from kg.store import Store

Kind = Literal["inferred", "fact", "linked", "ontology", "unknown"]
"""Where a triple comes from: a rule, articles, a gazetteer or atlas, the ontology; "unknown" is no triple of the graph."""

SUBCLASS = ox.NamedNode(RDFS + "subClassOf")
_WORDS = {TYPE: "is a", SUBCLASS: "is a kind of"}

MEMBERSHIP = "What belongs to a class belongs to every class above it."


@dataclass(frozen=True, slots=True)
class Proof:
    """A triple, in IRIs and in words, and why it is in the graph.

    `rule`, `label` and `example` are those of the rule that gives an inferred one, `premises` what it follows from, `times` when
    it holds as far as its premises agree.
    """

    triple: ox.Triple
    words: tuple[str, str, str]
    kind: Kind
    rule: str = ""
    label: str = ""
    example: str = ""
    times: tuple[str, ...] = ()
    premises: tuple[Proof, ...] = ()

    def leaves(self) -> Iterator[Proof]:
        """The triples on which it rests in the end."""
        if not self.premises:
            yield self
        for premise in self.premises:
            yield from premise.leaves()


class Proofs:
    """The proofs of a dataset."""

    def __init__(self, store: Store, names: Names) -> None:
        self._store, self._names = store, names
        self._labels: dict[object, str] = {}

    def meant(self, text: str) -> frozenset[str]:
        """The IRIs that a text means: an IRI, a prefixed name, or a label or alias in any case."""
        prefix, colon, local = text.partition(":")
        namespace = self._names.prefixes().get(prefix) if colon else None
        found = {text} if "://" in text else {namespace + local} if namespace is not None else set()
        folded = ox.Literal(text.casefold())
        rows = self._store.query(
            f"SELECT DISTINCT ?x WHERE {{ ?x rdfs:label|skos:altLabel ?name FILTER (LCASE(STR(?name)) = {folded}) }}"
        )
        return frozenset(found | {row["x"].value for row in rows if isinstance(row["x"], ox.NamedNode)})

    def find(
        self, subjects: Iterable[str] | None, predicates: Iterable[str] | None, objects: Iterable[str] | None
    ) -> list[ox.Triple]:
        """The inferred triples between these IRIs, sorted; None is any. Classes are found where rdf:type is named."""
        chosen = " ".join(
            f"VALUES ?{name} {{ {' '.join(str(ox.NamedNode(iri)) for iri in sorted(iris) if _is_iri(iri))} }}"
            for name, iris in (("s", subjects), ("p", predicates), ("o", objects))
            if iris is not None
        )
        pattern = "GRAPH graph:proofs { ?node a kg:Inference ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
        if predicates is not None and TYPE.value in set(predicates):
            pattern = f"{{ {pattern} }} UNION {{ GRAPH graph:inferred {{ ?s a ?o }} BIND (rdf:type AS ?p) }}"
        rows = self._store.query(f"SELECT DISTINCT ?s ?p ?o WHERE {{ {chosen} {pattern} }}")
        return sorted((ox.Triple(row["s"], row["p"], row["o"]) for row in rows), key=str)

    def of(self, triple: ox.Triple) -> Proof:
        """The proof of a triple; a triple that is not inferred is its own."""
        graphs = self._graphs(triple)
        words = self.label(triple.subject), self.label(triple.predicate), self.label(triple.object)
        node = self._names.fact(triple)
        rows = list(
            self._store.query(
                "SELECT ?rule ?label ?example WHERE { GRAPH graph:proofs "
                f"{{ {node} kg:inferredBy ?rule . ?rule rdfs:label ?label OPTIONAL {{ ?rule rdfs:comment ?example }} }} }}"
            )
        )
        if "inferred" in graphs and rows:
            [row, *_] = rows
            rule = row["rule"].value.removeprefix(f"{self._names.base}rule/")
            example = row["example"].value if row["example"] else ""
            premises = tuple(self.of(premise) for premise in self._premises(node))
            return Proof(triple, words, "inferred", rule, row["label"].value, example, self._times(node), premises)
        if "inferred" in graphs:
            premises = tuple(self.of(premise) for premise in self._memberships(triple))
            return Proof(triple, words, "inferred", "class", MEMBERSHIP, premises=premises)
        kinds: tuple[tuple[str, Kind], ...] = (("facts", "fact"), ("linked", "linked"), ("ontology", "ontology"))
        return Proof(triple, words, next((kind for graph, kind in kinds if graph in graphs), "unknown"))

    def label(self, term: object) -> str:
        """The name of a thing in words; a term's short name where it has none."""
        if term not in self._labels:
            self._labels[term] = self._label(term)
        return self._labels[term]

    def _label(self, term: object) -> str:
        if isinstance(term, ox.NamedNode) and term in _WORDS:
            return _WORDS[term]
        if isinstance(term, ox.NamedNode):
            said = f"{term} {LABEL} ?name"
            rows = self._store.query(
                f"SELECT ?name WHERE {{ {{ {said} }} UNION {{ GRAPH graph:ontology {{ {said} }} }} }}"
            )
            if names := sorted(str(row["name"].value) for row in rows):
                return names[0]
        return self._store.short(term)

    def _graphs(self, triple: ox.Triple) -> set[str]:
        rows = self._store.query(
            f"SELECT ?g WHERE {{ GRAPH ?g {{ {triple.subject} {triple.predicate} {triple.object} }} }}"
        )
        return {row["g"].value.removeprefix(f"{self._names.base}graph/") for row in rows}

    def _premises(self, node: ox.NamedNode) -> Sequence[ox.Triple]:
        rows = self._store.query(
            f"SELECT ?s ?p ?o WHERE {{ GRAPH graph:proofs {{ {node} kg:premise "
            "[ rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ] } }"
        )
        return sorted((ox.Triple(row["s"], row["p"], row["o"]) for row in rows), key=str)

    def _times(self, node: ox.NamedNode) -> tuple[str, ...]:
        rows = self._store.query(f"SELECT ?time WHERE {{ GRAPH graph:proofs {{ {node} kg:time ?time }} }}")
        return tuple(sorted(row["time"].value for row in rows))

    def _memberships(self, triple: ox.Triple) -> list[ox.Triple]:
        """The class that a fact gives, and the steps of the ontology from there to a class above."""
        told = f"{{ {triple.subject} a ?class }}"
        rows = self._store.query(
            f"SELECT DISTINCT ?class WHERE {{ {{ GRAPH graph:facts {told} }} UNION {{ GRAPH graph:linked {told} }} UNION "
            f"{{ GRAPH graph:proofs {{ [] a kg:Inference ; rdf:subject {triple.subject} ; rdf:predicate rdf:type ; "
            f"rdf:object ?class }} }} GRAPH graph:ontology {{ ?class rdfs:subClassOf+ {triple.object} }} }}"
        )
        given = sorted((row["class"] for row in rows), key=str)
        if not given:
            return []
        steps = self._store.query(
            f"SELECT DISTINCT ?lower ?upper WHERE {{ GRAPH graph:ontology {{ {given[0]} rdfs:subClassOf* ?lower . "
            f"?lower rdfs:subClassOf ?upper . ?upper rdfs:subClassOf* {triple.object} }} }}"
        )
        axioms = sorted((ox.Triple(row["lower"], SUBCLASS, row["upper"]) for row in steps), key=str)
        return [ox.Triple(triple.subject, TYPE, given[0]), *axioms]


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return not set(text) & set(' <>"{}|\\^`')
