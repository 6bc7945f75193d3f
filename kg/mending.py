"""Mending a dependency tree where the parser slips in ways that a construction gives away, before any rule reads it.

Each mend is one construction: its example stands in its docstring. Comes in: a Doc with Universal Dependencies, which changes
in place. A mend looks at one token and those around it, and leaves alone what it does not know.
"""

from __future__ import annotations

import itertools

from spacy.tokens import Doc, Span, Token

from kg.syntax import (
    CLAUSAL,
    ancestors_until_root,
    base,
    case,
    deps,
    deps_exact,
    is_count,
    is_infinitive,
    lemma,
    lemma_candidates,
    stands_inside,
)


def mend(doc: Doc) -> None:
    """Put right, in place, what no English tree can be, where the parser slipped.

    A nominal with a possessive marker modifies the nominal after it ("Russia's Shoigu"); a second subject right after an
    active verb that has none is its object ("accused North Korea").
    """
    for token in doc:
        marker = next((c for c in token.children if c.tag_ == "POS" and c.i > token.i), None)
        if marker is not None and token.dep_ == "nmod":
            _mend_owner_in_phrase(token, marker)
        if marker is not None and base(token) == "compound" and token.head.i > marker.i:
            token.dep_ = "nmod:poss"  # "Norland Steel's rival"
        if marker is not None and base(token) not in {"nmod", "conj", "compound", "flat", "root", "ROOT"}:
            owner = next(
                (t for t in doc[marker.i + 1 : marker.i + 7] if t.pos_ in {"NOUN", "PROPN"} and t.head.i != t.i), None
            )
            if (
                owner is not None
                and owner.i != token.i
                and not owner.is_ancestor(token)
                and not token.is_ancestor(owner)
            ):
                token.head = owner
                token.dep_ = "nmod:poss"
    for token in doc[:-2]:
        if token.lower_ == "according" and doc[token.i + 1].lower_ == "to" and token.dep_ != "case":
            _mend_according(token)
    for fragment, sentence in itertools.pairwise(list(doc.sents) if doc.has_annotation("DEP") else ()):
        _mend_fronted_date(fragment, sentence)
    for token in doc:
        _mend_both(token)
        _mend_counted_of(token)
        _mend_year_before(token)
        _mend_adjective_as_object(token)
        _mend_counted_item(token)
        _mend_far_conjunct(token)
        _mend_finite_conjunct(token)
        _mend_complementizer(token)
        _mend_day_as_subject(token)
        _mend_empty_subject(token)
        _mend_hyphenated(token)
        _mend_list_of_names(token)
        _mend_list_after_place(token)
        _mend_titled_conjunct(token)
        _mend_title_behind(token)
        _mend_other_parts(token)
        _mend_anniversary(token)
        _mend_participle(token)
        _mend_promising(token)
        _mend_first_of_list(token)
        _mend_state(token)
        _mend_others(token)
        _mend_gerund_clause(token)
        _mend_footage(token)
        _mend_particle(token)
        _mend_purpose_in_name(token)
        _mend_described_name(token)
        _mend_two_nouns(token)
        _mend_verb_before_number(token)
        _mend_said_further(token)
        _mend_fronted_phrase(token)
        _mend_moved(token)
        _mend_expected(token)
        _mend_up_to(token)
        _mend_joined_participle(token)
        _mend_general(token)
        _mend_receiver(token)
        if token.pos_ != "VERB":
            continue
        _mend_parenthetical(token)
        _mend_late_speaker(token)
        _mend_second_that(token)
        _mend_far_subject(token)
        _mend_semicolon(token)
        _mend_voice(token)
        for lone in deps_exact(token, "iobj") if not deps_exact(token, "obj", "ccomp", "xcomp") else ():
            lone.dep_ = "obj"  # a thing given to nobody but the "to" phrase
        subjects = deps_exact(token, "nsubj")
        before, after = [s for s in subjects if s.i < token.i], [s for s in subjects if s.i > token.i]
        for first, second in itertools.pairwise(before):
            _mend_body_before_title(first, second)
            # "the council, an umbrella body, has …": a second subject after a comma is an apposition of the first
            if (
                doc[second.left_edge.i - 1].text == ","
                and second.left_edge.i - 1 > first.i
                and not first.is_ancestor(second)
            ):
                second.head, second.dep_ = first, "appos"
        if before and after and not deps_exact(token, "obj", "ccomp"):
            after[0].dep_ = "obj"
        _mend_arguments(token, before)
        _mend_shared_head(token)
        _mend_second_object(token)
        _mend_gerund_subject(token)
        _mend_blame(token)
        _mend_accused(token)
        _mend_gapped(token)
        _mend_said_active(token)
        _mend_agent_of_state(token)
        _mend_next_subject(token)


def _mend_gapped(verb: Token) -> None:
    """ "Ten sailors were killed and six nurses wounded": a participle right behind another nominal is said of that one, though the
    parse makes the nominal a part of the first subject or verb, and the participle one of either.
    """
    subject = verb.head if verb.dep_ == "acl" else next(iter(deps_exact(verb.head, "nsubj:pass")), verb)
    first = subject.head if verb.dep_ == "acl" else verb.head
    if verb.tag_ != "VBN" or verb.dep_ not in {"acl", "conj"} or subject.dep_ != "nsubj:pass":
        return
    if not subject.i < first.i < verb.i or deps(verb, "nsubj", "aux", "mark"):
        return
    own = [
        c for t in (subject, first) for c in deps(t, "conj") if first.i < c.i < verb.i and c.pos_ in {"NOUN", "PROPN"}
    ]
    own = [c for c in own if all(t.pos_ == "ADV" for t in verb.doc[c.right_edge.i + 1 : verb.i])]
    if own:
        own[0].head, own[0].dep_ = verb, "nsubj:pass"
        verb.head, verb.dep_ = first, "conj"


def _mend_agent_of_state(verb: Token) -> None:
    """ "Four were reported wounded by the blast": what stands behind the second participle wounded them, and reported nothing."""
    states = [c for c in deps_exact(verb, "xcomp") if c.tag_ == "VBN" and c.i > verb.i]
    for agent in deps(verb, "obl") if states else ():
        if case(agent) == "by" and agent.left_edge.i == states[0].i + 1:
            agent.head = states[0]


def _mend_next_subject(verb: Token) -> None:
    """ "The nurses are trained, ports and airports …": a second subject behind a passive verb begins what the parse has lost."""
    subjects = deps_exact(verb, "nsubj:pass")
    for late in (s for s in subjects if s.i > verb.i and any(t.i < verb.i for t in subjects)):
        late.dep_ = "parataxis"


def _mend_said_active(verb: Token) -> None:
    """ "Officials say the raid in Velm killed six sailors": with what it was done to behind it, a form in -ed without auxiliary is
    no participle, but what is said of the noun that the parse took for what is said.
    """
    is_clause = verb.dep_ == "ccomp"
    if (
        verb.tag_ != "VBN"
        or verb.dep_ not in {"acl", "ccomp"}
        or deps(verb, "aux", "mark")
        or deps_exact(verb, "nsubj")
    ):
        return
    speech = verb.head if is_clause else verb.head.head
    nouns = [c for c in deps_exact(speech, "obj") if speech.i < c.i < verb.i and (is_clause or c.i == verb.head.i)]
    done_to = [c for c in deps_exact(verb, "obj", "nsubj:pass") if c.i > verb.i and not case(c)]
    if not is_clause:  # "a man named Ben Lo": of a name or kind it may be said that he has it
        done_to = [c for c in done_to if c.dep_ == "nsubj:pass" or deps(c, "nummod")]
    if lemma(speech) not in _SAYING or len(nouns) != 1 or not done_to:
        return
    verb.tag_, verb.head, verb.dep_ = "VBD", speech, "ccomp"
    nouns[0].head, nouns[0].dep_ = verb, "nsubj"
    for each in done_to:
        each.dep_ = "obj"


_SAYING = frozenset({"say", "claim", "believe", "think", "report"})


def _mend_said_further(verb: Token) -> None:
    """ "She claims that she left but ended up in Lima": the past of the second verb is that of what is claimed."""
    speech = verb.head
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or speech.tag_ not in {"VBZ", "VBP"} or deps(verb, "nsubj", "expl"):
        return
    said = [c for c in deps(speech, "ccomp") if speech.i < c.i < verb.i]
    if said and any(t.tag_ == "VBD" for t in (said[-1], *deps(said[-1], "aux", "cop"))):
        verb.head = said[-1]


def _mend_second_that(verb: Token) -> None:
    """ "warned that the dam leaks, and that two towns are in danger": the second "that" is as much of what is said as the first."""
    if verb.dep_ != "conj" or verb.head.i > verb.i or not any(m.lower_ == "that" for m in deps(verb, "mark")):
        return
    said = [c for c in deps(verb.head, "ccomp") if verb.head.i < c.i < verb.i and deps(c, "mark")]
    if said:
        verb.head = said[-1]


def _mend_body_before_title(first: Token, second: Token) -> None:
    """ "Norvik Press managing editor Ana Ruiz says": the body stands before the title, and does not say it."""
    title = next((c for c in second.children if c.i < second.i and c.pos_ == "NOUN" and c.tag_ == "NN"), None)
    if title is not None and first.pos_ == second.pos_ == "PROPN" and second.left_edge.i == first.i + 1:
        first.head, first.dep_ = title, "compound"


def _mend_fronted_phrase(phrase: Token) -> None:
    """ "According to the agency Ruiz is the best choice", "For the poor, bread is the main cost": what stands before the subject of
    a predicate noun belongs to the clause.
    """
    noun = phrase.head
    if phrase.dep_ == "nmod" and case(phrase) and deps(noun, "cop"):
        if any(phrase.i < subject.left_edge.i for subject in deps(noun, "nsubj", "csubj", "expl")):
            phrase.dep_ = "obl"


def _mend_moved(phrase: Token) -> None:
    """ "the withdrawal of Malian troops from Chad": from where and to where is said of the moving, and not of the troops."""
    moved = phrase.head
    if phrase.dep_ != "nmod" or case(phrase) not in {"from", "to", "into"} or phrase.i < moved.i:
        return
    if moved.dep_ == "nmod" and case(moved) == "of" and lemma(moved.head) in _MOVES and moved.head.i < moved.i:
        phrase.head = moved.head


_MOVES = frozenset(
    "withdrawal pullout removal return expulsion eviction evacuation transfer deportation departure extradition repatriation "
    "exodus escape flight influx resettlement relocation".split()
)


def _mend_expected(participle: Token) -> None:
    """ "talks with officials expected to cover trade": what is expected to do so are the talks."""
    party = participle.head
    if (
        participle.dep_ != "acl"
        or participle.tag_ != "VBN"
        or lemma(participle) not in _INTENDED
        or case(party) != "with"
    ):
        return
    if party.dep_ == "nmod" and party.head.pos_ == "NOUN" and any(is_infinitive(c) for c in deps(participle, "xcomp")):
        participle.head = party.head


_INTENDED = frozenset("expect schedule design intend mean set".split())


def _mend_up_to(clause: Token) -> None:
    """ "It is up to the firm to decide": the infinitive says what is, and describes no firm."""
    noun = clause.head
    if clause.dep_ != "acl" or not is_infinitive(clause) or not deps(noun, "cop"):
        return
    if case(noun) == "up to" or [c.lower_ for c in deps(noun, "case")] == ["up", "to"]:
        clause.dep_ = "csubj"


def _mend_joined_participle(verb: Token) -> None:
    """ "the level of cancer-causing dust": a form in -ing that a hyphen joins to the noun before it describes the noun behind it."""
    if verb.tag_ != "VBG" or verb.i < 2 or verb.dep_ not in {"acl", "advcl"} or verb.nbor(-1).text not in {"-", "–"}:
        return
    left = verb.nbor(-2)
    things = [c for c in deps(verb, "obj", "obl") if c.pos_ in {"NOUN", "PROPN"} and _begins_behind(c, verb)]
    if left.whitespace_ or verb.nbor(-1).whitespace_ or left.pos_ not in {"NOUN", "PROPN"} or not things:
        return
    noun = things[0]
    upper = left.head if left.head.i not in {verb.i, noun.i, left.i} else verb.head
    markers = [c for t in (left, verb, noun) for c in deps(t, "case", "mark") if c.pos_ == "ADP" and c.i < left.i]
    if not markers or upper.i > left.i:
        return
    further = [c for c in verb.children if c.i > noun.right_edge.i]
    before = [c for t in (left, verb) for c in t.children if c.i < left.i]
    for child in further:
        child.head = verb.head
    noun.head, noun.dep_ = upper, "obl" if upper.pos_ in CLAUSAL else "nmod"
    for child in before:
        child.head = noun
    for marker in markers:
        marker.head, marker.dep_ = noun, "case"
    verb.head, verb.dep_ = noun, "amod"
    left.head, left.dep_ = verb, "compound"


def _begins_behind(noun: Token, word: Token) -> bool:
    """Whether a nominal goes on right behind a word, whatever of it stands before."""
    return min((t.i for t in noun.subtree if t.i > word.i), default=-1) == word.i + 1


def _mend_parenthetical(verb: Token) -> None:
    """ "In the north, she says, mills were shut": what stands before the parenthesis belongs to what is said."""
    said = deps_exact(verb, "ccomp")
    if not stands_inside(verb) or len(said) != 1 or verb.nbor(2).is_quote or not deps(said[0], "nsubj", "expl"):
        return
    if said[0].left_edge.i in {verb.i + 1, verb.i + 2}:
        for phrase in deps(verb, "obl"):
            if phrase.i < verb.i and case(phrase) and not deps(phrase, "acl"):
                phrase.head = said[0]


def _mend_counted_of(noun: Token) -> None:
    """ "hundreds of thousands of farmers left": each "of" goes on with the count right before it, and is no subject of its own."""
    of = next((c for c in deps(noun, "case") if c.lower_ == "of" and 0 < c.i < noun.i), None)
    count = of.nbor(-1) if of is not None else noun
    if is_count(count) and count.i not in {noun.i, noun.head.i} and not noun.is_ancestor(count):
        noun.head, noun.dep_ = count, "nmod"


def _mend_year_before(year: Token) -> None:
    """ "said that in 1988 Chadian troops left": a year behind "in" dates the clause and counts no troops."""
    noun = year.head
    preposition = year.nbor(-1) if year.i else year
    is_year = year.dep_ == "nummod" and len(year.text) == 4 and year.text.isdigit() and noun.i > year.i
    if is_year and preposition.lower_ in {"in", "since", "by"} and noun.head.pos_ in CLAUSAL and noun.head.i > noun.i:
        year.head, year.dep_ = noun.head, "obl"
        preposition.head, preposition.dep_ = year, "case"


def _mend_adjective_as_object(adjective: Token) -> None:
    """ "led the mostly Muslim and rural south": an adjective between an article and its noun is no object of its own."""
    if adjective.tag_ != "JJ" or base(adjective) not in {"obj", "nsubj", "obl"}:
        return
    nouns = [c for c in (*deps(adjective, "conj"), *deps(adjective.head, base(adjective))) if c.i > adjective.i]
    for noun in nouns if not deps(adjective, "det") else ():
        inside = any(d.i < adjective.i for d in deps(noun, "det"))
        if inside and noun.pos_ in {"NOUN", "PROPN"} and noun.i - adjective.i < 5:
            noun.head, noun.dep_ = adjective.head, adjective.dep_
            adjective.head, adjective.dep_ = noun, "amod"
            return


def part_halves(half: Token) -> None:
    """ "North and South Norland traded fire", in place: two states that share a word, both of whom act."""
    state = half.head
    other = next((c for c in deps(half, "conj") if half.i + 2 == c.i == state.i - 1), None)
    if other is None or base(half) not in {"compound", "amod"} or deps(state, "conj"):
        return
    half.head, half.dep_ = state.head, state.dep_
    for child in [c for c in state.children if c.i < half.i]:
        child.head = half
    state.head, state.dep_ = half, "conj"
    other.head, other.dep_ = state, "compound"
    for link in deps(half, "cc"):
        link.head = state


def _mend_counted_item(item: Token) -> None:
    """ "a stock of 36 rifles, 13 shotguns and eight trucks": what is counted goes on with what is counted, and not with the stock."""
    whole = item.head
    if item.dep_ != "conj" or not deps(item, "nummod") or deps(whole, "nummod") or item.i < whole.i:
        return
    for first in deps(whole, "nmod"):
        listed_too = deps(first, "conj") and deps(first, "nummod")
        if listed_too and case(first) == "of" and whole.i < first.i < item.i:
            item.head = first
            return


def _mend_verb_before_number(word: Token) -> None:
    """ "killed a guard and wounded eight miners": a participle before a number is the next verb, and describes no miners."""
    noun, doc = word.head, word.doc
    if word.tag_ not in {"VBN", "VBD"} or base(word) != "amod" or noun.dep_ != "conj" or noun.i < word.i + 2:
        return
    verb = noun.head.head
    joined = word.i > 0 and doc[word.i - 1].lower_ in {"and", "or"}
    if not joined or doc[word.i + 1].pos_ != "NUM" or base(noun.head) != "obj" or verb.pos_ != "VERB":
        return
    word.head, word.dep_, word.pos_ = verb, "conj", "VERB"
    noun.head, noun.dep_ = word, "obj"
    for link in deps(noun, "cc"):
        link.head = word


def _mend_owner_in_phrase(owner: Token, marker: Token) -> None:
    """ "Members of Norland's army fled": the phrase is "of the army", whose Norland is, and no subject of its own."""
    whole, doc = owner.head, owner.doc
    window = doc[marker.i + 1 : marker.i + 7]
    above = {whole.i, whole.head.i}
    heads = (t for t in window if not t.is_punct and (t.head.i in above or not marker.i < t.head.i < marker.i + 7))
    thing = next(heads, None)
    if thing is None or thing.pos_ not in {"NOUN", "PROPN", "ADJ"} or thing.i == owner.i or whole.i > owner.i:
        return
    beside = thing.dep_ == "nmod" and thing.head.i == whole.i
    twice = base(thing) == "nsubj" and base(whole) == base(thing) and thing.head.i == whole.head.i
    markers = [c for c in deps(owner, "case") if c.i < owner.i]
    if not (beside or twice) or not markers or case(thing):
        return
    thing.head, thing.dep_ = whole, "nmod"
    for preposition in markers:
        preposition.head = thing
    owner.head, owner.dep_ = thing, "nmod:poss"


def _mend_semicolon(verb: Token) -> None:
    """ "struck two bridges; damaged a mill": a finite verb right behind a semicolon goes on with the verb before, and has neither a
    subject nor an object on the other side.
    """
    before = verb.nbor(-1) if verb.i else verb
    if before.text != ";" or verb.tag_ not in {"VBD", "VBN", "VBZ", "VBP"} or deps(verb, "aux"):
        return
    across = [c for c in deps(verb, "nsubj", "obj") if c.i < before.i]
    loose = base(verb) in {"acl", "advcl"} and bool(deps_exact(verb, "obj")) and not deps(verb, "nsubj")
    upper = next((a for a in verb.ancestors if a.pos_ == "VERB" and a.i < before.i), None)
    if upper is None or not (across or loose):
        return
    for child in across:
        child.head, child.dep_ = upper, "dep"
    verb.head, verb.dep_ = upper, "conj"


def _mend_voice(verb: Token) -> None:
    """ "Clashes erupted", "Kenya accused Chad": a finite verb without an auxiliary is active, and so is its subject; so is one with
    an object in a clause that a relative word opens ("the place where a raid killed ten").
    """
    finite = verb.tag_ == "VBD" or "VerbForm=Fin" in str(verb.morph)
    finite = finite or (base(verb) == "acl" and bool(deps_exact(verb, "obj")) and not deps(verb, "conj"))
    if finite and not deps(verb, "aux"):
        for subject in deps_exact(verb, "nsubj:pass"):
            subject.dep_ = "nsubj"


def _mend_list_of_names(apposed: Token) -> None:
    """ "The Red Cross, Chad and Niger signed": names after a name, the last behind an "and" and right before the verb, are a list."""
    item, last = apposed.head, max(deps(apposed, "conj"), key=lambda c: c.i, default=None)
    if base(apposed) != "appos" or last is None or not deps(last, "cc"):
        return
    before = min(t.i for t in apposed.subtree if not t.is_punct) - 1
    after = last.right_edge.i + 1
    is_listed = (
        {item.pos_, apposed.pos_, last.pos_} == {"PROPN"} and before > item.i and apposed.doc[before].text == ","
    )
    if is_listed and after < len(apposed.doc) and apposed.doc[after].pos_ in {"VERB", "AUX"}:
        apposed.dep_ = "conj"


def _mend_list_after_place(apposed: Token) -> None:
    """ "met farmers working in Lima, teachers of the town and students": people are no apposition of a place, but go on with
    the list of those before it.
    """
    place = apposed.head
    if apposed.dep_ != "appos" or apposed.tag_ != "NNS" or place.pos_ != "PROPN" or place.ent_type_ not in _PLACES:
        return
    rest = [*deps(apposed, "conj"), *(c for c in deps(place, "conj") if c.i > apposed.i)]
    first = next((t for t in ancestors_until_root(place) if t.pos_ == "NOUN" or t.dep_ == "conj"), None)
    if first is None or first.tag_ != "NNS" or base(first) not in {"obj", "obl", "nmod", "nsubj"} or first.i > place.i:
        return
    comma = next((t for t in apposed.subtree if t.text == "," and t.i < apposed.i), apposed.left_edge.nbor(-1))
    if comma.text == "," and any(t.lower_ == "and" for c in rest for t in deps(c, "cc")):
        for item in [apposed, *rest]:
            item.head, item.dep_ = first, "conj"


_PLACES = frozenset({"GPE", "LOC", "FAC"})


def _mend_titled_conjunct(title: Token) -> None:
    """ "Interior Minister Ruiz and Finance Minister Ben Lo signed": the title behind an "and" is of the next name, and no second
    title of the one before it.
    """
    first = title.head
    if title.dep_ != "nmod:desc" or not first.i < title.i or first.pos_ != "PROPN":
        return
    named = [c for c in title.children if c.i > title.i and c.pos_ == "PROPN" and c.ent_type_ == "PERSON"]
    if len(named) == 1 and not deps(named[0], "case") and deps(title, "cc") + deps(named[0], "cc"):
        second = named[0]
        second.head, second.dep_ = first, "conj"
        title.head = second
        for link in deps(title, "cc"):
            link.head = second


def _mend_title_behind(title: Token) -> None:
    """ "Ana Ruiz, the UK envoy for Chad said": behind a comma and with an article, a title is an apposition of the name before it."""
    if title.dep_ != "nmod:desc" or title.head.i > title.i or title.head.pos_ != "PROPN" or deps(title, "cc"):
        return
    start = min(t.i for t in title.subtree if not t.is_punct)
    if start and title.doc[start].lower_ in {"the", "a", "an"} and title.doc[start - 1].text == ",":
        title.dep_ = "appos"


def _mend_other_parts(parts: Token) -> None:
    """ "the fall of Velm and other towns of the valley": what is "other" goes on with the name right before the "and"."""
    links = [c for c in deps(parts, "cc") if c.i == parts.left_edge.i]
    if parts.dep_ != "conj" or not links or lemma(parts) not in _PARTS or not links[0].i:
        return
    before = links[0].nbor(-1)
    name = before.head if base(before) == "flat" else before
    is_other = any(c.lower_ == "other" and c.i == links[0].i + 1 for c in deps(parts, "amod"))
    if is_other and name.ent_type_ in _PLACES and name.head.i == parts.head.i and base(name) in {"nmod", "obl", "obj"}:
        parts.head = name


_PARTS = frozenset("part area town city village province region district place country state island".split())


def _mend_anniversary(participle: Token) -> None:
    """ "marked the anniversary of the pact signed in May": right behind it, a participle is of what happened, not of its day."""
    day = participle.head
    if participle.dep_ != "acl" or participle.tag_ != "VBN" or lemma(day) not in _ANNIVERSARIES:
        return
    inner = [c for c in deps(day, "nmod") if case(c) == "of" and c.right_edge.i == participle.left_edge.i - 1]
    if len(inner) == 1 and lemma(participle) not in _OF_DAYS:
        participle.head = inner[0]


_ANNIVERSARIES = frozenset({"anniversary", "centenary", "bicentenary", "centennial", "jubilee", "eve"})
_OF_DAYS = frozenset({"mark", "celebrate", "observe", "commemorate", "attend", "honor", "honour"})


def _mend_participle(verb: Token) -> None:
    """ "is led by Ana Ruiz, head of the fleet, based on the ship": behind a comma a form in -ed that has neither subject nor
    conjunction is a participle, and behind an apposition it is of whom that describes.
    """
    if verb.tag_ != "VBD" or verb.dep_ not in {"advcl", "acl", "parataxis"} or verb.i < 2 or verb.head.i > verb.i:
        return
    if verb.nbor(-1).text != ",":
        return
    if deps(verb, "nsubj", "mark", "aux", "expl", "csubj", "advmod", "obj", "cop", "ccomp", "xcomp", "cc"):
        return
    verb.tag_ = "VBN"
    if verb.dep_ == "acl":
        return
    verb.dep_ = "advcl"
    before = verb.nbor(-2)
    while before.head.i != verb.head.i and before.head.i != before.i:
        if base(before) == "appos" and before.head.pos_ == "PROPN":
            verb.head, verb.dep_ = before.head, "acl"
            return
        before = before.head


def _mend_promising(word: Token) -> None:
    """ "are promising to lift the ban": with an infinitive behind it, what looks like an adjective is the verb."""
    if word.pos_ != "ADJ" or word.lower_ not in _VERBAL_ADJECTIVES or not deps(word, "cop"):
        return
    if any(is_infinitive(c) for c in deps(word, "xcomp")) and not deps(word, "advmod"):
        word.pos_, word.tag_, word.lemma_ = "VERB", "VBG", _VERBAL_ADJECTIVES[word.lower_]
        for auxiliary in deps(word, "cop"):
            auxiliary.dep_ = "aux"


_VERBAL_ADJECTIVES = {"promising": "promise", "threatening": "threaten"}


def _mend_first_of_list(item: Token) -> None:
    """ "Chad, the wider League and the Republic of Niger are ready": a bare name before a comma and a list that is the subject is
    the first of the list.
    """
    verb = item.head
    if item.dep_ not in {"obl", "obl:unmarked"} or item.pos_ != "PROPN" or case(item) or item.i > verb.i:
        return
    if item.ent_type_ not in {"GPE", "ORG", "PERSON", "NORP"}:
        return
    for subject in deps_exact(verb, "nsubj", "nsubj:pass"):
        first = min(t.i for t in subject.subtree if not t.is_punct)
        between = item.doc[item.i + 1 : first]
        listed = any(t.lower_ == "and" for c in deps(subject, "conj") for t in deps(c, "cc"))
        if item.i < first and listed and {t.text for t in between if t.head.i != item.i or t.is_punct} == {","}:
            item.dep_ = subject.dep_
            subject.head, subject.dep_ = item, "conj"
            return


def _mend_gerund_clause(gerund: Token) -> None:
    """ "said that closing the border does not help": a gerund right before a finite verb without a subject is its subject."""
    verb = gerund.head
    if (
        gerund.tag_ != "VBG"
        or gerund.dep_ != "advcl"
        or gerund.i > verb.i
        or deps(gerund, "nsubj", "mark", "case", "advmod")
    ):
        return
    if deps(verb, "nsubj", "csubj", "expl") or not (deps(verb, "aux", "cop") or verb.tag_ in {"VBZ", "VBD"}):
        return
    before = gerund.nbor(-1) if gerund.i > gerund.sent.start else None
    opens = before is None or before.dep_ == "mark" or before.is_quote
    after = gerund.right_edge.i + 1
    if opens and gerund.doc[after].head.i in {verb.i, verb.head.i} | {after} and gerund.doc[after].text != ",":
        gerund.dep_ = "csubj"


def _mend_footage(gerund: Token) -> None:
    """ "footage of Ruiz opening bridges": what follows the gerund is its object and the name before it its subject."""
    noun = gerund.head
    names = [
        c for c in deps(noun, "compound") if c.pos_ == "PROPN" and c.i < gerund.i and c.right_edge.i == gerund.i - 1
    ]
    if gerund.tag_ != "VBG" or gerund.dep_ != "acl" or gerund.i > noun.i or len(names) != 1 or base(noun) != "nmod":
        return
    for marker in deps(noun, "case"):
        if marker.i < gerund.i:
            marker.head, marker.dep_ = gerund, "mark"
    names[0].head, names[0].dep_ = gerund, "nsubj"
    gerund.head = noun.head
    noun.head, noun.dep_ = gerund, "obj"


def _mend_particle(adverb: Token) -> None:
    """ "took her case up", "called the strike off": right behind the object such a word belongs to the verb."""
    verb = adverb.head
    if adverb.dep_ != "advmod" or adverb.lower_ not in {"up", "off", "down", "out"} or verb.pos_ != "VERB":
        return
    objects = [c for c in deps_exact(verb, "obj") if c.i > verb.i and c.right_edge.i == adverb.i - 1]
    if objects and not deps(verb, "compound:prt") and not deps(adverb, "obl", "nmod", "advmod"):
        adverb.dep_ = "compound:prt"


def _mend_others(others: Token) -> None:
    """ "attacks in Oslo and others in Lima": others of the same, and no other Oslos; "those in Lima" are there."""
    place = others.head
    if others.lower_ == "those" and others.tag_ == "DT" and others.i + 1 < len(others.doc):
        phrase = others.nbor().head
        if others.nbor().dep_ == "case" and phrase.i > others.i and phrase.head.i < others.i and base(phrase) == "nmod":
            phrase.head = others
    if others.lower_ != "others" or others.dep_ != "conj" or place.ent_type_ not in _PLACES or base(place) != "nmod":
        return
    noun = place.head
    if noun.tag_ != "NNS" or noun.i > place.i:
        return
    others.head = noun
    for child in deps(noun, "nmod"):
        if child.i > others.i and child.left_edge.i == others.i + 1:
            child.head = others


def _mend_state(adjective: Token) -> None:
    """ "Chad and Mali are committed to peace": an adjective has a copula and no auxiliary, and what stands bare before it is its
    subject.
    """
    if adjective.pos_ not in {"ADJ", "VERB"} or deps(adjective, "nsubj", "csubj", "expl", "cop"):
        bare = []
    else:
        finite = [a for a in deps_exact(adjective, "aux:pass", "aux") if a.tag_ in {"VBZ", "VBP", "VBD", "MD"}]
        bare = [
            c
            for c in deps_exact(adjective, "obl")
            if c.pos_ == "PROPN"
            and not case(c)
            and finite
            and c.i < finite[0].i
            and c.ent_type_ not in {"DATE", "TIME"}
        ]
    if len(bare) == 1:
        bare[0].dep_ = "nsubj" if adjective.pos_ == "ADJ" or not deps_exact(adjective, "aux:pass") else "nsubj:pass"
    if adjective.pos_ == "ADJ" and deps_exact(adjective, "nsubj", "nsubj:pass"):
        for auxiliary in deps_exact(adjective, "aux:pass"):
            auxiliary.dep_ = "cop"
        for subject in deps_exact(adjective, "nsubj:pass"):
            subject.dep_ = "nsubj"


def _mend_two_nouns(head: Token) -> None:
    """ "the drug crimes court": a noun right behind a noun, without a comma, is what both words name."""
    noun = head.nbor(-1) if head.i else head
    if head.dep_ != "appos" or head.head.i != noun.i or {head.pos_, noun.pos_} != {"NOUN"} or noun.head.i == noun.i:
        return
    if head.left_edge.i != head.i or noun.ent_type_ or head.ent_type_:
        return
    others = [c for c in noun.children if c.i != head.i and base(c) not in {"amod", "compound", "flat"}]
    head.head, head.dep_ = noun.head, noun.dep_
    for child in (noun, *others):
        child.head = head
    noun.dep_ = "compound"


def _mend_described_name(name: Token) -> None:
    """ "Coauthor Ann Lee told", "the founder Ann Lee said": a noun right before somebody's name describes it, and the name is who acts."""
    noun = name.nbor(-1) if name.i else name
    if name.pos_ != "PROPN" or noun.tag_ != "NN" or name.ent_type_ != "PERSON" or noun.ent_type_ == "PERSON":
        return
    told = {base(c) for c in noun.children if c.i < noun.i} - {"det", "amod", "case", "mark"}
    if name.head.i == noun.i and (name.dep_ == "flat" or (name.dep_ == "appos" and not told)):
        own = {"compound", "amod", "nmod", "det", "nummod"}
        rest = [c for c in noun.children if c.i != name.i and not (c.i < noun.i and base(c) in own)]
        upper = noun.head if noun.head.i != noun.i else name
        name.head, name.dep_ = upper, noun.dep_
        for part in [noun, *rest]:
            part.head = name
        noun.dep_ = "nmod:desc"
    elif {name.dep_, noun.dep_} == {"nsubj"} and name.head.i == noun.head.i:
        noun.head, noun.dep_ = name, "nmod:desc"


def _mend_purpose_in_name(verb: Token) -> None:
    """ "The Committee to Protect Journalists met in Oslo": a verb with a capital amid the sentence is a part of the name, and what
    follows the name hangs on the sentence's own verb.
    """
    doc = verb.doc
    if verb.pos_ != "VERB" or verb.tag_ not in {"VB", "NNP"} or not verb.text.istitle():
        return
    if verb.i < 2 or verb.i + 1 >= len(doc):
        return
    to, body = doc[verb.i - 1], doc[verb.i - 2]
    if to.text != "to" or body.pos_ != "PROPN" or not body.text.istitle() or not doc[verb.i + 1].text[:1].isupper():
        return
    own = next((t for t in (verb.head, *body.ancestors) if t.pos_ in CLAUSAL and t.i not in {verb.i, to.i}), None)
    if own is None or not own.text.islower() or own.is_ancestor(verb) is False:
        return
    end = verb.i + 1
    while end + 1 < len(doc) and doc[end + 1].text[:1].isupper() and doc[end + 1].pos_ in {"PROPN", "NOUN", "ADJ"}:
        end += 1
    for child in list(verb.children):
        if child.i > end:
            child.head = own
        elif child.i > verb.i:
            child.dep_ = "flat"
    verb.head, verb.dep_, verb.pos_, verb.tag_ = body, "flat", "PROPN", "NNP"
    to.head, to.dep_ = body, "flat"


def _mend_shared_head(verb: Token) -> None:
    """ "flew cargo, passenger and lightly armed aircraft": of two bare objects that touch, the first list modifies the second."""
    for first, second in itertools.pairwise(deps_exact(verb, "obj")):
        listed = [first, *(t for t in deps(first, "conj") if t.i < second.i)]
        touches = len(listed) > 2 and first.i > verb.i and max(t.i for t in listed) == second.i - 1
        bare = all(t.tag_ in {"NN", "NNP", "JJ", "VBN"} and not deps(t, "det", "nmod:poss", "nummod") for t in listed)
        nouns = first.pos_ in {"NOUN", "PROPN"} and second.pos_ in {"NOUN", "PROPN"}
        if touches and bare and nouns and not deps(second, "det", "case"):
            for other in (t for t in deps(first, "conj") if t.i > second.i):
                other.head = second  # "and heavy artillery" is no modifier
            first.head, first.dep_ = second, "compound"


def _mend_fronted_date(fragment: Span, sentence: Span) -> None:
    """ "On 2 May Kenya released the men": a date and no more, without a full stop, begins the sentence that follows it."""
    date = next((e for e in fragment.ents if e.label_ == "DATE" and e.end == fragment.end), None)
    if (
        date is None
        or len(fragment) > 8
        or any(t.dep_ not in {"case", "det"} for t in fragment[: date.start - fragment.start])
    ):
        return
    root = fragment.root
    if sentence.root.pos_ in CLAUSAL and sentence.root.i > sentence.start:
        root.head, root.dep_ = sentence.root, "obl" if case(root) else "obl:unmarked"


def _mend_both(token: Token) -> None:
    """ "drew both praise for helping girls enter the town and criticism for the ban": what "both" opens goes on behind the
    only "and" inside, wherever the parse hung that.
    """
    opens = [c for c in deps(token, "cc:preconj", "cc", "det", "det:predet") if c.lower_ == "both" and c.i < token.i]
    if not opens or deps(token, "conj") or token.pos_ not in {"NOUN", "PROPN"}:
        return
    found = [
        t for t in token.subtree if t.dep_ == "conj" and t.i > token.i and any(c.lower_ == "and" for c in deps(t, "cc"))
    ]
    if len({t.head.i for t in found}) == 1 and found[0].pos_ == token.pos_:
        for each in found:
            each.head = token


def _mend_gerund_subject(verb: Token) -> None:
    """ "footage of the mayor receiving a medal": what stands before a gerund is its subject and no object."""
    if verb.tag_ != "VBG" or deps(verb, "nsubj"):
        return
    for child in deps_exact(verb, "obj", "iobj"):
        if child.i < verb.i and child.pos_ in {"NOUN", "PROPN"} and deps_exact(verb, "obj")[-1:] != [child]:
            child.dep_ = "nsubj"
            return


def _mend_blame(verb: Token) -> None:
    """ "blamed the spill on a contractor": who is blamed hangs on the verb, and not on what he is blamed for."""
    if lemma(verb) not in {"blame", "blam"} or any(case(c) == "on" for c in deps(verb, "obl")):
        return
    for thing in deps_exact(verb, "obj"):
        phrases = [c for c in deps(thing, "nmod") if case(c) == "on" and c.i > thing.i]
        for blamed in phrases[-1:]:
            blamed.head, blamed.dep_ = verb, "obl"


def _mend_accused(verb: Token) -> None:
    """ "accused the firm of hiding the spill", "cleared a guard of murder": what somebody is accused of hangs on the verb."""
    for whom in deps_exact(verb, "obj") if _ACCUSING & {*lemma_candidates(verb)} else ():
        for deed in deps_exact(whom, "acl"):
            if deed.tag_ == "VBG" and case(deed) == "of":
                deed.head, deed.dep_ = verb, "advcl"
        for deed in deps_exact(whom, "nmod"):
            if case(deed) == "of" and lemma(deed) in _DEEDS and not deps(deed, "det"):
                deed.head, deed.dep_ = verb, "obl"


_ACCUSING = frozenset({"accuse", "suspect", "convict", "acquit", "clear", "absolve"})
_DEEDS = frozenset(
    "responsibility wrongdoing guilt blame murder manslaughter theft robbery fraud corruption bribery perjury rape treason "
    "espionage terrorism genocide assault arson complicity negligence contempt involvement".split()
)


def _mend_general(word: Token) -> None:
    """ "was sworn in as attorney general": both words are the office, and no general swore anybody in."""
    before = word.nbor(-1) if word.i else word
    if word.lower_ != "general" or lemma(before) not in _GENERALS:
        return
    if word.is_ancestor(before) or before.head.i == before.i:
        return
    for child in [c for c in (*before.children, *word.children) if c.i != word.i]:
        child.head = word
    word.head, word.dep_, word.pos_, word.tag_ = before.head, before.dep_, "NOUN", "NN"
    before.head, before.dep_ = word, "compound"


_GENERALS = frozenset({"attorney", "secretary", "solicitor", "director", "consul", "governor", "inspector", "auditor"})


def _mend_receiver(name: Token) -> None:
    """ "sold Chad 24 planes": a name before a number is who got what is counted, and modifies nothing."""
    thing = name.head
    verb = thing.head
    number = name.nbor() if name.i + 1 < len(name.doc) else name
    if name.dep_ != "compound" or name.ent_type_ not in {"GPE", "ORG", "PERSON"} or number.tag_ != "CD":
        return
    if base(thing) == "obj" and verb.i == name.left_edge.i - 1 and thing.i > number.i == number.left_edge.i:
        name.head, name.dep_ = verb, "iobj"


def _mend_second_object(verb: Token) -> None:
    """ "spent her energy fighting infections": a second object behind another verb is that one's."""
    objects = deps_exact(verb, "obj")
    for first, second in itertools.pairwise(objects):
        between = [
            t
            for t in verb.doc[first.i + 1 : second.i]
            if t.pos_ == "VERB" and t.tag_ in {"VBG", "VB"} and not deps_exact(t, "obj") and not second.is_ancestor(t)
        ]
        if between:
            second.head = between[-1]


def _mend_empty_subject(token: Token) -> None:
    """ "It was reported that Chad paid": the subject stands for the clause that follows, and for no thing named before."""
    if token.lower_ == "it" and token.dep_ == "nsubj:pass":
        verb = token.head
        if any(c.i > verb.i and _has_that(c) for c in deps(verb, "ccomp", "csubj")):
            token.dep_ = "expl"


def _has_that(clause: Token) -> bool:
    """Whether "that" opens a clause."""
    return any(c.lower_ == "that" for c in deps_exact(clause, "mark"))


def _mend_hyphenated(token: Token) -> None:
    """ "The pro-Oslo camp": both halves modify the same noun, not one of them a noun farther on."""
    doc = token.doc
    if token.i + 2 >= len(doc) or token.whitespace_ or doc[token.i + 1].text != "-" or doc[token.i + 1].whitespace_:
        return
    half = doc[token.i + 2]
    if token.lower_ in {"then", "now"} and half.pos_ == "NOUN" and not token.is_ancestor(half):
        token.head, token.dep_, doc[token.i + 1].head = half, "advmod", token  # "his then-girlfriend"
    if half.head.i > token.head.i > half.i and base(half) in {"amod", "compound"} and base(token) == "amod":
        half.head = token.head


def _mend_far_conjunct(token: Token) -> None:
    """ "was convicted of lying and sentenced": a past participle goes on with the participle before, not with the gerund."""
    gerund = token.head
    before = gerund.head
    if token.dep_ == "conj" and token.tag_ == "VBN" and gerund.tag_ == "VBG" and before.tag_ == "VBN":
        if base(gerund) in {"advcl", "acl", "xcomp"} and not deps(token, "aux", "aux:pass", "nsubj"):
            token.head = before


def _mend_finite_conjunct(token: Token) -> None:
    """ "requires shops to close and cracks down on owners": a finite verb goes on with the finite verb before, not with an
    infinitive.
    """
    infinitive = token.head
    verb = infinitive.head
    if token.dep_ != "conj" or token.tag_ not in {"VBZ", "VBD"} or deps(token, "nsubj", "aux", "expl"):
        return
    if infinitive.tag_ == "VB" and is_infinitive(infinitive) and base(infinitive) in {"xcomp", "advcl", "acl"}:
        if verb.tag_ == token.tag_ and verb.i < token.i:
            token.head = verb


def _mend_complementizer(clause: Token) -> None:
    """ "said in reply to the raid that aid workers faced danger": with a subject of its own behind the "that", a clause says
    what the verb before the phrase holds, and tells nothing more about the noun.
    """
    subjects = deps_exact(clause, "nsubj", "nsubj:pass")
    joins = next((c for c in [*subjects, *deps_exact(clause, "mark")] if c.lower_ == "that"), None)
    own = [c for c in subjects if c.lower_ != "that"]
    if clause.dep_ != "acl:relcl" or joins is None or not own:
        return
    phrase = clause.head
    while base(phrase) == "nmod":
        phrase = phrase.head
    verb = phrase.head
    if base(phrase) != "obl" or verb.pos_ != "VERB" or deps(verb, "obj", "ccomp", "xcomp"):
        return
    joins.dep_, joins.head = "mark", clause
    # "responded to charges by Chad that it had lied": what is answered to holds the clause
    answered = lemma(verb) in {"respond", "reply", "react"} and case(phrase) == "to"
    clause.head, clause.dep_ = (phrase, "acl") if answered else (verb, "ccomp")


def _mend_late_speaker(verb: Token) -> None:
    """ "The council reopened the bridge, the mayor said": the nominal right before the verb is its subject, and what the
    parse took for the subject belongs to the clause that is told.
    """
    told = [c for c in deps_exact(verb, "ccomp") if c.i < verb.i and not deps(c, "nsubj", "csubj", "expl")]
    if len(told) != 1:
        return
    clause = told[0]
    far = [s for s in deps_exact(verb, "nsubj", "nsubj:pass") if s.i < clause.i]
    commas = [t.i for t in verb.doc[clause.i + 1 : verb.i] if t.text == ","]
    if len(far) != 1 or not commas:
        return
    teller = next(
        (
            t
            for t in verb.doc[commas[-1] + 1 : verb.i]
            if t.pos_ in {"NOUN", "PROPN", "PRON"}
            and (t.head.i == verb.i or t.head.i <= clause.i)
            and base(t) in {"appos", "nsubj", "conj", "parataxis", "nmod"}
        ),
        None,
    )
    if teller is None or teller.is_ancestor(verb):
        return
    far[0].head, far[0].dep_ = clause, "nsubj:pass" if deps_exact(clause, "aux:pass") else "nsubj"
    teller.head, teller.dep_ = verb, "nsubj"


def _mend_far_subject(verb: Token) -> None:
    """ "Her father, who is ill, said it was hard" and '"I am ill," Ruiz told the judge Ben Lo': what stands on the other side of the
    verb of speaking is no subject of the clause that is told, but who speaks or is spoken to.
    """
    for clause in deps_exact(verb, "ccomp"):
        for subject in deps_exact(clause, "nsubj", "nsubj:pass", "nsubj:outer"):
            others = [c for c in deps(clause, "nsubj", "expl") if c.i != subject.i]
            if not others or subject.pos_ not in {"NOUN", "PROPN", "PRON"}:
                continue
            if subject.i < verb.i < clause.i and not deps(verb, "nsubj", "csubj", "expl"):
                subject.head, subject.dep_ = verb, "nsubj"
            elif clause.i < verb.i < subject.i and deps(verb, "nsubj") and lemma(verb) in _TELLING:
                subject.head, subject.dep_ = verb, "iobj"
                for relative in (c for c in deps(clause, "advcl") if c.i > subject.i and _opens_with_who(c)):
                    relative.head, relative.dep_ = subject, "acl:relcl"
            elif subject.dep_ == "nsubj:outer" and subject.i > clause.i:
                subject.dep_ = "parataxis"  # "said it is shrinking, claims the firm denies"


_TELLING = frozenset({"tell", "remind", "assure", "warn", "inform", "ask"})


def _opens_with_who(clause: Token) -> bool:
    return clause.dep_.endswith("relcl") and any(c.lower_ == "who" for c in deps(clause, "nsubj"))


def _mend_day_as_subject(day: Token) -> None:
    """ "Premier Ana Ruiz Wednesday rejected the offer": who acts stands before the day."""
    if day.dep_ != "nsubj" or day.i == 0 or day.lower_ not in _DAYS or day.head.i < day.i:
        return
    before = day.nbor(-1)
    actor = before.head if base(before) == "flat" else before
    if actor.pos_ != "PROPN" or actor.head.i < day.head.i or actor.is_ancestor(day):
        return
    actor.head, actor.dep_ = day.head, "nsubj"
    day.dep_ = "obl:unmarked"


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())


def _mend_arguments(verb: Token, subjects: list[Token]) -> None:
    """What a verb's dependents cannot be together: "which Chad denied" with two subjects, an indirect object alone."""
    if len(subjects) > 1 and subjects[0].lower_ in {"which", "that", "whom"} and not deps_exact(verb, "obj"):
        subjects[0].dep_ = "obj"
    for child in deps_exact(verb, "obj", "iobj", "obl:agent"):
        preposition = case(child)
        if preposition and (child.dep_ != "obl:agent" or preposition != "by"):
            child.dep_ = "obl"  # "on Friday", "of fraud"
    objects = [c for c in deps_exact(verb, "obj") if c.tag_ not in {"WDT", "WP", "DT"} and c.pos_ != "DET"]
    before = [c for c in objects if c.i < verb.i]
    if (
        before
        and len(before) < len(objects)
        and verb.tag_ in {"VBD", "VBZ", "VBP"}
        and not deps(verb, "nsubj", "csubj", "expl")
    ):
        before[0].dep_ = "nsubj"  # no object precedes a finite verb that has none before it and another behind it
    lone = deps_exact(verb, "iobj")
    if len(lone) == 1 and not deps_exact(verb, "obj", "ccomp", "nsubj:pass"):
        lone[0].dep_ = "obj"


def _mend_according(token: Token) -> None:
    """ "…, according to the agency": a preposition of the nominal that follows, never a verb with a subject."""
    doc = token.doc
    source = next(
        (t for t in doc[token.i + 2 : token.i + 12] if t.pos_ in {"NOUN", "PROPN", "PRON"} and t.head.i <= token.i),
        None,
    )
    verb = token.head if token.head.pos_ in CLAUSAL else (source.head if source is not None else token)
    if source is None or verb.i in {source.i, token.i} or source.is_ancestor(verb):
        return
    source.head, source.dep_ = verb, "obl"
    token.head, token.dep_ = source, "case"
    doc[token.i + 1].head, doc[token.i + 1].dep_ = token, "fixed"


# --- ClearNLP -> Universal Dependencies ------------------------------------------------------------------------------
