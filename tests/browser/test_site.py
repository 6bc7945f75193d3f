"""The service's pages in a real Chromium: by keyboard, on a phone, light and dark, and with hostile text everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlencode

import pytest

pytest.importorskip("starlette", reason="the extra kg-news[serve] is not installed")
pytest.importorskip("uvicorn", reason="the extra kg-news[serve] is not installed")

from tests.browser.chromium import Page, find_chromium
from tests.browser.hostile import TEXTS
from tests.serve.graphs import attack, treaty, write_graph
from tests.serve.service import Server, start

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/search?q=novak",
    "/articles",
    "/timeline",
    "/conflicts",
    "/ontology",
    "/open",
    "/query",
    "/graph",
    "/graph.html",
    "/id/Adela_Brandt",
    "/article/lindholm-talks",
    "/id/Nobody",
)

CONTRAST = """
(() => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (el) => { for (; el; el = el.parentElement) { const c = channels(getComputedStyle(el).backgroundColor); if (c.length < 4 || c[3] > 0.9) return c; } return [255, 255, 255]; };
  const faint = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const el = walk.currentNode.parentElement, style = getComputedStyle(el);
    if (!walk.currentNode.data.trim() || !el.getClientRects().length || style.visibility === "hidden" || el.closest("script, style, noscript, .visually-hidden, #yasgui")) continue;
    const [a, b] = [light(channels(style.color)), light(behind(el))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push([((a + 0.05) / (b + 0.05)).toFixed(2), el.outerHTML.slice(0, 120)]);
  }
  return faint.slice(0, 5);
})()
"""

NAMES = """
[...document.querySelectorAll('a[href], button, input, select, textarea, summary, iframe, [tabindex="0"]')]
  .filter((c) => c.getClientRects().length && !c.closest('#yasgui') && !c.textContent.trim() && !c.labels?.length && !c.getAttribute('aria-label') && !c.title)
  .map((c) => c.outerHTML.slice(0, 150))
"""


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    executable = find_chromium()
    if not executable:
        pytest.skip("no Chromium on this machine: install one or name it in CHROMIUM")
    page = Page(executable, tmp_path_factory.mktemp("profile"))
    yield page
    page.close()


@pytest.fixture(scope="module")
def server(tab: Page, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    found = start(write_graph(tmp_path_factory.mktemp("treaty"), treaty()))
    yield found
    found.stop()


@pytest.fixture
def page(tab: Page, server: Server) -> Iterator[Page]:
    """A tab that at the end must have asked no other server and failed in nothing."""
    yield tab
    assert [url for url in tab.requests if not url.startswith((server.url, "data:", "blob:"))] == []
    assert [error for error in tab.errors if "404 (Not Found)" not in error] == []
    tab.resize(1280, 800)
    tab.dark(False)


def go(page: Page, server: Server, path: str) -> None:
    page.visit(server.url.rstrip("/") + path)
    if path == "/query":
        page.wait("document.documentElement.dataset.ready === 'true'")


def words(page: Page) -> str:
    return " ".join(str(page.js("document.body.innerText")).split())


# ---- the question of a newcomer: who met Novák, when, according to whom?


def test_it_is_answered_by_clicks_alone(page: Page, server: Server) -> None:
    go(page, server, "/")
    page.press("/")
    page.type("nov")
    page.wait("document.querySelector('.hits li')")
    page.press("ArrowDown")
    page.press("Enter")
    page.wait("document.querySelector('h1')?.innerText === 'Ivo Novák'")
    assert "Ivo Novák met with Adela Brandt 2031-03-10, 2031-04-01 · 2 articles" in words(page)
    page.js(
        "[...document.querySelectorAll('.said')].find((s) => s.innerText.includes('met with')).querySelector('summary').click()"
    )
    assert "Adela Brandt met Ivo Novák. asserted · says the article itself · 2031-03-10" in words(page)
    page.js("document.querySelector('.said details[open] a[href^=\"/article/\"]').click()")
    page.wait("document.querySelector('#text a:target')")
    assert page.js("document.querySelector('#text a:target').innerText") == "Adela Brandt met Ivo Novák."


def test_it_is_answered_from_the_graph_by_clicks_alone(page: Page, server: Server) -> None:
    go(page, server, "/graph")
    inside = "document.querySelector('iframe').contentDocument"
    page.wait(f"{inside}?.documentElement?.dataset.ready === 'true'")
    page.js(f"[...{inside}.querySelectorAll('#panel .row')].find((b) => b.innerText.startsWith('Ivo')).click()")
    page.js(f"[...{inside}.querySelectorAll('#panel .row')].find((b) => b.innerText.includes('met with')).click()")
    told = " ".join(page.js(f"{inside}.getElementById('panel').innerText").split())
    assert (
        "Adela Brandt met Ivo Novák." in told
        and "asserted" in told
        and "2031-03-10" in told
        and "Talks in Lindholm" in told
    )
    page.js(f"[...{inside}.querySelectorAll('#panel .row')].at(-1).click()")
    page.js(f"[...{inside}.querySelectorAll('#panel a')].find((a) => a.innerText === 'Its page').click()")
    page.wait("location.pathname.startsWith('/id/')")


def test_it_is_answered_by_the_first_example(page: Page, server: Server) -> None:
    go(page, server, "/query")
    page.js("document.querySelector('[data-example]').click()")
    page.wait("document.querySelectorAll('.yasr tbody tr').length === 2")
    rows = page.js("[...document.querySelectorAll('.yasr tbody tr')].map((r) => r.innerText)")
    assert "2031-03-10" in rows[0] and "the article itself" in rows[0] and "Adela Brandt met Ivo Novák." in rows[0]
    # A name in the table leads to its page here, not to the address that its IRI happens to have.
    page.js("document.querySelector('.yasr tbody a.iri').dispatchEvent(new MouseEvent('pointerover', {bubbles: true}))")
    page.js("document.querySelector('.yasr tbody a.iri').click()")
    page.wait("location.pathname === '/id/Adela_Brandt'")


def test_an_answer_is_drawn_as_a_graph(page: Page, server: Server) -> None:
    go(page, server, "/query")
    page.js("document.querySelectorAll('[data-example]')[1].click()")
    inside = "document.querySelector('.yasr iframe')?.contentDocument"
    page.wait(f"{inside}?.documentElement?.dataset.ready === 'true'")
    assert page.js(f"{inside}.getElementById('stage').dataset.links") == "1"


def test_a_mistake_in_a_query_is_told(page: Page, server: Server) -> None:
    go(page, server, "/query")
    page.js(
        "(() => { const tab = kgQuery.getTab(); tab.setQuery('SELECT ?x WHERE { ?x ?y'); tab.query().catch(() => {}); })()"
    )
    page.wait("document.querySelector('.yasr').innerText.includes('SPARQL')")
    page.errors.clear()  # the refused request itself


def test_the_editor_completes_terms_of_the_ontology(page: Page, server: Server) -> None:
    go(page, server, "/query")
    page.js(
        "kgQuery.getTab().setQuery('SELECT * WHERE { ?a kg:metW'); kgQuery.getTab().getYasqe().focus();"
        "kgQuery.getTab().getYasqe().setCursor(0, 99)"
    )
    page.call("Input.dispatchKeyEvent", type="rawKeyDown", key=" ", code="Space", windowsVirtualKeyCode=32, modifiers=2)
    page.wait("document.querySelector('.CodeMirror-hints li')", 10)
    assert page.js("document.querySelector('.CodeMirror-hints li').innerText").startswith("kg:metWith")
    page.press("Enter")
    assert "kg:metWith" in page.js("kgQuery.getTab().getQuery()")


# ---- for everyone


@pytest.mark.parametrize("path", PAGES)
def test_controls_have_names_headings_order_and_text_contrast(page: Page, server: Server, path: str) -> None:
    go(page, server, path)
    page.settle()
    assert page.js(NAMES) == []
    levels = page.js(
        "[...document.querySelectorAll('h1, h2, h3, h4')].filter((h) => !h.closest('#yasgui')).map((h) => +h.tagName[1])"
    )
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert page.js("document.documentElement.lang") == "en"
    assert page.js("document.querySelectorAll('main').length") == 1
    for dark in (False, True):
        page.dark(dark)
        assert page.js(CONTRAST) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_needs_no_scrolling_sideways(page: Page, server: Server, path: str) -> None:
    page.resize(390, 800, mobile=True)
    go(page, server, path)
    page.settle()
    assert page.js("document.documentElement.scrollWidth") <= 390


def test_the_keyboard_reaches_the_content_first(page: Page, server: Server) -> None:
    go(page, server, "/id/Adela_Brandt")
    page.press("Tab")
    assert page.js("document.activeElement.innerText") == "To the content"
    page.press("Enter")
    page.press("Tab")
    assert page.js("!!document.activeElement.closest('main')")


# ---- hostile text


@pytest.fixture(scope="module")
def attacked(tab: Page, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    found = start(write_graph(tmp_path_factory.mktemp("attack"), attack()))
    yield found
    found.stop()


def test_hostile_text_on_every_page_is_only_text(tab: Page, attacked: Server) -> None:
    base = attacked.url.rstrip("/")
    tab.visit(f"{base}/articles")
    articles = tab.js("[...document.querySelectorAll('main li a')].map((a) => a.getAttribute('href'))")
    assert len(articles) == len(TEXTS)
    asked = ["/search?" + urlencode({"q": text}, errors="replace") for text in TEXTS[::8]]
    asked += [
        "/timeline?" + urlencode({"who": text, "class": text, "since": text}, errors="replace") for text in TEXTS[::8]
    ]
    found: set[str] = set()
    for path in ("/", "/timeline", "/open", "/ontology", "/graph", "/id/Hub_of_all", *articles, *asked):
        tab.visit(base + path)
        found |= only_text(tab, base, path)
    assert len(found) > 60
    for path in sorted(found)[::10]:
        tab.visit(path)
        only_text(tab, base, path)


def only_text(tab: Page, base: str, path: str) -> set[str]:
    """Hold that the page is whole and inert; returns its links to things and claims."""
    assert "Nothing is known" not in tab.js("document.querySelector('h1').innerText"), path
    assert tab.js("window.__hit") is None, path
    assert [url for url in tab.requests if not url.startswith(base)] == [], path
    assert tab.errors == [], path
    made = "main :is(script, img, svg, object, embed, form:not([action^='/']))"
    assert tab.js(f'document.querySelectorAll("{made}").length') == 0, path
    links = tab.js("[...document.querySelectorAll('main a')].map((a) => a.href)")
    assert [link for link in links if not link.startswith(("http://", "https://"))] == [], path
    things = (f"{base}/id/", f"{base}/claim/", f"{base}/event/")
    return {link for link in links if link.startswith(things) and not link.endswith((".ttl", ".jsonld"))}


def test_hostile_text_in_answers_is_only_text(tab: Page, attacked: Server) -> None:
    base = attacked.url.rstrip("/")
    tab.visit(f"{base}/query")
    tab.wait("document.documentElement.dataset.ready === 'true'")
    tab.js(
        "kgQuery.getTab().setQuery('SELECT * WHERE { GRAPH ?g { ?claim rdfs:label ?what ; kg:evidenceSentence ?said ; rdf:subject ?s ; rdf:object ?o } } LIMIT 100'.replace(/^/, 'PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX kg: <https://example.org/kg/ontology#> ')); kgQuery.getTab().query().catch(() => {})"
    )
    tab.wait("document.querySelectorAll('.yasr tbody tr').length > 20")
    tab.js("document.querySelector('.select_graph').click()")
    tab.wait("document.querySelector('.yasr iframe')?.contentDocument?.documentElement?.dataset.ready === 'true'")
    tab.js("document.querySelector('.select_response').click()")
    tab.settle()
    assert tab.js("window.__hit") is None
    assert [url for url in tab.requests if not url.startswith((base, "data:", "blob:"))] == []
    assert (
        tab.js("document.querySelectorAll('.yasr :is(script, img, iframe[src^=\"http\"], object, embed)').length") == 0
    )
