"""One bad article never stops the others, and a stopped build loses nothing and shows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import pipeline
from kg.engine import check_references, extract_articles
from kg.model import Argument, Article, Claim, Evidence, Extraction, Mention, Skipped, Span

TEXT = "Ana Quispe met Luis Vera."


def extraction(article_id: str, **changes: str) -> Extraction:
    article = Article(article_id, TEXT, published="2031-05-05")
    mentions = tuple(
        Mention(f"{article_id}{i}", article_id, span, span.of(TEXT), span.of(TEXT), "Person", f"c{i}")
        for i, span in enumerate((Span(0, 10), Span(15, 24)))
    )
    evidence = Evidence(article_id, Span(0, 25), Span(11, 14), "met", "events")
    claim = Claim(
        f"{article_id}-claim",
        article_id,
        changes.get("subject", mentions[0].id),
        "metWith",
        Argument("object", mention=mentions[1].id),
        evidence,
        event=changes.get("event", ""),
    )
    return Extraction(article, mentions, (), (claim,))


def test_whole_extractions_pass() -> None:
    check_references(extraction("a"))


@pytest.mark.parametrize("changes", [{"subject": "nobody"}, {"event": "nothing"}], ids=str)
def test_dangling_references_are_found(changes: dict[str, str]) -> None:
    with pytest.raises(LookupError, match="nobody|nothing"):
        check_references(extraction("a", **changes))


@pytest.mark.model
def test_one_bad_article_never_stops_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.annotate

    annotate = kg.annotate.annotate_doc

    def fail_on_b(article: Article, *rest: object) -> object:
        if article.id == "b":
            raise TypeError("a rule slipped\non two lines")
        return annotate(article, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(kg.annotate, "annotate_doc", fail_on_b)
    skipped: list[Skipped] = []
    articles = [Article(i, TEXT, source=f"{i}.txt") for i in "abc"]
    assert [e.article.id for e in extract_articles(articles, on_skip=skipped.append)] == ["a", "c"]
    assert [(s.source, s.stage) for s in skipped] == [("b.txt", "extract")]
    assert "\n" not in skipped[0].reason and "a rule slipped" in skipped[0].reason


def fake(articles: Iterator[Article], **_: object) -> Iterator[Extraction]:
    for article in articles:
        if "stop here" in article.text:
            raise KeyboardInterrupt
        yield extraction(article.id)


def test_a_stopped_build_is_resumed_and_never_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The articles that a stopped build had finished are in no later graph that does not ask for them."""
    monkeypatch.setattr(pipeline, "extract_articles", fake)
    for name, text in {"a": TEXT, "b": TEXT, "c": TEXT, "d": "stop here"}.items():
        (tmp_path / f"{name}.txt").write_text(f"May 5, 2031\n\n{text}", encoding="utf-8")
    out = tmp_path / "out"
    pipeline.build([tmp_path / "a.txt", tmp_path / "b.txt"], out)
    with pytest.raises(KeyboardInterrupt):
        pipeline.build([tmp_path / "c.txt", tmp_path / "d.txt"], out, add=True)
    assert [a.id for a in pipeline.open_graph(out).articles()] == ["a", "b"]
    assert pipeline.build([tmp_path / "c.txt"], out, add=True).counts.get("articles extracted", 0) == 0, "resumed"
    pipeline.remove(["b", "c"], out)
    pipeline.build([tmp_path / "a.txt"], tmp_path / "fresh")
    for folder in ("store/articles", "."):
        old, new = (
            {p.name: p.read_bytes() for p in (f / folder).iterdir() if p.is_file()} for f in (out, tmp_path / "fresh")
        )
        old.pop("report.json", None), new.pop("report.json", None)
        assert old == new
