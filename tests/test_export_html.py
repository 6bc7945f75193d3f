"""The page: whole and inert as text, and in a real Chromium each control does what it says, whatever the articles say."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import kg.export.html
from kg.export.html import empty_page, groups, page_data, render, write_html
from kg.export.layout import layout
from kg.export.network import write_pyvis
from kg.export.property_graph import GraphView, filter_view
from kg.model import Article, Entity, Origin
from tests.browser.chromium import Page, find_chromium
from tests.browser.hostile import hostile_view
from tests.browser.synthetic import ID, make_claim, synthetic_view

SENTENCE = "\U0001f600 Adela Brandt met Ivo Novak in Lindholm on Monday."


def small_view() -> GraphView:
    """Four people in a row, with a hedge, a denial, a literal, two articles and two years."""
    names = ("Adela Brandt", "Ivo Novak", "Hana Kovac", "Émile Grove")
    iris = [ID + name.replace(" ", "_") for name in names]
    entities = [Entity(str(i), "Person", names[i], iris[i], ("The Envoy",) if i == 3 else ()) for i in range(4)]
    entities.append(Entity("4", "City", "Lindholm", ID + "Lindholm"))

    def claim(number: int, subject: int, object_: int, **more: Any) -> Any:
        ends = {
            "subject_iri": iris[subject],
            "object_iri": entities[object_].iri,
            "object_type": entities[object_].type,
        }
        return make_claim(id=f"c{number}", **{**ends, **more})

    claims = (
        claim(1, 0, 1, sentence=SENTENCE, start=50, end=50 + len(SENTENCE), trigger_start=65, trigger_end=68),
        claim(2, 1, 0, article="a2", time="2024-01-05"),
        claim(3, 1, 2, predicate="criticized", time="2023-06"),
        claim(4, 2, 3, predicate="metWith", article="a2"),
        claim(5, 0, 4, predicate="visited"),
        claim(6, 0, 3, predicate="accused", status="alleged", attributed_to="a spokesman"),
        claim(7, 0, 2, predicate="accused", status="denied"),
        make_claim(id="c8", predicate="holdsPosition", object="envoy to Ambria", object_iri=None, datatype="string"),
    )
    articles = (
        Article("a1", "", "Talks in Lindholm", "https://example.org/news/1", "The Example Post", (), "2025-03-11"),
        Article("a2", "", "A second round", "javascript:alert(1)", "", (), "2024-01-06"),
    )
    return GraphView(claims, tuple(entities), articles)


# ---- as text


def test_the_page_is_the_same_on_each_run_and_in_any_order_of_claims() -> None:
    view = synthetic_view(60)
    assert render(view) == render(GraphView(view.claims[::-1], view.entities[::-1], view.articles))


def test_it_counts_what_the_command_counts() -> None:
    view = small_view()
    alone = Entity("5", "Person", "Somebody", ID + "Somebody")  # named by an article, but no claim is about them
    view = replace(view, entities=(*view.entities, alone))
    assert page_data(view, 100)["counts"] == {"articles": 2, "entities": 6, "claims": 8, "facts": 6}
    assert len(page_data(view, 100)["nodes"]) == 5
    part = filter_view(replace(view, whole={"entities": 900, "claims": 70}), classes=["City"])
    assert page_data(part, 100)["counts"] == {"articles": 1, "entities": 2, "claims": 1, "facts": 1}
    drawn = replace(part, whole={"entities": 900, "claims": 70})
    assert page_data(drawn, 100)["counts"]["entities"] == 900


def test_only_the_two_scripts_of_the_page_may_run_and_nothing_may_be_fetched() -> None:
    page = render(hostile_view())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy and policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1].split("script-src")[1].split(";")[0]
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.S)
    assert len(scripts) == 3 and len(re.findall("<script", page)) == 3
    for script in scripts[1:]:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]
    assert isinstance(json.loads(scripts[0]), dict)
    assert not re.search(r"<(?:link|img|iframe|object|embed|base|form)\b", page)


def test_the_vendored_library_is_the_one_its_note_names() -> None:
    vendor = Path(__file__).parents[1] / "kg" / "export" / "html" / "vendor"
    digest = hashlib.sha256((vendor / "force-graph.min.js").read_bytes()).hexdigest()
    assert digest in (vendor / "README.md").read_text("utf-8")


@pytest.mark.parametrize("count", [0, 1, 2, 30, 401])
def test_positions_are_finite_distinct_and_repeatable(count: int) -> None:
    edges = [(i, i * 7 % count) for i in range(count)] + [(0, i) for i in range(count // 2)]
    points = layout(count, edges)
    assert points.shape == (count, 2)
    assert (points == layout(count, edges[::-1])).all()
    assert len({tuple(point) for point in points.tolist()}) == count


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_every_class_has_a_colour_that_stands_out_from_light_and_dark_pages() -> None:
    style = (Path(kg.export.html.__file__).parent / "style.css").read_text("utf-8")
    pages = [luminance(colour) for colour in re.findall(r"--bg:(#[0-9a-f]{6})", style)[:2]]
    for group in groups():
        for page in pages:
            low, high = sorted((luminance(group.colour), page))
            assert (high + 0.05) / (low + 0.05) >= 3, group
    assert len({group.colour for group in groups()}) == len(groups())


def test_each_class_of_the_ontology_belongs_to_the_group_that_is_nearest() -> None:
    view = GraphView(
        tuple(
            make_claim(id=cls, subject_iri=ID + cls, subject_type=cls)
            for cls in ("Ministry", "City", "Meeting", "Zork")
        )
    )
    found = {node["type"]: node["group"] for node in page_data(view, 100)["nodes"]}
    assert found == {
        "Ministry": "Organization",
        "City": "Place",
        "Meeting": "Event",
        "Zork": "Entity",
        "Person": "Person",
    }


# ---- in a browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    executable = find_chromium()
    if not executable:
        pytest.skip("no Chromium on this machine: install one or name it in CHROMIUM")
    page = Page(executable, tmp_path_factory.mktemp("profile"))
    yield page
    page.close()


@pytest.fixture
def page(browser: Page, tmp_path: Path) -> Iterator[Page]:
    """The small graph, open; afterwards it must have asked for nothing and failed in nothing."""
    path = write_html(small_view(), tmp_path / "graph.html")
    browser.open(path)
    browser.settle()
    yield browser
    assert browser.requests == [path.as_uri()]
    assert browser.errors == []


def panel(page: Page) -> str:
    return str(page.js("document.getElementById('panel').innerText"))


def shown(page: Page) -> tuple[int, int]:
    data = page.js("(({nodes, links}) => [+nodes, +links])(document.getElementById('stage').dataset)")
    return data[0], data[1]


def number(page: Page, name: str) -> int:
    return int(
        page.js(
            f"JSON.parse(document.getElementById('data').textContent).nodes.findIndex(n => n.iri.endsWith('{name}'))"
        )
    )


def push(page: Page, text: str) -> None:
    """Press the button with this text."""
    page.js(f"[...document.querySelectorAll('button')].find(b => b.innerText.startsWith({json.dumps(text)})).click()")
    page.settle()


def set_value(page: Page, control: str, value: str) -> None:
    page.js(
        f"(() => {{ const c = document.getElementById('{control}'); c.value = {json.dumps(value)};"
        "for (const kind of ['input', 'change']) c.dispatchEvent(new Event(kind, {bubbles: true})); })()"
    )
    page.settle()


def search(page: Page, text: str) -> None:
    page.js("(() => { const q = document.getElementById('q'); q.focus(); q.value = ''; })()")
    page.type(text)
    page.press("Enter")
    page.settle()


@pytest.mark.browser
def test_it_opens_on_the_facts_with_an_introduction(page: Page) -> None:
    assert shown(page) == (5, 4)
    assert "5 entities, 8 claims, 6 facts" in panel(page) and "Adela Brandt" in panel(page)
    assert "5 nodes, 4 links shown" in page.js("document.getElementById('count').innerText")


@pytest.mark.browser
def test_a_click_on_a_node_tells_who_it_is(page: Page) -> None:
    i = number(page, "Adela_Brandt")
    page.js("new Promise(done => setTimeout(done, 900))")
    page.click(*page.js(f"kgScreen({i})"))
    page.wait("document.querySelector('#panel h2').innerText === 'Adela Brandt'", 5)
    text = panel(page)
    assert (
        "OFFICES OVER TIME" in text
        and "Person" in text
        and "envoy to Ambria (2025-03-10)" in text
        and "2 articles" in text
    )


@pytest.mark.browser
def test_a_click_on_an_edge_shows_the_sentences_with_the_trigger_marked(page: Page) -> None:
    page.js("new Promise(done => setTimeout(done, 900))")
    page.click(*page.js(f"kgScreen({number(page, 'Adela_Brandt')}, {number(page, 'Ivo_Novak')})"))
    page.wait("document.querySelector('#panel mark')", 5)
    assert page.js("[...document.querySelectorAll('#panel mark')].map(m => m.innerText)") == ["met", "met"]
    text = panel(page)
    assert "2 sentences in 2 articles" in text and SENTENCE in text and "confidence 0.8" in text
    # The url of the second article is not one of the web.
    assert page.js("[...document.querySelectorAll('#panel a')].map(a => a.href)") == ["https://example.org/news/1"]


@pytest.mark.browser
def test_a_double_click_shows_the_neighbourhood_and_overview_comes_back(page: Page) -> None:
    page.js("new Promise(done => setTimeout(done, 900))")
    page.click(*page.js(f"kgScreen({number(page, 'Lindholm')})"), times=2)
    page.wait("document.getElementById('stage').dataset.nodes === '2'", 5)
    push(page, "Overview")
    assert shown(page) == (5, 4)


@pytest.mark.browser
@pytest.mark.parametrize(
    "typed", ["emile", "ÉMILE", "grove", "envoy"], ids=["no accent", "capitals", "family", "alias"]
)
def test_search_suggests_and_finds(page: Page, typed: str) -> None:
    page.js("document.body.focus()")
    page.press("/")
    page.type(typed)
    page.settle()
    assert page.js("document.querySelector('#hits li').innerText").startswith("Émile Grove")
    assert page.js("document.getElementById('q').getAttribute('aria-expanded')") == "true"
    page.press("Enter")
    page.settle()
    assert panel(page).startswith("Émile Grove")
    assert "also: The Envoy" in panel(page)


@pytest.mark.browser
def test_the_shortest_path_between_two_nodes(page: Page) -> None:
    search(page, "Adela")
    push(page, "Path from here")
    search(page, "Grove")
    assert panel(page).startswith("Path of 3 steps")
    assert shown(page) == (4, 3)


@pytest.mark.browser
def test_no_path_is_said(page: Page) -> None:
    set_value(page, "property", "visited")
    search(page, "Adela")
    push(page, "Path from here")
    search(page, "Grove")
    assert "No path" in panel(page)


@pytest.mark.browser
def test_hedged_and_denied_claims_are_switched_on_apart(page: Page) -> None:
    push(page, "Filters")
    page.js("document.getElementById('kind-hedged').click()")
    assert shown(page) == (5, 5)
    page.js("document.getElementById('kind-denied').click()")
    assert shown(page) == (5, 6)
    page.js("document.getElementById('kind-fact').click()")
    assert shown(page) == (3, 2)
    search(page, "Adela")
    assert "alleged" in panel(page) and "denied" in panel(page)


@pytest.mark.browser
def test_articles_of_one_source_are_one_source(browser: Page, tmp_path: Path) -> None:
    view = small_view()
    one = {name: Origin(name, "", ("publisher the post",)) for name in ("a1", "a2")}
    left = []
    for origins in ({}, one):
        browser.open(write_html(replace(view, origins=origins), tmp_path / "graph.html"))
        browser.settle()
        set_value(browser, "sources", "2")
        left.append(shown(browser)[1])
    assert left == [1, 0]
    assert "the post" not in (tmp_path / "graph.html").read_text("utf-8")


@pytest.mark.browser
def test_filters_of_property_article_sources_class_and_time(page: Page) -> None:
    set_value(page, "property", "criticized")
    assert shown(page) == (2, 1)
    set_value(page, "property", "")
    set_value(page, "article", "1")
    assert shown(page) == (4, 2)
    set_value(page, "article", "")
    set_value(page, "sources", "2")
    assert shown(page) == (2, 1)
    set_value(page, "sources", "1")
    push(page, "Place")
    assert shown(page) == (4, 3)
    assert page.js("document.querySelector('#legend [aria-pressed=false]').innerText").startswith("Place")
    push(page, "Place")
    set_value(page, "time-to", "1")
    assert shown(page) == (2, 1)
    assert page.js("document.getElementById('range').innerText") == "2023-06-01 to 2023-06-30"


@pytest.mark.browser
def test_filters_of_one_class_one_status_and_the_size_of_nodes(page: Page) -> None:
    set_value(page, "class", "City")
    assert shown(page) == (2, 1)
    set_value(page, "class", "")
    # One status is shown whether its kind is ticked or not.
    set_value(page, "status", "denied")
    assert shown(page) == (2, 1)
    set_value(page, "status", "")
    assert shown(page) == (5, 4)
    set_value(page, "size", "sources")
    assert shown(page) == (5, 4)


@pytest.mark.browser
def test_an_open_time_touches_every_later_period(browser: Page, tmp_path: Path) -> None:
    since = make_claim(id="c1", time="2020/..")
    other = make_claim(id="c2", time="2024-05-01", subject_iri=ID + "x", subject="X")
    browser.open(write_html(GraphView((since, other)), tmp_path / "graph.html"))
    last = browser.js("document.getElementById('time-from').max")
    set_value(browser, "time-from", last)
    assert shown(browser) == (3, 2)


@pytest.mark.browser
def test_paper_shows_the_graph_as_shapes_and_the_whole_panel(page: Page) -> None:
    push(page, "Overview")
    page.call("Emulation.setEmulatedMedia", media="print")
    page.js("dispatchEvent(new Event('beforeprint'))")
    assert page.js("document.querySelectorAll('#paper circle').length") == 5
    assert page.js("document.querySelectorAll('#paper path').length") == 4
    hidden = page.js("['stage', 'filters', 'q'].filter((id) => document.getElementById(id).getClientRects().length)")
    assert hidden == []
    assert page.js("document.getElementById('panel').scrollHeight <= document.getElementById('panel').clientHeight + 1")
    page.js("dispatchEvent(new Event('afterprint'))")
    page.call("Emulation.setEmulatedMedia", media="")
    assert page.js("document.querySelectorAll('#paper *').length") == 0
    assert len(base64.b64decode(page.call("Page.printToPDF")["data"])) > 5000


@pytest.mark.browser
def test_an_address_opens_the_page_on_an_entity(browser: Page, tmp_path: Path) -> None:
    path = write_html(small_view(), tmp_path / "graph.html")
    browser.open(path)
    browser.visit(f"{path.as_uri()}#{quote(ID + 'Lindholm', safe='')}")
    browser.call("Page.reload")
    browser.wait("document.documentElement?.dataset.ready === 'true' && document.querySelector('#panel h2')")
    assert panel(browser).startswith("Lindholm") and shown(browser) == (2, 1)


@pytest.mark.browser
def test_the_page_without_data_draws_what_its_frame_is_sent(browser: Page, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text(empty_page(), encoding="utf-8")
    browser.visit((tmp_path / "empty.html").as_uri())
    browser.settle()
    assert browser.js("document.documentElement.dataset.ready") is None
    data = json.dumps(page_data(small_view(), 100))
    browser.js(f"dispatchEvent(new MessageEvent('message', {{origin: 'https://attack.example', data: {data}}}))")
    assert browser.js("document.documentElement.dataset.ready") is None
    browser.js(f"dispatchEvent(new MessageEvent('message', {{origin: location.origin, data: {data}}}))")
    assert shown(browser) == (5, 4)


@pytest.mark.browser
def test_the_keyboard_moves_the_view(page: Page) -> None:
    page.js("document.getElementById('stage').focus()")
    before = page.js("kgScreen(0)")
    page.press("ArrowRight")
    page.settle()
    assert page.js("kgScreen(0)")[0] < before[0]


@pytest.mark.browser
def test_controls_have_names(page: Page) -> None:
    push(page, "Filters")
    unnamed = page.js(
        "[...document.querySelectorAll('button, input, select')].filter(c => !c.innerText && !c.labels?.length"
        " && !c.getAttribute('aria-label')).map(c => c.outerHTML)"
    )
    assert unnamed == []


@pytest.mark.browser
@pytest.mark.parametrize("button", ["PNG", "SVG"])
def test_pictures_are_saved(page: Page, button: str) -> None:
    page.js(
        "(() => { window.saved = []; const make = URL.createObjectURL; URL.createObjectURL = b => (saved.push(b), make(b)); })()"
    )
    page.js("HTMLAnchorElement.prototype.click = function () { window.named = this.download; }")
    push(page, button)
    page.wait("saved.length === 1", 5)
    assert page.js("named") == f"graph.{button.lower()}"
    if button == "SVG":
        text = page.js("saved[0].text()")
        assert (
            page.js(
                f"new DOMParser().parseFromString({json.dumps(text)}, 'image/svg+xml').querySelectorAll('circle').length"
            )
            == 5
        )
    else:
        assert page.js("saved[0].size") > 2000


@pytest.mark.browser
def test_nodes_stand_still_until_motion_is_asked_for(page: Page) -> None:
    before = page.js("kgScreen(0)")
    page.js("new Promise(done => setTimeout(done, 400))")
    assert page.js("kgScreen(0)") == before
    push(page, "Motion")
    page.js("new Promise(done => setTimeout(done, 400))")
    assert page.js("kgScreen(0)") != before


@pytest.mark.browser
def test_a_phone_sees_graph_and_panel_without_scrolling_sideways(page: Page) -> None:
    page.resize(390, 800, mobile=True)
    page.settle()
    assert page.js("document.documentElement.scrollWidth") <= 390
    assert page.js("document.getElementById('stage').clientHeight") > 250
    page.resize(1280, 800)


@pytest.mark.browser
def test_hostile_text_in_every_field_is_only_text(browser: Page, tmp_path: Path) -> None:
    path = write_html(hostile_view(), tmp_path / "graph.html")
    browser.open(path)
    for control in ("fact", "hedged", "denied"):
        browser.js(f"(c => c.checked || c.click())(document.getElementById('kind-{control}'))")
    rows = browser.js("JSON.parse(document.getElementById('data').textContent).nodes.map(n => n.name.slice(0, 40))")
    for name in rows:
        search(browser, name)
        # Every relation and every fact of the node, and from there the sentences.
        for i in range(4):
            browser.js(f"document.querySelectorAll('#panel .row')[{i}]?.click()")
            browser.js(
                "(() => { for (const a of document.querySelectorAll('#panel a')) if (!/^https?:/.test(a.href)) throw a.href; })()"
            )
    browser.js("document.getElementById('svg').click()")
    browser.settle()
    assert browser.js("window.__hit") is None
    assert browser.requests[0] == path.as_uri()
    assert [url for url in browser.requests[1:] if not url.startswith("blob:")] == []
    assert browser.errors == []
    assert browser.js("document.querySelectorAll('#panel script, #panel img, #panel iframe, #panel svg').length") == 0


@pytest.mark.browser
def test_hostile_text_in_pyvis_runs_nothing_and_asks_for_nothing(browser: Page, tmp_path: Path) -> None:
    path = write_pyvis(hostile_view(), tmp_path / "pyvis.html")
    browser.requests.clear()
    browser.call("Page.navigate", url=path.as_uri())
    browser.wait("document.readyState === 'complete'")
    browser.wait("document.querySelector('canvas')")
    browser.settle()
    assert browser.js("window.__hit") is None
    assert [url for url in browser.requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.browser
@pytest.mark.parametrize(("count", "seconds"), [(1000, 2.0), (10_000, 5.0)])
def test_large_graphs_open_soon_on_their_best_connected_part(
    browser: Page, tmp_path: Path, count: int, seconds: float
) -> None:
    path = write_html(synthetic_view(count), tmp_path / "graph.html")
    assert browser.open(path) < seconds
    nodes, _ = shown(browser)
    assert 100 < nodes <= 200
    assert "200 best-connected" in panel(browser)
    search(browser, str(count - 400))
    assert str(count - 400) in panel(browser).splitlines()[0]
