"""Change passages a little each time they are read: capitals, names, line breaks and datelines."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from kg.pipeline_en.labels import begin, inside
from kg.pipeline_en.lemmas import apply_script, edit_script
from training.names import city_names
from training.passages import ROOT, Passage, bits, span_masks

_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "nor",
        "of",
        "on",
        "or",
        "over",
        "per",
        "than",
        "the",
        "to",
        "up",
        "via",
        "vs",
        "with",
    ]
)
_AGENCIES = ("Reuters", "AP", "AFP", "Xinhua", "IPS", "UPI", "Kyodo", "Yonhap", "VOA")
_DASHES = ("—", "–", "-", "--")


class Augmenter:
    """Random changes from one seed; names to put in come from the passages themselves."""

    def __init__(self, passages: Sequence[Passage], rng: random.Random) -> None:
        self._rng = rng
        self._first, self._last = name_pool(passages)
        self._cities = city_names()

    def __call__(self, passage: Passage) -> Passage:
        """Return the passage, changed or not."""
        rng = self._rng
        if passage.entities is not None and passage.chains is None and rng.random() < 0.3:
            passage = self._rename(passage)
        if passage.starts is not None and passage.heads is not None and not passage.silver:
            passage = self._break_lines(passage)
            if rng.random() < 0.06:
                passage = self._add_dateline(passage)
        if rng.random() < 0.25:
            passage = self._recase(passage)
        return passage

    def _rename(self, passage: Passage) -> Passage:
        """Give persons and cities other names, the same one each time."""
        entities = passage.entities or []
        words = list(passage.words)
        chosen: dict[str, str] = {}
        opens, goes_on = bits(begin("PERSON")), bits(inside("PERSON"))
        city = bits(begin("GPE"))
        for index, mask in enumerate(entities):
            word = words[index]
            following = entities[index + 1] if index + 1 < len(entities) else 0
            if not word[:1].isupper() or not word.isalpha() or len(word) < 3:
                continue
            if mask == opens:
                pool = self._first if following == goes_on else self._last
            elif mask == goes_on:
                pool = self._last
            elif mask == city and following != bits(inside("GPE")) and self._rng.random() < 0.5:
                pool = self._cities
            else:
                continue
            words[index] = chosen.setdefault(word, self._rng.choice(pool))
        lemmas = passage.lemmas
        if lemmas is not None:
            lemmas = [
                "k0|" if new != old else lemma for new, old, lemma in zip(words, passage.words, lemmas, strict=True)
            ]
        return replace(passage, words=words, lemmas=lemmas)

    def _break_lines(self, passage: Passage) -> Passage:
        """Write paragraph breaks as articles do: empty lines, single line ends or none at all; sometimes wrap lines."""
        rng = self._rng
        style = rng.choices((2, 1, 0, "wrap"), (0.6, 0.2, 0.12, 0.08))[0]
        if style == 2:
            return passage
        if style == "wrap":
            width = rng.randrange(8, 15)
            newlines = [gap or int(i > 0 and i % width == 0) for i, gap in enumerate(passage.newlines)]
        else:
            newlines = [min(gap, int(style)) for gap in passage.newlines]
        return replace(passage, newlines=newlines)

    def _add_dateline(self, passage: Passage) -> Passage:
        """Put ``SEOUL —`` or ``Cairo, Egypt (AP) —`` before a passage, as a sentence of its own."""
        rng = self._rng
        city = rng.choice(self._cities)
        words, tags, morphs, deps, heads = (
            [city.upper() if rng.random() < 0.7 else city],
            ["NNP"],
            ["PROPN|Number=Sing"],
            ["root"],
            [ROOT],
        )
        entities = span_masks(1, frozenset({"GPE"}))

        def add(word: str, tag: str, morph: str, dep: str, head: int, mask: int) -> None:
            words.append(word)
            tags.append(tag)
            morphs.append(morph)
            deps.append(dep)
            heads.append(head)
            entities.append(mask)

        out = bits(0)
        if rng.random() < 0.35:
            add(",", ",", "PUNCT|_", "punct", 2, out)
            add(rng.choice(self._cities), "NNP", "PROPN|Number=Sing", "appos", 0, span_masks(1, frozenset({"GPE"}))[0])
        if rng.random() < 0.4:
            base = len(words)
            add("(", "-LRB-", "PUNCT|_", "punct", base + 1, out)
            add(rng.choice(_AGENCIES), "NNP", "PROPN|Number=Sing", "parataxis", 0, span_masks(1, frozenset({"ORG"}))[0])
            add(")", "-RRB-", "PUNCT|_", "punct", base + 1, out)
        add(rng.choice(_DASHES), ",", "PUNCT|_", "punct", 0, out)
        size = len(words)
        lemmas = ["t0|" if word.isupper() and len(word) > 3 else "k0|" for word in words]
        return replace(
            passage,
            words=words + passage.words,
            newlines=[0] * size + passage.newlines,
            starts=[True] + [False] * (size - 1) + (passage.starts or []),
            tags=tags + (passage.tags or []),
            morphs=morphs + (passage.morphs or []),
            lemmas=lemmas + (passage.lemmas or []),
            heads=heads + [head if head == ROOT else head + size for head in passage.heads or []],
            deps=deps + (passage.deps or []),
            entities=None if passage.entities is None else entities + passage.entities,
            chains=None
            if passage.chains is None
            else [[(a + size, b + size, h + size) for a, b, h in chain] for chain in passage.chains],
        )

    def _recase(self, passage: Passage) -> Passage:
        """Write some sentences as headlines: In Title Case, or IN CAPITALS."""
        rng = self._rng
        words = list(passage.words)
        starts = passage.starts or [i == 0 for i in range(len(words))]
        change = str
        for index, word in enumerate(words):
            if starts[index]:
                change = rng.choices((str, headline, str.upper), (0.8, 0.14, 0.06))[0]
            words[index] = change(word) or word
        lemmas = passage.lemmas
        if lemmas is not None:
            lemmas = [
                lemma if new == old or not lemma else edit_script(new, apply_script(old, lemma)) or ""
                for new, old, lemma in zip(words, passage.words, lemmas, strict=True)
            ]
        return replace(passage, words=words, lemmas=lemmas)


def headline(word: str) -> str:
    """Write a word as in a headline.

    >>> headline("visits"), headline("of")
    ('Visits', 'of')
    """
    return word if word in _SMALL_WORDS else word[:1].upper() + word[1:]


def name_pool(passages: Sequence[Passage]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Collect first and last words of the persons' names in the passages."""
    opens, goes_on = bits(begin("PERSON")), bits(inside("PERSON"))
    first: set[str] = set()
    last: set[str] = set()
    for passage in passages:
        entities = passage.entities or []
        for index, mask in enumerate(entities):
            word = passage.words[index]
            if not word.isalpha() or not word[:1].isupper() or len(word) < 3:
                continue
            following = entities[index + 1] if index + 1 < len(entities) else 0
            if mask == opens and following == goes_on:
                first.add(word)
            elif mask == goes_on and following != goes_on:
                last.add(word)
    return tuple(sorted(first)) or ("Kim",), tuple(sorted(last)) or ("Park",)
