"""What the pages show, read from the graph by the queries of `queries/`: claims as `GraphView`, names, events, articles.

Nothing is kept between two requests, so that a rebuilt graph shows at once. Values enter a query as terms in place of its
`$variables`, written by the RDF library; no text is pasted into one.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pyoxigraph as ox

from kg.export.property_graph import GraphView
from kg.lexicon import ONTOLOGY, ROLES, Knowledge, load_knowledge
from kg.model import Article, Entity, ResolvedClaim, content_id
from kg.rdf import RDF, RDFS, Names
from kg.serve.workers import Queries
from kg.sparql import tokens

Term = ox.NamedNode | ox.Literal | ox.BlankNode
Part = Term | int | Sequence[Term]

CLAIMS_LIMIT = 300
"""Claims that a page reads at most."""

_PROV, _SKOS, _OWL = (
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/2004/02/skos/core#",
    "http://www.w3.org/2002/07/owl#",
)
_QUERIES = Path(__file__).parent / "queries"


@functools.cache
def query_text(name: str) -> str:
    """A query of `queries/` by name."""
    return (_QUERIES / f"{name}.rq").read_text("utf-8")


def fill(sparql: str, parts: Mapping[str, Part]) -> str:
    """A query with terms in the place of its `$variables`; a list is for `VALUES`, an empty one stands for any term.

    >>> fill("ASK { VALUES ?a { $list } ?a ?b $iri }", {"iri": ox.NamedNode("x:y"), "list": []})
    'ASK { VALUES ?a { UNDEF } ?a ?b <x:y> }'
    """
    out, last = [], 0
    for token in tokens(sparql):
        if token.kind == "variable" and token.text.startswith("$"):
            out += [sparql[last : token.start], _written(parts[token.text[1:]])]
            last = token.start + len(token.text)
    return "".join([*out, sparql[last:]])


def _written(part: Part) -> str:
    if isinstance(part, int | ox.NamedNode | ox.Literal):
        return str(part)
    assert not isinstance(part, ox.BlankNode)
    return " ".join(str(term) for term in part) or "UNDEF"


def node(iri: str) -> ox.NamedNode | None:
    """An IRI as a term, None where it is no IRI."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with what it is called: enough to write a link to it."""

    iri: str
    name: str
    type: str = ""
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the facts: when, what, who took which part, and the articles that tell it."""

    event: Named
    time: str
    roles: tuple[tuple[str, Named], ...]
    articles: tuple[Article, ...]


Triple = tuple[Named, Named, Named]


class Inference(NamedTuple):
    """A triple that a rule adds, and the triples that it follows from."""

    conclusion: Triple
    rule: Named
    premises: list[Triple]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict: what it is about, the claims on its two sides, and why they cannot all be true."""

    iri: str
    kind: str
    about: Named
    predicate: str
    one_side: tuple[ResolvedClaim, ...]
    other_side: tuple[ResolvedClaim, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found by name: `said` is the name that fits, `times` how often articles mention it."""

    thing: Named
    said: str
    times: int


@dataclass(frozen=True, slots=True)
class TermOfOntology:
    """A class or property as the ontology describes it, with its use in this graph."""

    name: str
    iri: str
    label: str
    comment: str
    parents: tuple[str, ...] = ()
    domain: str = ""
    range: str = ""
    traits: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    number: int = 0
    example: ResolvedClaim | None = None


@dataclass(slots=True)
class _Record:
    """A subject's values by local or full predicate."""

    values: dict[str, list[Term]] = field(default_factory=lambda: defaultdict(list))

    def text(self, name: str) -> str:
        return min((term.value for term in self.values.get(name, ())), default="")

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(sorted({term.value for term in self.values.get(name, ())}))

    def number(self, name: str) -> int:
        return int(self.text(name) or 0)


class Reading:
    """Asks one graph. `ontology` is the folder that it was built with, None for the one that ships."""

    def __init__(self, queries: Queries, names: Names, ontology: Path | None = None) -> None:
        self.queries, self.names, self._ontology = queries, names, ontology

    @functools.cached_property
    def knowledge(self) -> Knowledge:
        """The ontology of the graph; the one that ships where its folder has not come along."""
        folder = self._ontology
        return load_knowledge(folder if folder is not None and (folder / "kg.ttl").is_file() else None)

    async def ask(self, query: str, **parts: Part) -> list[dict[str, Term]]:
        """The rows of a query of `queries/`."""
        return await self.queries.rows(fill(query_text(query), parts))

    async def rdf(self, query: str, accept: str, **parts: Part) -> tuple[bytes, str]:
        """The triples of a query of `queries/`, serialised, and their media type."""
        answer = await self.queries.run(fill(query_text(query), parts), accept)
        return answer.body, answer.content_type

    # ---- claims

    async def claims(self, query: str, **parts: Part) -> GraphView:
        """The claims that a query finds, with the entities and articles they name."""
        rows = await self.ask(query, **parts)
        found = _records(rows, "claim")
        articles = {r["claim"].value: r["article"].value for r in rows}
        iris = {term.value for c in found.values() for term in _links(c)}
        names, told = await self.named(iris), await self.articles(set(articles.values()))
        claims = [self._claim(iri, c, articles[iri], names) for iri, c in sorted(found.items())]
        entities = tuple(
            Entity(n.iri, n.type, n.name, n.iri, n.aliases, (), n.same_as)
            for n in names.values()
            if n.iri.startswith(self.names.base)
        )
        return GraphView(tuple(claims), entities, tuple(told.values()), self.knowledge)

    def _claim(self, iri: str, c: _Record, article: str, names: Mapping[str, Named]) -> ResolvedClaim:
        subject, predicate, object_ = (
            c.values[RDF + "subject"][0],
            c.text(RDF + "predicate"),
            c.values[RDF + "object"][0],
        )
        other = names.get(object_.value) if isinstance(object_, ox.NamedNode) else None
        literal = isinstance(object_, ox.Literal)
        speaker, place = c.text("attributedTo"), c.text("place")
        return ResolvedClaim(
            id=unquote(iri.rsplit("/", 1)[-1]),
            article=self.article_id(article),
            subject=names[subject.value].name,
            subject_iri=subject.value,
            subject_type=names[subject.value].type,
            subject_aliases=names[subject.value].aliases,
            predicate=re.split("[#/]", predicate)[-1],
            predicate_iri=predicate,
            object=other.name if other else object_.value,
            object_iri=None if literal else object_.value,
            datatype=object_.datatype.value.rsplit("#", 1)[-1] if isinstance(object_, ox.Literal) else None,
            object_type=other.type if other else None,
            object_aliases=other.aliases if other else (),
            status=c.text("status") or "reported",  # type: ignore[arg-type]
            attributed_to=names[speaker].name if speaker else c.text("attributedToText"),
            attributed_to_iri=speaker,
            time=c.text("time"),
            time_text=c.text("timeText"),
            place=names[place].name if place else "",
            place_iri=place,
            event_iri="",
            event_type="",
            confidence=float(c.text("confidence") or 0),
            sentence=c.text("evidenceSentence"),
            start=c.number("start"),
            end=c.number("end"),
            trigger_start=c.number("triggerStart"),
            trigger_end=c.number("triggerEnd"),
            extractor=c.text("extractor"),
            rule=c.text("rule"),
            subject_text=c.text("subjectText"),
            predicate_text=c.text("predicateText"),
            object_text=c.text("objectText"),
        )

    async def about(self, iri: ox.NamedNode, offset: int = 0) -> tuple[GraphView, bool]:
        """The claims about a thing, at most `CLAIMS_LIMIT` from `offset` on, and whether there are more."""
        view = await self.claims("claims_about", iri=iri, limit=CLAIMS_LIMIT, offset=offset)
        further = len(view.claims) == CLAIMS_LIMIT and await self.claims(
            "claims_about", iri=iri, limit=1, offset=offset + CLAIMS_LIMIT
        )
        return view, bool(further and further.claims)

    async def publishers(self, view: GraphView) -> dict[str, int]:
        """Claim id -> the independent publishers of the fact that it states; a claim that states none is left out."""
        nodes = {self.names.claim(claim.id): claim.id for claim in view.claims}
        rows = await self.ask("publishers", claims=sorted(nodes, key=str)) if nodes else []
        return {
            nodes[claim]: int(row["number"].value) for row in rows if isinstance(claim := row["claim"], ox.NamedNode)
        }

    async def drawn(self, rows: Iterable[Iterable[str]], triples: Iterable[tuple[str, str, str]]) -> GraphView:
        """The claims behind an answer: those that its rows name, those between two things of one row, those of its triples.

        A triple that no claim states is drawn too, as a claim without a sentence.
        """
        sets = [{iri for iri in row if iri.startswith(self.names.base)} for row in rows]
        triples = dict.fromkeys(
            t for t in triples if t[0].startswith(self.names.base) and t[2].startswith(self.names.base)
        )
        prefix = f"{self.names.base}claim/"
        claims = {iri for row in sets for iri in row if iri.startswith(prefix)}
        pairs = {frozenset((a, b)) for row in sets for a in row for b in row if a < b and not claims & row}
        pairs |= {frozenset((s, o)) for s, _, o in triples}
        named = await self.claims("claims_named", claims=_nodes(claims)) if claims else GraphView(())
        things = {iri for pair in pairs for iri in pair}
        between = GraphView(())
        if things:
            between = await self.claims("claims_among", things=_nodes(things), limit=10 * CLAIMS_LIMIT)
        wanted = {(frozenset((s, o)), p) for s, p, o in triples}
        kept = [
            claim
            for claim in between.claims
            if (ends := frozenset((claim.subject_iri, claim.object_iri or ""))) in pairs
            and (not triples or (ends, claim.predicate_iri) in wanted)
        ]
        told = {(frozenset((c.subject_iri, c.object_iri or "")), c.predicate_iri) for c in kept}
        bare = [(s, p, o) for s, p, o in triples if (frozenset((s, o)), p) not in told and node(p)]
        names = await self.named({iri for triple in bare for iri in triple}) if bare else {}
        return GraphView(
            (*named.claims, *kept, *(_bare_claim(names[s], names[p], names[o]) for s, p, o in bare)),
            tuple({e.iri: e for e in (*named.entities, *between.entities)}.values()),
            tuple({a.id: a for a in (*named.articles, *between.articles)}.values()),
            self.knowledge,
        )

    # ---- names

    async def named(self, iris: Collection[str]) -> dict[str, Named]:
        """What these things are called; one without a name is called by the end of its IRI."""
        nodes = _nodes(iris)
        found = _records(await self.ask("names", iris=nodes), "iri") if nodes else {}
        return {iri: self._named(iri, found.get(iri, _Record())) for iri in sorted(iris)}

    def _named(self, iri: str, record: _Record) -> Named:
        types = [t.removeprefix(ONTOLOGY) for t in record.texts(RDF + "type") if t.startswith(ONTOLOGY)]
        above = self.knowledge.superclasses
        labels = record.texts(RDFS + "label")
        # A noun and a verb may name one event by a wide and a narrow class, and by a short and a long label.
        return Named(
            iri,
            max(labels, key=lambda label: (len(label), label), default=unquote(re.split("[#/]", iri)[-1]) or iri),
            max(types, key=lambda cls: (len(above.get(cls, ())), cls), default=""),
            record.texts(_SKOS + "altLabel"),
            tuple(same for same in record.texts(_OWL + "sameAs") if same.startswith(("http://", "https://"))),
        )

    async def search(self, text: str, size: int = 20) -> list[Hit]:
        """Things by name or alias, the best first: the whole name, its beginning, a word's beginning, any part."""
        wanted = folded(text)
        if not wanted:
            return []
        rows = await self.ask("search", pattern=ox.Literal(pattern(wanted)), limit=5000)
        fits: dict[str, tuple[int, int, str]] = {}
        for row in rows:
            said, iri = row["name"].value, row["iri"].value
            fit = _fit(wanted, folded(said)), len(said), said
            fits[iri] = min(fit, fits.get(iri, fit))
        nearest = sorted(fits, key=lambda iri: (fits[iri], iri))[: 10 * size]
        counted = await self.ask("mentions", iris=_nodes(nearest)) if nearest else []
        times = {row["iri"].value: int(row["times"].value) for row in counted}
        chosen = sorted(nearest, key=lambda iri: (fits[iri][0], -times.get(iri, 0), fits[iri], iri))[:size]
        names = await self.named(chosen)
        return [Hit(names[iri], fits[iri][2], times.get(iri, 0)) for iri in chosen]

    async def most_spoken_of(self, size: int = 12) -> list[tuple[Named, int]]:
        rows = await self.ask("most_spoken_of", limit=size)
        names = await self.named({row["iri"].value for row in rows})
        return [(names[row["iri"].value], int(row["facts"].value)) for row in rows]

    # ---- articles

    def article_id(self, iri: str) -> str:
        return unquote(iri.removeprefix(f"{self.names.base}article/"), errors="surrogatepass")

    async def articles(self, iris: Collection[str]) -> dict[str, Article]:
        """What is known of these articles, without their texts; sorted by day."""
        nodes = _nodes(iris)
        found = _records(await self.ask("articles", articles=nodes), "article") if nodes else {}
        articles = {iri: self._article(iri, record) for iri, record in found.items()}
        return dict(sorted(articles.items(), key=lambda item: (item[1].published, item[0])))

    def _article(self, iri: str, record: _Record) -> Article:
        return Article(
            self.article_id(iri),
            "",
            record.text("title") or self.article_id(iri),
            record.text("url"),
            record.text("publisher"),
            record.texts("author"),
            record.text("publishedOn"),
        )

    async def articles_by_date(self, size: int, offset: int) -> list[tuple[Article, int]]:
        rows = await self.ask("articles_by_date", limit=size, offset=offset)
        found = await self.articles({row["article"].value for row in rows})
        return [(found[row["article"].value], int(row["claims"].value)) for row in rows]

    async def mentioned_in(self, iri: ox.NamedNode, size: int = 100) -> list[tuple[Article, int]]:
        rows = await self.ask("mentioned_in", iri=iri, limit=size)
        found = await self.articles({row["article"].value for row in rows})
        return [(found[row["article"].value], int(row["times"].value)) for row in rows if row["article"].value in found]

    # ---- events

    async def events(
        self, *, since: str = "", until: str = "", cls: str = "", who: str = "", size: int = 100, offset: int = 0
    ) -> list[Happening]:
        """The events between two days in the order of time, of a class and what is below it, with someone."""
        wanted = _nodes(ONTOLOGY + name for name in self._below(cls)) if cls else []
        if (cls and not wanted) or (who and not node(who)):
            return []
        parts: dict[str, Part] = {"classes": wanted, "since": ox.Literal(since), "until": ox.Literal(until or "9999")}
        if who:
            rows = await self.ask("events_of", who=ox.NamedNode(who), limit=size, offset=offset, **parts)
        else:
            rows = await self.ask("events", limit=size, offset=offset, **parts)
        return await self.events_named(row["event"].value for row in rows)

    async def events_with(self, iri: ox.NamedNode, size: int = 100) -> list[Happening]:
        roles = [ox.NamedNode(ONTOLOGY + role) for role in sorted(ROLES)]
        rows = await self.ask("events_with", iri=iri, roles=roles, limit=size)
        return await self.events_named(row["event"].value for row in rows)

    def _below(self, cls: str) -> list[str]:
        return [cls, *(name for name, above in sorted(self.knowledge.superclasses.items()) if cls in above)]

    async def events_named(self, iris: Iterable[str]) -> list[Happening]:
        """These events, in the order given."""
        order = list(dict.fromkeys(iris))
        nodes = _nodes(order)
        if not nodes:
            return []
        parts = _records(await self.ask("event_parts", events=nodes), "event")
        told: dict[str, set[str]] = defaultdict(set)
        for row in await self.ask("event_articles", events=nodes):
            told[row["event"].value].add(row["article"].value)
        things = {
            t.value for p in parts.values() for ts in p.values.values() for t in ts if isinstance(t, ox.NamedNode)
        }
        names = await self.named({*things, *order})
        articles = await self.articles({iri for iris in told.values() for iri in iris})
        return [
            Happening(
                names[event],
                parts.get(event, _Record()).text("time"),
                tuple(
                    (role, names[term.value] if isinstance(term, ox.NamedNode) else Named("", term.value))
                    for role in sorted(ROLES - {"time"})
                    for term in sorted(parts.get(event, _Record()).values.get(role, ()), key=str)
                ),
                tuple(article for iri, article in articles.items() if iri in told[event]),
            )
            for event in order
        ]

    async def event_classes(self) -> list[tuple[str, int]]:
        """The classes of the events that have a time, and how many events each has."""
        rows = await self.ask("event_classes")
        return [(row["class"].value.removeprefix(ONTOLOGY), int(row["number"].value)) for row in rows]

    async def inferred(self, iri: ox.NamedNode) -> list[Inference]:
        """What rules add about a thing, each with one of its proofs."""
        rows = await self.ask("inferred", iri=iri, limit=200)
        subjects = sorted({row["subject"] for row in rows}, key=str)
        proofs = await self.ask("proofs", subjects=subjects) if subjects else []
        terms = (term for row in (*rows, *proofs) for term in row.values())
        names = await self.named({term.value for term in terms if isinstance(term, ox.NamedNode)})

        def triple(row: Mapping[str, Term], *keys: str) -> Triple:
            terms = [row[key] for key in keys]
            s, p, o = (names[t.value] if isinstance(t, ox.NamedNode) else Named("", t.value) for t in terms)
            return s, p, o

        found: dict[Triple, dict[Named, list[Triple]]] = {triple(r, "subject", "predicate", "object"): {} for r in rows}
        for row in proofs:
            rules = found.get(triple(row, "subject", "predicate", "object"))
            if rules is not None:
                premises = rules.setdefault(names[row["rule"].value], [])
                premises += [triple(row, "s", "p", "o")] if "s" in row else []
        return [Inference(told, *next(iter(rules.items()), (Named("", ""), []))) for told, rules in found.items()]

    async def quarantined(self, claim: ox.NamedNode) -> list[str]:
        """Why a claim was set aside; nothing where it was not."""
        return [row["reason"].value for row in await self.ask("quarantined", iri=claim)]

    async def conflicts(
        self, *, about: str = "", conflict: str = "", size: int = 50, offset: int = 0
    ) -> tuple[list[Dispute], GraphView]:
        """Conflicts by kind, all or those about a thing or that one, and the claims on their sides."""
        rows = await self.ask(
            "conflicts",
            about=_nodes([about] if about else []),
            conflicts=_nodes([conflict] if conflict else []),
            limit=size,
            offset=offset,
        )
        found = _records(rows, "conflict")
        claims = {iri for r in found.values() for side in ("oneSide", "otherSide") for iri in r.texts(side)}
        view = await self.claims("claims_named", claims=_nodes(claims)) if claims else GraphView(())
        said = {self.names.claim(claim.id).value: claim for claim in view.claims}
        names = await self.named({r.text("conflictAbout") for r in found.values()})
        disputes = [
            Dispute(
                iri,
                record.text("conflictKind"),
                names[record.text("conflictAbout")],
                record.text("conflictOn").removeprefix(ONTOLOGY),
                tuple(said[iri] for iri in record.texts("oneSide") if iri in said),
                tuple(said[iri] for iri in record.texts("otherSide") if iri in said),
                record.texts("reason"),
            )
            for iri, record in found.items()
        ]
        return sorted(disputes, key=lambda d: (d.kind, d.about.name, d.predicate, d.iri)), view

    # ---- the ontology

    async def ontology(self) -> tuple[list[TermOfOntology], list[TermOfOntology]]:
        """The classes and the properties, with the number of things and claims they have, and a claim as example."""
        records = {
            iri: record
            for iri, record in sorted(_records(await self.ask("ontology"), "term").items())
            if iri.startswith(ONTOLOGY)
        }
        members = {r["class"].value: int(r["number"].value) for r in await self.ask("members") if "class" in r}
        uses = await self._uses()
        classes = [_described(i, r, members.get(i, 0)) for i, r in records.items() if _is(r, "Class")]
        properties = [
            _described(iri, record, *uses.get(iri, (0, None)))
            for iri, record in records.items()
            if _is(record, "ObjectProperty", "DatatypeProperty")
        ]
        return classes, properties

    async def open_predicates(self) -> list[TermOfOntology]:
        """The predicates that are named after the words of articles, most used first."""
        uses = {iri: use for iri, use in (await self._uses()).items() if not iri.startswith(ONTOLOGY)}
        names = await self.named(uses)
        return [_described(iri, _with_label(names[iri].name), *use) for iri, use in uses.items()]

    async def vocabulary(self) -> list[tuple[str, str, str]]:
        """IRI, label and comment of every class and property of the ontology."""
        records = _records(await self.ask("ontology"), "term")
        kinds = ("Class", "ObjectProperty", "DatatypeProperty")
        return [
            (iri, record.text(RDFS + "label"), record.text(RDFS + "comment"))
            for iri, record in sorted(records.items())
            if iri.startswith(ONTOLOGY) and _is(record, *kinds)
        ]

    async def _uses(self) -> dict[str, tuple[int, ResolvedClaim | None]]:
        """How many claims a predicate has and one of them that is stated as fact; most used first."""
        numbers = {
            row["predicate"].value: int(row["number"].value) for row in await self.ask("uses") if "predicate" in row
        }
        examples = {r["predicate"].value: r["example"] for r in await self.ask("instances") if "example" in r}
        view = await self.claims("claims_named", claims=[*examples.values()]) if examples else GraphView(())
        claims = {self.names.claim(claim.id).value: claim for claim in view.claims}
        told = {predicate: claims.get(example.value) for predicate, example in examples.items()}
        return {predicate: (number, told.get(predicate)) for predicate, number in numbers.items()}


def _bare_claim(subject: Named, predicate: Named, object_: Named) -> ResolvedClaim:
    """A triple of an answer that no article states in these words."""
    known: dict[str, object] = {f.name: "" for f in fields(ResolvedClaim)}
    known |= dict.fromkeys(("start", "end", "trigger_start", "trigger_end", "confidence"), 0)
    return ResolvedClaim(
        **{  # type: ignore[arg-type]
            **known,
            "id": content_id(subject.iri, predicate.iri, object_.iri),
            "subject": subject.name,
            "subject_iri": subject.iri,
            "subject_type": subject.type,
            "subject_aliases": subject.aliases,
            "predicate": re.split("[#/]", predicate.iri)[-1],
            "predicate_iri": predicate.iri,
            "object": object_.name,
            "object_iri": object_.iri,
            "datatype": None,
            "object_type": object_.type,
            "object_aliases": object_.aliases,
            "status": "inferred",
        }
    )


def _is(record: _Record, *kinds: str) -> bool:
    return any(_OWL + kind in record.texts(RDF + "type") for kind in kinds)


def _described(iri: str, record: _Record, number: int, example: ResolvedClaim | None = None) -> TermOfOntology:
    return TermOfOntology(
        name=re.split("[#/]", iri)[-1],
        iri=iri,
        label=record.text(RDFS + "label"),
        comment=record.text(RDFS + "comment"),
        parents=_local(record.texts(RDFS + "subClassOf") + record.texts(RDFS + "subPropertyOf")),
        domain=record.text(RDFS + "domain").removeprefix(ONTOLOGY),
        range=record.text(RDFS + "range").rsplit("#", 1)[-1],
        traits=tuple(name.lower() for name in _TRAITS if _is(record, f"{name}Property")),
        gives=_local(record.texts("gives")),
        number=number,
        example=example,
    )


_TRAITS = ("Symmetric", "Transitive", "Functional")


def _with_label(label: str) -> _Record:
    record = _Record()
    record.values[RDFS + "label"] = [ox.Literal(label)]
    return record


def _local(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({iri.removeprefix(ONTOLOGY) for iri in iris if iri.startswith(ONTOLOGY)}))


def _records(rows: Iterable[Mapping[str, Term]], key: str) -> dict[str, _Record]:
    """Rows of subject, ?p and ?o, gathered by subject; predicates of the ontology by their local name."""
    found: dict[str, _Record] = defaultdict(_Record)
    for row in rows:
        if isinstance(row[key], ox.NamedNode):
            found[row[key].value].values[row["p"].value.removeprefix(ONTOLOGY)].append(row["o"])
    return dict(found)


def _links(claim: _Record) -> Iterable[Term]:
    for name in (RDF + "subject", RDF + "object", "attributedTo", "place"):
        yield from (term for term in claim.values.get(name, ()) if isinstance(term, ox.NamedNode))


def _nodes(iris: Iterable[str]) -> list[Term]:
    return [term for iri in sorted(set(iris)) if (term := node(iri))]


# ---- names without accents


def folded(text: str) -> str:
    """A text for comparing: without accents, in one case, single blanks.

    >>> folded("  Élysée  PALACE ")
    'elysee palace'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


@functools.cache
def _variants() -> dict[str, str]:
    """A letter -> itself and its forms with accents, as the inside of a character class."""
    forms: dict[str, set[str]] = defaultdict(set)
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        base = folded(letter)
        if len(base) == 1 and base.isalpha():
            forms[base].add(letter)
    return {base: base + "".join(sorted(letters)) for base, letters in forms.items()}


def pattern(wanted: str) -> str:
    r"""A regular expression (XPath's syntax) for a folded text with or without accents.

    >>> pattern("42 (1)")
    '42\\s+\\(1\\)'
    """
    parts = []
    for c in wanted:
        if c in _variants():
            parts.append(f"[{_variants()[c]}]")
        elif c == " ":
            parts.append(r"\s+")
        else:
            parts.append(c if c.isalnum() else f"\\{c}" if c in r"\.?*+{}()[]^$|-" else c)
    return "".join(parts)


def _fit(wanted: str, said: str) -> int:
    if said == wanted:
        return 0
    if said.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in said else 3
