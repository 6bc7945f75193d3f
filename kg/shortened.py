"""Which longer name of its own article a short one stands for, and what a name is by the words around it.

Comes in: the chains of one article, with their mentions and links. Goes out: the chains, those that shorten the one longer name
that they fit called by it ("the Coalition", "Norvik" of Norvik Mining Company), and places that the article calls otherwise
with the class that it gives them ("the Arriba mine"). What fits two longer names keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.compare import Chain, NameLore, institution, is_compatible, is_generic, normalize_name, speaks_of_part
from kg.lexicon import Knowledge
from kg.model import Extraction, Mention

_COMPLEMENT = re.compile(r"(?:\s+\([^()]{2,12}\))?\s+(?:to|for|against|on|of)\s+((?:[A-Z][\w’'-]*\s?)+)")
_NEXT_NOUN = re.compile(r"\s+(?:[a-z]+(?:al|ic|ive|an)\s+|[a-z]+-[a-z]+\s+)?([a-z]+)\b")
_NOUN_BEFORE = re.compile(r"(\w+)\s+\Z")
_PLACED = re.compile(r"\b(?:in|at|near)\s+\Z")
_ARTICLE = re.compile(r"\b[Tt]he\s+\Z")
_OF = re.compile(r"(\w+)\s+of\s+\Z")
_OFFICE_OF = re.compile(r"((?:\w+\s+)?\w+)\s+of\s+\Z")
_BESIDE = re.compile(r"\b(?:near|outside)\s+\Z", re.IGNORECASE)
_APPOSED = re.compile(
    r",\s+(?:an?|the|its)\s+((?:[\w’'-]+\s+){0,4}?[\w-]+)(?=[,.;]|\s(?:of|in|on|near|where|which|and)\b)"
)
_ATTRIBUTE = re.compile(
    r"[-–]\w|\s+(?!(?:is|are|was|were|has|have|had|in|on|at|of|and|or|to|for|by|near|from|with)\b)[a-z]"
)
"""What makes a name that follows an article a mere attribute: "the Geneva-based fund"."""
_TOWNS = frozenset({"City", "Town", "Village"})
_SOLD = re.compile(r"\s+(?:sales|exports|imports|shipments|deliveries)\b")
_COUNTED = re.compile(r"\b([Ff]irst|[Ss]econd)\s+\Z")
_OWNER_BEFORE = re.compile(r"([\w.]+)(?:['’]s?)?\s+\Z")
_OWNER_AFTER = re.compile(r"\s+of\s+(?:the\s+)?([\w.]+)")
_LETTERS = re.compile(r"[A-Z]{3,6}")
_MOSTLY = 3
"""A longer name told so many times as often as any other that an acronym begins is the one that it shortens."""

_SHORT = ("Organization", "City", "Place", "Person")
_TAKEN_FOR_CITY = ("Region", "Facility", "Vehicle", "Weapon", "Group")


@dataclass(frozen=True, slots=True)
class _Page:
    """What one article says of its chains."""

    text: str
    chains: Mapping[str, Chain]
    grouped: Mapping[str, Sequence[Mention]]
    linked: Collection[str]
    known: Collection[str] | None
    knowledge: Knowledge
    lore: NameLore

    def names(self, key: str) -> list[Mention]:
        return [m for m in self.grouped[key] if m.kind == "name"]

    def is_a(self, key: str, *classes: str) -> bool:
        return any(self.knowledge.is_a(self.chains[key].type, cls) for cls in classes)

    def before(self, mention: Mention) -> str:
        return self.text[max(0, mention.span.start - 30) : mention.span.start]


def with_long_forms(
    extraction: Extraction,
    chains: Mapping[str, Chain],
    grouped: Mapping[str, Sequence[Mention]],
    linked: Collection[str],
    knowledge: Knowledge,
    lore: NameLore,
    *,
    known: Collection[str] | None = None,
) -> dict[str, Chain]:
    """The chains, those that shorten another of their article renamed, and cities that are none with their class.

    Args:
        linked: keys of the chains that are known places.
        known: keys of the chains whose name some known place has; None where nothing is known of places.
    """
    found = dict(chains)
    page = _Page(extraction.article.text, found, grouped, linked, known, knowledge, lore)
    for key in [key for key, chain in chains.items() if chain.is_named]:
        if page.is_a(key, "Organization"):
            found[key] = _same_in_other_words(key, page)
    for key, name in _rulers(page):
        found[key] = replace(found[key], name=name, whose=f"{name} is who led a state of the two of that family")
    for key in [key for key, chain in chains.items() if chain.is_named and key not in linked]:
        long = _long_form(key, page)
        if long is not None:
            reason = f"{chains[key].name} is short for the one longer name of the article that it fits"
            found[key] = replace(found[key], name=long.name, type=long.type, whose=reason)
        elif page.is_a(key, "Organization") and (body := _bare_body(key, page)):
            found[key] = replace(found[key], name=body, whose=f"no state's {chains[key].name} is meant")
        elif chains[key].type == "City":
            found[key] = replace(found[key], type=_told_class(key, page))
        elif chains[key].type == "Organization" and _is_brand(key, page):
            found[key] = replace(found[key], type="Artifact")
    return found


def _words(name: str) -> list[str]:
    return normalize_name(name).split()


def _longer(page: _Page) -> Iterator[tuple[str, Chain]]:
    """Named organisations of more words than one."""
    for key, chain in page.chains.items():
        if chain.is_named and page.is_a(key, "Organization") and len(_words(chain.name)) > 1:
            yield key, chain


# --- one body under two long names ------------------------------------------------------------------------------------


def _same_in_other_words(key: str, page: _Page) -> Chain:
    """ "The Counter Piracy Coalition" is the "Coastal Coalition" of which an article says "to Counter Piracy": with what follows
    its words hold all of the other's, of which there must be three."""
    chain, lore = page.chains[key], page.lore
    own = {*_words(chain.name)} - lore.small_words
    if len(own) < 3:
        return chain  # a "Kenya Union" need not be the "Workers Union of Kenya"
    for other, long in _longer(page):
        words = {*_words(long.name)} - lore.small_words
        if other == key or _words(long.name)[-1] not in own or own <= words:
            continue
        for mention in page.names(other):
            after = _COMPLEMENT.match(page.text, mention.span.end)
            if after and own <= words | {*_words(after[1])}:
                reason = f"{chain.name} says the same as {long.name}{after[0].rstrip()}"
                return replace(chain, name=long.name, type=long.type, whose=reason)
    return chain


# --- short forms ------------------------------------------------------------------------------------------------------


def _long_form(key: str, page: _Page) -> Chain | None:
    """The one longer name that a name of one word shortens, if there is one."""
    chain = page.chains[key]
    words = _words(chain.name)
    if len(words) != 1 or not page.is_a(key, *_SHORT) or page.is_a(key, "Country") or not chain.name[:1].isupper():
        return None
    ways = (_by_head, _by_acronym, _by_company)
    return next((long for way in ways if (long := way(key, words[0], page))), None)


def _by_head(key: str, word: str, page: _Page) -> Chain | None:
    """ "The Coalition" of an article with one coalition that has a name."""
    chain, lore = page.chains[key], page.lore
    if not page.is_a(key, "Organization") or not is_generic(chain.name, lore) or institution(chain.name, lore):
        return None
    fits = [
        long
        for other, long in _longer(page)
        if other != key and _words(long.name)[-1] == word and is_compatible(chain.type, long.type, lore)
        if not any(_LETTERS.fullmatch(text) for text in long.texts)  # which the article calls by its letters
    ]
    return fits[0] if len({long.name for long in fits}) == 1 else None


def _by_acronym(key: str, word: str, page: _Page) -> Chain | None:
    """ "HHF" after "HHF Children's Homes", which the article speaks of most; "NATO" is no Response Force."""
    chain, lore = page.chains[key], page.lore
    if not (page.is_a(key, "Organization") and chain.name.isupper() and len(word) > 2) or word in lore.states:
        return None
    told: dict[str, list[Mention]] = {}
    of: dict[str, Chain] = {}
    for other, long in _longer(page):
        if _words(long.name)[0] == word:
            told.setdefault(long.name, []).extend(page.names(other))
            of[long.name] = long
    if not told:
        return None
    best = min(told, key=lambda name: (-len(told[name]), name))
    branches = [
        name for name in told if _words(name)[:2] == _words(best)[:2]
    ]  # its own, too: HHF Children's Homes Togo
    others = [name for name in told if name not in branches]
    if _is_body_of(best, page) or any(len(told[best]) < _MOSTLY * len(told[name]) for name in others):
        return None
    first = min(m.span for m in page.names(key))
    is_introduced = min(m.span for name in branches for m in told[name]) < first
    return of[best] if is_introduced and len(told[best]) >= _MOSTLY else None


def _is_body_of(name: str, page: _Page) -> bool:
    """Whether the last word of a name says what kind of body it is: it may then be a part of what its first word names."""
    last = name.split()[-1]
    return last in page.knowledge.org_words or is_generic(last, page.lore) or last.casefold() in page.knowledge.nouns


def _by_company(key: str, word: str, page: _Page) -> Chain | None:
    """ "Norvik" after the one Norvik Mining Company of its article, unless somebody is called Norvik or something stands there."""
    mentions = page.names(key)
    before = (_NOUN_BEFORE.search(page.before(m).replace(".", "")) for m in mentions)
    if any(found and found[1].casefold() in page.lore.honorifics for found in before):
        return None
    if any(_PLACED.search(page.before(m)) for m in mentions) and page.is_a(key, "Place"):
        return None
    if any(page.is_a(k, "Person") and word in _words(c.name) for k, c in page.chains.items() if k != key):
        return None
    first = min(m.span for m in mentions)
    fits = [
        long
        for other, long in _longer(page)
        if other != key and page.is_a(other, "Company") and _words(long.name)[0] == word
        if min(m.span for m in page.names(other)) < first
    ]
    return fits[0] if len({long.name for long in fits}) == 1 else None


# --- two rulers of one family -----------------------------------------------------------------------------------------


def _rulers(page: _Page) -> Iterator[tuple[str, str]]:
    """The chains of the two who led a state one after the other, where an article tells them apart by "the first Bush
    administration": the first is known by it, and who is called Bush alone is then the second."""
    for family, names in page.lore.dynasties.items():
        bearers = [k for k, c in page.chains.items() if c.type == "Person" and _words(c.name)[-1:] == [family]]
        told = {k: which for k in bearers for which in _counted(k, page)}
        for key, which in told.items():
            if len(_words(page.chains[key].name)) == 1 or _ends(page.chains[key].name) == _ends(names[which]):
                yield key, names[which]
        alone = [k for k in bearers if k not in told and len(_words(page.chains[k].name)) == 1]
        if len(told) == len(alone) == 1 and len(bearers) == 2:
            yield alone[0], names[1 - next(iter(told.values()))]


def _counted(key: str, page: _Page) -> set[int]:
    """Which of two an article says that somebody is."""
    words = (found[1] for m in page.names(key) if (found := _COUNTED.search(page.before(m))))
    after = {m.span: _NEXT_NOUN.match(page.text, m.span.end) for m in page.names(key)}
    reigns = page.knowledge.words["reign_nouns"]
    is_reign = any(noun and noun[1] in reigns for noun in after.values())
    told = {0 if word.casefold() == "first" else 1 for word in words} if is_reign else set()
    return told if len(told) == 1 else set()


def _ends(name: str) -> tuple[str, str]:
    words = _words(name)
    return words[0], words[-1]


# --- bodies that all states have together ----------------------------------------------------------------------------


def _bare_body(key: str, page: _Page) -> str:
    """ "The Security Council" is that of the United Nations, unless the article says whose it is: "Iran's Security Council"."""
    body = page.lore.bare_bodies.get(normalize_name(page.chains[key].name), "")
    states = page.lore.states
    for mention in page.names(key) if body else ():
        before, after = _OWNER_BEFORE.search(page.before(mention)), _OWNER_AFTER.match(page.text, mention.span.end)
        told = [normalize_name(word[1]) for word in (before, after) if word]
        if any(word in states and states[word] != "united nations" for word in told):
            return ""
    return body


# --- cities that are none ---------------------------------------------------------------------------------------------


def _told_class(key: str, page: _Page) -> str:
    """The class of what was taken for a city. It is one where some known place is called so or the article speaks of a town."""
    if cls := _told_by_nouns(key, page) or _told_by_apposition(key, page):
        return cls
    if page.known is None or _is_town(key, page):
        return "City"
    if _is_managed(key, page):
        return "Company"
    if all(_SOLD.match(page.text, m.span.end) for m in page.names(key)):
        return "Artifact"  # "progress on Orla sales"
    return "Place"


def _told_by_apposition(key: str, page: _Page) -> str:
    """ "Arriba, the president's house, ..." is a building."""
    if page.known is not None and key in page.known:
        return ""
    for mention in page.names(key):
        apposed = _APPOSED.match(page.text, mention.span.end)
        cls = page.knowledge.nouns.get(apposed[1].split()[-1].casefold(), "") if apposed else ""
        if cls and page.knowledge.is_a(cls, "Place"):
            return cls
    return ""


def _is_town(key: str, page: _Page) -> bool:
    """Whether an article has reason to call something a town: its name is that of one, "near Arriba", "the town of Arriba",
    "the mayor of Arriba", "Arriba city", "Arriba, Peru"."""
    mentions, nouns = page.names(key), page.knowledge.nouns
    if all(_ARTICLE.search(page.before(m)) and not _ATTRIBUTE.match(page.text, m.span.end) for m in mentions):
        return False
    if (page.known is not None and key in page.known) or page.chains[key].name.split()[-1] in _TOWNS:
        return True
    ends = {m.span.end + 2 for m in mentions if page.text[m.span.end : m.span.end + 2] == ", "}
    wholes = {
        m.span.start
        for k in page.chains
        if k in page.linked or page.is_a(k, "Country", "Region")
        for m in page.names(k)
    }
    if ends & wholes:
        return True
    for mention in mentions:
        before, after = page.before(mention), _NEXT_NOUN.match(page.text, mention.span.end)
        told = [m[1].casefold() for m in (_OF.search(before), _NOUN_BEFORE.search(before), after) if m]
        if _BESIDE.search(before) or any(nouns.get(word) == "City" for word in told):
            return True
        if any(word in page.knowledge.words["town_clues"] for word in told):
            return True
    return False


def _is_managed(key: str, page: _Page) -> bool:
    """ "The vice president of Orlan" of whom no place is known: companies have those who lead no state."""
    told = (office[1].casefold() for m in page.names(key) if (office := _OFFICE_OF.search(page.before(m))))
    return any({words, words.split()[-1]} & page.knowledge.words["company_offices"] for words in told)


def _is_artifact(noun: str, knowledge: Knowledge) -> bool:
    return any(knowledge.is_a(knowledge.nouns.get(form, ""), "Artifact") for form in (noun, noun.removesuffix("s")))


def _is_brand(key: str, page: _Page) -> bool:
    """Whether a name in quotes is always that of a product: the "Sow and Sons" toys."""
    mentions = page.names(key)
    quoted = [page.text[m.span.start - 1 : m.span.start] + page.text[m.span.end : m.span.end + 1] for m in mentions]
    after = [_NEXT_NOUN.match(page.text, m.span.end + 1) for m in mentions]
    is_thing = all(word and _is_artifact(word[1].casefold(), page.knowledge) for word in after)
    return is_thing and all(marks in {'""', "“”", "‘’", "''"} for marks in quoted)


def _told_by_nouns(key: str, page: _Page) -> str:
    """The class of the noun that stands with what was taken for a city: "the Arriba mine", "Hotel Miramar", "the Teso district",
    or of its own first word."""
    mentions, words = page.names(key), page.chains[key].name.split()
    own = _class_of(re.match(r"(\w+) ", page.chains[key].name), page)
    if own in ("Region", "Facility") and len(words) > 1:
        return own  # "Mount Arriba"
    if all(speaks_of_part(page.before(m), page.text[m.span.end : m.span.end + 30], page.lore) for m in mentions):
        return "Region"
    before = [_class_of(_NOUN_BEFORE.search(page.before(m)), page) for m in mentions]
    after = [_class_of(_NEXT_NOUN.match(page.text, m.span.end), page) for m in mentions]
    for cls in _TAKEN_FOR_CITY:
        if cls in ("Vehicle", "Facility") and cls in before:
            return cls
        if all(told == cls for told in after) and any(_ARTICLE.search(page.before(m)) for m in mentions):
            return cls
    return ""


def _class_of(word: re.Match[str] | None, page: _Page) -> str:
    cls = page.knowledge.nouns.get(word[1].casefold(), "") if word else ""
    return next((above for above in _TAKEN_FOR_CITY if cls and page.knowledge.is_a(cls, above)), "")
