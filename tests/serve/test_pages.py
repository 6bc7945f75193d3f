"""The pages of a running service: every IRI resolves, every link leads somewhere, every text is only text."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urldefrag, urlencode, urljoin

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import recall_config
from kg.lexicon import ontology_folder
from kg.model import Article, Aside, Span
from kg.queries import SavedQuery
from kg.rdf import Names
from kg.serve.pages import examples
from kg.serve.passages import passages
from kg.serve.reading import Reading, fill, folded, pattern
from tests.browser.synthetic import make_claim
from tests.serve.graphs import Story, treaty, write_graph
from tests.serve.service import Answered, Server, start

BASE = "https://example.org/kg/"
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
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
    "/id/Adela_Brandt",
    "/id/Ivo_Nov%C3%A1k",
    "/article/lindholm-talks",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    found = start(write_graph(tmp_path_factory.mktemp("treaty"), treaty()))
    yield found
    found.stop()


def get(server: Server, path: str, accept: str = HTML["Accept"]) -> Answered:
    return server.ask("GET", path, headers={"Accept": accept})


class Links(HTMLParser):
    """The addresses and the anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.anchors |= {values["id"]} if values.get("id") else set()
        self.links += [value for name in ("href", "src") if (value := values.get(name))]


def plain(text: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


# ---- addresses


def test_every_link_and_anchor_of_every_page_leads_somewhere(server: Server) -> None:
    pages: dict[str, Links] = {}
    anchors: list[tuple[str, str, str]] = []
    queue = list(PAGES)
    while queue:
        path = queue.pop()
        if path in pages:
            continue
        answer = get(server, path)
        assert answer.status == 200, path
        pages[path] = Links(answer.text if answer.type == "text/html" else "")
        for link in pages[path].links:
            target, anchor = urldefrag(urljoin(path, link))
            if target.startswith("/") and not target.startswith(("/graph.html", "/resource")):
                queue.append(target)
                anchors += [(path, target, anchor)] if anchor else []
    assert len(pages) > 40
    assert [a for a in anchors if a[2] not in pages[a[1]].anchors] == []


def test_every_iri_of_the_graph_has_a_page(server: Server) -> None:
    asked = server.query(
        "SELECT DISTINCT ?i WHERE { { GRAPH graph:entities { ?i rdfs:label ?l } FILTER NOT EXISTS { GRAPH graph:entities"
        " { ?i a kg:Judgement } } } UNION { GRAPH ?i { ?i a kg:Article } } UNION { GRAPH ?g { ?i a kg:Claim } }"
        " UNION { GRAPH graph:facts { ?i a kg:Meeting } } UNION { GRAPH graph:conflicts { ?i a kg:Conflict } } }",
        "application/sparql-results+json",
    )
    iris = [row["i"]["value"] for row in json.loads(asked.body)["results"]["bindings"]]
    assert len(iris) > 15
    for iri in iris:
        # The path as it is, and as one level of escapes less: clients differ.
        path = "/" + quote(iri.removeprefix(BASE), safe="/%")
        assert get(server, path).status == 200, iri
        moved = get(server, f"/resource?{urlencode({'iri': iri})}")
        assert moved.status == 303 and get(server, moved.headers["location"]).status == 200, iri


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("/id/Adela_Brandt", HTML["Accept"], "text/html"),
        ("/id/Adela_Brandt", "*/*", "text/html"),
        ("/id/Adela_Brandt", "text/turtle", "text/turtle"),
        ("/id/Adela_Brandt", "text/html;q=0.5, text/turtle", "text/turtle"),
        ("/id/Adela_Brandt", "application/ld+json", "application/ld+json"),
        ("/id/Adela_Brandt.ttl", HTML["Accept"], "text/turtle"),
        ("/id/Adela_Brandt.jsonld", HTML["Accept"], "application/ld+json"),
        ("/id/Adela_Brandt.nt", "*/*", "application/n-triples"),
        ("/article/lindholm-talks.ttl", "*/*", "text/turtle"),
        ("/ontology", "text/turtle", "text/turtle"),
        ("/ontology.ttl", "*/*", "text/turtle"),
    ],
)
def test_people_get_a_page_and_programs_get_rdf(server: Server, path: str, accept: str, kind: str) -> None:
    answer = get(server, path, accept)
    assert (answer.status, answer.type) == (200, kind)
    if kind != "text/html":
        triples = list(ox.parse(answer.body, format=ox.RdfFormat.from_media_type(kind)))
        assert len(triples) > 3
    assert "accept" in answer.headers["vary"].lower()


def test_rdf_of_an_entity_has_its_facts_in_both_directions(server: Server) -> None:
    triples = {
        tuple(str(t) for t in (q.subject, q.predicate, q.object))
        for q in ox.parse(get(server, "/id/Ivo_Nov%C3%A1k.nt").body, format=ox.RdfFormat.N_TRIPLES)
    }
    met, me, ana = (f"<{BASE}{end}>" for end in ("ontology#metWith", "id/Ivo_Novák", "id/Adela_Brandt"))
    assert {(me, met, ana), (ana, met, me)} <= triples


@pytest.mark.parametrize(
    "path", ["/id/Nobody", "/article/none", "/claim/none", "/conflict/none", "/resource?iri=x%20y"]
)
def test_what_is_unknown_is_not_found_in_either_form(server: Server, path: str) -> None:
    page = get(server, path)
    assert page.status == 404 and "Nothing is known of this" in page.text
    if not path.startswith("/conflict"):
        assert get(server, path, "text/turtle").status == 404


@pytest.mark.parametrize("path", [*PAGES, "/id/Nobody", "/claim/none"])
def test_a_page_may_load_only_what_its_server_has(server: Server, path: str) -> None:
    answer = get(server, path)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "script-src 'self';" in policy and "http" not in policy
    assert ("unsafe-inline" in policy) == (path == "/query")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "<script>" not in answer.text and " style=" not in answer.text and " onclick" not in answer.text


# ---- what they say


@pytest.mark.parametrize("typed", ["novak", "NOVÁK", "ivo", "vo nov"])
def test_names_are_found_without_accents_case_and_in_part(server: Server, typed: str) -> None:
    assert "Ivo Novák" in get(server, f"/search?{urlencode({'q': typed})}").text
    hits = json.loads(get(server, f"/suggest?{urlencode({'q': typed})}").body)
    assert hits[0] == {"name": "Ivo Novák", "said": "Ivo Novák", "type": "Person", "href": "/id/Ivo_Nov%C3%A1k"}


@pytest.mark.parametrize("typed", ["", ".*", "(", "[a", "same:", "\\", "$"])
def test_a_search_is_no_pattern_and_finds_no_bookkeeping(server: Server, typed: str) -> None:
    assert json.loads(get(server, f"/suggest?{urlencode({'q': typed})}").body) == []
    assert get(server, f"/search?{urlencode({'q': typed})}").status == 200


def test_an_entity_tells_class_offices_relations_and_their_sentences(server: Server) -> None:
    page = plain(get(server, "/id/Adela_Brandt").text)
    for said in (
        "Offices over time holds position envoy since 2031-01",
        "Adela Brandt met with Ivo Novák 2031-03-10, 2031-04-01 · 2 articles of 2 independent sources",
        "Adela Brandt met Ivo Novák.",
        "asserted · says the article itself · 2031-03-10",
        "planned · says a spokesman",
        "Ivo Novák criticized Adela Brandt reported",
        "negated",
        "Ambria Post",
    ):
        assert said in page, said


def test_an_event_tells_who_took_part_when_and_where_it_is_told(server: Server) -> None:
    page = get(server, "/id/Adela_Brandt").text
    event = next(link for link in Links(page).links if link.startswith("/event/"))
    told = plain(get(server, event).text)
    assert "when 2031-03-10" in told and "agent Adela Brandt" in told and "patient Ivo Novák" in told


def test_an_article_marks_what_was_read_in_its_text(server: Server) -> None:
    page = get(server, "/article/lindholm-talks").text
    assert re.search(r'<a id="t\d+" class="fact" href="#c\d+">Adela Brandt <mark>met</mark> Ivo Novák\.</a>', page)
    assert re.search(
        r'<a id="t\d+" class="hedged" href="#c\d+">Adela Brandt <mark>is to visit</mark> Lindholm\.</a>', page
    )
    assert '<span class="aside">Talks in Lindholm</span>' in page
    assert 'href="https://example.org/news/1" rel="noopener noreferrer"' in page


def test_a_claim_tells_its_whole_record(server: Server) -> None:
    claim = next(link for link in Links(get(server, "/article/second-round").text).links if link.startswith("/claim/"))
    page = plain(get(server, claim).text)
    assert "according to Ivo Novák" in page and "read by rule active of events" in page and "confidence 0.9" in page


def test_both_sides_of_a_conflict_are_told(server: Server) -> None:
    for path in ("/conflicts", "/id/Adela_Brandt"):
        page = plain(get(server, path).text)
        assert "contradiction : Adela Brandt born in" in page
        assert "was born in Lindholm" in page and "was born in Ambria" in page


@pytest.mark.parametrize(
    ("asked", "events"),
    [
        ({}, 2),
        ({"class": "Meeting"}, 2),
        ({"class": "Event"}, 2),
        ({"class": "Attack"}, 0),
        ({"who": "novak"}, 2),
        ({"who": f"{BASE}id/Adela_Brandt"}, 2),
        ({"who": "Hana"}, 0),
        ({"who": "nobody"}, 0),
        ({"since": "2031-03-11"}, 1),
        ({"until": "2031-03"}, 1),
        ({"since": "2031", "until": "2031"}, 2),
        ({"since": "2032"}, 0),
    ],
)
def test_the_timeline_is_narrowed(server: Server, asked: dict[str, str], events: int) -> None:
    page = get(server, f"/timeline?{urlencode(asked)}").text
    assert page.count("told by") == events
    assert ("Nothing is named" in page) == (asked.get("who") == "nobody")


def test_a_wrong_date_is_told_and_shows_all(server: Server) -> None:
    page = get(server, "/timeline?since=yesterday").text
    assert "is no day, month or year" in page and page.count("told by") == 2


def test_the_ontology_describes_every_class_and_property(server: Server) -> None:
    found = Links(get(server, "/ontology").text).anchors
    asked = server.query(
        "SELECT ?t WHERE { GRAPH graph:ontology { ?t a ?k } FILTER(?k IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty)) }",
        "text/csv",
    )
    terms = {line.split("#")[1] for line in asked.text.split() if "kg/ontology#" in line}
    assert len(terms) > 200 and terms <= found
    assert "Adela Brandt met with Ivo Novák" in plain(get(server, "/ontology").text)
    assert "Hana Kovač sang to Ivo Novák" in plain(get(server, "/open").text)


# ---- answers as a graph, examples


def view(server: Server, asked: object) -> dict[str, list[dict[str, object]]]:
    answer = server.ask("POST", "/view", json.dumps(asked), {"Content-Type": "application/json"})
    assert answer.status == 200, answer.text
    return json.loads(answer.body)  # type: ignore[no-any-return]


def test_rows_draw_what_is_claimed_between_their_things(server: Server) -> None:
    brandt, novak, hana = (f"{BASE}id/{name}" for name in ("Adela_Brandt", "Ivo_Novák", "Hana_Kovač"))
    drawn = view(server, {"rows": [[brandt, novak]]})
    assert sorted(str(e["p"]) for e in drawn["edges"]) == ["criticized", "met with", "sued"]
    assert view(server, {"rows": [[brandt], [novak]]})["edges"] == []
    assert [e["p"] for e in view(server, {"rows": [[hana, novak, "http://else.example/"]]})["edges"]] == ["sang to"]


def test_triples_are_drawn_whether_claimed_or_not(server: Server) -> None:
    brandt, novak = f"{BASE}id/Adela_Brandt", f"{BASE}id/Ivo_Novák"
    drawn = view(
        server,
        {
            "triples": [
                [novak, "https://example.org/kg/ontology#metWith", brandt],
                [brandt, "http://p.example/made", novak],
            ]
        },
    )
    by_name = {str(e["p"]): e for e in drawn["edges"]}
    assert set(by_name) == {"met with", "made"}
    claims = drawn["claims"]
    assert [claims[i]["sentence"] for i in by_name["made"]["claims"]] == [""]  # type: ignore[attr-defined]
    assert len(by_name["met with"]["claims"]) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"rows": 1}', '{"triples": [["a"]]}', "null"])
def test_what_cannot_be_drawn_is_refused(server: Server, body: str) -> None:
    assert server.ask("POST", "/view", body, {"Content-Type": "application/json"}).status == 400


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_every_example_is_answered(server: Server, example: SavedQuery) -> None:
    answer = server.query(example.sparql)
    assert answer.status == 200, answer.text


def test_the_first_example_answers_who_met_whom_when_according_to_whom(server: Server) -> None:
    rows = json.loads(server.query(examples()[0].sparql, "application/sparql-results+json").body)["results"]["bindings"]
    told = {(row["who"]["value"].split("/")[-1], row["when"]["value"], row["according_to"]["value"]) for row in rows}
    assert told == {
        ("Adela_Brandt", "2031-03-10", "the article itself"),
        ("Ivo_Novák", "2031-04-01", "the article itself"),
    }


# ---- parts


@given(st.text(max_size=60), st.data())
def test_pieces_of_a_text_join_to_the_text(text: str, data: st.DataObject) -> None:
    def span() -> Span:
        ends = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        return Span(*ends)

    claims = []
    for i in range(data.draw(st.integers(0, 4))):
        said = span()
        trigger = sorted(data.draw(st.tuples(*[st.integers(said.start, said.end)] * 2)))
        claims.append(
            make_claim(id=str(i), start=said.start, end=said.end, trigger_start=trigger[0], trigger_end=trigger[1])
        )
    article = Article("a", text, asides=tuple(Aside(span(), "other") for _ in range(2)))
    pieces = passages(article, claims)
    assert "".join(words for piece in pieces for words, _ in piece.runs) == text
    assert sorted(c.id for piece in pieces for c in piece.claims) == sorted(c.id for c in claims)


@given(st.text(min_size=1, max_size=12))
def test_a_name_fits_the_pattern_of_its_folded_form(name: str) -> None:
    store, wanted = ox.Store(), folded(name)
    if not wanted or folded(wanted) != wanted or any(len(folded(c)) != 1 for c in name if not c.isspace()):
        return
    ask = fill(
        'ASK { FILTER(REGEX($name, $pattern, "i")) }',
        {"name": ox.Literal(wanted), "pattern": ox.Literal(pattern(wanted))},
    )
    assert bool(store.query(ask))


def test_values_enter_queries_as_terms_alone() -> None:
    evil = ox.Literal('"} DROP ALL #')
    assert fill("ASK { ?s ?p $o } # $o", {"o": evil}) == f"ASK {{ ?s ?p {evil} }} # $o"
    assert fill("VALUES ?x { $many }", {"many": [ox.NamedNode("a:b"), evil]}) == f"VALUES ?x {{ <a:b> {evil} }}"
    with pytest.raises(ValueError):
        ox.NamedNode("a:b> } DROP ALL #")


@pytest.mark.parametrize("name", ["yasgui.min.js", "yasgui.min.css"])
def test_the_vendored_editor_is_the_one_its_note_names(name: str) -> None:
    folder = Path(__file__).parents[2] / "kg" / "serve" / "static" / "yasgui"
    content = (folder / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() in (folder / "README.md").read_text("utf-8")
    assert b"sourceMappingURL" not in content


@pytest.mark.parametrize(("number", "pages"), [(299, 1), (300, 1), (301, 2), (650, 3)])
def test_all_claims_about_a_hub_can_be_leafed_through(tmp_path: Path, number: int, pages: int) -> None:
    story = Story("hub", "A busy day", "2031-01-02")
    for i in range(number):
        story.says((f"Guest Nr{i:04}", "Person"), "met", ("Ilse Hub", "Person"), "metWith")
    found = start(write_graph(tmp_path, [story.extraction()]))
    try:
        path, told, seen = "/id/Ilse_Hub", [], 0
        while path:
            text = get(found, path).text
            told += re.findall(r"Guest Nr\d{4} met Ilse Hub", plain(text))
            seen += 1
            later = [link for link in Links(text).links if re.search(r"[?&]from=\d+$", link)]
            path = max(later, key=lambda link: int(link.rpartition("=")[2]), default="") if seen < pages else ""
        assert seen == pages and len(set(told)) == number
        assert (f"from={300 * pages}" in text) is False
    finally:
        found.stop()


def test_pages_know_the_ontology_of_their_graph(tmp_path: Path) -> None:
    folder = write_graph(tmp_path / "graph", treaty())
    own = tmp_path / "ontology"
    shutil.copytree(ontology_folder(), own)
    kept = folder / "store" / "settings.json"
    kept.write_text(
        json.dumps(json.loads(kept.read_text(encoding="utf-8")) | {"ontology": [str(own)]}), encoding="utf-8"
    )
    labels = {}
    for there in (True, False):
        if not there:
            shutil.rmtree(own)
        labels[there] = Reading(None, Names(), recall_config(kept).ontology_folder).knowledge.folder  # type: ignore[arg-type]
    assert labels == {True: own, False: ontology_folder()}
