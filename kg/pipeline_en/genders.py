"""Whether a mention names a man or a woman: by its pronoun, noun, title or given name."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from kg.pipeline_en.entities import label_spans
from kg.pipeline_en.pairs import NAME, POSSESSED, Heads

MALE, FEMALE = "m", "f"
TABLE = Path(__file__).with_name("given_names.tsv")  # written by training/given_names.py
_WORDS = tomllib.loads(Path(__file__).with_name("genders.toml").read_text("utf-8"))
_SEXES = {MALE: _WORDS["male"], FEMALE: _WORDS["female"]}
_TITLES = {title: gender for gender, words in _SEXES.items() for title in words["titles"]}
_NOUNS = {noun: gender for gender, words in _SEXES.items() for noun in words["nouns"]}
_FAMILY_FIRST = frozenset(_WORDS["names"]["family_first"])


def bare(name: str) -> str:
    """Return a name in lower case without accents.

    >>> bare("José")
    'jose'
    """
    return "".join(char for char in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(char))


@lru_cache(maxsize=1)
def given_names() -> dict[str, tuple[str, bool]]:
    """Return the gender of given names that only men or only women bear, and whether the name is hardly ever a family name."""
    rows = (line.split("\t") for line in TABLE.read_text("utf-8").splitlines()[1:])
    return {name: (gender, alone == "yes") for name, gender, alone in rows if name not in _FAMILY_FIRST}


def gender_of_noun(word: str) -> str:
    """Return the gender that a noun tells, "" for none.

    >>> gender_of_noun("nephew"), gender_of_noun("officer")
    ('m', '')
    """
    return _NOUNS.get(word.lower(), "")


def gender_of_name(words: Sequence[str], before: str = "") -> str:
    """Return the gender that a person's name tells for sure, "" for none; ``before`` is the word before it.

    A given name by itself tells nothing if it may be a family name.

    >>> gender_of_name(["Grant", "Ostrow"]), gender_of_name(["Verma"], "Mr."), gender_of_name(["Grant"]), gender_of_name(["Natalie"])
    ('m', 'm', '', 'f')
    """
    rest = list(words)
    titles = [before]
    while len(rest) > 1 and gender_of_title(rest[0]):
        titles.append(rest.pop(0))
    if gender := next((gender for title in reversed(titles) if (gender := gender_of_title(title))), ""):
        return gender
    gender, alone = given_names().get(bare(rest[0]), ("", False))
    return gender if alone or len(rest) > 1 else ""


def gender_of_title(word: str) -> str:
    """Return the gender that a word before a name tells, "" for none.

    >>> gender_of_title("Mrs."), gender_of_title("Minister")
    ('f', '')
    """
    return _TITLES.get(word.lower().rstrip("."), "")


def genders_of(
    found: Heads, words: Sequence[str], heads: Sequence[int], deps: Sequence[str], entities: Sequence[int]
) -> list[str]:
    """Return the gender of each mention head where it is sure, "" elsewhere; a family name takes after the whole name.

    ``heads`` and ``deps`` are those of all words, ``entities`` numbers of entity labels.
    """
    names = _genders_of_names(words, _genders_beside(words, heads, deps), entities)
    return [
        names.get(word, "") if kind == NAME else gender_of_noun(words[word]) if kind <= POSSESSED else ""
        for word, kind in zip(found.words.tolist(), found.kinds.tolist(), strict=True)
    ]


def _genders_of_names(words: Sequence[str], beside: dict[int, str], entities: Sequence[int]) -> dict[int, str]:
    """Return the gender of each word of a person's name."""
    persons = [(first, last) for first, last, kind in label_spans(entities) if kind == "PERSON"]
    genders: dict[tuple[int, int], str] = {}
    families: dict[str, set[str]] = {}
    for first, last in persons:
        told = {beside[index] for index in range(first, last) if index in beside}
        gender = gender_of_name(words[first:last], words[first - 1] if first else "")
        genders[first, last] = gender or (told.pop() if len(told) == 1 else "")
        if last - first > 1:
            families.setdefault(words[last - 1].lower(), set()).add(genders[first, last])
    for first, last in persons:
        family = families.get(words[first].lower(), set()) if last - first == 1 else set()
        if family and first not in beside and not (first and gender_of_title(words[first - 1])):
            genders[first, last] = next(iter(family)) if len(family) == 1 else ""
    return {index: gender for (first, last), gender in genders.items() for index in range(first, last)}


def _genders_beside(words: Sequence[str], heads: Sequence[int], deps: Sequence[str]) -> dict[int, str]:
    """Return what a noun in apposition tells of the gender of a word: "his wife, Marion", "the actress Marion"."""
    told = {}
    for index, dep in enumerate(deps):
        if dep in ("appos", "nmod:desc", "compound"):
            for one, other in ((index, heads[index]), (heads[index], index)):
                if words[other].islower() and (gender := gender_of_noun(words[other])):
                    told[one] = gender
    return told
