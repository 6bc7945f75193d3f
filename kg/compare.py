"""How alike two names are across articles: `FEATURES`, a table of reasons to merge, and `BLOCKERS`, reasons not to.

Comes in: profiles, that is, all chains of one normalised name. Each feature turns a profile into keys; two profiles that
share a key have that feature in common, so comparing is looking up and costs no more than there are names. Clustering is
`resolve`'s. What is known of names is data (`ontology/lexicon/names.toml`).
"""

from __future__ import annotations

import functools
import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from anyascii import anyascii
from rapidfuzz.distance import OSA, Levenshtein

from kg.errors import OntologyError
from kg.lexicon import Knowledge
from kg.model import Extraction, Mention, chain_key

_JOINERS = re.compile(r"[\s\-‐-―_/·•]+")
_DROPPED = re.compile(r"[^\w\s&+]")
_POSSESSIVE = re.compile(r"['’]s?$")
_NUMBER = re.compile(r"\d+")
_LONGEST_STATE = 6
"""How many words the name of a state has at most ("Democratic Republic of the Congo")."""

_LONG = 6
"""How many letters a word has at least in which a slip of the pen is told from another word."""

_VOWELS = re.compile(r"[aeiouyw]")
_ALIKE = str.maketrans("gqckzvb", "kkkksff")
"""Consonants that romanisations of one name write in several ways."""

_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z&]{1,8}s?|[A-Z]{2}")


@functools.lru_cache(maxsize=200_000)
def normalize_name(name: str) -> str:
    """The form in which two spellings of one name are equal: no case, accents, hyphens, dots, article or possessive, and
    Latin letters for those of another script.

    >>> normalize_name("The Kim Jong-un's") == normalize_name("Kim Jong Un")
    True
    >>> normalize_name("Łódź"), normalize_name("Владимир Путин")
    ('lodz', 'vladimir putin')
    """
    text = unicodedata.normalize("NFKD", name.strip()).casefold()
    if not text.isascii():
        text = anyascii("".join(c for c in text if not unicodedata.combining(c))).casefold()
    text = _POSSESSIVE.sub("", text)
    words = _DROPPED.sub("", _JOINERS.sub(" ", text)).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words) or name.strip().casefold()


# --- chains -----------------------------------------------------------------------------------------------------------

_STAND_INS = frozenset({"demonym", "metonym"})
"""Rules of mentions whose words name something else ("Moscow" for Russia): they are no aliases."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What one article says of one thing: its best name there, its class and the words that stand for it.

    `referents` are the things outside that it is linked to, as pairs of source and key, `maybe` what it could be at best where
    that is not sure; `whose` says how the article tells whose institution it is, `offices` which state's offices the article
    gives a person ("united states president").
    """

    key: str
    article_id: str
    name: str
    type: str
    is_named: bool
    texts: tuple[str, ...]
    referents: frozenset[tuple[str, str]] = frozenset()
    maybe: tuple[str, str] | None = None
    whose: str = ""
    offices: frozenset[str] = frozenset()


def mentions_by_chain(extraction: Extraction) -> dict[str, list[Mention]]:
    """Chain key -> its mentions, in the order of the extraction."""
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        grouped[chain_key(mention)].append(mention)
    return grouped


def make_chain(key: str, mentions: Sequence[Mention]) -> Chain:
    """A chain from its mentions, of which there is at least one; equal texts of all chains are one object in memory."""
    named = [m for m in mentions if m.kind == "name"]
    nominal = [m for m in mentions if m.kind == "nominal"]
    own = [m.text for m in named if m.rule not in _STAND_INS] if named else [m.text for m in nominal or mentions]
    return Chain(
        key=key,
        article_id=sys.intern(mentions[0].article_id),
        name=sys.intern(most_frequent(m.name or m.text for m in named or mentions)),
        type=sys.intern(most_frequent(m.type for m in mentions)),
        is_named=any(not m.text.islower() for m in named),  # "a democrat" is nobody's name
        texts=tuple(sorted({sys.intern(" ".join(text.split())) for text in own})),
    )


def checked(chain: Chain, mentions: Sequence[Mention], text: str, lore: NameLore) -> Chain:
    """The chain with the class that its name alone gives away, where the reader took it for a person, body or city.

    "HIV" is no organisation, "Essex County" no city, and "the Farouk regime" speaks of a person.
    """
    is_body = chain.type in _TAKEN_FOR or "Organization" in _above(chain.type, lore)
    if chain.is_named and is_body and (cls := lore.kinds.get(normalize_name(chain.name), "")):
        return replace(chain, type=cls)  # "the West Bank" is no company
    cls = _told_by_name(chain, mentions, text, lore) if chain.is_named and chain.type in _TAKEN_FOR else ""
    return replace(chain, type=cls) if cls else chain


_TAKEN_FOR = frozenset({"Person", "Organization", "Document", "InternationalOrganization", "City", "Place", "Region"})
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,}s")


def _told_by_name(chain: Chain, mentions: Sequence[Mention], text: str, lore: NameLore) -> str:
    name = normalize_name(chain.name)
    for cls, pattern in lore.kind_patterns:
        if pattern.fullmatch(name):
            return cls
    last = name.rpartition(" ")[2]
    if chain.type == "City" and (last in lore.region_words or lore.kinds.get(last) == "Region"):
        return "Region"
    if chain.type == "City" and " " in name and chain.name.split()[0] in lore.sides:
        return "Region"  # "central London"
    if chain.type == "Organization" and chain.name.isdigit():
        return "Artifact"  # "the 747"
    if chain.type == "Person" and chain.name in lore.bodies and not chain.name.isupper():
        return lore.bodies[chain.name]  # "Oxfam"; "WHO" may be a loud "Who"
    if chain.type == "Organization" and _PLURAL_ACRONYM.fullmatch(chain.name):
        return "Group"
    if chain.type == "Person" and chain.name.replace(".", "").isupper() and len(name) < 4 and name in lore.states:
        return "Country"
    if chain.type == "Person" and name in lore.capitals:
        before = [
            _LAST_WORD.search(text, max(0, m.span.start - 30), m.span.start) for m in mentions if m.kind == "name"
        ]
        if before and all(word and word[1].casefold() in lore.before_place for word in before):
            return "City"
    if chain.type == "Organization" and chain.name.istitle() and " " not in name and chain.name not in lore.bodies:
        after = [_NEXT_WORD.match(text, m.span.end) for m in mentions if m.kind == "name"]
        if after and all(word and word[1] in lore.after_person for word in after):
            return "Person"
    return ""


def speaks_of_part(before: str, after: str, lore: NameLore) -> bool:
    """Whether the words around a name make it that of a part of a state: "the province of Teso", "Syria's Teso province"."""
    follows, precedes = _NEXT_WORD.match(after), _PART_OF.search(before)
    return any(word and word[1].casefold() in lore.part_words for word in (follows, precedes))


_PART_OF = re.compile(r"(\w+)\s+of\s+\Z")
_LAST_WORD = re.compile(r"(?<!\w)(\w+)\s+\Z")
_NEXT_WORD = re.compile(r"(?:['’]s)?\s+(\w+)")


def most_frequent(words: Iterable[str]) -> str:
    """The most frequent of the words; of those the longest; of those the first in the alphabet."""
    counts = Counter(words)
    if len(counts) == 1:
        return next(iter(counts))
    return min(counts, key=lambda word: (-counts[word], -len(word), word))


# --- what is known of names -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NameLore:
    """What is known of names: `names.toml`, and the words for states."""

    loose: tuple[str, ...]
    mixed: tuple[tuple[str, str], ...]
    vague: frozenset[str]
    honorifics: frozenset[str]
    generations: frozenset[str]
    particles: frozenset[str]
    family_first: frozenset[str]
    roman: frozenset[str]
    number_words: frozenset[str]
    legal_forms: frozenset[str]
    small_words: frozenset[str]
    generic: frozenset[str]
    not_generic: frozenset[str]
    missions: frozenset[str]
    institutions: frozenset[tuple[str, ...]]
    with_article: frozenset[str]
    after_region: frozenset[str]
    before_region: frozenset[str]
    part_words: frozenset[str]
    sides: frozenset[str]
    after_city: frozenset[str]
    before_city: frozenset[str]
    region_words: frozenset[str]
    after_person: frozenset[str]
    before_place: frozenset[str]
    capitals: frozenset[str]
    callings: frozenset[str]
    calling_ends: tuple[str, ...]
    kinds: Mapping[str, str]
    bodies: Mapping[str, str]
    kind_patterns: tuple[tuple[str, re.Pattern[str]], ...]
    folds: tuple[tuple[str, str], ...]
    spellings: Mapping[str, str]
    nicknames: Mapping[str, str]
    dynasties: Mapping[str, tuple[str, str]]
    bare_bodies: Mapping[str, str]
    cities: Mapping[str, str]
    states: Mapping[str, str]  # also the acronyms of unions of states, which names use in the same way
    state_names: frozenset[str]
    superclasses: Mapping[str, tuple[str, ...]]


def load_lore(knowledge: Knowledge) -> NameLore:
    """Read `names.toml` of an ontology folder.

    Raises:
        OntologyError: the file is missing or wrong.
    """
    path = knowledge.folder / "lexicon" / "names.toml"
    data = _toml(path)
    expansions, cities = data.pop("expansions", {}), data.pop("cities", {})
    states = {**expansions, **{long: long for long in expansions.values()}}
    for country in reversed(knowledge.countries):
        for word in (*country.adjectives, country.name, *country.aliases):
            states[normalize_name(word)] = normalize_name(country.name)
    try:
        small, spellings = data["small_words"], dict(data.pop("spellings"))
        return NameLore(
            loose=tuple(data.pop("loose")),
            mixed=tuple((left, right) for left, right in data.pop("mixed")),
            folds=tuple((fold["from"], fold["to"]) for fold in data.pop("folds")),
            nicknames=dict(data.pop("nicknames")),
            bare_bodies=dict(data.pop("bare_bodies")),
            dynasties={family: (first, second) for family, (first, second) in data.pop("dynasties").items()},
            spellings=spellings,
            institutions=frozenset(_in_order(words.split(), small, spellings) for words in data.pop("institutions")),
            states=states,
            cities={**cities, **{long: long for long in cities.values()}},
            capitals=frozenset(normalize_name(c.capital) for c in knowledge.countries if c.capital),
            state_names=frozenset(normalize_name(country.name) for country in knowledge.countries),
            superclasses=knowledge.superclasses,
            callings=frozenset(noun for noun, cls in knowledge.nouns.items() if cls == "Person" and noun.isalpha()),
            calling_ends=tuple(data.pop("calling_ends")),
            kinds={normalize_name(word): cls for cls, words in data.pop("kinds").items() for word in words},
            bodies=knowledge.bodies,
            sides=knowledge.words["sides"],
            kind_patterns=tuple((cls, re.compile(text)) for cls, text in data.pop("kind_patterns").items()),
            **{name: frozenset(words) for name, words in data.items()},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise OntologyError(f"not a lexicon of names: {error}", where=str(path), hint="restore the file") from error


def _in_order(words: Iterable[str], small: Collection[str], spellings: Mapping[str, str]) -> tuple[str, ...]:
    """Words without the small ones, each in one spelling, in the order of the alphabet."""
    return tuple(sorted({spellings.get(word, word) for word in words} - set(small)))


def institution(name: str, lore: NameLore) -> tuple[str, ...]:
    """The words of a body that every state has one of, in the order of the alphabet; () where the name says more or less.

    "Ministry of Foreign Affairs" and "foreign ministry" give the same.
    """
    words = _in_order(normalize_name(name).split(), lore.small_words, lore.spellings)
    return words if words in lore.institutions else ()


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"cannot be read: {error}", where=str(path), hint="restore the file") from error


@dataclass(frozen=True, slots=True)
class Profile:
    """All chains of one normalised name and of classes that agree.

    `key` is its smallest chain key, `words` the words of the normalised name, `name` how it is mostly written, `types` the
    classes its articles give it, `others` the normal forms of further names that its articles give it; `referents`, `maybe` and
    `offices` are those of its chains.
    """

    key: str
    name: str
    words: tuple[str, ...]
    types: frozenset[str]
    articles: frozenset[str]
    chains: tuple[str, ...]
    others: frozenset[str] = frozenset()
    referents: frozenset[tuple[str, str]] = frozenset()
    maybe: tuple[str, str] | None = None
    offices: frozenset[str] = frozenset()

    @property
    def normal(self) -> str:
        return " ".join(self.words)


# --- classes ----------------------------------------------------------------------------------------------------------


def is_compatible(left: str, right: str, lore: NameLore) -> bool:
    """Whether one thing can be of both classes."""
    if left == right or left in lore.vague or right in lore.vague:
        return True
    above_left, above_right = (left, *_above(left, lore)), (right, *_above(right, lore))
    if left in above_right or right in above_left:
        return True
    if any(branch in above_left and branch in above_right for branch in lore.loose):
        return True
    return any((a in above_left and b in above_right) or (b in above_left and a in above_right) for a, b in lore.mixed)


def _above(cls: str, lore: NameLore) -> tuple[str, ...]:
    return lore.superclasses.get(cls, ())


def _is(profile: Profile, branch: str, lore: NameLore) -> bool:
    """Whether some article puts the profile below a class."""
    return any(branch == cls or branch in _above(cls, lore) for cls in profile.types)


def is_generic(name: str, lore: NameLore) -> bool:
    """Whether a name does not say whose or where: "Foreign Ministry" is another body in every country, "Russian Embassy" too."""
    normal = normalize_name(name)
    words = normal.split()
    if normal in lore.not_generic:
        return False
    if lore.missions.isdisjoint(words):
        return all(word in lore.generic for word in words)
    return all(word in lore.generic or word in lore.state_names for word in _with_states(tuple(words), lore))


def is_of_some_state(profile: Profile, lore: NameLore) -> bool:
    """Whether a name says no more than which body of which state: that two articles speak of it means little."""
    words = list(_with_states(profile.words, lore))
    return any(word in lore.generic for word in words) and all(
        word in lore.generic or word in lore.small_words or word in lore.state_names for word in words
    )


def stands_alone(name: str, cls: str, lore: NameLore) -> bool:
    """Whether a person is called by one name only: who that is depends on the article ("Kim")."""
    return cls == "Person" and len(_untitled_words(normalize_name(name).split(), lore)) == 1


# --- keys -------------------------------------------------------------------------------------------------------------

Keys = Callable[[Profile, NameLore], Iterator[str]]


def letters(profile: Profile, lore: NameLore) -> Iterator[str]:
    """The letters alone: "Kim Jongun" is "Kim Jong-un"."""
    joined = "".join(profile.words)
    is_lone = _is(profile, "Person", lore) and len(_person_words(profile, lore)) == 1
    if len(joined) > 5 and not is_lone:
        yield joined


def untitled(profile: Profile, lore: NameLore) -> Iterator[str]:
    """A person's name without what precedes it: "Dr. Anna Weber" is "Anna Weber"."""
    if _is(profile, "Person", lore):
        words = _person_words(profile, lore)
        if len(words) > 1:
            yield " ".join(words)


def sounds(profile: Profile, lore: NameLore) -> Iterator[str]:
    """A person's full name with one spelling for each sound: "Volodymyr Zelenskyy" is "Volodymyr Zelensky"."""
    if _is(profile, "Person", lore):
        words = _person_words(profile, lore)
        if len(words) > 1 and all(len(word) > 1 for word in words):
            yield " ".join(_fold(word, lore) for word in words)


def content_words(profile: Profile, lore: NameLore) -> Iterator[str]:
    """An organisation's words in any order, each in one spelling, states by one name: "North Korean Foreign Ministry" is
    "Ministry of Foreign Affairs of North Korea"."""
    if any(_is(profile, branch, lore) for branch in ("Organization", "Document", "Event")):
        words = sorted(set(_with_states(profile.words, lore)) - lore.small_words)
        if len(words) > 1:
            yield " ".join(words)


def singular_words(profile: Profile, lore: NameLore) -> Iterator[str]:
    """The same without the letter of plurals and possessives: "New People's Party" is "New People Party"."""
    for words in content_words(profile, lore):
        yield " ".join(word.removesuffix("s") if len(word) > 4 else word for word in words.split())


def without_legal_form(profile: Profile, lore: NameLore) -> Iterator[str]:
    """A company's name without its legal form: "Boeing Co." is "Boeing"."""
    if _is(profile, "Organization", lore):
        words = list(profile.words)
        while len(words) > 1 and words[-1] in lore.legal_forms:
            words.pop()
        yield " ".join(words)


def own_name(profile: Profile, lore: NameLore) -> Iterator[str]:
    yield profile.normal


def linked(profile: Profile, lore: NameLore) -> Iterator[str]:
    yield from sorted(key for _, key in profile.referents)


def unlinked_name(profile: Profile, lore: NameLore) -> Iterator[str]:
    """The name of what is linked to nothing; a family name alone says too little."""
    is_lone = _is(profile, "Person", lore) and len(_person_words(profile, lore)) == 1
    if not profile.referents and not is_lone:
        yield profile.normal


def linked_name(profile: Profile, lore: NameLore) -> Iterator[str]:
    if profile.referents:
        yield profile.normal


def party_alone(profile: Profile, lore: NameLore) -> Iterator[str]:
    """A party of whose name an article leaves out what it is: "Likud"."""
    if _is(profile, "Organization", lore) and len(profile.words) == 1 and not is_generic(profile.name, lore):
        yield profile.normal


def party(profile: Profile, lore: NameLore) -> Iterator[str]:
    """The long side of `party_alone`: "Likud Party"."""
    if _is(profile, "Organization", lore) and len(profile.words) == 2 and profile.words[-1] == "party":
        yield profile.words[0]


def unknown_body(profile: Profile, lore: NameLore) -> Iterator[str]:
    """The consonants of a body that nobody knows by its name: the short side of `known_body`."""
    if not profile.referents and _is(profile, "Organization", lore) and len(profile.words) > 1:
        yield _bones(_plain("".join(profile.words), lore))


def known_body(profile: Profile, lore: NameLore) -> Iterator[str]:
    if profile.referents and _is(profile, "Organization", lore):
        for name in sorted({profile.normal, *profile.others}):
            if len(name.split()) > 1:
                yield _bones(_plain("".join(name.split()), lore))


def is_misspelt(left: Profile, right: Profile, lore: NameLore) -> bool:
    """Whether a slip of the pen inside one long word tells a name from another: "Untied Nations", "Los Angles Times"."""
    names = (left.normal.split(), *(n.split() for n in sorted({right.normal, *right.others})))
    return any(_has_slip(names[0], other) for other in names[1:])


def _has_slip(one: Sequence[str], two: Sequence[str]) -> bool:
    if len(one) != len(two):
        return False
    odd = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if len(odd) != 1 or min(map(len, odd[0])) < _LONG:
        return False
    (a, b) = odd[0]
    is_inside = a[0] == b[0] and a[-1] == b[-1]
    is_swapped = sorted(a) == sorted(b)  # another letter may make another word: "Iran", "Iraq"
    return is_inside and OSA.distance(a, b) == 1 and (is_swapped or len(a) != len(b))


def told_names(profile: Profile, lore: NameLore) -> Iterator[str]:
    """Further names of two words or more that its own articles use for it."""
    for other in sorted(profile.others):
        if len(other.split()) > 1 and other != profile.normal:
            yield other


def acronym(profile: Profile, lore: NameLore) -> Iterator[str]:
    plain = profile.name.replace(".", "")
    if _ACRONYM.fullmatch(plain) and not _is(profile, "Person", lore):
        yield plain.casefold()


def long_acronym(profile: Profile, lore: NameLore) -> Iterator[str]:
    """Of two letters there are too few to tell what they stand for."""
    yield from (key for key in acronym(profile, lore) if len(key) > 2)


def acronym_head(profile: Profile, lore: NameLore) -> Iterator[str]:
    """What stands before the hyphen of a double acronym: "JTF-X" is also called "JTF"."""
    head, hyphen, tail = profile.name.replace("–", "-").partition("-")
    is_two = head in lore.bodies or tail in lore.bodies or tail.casefold() in lore.states  # a "NATO-EU force" is of two
    if hyphen and len(head) > 2 and head.isupper() and tail.isupper() and not is_two:
        yield head.casefold()


def singular(profile: Profile, lore: NameLore) -> Iterator[str]:
    """A people or party's members and makes of things: "Muslims" and "Muslim", "AK-47s" and "AK-47"."""
    if (_is(profile, "Group", lore) or _is(profile, "Artifact", lore)) and len(profile.normal) > 3:
        yield profile.normal.removesuffix("s")


def initials(profile: Profile, lore: NameLore) -> Iterator[str]:
    """What a long name is shortened to, with and without its small words."""
    if len(profile.words) > 2 and not _is(profile, "Person", lore):
        capitals = [word[0] for word in re.findall(r"\w+", profile.name) if word[0].isupper()]
        yield "".join(capitals).casefold()
        every = "".join(word[0] for word in profile.words)
        if every != "".join(capitals).casefold():
            yield every


def told_acronyms(profile: Profile, lore: NameLore) -> Iterator[str]:
    """One-word names that its own articles use for a longer name: "the WHO"."""
    if len(profile.words) > 1 and not _is(profile, "Person", lore):
        starts = {profile.words[0][0], *(word[0] for word in profile.words)}
        for other in sorted(profile.others):
            if " " not in other and len(other) > 1 and other not in profile.words and set(other) <= starts:
                yield other


def first_and_last(profile: Profile, lore: NameLore) -> Iterator[str]:
    """A person's first and last name: the middle ones may be left out or be initials."""
    if _is(profile, "Person", lore):
        words = _person_words(profile, lore)
        if len(words) > 1 and len(words[0]) > 1 and words[0] not in lore.family_first:
            yield f"{words[0]} {words[-1]}"


def plain_first_and_last(profile: Profile, lore: NameLore) -> Iterator[str]:
    """The same where the name has no middle part: the short side of `first_and_last`."""
    if len(_person_words(profile, lore)) == 2:
        yield from first_and_last(profile, lore)


def middle_initials(profile: Profile, lore: NameLore) -> Iterator[str]:
    """ "John Q. Miller": the short side of `with_middle_initials`."""
    if all(len(word) == 1 for word in _person_words(profile, lore)[1:-1]):
        yield from with_middle_initials(profile, lore)


def with_middle_initials(profile: Profile, lore: NameLore) -> Iterator[str]:
    words = _person_words(profile, lore)
    if _is(profile, "Person", lore) and len(words) > 2 and len(words[0]) > 1 and words[0] not in lore.family_first:
        yield " ".join([words[0], *(word[0] for word in words[1:-1]), words[-1]])


def initial_and_last(profile: Profile, lore: NameLore) -> Iterator[str]:
    """ "A. Weber", "G. W. Bush": the short side of `first_initial_and_last`."""
    words = _person_words(profile, lore)
    if _is(profile, "Person", lore) and len(words) > 1 and len(words[0]) == 1:
        yield f"{words[0]} {words[-1]}"


def first_initial_and_last(profile: Profile, lore: NameLore) -> Iterator[str]:
    for name in first_and_last(profile, lore):
        first, last = name.split()
        yield f"{first[0]} {last}"


def nickname(profile: Profile, lore: NameLore) -> Iterator[str]:
    words = _person_words(profile, lore)
    if _is(profile, "Person", lore) and len(words) == 2 and words[0] in lore.nicknames:
        yield f"{lore.nicknames[words[0]]} {words[1]}"


def lone_name(profile: Profile, lore: NameLore) -> Iterator[str]:
    """A person of whom an article gives the family name alone: "Shoigu", "bin Salman"."""
    words = _person_words(profile, lore)
    if profile.types == {"Person"} and (len(words) == 1 or (len(words) == 2 and words[0] in lore.particles)):
        yield " ".join(words)


def lone_office(profile: Profile, lore: NameLore) -> Iterator[str]:
    """The same with an office and its state: "U.S. Secretary of Trade Sow"."""
    for name in lone_name(profile, lore):
        yield from (f"{office} {name}" for office in sorted(profile.offices))


def family_office(profile: Profile, lore: NameLore) -> Iterator[str]:
    for name in family_names(profile, lore):
        yield from (f"{office} {name}" for office in sorted(profile.offices))


def lone_sound(profile: Profile, lore: NameLore) -> Iterator[str]:
    """The same with one spelling for each sound: "Asad" is "Assad"."""
    for name in lone_name(profile, lore):
        yield " ".join(_fold(word, lore) for word in name.split())


def skeleton(profile: Profile, lore: NameLore) -> Iterator[str]:
    """The consonants of a name in one spelling: "Deir Ezzor" and "Dayr az Zawr", "Gaddafi" and "Qadhafi", "Harbor Tmes".

    Names of short syllables differ by their vowels alone ("Kim Jong Un", "Kim Jong In"), so Korean and Chinese ones give none.
    """
    words = profile.words
    if _is(profile, "Person", lore):
        words = tuple(_person_words(profile, lore))
        if len(words) < 2 or words[0] in lore.family_first or any(len(word) == 1 for word in words):
            return
        words = (lore.nicknames.get(words[0], words[0]), *words[1:])
    elif not _is(profile, "Place", lore) and (len(words) == 1 or not _is(profile, "Organization", lore)):
        return
    plain = _plain("".join(words), lore)
    key = _bones(plain)
    if len(plain) > 6 and len(key) > 3:
        yield key


def _plain(word: str, lore: NameLore) -> str:
    """A word with one letter for each sound, double letters once."""
    return re.sub(r"(.)\1+", r"\1", _fold(word, lore).translate(_ALIKE))


def _bones(plain: str) -> str:
    return re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", plain))


def near_in_sound(left: Profile, right: Profile, lore: NameLore) -> bool:
    """Whether few letters tell two names apart: "Karim" and "Kareem", not "Hassan" and "Hussein"; of places more may."""
    if _is(left, "Person", lore) and _is(right, "Person", lore):
        one, two = _person_words(left, lore), _person_words(right, lore)
        return len(one) == len(two) and all(_near(a, b, lore) for a, b in zip(one[1:], two[1:], strict=True))
    if _is(left, "Place", lore):
        return True
    first, second = (_plain("".join(profile.words), lore) for profile in (left, right))
    return Levenshtein.distance(first, second) <= min(len(first), len(second)) // 12


def _near(one: str, two: str, lore: NameLore) -> bool:
    a, b = _plain(one, lore), _plain(two, lore)
    return a == b or Levenshtein.distance(a, b) <= (min(len(a), len(b)) - 1) // 3


def general_name(profile: Profile, lore: NameLore) -> Iterator[str]:
    """A name that does not say whose ("the Coalition"), but not that of a body that every state has."""
    if is_generic(profile.name, lore) and not institution(profile.name, lore):
        yield profile.normal


def general_word(profile: Profile, lore: NameLore) -> Iterator[str]:
    """What the name of a body says in general: "Andean Coalition" is a coalition."""
    if _is(profile, "Organization", lore) and len(profile.words) > 1 and not is_generic(profile.name, lore):
        yield profile.words[-1]


def family_names(profile: Profile, lore: NameLore) -> Iterator[str]:
    """What a full name is shortened to: its last word, with a particle or not; the first where families come first. A first lady
    shares hers with the one in office, who is meant by it.
    """
    words = _person_words(profile, lore)
    if profile.offices and all(office.endswith(" first lady") for office in profile.offices):
        return
    if not _is(profile, "Person", lore) or len(words) < 2 or (words[0] in lore.particles and len(words) == 2):
        return
    if words[0] in lore.family_first:
        yield words[0]
        return
    yield words[-1]
    if words[-2] in lore.particles:
        yield f"{words[-2]} {words[-1]}"


def family_sounds(profile: Profile, lore: NameLore) -> Iterator[str]:
    for name in family_names(profile, lore):
        yield " ".join(_fold(word, lore) for word in name.split())


def _person_words(profile: Profile, lore: NameLore) -> list[str]:
    return _untitled_words(profile.words, lore)


def _untitled_words(words: Sequence[str], lore: NameLore) -> list[str]:
    """A person's name without titles before it ("US Vice President", "Baptist") and generation after it."""
    start = 0
    for i, word in enumerate(words[:-1]):
        if word in lore.honorifics or (i < len(words) - 2 and is_calling(word, lore)):
            start = i + 1
        elif word not in lore.states:
            break
    words = list(words[start:])
    while len(words) > 2 and words[-1] in lore.generations:
        words.pop()
    return words


def is_calling(word: str, lore: NameLore) -> bool:
    """Whether a word before a full name says what somebody does or believes: "attorney", "Methodist"."""
    return word in lore.callings or word.endswith(lore.calling_ends)


def _fold(word: str, lore: NameLore) -> str:
    for old, new in lore.folds:
        word = word.replace(old, new)
    return re.sub(r"(.)\1", r"\1", word)


def _with_states(words: tuple[str, ...], lore: NameLore) -> Iterator[str]:
    """The words, each word or pair of words for a state, or for a city that names shorten, replaced by its name."""
    i = 0
    while i < len(words):
        for size in range(min(_LONGEST_STATE, len(words) - i), 0, -1):
            phrase = " ".join(words[i : i + size])
            if state := lore.states.get(phrase) or lore.cities.get(phrase):
                yield state
                i += size
                break
        else:
            yield lore.spellings.get(words[i], words[i])
            i += 1


# --- the table --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Feature:
    """A reason to merge two profiles: one has a key by `short` that the other has by `full`.

    `is_spelling`: both are ways of writing one name. Otherwise the short side joins only where all full sides it fits are
    one entity, and with `needs_context` only where the articles also mention something else in common. `may_meet`: an
    article that has both names does not tell two things apart by that. `unless`: not where several entities have the key in
    this way. `is_sure`: no blocker but the user's word speaks against it.
    `company`: how many other names the articles must have in common where context is needed. `is_general`: for names that do
    not say whose. `alike`: what two names with one key must also be.
    """

    reason: str
    weight: float
    short: Keys
    full: Keys
    is_spelling: bool = False
    may_meet: bool = False
    needs_context: bool = False
    unless: Keys | None = None
    is_sure: bool = False
    company: int = 1
    is_general: bool = False
    alike: Callable[[Profile, Profile, NameLore], bool] | None = None


FEATURES: tuple[Feature, ...] = (
    Feature("linked to the same", 1.0, linked, linked, may_meet=True, is_spelling=True, is_sure=True),
    Feature("same name", 0.99, unlinked_name, linked_name, may_meet=True),
    Feature("same letters", 0.98, letters, letters, may_meet=True, is_spelling=True),
    Feature("same name without titles", 0.97, untitled, untitled, may_meet=True, is_spelling=True),
    Feature("same words", 0.95, content_words, content_words, may_meet=True, is_spelling=True),
    Feature(
        "same name without legal form", 0.94, without_legal_form, without_legal_form, may_meet=True, is_spelling=True
    ),
    Feature(
        "same words but for plural or possessive", 0.93, singular_words, singular_words, may_meet=True, is_spelling=True
    ),
    Feature("plural of the same name", 0.93, singular, singular, may_meet=True, is_spelling=True),
    Feature("one article uses both names", 0.92, own_name, told_names),
    Feature("one article gives the acronym", 0.92, acronym, told_acronyms, may_meet=True),
    Feature("same name in another spelling", 0.9, sounds, sounds, may_meet=True, is_spelling=True),
    Feature(
        "similar spelling",
        0.86,
        skeleton,
        skeleton,
        is_spelling=True,
        needs_context=True,
        company=2,
        alike=near_in_sound,
    ),
    Feature("misspelt", 0.86, unknown_body, known_body, may_meet=True, alike=is_misspelt),
    Feature("party named without that word", 0.86, party_alone, party, may_meet=True, needs_context=True),
    Feature("initial of its middle name", 0.86, middle_initials, with_middle_initials),
    Feature("acronym of its initials", 0.85, long_acronym, initials, needs_context=True),
    Feature("first half of its acronym", 0.85, long_acronym, acronym_head, may_meet=True, needs_context=True),
    Feature("same first and last name", 0.84, plain_first_and_last, first_and_last),
    Feature("same office of the same state and family name", 0.83, lone_office, family_office),
    Feature("initial of its first name", 0.82, initial_and_last, first_initial_and_last, needs_context=True),
    Feature("nickname", 0.8, nickname, first_and_last, needs_context=True),
    Feature("family name alone, one bearer known", 0.78, lone_name, family_names, needs_context=True),
    Feature(
        "same general name in the same company",
        0.75,
        general_name,
        general_name,
        is_spelling=True,
        needs_context=True,
        company=4,
        is_general=True,
    ),
    Feature(
        "general name, one such body in the same company",
        0.72,
        general_name,
        general_word,
        needs_context=True,
        company=4,
        is_general=True,
    ),
    Feature(
        "same family name alone",
        0.76,
        lone_sound,
        lone_sound,
        is_spelling=True,
        needs_context=True,
        unless=family_sounds,
    ),
)

# --- reasons not to ---------------------------------------------------------------------------------------------------

Blocker = Callable[[Profile, Profile, NameLore], str]


def other_class(left: Profile, right: Profile, lore: NameLore) -> str:
    for a in sorted(left.types):
        for b in sorted(right.types):
            if not is_compatible(a, b, lore):
                return f"{a} and {b} are different kinds"
    return ""


def other_referent(left: Profile, right: Profile, lore: NameLore) -> str:
    """Georgia that was linked to the state is not Georgia that was linked to the country, or is most likely that."""
    one, two = (profile.referents or frozenset(filter(None, (profile.maybe,))) for profile in (left, right))
    sources = {source for source, _ in one} & {source for source, _ in two}
    for source in sorted(sources):
        keys = [sorted(key for s, key in side if s == source) for side in (one, two)]
        if not set(keys[0]) & set(keys[1]):
            return f"linked to different things: {keys[0][0]}, {keys[1][0]}"
    return ""


def other_number(left: Profile, right: Profile, lore: NameLore) -> str:
    one, two = (sorted(_numbers(profile, lore)) for profile in (left, right))
    return f"different numbers: {' '.join(one) or 'none'}, {' '.join(two) or 'none'}" if one != two else ""


def _numbers(profile: Profile, lore: NameLore) -> Iterator[str]:
    for i, word in enumerate(profile.words):
        if found := _NUMBER.search(word):
            yield found[0]
        elif word in lore.number_words or word in lore.generations or (word in lore.roman and i):
            yield word


def other_given_name(left: Profile, right: Profile, lore: NameLore) -> str:
    """ "Kim Yo Jong" is not "Kim Jong Un"; "J. Smith" may be "John Smith", "John B. Smith" is not "John A. Smith"."""
    if not (_is(left, "Person", lore) and _is(right, "Person", lore)):
        return ""
    one, two = _person_words(left, lore), _person_words(right, lore)
    if min(len(one), len(two)) < 2 or one[0] in lore.particles or two[0] in lore.particles:
        return ""
    if "".join(one) == "".join(two) or [_fold(w, lore) for w in one] == [_fold(w, lore) for w in two]:
        return ""
    if not _agree(one[0], two[0], lore):
        return f"different first names: {one[0]}, {two[0]}"
    middle_one, middle_two = one[1:-1], two[1:-1]
    if one[-1] == two[-1] and middle_one and middle_two:
        if len(middle_one) != len(middle_two) or not all(map(_agree_in(lore), middle_one, middle_two)):
            return f"different middle names: {' '.join(middle_one)}, {' '.join(middle_two)}"
    return ""


def _agree_in(lore: NameLore) -> Callable[[str, str], bool]:
    return lambda one, two: _agree(one, two, lore)


def _agree(one: str, two: str, lore: NameLore) -> bool:
    if len(one) == 1 or len(two) == 1:
        return one[0] == two[0]
    one, two = (_plain(lore.nicknames.get(name, name), lore) for name in (one, two))
    return one == two or _are_spellings(one, two)


def _are_spellings(one: str, two: str) -> bool:
    """ "Mohammed" and "Muhammad"; not "Mario" and "Maria", whose last letters differ, nor short names that a vowel tells apart."""
    bones = _bones(one)
    return len(bones) > 2 and bones == _bones(two) and one[0] == two[0] and one[-1] == two[-1]


BLOCKERS: tuple[Blocker, ...] = (other_referent, other_class, other_number, other_given_name)
