"""What follows from the facts: rules in SPARQL files, run until nothing new follows; each conclusion names rule and premises.

Comes in: the triples of the graph `facts`, the ontology, and the rules of `ontology/rules`. Goes out: inferences, and the quads
of the graphs `inferred` (what follows) and `proofs` (why). A rule sees facts, what rules gave before, and the ontology; it sees
no article's graph, so that no claim becomes a fact by inference that is not one already.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.lexicon import ONTOLOGY, Knowledge
from kg.rdf import LABEL, OBJECT, PREDICATE, SUBJECT, TYPE, Names, kg, text_literal, time_literal

SUBCLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
COMMENT = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
TIME, BY_RULE, PREMISE = kg("time"), kg("inferredBy"), kg("premise")

Term = ox.NamedNode | ox.Literal

# A graph that grows beyond this is taken for a rule without an end, or one that joins everything with everything.
MAX_ROUNDS = 1000
MAX_GROWTH = 5
MAX_SMALL = 1_000_000

Slot = ox.Variable | ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern of a rule. `axiom` is one that reads the ontology, `sure` one that no OPTIONAL or UNION loosens."""

    subject: Slot
    predicate: Slot
    object: Slot
    axiom: bool = False
    sure: bool = True

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object} ."

    def bind(self, solution: ox.QuerySolution) -> ox.Triple | None:
        """The triple of one solution, or None where a variable has no value or the value cannot stand there."""
        subject, predicate, value = (
            solution[slot.value] if isinstance(slot, ox.Variable) else slot
            for slot in (self.subject, self.predicate, self.object)
        )
        if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode):
            if isinstance(value, ox.NamedNode | ox.Literal):
                return ox.Triple(subject, predicate, value)
        return None


@dataclass(frozen=True)
class Rule:
    """A rule file: its name, the two lines of comment at its head, and its CONSTRUCT as a query for premises."""

    name: str
    label: str
    example: str
    where: str
    query: str
    conclusions: tuple[Pattern, ...]
    premises: tuple[Pattern, ...]

    @cached_property
    def reads(self) -> frozenset[str] | None:
        """The predicates whose new triples can make the rule give more; None where a variable may be any."""
        named = [p.predicate for p in self.premises if not p.axiom]
        return frozenset(p.value for p in named) if all(isinstance(p, ox.NamedNode) for p in named) else None


@dataclass(frozen=True, slots=True)
class Inference:
    """A triple that follows, the name of the rule that gives it, and the triples that it follows from."""

    conclusion: ox.Triple
    rule: str
    premises: tuple[ox.Triple, ...]


@dataclass(frozen=True, slots=True)
class Inferred:
    """What follows from some facts.

    `inferences` stand in the order in which they were found: premises before what follows from them. `memberships` are the
    classes above a thing's class; they need no proof of their own (see `why_member`).
    """

    inferences: tuple[Inference, ...]
    memberships: tuple[ox.Triple, ...]

    def triples(self) -> Iterator[ox.Triple]:
        yield from (inference.conclusion for inference in self.inferences)
        yield from self.memberships


# ---- reading rules


def load_rules(knowledge: Knowledge, names: Names) -> tuple[Rule, ...]:
    """The rules of an ontology folder, in the order of their names.

    Raises:
        OntologyError: a file is no rule; the message names file and line.
    """
    return tuple(read_rule(path, knowledge, names) for path in sorted((knowledge.folder / "rules").glob("*.rq")))


def read_rule(path: Path, knowledge: Knowledge, names: Names) -> Rule:
    """Read one rule: `CONSTRUCT { conclusion } WHERE { premises }` below a comment that says what it means.

    Raises:
        OntologyError: not SPARQL, no CONSTRUCT, an undeclared term, or something whose premises could not be named.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"cannot be read: {error}", where=str(path), hint="a rule is a UTF-8 text file") from error
    masked = _masked(text)
    _refuse_words(masked, path)
    head = _CONSTRUCT.search(masked)
    if head is None:
        raise OntologyError("no CONSTRUCT { … } WHERE { … }", where=f"{path}:1", hint="docs/rules.md has examples")
    end = _closing(masked, head.end())
    prefixes = names.prefixes()
    _check_syntax(text, path, prefixes)
    if rest := masked[end + 1 :].strip():
        line = _line(masked, masked.index(rest, end))
        raise OntologyError("something follows WHERE { … }", where=f"{path}:{line}", hint="take it away")
    _check_terms(text, masked, path, prefixes, knowledge)
    conclusions, premises = _patterns(text, path, prefixes, names.graph("ontology"))
    unknown = " || ".join(f"NOT EXISTS {{ {pattern} }}" for pattern in conclusions)
    comments = [line.lstrip("# ").rstrip() for line in text.splitlines() if line.startswith("#")]
    return Rule(
        name=path.stem,
        label=comments[0] if comments else path.stem.replace("_", " "),
        example=comments[1] if len(comments) > 1 else "",
        where=str(path),
        # Only what is not known yet comes back: the store does the work, and each round costs what is new.
        query=f"{text[: head.start()]}SELECT DISTINCT * WHERE {{ {{{text[head.end() : end]}\n}} FILTER ({unknown}) }}",
        conclusions=conclusions,
        premises=premises,
    )


_HIDDEN = re.compile(
    r"\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*"
)
_CONSTRUCT = re.compile(r"\bCONSTRUCT\s*\{[^{}]*\}\s*(?:WHERE\s*)?\{", re.IGNORECASE)
_WORD = re.compile(r"[?$:]?\b[A-Za-z_][\w-]*:?")
_NAME = re.compile(r"(?<![\w?$:-])([A-Za-z][\w-]*)?:([\w-]+)|<([^<>\s]*)>")
_PREFIX = re.compile(r"\bPREFIX\s+([\w-]*):\s*<([^<>]*)>", re.IGNORECASE)

_REFUSED: Mapping[str, str] = {
    "service": "asks another server; rules stay on this machine",
    "from": "names a graph; a rule reads the facts, and the ontology by GRAPH graph:ontology",
    "select": "begins a subquery, whose premises could not be named",
    "limit": "takes some answers and leaves others",
    "offset": "takes some answers and leaves others",
    "rand": "would give another graph each time",
    "now": "would give another graph each time",
    "uuid": "would give another graph each time",
    "struuid": "would give another graph each time",
    "bnode": "makes a node without a name",
}
"""Words of SPARQL that a rule must not use, and why."""


def _masked(text: str) -> str:
    """The text with strings, IRIs and comments blanked out, character for character."""
    return _HIDDEN.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _closing(masked: str, start: int) -> int:
    """The offset of the brace that closes the group opened before `start`; the end where none does."""
    depth = 1
    for found in re.finditer(r"[{}]", masked[start:]):
        depth += 1 if found.group() == "{" else -1
        if depth == 0:
            return start + found.start()
    return len(masked)


def _refuse_words(masked: str, path: Path) -> None:
    for found in _WORD.finditer(masked):
        why = _REFUSED.get(found.group().casefold())
        if why:
            where = f"{path}:{_line(masked, found.start())}"
            raise OntologyError(f"{found.group()} {why}", where=where, hint="docs/rules.md says what a rule may use")


def _check_syntax(text: str, path: Path, prefixes: Mapping[str, str]) -> None:
    try:
        ox.Store().query(text, prefixes=dict(prefixes))
    except (SyntaxError, ValueError) as error:
        at = re.search(r"error at (\d+):", str(error))
        said = " ".join(str(error).split()).partition(": expected one of")[0]
        if "Prefix not found" in str(error):
            said += ": a prefix is not known"
        where = f"{path}:{at.group(1)}" if at else str(path)
        raise OntologyError(f"not valid SPARQL: {said}", where=where, hint="correct the file") from error


def _check_terms(text: str, masked: str, path: Path, prefixes: Mapping[str, str], knowledge: Knowledge) -> None:
    """Every term of kg that the rule names is declared."""
    known = {**prefixes, **dict(_PREFIX.findall(text))}
    # Strings and comments stay blank, but IRIs are read.
    shown = _HIDDEN.sub(lambda m: m.group() if m.group()[0] == "<" else re.sub(r"[^\n]", " ", m.group()), text)
    for found in _NAME.finditer(shown):
        iri = found.group(3) if found.group(2) is None else known.get(found.group(1) or "", "") + found.group(2)
        name = iri.removeprefix(ONTOLOGY)
        if iri.startswith(ONTOLOGY) and name and name not in knowledge.labels:
            near = difflib.get_close_matches(name, knowledge.labels, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "declare it in a .ttl file of the ontology folder"
            where = f"{path}:{_line(shown, found.start())}"
            raise OntologyError(f"unknown term {name!r}: the ontology does not declare it", where=where, hint=hint)


def _patterns(
    text: str, path: Path, prefixes: Mapping[str, str], ontology: ox.NamedNode
) -> tuple[tuple[Pattern, ...], tuple[Pattern, ...]]:
    """What a rule concludes, and every triple pattern that a solution of it rests on."""
    # pyoxigraph does not show how it reads a query; rdflib does. Imported here, for only a build needs it.
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    def fail(what: str, hint: str = "docs/rules.md says what a rule may use") -> OntologyError:
        return OntologyError(what, where=str(path), hint=hint)

    def slot(term: Any) -> Slot:
        import rdflib

        if isinstance(term, rdflib.Variable):
            return ox.Variable(str(term))
        if isinstance(term, rdflib.URIRef):
            return ox.NamedNode(str(term))
        if isinstance(term, rdflib.Literal):
            if term.language:
                return ox.Literal(str(term), language=term.language)
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
        if isinstance(term, rdflib.BNode):
            raise fail("[ ] and _: have no name, so no premise could name it", "write a variable instead")
        raise fail(
            f"the path {term.n3()} hides its steps", "write one triple for each step; rules repeat by themselves"
        )

    def walk(node: Any, *, sure: bool, axiom: bool) -> Iterator[Pattern]:
        kind = node.name
        if kind == "BGP":
            for triple in node.triples:
                yield Pattern(*(slot(term) for term in triple), axiom=axiom, sure=sure)
        elif kind == "Graph":
            if str(node.term) != ontology.value:
                raise fail("GRAPH names another graph than graph:ontology", "plain patterns read the facts")
            yield from walk(node.p, sure=sure, axiom=True)
        elif kind in {"Filter", "Extend", "Project", "Distinct"}:
            if kind == "Filter" and _has_exists(node.expr):
                raise fail("FILTER EXISTS hides a premise", "write its patterns without FILTER EXISTS")
            yield from walk(node.p, sure=sure, axiom=axiom)
        elif kind == "Minus":
            yield from walk(node.p1, sure=sure, axiom=axiom)
        elif kind in {"Join", "LeftJoin", "Union"}:
            yield from walk(node.p1, sure=sure and kind != "Union", axiom=axiom)
            yield from walk(node.p2, sure=sure and kind == "Join", axiom=axiom)
        elif kind not in {"ToMultiSet", "values"}:
            raise fail(f"{kind} is not for rules")

    try:
        algebra = translateQuery(parseQuery(text), initNs=dict(prefixes)).algebra
    except Exception as error:
        said = " ".join(str(error).split())[:160]
        raise fail(f"cannot be read as SPARQL 1.1: {said}") from error
    conclusions = tuple(Pattern(*(slot(term) for term in triple)) for triple in algebra.template)
    premises = tuple(dict.fromkeys(walk(algebra.p, sure=True, axiom=False)))
    if not any(not pattern.axiom for pattern in premises):
        raise fail("WHERE has no pattern over the facts", "a rule concludes from facts")
    bound = {str(variable) for variable in algebra.p.PV}
    for pattern in conclusions:
        for term in (pattern.subject, pattern.predicate, pattern.object):
            if isinstance(term, ox.Variable) and term.value not in bound:
                raise fail(f"CONSTRUCT has {term}, which WHERE does not bind", "use the same name in both")
    return conclusions, premises


def _has_exists(expression: Any) -> bool:
    """Whether a filter's expression asks for EXISTS (not NOT EXISTS), however deep."""
    if getattr(expression, "name", "") == "Builtin_EXISTS":
        return True
    if getattr(expression, "name", "") == "Builtin_NOTEXISTS":
        return False
    inner = expression.values() if isinstance(expression, dict) else expression if isinstance(expression, list) else ()
    return any(_has_exists(each) for each in inner)


# ---- running them


def infer(
    facts: Iterable[ox.Triple], axioms: Iterable[ox.Triple], rules: Iterable[Rule], knowledge: Knowledge, names: Names
) -> Inferred:
    """Run rules over facts until nothing new follows.

    All rules of a round see the same triples. Of several ways to one conclusion the one of the earliest round is kept, and of
    these the first by rule and premises, so that the proof is short, has no circle, and is the same for every order of input.

    Args:
        facts: the triples that rules may use.
        axioms: the triples of the ontology, which rules read by `GRAPH graph:ontology`.

    Raises:
        OntologyError: the rules do not come to an end.
    """
    rules, graph = tuple(rules), ox.DefaultGraph()
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object, names.graph("ontology")) for t in axioms)
    news = list(facts)
    limit = MAX_SMALL + MAX_GROWTH * len(news)
    inferences: list[Inference] = []
    memberships: list[ox.Triple] = []
    for _ in range(MAX_ROUNDS):
        store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in news)
        above = _memberships(news, store, knowledge)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in above)
        memberships += above
        changed = {t.predicate.value for t in news} | ({TYPE.value} if above else set())
        found = _round(
            (r for r in rules if r.reads is None or r.reads & changed), store, names, limit - len(inferences)
        )
        if not found:
            return Inferred(tuple(inferences), tuple(sorted(memberships, key=str)))
        inferences += found
        news = [inference.conclusion for inference in found]
    raise _endless(found, rules)


def _round(rules: Iterable[Rule], store: ox.Store, names: Names, limit: int) -> list[Inference]:
    """What all rules give at once, each conclusion with its first derivation, sorted."""
    best: dict[ox.Triple, Inference] = {}
    asked = tuple(rules)
    for rule in asked:
        for inference in _derivations(rule, store, names):
            known = best.get(inference.conclusion)
            if known is None or _order(inference) < _order(known):
                best[inference.conclusion] = inference
                if len(best) > limit:
                    raise _endless(best.values(), asked)
    return sorted(best.values(), key=lambda inference: str(inference.conclusion))


def _derivations(rule: Rule, store: ox.Store, names: Names) -> Iterator[Inference]:
    default, ontology = ox.DefaultGraph(), names.graph("ontology")

    def holds(triple: ox.Triple, graph: ox.DefaultGraph | ox.NamedNode) -> bool:
        return ox.Quad(triple.subject, triple.predicate, triple.object, graph) in store

    solutions: Any = store.query(rule.query, prefixes=names.prefixes())
    for solution in solutions:
        bound = ((pattern, pattern.bind(solution)) for pattern in rule.premises)
        premises = tuple(
            triple
            for pattern, triple in bound
            if triple is not None and (pattern.sure or holds(triple, ontology if pattern.axiom else default))
        )
        for pattern in rule.conclusions:
            conclusion = pattern.bind(solution)
            if conclusion is not None and not (len(rule.conclusions) > 1 and holds(conclusion, default)):
                yield Inference(conclusion, rule.name, premises)


def _order(inference: Inference) -> tuple[str, tuple[str, ...]]:
    return inference.rule, tuple(str(premise) for premise in inference.premises)


def _memberships(triples: Iterable[ox.Triple], store: ox.Store, knowledge: Knowledge) -> list[ox.Triple]:
    """The classes above the classes that some triples give."""
    found: dict[ox.Triple, None] = {}
    for triple in triples:
        if triple.predicate == TYPE and isinstance(triple.object, ox.NamedNode):
            for parent in knowledge.superclasses.get(triple.object.value.removeprefix(ONTOLOGY), ()):
                above = ox.Triple(triple.subject, TYPE, kg(parent))
                if ox.Quad(above.subject, above.predicate, above.object, ox.DefaultGraph()) not in store:
                    found[above] = None
    return list(found)


def _endless(found: Iterable[Inference], rules: Iterable[Rule]) -> OntologyError:
    [(most, _)] = Counter(inference.rule for inference in found).most_common(1)
    where = next(rule.where for rule in rules if rule.name == most)
    return OntologyError(
        "the rules do not come to an end: this one still gives new triples",
        where=where,
        hint="let its CONSTRUCT make no new values, and join its patterns by shared variables",
    )


# ---- as quads


def inferred_quads(inferred: Inferred, names: Names) -> Iterator[ox.Quad]:
    """The graph `inferred`: plain triples."""
    graph = names.graph("inferred")
    for triple in inferred.triples():
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def proof_quads(
    inferred: Inferred, rules: Iterable[Rule], times: Mapping[ox.Triple, frozenset[str]], names: Names
) -> Iterator[ox.Quad]:
    """The graph `proofs`: each inference as a node with its rule and premises, the premises as nodes, the rules used.

    Args:
        times: when a fact is said to hold or an event to happen; an inference takes over what its premises agree on.
    """
    graph = names.graph("proofs")
    known = dict(times)
    stated: set[ox.Triple] = {inference.conclusion for inference in inferred.inferences}
    for inference in inferred.inferences:
        node = names.fact(inference.conclusion)
        yield from _statement(inference.conclusion, node, kg("Inference"), graph)
        yield ox.Quad(node, BY_RULE, names.rule(inference.rule), graph)
        for premise in inference.premises:
            yield ox.Quad(node, PREMISE, names.fact(premise), graph)
            if premise not in stated:
                stated.add(premise)
                yield from _statement(premise, names.fact(premise), kg("Fact"), graph)
        if when := agreed_times(known.get(premise, frozenset()) for premise in inference.premises):
            known[inference.conclusion] = when
            for time in sorted(when):
                yield ox.Quad(node, TIME, time_literal(time), graph)
    used = {inference.rule for inference in inferred.inferences}
    for rule in rules:
        if rule.name in used:
            node = names.rule(rule.name)
            yield ox.Quad(node, TYPE, kg("Rule"), graph)
            yield ox.Quad(node, LABEL, text_literal(rule.label), graph)
            if rule.example:
                yield ox.Quad(node, COMMENT, text_literal(rule.example), graph)


def agreed_times(times: Iterable[frozenset[str]]) -> frozenset[str]:
    """The times that all premises share which have any; none where they differ, for then nobody says when it held.

    >>> sorted(agreed_times([frozenset({"2019"}), frozenset()]))
    ['2019']
    >>> agreed_times([frozenset({"2019"}), frozenset({"2021"})])
    frozenset()
    """
    told = [each for each in times if each]
    return frozenset.intersection(*told) if told else frozenset()


def _statement(triple: ox.Triple, node: ox.NamedNode, cls: ox.NamedNode, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    yield ox.Quad(node, TYPE, cls, graph)
    yield ox.Quad(node, SUBJECT, triple.subject, graph)
    yield ox.Quad(node, PREDICATE, triple.predicate, graph)
    yield ox.Quad(node, OBJECT, triple.object, graph)
