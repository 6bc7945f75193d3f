"""The words of a statement as its sentence has them: whole phrases for its two sides, and the verb with all that belongs to it.

A claim names its sides by mention, often by the head alone ("delegation"); a reader wants to see what the sentence says: "a
Chinese delegation of 20" - "had arrived in" - "the port of Aden". Comes in: a statement's tokens. Goes out: text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.clauses import Clauses
from kg.extract.events import Amount, Filler, Statement
from kg.extract.relations import Relation
from kg.lexicon import Knowledge
from kg.model import READINGS, Evidence, Value
from kg.syntax import (
    CLAUSAL,
    ancestors_until_root,
    base,
    case,
    deps,
    is_content,
    is_front,
    is_infinitive,
    is_passive,
    listed,
    measured,
)

_CUT = frozenset(
    {"conj", "cc", "parataxis", "appos", "advcl", "punct", "discourse", "dislocated", "nsubj", "cop", "aux"}
)
_CUT_CLAUSES = frozenset({"acl:relcl"})
_MARKERS = frozenset({"case", "mark", "cc", "punct", "cop", "aux", "nsubj", "csubj", "expl", "advcl", "parataxis"})
LONGEST = 60  # words
LONGEST_TITLE = 12  # from the first name in it to the mark that closes it
QUOTE_MARKS = frozenset({'"', "“", "”"})


def worded(evidence: Evidence, subject: Filler, obj: Filler | Amount | Value, knowledge: Knowledge) -> Evidence:
    """The evidence with the whole phrases of both sides, with what measures them ("dozens of boats"); of two that stand in one
    another each keeps its own words.
    """
    quantifiers = knowledge.words["quantifier_nouns"]
    subject_head = measured(subject[0], quantifiers)
    if evidence.extractor == READINGS:
        told = obj.lexical if isinstance(obj, Value) else ""
        return replace(evidence, subject_text=spoken(unbroken(phrases(subject_head), subject_head)), object_text=told)
    subject_words = [] if subject[1].rule == "unnamed" else phrase(subject_head)
    if isinstance(obj, Value):
        object_words: list[Token] = []
    else:
        object_head = measured(obj[0], quantifiers)
        object_words = phrase(object_head)
        subject_words = _without(subject_words, object_head, subject_head)
        object_words = _without(object_words, subject_head, object_head)
    object_text = obj[1].lexical if not isinstance(obj, Value) and isinstance(obj[1], Value) else spoken(object_words)
    return replace(evidence, subject_text=spoken(subject_words), object_text=object_text)


def _without(words: list[Token], inner: Token, head: Token) -> list[Token]:
    """The words of a phrase but those of another side that stands in it: "the mill (in Lyon)", "(Lyon's) mill"."""
    if not head.is_ancestor(inner):
        return words
    inside = {t.i for t in inner.subtree}
    return trimmed(t for t in words if t.i not in inside)


def told_words(statement: Statement, clauses: Clauses) -> str:
    """The words between the two sides of a statement: "was signed by", "paid a visit to"."""
    token = statement.token
    fixed = list(statement.frame.words[1:]) if statement.frame else []
    if token.pos_ == "VERB" or deps(token, "cop"):
        words = [*verb_words(token, clauses), *([token] if deps(token, "cop") else [])]
    elif clauses.is_supported(token):
        words, fixed = verb_words(token.head, clauses), [token]
    else:
        return statement.predicate_text
    for word in fixed:
        words += [t for t in word.subtree if t.i <= word.i and base(t) not in {"nmod", "cc", "punct"}]
    filler = (
        statement.subject[0] if clauses.passive(token) and base(statement.subject[0]) == "obl" else statement.object[0]
    )
    filler = measured(filler, clauses.words.words["quantifier_nouns"])
    # "a statement made there" after "via": of another verb
    before = filler.i < token.i and not token.is_ancestor(filler)
    joint = [] if before else preposition(filler)
    if joint and joint[0].i < token.i and filler.i < min((t.i for t in words), default=0):
        return f"{spoken(words)} {spoken(joint).lower()}"  # "In Oslo she was elected": was elected in
    return spoken([*words, *joint])


def with_verb(relation: Relation) -> str:
    """The words of a lasting relation; where the sentence leaves the verb out ("Russia's Shoigu", "the mill in Lyon"), with it."""
    words = relation.words
    if relation.rule.startswith("copula") or relation.token.pos_ in CLAUSAL:
        return words
    plural = relation.subject[0].tag_ in {"NNS", "NNPS"} and relation.subject[1].kind != "name"
    verb = "are" if plural else "is"
    object_text = relation.object.lexical if isinstance(relation.object, Value) else relation.object[1].text
    if words in {"'s", "’s", "'", "’"}:
        return "have" if plural else "has"
    if words.casefold() == object_text.casefold() or relation.rule in {"title-before", "apposition", "kind"}:
        return verb
    if words in {",", "("}:
        return f"{verb} in"
    if not isinstance(relation.object, Value) and words == spoken(preposition(relation.object[0])):
        return f"{verb} {words}"
    if relation.rule.startswith(("date", "quantity")):
        return verb
    return f"{verb} {words} of" if relation.token.pos_ in {"NOUN", "PROPN"} else words


def spoken(tokens: Iterable[Token]) -> str:
    """The words in text order: neighbours as the text spaces them, a gap as one space."""
    parts: list[str] = []
    last = None
    for token in sorted({t.i: t for t in tokens}.values(), key=lambda t: t.i):
        if last is not None and last.i + 2 == token.i and token.text in QUOTE_MARKS and not last.nbor().whitespace_:
            parts.append(token.text)  # "the novel "Red Rivers"," which the comma belongs to
            last = token
            continue
        if last is not None and last.i + 2 == token.i and last.nbor(1).text == "," and last.pos_ != "VERB":
            parts.append(",")
        if last is not None and last.i + 2 == token.i and last.nbor(1).text == "-" and not last.nbor(1).whitespace_:
            parts += ["" if not last.whitespace_ else " ", "-"]  # "T-shirt", whatever the hyphen hangs on
            last = last.nbor(1)
        is_next = last is not None and last.i + 1 == token.i
        spaced = bool(token.nbor(-1).whitespace_) if is_next else token.text != ","
        if parts and spaced:
            parts.append(" ")
        parts.append(token.text)
        last = token
    return " ".join("".join(parts).split())


def phrase(head: Token) -> list[Token]:
    """A nominal with its modifiers and complements, without its preposition, relative clauses, loose appositions, participles
    that tell a thing of their own, and what is coordinated with it.
    """
    return trimmed(_phrase(head))


def unbroken(words: list[Token], head: Token) -> list[Token]:
    """The words up to the first gap behind the head that no cut clause or apposition explains: there the parse went astray."""
    kept: list[Token] = []
    for word in words:
        if kept and kept[-1].i >= head.i and not _is_explained(kept[-1], word, {t.i for t in kept} | {head.i}):
            break
        kept.append(word)
    return trimmed(kept)


def _is_explained(last: Token, word: Token, told: set[int]) -> bool:
    """Whether all that is left out between two words belongs to what is cut from those before."""
    for token in last.doc[last.i + 1 : word.i]:
        if token.pos_ not in {"VERB", "AUX", "NOUN", "PROPN", "ADJ"}:
            continue
        chain = [token, *ancestors_until_root(token)]
        below = list(itertools.takewhile(lambda t: t.i not in told, chain))
        if len(below) == len(chain) or not _may_be_cut(below[-1]):
            return False
    return True


def _may_be_cut(token: Token) -> bool:
    return _is_cut(token) or base(token) in {"cc", "case", "advmod", "mark"}


def phrases(head: Token) -> list[Token]:
    """A nominal with all that is coordinated with it: "Chad and the north of Niger"."""
    others = _fellows(head)
    joints = [t for other in others for c in deps(other, "cc", "punct", "case") if c.i < other.i for t in c.subtree]
    return trimmed([*_phrase(head), *joints, *(t for other in others for t in _phrase(other))])


def _fellows(head: Token) -> list[Token]:
    """What is coordinated with a nominal: no verbs, and nothing where no "and" or "or" joins it."""
    found = [c for c in listed(head) if c.i != head.i and c.pos_ not in CLAUSAL and not deps(c, "nsubj", "cop", "aux")]
    found = [c for c in found if not (case(c) and any(t.lower_ == "but" for t in deps(c, "cc", "cc:preconj")))]
    return found if any(deps(c, "cc") for c in found) else []


def _phrase(head: Token, depth: int = 0) -> Iterator[Token]:
    yield head
    for child in head.children:
        if child.i < head.i:
            if base(child) not in _MARKERS:
                yield from (t for t in child.subtree if t.i < head.i)
        elif _is_cut(child):
            if base(child) not in {"punct", "cc", "case"}:
                break
        elif child.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} and depth < 20:
            yield from (t for t in child.subtree if t.i < child.i)
            yield from (t for t in _inner(child, depth) if t.i >= child.i)
            if child.left_edge.text in QUOTE_MARKS:
                marks = (t for t in child.doc[child.i + 1 : child.i + LONGEST_TITLE] if t.text in QUOTE_MARKS)
                yield from itertools.islice(marks, 1)
        else:
            yield from child.subtree


def _inner(child: Token, depth: int) -> Iterator[Token]:
    """A complement's own phrase, with what is coordinated with it: "the ministry of trade and industry"."""
    yield from _phrase(child, depth + 1)
    for other in _fellows(child):
        yield from (t for c in deps(other, "cc", "punct", "case") if c.i < other.i for t in c.subtree)
        yield from _phrase(other, depth + 1)


def _is_cut(child: Token) -> bool:
    if is_absolute(child):
        return True
    if child.dep_ in _CUT_CLAUSES or base(child) in _CUT:
        return not _is_close(child)
    return base(child) == "acl" and child.tag_ in {"VBN", "VBG"} and not (is_infinitive(child) or is_content(child))


def _is_close(child: Token) -> bool:
    """A name right behind what it names, be it parsed word by word or quoted: "the journal Nature", "the paper Lima Today", 'the novel
    "Red Rivers"'.
    """
    first = child.left_edge
    while child.dep_ == "appos" and first.i > child.head.i + 1 and (before := first.nbor(-1)).dep_ == "appos":
        if before.head.i != child.head.i or before.pos_ != "PROPN":
            break
        first = before.left_edge
    is_name = child.pos_ == "PROPN" or child.text == "#"
    return child.dep_ == "appos" and is_name and first.i == child.head.i + 1 and _is_word_or_quote(first)


def _is_word_or_quote(first: Token) -> bool:
    return not first.is_punct or first.text in QUOTE_MARKS | {"#"}


def is_absolute(nominal: Token) -> bool:
    """ "with the first meeting set to take place in May": tells a thing of its own, and modifies nothing."""
    ends = [c for c in deps(nominal, "acl") if c.tag_ in {"VBN", "VBG"} and not is_infinitive(c)]
    return case(nominal) == "with" and bool(ends) and ends[0].left_edge.i > nominal.i


def trimmed(tokens: Iterable[Token]) -> list[Token]:
    """In text order, without punctuation at the ends, and not without end."""
    found = sorted({t.i: t for t in tokens if not t.is_space}.values(), key=lambda t: t.i)[:LONGEST]
    while found and found[0].is_punct and not found[0].is_quote and not found[0].is_bracket:
        found = found[1:]
    while found and found[-1].is_punct and not found[-1].is_quote and found[-1].text != "%":
        found = found[:-1]
    return found


def verb_words(verb: Token, clauses: Clauses) -> list[Token]:
    """A verb, or a predicate noun or adjective's copula, with auxiliaries, negation, particle, the adverbs between them, and
    the verbs it is chained to: "was supposed to check out", "had never been", "kept selling".
    """
    parts = [t for t in deps(verb, "aux", "cop") if t.i < verb.i or t.dep_ == "cop"]
    core = parts if deps(verb, "cop") else [*parts, verb, *deps(verb, "compound:prt")]
    if not core:
        return []
    first, last = min(t.i for t in core), max(t.i for t in core)
    between = [t for t in deps(verb, "advmod", "mark") if first < t.i < last and not list(t.children)]
    own = [*core, *between, *_shared_auxiliaries(verb)]
    if base(verb) == "xcomp" and verb.head.pos_ in CLAUSAL and not deps(verb.head, "obj", "iobj") and _is_chained(verb):
        own += [*verb_words(verb.head, clauses), *(t for t in deps(verb, "mark") if t.lower_ == "to")]
    elif verb.tag_ == "VBG" and clauses.aspect(verb) == verb.head and verb.i == verb.head.i + 1:
        own += verb_words(verb.head, clauses)
    return own


def _shared_auxiliaries(verb: Token) -> list[Token]:
    """ "were detained and released": the auxiliary of a passive is that of a second participle too."""
    if verb.dep_ != "conj" or verb.tag_ != "VBN" or deps(verb, "aux", "nsubj") or not is_passive(verb):
        return []
    return [t for t in deps(verb.head, "aux") if t.i < verb.head.i]


def _is_chained(verb: Token) -> bool:
    """Whether nothing stands between a verb and the one it is chained to but "to": "tried to find"."""
    governor = verb.head
    between = [t for t in verb.doc[governor.i + 1 : min([verb.i, *(t.i for t in deps(verb, "aux", "cop"))])]]
    allowed = {
        *(t.i for t in deps(verb, "mark", "aux", "advmod")),
        *(t.i for t in deps(governor, "advmod", "compound:prt")),
    }
    return governor.i < verb.i and is_infinitive(verb) and all(t.i in allowed for t in between)


def preposition(filler: Token) -> list[Token]:
    """The preposition before an oblique filler, all its words; of coordinated ones that of the first."""
    while base(filler) == "conj" and not case(filler) and filler.head.i < filler.i:
        filler = filler.head
    if base(filler) not in {"obl", "nmod", "conj"} or not case(filler):
        return []
    found = [c for c in deps(filler, "case") if c.i < filler.i]
    if base(filler) == "nmod" and is_front(filler.head):
        found = [*deps(filler.head, "case"), filler.head, *found]
    return [t for c in found for t in [c, *deps(c, "fixed")]]
