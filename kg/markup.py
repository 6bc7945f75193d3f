"""From HTML, Markdown and feeds to records: the fields of a line of `.jsonl`, read out of marked-up text.

A record is a dict with `text` and, where known, `id`, `title`, `url`, `published`, `publisher`, `author` and `language`.
Markup is hostile: nothing is fetched, run or expanded.
"""

from __future__ import annotations

import html
import json
import logging
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]
import trafilatura
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.characters import without_control

Record = dict[str, Any]
log = logging.getLogger(__name__)


class FeedError(ValueError):
    """Why a file is no feed, or where one breaks off."""


# Pages

_OWN_DATES = tuple(
    re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    for pattern in (
        r"""<meta[^>]{0,200}(?:property|name|itemprop)=["'](?:article:published_time|datePublished|pubdate|date|
        dc\.date(?:\.issued)?|parsely-pub-date|sailthru\.date|publish-date)["'][^>]{0,200}content=["']([^"']{8,40})["']""",
        r""""datePublished"\s*:\s*"([^"]{8,40})" """,
        r"""<time[^>]{0,200}\bdatetime=["']([^"']{8,40})["']""",
    )
)
_PUBLISHER = re.compile(r'"publisher"\s*:\s*\{[^{}]{0,500}?"name"\s*:\s*("(?:[^"\\]|\\.){1,100}")')
_LANGUAGE = re.compile(r"""<html[^>]*\slang=["']?([A-Za-z]{2,3})\b""", re.IGNORECASE)
_HEAD = 200_000
_FEW_WORDS = 25
"""A page whose main text is shorter has probably hidden it from the extractor: then all its text is taken."""


def page_record(page: str) -> Record:
    """The main text of a web page and what its metadata say; no date but one that the page gives as its own."""
    document = _main_text(page)
    text = "\n\n".join(((document.text if document else "") or "").splitlines())
    if len(text.split()) < _FEW_WORDS:
        text = max(text, fragment_text(page), key=lambda each: len(each.split()))
    record: Record = {"text": text}
    if found := _LANGUAGE.search(page[:_HEAD]):
        record["language"] = found[1].lower()
    if document:
        authors = [name.strip() for name in (document.author or "").split(";")]
        # Where a page does not name its site, the extractor gives the host.
        is_named = document.sitename and document.sitename != document.hostname
        publisher = document.sitename if is_named else _publisher(page) or document.sitename
        record |= {"title": document.title, "url": document.url, "publisher": publisher, "authors": authors}
    record["published"] = _own_date(page) or (document and document.date) or ""
    return record


def _own_date(page: str) -> str:
    """The date that a page gives as its own: in its metadata, its linked data, or its first time element."""
    found = (pattern.search(page[:_HEAD]) for pattern in _OWN_DATES)
    return next((match[1] for match in found if match), "")


def _publisher(page: str) -> str:
    found = _PUBLISHER.search(page[:_HEAD])
    try:
        return str(json.loads(found[1])) if found else ""
    except ValueError:
        return ""


def _main_text(page: str) -> Any:
    try:
        return trafilatura.bare_extraction(
            page,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # whatever a parser of hostile pages trips over, the page's own text is still there
        log.debug("main text not found: %s", error)
        return None


_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "head", "iframe", "object", "svg", "button", "select", "textarea", "nav",
    "footer", "form",
})  # fmt: skip
_UNSEEN_ELEMENT = re.compile(r"<(script|style|head|template)\b.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML, a paragraph for each block.

    >>> fragment_text("<p>Fish &amp; chips.</p><script>x()</script><p>More.</p>")
    'Fish & chips.\\n\\nMore.'
    """
    if not re.search(r"<[a-zA-Z!/?]", markup):
        return html.unescape(markup)
    pieces: list[str] = []
    try:
        root = lxml.html.fromstring(f"<div>{re.sub(r'<[?][^>]*>', '', markup)}</div>")
        pieces.extend(_seen_text(root))
    except (lxml.etree.LxmlError, ValueError) as error:
        log.debug("not parsed: %s", error)
    # A parser gives up on elements nested too deep; the words are there all the same.
    text = "".join(pieces) if "".join(pieces).strip() else html.unescape(_without_tags(markup))
    lines = (" ".join(line.split()) for line in text.split("\v"))
    return "\n\n".join(line for line in lines if line)


def _without_tags(markup: str) -> str:
    return re.sub(r"<[^>]*>", " ", _UNSEEN_ELEMENT.sub(" ", markup))


def _seen_text(root: Any) -> Iterator[str]:
    """The text that a reader sees, with a mark at the edges of blocks."""
    unseen = 0
    for event, element in lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        edge = "\v" if element.tag in _BLOCKS else ""
        if event == "start":
            unseen += element.tag in _UNSEEN
            words = element.text
        else:
            unseen -= event == "end" and element.tag in _UNSEEN
            words = element.tail
        if not unseen:
            yield edge + (words or "")


# Markdown


def markdown_record(text: str) -> Record:
    """The words of a Markdown text, and the fields between `---` at its top.

    >>> markdown_record("---\\ndate: 2031-03-03\\n---\\n# Deal\\n\\nThe **ministers** met.")
    {'title': 'Deal', 'date': '2031-03-03', 'text': 'Deal\\n\\nThe ministers met.'}
    """
    fields, body = _front_matter(text.replace("\r\n", "\n"))
    tokens = MarkdownIt("commonmark").parse(body)
    titles = [_inline_text(b) for a, b in pairwise(tokens) if a.type == "heading_open" and a.tag == "h1"]
    paragraphs = (_token_text(token) for token in tokens)
    return {"title": next(iter(titles), "")} | fields | {"text": "\n\n".join(each for each in paragraphs if each)}


def _token_text(token: Token) -> str:
    if token.type == "inline":
        return _inline_text(token)
    if token.type == "html_block":
        return fragment_text(token.content)
    return token.content.strip() if token.type in {"fence", "code_block"} else ""


def _inline_text(token: Token) -> str:
    """The words of a paragraph: of a link its text, of a picture nothing."""
    breaks = {"softbreak", "hardbreak"}
    children = token.children or []
    words = ("\n" if c.type in breaks else c.content if c.type in {"text", "code_inline"} else "" for c in children)
    return "".join(words).strip()


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    found = re.match(r"\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", text, re.DOTALL)
    if not found:
        return {}, text
    rows = re.findall(r"^([A-Za-z_]+):[ \t]*(.*?)[ \t]*$", found[1], re.MULTILINE)
    return {key.lower(): value.strip("\"'") for key, value in rows}, text[found.end() :]


# Feeds

_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("published", "pubDate", "date", "issued", "updated")
_ROOTS = frozenset({"rss", "feed", "RDF"})


def feed_records(text: str) -> Iterator[Record]:
    """The items of an RSS 0.9 to 2.0 or Atom feed, those before the break where the XML breaks off.

    Raises:
        FeedError: this is no feed, or it breaks off; the items before the break have been given.
    """
    if "<!ENTITY" in text.upper():
        # Entities can expand without end or name files; no feed needs them.
        raise FeedError("declares XML entities, which kg does not expand: remove the DOCTYPE")
    root, publisher, number = "", "", 0
    for event, element in _events(text):
        name = _local(element.tag)
        if not root:
            root = name
            if root not in _ROOTS:
                raise FeedError(
                    f"is XML but no RSS or Atom feed, its root is <{root[:40]}>: give articles as .html or .txt"
                )
        elif event == "end" and name == "title" and not publisher:
            publisher = " ".join("".join(element.itertext()).split())
        elif event == "end" and name in {"item", "entry"}:
            number += 1
            yield _item_record(element, publisher)
            element.clear()
    if not number:
        raise FeedError("is a feed without items")


def _events(text: str) -> Iterator[tuple[str, Any]]:
    """The start and end of every element, as far as the text is well-formed."""
    parser: Any = ElementTree.XMLPullParser(events=("start", "end"))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _known_entities(without_control(text)))
    broken = _fed(parser, text.lstrip("\ufeff"))
    events = parser.read_events()
    while True:
        try:
            yield next(events)
        except (StopIteration, ElementTree.ParseError):
            break
    if broken:
        raise FeedError(f"is not well-formed XML after line {broken.position[0]}: what comes later is left out")


def _fed(parser: Any, text: str) -> ElementTree.ParseError | None:
    try:
        parser.feed(text)
        parser.close()
    except ElementTree.ParseError as error:
        return error
    return None


def _known_entities(text: str) -> str:
    """`&nbsp;` and the like, which careless feeds take from HTML, as characters."""

    def character(found: re.Match[str]) -> str:
        if found[1] in {"amp", "lt", "gt", "quot", "apos"}:
            return found[0]
        return html.entities.html5.get(found[1] + ";", f"&amp;{found[1]};")

    return re.sub(r"&([A-Za-z][A-Za-z0-9]*);", character, text)


def _item_record(item: Any, publisher: str) -> Record:
    fields: dict[str, str] = {}
    for child in item:
        name = _local(child.tag)
        if name == "link":
            is_article = child.get("rel", "alternate") == "alternate"
            fields["link"] = fields.get("link") or (
                child.get("href") or (child.text or "").strip() if is_article else ""
            )
        elif name in {"author", "creator"}:
            fields.setdefault("author", next((words.strip() for words in child.itertext() if words.strip()), ""))
        else:
            fields.setdefault(name, _content(child))
    return {
        "id": fields.get("guid") or fields.get("id") or "",
        "title": " ".join(fragment_text(fields.get("title", "")).split()),
        "url": fields.get("link", ""),
        "publisher": publisher,
        "author": fields.get("author", ""),
        "published": next((fields[name] for name in _DATES if fields.get(name)), ""),
        "text": max((fragment_text(fields.get(name, "")) for name in _TEXTS), key=len),
    }


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]


def _content(element: Any) -> str:
    """What an element holds: escaped HTML as text, or XHTML as elements."""
    if len(element) == 0:
        return (element.text or "").strip()
    inside = "".join(ElementTree.tostring(child, encoding="unicode") for child in element)
    return re.sub(r"<(/?)\w+:", r"<\1", (element.text or "") + inside)
