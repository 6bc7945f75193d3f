"""Lists of known things, read into `Referent`s: the user's own gazetteers (CSV or RDF), and what ships with kg.

Comes in: files with IRIs, names and types; the lexicon of organisations; languages and currencies as Babel has them. Goes out:
entries, each a referent with all its names. A bad row is reported and left out; which mention means an entry is `link`'s.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from kg.compare import normalize_name
from kg.errors import InputError
from kg.lexicon import ONTOLOGY, Knowledge, read_table
from kg.model import Referent, Skipped

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_FOAF = "http://xmlns.com/foaf/0.1/"
_SCHEMA = ("https://schema.org/", "http://schema.org/")

NAMES = (_SKOS + "prefLabel", _RDFS + "label", _FOAF + "name", *(s + "name" for s in _SCHEMA))
"""Properties that give a thing's name, the best first."""
OTHER_NAMES = (_SKOS + "altLabel", *(s + "alternateName" for s in _SCHEMA))
SAME = (_OWL + "sameAs", _SKOS + "exactMatch", *(s + "sameAs" for s in _SCHEMA))

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
COLUMNS = ("iri", "name", "type", "aliases", "sameAs", "homepage")
"""The columns that a CSV gazetteer may have; the first three it must have. A column may also be named by a property's IRI."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")

OnSkip = Callable[[Skipped], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A referent and its names as they were written; its own name comes first."""

    referent: Referent
    names: tuple[str, ...]


def gazetteer_hash(paths: Sequence[str | Path]) -> str:
    """What the gazetteers say, as a hash: another one means linking anew.

    Raises:
        InputError: one cannot be read.
    """
    digest = hashlib.sha256()
    for path in paths:
        digest.update(Path(path).name.encode("utf-8", "surrogatepass") + b"\0" + _bytes(Path(path)))
    return digest.hexdigest()[:16] if paths else ""


def load_gazetteers(paths: Iterable[str | Path], knowledge: Knowledge, *, on_skip: OnSkip) -> tuple[Entry, ...]:
    """Read gazetteers; entries of one IRI are one, with the names of all.

    Args:
        paths: files with the ending .csv, .ttl, .nt, .nq, .trig, .rdf or .jsonld.
        on_skip: told of each row that is left out: file and line, and why.

    Raises:
        InputError: a file cannot be read, has no such ending, or is not of its format.
    """
    by_iri: dict[str, Entry] = {}
    for path in map(Path, paths):
        if path.suffix not in FORMATS and path.suffix != ".csv":
            known = ", ".join((".csv", *FORMATS))
            raise InputError("not a gazetteer by its ending", where=str(path), hint=f"one of {known}")
        rows = _csv(path, knowledge) if path.suffix == ".csv" else _rdf(path, knowledge)
        for where, row in rows:
            if isinstance(row, str):
                on_skip(Skipped(where, "gazetteer", row))
            elif (before := by_iri.get(row.referent.iri)) and before.referent.type != row.referent.type:
                reason = f"{row.referent.iri} was a {before.referent.type} before and is a {row.referent.type} here"
                on_skip(Skipped(where, "gazetteer", reason))
            else:
                by_iri[row.referent.iri] = _joined(before, row) if before else row
    return tuple(by_iri.values())


def _joined(one: Entry, other: Entry) -> Entry:
    referent = replace(
        one.referent,
        statements=tuple(dict.fromkeys((*one.referent.statements, *other.referent.statements))),
    )
    return Entry(referent, tuple(dict.fromkeys((*one.names, *other.names))))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"gazetteer cannot be read: {error.strerror}", where=str(path)) from error


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("gazetteer is not UTF-8", where=str(path), hint="save it as UTF-8") from error


# --- CSV --------------------------------------------------------------------------------------------------------------

Rows = Iterator[tuple[str, Entry | str]]
"""Where a row stands, and the entry it makes or the reason why it makes none."""


def _csv(path: Path, knowledge: Knowledge) -> Rows:
    reader = csv.reader(_text(path).splitlines(), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(header, path)
        for cells in reader:
            where = f"{path}:{reader.line_num}"
            if len(cells) > len(header):
                yield where, f"{len(cells)} cells where the header has {len(header)}"
            elif any(cell.strip() for cell in cells):
                row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
                yield where, _row_entry(row, path.name, knowledge)
    except csv.Error as error:
        raise InputError(f"not valid CSV: {error}", where=f"{path}:{reader.line_num}") from error


def _check_header(header: Sequence[str], path: Path) -> None:
    for column in COLUMNS[:3]:
        if column not in header:
            raise InputError(f"no column {column!r}", where=f"{path}:1", hint=f"begin with {','.join(COLUMNS)}")
    for column in header:
        if column not in COLUMNS and not _IRI.fullmatch(column):
            near = difflib.get_close_matches(column, COLUMNS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(COLUMNS)}, or a property's IRI"
            raise InputError(f"unknown column {column!r}", where=f"{path}:1", hint=hint)
    if doubled := [column for column, count in Counter(header).items() if count > 1]:
        raise InputError(f"column {doubled[0]!r} stands twice", where=f"{path}:1")


def _row_entry(row: Mapping[str, str], file: str, knowledge: Knowledge) -> Entry | str:
    iri, name = row.get("iri", ""), row.get("name", "")
    aliases, same = _cell(row.get("aliases", "")), _cell(row.get("sameAs", ""))
    statements = [(_OWL + "sameAs", _term(each)) for each in same if _IRI.fullmatch(each)]
    statements += [
        (_FOAF + "homepage" if column == "homepage" else column, _term(part))
        for column, cell in row.items()
        if column == "homepage" or column not in COLUMNS
        for part in _cell(cell)
    ]
    return _entry(iri, [name, *aliases], [row.get("type", "")], same, statements, file, knowledge)


def _cell(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _term(text: str) -> str:
    is_iri = text.startswith(("http://", "https://", "urn:", "mailto:")) and _IRI.fullmatch(text)
    return str(ox.NamedNode(text) if is_iri else ox.Literal(text))


def _entry(
    iri: str,
    names: Sequence[str],
    types: Sequence[str],
    same: Sequence[str],
    statements: Sequence[tuple[str, str]],
    file: str,
    knowledge: Knowledge,
) -> Entry | str:
    """The entry that a row or a subject makes, or what is wrong with it."""
    for each in (iri, *same):
        if not _IRI.fullmatch(each):
            return f"{each!r} is no IRI" if each else "no IRI"
    if not names or not names[0]:
        return f"{iri} has no name"
    cls = _class(types, knowledge)
    if not cls:
        known = next((t for t in types if t), "")
        near = difflib.get_close_matches(known, knowledge.superclasses, n=1)
        return f"unknown type {known!r}" + (f", did you mean {near[0]!r}?" if near else "") if known else "no type"
    referent = Referent(
        key=iri,
        name=names[0],
        type=cls,
        iri=iri,
        statements=tuple(dict.fromkeys(statements)),
        source=file,
        origin=file,
    )
    return Entry(referent, tuple(dict.fromkeys(name for name in names if name)))


def _class(types: Sequence[str], knowledge: Knowledge) -> str:
    """The ontology's class for the most special of the types: a local name, an IRI of ours, or one aligned with a class."""
    aligned = _alignments(knowledge.folder)
    found = {aligned.get(t, t.removeprefix(ONTOLOGY).removeprefix("kg:")) for t in types}
    known = [cls for cls in found if cls in knowledge.superclasses]
    return min(known, key=lambda cls: (-len(knowledge.superclasses[cls]), cls), default="")


def _alignments(folder: Path) -> dict[str, str]:
    """IRIs of other vocabularies -> the class that the ontology aligns with them, exactly or closely."""
    path = folder / "alignments.ttl"
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    matches = {_SKOS + "exactMatch": 0, _SKOS + "closeMatch": 1}
    quads = [q for q in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE) if q.predicate.value in matches]
    for quad in sorted(quads, key=lambda q: (matches[q.predicate.value], str(q.subject), str(q.object))):
        if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
            name = quad.subject.value.removeprefix(ONTOLOGY)
            found.setdefault(quad.object.value, name)
            found.setdefault(quad.object.value.replace("https://schema.org/", "http://schema.org/"), name)
    return found


# --- RDF --------------------------------------------------------------------------------------------------------------


def _rdf(path: Path, knowledge: Knowledge) -> Rows:
    """Every subject that has a name or a type; of its other triples those that stand without blank nodes are kept."""
    text = _text(path)
    by_subject: dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]] = defaultdict(list)
    try:
        for quad in ox.parse(text.encode("utf-8"), format=FORMATS[path.suffix], base_iri="urn:gazetteer:"):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                by_subject[quad.subject.value].append((quad.predicate.value, quad.object))
    except SyntaxError as error:
        where = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise InputError(f"not valid RDF: {error.msg}", where=where) from error
    for iri, pairs in by_subject.items():
        if any(p in NAMES or p == _RDF_TYPE for p, _ in pairs):
            yield _line_of(iri, text, path), _subject_entry(iri, pairs, path.name, knowledge)


def _line_of(iri: str, text: str, path: Path) -> str:
    """Where a subject first stands, found by its local name when a prefix shortens it."""
    local = re.escape(re.split(r"[/#:]", iri.rstrip("/"))[-1])
    lines = list(enumerate(text.splitlines(), 1))
    number = next((i for i, line in lines if iri in line), 0)
    if not number and local:
        number = next((i for i, line in lines if re.search(rf"\b\w*:{local}\b", line)), 0)
    return f"{path}:{number}" if number else str(path)


def _subject_entry(
    iri: str, pairs: Sequence[tuple[str, ox.NamedNode | ox.Literal]], file: str, knowledge: Knowledge
) -> Entry | str:
    def values(properties: Iterable[str]) -> list[str]:
        return [
            o.value
            for wanted in properties
            for p, o in sorted(pairs, key=lambda pair: (_language(pair[1]), str(pair[1])))
            if p == wanted
        ]

    own = {*NAMES, *OTHER_NAMES, _RDF_TYPE}
    statements = sorted((p, str(o)) for p, o in pairs if p not in own)
    same = [o.value for p, o in sorted(pairs, key=str) if p in SAME and isinstance(o, ox.NamedNode)]
    return _entry(iri, values((*NAMES, *OTHER_NAMES)), values([_RDF_TYPE]), same, statements, file, knowledge)


def _language(term: ox.NamedNode | ox.Literal) -> tuple[bool, str]:
    """English names and those without a language come first."""
    language = (term.language or "") if isinstance(term, ox.Literal) else ""
    return not (language == "" or language.startswith("en")), language


# --- what ships -------------------------------------------------------------------------------------------------------


def known_organizations(knowledge: Knowledge) -> Iterator[Entry]:
    """The organisations that news calls by several names or by initials alone, from `organizations.tsv`.

    Raises:
        OntologyError: the lexicon is missing or wrong.
    """
    for row in read_table(knowledge.folder / "lexicon" / "organizations.tsv"):
        referent = Referent(
            key=f"organization:{normalize_name(row['name']).replace(' ', '_')}",
            name=row["name"],
            type=row["class"],
            source="organizations",
        )
        yield Entry(referent, (row["name"], *_cell(row["aliases"])))


def known_languages() -> Iterator[Entry]:
    """Languages by their English names, with their ISO 639 codes and the IRIs that the Library of Congress or Lexvo gives them."""
    from babel import Locale

    for code, name in sorted(Locale("en").languages.items()):
        if code.isalpha() and len(code) in (2, 3) and name.isascii():
            two = f"http://id.loc.gov/vocabulary/iso639-1/{code}"
            iri = two if len(code) == 2 else f"http://lexvo.org/id/iso639-3/{code}"
            codes = (("iso639", code),)
            referent = Referent(iri, name, "Language", matches=(iri,), codes=codes, source="languages", origin=_CLDR)
            yield Entry(referent, (name, f"{name} language"))


def known_currencies() -> Iterator[Entry]:
    """Currencies in use by their full English names: "the pound" and "gold" alone could be anything."""
    from babel import Locale
    from babel.core import get_global
    from babel.numbers import get_currency_name

    current = {
        code
        for spans in get_global("territory_currencies").values()
        for code, _, end, is_tender in spans
        if end is None and is_tender
    }
    names = {code: name for code, name in Locale("en").currencies.items() if code in current and "(" not in name}
    for code, name in sorted(names.items()):
        iri = f"http://publications.europa.eu/resource/authority/currency/{code}"
        spoken = (name, get_currency_name(code, 2, locale="en"))
        codes = (("iso4217", code),)
        referent = Referent(iri, name, "Currency", matches=(iri,), codes=codes, source="currencies", origin=_CLDR)
        yield Entry(referent, tuple(dict.fromkeys(spoken)))


_CLDR = "https://cldr.unicode.org/"
