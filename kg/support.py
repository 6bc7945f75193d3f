"""How well the articles support what they say: who published them, which are copies of others, when they came out.

Comes in: articles. Goes out: the `Origin` of each, and for any set of articles their `Support`: how many they are, how many
independent publishers stand behind them, and the first and last day. Near-duplicates are found by MinHash (rensa) and then
compared exactly, so that the sketch decides only which pairs are looked at.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from rensa import RMinHash, RMinHashLSH

from kg.model import Article, Extraction, Origin, Support

_SHINGLE = 5  # words; shorter runs are shared by articles that have nothing to do with each other
_PERMUTATIONS, _BANDS, _SEED = (
    120,
    40,
    42,
)  # finds a pair that shares two runs in five 94 times in 100, half of them 99.5
_COPY = 0.4
"""Of two articles' runs of words, taken together, the share that both have: from here on they are one text, or two of one mould.
Articles that were written independently share one run in a hundred."""
_EXTRACT = 0.8
"""The share of the shorter article's runs that the longer has: from here on it is that article, cut."""
_LEAST = 40
"""A text of fewer runs is no extract of another: a single quoted statement makes no copy."""

_WORD = re.compile(r"\w+")
_AGENCY = re.compile(r"\(([^()]{2,60})\)")


def origins(
    articles: Iterable[Article], corrects: Callable[[Article], bool] = lambda article: False
) -> dict[str, Origin]:
    """Article id -> where it comes from. The order of the articles does not matter.

    Args:
        articles: read once.
        corrects: whether an article says of itself that it corrects another.

    >>> found = origins([Article("a", "One text.", publisher="The Post"), Article("b", "Another.", publisher="Post")])
    >>> found["a"].voices == found["b"].voices
    True
    """
    sources = Sources(corrects)
    for article in articles:
        sources.add(article)
    return sources.origins()


class Sources:
    """Where articles come from, learned from one after the other."""

    def __init__(self, corrects: Callable[[Article], bool]) -> None:
        self._corrects, self._prints = corrects, _Prints()
        self._told: dict[str, tuple[str, list[str], bool]] = {}

    def add(self, article: Article) -> None:
        self._prints.add(article)
        self._told[article.id] = article.published[:10], list(_publishers(article)), self._corrects(article)

    def watch(self, extractions: Iterable[Extraction]) -> Iterator[Extraction]:
        """The extractions, their articles added while somebody reads them."""
        for extraction in extractions:
            self.add(extraction.article)
            yield extraction

    def origins(self) -> dict[str, Origin]:
        """See `origins`."""
        first_copy = self._prints.copies()
        found = {}
        for article_id, (published, voices, is_correction) in sorted(self._told.items()):
            if article_id in first_copy or not voices:  # an article of an unknown publisher has a voice of its own
                voices = [*voices, f"text {first_copy.get(article_id, article_id)}"]
            found[article_id] = Origin(article_id, published, tuple(sorted(set(voices))), is_correction)
        return found


def _publishers(article: Article) -> Iterator[str]:
    """Its publisher, and the agency that the dateline names."""
    if publisher := _publisher(article):
        yield f"publisher {publisher}"
    for aside in article.asides:
        if aside.kind == "dateline":  # "QUITO, Ecuador (Andean Wire) —": the newspaper prints an agency's report
            for agency in _AGENCY.findall(aside.span.of(article.text)):
                yield f"publisher {_plain(agency)}"


def _publisher(article: Article) -> str:
    """The publisher's name, or the site where no name is known."""
    if name := _plain(article.publisher):
        return name
    try:
        host = urlsplit(article.url).hostname or ""
    except ValueError:  # other people's text: "http://[" is no address
        return ""
    return host.removeprefix("www.")


def _plain(name: str) -> str:
    words = _WORD.findall(name.casefold())
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


# --- copies -----------------------------------------------------------------------------------------------------------


def copies(articles: Iterable[Article]) -> dict[str, str]:
    """Article id -> the smallest id among it and its copies, for every article that has one.

    A copy is the same text with small changes, or cut. Copies of copies are copies.
    """
    prints = _Prints()
    for article in articles:
        prints.add(article)
    return prints.copies()


class _Prints:
    """What is kept of each text to find its copies: every run of five words, as a number."""

    def __init__(self) -> None:
        self._ids: dict[bytes, list[str]] = {}
        self._runs: dict[bytes, array[int]] = {}
        self._sketches: dict[bytes, RMinHash] = {}

    def add(self, article: Article) -> None:
        words = _WORD.findall(article.story.casefold().encode("utf-8", "replace").decode())
        digest = hashlib.sha256(" ".join(words).encode()).digest()
        if digest not in self._ids:
            last = max(1, len(words) - _SHINGLE + 1)
            runs = sorted({" ".join(words[i : i + _SHINGLE]).encode() for i in range(last)})
            sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
            sketch.update(runs)
            self._sketches[digest] = sketch
            self._runs[digest] = array("I", sorted({zlib.crc32(run) for run in runs}))
        self._ids.setdefault(digest, []).append(article.id)

    def copies(self) -> dict[str, str]:
        """See `copies`."""
        groups = _Groups(sorted(article for same in self._ids.values() for article in same))
        for first, *others in self._ids.values():
            for other in others:
                groups.unite(first, other)
        distinct = sorted(self._ids)
        for i, j in _alike([self._sketches[digest] for digest in distinct]):
            left, right = distinct[i], distinct[j]
            one, two = self._ids[left][0], self._ids[right][0]
            if groups.find(one) != groups.find(two) and _is_copy(self._runs[left], self._runs[right]):
                groups.unite(one, two)
        return groups.shared()


def _alike(sketches: Sequence[RMinHash]) -> Iterator[tuple[int, int]]:
    """Pairs whose sketches agree in a band: whether a pair is found depends on these two alone."""
    index = RMinHashLSH(threshold=_COPY, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    for i, sketch in enumerate(sketches):
        yield from ((j, i) for j in sorted(index.query(sketch)))
        index.insert(i, sketch)


def _is_copy(left: Sequence[int], right: Sequence[int]) -> bool:
    both, shorter = len(set(left).intersection(right)), min(len(left), len(right))
    return both >= _COPY * (len(left) + len(right) - both) or (shorter >= _LEAST and both >= _EXTRACT * shorter)


class _Groups:
    """Names united step by step; each group is called by its smallest."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parent = {name: name for name in names}

    def find(self, name: str) -> str:
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def unite(self, left: str, right: str) -> None:
        keep, gone = sorted((self.find(left), self.find(right)))
        self._parent[gone] = keep

    def shared(self) -> dict[str, str]:
        """Name -> its group's smallest, for the groups of two and more."""
        sizes: dict[str, int] = {}
        for name in self._parent:
            sizes[self.find(name)] = sizes.get(self.find(name), 0) + 1
        return {name: self.find(name) for name in self._parent if sizes[self.find(name)] > 1}


# --- support ----------------------------------------------------------------------------------------------------------


def support_of(article_ids: Iterable[str], known: Mapping[str, Origin]) -> Support:
    """How many articles, from how many independent publishers, and from when to when.

    >>> known = {"a": Origin("a", "2031-03-04", ("publisher x",)), "b": Origin("b", "2031-03-06", ("publisher x",))}
    >>> support_of(["a", "b"], known)
    Support(articles=2, publishers=1, first='2031-03-04', last='2031-03-06')
    """
    ids = sorted(set(article_ids))
    days = sorted(known[i].published for i in ids if i in known and known[i].published)
    return Support(len(ids), independent(ids, known), days[0] if days else "", days[-1] if days else "")


def independent(article_ids: Iterable[str], known: Mapping[str, Origin]) -> int:
    """How many groups these articles fall into when those that share a voice stand together.

    Only these articles count: that two papers once printed the same report does not make their other reports one.
    """
    ids = sorted(set(article_ids))
    if len(ids) < 2:
        return len(ids)
    groups = _Groups(ids)
    by_voice: dict[str, str] = {}
    for article_id in ids:
        for voice in known[article_id].voices if article_id in known else ():
            groups.unite(by_voice.setdefault(voice, article_id), article_id)
    return len({groups.find(article_id) for article_id in ids})
