"""From an annotated article to its claims: extractors propose statements, this module gives each its sense, time and evidence.

An extractor finds subject, property, object and words; `extract_claims` adds status and speaker (`factuality`), time
(`temporal`, `dating`), place and evidence to all alike, so no extractor repeats them. Further extractors come by the entry point
group `kg.extractors`: functions from an `AnnotatedArticle` and `Knowledge` to `Relation`s.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import entry_points

from spacy.tokens import Span as Words
from spacy.tokens import Token

from kg.annotate import AnnotatedArticle
from kg.extract.clauses import Clauses
from kg.extract.confidence import weigh
from kg.extract.dating import Dating
from kg.extract.events import (
    Filler,
    Frame,
    Statement,
    amount_span,
    camel,
    event_statements,
    find_frames,
    open_statements,
    participle,
    past,
    place_of,
)
from kg.extract.factuality import Factuality, Sense
from kg.extract.numbers import number_at
from kg.extract.readings import find_readings
from kg.extract.relations import Relation, find_relations
from kg.extract.standing import stands
from kg.extract.temporal import find_times
from kg.extract.wording import told_words, with_verb, worded
from kg.lexicon import Knowledge
from kg.mentions import MentionIndex, link_speaker
from kg.model import (
    READINGS,
    Argument,
    Claim,
    EventMention,
    Evidence,
    Extraction,
    Mention,
    Span,
    TimeSpan,
    Value,
    content_id,
)
from kg.syntax import CLAUSAL, base, case, coordinated, deps, lemma, noun_phrase

__all__ = ["Extractor", "extract_claims", "plugged_extractors"]

_OWNING = re.compile(r"['’]s?$")

Extractor = Callable[[AnnotatedArticle, Knowledge], Iterable[Relation]]


@functools.lru_cache(maxsize=1)
def plugged_extractors() -> tuple[tuple[str, Extractor], ...]:
    """Extractors that other packages offer by the entry point group `kg.extractors`, by name."""
    return tuple((e.name, e.load()) for e in sorted(entry_points(group="kg.extractors"), key=lambda e: e.name))


def extract_claims(annotated: AnnotatedArticle, knowledge: Knowledge) -> Extraction:
    """All claims of an article, sorted by their place in the text; equal ones at one place are given once."""
    extraction = _Assembly(annotated, knowledge).extraction()
    return weigh(extraction, annotated.doc, knowledge.confidence)


class _Assembly:
    """One article's extraction in progress: the shared readings (clauses, senses, times) and the claims made so far."""

    def __init__(self, annotated: AnnotatedArticle, knowledge: Knowledge) -> None:
        self.annotated = annotated
        self.article = annotated.article
        self.index: MentionIndex = annotated.index
        self.knowledge = knowledge
        self.clauses = Clauses(self.index)
        self.factuality = Factuality(self.clauses)
        for pronoun, speaker in self.factuality.first_persons():
            mention = self.index.at(speaker)
            if mention is not None and (mention.type == "Person" or self.index.at(pronoun) is None):
                link_speaker(self.index, pronoun, mention)
        self.story = self.article.story
        # a length ("for three years") is no date
        self.times = [t for t in find_times(self.story, self.article.published) if t[1].granularity != "duration"]
        self.dating = Dating(self.clauses, self.times, self.article.published)
        self.claims: dict[str, Claim] = {}
        self.events: dict[str, EventMention] = {}
        self._seen: dict[tuple[object, ...], str] = {}

    def extraction(self) -> Extraction:
        frames = find_frames(self.clauses)
        covered: dict[int, set[tuple[int, int]]] = {}
        for frame in frames:
            pairs = covered.setdefault(frame.token.i, set())
            told = set(self._event(frame))
            pairs |= told
            # "held talks with Chad": what the light object means is said, so it is no object of an open "held" again
            own = {word.i for word in frame.words[1:]}  # where a light object took place does not yet say who did it
            said = any(left not in own for left, _ in told)
            pairs.update((-1, word.i) for word in frame.words[1:] if said or not self._is_done(word))
        for predicate in self.clauses.verbs():
            for statement in open_statements(predicate, self.clauses, covered.get(predicate.token.i, set())):
                self._statement(statement, self._sense(statement.token), None)
        for predicate in self.clauses.adjectives():
            for statement in open_statements(predicate, self.clauses, covered.get(predicate.token.i, set())):
                self._statement(statement, self._sense(statement.token), None)
        for relation in find_relations(self.index):
            self._relation(relation, "relations")
        for name, extractor in plugged_extractors():
            for relation in extractor(self.annotated, self.knowledge):
                self._relation(relation, name)
        self._dated_nouns()
        self._geography()
        claims = sorted(self.claims.values(), key=lambda c: (c.evidence.trigger, c.predicate, c.id))
        events = sorted(self.events.values(), key=lambda e: (e.evidence.trigger, e.type, e.id))
        used = {m for c in claims for m in (c.subject, c.object.mention, c.place, c.attributed_to)}
        used |= {m for e in events for m in (e.place, e.attributed_to, e.mention, *(a.mention for a in e.arguments))}
        readings = self._readings({m.chain for m in self.index.all() if m.id in used or m.kind == "name"})
        used |= {m for r in readings for m in (r.subject, r.place, r.attributed_to)}
        mentions = tuple(m for m in self.index.all() if m.id in used or m.kind == "name")
        return Extraction(self.article, mentions, tuple(events), tuple(claims), tuple(readings))

    def _readings(self, chains: set[str]) -> list[Claim]:
        """What each clause says; of their subjects and speakers only those that the article's graph has anyway are mentions."""
        claims, seen = self.claims, self._seen
        self.claims, self._seen = {}, {}
        for relation in find_readings(self.clauses):
            self._relation(relation, READINGS)
        found = sorted(self.claims.values(), key=lambda c: (c.evidence.trigger, c.predicate, c.id))
        self.claims, self._seen = claims, seen

        def known(mention: str) -> str:
            return mention if self.index.chain_of(mention) in chains else ""

        return [
            replace(
                c,
                subject=known(c.subject),
                attributed_to=known(c.attributed_to),
                event=self._event_at(c.evidence.trigger),
            )
            for c in found
            if known(c.subject) or c.evidence.sentence.start == 0 or not _is_unresolved(c.evidence.subject_text)
        ]

    def _event_at(self, trigger: Span) -> str:
        """The event that the words of a clause's verb tell, or those of its object where the verb is light; "" where none."""
        verb = self.annotated.doc.char_span(trigger.start, trigger.end, alignment_mode="expand")
        words = [*(verb or ()), *(c for t in verb or () for c in deps(t, "obj") if self.clauses.is_supported(c))]
        events = sorted(self.events.values(), key=lambda e: (e.evidence.trigger, e.id))
        for word in words:
            for event in events:
                if event.evidence.trigger.start <= word.idx < event.evidence.trigger.end:
                    return event.id
        return ""

    # --- events

    def _event(self, frame: Frame) -> Iterator[tuple[int, int]]:
        statements = list(event_statements(frame, self.index))
        sense = self._sense(frame.token)
        event = None
        participants = sum(len(fillers) for fillers in frame.roles.values())
        acts = bool(frame.roles.get("agent")) and (
            frame.predicate.pos == "VERB" or self.clauses.is_supported(frame.token)
        )
        if not frame.trigger.is_relation and (statements or participants > 1 or acts):
            event = self._event_mention(frame, sense)
        for statement in statements:
            self._statement(statement, sense, event)
            yield statement.subject[0].i, statement.object[0].i
        if "on" in frame.trigger.required:  # "blamed the spill on the firm": nobody blamed the spill
            yield from ((a.i, t.i) for a, _ in frame.roles.get("agent", []) for t, _ in frame.roles.get("topic", []))
        if event is not None:
            yield from self._circumstances(frame, event, sense)

    def _is_done(self, noun: Token) -> bool:
        """Whether a light object is something done or said, so that "gave a speech" alone still tells something."""
        mention = self.index.at(noun)
        return mention is not None and any(self.knowledge.is_a(mention.type, cls) for cls in ("Event", "Document"))

    def _event_mention(self, frame: Frame, sense: Sense) -> EventMention | None:
        arguments = []
        for role, fillers in sorted(frame.roles.items()):
            for token, mention in fillers:
                read = self.index.acting(mention) if role in self.knowledge.words["metonym_roles"] else mention
                arguments.append(Argument(role, read.id, None, self._span(token)))
        if not arguments:
            return None
        evidence = self._evidence(frame.token, frame.text(), "events", frame.trigger.target, frame.words)
        place = place_of(frame.token, self.index)
        own = self.index.at(frame.token)
        event = EventMention(
            id=content_id("event", self.article.id, evidence.trigger.start, evidence.trigger.end, frame.trigger.target),
            article_id=self.article.id,
            type=frame.trigger.target,
            arguments=tuple(arguments),
            evidence=evidence,
            status=sense.status,
            time=self.dating.time_of(frame.token, sense.status),
            place=place[1].id if place else "",
            attributed_to=self._speaker(sense),
            mention=own.id if own else "",
        )
        self.events[event.id] = event
        return event

    def _circumstances(self, frame: Frame, event: EventMention, sense: Sense) -> Iterator[tuple[int, int]]:
        """Where and when an event that is itself a participant took place: "held a parade in Lima on Monday"."""
        known = self.knowledge
        things = [f for role in ("agent", "patient", "theme", "topic") for f in frame.roles.get(role, [])]
        things += [(w, m) for w in frame.words[1:] if (m := self.index.at(w)) is not None]  # "held talks in Oslo"
        things = [f for f in things if known.is_a(f[1].type, "Event")]
        own = self.index.at(frame.token)
        if own is not None and known.is_a(own.type, "Event"):
            things.append((frame.token, own))
        place = place_of(frame.token, self.index)
        for thing in things:
            if place and place[1].chain != thing[1].chain and self._is_there(thing[0], place[0], frame):
                made = Statement(thing, "tookPlaceAt", place, frame.token, frame.text(), "event/place", "events", 0.8)
                self._statement(made, sense, event)
                yield thing[0].i, place[0].i
            yield from self._near(thing, frame, sense, event)
            if event.time and _is_dated(frame.token, event.time) and self._happens(thing[0], frame):
                value = Value(event.time.value[:10], "date")
                made_date = Relation(
                    thing, "occurredOn", value, frame.token, event.time.text, "event/time", 0.8, frame.token
                )
                self._relation(made_date, "events")
        yield from self._dated_participants(frame, event)
        self._dated_event(frame, event)
        self._victims(frame, sense)

    def _near(self, thing: Filler, frame: Frame, sense: Sense, event: EventMention) -> Iterator[tuple[int, int]]:
        """ "Near Lima, five strikes hit a bridge", "clashes broke out near Lima": beside what an event was that does something."""
        does = thing[0].i in {frame.token.i, *(t.i for t in frame.predicate.slots.get("subj", []))}
        for child in deps(frame.token, "obl") if does else ():
            place = self.index.named_at(child)
            if case(child) == "near" and place is not None and self.knowledge.is_a(place.type, "Place"):
                told = Statement(thing, "near", (child, place), frame.token, "near", "event/near", "events", 0.8)
                self._statement(told, sense, event)
                yield thing[0].i, child.i

    def _happens(self, thing: Token, frame: Frame) -> bool:
        """Whether an event among the participants is when its verb is: not one that somebody celebrates, condemns or plans."""
        if thing.i == frame.token.i or thing in frame.words or frame.token.pos_ not in CLAUSAL:
            return True
        words = self.knowledge.words
        if frame.predicate.lemma in words["ending_verbs"]:
            return False  # when it began or ended is not when it was
        if frame.predicate.lemma in words["holding_verbs"] | words["occurrence_verbs"]:
            return True
        does = thing.i in {t.i for t in frame.predicate.slots.get("subj", [])}
        return does and frame.token.tag_ not in {"VBP", "VBZ"}  # "the request results from the ruling in July"

    def _is_there(self, thing: Token, place: Token, frame: Frame) -> bool:
        """Whether an event happens where its clause does: not one that somebody condemns there ("in Oslo he condemned the raid"),
        and not at what it is done to ("attacks on camps").
        """
        if place.i in {t.i for t, _ in frame.roles.get("patient", [])} and frame.predicate.pos == "NOUN":
            return False
        remote = frame.predicate.pos == "VERB" and frame.predicate.lemma in self.knowledge.words["remote_verbs"]
        return not remote or thing.i in {frame.token.i, *(t.i for t in frame.predicate.slots.get("subj", []))}

    def _dated_event(self, frame: Frame, event: EventMention) -> None:
        """ "The frigate joined the force on Dec. 27": the date of an event, said of its first named participant."""
        time = event.time
        if time is None or not time.value or time.granularity not in {"day", "month"} or frame.predicate.pos != "VERB":
            return
        if frame.trigger.pos != "VERB":
            return  # of a row that says what else a verb tells: who was welcomed has not "welcomed on" a day
        happens = frame.predicate.lemma in self.knowledge.words["occurrence_verbs"]  # "The war broke out in May 2013"
        single = len(frame.trigger.words) == 1 or (happens and frame.predicate.particle)
        if not single or "/" in time.value.removesuffix("/.."):
            return  # "took place", and stretches of time, make no readable name
        if not frame.predicate.passive and deps(frame.token, "obj"):
            return  # "slashed its quota in May": without the quota that says nothing
        if frame.predicate.slots.get("xcomp"):
            return  # "tomorrow he plans to meet them" is the day of the meeting
        if frame.token.tag_ in {"VBP", "VBZ"} and event.status != "planned":
            return  # "today they share the view" holds, and did not happen on that day
        fillers = frame.roles.get("agent", []) + frame.roles.get("patient", []) + frame.roles.get("theme", [])
        named = [
            f
            for f in fillers
            if f[1].kind == "name"
            or f[1].rule in {"pronoun", "title", "coreference"}
            or (happens and not frame.predicate.passive and self.knowledge.is_a(f[1].type, "Event"))
        ]
        if not named:
            return
        since = time.value.endswith("/..")
        acts = named[0] in frame.roles.get("agent", [])
        stem = past(frame.predicate.lemma, self.knowledge)
        if not acts and frame.predicate.passive:
            stem = participle(frame.predicate, self.knowledge)
        elif not acts and named[0][0] not in frame.predicate.slots.get("subj", []):
            return  # "somebody gave it to the bank today": it gave nothing
        name = camel(stem, frame.predicate.particle, "since" if since else "on")
        value = time.value.removesuffix("/..")
        datatype = {"day": "date", "month": "gYearMonth"}[time.granularity] if "/" not in value else "string"
        self._relation(
            Relation(
                named[0], name, Value(value, datatype), frame.token, frame.text(), "event/date", 0.75, frame.token
            ),
            "open",
        )

    def _victims(self, frame: Frame, sense: Sense) -> None:
        """ "The blast killed six", "six were killed in an ambush": how many an event killed or injured."""
        for name in self.knowledge.gives.get(frame.trigger.target, ()):
            count = f"{name}Count"
            if count not in self.knowledge.properties:
                continue
            found = self.knowledge.properties[name]
            causes = [f for f in frame.roles.get(found.subject_role, []) if self.knowledge.is_a(f[1].type, "Event")]
            for token in frame.predicate.slots.get("in", []):
                mention = self.index.at(token)
                if mention is not None and self.knowledge.is_a(mention.type, "Event"):
                    causes.append((token, mention))
            victims = [t for t in frame.predicate.slots.get("obj", [])]
            told = [self._number(victim) for victim in victims]
            further = any(a.lower_ in {"also", "too"} for a in deps(frame.token, "advmod"))  # "one was also killed"
            if not told or "" in told or further:
                continue
            value = Value(str(sum(int(number) for number in told)), "integer")
            for cause in causes:
                relation = Relation(cause, count, value, frame.token, frame.text(), f"count/{count}", 0.8, frame.token)
                self._relation(relation, "events")

    def _number(self, victim: Token) -> str:
        """How many a victim phrase counts, "" where it does not say or only bounds it ("at least six")."""
        words = [victim, *[c for c in victim.children if c.dep_ == "nummod"]]
        counted = words if victim.pos_ == "NUM" else words[1:]
        bounding = {word for bound in self.knowledge.words["bounds"] for word in bound.split()}
        if any(c.lower_ in bounding for w in counted for c in w.subtree):
            return ""
        return next((n for w in words if (n := number_at(w))), "")

    def _dated_participants(self, frame: Frame, event: EventMention) -> Iterator[tuple[int, int]]:
        """ "the treaty signed on June 19": properties whose object is the event's date."""
        time = event.time
        if time is None or not time.value or time.granularity not in {"day", "month", "year"}:
            return
        datatype = {"day": "date", "month": "gYearMonth", "year": "gYear"}[time.granularity]
        for name in self.knowledge.gives.get(frame.trigger.target, ()):
            found = self.knowledge.properties[name]
            if found.object_role != "time":
                continue
            for subject in frame.roles.get(found.subject_role, []):
                relation = Relation(
                    subject,
                    name,
                    Value(time.value, datatype),
                    frame.token,
                    frame.text(),
                    f"date/{name}",
                    0.85,
                    frame.token,
                )
                self._relation(relation, "events")
                yield subject[0].i, -1

    # --- claims

    def _statement(self, statement: Statement, sense: Sense, event: EventMention | None) -> None:
        token, obj = statement.token, statement.object
        place = place_of(token, self.index)
        if place and isinstance(obj[1], Mention) and self.knowledge.is_a(obj[1].type, "Place"):
            own = obj[0].i in {t.i for t in coordinated(place[0])}
            place = (obj[0], obj[1]) if own else place  # "they work in Chad and Niger": in each what is said of each
        time = self.dating.time_of(token, sense.status)
        if time is not None and self.dating.is_of_first(time, obj[0]):
            time = None
        self._claim(
            statement,
            self._evidence(
                token,
                told_words(statement, self.clauses),
                statement.extractor,
                statement.rule,
                statement.frame.words if statement.frame else (token,),
            ),
            sense,
            event=event.id if event else "",
            time=time,
            place=place[1].id if place else "",
        )

    def _relation(self, relation: Relation, extractor: str) -> None:
        sense = self._sense_of(relation)
        words = with_verb(relation) if extractor == "relations" else relation.words
        evidence = self._evidence(relation.token, words, extractor, relation.rule, (relation.token,))
        time = self.dating.time_of(relation.sense_of, sense.status) if relation.sense_of is not None else None
        if relation.until_now:
            day = self.article.published[:10]
            if not day:
                return  # until when, nothing tells; "is a minister" would be wrong
            time = TimeSpan("former", f"../{day}", "", day, "day")
        self._claim(relation, evidence, sense, time=time)

    def _sense(self, token: Token) -> Sense:
        """The sense of a predicate, as its words and its day tell it."""
        sense = self.factuality.sense(token)
        is_ahead = sense.status in {"asserted", "reported"} and self.dating.is_scheduled(token)
        return replace(sense, status="planned") if is_ahead else sense

    def _sense_of(self, relation: Relation) -> Sense:
        if relation.sense_of is not None:
            return self._sense(relation.sense_of)
        if relation.predicate == "quantity":
            return self.factuality.told(relation.token)
        if relation.rule.startswith(_NAMING):
            return Sense("asserted")
        if (unreal := self._unreal(relation)) is not None:
            return unreal
        ends = [] if isinstance(relation.object, Value) else [relation.object[0]]
        return self.factuality.quoted(relation.subject[0], relation.token, *ends)

    def _unreal(self, relation: Relation) -> Sense | None:
        """The sense of the clause that speaks of "a new mill in Lima", where none need be there: "plans to build" it, "had no leave to
        open" it. What has a name or an article that says it is known is where it is.
        """
        token, mention = relation.subject
        said = [e for c in deps(token, "amod") for e in self.knowledge.effects.get((lemma(c), "ADJ"), ())]
        if mention.kind == "nominal" and any(e.slot in {"self", "any"} and e.effect == "alleged" for e in said):
            return Sense("alleged")  # "an alleged leader of the gang"
        articles = {d.lower_ for d in deps(token, "det")}
        if mention.kind == "nominal" and relation.rule.startswith("place/") and not articles & _GIVEN:
            if (told := self.factuality.spoken_of(token)).status != "asserted":
                return told
        is_new = bool(articles & {"a", "an"}) and base(token) == "nsubj" and token.head.dep_ == "ccomp"
        if mention.kind == "nominal" and relation.rule == "nationality" and is_new:
            told = self.factuality.told(token)  # "the paper says that a Chadian spy fled": by its word there was one
            return told if told.status == "reported" else None
        is_bare_plural = token.tag_ == "NNS" and not deps(token, "det", "nmod:poss", "nummod")
        is_some = is_bare_plural or bool(articles & {"a", "an", "any", "no"})
        if mention.rule != "nominal" or not relation.rule.startswith("place/") or not is_some:
            return None
        clause = next((t for t in token.ancestors if t.pos_ in CLAUSAL), None)
        sense = self._sense(clause) if clause is not None and not deps(token, "cop") else None
        unreal = {"alleged"} if is_bare_plural else {"alleged", "planned", "possible", "negated"}
        return sense if sense is not None and sense.status in unreal else None

    def _claim(
        self,
        told: Statement | Relation,
        evidence: Evidence,
        sense: Sense,
        *,
        event: str = "",
        time: TimeSpan | None = None,
        place: str = "",
    ) -> None:
        """What an extractor told, with what all claims have: the whole phrases, the status and who says so."""
        if not stands(told, self.clauses):
            return
        self._add(
            Claim(
                id="",
                article_id=self.article.id,
                subject=told.subject[1].id,
                predicate=told.predicate,
                object=self._object(told),
                evidence=worded(evidence, told.subject, told.object, self.knowledge),
                status=sense.status,
                event=event,
                time=time,
                place=place,
                attributed_to=self._speaker(sense),
                confidence=told.confidence,
            )
        )

    def _object(self, told: Statement | Relation) -> Argument:
        obj = told.object
        if isinstance(obj, Value):
            span = told.object_span if isinstance(told, Relation) else None
            return Argument("object", "", obj, Span(*span) if span else self._span(told.token))
        token, filler = obj
        if isinstance(filler, Value):
            return Argument("object", "", filler, Span(*amount_span(token)))
        return Argument("object", filler.id, None, self._span(token))

    def _add(self, claim: Claim) -> None:
        side = claim.object.mention or (claim.object.value.lexical if claim.object.value else "")
        made = content_id(
            "claim", claim.article_id, claim.subject, claim.predicate, side, claim.evidence.trigger.start, claim.status
        )
        key = self._sameness(claim)
        known = self._seen.get(key)
        if known is None or self.claims[known].confidence < claim.confidence:
            if known is not None:
                del self.claims[known]
            self.claims[made] = replace(claim, id=made)
            self._seen[key] = made

    def _sameness(self, claim: Claim) -> tuple[object, ...]:
        """What makes two readings of one sentence one claim: the same statement about the same chains in the same sense."""
        obj = claim.object
        side = self.index.chain_of(obj.mention) if obj.mention else str(obj.value and obj.value.lexical)
        subject = self.index.chain_of(claim.subject)
        pair = tuple(sorted((subject, side))) if self.knowledge.is_symmetric(claim.predicate) else (subject, side)
        return pair, claim.predicate, claim.evidence.sentence, claim.status

    # --- evidence

    def _span(self, token: Token) -> Span:
        mention = self.index.at(token)
        if mention is not None:
            return mention.span
        words = noun_phrase(token)
        return Span(words.start_char, words.end_char)

    def _evidence(self, token: Token, text: str, extractor: str, rule: str, words: tuple[Token, ...]) -> Evidence:
        sentence = sentence_span(token, self.story)
        first, last = min(words, key=lambda t: t.i), max(words, key=lambda t: t.i)
        trigger = Span(first.idx, last.idx + len(last.text))
        if not sentence.start <= trigger.start <= trigger.end <= sentence.end:
            trigger = Span(token.idx, token.idx + len(token.text))
        return Evidence(self.article.id, sentence, trigger, text, extractor, rule)

    def _speaker(self, sense: Sense) -> str:
        if sense.speaker is None:
            return ""
        mention = self.index.at(sense.speaker)
        if mention is None:
            return ""
        return self.index.acting(mention).id

    def _dated_nouns(self) -> None:
        """ "the attacks in Paris on 13 November": a date that modifies an event noun."""
        for span, time in self.times:
            if time.granularity not in {"day", "month", "year"} or not (time.value or time.text[-1:].isalnum()):
                continue
            words = self.annotated.doc.char_span(span.start, span.end, alignment_mode="expand")
            since = words is not None and words[0].lower_ == "since" and words[0].dep_ == "case"
            while words is not None and len(words) > 1 and (words[0].pos_ == "DET" or words[0].lower_ == "since"):
                words = words[1:]  # "the" and "since" before "3 May attacks" are the attacks'
            if since and words is not None and words.root.head.pos_ == "NOUN":
                time = replace(time, value=time.value.removesuffix("/.."))
            if words is None or words.root.dep_ not in _DATE_MODIFIERS:
                continue
            noun = words.root.head
            mention = self.index.at(noun)
            if mention is None or not self.knowledge.is_a(mention.type, "Event") or self._dates_another(noun, words):
                continue
            datatype = {"day": "date", "month": "gYearMonth", "year": "gYear"}[time.granularity]
            relation = Relation(
                (noun, mention),
                "occurredOn",
                # a date of an article without a date has no year: its words are all that is known
                Value(time.value, datatype) if time.value else Value(_OWNING.sub("", words.text)),
                noun,
                time.text,
                "date/noun",
                0.8,
                noun,
                False,
                (span.start, span.end),
            )
            self._relation(relation, "relations")

    def _dates_another(self, noun: Token, words: Words) -> bool:
        """Whether a date is not an event's: "the end of the strike in 2003" dates the end, and a "post-2001 raid" came later."""
        before = words[0].nbor(-1) if words[0].i else words[0]
        before = before.nbor(-1) if before.text in {"-", "–"} and before.i else before
        if before.lower_ in {"post", "pre"}:
            return True
        is_after = words[0].i > noun.i and case(noun) == "of" and noun.head.pos_ == "NOUN"
        return is_after and lemma(noun.head) in self.knowledge.words["boundary_nouns"]

    # --- geography

    def _geography(self) -> None:
        """A capital that the article mentions lies in its state: inferred from the table of states, not from the text."""
        cities = [mention for mention in self.index.all() if mention.type == "City" and mention.kind == "name"]
        seen = {mention.chain for mention in cities if self.index.state_of(mention) is None}  # Washington of Seattle
        for mention in cities:
            country = self.index.state_of(mention)
            if country is None or mention.chain in seen or not self.index.speaks_of(country.name):
                continue
            seen.add(mention.chain)
            token, state = self._token_at(mention), self.index.state(country.name)
            if token is None or state is None:
                continue
            evidence = self._evidence(token, mention.text, "geography", "countries.tsv/capital", (token,))
            self._add(
                Claim(
                    id="",
                    article_id=self.article.id,
                    subject=mention.id,
                    predicate="capitalOf",
                    object=Argument("object", state.id, None, state.span),
                    evidence=evidence,
                    status="inferred",
                    confidence=0.95,
                )
            )

    def _token_at(self, mention: Mention) -> Token | None:
        words = self.annotated.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        return words.root if words is not None else None


# Titles, appositions and places the article puts in itself, unless it quotes; how a name is made no speaker tells.
_NAMING = ("name/", "parentheses")
_GIVEN = frozenset({"the", "this", "that", "these", "those"})
_POINTING = frozenset("he she it they this that these those i we you him her them".split())
"""Words that tell nobody who is meant, where the graph of the article does not."""
_DATE_MODIFIERS = frozenset({"nmod", "nmod:unmarked", "nmod:tmod", "nmod:poss", "appos", "compound", "nummod"})
_POINTING_BACK = frozenset("the this that these those his her their its our my".split())


def _is_unresolved(subject: str) -> bool:
    """Whether a subject of which the graph has nothing is a pronoun or "the song", "his last term": of what the sentences before
    say, and these words do not.
    """
    words = subject.casefold().split()
    return subject.casefold() in _POINTING or (len(words) < 4 and words[0] in _POINTING_BACK)


def sentence_span(token: Token, story: str) -> Span:
    """The sentence around a token, without surrounding white space and blanked furniture."""
    sent = token.sent
    start, end = sent.start_char, sent.end_char
    while start < end and story[start].isspace():
        start += 1
    while end > start and story[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _is_dated(token: Token, time: TimeSpan) -> bool:
    """Whether a time says on which day something was; "as of 3 May" says up to when it was counted."""
    counted = f"as of {time.text}".casefold() in token.sent.text.casefold()
    return bool(time.start) and time.granularity in {"day", "time"} and not counted
