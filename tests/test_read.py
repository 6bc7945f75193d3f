"""Reading: every form of input, what the text says about itself, and every bad input with one clear line."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Article, Skipped
from kg.read import MAX_BYTES, read_articles

STORY = (
    "The ministers of Norway and Chile met in Oslo on Monday and agreed to share data on salmon farms.\n\n"
    "Foreign Minister Sigrid Aamodt said the talks had been frank, and she invited her colleague to Tromsø in May.\n"
)
HTML = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>Salmon deal | Fjord Journal</title>
<meta property="og:title" content="Salmon deal"><meta property="og:site_name" content="Fjord Journal">
<meta name="author" content="Kari Lund"><link rel="canonical" href="https://fjord.example/2031/03/03/salmon">
{date}</head><body><nav><a href="/">Home</a><a href="/w">World</a></nav><article><h1>Salmon deal</h1>
<p>The ministers of Norway and Chile met in Oslo on Monday and agreed to share data on salmon farms in both countries.</p>
<p>Foreign Minister Sigrid Aamodt said the talks had been frank – and she invited her colleague to Tromsø in May.</p>
<p>The agreement enters into force in January, unless the parliament in Santiago rejects it after the elections.</p>
</article><footer>© Fjord Journal</footer></body></html>"""
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Fjord Journal</title><link>https://fjord.example</link>
<item><title>Salmon &amp; trout</title><link>https://fjord.example/a</link><guid isPermaLink="false">story-1</guid>
<pubDate>Mon, 03 Mar 2031 10:00:00 +0100</pubDate><dc:creator>Kari Lund</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>Norway&nbsp;and Chile agreed.</p><script>x()</script><p>Talks <b>go on</b>.</p>]]></content:encoded></item>
<item><title>Second</title><link>https://fjord.example/b?id=2</link><description>Fish &lt;i&gt;rules&lt;/i&gt; change&hellip;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Fjord Atom</title>
<entry><id>tag:fjord.example,2031:1</id><title>One</title><link rel="self" href="https://fjord.example/self"/>
<link href="https://fjord.example/one"/><published>2031-03-03T10:00:00Z</published><author><name>Kari Lund</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First paragraph.</p><p>Second one.</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old feed</title></channel>
<item><title>Old</title><link>https://fjord.example/old</link><description>Old news is news.</description><dc:date>2031-03-03</dc:date></item></rdf:RDF>"""

Read = Callable[..., tuple[list[Article], list[Skipped]]]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Write files into an empty folder, go there, read the inputs."""
    monkeypatch.chdir(tmp_path)

    def run(
        files: dict[str, str | bytes], *inputs: str, max_bytes: int = MAX_BYTES
    ) -> tuple[list[Article], list[Skipped]]:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        skipped: list[Skipped] = []
        return list(read_articles(inputs or ["."], on_skip=skipped.append, max_bytes=max_bytes)), skipped

    return run


# Forms of input


def test_a_folder_is_read_to_the_bottom_in_order_and_without_hidden_files(read: Read) -> None:
    files = {
        "b/z.txt": STORY,
        "a.txt": STORY + "A.",
        ".hidden.txt": "x y.",
        ".git/c.txt": "x y.",
        "b/notes.md": "# Head\n\nText here.",
    }
    articles, skipped = read(files)
    assert [a.id for a in articles] == ["a", "notes", "z"] and not skipped
    assert [Path(a.source) for a in articles] == [Path("a.txt"), Path("b/notes.md"), Path("b/z.txt")]


def test_a_glob_is_expanded_when_the_shell_did_not(read: Read) -> None:
    articles, _ = read({"a1.txt": STORY, "a2.txt": STORY + "B.", "b.txt": STORY + "C."}, "a*.txt")
    assert [a.id for a in articles] == ["a1", "a2"]


def test_a_file_whose_name_has_the_signs_of_a_glob_is_that_file(read: Read) -> None:
    articles, _ = read({"a[1].txt": STORY, "a1.txt": STORY + "B."}, "a[1].txt")
    assert [a.id for a in articles] == ["a[1]"]


def test_the_order_of_inputs_never_matters(read: Read) -> None:
    files = {"x/a.txt": STORY, "y/a.txt": STORY + "Other.", "b.txt": STORY}
    one, two = read(files, "x", "y", "b.txt"), read(files, "b.txt", "y", "x")
    assert one == two


def test_a_file_named_twice_is_read_once(read: Read) -> None:
    articles, skipped = read({"d/a.txt": STORY}, "d", "d/a.txt", "./d/a.txt")
    assert len(articles) == 1 and not skipped


@pytest.mark.parametrize("name", ["a.txt.gz", "a.md.gz", "a.jsonl.gz", "a.html.gz"])
def test_gzip_of_every_kind(read: Read, name: str) -> None:
    content = {
        "md": STORY,
        "txt": STORY,
        "html": HTML.format(charset="utf-8", date=""),
        "jsonl": json.dumps({"id": "a", "text": STORY}),
    }
    articles, skipped = read({name: gzip.compress(content[name.split(".")[1]].encode())})
    assert [a.id for a in articles] == ["a"] and not skipped
    assert "Sigrid Aamodt" in articles[0].text


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (STORY.encode(), ["stdin"]),
        (b'{"id": "r1", "text": "One two."}\n{"id": "r2", "text": "Two three."}\n', ["r1", "r2"]),
        (RSS.encode(), ["story-1", "fjord.example-b-id-2"]),
        (HTML.format(charset="utf-8", date="").encode(), ["stdin"]),
    ],
)
def test_standard_input_is_known_by_its_content(monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]) -> None:
    standard_input(monkeypatch, data)
    assert [a.id for a in read_articles(["-"])] == ids
    assert not sys.stdin.buffer.closed


def test_jsonl_fields(read: Read) -> None:
    record = {
        "id": 7, "title": "T one", "text": "Fish live.", "url": "https://x.example/7", "published": "2031-03-03T10:00:00Z",
        "publisher": "P", "language": "en", "authors": ["A B", 3],
    }  # fmt: skip
    articles, skipped = read({"r.jsonl": json.dumps(record)})
    expected = Article("7", "Fish live.", "T one", "https://x.example/7", "P", ("A B",), "2031-03-03T10:00:00Z", "en")
    assert [(a.id, a.text, a.title, a.url, a.publisher, a.authors, a.published) for a in articles] == [
        (
            expected.id,
            expected.text,
            expected.title,
            expected.url,
            expected.publisher,
            expected.authors,
            expected.published,
        )
    ]
    assert Path(articles[0].source) == Path("r.jsonl:1") and not skipped


def test_a_record_without_id_is_named_by_its_address_or_line(read: Read) -> None:
    lines = [{"text": "One."}, {"text": "Two.", "url": "https://www.x.example/2031/two.html"}]
    articles, _ = read({"r.jsonl": "\n".join(map(json.dumps, lines))})
    assert [a.id for a in articles] == ["r-1", "x.example-2031-two"]


def test_markup_in_a_record_becomes_text(read: Read) -> None:
    articles, _ = read({"r.jsonl": json.dumps({"id": "a", "text": "<p>Fish &amp; chips.</p><p>More<br>lines.</p>"})})
    assert articles[0].text == "Fish & chips.\n\nMore\n\nlines."


def test_markdown(read: Read) -> None:
    text = '---\ntitle: "Deal"\ndate: 3 March 2031\nauthor: Kari Lund\n---\n# Deal\n\n![fish](x.png)\nThe **ministers** [met](http://x) in\nOslo.\n\n- `one` thing\n'
    (article,), _ = read({"a.md": text})
    assert (article.title, article.published, article.authors) == ("Deal", "2031-03-03", ("Kari Lund",))
    assert article.text == "Deal\n\nThe ministers met in\nOslo.\n\none thing"


def test_html_through_its_metadata(read: Read) -> None:
    date = '<meta property="article:published_time" content="2031-03-03T08:15:00+01:00">'
    (article,), _ = read({"a.html": HTML.format(charset="utf-8", date=date)})
    assert (article.title, article.publisher, article.authors) == ("Salmon deal", "Fjord Journal", ("Kari Lund",))
    assert article.published == "2031-03-03T08:15:00+01:00" and article.url == "https://fjord.example/2031/03/03/salmon"
    assert "Sigrid Aamodt" in article.text and "World" not in article.text


@pytest.mark.parametrize(
    ("mark", "published", "publisher"),
    [
        ('<meta name="pubdate" content="2031-03-03">', "2031-03-03", "Fjord Journal"),
        (
            '<script type="application/ld+json">{"datePublished": "2031-03-03T09:00:00Z"}</script>',
            "2031-03-03T09:00:00Z",
            "Fjord Journal",
        ),
        ('<time datetime="2031-03-03">Monday</time>', "2031-03-03", "Fjord Journal"),
    ],
)
def test_the_date_that_a_page_gives_as_its_own(read: Read, mark: str, published: str, publisher: str) -> None:
    page = HTML.format(charset="utf-8", date=mark).replace("2031/03/03/", "")
    (article,), _ = read({"a.html": page})
    assert (article.published, article.publisher) == (published, publisher)


def test_the_publisher_in_linked_data(read: Read) -> None:
    data = (
        '<script type="application/ld+json">{"publisher": {"@type": "Organization", "name": "The \\u00d8re"}}</script>'
    )
    page = HTML.format(charset="utf-8", date=data).replace('<meta property="og:site_name" content="Fjord Journal">', "")
    (article,), _ = read({"a.html": page.replace(" | Fjord Journal", "")})
    assert article.publisher == "The Øre"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>The ministers of Norway met in Oslo on Monday",
        "<div><p>The ministers of Norway met in Oslo on Monday</div></span></p><table><tr>",
        "<html><body>" + "<div>" * 3000 + "The ministers of Norway met in Oslo on Monday",
        "The ministers of Norway met in Oslo on Monday",
        "<html><script>alert(1)</script><p>The ministers of Norway met in Oslo on Monday</p><style>p{}</style>",
    ],
)
def test_broken_html_gives_its_words(read: Read, page: str) -> None:
    (article,), skipped = read({"a.html": page})
    assert article.text == "The ministers of Norway met in Oslo on Monday" and not skipped


def test_rss(read: Read) -> None:
    articles, skipped = read({"f.xml": RSS})
    first, second = articles
    assert (first.id, first.title, first.publisher, first.authors) == (
        "story-1",
        "Salmon & trout",
        "Fjord Journal",
        ("Kari Lund",),
    )
    assert first.text == "Norway and Chile agreed.\n\nTalks go on." and first.published == "2031-03-03T10:00:00+01:00"
    assert (second.id, second.text, second.published) == ("fjord.example-b-id-2", "Fish rules change…", "")
    assert not skipped


def test_atom_and_rss_1(read: Read) -> None:
    (atom, old), _ = read({"a.atom": ATOM, "b.rdf": RDF})
    assert (atom.text, atom.url, atom.published) == (
        "First paragraph.\n\nSecond one.",
        "https://fjord.example/one",
        "2031-03-03T10:00:00Z",
    )
    assert (old.text, old.title, old.published, old.publisher) == ("Old news is news.", "Old", "2031-03-03", "Old feed")


def test_a_feed_that_breaks_off_gives_what_stands_before(read: Read) -> None:
    articles, (skip,) = read({"f.rss": RSS[: RSS.index("<title>Second")]})
    assert [a.id for a in articles] == ["story-1"] and "not well-formed XML" in skip.reason


# Characters


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_encodings(read: Read, encoding: str) -> None:
    (article,), skipped = read({"a.txt": STORY.encode(encoding)})
    assert "Tromsø" in article.text and article.text.startswith("The ministers") and not skipped


def test_the_quotes_of_windows(read: Read) -> None:
    (article,), _ = read({"a.txt": "He said “no” — and left.".encode("cp1252")})
    assert article.text == "He said “no” — and left."


def test_declared_encodings_of_pages_and_feeds(read: Read) -> None:
    page = (
        HTML.format(charset="iso-8859-2", date="").replace("Tromsø", "Łódź").encode("iso-8859-2", "xmlcharrefreplace")
    )
    feed = RSS.replace("UTF-8", "iso-8859-1").replace("Talks", "Café").encode("latin-1")
    page_article, first, _ = read({"a.html": page, "f.xml": feed})[0]
    assert "Łódź" in page_article.text and "Café" in first.text


def test_broken_utf_8_keeps_what_is_whole(read: Read) -> None:
    (article,), skipped = read(
        {"a.txt": "Tromsø and Łódź are towns. ".encode() + b"Bad \xff byte." + "Ærlig.".encode()[:-1]}
    )
    assert "Tromsø and Łódź are towns. Bad \ufffd byte." in article.text and not skipped


def test_odd_characters_are_made_plain(read: Read) -> None:
    (article,), _ = read({"a.txt": "\ufeffOne\u00a0two\u200b.\r\nThree\tfour\u2028five\x07.\u202eevil\rCafe\u0301"})
    assert article.text == "One two.\nThree four\nfive .evil\nCafé"


def test_lone_surrogates_in_records_do_no_harm(read: Read) -> None:
    (article,), _ = read({"r.jsonl": '{"id": "a\\ud800", "text": "Bad \\udfff char.", "title": "x \\ud834 y z"}'})
    article.text.encode(), article.title.encode(), article.id.encode()


# What the text says about itself


@pytest.mark.parametrize(
    ("text", "title", "published", "authors", "dateline"),
    [
        ("Tuesday, October 28, 2031\n\nDeal on Salmon Data\n\nDate:\n\n" + STORY, "Deal on Salmon Data", "2031-10-28", (), ""),
        (
            "70% off\n\nDeal on Salmon Data\n\nTeaser By Kari Lund Updated May 9, 2031 10:40 am ET OSLO—The mini\n\nDeal on Salmon Data\n\nOSLO—" + STORY,
            "Deal on Salmon Data", "2031-05-09T10:40:00", ("Kari Lund",), "OSLO",
        ),
        ("Deal on Salmon\nBy Kari Lund and Tom Reed | March 3, 2031\nOSLO, Norway (AP) - " + STORY, "Deal on Salmon", "2031-03-03", ("Kari Lund", "Tom Reed"), "OSLO, Norway"),
        ("Deal on Salmon\nBy our correspondent\n" + STORY, "Deal on Salmon", "", (), ""),
        ("Deal on Salmon\n\nJuly 3 (Reuters) - " + STORY, "Deal on Salmon", "", (), ""),
        ("Deal on Salmon\n\nOSLO, 3 July 2031 (NTB) – " + STORY, "Deal on Salmon", "2031-07-03", (), "OSLO"),
        ("Deal on Salmon Saturday, October 19, 2031\n\n" + STORY, "Deal on Salmon", "2031-10-19", (), ""),
        ("Deal on Salmon\n\nWednesday, May 7, 2031 On Sunday, the ministers met in Oslo.", "Deal on Salmon", "2031-05-07", (), ""),
        ("Is the deal safe?\n2031-07-03\n" + STORY, "Is the deal safe?", "2031-07-03", (), ""),
        ("Deal on Salmon\nUpdated 5 May 2031\nPublished 3 May 2031\n" + STORY, "Deal on Salmon", "2031-05-05", (), ""),
        (STORY, "", "", (), ""),
        ("Deal on Salmon\n\nIt was signed on June 19, 2031. " + STORY, "Deal on Salmon", "", (), ""),
    ],
)  # fmt: skip
def test_head_of_plain_text(
    read: Read, text: str, title: str, published: str, authors: tuple[str, ...], dateline: str
) -> None:
    (article,), _ = read({"a.txt": text})
    assert (article.title, article.published, article.authors, article.dateline) == (
        title,
        published,
        authors,
        dateline,
    )


def test_no_date_is_made_up(read: Read) -> None:
    (page, text), _ = (
        read({"b.html": HTML.format(charset="utf-8", date="").replace("2031/03/03/", ""), "a.txt": STORY})[0],
        None,
    )
    assert page.published == "" and text.published == ""


def test_the_date_in_an_address(read: Read) -> None:
    (article,), _ = read(
        {"r.jsonl": json.dumps({"id": "a", "text": STORY, "url": "https://x.example/2031/3/07/salmon"})}
    )
    assert article.published == "2031-03-07"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://x.example/a b", 'https://x"><script>']
)
def test_addresses_that_are_none_are_dropped(read: Read, url: str) -> None:
    (article,), _ = read({"r.jsonl": json.dumps({"id": "a", "text": STORY, "url": url})})
    assert article.url == ""


# Bad input: one line each, and the rest is read

ENTITY_BOMB = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><description>&b;</description></item></channel></rss>'
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><channel><item><description>&a;</description></item></channel></rss>'

BAD = [
    ({}, "nowhere.txt", "nowhere.txt", "no such file or folder"),
    ({}, "none*.txt", "none*.txt", "no file matches this pattern"),
    ({"d/.keep": ""}, "d", "d", "holds no article"),
    ({"d/pic.jpg": b"\xff\xd8\xff\xe0"}, "d", "d", "1 file ending in .jpg left out"),
    ({"e.txt": ""}, "e.txt", "e.txt", "is empty"),
    ({"e.txt": " \n\t\n"}, "e.txt", "e.txt", "is empty"),
    ({"e.html": "<html><body></body></html>"}, "e.html", "e.html", "has no text"),
    ({"p.txt": b"%PDF-1.7 \x00\x01"}, "p.txt", "p.txt", "is a PDF document"),
    ({"z.txt": b"PK\x03\x04\x00\x00"}, "z.txt", "z.txt", "is a zip archive"),
    ({"b.txt": bytes(range(256)) * 20}, "b.txt", "b.txt", "is a binary file"),
    ({"picture.png": b"\x89PNG\r\n"}, "picture.png", "picture.png", "is a PNG picture"),
    ({"g.txt.gz": b"\x1f\x8b\x08\x00broken"}, "g.txt.gz", "g.txt.gz", "is a damaged gzip file"),
    ({"g.txt.gz": gzip.compress(STORY.encode() * 9)[:-20]}, "g.txt.gz", "g.txt.gz", "is a damaged gzip file"),
    ({"g.txt.gz": STORY}, "g.txt.gz", "g.txt.gz", "is a damaged gzip file"),
    ({"g.txt": gzip.compress(b"x")}, "g.txt", "g.txt", "is a gzip archive"),
    ({"r.jsonl": '{"id": "x", "text": '}, "r.jsonl", "r.jsonl:1", "is not valid JSON"),
    ({"r.jsonl": "[1, 2]"}, "r.jsonl", "r.jsonl:1", "is no JSON object but a list"),
    ({"r.jsonl": '{"id": "x"}'}, "r.jsonl", "r.jsonl:1", 'has no "text"'),
    ({"r.jsonl": '{"id": "x", "text": 5}'}, "r.jsonl", "r.jsonl:1", 'has no "text"'),
    ({"r.jsonl": "[" * 100_000}, "r.jsonl", "r.jsonl:1", "is not valid JSON"),
    ({"f.xml": "<note>hello</note>"}, "f.xml", "f.xml", "no RSS or Atom feed"),
    ({"f.xml": "hello"}, "f.xml", "f.xml", "is not well-formed XML"),
    ({"f.xml": "<rss><channel></channel></rss>"}, "f.xml", "f.xml", "is a feed without items"),
    ({"f.xml": "<rss><channel><item><title>t</title></item></channel></rss>"}, "f.xml", "f.xml#1", "has no text in the feed"),
    ({"f.xml": ENTITY_BOMB}, "f.xml", "f.xml", "declares XML entities"),
    ({"f.xml": EXTERNAL}, "f.xml", "f.xml", "declares XML entities"),
    ({"f.xml": ENTITY_BOMB.encode("utf-16")}, "f.xml", "f.xml", "declares XML entities"),
    ({}, "bad\0name", "bad\0name", "is no name of a file or folder"),
    ({}, "", "", "is no name of a file or folder"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "given", "source", "reason"), BAD, ids=[f"{row[1]}-{row[3]}"[:50].replace("\0", "") for row in BAD]
)
def test_bad_input_is_reported_and_the_rest_is_read(
    read: Read, files: dict[str, str | bytes], given: str, source: str, reason: str
) -> None:
    articles, skipped = read({**files, "good/a.txt": STORY}, given, "good")
    assert [a.id for a in articles] == ["a"]
    about = [skip for skip in skipped if reason in skip.reason]
    assert [(skip.source, skip.stage) for skip in about] == [(source, "read")]
    assert all("\n" not in skip.reason and len(skip.reason) < 250 for skip in skipped)


def test_a_bad_line_is_named_and_the_other_lines_are_read(read: Read) -> None:
    lines = [
        '{"id": "a", "text": "One two."}',
        "{bad",
        "",
        '{"id": "b", "text": "Two three."}',
        '{"id": "c", "text": ""}',
    ]
    articles, skipped = read({"r.jsonl": "\n".join(lines)}, "r.jsonl")
    assert [a.id for a in articles] == ["a", "b"]
    assert [skip.source for skip in skipped] == ["r.jsonl:2", "r.jsonl:5"]


def test_a_record_that_is_only_furniture_does_not_end_its_file(read: Read) -> None:
    lines = ['{"id": "a", "text": "\\u200b"}', '{"id": "b", "text": "Two three."}']
    articles, skipped = read({"r.jsonl": "\n".join(lines)}, "r.jsonl")
    assert [a.id for a in articles] == ["b"] and [skip.source for skip in skipped] == ["r.jsonl:1"]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.xml", "a.txt.gz"])
def test_a_text_beyond_the_limit_is_refused(read: Read, name: str) -> None:
    data = b"word " * 1000
    articles, (skip,) = read({name: gzip.compress(data) if name.endswith("gz") else data}, name, max_bytes=2000)
    assert not articles and "is larger than 2,000 bytes" in skip.reason


def test_a_record_beyond_the_limit_is_refused_and_the_next_is_read(read: Read) -> None:
    lines = [json.dumps({"id": "a", "text": "word " * 1000}), json.dumps({"id": "b", "text": "Two three."})]
    articles, (skip,) = read({"r.jsonl": "\n".join(lines)}, "r.jsonl", max_bytes=2000)
    assert [a.id for a in articles] == ["b"] and skip.source == "r.jsonl:1" and "larger than" in skip.reason


def test_a_folder_of_records_may_be_larger_than_the_limit(read: Read) -> None:
    articles, skipped = read(
        {"r.jsonl": "\n".join(json.dumps({"id": i, "text": "Fish live."}) for i in range(500))}, max_bytes=2000
    )
    assert len(articles) == 500 and not skipped


def test_two_articles_with_one_id(read: Read) -> None:
    articles, (skip,) = read({"x/a.txt": STORY, "y/a.txt": STORY + "Other."}, "y", "x")
    assert [Path(a.source) for a in articles] == [Path("x/a.txt")]
    assert (
        Path(skip.source) == Path("y/a.txt")
        and "has the id 'a' of another article" in skip.reason
        and "x/a.txt" in skip.reason
    )


def test_the_same_article_twice_is_read_once_without_a_word(read: Read) -> None:
    articles, skipped = read({"x/a.txt": STORY, "y/a.txt": STORY})
    assert len(articles) == 1 and not skipped


def test_messages_are_harmless_to_a_terminal(read: Read) -> None:
    record = (
        json.dumps({"id": "x\x1b[31m", "text": "One two."}) + "\n" + json.dumps({"id": "x\x1b[31m", "text": "Other."})
    )
    _, (skip,) = read({"r.jsonl": record})
    assert "\x1b" not in skip.reason


def test_an_unreadable_file_is_reported(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    skipped: list[Skipped] = []
    (tmp_path / "a.txt").touch()
    assert not list(read_articles(["a.txt"], on_skip=skipped.append))
    assert [skip.reason for skip in skipped] == ["cannot be opened: Permission denied"]


def test_reading_is_a_stream(read: Read, tmp_path: Path) -> None:
    read({f"{i}.txt": STORY + str(i) for i in range(3)})
    stream = read_articles(["."])
    first = next(stream)
    (tmp_path / "2.txt").write_text("Changed after the first was read.")
    assert first.id == "0" and [a.text for a in stream][-1] == "Changed after the first was read."
