"""Graphs built without a language pipeline: extractions written by hand, published as a build does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from kg.config import Config
from kg.lexicon import load_knowledge
from kg.link import load_linker
from kg.model import (
    Argument,
    Article,
    Aside,
    BuildReport,
    Claim,
    EventMention,
    Evidence,
    Extraction,
    Mention,
    Span,
    Status,
    TimeSpan,
    Value,
    content_id,
    to_dict,
)
from kg.publish import publish
from kg.records import Corpus, Records, locked
from tests.browser.hostile import TEXTS, URLS


class Story:
    """An article under construction: sentences that say something of somebody."""

    def __init__(self, article_id: str, title: str, published: str, *, url: str = "", publisher: str = "") -> None:
        self.id, self.title, self.published, self.url, self.publisher = article_id, title, published, url, publisher
        self.text = f"{title}\n\n"
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []
        self.events: list[EventMention] = []

    def mention(self, words: str, cls: str, start: int) -> Mention:
        found = Mention(
            f"m{len(self.mentions)}", self.id, Span(start, start + len(words)), words, words, cls, content_id(words)
        )
        self.mentions.append(found)
        return found

    def says(
        self,
        subject: tuple[str, str],
        words: str,
        object_: tuple[str, str] | str,
        predicate: str,
        *,
        status: Status = "asserted",
        time: str = "",
        by: str = "",
        event: str = "",
    ) -> None:
        """One sentence: subject and object with their classes, or a literal as object."""
        name = object_ if isinstance(object_, str) else object_[0]
        sentence = f"{subject[0]} {words} {name}."
        start = len(self.text)
        self.text += f"{sentence}\n\n"
        verb = start + len(subject[0]) + 1
        who = self.mention(*subject, start)
        end = verb + len(words) + 1
        filler = (
            Argument("object", value=Value(object_), span=Span(end, end + len(name)))
            if isinstance(object_, str)
            else Argument("object", self.mention(*object_, end).id)
        )
        evidence = Evidence(
            self.id, Span(start, start + len(sentence)), Span(verb, verb + len(words)), words, "events", "active"
        )
        when = TimeSpan(time, time, time, time, "day") if time else None
        number = len(self.claims)
        told = f"e{number}" if event else ""
        if event:
            roles = (Argument("agent", who.id), Argument("patient", filler.mention))
            self.events.append(EventMention(told, self.id, event, roles, evidence, status, when))
        self.claims.append(
            Claim(
                content_id(self.id, number),
                self.id,
                who.id,
                predicate,
                filler,
                evidence,
                status,
                told,
                when,
                "",
                by,
                0.9,
            )
        )

    def extraction(self) -> Extraction:
        article = Article(
            self.id,
            self.text,
            self.title,
            self.url,
            self.publisher,
            (self.publisher,) if self.publisher else (),
            self.published,
            asides=(Aside(Span(0, len(self.title)), "title"),),
        )
        return Extraction(article, tuple(self.mentions), tuple(self.events), tuple(self.claims))


def write_graph(folder: Path, extractions: Iterable[Extraction]) -> Path:
    """Publish extractions as a build does."""
    knowledge, report = load_knowledge(), BuildReport()
    linker = load_linker((), knowledge, on_skip=lambda skipped: None)
    wanted = {}
    with locked(folder):
        records = Records(folder)
        for extraction in extractions:
            wanted[extraction.article.id] = content_id(extraction.article.sha256)
            records.write(extraction, wanted[extraction.article.id])
        publish(folder, Corpus(records, dict(sorted(wanted.items()))), Config(), knowledge, linker, report)
        records.publish(wanted)
    (folder / "report.json").write_text(json.dumps(to_dict(report)))
    return folder


def treaty() -> list[Extraction]:
    """Three articles on a meeting and an office, with a denial, a hedge and a number."""
    first = Story(
        "lindholm-talks", "Talks in Lindholm", "2031-03-11", url="https://example.org/news/1", publisher="Ambria Post"
    )
    brandt, novak = ("Adela Brandt", "Person"), ("Ivo Novák", "Person")
    first.says(brandt, "met", novak, "metWith", time="2031-03-10", event="Meeting")
    first.says(brandt, "is", "envoy", "holdsPosition", time="2031-01/..")
    first.says(brandt, "is to visit", ("Lindholm", "City"), "visited", status="planned", by="a spokesman")
    second = Story("second-round", "A second round", "2031-04-02")
    second.says(novak, "criticised", brandt, "criticized", status="reported", by="m0")
    second.says(novak, "did not sue", brandt, "sued", status="negated")
    second.says(novak, "met", brandt, "metWith", time="2031-04-01", event="Meeting")
    third = Story("a & b/c?d#e", "Odd name", "")
    third.says(("Hana Kovač", "Person"), "sang to", novak, "sangTo")
    fourth = Story("register", "Who was born where", "2031-05-01", publisher="The Register")
    fourth.says(brandt, "was born in", ("Lindholm", "City"), "bornIn")
    fifth = Story("other-register", "Born elsewhere", "2031-05-02", publisher="Ambria Post")
    fifth.says(brandt, "was born in", ("Ambria", "City"), "bornIn")
    return [story.extraction() for story in (first, second, third, fourth, fifth)]


def attack() -> list[Extraction]:
    """Each hostile text as name, class-less literal, title, publisher, speaker and id of an article."""
    stories = []
    for i, text in enumerate(TEXTS):
        story = Story(f"a{i}{text}", text, "2031-01-02", url=URLS[i % len(URLS)], publisher=text)
        hub = ("Hub of all", "Person")
        story.says((text, "Person"), "met", hub, "metWith", time="2031-01-02", by=text, event="Meeting")
        story.says((text, "Person"), text, text, text or "said", status="reported", by=text)
        stories.append(story.extraction())
    return stories
