"""What speaks against taking two mentions for one: words that tell them apart, places of another size, a pronoun that says
something of whom it would stand for.

Comes in: a nominal or a pronoun and what the pipeline's coreference takes it for. Goes out: whether it cannot be that, or
may as well be another. Where it may be either, nothing is joined: an open reference costs less than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.model import Mention
from kg.syntax import base, case, deps, is_infinitive, lemma

if TYPE_CHECKING:
    from kg.mentions import MentionIndex


def tells_apart(mine: Set[str], theirs: Set[str], words: Mapping[str, frozenset[str]]) -> bool:
    """Whether the modifiers of one noun, said twice, are those of two things: "the former bridge" and "the bridge", "the current
    coach" and "the new coach"; "the bridge" may well be "the new bridge".
    """
    if (mine ^ theirs) & (words["words_of_more"] | words["words_of_before_and_after"]):
        return True
    old = words["words_of_old"]
    return ("new" in mine and bool(theirs & old)) or ("new" in theirs and bool(mine & old))


def cannot_name(noun: Token, target: Mention, index: MentionIndex) -> bool:
    """Whether a nominal is no noun for what it is taken for, by what the two are."""
    return (
        _is_of_another_size(noun, target, index)
        or _is_child_of_its_parent(noun, target, index)
        or _are_other_people(noun, target, index)
    )


def _is_of_another_size(noun: Token, place: Mention, index: MentionIndex) -> bool:
    """ "The city" and "the southern province" are no state, nor is "the region" a city; "the world" is no place that has a name; "the
    north" may be North Korea.
    """
    known = index.knowledge
    if not known.is_a(place.type, "Place") or place.kind != "name":
        return False
    key = lemma(noun)
    if key in known.words["nouns_of_all_places"]:
        return True
    mine = known.nouns.get(key)
    if noun.tag_ == "NNS" and not place.name.endswith("s"):
        return mine is not None and known.is_a(mine, "Place")
    if place.type == "City":
        return mine == "Region" and key not in place.name.casefold().split()
    if place.type != "Country":
        return False
    if key == "state" and not deps(noun, "amod", "compound"):
        return True  # "the Norse state" is one, "the state" may be one of its parts
    return mine == "City" or (key in known.words["parts_of_states"] and key not in place.name.casefold().split())


def _is_child_of_its_parent(noun: Token, person: Mention, index: MentionIndex) -> bool:
    """ "Sow took his daughter home, where the baby slept": somebody who has a child or a wife is no baby."""
    if person.type != "Person" or lemma(noun) not in index.knowledge.words["small_children"]:
        return False
    for token in index.doc[: noun.i]:
        if lemma(token) in index.knowledge.words["relatives_of_adults"]:
            owners = [m for c in deps(token, "nmod:poss") if (m := index.at(c)) is not None]
            if any(m.chain == person.chain for m in owners):
                return True
    return False


def _are_other_people(noun: Token, target: Mention, index: MentionIndex) -> bool:
    """ "The gunmen" are no "passengers": groups that are called by two nouns are two, unless one of the nouns is said of anybody."""
    if noun.tag_ != "NNS" or target.kind != "nominal" or target.type != "Group":
        return False
    theirs = index.heads.get(target.chain, "")
    vague = index.knowledge.words["nouns_of_anybody"]
    return noun.lower_ != theirs and not {noun.lower_, theirs} & vague and theirs.endswith("s")


def cannot_stand_for(pronoun: Token, target: Mention, index: MentionIndex) -> bool:
    """Whether a pronoun that does something is somebody else than it is taken for, or may as well be."""
    verb = pronoun.head
    if pronoun.lower_ in index.knowledge.words["group_pronouns"] and _is_one_place(pronoun, target, index):
        return True
    if pronoun.lower_.endswith(("self", "selves")):
        return _is_not_itself(pronoun, target, index)
    if base(pronoun) in {"obj", "iobj"}:
        return _is_done_to_another(pronoun, target, index)
    if base(pronoun) not in {"nsubj", "nsubj:pass"} or verb.i < pronoun.i:
        return False
    return (
        _is_named_below(pronoun, target, index)
        or _has_nearer_rival(pronoun, target, index)
        or _are_others_of_the_sentence_before(pronoun, target, index)
    )


def _are_others_of_the_sentence_before(pronoun: Token, target: Mention, index: MentionIndex) -> bool:
    """ "Red Help said the gunmen had left. They took a car.": of one body and of people whom the sentence before tells of, "they" may be
    the people.
    """
    known = index.knowledge
    opens = all(t.pos_ in {"ADV", "CCONJ", "PUNCT", "SPACE"} for t in index.doc[pronoun.sent.start : pronoun.i])
    is_one = target.type == "Group" or known.is_a(target.type, "Organization")
    if pronoun.lower_ != "they" or not opens or not is_one or target.text.endswith("s"):
        return False
    before = index.doc[pronoun.sent.start - 1].sent if pronoun.sent.start else None
    people = [t for t in before or () if t.tag_ == "NNS" and base(t) == "nsubj"]
    return any((m := index.at(t)) is not None and m.type == "Group" and m.chain != target.chain for t in people)


def _is_one_place(pronoun: Token, target: Mention, index: MentionIndex) -> bool:
    """ "Chad, Togo and Mali say they agree", "Chad shut two stations as they showed it": the one state or city that a sentence
    names is not "they".
    """
    if not index.knowledge.is_a(target.type, "Place") or target.type == "Facility" or target.text.endswith("s"):
        return False
    before = index.doc[pronoun.sent.start : pronoun.i]
    return any((m := index.named_at(t)) is not None and m.chain == target.chain for t in before)


def _is_not_itself(pronoun: Token, target: Mention, index: MentionIndex) -> bool:
    """ "The valley was left to itself": "itself" is what the clause is about."""
    subjects = [m for c in deps(pronoun.head, "nsubj", "nsubj:pass") if (m := index.at(c)) is not None]
    return len(subjects) == 1 and subjects[0].chain != target.chain


def _is_done_to_another(pronoun: Token, target: Mention, index: MentionIndex) -> bool:
    """ "Sow praised him": him is not Sow, who would have praised himself."""
    doers = [m for c in deps(pronoun.head, "nsubj") if (m := index.at(c)) is not None]
    return any(m.chain == target.chain for m in doers)


def _is_named_below(pronoun: Token, target: Mention, index: MentionIndex) -> bool:
    """ "He said Mr. Sow would resign": whoever says something of Sow by his name is not Sow."""
    verb = pronoun.head
    for token in verb.subtree:
        if token.i <= verb.i or base(token) not in _ARGUMENTS:
            continue
        named = index.named_at(token)
        if named is not None and named.chain == target.chain and named.rule != "demonym":
            between = [t for t in (token, *token.ancestors) if verb.is_ancestor(t)]
            if all(base(t) in _COMPLEMENTS for t in between):
                return True
    return False


_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl"})
_COMPLEMENTS = _ARGUMENTS | {"ccomp", "xcomp"}


def _has_nearer_rival(pronoun: Token, target: Mention, index: MentionIndex) -> bool:
    """ "A wall built by King Ali when he ruled": "he" is the one whom the clause that "when" belongs to names, or nobody that is
    sure; so are "they" in "guards protect drivers as they leave", which may be either.
    """
    verb = pronoun.head
    if base(verb) != "advcl" or verb.i < verb.head.i or not deps(verb, "mark", "advmod"):
        return False
    above = verb.head
    doers = [c for c in deps(above, "nsubj", "nsubj:pass", "obj") if c.i < pronoun.i]
    doers += [t for t in above.subtree if base(t) == "obl" and case(t) == "by" and t.i < pronoun.i]
    fitting = [m for c in doers if (m := index.at(c)) is not None and _is_alike(m, target) and _fits(pronoun, c, m)]
    chains = {m.chain for m in fitting}
    if target.chain in chains:
        return pronoun.lower_ == "they" and len(chains) > 1 and is_infinitive(above)
    if not chains:
        return False
    return pronoun.lower_ == "they" or not _is_named_before(pronoun, target, index)


def _is_named_before(pronoun: Token, target: Mention, index: MentionIndex) -> bool:
    """Whether a sentence speaks of somebody before a pronoun, and not only of what is his."""
    before = index.doc[pronoun.sent.start : pronoun.i]
    return any((m := index.at(t)) is not None and m.chain == target.chain and base(t) in _ARGUMENTS for t in before)


def _fits(pronoun: Token, noun: Token, mention: Mention) -> bool:
    if pronoun.lower_ == "they":
        return noun.tag_ in {"NNS", "NNPS"} or mention.type == "Group"
    return mention.type == "Person" and mention.kind == "name"


def _is_alike(one: Mention, other: Mention) -> bool:
    return one.type == other.type or {one.type, other.type} <= {"Group", "Organization", "Person"}


def of_other_owners(index: MentionIndex) -> Iterator[Token]:
    """Nominals that were taken for something of another owner: "Ruiz lost her seat, Sow kept his seat" is about two seats."""
    owners: dict[str, str] = {}
    for token in index.doc:
        mention = index.at(token)
        if mention is None or mention.kind != "nominal" or mention.chain in index.chain_names:
            continue
        found = [m.chain for c in deps(token, "nmod:poss") if (m := index.at(c)) is not None]
        owner = found[0] if len(found) == 1 and found[0] in index.chain_names else ""
        if mention.rule == "coreference" and owner and owners.get(mention.chain, owner) != owner:
            yield token
        elif owner:
            owners.setdefault(mention.chain, owner)
