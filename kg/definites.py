"""What a definite nominal means that the pipeline's coreference leaves open or gets wrong: "the country", "the capital".

Comes in: the mentions of one article with their chains. Goes out: nominals with the one thing that each can mean. Where the words
around leave a choice, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Span as Words
from spacy.tokens import Token

from kg.model import Mention
from kg.syntax import base, deps, lemma

if TYPE_CHECKING:
    from kg.mentions import MentionIndex


def join_definites(index: MentionIndex) -> Iterator[tuple[Token, Mention]]:
    """Definite nominals that no chain has yet, and what they mean."""
    for token in index.doc:
        mention = index.at(token)
        if mention is None or mention.rule != "nominal" or not _is_definite(token):
            continue
        for rule in (
            _name_behind,
            _country_meant,
            _capital_meant,
            _outlet_meant,
            _child_meant,
            _called_later,
        ):
            meant = rule(token, index)
            if meant is not None and meant.chain != mention.chain:
                yield token, meant
                break


def _is_definite(noun: Token) -> bool:
    return noun.tag_ == "NN" and any(d.lower_ == "the" for d in deps(noun, "det"))


def is_plain(noun: Token) -> bool:
    """Whether a noun has nothing but "the" and a preposition before it, and nothing behind it that says which."""
    before = [c.lower_ for c in noun.children if base(c) not in {"case", "punct"} and c.i < noun.i]
    return before == ["the"] and not _is_told_behind(noun)


def _is_told_behind(noun: Token) -> bool:
    """Whether a phrase or a clause behind a noun says which is meant; one behind a comma adds something of what is known."""
    clauses = [c for c in deps(noun, "acl") if c.i < noun.i or "," not in {c.left_edge.text, c.left_edge.nbor(-1).text}]
    return bool(clauses or deps(noun, "nmod"))


# --- "the country" ----------------------------------------------------------------------------------------------------


def is_other_country(noun: Token, target: Mention, index: MentionIndex) -> bool:
    """Whether "the country" is, or may be, another than it is taken for: its sentence, or else the sentence before, names another
    last.
    """
    if not _is_the_country(noun) or target.type != "Country":
        return False
    near = _countries(index.doc[noun.sent.start : noun.i], index)
    if not near and noun.sent.start:
        before = index.doc[noun.sent.start - 1].sent
        near = _countries(before, index)
    return bool(near) and next(reversed(near)) != target.chain


def _country_meant(noun: Token, index: MentionIndex) -> Mention | None:
    """The one country that a sentence names before "the country": "Chad's parliament says the country needs rain"."""
    if not _is_the_country(noun) or not is_plain(noun):
        return None
    near = _countries(index.doc[noun.sent.start : noun.i], index)
    return next(iter(near.values())) if len(near) == 1 else None


def _is_the_country(noun: Token) -> bool:
    return is_country_noun(noun) and "the" in {d.lower_ for d in deps(noun, "det")}


def is_country_noun(noun: Token) -> bool:
    """Whether a noun says no more of a state than that it is one."""
    return lemma(noun) in {"country", "nation"} and noun.tag_ == "NN"


def _countries(words: Words, index: MentionIndex) -> dict[str, Mention]:
    """The countries that words name, also by what is theirs ("Chadian") and by their capital, each by its chain, the last one last."""
    found: dict[str, Mention] = {}
    for token in words:
        mention = index.named_at(token)
        state = index.state_of(mention) if mention is not None else None
        country = mention if mention is not None and mention.type == "Country" else None
        if state is not None:
            country = index.state(state.name)
        if country is not None:
            found.pop(country.chain, None)
            found[country.chain] = country
    return found


# --- whose child ------------------------------------------------------------------------------------------------------


def join_children(index: MentionIndex) -> Iterator[tuple[Token, Mention]]:
    """ "Her mother said she would fetch her daughter": the second "her" is the mother, and the daughter is whose mother she is."""
    for noun in index.doc:
        own = _owner_of(noun, index) if lemma(noun) in _PARENTS and noun.tag_ == "NN" else None
        parent = index.at(noun)
        if own is None or parent is None or own[1].type != "Person":
            continue
        for child in index.doc[noun.i + 1 : noun.sent.end]:
            theirs = _owner_of(child, index) if child.tag_ == "NN" and lemma(child) in _CHILDREN else None
            if theirs is None or theirs[0].pos_ != "PRON" or theirs[1].chain != own[1].chain:
                continue
            if theirs[0].lower_ in _PARENTS[lemma(noun)]:
                yield theirs[0], parent
                if lemma(child) == _CHILD_OF.get(own[0].lower_):
                    yield child, own[1]


_PARENTS = {"father": frozenset({"his"}), "mother": frozenset({"her"})}
_CHILD_OF = {"his": "son", "her": "daughter"}


def _owner_of(noun: Token, index: MentionIndex) -> tuple[Token, Mention] | None:
    owners = deps(noun, "nmod:poss")
    mention = index.at(owners[0]) if len(owners) == 1 else None
    return (owners[0], mention) if mention is not None else None


# --- who says it ------------------------------------------------------------------------------------------------------


def join_speakers(index: MentionIndex) -> Iterator[tuple[Token, Mention]]:
    """ "Chad's port board says it will hire guards": what says that "it" does something is meant, neither the place that it is of
    nor whom it tells.
    """
    words = index.knowledge.words
    for pronoun in index.doc:
        verb, mention = pronoun.head, index.at(pronoun)
        said = verb.head
        if pronoun.lower_ != "it" or pronoun.dep_ != "nsubj" or mention is None or verb.dep_ != "ccomp":
            continue
        speakers = [c for c in deps(said, "nsubj") if c.i < said.i < pronoun.i]
        if len(speakers) != 1 or lemma(said) not in words["speech_verbs"] or deps(verb, "cop"):
            continue
        speaker = index.at(speakers[0])
        if speaker is None or speaker.kind == "pronoun" or speaker.chain == mention.chain:
            continue
        told = any((m := index.at(t)) is not None and m.chain == mention.chain for t in deps(said, "obj", "iobj"))
        if _speaks_for_itself(speakers[0], speaker, index) and (told or index.knowledge.is_a(mention.type, "Place")):
            yield pronoun, speaker


def _speaks_for_itself(noun: Token, speaker: Mention, index: MentionIndex) -> bool:
    """Whether a speaker is one body or state, of which "it" can be said."""
    known = index.knowledge
    is_body = known.is_a(speaker.type, "Organization") or speaker.type == "Country"
    return is_body and noun.tag_ != "NNS" and not deps(noun, "conj")


# --- what a name ends in ----------------------------------------------------------------------------------------------


def full_tails(index: MentionIndex) -> dict[str, str]:
    """The names of nominals that end in another nominal which has a fuller one, by their chains: "the cases in the country" are
    "cases in Chad", and "spread of the virus" is that of "the H5N1 virus".
    """
    found: dict[str, str] = {}
    for token in index.doc:
        mention = index.at(token)
        if mention is None or mention.kind != "nominal" or mention.chain in index.chain_names:
            continue
        for inner in index.doc[token.i + 1 : token.right_edge.i + 1]:
            said = f"{inner.nbor(-1).text} {inner.text}"
            if inner.nbor(-1).lower_ in _POINTING and f" {said} " in f"{mention.name} " and _ends_its_phrase(inner):
                full = _full_name(inner, index.at(inner), index)
                if full and full not in mention.name:
                    name = found.get(mention.chain, mention.name)
                    found[mention.chain] = name.replace(said, full)
    return found


_POINTING = frozenset({"the", "this"})


def _ends_its_phrase(noun: Token) -> bool:
    """Whether nothing right behind a noun belongs to it, nor it to a name there: not "the port of Velm", "the ferry Orla"."""
    behind = {base(c) for c in noun.children if c.i > noun.i}
    names = noun.i + 1 < len(noun.doc) and noun.nbor().pos_ == "PROPN"
    within = base(noun) in {"compound", "flat", "appos", "amod"}
    return not (names or within) and behind <= {"punct", "appos", "conj"}


def _full_name(noun: Token, mention: Mention | None, index: MentionIndex) -> str:
    """What a nominal's chain is called, where that says more than its noun does."""
    if mention is None or mention.kind != "nominal":
        return ""
    if mention.chain in index.chain_names:
        bare = index.knowledge.is_a(mention.type, "Place") or mention.type in {"Person", "Facility", "MediaOutlet"}
        takes_article = not bare or mention.name.startswith("United ")
        return f"the {mention.name}" if takes_article else mention.name
    words = mention.name.split()
    if not 1 < len(words) < 5 or words[-1] != noun.lower_ or words[0] in index.knowledge.words["words_of_some"]:
        return ""
    return mention.name if "'" in mention.name else f"the {mention.name}"


# --- places, papers, children -----------------------------------------------------------------------------------------


def _name_behind(noun: Token, index: MentionIndex) -> Mention | None:
    """ "The capital, Velm, …": the place named between commas, whatever the parse hangs it on."""
    after = index.doc[noun.i + 1 : noun.i + 3]
    if lemma(noun) != "capital" or len(after) < 2 or after[0].text != ",":
        return None
    name = index.named_at(after[1])
    is_town = name is not None and name.type in _TOWNS and name.rule != "demonym"
    return name if is_town and base(after[1]) in {"appos", "conj", "nmod", "flat"} else None


_TOWNS = frozenset({"City", "Place", "Region"})


def _capital_meant(noun: Token, index: MentionIndex) -> Mention | None:
    """ "The capital": that of the one country near, where the article names it."""
    if lemma(noun) != "capital" or not is_plain(noun):
        return None
    near = _countries(index.doc[noun.sent.start : noun.i], index)
    if not near and noun.sent.start:
        near = _countries(index.doc[noun.sent.start - 1].sent, index)
    if len(near) != 1:
        return None
    [country] = near.values()
    cities = [m for n in index.names if (m := index.by_token[n.start]).type in _TOWNS]
    return next((m for m in cities if (s := index.state_of(m)) is not None and s.name == country.name), None)


def _outlet_meant(noun: Token, index: MentionIndex) -> Mention | None:
    """ "The paper": the one outlet that this sentence or the two before name."""
    if lemma(noun) not in index.knowledge.words["outlet_nouns"] or not is_plain(noun):
        return None
    start = noun.sent.start
    for _ in range(2):
        start = index.doc[start - 1].sent.start if start else 0
    named = [m for t in index.doc[start : noun.i] if (m := index.named_at(t)) is not None and m.type == "MediaOutlet"]
    return named[-1] if len({m.chain for m in named}) == 1 else None


def _child_meant(noun: Token, index: MentionIndex) -> Mention | None:
    """ "Sow took his daughter home, where the baby slept": the one child of somebody that the sentence names before."""
    words = index.knowledge.words
    if lemma(noun) not in words["small_children"] or not is_plain(noun):
        return None
    before = [t for t in index.doc[noun.sent.start : noun.i] if lemma(t) in _CHILDREN and deps(t, "nmod:poss")]
    found = {m.chain: m for t in before if t.tag_ == "NN" and (m := index.at(t)) is not None}
    return next(iter(found.values())) if len(found) == 1 else None


_CHILDREN = frozenset({"son", "daughter", "child"})


def _called_later(noun: Token, index: MentionIndex) -> Mention | None:
    """ "The accident … the tram accident": what the article has one of, by the words that it uses later."""
    mine = index.at(noun)
    if mine is None or not is_plain(noun) or " " in mine.name or index.knowledge.is_a(mine.type, "Organization"):
        return None
    same = [t for t in index.doc if t.i != noun.i and lemma(t) == lemma(noun) and index.named_at(t) is None]
    if any(not _is_definite(t) for t in same):
        return None  # "another accident" may be the one that is meant
    later = [t for t in same if t.i > noun.i and deps(t, "compound") and not deps(t, "amod", "nummod")]
    found = {m.chain: m for t in later if (m := index.at(t)) is not None and m.type == mine.type}
    return next(iter(found.values())) if len(found) == 1 else None
