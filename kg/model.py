"""The nouns of kg: frozen values that cross stage boundaries, and the content hashes that name them.

Text offsets are character offsets into `Article.text`, which is the text as it was read; cleaning never edits it but
marks spans as furniture. A value that comes from text keeps its span, so that it slices back to its words.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import msgspec

Status = Literal["asserted", "reported", "planned", "possible", "alleged", "denied", "negated", "inferred"]
Kind = Literal["name", "nominal", "pronoun"]

FACTUAL: frozenset[str] = frozenset({"asserted", "inferred"})
"""The statuses that become plain triples."""

READINGS = "readings"
"""The extractor of `Extraction.readings`: they are listed among the claims, and make no triples."""

T = TypeVar("T")


def content_id(*parts: object) -> str:
    """A 16-digit hexadecimal name for content: equal parts give equal ids on every machine.

    >>> content_id("a", 1) == content_id("a", 1) != content_id("a1")
    True
    """
    text = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters of an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words: `Span(0, 2).of("Kim") == "Ki"`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch of the page that is not a sentence of the story.

    `kind` is one of title, byline, dateline, date, caption, credit, teaser, share, newsletter, comment, contact, heading,
    other.
    """

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as read. `published` is an ISO 8601 date or date-time, or "" where none is known.

    `source` is the input as the user named it; `asides` are the parts that `clean_article` set apart.
    """

    id: str
    text: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = "en"
    source: str = ""
    dateline: str = ""
    asides: tuple[Aside, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of everything that can change what is extracted."""
        return hashlib.sha256(repr(dataclasses.astuple(self)).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def story(self) -> str:
        """The text with every aside blanked out, character for character, so that offsets stay those of `text`."""
        chars = list(self.text)
        for aside in self.asides:
            for i in range(aside.span.start, aside.span.end):
                if chars[i] != "\n":
                    chars[i] = " "
        return "".join(chars)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that stands for a person, place, organisation, group, event, document or thing.

    `name` is the best name its chain has in the article ("Kim Jong Un" for "Kim", "Russia" for "Russian"), `type` the local
    name of an ontology class, `kind` how this mention refers, `chain` the article-wide id of what it refers to. `rule`
    says how the chain was decided ("name", "short-form", "pronoun", "acronym", "metonym", "demonym", "coreference").
    """

    id: str
    article_id: str
    span: Span
    text: str
    name: str
    type: str
    chain: str
    kind: Kind = "name"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression and what it resolves to.

    `value` is ISO 8601 / EDTF ("2023-07-27", "2023-10", "2024-10/2024-12", "2023-S…"), or "" when it cannot be resolved;
    `start` and `end` are ISO dates that bound it (inclusive, "" when open); `granularity` is one of time, day, week, month,
    quarter, half, season, year, decade, century, duration, unknown.
    """

    text: str
    value: str = ""
    start: str = ""
    end: str = ""
    granularity: str = "unknown"


@dataclass(frozen=True, slots=True)
class Value:
    """A literal with its datatype as the local name of an XSD type ("string", "date", "gYear", "integer", "decimal")."""

    lexical: str
    datatype: str = "string"


@dataclass(frozen=True, slots=True)
class Argument:
    """Who or what plays a role: a mention, by id, or a literal; `span` is where the text says it."""

    role: str
    mention: str = ""
    value: Value | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an article says it, and which rule of which extractor read it.

    `subject_text` and `object_text` are the whole phrases of the two sides; "" where the mention's own words are all.
    """

    article_id: str
    sentence: Span
    trigger: Span
    predicate_text: str
    extractor: str
    rule: str = ""
    subject_text: str = ""
    object_text: str = ""


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event as one article tells it at one trigger: its class and everyone and everything that takes part."""

    id: str
    article_id: str
    type: str
    arguments: tuple[Argument, ...]
    evidence: Evidence
    status: Status = "asserted"
    time: TimeSpan | None = None
    place: str = ""
    attributed_to: str = ""
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one article: subject, property, object, and in what sense it is said.

    `subject` is a mention id, `object` an argument (mention or literal), `event` the id of the event mention that gives it
    or "". `attributed_to` is the mention id of the speaker, or the speaker's words where there is no mention, or "" when the
    article itself says it. `place` is a mention id or "".
    """

    id: str
    article_id: str
    subject: str
    predicate: str
    object: Argument
    evidence: Evidence
    status: Status = "asserted"
    event: str = ""
    time: TimeSpan | None = None
    place: str = ""
    attributed_to: str = ""
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything extracted from one article: the content of its named graph.

    `readings` tell what clauses say that no claim reads: their object is a phrase, their subject a mention or "".
    """

    article: Article
    mentions: tuple[Mention, ...] = ()
    events: tuple[EventMention, ...] = ()
    claims: tuple[Claim, ...] = ()
    readings: tuple[Claim, ...] = ()


def chain_key(mention: Mention) -> str:
    """The corpus-wide name of the chain a mention belongs to: what `Judgement` and `Entity.members` speak of."""
    return f"{mention.article_id}#{mention.chain}"


@dataclass(frozen=True, slots=True)
class Referent:
    """Something known outside the articles that mentions can be linked to: a place, a language, a row of a user's gazetteer.

    `key` is its IRI where it has one, otherwise a name of its own; `type` the local name of an ontology class; `iri` an IRI of
    the same thing ("" where there is none) and `matches` further ones; `codes` pairs of an ontology property and a value (ISO
    codes); `within` the key of the place it lies in and `capital_of` that of the state whose capital it is; `statements` what
    else its source says, as pairs of a predicate's IRI and an N-Triples term. `source` tells apart lists of things: two referents
    of one source are two things. `origin` is the IRI or file name of the data.
    """

    key: str
    name: str
    type: str
    iri: str = ""
    matches: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    within: str = ""
    capital_of: str = ""
    statements: tuple[tuple[str, str], ...] = ()
    source: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A decision that an article-wide chain is (or might be) a referent, with its reasons; undone by a decisions file."""

    chain: str
    referent: Referent
    score: float
    reasons: tuple[str, ...]
    verdict: Literal["same", "unsure"] = "same"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision that two article-wide chains are the same or different, with its reasons; undone by a decisions file.

    `right` may also be the key of a `Referent`, which is then the same as the chain `left`.
    """

    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """One node of the graph: a person, place, organisation, event… that one or more articles mention.

    `members` are chain keys (see `chain_key`), `external_ids` are IRIs of the same thing elsewhere, `referents` the keys of
    what it was linked to; `iri` is minted by `kg.rdf` and empty before.
    """

    id: str
    type: str
    name: str
    iri: str = ""
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    external_ids: tuple[str, ...] = ()
    referents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article comes from: its day, and what it shares with others of the same source (publisher, agency, text)."""

    article: str
    published: str
    voices: tuple[str, ...]
    corrects: bool = False
    """Whether it says of itself that it corrects an earlier report."""


@dataclass(frozen=True, slots=True)
class Support:
    """How many articles say something, how many independent publishers, and the first and last day ("" where unknown)."""

    articles: int
    publishers: int
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class ResolvedClaim:
    """A claim with its entities resolved: one line of `claims.jsonl`, in that order of keys."""

    id: str
    article: str
    subject: str
    subject_iri: str
    subject_type: str
    subject_aliases: tuple[str, ...]
    predicate: str
    predicate_iri: str
    object: str
    object_iri: str | None
    datatype: str | None
    object_type: str | None
    object_aliases: tuple[str, ...]
    status: Status
    attributed_to: str
    attributed_to_iri: str
    time: str
    time_text: str
    place: str
    place_iri: str
    event_iri: str
    event_type: str
    confidence: float
    sentence: str
    start: int
    end: int
    trigger_start: int
    trigger_end: int
    extractor: str
    rule: str
    subject_text: str
    predicate_text: str
    object_text: str


ConflictKind = Literal["contradiction", "correction", "dispute"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that cannot all be true. `left` and `right` are claim ids, those told first or denied on the left.

    `kind`: contradiction (two values that exclude each other), correction (the right takes the left back) or dispute (the
    right denies the left). `subject` is of whom or what both speak.
    """

    id: str
    kind: ConflictKind
    subject: str
    subject_iri: str
    predicate: str
    predicate_iri: str
    left_value: str
    right_value: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input, or a part of one, that was left out: at which stage and why."""

    source: str
    stage: str
    reason: str


@dataclass(slots=True)
class BuildReport:
    """What a build did: counts by kind, what was skipped, seconds by stage, versions."""

    counts: dict[str, int] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


def to_dict(value: Any) -> Any:
    """A dataclass as plain JSON types."""
    return dataclasses.asdict(value)


def to_json(value: Any) -> bytes:
    """A dataclass as one line of JSON, in UTF-8.

    A lone surrogate, which only damaged text has, is written as Python does ("surrogatepass"), so that nothing is lost.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        text = json.dumps(to_dict(value), ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "surrogatepass")


def from_json(cls: type[T], data: bytes) -> T:
    """The inverse of `to_json`. Raises `ValueError`, `KeyError` or `TypeError` where the data is not that.

    >>> from_json(Span, to_json(Span(1, 2)))
    Span(start=1, end=2)
    """
    try:
        return msgspec.json.decode(data, type=cls)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return from_dict(cls, json.loads(data.decode("utf-8", "surrogatepass")))


def from_dict(cls: type[T], data: Any) -> T:
    """The inverse of `to_dict` for the types of this module.

    >>> from_dict(Span, to_dict(Span(1, 2)))
    Span(start=1, end=2)
    """
    hints = _hints(cls)
    known = {key: _convert(hints[key], item) for key, item in data.items() if key in hints}
    return cls(**known)


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(cls: type) -> dict[str, Any]:
    if cls not in _HINTS:
        _HINTS[cls] = typing.get_type_hints(cls)
    return _HINTS[cls]


def _convert(hint: Any, item: Any) -> Any:
    if item is None or (isinstance(item, str | int | float) and not dataclasses.is_dataclass(hint)):
        return item
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        inner = next(a for a in typing.get_args(hint) if a is not type(None))
        return _convert(inner, item)
    if origin is tuple:
        return tuple(_convert(typing.get_args(hint)[0], each) for each in item)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return from_dict(hint, item)
    return item
