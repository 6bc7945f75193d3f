"""Rules: what follows from facts and what does not, why, in which order of input, and what a wrong rule file is told."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, get_args

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import reason
from kg.cli import main
from kg.errors import OntologyError
from kg.lexicon import ONTOLOGY, Knowledge, load_knowledge, ontology_folder
from kg.model import ResolvedClaim, Status
from kg.proof import Proofs
from kg.rdf import TYPE, Names, fact_quads, ontology_quads
from kg.rdf import kg as term
from kg.reason import (
    Inference,
    agreed_times,
    class_lines,
    each_inference,
    fact_times,
    infer,
    load_rules,
    premise_lines,
    proof_quads,
    read_rule,
    wanted_classes,
    wanted_predicates,
)
from kg.store import Store

NAMES = Names()
RULES = ontology_folder() / "rules"
X = "urn:x:"


def triples(turtle: str) -> list[ox.Triple]:
    head = f"@prefix kg: <{ONTOLOGY}> . @prefix : <{X}> . @prefix open: <{NAMES.base}open#> . "
    return [q.triple for q in ox.parse((head + turtle).encode(), format=ox.RdfFormat.TURTLE)]


def working_store(facts: Iterable[ox.Triple], axioms: Iterable[ox.Triple] | None = None) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object, NAMES.graph("facts")) for t in facts)
    if axioms is None:
        store.extend(ontology_quads(ontology_folder(), NAMES))
    else:
        store.extend(ox.Quad(t.subject, t.predicate, t.object, NAMES.graph("ontology")) for t in axioms)
    return store


def inferred_graph(store: ox.Store) -> set[ox.Triple]:
    return {q.triple for q in store.quads_for_pattern(None, None, None, NAMES.graph("inferred"))}


def local(term: object) -> str:
    return str(getattr(term, "value", term)).rsplit("#", 1)[-1].rsplit(":", 1)[-1]


def said(triple: ox.Triple) -> str:
    return " ".join(local(term) for term in triple)


def follows(turtle: str, knowledge: Knowledge) -> set[str]:
    """What the rules that ship give, without classes, as local names."""
    found = infer(working_store(triples(turtle)), load_rules(knowledge, NAMES), knowledge, NAMES)
    return {said(inference.conclusion) for inference in found}


HOSTING = ":h a kg:Hosting ; kg:agent :accra ; kg:theme :guest ; kg:place :hall . :hall a kg:Facility . "


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(HOSTING + ":guest a kg:Person .", {"guest visited hall"}, id="a guest visits the place"),
        pytest.param(HOSTING + ":guest a kg:Group .", {"guest visited hall"}, id="so does a delegation"),
        pytest.param(HOSTING + ":guest a kg:Meeting .", set(), id="a fair that is hosted visits nothing"),
        pytest.param(
            HOSTING.replace("kg:Hosting", "kg:Meeting") + ":guest a kg:Person .", set(), id="a meeting has no guest"
        ),
        pytest.param(
            ":b a kg:Purchase ; kg:theme :wheat ; kg:source :mali . :mali a kg:Country .",
            {"mali sold wheat"},
            id="a seller sold what was bought",
        ),
        pytest.param(
            ":b a kg:Purchase ; kg:theme :wheat ; kg:source :hall . :hall a kg:Facility .",
            set(),
            id="a place sells nothing",
        ),
        pytest.param(
            ":p kg:leaderOf :peru . :peru a kg:Country .",
            {"p actsFor peru", "p affiliatedWith peru"},
            id="the leader of a state acts for it",
        ),
        pytest.param(":p kg:leaderOf :essay . :essay a kg:Report .", set(), id="nobody acts for a report"),
        pytest.param(":p kg:positionIn :peru .", {"p affiliatedWith peru"}, id="an officeholder is tied to the state"),
        pytest.param(":p kg:spokespersonFor :guild .", {"p affiliatedWith guild"}, id="a spokesperson too"),
        pytest.param(":lima kg:capitalOf :peru .", {"lima locatedIn peru"}, id="a capital lies in its country"),
        pytest.param(
            ":hall kg:locatedIn :lima . :lima kg:capitalOf :peru .",
            {"lima locatedIn peru", "hall locatedIn peru"},
            id="what lies in a capital lies in the country",
        ),
        pytest.param(
            ":fair kg:tookPlaceAt :mill . :mill kg:locatedIn :lyon . :lyon kg:locatedIn :france .",
            {"fair tookPlaceAt lyon", "fair tookPlaceAt france", "mill locatedIn france"},
            id="an event takes place in all that holds its place",
        ),
        pytest.param(":a kg:locatedIn :b . :b kg:locatedIn :a .", set(), id="a circle ends"),
        pytest.param(
            ":a kg:partOf :b . :b kg:partOf :c .",
            {"a partOf c", "b hasPart a", "c hasPart b", "c hasPart a"},
            id="parts of parts, both ways",
        ),
        pytest.param(":w kg:includes :p .", {"w hasPart p", "p partOf w"}, id="a narrower property says the wider"),
        pytest.param(":a kg:metWith :b .", {"b metWith a"}, id="symmetric"),
        pytest.param(":a kg:metWith :a .", set(), id="nobody meets himself the other way round"),
        pytest.param(":m kg:parentOf :c .", {"c childOf m", "m relativeOf c", "c relativeOf m"}, id="kin"),
        pytest.param(":a kg:praised :b . :b kg:visited :c .", set(), id="what no rule speaks of"),
        pytest.param(':a kg:metWith "a crowd" .', set(), id="a word is no subject"),
        pytest.param(
            ":a open:mend :b . open:mend <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> kg:relatedTo .",
            set(),
            id="open predicates can still be left out",
        ),
        pytest.param(":p kg:affiliatedWith :peru ; kg:positionIn :peru .", set(), id="a fact is not inferred again"),
    ],
)
def test_what_follows_and_nothing_else(facts: str, expected: set[str], knowledge: Knowledge) -> None:
    assert follows(facts, knowledge) == expected


def test_what_is_part_of_a_member_is_no_part_of_the_group(knowledge: Knowledge) -> None:
    members = ":allies a kg:Group ; kg:hasPart :peru . :peru kg:hasPart :navy . :navy kg:hasPart :fleet ."
    found = follows(members, knowledge)
    assert {"fleet partOf peru", "peru hasPart fleet", "peru partOf allies"} <= found
    assert not {"allies hasPart navy", "navy partOf allies", "fleet partOf allies"} & found


def test_things_are_of_the_classes_above_theirs(knowledge: Knowledge) -> None:
    store = working_store(triples(":lima a kg:City . :x a kg:Place ."))
    infer(store, load_rules(knowledge, NAMES), knowledge, NAMES)
    assert {said(t) for t in inferred_graph(store)} == {f"lima type {c}" for c in ("Place", "Actor", "Entity")} | {
        "x type Entity"
    }


# ---- no claim becomes a fact


def claim(subject: str, predicate: str, value: str, status: str = "asserted", time: str = "") -> ResolvedClaim:
    """A claim between two things of the namespace X."""
    words: dict[str, Any] = {
        name: hint
        for name, hint in (("confidence", 0.8), ("start", 0), ("end", 1), ("trigger_start", 0), ("trigger_end", 1))
    }
    for name in ("subject_aliases", "object_aliases"):
        words[name] = ()
    for name in ResolvedClaim.__slots__:
        words.setdefault(name, "")
    return ResolvedClaim(
        **words
        | {
            "id": f"{subject}-{predicate}-{value}-{status}-{time}",
            "article": "a",
            "subject": subject,
            "subject_iri": X + subject,
            "subject_type": "Person",
            "predicate": predicate,
            "predicate_iri": ONTOLOGY + predicate,
            "object": value,
            "object_iri": X + value,
            "object_type": "Country",
            "datatype": None,
            "status": status,
            "time": time,
        }
    )


@pytest.mark.parametrize("status", [s for s in get_args(Status) if s not in {"asserted", "inferred"}])
@pytest.mark.parametrize("predicate", ["leaderOf", "positionIn", "capitalOf", "metWith", "parentOf", "partOf"])
def test_what_is_only_claimed_gives_nothing(status: str, predicate: str, knowledge: Knowledge) -> None:
    """The whole way from claims to inferences: of a reported, planned, possible, alleged, denied or negated claim nothing."""

    def given(status: str) -> tuple[Inference, ...]:
        facts = fact_quads([claim("p", predicate, "q", status)], (), (), knowledge, NAMES)
        return infer(working_store(q.triple for q in facts), load_rules(knowledge, NAMES), knowledge, NAMES)

    assert given(status) == ()
    if predicate != "leaderOf":  # which needs the class of what is led, too
        assert given("asserted") != ()


def test_rules_do_not_see_claims(knowledge: Knowledge) -> None:
    """A claim in the graph of its article, however asserted it looks, is no premise."""
    store = working_store(())
    article = NAMES.article("a")
    for triple in triples(":p kg:positionIn :peru . :a kg:metWith :b . :h a kg:City ."):
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object, article))
    assert infer(store, load_rules(knowledge, NAMES), knowledge, NAMES) == ()
    assert inferred_graph(store) == set()


# ---- proofs


def proofs_of(turtle: str, knowledge: Knowledge) -> dict[str, Inference]:
    found = infer(working_store(triples(turtle)), load_rules(knowledge, NAMES), knowledge, NAMES)
    return {said(inference.conclusion): inference for inference in found}


def test_an_inference_names_its_rule_and_all_its_premises(knowledge: Knowledge) -> None:
    found = proofs_of(HOSTING + ":guest a kg:Person .", knowledge)["guest visited hall"]
    assert found.rule == "host_and_place"
    assert {said(p) for p in found.premises} == {
        "h type Hosting",
        "h theme guest",
        "h place hall",
        "guest type Agent",
        "hall type Place",
    }


def test_what_the_ontology_declares_is_a_premise_too(knowledge: Knowledge) -> None:
    found = proofs_of(":a kg:metWith :b .", knowledge)["b metWith a"]
    assert (found.rule, {said(p) for p in found.premises}) == (
        "symmetric",
        {"metWith type SymmetricProperty", "a metWith b"},
    )


def test_the_shortest_proof_is_kept(knowledge: Knowledge) -> None:
    """Two ways lead to one conclusion: directly by the office, and by two steps over leading."""
    found = proofs_of(":p kg:positionIn :peru ; kg:leaderOf :peru . :peru a kg:Country .", knowledge)
    assert found["p affiliatedWith peru"].rule == "officeholder_is_affiliated"


LINKS = (
    "praised",
    "partOf",
    "hasPart",
    "locatedIn",
    "capitalOf",
    "metWith",
    "parentOf",
    "childOf",
    "siblingOf",
    "includes",
)
edges = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(LINKS), st.integers(0, 5)), min_size=1, max_size=12, unique=True
)


def as_triples(pairs: Iterable[tuple[int, str, int]]) -> list[ox.Triple]:
    return [ox.Triple(ox.NamedNode(f"{X}n{a}"), term(p), ox.NamedNode(f"{X}n{b}")) for a, p, b in pairs]


@settings(max_examples=40, deadline=None)
@given(pairs=edges, seed=st.integers(0, 1000))
def test_proofs_have_no_circle_and_order_never_shows(pairs: list[tuple[int, str, int]], seed: int) -> None:
    knowledge = load_knowledge()
    rules, facts = load_rules(knowledge, NAMES), as_triples(pairs)
    found = infer(working_store(facts), rules, knowledge, NAMES)
    known = {*facts, *(q.triple for q in ontology_quads(ontology_folder(), NAMES))}
    for inference in found:
        assert set(inference.premises) <= known, "a premise comes before what follows from it"
        assert inference.conclusion not in known, "nothing is inferred that is a fact"
        known.add(inference.conclusion)
    random.Random(seed).shuffle(facts)
    assert infer(working_store(facts), tuple(reversed(rules)), knowledge, NAMES) == found


@settings(max_examples=15, deadline=None)
@given(pairs=edges)
def test_another_reasoner_finds_the_same(pairs: list[tuple[int, str, int]]) -> None:
    """owlrl, an OWL 2 RL reasoner that shares no code with kg, on the axioms about the properties used."""
    owlrl = pytest.importorskip("owlrl", reason="owlrl comes with pyshacl")
    rdflib = pytest.importorskip("rdflib")
    knowledge, facts = load_knowledge(), as_triples(pairs)
    own = {term(name) for name in (*LINKS, "relativeOf")}
    axioms = [
        q.triple
        for q in ontology_quads(ontology_folder(), NAMES)
        if q.subject in own and local(q.predicate) in {"type", "inverseOf", "subPropertyOf"}
    ]
    rules = [
        rule
        for rule in load_rules(knowledge, NAMES)
        if rule.name in {"symmetric", "inverse", "subproperty", "transitive"}
    ]
    ours = {i.conclusion for i in infer(working_store(facts, axioms), rules, knowledge, NAMES)}
    graph = rdflib.Graph()
    graph.parse(data="".join(f"{t} .\n" for t in (*facts, *axioms)), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    theirs = {
        ox.Triple(ox.NamedNode(str(s)), ox.NamedNode(str(p)), ox.NamedNode(str(o)))
        for s, p, o in graph
        if str(s).startswith(X) and str(o).startswith(X) and str(p).startswith(ONTOLOGY) and s != o
    }
    assert {t for t in (*ours, *facts) if t.subject != t.object} == theirs


@settings(max_examples=25, deadline=None)
@given(pairs=edges)
def test_looking_at_news_alone_loses_nothing(pairs: list[tuple[int, str, int]]) -> None:
    """Rounds that ask only what the last round made new give what asking everything each time gives."""
    knowledge, facts = load_knowledge(), as_triples(pairs)
    rules = load_rules(knowledge, NAMES)
    store = working_store(facts)
    quick = {i.conclusion for i in infer(store, rules, knowledge, NAMES)}
    slow = working_store(facts)
    wanted = wanted_predicates(rules, ontology_quads(ontology_folder(), NAMES))
    assert wanted is not None
    few = working_store(fact for fact in facts if fact.predicate.value in wanted)
    infer(few, rules, knowledge, NAMES)
    assert inferred_graph(few) == inferred_graph(store), "nor does leaving out what no rule looks at"
    state = reason._State(slow, knowledge, NAMES, None)
    while fresh := {i.conclusion for rule in rules for i in reason._derivations(rule, rule.query, state)}:
        slow.extend(ox.Quad(t.subject, t.predicate, t.object, NAMES.graph("inferred")) for t in fresh)
    assert quick == inferred_graph(slow)


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ("?a kg:metWith ?b", {"metWith"}),
        ("?a kg:metWith ?b FILTER NOT EXISTS { ?a kg:praised ?b }", {"metWith", "praised"}),
        ("?a kg:metWith ?b FILTER NOT EXISTS { ?b (kg:blamed|kg:partOf)+ ?a }", {"metWith", "blamed", "partOf"}),
        ("?a kg:metWith ?b MINUS { ?a ?any ?b }", None),
        ("?a kg:metWith ?b FILTER NOT EXISTS { ?a ?any ?b ; kg:age 4 }", None),
        ("?a kg:metWith ?b FILTER NOT EXISTS { ?a !kg:metWith ?b }", None),
        ("?a ?p ?b FILTER (?p = kg:metWith)", None),
        ("GRAPH graph:ontology { ?p owl:inverseOf kg:partOf } ?a ?p ?b", {"partOf"}),
        ("GRAPH graph:ontology { kg:partOf owl:inverseOf ?p } ?a ?p ?b", {"partOf", "hasPart"}),
    ],
)
def test_which_predicates_a_rule_can_look_at(
    where: str, wanted: set[str] | None, tmp_path: Path, knowledge: Knowledge
) -> None:
    rule = read_rule(rule_file(tmp_path, f"CONSTRUCT {{ ?a kg:visited ?b }} WHERE {{ {where} }}"), knowledge, NAMES)
    found = wanted_predicates([rule], ontology_quads(ontology_folder(), NAMES))
    if wanted is None:
        assert found is None
    else:
        assert found is not None
        assert {iri.removeprefix(ONTOLOGY) for iri in found if iri.startswith(ONTOLOGY)} == {*wanted, "visited", "time"}


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ("?a kg:metWith ?b . ?b a kg:Place", {"metWith", "visited", "Place"}),
        ("?a kg:metWith ?b FILTER NOT EXISTS { ?a a kg:Group }", {"metWith", "visited", "Group"}),
        ("?a kg:metWith ?b . ?a a ?class . ?b a ?class", None),
        ("?a kg:metWith ?b FILTER NOT EXISTS { ?a a ?class . ?b a ?class }", None),
        ("?a kg:metWith ?b FILTER NOT EXISTS { ?a a/a kg:Place }", None),
        ("?a kg:metWith ?b MINUS { ?a ?any ?b }", None),
        ("GRAPH graph:ontology { ?p owl:inverseOf kg:partOf } ?a ?p ?b", {"inverseOf", "partOf", "visited"}),
    ],
)
def test_which_classes_a_rule_can_ask_for(
    where: str, wanted: set[str] | None, tmp_path: Path, knowledge: Knowledge
) -> None:
    text = f"CONSTRUCT {{ ?a kg:visited ?b }} WHERE {{ {where} }}"
    rules = [read_rule(rule_file(tmp_path, text), knowledge, NAMES)]
    axioms = list(ontology_quads(ontology_folder(), NAMES))
    found = wanted_classes(rules, wanted_predicates(rules, axioms), axioms)
    told = found and {local(iri) for iri in found if "/graph/" not in iri} - {"type"}
    assert told == wanted


def test_a_rule_that_gives_a_class_wants_all(tmp_path: Path, knowledge: Knowledge) -> None:
    rule = read_rule(rule_file(tmp_path, "CONSTRUCT { ?a a kg:Actor } WHERE { ?a kg:metWith ?b }"), knowledge, NAMES)
    axioms = list(ontology_quads(ontology_folder(), NAMES))
    assert wanted_classes([rule], wanted_predicates([rule], axioms), axioms) is None


def test_classes_that_no_rule_asks_for_need_not_be_loaded(knowledge: Knowledge) -> None:
    """What rules give and the classes above all classes are the same as with everything in the store."""
    facts = triples(
        """:sola a kg:Person ; kg:leaderOf :league ; kg:attended :talks . :league a kg:Alliance , kg:Organization .
        :talks a kg:Hosting ; kg:theme :sola ; kg:place :lyon . :lyon a kg:City ; kg:locatedIn :france .
        :france a kg:Country . :truce a kg:Agreement . :own a <urn:x:Class> ."""
    )
    whole = working_store(facts)
    rules, axioms = load_rules(knowledge, NAMES), list(ontology_quads(ontology_folder(), NAMES))
    expected = infer(whole, rules, knowledge, NAMES)
    assert {"actsFor", "visited", "tookPlaceAt"} & {local(i.conclusion.predicate) for i in expected}
    predicates = wanted_predicates(rules, axioms)
    classes = wanted_classes(rules, predicates, axioms)
    lines = sorted(f"{triple} .\n" for triple in facts)
    premises = "".join(premise_lines(lines, predicates, classes, knowledge))
    assert "Agreement" not in premises and "Hosting" in premises and "City" in premises
    few = working_store(quad.triple for quad in ox.parse(premises, format=ox.RdfFormat.N_TRIPLES))
    assert tuple(each_inference(few, rules, knowledge, NAMES, classes=classes)) == expected
    followed = {f"{triple} .\n" for triple in inferred_graph(few)} | set(class_lines(lines, knowledge))
    assert followed == {f"{triple} .\n" for triple in inferred_graph(whole)}


# ---- rule files


def rule_file(folder: Path, text: str, name: str = "own") -> Path:
    path = folder / f"{name}.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_rule_that_ships_says_what_it_does(knowledge: Knowledge) -> None:
    rules = load_rules(knowledge, NAMES)
    assert [rule.name for rule in rules] == sorted(path.stem for path in RULES.glob("*.rq"))
    for rule in rules:
        assert rule.label.endswith(".") and " -> " in rule.example, rule.name


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("CONSTRUCT { ?a kg:visited ?b }\nWHERE { ?a ?b }", ":2", "not valid SPARQL", id="syntax"),
        pytest.param("CONSTRUCT { ?a kg:visited ?b }\nWHERE { ?a kg:metWith ?b", ":1", "CONSTRUCT", id="unclosed"),
        pytest.param("# x\nCONSTRUCT { ?a nsx:p ?b }\nWHERE { ?a kg:metWith ?b }", ":2", "prefix", id="prefix"),
        pytest.param("SELECT * WHERE { ?a kg:metWith ?b }", ":1", "subquery", id="a query"),
        pytest.param("INSERT { ?a kg:visited ?b } WHERE { ?a kg:metWith ?b }", ":1", "no CONSTRUCT", id="an update"),
        pytest.param("", ":1", "no CONSTRUCT", id="empty"),
        pytest.param("CONSTRUCT WHERE { ?a kg:metWith ?b }", ":1", "no CONSTRUCT", id="short form"),
        pytest.param(
            "CONSTRUCT { ?a kg:visited ?b }\nWHERE {\n ?a kg:vistied ?b }",
            ":3",
            "did you mean 'visited'",
            id="property",
        ),
        pytest.param(
            "CONSTRUCT { ?a a kg:Persona }\nWHERE { ?a kg:metWith ?b }", ":1", "unknown term 'Persona'", id="class"
        ),
        pytest.param(
            f"CONSTRUCT {{ ?a kg:visited ?b }}\nWHERE {{ ?a <{ONTOLOGY}nonesuch> ?b }}", ":2", "'nonesuch'", id="by IRI"
        ),
        pytest.param(
            f"PREFIX n: <{ONTOLOGY}>\nCONSTRUCT {{ ?a n:visitedd ?b }}\nWHERE {{ ?a n:metWith ?b }}",
            ":2",
            "visitedd",
            id="by a prefix of its own",
        ),
        pytest.param("CONSTRUCT { ?a kg:visited ?c } WHERE { ?a kg:metWith ?b }", "", "?c, which WHERE", id="unbound"),
        pytest.param("CONSTRUCT { ?a kg:visited ?b } WHERE { ?a kg:partOf+ ?b }", "", "hides its steps", id="path"),
        pytest.param(
            "CONSTRUCT { ?a kg:visited ?b } WHERE { ?a kg:metWith [ kg:metWith ?b ] }", "", "no name", id="blank"
        ),
        pytest.param(
            "CONSTRUCT { _:x kg:visited ?b } WHERE { ?a kg:metWith ?b }", "", "no name", id="blank conclusion"
        ),
        pytest.param(
            "CONSTRUCT { ?a kg:visited ?b } WHERE { ?a kg:metWith ?b FILTER EXISTS { ?b a kg:City } }",
            "",
            "FILTER EXISTS hides",
            id="exists",
        ),
        pytest.param(
            "CONSTRUCT { ?a kg:visited ?b } WHERE { GRAPH article:x { ?a kg:metWith ?b } }",
            "",
            "another graph",
            id="graph",
        ),
        pytest.param(
            "CONSTRUCT { ?a kg:visited ?b } WHERE { GRAPH ?g { ?a kg:metWith ?b } }",
            "",
            "another graph",
            id="any graph",
        ),
        pytest.param(
            "CONSTRUCT { ?a a kg:City } WHERE { GRAPH graph:ontology { ?a a owl:Class } }",
            "",
            "over the facts",
            id="axioms",
        ),
        pytest.param(
            "CONSTRUCT { ?a kg:visited ?b }\nFROM <urn:x>\nWHERE { ?a kg:metWith ?b }", ":2", "names a graph", id="from"
        ),
        pytest.param(
            "CONSTRUCT { ?a kg:visited ?b }\nWHERE { SERVICE <http://x/> { ?a kg:metWith ?b } }",
            ":2",
            "asks another server",
            id="service",
        ),
        pytest.param(
            "CONSTRUCT { ?a kg:visited ?b }\nWHERE { { SELECT ?a ?b { ?a kg:metWith ?b } } }",
            ":2",
            "subquery",
            id="subquery",
        ),
        pytest.param(
            "CONSTRUCT { ?a kg:age ?n }\nWHERE { ?a kg:metWith ?b\n BIND (RAND() AS ?n) }",
            ":3",
            "another graph",
            id="random",
        ),
        pytest.param("CONSTRUCT { ?a kg:visited ?b } WHERE { ?a kg:metWith ?b }\nLIMIT 1", ":2", "LIMIT", id="limit"),
        pytest.param(
            "CONSTRUCT { ?a kg:visited ?b } WHERE { ?a kg:metWith ?b }\nORDER BY ?a", ":2", "follows WHERE", id="order"
        ),
    ],
)
def test_a_wrong_rule_is_told_with_file_and_line(
    text: str, line: str, words: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    with pytest.raises(OntologyError) as caught:
        read_rule(rule_file(tmp_path, text), knowledge, NAMES)
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / 'own.rq'}{line}")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("?a kg:metWith ?b . FILTER NOT EXISTS { ?a kg:praised ?b }", {"c visited d"}),
        ("?a kg:metWith ?b MINUS { ?a kg:praised ?b }", {"c visited d"}),
        ("{ ?a kg:metWith ?b } UNION { ?a kg:blamed ?b }", {"a visited b", "c visited d", "e visited f"}),
        ("?a kg:metWith ?b OPTIONAL { ?a kg:praised ?b }", {"a visited b", "c visited d"}),
        ("?a kg:metWith ?b # SERVICE, RAND() and SELECT are only words here\n", {"a visited b", "c visited d"}),
        ("VALUES ?a { <urn:x:a> } ?a kg:metWith ?b", {"a visited b"}),
        ('?a kg:metWith ?b ; kg:age ?n FILTER (?n > 40 && "LIMIT" != "x")', {"c visited d"}),
        (
            "GRAPH graph:ontology { ?p rdfs:domain kg:Actor } ?a ?p ?b FILTER (?p = kg:metWith)",
            {"a visited b", "c visited d"},
        ),
    ],
)
def test_what_a_rule_may_use(where: str, expected: set[str], tmp_path: Path, knowledge: Knowledge) -> None:
    facts = triples(":a kg:metWith :b ; kg:praised :b . :c kg:metWith :d ; kg:age 50 . :e kg:blamed :f .")
    rule = read_rule(rule_file(tmp_path, f"CONSTRUCT {{ ?a kg:visited ?b }} WHERE {{ {where} }}"), knowledge, NAMES)
    found = infer(working_store(facts), [rule], knowledge, NAMES)
    assert {said(i.conclusion) for i in found} == expected
    assert all(i.premises for i in found)


def test_of_alternatives_the_one_that_held_is_the_premise(tmp_path: Path, knowledge: Knowledge) -> None:
    text = "CONSTRUCT { ?a kg:visited ?b } WHERE { { ?a kg:metWith ?b } UNION { ?a kg:blamed ?b } OPTIONAL { ?b kg:age ?n } }"
    rule = read_rule(rule_file(tmp_path, text), knowledge, NAMES)
    [found] = infer(working_store(triples(":a kg:blamed :b .")), [rule], knowledge, NAMES)
    assert {said(premise) for premise in found.premises} == {"a blamed b"}


def test_one_rule_may_conclude_several_triples(tmp_path: Path, knowledge: Knowledge) -> None:
    text = "CONSTRUCT { ?b kg:welcomed ?a . ?a kg:visited ?b } WHERE { ?b kg:hosted ?a }"
    rule = read_rule(rule_file(tmp_path, text), knowledge, NAMES)
    found = infer(working_store(triples(":a kg:hosted :b . :a kg:welcomed :b .")), [rule], knowledge, NAMES)
    assert [said(i.conclusion) for i in found] == ["b visited a"]


def test_a_class_that_a_rule_gives_opens_other_rules(tmp_path: Path, knowledge: Knowledge) -> None:
    """News of the last round include the classes above a class."""
    first = rule_file(tmp_path, "CONSTRUCT { ?a a kg:City } WHERE { ?b kg:visited ?a }", "first")
    then = rule_file(tmp_path, "CONSTRUCT { ?a kg:locatedIn ?a2 } WHERE { ?a a kg:Place ; kg:partOf ?a2 }", "then")
    rules = [read_rule(path, knowledge, NAMES) for path in (first, then)]
    found = infer(working_store(triples(":x kg:visited :y . :y kg:partOf :z .")), rules, knowledge, NAMES)
    assert {said(i.conclusion) for i in found} == {"y type City", "y locatedIn z"}


def test_a_rule_without_an_end_is_stopped(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reason, "MAX_ROUNDS", 30)
    text = 'CONSTRUCT { ?a kg:alias ?more } WHERE { ?a kg:alias ?name BIND (CONCAT(?name, "!") AS ?more) }'
    rule = read_rule(rule_file(tmp_path, text, "shout"), knowledge, NAMES)
    with pytest.raises(OntologyError, match="do not come to an end") as caught:
        infer(working_store(triples(':a kg:alias "x" .')), [rule], knowledge, NAMES)
    assert "shout.rq" in str(caught.value)


def test_a_rule_that_joins_everything_with_everything_is_stopped(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reason, "MAX_SMALL", 100)
    monkeypatch.setattr(reason, "MAX_GROWTH", 0)
    rule = read_rule(
        rule_file(tmp_path, "CONSTRUCT { ?a kg:metWith ?b } WHERE { ?a kg:age ?x . ?b kg:age ?y }"), knowledge, NAMES
    )
    facts = triples(" ".join(f":n{i} kg:age {i} ." for i in range(20)))
    with pytest.raises(OntologyError, match=r"own\.rq.*do not come to an end"):
        infer(working_store(facts), [rule], knowledge, NAMES)


DOCS = (Path(__file__).parent.parent / "docs" / "rules.md").read_text("utf-8")


def test_the_example_of_the_documentation_is_the_rule_that_ships(knowledge: Knowledge, tmp_path: Path) -> None:
    example = re.findall(r"```sparql\n(# .*?)```", DOCS, re.DOTALL)[0]
    assert example == (RULES / "host_and_place.rq").read_text("utf-8")


def test_every_rule_that_ships_is_documented() -> None:
    assert not [path.stem for path in RULES.glob("*.rq") if f"`{path.stem}`" not in DOCS]


@pytest.mark.parametrize("query", re.findall(r"```sparql\n((?!#).*?)```", DOCS, re.DOTALL))
def test_the_queries_of_the_documentation_are_sparql(query: str) -> None:
    ox.Store().query(query, prefixes=NAMES.prefixes())


# ---- time


def test_an_inference_holds_when_its_premises_do(knowledge: Knowledge) -> None:
    facts = triples(":p kg:positionIn :peru . :q kg:positionIn :peru . :f a kg:Hosting .")
    store, rules = working_store(facts), load_rules(knowledge, NAMES)
    found = infer(store, rules, knowledge, NAMES)
    claims = [claim("p", "positionIn", "peru", time="2019"), claim("p", "positionIn", "peru", "denied", time="2024")]
    times = fact_times(found, claims, store, knowledge, NAMES)
    told = {
        (q.subject, q.object.value)
        for q in proof_quads(found, rules, times, NAMES)
        if q.predicate == term("time") and isinstance(q.object, ox.Literal)
    }
    conclusion = triples(":p kg:affiliatedWith :peru .")[0]
    assert told == {(NAMES.fact(conclusion), "2019")}, "not when it was denied, and nothing of whom nobody dates"


def test_the_time_of_an_event_is_that_of_what_follows(knowledge: Knowledge) -> None:
    store = working_store(triples(HOSTING + ':guest a kg:Person . :h kg:time "2031-05-05" .'))
    rules = load_rules(knowledge, NAMES)
    found = infer(store, rules, knowledge, NAMES)
    quads = proof_quads(found, rules, fact_times(found, (), store, knowledge, NAMES), NAMES)
    assert [q.object.value for q in quads if q.predicate == term("time")] == ["2031-05-05"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("premises", "expected"),
    [
        ([], set()),
        ([{"2019"}, set()], {"2019"}),
        ([{"2019"}, {"2021"}], set()),
        ([{"2019", "2021"}, {"2021"}, set()], {"2021"}),
    ],
)
def test_premises_of_different_times_give_no_time(premises: list[set[str]], expected: set[str]) -> None:
    assert agreed_times(map(frozenset, premises)) == expected


# ---- proofs in the graph, read back


@pytest.fixture
def proofs(tmp_path: Path, knowledge: Knowledge) -> Proofs:
    """A dataset with one fact of articles, one of an atlas, and what follows from the two."""
    facts = triples(
        ':fair kg:tookPlaceAt :mill . :mill a kg:Facility . :fair <http://www.w3.org/2000/01/rdf-schema#label> "the fair" .'
    )
    linked = triples(":mill kg:locatedIn :lyon . :lyon kg:locatedIn :france .")
    store, rules = working_store([*facts, *linked]), load_rules(knowledge, NAMES)
    found = infer(store, rules, knowledge, NAMES)
    quads = [
        *(ox.Quad(t.subject, t.predicate, t.object, NAMES.graph("facts")) for t in facts),
        *(ox.Quad(t.subject, t.predicate, t.object, NAMES.graph("linked")) for t in linked),
        *store.quads_for_pattern(None, None, None, NAMES.graph("inferred")),
        *proof_quads(found, rules, {}, NAMES),
        *ontology_quads(ontology_folder(), NAMES),
    ]
    Store.create(tmp_path / "quads", quads, [*facts, *linked, *inferred_graph(store)])
    return Proofs(Store(tmp_path / "quads", NAMES.prefixes()), NAMES)


def test_a_proof_leads_down_to_facts_and_the_ontology(proofs: Proofs) -> None:
    proof = proofs.of(triples(":fair kg:tookPlaceAt :france .")[0])
    assert (proof.kind, proof.rule, proof.words) == (
        "inferred",
        "took_place_within",
        ("the fair", "took place at", f"<{X}france>"),
    )
    assert proof.label.startswith("An event at a place")
    assert {(leaf.kind, said(leaf.triple)) for leaf in proof.leaves()} >= {
        ("fact", "fair tookPlaceAt mill"),
        ("linked", "lyon locatedIn france"),
    }


def test_a_class_is_proved_by_the_ontology(proofs: Proofs) -> None:
    proof = proofs.of(triples(":mill a kg:Entity .")[0])
    assert (proof.rule, proof.words[1]) == ("class", "is a")
    assert {said(leaf.triple) for leaf in proof.leaves()} == {
        "mill type Facility",
        "Facility subClassOf Place",
        "Place subClassOf Entity",
    }


def test_proofs_are_found_by_name(proofs: Proofs) -> None:
    assert proofs.meant("The Fair") == {f"{X}fair"}
    assert proofs.meant("kg:visited") >= {ONTOLOGY + "visited"}
    found = proofs.find(proofs.meant("the fair"), None, None)
    assert {said(t) for t in found} == {"fair tookPlaceAt lyon", "fair tookPlaceAt france"}
    assert proofs.find(frozenset(), None, None) == []
    assert proofs.find(None, {TYPE.value}, {ONTOLOGY + "Entity"}) == triples(":mill a kg:Entity .")


@pytest.mark.parametrize("name", ['"', "\\", "}", "a b", "<x>", "http://x/ y", "kg:", ":", "'; DROP", "\n"])
def test_no_name_breaks_the_query(proofs: Proofs, name: str) -> None:
    assert isinstance(proofs.find(proofs.meant(name), None, None), list)


# ---- the whole way


TEXT = "May 5, 2031\n\nPeruvian President Ana Quispe spoke in Lima on Sunday. Maria Sola, finance minister of Peru, agreed."


@pytest.mark.model
def test_a_rule_dropped_into_the_ontology_folder_is_used_and_explained(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ontology_folder(), tmp_path / "ontology"))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    run: Callable[..., Any] = lambda *args: CliRunner().invoke(main, [str(arg) for arg in args])  # noqa: E731
    first = run("build", tmp_path / "a.txt", "--ontology", folder, "-o", tmp_path / "out")
    assert first.exit_code == 0, first.output
    (folder / "rules" / "colleagues.rq").write_text(
        "# Who hold offices of one state are colleagues.\n# x -> y\n"
        "CONSTRUCT { ?a kg:alliedWith ?b } WHERE { ?a kg:positionIn ?body . ?b kg:positionIn ?body FILTER (?a != ?b) }",
        encoding="utf-8",
    )
    second = run("build", tmp_path / "a.txt", "--ontology", folder, "-o", tmp_path / "out")
    assert "(0 extracted now)" in second.output, "a rule needs no new reading of articles"
    done = run("explain", "Ana Quispe", "alliedWith", "Maria Sola", "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "[inferred]" in done.output
    assert "by the rule colleagues: Who hold offices of one state are colleagues." in done.output
    assert "Maria Sola, finance minister of Peru" in done.output and "Peruvian President Ana Quispe" in done.output

    (folder / "rules" / "broken.rq").write_text(
        "CONSTRUCT { ?a kg:aliedWith ?b } WHERE { ?a kg:metWith ?b }", encoding="utf-8"
    )
    third = run("build", tmp_path / "a.txt", "--ontology", folder, "-o", tmp_path / "out")
    assert third.exit_code == 1
    assert "broken.rq:1" in third.output and "did you mean 'alliedWith'" in third.output
