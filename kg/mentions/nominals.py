"""Nominals: noun phrases that stand for somebody or something without a name, and what they are called by their own words."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Span as Words
from spacy.tokens import Token

from kg.lexicon import Knowledge
from kg.mentions.index import MentionIndex, new_mention, slug
from kg.mentions.names import is_counted_people, is_individual
from kg.model import Mention, Span
from kg.syntax import (
    CLAUSAL,
    base,
    case,
    counted_list,
    counts_together,
    deps,
    deps_exact,
    is_content,
    is_infinitive,
    lemma,
    listed,
    measured,
    measures,
    noun_phrase,
)


def find_nominals(index: MentionIndex) -> None:
    for token in index.doc:
        if token.i in index.by_token:
            continue
        if (whole := _measured_name(token, index)) is not None:
            label = nominal_label(token)
            cls = "Region" if index.knowledge.is_a(whole.type, "Place") else whole.type
            _add_nominal(index, token, label[:1].lower() + label[1:], "Group" if cls == "Person" else cls, "part")
        elif _heads_nominal(token, index) and (label := nominal_label(token)):
            label += _which(token, index)
            measure = _measure(token, index.knowledge)
            rule = "part" if measure.endswith(" the") else "nominal"
            cls = _nominal_class(token, index.knowledge)
            _add_nominal(index, token, f"{measure} {label}" if measure else label, cls, rule)


def _add_nominal(index: MentionIndex, token: Token, label: str, cls: str, rule: str) -> None:
    words = noun_phrase(token)
    span = Span(words.start_char, words.end_char)
    chain = f"{slug(label)}.{token.i}"
    index.heads[chain] = token.lower_
    index.labels[token.i] = label
    index.by_token[token.i] = new_mention(index.article, span, label, cls, chain, "nominal", rule)


def _measured_name(token: Token, index: MentionIndex) -> Mention | None:
    """What a part is part of: "most of Lima" is a place of its own, not Lima."""
    if token.pos_ not in {"NOUN", "ADJ", "PRON", "NUM"} or not measures(
        token, index.knowledge.words["quantifier_nouns"]
    ):
        return None
    return next((m for c in deps(token, "nmod") if case(c) == "of" and (m := index.named_at(c))), None)


def _which(token: Token, index: MentionIndex) -> str:
    """The words right behind a nominal's label that say which is meant: "children in Peru" are not children as such, nor is "a
    request to take the film down" any request. They end before a time, a comma, and what would be cut.
    """
    start = end = _label_end(token)
    for child in _behind(token, start):
        if child.left_edge.i < end:
            continue
        if child.left_edge.i != end or not _tells_which(child, index):
            break
        last = _last_of(child)
        if start == end and _size(token.doc[start : last + 1]) > _LONGEST_TAIL:
            last = _core_end(child)
        if last < end or _size(token.doc[start : last + 1]) > _LONGEST_TAIL:
            break
        end = last + 1
    words = token.doc[start:end]
    if start == end or any(t.text in _BRACKETS or t.is_space for t in words) or not _closes_quotes(words):
        return ""
    return " " + re.sub(r" +", " ", _QUOTES.sub("", words.text))


def _behind(noun: Token, start: int) -> list[Token]:
    """What may go on with a label behind its end: "to a fire" of "news of the answer to a fire" belongs to the answer."""
    inside = [t for t in noun.doc[noun.i + 1 : start] if t.pos_ == "NOUN" and noun.is_ancestor(t)]
    found = [c for t in (noun, *inside) for c in t.children if c.i > t.i and (t.i == noun.i or c.dep_ != "acl:relcl")]
    return sorted(found, key=lambda c: c.left_edge.i)


def _size(words: Words) -> int:
    """How many words a span has; "four-year-old" has three and no hyphens."""
    return sum(not t.is_punct for t in words)


def _closes_quotes(words: Words) -> bool:
    """Whether what is quoted in a span is so wholly, be the last mark behind a full stop."""
    behind = itertools.takewhile(lambda t: t.is_punct, words.doc[words.end :])
    return _is_balanced(words) or _is_balanced((*words, *behind))


def _is_balanced(tokens: Iterable[Token]) -> bool:
    marks = Counter(t.text for t in tokens if t.text in _QUOTE_MARKS and t.tag_ != "POS")
    return marks['"'] % 2 == 0 and marks["'"] % 2 == 0 and marks["“"] == marks["”"]


_LONGEST_TAIL = 12  # words
_INNER_MARKS = frozenset({"-", "–", "'", "’", "%", "&", *'"“”'})
_QUOTE_MARKS = frozenset("'\"“”")
_QUOTES = re.compile('[“”"]')
_BRACKETS = frozenset("([")
_WHEN = frozenset({"DATE", "TIME"})


def _label_end(head: Token) -> int:
    """Where the words that a nominal's label gives end: behind its head, its number or its "of" phrase."""
    end = counted_list(head)[-1].i + 1
    if end < len(head.doc) and head.doc[end].like_num and head.doc[end].head.i == head.i:
        end += 1
    for child in deps(head, "nmod"):
        if child.i > head.i and case(child) == "of":
            alone = len(_own_words(head)) == 1
            tail = _complement_words(child, alone=alone) if _can_be_complement(child) else None
            return tail.end if tail is not None else end
    return end


def _tells_which(child: Token, index: MentionIndex) -> bool:
    """Whether what hangs behind a noun belongs to its name: a phrase with a preposition, "to" with a verb, a clause without a
    comma; no time, which is the clause's as a rule, and no "with" phrase that tells a thing of its own.
    """
    if child.dep_ == "nmod" and case(child):
        ends = [c for c in deps(child, "acl") if c.tag_ in {"VBN", "VBG"}]
        does = base(child.head) in {"nsubj", "obj"} and child.head.head.pos_ == "VERB"
        if child.left_edge.is_punct or (case(child) == "by" and not does) or (case(child) == "with" and ends):
            return False
        named = index.named_at(child) if case(child) == "from" and base(child.head) == "obj" else None
        if named is not None and named.type in {"Person", "Company"}:
            return False  # "bought the ferry from Ali Sow": he belongs to the verb
        return child.ent_type_ not in _WHEN and lemma(child).lower() not in index.knowledge.words["time_nouns"]
    if base(child) in {"appos", "flat"} and child.pos_ == "PROPN":
        # "presidential candidates Ana Ruiz and Ben Lo"
        close = child.doc[child.head.i + 1].pos_ == "PROPN"
        return close and child.head.tag_ == "NNS" and index.named_at(child) is not None
    if base(child) == "amod" and child.pos_ == "ADJ":
        told = lemma(child) in index.knowledge.words["complemented_adjectives"]
        return told and not child.left_edge.is_punct and child.right_edge.i > child.i  # "areas prone to floods"
    first = child.left_edge
    dated = any(t.ent_type_ in _WHEN for t in child.doc[first.i : min(first.i + 2, child.i)])
    tells = child.pos_ in CLAUSAL or is_content(child)
    return base(child) == "acl" and tells and not (first.is_punct or dated)


def _last_of(child: Token) -> int:
    """The last word of a phrase, before a comma or a mark behind its head; -1 where a list or a clause would be cut."""
    for token in child.doc[child.left_edge.i : child.right_edge.i + 1]:
        if token.is_punct and token.text not in _INNER_MARKS and token.i > child.left_edge.i:
            if all(t.is_punct for t in child.doc[token.i : child.right_edge.i + 1]):
                return token.i - 1
            if _parts_items(token, child):
                continue
            cut = token.i < child.i or any(t.dep_ == "conj" and t.head.i < token.i < t.i for t in child.subtree)
            if base(child) == "acl":
                end = _core_end(child)
                return end if end < token.i else -1
            return -1 if cut else token.i - 1
        if token.ent_type_ in _WHEN and token.i > child.i and base(child) != "acl" and not _is_named_so(token):
            return token.i - (2 if token.nbor(-1).pos_ == "ADP" else 1)  # "attacks in Lima on 2 May"
    return child.right_edge.i


def _is_named_so(token: Token) -> bool:
    """ "the paper Lima Today": what looks like a time ends a name."""
    return token.pos_ == "PROPN" and base(token) in {"appos", "flat"} and token.nbor(-1).pos_ == "PROPN"


def _parts_items(comma: Token, phrase: Token) -> bool:
    """Whether a comma parts the items of a list that a phrase holds as a whole: "talks between Chad, Mali and Togo"."""
    items = deps(phrase, "conj")
    plain = (
        base(phrase) == "nmod" and any(deps(c, "cc") for c in items) and items[-1].right_edge.i == phrase.right_edge.i
    )
    return comma.text == "," and plain and any(c.left_edge.i == comma.i or c.left_edge.i == comma.i + 1 for c in items)


def _core_end(child: Token) -> int:
    """The last word of what a phrase or a clause says first: "to fight malaria (by handing out nets, …)", "of turning away boats
    (that …)", "praising Ana Ruiz (, the founder)", "in journals (…)"; -1 where nothing can be told apart.
    """
    if base(child) != "acl":
        return -1 if deps(child, "conj") else noun_phrase(child).end - 1
    if child.dep_ != "acl" or not (is_infinitive(child) or child.tag_ == "VBG"):
        return -1
    verbs = [child, *deps(child, "xcomp")]
    things = [c for verb in verbs for c in deps(verb, "obj") if c.i > verb.i]
    if not things or deps(things[-1], "conj") or any(is_infinitive(c) for c in deps(things[-1], "acl")):
        return -1
    inner = [c for c in deps(things[-1], "nmod") if case(c) == "of" and not deps(c, "conj")]
    whole = max([noun_phrase(things[-1]).end, *(c.right_edge.i + 1 for c in deps(things[-1], "flat"))])
    return (noun_phrase(inner[0]).end if inner and inner[0].left_edge.i == whole else whole) - 1


def _measure(token: Token, knowledge: Knowledge) -> str:
    """What measures a nominal, for its name: "dozens of" boats; "most of the" boats are another thing than the boats."""
    head = measured(token, knowledge.words["quantifier_nouns"])
    if head.i == token.i or lemma(head) in knowledge.words["whole_nouns"]:
        return ""
    words = [t for t in noun_phrase(head) if t.dep_ != "det" and t.i <= head.i]
    inner = head.doc[head.i + 1 : noun_phrase(token).start]
    definite = any(d.lower_ in {"the", "these", "those", "this"} for d in deps(token, "det")) or deps(
        token, "nmod:poss"
    )
    between = [t for t in inner if t.dep_ not in {"det", "det:predet"} and not t.is_space]
    if not between or len(words) + len(between) > 6:
        return ""
    if deps(token, "nmod:poss"):
        between = between[:1]  # owners go from names
    text = " ".join(t.text for t in (*words, *between))
    return f"{text[0].lower()}{text[1:]}{' the' if definite else ''}"


def find_elided(index: MentionIndex) -> None:
    """ "the attacks in Oslo, including those in Lima on 2 May": events of the kind named before, whose noun is left out."""
    known = index.knowledge
    for token in index.doc:
        if token.lower_ not in {"those", "others"} or not deps(token, "nmod") or token.i - token.sent.start < 2:
            continue
        if any(t.lower_ == "who" for c in deps(token, "acl") for t in deps(c, "nsubj")):
            continue
        before = index.doc[token.sent.start : token.i]
        nouns = [t for t in before if t.tag_ == "NNS" and t.pos_ == "NOUN" and t.lower_ != "others"]
        mention = index.at(nouns[-1]) if nouns else None
        if mention is None or not known.is_a(mention.type, "Event"):
            continue
        if any(case(c) in known.words["place_preps"] | {"of"} for c in deps(token, "nmod")):
            label = nouns[-1].lower_ if token.lower_ == "those" else f"other {nouns[-1].lower_}"
            _add_nominal(index, token, label + _which(token, index), mention.type, "elided")


def find_relative_pronouns(index: MentionIndex) -> None:
    """ "Two guards were found in the garage, who said …": a clause with "who" tells of people, not of the nearest thing."""
    known = index.knowledge
    for token in index.doc:
        verb = token.head
        if token.lower_ == "which":
            _which_thing(token, index)
        if token.lower_ != "who" or verb.dep_ != "acl:relcl" or base(token) != "nsubj" or verb.head.i > token.i:
            continue
        noun = verb.head
        mine = index.at(noun)
        if mine is None or not any(known.is_a(mine.type, cls) for cls in ("Place", "Event", "Artifact", "Document")):
            continue
        people = [
            t for t in (*noun.ancestors, *(c for a in noun.ancestors for c in deps(a, "nsubj", "obj"))) if t.i < noun.i
        ]
        fitting = [t for t in people if (m := index.at(t)) is not None and known.is_a(m.type, "Agent")]
        if fitting and not verb.is_ancestor(fitting[-1]):
            verb.head = max(fitting, key=lambda t: t.i)


def _which_thing(pronoun: Token, index: MentionIndex) -> None:
    """ "Two guards were hurt in the blast, which happened in Lima": "which" is no people, but the noun right before it."""
    clause, known = pronoun.head, index.knowledge
    if clause.dep_ != "acl:relcl" or base(pronoun) != "nsubj" or clause.head.i > pronoun.i - 3:
        return
    people = index.at(clause.head)
    before = pronoun.nbor(-2) if pronoun.nbor(-1).text == "," else pronoun.nbor(-1)
    near = index.at(before)
    if people is None or near is None or (not before.is_ancestor(before) and clause.head.i >= before.i):
        return
    is_people = clause.head.tag_ in {"NNS", "NNPS"} and known.is_a(people.type, "People")
    if is_people and before.pos_ in {"NOUN", "PROPN"} and not known.is_a(near.type, "Agent"):
        clause.head = before


def _heads_nominal(token: Token, index: MentionIndex) -> bool:
    words = index.knowledge.words
    if _holds_verb(token):
        return False
    if token.pos_ == "NUM" and base(token) in {"obj", "nsubj"} and token.ent_type_ not in {"DATE", "TIME"}:
        # "killed six"; digits may count anything, and people only where something was done to them: "300 were killed"
        return token.is_alpha or (token.text[:1].isdigit() and lemma(token.head) in words["victim_verbs"])
    people = token.doc[token.i : token.i + 1]
    is_noun = token.pos_ in {"NOUN", "PROPN"} or (token.ent_type_ == "NORP" and is_individual(people))
    if not is_noun or not any(c.isalpha() for c in token.text) or token.text.endswith("$"):
        return False
    if token.lower_ in words["stance_prefixes"] and token.i + 1 < len(token.doc) and token.nbor().text in {"-", "–"}:
        return False  # half of "pro-Oslo"
    if token.ent_type_ == "TITLE" and token.head.ent_type_ == "TITLE" and token.head.i == token.i - 2:
        return False  # the second half of "Attorney-General"
    if base(token) in {"compound", "flat", "fixed", "goeswith", "amod"} or len(token.text) < 2:
        return False
    key = lemma(token)
    if key in {"day", "week", "night", "year"} and deps(token, "compound") and not token.like_num:
        return token.ent_type_ not in {"DATE", "TIME"}  # "founding day", "Victory Day"
    return key not in words["time_nouns"] and key not in words["empty_nouns"]


def _holds_verb(head: Token) -> bool:
    """Whether a clause was taken for one phrase: "a truce ended fighting", "the blast wounded 14 people"."""
    words = [t for t in _own_words(head) if t.i < head.i]
    return any(
        verb.tag_ in {"VBD", "VBN"}
        and before.tag_ in {"NN", "NNS", "VBD", "VBN"}
        and (before.head.i == head.i or (before.head.i == verb.i and before.whitespace_))
        for before, verb in itertools.pairwise(words)
    )


def nominal_label(head: Token) -> str:
    """A noun phrase as a label: "the group's 125-member delegation of artists" gives "125-member delegation of artists".

    Determiners, possessors and clauses go; one "of" complement stays, for "members" alone says little.
    """
    text = "".join(t.text_with_ws for t in _own_words(head)).strip()
    after = head.i + 1
    if after < len(head.doc) and head.doc[after].like_num and head.doc[after].head.i == head.i:
        text += " " + head.doc[after].text  # "Resolution 2249", "Flight 370"
    for child in head.children:
        if child.dep_ == "nmod" and case(child) == "of" and _can_be_complement(child):
            tail = _complement_words(child, alone=" " not in text)
            if tail is not None and tail.start > head.i:
                text += " of " + tail.text
            break
    return re.sub(r"\s+", " ", re.sub('[“”"]', "", text))[:120].strip()


def _can_be_complement(child: Token) -> bool:
    if child.i - child.head.i > _LONGEST_TAIL:
        return False
    if any(c.lower_ == "of" and c.doc[max(c.i - 1, 0)] in deps(child, "advmod") for c in deps(child, "case")):
        return False  # "officials south of Lima" are not of Lima
    return child.pos_ in {"NOUN", "PROPN"} or (child.pos_ == "NUM" and len(child.text) == 4)  # "the law of 1848"


def _own_words(head: Token) -> list[Token]:
    """A noun with what stands before it and says which, without determiners and owners; all of a list that is counted together."""
    apart = [c for c in head.children if c.dep_ in {"det", "nmod:poss", "det:predet", "cc:preconj"}]
    skip = {t.i for c in apart if c.lower_ not in {"every", "each"} for t in c.subtree}
    owned = max((c.right_edge.i for c in deps_exact(head, "nmod:poss") if c.i < head.i), default=-1)
    core = [t for t in noun_phrase(head) if t.i not in skip and owned < t.i <= head.i and not t.is_space]
    if counts_together(head):
        core += list(head.doc[head.i + 1 : counted_list(head)[-1].i + 1])
    while core and (core[0].is_punct or core[0].lower_ in _NO_BEGINNINGS):
        core.pop(0)
    return core


_NO_BEGINNINGS = frozenset(
    "'s ’s ' ’ and or but both to by of also even especially eventually too then instead however".split()
)


def _complement_words(noun: Token, *, alone: bool) -> Words | None:
    """What follows "of" in a label: a list as a whole ("ministers of Chad and Mali"), and whose it is in turn ("of the state of
    Ohio"). A list that would be cut is left out, unless the label would be one word `alone`, which says less than its first item.
    """
    first = noun_phrase(noun)
    items = listed(noun)
    counted = any(d.lower_ in {"a", "an"} for d in deps(noun.head, "det")) and len(items) == 2
    if noun.tag_ in {"NNS", "NNPS"} and counted:
        items = [noun]  # "a number of ministers and officials": what follows may be counted or not
    if len(items) > 1:
        last = noun_phrase(items[-1])
        if _is_plain_list(items):
            whole = noun.doc[first.start : max(last.end, items[-1].right_edge.i + 1 if len(items) > 2 else 0)]
            return whole if len(whole) <= 14 else None
        return first if alone and _size(first) <= 6 else None
    inner = [c for c in deps(noun, "nmod") if case(c) == "of" and c.pos_ in {"PROPN", "NOUN"} and not deps(c, "conj")]
    if inner and inner[0].left_edge.i == first.end and (whole := noun_phrase(inner[0])).end - first.start <= 8:
        return noun.doc[first.start : whole.end]
    named = [c for c in deps(noun, "appos", "flat") if c.i == first.end and c.pos_ == "PROPN"]
    if named and (whole := noun_phrase(named[0])).end - first.start <= 8:
        return noun.doc[first.start : whole.end]  # "the death of deputy Ana Sow"
    return first if _size(first) <= 6 else None


def _is_plain_list(items: list[Token]) -> bool:
    """Whether the items are alike and the last is joined by "and" or "or": no "sanitation and the collapse of order". The last of
    more than two may have words of its own ("of pain, fever, and coughing with blood").
    """
    one, *others = items
    last = others[-1]
    if not deps(last, "cc") or any(t.pos_ not in {"NOUN", "PROPN"} and t.tag_ != "VBG" for t in items):
        return False
    if len(others) > 1 and one.doc[deps(last, "cc")[0].i - 1].text == ",":
        others = others[:-1]
    elif last.i + 1 < len(one.doc) and one.doc[last.i + 1].lower_ == "of":
        return False
    articles = {len(deps(t, "det")) for t in items}
    return len(articles) == 1 and not any(deps(t, "nmod", "acl", "case", "obl") for t in others)


def _nominal_class(token: Token, knowledge: Knowledge) -> str:
    if token.pos_ == "NUM":
        return "Group"
    key = lemma(token)
    compound = next((lemma(c) + " " + key for c in deps(token, "compound", "amod") if c.i == token.i - 1), "")
    if key in knowledge.words["camp_nouns"] and _takes_side(token, knowledge):
        return "Group"
    if token.ent_type_ == "NORP" and is_individual(token.doc[token.i : token.i + 1]):
        return "Person"
    if is_counted_people(token.doc[token.i : token.i + 1]):
        return "Group"
    cls = knowledge.nouns.get(compound) or knowledge.nouns.get(key) or knowledge.nouns.get(token.lower_)
    if cls is None and "-" in key:
        cls = knowledge.nouns.get(key.rpartition("-")[2])  # "co-worker", "ex-husband"
    if cls is None and key in knowledge.titles:
        cls = "Person"
    if cls == "Country" and any(case(c) == "of" and c.ent_type_ not in {"GPE", "LOC"} for c in deps(token, "nmod")):
        cls = "Concept"  # "a state of emergency"
    if cls is None:
        rows = knowledge.triggers.get((key, "NOUN"), ())
        cls = next((r.target for r in rows if not r.is_relation and len(r.words) == 1), None)
    if cls is None:
        return "Concept"
    plural = token.tag_ in {"NNS", "NNPS"} or "Plur" in token.morph.get("Number", [])
    if plural and key in knowledge.words["counted_nouns"]:
        return "Concept"  # "60,000 votes" are no election
    return "Group" if cls == "Person" and plural else cls


def _takes_side(token: Token, knowledge: Knowledge) -> bool:
    """Whether a "pro-Norland camp" or an "anti-war camp" is meant, where people share a stance and not a place."""
    words = (t.lower_ for c in deps(token, "compound", "amod") for t in c.subtree)
    return any(w.partition("-")[0] in knowledge.words["camp_prefixes"] or w.endswith("ist") for w in words)
