"""An article's text and its claims -> the text in pieces, those that say something with the claims that they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import Article, ResolvedClaim


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: plain, an aside (title, caption, share line…), or a passage that claims stand on.

    `runs` are its texts in order, each with whether it is among the words that say a claim; `claims` is empty for what says
    nothing. `start` names the piece within its article.
    """

    start: int
    runs: tuple[tuple[str, bool], ...]
    claims: tuple[ResolvedClaim, ...] = ()
    is_aside: bool = False


def passages(article: Article | None, claims: Sequence[ResolvedClaim]) -> list[Piece]:
    """The text in pieces; without a text, the sentences of the claims.

    >>> [p.runs for p in passages(Article("a", "Hi. Ho."), [])]
    [(('Hi. Ho.', False),)]
    """
    spans = _merged(claims)
    if article is None:
        return [_passage(group[0].sentence, start, group) for start, _, group in spans]
    text, last = article.text, 0
    pieces: list[Piece] = []
    for start, end, group in spans:
        pieces += _between(article, last, start)
        pieces.append(_passage(text[start:end], start, group))
        last = end
    return [*pieces, *_between(article, last, len(text))]


def _merged(claims: Iterable[ResolvedClaim]) -> list[tuple[int, int, list[ResolvedClaim]]]:
    """The sentences of the claims, those that overlap as one."""
    found: list[tuple[int, int, list[ResolvedClaim]]] = []
    for claim in sorted(claims, key=lambda c: (c.start, c.end, c.trigger_start, c.id)):
        if found and claim.start < found[-1][1]:
            start, end, group = found[-1]
            found[-1] = start, max(end, claim.end), [*group, claim]
        else:
            found.append((claim.start, claim.end, [claim]))
    return found


def _passage(text: str, start: int, claims: list[ResolvedClaim]) -> Piece:
    marked = [False] * len(text)
    for claim in claims:
        for i in range(max(0, claim.trigger_start - start), min(len(text), claim.trigger_end - start)):
            marked[i] = True
    return Piece(start, tuple(_runs(text, marked)), tuple(claims))


def _runs(text: str, marked: Sequence[bool]) -> Iterable[tuple[str, bool]]:
    first = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or marked[i] != marked[first]:
            yield text[first:i], marked[first]
            first = i


def _between(article: Article, start: int, end: int) -> Iterable[Piece]:
    """What no claim stands on, asides apart."""
    for aside in sorted(article.asides, key=lambda aside: aside.span):
        if aside.span.end <= start or aside.span.start >= end:
            continue
        if aside.span.start > start:
            yield Piece(start, ((article.text[start : aside.span.start], False),))
        first, start = max(start, aside.span.start), min(end, aside.span.end)
        yield Piece(first, ((article.text[first:start], False),), is_aside=True)
    if start < end:
        yield Piece(start, ((article.text[start:end], False),))
