"""Events from verbs and nouns: the lexicon says which words evoke which class, the parse who takes part.

A predicate that no lexicon row fits gives an open claim, named after its verb, so that recall does not hang on our list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Span, Token

from kg.extract.clauses import Clauses, Predicate
from kg.lexicon import Knowledge, Trigger
from kg.mentions import MentionIndex, nominal_label
from kg.model import Mention, Value
from kg.syntax import (
    ancestors_until_root,
    base,
    case,
    coordinated,
    deps,
    is_infinitive,
    lemma,
    lemma_candidates,
    measured,
    noun_phrase,
)

Filler = tuple[Token, Mention]
Amount = tuple[Token, Value]

_AMOUNTS = frozenset({"MONEY", "PERCENT", "QUANTITY"})
_CLAUSES = frozenset({"xcomp", "ccomp"})


@dataclass(slots=True)
class Frame:
    """A predicate with its lexicon row and the mentions that fill its roles."""

    predicate: Predicate
    trigger: Trigger
    words: tuple[Token, ...]
    roles: dict[str, list[Filler]] = field(default_factory=dict)
    amounts: dict[str, list[Amount]] = field(default_factory=dict)

    @property
    def token(self) -> Token:
        return self.predicate.token

    def text(self) -> str:
        """The words that evoke the event as the sentence has them: "paid respects to"."""
        ordered = sorted({t.i: t for t in self.words}.values(), key=lambda t: t.i)
        return " ".join(t.text for t in ordered)


def find_frames(clauses: Clauses) -> list[Frame]:
    """Every event frame of a Doc; a noun used up by a verb's row ("pay a visit") does not give a second one."""
    used: set[int] = set()
    found: list[Frame] = []
    for predicate in clauses.verbs():
        frame = _best(predicate, clauses)
        if frame is not None:
            found.append(frame)
            if frame.roles or frame.amounts:  # a gerund without participants may still be a noun: "fighting broke out"
                used.update(t.i for t in frame.words)
            if _has_document(frame, clauses):
                single = _best(predicate, clauses, single=True)
                found += (
                    [single]
                    if single is not None and predicate.lemma not in clauses.words.words["striking_verbs"]
                    else []
                )
            found += _implied(frame, clauses)
    nouns = (p for p in clauses.nouns() if p.token.i not in used)
    found += [f for p in (*nouns, *clauses.adjectives()) if (f := _best(p, clauses)) is not None]
    return sorted(found, key=lambda f: f.token.i)


def _implied(frame: Frame, clauses: Clauses) -> Iterator[Frame]:
    """What a verb says besides its own event: "bought the mill from Tata" is also a sale by Tata, "marked the day with a
    parade" a parade that was held.
    """
    predicate = _with_companions(frame.predicate, clauses)
    for row in clauses.words.triggers.get((predicate.lemma, "VERB+"), ()):
        words = _matched(row, predicate)
        other = _fill(row, predicate, words, clauses) if words is not None else None
        if other is None:
            continue
        for role in ("agent", "recipient"):
            other.roles[role] = [f for f in other.roles.get(role, []) if _can_act(f, clauses)]
        if row.target in clauses.words.words["occasion_classes"]:
            other.roles["theme"] = [f for f in other.roles.get("theme", []) if _is_occasion(f, clauses)]
        if row.target in clauses.words.words["guest_classes"]:
            _seat_guests(other, predicate, clauses)
        if other.roles["agent"] and (other.roles.get("theme") or other.roles.get("place")):
            yield other


def _seat_guests(frame: Frame, predicate: Predicate, clauses: Clauses) -> None:
    """ "The king received Ana Ruiz in Amman", "Chad welcomed the envoy": guests visit where they are received, else the state of
    who receives them. Refugees and patients are no guests.
    """
    known, index = clauses.words, clauses.index
    frame.roles["agent"] = [f for f in frame.roles["agent"] if _is_guest(f, index)]
    hosts = {t.i for t in predicate.slots.get("subj", [])}
    told = [f for f in frame.roles.get("place", []) if f[0].i not in hosts]
    places = [f for f in told if f[1].kind == "name" or any(c.pos_ == "PROPN" for c in deps(f[0], "compound"))]
    phrases = [c for c in deps(predicate.token, "obl", "nmod") if case(c) in {"in", "at", "to", "on", "during", "near"}]
    elsewhere = any((m := index.at(t)) is not None and known.is_a(m.type, "Place") for c in phrases for t in c.subtree)
    if not places and not elsewhere:
        for token, mention in [f for f in frame.roles.get("place", []) if f[0].i in hosts]:
            state = index.acting(mention)
            names = index.states_of.get(mention.chain, frozenset()) if mention.type == "Person" else frozenset()
            if state.type == "Country":
                places.append((token, state))
            elif len(names) == 1:
                places += [(token, m) for m in index.all() if m.chain in names and m.kind == "name"][:1]
    frame.roles["place"] = [f for f in places if known.is_a(f[1].type, "Place")]


def _is_guest(filler: Filler, index: MentionIndex) -> bool:
    token, mention = filler
    known = index.knowledge
    named = mention.type == "Person" and mention.chain in index.chain_names
    return named or lemma(token) in known.titles or lemma(token) in known.words["guest_nouns"]


def _with_companions(predicate: Predicate, clauses: Clauses) -> Predicate:
    """ "marked the day with a parade", "bought the mill from Tata": the parse may hang the last phrase on the object. A state
    behind "from" stays there, for "flowers from Kenya" may be anybody's.
    """
    slots = dict(predicate.slots)
    for token in () if predicate.passive else slots.get("obj", []):
        for child in deps(token, "nmod"):
            if case(child) == "with" or (case(child) == "from" and _is_firm(child, clauses)):
                slots[case(child)] = [*slots.get(case(child), []), *coordinated(child)]
    return replace(predicate, slots=slots)


def _is_firm(token: Token, clauses: Clauses) -> bool:
    mention = clauses.index.named_at(token)
    return mention is not None and any(clauses.words.is_a(mention.type, c) for c in ("Person", "Company"))


def _can_act(filler: Filler, clauses: Clauses) -> bool:
    """ "bought the house from fear" and "the deal lets Chad buy wheat": neither fear nor a deal sells or buys."""
    return filler[1].type != "Concept" and _fits(filler[1], "Actor", clauses.words)


def _is_occasion(filler: Filler, clauses: Clauses) -> bool:
    """Whether a noun names something that people hold: "marked the day with a parade", not "with pride"."""
    mention = filler[1]
    return mention.kind != "pronoun" and any(
        clauses.words.is_a(mention.type, cls) for cls in clauses.words.words["occasions"]
    )


def _has_document(frame: Frame, clauses: Clauses) -> bool:
    """ "signed an agreement" is an agreement and a signing: a document in the fixed words is a participant of its own."""
    mentions = [clauses.index.at(t) for t in frame.words[1:]]
    return any(m is not None and clauses.words.is_a(m.type, "Document") for m in mentions)


def _best(predicate: Predicate, clauses: Clauses, *, single: bool = False) -> Frame | None:
    """The row with the most words, then the most filled roles, then the one listed first."""
    spoken = predicate
    if _is_verbal(predicate, clauses):
        spoken = replace(predicate, lemma="criticize" if predicate.pos == "VERB" else "criticism")
    rows = tuple(r for r in _rows(spoken, clauses.words) if not single or len(r.words) == 1)
    best: tuple[tuple[int, int, int, int], Frame] | None = None
    for row in rows:
        words = _matched(row, predicate)
        if words is None:
            continue
        frame = _fill(row, predicate, words, clauses)
        if frame is None:
            continue
        score = (len(row.words), _fit(frame, clauses.index), len(frame.roles), -row.place)
        if best is None or score > best[0]:
            best = (score, frame)
    return best[1] if best else None


def _is_verbal(predicate: Predicate, clauses: Clauses) -> bool:
    """ "The newspaper attacked the mayor": what a text or a paper attacks it attacks in words; so does a "verbal attack"."""
    if predicate.pos == "NOUN" and predicate.lemma in clauses.words.words["verbal_attacks"]:
        return any(lemma(c) in clauses.words.words["verbal_adjectives"] for c in deps(predicate.token, "amod"))
    subjects = [clauses.index.at(t) for t in predicate.slots.get("subj", [])]
    return (
        predicate.pos == "VERB"
        and predicate.lemma in clauses.words.words["verbal_attacks"]
        and bool(subjects)
        and all(
            m is not None and any(clauses.words.is_a(m.type, c) for c in ("Document", "MediaOutlet")) for m in subjects
        )
    )


def _fit(frame: Frame, index: MentionIndex) -> int:
    """How well a row suits its participants: 2 for each statement whose object is of the very class the property asks for
    ("provided weapons" is supply, "provided the town with beds" help), 1 for each other one.
    """
    known = index.knowledge
    best = 0
    for statement in event_statements(frame, index):
        wanted = known.properties[statement.predicate].range
        filler = statement.object[1]
        exact = isinstance(filler, Mention) and wanted not in {"", "Entity"} and known.is_a(filler.type, wanted)
        best = max(best, 2 if exact else 1)
    return best


def _rows(predicate: Predicate, known: Knowledge) -> tuple[Trigger, ...]:
    """The rows of a lemma; "co-host" falls back on "host"."""
    words = [predicate.lemma, *(lemma_candidates(predicate.token) if predicate.pos == "VERB" else [])]
    for word in [*words, *(w.removeprefix("co-").removeprefix("re-") for w in words)]:
        if rows := known.triggers.get((word, predicate.pos)):
            return rows
    return ()


def _matched(row: Trigger, predicate: Predicate) -> tuple[Token, ...] | None:
    """The tokens of a row's words around the predicate, or None where one is missing.

    Further words are particles ("seal off"), light objects ("pay respects"), a preposition with its noun ("go on
    display"), or modifiers of these ("hold joint exercises").
    """
    token = predicate.token
    if len(row.words) == 1:
        return (token,) if not predicate.particle or predicate.pos != "VERB" else (token, *deps(token, "compound:prt"))
    pool: dict[str, Token] = {m.lower_: m for m in deps(token, "case")}  # "is in possession of"
    for child in token.children:
        if base(child) in {"compound", "obj", "iobj", "advmod", "xcomp", "obl", "nsubj", "amod", "nmod"}:
            if base(child) == "nsubj" and not predicate.passive:
                continue
            if child.pos_ != "PROPN":  # who joins Task Force 50 joins no forces
                pool.setdefault(lemma(child), child)
                pool.setdefault(child.lower_, child)
                pool.setdefault(child.lower_.removesuffix("s"), child)
            for marker in deps(child, "case"):
                pool.setdefault(marker.lower_, marker)
    for counted in predicate.slots.get("obj", []):
        if counted.pos_ != "PROPN":
            pool.setdefault(lemma(counted), counted)  # "thousands of reservists"
        for state in deps(counted, "acl", "amod"):  # "left two sailors dead", hung on whom it is said of
            if (
                state.i > counted.i
                and (state.pos_ == "ADJ" or state.tag_ == "VBN")
                and not deps(state, "mark", "nsubj")
            ):
                pool.setdefault(state.lower_, state)
    found = {word: pool[word] for word in row.words[1:] if word in pool}
    for phrase in list(found.values()):
        for modifier in deps(phrase, "amod", "compound", "nmod"):
            found.setdefault(lemma(modifier), modifier)
            found.setdefault(modifier.lower_, modifier)
    if not all(word in found for word in row.words[1:]):
        return None
    return (token, *[found[word] for word in row.words[1:]])


def _fill(row: Trigger, predicate: Predicate, words: tuple[Token, ...], clauses: Clauses) -> Frame | None:
    """The row with its roles filled; None where the sentence lacks what the row requires."""
    slots = dict(predicate.slots)
    fixed = {t.i for t in words}
    for word in words[1:]:
        if word.pos_ in {"NOUN", "PROPN"}:
            slots.setdefault("word", []).append(word)
            for slot, tokens in clauses.noun(word).slots.items():
                slots.setdefault(slot, tokens)
        elif word.dep_ == "case" and word.head.i != predicate.token.i:
            # a particle that the parse took for a preposition: "sealed off its borders", "pulled out of the pact"
            after = [c for c in deps(word.head, "case") if c.i == word.i + 1]
            slot = after[0].lower_ if after else "obj"
            slots[slot] = slots.get(slot) or [word.head]
    if any(_is_of_another(word, slots.get("obj", [])) for word in words[1:]):
        return None
    if words[-1].pos_ == "ADJ":
        slots["obj"] = [t for t in slots.get("obj", []) if not _has_own_state(t, words[-1])]
    if row.is_relation:
        for post in slots.get("as", []):  # "works as an engineer for the mill"
            for slot, tokens in clauses.noun(post).slots.items():
                slots.setdefault(slot, tokens)
    if not all(slots.get(slot) for slot in row.required) or _is_moved(row, predicate, clauses):
        return None
    if row.target in clauses.words.words["finished_classes"] and clauses.is_unfinished(predicate.token):
        return None  # "are building a dam": it is not built yet
    if row.target == "Visit" and _is_on_the_way(predicate, clauses.words):
        return None
    frame = Frame(predicate, row, words)
    for slot, role in row.frame:
        if role == "_":
            continue
        leads = predicate.lemma in clauses.words.words["leading_verbs"]
        for token in slots.get(slot, []) if leads else with_leaders(slots.get(slot, []), clauses):
            if token.i in fixed and slot != "word":
                continue
            if _is_circumstance(token, slot, role, predicate, clauses):
                continue
            mention = clauses.index.at(token)
            if slot.partition(".")[0] in _CLAUSES:
                continue
            if slot == "as" and _is_title(token, clauses):
                label = nominal_label(token)  # "resigned as chief executive": an office, and nobody who holds it
                frame.amounts.setdefault(role, []).append((token, Value(label)))
            elif mention is not None:
                frame.roles.setdefault(role, []).append((token, mention))
            elif not _is_second_measure(token) and (amount := amount_at(token)) is not None:
                frame.amounts.setdefault(role, []).append((token, amount))
    if _is_out_of_place(frame, clauses):
        return None
    willed = any(clauses.words.is_a(row.target, cls) for cls in clauses.words.words["willed_classes"])
    if willed and predicate.pos == "VERB" and _is_nature(frame, clauses):
        return None
    _add_content(frame, slots, clauses)
    _add_unnamed(frame, clauses)
    return frame


def _is_circumstance(token: Token, slot: str, role: str, predicate: Predicate, clauses: Clauses) -> bool:
    """ "On the channel he urged the mayor to pay", "died at the age of 80", "went to court": before the subject stands where it was
    done, and neither to whom nor of what; an age is no place; and a bare singular behind "to" is no place that somebody travels to.
    """
    words = clauses.words.words
    mention = clauses.index.at(token)
    if role in _SIDES and slot in words["place_preps"] and is_fronted(token, predicate.token):
        return True
    if mention is None or mention.kind != "nominal" or role not in {"place", "destination"}:
        return False
    bare = token.tag_ == "NN" and not list(token.lefts)[1:] and not list(token.rights)
    travels = bare and slot == "to" and role == "destination" and predicate.pos == "VERB"
    return travels or lemma(token) in words["no_places"]


_SIDES = frozenset({"patient", "recipient", "theme"})


def is_fronted(phrase: Token, verb: Token) -> bool:
    """Whether a phrase stands before its verb's subject: "In a letter, she asked them"."""
    subjects = deps(verb, "nsubj")
    return base(phrase) == "obl" and phrase.head.i == verb.i and any(phrase.i < s.i < verb.i for s in subjects)


def _is_out_of_place(frame: Frame, clauses: Clauses) -> bool:
    """ "cleared the valley" acquits nobody, "installed pumps" gives no office, who "took control of the firm" has seized no place, and the "Organization of Ferries" is
    a name that organizes nothing.
    """
    known = clauses.words
    mine = clauses.index.at(frame.token)
    if (
        mine is not None
        and mine.kind == "name"
        and any(m.id == mine.id for group in frame.roles.values() for _, m in group)
    ):
        return True
    things = [f for f in frame.roles.get("theme", []) if " ".join(frame.trigger.words) == "set up"]
    if things and all(lemma(t) in known.words["installed_nouns"] or known.is_a(m.type, "Artifact") for t, m in things):
        return True  # who "set up a tent" has not made it
    if frame.trigger.words == ("run", "for") and deps(frame.token, "obj"):
        return True  # "runs camps for miners"
    named = [t for t, _ in frame.roles.get("patient", [])] if frame.predicate.lemma == "name" else []
    if named and all(lemma(t) in known.words["identified_people"] for t in named):
        return True  # "named the victim" tells who he is
    done_to = [m for _, m in frame.roles.get("patient", [])]
    of_people = frame.trigger.target == "Appointment" and frame.predicate.lemma in known.words["fitting_verbs"]
    if of_people or frame.trigger.target in known.words["classes_of_people"]:
        return bool(done_to) and not any(known.is_a(m.type, "Agent") for m in done_to)
    restored = [m for _, m in frame.roles.get("theme", []) if frame.trigger.words == ("restore",)]
    if restored and all(any(known.is_a(m.type, cls) for cls in ("Concept", "Event")) for m in restored):
        return True  # "restored order" has repaired nothing
    taken = [m for _, m in frame.roles.get("theme", []) if frame.trigger.target == "Seizure"]
    return frame.trigger.words[-1] == "control" and bool(taken) and not any(known.is_a(m.type, "Place") for m in taken)


def _is_moved(row: Trigger, predicate: Predicate, clauses: Clauses) -> bool:
    """ "the families were relocated to Bonn": whoever is moved made no trip, nor did the one who moved them."""
    slots = {slot for slot, _ in row.frame}
    return predicate.passive and "obj" not in slots and row.target in clauses.words.words["motion_classes"]


def _is_nature(frame: Frame, clauses: Clauses) -> bool:
    """ "floods struck the town", "a wave crushed the boat": a disaster or a thing without will attacks and beats nobody."""
    agents = frame.roles.get("agent", [])
    return bool(agents) and all(
        clauses.words.is_a(m.type, "Disaster") or (m.type == "Concept" and m.kind == "nominal" and t.tag_ == "NN")
        for t, m in agents
    )


def _is_of_another(word: Token, objects: list[Token]) -> bool:
    """ "left two men injured and one dead": a fixed adjective behind an "and" is not said of the object before it."""
    last = max((t.i for t in objects if t.i < word.i), default=word.i)
    return word.pos_ == "ADJ" and any(t.dep_ == "cc" for t in word.doc[last : word.i])


def _has_own_state(counted: Token, word: Token) -> bool:
    """ "left two men injured and one dead": who has a participle of his own before the fixed adjective is not dead."""
    return any(
        counted.i < c.i < word.i and c.pos_ in {"VERB", "ADJ"} and any(t.dep_ == "cc" for t in c.doc[c.i : word.i])
        for c in deps(counted, "acl", "amod")
    )


def _is_title(token: Token, clauses: Clauses) -> bool:
    named = clauses.index.named_at(token)
    return named is None and token.pos_ in {"NOUN", "PROPN"} and lemma(token) in clauses.words.titles


def _add_unnamed(frame: Frame, clauses: Clauses) -> None:
    """The unnamed agent of a passive: that the firm was suspended tells that somebody suspended it."""
    agent = next((role for slot, role in frame.trigger.frame if slot == "subj"), "")
    if frame.predicate.pos == "NOUN" and _is_done_to(frame):
        frame.roles["agent"] = [(frame.token, clauses.index.unnamed(frame.token))]
    if frame.predicate.passive and agent == "agent" and agent not in frame.roles and not frame.trigger.is_relation:
        more = [*frame.predicate.slots.get("xcomp", []), *frame.predicate.slots.get("ccomp", [])]
        says_more = any(t not in frame.words for t in more)  # in "was found guilty" the adjective is the row's own
        says_more = says_more and frame.trigger.target not in clauses.words.words["deontic_classes"]
        if not says_more and not deps(frame.token, "obl:agent") and any(frame.roles.values()):
            mishaps = _mishaps(frame, clauses)
            if mishaps is None:
                frame.roles[agent] = [(frame.token, clauses.index.unnamed(frame.token))]
            elif mishaps:
                frame.roles[agent] = mishaps


def _mishaps(frame: Frame, clauses: Clauses) -> list[Filler] | None:
    """What harmed somebody without a will: "died in the flood" has no killer, and where an article tells of a flood, "houses were
    destroyed" names nobody who did it. None where it may have been somebody.
    """
    known = clauses.words
    if not any(known.is_a(frame.trigger.target, cls) for cls in known.words["harmful_classes"]):
        return None
    if any(a.lower_ in known.words["accidental_adverbs"] for a in deps(frame.token, "advmod")):
        return []
    below = [f for slot in ("in", "during") for t in frame.predicate.slots.get(slot, []) if (f := _mishap(t, clauses))]
    is_ruin = frame.trigger.target in known.words["ruinous_classes"]
    told = is_ruin and any(known.is_a(m.type, cls) for m in clauses.index.all() for cls in known.words["mishaps"])
    return below if below or told else None


def _is_harm(predicate: Predicate, known: Knowledge) -> bool:
    """Whether a verb tells of harm, of which its event says who or what did it."""
    rows = (r for r in known.triggers.get((predicate.lemma, "VERB"), ()) if len(r.words) == 1)
    return any(known.is_a(row.target, cls) for row in rows for cls in known.words["harmful_classes"])


def _mishap(token: Token, clauses: Clauses) -> Filler | None:
    mention = clauses.index.at(token)
    is_one = mention is not None and any(clauses.words.is_a(mention.type, c) for c in clauses.words.words["mishaps"])
    return (token, mention) if mention is not None and is_one else None


def _is_done_to(frame: Frame) -> bool:
    """ "the liberation of Fallujah": an event noun that names whom it was done to, and nobody who did it."""
    # "the Oslo election", "the firm's release": a modifier names no one it was done to
    done_to = [
        m for role in ("patient", "theme") for t, m in frame.roles.get(role, []) if base(t) not in {"compound", "amod"}
    ]
    definite = any(d.lower_ == "the" for d in deps(frame.token, "det"))
    return definite and "agent" not in frame.roles and any(m.kind == "name" for m in done_to)


def _add_content(frame: Frame, slots: dict[str, list[Token]], clauses: Clauses) -> None:
    """What a statement says when that is a clause: "denied that it paid", "…, which the firm denied"."""
    if frame.predicate.lemma in clauses.words.words["plain_speech"] and not frame.trigger.required:
        return
    wanted = {slot: role for slot, role in frame.trigger.frame if slot.partition(".")[0] in _CLAUSES}
    for slot, role in wanted.items():
        for token in slots.get(slot, []):
            if token.left_edge.i <= frame.token.i <= token.right_edge.i:
                continue  # a slip of the parse: no speech tells of itself
            if _is_fragment(token) and (frame.trigger.target == "Statement" or deps(frame.token, "obj")):
                continue  # "admitted to being part of it", "was said aged eighteen": no sentence that was said
            asked = [c for c in deps(frame.token, "obj") if c.right_edge.i == token.left_edge.i - 1 and slot == "xcomp"]
            start = asked[0].left_edge.i if asked and not frame.roles.get("recipient") else None
            frame.amounts.setdefault(role, []).append((token, Value(clause_text(token, start=start))))
    if wanted and not frame.amounts and not frame.roles.get("topic"):
        relative = [c for c in frame.token.children if base(c) == "obj" and c.lower_ in {"which", "this", "that", "it"}]
        relative = [c for c in relative if c.lower_ != "which" or clauses.means_clause(c)]
        if relative:
            frame.amounts.setdefault("topic", []).append(
                (relative[0], Value(clause_text(_clause_above(frame.token), frame.token)))
            )


def _is_fragment(clause: Token) -> bool:
    """Whether a participle stands alone, without a subject or auxiliary, so that it is nothing one could say."""
    return clause.tag_ in {"VBG", "VBN"} and not deps(clause, "nsubj", "csubj", "expl", "aux", "cop")


def _clause_above(token: Token) -> Token:
    """The verb of the clause that a relative clause comments on."""
    return next((t for t in ancestors_until_root(token) if t.pos_ == "VERB"), token.head)


def said_when(clause: Token) -> int:
    """Where a clause that is told begins: behind a time right after the verb, which is when it was told: "said Monday the dam
    was safe", "said last week prices fell".
    """
    verb, start = clause.head, clause.left_edge.i
    if clause.i < verb.i or start != verb.i + 1 or not deps(clause, "nsubj", "expl"):
        return start
    times = [
        t for t in deps(clause, "obl", "advmod") if t.left_edge.i == start and t.ent_type_ in _TIMES and not case(t)
    ]
    if not times:
        return start
    behind = times[0].right_edge.i + 1
    return behind if clause.doc[behind].text != "," and deps(clause, "nsubj", "expl")[0].i >= behind else start


_TIMES = frozenset({"DATE", "TIME"})


def clause_text(head: Token, comment: Token | None = None, *, start: int | None = None) -> str:
    """The words of a clause, shortened to 200 characters; of one with a comment (", which it denied") those before that. They
    begin at `start` where the verb above has the clause's subject as its object: "requested it to monitor the trade".
    """
    start, end = said_when(head) if start is None else start, head.right_edge.i + 1
    if comment is not None:
        end = comment.left_edge.i
        start += sum(1 for mark in deps(head, "mark") if mark.i == start and mark.lower_ != "that")  # "of sending arms"
    words = head.doc[start:end].text
    return " ".join(words.split())[:200].strip(" ,;.")


def _is_second_measure(token: Token) -> bool:
    """ "a deficit of 4% in May and 5% in June": the second share is of the noun before, and no other thing beside it."""
    return base(token) == "conj" and token.head.ent_type_ not in _AMOUNTS and bool(deps(token.head, "nmod"))


def amount_at(token: Token) -> Value | None:
    """The sum, share or measure that a token belongs to, as a literal: "US$51 million"."""
    start, end = amount_span(token)
    if token.ent_type_ in _AMOUNTS or (token.is_currency and end > token.idx + len(token.text)):
        return Value(token.doc.text[start:end])
    return None


def amount_span(token: Token) -> tuple[int, int]:
    """The characters of the entity around a token; a currency sign has the number after it."""
    doc = token.doc
    first, last = token, token
    while last.i + 1 < len(doc) and (
        doc[last.i + 1].ent_type_ in {"MONEY", "CARDINAL"} or _is_number(doc[last.i + 1])
        if token.is_currency
        else doc[last.i + 1].ent_iob_ == "I"
    ):
        last = doc[last.i + 1]
    while not token.is_currency and first.ent_iob_ == "I":
        first = doc[first.i - 1]
    if first.i and doc[first.i - 1].is_currency and token.ent_type_ in {"MONEY", "CARDINAL"}:
        first = doc[first.i - 1]
    whole = _whole_of(token, last)
    return first.idx, whole.end_char if whole is not None else last.idx + len(last.text)


def _whole_of(share: Token, last: Token) -> Span | None:
    """ "40% of the workers": a share is nothing without what it is a share of."""
    wholes = deps(share, "nmod") if share.ent_type_ == "PERCENT" else []
    phrases = [noun_phrase(c) for c in wholes if case(c) == "of" and c.left_edge.i == last.i + 1]
    return phrases[0] if phrases and phrases[0].end > last.i else None


def _is_number(token: Token) -> bool:
    """Whether a word right behind a currency sign or number goes on with the sum, whatever the pipeline took it for."""
    before = token.nbor(-1)
    return token.like_num and (before.is_currency or before.like_num)


def with_leaders(tokens: list[Token], clauses: Clauses) -> list[Token]:
    """ "a delegation led by Li visited": whoever leads a group takes part with it."""
    found = list(tokens)
    for token in tokens:
        mention = clauses.index.at(token)
        if mention is None or mention.kind != "nominal" or not clauses.words.is_a(mention.type, "Group"):
            continue
        for verb in deps(token, "acl"):
            if lemma(verb) in clauses.words.words["leading_verbs"] and clauses.passive(verb):
                people = clauses.verb(verb).slots.get("subj", [])
                found += [t for t in people if (m := clauses.index.at(t)) is not None and m.type == "Person"]
    return found


# --- statements -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, property, object, before sense, time and evidence are added."""

    subject: Filler
    predicate: str
    object: Filler | Amount
    token: Token
    predicate_text: str
    rule: str
    extractor: str
    confidence: float
    frame: Frame | None = None


def event_statements(frame: Frame, index: MentionIndex) -> Iterator[Statement]:
    """The direct triples of an event, as its class names them in the ontology."""
    known = index.knowledge
    row = frame.trigger
    names = (row.target[1:],) if row.is_relation else () if row.loose else known.gives.get(row.target, ())
    if _is_quoted_as(frame.predicate, known):
        return
    for name in names:
        found = known.properties.get(name)
        if found is None or (found.symmetric and frame.predicate.passive and len(row.words) == 1):
            continue  # who "was met by gunfire" met nobody; a meeting that was held is one
        if found.symmetric and _is_address(frame, known):
            continue
        left = "subject" if row.is_relation else found.subject_role or "agent"
        right = "object" if row.is_relation else found.object_role or "patient"
        if _says_little(frame, left, right):
            continue
        ones, others = frame.roles.get(left, []), frame.roles.get(right, [])
        if found.symmetric and not others and len(ones) == 1:
            ones = sides(ones[0], index) or ones
        for subject, obj in _pairs(ones, others, found.symmetric):
            if is_total(subject, obj, index):
                continue
            yield from _statement(frame, name, subject, obj, left, right, index)
        for subject in frame.roles.get(left, []):
            for amount in frame.amounts.get(right, []):
                if not _takes_value(name, found.range, amount[0], frame, known):
                    continue
                if frame.predicate.passive and subject[1].rule == "unnamed" and base(amount[0]) in _CLAUSES:
                    continue  # "was allowed to appeal": the one who was allowed says more than what for
                rule = f"{' '.join(row.words)}/{row.pos}/{row.target}"
                actor = (subject[0], _role_reading(subject[1], left, found.domain, index))
                yield Statement(actor, name, amount, frame.token, frame.text(), rule, "events", 0.8, frame)


def _is_quoted_as(predicate: Predicate, known: Knowledge) -> bool:
    """ "was quoted as saying that it rained": what is quoted is what follows, and its speaker is no topic."""
    verb = predicate.token
    if predicate.lemma not in known.words["quoting_verbs"]:
        return False
    return any(case(c) == "as" and c.tag_ == "VBG" for c in deps(verb, "advcl", "obl", "xcomp", "acl"))


def _is_address(frame: Frame, known: Knowledge) -> bool:
    """ "spoke to a crowd", "Ana and Ben spoke at the fair": who makes a speech holds no talk with those who hear it, nor with the next
    speaker.
    """
    slots = frame.predicate.slots
    if frame.predicate.pos != "VERB" or frame.predicate.lemma not in known.words["speaking_verbs"]:
        return False
    heard = [lemma(measured(t, known.words["quantifier_nouns"])) for t in slots.get("to", [])]
    heard += [lemma(t) for t in slots.get("to", [])]
    return any(word in known.words["crowd_nouns"] for word in heard) or bool(
        not frame.roles.get("patient") and (slots.get("at") or slots.get("before"))
    )


def _takes_value(name: str, wanted: str, token: Token, frame: Frame, known: Knowledge) -> bool:
    """Whether a clause or an amount can stand on a property's other side: a share is no place that somebody arrives in, and
    "ruled that the sale was void" is no ruling on something.
    """
    if token in frame.predicate.slots.get("ccomp", []):
        return not name.endswith("On")
    return not known.is_a(wanted, "Place")


def _says_little(frame: Frame, left: str, right: str) -> bool:
    """Whether a property would only say that somebody unnamed did it to a place: "troops were sent to Velm" is of the troops."""
    nobody = all(m.rule == "unnamed" for _, m in frame.roles.get(left, []))
    return nobody and right not in {"patient", "theme"} and bool(frame.roles.keys() & {"patient", "theme"})


def sides(group: Filler, index: MentionIndex) -> list[Filler]:
    """Whom the members of one group act for, where these are two: "officials from Chad and Niger", "Chadian and Nigerien troops";
    else nothing, for of many each pair says little.
    """
    token, mention = group
    if mention.kind == "name" or lemma(token) not in index.knowledge.words["acting_for"]:
        return []
    for child in deps(token, "nmod", "amod", "compound"):
        if case(child) not in {"", "of", "from"}:
            continue
        named = [(t, m) for t in coordinated(child) if (m := index.named_at(t)) is not None]
        found = [(t, index.acting(m)) for t, m in named]
        if len(found) == 2 and all(
            m.type == "Country" or index.knowledge.is_a(m.type, "Organization") for _, m in found
        ):
            return found
    return []


def is_total(counted: Filler, place: Filler, index: MentionIndex) -> bool:
    """ "Ten died in Chad and Niger": as many as are counted over a list of places are in none of them."""
    token, where = counted[0], place[0]
    if not (token.pos_ == "NUM" or deps(token, "nummod")) or not index.knowledge.is_a(place[1].type, "Place"):
        return False
    first = where
    while base(first) == "conj":
        first = first.head
    return bool(case(first) and deps(first, "conj"))  # "ten strikes destroyed bridges and houses" is said of each


def _pairs(left: list[Filler], right: list[Filler], symmetric: bool) -> Iterator[tuple[Filler, Filler]]:
    """Every subject with every object; "A and B met" pairs the subjects with each other."""
    if symmetric and not right and len(left) > 1:
        for i, one in enumerate(left):
            for other in left[i + 1 :]:
                yield one, other
        return
    for one in left:
        for other in right:
            if one[1].chain != other[1].chain:
                yield one, other


def _statement(
    frame: Frame, name: str, subject: Filler, obj: Filler, left: str, right: str, index: MentionIndex
) -> Iterator[Statement]:
    known = index.knowledge
    prop = known.properties[name]
    subject = (subject[0], _role_reading(subject[1], left, prop.domain, index))
    obj = (obj[0], _role_reading(obj[1], right, prop.range, index))
    if not (_fits(subject[1], prop.domain, known) and _fits(obj[1], prop.range, known)):
        return
    if subject[1].chain == obj[1].chain:
        return
    people = subject[1].type == "Concept" and subject[0].tag_ == "NNS"
    if name in known.words["of_actors_only"] and not (people or any(known.is_a(subject[1].type, c) for c in _SEATED)):
        return  # "a group opposed to weapons based in Chad": the group is
    if name in known.words["done_to_people"] and not known.is_a(obj[1].type, "Actor"):
        return  # "artillery fired in support" lost no office
    row = frame.trigger
    if len(row.words) == 1 and row.words[0] in known.words["vague_verbs"] and not _concrete(obj[1], prop.range, known):
        if not _is_plain_toward(subject, obj, row, known) and (not row.is_relation or obj[1].type == "Concept"):
            return  # a row that names its property says which preposition gives the verb its meaning
    given = [m for _, m in frame.roles.get("theme", [])]
    if right == "recipient" and row.words[0] in known.words["vague_verbs"] and given:
        if len(row.words) == 1 and all(m.type == "Concept" for m in given):
            return  # "gave him the option to leave" is no aid
    if row.target == "Statement" and row.words[0] != "say" and not known.is_a(obj[1].type, "Statement"):
        return  # "stressed thrift" does not say what was said of it
    yield Statement(
        subject,
        name,
        obj,
        frame.token,
        frame.text(),
        f"{' '.join(row.words)}/{row.pos}/{row.target}",
        "events",
        _confidence(subject[1], obj[1], 0.9 if row.pos == "VERB" else 0.8),
        frame,
    )


_SEATED = ("Agent", "Facility", "Vehicle")


def _is_plain_toward(subject: Filler, obj: Filler, row: Trigger, known: Knowledge) -> bool:
    """ "Chad supports Mali", "supports the bill": said of somebody who acts for somebody or for a cause, these verbs are plain,
    and no pillar that supports a roof.
    """
    if row.words[0] not in known.words["plain_toward_actors"] or not known.is_a(subject[1].type, "Actor"):
        return False
    return known.is_a(obj[1].type, "Actor") or lemma(obj[0]) in known.words["backed_nouns"]


def _role_reading(mention: Mention, role: str, side: str, index: MentionIndex) -> Mention:
    """A capital in an acting role is its state; where the property wants a place it stays the city."""
    acts = role in index.knowledge.words["metonym_roles"] and side not in {"Place", "City", "Facility", "Region"}
    return index.acting(mention) if acts else mention


def _fits(mention: Mention, cls: str, known: Knowledge) -> bool:
    """Whether a mention's class can fill a side whose domain or range is `cls`. Unknown things (Concept) fit loosely."""
    if not cls or cls in {"Thing", "Resource"} or cls not in known.superclasses:
        return True
    if known.is_a(mention.type, cls) or known.is_a(cls, mention.type):
        return True
    if known.is_a(cls, "Agent"):
        return (
            mention.type in {"Country", "City", "Region", "Place"}
            or known.is_a(mention.type, "Agent")
            or (mention.type == "Vehicle" and cls == "Agent")
        )
    if cls == "Place":
        return known.is_a(mention.type, "Organization")
    return mention.type == "Concept" and cls not in {"Country", "City", "Position"}


def _concrete(mention: Mention, cls: str, known: Knowledge) -> bool:
    """Whether a mention's class says more than "something": what "give", "take" and "show" need to mean anything."""
    if mention.type == "Concept" or cls in {"", "Entity"}:
        return False
    return cls not in known.superclasses or known.is_a(mention.type, cls)


def _confidence(subject: Mention, obj: Mention, start: float) -> float:
    """A first estimate by how the participants are mentioned; calibrated on gold articles."""
    for mention in (subject, obj):
        if mention.kind == "pronoun":
            start -= 0.1
        elif mention.kind == "nominal":
            start -= 0.05
    return round(max(0.3, start), 2)


# --- open predicates --------------------------------------------------------------------------------------------------


def open_statements(predicate: Predicate, clauses: Clauses, covered: Iterable[tuple[int, int]]) -> Iterator[Statement]:
    """Claims named after their verb for what no lexicon row covers: "mediated", "transferredTo"."""
    known = clauses.words
    stop = known.words["open_stop_verbs"]
    if (predicate.lemma in stop or predicate.token.lower_ in stop) and not predicate.particle:
        return
    if predicate.passive and _is_quoted_as(predicate, known):
        return
    done = set(covered)
    fixed = {right for left, right in done if left == -1}
    stem = predicate.lemma
    if predicate.pos == "VERB":
        stem = chained(predicate, clauses, done_to=False) or past(stem, known)
    if predicate.pos == "ADJ":
        if _is_superlative(predicate.token):
            return
        predicate = replace(predicate, slots=_completing(predicate))
    predicate = _with_adverb(predicate, known)
    particle = predicate.particle
    subjects = _fillers(predicate.slots.get("subj", []), clauses.index, acting=True)
    if (
        not subjects
        and _is_agentless(predicate)
        and not (_is_completed(predicate, known) or _is_harm(predicate, known))
    ):
        subjects = [(predicate.token, clauses.index.unnamed(predicate.token))]
    objects = [f for f in _fillers(predicate.slots.get("obj", []), clauses.index) if f[0].i not in fixed]
    objects = [f for f in objects if not shares_head(f[0], known) and not _is_of_idiom(f, predicate, known)]
    if not predicate.passive and _says_as_what(predicate, known):
        objects = []
    for subject in subjects:
        for obj in objects:
            if (subject[0].i, obj[0].i) not in done and subject[1].chain != obj[1].chain:
                yield _open(predicate, subject, camel(stem, particle), obj, [])
        for token in predicate.slots.get("obj", []):
            amount = amount_at(token)
            if amount is not None and clauses.index.at(token) is None and (subject[0].i, token.i) not in done:
                yield _open(predicate, subject, camel(stem, particle), (token, amount), [])
    for given in objects if predicate.passive else ():
        for recipient in _fillers(predicate.slots.get("iobj", []), clauses.index, acting=True):
            if recipient[1].chain != given[1].chain and base(given[0]) == "obj":
                yield _open(predicate, recipient, handed(predicate, known), given, [])
    anchors = subjects
    if predicate.passive:
        anchors = _fillers(predicate.slots.get("obj", []), clauses.index)
        stem = chained(predicate, clauses, done_to=True) or participle(predicate, known)
    if not predicate.passive and (objects or predicate.slots.get("obj")):
        return
    for slot, tokens in sorted(predicate.slots.items()):
        if slot in {"subj", "obj", "iobj", "xcomp", "ccomp"} or slot not in known.words["open_preps"]:
            continue
        for token in tokens:
            amount = amount_at(token)
            if amount is not None and clauses.index.at(token) is None:  # "amounted to $460 million"
                for anchor in anchors:
                    yield _open(predicate, anchor, camel(stem, particle, slot), (token, amount), [slot])
        for target in _fillers(tokens, clauses.index):
            if lemma(target[0]) in known.words["adverbial_nouns"] or _is_beside(target, predicate, clauses.index):
                continue
            for anchor in anchors:
                if is_total(anchor, target, clauses.index):
                    continue
                if (anchor[0].i, target[0].i) not in done and anchor[1].chain != target[1].chain:
                    yield _open(predicate, anchor, camel(stem, particle, slot), target, [slot])


def _is_beside(target: Filler, predicate: Predicate, index: MentionIndex) -> bool:
    """ "In a statement, the guild called on Chad to pay", "With the slump, trade slowed": words and company before the subject complete
    no verb; "stormed into the finals in Lima": where the finals are.
    """
    phrase, mention = target
    known = index.knowledge
    is_said = lemma(phrase) in known.words["media_nouns"] or known.is_a(mention.type, "Statement")
    if is_fronted(phrase, predicate.token) and (is_said or case(phrase) == "with"):
        return True
    into = [c for c in deps(predicate.token, "obl") if case(c) == "into" and c.right_edge.i + 1 == phrase.left_edge.i]
    reached = [index.at(c) for c in into if case(phrase) == "in"]
    return any(m is None or not known.is_a(m.type, "Place") for m in reached)


def _is_of_idiom(obj: Filler, predicate: Predicate, known: Knowledge) -> bool:
    """ "claimed responsibility": two words that are one verb tell nothing of what they are about."""
    pair = f"{predicate.lemma} {lemma(obj[0])}"
    return (
        pair in known.words["idioms"] | known.words["empty_objects"]
        and obj[0].i == predicate.token.i + 1
        and " " not in obj[1].name
    )


def _is_superlative(adjective: Token) -> bool:
    """ "most important for farmers", "fourth-largest in Asia": the adjective alone says less or more."""
    if adjective.tag_ in {"JJS", "JJR"} or any(t.lower_ in _DEGREES for t in deps(adjective, "advmod")):
        return True
    return adjective.i > 1 and adjective.nbor(-1).text == "-" and not adjective.nbor(-1).whitespace_


_DEGREES = frozenset({"most", "least", "more", "less", "too"})


def _completing(predicate: Predicate) -> dict[str, list[Token]]:
    """An adjective's subject and the phrase right behind it: "close to a low against the yen" is close against nothing."""
    behind = predicate.token.i + 1

    def kept(slot: str, tokens: list[Token]) -> bool:
        return slot == "subj" or any(c.i == behind for t in tokens for c in deps(t, "case"))

    return {slot: tokens for slot, tokens in predicate.slots.items() if kept(slot, tokens)}


def _with_adverb(predicate: Predicate, known: Knowledge) -> Predicate:
    """ "was torn apart", "passed close to": an adverb right behind the verb that makes another sense of it belongs to it."""
    adverbs = known.words["particle_adverbs"] | known.words["distance_adverbs"]
    token = predicate.token
    found = [c for c in deps(token, "advmod") if c.i == token.i + 1 and c.lower_ in adverbs]
    if predicate.particle or predicate.pos != "VERB" or not found:
        return predicate
    return replace(predicate, particle=found[0].lower_)


def _says_as_what(predicate: Predicate, known: Knowledge) -> bool:
    """ "called the law a mistake", "allowed the town to grow": without its last words such a clause says too little or something
    else of the object, and a reading has them.
    """
    token = predicate.token
    objects = deps(token, "obj")
    more = [t for t in deps(token, "xcomp", "ccomp") if objects and t.i > objects[0].i]
    if predicate.lemma in known.words["purposed_verbs"]:
        more += [t for t in deps(token, "advcl") if is_infinitive(t) and objects and t.i > objects[0].i]
    said = [c for o in objects for c in deps(o, "acl") if predicate.lemma in known.words["quoting_verbs"]]
    if predicate.lemma in known.words["shown_verbs"] and any(
        _goes_on(t) for t in (*more, *said, *deps(token, "advcl"))
    ):
        return True  # "showed the storm moving north", "quotes the mayor saying it rains"
    return bool(more) and (predicate.lemma in known.words["naming_verbs"] or any(is_infinitive(t) for t in more))


def _goes_on(verb: Token) -> bool:
    """Whether a participle right behind an object tells what that is seen doing or undergoing."""
    beside = base(verb) != "advcl" or any(o.right_edge.i + 1 == verb.left_edge.i for o in deps(verb.head, "obj"))
    return beside and (verb.tag_ == "VBG" or any(a.lower_ == "being" for a in deps(verb, "aux:pass")))


def _is_completed(predicate: Predicate, known: Knowledge) -> bool:
    """ "was blown off its hinges", "is credited with": without the phrase that completes it the verb says nothing, or another thing."""
    own = [c for c in deps(predicate.token, "obl", "advcl") if c.i > predicate.token.i]
    return any(case(c) in known.words["completed_by"] or (case(c) == "with" and c.tag_ == "VBG") for c in own)


def shares_head(token: Token, known: Knowledge) -> bool:
    """ "bomber, fighter and remotely piloted aircraft": a bare singular in a list is but a modifier of the list's later head."""
    if token.tag_ != "NN" or token.ent_type_ or deps(token, "det", "nmod:poss", "amod", "compound", "nummod", "nmod"):
        return False
    first = token.head if token.dep_ == "conj" else token
    others = [t for t in deps(first.head, "obj") if t.i > first.i]  # where the parse cuts the list
    for member in [*deps(first, "conj"), *others]:
        # the parse may take "piloted" for the last of the list
        cut = member.tag_ in {"VBN", "JJ"} and member.i + 1 < len(token.doc)
        head = member.nbor(1) if cut else member
        is_head = lemma(head) in known.words["shared_heads"] and (
            member in others or cut or deps(head, "amod", "compound")
        )
        if is_head and head.i > token.i:
            return True
    return False


def _is_agentless(predicate: Predicate) -> bool:
    """ "The rules have been changed": a passive that says what was done, and not by whom."""
    token = predicate.token
    says_more = any(predicate.slots.get(slot) for slot in ("subj", "iobj", "xcomp", "ccomp"))
    done = any(
        a.lower_ not in {"is", "are", "’s", "'s", "’re", "'re"} for a in deps(token, "aux:pass")
    )  # "is isolated" is a state
    return predicate.passive and not says_more and done and not deps(token, "obl:agent")


def _fillers(tokens: list[Token], index: MentionIndex, *, acting: bool = False) -> list[Filler]:
    found = []
    for token in tokens:
        mention = index.at(token)
        if mention is not None:
            found.append((token, index.acting(mention) if acting else mention))
    return found


def _open(predicate: Predicate, subject: Filler, name: str, obj: Filler | Amount, extra: list[str]) -> Statement:
    words = [*[t for t in deps(predicate.token, "aux", "aux:pass") if t.i < predicate.token.i], predicate.token]
    words += deps(predicate.token, "compound:prt")
    words += [
        c for c in deps(predicate.token, "advmod") if c.lower_ == predicate.particle and c.i == predicate.token.i + 1
    ]
    text = " ".join([*(t.text for t in sorted(words, key=lambda t: t.i)), *extra])
    confidence = 0.6 if isinstance(obj[1], Value) else _confidence(subject[1], obj[1], 0.65)
    return Statement(subject, name, obj, predicate.token, text, f"open/{name}", "open", confidence)


def handed(predicate: Predicate, known: Knowledge) -> str:
    """What is said of the one to whom a passive gives or denies its object: who "was awarded a medal" received it, and who
    "was denied visas" has denied nothing.
    """
    if predicate.lemma in known.words["giving_verbs"]:
        return "received"
    return camel("was", participle(predicate, known), predicate.particle)


def chained(predicate: Predicate, clauses: Clauses, *, done_to: bool) -> str:
    """The words that name a doing of which only a part is told, or "" for any other: "began dropping", "is building"; said of the
    one it is done to "continued to be held", of the one who does it "continued to hold".
    """
    verb, word = predicate.token, str(predicate.token.lower_)
    aspect = clauses.aspect(verb)
    if aspect is not None:
        first = past(lemma(aspect), clauses.words)
        if predicate.passive:
            return f"{first} to be {word}" if done_to else f"{first} to {predicate.lemma}"
        return f"{first} {word}" if verb.tag_ == "VBG" else f"{first} to {word}"
    if clauses.is_unfinished(verb) and _has_end(predicate, clauses) and (done_to or not predicate.passive):
        return f"is being {word}" if predicate.passive else f"is {word}"
    return ""


def _is_on_the_way(predicate: Predicate, known: Knowledge) -> bool:
    """ "were traveling to the port": they need not have come there."""
    going_on = predicate.token.tag_ == "VBG" and any(lemma(a) == "be" for a in deps(predicate.token, "aux"))
    return going_on and predicate.lemma in known.words["journey_verbs"]


def _has_end(predicate: Predicate, clauses: Clauses) -> bool:
    """ "is building a dam", "is growing into a town": what is done only when it has come to its end."""
    rows = [r for r in _rows(predicate, clauses.words) if " ".join(r.words[1:]) == predicate.particle]
    finished = clauses.words.words["finished_classes"]
    return any(row.target in finished for row in rows) or bool(predicate.slots.get("into"))


def participle(predicate: Predicate, known: Knowledge) -> str:
    """The form in which a passive stands, which names what is said of the one it is done to: "taken", not "took"."""
    token = predicate.token
    word = str(token.lower_)
    return word if token.tag_ == "VBN" and word.isalpha() else past(predicate.lemma, known)


def past(verb: str, known: Knowledge) -> str:
    """The past form that names an open predicate: "mediate" -> "mediated"."""
    if verb in known.irregular_past:
        return known.irregular_past[verb]
    if verb.endswith("ed") and len(verb) > 4 and verb not in {"proceed", "succeed", "exceed", "speed"}:
        return verb  # the pipeline left the form as its lemma
    for prefix in sorted(known.words["verb_prefixes"]):
        if verb.removeprefix(prefix) in known.irregular_past and verb.startswith(prefix):
            return prefix + known.irregular_past[verb.removeprefix(prefix)]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + verb[-1] + "ed" if _DOUBLING.fullmatch(verb) else verb + "ed"


_DOUBLING = re.compile("[^aeiou]+[aeiou][^aeiouwxyh]")  # "rig" -> "rigged": one short syllable


def camel(*words: str) -> str:
    """One local name from words: `camel("carried", "out") == "carriedOut"`; other characters than letters are dropped."""
    parts = [p for word in words for p in word.split()]
    clean = ["".join(c for c in p if c.isalnum()) for p in parts]
    clean = [p for p in clean if p]
    return clean[0].lower() + "".join(p[:1].upper() + p[1:] for p in clean[1:]) if clean else "related"


def place_of(frame_or_token: Token, index: MentionIndex) -> Filler | None:
    """Where an event happens: an "in" or "at" phrase with a place below the trigger."""
    for child in sorted(frame_or_token.children, key=lambda c: c.i):
        if base(child) in {"obl", "nmod"} and case(child) in index.knowledge.words["place_preps"]:
            mention = index.at(child)
            if mention is None or not index.knowledge.is_a(mention.type, "Place"):
                continue
            if case(child) != "on" or mention.type != "Country":  # a report on Chad was not written there
                return child, mention
    return None
