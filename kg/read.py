"""Reads news articles: files, folders, globs and standard input -> a stream of `Article`.

Text, HTML, Markdown, JSON lines, RSS and Atom feeds, each also gzipped, in any common encoding. What cannot be read is told
to `on_skip`, one line each, and the rest goes on. Nothing is cleaned here; title, date, byline and dateline are found.
"""

from __future__ import annotations

import codecs
import glob
import gzip
import hashlib
import io
import json
import logging
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from kg.characters import SNIFFED, decode, plain, why_not_text
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
from kg.markup import FeedError, Record, feed_records, fragment_text, markdown_record, page_record
from kg.model import Article, Skipped

MAX_BYTES = 20_000_000
"""The largest file, or record of a file of records, that is taken for an article; no newspaper prints more."""

STDIN = "-"
_HEAD_LINES = 12
_STORY_WORDS = 15
"""A sentence of so many words begins the story: after it, only a line that is nothing but a date tells the date."""
_KIND_OF_ENDING = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "records",
    ".ndjson": "records",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
}
_ENDINGS = ".txt .html .htm .md .jsonl .xml .rss .atom, or one of these with .gz"

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
    for source in _sources([str(each) for each in inputs], on_skip):
        try:
            for article in _articles_of(source, on_skip, max_bytes, ontology):
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


def _sources(inputs: list[str], on_skip: OnSkip) -> Iterator[str]:
    """Every file once, sorted; the names of all files are held, not their content."""
    found: dict[str, str] = {}
    for given in sorted(set(inputs)):
        for name in _expanded(given, on_skip):
            real = name if name == STDIN else os.path.realpath(name)
            found[real] = min(found.get(real, name), name)
    yield from sorted(found.values())


def _expanded(given: str, on_skip: OnSkip) -> Iterator[str]:
    if given == STDIN:
        yield STDIN
    elif not given or "\0" in given:
        on_skip(Skipped(given, "read", "is no name of a file or folder"))
    elif os.path.isdir(given):
        yield from _folder(given, on_skip)
    elif os.path.exists(given):
        yield given
    elif glob.has_magic(given):
        names = sorted(glob.glob(given, recursive=True))
        if not names:
            on_skip(Skipped(given, "read", "no file matches this pattern: check the folder and the ending"))
        for name in names:
            yield from _folder(name, on_skip) if os.path.isdir(name) else iter([name])
    else:
        on_skip(Skipped(given, "read", "no such file or folder: check the spelling and the current folder"))


def _folder(folder: str, on_skip: OnSkip) -> Iterator[str]:
    """The articles below a folder; files of other kinds are reported together, by ending."""
    others: dict[str, int] = {}
    count = 0
    refused: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            if _kind_by_name(name):
                count += 1
                yield os.path.join(place, name)
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
    return _KIND_OF_ENDING.get(os.path.splitext(name.lower().removesuffix(".gz"))[1], "")


def _stem(source: str) -> str:
    """`news/talks.txt.gz` -> `talks`."""
    if source == STDIN:
        return "stdin"
    name = os.path.basename(source)
    name = name[:-3] if name.lower().endswith(".gz") else name
    stem, ending = os.path.splitext(name)
    return _clean_id(stem if ending.lower() in _KIND_OF_ENDING or _is_ending(ending) else name) or "article"


def _is_ending(ending: str) -> bool:
    return bool(re.fullmatch(r"\.[A-Za-z]{1,5}", ending))


# From a file to articles


def _articles_of(source: str, on_skip: OnSkip, limit: int, ontology: Path | None) -> Iterator[Article]:
    """The articles of one file; what is wrong with one of several is reported, what is wrong with the file is raised."""
    try:
        with _opened(source) as stream:
            kind = _kind(source, stream.peek(SNIFFED)[:SNIFFED])
            for draft in _drafts(kind, source, stream, on_skip, limit):
                if article := _finished(draft, ontology, on_skip):
                    yield article
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise _UnreadableError("is a damaged gzip file: fetch or pack it again") from error
    except OSError as error:
        raise _UnreadableError(f"cannot be opened: {error.strerror or error}") from error


def _opened(source: str) -> io.BufferedReader:
    if source == STDIN:
        return io.BufferedReader(_Unclosed(sys.stdin.buffer))
    if not os.path.isfile(source):
        raise _UnreadableError("is no ordinary file: give files and folders")
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
    if reason := why_not_text(start):
        raise _UnreadableError(reason)
    head = start.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if re.match(rb"(<\?xml[^>]*>\s*)?(<!doctype html|<html\b)", head):
        return "html"
    kind = _kind_by_name(source)
    if kind in {"records", "html", "markdown", "feed"}:
        return kind
    if re.match(rb"(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*)*<(rss|feed|rdf:rdf)\b", head, re.DOTALL):
        return "feed"
    return "records" if not kind and re.match(rb'\{\s*"', head) else "text"


def _drafts(kind: str, source: str, stream: io.BufferedReader, on_skip: OnSkip, limit: int) -> Iterator[Article]:
    """The articles as their source gives them, before what their text says about them is read."""
    if kind == "records":
        yield from _lines_of_json(source, stream, on_skip, limit)
        return
    text = decode(_all_of(stream, limit), is_markup=kind in {"html", "feed"})
    if kind == "feed":
        yield from _items_of_feed(source, text, on_skip)
        return
    read = {"html": page_record, "markdown": markdown_record}.get(kind, _text_record)
    article = _article(read(text), source)
    yield replace(article, id=article.id or _stem(source))


def _text_record(text: str) -> Record:
    return {"text": text}


def _all_of(stream: BinaryIO, limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise _UnreadableError(_too_large(limit))
    return data


def _too_large(limit: int) -> str:
    return f"is larger than {limit:,} bytes, too large for an article: split it, or give many articles as .jsonl"


def _items_of_feed(source: str, text: str, on_skip: OnSkip) -> Iterator[Article]:
    try:
        for number, record in enumerate(feed_records(text), 1):
            article = _article(record, f"{source}#{number}")
            if article.text.strip():
                yield replace(article, id=_id_of(article, f"{_stem(source)}-{number}"))
            else:
                reason = f"{_shown(article.title) or 'the item'} has no text in the feed: give its page instead"
                on_skip(Skipped(article.source, "read", reason))
    except FeedError as error:
        raise _UnreadableError(_shown(str(error), 200)) from error


def _lines_of_json(source: str, stream: io.BufferedReader, on_skip: OnSkip, limit: int) -> Iterator[Article]:
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
                article = _article(_json_record(record), where)
                yield replace(article, id=_id_of(article, f"{_stem(source)}-{number}"))
        except _UnreadableError as error:
            on_skip(Skipped(where, "read", str(error)))


def _skip_rest_of_line(stream: io.BufferedReader, limit: int) -> None:
    while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
        pass


def _json_record(line: bytes) -> Record:
    try:
        record = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        at = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise _UnreadableError(f"is not valid JSON{at}: write one object a line") from error
    if not isinstance(record, dict):
        raise _UnreadableError(f"is no JSON object but a {type(record).__name__}: write one object a line")
    fields = {str(key).lower(): value for key, value in record.items()}
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise _UnreadableError('has no "text": each record needs it, as a string')
    return fields | {"text": fragment_text(text) if re.search(r"</(p|div|article)>|<br\s*/?>", text) else text}


def _article(record: Record, source: str) -> Article:
    """An article from a record; fields that are no strings count as missing."""

    def said(*keys: str) -> str:
        values = (record.get(key) for key in keys)
        return next((" ".join(plain(each).split()) for each in values if isinstance(each, str) and each.strip()), "")

    given, url = record.get("id"), said("url", "link")
    return Article(
        id=_clean_id(str(given)) if isinstance(given, str | int) else "",
        text=plain(record["text"]).strip("\n "),
        title=said("title", "headline"),
        url=url if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", url) else "",
        publisher=said("publisher", "source", "sitename"),
        authors=_names(next((record[key] for key in ("authors", "author", "byline") if record.get(key)), "")),
        published=_any_date(said("published", "date", "published_at", "pubdate")),
        language=said("language", "lang") or "en",
        source=source,
    )


def _names(given: Any) -> tuple[str, ...]:
    names = re.split(r"\s*[;,]\s*|\s+and\s+", given) if isinstance(given, str) else given
    names = names if isinstance(names, list) else []
    return tuple(" ".join(plain(name).split()) for name in names if isinstance(name, str) and name.strip())


def _id_of(article: Article, default: str) -> str:
    own = _id_of_url(article.id) if article.id.startswith(("http://", "https://")) else article.id
    return own or _id_of_url(article.url) or default


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


# What the text says about itself


def _finished(article: Article, ontology: Path | None, on_skip: OnSkip) -> Article | None:
    """The article with title, date, authors and dateline taken from its first lines where unknown."""
    if not article.text:
        on_skip(Skipped(article.source, "read", "has no text"))
        return None
    lines = split_lines(article.text)
    head = lines[:_HEAD_LINES]
    return replace(
        article,
        title=article.title or _find_title(lines, ontology),
        published=article.published or _find_published(head, article.url, ontology),
        authors=article.authors or _find_authors(head, ontology),
        dateline=_find_dateline(head, ontology),
    )


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
    repeated = [text for text in candidates if len(text.split()) >= 4 and texts.count(text.casefold()) > 1]
    long = [text for text in candidates if len(text.split()) >= 4]
    short = [text for text in candidates if len(text.split()) == 3]
    title = next(iter([*repeated, *long, *short]), "")
    date = find_date(title)
    # "Minister steps down Saturday, May 3, 2031": a copied page lost the break between its title and its date.
    return title[: date.start()].rstrip(" ,|–—-") if date and date.end() == len(title) and date.start() > 10 else title


def _find_published(head: list[Line], url: str, ontology: Path | None) -> str:
    """The date of a date line, a stamp ("Updated May 9, 2031"), a dateline, or the address; never any other."""
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
        if ends_sentence(text) and len(line.words) >= _STORY_WORDS:
            break
    in_address = re.search(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/-]|$)", url)
    return parse_date("-".join(in_address.groups())) if in_address else ""


def _is_set_off(date: re.Match[str], text: str) -> bool:
    """Whether a date belongs to no sentence: "Friday, May 9, 2031 On Sunday, police …", or at the end of a headline."""
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


def _shown(text: str, size: int = 80) -> str:
    """Words of an input in a message: short, and harmless to a terminal."""
    return re.sub(r"[^\x20-\x7e\xa0-\uffff]", "?", text)[:size]
