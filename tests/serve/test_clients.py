"""Clients that people use: curl, SPARQLWrapper, rdflib's SPARQLStore and Comunica, against a running service."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.serve.service import TOKEN, Server

MET = "SELECT ?a ?b WHERE { ?a <https://example.org/kg/ontology#metWith> ?b } ORDER BY ?a"
PAIRS = [("Ana", "Kim"), ("Kim", "Ana")]
ID = "https://example.org/kg/id/"


def pairs(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(a.removeprefix(ID), b.removeprefix(ID)) for a, b in rows]


# ---- curl


def curl(*arguments: str) -> str:
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    return subprocess.run(
        ["curl", "-sS", "--max-time", "30", *arguments], capture_output=True, text=True, check=True
    ).stdout


def test_curl_by_get_form_and_file(reader: Server, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(MET)
    url = f"{reader.url}sparql"
    by_get = curl("-G", "--data-urlencode", f"query={MET}", "-H", "Accept: text/csv", url)
    by_form = curl("--data-urlencode", f"query={MET}", "-H", "Accept: text/csv", url)
    direct = curl(
        "--data-binary",
        f"@{tmp_path / 'q.rq'}",
        "-H",
        "Content-Type: application/sparql-query",
        "-H",
        "Accept: text/csv",
        url,
    )
    assert by_get == by_form == direct
    assert pairs([tuple(line.split(",")) for line in by_get.split()[1:]]) == PAIRS  # type: ignore[misc]


def test_curl_puts_and_gets_a_graph(writable: Server, tmp_path: Path) -> None:
    (tmp_path / "g.ttl").write_text("<x:curl> <x:p> 'put' .")
    url = f"{writable.url}rdf-graph-store?graph=http://curl.example/g"
    token = ("-H", f"Authorization: Bearer {TOKEN}", "-H", "Content-Type: text/turtle")
    assert curl("-T", str(tmp_path / "g.ttl"), *token, "-o", os.devnull, "-w", "%{http_code}", url) == "201"
    assert '"put"' in curl("-H", "Accept: application/n-triples", url)


# ---- SPARQLWrapper


def test_sparqlwrapper_in_its_forms(reader: Server) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    sparql = wrapper.SPARQLWrapper(f"{reader.url}sparql")
    for method in (wrapper.GET, wrapper.POST):
        for request in (wrapper.URLENCODED, *((wrapper.POSTDIRECTLY,) if method == wrapper.POST else ())):
            sparql.setMethod(method)
            sparql.setRequestMethod(request)
            sparql.setQuery(MET)
            sparql.setReturnFormat(wrapper.JSON)
            rows = sparql.query().convert()["results"]["bindings"]
            assert pairs([(row["a"]["value"], row["b"]["value"]) for row in rows]) == PAIRS
            sparql.setReturnFormat(wrapper.CSV)
            assert sparql.query().convert().startswith(b"a,b")
            sparql.setReturnFormat(wrapper.XML)
            assert len(sparql.query().convert().getElementsByTagName("result")) == 2
    sparql.setQuery("CONSTRUCT WHERE { ?a <https://example.org/kg/ontology#metWith> ?b }")
    sparql.setReturnFormat(wrapper.TURTLE)
    assert b"metWith" in sparql.query().convert()
    sparql.setQuery("ASK {}")
    sparql.setReturnFormat(wrapper.JSON)
    assert sparql.query().convert()["boolean"] is True


def test_sparqlwrapper_tells_a_bad_query(reader: Server) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    sparql = wrapper.SPARQLWrapper(f"{reader.url}sparql")
    sparql.setQuery("SELECT ?s {")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="not valid SPARQL"):
        sparql.query()


def test_sparqlwrapper_updates_with_the_token(writable: Server) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    sparql = wrapper.SPARQLWrapper(f"{writable.url}sparql")
    sparql.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}".encode().decode("latin-1"))
    sparql.setMethod(wrapper.POST)
    sparql.setQuery("INSERT DATA { <x:wrapper> <x:p> 1 }")
    sparql.query()
    assert writable.holds("<x:wrapper> <x:p> 1")


# ---- rdflib


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_reads_the_service_as_a_graph(reader: Server, method: str, form: str) -> None:
    rdflib = pytest.importorskip("rdflib")
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(f"{reader.url}sparql", method=method, returnFormat=form)
    graph = rdflib.Graph(store, identifier=rdflib.URIRef("https://example.org/kg/graph/facts"))
    assert pairs([(str(s), str(o)) for s, _, o in graph]) == [("Kim", "Ana")]
    plain = rdflib.Graph(store)
    assert pairs([(str(row.a), str(row.b)) for row in plain.query(MET)]) == PAIRS
    assert len(plain) == 2


def test_rdflib_writes_with_the_token(writable: Server) -> None:
    rdflib = pytest.importorskip("rdflib")
    from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

    token = f"Bearer {TOKEN}".encode().decode("latin-1")
    store = SPARQLUpdateStore(headers={"Authorization": token})
    store.open((f"{writable.url}sparql", f"{writable.url}sparql"))
    graph = rdflib.Graph(store, identifier=rdflib.URIRef("http://rdflib.example/g"))
    graph.add((rdflib.URIRef("http://rdflib.example/s"), rdflib.RDFS.label, rdflib.Literal("été", lang="fr")))
    assert writable.holds("GRAPH <http://rdflib.example/g> { ?s rdfs:label 'été'@fr }")


# ---- Comunica


@pytest.fixture(scope="session")
def comunica(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Comunica's command, from npm: in the folder that KG_COMUNICA names, or installed for these tests."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed")
    folder = Path(os.environ.get("KG_COMUNICA") or tmp_path_factory.mktemp("comunica"))
    command = folder / "node_modules" / ".bin" / "comunica-sparql"
    if not command.exists():
        install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), "@comunica/query-sparql@4"]
        found = subprocess.run(install, capture_output=True, text=True, timeout=300)
        if found.returncode:
            pytest.skip(f"Comunica could not be installed: {found.stderr.strip().splitlines()[-1:]}")
    return command


@pytest.mark.parametrize("type_", ["sparql", ""])
def test_comunica_asks_the_service(reader: Server, comunica: Path, type_: str) -> None:
    """Told that it is a SPARQL endpoint, and finding out by the service description."""
    source = f"{type_}@{reader.url}sparql" if type_ else f"{reader.url}sparql"
    command = [str(comunica), source, "-q", MET, "-t", "application/sparql-results+json"]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert found.returncode == 0, found.stderr
    rows = json.loads(found.stdout)["results"]["bindings"]
    assert pairs([(row["a"]["value"], row["b"]["value"]) for row in rows]) == PAIRS
