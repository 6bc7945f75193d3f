"""In what sense a predicate is said: asserted, reported, planned, possible, alleged, denied or negated, and by whom.

The reading starts at the predicate and climbs its governors, asking the lexicon (`factuality.tsv`) what each does to the
dependent it was reached through. Presupposed material (relative clauses, temporal clauses) escapes its governor's modality
but not its speaker.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.clauses import Clauses, gerund_subject, is_predicate
from kg.lexicon import Effect
from kg.model import Status
from kg.syntax import (
    CLAUSAL,
    ancestors_until_root,
    base,
    case,
    deps,
    deps_exact,
    is_content,
    is_infinitive,
    lemma,
    lemma_candidates,
)

_PRIORITY: tuple[tuple[str, Status], ...] = (
    ("denied", "denied"),
    ("alleged", "alleged"),
    ("negated", "negated"),
    ("question", "possible"),
    ("condition", "possible"),
    ("possible", "possible"),
    ("planned", "planned"),
    ("reported", "reported"),
)
_MAX_CLIMB = 25


@dataclass(frozen=True, slots=True)
class Sense:
    """A status and the token that heads the speaker, if someone else than the article says so."""

    status: Status
    speaker: Token | None = None
    quoted: bool = False


class Factuality:
    """Answers `sense` for the predicates of one Doc."""

    def __init__(self, clauses: Clauses) -> None:
        self._clauses = clauses
        self._effects = clauses.words.effects
        self._quotes = quotations(clauses.doc)
        self._speakers = _speakers(clauses, self._quotes)
        interviews = _interview(clauses)
        self._interviews = {span for span, _ in interviews}
        for span, speaker in (*_announced(clauses), *interviews):
            if speaker is not None:
                self._speakers[span] = speaker
                own = _QUOTING & {t.text for t in clauses.doc[span[0] : span[0] + 2]}  # else they may quote others
                inner = [q for q in self._quotes if span[0] <= q[0] <= q[1] <= span[1]]
                self._speakers.update({q: speaker for q in inner if own or q not in self._speakers})
            self._quotes.append(span)

    def sense(self, token: Token) -> Sense:
        """The sense in which the article says what `token`, a verb or an event noun, expresses."""
        effects: list[str] = []
        speaker: Token | None = None
        for effect, who in self._climb(token):
            effects.append(effect)
            speaker = speaker if speaker is not None else who
        quote = self._quote_of(token)
        if quote is not None:
            effects.append("reported")
            speaker = speaker if speaker is not None else self._speakers.get(quote)
        elif self._is_first_person(token):
            effects.append("reported")
        return Sense(_combine(effects), speaker, quote is not None)

    def told(self, token: Token) -> Sense:
        """The sense of what a noun phrase alone tells ("40 people" are 40): its speaker's where its clause is reported, else
        the article's, for negation and modality of the clause do not reach it.
        """
        clause = next((t for t in (token, *token.ancestors) if t.pos_ in CLAUSAL or deps(t, "cop")), token)
        sense = self.sense(clause)
        is_reported = sense.quoted or sense.speaker is not None or sense.status in {"reported", "alleged", "denied"}
        if base(token) == "obj" and "reported" in self._effect(token.head, "obj", token):
            return Sense("reported", self._source(token.head))  # "has confirmed only six deaths"
        if is_reported:
            return Sense("reported", sense.speaker, sense.quoted)
        wanted = base(token) == "obj" and not any(d.lower_ in _DEFINITE for d in deps(token, "det"))
        # "wants six ships": which are yet to be had
        return Sense("planned" if wanted and "planned" in self._effect(token.head, "obj", token) else "asserted")

    def quoted(self, *tokens: Token) -> Sense:
        """The sense of what stands in words alone ("the mill in Lyon"): the speaker's where all of them are in one quotation."""
        quotes = {self._quote_of(token) for token in tokens}
        quote = quotes.pop() if len(quotes) == 1 else None
        if quote is None:
            return Sense("asserted")
        return Sense("reported", self._speakers.get(quote), True)

    def spoken_of(self, noun: Token) -> Sense:
        """ "fears of a leak in the dam", "reports of camps in Chad": what a noun phrase alone tells of a thing that is only told of."""
        here = noun
        while here.dep_ == "nmod" and here.head.pos_ == "NOUN":
            for effect in self._effect(here.head, case(here), here):
                return Sense(_combine([effect]), self._source(here.head))
            here = here.head
        return Sense("asserted")

    def first_persons(self) -> Iterator[tuple[Token, Token]]:
        """'"I left Lima, and we condemn the raid," Sow said': the pronouns of quotations that stand for who speaks, with the
        speaker: "I" always, "we" where somebody who speaks for others condemns or urges.
        """
        words = self._clauses.words.words
        for token in self._clauses.doc:
            quote = self._quote_of(token) if token.lower_ in words["first_person"] else None
            speaker = self._speakers.get(quote) if quote is not None and quote not in self._interviews else None
            if speaker is None or speaker.i == token.i:
                continue
            verb = token.head
            auxiliaries = {a.lower_ for a in deps(verb, "aux")}
            acts = token.lower_ == "we" and token.dep_ == "nsubj" and lemma(verb) in words["performatives"]
            acts = acts and verb.tag_ in {"VBP", "VB"} and auxiliaries <= {"do", "must", "would"}
            if acts or token.lower_ in words["first_singular"]:
                yield token, speaker

    def _quote_of(self, token: Token) -> tuple[int, int] | None:
        return next(((a, b) for a, b in self._quotes if a <= token.i < b), None)

    def _is_first_person(self, token: Token) -> bool:
        """ "I was called in": outside quotation marks "I" and "we" are people whose words the article sets without marks."""
        first = self._clauses.words.words["first_person"]
        here = [*deps(token, "nsubj")]
        if not any(t.is_quote for t in token.sent):
            here += [t for t in token.sent if base(t) == "nsubj"]
        return any(t.pos_ == "PRON" and t.lower_ in first for t in here)

    # --- climbing

    def _climb(self, token: Token) -> Iterator[tuple[str, Token | None]]:
        apart = False  # whether a relative clause, which an "according to" of the main clause does not cover, was left
        modal_scope = True  # whether the governor's own modality still reaches down to the predicate
        in_accusation = True  # "accused of stealing while working for the firm": participles are part of the accusation
        here = token
        if here.pos_ in CLAUSAL or deps(here, "cop"):
            yield from self._own(here)
        else:
            yield from self._own_noun(here)
        if self._is_aside(token):
            return
        if self._is_vague_mention(token) or self._is_studied(token) or self._is_rare(token):
            yield "possible", None
        if (accuser := self._clauses.accuser(token)) is not None:
            yield "alleged", self._source(accuser)
        yield from self._made_with(token)
        if (
            self._is_of_a_rule(token)
            or self._is_of_any_such(token)
            or (token.dep_ in {"acl", "acl:relcl"} and _is_any(token.head))
        ):
            yield "condition", None
        for _ in range(_MAX_CLIMB):
            head = here.head
            if head.i == here.i or self._leaves_quote(here, head):
                break
            slot = self._slot(here)
            for effect in self._effect(head, slot, here):
                if not modal_scope and effect != "reported" and not (in_accusation and effect == "alleged"):
                    continue
                yield effect, self._source(head) if effect in {"reported", "denied", "alleged"} else None
            reaches = self._reaches(here, head, slot)
            if here is token and not reaches and self._is_given(token, head, slot):
                break
            if modal_scope and reaches and (head.pos_ in CLAUSAL or deps(head, "cop")):
                own_to_it = {"negated", "planned", "possible"} if _has_own_auxiliary(here) else set()
                yield from (effect for effect in self._own(head) if effect[0] not in own_to_it)
            elif modal_scope and reaches:
                yield from self._own_noun(head)
            apart = apart or slot == "relcl"
            if not reaches and not apart:
                yield from _sourced(head)
            if slot == "relcl" and _is_said_to_lack(head):
                yield "negated", None
            modal_scope = modal_scope and reaches
            in_accusation = in_accusation and (reaches or (base(here) == "advcl" and here.tag_ == "VBG"))
            here = head
        yield from self._reporting_child(token)
        if not apart and (source := self._closing_source(token)) is not None:
            yield "reported", source

    def _is_aside(self, verb: Token) -> bool:
        """ "The report said that Chad sent arms, a claim Chad denies": the article adds who denies it to what the report says."""
        noun = verb.head
        if verb.dep_ != "acl:relcl" or not any(
            e.effect == "denied" for e in self._effects.get((lemma(verb), "VERB"), ())
        ):
            return False
        first = noun.left_edge
        aside = first.text == "," or (first.i > 0 and first.nbor(-1).text == ",")
        return aside and lemma(noun) in self._clauses.words.words["claim_nouns"]

    def _is_given(self, token: Token, head: Token, slot: str) -> bool:
        """A definite event noun is taken for given: "was said to be investigating the shooting" vouches for the shooting."""
        if token.pos_ != "NOUN" or not any(d.lower_ in {"the", "this", "these"} for d in deps(token, "det")):
            return False
        return not any(True for _ in self._effect(head, slot, token))

    def _is_vague_mention(self, token: Token) -> bool:
        """ "confirmation of a meeting", "talk about a visit": an indefinite event that only qualifies another noun is not
        told to have happened; "victims of an attack" is, for people and places are really there.
        """
        if token.pos_ != "NOUN" or token.dep_ != "nmod" or case(token) not in {"of", "for", "about", "on"}:
            return False
        if not any(d.lower_ in {"a", "an", "any"} for d in deps(token, "det")):
            return False
        governor = self._clauses.index.at(token.head)
        return governor is None or governor.type == "Concept" or self._clauses.words.is_a(governor.type, "Event")

    def _is_studied(self, token: Token) -> bool:
        """ "analysed the effects of salt on fish": whether it has any is what is studied."""
        words = self._clauses.words.words
        if token.pos_ != "NOUN" or lemma(token) not in words["effect_nouns"]:
            return False
        return base(token) == "obj" and lemma(token.head) in words["studying_verbs"]

    def _is_rare(self, token: Token) -> bool:
        """ "recovered the few times she ate": what happened seldom is not told to have happened."""
        words = self._clauses.words.words
        if token.dep_ not in {"acl:relcl", "advcl:relcl", "advcl"} or token.left_edge.i == token.sent.start:
            return False
        noun = token.head if token.dep_ == "acl:relcl" else token.left_edge.nbor(-1)
        return lemma(noun) in words["time_nouns"] and any(
            c.lower_ in words["rare_adjectives"] for c in deps(noun, "amod")
        )

    def _made_with(self, token: Token) -> Iterator[tuple[str, Token | None]]:
        """ "will hold a drill involving both fleets", "should seek solutions that help": what is said of a thing that is yet to
        come is yet to come as well.
        """
        noun = token.head
        present = token.tag_ in {"VBP", "VBZ"} and not deps(token, "aux")
        if not (token.dep_ == "acl" and token.tag_ == "VBG") and not (token.dep_ == "acl:relcl" and present):
            return
        absolute = noun.dep_ == "nsubj" and self._is_planned_participle(
            noun.head
        )  # "with laws banning imports expected"
        if (noun.dep_ not in {"obj", "obl", "nsubj:pass"} and not absolute) or noun.head.pos_ not in CLAUSAL:
            return
        articles = {d.lower_ for d in deps(noun, "det")}
        if articles & {"a", "an", "no", "any", "some"} or (
            not articles and noun.tag_ == "NNS" and not deps(noun, "nmod:poss")
        ):
            yield from (effect for effect in self._own(noun.head) if effect[0] in {"planned", "possible", "negated"})
            if self._is_made(noun) and self.sense(noun.head).status in {"planned", "possible"}:
                yield "planned", None  # "gathered to pass a motion urging Chad to pay"
            # "a law banning imports, expected in May", "was proposed with laws banning imports"
            if any(self._is_planned_participle(t) for t in (noun.head, *deps(noun, "acl"))):
                yield "planned", None

    def _is_made(self, noun: Token) -> bool:
        """Whether a noun is an event or words, which only come about by what is done: a motion is, a lawyer or a mill is there."""
        mention, words = self._clauses.index.at(noun), self._clauses.words
        return mention is not None and any(words.is_a(mention.type, cls) for cls in ("Event", "Document"))

    def _is_planned_participle(self, verb: Token) -> bool:
        rows = self._effects.get((verb.lower_, "VERB"), ()) if verb.tag_ == "VBN" else ()
        return any(e.slot == "self" and e.effect == "planned" for e in rows)

    def _is_of_a_rule(self, token: Token) -> bool:
        """Whether a predicate stands in a definition ("a raid means an act that harms a town") or counts what a rule leaves
        uncounted ("does not report the number of bombs dropped"), or is what a rule is about ("policies regarding Malians
        traveling"): such sentences tell no single happening.
        """
        words = self._clauses.words.words
        for here in (token, *token.ancestors):
            head = here.head
            if here.dep_ == "acl" and here.tag_ == "VBG" and _is_any_of_its_kind(head) and base(head) == "nmod":
                if lemma(head.head) in words["rule_nouns"] and case(head) != "of":
                    return True
            if base(here) == "obj" and _is_present(head) and here.i > head.i:
                if lemma(head) in words["defining_verbs"] and _is_indefinite(head):
                    return here.i != token.i
                if lemma(here) in words["amount_nouns"] and self._negated(head):
                    return here.i != token.i
        return False

    def _is_of_any_such(self, token: Token) -> bool:
        """ "Cholera comes from water fouled by waste", "asked Chad to feed people seeking work": what is said of any such thing, in a
        clause that tells of no time gone by, names no happening. With a name or a number it does: "homes facing Mount Velm".
        """
        noun = token.head
        if base(token) != "acl" or token.tag_ not in {"VBG", "VBN", "VBZ", "VBP"} or not _is_bare(noun):
            return False
        if self._clauses.index.named_at(noun) is not None:
            return False
        if any(t.ent_type_ or t.pos_ in {"PROPN", "NUM"} or t.lower_ in _DEFINITE for t in token.subtree):
            return False
        return _is_timeless(noun)

    def _leaves_quote(self, here: Token, head: Token) -> bool:
        """Words after a closing mark ("…," she added as she left) that the parse hung on a word inside the quotation."""
        # 'told us that he "walked in and sat down", and left': that the first words are quoted makes the rest none of the writer's
        indirect = any(m.lower_ == "that" and self._quote_of(m) is None for m in deps(head, "mark"))
        # 'said although rents fell, "nobody has left"': what stands between the verb and its quotation is said as well
        indirect = indirect or (head.head.i < here.i < head.i and is_speech(self._effects, head.head))
        return self._quote_of(head) is not None and self._quote_of(here) is None and not indirect

    def _own(self, verb: Token) -> Iterator[tuple[str, Token | None]]:
        """The verb's own auxiliaries, negation, adverbs, condition and question mark."""
        if self._negated(verb):
            yield "negated", None
        modal = self._modal(verb)
        if modal:
            yield modal, None
        for adverb in deps(verb, "advmod", "obl"):
            for effect in self._effects.get((lemma(adverb), "ADV"), ()):
                yield effect.effect, None
        yield from self._before_article(verb)
        yield from self._opening(verb)
        if self._is_habit(verb) or _is_general_condition(verb):
            yield "condition", None
        if _is_unmoored(verb):
            yield "possible", None
        if _is_alternative(verb) and not any(self._negated(t) for t in (verb, verb.head)):
            yield "possible", None
        yield from _sourced(verb)
        if (speech := self._clauses.speech_noun(verb)) is not None:
            yield "reported", next(iter(deps(speech, "compound")), None)
        if any(m.lower_ == "due" for m in deps(verb, "mark", "advmod", "amod")) and verb.tag_ in {"VB", "VBN"}:
            yield "planned", None  # "a truce due to be signed"
        marks = {m.lower_ for m in deps(verb, "mark", "case")} | {case(verb)}
        marks |= {" ".join([a.lower_, *(t.lower_ for t in deps(a, "fixed"))]) for a in deps(verb, "advmod")}
        marks |= {" ".join([m.lower_, *(t.lower_ for t in deps(m, "fixed"))]) for m in deps(verb, "mark")}
        if marks & {"if", "unless", "whether", "in case"}:
            yield "condition", None
        if marks & self._clauses.words.words["negating_marks"] or self._is_yet_to(verb):
            yield "negated", None
        if marks & self._clauses.words.words["future_marks"] and _is_present(verb):
            yield "planned", None
        if _is_command(verb) or self._is_scheduled(verb) or _is_still_to_come(verb):
            yield "planned", None
        if _is_question(verb):
            yield "question", None
        if any(_is_any(t) for t in deps(verb, "nsubj")):
            yield "condition", None
        for negative in deps(verb, "nsubj", "obj"):
            if any(
                d.lower_ in {"no", "neither"} for d in deps(negative, "det", "cc", "cc:preconj", "advmod")
            ) or negative.lower_ in {"nobody", "none", "nothing", "neither"}:
                yield "negated", None

    def _before_article(self, noun: Token) -> Iterator[tuple[str, Token | None]]:
        """ "was more likely the result of neglect": before the article such a word is of the clause, whatever it is hung on."""
        articles = deps(noun, "det")
        for word in deps(noun, "amod", "advmod") if articles and noun.pos_ == "NOUN" else ():
            rows = self._effects.get((lemma(word), "ADJ"), ()) if word.i < articles[0].i else ()
            yield from ((e.effect, None) for e in rows if e.effect == "possible")

    def _opening(self, verb: Token) -> Iterator[tuple[str, Token | None]]:
        """ "Allegedly, Chad paid and Mali kept silent": an adverb set off before the first clause is about those after it too."""
        first = verb
        while base(first) == "conj" and first.head.pos_ in CLAUSAL:
            first = first.head
        if first.i == verb.i:
            return
        for adverb in deps(first, "advmod"):
            if adverb.i == first.sent.start and adverb.nbor(1).text == ",":
                rows = self._effects.get((lemma(adverb), "ADV"), ())
                yield from ((e.effect, None) for e in rows if e.effect in {"alleged", "reported"})

    def _is_habit(self, verb: Token) -> bool:
        """ "Chad usually supports Niger", "arrests fishermen each year": what is the rule is not told to have happened.

        Of a state ("is often late") only what is said to hold as a rule is one: that it is often late is so.
        """
        words = self._clauses.words.words
        usual = words["habitual_adverbs"] | (words["frequency_adverbs"] if verb.pos_ == "VERB" else frozenset())
        if not _is_present(verb):
            return False
        return any(a.lower_ in usual for a in deps(verb, "advmod")) or (verb.pos_ == "VERB" and _is_each_time(verb))

    def _is_scheduled(self, verb: Token) -> bool:
        """ "The assembly meets Friday": the present of a timetable tells what is to come, also where no date of the article says that
        the day is (`Dating.is_scheduled` knows where one does). So does "is meeting Ana on Friday", "is being sworn in Friday", and without a day "is arriving".
        """
        words = self._clauses.words.words
        going_on = verb.tag_ == "VBG" and any(a.tag_ in {"VBZ", "VBP"} for a in deps(verb, "aux"))
        if going_on and lemma(verb) in words["coming_verbs"] and not deps(verb, "obj"):
            return not any(a.tag_ == "VBN" for a in deps(verb, "aux"))
        being = any(a.lower_ == "being" for a in deps(verb, "aux")) and any(
            a.tag_ in {"VBZ", "VBP"} for a in deps(verb, "aux")
        )
        if (verb.tag_ not in {"VBZ", "VBP"} or deps(verb, "aux", "xcomp")) and not going_on and not being:
            return False
        late = [t for c in deps(verb, "obl", "advmod") for t in c.subtree if t.lower_ in {"later", "tomorrow"}]
        if any(
            t.i + 1 < len(t.doc) and (t.lower_ == "tomorrow" or t.nbor(1).lower_ in {"this", "today"}) for t in late
        ):
            return True  # "meets envoys later this week"
        if lemma(verb) not in words["timetable_verbs"] and not being:
            return False
        days = [c for c in deps(verb, "obl", "advmod") if c.i > verb.i and case(c) in {"", "on"}]
        return any(c.tag_ != "NNS" and lemma(c) in words["days_ahead"] and not deps(c, "det") for c in days)

    def _negated(self, verb: Token) -> bool:
        negators = self._clauses.words.words["negators"]
        return any(c.lower_ in negators for c in deps(verb, "advmod", "neg", "cc", "cc:preconj")) or any(
            "Neg" in c.morph.get("Polarity", []) for c in deps(verb, "advmod")
        )

    def _is_yet_to(self, verb: Token) -> bool:
        """ "has yet to visit", "is yet to be seen"."""
        adverbs = [*deps(verb, "advmod"), *(deps(verb.head, "advmod") if verb.dep_ == "xcomp" else [])]
        return is_infinitive(verb) and any(a.lower_ == "yet" and a.i < verb.i for a in adverbs)

    def _own_noun(self, noun: Token) -> Iterator[tuple[str, Token | None]]:
        if any(d.lower_ in {"no"} for d in deps(noun, "det")):
            yield "negated", None
        if case(noun) == "ahead of":
            yield "planned", None  # "violence ahead of the elections"
        for child in deps(noun, "amod", "advmod", "compound"):
            for pos in ("ADJ", "ADV", "VERB"):
                for effect in self._effects.get((lemma(child), pos), ()) or self._effects.get((child.lower_, pos), ()):
                    if effect.slot in {"self", "any"}:
                        yield effect.effect, None

    def _modal(self, verb: Token) -> str:
        """The effect of a modal auxiliary; one before coordinated verbs reaches those without their own subject."""
        here = verb
        if (
            verb.tag_ in {"VB", "VBN"}
            and is_infinitive(verb)
            and any(a.lower_ in {"is", "are", "’s", "'s"} for a in deps(verb, "aux", "cop"))
        ):
            return "planned"  # "the envoys are to travel to Oslo"
        purposes = self._clauses.words.words["purpose_nouns"]
        if is_infinitive(verb) and deps(verb, "cop", "aux") and any(lemma(s) in purposes for s in deps(verb, "nsubj")):
            return "planned"  # "Chad's plan was to attack"
        for _ in range(6):
            for aux in deps(here, "aux"):
                for status in ("planned", "possible"):
                    if aux.lower_ in self._clauses.words.words[f"{status}_modals"]:
                        return status
            if base(here) == "conj" and here.head.pos_ in CLAUSAL and not deps(here, "nsubj", "aux", "mark"):
                here = here.head
            else:
                break
        return ""

    def _slot(self, token: Token) -> str:
        relation = base(token)
        if is_content(token):
            return "acl"  # "the demand that Chad pay"
        if token.dep_ == "acl:relcl":
            return "relcl"
        if relation in {"obl", "nmod", "advcl", "acl"}:
            preposition = case(token)
            if relation == "advcl" and (is_infinitive(token) or preposition == "to"):
                return "advcl"
            if relation == "acl" and is_infinitive(token):
                return "acl"  # "an appeal for all to help"
            if relation == "acl" and not preposition:
                modifies = token.tag_ in {"VBN", "VBG"} and not is_infinitive(token) and not deps(token, "nsubj")
                modifies = modifies and gerund_subject(token) is None
                return "relcl" if modifies else "acl"
            if (preposition and preposition != "to") or relation in {"obl", "nmod"}:
                return preposition or relation
            return relation
        if self._is_said_after_all(token):
            return "ccomp"
        if token.dep_ == "nsubj":
            return "nsubj"  # the speaker of "X said" is not what is said; the subject of "X is said to" is
        return {"nsubj": "subj", "csubj": "subj", "parataxis": "ccomp"}.get(relation, relation)

    def _is_said_after_all(self, verb: Token) -> bool:
        """ "Papers say the audits, due on Monday, blame Chad": a clause right behind a verb of speech is what is said, and coordinated
        with nothing.
        """
        subjects = deps(verb, "nsubj")
        beside = (
            base(verb) == "conj" and not deps(verb, "cc") and bool(subjects) and is_speech(self._effects, verb.head)
        )
        return beside and subjects[0].left_edge.i == verb.head.i + 1

    def _effect(self, head: Token, slot: str, here: Token) -> Iterator[str]:
        pos = "VERB" if head.pos_ in CLAUSAL else "ADJ" if head.pos_ == "ADJ" else "NOUN"
        if slot == "xcomp" and here.tag_ == "VBG" and lemma(head) in self._clauses.words.words["judging_verbs"]:
            yield "possible"  # "made saving the mill a priority"
            return
        found = False
        for effect in self._rows(head, pos):
            passive_subject = slot == "subj" and here.dep_.endswith(":pass") and effect.slot in {"obj", "ccomp"}
            if effect.slot in {slot, "any"} or passive_subject or (slot == "acl" and effect.slot in {"ccomp", "xcomp"}):
                found = True
                if self._came_about(head) or (
                    slot == "for" and effect.effect == "reported" and here.pos_ not in CLAUSAL
                ):
                    continue  # "claimed responsibility for the raid": that there was one is no claim
                if effect.effect == "shown":
                    told = _is_limited(here) if slot == "obj" else self._is_finding(head)
                    yield from ["reported"] * told
                elif effect.effect == "begun":
                    yield from ["planned"] * (head.tag_ == "VBG" and is_infinitive(here))  # "is beginning to return"
                elif effect.effect == "voted":
                    yield from ["planned"] * (not self._is_done_by_vote(here, head))
                elif effect.effect not in {"fact", "report_only"}:
                    yield effect.effect
        if found:
            return
        if slot in {"that", "so that"} and base(here) == "advcl":
            yield "planned"  # "called on the court, so that she is released"
        elif slot in _TOWARD and base(here) in {"advcl", "acl"} and (slot != "on" or self._is_about(head, here)):
            yield "possible"  # "confidence in enhancing the ties" does not say that they were enhanced, nor "talks on" it
        elif slot == "advcl" and self._is_marking(here, head):
            return
        elif slot == "advcl" and is_infinitive(here):
            yield "planned"  # purpose: "to protect the interests" says what for, not that it came about
        elif slot == "xcomp" and is_infinitive(here) and pos != "NOUN":
            yield "planned"  # an unknown verb with an infinitive: not known to have happened
        elif slot == "acl" and is_infinitive(here) and not self._is_ranked(head) and not self._is_message(here, head):
            yield "planned"

    def _is_marking(self, verb: Token, deed: Token) -> bool:
        """ "staged a parade to mark the anniversary": who staged it has marked it; a hall that one "has to honor" somebody is there, and
        honors nobody yet.
        """
        marks = is_infinitive(verb) and lemma(verb) in self._clauses.words.words["marking_verbs"]
        return marks and not (lemma(deed) == "have" and deps(deed, "obj"))

    def _is_done_by_vote(self, act: Token, vote: Token) -> bool:
        """ "The council voted to adopt the budget" has adopted it; that it "voted to strike" is no strike, and of one who votes the
        act is not hers.
        """
        voters = [self._clauses.index.at(t) for t in self._clauses.subjects(vote)]
        alone = any(m is not None and m.type == "Person" for m in voters)
        return lemma(act) in self._clauses.words.words["voted_acts"] and not alone

    def _is_about(self, head: Token, here: Token) -> bool:
        """ "talks on forming a union", "focuses on forming one", wherever the parse hangs it; who works on it does it."""
        before = here.left_edge.nbor(-1) if here.left_edge.i else head
        words = {lemma(head), lemma(before)}
        return head.pos_ == "ADJ" or bool(words & self._clauses.words.words["focusing_words"])

    def _is_message(self, verb: Token, noun: Token) -> bool:
        """ "in a letter to thank the donors": what a message is for it does."""
        words = self._clauses.words.words
        return lemma(noun) in words["media_nouns"] and lemma(verb) in words["message_acts"] and base(noun) == "obl"

    def _is_finding(self, verb: Token) -> bool:
        """ "A survey found that rents fell": what a study shows or its authors find is theirs; that police found a door open is so."""
        sources = self._clauses.words.words["finding_sources"]
        return any(lemma(t) in sources for t in self._clauses.verb(verb).slots.get("subj", []))

    def _came_about(self, head: Token) -> bool:
        """ "was able to meet her" did; "is able to" may yet."""
        words = self._clauses.words.words
        past = any(c.lower_ in {"was", "were", "been"} for c in deps(head, "cop"))
        return past and head.lower_ in words["implicative_adjectives"] and not deps(head, "ccomp")

    def _rows(self, head: Token, pos: str) -> tuple[Effect, ...]:
        """The lexicon's rows for a word, those with its particle first: "rule out" before "rule"."""
        particles = [
            c.lower_
            for c in head.children
            if c.dep_ == "compound:prt" or c.tag_ == "RP" or (c.dep_ == "advmod" and c.i == head.i + 1)
        ]
        for word in lemma_candidates(head):
            for key in (" ".join([word, *particles]), word):
                if found := self._effects.get((key, pos)):
                    return found
        return ()

    def _is_ranked(self, noun: Token) -> bool:
        """ "the first country to recognize the state" did recognize it."""
        return any(lemma(c) in self._clauses.words.words["superlatives"] for c in deps(noun, "amod"))

    def _reaches(self, here: Token, head: Token, slot: str) -> bool:
        """Whether the head's own negation and modality cover the dependent."""
        relation = base(here)
        if here.dep_ == "acl:relcl" and is_predicate(head):
            return True  # "may be a spy who fled": it is the subject that may have fled
        if (here.dep_ == "acl:relcl" and not is_content(here)) or (
            relation in {"parataxis", "appos", "nsubj", "csubj"} and not here.dep_.endswith(":pass")
        ):
            return False
        if slot == "relcl":
            return False
        if relation == "advcl":
            marks = {m.lower_ for m in deps(here, "mark", "case")}
            trailing = here.tag_ == "VBG" and marks <= {"in"} and here.i > head.i
            if _is_alongside(here, head, marks) and not self._negated(head):
                return True
            if "for" in marks and head.pos_ == "ADJ":
                return True  # "would be responsible for guarding the port"
            ahead = bool({m.lower_ for m in deps(here, "mark", "advmod")} & _WHEN) and _is_present(here)
            return is_infinitive(here) or trailing or ahead or bool(marks & {"of", "from", "by", "besides", "before"})
        if relation == "conj":
            finite = here.tag_ in {"VBZ", "VBD"} and head.tag_ == "VB"  # "does not fight and only supports the poor"
            return not deps(here, "nsubj") and not finite
        if relation in {"obj", "nsubj"} and head.pos_ == "VERB":
            light = lemma(head) in self._clauses.words.words["light_verbs"]
            return light or any(
                effect.slot in {"obj", "any"} for effect in self._effects.get((lemma(head), "VERB"), ())
            )
        if relation in {"ccomp"}:
            return not is_speech(self._effects, head)
        return relation in {"xcomp", "acl", "nmod", "ccomp"}

    def _source(self, head: Token) -> Token | None:
        if head.pos_ in CLAUSAL:
            subjects = self._clauses.verb(head).slots.get("subj", []) if head.pos_ == "VERB" else []
            return subjects[0] if subjects else None
        owners = deps(head, "nmod:poss")
        return owners[0] if owners else None

    def _closing_source(self, token: Token) -> Token | None:
        """ "A quake made a roof fall, killing six, according to the police", "Rents fell in the north, an agency report says": the
        source at a sentence's end is that of all its clauses, whatever word the parse hung it on.
        """
        words = [t for t in token.sent if not t.is_punct and not t.is_space]
        last = words[-1] if words else token
        if last.tag_ in {"VBZ", "VBD"} and last.dep_ == "appos" and is_speech(self._effects, last):
            return last if last.left_edge.text == "," else None
        for head in (last, *ancestors_until_root(last)):
            if head.left_edge.text == "," and case(head).startswith("according to") and head.left_edge.i > token.i:
                # of "…, where Ann met Bob, according to Chad" it is the source of the last clause alone
                return head if not deps(head.head, "nsubj", "expl") else None
        return None

    def _reporting_child(self, token: Token) -> Iterator[tuple[str, Token | None]]:
        """ "The talks failed, Sow said": the reporting verb hangs below what it reports."""
        root = token
        for _ in range(_MAX_CLIMB):
            # "Rents fell, reports the agency": a subject behind its verb, and no "as" or "when" before it
            inverted = [
                c for c in deps_exact(root, "advcl") if not deps(c, "mark") and (s := deps(c, "nsubj")) and s[0].i > c.i
            ]
            # "Rents fell in the north says Ana Ruiz": no comma, and who says it read as the object
            squeezed = [c for c in deps_exact(root, "advcl") if not deps(c, "mark") and deps(c, "obj")]
            for child in [*deps(root, "parataxis"), *inverted, *squeezed]:
                # "the worst flood ever recorded says Ana Ruiz": a bare participle before it is not what is said
                said = [c for c in deps(child, "ccomp") if c.i > child.i or c.tag_ != "VBN" or deps(c, "nsubj", "aux")]
                if child.i == token.i or not is_speech(self._effects, child) or said:
                    continue
                if not deps(child, "obj"):
                    yield "reported", self._source(child)
                elif _has_speaker_behind(child, self._clauses.index.named_at(deps(child, "obj")[0]) is not None):
                    yield "reported", deps(child, "obj")[0]
            if root.head.i == root.i or base(root) in {"parataxis"}:
                break
            root = root.head


_WHEN = frozenset({"when", "once", "after", "until", "before"})
"""With the present tense, what "will" of the main clause covers too: "will speak when it opens"."""
_TOWARD = frozenset({"in", "on", "toward", "towards"})


def _combine(effects: list[str]) -> Status:
    present = set(effects)
    if effects.count("negated") % 2 == 0:
        present.discard("negated")
    if "negated" in present and {"possible", "condition"} & present and "planned" not in present:
        return "possible"
    return next((status for effect, status in _PRIORITY if effect in present), "asserted")


def _is_question(verb: Token) -> bool:
    if base(verb) not in {"ROOT", "conj", "ccomp", "root"}:
        return False
    last = [t for t in verb.sent if not t.is_space and t.text not in {'"', "”", "’", ")"}]
    return bool(last) and last[-1].text == "?"


def _sourced(verb: Token) -> Iterator[tuple[str, Token | None]]:
    """ "according to the agency": the clause is its source's."""
    yield from (("reported", child) for child in verb.children if names_source(child))


def names_source(phrase: Token) -> bool:
    """ "according to the agency": what follows says who says so."""
    return base(phrase) in {"obl", "advcl"} and case(phrase).startswith("according to")


def _is_command(verb: Token) -> bool:
    """An imperative: a bare verb that heads its sentence and has no subject."""
    if verb.tag_ != "VB" or base(verb) not in {"ROOT", "root"}:
        return False
    return not deps(verb, "nsubj", "aux", "mark", "csubj")


def _is_bare(noun: Token) -> bool:
    """A common noun without an article, owner or number: "water", "people"."""
    return noun.tag_ in {"NN", "NNS"} and not deps(noun, "det", "nmod:poss", "nummod")


_DEFINITE = frozenset({"the", "this", "these", "that", "those", "his", "her", "their", "its"})


def _is_timeless(noun: Token) -> bool:
    """Whether the clause a noun stands in is a present, a modal or an infinitive, none of which tells of a time gone by."""
    for verb in noun.ancestors:
        parts = (verb, *deps(verb, "aux", "cop"))
        if verb.pos_ not in CLAUSAL and len(parts) == 1:
            continue
        if is_infinitive(verb):
            return True
        if any(t.tag_ == "VBD" or lemma(t) == "have" or (t.tag_ == "VBG" and len(parts) > 1) for t in parts):
            return False  # "are being shot" tells of now
        if any(t.tag_ in {"VBZ", "VBP", "MD"} for t in parts):
            return True
    return False


def _is_alongside(here: Token, head: Token, marks: set[str]) -> bool:
    """ "will run the bank, while keeping his seat", "will march, watched by guards": what goes along with what is to come is to
    come as well.
    """
    bare = not deps(here, "nsubj", "aux", "cop") and here.tag_ in {"VBG", "VBN"}
    return bare and here.i > head.i and marks <= {"while", "whilst", "thereby"}


def _is_limited(noun: Token) -> bool:
    """ "confirmed only six deaths": no more is what somebody confirmed, and others may count more."""
    verb = deps(noun.head, "advmod")
    limits = [*deps(noun, "advmod"), *(t for n in deps(noun, "nummod") for t in deps(n, "advmod")), *verb]
    return any(t.lower_ in {"only", "just"} for t in limits) and bool(deps(noun, "nummod") or noun.pos_ == "NUM")


def _is_still_to_come(verb: Token) -> bool:
    """ "vowed reforms when she takes office": below a past, a clause of time in the present tells what was then to come. So does one
    with "later this month" whatever its main clause.
    """
    marks = {m.lower_ for m in deps(verb, "mark", "advmod")}
    if base(verb) != "advcl" or not _is_present(verb) or deps(verb, "cop"):
        return False
    main = (verb.head, *deps(verb.head, "aux"))
    if marks & {"when", "once"} and verb.i > verb.head.i:
        return any(t.tag_ == "VBD" for t in main)
    later = (t for t in verb.subtree if t.lower_ == "later" and t.nbor(1).lower_ == "this")
    return "as" in marks and any(later)


def _has_own_auxiliary(verb: Token) -> bool:
    """ "did not call and has left", "does not bite and does not sting": "not" and "may" of the first verb are said of it alone."""
    return base(verb) == "conj" and any(t.tag_ in {"VBD", "VBP", "VBZ", "MD"} for t in deps(verb, "aux", "cop"))


def _is_alternative(verb: Token) -> bool:
    """ "Twelve bridges were damaged or destroyed": of each it is only possible that this one was."""
    return any(
        cc.lower_ == "or"
        for second in [*deps(verb, "conj"), *([verb] if base(verb) == "conj" else [])]
        if second.pos_ == "VERB" and second.head.pos_ == "VERB"
        for cc in deps(second, "cc")
    )


def _is_unmoored(verb: Token) -> bool:
    """ "would lead to debt, which Chad disputes, and strain its budget": a bare verb that the parse joins to a finite one belongs to
    a modal somewhere before.
    """
    own = deps(verb, "aux", "mark", "nsubj")
    return verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.tag_ == "VBZ" and not own


def _is_any(noun: Token) -> bool:
    """ "Any rally held after dark is illegal": none need have been held."""
    return any(d.lower_ == "any" for d in deps(noun, "det")) or noun.lower_ in {"anyone", "anybody", "anything"}


def _is_each_time(verb: Token) -> bool:
    """ "Each year pilgrims gather", "fires on the town every day"."""
    times = [t for t in deps(verb, "obl") if t.ent_type_ in {"DATE", "TIME"} and not case(t)]
    return any(d.lower_ in {"each", "every"} for t in times for d in deps(t, "det"))


def _is_said_to_lack(noun: Token) -> bool:
    """ "There were no children living there", "with no trace left in the streets": nobody did, and none was."""
    return (bool(deps(noun.head, "expl")) or case(noun) == "with") and any(d.lower_ == "no" for d in deps(noun, "det"))


def _is_present(verb: Token) -> bool:
    """Whether a clause stands in the simple present."""
    parts = (verb, *deps(verb, "aux", "cop"))
    perfect = any(t.lower_ in {"has", "have", "'ve", "’ve"} for t in parts[1:])
    return verb.tag_ != "VBG" and not perfect and any(t.tag_ in {"VBZ", "VBP"} for t in parts)


def _is_present_perfect(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(a.lower_ in {"has", "have", "'ve", "’ve"} for a in deps(verb, "aux"))


def _is_indefinite(verb: Token) -> bool:
    """Whether a verb's subject is anything of its kind ("a raid", "raids"), as in definitions."""
    return any(
        t.pos_ == "NOUN" and {d.lower_ for d in deps(t, "det")} <= {"a", "an"} and not deps(t, "nmod:poss")
        for t in deps(verb, "nsubj")
    )


def _is_any_of_its_kind(noun: Token) -> bool:
    """A plural without an article, owner or number: "tourists" visiting, whoever they are."""
    return noun.tag_ in {"NNS", "NNPS"} and not deps(noun, "det", "nmod:poss", "nummod")


def _is_general_condition(verb: Token) -> bool:
    """ "When rains fail, herds die", "If Chad attacks, Niger loses", "Herds die when rains have failed": both clauses in the present
    tell what holds whenever; so does what is said there of any such thing ("if it meets a herd that has lost its leader").
    """
    noun = verb.head
    if (
        base(verb) == "acl"
        and noun.head.i != noun.i
        and {d.lower_ for d in deps(noun, "det", "nmod:poss")} <= {"a", "an", "any"}
    ):
        above = next((a for a in noun.ancestors if a.pos_ in CLAUSAL), None)
        if above is not None and noun.pos_ == "NOUN" and _is_general_condition(above):
            return True
    pairs = [(verb, child) for child in deps(verb, "advcl")]
    if base(verb) == "advcl":
        pairs.append((verb.head, verb))
    return any(
        _is_present(main) and (_is_present(when) or _is_present_perfect(when))
        for main, when in pairs
        if any(m.lower_ in {"when", "whenever", "if"} for m in deps(when, "mark", "advmod"))
    )


def is_speech(effects: object, head: Token) -> bool:
    rows = effects.get((lemma(head), "VERB"), ())  # type: ignore[attr-defined]
    return any(e.effect == "reported" for e in rows)


def _has_speaker_behind(verb: Token, is_named: bool) -> bool:
    """ "…, writes the Daily Post": a finite verb without a subject, whose object at the sentence's end is who says it. Without
    a comma ("… in the north says Ana Ruiz") a name must stand there, and a phrase with a preposition before it is no subject.
    """
    rest = [t for t in verb.sent if t.i > verb.i and not t.is_punct and not t.is_space]
    speaker = deps(verb, "obj")[0]
    others = deps(verb, "nsubj", "aux", "cc", "iobj", "obl")
    squeezed = verb.tag_ == "VBZ" and is_named and all(case(t) and t.i < verb.i for t in others)
    return (
        verb.tag_ in {"VBZ", "VBD"}
        and verb.i > verb.sent.start
        and (squeezed or (not others and verb.nbor(-1).text in {",", '"', "”"}))
        and set(rest) == {t for t in speaker.subtree if not t.is_punct and not t.is_space}
    )


# --- quotations -------------------------------------------------------------------------------------------------------


def quotations(doc: Doc) -> list[tuple[int, int]]:
    """Token ranges inside quotation marks. A mark that is never closed ends with its paragraph; it is no error."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for token in doc:
        text = token.text
        if opened is not None and token.is_space and "\n" in text:
            found.append((opened, token.i))
            opened = None
        elif text in {"“", "``"}:
            opened = token.i + 1
        elif text in {"”", "''"} and opened is not None:
            found.append((opened, token.i))
            opened = None
        elif text == '"':
            if opened is None:
                opened = token.i + 1
            else:
                found.append((opened, token.i))
                opened = None
    if opened is not None:
        found.append((opened, len(doc)))
    return [(start, end) for start, end in found if end - start >= 3 and any(t.pos_ in CLAUSAL for t in doc[start:end])]


def _announced(clauses: Clauses) -> list[tuple[tuple[int, int], Token | None]]:
    """What follows "Foreign Secretary Ali Sow said:" on a line of its own: the words of a statement, as press offices set them.

    Without quotation marks it ends with the text, with them behind the last paragraph that opens with one.
    """
    doc = clauses.doc
    for token in doc[:-1]:
        if token.text != ":" or not (doc[token.i + 1].is_space and "\n" in doc[token.i + 1].text):
            continue
        verb = _announcing_verb(token, clauses)
        if verb is not None:
            return [((token.i + 1, _statement_end(doc, token.i + 1)), _announcer(verb, clauses))]
    return []


def _announcing_verb(colon: Token, clauses: Clauses) -> Token | None:
    """The verb of "Sow said:", "issued the following statement:"; None where the colon announces a list or the like."""
    words = clauses.words.words
    for verb in (t for t in colon.sent if t.pos_ == "VERB" and t.i < colon.i):
        near = colon.i - verb.i < _NEAR_COLON
        if near and lemma(verb) in words["speech_verbs"]:
            return verb
        if any(lemma(c) in words["statement_nouns"] and c.i < colon.i < c.i + _NEAR_COLON for c in deps(verb, "obj")):
            return verb
    return None


def _announcer(verb: Token, clauses: Clauses) -> Token | None:
    """Who makes the statement; where the parse has no subject, the person named last before the verb."""
    subjects = clauses.verb(verb).slots.get("subj", [])
    if subjects:
        return subjects[0]
    named = [
        t for t in verb.sent if t.i < verb.i and (m := clauses.index.named_at(t)) is not None and m.type == "Person"
    ]
    return named[-1] if named else None


def _statement_end(doc: Doc, start: int) -> int:
    """Behind the last of the paragraphs right after a colon that open with a quotation mark; the end of the text where none does."""
    breaks = [t.i for t in doc[start:] if t.is_space and "\n" in t.text] + [len(doc)]
    end = start
    for first, last in itertools.pairwise(breaks):
        if first + 1 < last and doc[first + 1].text not in _QUOTING:
            break
        end = last
    return end if end > start else len(doc)


_NEAR_COLON = 12
_QUOTING = frozenset({"“", "``", '"'})
_FEWEST_QUESTIONS = 3  # paragraphs that ask; fewer do where the article calls itself an interview
_FEWEST_ANNOUNCED = 1


def _interview(clauses: Clauses) -> list[tuple[tuple[int, int], Token | None]]:
    """What follows the first question of an interview is what the two who talk say, not what the article states.

    An interview is a text with three paragraphs or more that end in a question mark, or one that says so itself. Who is interviewed is the person
    named most often before the first question; where nobody is, the speaker stays unknown.
    """
    doc = clauses.doc
    ends = [t.i for t in doc if t.is_space and "\n" in t.text] + [len(doc)]
    starts = [0, *(i + 1 for i in ends[:-1])]
    asked = [start for start, end in zip(starts, ends, strict=True) if end > start and _asks(doc, start, end)]
    announced = any(t.lower_ in clauses.words.words["interview_words"] for t in doc[: asked[0]]) if asked else False
    if len(asked) < (_FEWEST_ANNOUNCED if announced else _FEWEST_QUESTIONS):
        return []
    people = Counter(
        m.chain for t in doc[: asked[0]] if (m := clauses.index.named_at(t)) is not None and m.type == "Person"
    )
    chain = max(sorted(people), key=lambda name: people[name], default="")
    named = (t for t in doc if (m := clauses.index.named_at(t)) is not None and m.chain == chain)
    return [((asked[0], len(doc)), next(named, None))]


def _asks(doc: Doc, start: int, end: int) -> bool:
    """Whether a paragraph's last words are a question; one that the paragraph quotes amid its own words is none."""
    words = [t for t in doc[start:end] if not t.is_space]
    if words and words[-1].is_quote and not words[0].is_quote:
        return False
    last = next((t for t in reversed(words[-4:]) if not t.is_quote), None)
    return last is not None and last.text.endswith("?")


def _speakers(clauses: Clauses, quotes: list[tuple[int, int]]) -> dict[tuple[int, int], Token]:
    """Quotation -> the token that heads its speaker: in its sentence, else the speaker of the neighbouring quotation."""
    found: dict[tuple[int, int], Token] = {}
    for quote in quotes:
        speaker = _speaker_near(clauses, quote) or _speaker_before(clauses, quote)
        if speaker is not None:
            found[quote] = speaker
    for before, after in itertools.pairwise(quotes):
        if after not in found and before in found and after[0] - before[1] < 25:
            found[after] = found[before]
    return found


def _speaker_before(clauses: Clauses, quote: tuple[int, int]) -> Token | None:
    """'Sow issued a statement on the raid. "It was a mistake. …"': who has just spoken, where the quotation is all of its sentence."""
    doc = clauses.doc
    mark = quote[0] - 1
    while mark > 0 and doc[mark - 1].is_space:
        mark -= 1
    if mark <= 0 or doc[quote[0] - 1].sent.start < mark or any(t.is_quote for t in doc[mark - 1].sent):
        return None
    before = doc[mark - 1].sent
    words = clauses.words.words
    for verb in (t for t in before if t.pos_ == "VERB"):
        made = any(lemma(c) in words["statement_nouns"] for c in deps(verb, "obj"))
        subjects = clauses.verb(verb).slots.get("subj", []) if made or is_speech(clauses.words.effects, verb) else []
        if subjects:
            return subjects[0]
    return None


def _speaker_near(clauses: Clauses, quote: tuple[int, int]) -> Token | None:
    doc = clauses.doc
    start, end = quote
    # the parse may begin a sentence behind the closing mark: the speaker of “…,” Sow said. is there
    first, last = doc[start].sent.start, doc[min(end + 1, len(doc) - 1)].sent.end
    outside = [t for t in doc[max(0, first) : last] if not start <= t.i < end and t.pos_ == "VERB"]
    if doc[end - 1].text == "." and end < len(doc):  # '… it." Sow, the mayor, said: "…': what is told is over
        outside = [t for t in outside if t.i < start]
    near = sorted(outside, key=lambda t: min(abs(t.i - start), abs(t.i - end)))
    for verb in near[:4]:
        if is_speech(clauses.words.effects, verb):
            subjects = clauses.verb(verb).slots.get("subj", [])
            if subjects:
                return subjects[0]
    return None
