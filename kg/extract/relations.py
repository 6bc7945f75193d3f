"""Relations that hold for a while: offices, kinship, age, membership, location, capitals, part-whole, nationality.

They are read from how things are named and joined (titles, appositions, possessives, copulas, "in" phrases). Such material is
presupposed: "he denied that Foreign Minister Sow lied" still says who is foreign minister.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from kg.extract.events import Filler, amount_at, amount_span, camel
from kg.extract.numbers import number_at, number_words_at
from kg.lexicon import Knowledge, Title
from kg.mentions import MentionIndex, Name, nominal_label, normal_name
from kg.model import Mention, Value
from kg.offices import Office, apposed_to, fields_of, find_offices, is_field, is_side, is_stance, owners_of
from kg.syntax import (
    base,
    case,
    coordinated,
    deps,
    deps_exact,
    is_infinitive,
    is_relative,
    lemma,
    noun_phrase,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement whose object is a mention or a literal; `sense_of` is the predicate whose sense it takes, if any."""

    subject: Filler
    predicate: str
    object: Filler | Value
    token: Token
    words: str
    rule: str
    confidence: float
    sense_of: Token | None = None
    until_now: bool = False
    object_span: tuple[int, int] | None = None


def find_relations(index: MentionIndex) -> Iterator[Relation]:
    """All lasting relations of an article."""
    for office in find_offices(index):
        yield from _office(office, index)
    for token in index.doc:
        yield from _copula(token, index)
        yield from _count_moves(token, index)
        yield from _toll(token, index)
        yield from _worth(token, index)
        yield from _cause_is(token, index)
        yield from _kinship(token, index)
        yield from _age(token, index)
        yield from _located(token, index)
        yield from _belongs(token, index)
        yield from _quantity(token, index)
        yield from _hyphenated(token, index)
        yield from _kind(token, index)
        yield from _owned(token, index)
        yield from _related(token, index)
        yield from _as_part(token, index)
        yield from _among_parts(token, index)
    yield from _name_parts(index)
    yield from _parentheses(index)


# --- offices ----------------------------------------------------------------------------------------------------------


def _office(office: Office, index: MentionIndex) -> Iterator[Relation]:
    person = (office.person_token, office.person)
    if office.incoming:
        return  # "incoming director Ana Sow" is none yet
    title = Value(f"{office.title} of {office.owners[0][1].name}" if _needs_owner(office, index) else office.title)
    words = index.doc[office.start : office.end].text
    if office.entry is None and office.head in index.knowledge.kin:
        return  # "his wife Ana Sow": a relative, not an office
    span = (index.doc[office.start].idx, index.doc[office.end - 1].idx + len(index.doc[office.end - 1].text))
    token = office.person_token
    yield Relation(person, "holdsPosition", title, token, words, office.rule, 0.92, None, office.former, span)
    if not office.owners:
        yield from _of_its_state(office, index)
    body = _body_of_member(office, index)
    if body is not None and all(owner.chain != body[1].chain for _, owner in office.owners):
        yield Relation(person, "memberOf", body, token, words, f"{office.rule}/memberOf", 0.85, None, office.former)
    for owner_token, owner in office.owners:
        for name in _office_properties(office, owner, index):
            national = office.entry is not None and office.head not in index.knowledge.words["municipal_heads"]
            mention = index.acting(owner) if owner.type == "City" and owner.rule != "demonym" and national else owner
            yield Relation(
                person, name, (owner_token, mention), token, words, f"{office.rule}/{name}", 0.9, None, office.former
            )


def _needs_owner(office: Office, index: MentionIndex) -> bool:
    """Whether an office is named with the one that it is of: "leader", and "president" of a body, which any club has."""
    if len(office.owners) != 1:
        return False
    is_body = index.knowledge.is_a(office.owners[0][1].type, "Organization")
    heads_body = office.entry is not None and office.entry.leads and office.title.islower() and is_body
    return office.title in index.knowledge.words["bare_offices"] or (heads_body and " " not in office.title)


def _of_its_state(office: Office, index: MentionIndex) -> Iterator[Relation]:
    """ "Foreign Secretary Ana Sow": of the few states that have such an office the one that the article names."""
    states = office.entry.states if office.entry is not None else ()
    named = [state for name in states if index.speaks_of(name) and (state := index.state(name)) is not None]
    if len(named) != 1 or index.states_of.get(office.person.chain):
        return
    person, token = (office.person_token, office.person), office.person_token
    names = ("leaderOf", "positionIn") if office.entry is not None and office.entry.leads else ("positionIn",)
    for name in names:
        words = index.doc[office.start : office.end].text
        rule = f"{office.rule}/state/{name}"
        yield Relation(person, name, (token, named[0]), token, words, rule, 0.75, None, office.former)


def _body_of_member(office: Office, index: MentionIndex) -> Filler | None:
    """ "a Politburo member": the body that a member is named with, where its first letter tells it from a "board member"."""
    words = index.doc[office.start : office.end - 1]
    if not len(words) or office.head != "member" or not index.doc[office.end - 1].text.islower():
        return None
    if any(t.pos_ != "PROPN" or not t.text[:1].isupper() for t in words):
        return None
    return words[-1], index.named_at(words[-1]) or index.body(words)


def _office_properties(office: Office, owner: Mention, index: MentionIndex) -> tuple[str, ...]:
    known = index.knowledge
    if any(known.is_a(owner.type, cls) for cls in ("Document", "Event", "Law", "Concept")):
        return ()  # who writes a book does not work for it
    if owner.type == "Group" and office.head != "member":
        return ()  # nor does a "Green-minded senator" serve the Greens
    if office.head == "member":
        return ("affiliatedWith",) if known.is_a(owner.type, "Place") else ("memberOf",)
    if office.head.startswith("spokes"):
        return ("spokespersonFor",) if not known.is_a(owner.type, "Place") else ("affiliatedWith",)
    if office.head in known.words["founding_heads"]:
        return ("founded",)
    if owner.type == "Country" and (office.head in known.words["posted_heads"] or _is_posted(office)):
        return ("affiliatedWith",)  # the "Chadian ambassador to Mali" has no post in Chad
    if office.entry is not None and office.entry.kind == "party" and office.head in known.words["aspirants"]:
        return ("affiliatedWith",)  # who runs for an office of a state holds none there yet
    if office.entry is None:
        return ("worksFor",) if not known.is_a(owner.type, "Place") else ("affiliatedWith",)
    if known.is_a(owner.type, "Place") and owner.type != "Country" and not office.entry.leads:
        return ("positionIn",)
    noun = office.person_token.doc[office.end - 1]
    if office.entry.leads and not _can_lead(office.entry, noun, owner, index):
        return ("positionIn",) if office.entry.kind == "military" else ("affiliatedWith",)
    if office.entry.leads and not _is_deputy(office) and not _is_sectional(office, owner, index):
        return ("leaderOf", "positionIn")
    if office.entry.kind in {"academic", "media", "other", "company"}:
        return ("worksFor",) if not known.is_a(owner.type, "Place") else ("affiliatedWith",)
    return ("positionIn",)


def _can_lead(entry: Title, noun: Token, owner: Mention, index: MentionIndex) -> bool:
    """Whether who has a leading title leads what it is named with: a "Lima director" and "Chad's exiled spiritual leader" lead
    no place.
    """
    if not index.knowledge.is_a(owner.type, "Place"):
        return True
    limits = index.knowledge.words["limited_leaders"]
    return entry.kind == "state" and not any(c.lower_ in limits for c in deps(noun, "amod", "compound"))


def _is_sectional(office: Office, owner: Mention, index: MentionIndex) -> bool:
    """Whether a leading title is narrowed to a part: the "security chair" of an institute does not lead it."""
    words, known = office.title.split(), office.entry.title.split() if office.entry else []
    if any(index.named_at(t) is not owner for t in fields_of(office, index)):
        return True  # a "Chief of Ports" of the UN leads its ports
    before = words[: len(words) - len(known)] if len(words) > len(known) else []
    return bool(before) and office.person_token.doc[office.start].pos_ in {"NOUN", "PROPN"} and before[-1].islower()


def _is_posted(office: Office) -> bool:
    """Whether an office says to whom it is sent: "ambassador to Mali", "envoy to the talks"."""
    return any(case(c) == "to" for c in deps(office.person_token.doc[office.end - 1], "nmod"))


def _is_deputy(office: Office) -> bool:
    return bool(re.match(r"(?i)(vice|deputy|assistant|acting deputy|under)\b", office.title))


# --- copulas ----------------------------------------------------------------------------------------------------------


def _copula(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "Juba is the capital of South Sudan", "Sow is a lawyer": what a thing is."""
    if not deps(token, "cop"):
        yield from _becomes(token, index)
        return
    amounts = [(t, amount) for t in coordinated(token) if (amount := amount_at(t)) is not None]
    if amount_at(token) is not None:
        for number, amount in amounts:
            yield from _amounts_to(token, number, amount, index)
        return
    yield from _count_is(token, token, index)
    if token.pos_ not in {"NOUN", "PROPN"}:
        return
    if case(token):
        yield from _is_in(token, index)
        return
    subjects = [(t, m) for c in deps(token, "nsubj") for t in coordinated(c) if (m := index.at(t)) is not None]
    words = " ".join(c.text for c in deps(token, "cop"))
    for subject in subjects:
        yield from _is_a(subject, token, words, index)


def _becomes(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "Sow became a citizen", "She remains chairwoman of the board"; who "stepped down as mayor" was one."""
    verb = token.head
    words = index.knowledge.words
    is_complement = token.dep_ == "xcomp" or (base(token) in {"obl", "advcl"} and case(token) == "as")
    if (
        not is_complement
        or token.pos_ != "NOUN"
        or lemma(verb) not in words["becoming_verbs"] | words["appointing_verbs"] | words["leaving_verbs"]
        or (lemma(verb) in words["leaving_verbs"] and case(token) != "as")
    ):
        return
    # whom one appoints holds the office; who becomes something holds it himself
    appointed = deps(verb, "obj") if lemma(verb) in words["appointing_verbs"] else deps(verb, "nsubj")
    leaves = lemma(verb) in words["leaving_verbs"]  # held whatever becomes of the leaving: "may step down as mayor"
    left = leaves and (verb.tag_ == "VBD" or any(lemma(a) == "have" for a in deps(verb, "aux")))
    for child in deps_exact(verb, "nsubj:pass") or appointed:
        for t in [verb.head] if is_relative(child, words["relative_pronouns"]) else coordinated(child):
            subject = index.at(t)
            if subject is not None:
                for relation in _is_a((t, subject), token, verb.text, index):
                    until_now = relation.until_now or left
                    yield replace(relation, sense_of=None if leaves else verb, until_now=until_now)


def _amounts_to(token: Token, number: Token, amount: Value, index: MentionIndex) -> Iterator[Relation]:
    """ "The offer is $57 million", "is $4 a share or $57 million overall": how much something comes to."""
    for child in deps(token, "nsubj"):
        subject = index.at(child)
        if subject is not None:
            words = " ".join(c.text for c in deps(token, "cop"))
            yield Relation(
                (child, subject),
                "quantity",
                amount,
                token,
                words,
                "copula/quantity",
                0.8,
                token,
                False,
                amount_span(number),
            )


def _worth(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "a $40 million settlement": the sum before a noun is what the thing comes to, if there is or will be one."""
    mention, known = index.at(token), index.knowledge
    if mention is None or mention.kind != "nominal" or token.tag_ != "NN" or known.is_a(mention.type, "Agent"):
        return
    definite = any(d.lower_ in {"the", "this", "that"} for d in deps(token, "det")) or bool(deps(token, "nmod:poss"))
    for child in deps(token, "compound", "nummod", "amod") if lemma(token) not in known.words["money_nouns"] else ():
        amount = amount_at(child) if child.i < token.i and child.ent_type_ == "MONEY" else None
        if amount is None or not any(c.isdigit() for c in amount.lexical) or deps(child, "appos", "nmod", "conj"):
            continue
        start, end = amount_span(child)
        before = index.doc.text[max(0, start - 14) : start].casefold().split()
        hedge = max((b for b in known.words["bounds"] if before[-len(b.split()) :] == b.split()), key=len, default="")
        value = Value(f"{hedge} {amount.lexical}") if hedge else amount
        sense = None if definite else token
        words = amount.lexical
        yield Relation(
            (token, mention), "quantity", value, token, words, "worth/quantity", 0.8, sense, False, (start, end)
        )


def _cause_is(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "The fire was the result of neglect", "Neglect was the cause of the fire": what brought what about."""
    known = index.knowledge.words
    is_result = lemma(token) in known["result_nouns"]
    if not deps(token, "cop") or not (is_result or lemma(token) in known["cause_nouns"]):
        return
    ones = [(t, m) for c in deps(token, "nsubj") for t in coordinated(c) if (m := index.at(t)) is not None]
    others = [
        (t, m) for c in deps(token, "nmod") if case(c) == "of" for t in coordinated(c) if (m := index.at(t)) is not None
    ]
    for one in ones:
        for other in others:
            cause, effect = (other, one) if is_result else (one, other)
            if cause[1].chain != effect[1].chain and "pronoun" not in {
                one[0].pos_.casefold(),
                other[0].pos_.casefold(),
            }:
                words = f"{' '.join(c.text for c in deps(token, 'cop'))} the {token.text} of"
                yield Relation(cause, "caused", effect, token, words, f"copula/{lemma(token)}", 0.75, token)


def _count_moves(verb: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "The death toll rose to 40", "The number of cases has reached 1,200": what a count comes to."""
    if lemma(verb) not in index.knowledge.words["counting_verbs"] or verb.pos_ != "VERB":
        return
    for number in [*deps(verb, "obj"), *(c for c in deps(verb, "obl") if case(c) in {"to", "at"})]:
        yield from _count_is(verb, number, index)


def _toll(verb: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "The outbreak caused 89 deaths", "The battle ended in 18 fatalities": how many an event killed or injured."""
    words = index.knowledge.words
    counted = deps_exact(verb, "obj") if lemma(verb) in words["toll_verbs"] else []
    counted += [c for c in deps(verb, "obl") if f"{lemma(verb)} {case(c)}" in words["toll_phrases"]]
    for noun in (t for c in counted for t in coordinated(c)) if verb.pos_ == "VERB" else ():
        name = "killedCount" if lemma(noun) in words["death_nouns"] else "injuredCount"
        numbers = [c for c in deps(noun, "nummod") if c.i < noun.i]
        known = lemma(noun) in words["death_nouns"] | words["injury_nouns"] and len(numbers) == 1
        value = number_at(numbers[0]) if known else ""
        start = number_words_at(numbers[0]).start if value else 0
        before = index.doc[max(0, start - 4) : start].text.casefold().split() if value else []
        if not value or any(before[-len(b.split()) :] == b.split() for b in words["bounds"]):
            continue
        span = (numbers[0].idx, numbers[0].idx + len(numbers[0].text))
        first = verb.head if verb.dep_ == "conj" and not deps(verb, "nsubj") else verb
        for subject in (t for c in deps_exact(first, "nsubj") for t in coordinated(c)):
            mention = index.at(subject)
            if mention is not None and index.knowledge.is_a(mention.type, "Event"):
                fact = Value(value, "integer")
                yield Relation((subject, mention), name, fact, verb, verb.text, f"toll/{name}", 0.8, verb, False, span)


def _count_is(predicate: Token, number: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "The death toll is over 120": a bare number said of a noun that counts."""
    if number.pos_ != "NUM" or number.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"}:
        return
    value = number_at(number)
    first = number_words_at(number).start
    before = index.doc[max(0, first - 3) : first].text.casefold()
    bounds = index.knowledge.words["bounds"]
    hedge = max((b for b in bounds if before.endswith(b)), key=len, default="")
    if lemma(predicate) in index.knowledge.words["exceeding_verbs"]:
        hedge = "more than"  # "has surpassed 40"
    span = (number.idx, number.idx + len(number.text))
    for subject in deps(predicate, "nsubj"):
        mention = index.at(subject)
        if value and mention is not None and lemma(subject) in index.knowledge.words["count_nouns"]:
            amount = Value(f"{hedge} {value}") if hedge else Value(value, "integer")
            words = predicate.text
            yield Relation(
                (subject, mention), "quantity", amount, predicate, words, "count/quantity", 0.8, predicate, False, span
            )


def _is_in(place: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "The embassy is in Lima": a place as a predicate."""
    known = index.knowledge
    mention = index.at(place)
    comes = case(place) == "from"
    if mention is None or not known.is_a(mention.type, "Place"):
        return
    if not comes and case(place) not in known.words["place_preps"]:
        return
    for child in deps(place, "nsubj"):
        for t in coordinated(child):
            subject = index.at(t)
            if subject is not None and subject.chain != mention.chain:
                if comes and not known.is_a(subject.type, "People"):
                    continue
                name = "tookPlaceAt" if known.is_a(subject.type, "Event") else "from" if comes else "locatedIn"
                words = f"{' '.join(c.text for c in deps(place, 'cop'))} {case(place)}"
                yield Relation((t, subject), name, (place, mention), place, words, f"copula/{name}", 0.8, place)


def _is_a(subject: Filler, noun: Token, words: str, index: MentionIndex) -> Iterator[Relation]:
    known = index.knowledge
    owners = owners_of(noun, index)
    if lemma(noun) == "capital" and owners:
        before = [o for o in owners if o[0].i < noun.i]
        if before and (named := [o for o in owners if o[0].i > noun.i]):
            subject, owners = named[0], tuple(before)  # "the worst hit area is Norland's capital of Velm"
        for owner in owners:
            yield Relation(subject, "capitalOf", owner, noun, f"{words} the capital of", "copula/capitalOf", 0.9, noun)
        return
    if lemma(noun) == "member" or lemma(noun) == "part":
        name = "memberOf" if lemma(noun) == "member" else "partOf"
        for child in deps(noun, "nmod"):
            for t in coordinated(child):
                mention = index.at(t)
                if mention and case(child) == "of":
                    yield Relation(
                        subject, name, (t, mention), noun, f"{words} {noun.text} of", f"copula/{name}", 0.85, noun
                    )
        return
    if (
        subject[1].type == "Person"
        and noun.tag_ != "NNS"
        and lemma(noun) not in known.words["no_positions"]
        and (lemma(noun) in known.titles or known.nouns.get(lemma(noun)) == "Person")
    ):
        label = nominal_label(noun)
        span = (noun.idx, noun.idx + len(noun.text))
        if noun.i + 1 < len(index.doc) and noun.nbor().lower_ in known.words["former_words"]:
            return  # "is a professor emeritus" holds the chair no more
        if _is_ranked(noun, index) and any(c.i > noun.i for c in deps(noun, "acl")):
            return  # "the first woman to fly": which first, only the clause tells
        yield Relation(
            subject, "holdsPosition", Value(label), noun, words, "copula/holdsPosition", 0.8, noun, False, span
        )
        entry = known.titles.get(lemma(noun))
        for owner in owners if lemma(noun) not in known.words["relational_nouns"] else ():
            if not any(known.is_a(owner[1].type, cls) for cls in ("Organization", "Place", "Group")):
                continue  # a guest at a fair belongs to nobody
            name = "positionIn" if entry else "affiliatedWith"
            if entry and entry.leads:
                name = "leaderOf" if _can_lead(entry, noun, owner[1], index) else "affiliatedWith"
            yield Relation(subject, name, owner, noun, words, f"copula/{name}", 0.8, noun)
        return
    if _is_participle(noun, known) or any(a.lower_ == "so" and a.i < subject[0].i for a in deps(noun, "advmod")):
        return
    if noun.tag_ == "NNS" and subject[1].type == "Person":
        return  # "Ana Sow and Ben Lo were newcomers": none of them is "newcomers"
    if subject[0].ent_type_ in {"DATE", "TIME"} or _is_progressive(noun) or _is_list_of(noun, subject[0]):
        return
    if any(is_infinitive(c) for c in deps(noun, "acl")) and not deps(noun, "amod", "compound"):
        return  # "was an opportunity to trade": the reading says which
    if lemma(noun) in known.words["quantifier_nouns"]:
        noun = next((c for c in deps(noun, "nmod") if case(c) == "of"), noun)  # "two types of rocket"
    label = _kind_label(noun, index)
    if index.at(noun) is not None and index.at(noun).kind == "nominal" and label:  # type: ignore[union-attr]
        span = (noun.idx, noun.idx + len(noun.text))
        yield Relation(subject, "isA", Value(label), noun, words, "copula/isA", 0.7, noun, False, span)


def _is_participle(noun: Token, known: Knowledge) -> bool:
    """ "The town has been hit": a verb whose forms are alike, which the parse took for a noun."""
    bare = not deps(noun, "det", "nmod:poss", "compound")
    return bare and known.irregular_past.get(noun.lower_) == noun.lower_


# --- kinship ----------------------------------------------------------------------------------------------------------


def _kinship(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "his sister Ana Sow", "Ana, the daughter of Ali Sow", "Sow's wife, Ana": kin words with two people."""
    entry = index.knowledge.kin.get(lemma(token)) or index.knowledge.kin.get(token.lower_)
    if entry is None or token.pos_ not in {"NOUN", "PROPN"}:
        return
    owners = [t for c in deps(token, "nmod:poss") for t in coordinated(c)]
    owners += [t for c in deps(token, "nmod") if case(c) in {"of", "to"} for t in coordinated(c)]
    others = [t for t in _named_kin(token, index)]
    for owner in owners:
        kin_of = index.at(owner)
        for other in others:
            relative = index.at(other)
            if kin_of and relative and kin_of.type == relative.type == "Person" and kin_of.chain != relative.chain:
                pair = ((other, relative), (owner, kin_of))
                subject, obj = pair if entry[1] != "inverse" else pair[::-1]
                yield Relation(subject, entry[0], obj, token, token.text, f"kinship/{lemma(token)}", 0.9)
    yield from _unnamed_kin(token, index)


def _unnamed_kin(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "Her father said": a relative who has no name in the article, of somebody who has."""
    entry = (
        index.knowledge.kin[lemma(token)] if lemma(token) in index.knowledge.kin else index.knowledge.kin[token.lower_]
    )
    mine = index.at(token)
    if mine is None or mine.kind != "nominal" or mine.type != "Person" or token.tag_ != "NN" or case(token) == "as":
        return
    if (
        mine.chain in index.chain_names
        or deps(token, "cop", "appos", "conj")
        or base(token) in {"appos", "conj", "xcomp"}
    ):
        return
    if any(lemma(c) in index.knowledge.words["unsettled_kin"] for c in deps(token, "amod", "compound")):
        return
    owners = deps(token, "nmod:poss")
    kin_of = index.at(owners[0]) if len(owners) == 1 and not deps(owners[0], "conj") else None
    if kin_of is None or kin_of.type != "Person" or kin_of.chain not in index.chain_names:
        return
    pair = ((token, mine), (owners[0], kin_of))
    subject, obj = pair if entry[1] != "inverse" else pair[::-1]
    yield Relation(subject, entry[0], obj, token, token.text, f"kinship/{lemma(token)}", 0.8)


def _named_kin(token: Token, index: MentionIndex) -> list[Token]:
    found = deps(token, "appos", "flat")
    if base(token) in {"appos", "compound", "flat", "nmod"} and index.named_at(token.head):
        found.append(token.head)
    if deps(token, "cop"):
        found += deps(token, "nsubj")
    after = token.i + 1
    if after < len(index.doc) and (named := index.named_at(index.doc[after])) and named.type == "Person":
        found.append(index.doc[after])
    return [t for t in found if (m := index.at(t)) is not None and m.type == "Person"]


# --- age and quantity -------------------------------------------------------------------------------------------------

_AGE = re.compile(r"^(\d{1,3})-years?-old$", re.I)


def _age(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "the 39-year-old leader", "Ana Sow, 48," and "Sow is 48 years old"."""
    mention = index.at(token)
    if mention is None or mention.type != "Person":
        return
    value = _age_value(token, mention, index)
    if value:
        words, number, start, end = value
        yield Relation(
            (token, mention), "age", Value(number, "integer"), token, words, "age", 0.9, None, False, (start, end)
        )


def _age_value(token: Token, mention: Mention, index: MentionIndex) -> tuple[str, str, int, int] | None:
    doc = index.doc
    for child in deps(token, "amod", "compound", "nummod"):
        text = doc[child.left_edge.i : child.right_edge.i + 1].text.replace(" ", "")
        found = _AGE.match(text)
        if found:
            left, right = child.left_edge, child.right_edge
            return text, found.group(1), left.idx, right.idx + len(right.text)
    if mention.kind != "name":
        return None
    end = token.i
    while end + 1 < len(doc) and index.by_token.get(end + 1) is mention:
        end += 1
    tail = doc[end + 1 : end + 4]
    if len(tail) >= 2 and tail[0].text == "," and re.fullmatch(r"1?\d\d", tail[1].text):
        if len(tail) == 2 or tail[2].text in {",", ".", ";", ")"} or tail[2].is_space:
            return tail[1].text, tail[1].text, tail[1].idx, tail[1].idx + len(tail[1].text)
    return None


def _quantity(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "six nurses", "a 125-member delegation": how many a group has."""
    mention = index.at(token)
    if mention is None or not index.knowledge.is_a(mention.type, "Group"):
        return
    people = mention.kind == "name" and token.ent_type_ == "NORP" and token.tag_ in {"NNS", "NNPS"}  # "30 Kenyans"
    if (mention.kind != "nominal" and not people) or lemma(token) in index.knowledge.words["measure_nouns"]:
        return
    if mention.rule == "part":
        return
    start = token.left_edge.idx if people or token.pos_ == "NUM" else mention.span.start
    inside = [c for c in deps(token, "nummod") if start <= c.idx < mention.span.end and c.i < token.i]
    if not inside and token.pos_ == "NUM" and lemma(token.head) in index.knowledge.words["victim_verbs"]:
        inside = [token]  # "300 were killed"
    each = [c for c in deps(token, "nmod") if c.lower_ in {"each", "every"}]
    if inside and not each and (number := number_at(inside[-1])):
        # "more than 600" is no 600: a bound stays words
        first = number_words_at(inside[-1]).start_char
        bound = index.doc.char_span(start, first, alignment_mode="expand") if first > start else None
        words = bound.text.strip().casefold() if bound is not None else ""
        bounds = index.knowledge.words["bounds"]
        hedge = max((b for b in bounds if words.endswith(b)), key=len, default="") or _bound_of(token, index)
        if index.doc[inside[-1].i + 1 : inside[-1].i + 3].text.casefold() == "or more":
            hedge = "at least"  # "killing 107 or more"
        if "between" in words.split() and (ends := [c for c in deps(inside[-1], "conj") if number_at(c)]):
            hedge, number = "between", f"{number} and {number_at(ends[0])}"  # "between three and nine soldiers"
        if hedge:
            span = (inside[-1].idx, inside[-1].idx + len(inside[-1].text))
            value = Value(f"{hedge} {number}")
            yield Relation(
                (token, mention), "quantity", value, token, inside[-1].text, "quantity", 0.8, None, False, span
            )
        else:
            yield _counted(token, mention, inside[-1], number)
    for child in deps(token, "amod", "compound"):
        found = re.match(
            r"^([\d,]+)-(member|strong|person|man)$", index.doc[child.left_edge.i : child.i + 1].text.replace(" ", "")
        )
        if found:
            yield _counted(token, mention, child, found.group(1).replace(",", ""))


def _bound_of(token: Token, index: MentionIndex) -> str:
    """ "A minimum of 395 people" are at least 395."""
    noun = lemma(token.head) if base(token) == "nmod" and case(token) == "of" else ""
    words = index.knowledge.words
    return "at least" if noun in words["least_nouns"] else "at most" if noun in words["most_nouns"] else ""


def _counted(token: Token, mention: Mention, child: Token, number: str) -> Relation:
    span = (child.left_edge.idx, child.idx + len(child.text))
    return Relation(
        (token, mention), "quantity", Value(number, "integer"), token, child.text, "quantity", 0.85, None, False, span
    )


# --- places -----------------------------------------------------------------------------------------------------------


def _located(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "the Itsu restaurant in Piccadilly", "Sofia, Bulgaria", "Pyongyang's Kim Il Sung Square"."""
    mention = index.at(token)
    if mention is None or not _is_head(token, mention, index):
        return
    known = index.knowledge
    kind = _place_relation(mention, index)
    if kind:
        for child in deps(token, "nmod"):
            is_near = case(child) in known.words["near_preps"]
            if (is_near or case(child) in known.words["place_preps"]) and child.i > token.i:
                several = deps(token, "nummod") or (token.tag_ == "NNS" and mention.kind == "nominal")
                if several and len(coordinated(child)) > 1 and kind != "tookPlaceAt":
                    continue  # of "ten towns in Chad and Mali" neither state has ten, and the banks "in" two regions are not in each
                for t in coordinated(child):
                    place = index.at(t)
                    if kind == "basedIn" and not _has_seat(mention, place, case(child), index):
                        continue
                    is_state = mention.type == "Country" and mention.kind == "name"
                    if is_state and (base(token) == "conj" or not _can_hold_state(place)):
                        continue
                    if is_state and case(token) in known.words["party_preps"]:
                        continue  # a "truce with Chad in Darfur" is there, and not Chad
                    if kind == "tookPlaceAt" and case(child) == "on" and place and place.type == "Country":
                        continue  # an inquiry on a state is about it
                    if place and known.is_a(place.type, "Place") and place.chain != mention.chain:
                        sense = token if kind == "tookPlaceAt" else None
                        name, rule = case(child) if is_near else kind, f"place/{case(child)}"
                        who, sense = _told_of(token, mention, sense, index)
                        yield Relation(who, name, (t, place), token, case(child), rule, 0.8, sense)
    yield from _place_comma(token, mention, index)
    yield from _place_next(token, mention, index)
    yield from _place_around(token, mention, index)
    yield from _place_possessive(token, mention, index)
    yield from _place_of(token, mention, index)


def _is_head(token: Token, mention: Mention, index: MentionIndex) -> bool:
    """One token speaks for a multiword name: the one governed from outside."""
    return not (index.by_token.get(token.head.i) is mention and token.head.i != token.i)


def _place_relation(mention: Mention, index: MentionIndex) -> str:
    known = index.knowledge
    if known.is_a(mention.type, "Event") or known.gives.get(mention.type):
        return "tookPlaceAt"
    is_craft = mention.kind == "name" and known.is_a(mention.type, "Vehicle")  # "Orla at the Norvik Museum"
    if is_craft or known.is_a(mention.type, "DiplomaticMission") or known.is_a(mention.type, "Place"):
        return "locatedIn"
    if known.is_a(mention.type, "Organization"):
        return "basedIn" if mention.kind == "name" else "locatedIn"
    return ""


def _told_of(token: Token, mention: Mention, sense: Token | None, index: MentionIndex) -> tuple[Filler, Token | None]:
    """Norvik in "Norvik is a town on the coast": what a predicate noun says of a name is said of the name."""
    subjects = deps(token, "nsubj") if deps(token, "cop") and mention.kind == "nominal" else []
    named = index.named_at(subjects[0]) if len(subjects) == 1 and not deps(subjects[0], "conj") else None
    return ((subjects[0], named), token) if named is not None else ((token, mention), sense)


def _has_seat(mention: Mention, place: Mention | None, preposition: str, index: MentionIndex) -> bool:
    """Whether "in" a place says where a body has its seat: a school is in its town; armies and firms act in many countries."""
    if place is None or preposition not in {"in", "at"}:
        return False
    known = index.knowledge
    acts = any(
        known.is_a(mention.type, cls) for cls in ("ArmedGroup", "Military", "InternationalOrganization", "Company")
    )
    return not (acts or place.type == "Country")


def _can_hold_state(place: Mention | None) -> bool:
    """Whether a place can be said to hold a whole state: a named continent, not "neighbouring countries" or "the coast"."""
    return place is not None and place.kind == "name" and place.type in {"Region", "Place"}


def _place_comma(token: Token, mention: Mention, index: MentionIndex) -> Iterator[Relation]:
    """ "Cape Canaveral, Florida": a place, a comma, the place around it."""
    if mention.kind != "name" or mention.type not in {"City", "Facility", "Region", "Place"}:
        return
    doc = index.doc
    end = max(i for i in range(token.i, min(len(doc), token.i + 8)) if index.by_token.get(i) is mention)
    if end + 2 >= len(doc) or doc[end + 1].text != ",":
        return
    sides = index.knowledge.words["compass_words"]
    while end + 3 < len(doc) and doc[end + 2].lower_ in sides and index.named_at(doc[end + 2]) is None:
        end += 1  # "the Rift Valley, western Kenya"
    if end + 3 < len(doc) and doc[end + 2].lower_ == "in" and not deps(token, "cop"):
        end += 1  # "a mill in Dongguan, in China's Guangdong province"
    after = index.named_at(doc[end + 2])
    if after is None or after.chain == mention.chain or after.rule == "demonym":
        return
    if after.type in {"Country", "Region"} or (after.type == "City" and mention.type == "Facility"):
        if deps(doc[end + 2], "conj") or (doc[end + 2].pos_ == "ADJ" and after.type != "Country"):
            return  # "its Americas, Eastern Mediterranean, and European regions"
        joined = any(base(t) == "conj" for t in doc[end + 2 : end + 6] if index.by_token.get(t.i) is after)
        if not joined and not _is_list(end + 2, index):
            yield Relation((token, mention), "locatedIn", (doc[end + 2], after), token, ",", "place/comma", 0.85)


def _is_list(start: int, index: MentionIndex) -> bool:
    """Whether the comma only separates items: "Oslo, Sweden and Chad"."""
    tokens = index.doc
    after = index.by_token.get(start)
    end = start
    while end + 1 < len(tokens) and index.by_token.get(end + 1) is after:
        end += 1
    if end + 1 >= len(tokens):
        return False
    if tokens[end + 1].lower_ in {"and", "or"}:
        return True
    if tokens[end + 1].text == "," and tokens[end + 2 : end + 3].text.casefold() in {"and", "or"}:
        first = index.by_token.get(start - 2)  # "Norvik, Velm, and Lima", but "flew to Oslo, Norway, and left"
        return first is not None and after is not None and first.type == after.type
    third = index.by_token.get(end + 2) if tokens[end + 1].text == "," else None
    return third is not None and index.knowledge.is_a(third.type, "Place")


def _place_next(token: Token, mention: Mention, index: MentionIndex) -> Iterator[Relation]:
    """ "met at the Harbour Hotel (HH) in Lima": a named building directly before "in" a place is there, whatever the "in"
    phrase hangs on.
    """
    if mention.kind != "name" or not index.knowledge.is_a(mention.type, "Facility"):
        return
    doc = index.doc
    after = max(i for i in range(token.i, min(len(doc), token.i + 8)) if index.by_token.get(i) is mention) + 1
    if after + 2 < len(doc) and doc[after].text == "(" and doc[after + 2].text == ")":
        after += 3
    if after + 1 >= len(doc) or doc[after].lower_ not in {"in", "at"}:
        return
    target = after + 1 + (doc[after + 1].pos_ == "DET")
    place = index.named_at(doc[target]) if target < len(doc) else None
    if place and index.knowledge.is_a(place.type, "Place") and place.chain != mention.chain and place.rule != "demonym":
        yield Relation((token, mention), "locatedIn", (doc[target], place), token, doc[after].text, "place/next", 0.8)


def _place_around(token: Token, mention: Mention, index: MentionIndex) -> Iterator[Relation]:
    """ "the advances around Velm in Norland": a town directly before "in" a state or region lies there."""
    if mention.kind != "name" or mention.type not in {"City", "Place", "Region"} or base(token) == "obj":
        return
    doc = index.doc
    after = max(i for i in range(token.i, min(len(doc), token.i + 8)) if index.by_token.get(i) is mention) + 1
    if after + 1 >= len(doc) or doc[after].lower_ != "in" or not case(token):
        return
    place = index.named_at(doc[after + 1])
    if place and place.type in {"Country", "Region"} and place.chain != mention.chain and place.rule != "demonym":
        yield Relation((token, mention), "locatedIn", (doc[after + 1], place), token, "in", "place/around", 0.8)


def _among_parts(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "Velm and other parts of Harbour Province": what other parts belong to, it belongs to as well."""
    if lemma(token) not in index.knowledge.words["part_nouns"] or base(token) != "conj":
        return
    if not any(c.lower_ == "other" for c in deps(token, "amod")):
        return
    wholes = [
        (t, m) for c in deps(token, "nmod") if case(c) in {"of", "in"} if (m := index.named_at(t := c)) is not None
    ]
    for part in [token.head, *(t for t in deps(token.head, "conj") if t.i < token.i)]:
        mention = index.named_at(part)
        for whole in wholes:
            if mention and mention.chain != whole[1].chain and index.knowledge.is_a(mention.type, "Place"):
                yield Relation((part, mention), "locatedIn", whole, token, f"other {token.text} of", "place/part", 0.85)


def _place_possessive(token: Token, mention: Mention, index: MentionIndex) -> Iterator[Relation]:
    known = index.knowledge
    region = mention.type == "Region"
    if not region and not known.is_a(mention.type, "Facility"):
        return
    for child in deps(token, "nmod:poss"):
        place = index.at(child)
        if region and (place is None or place.type != "Country" or place.chain not in index.chain_names):
            continue  # "Kenya's Turkana region" is in Kenya, while of "ten states and their regions" none is in all
        if place and known.is_a(place.type, "Place") and _is_proper(token, mention) and place.chain != mention.chain:
            yield Relation((token, mention), "locatedIn", (child, place), token, "'s", "place/possessive", 0.85)


def _is_proper(token: Token, mention: Mention) -> bool:
    """Whether a place is told by a name of its own: "the Darfur region", and not "the region"."""
    return mention.kind == "name" or any(c.pos_ == "PROPN" for c in deps(token, "compound"))


def _place_of(token: Token, mention: Mention, index: MentionIndex) -> Iterator[Relation]:
    """ "the Darfur region of Sudan": a named part of a state."""
    if mention.type != "Region" or not _is_proper(token, mention):
        return
    for child in deps(token, "nmod"):
        state = index.named_at(child)
        if case(child) == "of" and state and state.type == "Country" and state.chain != mention.chain:
            yield Relation((token, mention), "locatedIn", (child, state), token, "of", "place/of", 0.85)


# --- nationality and membership ---------------------------------------------------------------------------------------


def _belongs(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "Russia's Shoigu", "a Chinese delegation", "the Russian Embassy": whom people and bodies belong to."""
    mention = index.at(token)
    if mention is None or mention.kind == "pronoun" or not _is_head(token, mention, index):
        return
    known = index.knowledge
    if mention.type == "Country" or not (known.is_a(mention.type, "Agent") or mention.type in {"Vehicle", "Weapon"}):
        return
    for child in token.children:
        owner = index.at(child)
        if owner is None or owner.kind != "name" or owner.chain == mention.chain or not known.is_a(owner.type, "Place"):
            continue
        if owner.rule != "demonym" and base(child) == "compound" and lemma(token) in known.words["employment_heads"]:
            continue  # "a China expert" is about China, not from it
        if mention.kind == "nominal" and mention.rule not in {"nominal", "same-noun", "part"}:
            continue
        if is_stance(child, index) or _is_partly(token, child, index):
            continue
        if _is_joint(child, index) and not known.is_a(mention.type, "Person"):
            continue
        if owner.type == "City" and owner.rule != "demonym" and not known.is_a(mention.type, "Organization"):
            continue  # "the Lima victims" were hit there, wherever they are from
        if child.dep_ in {"nmod:poss", "amod", "compound", "nmod:desc"} and child.i < token.i:
            country = index.acting(owner)
            if token.tag_ == "NNS" and deps(child, "conj"):
                continue  # of "Israeli and Palestinian officials" some are of either state
            if country.type == "Country":
                name = "partOf" if known.is_a(mention.type, "Government") else "affiliatedWith"
                yield Relation((token, mention), name, (child, country), token, child.text, "nationality", 0.8)
            for other in deps(child, "conj"):  # "Russian and Chinese officials"
                also = index.named_at(other)
                if also is not None and also.type == country.type == "Country" and mention.kind == "nominal":
                    yield Relation((token, mention), name, (other, also), token, other.text, "nationality", 0.75)
    if mention.kind == "nominal" or mention.type == "Person":
        yield from _members(token, mention, index)
        yield from _comes_from(token, mention, index)


def _is_joint(half: Token, index: MentionIndex) -> bool:
    """ "the joint U.N.-Chadian board": of what two own together neither is the owner."""
    doc = half.doc
    before = half.i > 1 and doc[half.i - 1].text in _HYPHENS and not doc[half.i - 1].whitespace_
    after = half.i + 2 < len(doc) and doc[half.i + 1].text in _HYPHENS and not half.whitespace_
    others = [doc[half.i - 2] if before else None, doc[half.i + 2] if after else None]
    return any(other is not None and other.text[:1].isupper() and other.pos_ != "VERB" for other in others)


_HYPHENS = frozenset({"-", "–"})


def _comes_from(token: Token, mention: Mention, index: MentionIndex) -> Iterator[Relation]:
    """ "a teacher from Nakuru": the town or region that a person is from; who was taken from a place need not be."""
    known = index.knowledge
    if not known.is_a(mention.type, "Person") or base(token) in {"obj", "nsubj:pass"}:
        return
    for child in deps(token, "nmod"):
        place = index.named_at(child)
        if case(child) == "from" and place and place.type in {"City", "Region"} and place.rule != "demonym":
            yield Relation((token, mention), "from", (child, place), token, "from", "person/from", 0.8)


def _is_partly(noun: Token, owner: Token, index: MentionIndex) -> bool:
    """ "Mostly Somali refugees": some of them are."""
    before = index.doc[max(0, owner.i - 1) : owner.i].text.casefold()
    return before in index.knowledge.words["partly"] or any(
        t.lower_ in index.knowledge.words["partly"] and t.i < owner.i for t in deps(noun, "advmod")
    )


def _members(token: Token, mention: Mention, index: MentionIndex) -> Iterator[Relation]:
    """ "students of Westminster University", "officials from China"."""
    known = index.knowledge
    if lemma(token) in known.words["outsiders"]:
        return
    former = any(lemma(c) in {"former", "ex"} for c in deps(token, "amod"))
    for child in deps(token, "nmod"):
        if case(child) not in {"of", "from", "at"}:
            continue
        if is_field(token, child, index) or _is_respective(token, child):
            continue
        if case(child) == "of" and is_side(child, index):
            continue  # "the president of southern Chad"
        if token.tag_ == "NNS" and len(coordinated(child)) > (2 if case(child) == "of" else 1):
            continue  # "teams from Chad and Mali" are not all from Chad
        who = _named_after(token, child, index) or (token, mention)
        for t in coordinated(child):
            owner = index.at(t)
            if owner is None or owner.kind != "name" or owner.chain == who[1].chain:
                continue
            if known.is_a(owner.type, "Organization") or owner.type == "Country":
                rule = f"member/{case(child)}"
                yield Relation(who, "affiliatedWith", (t, owner), token, case(child), rule, 0.75, None, former)


def _named_after(noun: Token, phrase: Token, index: MentionIndex) -> Filler | None:
    """Ana Sow in "councillors Ana Sow from the Green Party and Ben Lo": of whom the phrase after her name tells."""
    if noun.i + 1 >= len(index.doc) or noun.tag_ != "NNS":
        return None
    preposition = next((c.i for c in deps(phrase, "case")), phrase.left_edge.i)
    named = index.named_at(index.doc[preposition - 1]) if preposition > noun.i + 1 else None
    if named is None or named.type != "Person":
        return None
    return index.doc[preposition - 1], named


def _is_respective(noun: Token, phrase: Token) -> bool:
    """ "Sow and Lo of, respectively, the Green Party and the Red League": each belongs to one of them."""
    spoken = noun.doc[noun.i : phrase.right_edge.i + 1]
    return any(t.lower_ == "respectively" for t in spoken)


# --- owners, kinds, names inside names ---------------------------------------------------------------------------------


def _hyphenated(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "the Lima-based firm", "a U.S.-led coalition": a place or leader joined to a participle before the noun."""
    known = index.knowledge
    mention = index.at(token)
    if mention is None or not _is_head(token, mention, index):
        return
    for participle in deps(token, "amod"):
        word = participle.lower_
        for child in participle.children:
            owner = index.named_at(child)
            if owner is None or child.i > participle.i or owner.chain == mention.chain:
                continue
            if word == "based" and index.knowledge.is_a(owner.type, "Place"):
                yield Relation(
                    (token, mention), "basedIn", (child, owner), participle, f"{child.text}-based", "hyphen/based", 0.85
                )
            elif word == "born" and known.is_a(owner.type, "Place") and known.is_a(mention.type, "People"):
                words = f"{child.text}-born"
                yield Relation((token, mention), "bornIn", (child, owner), participle, words, "hyphen/born", 0.85)
            elif word == "led" and (
                owner.type in {"Country", "City"} or index.knowledge.is_a(owner.type, "Organization")
            ):
                leader = (child, index.acting(owner))
                yield Relation(leader, "led", (token, mention), participle, f"{child.text}-led", "hyphen/led", 0.75)


def _kind(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "the French frigate Forbin", "Ford, the U.S. car maker": what a named thing is, and whose."""
    mention = index.at(token)
    if mention is None or mention.kind != "name" or mention.type == "Person" or not _is_head(token, mention, index):
        return
    if mention.rule == "demonym":
        return
    for noun in [*apposed_to(token), *deps(token, "nmod:desc", "compound"), *_described(token)]:
        other = index.at(noun)
        if (
            other is None
            or other.kind != "nominal"
            or noun.text[:1].isupper()
            or index.knowledge.is_a(other.type, "Person")
        ):
            continue
        counts = index.knowledge.words["measure_nouns"] | index.knowledge.words["fraction_nouns"]
        if lemma(noun) in counts or noun.tag_ in {"VBG", "CD", "JJ"} or deps(noun, "nummod"):
            continue
        is_near = abs(noun.left_edge.i - token.i) <= 4 or noun.i == token.i - 1
        after = index.doc[noun.i + 1] if noun.i + 1 < len(index.doc) else None
        described = index.named_at(after) if after is not None and noun.i > token.i else None
        if described is not None and described is not mention:
            continue  # "Aid for All, the relief body Red Help and others": it describes the name after it
        if _is_name_like(noun, index) or (not is_near and index.knowledge.excludes(mention.type, other.type)):
            continue  # what stands far off and is of another kind is said of something between
        if index.knowledge.is_a(mention.type, "Place") and index.knowledge.is_a(other.type, "Event"):
            continue  # a list, "the crisis, Syria and Libya"
        label = _kind_label(noun, index)
        if noun.tag_ == "NNS" and token.tag_ != "NNPS" and mention.type != "Group":
            if abs(noun.i - token.i) > 6 or noun.i > token.i:
                continue  # a list or a slip of the parse
            label = label.replace(noun.text, lemma(noun), 1)  # each of "the groups A and B" is a group
        if not label or _is_owned_by(noun, token) or not any(c.isalpha() and c.islower() for c in label):
            continue
        span = (noun.idx, noun.idx + len(noun.text))
        kind = Value(label)
        yield Relation((token, mention), "isA", kind, noun, noun.text, "kind", 0.75, None, False, span)
        for child in noun.children:
            owner = index.named_at(child)
            if (
                owner
                and child.dep_ in {"amod", "compound", "nmod:poss"}
                and owner.type == "Country"
                and child.i < noun.i
            ):
                yield Relation(
                    (token, mention), "affiliatedWith", (child, owner), noun, child.text, "kind/country", 0.8
                )


def _is_owned_by(noun: Token, token: Token) -> bool:
    """ "the Authority's (PA) reforms": what a name owns is not what it is; nor is it a share ("a third of the town")."""
    owners = [token, *deps(token, "appos"), token.head]
    return noun.i > token.i and any(t.tag_ == "POS" for o in owners for t in deps(o, "case") if token.i < t.i < noun.i)


def _described(token: Token) -> list[Token]:
    noun = token.head
    if base(token) not in {"appos", "flat"} or noun.pos_ != "NOUN":
        return []
    # "the regime and its backers, notably Chad": the name is apposed to the nearest of the list
    return [] if any(noun.i < c.i < token.i for c in deps(noun, "conj")) else [noun]


def _is_name_like(noun: Token, index: MentionIndex) -> bool:
    """Whether a nominal is itself a name the pipeline missed: "Velm district, Harbour province" is no apposition."""
    named = [c for c in deps(noun, "compound") if c.pos_ == "PROPN" and index.named_at(c) is None]
    return bool(named) and not deps(noun, "det", "nmod:poss", "amod")


def _is_progressive(noun: Token) -> bool:
    """ "The mayors are warning of floods": a form in -ing without an article is a verb, whatever its tag."""
    own = deps(noun, "det", "nmod:poss", "amod", "compound", "nummod")
    return noun.lower_.endswith("ing") and not own and bool(deps(noun, "nmod", "obl", "ccomp", "obj"))


def _is_list_of(noun: Token, subject: Token) -> bool:
    """Whether one stands against several: "Fishing and trade are the main trades" makes none of them "trades", and of "The
    trades are fishing, mining and weaving" the first is not all of them.
    """
    plural = subject.tag_ in {"NNS", "NNPS", "PRP", "CD", "DT"} or bool(deps(subject, "nummod"))
    if noun.tag_ == "NNS":
        return not plural and not deps(noun, "nummod")  # "Atlas and Delta are two types of rocket"
    return plural and any(c.i > noun.i and c.pos_ in {"NOUN", "PROPN"} for c in deps(noun, "conj"))


def _kind_label(noun: Token, index: MentionIndex) -> str:
    """What a thing is, in words that stand alone: "Norland's largest city", for "largest city" does not say of what, nor "first
    match" that it was the first since May.
    """
    label = _without_adverb(nominal_label(noun), noun, index)
    words = index.knowledge.words
    superlative = _is_ranked(noun, index)
    if superlative and any(c.i > noun.i and case(c) != "of" for c in deps(noun, "nmod", "acl", "obl", "advcl")):
        return ""
    if lemma(noun) in words["comment_nouns"]:
        return ""  # "won by ten points, a record for the town": said of the clause
    if superlative and any(c.i < noun.i and case(c) in words["limiting_fronts"] for c in deps(noun, "obl")):
        return ""  # "For the miners, fish is the only food"
    owners = deps(noun, "nmod:poss")
    if not owners and " of " not in label and any(c.tag_ == "JJS" for c in deps(noun, "amod")):
        return ""  # "the biggest problem" of what?
    is_empty = label == noun.text and lemma(noun) in words["empty_kinds"]
    if is_empty and (not owners or owners[0].pos_ == "PRON"):
        return ""  # "a group opposed to war": that it is a group says nothing
    if is_empty and index.named_at(owners[0]) is None:
        whose = " ".join(t.text for t in noun_phrase(owners[0]) if t.pos_ != "DET" and t.tag_ != "POS")
        return f"{whose}{_POSSESSIVE[whose.endswith('s')]} {label}"
    if not owners or not (superlative or is_empty or lemma(noun) in index.knowledge.words["kinds_of_somebody"]):
        return label
    owner = index.at(owners[0])
    if owner is None or owner.type == "Concept" or owner.chain not in index.chain_names:
        return ""
    meant = owner.kind == "pronoun" or (
        owner.kind == "nominal" and owner.type != "Person"
    )  # "the country's largest mill"
    name = owner.name if meant else noun_phrase(owners[0]).text
    return f"{name}{_POSSESSIVE[name.endswith('s')]} {label}"


def _is_ranked(noun: Token, index: MentionIndex) -> bool:
    """ "the first match", "the largest city", "the only survivor": one of its kind, which the words behind say."""
    ranked = index.knowledge.words["superlatives"] | index.knowledge.words["singling_words"]
    return any(c.i < noun.i and (c.tag_ == "JJS" or lemma(c) in ranked) for c in noun_phrase(noun))


_POSSESSIVE = {True: "'", False: "'s"}


def _without_adverb(label: str, noun: Token, index: MentionIndex) -> str:
    """A label without an adverb that stands before its article: "already a hit" is a hit, while "primarily a disease of mice"
    is not plainly one, so that the label is empty.
    """
    articles = deps(noun, "det")
    for adverb in deps(noun, "advmod"):
        if articles and adverb.i < articles[0].i and label.startswith(adverb.text):
            label = label.removeprefix(adverb.text).strip()
            if adverb.lower_ not in index.knowledge.words["time_adverbs"]:
                return ""
    return label


def _owned(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "Renault's Dacia plant", "Boeing's Delta IV": an organisation's named thing."""
    mention = index.at(token)
    known = index.knowledge
    if mention is None or not _is_head(token, mention, index):
        return
    if not any(known.is_a(mention.type, cls) for cls in ("Artifact", "Facility", "Organization")):
        return
    part = known.is_a(mention.type, "Organization")
    if part and mention.kind == "nominal" and lemma(token) not in known.words["part_nouns"]:
        return  # "its allies" and "the firm's bank" are no parts of it
    first = token.head if base(token) == "conj" else token  # "Boeing's Delta and Atlas" are both its own
    inner = index.named_at(first)  # while "Teachers" of a "Teachers' Union" owns nothing behind it
    for child in deps(token, "nmod:poss") or deps(first, "nmod:poss"):  # but not "Orla's Atlas and Boeing's Delta"
        owner = index.at(child) if child.pos_ != "PRON" or part else None  # whose "their ships" are is a guess
        if owner is not None and owner is inner:
            continue
        if known.is_a(mention.type, "Artifact") and mention.kind == "nominal" and token.tag_ == "NNS":
            continue  # "the maker's cars" are anybody's
        if lemma(token) in known.words["seat_nouns"]:
            continue  # where a body has its seat may be let to it
        if owner and known.is_a(owner.type, "Organization") and owner.chain != mention.chain and child.i < token.i:
            undertaking = lemma(token) in known.words["undertaking_nouns"]  # what somebody does is no part of him
            name = "affiliatedWith" if undertaking else "partOf"
            yield (
                Relation((token, mention), name, (child, owner), token, "'s", "possessive/part", 0.75)
                if part
                else Relation((child, owner), "owns", (token, mention), token, "'s", "possessive/owner", 0.75)
            )


def _related(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "Lockheed, Boeing's rival", "Chad is a rival of Mali": a noun that says how two parties stand to each other."""
    known = index.knowledge
    if token.pos_ != "NOUN" or lemma(token) not in known.words["relational_nouns"]:
        return
    others = [*deps(token, "nmod:poss"), *(c for c in deps(token, "nmod") if case(c) in {"of", "to"})]
    ones = deps(token, "nsubj") if deps(token, "cop") else [*deps(token, "appos")]
    if base(token) == "appos" or (
        token.dep_ == "acl:relcl" and any(is_relative(t, known.words["relative_pronouns"]) for t in ones)
    ):
        ones = [token.head]  # "a poet, who was a critic of the war"
    former = any(lemma(c) in {"former", "ex"} for c in deps(token, "amod"))
    for one in (t for c in ones for t in coordinated(c)):
        for other in (t for c in others for t in coordinated(c)):
            subject, obj = index.at(one), index.at(other)
            if subject is None or obj is None or subject.chain == obj.chain or "name" not in {subject.kind, obj.kind}:
                continue
            stands = (
                lemma(token) in known.words["stance_nouns"]
            )  # one can be a critic of anything, a rival of somebody alone
            if known.is_a(subject.type, "Actor") and (stands or known.is_a(obj.type, "Actor")):
                name = camel(lemma(token), "of")
                sense = token if deps(token, "cop") else None
                rule = f"related/{lemma(token)}"
                yield Relation((one, subject), name, (other, obj), token, token.text, rule, 0.75, sense, former)


def _as_part(token: Token, index: MentionIndex) -> Iterator[Relation]:
    """ "The frigate sails as part of Task Force 50": what it acts as a part or a member of."""
    if (
        lemma(token) not in {"part", "member"}
        or base(token) not in {"obl", "advcl"}
        or not case(token).startswith("as")
    ):
        return
    verb = token.head
    known = index.knowledge
    for whole in (t for c in deps(token, "nmod") if case(c) == "of" for t in coordinated(c)):
        obj = index.named_at(whole)
        for one in (t for c in deps_exact(verb, "nsubj", "nsubj:pass") for t in coordinated(c)):
            subject = index.at(one)
            if subject and obj and known.is_a(obj.type, "Organization") and subject.chain != obj.chain:
                person = known.is_a(subject.type, "Person") or subject.type == "Country"
                name = "memberOf" if person else "partOf"
                words = f"{verb.text} as part of"
                yield Relation((one, subject), name, (whole, obj), token, words, f"as-part/{name}", 0.75, verb)


def _name_parts(index: MentionIndex) -> Iterator[Relation]:
    """ "U.N. Security Council", "U.S. State Department": a name that begins with the name of what it belongs to."""
    known = index.knowledge
    wholes = {
        m.name.casefold(): m
        for name in index.names
        if (m := index.by_token[name.start]).kind == "name"
        and known.is_a(m.type, "Organization")
        and not _goes_on(name, index)
    }
    done: set[str] = set()
    for name in index.names:
        mention = index.by_token[name.start]
        plain = not any(t.pos_ == "CCONJ" for t in index.doc[name.start : name.end])
        is_people = mention.type == "Group" and index.doc[name.end - 1].tag_ == "NNPS" and plain  # "Chadian Arabs"
        is_body = known.is_a(mention.type, "Organization") or is_people
        if not is_body or mention.chain in done or name.end - name.start < 2:
            continue
        for size in (2, 1):
            first = index.doc[name.start : name.start + size]
            if name.end - name.start <= size:
                continue
            state = known.by_country_name.get(first.text.casefold()) or known.by_adjective.get(first.text.casefold())
            whole = wholes.get(first.text.casefold()) or _known_whole(first, index)
            token = index.doc[name.end - 1]
            if (
                whole is not None
                and state is None
                and _is_same_body(index.doc[name.start + size : name.end], mention, index)
            ):
                continue
            if {index.doc[name.start + size].text, first[-1].text} & _HYPHENS:
                continue  # "CDU-CSU" is one name, not a part of its first half
            if name.start and index.doc[name.start - 1].text in _HYPHENS and not index.doc[name.start - 1].whitespace_:
                continue  # nor is the "Malian Union" of a "Chadian-Malian Union" Mali's
            if state is not None:
                owner = index.country(state.name, first)
                yield Relation(
                    (token, mention), "affiliatedWith", (first[0], owner), token, first.text, "name/country", 0.85
                )
            elif _owns_on(name, index):
                continue  # "SOS Children" of "SOS Children's Villages" is a cut name
            elif whole is not None and whole.chain != mention.chain and index.doc[name.start + size].lower_ != "of":
                yield Relation((token, mention), "partOf", (first[0], whole), token, first.text, "name/part", 0.8)
            else:
                continue
            done.add(mention.chain)
            break
        else:
            yield from _state_at_end(name, index)
            done.add(mention.chain)


def _goes_on(name: Name, index: MentionIndex) -> bool:
    """Whether a name may be cut: "National Ports and Harbours System" or "Food Watch of Norland" has no part in its beginning."""
    after = index.doc[name.end : name.end + 2]
    if len(after) < 2:
        return False
    return after[0].lower_ == "of" or (after[0].lower_ == "and" and after[1].pos_ == "PROPN")


def _owns_on(name: Name, index: MentionIndex) -> bool:
    """Whether a name is followed by "'s" and further capitals, so that it may be the beginning of a longer one."""
    after = index.doc[name.end : name.end + 2]
    return len(after) == 2 and after[0].tag_ == "POS" and after[1].pos_ == "PROPN"


def _is_same_body(rest: Span, mention: Mention, index: MentionIndex) -> bool:
    """Whether what a longer name adds only says what the thing is: "Norvik Corp." is Norvik, "Harbour Magazine" Harbour."""
    if len(rest) != 1:
        return False
    word = rest[0].text.rstrip(".")
    if mention.name.split()[0].isupper() and mention.type != "Company":
        return False  # "NRC News" is not all of the NRC
    if normal_name(mention.name[: -len(rest[0].text)]) in index.knowledge.words["union_names"]:
        return False
    kind = index.knowledge.org_words.get(word) or index.knowledge.nouns.get(word.casefold())
    return word.isalpha() and kind is not None and mention.type == kind and not rest[0].text.isupper()


def _state_at_end(name: Name, index: MentionIndex) -> Iterator[Relation]:
    """ "Rail Chad", "Relief Fund Mali": a body named with its state at the end; "Bank of Chad" may be anywhere."""
    mention = index.by_token[name.start]
    for size in (3, 2, 1):
        first = name.end - size
        state = (
            index.knowledge.by_country_name.get(index.doc[first : name.end].text.casefold())
            if first > name.start
            else None
        )
        if state is None or not index.doc[first].text[:1].isupper():
            continue
        before = index.doc[first - 1]
        if before.pos_ in {"NOUN", "PROPN"}:
            words = index.doc[first : name.end]
            owner = (words[0], index.country(state.name, words))
            token = index.doc[name.end - 1]
            yield Relation((token, mention), "affiliatedWith", owner, token, words.text, "name/country", 0.8)
        return


def _known_whole(words: Span, index: MentionIndex) -> Mention | None:
    """A body that everybody knows, named only inside the name of its part: "UN Security Council"."""
    key = normal_name(words.text)
    return index.body(words) if key in index.knowledge.words["union_names"] else None


# --- abbreviations ----------------------------------------------------------------------------------------------------


def _parentheses(index: MentionIndex) -> Iterator[Relation]:
    """ "Kennedy Space Center (KSC)": the bracketed short form is another name of the same thing."""
    doc = index.doc
    for token in doc:
        if token.text != "(" or token.i == 0 or token.i + 2 >= len(doc) or doc[token.i + 2].text != ")":
            continue
        mention = index.named_at(doc[token.i - 1])
        short = doc[token.i + 1]
        if mention and re.fullmatch(r"[A-Z][A-Z.&-]{1,9}", short.text):
            span = (short.idx, short.idx + len(short.text))
            yield Relation(
                (doc[token.i - 1], mention),
                "alias",
                Value(short.text),
                short,
                short.text,
                "parentheses",
                0.9,
                None,
                False,
                span,
            )
