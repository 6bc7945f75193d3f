"""Whose institution an article means: the state behind "the foreign ministry", "its parliament" or "the government of Peru",
and whose office it gives a person: "U.S. Secretary of Trade Ana Sow".

Comes in: one extraction. Goes out: for the chains of bodies that every state has one of, the state and how the article says so,
and for those of persons their offices with the state. A body or an office whose owner an article leaves open gets none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.compare import Chain, NameLore, institution, normalize_name
from kg.lexicon import Knowledge
from kg.model import Extraction, Mention

_BEFORE = re.compile(r"(?:['’]s?)?\s+(?:own\s+)?")
_LONGEST_TITLE, _LONGEST_STATE = 5, 3
_WORDS_BEFORE = re.compile(r"(?:[\w.’'-]+[ \n]+){2,8}\Z")
_AFTER = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose an institution is, and how that is known."""

    name: str
    reason: str


def with_owners(
    extraction: Extraction,
    chains: Mapping[str, Chain],
    grouped: Mapping[str, Sequence[Mention]],
    knowledge: Knowledge,
    lore: NameLore,
) -> dict[str, Chain]:
    """The chains, those of institutions renamed by their owners: "government" becomes "Government of Peru"."""
    bodies = {key: chain for key, chain in chains.items() if _is_institution(chain, knowledge, lore)}
    if not bodies:
        return dict(chains)
    places = _Places(extraction, chains, grouped, knowledge)
    found = dict(chains)
    for key, chain in bodies.items():
        if not institution(chain.name, lore):  # "Russian government" says whose by itself
            found[key] = replace(chain, is_named=True)
        elif owner := places.owner(key):
            article = "the " if normalize_name(owner.name) in lore.with_article else ""
            name = f"{chain.name[:1].upper()}{chain.name[1:]} of {article}{owner.name}"
            found[key] = replace(chain, name=name, is_named=True, whose=owner.reason)
    return found


def with_offices(
    text: str,
    chains: Mapping[str, Chain],
    grouped: Mapping[str, Sequence[Mention]],
    knowledge: Knowledge,
    lore: NameLore,
) -> dict[str, Chain]:
    """The chains, those of persons with the offices of a state that stand before their names."""
    found = dict(chains)
    for key, chain in chains.items():
        if chain.is_named and chain.type == "Person":
            named = (m for m in grouped[key] if m.kind == "name")
            told = (_office_before(text[max(0, m.span.start - 80) : m.span.start], knowledge, lore) for m in named)
            if offices := frozenset(filter(None, told)):
                found[key] = replace(chain, offices=offices)
    return found


def _office_before(text: str, knowledge: Knowledge, lore: NameLore) -> str:
    """The state and the office at the end of a text, in one form: "united states secretary of trade"; "" where none is."""
    match = _WORDS_BEFORE.search(text)
    words = match[0].split() if match else []
    for size in range(min(_LONGEST_TITLE, len(words) - 1), 0, -1):
        title = knowledge.titles.get(" ".join(words[-size:]).casefold())
        if title is not None and title.kind == "state":
            before = words[: len(words) - size]
            states = (_state(before[-n:], lore) for n in range(min(_LONGEST_STATE, len(before)), 0, -1))
            return next((f"{state} {title.title}" for state in states if state), "")
    return ""


def _is_institution(chain: Chain, knowledge: Knowledge, lore: NameLore) -> bool:
    """Whether a name is that of a body that every state has, with or without the state: "Russian government", "government"."""
    if not knowledge.is_a(chain.type, "Organization"):
        return False
    words = chain.name.split()
    names = [chain.name, *(" ".join(words[i:]) for i in range(1, len(words)) if _state(words[:i], lore))]
    if " of " in chain.name:
        head, _, tail = chain.name.rpartition(" of ")
        names += [head] if _state(tail.removeprefix("the ").split(), lore) else []
    return any(institution(name, lore) for name in names)


def _state(words: Sequence[str], lore: NameLore) -> str:
    return lore.states.get(normalize_name(" ".join(words)), "")


class _Places:
    """Where an article's places stand, for a look at what is next to a mention."""

    def __init__(
        self,
        extraction: Extraction,
        chains: Mapping[str, Chain],
        grouped: Mapping[str, Sequence[Mention]],
        knowledge: Knowledge,
    ) -> None:
        self._text = extraction.article.text
        self._grouped = grouped
        self._named = [
            (mention, chains[key])
            for key, mentions in grouped.items()
            if knowledge.is_a(chains[key].type, "Place") and chains[key].type != "Facility"
            for mention in mentions
            if mention.kind == "name" and mention.rule != "metonym"
        ]
        self._states = sorted({chain.name for _, chain in self._named if chain.type == "Country"})

    def owner(self, key: str) -> Owner | None:
        """The one place that stands with the mentions of a chain; where none does, the one state of the article."""
        beside = Counter(name for mention in self._grouped[key] for name in self._beside(mention))
        if len(beside) == 1:
            [name] = beside
            return Owner(name, f"it is that of {name} in the article's words")
        if not beside and len(self._states) == 1:
            return Owner(self._states[0], f"{self._states[0]} is the one state of the article")
        return None

    def _beside(self, mention: Mention) -> set[str]:
        """The places in, before or after a mention: those of the first of these ways that has any."""
        ways: tuple[set[str], set[str], set[str]] = (set(), set(), set())
        first, last = mention.span.start, mention.span.end
        for place, chain in self._named:
            start, end = place.span.start, place.span.end
            if first <= start and end <= last:
                ways[0].add(chain.name)
            elif end <= first <= end + 8 and _BEFORE.fullmatch(self._text, end, first):
                ways[1].add(chain.name)
            elif last <= start <= last + 10 and _AFTER.fullmatch(self._text, last, start):
                ways[2].add(chain.name)
        return next((names for names in ways if names), set())
