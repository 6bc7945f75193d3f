"""The words of SPARQL: what a query's text says, as far as it must be known before an engine parses it.

Three things need it: keeping queries on this machine (`guarded`), the graphs that a query names by FROM (`from_graphs`), and
the protocol's dataset of an update, which an engine takes only as USING clauses (`with_using`). Nothing is parsed fully here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import QueryError

# The terminals of https://www.w3.org/TR/sparql11-query/#sparqlGrammar, joined where the difference does not matter here.
_TERMINALS = {
    "space": r"\s+",
    "comment": r"#[^\n\r]*",
    "string": r'"""(?:[^"\\]|\\.|"(?!""))*"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n\r]|\\.)*"|'
    r"'(?:[^'\\\n\r]|\\.)*'",
    "iri": r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>',
    "variable": r"[?$]\w+",
    # A local name may hold dots and hyphens, but begins with neither: in ":.SERVICE" the dot ends a triple.
    "name": r"(?:[^\W_](?:[\w.-]{0,200}[\w-])?)?:(?:(?:[\w:%]|\\[^\s])(?:[\w:%-]|\\[^\s]|\.(?=[\w:%\\.-]))*)?",
    "word": r"[^\W\d]\w*",
    "other": r".",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _TERMINALS.items()), re.DOTALL)
_OPEN, _CLOSE = frozenset("{[("), frozenset("}])")
_DECLARATION = re.compile(r"base|prefix", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: its kind (a key of the terminals), its text, where it starts, and how deep in brackets it is."""

    kind: str
    text: str
    start: int
    depth: int

    def says(self, *words: str) -> bool:
        """Whether it is one of these keywords or signs."""
        return self.kind in {"word", "other"} and self.text.casefold() in words


def tokens(sparql: str) -> Iterator[Token]:
    """The tokens of a query or update without blanks and comments; a bracket has the depth outside it."""
    depth = 0
    for match in _TOKEN.finditer(sparql):
        kind, text = str(match.lastgroup), match.group()
        if kind in {"space", "comment"}:
            continue
        if text in _CLOSE:
            depth -= 1
        yield Token(kind, text, match.start(), depth)
        if text in _OPEN:
            depth += 1


def guarded(sparql: str, forbidden: Sequence[str] = ("service",)) -> str:
    """The same query, sure to hold none of the forbidden keywords however an engine reads it.

    In strings, IRIs and comments the words are harmless, but what is a string depends on the reading: `?a<'x>'` ends in one
    or holds an IRI. So there their first letter is written as an escape, which a string and an IRI understand and which is
    no keyword anywhere. Variables and local names may hold the words; anything else that does is refused, even a prefix.

    >>> guarded('SELECT ("at your service" AS ?x) {}')
    'SELECT ("at your \\\\u0073ervice" AS ?x) {}'

    Raises:
        QueryError: a forbidden keyword.
    """
    words = re.compile("|".join(forbidden), re.IGNORECASE)
    if not words.search(sparql):
        return sparql
    parts = []
    for match in _TOKEN.finditer(sparql):
        kind, text = match.lastgroup, match.group()
        if kind in {"string", "iri", "comment"}:
            text = words.sub(lambda word: f"\\u{ord(word[0][0]):04x}{word[0][1:]}", text)
        else:
            judged = "" if kind == "variable" else text.partition(":")[0] if kind == "name" else text
            if found := words.search(judged):
                said = found[0].upper()
                raise QueryError(f"{said} is not allowed: queries stay on this machine", hint=_HINTS.get(said, ""))
        parts.append(text)
    return "".join(parts)


_HINTS = {"SERVICE": "query the other server itself", "LOAD": "send the triples themselves, by POST to the graph"}


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs a query reads: IRIs as they are written, or resolved."""

    default: tuple[str, ...]
    named: tuple[str, ...]


def prologue(found: Sequence[Token]) -> list[Token]:
    """The BASE and PREFIX declarations at the beginning."""
    end = 0
    while end < len(found) and found[end].kind == "word" and _DECLARATION.fullmatch(found[end].text):
        end += 2 if found[end].says("base") else 3
    return list(found[:end])


def from_graphs(sparql: str) -> Dataset:
    """The graphs that FROM and FROM NAMED name, as written: `<…>` or a prefixed name."""
    found = list(tokens(sparql))
    default, named = [], []
    for here, after, last in zip(found, found[1:], [*found[2:], None], strict=False):
        if here.says("from") and here.depth == 0:
            if after.says("named") and last is not None:
                named.append(last.text)
            elif after.kind in {"iri", "name"}:
                default.append(after.text)
    return Dataset(tuple(default), tuple(named))


def with_using(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update with the protocol's `using-graph-uri` and `using-named-graph-uri` as clauses of each operation.

    Args:
        default, named: absolute IRIs that were checked to be IRIs.

    Raises:
        QueryError: the update names its dataset itself, which the protocol forbids (SPARQL 1.1 Protocol, 2.2.3).
    """
    clauses = " ".join([*(f"USING <{iri}>" for iri in default), *(f"USING NAMED <{iri}>" for iri in named)])
    if not clauses:
        return update
    found = list(tokens(update))
    inserts: list[tuple[int, str]] = []
    for i, token in enumerate(found):
        if token.depth or not token.says("using", "with", "where"):
            continue
        if not token.says("where"):
            raise QueryError(
                f"{token.text.upper()} together with using-graph-uri: the update has two datasets",
                hint="leave one of them out",
            )
        pattern = ""
        if found[i - 1].says("delete"):  # DELETE WHERE {…} stands for DELETE {…} WHERE {…} and takes no USING.
            end = next((t for t in found[i + 2 :] if t.depth == 0 and t.text == "}"), found[-1])
            pattern = update[found[i + 1].start : end.start + 1] if i + 1 < len(found) else ""
        inserts.append((token.start, f"{pattern} {clauses} "))
    for start, text in reversed(inserts):
        update = update[:start] + text + update[start:]
    return update
