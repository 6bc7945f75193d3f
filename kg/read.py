"""Reads news articles: files, folders, globs and standard input -> a stream of `Article`.

Text, HTML, Markdown, JSON lines, RSS and Atom feeds, each also gzipped, in any common encoding. What cannot be read is told
to `on_skip`, one line each, and the rest goes on. Nothing is cleaned here; title, date, byline and dateline are found.
"""

from __future__ import annotations

import codecs
import glob
import gzip
import hashlib
import html
import io
import json
import logging
import os
import re
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit
from xml.etree import ElementTree

import charset_normalizer
import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]
import trafilatura
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.furniture import (
    Line,
    byline_names,
    ends_sentence,
    find_date,
    is_byline,
    is_date_line,
    load_furniture,
    parse_date,
    split_lines,
    stamped_date,
)
from kg.model import Article, Skipped

MAX_BYTES = 20_000_000
"""The largest file, or record of a file of records, that is taken for an article; no newspaper prints more."""

STDIN = "-"
_HEAD_LINES = 12
_SNIFF = 4096
_KINDS = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown",
    ".jsonl": "records", ".ndjson": "records", ".xml": "feed", ".rss": "feed", ".atom": "feed", ".rdf": "feed",
}  # fmt: skip
_ENDINGS = ".txt .html .htm .md .jsonl .xml .rss .atom, or one of these with .gz"
_MAGIC = (
    (b"%PDF", "a PDF document"), (b"PK\x03\x04", "a zip archive or office document"), (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"), (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"\x7fELF", "a program"),
    (b"MZ", "a program"), (b"{\\rtf", "an RTF document"), (b"\x1f\x8b", "a gzip archive"), (b"SQLite format", "a database"),
)  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']([\w-]+)|<meta[^>]*charset=["']?\s*([\w-]+)""", re.IGNORECASE)
_DEFAULT_CHARSET = re.compile(rb"[\x81\x8d\x8f\x90\x9d\x00-\x08\x0e-\x1a\x7f]")

OnSkip = Callable[[Skipped], None]
log = logging.getLogger(__name__)


class _UnreadableError(Exception):
    """Why one input, or one record of it, is left out."""


def _log_skip(skipped: Skipped) -> None:
    log.warning("%s: %s", skipped.source, skipped.reason)


def read_articles(
    inputs: Iterable[str | Path],
    *,
    on_skip: OnSkip = _log_skip,
    max_bytes: int = MAX_BYTES,
    ontology: Path | None = None,
) -> Iterator[Article]:
    """Read the articles of all inputs, in the order of their sources, whatever the order of the inputs.

    Args:
        inputs: files, folders (all below them but hidden files), globs, or "-" for standard input.
        on_skip: is told of every input, file or record that is left out, and why.
        max_bytes: the size beyond which a text is refused.
        ontology: the folder whose `lexicon/furniture.tsv` to use; None takes the one that ships.

    Of several articles with one id the first is kept; the others are reported unless they say the same.
    """
    seen: dict[str, tuple[str, bytes]] = {}
    for source, named in _sources([str(each) for each in inputs], on_skip):
        try:
            for article in _articles_of(source, named, on_skip, max_bytes, ontology):
                if not _is_repeated(article, seen, on_skip):
                    yield article
        except _UnreadableError as error:
            on_skip(Skipped(source, "read", str(error)))


def _is_repeated(article: Article, seen: dict[str, tuple[str, bytes]], on_skip: OnSkip) -> bool:
    digest = hashlib.sha256(replace(article, source="").sha256.encode()).digest()[:8]
    first, known = seen.setdefault(article.id, (article.source, digest))
    if first == article.source and known == digest:
        return False
    if known != digest:
        reason = f"has the id {_shown(article.id)!r} of another article, {first}: rename one of them or change its id"
        on_skip(Skipped(article.source, "read", reason))
    return True


# Which files


def _sources(inputs: list[str], on_skip: OnSkip) -> Iterator[tuple[str, bool]]:
    """Every file once, sorted, and whether the user named it; the names of all files are held, not their content."""
    found: dict[str, tuple[str, bool]] = {}
    for given in sorted(set(inputs)):
        for name, named in _expanded(given, on_skip):
            real = name if name == STDIN else os.path.realpath(name)
            known = found.get(real)
            found[real] = (min(known[0], name), known[1] or named) if known else (name, named)
    yield from sorted(found.values())


def _expanded(given: str, on_skip: OnSkip) -> Iterator[tuple[str, bool]]:
    if given == STDIN:
        yield STDIN, True
    elif not given or "\0" in given:
        on_skip(Skipped(given, "read", "is no name of a file or folder"))
    elif os.path.isdir(given):
        yield from _folder(given, on_skip)
    elif os.path.exists(given):
        yield given, True
    elif glob.has_magic(given):
        names = sorted(glob.glob(given, recursive=True))
        if not names:
            on_skip(Skipped(given, "read", "no file matches this pattern: check the folder and the ending"))
        for name in names:
            yield from _folder(name, on_skip) if os.path.isdir(name) else iter([(name, True)])
    else:
        on_skip(Skipped(given, "read", "no such file or folder: check the spelling and the current folder"))


def _folder(folder: str, on_skip: OnSkip) -> Iterator[tuple[str, bool]]:
    """The articles below a folder; files of other kinds are reported together, by ending."""
    others: dict[str, int] = {}
    count = 0
    refused: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            if _kind_by_name(name):
                count += 1
                yield os.path.join(place, name), False
            else:
                ending = os.path.splitext(name)[1]
                others[ending] = others.get(ending, 0) + 1
    for error in refused:
        on_skip(Skipped(str(error.filename), "read", f"cannot be opened: {error.strerror}"))
    for ending, number in sorted(others.items()):
        kind = f"ending in {ending}" if ending else "without an ending"
        on_skip(Skipped(folder, "read", f"{number} file{'s' * (number > 1)} {kind} left out: kg reads {_ENDINGS}"))
    if not count and not refused:
        on_skip(Skipped(folder, "read", f"holds no article: put files in it that end in {_ENDINGS}"))


def _kind_by_name(name: str) -> str:
    return _KINDS.get(os.path.splitext(name.lower().removesuffix(".gz"))[1], "")


def _stem(source: str) -> str:
    """`news/talks.txt.gz` -> `talks`."""
    if source == STDIN:
        return "stdin"
    name = os.path.basename(source)
    name = name[:-3] if name.lower().endswith(".gz") else name
    stem, ending = os.path.splitext(name)
    return _clean_id(stem if ending.lower() in _KINDS or _is_ending(ending) else name) or "article"


def _is_ending(ending: str) -> bool:
    return bool(re.fullmatch(r"\.[A-Za-z]{1,5}", ending))


# From file to bytes to text


def _articles_of(source: str, named: bool, on_skip: OnSkip, limit: int, ontology: Path | None) -> Iterator[Article]:
    try:
        with _opened(source) as stream:
            start = stream.peek(_SNIFF)[:_SNIFF]
            kind = _kind(source, start)
            if kind == "records":
                drafts = _records(source, stream, on_skip, limit)
            else:
                text = _decoded(_all_of(stream, limit), kind)
                drafts = _READERS[kind](source, text, on_skip)
            for draft in drafts:
                yield _finished(draft, ontology)
    except IsADirectoryError as error:
        raise _UnreadableError("is a folder") from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise _UnreadableError("is a damaged gzip file: fetch or pack it again") from error
    except OSError as error:
        raise _UnreadableError(f"cannot be opened: {error.strerror or error}") from error


def _opened(source: str) -> io.BufferedReader:
    if source == STDIN:
        return io.BufferedReader(_Unclosed(sys.stdin.buffer))
    if not os.path.isfile(source):
        raise _UnreadableError("is a folder" if os.path.isdir(source) else "is no ordinary file")
    if source.lower().endswith(".gz"):
        return io.BufferedReader(gzip.open(source))
    return open(source, "rb")


class _Unclosed(io.RawIOBase):
    """A stream that is read through but not closed: standard input belongs to the process."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _kind(source: str, start: bytes) -> str:
    """What a file holds, by its first bytes and its name."""
    if not start.strip():
        raise _UnreadableError("is empty")
    encoded = any(start.startswith(bom) for bom, _ in _BOMS) or bool(_wide(start))
    for magic, what in _MAGIC:
        if start.startswith(magic) and not (magic == b"MZ" and b"\0" not in start):
            raise _UnreadableError(f"is {what}, not text: convert it to .txt or .html first")
    if not encoded and b"\0" in start:
        raise _UnreadableError(f"is a binary file, not text: kg reads {_ENDINGS}")
    kind = _kind_by_name(source)
    head = start.lstrip(codecs.BOM_UTF8).lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if kind in {"records", "html", "markdown", "feed"}:
        return kind
    if re.match(rb"(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*)*<(rss|feed|rdf:rdf)\b", head, re.S):
        return "feed"
    if not kind and re.match(rb'\{\s*"', head):
        return "records"
    return "text"


def _wide(start: bytes) -> str:
    """UTF-16 without a mark: every other byte of English is zero."""
    even, odd = start[0::2], start[1::2]
    if len(start) >= 8 and odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if len(start) >= 8 and even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""


def _all_of(stream: BinaryIO, limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise _UnreadableError(_too_large(limit))
    return data


def _too_large(limit: int) -> str:
    return f"is larger than {limit:,} bytes, too large for an article: split it, or give many articles as .jsonl"


def _decoded(data: bytes, kind: str) -> str:
    """The characters of a file: by its byte order mark, its own declaration, as UTF-8, or by likelihood."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if wide := _wide(data[:_SNIFF]):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:_SNIFF]) if kind in {"html", "feed"} else None
        return _declared_text(data, declared) or _guessed_text(data)


def _declared_text(data: bytes, declared: re.Match[bytes] | None) -> str:
    if not declared:
        return ""
    name = (declared[1] or declared[2]).decode("ascii", "replace").lower()
    try:
        # Pages that say Latin-1 mean Windows-1252 (WHATWG Encoding Standard).
        return data.decode("cp1252" if name in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"} else name)
    except (LookupError, UnicodeDecodeError):
        return ""


def _guessed_text(data: bytes) -> str:
    """Broken UTF-8 keeps what is whole; otherwise Windows-1252, the usual one for English, or what fits better."""
    repaired = data.decode("utf-8", "replace")
    bad = repaired.count("�")
    if sum(char > "\x7f" for char in repaired) - bad >= bad:
        return repaired
    if not _DEFAULT_CHARSET.search(data) and _is_plausible(text := data.decode("cp1252", "replace")):
        return text
    best = charset_normalizer.from_bytes(data[:200_000]).best()
    return data.decode(best.encoding, "replace") if best else repaired


def _is_plausible(text: str) -> bool:
    """Whether the characters beyond ASCII are those of names and typography: é, ü, “, —, £."""
    beyond = [char for char in text if char > "\x7f"]
    odd = sum(unicodedata.category(char) in {"So", "Sk", "Sm", "No", "Lm"} or char in "¤¦ªº¬¯¶¸ƒˆ˜" for char in beyond)
    return odd <= 0.1 * len(beyond)


_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def _plain(text: str) -> str:
    """Text in composed characters with plain spaces and newlines, without marks that no reader sees."""
    text = _NEWLINES.sub("\n", text)
    text = _SPACES.sub(" ", _CONTROL.sub(" ", _INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFC", text)


# From text to drafts of articles


@dataclass(frozen=True, slots=True)
class _Draft:
    """An article as its source gives it, before what its text says about it is read."""

    article: Article
    is_page: bool = True


def _read_text(source: str, text: str, on_skip: OnSkip) -> Iterator[_Draft]:
    yield _Draft(Article(_stem(source), text, source=source))


def _read_html(source: str, text: str, on_skip: OnSkip) -> Iterator[_Draft]:
    yield _Draft(replace(_page_article(text), id=_stem(source), source=source))


def _page_article(text: str) -> Article:
    """The main text of a web page, with what its metadata say."""
    try:
        document: Any = trafilatura.bare_extraction(
            text, include_comments=False, include_tables=False, with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )  # fmt: skip
    except Exception as error:  # a parser of hostile pages: whatever it trips over, the page's own text is still there
        log.debug("main text not found: %s", error)
        document = None
    body = (document.text if document else "") or ""
    fallback = _fragment_text(text)
    if len(body.split()) < 25 and len(fallback.split()) > len(body.split()):
        body = fallback
    if document is None:
        return Article("", body, language=_page_language(text))
    return Article(
        "", body, title=document.title or "", url=document.url or "", publisher=document.sitename or "",
        authors=tuple(name.strip() for name in (document.author or "").split(";") if name.strip()),
        published=_meta_date(text) or document.date or "", language=_page_language(text),
    )  # fmt: skip


_META_DATE = re.compile(
    r"""<meta[^>]*(?:property|name|itemprop)=["'](?:article:published_time|datePublished|pubdate|date|dc\.date(?:\.issued)?|
    parsely-pub-date|sailthru\.date|publish-date)["'][^>]*content=["']([^"']{8,40})["']""",
    re.IGNORECASE | re.VERBOSE,
)
_PAGE_LANGUAGE = re.compile(r"""<html[^>]*\slang=["']?([A-Za-z]{2,3})\b""", re.IGNORECASE)


def _meta_date(text: str) -> str:
    found = _META_DATE.search(text[:200_000])
    return parse_date(found[1]) if found else ""


def _page_language(text: str) -> str:
    found = _PAGE_LANGUAGE.search(text[:5000])
    return found[1].lower() if found else "en"


_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p "
    "pre section table td th tr ul".split()
)
_UNSEEN = frozenset(
    "script style noscript template head iframe object svg button select textarea nav footer form".split()
)


def _fragment_text(markup: str) -> str:
    """The text of an HTML fragment, a line for each block."""
    if not re.search(r"<[a-zA-Z!/]", markup):
        return html.unescape(markup)
    try:
        root = lxml.html.fromstring(f"<div>{re.sub(r'<[?]xml[^>]*>', '', markup)}</div>")
    except (lxml.etree.LxmlError, ValueError):
        return html.unescape(re.sub(r"<[^>]*>", " ", markup))
    pieces: list[str] = []
    for event, element in lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        _add_piece(pieces, event, element)
    lines = (" ".join(line.split()) for line in "".join(pieces).replace("\r", "").split("\v"))
    return "\n\n".join(line for line in lines if line)


def _add_piece(pieces: list[str], event: str, element: Any) -> None:
    """One step of the walk: the element's own text at its start, what follows it at its end."""
    hidden = isinstance(element.tag, str) and any(e.tag in _UNSEEN for e in (element, *element.iterancestors()))
    outside = any(e.tag in _UNSEEN for e in element.iterancestors())
    if event == "start" and not hidden:
        pieces.append(("\v" if element.tag in _BLOCKS else "") + (element.text or ""))
    elif event != "start" and not outside:
        pieces.append(("\v" if element.tag in _BLOCKS else "") + (element.tail or ""))


def _read_markdown(source: str, text: str, on_skip: OnSkip) -> Iterator[_Draft]:
    fields, body = _front_matter(text)
    lines: list[str] = []
    title = ""
    tokens = MarkdownIt("commonmark").parse(body)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            line = _inline_text(token)
            lines.append(line)
            if not title and before is not None and before.type == "heading_open" and before.tag == "h1":
                title = line
        elif token.type in {"fence", "code_block"}:
            lines.append(token.content)
        elif token.type == "html_block":
            lines.append(_fragment_text(token.content))
    article = _record_article({"title": title} | fields, "\n\n".join(line for line in lines if line.strip()))
    yield _Draft(replace(article, id=_clean_id(fields.get("id", "")) or _stem(source), source=source))


def _inline_text(token: Token) -> str:
    """The words of a paragraph; of a picture nothing, of a link its text."""
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
    return "".join(parts).strip()


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """`key: value` lines between `---` at the top, and the rest."""
    found = re.match(r"\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", text.replace("\r\n", "\n"), re.S)
    if not found:
        return {}, text
    rows = re.findall(r"^([A-Za-z_]+):[ \t]*(.*?)[ \t]*$", found[1], re.M)
    return {key.lower(): value.strip("\"'") for key, value in rows}, text.replace("\r\n", "\n")[found.end() :]


# Files of records


def _records(source: str, stream: io.BufferedReader, on_skip: OnSkip, limit: int) -> Iterator[_Draft]:
    """The articles of a file with one JSON object a line; memory holds one line."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        where = f"{source}:{number}"
        try:
            if len(line) > limit:
                _skip_rest_of_line(stream, limit)
                raise _UnreadableError(_too_large(limit))
            if record := line.removeprefix(codecs.BOM_UTF8).strip():
                yield _Draft(_json_article(record, where, f"{_stem(source)}-{number}"))
        except _UnreadableError as error:
            on_skip(Skipped(where, "read", str(error)))


def _skip_rest_of_line(stream: io.BufferedReader, limit: int) -> None:
    while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
        pass


def _json_article(line: bytes, where: str, default_id: str) -> Article:
    try:
        record = json.loads(_decoded(line, "records"))
    except (ValueError, RecursionError) as error:
        at = f", column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise _UnreadableError(f"is not valid JSON{at}: one object a line is needed") from error
    if not isinstance(record, dict):
        raise _UnreadableError(f"is no JSON object but a {type(record).__name__}: write one object a line")
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise _UnreadableError('has no "text": each record needs it, as a string')
    fields = {str(key).lower(): value for key, value in record.items()}
    article = _record_article(
        fields, _fragment_text(text) if re.search(r"</(p|div|article)>|<br\s*/?>", text) else text
    )
    given = record.get("id")
    own = _clean_id(str(given)) if isinstance(given, str | int) else ""
    return replace(article, id=own or _id_of_url(article.url) or default_id, source=where)


def _record_article(fields: dict[str, Any], text: str) -> Article:
    """The fields that a record or a front matter gives; what is not a string counts as missing."""

    def said(*keys: str) -> str:
        values = (fields.get(key) for key in keys)
        return next((_plain(value).strip() for value in values if isinstance(value, str) and value.strip()), "")

    authors = fields.get("authors", fields.get("author", fields.get("byline", "")))
    names = (
        authors
        if isinstance(authors, list)
        else re.split(r"\s*[;,]\s*|\s+and\s+", authors)
        if isinstance(authors, str)
        else []
    )
    return Article(
        "", text, title=said("title", "headline"), url=said("url", "link"), publisher=said("publisher", "source", "sitename"),
        authors=tuple(name.strip() for name in names if isinstance(name, str) and name.strip()),
        published=_any_date(said("published", "date", "published_at", "pubdate")), language=said("language", "lang") or "en",
    )  # fmt: skip


def _any_date(text: str) -> str:
    """A date as ISO 8601 from ISO, from words, or from the form of e-mail and RSS."""
    if iso := parse_date(text):
        return iso
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _clean_id(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+", " ", text).strip()[:200]


def _id_of_url(url: str) -> str:
    """`https://www.post.example/2031/05/talks.html` -> `post.example-2031-05-talks`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = re.sub(r"\.\w{2,5}$", "", parts.path.rstrip("/"))
    return re.sub(r"[^\w.]+", "-", f"{parts.netloc.removeprefix('www.')}{path} {parts.query}").strip("-")[:200]


# Feeds


def _read_feed(source: str, text: str, on_skip: OnSkip) -> Iterator[_Draft]:
    """The items of an RSS 0.9-2.0 or Atom feed; a feed that breaks off gives the items before the break."""
    if "<!ENTITY" in text.upper():
        # Entities can expand without end or name files; no feed needs them.
        raise _UnreadableError("declares XML entities, which kg does not expand: remove the DOCTYPE")
    parser: Any = ElementTree.XMLPullParser(events=("start", "end"))
    root = ""
    publisher = ""
    number = 0
    for event, element in _events(parser, _named_entities(text), source, on_skip):
        name = _local(element.tag)
        if not root:
            root = name
            if root == "html":
                yield from _read_html(source, text, on_skip)
                return
            if root not in {"rss", "feed", "RDF"}:
                raise _UnreadableError(
                    f"is XML but no RSS or Atom feed (its root is <{_shown(root)}>): give articles as .html or .txt"
                )
        elif event == "end" and name == "title" and not publisher:
            publisher = _words(element)
        elif event == "end" and name in {"item", "entry"}:
            number += 1
            yield from _item_draft(element, f"{source}#{number}", publisher, _stem(source), number, on_skip)
            element.clear()
    if not root:
        raise _UnreadableError("is not well-formed XML: give the page as .html or the text as .txt")
    if not number:
        on_skip(Skipped(source, "read", "is a feed without items"))


def _events(parser: Any, text: str, source: str, on_skip: OnSkip) -> Iterator[tuple[str, Any]]:
    """The parser's events as far as the text is well-formed."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    broken: ElementTree.ParseError | None = None
    for at in range(0, len(text), 65536):
        try:
            parser.feed(text[at : at + 65536])
        except ElementTree.ParseError as error:
            broken = error
        yield from _safely(parser.read_events())
        if broken:
            break
    if not broken:
        try:
            parser.close()
        except ElementTree.ParseError as error:
            broken = error
        yield from _safely(parser.read_events())
    if broken:
        on_skip(
            Skipped(
                source, "read", f"is not well-formed XML after line {broken.position[0]}: what comes later is left out"
            )
        )


def _safely(events: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """XMLPullParser hands its error on with the events; it is reported where it arose."""
    while True:
        try:
            yield next(events)
        except (StopIteration, ElementTree.ParseError):
            return


def _named_entities(text: str) -> str:
    """`&nbsp;` and the like, which careless feeds take from HTML."""

    def character(found: re.Match[str]) -> str:
        if found[1] in {"amp", "lt", "gt", "quot", "apos"}:
            return found[0]
        return html.entities.html5.get(found[1] + ";", f"&amp;{found[1]};")

    return re.sub(r"&([A-Za-z][A-Za-z0-9]*);", character, _CONTROL.sub(" ", text))


def _item_draft(element: Any, where: str, publisher: str, stem: str, number: int, on_skip: OnSkip) -> Iterator[_Draft]:
    fields: dict[str, str] = {}
    link = ""
    for child in element:
        name = _local(child.tag)
        if name == "link":
            is_main = child.get("rel", "alternate") == "alternate"
            link = link or (child.get("href") or (child.text or "").strip() if is_main else "")
        elif name in {"author", "creator"}:
            fields.setdefault("author", _words(child).splitlines()[0] if _words(child) else "")
        elif name not in fields:
            fields[name] = _markup(child)
    body = max(
        (_fragment_text(fields.get(name, "")) for name in ("encoded", "content", "description", "summary")), key=len
    )
    title = " ".join(_fragment_text(fields.get("title", "")).split())
    if not body.strip():
        on_skip(Skipped(where, "read", f"item {title or number!r} has no text in the feed: read its page instead"))
        return
    date = next(
        (fields[name] for name in ("published", "pubDate", "date", "issued", "updated") if fields.get(name)), ""
    )
    record = {
        "title": title,
        "url": link,
        "publisher": publisher,
        "published": date,
        "author": fields.get("author", ""),
    }
    given = fields.get("guid") or fields.get("id") or ""
    own = _id_of_url(given) if given.startswith(("http://", "https://")) else _clean_id(given)
    article = replace(_record_article(record, body), id=own or _id_of_url(link) or f"{stem}-{number}", source=where)
    yield _Draft(article)


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]


def _words(element: Any) -> str:
    return "\n".join(" ".join(text.split()) for text in element.itertext() if text.strip())


def _markup(element: Any) -> str:
    """What a feed element holds: escaped HTML as text, or XHTML as elements."""
    if len(element) == 0:
        return (element.text or "").strip()
    inside = "".join(ElementTree.tostring(child, encoding="unicode") for child in element)
    return re.sub(r"<(/?)\w+:", r"<\1", (element.text or "") + inside)


_READERS: dict[str, Callable[[str, str, OnSkip], Iterator[_Draft]]] = {
    "text": _read_text,
    "html": _read_html,
    "markdown": _read_markdown,
    "feed": _read_feed,
}


# What the text says about itself


def _finished(draft: _Draft, ontology: Path | None) -> Article:
    """The article in plain characters, its title, date, authors and dateline taken from its first lines where unknown."""
    article = draft.article
    article = replace(
        article, text=_plain(article.text).strip("\n "), title=" ".join(_plain(article.title).split()),
        publisher=" ".join(_plain(article.publisher).split()), url=article.url if _is_web_address(article.url) else "",
        authors=tuple(" ".join(_plain(name).split()) for name in article.authors),
    )  # fmt: skip
    if not article.text:
        raise _UnreadableError("has no text")
    lines = split_lines(article.text)
    head = lines[:_HEAD_LINES]
    return replace(
        article,
        title=article.title or _find_title(lines, ontology),
        published=article.published or _find_published(head, article.url, ontology),
        authors=article.authors or _find_authors(head, ontology),
        dateline=_find_dateline(head, ontology),
    )


def _is_web_address(url: str) -> bool:
    return bool(re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", url))


def _find_title(lines: list[Line], ontology: Path | None) -> str:
    """The first line of the page that is a headline: no date, button or sentence; rather one that stands twice."""
    furniture = load_furniture(ontology)
    candidates: list[str] = []
    for line in lines[:_HEAD_LINES]:
        text = line.text
        if is_date_line(text) or is_byline(text) or furniture.kind_of(text, "line", "start", "section", "box", "end"):
            continue
        if furniture.credit_start(text) >= 0 or furniture.is_agency(text):
            continue
        if (ends_sentence(text) and not text.endswith(("?", "!"))) or len(text) > 200:
            break
        candidates.append(text)
    texts = [line.text.casefold() for line in lines]
    repeated = [text for text in candidates if texts.count(text.casefold()) > 1]
    headlines = [text for text in candidates if len(text.split()) >= 3]
    title = next(iter([*repeated, *headlines]), "")
    date = find_date(title)
    # "Minister steps down Saturday, May 3, 2031": a copied page lost the break between its title and its date.
    return title[: date.start()].rstrip(" ,|–—-") if date and date.end() == len(title) and date.start() > 20 else title


def _find_published(head: list[Line], url: str, ontology: Path | None) -> str:
    """The date of a date line, a stamp ("Updated July 27, 2023"), a dateline, or the address; never any other."""
    for line in head:
        if is_date_line(line.text) and (date := stamped_date(line.text) or parse_date(line.text)):
            return date
    for line in head:
        text = line.text
        if date := stamped_date(text) or (parse_date(text) if is_byline(text) else ""):
            return date
        date_in_line = find_date(text)
        if date_in_line and _is_set_off(date_in_line, text):
            return parse_date(text)
        dateline = load_furniture(ontology).dateline(text)
        if dateline and dateline.published:
            return dateline.published
    in_address = re.search(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/-]|$)", url)
    return parse_date("-".join(in_address.groups())) if in_address else ""


def _is_set_off(date: re.Match[str], text: str) -> bool:
    """Whether a date belongs to no sentence: "Thursday, May 7, 2015 On Tuesday, the …", or at the end of a headline."""
    opens = date.start() == 0 and re.match(r"[A-Z][a-z]+day\b", text) and re.match(r"\s+[A-Z]", text[date.end() :])
    return bool(opens) or (date.end() == len(text) and len(text.split()) < 30)


def _find_authors(head: list[Line], ontology: Path | None) -> tuple[str, ...]:
    furniture = load_furniture(ontology)
    for line in head:
        stamped = re.search(r"\bBy (?=[A-Z])[^.]{5,80}?\s(?:Updated|Published|Posted)\b", line.text)
        if is_byline(line.text) or stamped:
            names = byline_names(stamped.group() if stamped else line.text)
            return tuple(name for name in names if not furniture.is_anonymous(name))
    return ()


def _find_dateline(head: list[Line], ontology: Path | None) -> str:
    for line in head:
        if ends_sentence(line.text) and (found := load_furniture(ontology).dateline(line.text)) and found.place:
            return found.place
    return ""


def _shown(text: str) -> str:
    """Words of an input in a message: short, and harmless to a terminal."""
    return re.sub(r"[^\x20-\x7e\xa0-\uffff]", "?", text)[:80]
