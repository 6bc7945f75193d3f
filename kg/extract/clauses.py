"""Who does what in a clause: from a verb or an event noun to its participants by syntactic slot.

Slots are named in the active voice: subj, obj, iobj, a preposition ("with", "to"), xcomp, ccomp; for nouns also poss. Control,
raising, coordination, relative clauses, participles and passives are undone here, so that the lexicon need not know them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.lexicon import Knowledge
from kg.mentions import MentionIndex
from kg.syntax import (
    CLAUSAL,
    ancestors_until_root,
    base,
    case,
    coordinated,
    deps,
    deps_exact,
    is_content,
    is_front,
    is_infinitive,
    is_passive,
    is_relative,
    lemma,
    measures,
)

_MAX_DEPTH = 12
_SINGULAR = frozenset({"has", "is", "was", "does"})
_PLURAL = frozenset({"have", "are", "were", "do"})
_PRESENT_BE = frozenset({"is", "are", "’s", "'s", "’re", "'re"})
_WHEN = frozenset({"DATE", "TIME", "EVENT"})
_BREAKS = frozenset({",", "-", "–", "—"})  # the marks behind which a participle goes on with the clause


@dataclass(slots=True)
class Predicate:
    """A verb or event noun with the heads of its participants by slot."""

    token: Token
    lemma: str
    pos: str
    slots: dict[str, list[Token]] = field(default_factory=dict)
    particle: str = ""
    passive: bool = False

    def fill(self, slot: str, tokens: list[Token]) -> None:
        have = self.slots.setdefault(slot, [])
        have += [t for t in tokens if t.i not in {h.i for h in have}]


class Clauses:
    """The predicates of a Doc. Answers are computed once per verb."""

    def __init__(self, index: MentionIndex) -> None:
        self.index = index
        self.doc: Doc = index.doc
        self.words: Knowledge = index.knowledge
        self._subjects: dict[int, list[Token]] = {}
        self._passive: dict[int, bool] = {}

    def verbs(self) -> Iterator[Predicate]:
        """Every lexical verb as a predicate, in text order."""
        for token in self.doc:
            if token.pos_ == "VERB" and base(token) not in {"amod", "compound", "case", "fixed", "flat"}:
                yield self.verb(token)

    def nouns(self) -> Iterator[Predicate]:
        """Every noun that the lexicon knows as a trigger, as a predicate."""
        for token in self.doc:
            if base(token) in {"compound", "flat", "fixed"}:
                continue
            if self._is_amount(token):
                continue  # "a great deal of mud"
            if token.pos_ in {"NOUN", "PROPN"} and (lemma(token), "NOUN") in self.words.triggers:
                yield self.noun(token)
            elif (
                token.tag_ == "VBG" and token.dep_ in {"nsubj", "obj"} and (token.lower_, "NOUN") in self.words.triggers
            ):
                yield self.noun(token, token.lower_)  # "Fighting broke out": a noun that was taken for a verb

    def _is_amount(self, noun: Token) -> bool:
        before = noun.nbor(-1).lower_ if noun.i else ""
        return f"{before} {noun.lower_}" in self.words.words["amount_phrases"]

    def adjectives(self) -> Iterator[Predicate]:
        """Adjectives said of a subject with a prepositional complement: "is responsible for", "was innocent of"."""
        for token in self.doc:
            if token.pos_ == "ADJ" and deps(token, "cop"):
                predicate = Predicate(token, token.lower_, "ADJ")
                predicate.fill("subj", self.subjects(token))
                self._obliques(token, predicate)
                yield predicate

    def passive(self, verb: Token) -> bool:
        if verb.i not in self._passive:
            self._passive[verb.i] = is_passive(verb)
        return self._passive[verb.i]

    def aspect(self, verb: Token) -> Token | None:
        """ "began to pour", "kept cutting and burning": the verb that tells which part of a doing is told, and no more."""
        head = verb.head
        if base(verb) == "conj" and verb.tag_ == head.tag_ and not deps(verb, "nsubj", "aux", "mark"):
            return self.aspect(head)
        chained = base(verb) in {"xcomp", "ccomp"} and lemma(head) in self.words.words["aspect_verbs"]
        part = verb.tag_ == "VBG" or is_infinitive(verb)
        return head if chained and part and not deps(head, "obj") and head.i < verb.i else None

    def is_unfinished(self, verb: Token) -> bool:
        """ "began to build", "is building", "are being built": what is only under way, so that its end is not told."""
        aspect = self.aspect(verb)
        if aspect is not None:
            return lemma(aspect) in self.words.words["beginning_verbs"]
        auxiliaries = {a.lower_ for a in deps(verb, "aux")}
        going_on = verb.tag_ == "VBG" and bool(auxiliaries & _PRESENT_BE) and "been" not in auxiliaries
        return going_on or ("being" in auxiliaries and bool(auxiliaries & _PRESENT_BE))

    # --- verbs

    def verb(self, token: Token) -> Predicate:
        predicate = Predicate(token, self._lemma(token), "VERB", passive=self.passive(token))
        predicate.particle = " ".join(t.lower_ for t in deps(token, "compound:prt"))
        surface = self.subjects(token)
        objects = self._objects(token)
        if self._is_raised(token):
            predicate.fill("subj", self._agents(token) if predicate.passive else surface)
        elif self._is_stance(token):
            predicate.passive = False
            predicate.fill("subj", surface)
            predicate.fill("obj", [t for c in deps(token, "obl") if case(c) == "to" for t in self._resolve(c)])
        elif predicate.passive:
            predicate.fill("subj", self._agents(token))
            if objects:
                predicate.fill("iobj", surface)
                predicate.fill("obj", objects)
            else:
                predicate.fill("obj", surface)
        else:
            predicate.fill("subj", surface)
            predicate.fill("obj", objects)
        for child in deps_exact(token, "iobj"):
            predicate.fill("iobj", self._resolve(child))
        self._obliques(token, predicate)
        for name in ("xcomp", "ccomp"):
            predicate.fill(name, deps_exact(token, name))
        predicate.fill("ccomp.must", [c for c in deps_exact(token, "ccomp") if self._is_obliged(c)])
        return predicate

    def _is_raised(self, verb: Token) -> bool:
        """ "caused a crane to fall", "was required to sign": what is caused or required is what the second verb tells, and
        what stands between them is nothing that the first verb is done to.
        """
        if lemma(verb) not in self.words.words["raising_verbs"]:
            return False
        later = [c for c in deps_exact(verb, "xcomp") if c.pos_ in CLAUSAL and is_infinitive(c)]
        return any(deps_exact(verb, "obj", "nsubj:pass")) and bool(later)

    def _is_stance(self, verb: Token) -> bool:
        """ "a group opposed to mines": a participle that tells what its noun holds, and nothing done to it."""
        stands = verb.tag_ == "VBN" and lemma(verb) in self.words.words["stance_participles"]
        return stands and any(case(c) == "to" and c.i > verb.i for c in deps(verb, "obl"))

    def _lemma(self, verb: Token) -> str:
        """The lemma; where the pipeline gives one that cannot have this form ("shot" of "shoe", "shun" of "shu"), the one
        that has it.
        """
        found, word = lemma(verb), verb.lower_
        if verb.tag_ == "VB" and word.startswith(found):
            return word
        if verb.tag_ in {"VBD", "VBN"} and self.words.irregular_past.get(found) != word:
            return self.words.by_past.get(word, found)
        return found

    def _is_obliged(self, verb: Token) -> bool:
        """ "said that Chad must pay" tells of a demand."""
        modals = [a for a in deps(verb, "aux") if lemma(a) in self.words.words["obliging_modals"]]
        return bool(modals) and bool(deps(verb, "nsubj")) and not deps(verb, "expl") and not _is_quoted_opinion(verb)

    def subjects(self, verb: Token, depth: int = 0) -> list[Token]:
        """The heads of the grammatical subject, found through control, coordination and relative clauses."""
        if verb.i in self._subjects:
            return self._subjects[verb.i]
        found = self._subject_search(verb, depth)
        self._subjects[verb.i] = found
        return found

    def _subject_search(self, verb: Token, depth: int) -> list[Token]:
        speech = self.speech_noun(verb)
        own = [t for c in deps(verb, "nsubj") if c != speech for t in self._resolve(c)]
        if len(own) == 1 and self._is_purpose(own[0], verb):
            return [t for c in deps_exact(own[0], "nmod:poss") for t in self._resolve(c)]
        if own or depth > _MAX_DEPTH or deps(verb, "csubj", "expl"):
            return own
        head = verb.head
        relation = verb.dep_
        if relation == "conj" and verb.tag_ == "VBN" and verb.i and verb.nbor(-1).pos_ == "NUM":
            return []  # "ten were killed and 20 wounded"
        if relation == "conj" and _is_described_item(verb):
            return []
        if relation == "conj":
            return self.subjects(head, depth + 1) if head.pos_ in CLAUSAL or deps(head, "cop") else []
        if relation == "xcomp":
            return self._controller(verb, head, depth)
        if relation == "acl:relcl":
            relative = [
                c for c in verb.subtree if is_relative(c, self.words.words["relative_pronouns"]) and c.i < verb.i
            ]
            if relative and base(relative[0]) in {"obj", "obl", "nmod"} and not own:
                return []
            return self._told_of(self._agreeing(head, verb, relative[0] if relative else verb), head)
        if relation == "acl" and verb.tag_ == "VBG" and lemma(head) in self.words.words["gerund_nouns"]:
            return []  # "had difficulties getting across": the difficulties got nowhere
        if relation == "acl":
            return self._participle_subject(verb, head, depth)
        if relation == "advcl" and (verb.tag_ in {"VBG", "VBN", "VB"} or is_infinitive(verb)):
            return self._adverbial_subject(verb, head, depth)
        if relation == "ccomp" and verb.tag_ in {"VBG", "VB"} and is_infinitive(verb):
            return self._controller(verb, head, depth)
        return []

    def speech_noun(self, verb: Token) -> Token | None:
        """ "Local media report Ana Ruiz told her aides …": a verb of speech without "that" that was read as a noun, so that the next
        verb has two subjects side by side.
        """
        subjects = deps(verb, "nsubj")
        if len(subjects) != 2 or subjects[0].pos_ != "NOUN" or subjects[0].i + 1 != subjects[1].left_edge.i:
            return None
        rows = self.words.effects.get((lemma(subjects[0]), "VERB"), ())
        return subjects[0] if any(e.effect == "reported" for e in rows) else None

    def _is_purpose(self, noun: Token, verb: Token) -> bool:
        """ "The agency's mission is to protect the sea": whose mission it is protects, and no mission does."""
        infinitive = is_infinitive(verb) and bool(deps(verb, "cop", "aux"))
        return infinitive and lemma(noun) in self.words.words["purpose_nouns"]

    def _controller(self, verb: Token, head: Token, depth: int) -> list[Token]:
        """Object control for "urged X to sign", subject control for "X plans to sign", "X was invited to sign"."""
        if head.pos_ not in CLAUSAL:
            return self.subjects(head, depth + 1)
        if self._is_means(verb, head):
            return []
        if self.passive(head) or lemma(head) in self.words.words["subject_control"]:
            return self.subjects(head, depth + 1)
        objects = [t for c in deps_exact(head, "obj", "iobj") for t in self._resolve(c)]
        if objects and lemma(head) in self.words.words["object_control"]:
            return objects
        return self.subjects(head, depth + 1)

    def _is_means(self, verb: Token, head: Token) -> bool:
        """ "data used to compile the list": who compiles it is not named."""
        is_participle = head.dep_ == "acl" and head.tag_ == "VBN"
        return is_participle and is_infinitive(verb) and lemma(head) in self.words.words["means_verbs"]

    def _participle_subject(self, verb: Token, head: Token, depth: int) -> list[Token]:
        if self._is_event_noun(verb):
            return []
        gerund = gerund_subject(verb)
        if gerund is not None:
            return self._resolve(gerund)
        if verb.tag_ == "VBN" and any(c.lower_ == "as" for c in deps(verb, "mark")):
            return coordinated_once(head)  # "no strike as defined by the army"
        if verb.tag_ in {"VBG", "VBN"} and not deps(verb, "mark"):
            clause = self._clause_commented(verb, head)
            return self.subjects(clause, depth + 1) if clause is not None else coordinated_once(head)
        if self.accuser(verb) is not None:
            return coordinated_once(head)
        owners = [t for c in deps_exact(head, "nmod:poss") for t in self._resolve(c)]
        if owners:
            return owners
        if base(head) == "obj" and head.head.pos_ in CLAUSAL:
            return self.subjects(head.head, depth + 1)
        if base(head) == "obl" and head.head.pos_ in CLAUSAL and lemma(head) in self.words.words["media_nouns"]:
            return self.subjects(head.head, depth + 1)  # "in a letter to thank the donors, Sow wrote"
        if deps(head, "cop"):
            return self.subjects(head, depth + 1)  # "was the first country to recognize the regime"
        return []

    def accuser(self, verb: Token) -> Token | None:
        """ "accused the banks of aggravating the crisis", where the parse hangs what they are accused of on the banks: the verb of
        the accusation.
        """
        if verb.dep_ != "acl" or verb.tag_ != "VBG" or base(verb.head) != "obj" or case(verb) != "of":
            return None
        above = verb.head.head
        rows = self.words.effects.get((lemma(above), "VERB"), ())
        return above if any(e.effect == "alleged" and e.slot == "of" for e in rows) else None

    def _is_event_noun(self, verb: Token) -> bool:
        """ "was hurt during fighting between Chad and Mali": who fights stands behind "between", and is not who was hurt."""
        if verb.tag_ != "VBG" or (verb.lower_, "NOUN") not in self.words.triggers:
            return False
        return any(case(c) == "between" for c in deps(verb, "obl", "nmod"))

    def _clause_commented(self, verb: Token, head: Token) -> Token | None:
        """ "stressed thrift as a strategy, criticizing waste": after a comma the participle goes on with what the subject
        of the clause does, though the parse hung it on the last noun, where that is nothing that acts.
        """
        if verb.tag_ != "VBG" or not any(t.text in _BREAKS for t in verb.doc[head.i : verb.i]):
            return None
        if (
            lemma(verb) in self.words.words["commenting_verbs"]
        ):  # "asked the banks, mentioning Chad": who asks mentions it
            return next((t for t in head.ancestors if t.pos_ == "VERB" and t.i < verb.i and deps(t, "nsubj")), None)
        if self._is_agent(head):
            return None
        mention = self.index.at(head)
        if mention is None or mention.kind == "name" or base(head) not in {"obj", "obl", "nmod"}:
            return None
        return next((t for t in head.ancestors if t.pos_ == "VERB"), None)

    def _adverbial_subject(self, verb: Token, head: Token, depth: int) -> list[Token]:
        marks = {c.lower_ for c in deps(verb, "mark", "case")}
        if (head.pos_ not in CLAUSAL and not deps(head, "cop")) or self._is_event_noun(verb):
            return []
        if verb.tag_ == "VBN" and "as" in marks:
            return []  # "is no strike as defined by the army": a word is defined, and nobody who does anything here
        before = verb.nbor(-1) if verb.i else verb
        if verb.tag_ == "VBG" and not marks and case(before) == "by" and before.head.i == head.i and self.passive(head):
            return self._resolve(before)  # "was met by gunmen firing rifles": the gunmen fire
        beside = _absolute(verb, head)
        if beside is not None:
            return self._resolve(beside)
        if verb.tag_ == "VBG" and not marks and lemma(head) == "have":
            owned = [t for c in deps_exact(head, "obj") if c.i < verb.i for t in self._resolve(c) if self._is_agent(t)]
            if owned:  # "has 200 refugees fleeing from the war"; after a comma it may be said of either
                return [] if before.text == "," else owned
        if verb.tag_ == "VBG" and not marks and lemma(head) in self.words.words["shown_verbs"]:
            shown = [c for c in deps_exact(head, "obj") if c.right_edge.i + 1 == verb.left_edge.i]
            if shown:  # "shows the storm moving north"
                return [t for c in shown for t in self._resolve(c)]
        speaker = _speech_left(verb, head)
        if speaker is not None:
            return self.subjects(speaker, depth + 1)
        if verb.tag_ == "VBN" and not marks and before.pos_ == "NOUN" and before.head.i != verb.i:
            return [before]  # "in a letter sent last month, Sow thanked them": it is the letter that was sent
        loose = self.words.words["causing_verbs"] | self.words.words["measuring_verbs"]
        if lemma(verb) in loose and verb.i > head.i and not marks:
            return []  # "…, leading to shortages": what leads to them is the whole clause; "received gifts ranging from …"
        if lemma(verb) in self.words.words["moving_verbs"] and verb.i > head.i and not marks:
            # "Its use remains unclear, worrying farmers", "Prices rose, angering them": what worries them is that it does
            state = bool(deps(head, "cop")) or lemma(head) in self.words.words["becoming_verbs"]
            return [] if state else [t for t in self.subjects(head, depth + 1) if self._is_agent(t)]
        if self._is_means(verb, head) or self._is_since_when(verb):
            return []
        if self.passive(head) and marks:  # "is caught from drinking water": not the disease drinks
            return [t for t in self.subjects(head, depth + 1) if self._is_agent(t)]
        objects = [t for c in deps_exact(head, "obj") for t in self._resolve(c)]
        if "for" in marks and head.pos_ == "VERB" and not any(self._may_be_person(t) for t in objects):
            # "face a fine for leaving", but not "closed a mill for breaking the law"
            return self.subjects(head, depth + 1) if lemma(head) in self.words.words["suffering_verbs"] else []
        if objects and marks & {"of", "from", "into", "for", "as"} and not self.passive(head):
            return objects
        return self.subjects(head, depth + 1)

    def _may_be_person(self, token: Token) -> bool:
        mention = self.index.at(token)
        return self.words.is_a(mention.type, "Actor") if mention is not None else not token.ent_type_

    def _is_since_when(self, verb: Token) -> bool:
        """ "Starting Monday, shops will close early": such a participle says from when on, and nobody starts anything."""
        if verb.tag_ != "VBG" or lemma(verb) not in self.words.words["beginning_verbs"]:
            return False
        return any(c.ent_type_ in _WHEN for c in deps(verb, "obj", "obl"))

    def _agents(self, verb: Token) -> list[Token]:
        own = deps(verb, "obl")
        agents = [c for c in own if case(c) in {"by", ""} and (c.dep_ == "obl:agent" or case(c) == "by")]
        if not agents:  # "awarded to Ali Sow by the navy", "found guilty by a jury": hung on what stands before it
            before = [*(c for c in own if c.pos_ == "PROPN"), *(c for c in deps(verb, "xcomp") if c.pos_ == "ADJ")]
            inner = [g for c in before if c.i > verb.i for g in deps(c, "nmod", "obl")]
            agents = [g for g in inner if case(g) == "by" and self._is_agent(g)]
        acting = [c for c in agents if self._is_agent(c)]
        if not acting:  # "was beaten by six points by the mayor", in one phrase or in two
            acting = [g for c in agents for g in deps(c, "nmod") if case(g) == "by" and self._is_agent(g)]
            agents = acting or agents
        if len(agents) > 1 and acting:
            agents = acting
        return [t for c in agents for t in self._resolve(c)]

    def _objects(self, verb: Token) -> list[Token]:
        own = [t for c in deps_exact(verb, "obj") for t in self._resolve(c)]
        if own:
            return own
        if verb.dep_ == "conj" and not deps(verb, "nsubj", "ccomp", "xcomp", "obl") and not self.passive(verb):
            # "signed and ratified the treaty": the object after both verbs is of both
            return [t for c in deps_exact(verb.head, "obj") if c.i > verb.i for t in self._resolve(c)]
        if shared := self._shared_object(verb):
            return shared
        if verb.dep_ == "acl:relcl" and not self.passive(verb) and self._has_gap(verb) and not self._is_inserted(verb):
            return self._told_of(coordinated_once(verb.head), verb.head)
        return []

    def _shared_object(self, verb: Token) -> list[Token]:
        """ "to deepen and strengthen ties": the object that the parse hung on the second verb alone. Who "was arrested and denied
        bail" was not arrested with it.
        """
        if self.passive(verb):
            return []
        after = [c for c in deps(verb, "conj") if c.i == verb.i + 2 and deps(c, "cc") and c.tag_ == verb.tag_]
        return [t for second in after for c in deps_exact(second, "obj") for t in self._resolve(c)]

    def _is_inserted(self, verb: Token) -> bool:
        """ "sailors who, they say, drowned", "a tape they said proved it": somebody's saying set amid a clause that he tells."""
        if not any(e.effect == "reported" for e in self.words.effects.get((lemma(verb), "VERB"), ())):
            return False
        first = next(iter(deps(verb, "nsubj")), verb).left_edge
        before = first.nbor(-1) if first.i else first
        after = verb.nbor(1) if verb.i + 1 < len(self.doc) else verb
        return after.tag_ in {"VBD", "VBZ", "VBP", "MD"} or before.text == after.text == ","

    def _has_gap(self, verb: Token) -> bool:
        """Whether a relative clause lacks its object: "the treaty (that) they signed"."""
        relatives = [c for c in verb.children if is_relative(c, self.words.words["relative_pronouns"])]
        if any(base(c) == "obj" for c in relatives):
            return not any(self.means_clause(c) for c in relatives)
        if relatives or not deps(verb, "nsubj") or deps(verb, "obj", "ccomp", "xcomp"):
            return False
        return not any(t.lower_ == "whose" for t in verb.subtree if t.i < verb.i)  # "refugees whose boat sank"

    def _obliques(self, verb: Token, predicate: Predicate) -> None:
        places = deps(verb, "obl", "nmod")
        for child in places:
            preposition = case(child)
            if any(
                _absolute(c, verb) is not None and c.left_edge.i == child.right_edge.i + 1 for c in deps(verb, "advcl")
            ):
                continue  # it is who does what the participle behind it tells
            if child.i < verb.i and any(c.i > verb.i and case(c) == preposition for c in places):
                continue  # "In exile since May, she arrived in Oslo": only the later one completes the verb
            if predicate.passive and preposition == "by":
                continue
            if preposition == "with" and any(d.lower_ == "no" for d in deps(child, "det")):
                continue  # "burned, with no trace left"
            if preposition == "with" and self._is_added(child, verb):
                continue
            if is_partial(child) or is_framing(child, self.words):
                continue
            if preposition == "of" and is_relative(child, self.words.words["relative_pronouns"]):
                continue  # "a ship of which the crew drowned": the crew is of the ship
            if preposition in self.words.words["comitative_preps"]:
                own = deps_exact(verb, "obj")
                # "marched along with others", but "showed brigades along with dances": things go with the object
                thing = bool(own) and own[0].i < child.i and not self._is_agent(child)
                predicate.fill("obj" if predicate.passive or thing else "subj", self._resolve(child))
                continue
            if is_front(child):
                for place in (c for c in deps(child, "nmod") if case(c) == "of"):
                    predicate.fill("in front of", self._resolve(place))
            elif preposition and base(child) != "nmod:poss":
                predicate.fill(preposition, self._resolve(child))
        targets = [t for c in _targets_of_means(verb) for t in self._resolve(c)]
        if targets and "against" not in predicate.slots and not predicate.passive:
            predicate.fill("against", targets)
        for obj in deps_exact(verb, "obj"):
            for child in deps(obj, "nmod"):
                if case(child) in self.words.words["comitative_preps"] and not predicate.passive:
                    predicate.fill("subj" if self._is_agent(child) else "obj", self._resolve(child))
        if verb.dep_ == "acl:relcl":
            for child in deps(verb, "obl"):
                if is_relative(child, self.words.words["relative_pronouns"]) and case(child) not in {"", "of"}:
                    predicate.fill(case(child), coordinated_once(verb.head))
        for child in deps(verb, "advmod"):
            if child.lower_ in self.words.words["sides"]:
                continue  # "is 30 km north of Lima": nothing is "of Lima"
            inner = [c for c in deps(child, "obl", "nmod") if case(c)]
            for each in inner:
                predicate.fill(case(each), self._resolve(each))

    def _is_added(self, phrase: Token, verb: Token) -> bool:
        """ "The toll stands at nine, with the discovery of a boat": behind a comma a thing comes besides, and completes no verb."""
        mention = self.index.at(phrase)
        acts = mention is not None and mention.kind == "name" and self.words.is_a(mention.type, "Agent")
        markers = [t for t in deps(phrase, "case") if t.i > verb.i and t.nbor(-1).text == ","]
        # "paid, in part, with the profits": there the comma closes what is set in
        return not acts and any([t.text for t in verb.doc[verb.i : m.i]].count(",") == 1 for m in markers)

    def _is_agent(self, token: Token) -> bool:
        mention = self.index.at(token)
        return mention is not None and any(self.words.is_a(mention.type, cls) for cls in ("Actor", "Event"))

    def _resolve(self, token: Token) -> list[Token]:
        """A participant's heads: coordinated ones too, a relative pronoun's antecedent, what "dozens of" counts."""
        if is_relative(token, self.words.words["relative_pronouns"]):
            return self._antecedent(token)
        found: dict[int, Token] = {}
        for head in (t for t in coordinated(token) if t.i == token.i or not _has_own_preposition(t, token)):
            counted = self._counted(head)
            if places := self._places_named(counted):
                found |= {t.i: t for t in places}
                continue
            whole = self._counted_name(counted)  # "a number of Ministers and senior officials"
            found |= {t.i: t for t in [*coordinated(counted), *(coordinated(whole)[1:] if whole is not None else [])]}
        return [t for t in found.values() if t.i == token.i or not _is_rate(t)]

    def _places_named(self, noun: Token) -> list[Token]:
        """ "the cities of Lima and Quito": the places of the list, where they are of the noun's kind."""
        mention = self.index.at(noun)
        plain = noun.tag_ == "NNS" and mention is not None and mention.rule != "part"
        if not plain or lemma(noun) not in self.words.words["places_of_names"] | {"country", "nation"}:
            return []
        listed = [t for c in deps(noun, "nmod") if case(c) == "of" for t in coordinated(c)]
        named = [m for t in listed if (m := self.index.named_at(t)) is not None]
        alike = len({m.type for m in named}) == 1 and len(named) == len(listed) > 1
        mine = mention.type if mention is not None else ""
        return listed if alike and named[0].type in {mine, "Place"} and named[0].rule != "demonym" else []

    def _antecedent(self, pronoun: Token) -> list[Token]:
        if self.means_clause(pronoun):
            return []
        for head in [pronoun.head, *pronoun.head.ancestors]:
            if head.dep_ == "acl:relcl":
                return (
                    self._told_of(self._agreeing(head.head, head, pronoun), head.head)
                    if base(pronoun) == "nsubj"
                    else self._told_of(coordinated_once(head.head), head.head)
                )
            if base(head) not in {"conj", "xcomp", "ccomp", "advcl", "obl", "nmod"}:
                break
        return []

    def _agreeing(self, noun: Token, verb: Token, pronoun: Token) -> list[Token]:
        """What a relative pronoun stands for: the noun that its clause hangs on, unless another fits the verb's number better:
        "areas of the quake that has killed many" is of the quake, "men in the garage of the house who claim" of the men.
        """
        if case(noun) == "such as" and pronoun.i and pronoun.nbor(-1).text == "," and base(noun) == "nmod":
            return coordinated_once(noun.head)  # "diseases, such as cholera, that spread fast"
        if pronoun.lower_ == "which" and self._is_person(noun):
            before = [t for t in self.doc[noun.i + 1 : pronoun.i] if t.text != ","][-1:]
            while before and before[0].dep_ in {"flat", "compound"} and before[0].head.i < pronoun.i:
                before = [before[0].head]  # "a member of the league, which won"
            return before if before and before[0].pos_ in {"NOUN", "PROPN"} else []
        finite = [
            t for t in [verb, *deps(verb, "aux", "cop")] if t.lower_ in _SINGULAR | _PLURAL or t.tag_ in {"VBZ", "VBP"}
        ]
        if not finite or deps(noun, "conj") or base(noun) == "conj":
            return coordinated_once(noun)
        singular = finite[0].tag_ == "VBZ" or finite[0].lower_ in _SINGULAR
        if singular and noun.tag_ in {"NNS", "NNPS"}:
            inner = [
                t for t in noun.subtree if noun.i < t.i < pronoun.i and base(t) == "nmod" and t.tag_ in {"NN", "NNP"}
            ]
            return inner[-1:] or coordinated_once(noun)
        if not singular and noun.tag_ in {"NN", "NNP"} and pronoun.lower_ == "who" and not self._is_agent(noun):
            above = [t for t in ancestors_until_root(noun) if t.pos_ in {"NOUN", "PROPN"} and self._is_agent(t)]
            clause = next((t for t in ancestors_until_root(noun) if t.pos_ in CLAUSAL), None)
            return above[:1] or [t for s in deps(clause, "nsubj") for t in coordinated(s)] if clause else above[:1]
        return coordinated_once(noun)

    def _told_of(self, found: list[Token], noun: Token) -> list[Token]:
        """ "Sow is a lawyer who defended miners": what a clause says of a predicate noun it says of the subject."""
        if [t.i for t in found] != [noun.i] or not is_predicate(noun) or _has_aside(noun):
            return found
        return self.subjects(noun) or found

    def _is_person(self, token: Token) -> bool:
        mention = self.index.at(token)
        return mention is not None and mention.type == "Person"

    def means_clause(self, pronoun: Token) -> bool:
        """ "accused it of sending arms, which it has denied": the clause is meant, not its last noun, unless that is something
        said: "published a report, which it has denied".
        """
        after_comma = pronoun.lower_ == "which" and pronoun.i > 0 and pronoun.nbor(-1).text == ","
        if not after_comma or not self._comments(pronoun.head):
            return False
        noun = pronoun.head.head
        mention = self.index.at(noun)
        said = mention is not None and any(
            self.words.is_a(mention.type, cls) for cls in ("Document", "Statement", "Accusation")
        )
        return not said and any(t.pos_ == "VERB" for t in ancestors_until_root(noun))

    def _comments(self, verb: Token) -> bool:
        """Whether a verb denies what its object says."""
        return any(
            e.effect == "denied" and e.slot == "ccomp" for e in self.words.effects.get((lemma(verb), "VERB"), ())
        )

    def _counted(self, token: Token, depth: int = 0) -> Token:
        quantifiers = self.words.words["quantifier_nouns"]
        counts = measures(token, quantifiers) or self._is_amount(token)
        if counts and depth < 3 and self.index.named_at(token) is None:
            if self._counted_name(token) is not None:
                return token
            for child in deps(token, "nmod"):
                if case(child) == "of":
                    # "many of them" are not all that "them" means
                    return token if child.pos_ == "PRON" else self._counted(child, depth + 1)
        return token

    def _counted_name(self, token: Token) -> Token | None:
        """What a part is part of, where it has a name: "half of Lima" is not Lima."""
        if not measures(token, self.words.words["quantifier_nouns"]):
            return None
        return next((c for c in deps(token, "nmod") if case(c) == "of" and self._is_named_place(c)), None)

    def _is_named_place(self, token: Token) -> bool:
        """A name, or "the island of Bali", of which parts are not the whole either."""
        mention = self.index.at(token)
        return mention is not None and (mention.kind == "name" or mention.rule == "apposition")

    # --- nouns

    def noun(self, token: Token, word: str = "") -> Predicate:
        predicate = Predicate(token, word or lemma(token), "NOUN")
        if case(token) and deps(token, "cop"):
            predicate.fill("subj", self.subjects(token))  # "the rebels are in possession of a tank"
        for child in token.children:
            preposition = case(child)
            if child.dep_ == "nmod:poss":
                predicate.fill("poss", self._resolve(child))
            elif base(child) == "nmod" and preposition:
                predicate.fill(preposition, self._resolve(child))
            elif base(child) in {"amod", "compound"} and self._is_party(child):
                predicate.fill("poss", [child])
            elif child.dep_ in {"acl", "ccomp"} and is_infinitive(child):
                predicate.fill("xcomp", [child])  # "the offer to host a summit"
            elif is_content(child):
                predicate.fill("ccomp", [child])  # "the demand that Chad pay"
        self._nested(token, predicate)
        self._adjacent(token, predicate)
        self._support(token, predicate)
        self._medium(token, predicate)
        return predicate

    def _is_party(self, modifier: Token) -> bool:
        """Whether a name before an event noun takes part in it: "a Chadian raid", but not "a Lima rally", which is where it is."""
        mention = self.index.named_at(modifier)
        city = mention is not None and mention.type in {"City", "Region"} and mention.rule != "demonym"
        return mention is not None and not (city and base(modifier) == "compound")

    def _nested(self, token: Token, predicate: Predicate) -> None:
        """ "the signing of the pact by Chad": who does it, though the parse hung the phrase on what it is done to."""
        if "by" in predicate.slots:
            return
        for child in deps(token, "nmod"):
            for inner in deps(child, "nmod") if case(child) == "of" else ():
                if case(inner) == "by" and self._is_agent(inner) and inner.i > child.i:
                    predicate.fill("by", self._resolve(inner))

    def _adjacent(self, token: Token, predicate: Predicate) -> None:
        """A phrase right after the noun that the parse hung on a governor: "talk of a meeting between A and B"."""
        if token.i + 1 >= len(self.doc):
            return
        marker = self.doc[token.i + 1]
        phrase = marker.head
        if (
            marker.dep_ != "case"
            or phrase.head.i == token.i
            or phrase.head.i >= token.i
            or marker.lower_ in predicate.slots
        ):
            return
        if marker.lower_ in {"between", "with", "against", "by"} and phrase.head.is_ancestor(token):
            predicate.fill(marker.lower_, self._resolve(phrase))

    def _medium(self, token: Token, predicate: Predicate) -> None:
        """ "In a letter to China, the group expressed concern": who speaks through a letter is its sender."""
        verb = token.head
        if base(token) != "obl" or case(token) not in {"in", "during"} or verb.pos_ != "VERB":
            return
        if (
            lemma(token) in self.words.words["media_nouns"]
            and "poss" not in predicate.slots
            and "from" not in predicate.slots
        ):
            predicate.fill("poss", self.subjects(verb))

    def is_supported(self, noun: Token) -> bool:
        """Whether a light verb has the noun as its object: "staged a strike"."""
        verb = noun.head
        light = verb.pos_ == "VERB" and lemma(verb) in self.words.words["light_verbs"]
        return light and noun.dep_ in {"obj", "nsubj:pass"}

    def _occurrence(self, token: Token, predicate: Predicate) -> None:
        """ "Fighting broke out between Chad and Niger": who takes part is told with the verb of happening."""
        verb = token.head
        if token.dep_ != "nsubj" or verb.pos_ != "VERB" or lemma(verb) not in self.words.words["occurrence_verbs"]:
            return
        for child in deps(verb, "obl"):
            if case(child) in {"between", "with", "against", "among"} and case(child) not in predicate.slots:
                predicate.fill(case(child), self._resolve(child))

    def _support(self, token: Token, predicate: Predicate) -> None:
        """ "Chad and Niger held talks with Mali": the support verb's subject and obliques are the noun's own."""
        self._occurrence(token, predicate)
        if not self.is_supported(token):
            return
        whole = self.verb(token.head)
        undergoes = (
            lemma(token.head) in self.words.words["undergoing_verbs"]
        )  # "received several refusals of his requests"
        if "poss" not in predicate.slots and "by" not in predicate.slots and not undergoes:
            predicate.fill("poss", whole.slots.get("subj", []))
        for slot, tokens in whole.slots.items():
            if slot not in {"subj", "obj", "iobj", "xcomp", "ccomp"} and slot not in predicate.slots:
                predicate.fill(slot, tokens)
        if whole.slots.get("iobj") and "to" not in predicate.slots:
            predicate.fill("to", whole.slots["iobj"])


def _has_aside(noun: Token) -> bool:
    """ "is a member of the league, which won": behind a comma such a clause is of what stands next to it."""
    clauses = [c for c in deps_exact(noun, "acl:relcl") if not any(t.lower_ == "who" for t in deps(c, "nsubj"))]
    return any(t.text == "," for c in clauses for t in noun.doc[noun.i + 1 : c.left_edge.i + 1])


def is_predicate(noun: Token) -> bool:
    """Whether a noun with "a" says what one somebody is: "is a lawyer"; not "it was a nurse who called", nor one of several."""
    if noun.pos_ != "NOUN" or noun.tag_ == "NNS" or not deps(noun, "cop") or deps(noun, "case"):
        return False
    if not any(d.lower_ in {"a", "an"} for d in deps(noun, "det")) or deps(noun, "conj", "expl"):
        return False
    own = deps(noun, "nsubj")
    return len(own) <= 1 and not any(s.lower_ in _POINTING or deps(s, "conj") for s in own)


_POINTING = frozenset({"it", "this", "that", "these", "those", "there", "who", "which", "what"})


def _targets_of_means(verb: Token) -> list[Token]:
    """ "conducted strikes using jets against a fort": whom the means are used against the verb's object is aimed at."""
    clauses = [verb, *(c for o in deps_exact(verb, "obj") for c in deps(o, "acl"))]
    means = [c for clause in clauses for c in deps(clause, "advcl") if c.lower_ == "using" and c.i > verb.i]
    things = [t for use in means for t in (use, *(i for o in deps_exact(use, "obj") for i in coordinated(o)))]
    return [c for t in things for c in deps(t, "obl", "nmod") if case(c) == "against" and c.i > t.i]


def is_naming_of_what(verb: Token, clauses: Clauses) -> bool:
    """ "what Ana Ruiz called a feat": of what she says so is not told."""
    names = lemma(verb) in clauses.words.words["naming_verbs"]
    return names and any(t.lower_ == "what" for t in (verb.head, *verb.lefts))


def is_framing(phrase: Token, words: Knowledge) -> bool:
    """ "In a related development, two ships sank": how the sentence goes on from those before, and no place."""
    if lemma(phrase) not in words.words["framing_nouns"] or phrase.i > phrase.head.i or case(phrase) != "in":
        return False
    return any(c.lower_ in words.words["framing_words"] for c in deps(phrase, "amod", "det"))


def _is_described_item(verb: Token) -> bool:
    """ "will go to new and established groups": behind "will" no past goes on with the infinitive, so that the form describes what
    follows it.
    """
    first = verb.head
    is_past = verb.tag_ in {"VBD", "VBN"} and first.tag_ == "VB" and verb.nbor(-1).dep_ == "cc"
    return is_past and any(a.tag_ == "MD" for a in deps(first, "aux")) and not deps(verb, "aux", "advmod", "mark")


def is_partial(phrase: Token) -> bool:
    """ "visited, among others, Chad": says that what is named is not all, and completes no verb."""
    return case(phrase) == "among" and phrase.lower_ in {"others", "other"}


def _is_rate(item: Token) -> bool:
    """ "$20 million, or $4 a share": what comes to one of many is no second sum, and neither is the one."""
    doc, behind = item.doc, item.i + 1
    while item.is_currency and behind < len(doc) and doc[behind].like_num:
        behind += 1
    if item.is_currency and behind < len(doc):
        return doc[behind].lower_ in {"a", "an", "per", "each"}
    return item.i > 1 and item.nbor(-1).lower_ in {"a", "an", "per"} and item.nbor(-2).like_num


def _has_own_preposition(item: Token, first: Token) -> bool:
    """ "causes cramps and in high doses coma": behind a list without prepositions, a phrase with one is no item of it."""
    return item.pos_ in {"NOUN", "PROPN"} and case(item) in {"in", "at", "during"} and not case(first)


def gerund_subject(verb: Token) -> Token | None:
    """ "the consequences of Chad sending troops": the nominal between "of" and the gerund is the gerund's subject, though
    the parse hangs it on the noun.
    """
    if verb.tag_ != "VBG" or verb.dep_ != "acl":
        return None
    before = [c for c in deps(verb.head, "nmod") if c.right_edge.i == verb.i - 1 and case(c) in {"of", "about"}]
    return before[0] if before else None


def _absolute(verb: Token, head: Token) -> Token | None:
    """ "reopened, with most of the teachers returning to work": the nominal of a "with" right before a participle."""
    if verb.tag_ not in {"VBG", "VBN"} or verb.i < head.i:
        return None
    before = [c for c in deps(head, "obl", "nmod") if case(c) == "with" and c.right_edge.i == verb.left_edge.i - 1]
    return before[0] if before else None


def _speech_left(verb: Token, head: Token) -> Token | None:
    """'notes, "Ozone harms plants", stressing …': behind the closing mark goes on who speaks; the verb of speaking."""
    if verb.tag_ != "VBG" or verb.i < head.i:
        return None
    marks = [t for t in verb.doc[verb.sent.start : verb.i] if t.text in {'"', "“", "”"}]
    closing = next((t for t in reversed(marks) if head.i < t.i), None)
    if closing is None or len(marks) % 2:
        return None
    opening = marks[-2]
    return next((t for t in head.ancestors if t.pos_ == "VERB" and t.i < opening.i < head.i), None)


def coordinated_once(head: Token) -> list[Token]:
    """The antecedent of a relative clause or participle: the noun it hangs on alone.

    "groups led by A and B" is about the groups; that "X, Y and Z who met" is about all three is left to the parse.
    """
    return [head]


def _is_quoted_opinion(verb: Token) -> bool:
    """'said "It should be easy"': what a speaker's own words find of something named before is no demand on anybody."""
    first = verb.left_edge
    is_quoted = first.is_quote or (first.i > 0 and first.nbor(-1).is_quote)
    return is_quoted and any(t.lower_ in {"it", "this", "that"} for t in deps(verb, "nsubj"))
