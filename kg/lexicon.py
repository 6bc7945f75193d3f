"""Typed access to the ontology and the lexica: what the user edits in files, read once, checked, and frozen.

Comes in: the folder `ontology/` (the packaged one, or one that a user names). Goes out: `Knowledge`. An entry that names a
class, property or role the ontology does not declare is an `OntologyError` with file and line.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import OntologyError

ONTOLOGY = "https://example.org/kg/ontology#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"

ROLES: frozenset[str] = frozenset(
    [
        "agent",
        "patient",
        "recipient",
        "theme",
        "place",
        "topic",
        "instrument",
        "source",
        "destination",
        "time",
        "subject",
        "object",
    ]
)


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the ontology and, where events give it, the roles that fill its two sides."""

    name: str
    label: str
    symmetric: bool = False
    transitive: bool = False
    domain: str = ""
    range: str = ""
    subject_role: str = ""
    object_role: str = ""
    single_valued: bool = False
    single_subject: bool = False
    unchanging: bool = False
    only_grows: bool = False
    counts_years: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """A lexicon row: words that evoke an event class (or, with `=`, a property) and how syntax fills its roles.

    A `loose` row (`~Class`) tells of an event of the class, in words too far from the class's properties for a plain
    triple of theirs: to expand a port is a kind of development, but says `expanded`, not `developed`. A row whose slot
    ends with `!` is only for sentences that fill it.
    """

    words: tuple[str, ...]
    pos: str
    target: str
    frame: tuple[tuple[str, str], ...]
    place: int = 0
    loose: bool = False
    required: tuple[str, ...] = ()

    @property
    def is_relation(self) -> bool:
        return self.target.startswith("=")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a word does to the sense of its complement: status `effect` for the dependents in `slot`."""

    effect: str
    slot: str


@dataclass(frozen=True, slots=True)
class Title:
    """An office or rank; `leads` where its holder leads the country or organisation named with it; `states` that have it, where
    these are few.
    """

    title: str
    leads: bool
    kind: str
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Country:
    """A state: its usual name and the words that stand for it."""

    name: str
    iso2: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    metonyms: tuple[str, ...]


@dataclass(frozen=True)
class Knowledge:
    """The ontology and the lexica, ready for look-up. Build it with `load_knowledge`."""

    folder: Path
    fingerprint: str
    properties: Mapping[str, Property]
    gives: Mapping[str, tuple[str, ...]]
    superclasses: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    triggers: Mapping[tuple[str, str], tuple[Trigger, ...]]
    titles: Mapping[str, Title]
    kin: Mapping[str, tuple[str, str]]
    countries: tuple[Country, ...]
    nouns: Mapping[str, str]
    org_words: Mapping[str, str]
    effects: Mapping[tuple[str, str], tuple[Effect, ...]]
    irregular_past: Mapping[str, str]
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    disjoint: Mapping[str, frozenset[str]] = field(default_factory=dict)
    confidence: Mapping[str, float] = field(default_factory=dict)

    def label(self, term: str) -> str:
        """The English label of a class or property; its local name split into words where it has none."""
        return self.labels.get(term, term)

    def is_symmetric(self, name: str) -> bool:
        found = self.properties.get(name)
        return bool(found and found.symmetric)

    def states(self, name: str) -> bool:
        """Whether a claim can have this property: one of the record ("left", of a judgement) is no verb that an article uses."""
        found = self.properties.get(name)
        return bool(found and (not found.domain or self.is_a(found.domain, "Entity")))

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether `cls` is `ancestor` or below it."""
        return cls == ancestor or ancestor in self.superclasses.get(cls, ())

    def excludes(self, cls: str, other: str) -> bool:
        """Whether nothing can be both: the ontology calls them, or classes above them, disjoint."""
        above = {other, *self.superclasses.get(other, ())}
        return any(above & self.disjoint.get(each, frozenset()) for each in (cls, *self.superclasses.get(cls, ())))

    @functools.cached_property
    def by_country_name(self) -> Mapping[str, Country]:
        """Lower-case names and aliases of states -> the state."""
        return {w.casefold(): c for c in self.countries for w in (c.name, *c.aliases)}

    @functools.cached_property
    def bodies(self) -> Mapping[str, str]:
        """The names of the bodies that the lexicon knows -> their classes."""
        rows = _rows(self.folder / "lexicon" / "organizations.tsv")
        return {name: row["class"] for row in rows for name in (row["name"], *row["aliases"].split("|")) if name}

    @functools.cached_property
    def state_bodies(self) -> frozenset[str]:
        """What every state has one of ("foreign ministry"), so that `kg.whose` says whose it is."""
        names = tomllib.loads((self.folder / "lexicon" / "names.toml").read_text(encoding="utf-8"))
        return frozenset(names["institutions"])

    @functools.cached_property
    def long_bodies(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """First word -> the words of the bodies' names with that of a state inside, the longest first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted((tuple(name.split()) for name in self.bodies), key=lambda words: (-len(words), words)):
            if words[0][:1].isupper() and any(word.casefold() in self.by_country_name for word in words[1:-1]):
                found.setdefault(words[0], []).append(words)
        return {first: tuple(names) for first, names in found.items()}

    @functools.cached_property
    def by_past(self) -> Mapping[str, str]:
        """Irregular past forms -> the lemma, where only one has them."""
        forms = list(self.irregular_past.values())
        return {past: base for base, past in self.irregular_past.items() if forms.count(past) == 1}

    @functools.cached_property
    def by_adjective(self) -> Mapping[str, Country]:
        """Lower-case adjectives and demonyms -> the state."""
        return {w.casefold(): c for c in reversed(self.countries) for w in (*c.adjectives, *c.demonyms)}

    @functools.cached_property
    def by_capital(self) -> Mapping[str, Country]:
        """Lower-case capitals -> the state; historical states do not take a capital from a present one."""
        return {c.capital.casefold(): c for c in reversed(self.countries) if c.capital and c.iso2}

    @functools.cached_property
    def by_metonym(self) -> Mapping[str, Country]:
        """Lower-case seats that stand for a state ("kremlin") -> the state."""
        return {w.casefold(): c for c in self.countries for w in c.metonyms}


def ontology_folder() -> Path:
    """The ontology that ships: beside the package in a checkout, inside it when installed."""
    inside = Path(__file__).parent / "ontology"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "ontology"


@functools.lru_cache(maxsize=4)
def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Read an ontology folder.

    Raises:
        OntologyError: a file is missing or wrong; the message names file and line.
    """
    folder = Path(folder) if folder else ontology_folder()
    if not (folder / "kg.ttl").is_file():
        raise OntologyError("no kg.ttl here", where=str(folder), hint="name a folder with an ontology")
    graph = _Graph(folder)
    lexicon = folder / "lexicon"
    return Knowledge(
        folder=folder,
        fingerprint=_fingerprint(folder),
        properties=MappingProxyType(graph.properties()),
        gives=MappingProxyType(graph.gives()),
        superclasses=MappingProxyType(graph.superclasses()),
        labels=MappingProxyType(graph.labels()),
        triggers=MappingProxyType(_triggers(lexicon, graph)),
        titles={r["title"].casefold(): _title(r) for r in _rows(lexicon / "titles.tsv")},
        kin={r["word"]: (r["property"], r["direction"]) for r in _rows(lexicon / "kin.tsv")},
        countries=tuple(_country(r) for r in _rows(lexicon / "countries.tsv")),
        nouns=_classes(lexicon / "nouns.tsv", "noun", graph),
        org_words=_classes(lexicon / "org_suffixes.tsv", "word", graph),
        effects=MappingProxyType(_effects(lexicon)),
        irregular_past={r["lemma"]: r["past"] for r in _rows(lexicon / "irregular_past.tsv")},
        words=_word_lists(lexicon / "words.tsv"),
        disjoint=MappingProxyType(graph.disjoint()),
        confidence=MappingProxyType(_weights(lexicon / "confidence.tsv")),
    )


def _fingerprint(folder: Path) -> str:
    """What an extraction depends on: not the rules, which come after it, nor the shapes, which only judge."""
    digest = hashlib.sha256()
    read = (
        p
        for p in folder.rglob("*.*")
        if p.suffix in {".ttl", ".tsv", ".toml"} and "shapes" not in {p.stem, p.parent.name}
    )
    for path in sorted(read):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class _Graph:
    """The ontology files (`*.ttl` but shapes and alignments) as look-up tables of local names."""

    def __init__(self, folder: Path) -> None:
        self._by: dict[tuple[str, str], list[str]] = {}
        self.classes: set[str] = set()
        self._property_names: set[str] = set()
        for path in sorted(folder.glob("*.ttl")):
            if path.stem not in {"shapes", "alignments"}:
                self._read(path)

    def _read(self, path: Path) -> None:
        try:
            triples = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            where = f"{path}:{line}" if line else str(path)
            raise OntologyError(f"not valid Turtle: {error}", where=where, hint="correct the file") from error
        for quad in triples:
            if not isinstance(quad.subject, ox.NamedNode) or not quad.subject.value.startswith(ONTOLOGY):
                continue
            subject = quad.subject.value.removeprefix(ONTOLOGY)
            value = str(getattr(quad.object, "value", quad.object))
            self._by.setdefault((subject, quad.predicate.value), []).append(value)
            if quad.predicate.value == _RDF_TYPE and value == _OWL + "Class":
                self.classes.add(subject)
            elif quad.predicate.value == _RDF_TYPE and value.startswith(_OWL) and value.endswith("Property"):
                self._property_names.add(subject)

    def values(self, subject: str, predicate: str) -> list[str]:
        return [v.removeprefix(ONTOLOGY) for v in self._by.get((subject, predicate), [])]

    def one(self, subject: str, predicate: str) -> str:
        return next(iter(sorted(self.values(subject, predicate))), "")

    def properties(self) -> dict[str, Property]:
        return {
            name: Property(
                name=name,
                label=self.one(name, _RDFS + "label") or name,
                symmetric=_OWL + "SymmetricProperty" in self.values(name, _RDF_TYPE),
                transitive=_OWL + "TransitiveProperty" in self.values(name, _RDF_TYPE),
                domain=self.one(name, _RDFS + "domain"),
                range=self.one(name, _RDFS + "range"),
                subject_role=self.one(name, ONTOLOGY + "subjectRole"),
                object_role=self.one(name, ONTOLOGY + "objectRole"),
                single_valued=self.one(name, ONTOLOGY + "singleValuedAtATime") == "true",
                single_subject=self.one(name, ONTOLOGY + "singleSubjectAtATime") == "true",
                unchanging=self.one(name, ONTOLOGY + "unchanging") == "true",
                only_grows=self.one(name, ONTOLOGY + "onlyGrows") == "true",
                counts_years=self.one(name, ONTOLOGY + "countsYears") == "true",
            )
            for name in sorted(self._property_names)
        }

    def gives(self) -> dict[str, tuple[str, ...]]:
        return {c: tuple(sorted(self.values(c, ONTOLOGY + "gives"))) for c in sorted(self.classes)}

    def superclasses(self) -> dict[str, tuple[str, ...]]:
        def above(cls: str, seen: tuple[str, ...]) -> Iterator[str]:
            for parent in sorted(self.values(cls, _RDFS + "subClassOf")):
                if parent in self.classes and parent not in seen:
                    yield parent
                    yield from above(parent, (*seen, parent))

        return {cls: tuple(dict.fromkeys(above(cls, (cls,)))) for cls in sorted(self.classes)}

    def disjoint(self) -> dict[str, frozenset[str]]:
        """Class -> the classes it shares no member with, in both directions."""
        found: dict[str, set[str]] = {}
        for cls in sorted(self.classes):
            for other in self.values(cls, _OWL + "disjointWith"):
                found.setdefault(cls, set()).add(other)
                found.setdefault(other, set()).add(cls)
        return {cls: frozenset(others) for cls, others in sorted(found.items())}

    def labels(self) -> dict[str, str]:
        named = sorted(self.classes | self._property_names)
        return {name: self.one(name, _RDFS + "label") or name for name in named}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated file with a header; `#` lines are comments; `_line` is the line number."""
    if not path.is_file():
        raise OntologyError("lexicon file is missing", where=str(path), hint="restore it from the package")
    header: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            raise OntologyError(f"{len(cells)} cells where the header has {len(header)}", where=f"{path}:{number}")
        yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)) | {"_line": str(number)}


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table of the lexicon, for modules that read one of their own.

    Raises:
        OntologyError: the file is missing, or a row has too many cells.
    """
    return _rows(path)


def _triggers(lexicon: Path, graph: _Graph) -> dict[tuple[str, str], tuple[Trigger, ...]]:
    """(head lemma, pos) -> its rows, those with more words first. Reads `triggers.tsv` and every `triggers_*.tsv`."""
    found: dict[tuple[str, str], list[Trigger]] = {}
    properties = graph.properties()
    place = itertools.count()  # rows of triggers.tsv go before those of the files after it
    for path in sorted(lexicon.glob("triggers*.tsv")):
        for row in _rows(path):
            trigger = _trigger(row, f"{path}:{row['_line']}", graph.classes, properties)
            for words in _alternatives(trigger):
                made = replace(trigger, words=words, place=next(place))
                found.setdefault((words[0], trigger.pos), []).append(made)
    return {key: tuple(sorted(rows, key=lambda t: (-len(t.words), t.place))) for key, rows in sorted(found.items())}


def _alternatives(trigger: Trigger) -> Iterator[tuple[str, ...]]:
    """The words of a row, the head first: "lift/ease ban" is two rows, and of "phone call" the head is the noun at the end."""
    words = reversed(trigger.words) if trigger.pos == "NOUN" else trigger.words
    yield from itertools.product(*(word.split("/") for word in words))


def _trigger(row: dict[str, str], where: str, classes: set[str], properties: Mapping[str, Property]) -> Trigger:
    target = row["class"].removeprefix("~")
    if target.startswith("="):
        if target[1:] not in properties:
            raise OntologyError(f"unknown property {target[1:]!r}", where=where, hint="declare it in kg.ttl")
    elif target not in classes:
        raise OntologyError(f"unknown event class {target!r}", where=where, hint="declare it in kg.ttl")
    frame, required = [], []
    for part in row["frame"].split():
        slot, eq, role = part.partition("=")
        if slot.endswith("!"):
            slot = slot.removesuffix("!")
            required.append(slot)
        if not eq and slot == "_":
            continue
        if not eq or (role not in ROLES and role != "_"):
            raise OntologyError(f"frame part {part!r} is not slot=role", where=where, hint=f"roles: {sorted(ROLES)}")
        frame.append((slot, role))
    if not row["trigger"] or row["pos"] not in {"VERB", "VERB+", "NOUN", "ADJ"}:
        raise OntologyError("a trigger needs words and a pos of VERB, NOUN or ADJ (or VERB+)", where=where)
    words, loose = tuple(row["trigger"].split()), row["class"].startswith("~")
    return Trigger(words, row["pos"], target, tuple(frame), loose=loose, required=tuple(required))


def _title(row: dict[str, str]) -> Title:
    states = tuple(name for name in row.get("states", "").split("|") if name)
    return Title(row["title"], row["leads"] == "yes", row["kind"], states)


def _country(row: dict[str, str]) -> Country:
    def split(cell: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in cell.split("|") if part.strip())

    return Country(
        row["name"],
        row["iso2"],
        split(row["aliases"]),
        split(row["adjectives"]),
        split(row["demonyms"]),
        row["capital"],
        split(row["metonyms"]),
    )


def _classes(path: Path, key: str, graph: _Graph) -> dict[str, str]:
    found = {}
    for row in _rows(path):
        if row["class"] not in graph.classes:
            raise OntologyError(f"unknown class {row['class']!r}", where=f"{path}:{row['_line']}")
        found[row[key]] = row["class"]
    return found


def _effects(lexicon: Path) -> dict[tuple[str, str], tuple[Effect, ...]]:
    found: dict[tuple[str, str], list[Effect]] = {}
    for row in _rows(lexicon / "factuality.tsv"):
        for slot in (row["slot"] or "any").replace("|", " ").replace(",", " ").split():
            found.setdefault((row["word"], row["pos"]), []).append(Effect(row["effect"], slot))
    return {key: tuple(effects) for key, effects in sorted(found.items())}


def _weights(path: Path) -> dict[str, float]:
    """`confidence.tsv`: clue, weight. Nothing where an ontology has no such file: extractors' confidences then count as they are."""
    found = {}
    for row in _rows(path) if path.is_file() else ():
        try:
            found[row["clue"]] = float(row["weight"])
        except (KeyError, ValueError) as error:
            raise OntologyError("a row is a clue and its weight, a number", where=f"{path}:{row['_line']}") from error
    return found


def _word_lists(path: Path) -> dict[str, frozenset[str]]:
    """`words.tsv`: list name, words separated by spaces (underscores stand for spaces inside one)."""
    lists: dict[str, set[str]] = {}
    for row in _rows(path):
        lists.setdefault(row["list"], set()).update(w.replace("_", " ") for w in row["words"].split())
    return {name: frozenset(words) for name, words in sorted(lists.items())}
