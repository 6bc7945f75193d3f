"""Make a corpus of extractions, as `kg build` keeps them, without reading a text.

Names follow Zipf's law and vary as in newspapers: family names alone, initials, titles, other spellings, acronyms with and
without their long form. Several articles tell one story, some print another's text. The same size and seed give the same
corpus.

    python benchmarks/generate.py 100000 FOLDER    writes the records of about 100,000 claims below FOLDER
"""

from __future__ import annotations

import datetime
import random
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.lexicon import Country, load_knowledge
from kg.model import (
    Argument,
    Article,
    Claim,
    EventMention,
    Evidence,
    Extraction,
    Mention,
    Span,
    TimeSpan,
    Value,
    content_id,
)
from kg.records import Records

WORLD: dict[str, Any] = tomllib.loads((Path(__file__).parent / "world.toml").read_text("utf-8"))
CLAIMS_AN_ARTICLE = 44
FIRST_DAY = datetime.date(2031, 1, 1)
DAYS = 700


@dataclass(frozen=True, slots=True)
class Thing:
    """Somebody or something of the invented world; `seed` decides what is true of it. The first rank is the best known."""

    name: str
    type: str
    seed: int
    short: str = ""
    rank: int = 0


class World:
    """An invented world, as large as so many articles need: more articles speak of more things, but not of twice as many."""

    def __init__(self, articles: int, seed: int) -> None:
        self.seed = seed
        size = int(articles**0.75) + 1
        self.sizes = {"Person": 25 * size, "Organization": 8 * size, "City": 6 * size, "Story": articles // 2 + 1}
        self.countries: tuple[Country, ...] = load_knowledge().countries

    def pick(self, cls: str, luck: random.Random) -> Thing:
        """Anything of a class; the first of a hundred is met as often as the ninety that follow the tenth."""
        if cls == "noun":
            noun, _, noun_class = luck.choice(WORLD["nouns"]).partition(":")
            return Thing(noun, noun_class, luck.randrange(2**32))
        return self.thing(cls, int(self._size(cls) ** luck.random()) - 1)

    def thing(self, cls: str, rank: int) -> Thing:
        rank %= self._size(cls)
        own = random.Random(f"{self.seed} {cls} {rank}")
        seed = own.randrange(2**32)
        if cls == "Country":
            country = self.countries[rank]
            return Thing(country.name, cls, seed, next(iter(country.adjectives), ""), rank)
        family = own.choice(WORLD["last_starts"]) + own.choice(WORLD["last_ends"])
        if cls == "Person":
            return Thing(f"{own.choice(WORLD['first'])} {family}", cls, seed, family, rank)
        if cls == "City":
            return Thing(family + own.choice(WORLD["towns"]), cls, seed, "", rank)
        name = f"{family} {own.choice(WORLD['fields'])} {own.choice(WORLD['kinds'])}"
        return Thing(name, cls, seed, "".join(word[0] for word in name.split()), rank)

    def partner(self, thing: Thing, cls: str, luck: random.Random) -> Thing:
        """What a lasting fact ties a thing to: always the same few, so that articles agree."""
        if thing.type == cls:  # a body is part of a greater one, as offices of ministries are, and never of itself
            return self.thing(cls, thing.rank // 12)
        return self.pick(cls, random.Random(f"{thing.seed} {cls} {luck.randrange(2)}"))

    def _size(self, cls: str) -> int:
        return self.sizes.get(cls) or len(self.countries)


def extractions(claims: int, seed: int = 1) -> Iterator[Extraction]:
    """A corpus of about so many claims, sorted by article id."""
    articles = max(1, claims // CLAIMS_AN_ARTICLE)
    world = World(articles, seed)
    last: Extraction | None = None
    for number in range(articles):
        luck = random.Random(f"{seed} article {number}")
        article_id = f"a{number:07}"
        if last and luck.random() < 0.05:
            last = _reprint(last, article_id, luck)
        else:
            last = _Writer(world, article_id, luck).extraction()
        yield last


def _reprint(extraction: Extraction, article_id: str, luck: random.Random) -> Extraction:
    """The same text in another paper: everything but the ids and the publisher."""
    article = replace(extraction.article, id=article_id, publisher=_publisher(luck), url="")
    new = article_id
    mentions = tuple(replace(m, id=_renamed(m.id, new), article_id=new) for m in extraction.mentions)

    def argument(each: Argument) -> Argument:
        return replace(each, mention=_renamed(each.mention, new))

    events = tuple(
        replace(
            e,
            id=content_id(e.id, new),
            article_id=new,
            arguments=tuple(map(argument, e.arguments)),
            evidence=replace(e.evidence, article_id=new),
            place=_renamed(e.place, new),
        )
        for e in extraction.events
    )
    claims = tuple(
        replace(
            c,
            id=content_id(c.id, new),
            article_id=new,
            subject=_renamed(c.subject, new),
            object=argument(c.object),
            evidence=replace(c.evidence, article_id=new),
            event=content_id(c.event, new) if c.event else "",
            place=_renamed(c.place, new),
            attributed_to=_renamed(c.attributed_to, new),
        )
        for c in extraction.claims
    )
    return Extraction(article, mentions, events, claims)


def _renamed(mention: str, article_id: str) -> str:
    return content_id(mention, article_id) if mention else ""


def _publisher(luck: random.Random) -> str:
    return f"The {luck.choice(WORLD['last_starts'])}{luck.choice(WORLD['towns'])} {luck.choice(WORLD['publishers'])}"


class _Writer:
    """Writes one article: a sentence a claim, and what a reader would find in it."""

    def __init__(self, world: World, article_id: str, luck: random.Random) -> None:
        self.world, self.id, self.luck = world, article_id, luck
        self.day = FIRST_DAY + datetime.timedelta(days=luck.randrange(DAYS))
        self.text = ""
        self.mentions: list[Mention] = []
        self.events: list[EventMention] = []
        self.claims: list[Claim] = []
        self.chains: dict[Thing, str] = {}
        self.written: dict[Thing, str] = {}
        self.cast = {cls: [world.pick(cls, luck) for _ in range(4)] for cls in world.sizes if cls != "Story"}
        self.cast["Country"] = [world.pick("Country", luck) for _ in range(3)]

    def extraction(self) -> Extraction:
        shares = {name: share for name, (_, _, share, _) in WORLD["properties"].items()}
        number = self.luck.randint(CLAIMS_AN_ARTICLE // 4, CLAIMS_AN_ARTICLE * 7 // 4)
        for story in range(self.luck.randint(1, 3)):
            self._tell_story(story)
        for name in self.luck.choices(list(shares), list(shares.values()), k=number - len(self.claims)):
            subject_class, object_class, _, event = WORLD["properties"][name]
            subject = self._someone(subject_class)
            lasts = not event and subject_class != "noun" and object_class not in ("noun", "")
            object_ = self.world.partner(subject, object_class, self.luck) if lasts else self._someone(object_class)
            self._say(subject, name, object_, event, self.day)
        article = Article(
            id=self.id,
            text=self.text,
            title=f"Report {self.id}",
            publisher=_publisher(self.luck),
            published=self.day.isoformat(),
        )
        return Extraction(article, tuple(self.mentions), tuple(self.events), tuple(self.claims))

    def _tell_story(self, number: int) -> None:
        rank = int(self.world.sizes["Story"] ** self.luck.random())
        own = random.Random(f"{self.world.seed} story {rank}")
        name = own.choice([n for n, row in WORLD["properties"].items() if row[3]])
        subject_class, object_class, _, event = WORLD["properties"][name]
        day = FIRST_DAY + datetime.timedelta(days=own.randrange(DAYS))
        if not number:
            self.day = day + datetime.timedelta(days=self.luck.randint(0, 2))
        subject, object_, place = (self.world.pick(c, own) for c in (subject_class, object_class, "City"))
        self._say(subject, name, object_, event, day, place)

    def _someone(self, cls: str) -> Thing | None:
        if not cls:
            return None
        return self.luck.choice(self.cast[cls]) if cls in self.cast else self.world.pick(cls, self.luck)

    def _say(
        self,
        subject: Thing | None,
        name: str,
        object_: Thing | None,
        event: str,
        day: datetime.date,
        place: Thing | None = None,
    ) -> None:
        assert subject
        start = len(self.text)
        left = self._mention(subject)
        trigger = self._write(f" {name} ")
        right = self._object(name, object_)
        where = ""
        if place:
            self._write(" in ")
            where = self._mention(place)
        self._write(".\n")
        evidence = Evidence(self.id, Span(start, len(self.text) - 1), trigger, name, "generated", name)
        time = TimeSpan(day.isoformat(), day.isoformat(), day.isoformat(), day.isoformat(), "day") if event else None
        status = self.luck.choices(list(WORLD["statuses"]), list(WORLD["statuses"].values()))[0]
        event_id = content_id(self.id, "event", len(self.claims)) if event else ""
        if event:
            arguments = (Argument("agent", left), replace(right, role="patient"))
            told = EventMention(event_id, self.id, event, arguments, evidence, status, time, where)
            self.events.append(told)
        speaker = left if status == "reported" else ""
        claim_id = content_id(self.id, "claim", len(self.claims))
        claim = Claim(
            claim_id,
            self.id,
            left,
            name,
            right,
            evidence,
            status,
            event_id,
            time,
            where,
            speaker,
            self.luck.choice([0.7, 0.8, 0.9]),
        )
        self.claims.append(claim)

    def _object(self, name: str, thing: Thing | None) -> Argument:
        if thing:
            return Argument("object", self._mention(thing))
        words = str(self.luck.randrange(1, 900)) if name == "quantity" else self.luck.choice(WORLD["offices"])
        span = self._write(words)
        return Argument("object", value=Value(words, "integer" if name == "quantity" else "string"), span=span)

    def _write(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def _mention(self, thing: Thing) -> str:
        is_name = thing.name[0].isupper()
        is_first = thing not in self.chains
        if is_first:
            self.chains[thing] = f"c{len(self.chains)}"
            self.written[thing] = self._variant(thing) if is_name else thing.name
        name = self.written[thing]
        is_short = is_name and not is_first and thing.short and self.luck.random() < 0.4
        words = thing.short if is_short else name if is_name else f"the {name}"
        span = self._write(words)
        mention = Mention(
            id=content_id(self.id, "mention", span.start),
            article_id=self.id,
            span=span,
            text=words,
            name=name,
            type=thing.type,
            chain=self.chains[thing],
            kind="name" if is_name else "nominal",
            rule=("demonym" if thing.type == "Country" else "short-form")
            if is_short
            else "name"
            if is_name
            else "nominal",
        )
        self.mentions.append(mention)
        return mention.id

    def _variant(self, thing: Thing) -> str:
        """A thing's name as this article writes it first."""
        dice, (first, *rest) = self.luck.random(), thing.name.split()
        if thing.type == "Person":
            for share, name in (
                (0.05, f"{self.luck.choice(WORLD['titles'])} {thing.name}"),
                (0.10, thing.short),
                (0.14, f"{first[0]}. {thing.short}"),
                (0.18, f"{first} {'ABCDEFGH'[thing.seed % 8]}. {thing.short}"),
                (0.21, thing.name.replace("k", "kk").replace("v", "vv")),
                (0.23, f"{first} {thing.short[:3]}-{thing.short[3:]}"),
            ):
                if dice < share:
                    return name
        if thing.type == "Organization":
            return thing.short if dice < 0.06 else " ".join(["The", first, *rest]) if dice < 0.2 else thing.name
        return thing.name


def write(claims: int, folder: Path, seed: int = 1) -> dict[str, str]:
    """Write a corpus as the records of an output folder; returns article id -> fingerprint."""
    records, ids = Records(folder), {}
    for extraction in extractions(claims, seed):
        ids[extraction.article.id] = "generated"
        records.write(extraction, "generated")
    return ids


if __name__ == "__main__":
    print(len(write(int(sys.argv[1]), Path(sys.argv[2]))), "articles")
