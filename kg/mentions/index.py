"""The mentions of one article and how to reach them from its tokens, and what a name and a mention are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from kg.lexicon import Country, Knowledge
from kg.model import Article, Kind, Mention, Span, content_id

_POSSESSIVE = re.compile(r"['’]s?$")
_AFTER_CITY = re.compile(r"(?:^|[\s(])(?:in|at|from|of|near|to|outside) (?:[A-Z][\w.’'-]*[ -])*[A-Z][\w.’'-]*, $")
_OF_TOWN = re.compile(r",? (?:founded|built|located|situated|settled|home to|population)\b")
"""What is said of a town as such: "Oslo, founded in 1040, ..."."""


def normal_name(text: str) -> str:
    """A name without case, accents, dots, hyphens, possessive and leading article, for comparison.

    >>> normal_name("the Kim Jong-un's")
    'kim jong un'
    """
    decomposed = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text.strip()))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().replace(".", "")
    words = re.sub(r"[^\w]+", " ", plain).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


@dataclass(slots=True)
class Name:
    """A named mention in the making."""

    start: int
    end: int
    text: str
    type: str
    name: str
    rule: str = "name"
    chain: str = ""


@dataclass(slots=True)
class MentionIndex:
    """The mentions of one article and how to reach them from tokens."""

    article: Article
    doc: Doc
    knowledge: Knowledge
    names: list[Name] = field(default_factory=list)
    by_token: dict[int, Mention] = field(default_factory=dict)
    extra: dict[str, Mention] = field(default_factory=dict)
    chain_names: dict[str, tuple[str, str]] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)  # the last word before what says which, of a nominal's chain
    labels: dict[int, str] = field(default_factory=dict)  # what a nominal is called by its own words, by its head
    states_of: dict[str, frozenset[str]] = field(default_factory=dict)
    _chain_by_id: dict[str, str] = field(default_factory=dict)

    def at(self, token: Token) -> Mention | None:
        """The mention that the nominal headed by `token` is: a name, a nominal or a resolved pronoun."""
        return self.by_token.get(token.i)

    def named_at(self, token: Token) -> Mention | None:
        found = self.by_token.get(token.i)
        return found if found and found.kind == "name" else None

    def unnamed(self, token: Token) -> Mention:
        """A stand-in for whoever did it where the text names nobody: "the firm was suspended"."""
        span = Span(token.idx, token.idx + len(token.text))
        return self.add(
            new_mention(self.article, span, "unnamed agent", "Agent", f"unnamed.{token.i}", "nominal", "unnamed")
        )

    def acting(self, mention: Mention) -> Mention:
        """The state that a capital or a seat stands for where it acts: "Moscow denied it" is Russia's denial."""
        country = self.state_of(mention)
        if country is None:
            return mention
        return self.add(replace(mention, name=country.name, type="Country", chain=slug(country.name), rule="metonym"))

    def state_of(self, mention: Mention) -> Country | None:
        """The state whose capital or seat a mention names, if it does; not "in Seattle, Washington", "east Oslo", "Oslo, founded in 1040,"."""
        before = self.article.text[max(0, mention.span.start - 80) : mention.span.start]
        side = before.split()[-1].casefold() if before.split() else ""
        after = self.article.text[mention.span.end : mention.span.end + 20]
        if _AFTER_CITY.search(before) or _OF_TOWN.match(after) or side in self.knowledge.words["sides"]:
            return None
        return metonym_of(mention, self.knowledge)

    def country(self, name: str, words: Words) -> Mention:
        """A mention of a state at the words that imply it: Russia at "Russian", the United States at "United States"."""
        span = Span(words.start_char, words.end_char)
        made = new_mention(self.article, span, name, "Country", slug(name), "name", "demonym")
        return self.add(made)

    def body(self, words: Words) -> Mention:
        """A mention of the organisation whose name begins another one's: the UN in "UN Security Council"."""
        span = Span(words.start_char, words.end_char)
        chain = slug(words.text)
        return self.add(new_mention(self.article, span, words.text, "InternationalOrganization", chain, "name", "name"))

    def add(self, mention: Mention) -> Mention:
        """Register a further reading of words that already carry a mention."""
        made = replace(
            mention,
            id=content_id(mention.article_id, mention.span.start, mention.span.end, mention.type, mention.chain),
        )
        return self.extra.setdefault(made.id, made)

    def speaks_of(self, country: str) -> bool:
        """Whether the article names the state itself: "San Juan" in a story on Peru is no capital of Puerto Rico."""
        return slug(country) in self.chain_names

    def has_one_state(self) -> bool:
        """Whether the article names one state and no other, whose bodies are then those that it speaks of."""
        return len({m.chain for n in self.names if (m := self.by_token[n.start]).type == "Country"}) == 1

    def state(self, country: str) -> Mention | None:
        """The first mention of a state that the article names (see `speaks_of`)."""
        chain = slug(country)
        found = (m for m in self.by_token.values() if m.chain == chain and m.kind == "name")
        return min(found, key=lambda m: m.span, default=None)

    def chain_of(self, mention_id: str) -> str:
        """The chain of a mention by its id."""
        if mention_id not in self._chain_by_id:
            self._chain_by_id.update({m.id: m.chain for m in (*self.by_token.values(), *self.extra.values())})
        return self._chain_by_id.get(mention_id, mention_id)

    def all(self) -> tuple[Mention, ...]:
        found = {m.id: m for m in (*self.by_token.values(), *self.extra.values())}
        return tuple(sorted(found.values(), key=lambda m: (m.span, m.type, m.id)))


def slug(name: str) -> str:
    return normal_name(name).replace(" ", "-")


def new_mention(article: Article, span: Span, name: str, cls: str, chain: str, kind: Kind, rule: str) -> Mention:
    return Mention(
        id=content_id(article.id, span.start, span.end, cls, chain),
        article_id=article.id,
        span=span,
        text=span.of(article.text),
        name=name,
        type=cls,
        chain=chain,
        kind=kind,
        rule=rule,
    )


def metonym_of(mention: Mention, knowledge: Knowledge) -> Country | None:
    """The state a place mention can stand for, if it is a capital or a seat of government."""
    if mention.kind != "name" or mention.rule in {"metonym", "demonym"} or mention.type == "Country":
        return None
    key = mention.name.casefold()
    if mention.type in {"City", "Place"} and key in knowledge.by_capital:
        return knowledge.by_capital[key]
    return knowledge.by_metonym.get(key)


def clusters_of(doc: Doc) -> Iterator[tuple[str, Iterable[Words]]]:
    for key in sorted(doc.spans):
        if key.startswith("coref_clusters"):
            yield key, doc.spans[key]
