"""Which date belongs to which predicate: the rules by which a time expression of a sentence dates a verb or an event noun.

Comes in: the time expressions of an article (`temporal`) and its parse. Goes out: for a predicate, its `TimeSpan` or nothing.
A date belongs to the verb it depends on, or to the noun it modifies ("blamed the 2019 spill"); the noun's date is the verb's
only where both tell one event ("held talks on Monday"). Where the sentence leaves it open, nothing is dated.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extract.clauses import Clauses
from kg.extract.temporal.words import time_nouns
from kg.model import Span, TimeSpan
from kg.syntax import CLAUSAL, ancestors_until_root, base, case, deps, deps_exact, is_infinitive, lemma

_DEEPEST = 4
"""How far a predicate may lie below the verb whose date it shares: "agreed on Monday to begin holding talks"."""
_DATELESS = ("Agent", "Place", "Artifact")
_ARGUMENTS = frozenset({"obl", "obj", "iobj", "nmod", "advmod", "conj"})
_BETWEEN = frozenset({"acl", "advcl", "ccomp", "xcomp", "conj", "parataxis"})


class Dating:
    """The times of one article, by the predicates they belong to."""

    def __init__(self, clauses: Clauses, times: Sequence[tuple[Span, TimeSpan]], published: str) -> None:
        self._clauses = clauses
        self._index = clauses.index
        self._published = published[:10]
        self._time_nouns = time_nouns()
        self._ends: dict[int, int] = {}
        self._times = [(token, time) for span, time in times if (token := self._head(span)) is not None]

    def time_of(self, token: Token, status: str) -> TimeSpan | None:
        """When a predicate holds, as far as its sentence says so of this predicate and not of another."""
        time = self._own(token) or self._shared(token, status, _DEEPEST)
        if time is None or self._is_of_what_follows(token, time, status) or self._is_nowadays(token, time):
            return None
        return time

    def is_scheduled(self, token: Token) -> bool:
        """ "The ship sails on June 28", said in May: of a day to come the present tense tells what is planned."""
        if deps(token, "xcomp", "ccomp"):
            return False  # "tomorrow he plans to meet them": he does plan it
        auxiliaries = {a.lower_ for a in deps_exact(token, "aux", "aux:pass")}
        present = token.tag_ in {"VBZ", "VBP"} and not auxiliaries
        present |= token.tag_ == "VBG" and bool(auxiliaries & {"is", "are"})
        time = self.time_of(token, "planned") if present and self._published else None
        return time is not None and bool(time.start) and time.start > self._published

    def _is_nowadays(self, token: Token, time: TimeSpan) -> bool:
        """ "Today, thousands worship Odin": beside a plain present that tells no act of the day, "today" is these days."""
        words = self._clauses.words.words
        acts = words["timetable_verbs"] | words["speech_verbs"] | words["performatives"]
        present = token.tag_ in {"VBZ", "VBP"} and not deps(token, "aux", "aux:pass")
        return present and time.text.lower() == "today" and lemma(token) not in acts

    def is_of_first(self, time: TimeSpan, other: Token) -> bool:
        """ "closed ten mills since May, and two mines": a date before the "and" is that of the first, and need not be of the other."""
        first = other
        while first.dep_ == "conj":
            first = first.head
        joints = [c.i for c in deps(other, "cc") if c.i < other.i]
        between = range(first.i + 1, joints[0]) if first.i != other.i and joints else range(0)
        return any(when.i in between and found == time for when, found in self._times)

    def _head(self, span: Span) -> Token | None:
        words = self._clauses.doc.char_span(span.start, span.end, alignment_mode="expand")
        if words is None:
            return None
        self._ends[words.root.i] = words[-1].i
        return words.root

    def _own(self, token: Token) -> TimeSpan | None:
        """The date that depends on the predicate: of several one without a noun between, then one with a day, then the most exact."""
        inside = [(when, time) for when, time in self._times if token.sent.start <= when.i < token.sent.end]
        found = [(when, time) for when, time in inside if self._dated(when, time, token) is not None]
        found = [f for f in found if f[0].head.i == token.i] or found
        clocks = [(when, time) for when, time in found if time.granularity == "time" and not time.start]
        dated = [time for when, time in found if (when, time) not in clocks]
        if not dated:  # "from 6 a.m. to midnight" is no one time
            return clocks[0][1] if len(clocks) == 1 and case(clocks[0][0]) != "from" else None
        first, *others = dated
        return next((o for o in others if first.start <= o.start <= o.end < first.end and o.start), first)

    def _dated(self, when: Token, time: TimeSpan, token: Token) -> Token | None:
        """The predicate, if it is what a date depends on."""
        owner = self._owner(when, time, token)
        if owner is None or owner.i != token.i:
            return None
        return owner

    def _owner(self, when: Token, time: TimeSpan, token: Token) -> Token | None:
        if self._is_named(when):
            return None
        if time.value.endswith("/..") and token.tag_ == "VBD" and not deps(token, "aux"):
            return None  # "in jail since 1999, she met her lawyer": what goes on since then needs the perfect
        if self._tells_of(token, when):
            return token
        below = when
        for here in ancestors_until_root(when):
            if here.i == token.i or here.pos_ in CLAUSAL or deps(here, "cop"):
                return self._done(self._nearest(here, when), when, time)
            if not self._passes(below, here, time):
                return None
            below = here
        return None

    def _is_named(self, when: Token) -> bool:
        """ "Monday marks the anniversary", "they declared July 4 a holiday": a day that something is said of."""
        if when.dep_ == "obj" and not case(when):
            return len(deps(when.head, "obj", "xcomp")) > 1  # "the ship sails June 28" has no object
        return base(when) == "nsubj" and not case(when)

    def _tells_of(self, verb: Token, when: Token) -> bool:
        """ "… on Monday, when Chad sent an envoy": a clause about the day, whatever the parse hangs it on."""
        relative = self._index.knowledge.words["relative_pronouns"]
        openers = [a for a in deps(verb, "advmod", "mark") if a.lower_ in relative]
        return any(a.i == self._ends[when.i] + 2 and a.nbor(-1).text == "," for a in openers)

    def _passes(self, below: Token, noun: Token, time: TimeSpan) -> bool:
        """Whether a date below a noun is rather of the clause: "met the envoy in Oslo on Monday", whatever the parse hangs it on."""
        if below.i < noun.i or case(noun) == "according to":
            return False  # "the 2019 spill"
        if time.value.endswith("/.."):
            return False  # "in jail since 1999" says nothing of the arrival
        if self._is_event_of(noun) or self._strikes(noun):
            return True
        if base(noun) not in _ARGUMENTS:
            return False  # "Ana Quispe, president in 2011"
        if lemma(noun) in self._time_nouns:
            return True
        return self._is_a(noun, *_DATELESS)

    def _is_event_of(self, noun: Token) -> bool:
        """Whether a noun tells what its verb tells, or the verb's time is the noun's: "held talks", "was hurt during the riots"."""
        return self._clauses.is_supported(noun) or case(noun) == "during"

    def _strikes(self, noun: Token) -> bool:
        """ "The blast on Monday killed six": who an event kills or injures it kills when it happens."""
        verbs = self._index.knowledge.words["victim_verbs"]
        return noun.dep_ == "nsubj" and lemma(noun.head) in verbs and self._is_a(noun, "Event")

    def _done(self, verb: Token | None, when: Token, time: TimeSpan) -> Token | None:
        """ "They had been investigating the shooting on 7 October": what has been going on has no day, but its object may."""
        if verb is None or self._is_of_subject(verb, when, time):
            return None
        if time.granularity != "day" or time.value.endswith("/..") or verb.tag_ != "VBG":
            return verb
        if not any(a.lower_ == "been" for a in deps(verb, "aux")):
            return verb
        events = [o for o in deps(verb, "obj") if o.i < when.i and self._is_a(o, "Event")]
        return events[-1] if events else None

    def _is_of_subject(self, verb: Token, when: Token, time: TimeSpan) -> bool:
        """ "The storm last week has closed the port": what "has" happened has no day in the past, its subject may."""
        perfect = any(a.lemma_ == "have" and a.tag_ in {"VBZ", "VBP"} for a in deps_exact(verb, "aux"))
        before = [s for s in deps(verb, "nsubj") if s.i < when.i < verb.i]
        return bool(perfect and before and time.end and time.end < self._published)

    def _is_a(self, noun: Token, *classes: str) -> bool:
        mention = self._index.at(noun)
        return mention is not None and any(self._index.knowledge.is_a(mention.type, cls) for cls in classes)

    def _nearest(self, verb: Token, when: Token) -> Token | None:
        """A date behind a further verb is that verb's, or nobody can say: "asked them to leave on Monday", "men who met on Monday"."""
        between = [w for w in verb.doc[verb.i + 1 : when.i] if w.pos_ == "VERB" and base(w) in _BETWEEN]
        between = [w for w in between if verb.is_ancestor(w) and not w.is_ancestor(when)]
        if not between:
            return verb
        phrase = min(when.left_edge.i, when.i)
        if verb.doc[phrase - 1].text == ",":
            return verb
        last = between[-1]
        return last if base(last) in {"xcomp", "conj"} and not deps(last, "nsubj") else None

    def _shared(self, token: Token, status: str, depth: int) -> TimeSpan | None:
        """The date of the verb above, where the predicate is part of the same event."""
        if depth == 0 or token.head.i == token.i:
            return None
        verb = token.head
        shares = (
            self._clauses.is_supported(token)
            or self._is_complement(token)
            or self._is_result(token)
            or self._is_occurrence(token)
            or self._is_listed(token)
        )
        if not shares:
            return None
        time = self._own(verb) or self._shared(verb, status, depth - 1)
        if time is not None and token.dep_ == "xcomp" and status != "asserted" and self._is_past(time):
            return None  # "promised last week to pay"
        return time

    def _is_complement(self, token: Token) -> bool:
        return token.dep_ == "xcomp" and token.head.pos_ in CLAUSAL

    def _is_result(self, token: Token) -> bool:
        """ "A storm hit the port on Monday, killing six": a participle that goes on telling what its verb tells."""
        goes_on = token.dep_ == "advcl" and token.tag_ == "VBG" and token.i > token.head.i
        return goes_on and not deps(token, "mark", "aux", "nsubj", "case", "cop")

    def _is_occurrence(self, noun: Token) -> bool:
        """ "The talks began on Monday"."""
        words = self._index.knowledge.words
        return noun.dep_ == "nsubj" and lemma(noun.head) in words["occurrence_verbs"] and noun.head.pos_ == "VERB"

    def _is_listed(self, token: Token) -> bool:
        """ "On Monday Chad closed the road and sent troops": a date before the first verb is of all that share its subject."""
        verb = token.head
        if token.dep_ != "conj" or verb.pos_ not in CLAUSAL or deps(token, "nsubj", "csubj"):
            return False
        when = next((w for w, t in self._times if self._dated(w, t, verb) is not None), None)
        if when is not None and when.i > verb.i:
            return False
        auxiliaries = [{a.lower_ for a in deps_exact(t, "aux", "aux:pass")} for t in (verb, token)]
        return not auxiliaries[1] or auxiliaries[0] == auxiliaries[1]

    def _is_past(self, time: TimeSpan) -> bool:
        return bool(time.start and time.start < self._published and time.end <= self._published)

    def _is_ahead(self, time: TimeSpan) -> bool:
        return bool(self._published) and (time.start or time.end) > self._published

    def _is_of_what_follows(self, token: Token, time: TimeSpan, status: str) -> bool:
        """ "Tomorrow they plan to meet", "he predicted by 2050 …": what is already so has no date ahead."""
        if status != "asserted" or not self._is_ahead(time):
            return False
        return token.tag_ in {"VBD", "VBN"} or any(is_infinitive(c) for c in deps(token, "xcomp"))
