"""Whether a graph is as it should be: claims that cannot be true of what they name, and SHACL shapes with a readable report.

Comes in: claims with their entities' classes, or the quads of a graph or file. Goes out: the reasons why a claim is kept out of
the facts, and a report of what breaks which shape and how to repair it. Nothing is repaired here.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import InputError, OntologyError
from kg.lexicon import ONTOLOGY, Knowledge, Property
from kg.model import Entity, Extraction, ResolvedClaim, chain_key
from kg.rdf import (
    DERIVED_FROM,
    LABEL,
    OBJECT,
    OWL,
    PREDICATE,
    SUBJECT,
    TYPE,
    XSD,
    Names,
    claim_object,
    kg,
    predicate_label,
    text_literal,
)
from kg.store import serialize

if TYPE_CHECKING:
    import rdflib

SHAPES = "https://example.org/kg/shapes#"

# ---- the quarantine


def known_types(extractions: Iterable[Extraction], entity_of: Mapping[str, Entity]) -> dict[str, frozenset[str]]:
    """Entity IRI -> every class that it or any of its mentions was taken for.

    A class is a guess, and articles guess differently: a claim is wrong only where it fits none of the guesses.
    """
    found: dict[str, set[str]] = {}
    for extraction in extractions:
        for mention in extraction.mentions:
            entity = entity_of[chain_key(mention)]
            found.setdefault(entity.iri, {entity.type}).add(mention.type)
    return {iri: frozenset(types) for iri, types in sorted(found.items())}


def misfits(
    claims: Iterable[ResolvedClaim], types: Mapping[str, frozenset[str]], knowledge: Knowledge
) -> dict[str, tuple[str, ...]]:
    """The claims that cannot be facts: claim id -> why its subject or object is nothing that its property takes.

    A class is wrong only where the ontology declares it disjoint with the domain or range, or with a class above it. A class
    the ontology does not know, a wider one, and a thing named by a text alone fit everything. And nothing meets, is married to
    or lies in itself: a symmetric or transitive property takes two things.

    Args:
        types: entity IRI -> the classes it may have (see `known_types`).
    """
    found: dict[str, tuple[str, ...]] = {}
    for claim in claims:
        declared = knowledge.properties.get(claim.predicate)
        reasons = tuple(_reasons(claim, declared, types, knowledge)) if declared else ()
        if reasons:
            found[claim.id] = reasons
    return found


def _reasons(
    claim: ResolvedClaim, declared: Property, types: Mapping[str, frozenset[str]], knowledge: Knowledge
) -> Iterator[str]:
    says = predicate_label(declared.name, knowledge)
    sides = [("subject", claim.subject, claim.subject_iri, claim.subject_type, declared.domain)]
    if claim.object_iri is not None:
        sides.append(("object", claim.object, claim.object_iri, claim.object_type or "", declared.range))
    for side, name, iri, cls, wanted in sides:
        if wanted.startswith(XSD):
            yield f"“{says}” takes a value ({wanted.removeprefix(XSD)}) as {side}; {name} is a thing"
        elif wanted and all(knowledge.excludes(each, wanted) for each in types.get(iri, {cls})):
            given = " or ".join(sorted(_a(knowledge.label(each)) for each in types.get(iri, {cls})))
            yield f"“{says}” takes {_a(knowledge.label(wanted))} as {side}; {name} is {given}"
    if claim.object_iri == claim.subject_iri and (declared.symmetric or declared.transitive):
        yield f"nothing can be “{says}” itself"
    if claim.object_iri is None and declared.range in _NUMBERS and XSD + (claim.datatype or "string") not in _NUMBERS:
        yield f"“{says}” takes a number as object; “{claim.object}” is none"


_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "nonNegativeInteger"))


def quarantine_quads(
    claims: Iterable[ResolvedClaim], reasons: Mapping[str, tuple[str, ...]], names: Names
) -> Iterator[ox.Quad]:
    """The graph `quarantine`: each claim that gives no fact because it cannot be true, with the reasons."""
    graph = names.graph("quarantine")
    for claim in claims:
        if claim.id in reasons:
            node = names.claim(claim.id)
            yield ox.Quad(node, TYPE, kg("Claim"), graph)
            yield ox.Quad(node, DERIVED_FROM, names.article(claim.article), graph)
            yield ox.Quad(node, SUBJECT, ox.NamedNode(claim.subject_iri), graph)
            yield ox.Quad(node, PREDICATE, ox.NamedNode(claim.predicate_iri), graph)
            yield ox.Quad(node, OBJECT, claim_object(claim), graph)
            for reason in reasons[claim.id]:
                yield ox.Quad(node, kg("quarantinedBecause"), text_literal(reason), graph)


# ---- shapes


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that breaks a shape: where, what is wrong, and what to do about it.

    `focus`, `path` and `shape` are IRIs (`path` "" where it is no single property), `label` is the name of the focus, `value` the
    offending value as text.
    """

    focus: str
    label: str
    path: str
    value: str
    message: str
    shape: str
    severity: str
    repair: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A claim that was kept out of the facts, with the reasons."""

    claim: str
    label: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What breaks the shapes of a graph. A warning is a violation that still conforms; what is quarantined conforms too."""

    triples: int
    violations: tuple[Violation, ...]
    quarantined: tuple[Quarantined, ...] = ()

    @property
    def conforms(self) -> bool:
        return all(violation.severity != "violation" for violation in self.violations)


def shortener(names: Names) -> Callable[[str], str]:
    """A function that writes an IRI with a known prefix; any other text stays as it is.

    >>> shortener(Names())("https://example.org/kg/ontology#age")
    'kg:age'
    """
    prefixes = sorted({**names.prefixes(), "kgsh": SHAPES}.items(), key=lambda item: -len(item[1]))

    def short(text: str) -> str:
        return next((f"{p}:{text[len(ns) :]}" for p, ns in prefixes if text.startswith(ns)), text)

    return short


_SH = "http://www.w3.org/ns/shacl#"


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)


def report_as_json(report: ValidationReport) -> str:
    """The report as one JSON object, sorted."""
    data = {"conforms": report.conforms, **asdict(report)}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)


def report_as_turtle(report: ValidationReport) -> bytes:
    """The report as SHACL has it, a `sh:ValidationReport`, without blank nodes; terms that are no IRIs are its texts."""
    node = ox.NamedNode("urn:kg:report")
    triples = [
        ox.Triple(node, TYPE, _sh("ValidationReport")),
        ox.Triple(node, _sh("conforms"), ox.Literal(report.conforms)),
    ]
    for number, violation in enumerate(report.violations, 1):
        result = ox.NamedNode(f"urn:kg:report:{number}")
        triples += [
            ox.Triple(node, _sh("result"), result),
            ox.Triple(result, TYPE, _sh("ValidationResult")),
            ox.Triple(result, _sh("resultSeverity"), _sh(violation.severity.capitalize())),
            ox.Triple(result, _sh("resultMessage"), text_literal(violation.message)),
        ]
        triples += [
            ox.Triple(result, _sh(name), ox.NamedNode(value))
            for name, value in (
                ("focusNode", violation.focus),
                ("resultPath", violation.path),
                ("sourceShape", violation.shape),
            )
            if value.partition(":")[1]
        ]
        if violation.value:
            triples.append(ox.Triple(result, _sh("value"), text_literal(violation.value)))
        if violation.repair:
            triples.append(ox.Triple(result, ox.NamedNode(SHAPES + "repair"), text_literal(violation.repair)))
    return serialize(triples, "turtle", {"kg": ONTOLOGY, "kgsh": SHAPES, "sh": _SH})


def read_rdf(path: Path) -> Iterator[ox.Quad]:
    """The quads of an RDF file; its ending tells the format.

    Raises:
        InputError: no such file, an ending that no RDF format has, or a mistake in the file, with its line.
    """
    form = ox.RdfFormat.from_extension(path.suffix.lstrip(".")) if path.suffix else None
    if form is None:
        raise InputError(
            "is no RDF file by its name", where=str(path), hint="use .ttl, .nt, .nq, .trig, .rdf or .jsonld"
        )
    try:
        yield from ox.parse(path=str(path), format=form, base_iri=path.absolute().as_uri())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=str(path)) from error
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise InputError(f"is not valid RDF: {error}", where=f"{path}:{line}" if line else str(path)) from error


def validate_graph(
    quads: Iterable[ox.Quad], knowledge: Knowledge, names: Names, *, shapes: Sequence[Path] = ()
) -> ValidationReport:
    """Check a graph against the shapes of the ontology folder, further shape files, and the ontology's own words.

    Args:
        quads: the graph, all of its named graphs together.
        shapes: files beside `shapes.ttl` and `shapes/*.ttl` of the ontology folder.

    Raises:
        OntologyError: a file of shapes cannot be read or holds no valid shapes.
        InputError: raised through from `quads`.
    """
    # A memory copy in rdflib: on a graph that Oxigraph backs, pySHACL is fifty times slower.
    import rdflib
    from pyshacl import validate
    from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
    from rdflib import SH

    shape_graph = rdflib.Graph()
    files = [*_shape_files(knowledge.folder), *shapes]
    for path in files:
        _parse_shapes(path, shape_graph)
    words = _Words(knowledge)
    data, counted = _memory_copy(quads, _needed_terms(shape_graph), words, knowledge, names)
    try:
        _, results, _ = validate(
            data,
            shacl_graph=shape_graph,
            advanced=any((None, term, None) in shape_graph for term in (SH.rule, SH.target)),
            inplace=True,
        )
    except (ShapeLoadError, ConstraintLoadError, ReportableRuntimeError) as error:
        said = " ".join(str(getattr(error, "message", error)).split())[:300]
        where = ", ".join(str(path) for path in files)
        raise OntologyError(f"not valid SHACL: {said}", where=where, hint="correct the shape") from error
    if not isinstance(results, rdflib.Graph):
        raise OntologyError(f"not valid SHACL: {results}", where=", ".join(map(str, files)), hint="correct the shape")
    reader = _Reader(results, shape_graph, data)
    found = [*reader.violations(), *words.violations(reader)]
    return ValidationReport(counted, tuple(sorted(set(found), key=_violation_order)))


def _violation_order(violation: Violation) -> tuple[str, ...]:
    return violation.severity, violation.label, violation.focus, violation.path, violation.message, violation.value


def _shape_files(folder: Path) -> list[Path]:
    """The shapes that ship or were put in their place, and those that a user drops into the folder `shapes`."""
    return [path for path in (folder / "shapes.ttl", *sorted((folder / "shapes").glob("*.ttl"))) if path.is_file()]


def _parse_shapes(path: Path, graph: rdflib.Graph) -> None:
    try:
        # Oxigraph tells the line of a mistake; rdflib keeps what pySHACL reads.
        for _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            pass
        graph.parse(path, format="turtle")
    except OSError as error:
        raise OntologyError(f"cannot be read: {error.strerror or error}", where=str(path)) from error
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f"{path}:{line}" if line else str(path)
        raise OntologyError(f"not valid Turtle: {error}", where=where, hint="correct the file") from error


def _needed_terms(shapes: rdflib.Graph) -> frozenset[str] | None:
    """The predicates that shapes may look at; None where a shape can look at any."""
    from rdflib import RDF, RDFS, SH, URIRef

    if any((None, reach, None) in shapes for reach in (SH.select, SH.ask, SH.closed, SH.rule)):
        return None
    named = {str(term) for term in shapes.objects() if isinstance(term, URIRef)}
    return frozenset(named | {str(RDF.type), str(RDFS.label)})


class _Words:
    """How a graph uses the words of the ontology: undeclared ones, and properties of things that they cannot be true of."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._excluded = {
            wanted: frozenset(cls for cls in knowledge.superclasses if knowledge.excludes(cls, wanted))
            for wanted in sorted({each for p in knowledge.properties.values() for each in (p.domain, p.range)})
        }
        self._declared: set[str] = set()
        self._strange: dict[str, str] = {}
        self._types: dict[str, set[str]] = {}
        self._taken_for: dict[str, str] = {}
        self._refers: list[tuple[str, str]] = []
        self._uses: set[tuple[str, str, str, str, str]] = set()

    def read(self, quad: ox.Quad) -> None:
        node, value = str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))
        is_type = quad.predicate == TYPE
        if is_type and value.startswith(OWL):
            self._declared.add(node)
        elif is_type and value.startswith(ONTOLOGY):
            self._types.setdefault(node, set()).add(value.removeprefix(ONTOLOGY))
        elif quad.predicate == _REFERS_TO:
            self._refers.append((node, value))
        elif quad.predicate == _MENTION_TYPE:
            self._taken_for[node] = value
        for iri in (quad.predicate.value, value) if is_type else (quad.predicate.value,):
            if iri.startswith(ONTOLOGY) and iri.removeprefix(ONTOLOGY) not in self._knowledge.labels:
                self._strange[iri] = min(self._strange.get(iri, node), node)
        declared = self._knowledge.properties.get(quad.predicate.value.removeprefix(ONTOLOGY))
        if declared and self._excluded[declared.domain]:
            self._uses.add((node, declared.name, "subject", declared.domain, node))
        if declared and self._excluded[declared.range] and isinstance(quad.object, ox.NamedNode):
            self._uses.add((node, declared.name, "object", declared.range, value))

    def violations(self, reader: _Reader) -> Iterator[Violation]:
        for iri, at in self._strange.items():
            if iri not in self._declared:
                name = iri.removeprefix(ONTOLOGY)
                near = difflib.get_close_matches(name, self._knowledge.labels, n=1)
                hint = f"did you mean kg:{near[0]}?" if near else "declare it in a .ttl file of the ontology folder"
                yield reader.violation(at, iri, "", f"kg:{name} is no term of the ontology", "declared", hint)
        for mention, entity in self._refers:
            if mention in self._taken_for:
                self._types.setdefault(entity, set()).add(self._taken_for[mention])
        for node, name, side, wanted, filler in self._uses:
            types = self._types.get(filler, set())
            if types and types <= self._excluded[wanted]:
                says = f"“{predicate_label(name, self._knowledge)}” takes {_a(self._knowledge.label(wanted))} as {side}"
                given = " or ".join(sorted(_a(self._knowledge.label(each)) for each in types))
                hint = "correct the class or the triple, or widen the domain or range in the ontology"
                yield reader.violation(node, ONTOLOGY + name, filler, f"{says}, and this is {given}", "fits", hint)


_REFERS_TO, _MENTION_TYPE = kg("refersTo"), kg("mentionType")


def _a(label: str) -> str:
    return label if label == "people" else f"an {label}" if label[0] in "aeiou" else f"a {label}"


def _memory_copy(
    quads: Iterable[ox.Quad], needed: frozenset[str] | None, words: _Words, knowledge: Knowledge, names: Names
) -> tuple[rdflib.Graph, int]:
    """The triples that shapes look at, with the ontology's subclasses, and how many triples there were in all."""
    from rdflib import RDFS, Graph, URIRef

    graph, convert, counted = Graph(), _Terms(), 0
    ontology, inferred = names.graph("ontology"), names.graph("inferred")
    for quad in quads:
        counted += 1
        # What the ontology entails of a class need not be copied: pySHACL reads the subclasses themselves.
        if quad.graph_name == ontology or (quad.graph_name == inferred and quad.predicate == TYPE):
            continue
        words.read(quad)
        if needed is None or quad.predicate.value in needed:
            graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    for cls, above in knowledge.superclasses.items():
        for parent in above:
            graph.add((URIRef(ONTOLOGY + cls), RDFS.subClassOf, URIRef(ONTOLOGY + parent)))
    return graph, counted


class _Terms:
    """pyoxigraph's terms as rdflib's; names that come back are made once."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def __call__(self, term: object) -> Any:
        from rdflib import BNode, Literal, URIRef

        if isinstance(term, ox.NamedNode):
            found = self._known.get(term.value)
            if found is None:
                found = self._known[term.value] = URIRef(term.value)
            return found
        if isinstance(term, ox.Literal):
            datatype = None if term.language or term.datatype.value == XSD + "string" else URIRef(term.datatype.value)
            return Literal(term.value, lang=term.language, datatype=datatype)
        return BNode(term.value) if isinstance(term, ox.BlankNode) else Literal(str(term))


class _Reader:
    """Reads pySHACL's results into words."""

    def __init__(self, results: rdflib.Graph, shapes: rdflib.Graph, data: rdflib.Graph) -> None:
        self._results, self._shapes, self._data = results, shapes, data

    def label(self, term: object) -> str:
        from rdflib import RDFS, URIRef

        found = sorted(map(str, self._data.objects(term, RDFS.label))) if isinstance(term, URIRef) else []
        return found[0] if found else ""

    def violations(self) -> Iterator[Violation]:
        from rdflib import RDF, SH, BNode

        def text(term: object) -> str:
            return "" if term is None or isinstance(term, BNode) else str(term)

        results = self._results
        for node in results.subjects(RDF.type, SH.ValidationResult):
            shape, component = results.value(node, SH.sourceShape), results.value(node, SH.sourceConstraintComponent)
            focus, value = results.value(node, SH.focusNode), results.value(node, SH.value)
            yield Violation(
                focus=str(focus) if isinstance(focus, BNode) else text(focus),
                label=self.label(focus),
                path=text(results.value(node, SH.resultPath)),
                value="" if value == focus else text(value),
                message="; ".join(sorted(str(each) for each in results.objects(node, SH.resultMessage))),
                shape=text(shape),
                severity=str(results.value(node, SH.resultSeverity)).removeprefix(str(SH)).casefold(),
                repair=self._repair(shape, component),
            )

    def violation(self, focus: str, path: str, value: str, message: str, shape: str, repair: str) -> Violation:
        """What no shape of a file says: a violation of the ontology itself."""
        from rdflib import URIRef

        given = "" if value == focus else value
        return Violation(focus, self.label(URIRef(focus)), path, given, message, SHAPES + shape, "violation", repair)

    def _repair(self, *terms: Any) -> str:
        """The hint of the shape, or of the kind of constraint: `kgsh:repair` in the shapes says it."""
        from rdflib import URIRef

        hints = (self._shapes.value(term, URIRef(SHAPES + "repair")) for term in terms)
        return next((str(hint) for hint in hints if hint is not None), "")


def quarantined(quads: Iterable[ox.Quad], names: Names) -> tuple[Quarantined, ...]:
    """The claims of the graph `quarantine`, sorted."""
    reasons: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    because, graph, claims = kg("quarantinedBecause"), names.graph("quarantine"), f"{names.base}claim/"
    for quad in quads:
        node = getattr(quad.subject, "value", "")
        if quad.graph_name == graph and quad.predicate == because:
            reasons.setdefault(node, set()).add(str(getattr(quad.object, "value", "")))
        elif quad.predicate == LABEL and node.startswith(claims):
            labels[node] = str(getattr(quad.object, "value", ""))
    return tuple(Quarantined(node, labels.get(node, ""), tuple(sorted(why))) for node, why in sorted(reasons.items()))
