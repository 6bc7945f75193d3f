"""What each clause says in its own words: subject, verb, and the rest of the clause as a phrase.

A reading has a phrase for its object, not a thing, so it stands in the list of claims and makes no triple: "The bank said that"
- "rates would rise"; "The river" - "is" - "60 km long". Whatever no rule knows is there all the same, with its sense and speaker.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import Clauses
from kg.extract.events import camel, past
from kg.extract.relations import Relation
from kg.extract.wording import phrases, preposition, spoken, trimmed, verb_words
from kg.model import Value
from kg.syntax import base, case, deps, deps_exact, is_relative

_CONFIDENCE = 0.7
_COMPLEMENTS = frozenset({"obj", "iobj", "xcomp", "ccomp", "obl"})


def find_readings(clauses: Clauses) -> Iterator[Relation]:
    """One relation for each verb or copular predicate with a subject."""
    for token in clauses.doc:
        subjects = clauses.subjects(token) if _is_predicate(token, clauses) else []
        if subjects and (_is_open(subjects[0]) or any(t.lower_ == "whose" for t in subjects[0].lefts)):
            continue
        words, rest = verb_words(token), _rest(token, clauses)
        if not subjects or not words or not rest:
            continue
        opening = _opening(token, rest[0][0], words)
        start = (
            opening[-1].i if opening and opening[-1].dep_ == "mark" else -1
        )  # what stands before "that" is no part of it
        told = trimmed(t for _, tokens in rest for t in tokens if t.i > start and t not in opening)
        if told and is_whole(told):
            mention = clauses.index.at(subjects[0]) or clauses.index.unnamed(subjects[0])
            verb = min(t.i for t in words) if deps(token, "cop") else token.i
            before = [t for t in deps(token, "advmod") if t.i < verb and not list(t.children) and t.tag_ != "WRB"]
            yield Relation(
                (subjects[0], mention),
                _name(token, clauses, opening),
                Value(spoken(told)),
                token,
                spoken([*words, *before, *opening]),
                "reading/clause",
                _CONFIDENCE,
                token,
                False,
                (told[0].idx, told[-1].idx + len(told[-1].text)),
            )


def _is_open(subject: Token) -> bool:
    """ "What began as a dispute has grown": nobody is named, and no word before is meant."""
    return subject.tag_ in {"WP", "WDT"}


def _is_predicate(token: Token, clauses: Clauses) -> bool:
    """Whether the token heads a clause of its own: "tried" of "tried to find" is told with "find"."""
    if any(len(verb_words(c)) > len(verb_words(token)) for c in deps(token, "xcomp")):
        return False
    if deps(token, "cop"):
        return not is_relative(token, clauses.words.words["relative_pronouns"])
    return token.pos_ == "VERB" and base(token) not in {"amod", "compound", "case", "fixed", "flat"}


def is_whole(words: list[Token]) -> bool:
    """Whether no bracket opens or closes outside: such a phrase is cut at a slip of the parse."""
    depth = 0
    for word in words:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(word.text, 0)
        if depth < 0:
            return False
    return not depth


def _name(token: Token, clauses: Clauses, opening: list[Token]) -> str:
    stem = "is" if deps(token, "cop") else past(clauses.verb(token).lemma, clauses.words)
    return camel(stem, *(c.lower_ for c in deps(token, "compound:prt")), *(t.lower_ for t in opening))


def _rest(token: Token, clauses: Clauses) -> list[tuple[Token, list[Token]]]:
    """The complements with their words, in text order; what a verb without any has behind or before it."""
    if copulas := deps(token, "cop"):
        return [(token, [t for t in [*deps(token, "case"), *phrases(token)] if t.i > copulas[-1].i])]
    relatives = clauses.words.words["relative_pronouns"]
    around = [c for c in token.children if _belongs(c) and not is_relative(c, relatives)]
    after = [c for c in around if c.i > token.i]
    if said := [c for c in after if base(c) == "ccomp" and deps_exact(c, "mark")]:
        after = said[:1]  # "told Ana on Monday that it would rain": when and to whom is no part of what is told
    if token.dep_ == "acl:relcl" and clauses.verb(token).slots.get("obj") and not deps(token, "obj", "nsubj:pass"):
        return []  # "the threat they pose to the town": what they pose is not in the clause
    if not after:
        after = [c for c in around if base(c) == "obl"]
    return [(c, _words(c)) for c in after]


def _belongs(child: Token) -> bool:
    """Complements and adverbs; of other clauses those that the verb needs: "forbade them from leaving"."""
    needed = base(child) == "advcl" and case(child) in {"from", "of", "into"}
    return needed or base(child) in _COMPLEMENTS | {"advmod"}


def _words(complement: Token) -> list[Token]:
    if base(complement) in {"ccomp", "xcomp", "advmod", "advcl"}:
        return list(complement.subtree)
    return [*preposition(complement), *phrases(complement)]


def _opening(token: Token, first: Token, words: list[Token]) -> list[Token]:
    """The preposition or "that" with which the rest begins: it goes with the verb."""
    if base(first) == "ccomp" and first.i != token.i:
        return [t for t in deps_exact(first, "mark") if t.lower_ == "that"]
    if first.i == token.i and deps(token, "cop"):
        return [t for t in deps(token, "case") if t.i > max(word.i for word in words)]
    return preposition(first)
