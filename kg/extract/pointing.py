"""Whether words point at what only other sentences name: "it", "these towns", "the site".

Comes in: the words of a reading, which are all that it has, and the article's mentions. Goes out: whether somebody who reads
them alone would not know what is meant. In the first sentence nothing stands before that could tell more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from kg.extract.clauses import Clauses
from kg.extract.wording import QUOTE_MARKS
from kg.model import Mention
from kg.syntax import base, deps

_TELLING = frozenset({"amod", "compound", "nmod", "nummod", "acl", "appos", "flat"})


def subject_points(words: Sequence[Token], subject: Token, clauses: Clauses) -> bool:
    """Whether a subject is "the infected lungs", "these towns", "the same plan" or "her parents", and nothing more is known of it: no
    name or number in its words, and no fuller name from before.
    """
    mention = clauses.index.at(subject)
    if subject.sent.start == 0 or _is_named(mention, clauses):
        return False
    owners = [t for t in deps(subject, "nmod:poss") if t.pos_ == "PRON"]
    if owners and (mention is None or "'" not in mention.name):
        return True
    others = [t for t in words if t not in owners]
    return _is_definite_and_vague(others, subject, mention) or object_points(others, subject, clauses)


def object_points(words: Sequence[Token], subject: Token, clauses: Clauses) -> bool:
    """Whether what is told of a subject leaves open what "it", "their" or "these towns" in it is: neither the subject, nor somebody of
    that name, nor named in the words. What stands in quotation marks is the speaker's, as he said it.
    """
    if subject.sent.start == 0:
        return False
    mentions = {token.i: clauses.index.at(token) for token in (*words, subject)}
    known = {m.chain for i, m in mentions.items() if m is not None and (m.kind != "pronoun" or i == subject.i)}
    for token in _unquoted(words):
        if _is_pronoun(token, clauses):
            mention = mentions[token.i]
            is_person = token.lower_ in clauses.words.words["person_pronouns"] and mention is not None
            if mention is None or not (
                mention.chain in known or (is_person and mention.chain in clauses.index.chain_names)
            ):
                return True
        elif token.pos_ == "NOUN" and _is_shown(token, clauses):
            return True
    return False


def _is_pronoun(token: Token, clauses: Clauses) -> bool:
    """A pronoun of the third person that stands for something: not the first word of "it rained"."""
    sets = ("thing_pronouns", "group_pronouns", "person_pronouns")
    third = any(token.lower_ in clauses.words.words[name] for name in sets)
    return third and token.pos_ == "PRON" and base(token) != "expl"


def _is_shown(noun: Token, clauses: Clauses) -> bool:
    """ "these towns", "both men", "the same plan": which, the words do not tell; of "this year" the article's date does."""
    if noun.ent_type_ in {"DATE", "TIME"}:
        return False
    shown = {t.lower_ for t in deps(noun, "det", "amod") if t.i < noun.i}
    return bool(shown & clauses.words.words["showing_words"]) and not deps(noun, "acl", "nmod")


def _is_definite_and_vague(words: Sequence[Token], noun: Token, mention: Mention | None) -> bool:
    if noun.pos_ != "NOUN" or not any(d.lower_ == "the" for d in deps(noun, "det")):
        return False
    own_words = mention is None or mention.name.casefold().endswith(words[-1].lower_)
    return own_words and not any(t.pos_ in {"PROPN", "NUM"} or t.ent_type_ not in {"", "ORDINAL"} for t in words)


def is_unknown(noun: Token, mention: Mention | None, clauses: Clauses) -> bool:
    """ "the site": a definite noun that nothing describes, here or before. Of the first sentence nothing more can be known."""
    definite = any(d.lower_ == "the" for d in deps(noun, "det"))
    if not definite or noun.pos_ != "NOUN" or any(base(c) in _TELLING for c in noun.children) or noun.sent.start == 0:
        return False
    return mention is None or not (_is_named(mention, clauses) or " " in mention.name)


def _is_named(mention: Mention | None, clauses: Clauses) -> bool:
    return mention is not None and (mention.kind == "name" or mention.chain in clauses.index.chain_names)


def _unquoted(words: Iterable[Token]) -> Iterator[Token]:
    inside = False
    for token in words:
        if token.text in QUOTE_MARKS:
            inside = not inside
        elif not inside:
            yield token
