"""What follows from the facts: rules in SPARQL files, run until nothing new follows; each conclusion names rule and premises.

Comes in: the triples of the graph `facts`, the ontology, and the rules of `ontology/rules`. Goes out: inferences, and the quads
of the graphs `inferred` (what follows) and `proofs` (why). A rule sees facts, what rules gave before, and the ontology; it sees
no article's graph, so that no claim becomes a fact by inference that is not one already.
"""

from __future__ import annotations

import difflib
import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.lexicon import ONTOLOGY, Knowledge
from kg.model import FACTUAL, ResolvedClaim
from kg.rdf import LABEL, OBJECT, PREDICATE, RDFS, SUBJECT, TYPE, Names, fact_triple, kg, text_literal, time_literal
from kg.sparql import Token, tokens

COMMENT = ox.NamedNode(RDFS + "comment")
TIME, BY_RULE, PREMISE = kg("time"), kg("inferredBy"), kg("premise")

Term = ox.NamedNode | ox.Literal

# A graph that grows beyond this is taken for a rule without an end, or one that joins everything with everything.
MAX_ROUNDS = 1000
MAX_GROWTH = 5
MAX_SMALL = 1_000_000

_PIECE = 200_000
_A = f"{TYPE}"

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


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule file: its name, the two lines of comment at its head, and its CONSTRUCT as a query for premises.

    `names` are the IRIs in its text, `asked` the variables that it has in the place of a predicate; `any_class` is one that
    asks for the class of something, whatever it be, or gives it one.
    """

    name: str
    label: str
    example: str
    where: str
    query: str
    body: int
    conclusions: tuple[Pattern, ...]
    premises: tuple[Pattern, ...]
    names: frozenset[str]
    asked: frozenset[str]
    any_class: bool

    def reads(self, predicates: frozenset[str]) -> bool:
        """Whether new triples of these predicates can make the rule give more."""
        named = [p.predicate for p in self.premises if not p.axiom]
        return any(isinstance(p, ox.Variable) or p.value in predicates for p in named)

    def queries(self, news: ox.NamedNode) -> tuple[str, ...]:
        """Queries for what follows with the help of at least one triple of the graph `news`, beside all others."""
        facts = [pattern for pattern in self.premises if not pattern.axiom]
        if not all(pattern.sure for pattern in facts):
            return (self.query,)
        # A pattern once more, over the news: the store begins there, so that a round costs what the one before gave.
        head, tail = self.query[: self.body], self.query[self.body :]
        return tuple(f"{head} GRAPH {news} {{ {pattern} }} {tail}" for pattern in facts)


@dataclass(frozen=True, slots=True)
class Inference:
    """A triple that follows, the name of the rule that gives it, and the triples that it follows from."""

    conclusion: ox.Triple
    rule: str
    premises: tuple[ox.Triple, ...]


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
    return _rule(path, text, names, frozenset(knowledge.labels))


@functools.lru_cache(maxsize=256)
def _rule(path: Path, text: str, names: Names, declared: frozenset[str]) -> Rule:
    """A rule from its text; read once however often a build asks for it."""
    found, prefixes = list(tokens(text)), names.prefixes()
    _refuse_words(found, text, path)
    begin, body, end = _parts(found, text, path)
    _check_syntax(text, path, prefixes)
    named = {iri: token for token, iri in _iris(found, prefixes)}
    _check_terms(named, text, path, declared)
    conclusions, premises, asked, any_class = _patterns(text, path, prefixes, names.graph("ontology"))
    unknown = " || ".join(f"NOT EXISTS {{ {pattern} }}" for pattern in conclusions)
    head = f"{text[:begin]}SELECT DISTINCT * WHERE {{ "
    comments = [line.lstrip("# ").rstrip() for line in text.splitlines() if line.startswith("#")]
    return Rule(
        name=path.stem,
        label=comments[0] if comments else path.stem.replace("_", " "),
        example=comments[1] if len(comments) > 1 else "",
        where=str(path),
        # Only what is not known yet comes back: the store does the work, and each round costs what is new.
        query=f"{head}{{{text[body:end]}\n}} FILTER ({unknown}) }}",
        body=len(head),
        conclusions=conclusions,
        premises=premises,
        names=frozenset(named),
        asked=asked,
        any_class=any_class,
    )


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


def _where(path: Path, text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"{path}:{line}"


def _refuse_words(found: Sequence[Token], text: str, path: Path) -> None:
    for token in found:
        if token.says(*_REFUSED):
            what = f"{token.text} {_REFUSED[token.text.casefold()]}"
            raise OntologyError(
                what, where=_where(path, text, token.start), hint="docs/rules.md says what a rule may use"
            )


def _parts(found: Sequence[Token], text: str, path: Path) -> tuple[int, int, int]:
    """Where CONSTRUCT begins, and where what stands between the braces of WHERE begins and ends."""
    signs = [token for token in found if token.kind != "name"]
    start = next((i for i, token in enumerate(signs) if token.says("construct")), None)
    outer = [token for token in signs[start:] if token.depth == 0 and token.says("construct", "where", "{", "}")]
    shape = " ".join(token.text.casefold() for token in outer[:6])
    if start is None or not shape.startswith(("construct { } where { }", "construct { } { }")):
        raise OntologyError("no CONSTRUCT { … } WHERE { … }", where=f"{path}:1", hint="docs/rules.md has examples")
    opening, closing = [token for token in outer if token.text in "{}"][2:4]
    if later := next((token for token in found if token.start > closing.start), None):
        raise OntologyError("something follows WHERE { … }", where=_where(path, text, later.start), hint="take it away")
    return signs[start].start, opening.start + 1, closing.start


def _check_syntax(text: str, path: Path, prefixes: Mapping[str, str]) -> None:
    try:
        ox.Store().query(text, prefixes=dict(prefixes))
    except (SyntaxError, ValueError) as error:
        said = " ".join(str(error).split())
        at = re.search(r"error at (\d+):", said)
        unknown = ": a prefix is not known" if "Prefix not found" in said else ""
        what = f"not valid SPARQL: {said.partition(': expected one of')[0][:160]}{unknown}"
        raise OntologyError(
            what, where=f"{path}:{at.group(1)}" if at else str(path), hint="correct the file"
        ) from error


def _iris(found: Sequence[Token], prefixes: Mapping[str, str]) -> Iterator[tuple[Token, str]]:
    """The IRIs that a rule names, with where; the last place first."""
    declared = {
        name.text.removesuffix(":"): iri.text[1:-1]
        for word, name, iri in zip(found, found[1:], found[2:], strict=False)
        if word.says("prefix") and name.kind == "name" and iri.kind == "iri"
    }
    known = {**prefixes, **declared}
    for token in reversed(found):
        prefix, _, local = token.text.partition(":")
        if token.kind in {"name", "iri"}:
            yield token, known.get(prefix, "") + local if token.kind == "name" else token.text[1:-1]


def _check_terms(named: Mapping[str, Token], text: str, path: Path, declared: frozenset[str]) -> None:
    """Every term of kg that the rule names is declared."""
    for iri, token in sorted(named.items(), key=lambda item: item[1].start):
        name = iri.removeprefix(ONTOLOGY)
        if iri.startswith(ONTOLOGY) and name and name not in declared:
            near = difflib.get_close_matches(name, declared, n=1)
            raise OntologyError(
                f"unknown term {name!r}: the ontology does not declare it",
                where=_where(path, text, token.start),
                hint=f"did you mean {near[0]!r}?" if near else "declare it in a .ttl file of the ontology folder",
            )


def _patterns(
    text: str, path: Path, prefixes: Mapping[str, str], ontology: ox.NamedNode
) -> tuple[tuple[Pattern, ...], tuple[Pattern, ...], frozenset[str], bool]:
    """What a rule concludes, every triple pattern that a solution of it rests on, its variables for predicates, `any_class`."""
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
                subject, predicate, value = map(slot, triple)
                yield Pattern(subject, predicate, value, axiom=axiom, sure=sure)
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
    conclusions = tuple(Pattern(slot(s), slot(p), slot(o)) for s, p, o in algebra.template)
    premises = tuple(dict.fromkeys(walk(algebra.p, sure=True, axiom=False)))
    if not any(not pattern.axiom for pattern in premises):
        raise fail("WHERE has no pattern over the facts", "a rule concludes from facts")
    bound = {str(variable) for variable in algebra.p.PV}
    for pattern in conclusions:
        for term in (pattern.subject, pattern.predicate, pattern.object):
            if isinstance(term, ox.Variable) and term.value not in bound:
                raise fail(f"CONSTRUCT has {term}, which WHERE does not bind", "use the same name in both")
    told = [*_triples(algebra), *algebra.template]
    asked = frozenset(name for name in map(_predicate_variable, told) if name)
    any_class = any(map(_asks_class, told)) or any(pattern.predicate == TYPE for pattern in conclusions)
    return conclusions, premises, asked, any_class


def _triples(node: Any) -> Iterator[Sequence[Any]]:
    """Every triple pattern below a node of the algebra, those of NOT EXISTS and MINUS too, which stand in a row."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node if isinstance(node, list) else ()):
        if key == "triples":
            yield from (each[i : i + 3] for each in value for i in range(0, len(each), 3))
        elif key != "_vars":
            yield from _triples(value)


def _predicate_variable(triple: Sequence[Any]) -> str | None:
    import rdflib
    from rdflib.paths import NegatedPath

    # What is none of some properties may be any other: like a variable that nothing binds.
    predicate = triple[1]
    return (
        str(predicate)
        if isinstance(predicate, rdflib.Variable)
        else "!"
        if isinstance(predicate, NegatedPath)
        else None
    )


def _asks_class(triple: Sequence[Any]) -> bool:
    """Whether a pattern asks for the class of something, or takes a path, which may."""
    import rdflib

    _, predicate, value = triple
    named = isinstance(predicate, rdflib.URIRef | rdflib.Variable)
    return not named or (str(predicate) == TYPE.value and isinstance(value, rdflib.Variable))


def _has_exists(expression: Any) -> bool:
    """Whether a filter's expression asks for EXISTS (not NOT EXISTS), however deep."""
    if getattr(expression, "name", "") == "Builtin_EXISTS":
        return True
    if getattr(expression, "name", "") == "Builtin_NOTEXISTS":
        return False
    inner = expression.values() if isinstance(expression, dict) else expression if isinstance(expression, list) else ()
    return any(_has_exists(each) for each in inner)


# ---- running them


def wanted_predicates(rules: Iterable[Rule], axioms: Iterable[ox.Quad]) -> frozenset[str] | None:
    """The predicates of the facts that some rules can look at, so that no others need be loaded; None where it may be any.

    Args:
        axioms: the graph `ontology`, which says what a variable for a predicate can be.
    """
    store = ox.Store()
    store.bulk_extend(axioms)
    found = {TYPE.value, TIME.value}
    for rule in rules:
        found |= rule.names
        for name in rule.asked:
            patterns = [p for p in rule.premises if p.axiom and ox.Variable(name) in (p.subject, p.object)]
            if not patterns:
                return None
            for pattern in patterns:
                solutions: Any = store.query(f"SELECT DISTINCT ?{name} WHERE {{ GRAPH ?g {{ {pattern} }} }}")
                found |= {str(solution[name].value) for solution in solutions}
    return frozenset(found)


def wanted_classes(
    rules: Iterable[Rule], predicates: frozenset[str] | None, axioms: Iterable[ox.Quad]
) -> frozenset[str] | None:
    """The classes that some rules ask for; None where it may be any.

    Args:
        predicates: what `wanted_predicates` gives.
        axioms: the graph `ontology`; where it speaks of `rdf:type`, a variable for a predicate may be that.
    """
    rules = tuple(rules)
    if predicates is None or any(rule.any_class for rule in rules):
        return None
    if any(TYPE in (axiom.subject, axiom.object) for axiom in axioms):
        return None
    return frozenset[str]().union(*(rule.names for rule in rules))


def premise_lines(
    lines: Iterable[str], predicates: frozenset[str] | None, classes: frozenset[str] | None, knowledge: Knowledge
) -> Iterator[str]:
    """Of some lines of N-Triples, those that rules can look at: with these predicates, and of the types those in or below these classes."""
    below = {
        f"{kg(cls)}": classes is None or not classes.isdisjoint(kg(each).value for each in (cls, *above))
        for cls, above in knowledge.superclasses.items()
    }
    for line in lines:
        _, predicate, rest = line.split(" ", 2)
        if predicates is not None and predicate[1:-1] not in predicates:
            continue
        if predicate != _A or below.get(rest[:-3], True):
            yield line


def class_lines(lines: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """The classes above those that sorted lines of N-Triples give, as such lines, where they do not give these too."""
    above = {
        f"{kg(cls)}": tuple(f"{kg(each)}" for each in each_above) for cls, each_above in knowledge.superclasses.items()
    }
    typed = (line.split(" ", 2) for line in lines)
    for subject, group in itertools.groupby((parts for parts in typed if parts[1] == _A), key=lambda parts: parts[0]):
        told = [rest[:-3] for _, _, rest in group]
        wider = {each for cls in told for each in above.get(cls, ())}
        yield from (f"{subject} {_A} {cls} .\n" for cls in sorted(wider.difference(told)))


def infer(store: ox.Store, rules: Iterable[Rule], knowledge: Knowledge, names: Names) -> tuple[Inference, ...]:
    """What `each_inference` gives, all at once."""
    return tuple(each_inference(store, rules, knowledge, names))


def each_inference(
    store: ox.Store,
    rules: Iterable[Rule],
    knowledge: Knowledge,
    names: Names,
    *,
    classes: frozenset[str] | None = None,
) -> Iterator[Inference]:
    """Run rules over the facts of a store until nothing new follows, and add what follows as the graph `inferred`.

    Only one round's inferences are held at a time. All rules of a round see the same triples. Of several ways to one conclusion the one of the earliest round is kept, and of
    these the first by rule and premises, so that the proof is short, has no circle, and is the same for every order of input.

    Args:
        store: in memory or on disk, with the graphs `facts`, of whose triples the rules conclude, and `ontology`, which they
            read by GRAPH. Rules see nothing of any other graph.
        classes: those that the rules ask for (see `wanted_classes`); of the classes above others only these are added.

    Yields:
        What the rules give, premises before what follows from them. The classes above a thing's class are in the store alone:
        their proof is the ontology's (see `class_lines`). The store is complete when the last is taken.

    Raises:
        OntologyError: the rules do not come to an end.
    """
    rules, state = tuple(rules), _State(store, knowledge, names, classes)
    limit = MAX_SMALL + MAX_GROWTH * len(store)
    state.classify()
    queries: dict[Rule, tuple[str, ...]] = {rule: (rule.query,) for rule in rules}
    for _ in range(MAX_ROUNDS):
        found = _round(queries, state, limit)
        if not found:
            store.remove_graph(state.news)
            return
        yield from found
        limit -= len(found)
        changed = state.add([inference.conclusion for inference in found])
        queries = {rule: rule.queries(state.news) for rule in rules if rule.reads(changed)}
    raise _endless(found, rules)


class _State:
    """The facts and what follows from them so far, as one store that rules query; the graph `news` is the last round's."""

    def __init__(self, store: ox.Store, knowledge: Knowledge, names: Names, classes: frozenset[str] | None) -> None:
        self.store = store
        self.facts, self.inferred, self.news, self.ontology = (
            names.graph(name) for name in ("facts", "inferred", "news", "ontology")
        )
        self._prefixes = names.prefixes()
        self._above: dict[object, tuple[ox.NamedNode, ...]] = {
            kg(cls): tuple(each for each in map(kg, above) if classes is None or each.value in classes)
            for cls, above in knowledge.superclasses.items()
        }

    def solutions(self, query: str) -> Any:
        # The two graphs share no triple, for only what is new is added: pyoxigraph 0.5 does not deduplicate their union.
        graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [self.facts, self.inferred]
        named: list[ox.NamedNode | ox.BlankNode] = [self.ontology, self.news]
        return self.store.query(query, prefixes=self._prefixes, default_graph=graphs, named_graphs=named)

    def holds(self, triple: ox.Triple, *, axiom: bool = False) -> bool:
        graphs = (self.ontology,) if axiom else (self.facts, self.inferred)
        return any(ox.Quad(triple.subject, triple.predicate, triple.object, graph) in self.store for graph in graphs)

    def classify(self) -> None:
        """Add the classes above those of the facts."""
        above = self._superclasses(self.store.quads_for_pattern(None, TYPE, None, self.facts))
        while piece := list(itertools.islice(above, _PIECE)):  # all at once would be held in memory
            self.store.bulk_extend(piece)

    def add(self, triples: Sequence[ox.Triple]) -> frozenset[str]:
        """Add what a round gave, with the classes above the classes that it gave; returns the predicates of all that."""
        quads = [ox.Quad(t.subject, t.predicate, t.object, self.inferred) for t in triples]
        self.store.bulk_extend(quads)
        above = [q for q in self._superclasses(q for q in quads if q.predicate == TYPE) if q not in self.store]
        self.store.bulk_extend(above)
        self.store.remove_graph(self.news)
        self.store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, self.news) for q in (*quads, *above))
        return frozenset(quad.predicate.value for quad in (*quads, *above))

    def _superclasses(self, types: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        for quad in types:
            for parent in self._above.get(quad.object, ()):
                if ox.Quad(quad.subject, TYPE, parent, self.facts) not in self.store:
                    yield ox.Quad(quad.subject, TYPE, parent, self.inferred)


def _round(queries: Mapping[Rule, Sequence[str]], state: _State, limit: int) -> list[Inference]:
    """What all rules give at once, each conclusion with its first derivation, sorted."""
    best: dict[ox.Triple, Inference] = {}
    for rule, each in queries.items():
        for query in each:
            for inference in _derivations(rule, query, state):
                known = best.get(inference.conclusion)
                if known is None or _order(inference) < _order(known):
                    best[inference.conclusion] = inference
                    if len(best) > limit:
                        raise _endless(best.values(), queries)
    return sorted(best.values(), key=lambda inference: str(inference.conclusion))


def _derivations(rule: Rule, query: str, state: _State) -> Iterator[Inference]:
    for solution in state.solutions(query):
        bound = ((pattern, pattern.bind(solution)) for pattern in rule.premises)
        premises = tuple(
            triple
            for pattern, triple in bound
            if triple is not None and (pattern.sure or state.holds(triple, axiom=pattern.axiom))
        )
        for pattern in rule.conclusions:
            conclusion = pattern.bind(solution)
            if conclusion is not None and not (len(rule.conclusions) > 1 and state.holds(conclusion)):
                yield Inference(conclusion, rule.name, premises)


def _order(inference: Inference) -> tuple[str, tuple[str, ...]]:
    return inference.rule, tuple(str(premise) for premise in inference.premises)


def _endless(found: Iterable[Inference], rules: Iterable[Rule]) -> OntologyError:
    [(most, _)] = Counter(inference.rule for inference in found).most_common(1)
    where = next(rule.where for rule in rules if rule.name == most)
    return OntologyError(
        "the rules do not come to an end: this one still gives new triples",
        where=where,
        hint="let its CONSTRUCT make no new values, and join its patterns by shared variables",
    )


# ---- as quads


@dataclass(frozen=True, slots=True)
class Inferences:
    """Inferences in a file, in the order in which they were found, read anew each time one goes through them.

    A conclusion stands there as a quad of its rule's graph, the premises behind it as triples.
    """

    path: Path
    names: Names

    def write(self, inferences: Iterable[Inference]) -> None:
        with self.path.open("w", encoding="utf-8", newline="\n") as lines:
            for inference in inferences:
                lines.write(f"{inference.conclusion} {self.names.rule(inference.rule)} .\n")
                lines.writelines(f"{premise} .\n" for premise in inference.premises)

    def __iter__(self) -> Iterator[Inference]:
        conclusion, rule, premises = None, "", list[ox.Triple]()
        for quad in ox.parse(path=str(self.path), format=ox.RdfFormat.N_QUADS):
            if isinstance(quad.graph_name, ox.NamedNode):
                if conclusion is not None:
                    yield Inference(conclusion, rule, tuple(premises))
                conclusion, premises = quad.triple, []
                rule = unquote(quad.graph_name.value.removeprefix(f"{self.names.base}rule/"))
            else:
                premises.append(quad.triple)
        if conclusion is not None:
            yield Inference(conclusion, rule, tuple(premises))


Times = dict[ox.NamedNode, frozenset[str]]
"""The node of a fact -> when it holds."""


def fact_times(
    inferences: Iterable[Inference],
    claims: Iterable[ResolvedClaim],
    store: ox.Store,
    knowledge: Knowledge,
    names: Names,
) -> Times:
    """When the premises of some inferences hold, as far as claims date them, or the events that they speak of."""
    happened: dict[object, frozenset[str]] = {}
    for quad in store.quads_for_pattern(None, TIME, None, names.graph("facts")):
        told = frozenset({str(getattr(quad.object, "value", ""))})
        happened[quad.subject] = happened[quad.subject] | told if quad.subject in happened else told
    found: Times = {}
    asked: set[int] = set()  # hashes: a premise too many does no harm
    for inference in inferences:
        for premise in inference.premises:
            asked.add(hash(premise))
            if premise.subject in happened:
                found[names.fact(premise)] = happened[premise.subject]
    for claim in claims:
        if claim.time and claim.status in FACTUAL:
            triple = fact_triple(claim, knowledge)
            if hash(triple) in asked:
                node = names.fact(triple)
                found[node] = found.get(node, frozenset()) | {claim.time}
    return found


def proof_quads(
    inferences: Iterable[Inference], rules: Iterable[Rule], times: Mapping[ox.NamedNode, frozenset[str]], names: Names
) -> Iterator[ox.Quad]:
    """The graph `proofs`: each inference as a node with its rule and premises, the premises as nodes, the rules used.

    Args:
        inferences: premises before what follows from them.
        times: when a premise holds (see `fact_times`); an inference takes over what its premises agree on.
    """
    graph = names.graph("proofs")
    known = dict(times)
    stated: set[ox.NamedNode] = set()
    used: set[str] = set()
    for inference in inferences:
        node = names.fact(inference.conclusion)
        stated.add(node)
        used.add(inference.rule)
        yield from _statement(inference.conclusion, node, kg("Inference"), graph)
        yield ox.Quad(node, BY_RULE, names.rule(inference.rule), graph)
        premises = [names.fact(premise) for premise in inference.premises]
        for premise, told in zip(premises, inference.premises, strict=True):
            yield ox.Quad(node, PREMISE, premise, graph)
            if premise not in stated:
                stated.add(premise)
                yield from _statement(told, premise, kg("Fact"), graph)
        if when := agreed_times(known.get(premise, frozenset()) for premise in premises):
            known[node] = when
            for time in sorted(when):
                yield ox.Quad(node, TIME, time_literal(time), graph)
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
