"""graph.html in a real Chromium: every control, and hostile text that must stay text."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.export.html import write_html
from tests.browser.synthetic import synthetic_view
from tests.test_export import hostile_view

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no chromium on the path (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as p:
        found = p.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


def opened(browser: Browser, path: Path, **options: object) -> Page:
    page = browser.new_page(viewport={"width": 1300, "height": 850}, **options)  # type: ignore[arg-type]
    page.errors = []  # type: ignore[attr-defined]
    page.requests = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda e: page.errors.append(str(e)))  # type: ignore[attr-defined]
    page.on("request", lambda r: page.requests.append(r.url))  # type: ignore[attr-defined]
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=true]")
    return page


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Page:
    path = write_html(synthetic_view(60), tmp_path_factory.mktemp("page") / "graph.html")
    return opened(browser, path)


def shown(page: Page) -> tuple[int, int]:
    return tuple(int(page.get_attribute("#stage", f"data-{what}") or 0) for what in ("nodes", "links"))  # type: ignore[return-value]


def test_it_draws_and_asks_nobody(page: Page) -> None:
    assert shown(page)[0] > 10
    assert page.errors == []  # type: ignore[attr-defined]
    assert [url for url in page.requests if not url.startswith("file:")] == []  # type: ignore[attr-defined]


def test_search_by_keyboard_shows_a_neighbourhood(page: Page) -> None:
    name = page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes[0].name")
    page.keyboard.press("/")
    page.fill("#q", name[:5])
    assert page.locator("#hits li").count() >= 1
    page.fill("#q", name)
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == name
    page.click("#all")
    assert "What the articles say" in page.inner_text("#panel h2")


def test_a_relation_shows_its_sentences(page: Page) -> None:
    page.click("#panel .row >> nth=0")
    page.click("#panel ul >> nth=-1 >> .row >> nth=0")
    assert page.locator(".claim mark").count() >= 1
    assert "confidence" in page.inner_text(".claim .meta >> nth=0")
    page.click("#all")


def test_filters_change_what_is_drawn(page: Page) -> None:
    before = shown(page)
    page.click("#filters")
    page.uncheck("#kind-fact")
    assert shown(page)[1] == 0
    page.check("#kind-hedged")
    page.check("#kind-denied")
    hedged = shown(page)[1]
    assert hedged > 0
    page.check("#kind-fact")
    assert shown(page)[1] > before[1]
    page.uncheck("#kind-hedged")
    page.uncheck("#kind-denied")
    page.select_option("#property", index=1)
    assert 0 < shown(page)[1] < before[1]
    page.select_option("#property", index=0)
    page.click("#filters")
    assert shown(page) == before


def test_the_legend_hides_a_class(page: Page) -> None:
    before = shown(page)
    page.click("#legend button >> nth=0")
    assert shown(page)[0] < before[0]
    page.click("#legend button >> nth=0")
    assert shown(page) == before


def test_a_path_between_two_nodes(page: Page) -> None:
    ends = page.evaluate(
        "(() => { const d = JSON.parse(document.getElementById('data').textContent);"
        " const e = d.edges.find((e) => d.claims[e.claims[0]].status === 'asserted' && e.s !== e.t);"
        " return [d.nodes[e.s].name, d.nodes[e.t].name]; })()"
    )
    page.fill("#q", ends[0])
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Path from here").click()
    page.fill("#q", ends[1])
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2").startswith("Path of")
    page.click("#all")


def test_png_and_svg_are_saved(page: Page) -> None:
    for button in ("#png", "#svg"):
        with page.expect_download() as download:
            page.click(button)
        assert download.value.suggested_filename.startswith("graph.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_and_both_colour_schemes(browser: Browser, tmp_path: Path, scheme: str) -> None:
    path = write_html(synthetic_view(30), tmp_path / "g.html")
    page = opened(browser, path, color_scheme=scheme)
    page.set_viewport_size({"width": 380, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    assert page.errors == []  # type: ignore[attr-defined]
    page.close()


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, write_html(hostile_view(), tmp_path / "g.html"))
    page.click("#filters")
    count = page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes.length")
    for i in range(count):
        name = page.evaluate(f"JSON.parse(document.getElementById('data').textContent).nodes[{i}].name")
        page.fill("#q", name)
        page.keyboard.press("Enter")
        if page.locator("#panel .row").count():
            page.locator("#panel .row").first.click()
    assert page.title() == "Knowledge graph"
    assert page.errors == []  # type: ignore[attr-defined]
    assert [url for url in page.requests if not url.startswith("file:")] == []  # type: ignore[attr-defined]
    assert page.locator("#panel script, #panel img, #panel svg, #panel iframe").count() == 0
    page.close()


def test_ten_thousand_nodes_open(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, write_html(synthetic_view(10_000), tmp_path / "g.html"))
    assert "best-connected" in page.inner_text("#panel")
    assert 0 < shown(page)[0] <= 200
    page.close()
