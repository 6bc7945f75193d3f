"""What each clause says in its own words: subject, verb, and the rest of the clause as a phrase.

A reading has a phrase for its object, not a thing, so it stands in the list of claims and makes no triple: "The bank said that"
- "rates would rise"; "The river" - "is" - "60 km long". Whatever no rule knows is there all the same, with its sense and speaker.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import Clauses, is_framing, is_naming_of_what, is_partial
from kg.extract.events import camel, chained, handed, participle, past, said_when
from kg.extract.factuality import is_speech, names_source
from kg.extract.pointing import is_unknown, object_points, subject_points
from kg.extract.relations import Relation
from kg.extract.standing import limiting_fronts, only_points, tells_its_name
from kg.extract.wording import (
    LONGEST,
    QUOTE_MARKS,
    is_absolute,
    phrases,
    preposition,
    spoken,
    trimmed,
    unbroken,
    verb_words,
)
from kg.model import Value
from kg.syntax import (
    base,
    case,
    deps,
    deps_exact,
    is_infinitive,
    is_relative,
    lemma,
    listed,
    opens_ellipsis,
    stands_inside,
)

_CONFIDENCE = 0.7
_COMPLEMENTS = frozenset({"obj", "iobj", "xcomp", "ccomp", "obl"})


def find_readings(clauses: Clauses) -> Iterator[Relation]:
    """One relation for each verb or copular predicate with a subject."""
    for token in clauses.doc:
        subjects = clauses.subjects(token) if _is_predicate(token, clauses) else []
        if subjects and (_is_open(subjects[0]) or any(t.lower_ == "whose" for t in subjects[0].lefts)):
            continue
        words, rest = verb_words(token, clauses), _rest(token, clauses)
        if not subjects or not words or not rest or not _is_chain(words, token) or _says_nothing(token, rest, clauses):
            continue
        fixed, rest = _idiom(token, rest, clauses)
        if not rest:
            continue
        opening = _opening(token, rest[0][0], words)
        if opening and not deps(token, "cop") and any(t.i < opening[0].i and not t.is_punct for t in rest[0][1]):
            opening = []  # "73 seconds after liftoff"
        start = (
            opening[-1].i if opening and (opening[-1].dep_ == "mark" or deps(token, "cop")) else -1
        )  # what stands before "that" is no part of it
        told = trimmed(t for _, tokens in rest for t in tokens if t.i > start and t not in opening)
        if rest[0][0].i != token.i and rest[0][0].i > token.i:
            told = _up_to_gap(told, rest)
        told = _without_verb_behind(_without_stump(told, clauses), rest[0][0])
        if base(rest[0][0]) == "ccomp" and rest[0][0].i > token.i:
            told = _closed_up(_quoted(told, rest[0][0]), token)
        told = _with_marks(told)
        subject = unbroken(phrases(subjects[0]), subjects[0])
        if _is_bare(subjects[0], clauses) or (len(told) == 1 and _is_bare(told[0], clauses)):
            continue
        if told and token.sent.start > 0 and told[0].tag_ == "PRP" and told[0].i == rest[0][0].i:
            continue  # "quoted him on it": whom is not in the words, which are all that a reading has
        if len(told) == 1 and told[0].lower_ in _PARTICLES:
            continue  # "supplies flowed in", "were set aside"
        if _points_back(told, clauses) or (
            told
            and (
                _is_stray(told[0], [*words, *fixed, *opening])
                or _is_cut_short(token, told, rest, clauses)
                or (deps(token, "cop") and _is_singled_by_more(token, told, clauses))
            )
        ):
            continue
        if not opening and _is_reduced_passive(token, clauses):
            continue
        if told and _is_torn(token, subjects[0], told, rest, clauses):
            continue
        if _has_speech_before(subject):
            continue
        limits = _limits(token, subjects[0], told, clauses)
        if limits and base(rest[0][0]) == "ccomp":
            if limits[0].lower_ == "without":
                continue  # "Without help, she says mills will close"
            limits = []  # where or for whom somebody says it
        if subject_points(subject, subjects[0], clauses) or object_points([*told, *limits], subjects[0], clauses):
            continue
        if told and subject and is_whole(told) and is_whole(subject) and _is_joined(rest[0][0], told, opening, token):
            mention = clauses.index.at(subjects[0]) or clauses.index.unnamed(subjects[0])
            if base(rest[0][0]) == "ccomp" and not clauses.passive(token):
                mention = clauses.index.acting(mention)  # "Lima insists that …": a capital that speaks is its state
            if tells_its_name(token, (subjects[0], mention)):
                continue
            verb = min(t.i for t in words) if deps(token, "cop") else token.i
            start = subjects[0].i if subjects[0].i < verb else 0  # "Also in May the mayor said": not of the verb alone
            adverbs = [t for t in deps(token, "advmod") if start <= t.i < verb]
            before = [t for t in adverbs if not list(t.children) and t.tag_ != "WRB"]
            late = [t for t in opening if t.i < verb]  # "In Chad the water has receded"
            predicate = [*words, *before, *fixed, *(t for t in opening if t not in late)]
            yield Relation(
                (subjects[0], mention),
                _name(token, clauses, fixed, opening, told),
                Value(" ".join(filter(None, [spoken(told), _lowered(limits)]))),
                token,
                " ".join(filter(None, [spoken(predicate), spoken(late).lower()])),
                "reading/clause",
                _CONFIDENCE,
                token,
                False,
                (told[0].idx, told[-1].idx + len(told[-1].text)),
            )


def _limits(verb: Token, subject: Token, told: list[Token], clauses: Clauses) -> list[Token]:
    """ "For the poor, bread is the main cost", "In many towns water is sold": the phrase before the subject that says for whom or
    where it holds; it is told behind the rest.
    """
    have = {t.i for t in told}
    fronts = [c for c in limiting_fronts(verb, clauses.words) if c.i < subject.left_edge.i and c.i not in have]
    if clauses.index.named_at(subject) and not deps(verb, "cop"):
        fronts = [c for c in fronts if case(c) != "for"]  # for whom somebody does it limits nothing
    return trimmed(t for c in fronts for t in c.subtree)


def _lowered(words: list[Token]) -> str:
    """A phrase from the beginning of a sentence as it reads behind the rest."""
    text = spoken(words)
    return text[:1].lower() + text[1:]


def _is_torn(
    token: Token, subject: Token, told: list[Token], rest: list[tuple[Token, list[Token]]], clauses: Clauses
) -> bool:
    """Whether the words leave out what they cannot do without: the items of "30 and 25 percent, respectively", what
    somebody "called" a provocation, the condition behind a quotation, after what a day passed, with whom somebody split.
    """
    first = rest[0][0]
    if any(t.lower_ == "respectively" for t in (*told, *deps(token, "advmod"))):
        return True
    if is_naming_of_what(token, clauses):
        return True
    if any(a.lower_ in {"and", "or"} and b.text == "," for a, b in itertools.pairwise(told)):
        return True  # "fever and (in high doses), coma"
    have = {t.i for t in told}
    if any(t.lower_ in _TIED and t.i not in have and t.i + 1 in have for t in token.doc[told[0].i : told[-1].i]):
        return True  # "called for help in a raid (while) on a mission"
    behind = [c for c in (*deps(token, "advcl"), *deps(first, "advcl")) if c.i > told[-1].i]
    timed = all(t.ent_type_ in {"DATE", "TIME"} for t in told)
    if timed and any(is_infinitive(c) and c.i > told[-1].i for c in deps(token, "advcl", "xcomp")):
        return True  # "voted on Thursday (to strike)"
    ifs = [c for c in behind if any(m.lower_ == "if" for m in deps(c, "mark"))]
    if ifs and told[0].text in QUOTE_MARKS:
        return True
    if first.ent_type_ in {"DATE", "TIME"} and not case(first) and told[-1].i + 1 < len(told[-1].doc):
        if told[-1].nbor(1).lower_ in {"after", "before"}:
            return True  # "were freed one day (after …)"
    # "Chad and Mali split in 1960", "faced each other": the first alone did not
    mutual = lemma(token) in clauses.words.words["mutual_verbs"] and not deps(token, "obj")
    return bool(deps(subject, "conj")) and (mutual or _is_mutual(told))


_TIED = frozenset({"while", "when", "if", "unless", "not"})


def _is_mutual(told: list[Token]) -> bool:
    return any(f"{a.lower_} {b.lower_}" in {"each other", "one another"} for a, b in itertools.pairwise(told))


def _has_speech_before(subject: list[Token]) -> bool:
    """Whether a quotation that ends in a comma hangs before a subject's head: '"It rained," Sow said' is none of "Sow"."""
    return any(a.text == "," and b.text in QUOTE_MARKS for a, b in itertools.pairwise(subject))


def _is_stray(first: Token, words: list[Token]) -> bool:
    """Whether a preposition stands before what is told that the parse gave to another word: "broke up during re-entry killing"."""
    if not first.i:
        return False
    before = first.nbor(-1)
    return before.pos_ in {"ADP", "SCONJ"} and before.dep_ in {"mark", "case"} and before.i not in {t.i for t in words}


def _is_reduced_passive(verb: Token, clauses: Clauses) -> bool:
    """ "a device called Sonde", "a notice made two days ago": a participle behind its noun reads as if the noun did it, but where
    a preposition follows ("called by").
    """
    return verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"} and clauses.passive(verb) and not deps(verb, "aux:pass")


def _is_singled_by_more(token: Token, told: list[Token], clauses: Clauses) -> bool:
    """Whether "the first" or "the only" of its kind goes on behind what is told: "is the first trip to Lima (since she took office)"."""
    behind = told[-1].nbor(1) if told and told[-1].i + 1 < len(told[-1].doc) else token
    return _is_singled(token, clauses) and behind.pos_ in {"ADP", "SCONJ"} and behind.sent == token.sent


def _is_cut_short(token: Token, told: list[Token], rest: list[tuple[Token, list[Token]]], clauses: Clauses) -> bool:
    """Whether the words end where more must follow: "is likely (to rise)", "hit three mills (, two bridges and a dam)", or where
    what is told begins in the middle: "said (…) as thirty towns give help".
    """
    head, last = rest[0][0], told[-1]
    behind = last.nbor(1) if last.i + 1 < len(last.doc) else last
    if behind.text in {"-", "–"} and not last.whitespace_ and not behind.whitespace_:
        return True  # "smoke(-filled rooms)"
    if _lacks_its_state(token, head, told, clauses):
        return True
    more = [
        *deps(token, "xcomp"),
        *(t for a in deps(token, "advmod") if a.lower_ == "too" for t in deps(token, "advcl")),
    ]
    if deps(token, "cop") and any(is_infinitive(t) and t.left_edge.i == behind.i for t in more):
        return True
    listed = [c for c in deps(head, "conj") if c.pos_ in {"NOUN", "PROPN"} and c.i > last.i and not deps(c, "nsubj")]
    if base(head) == "obj" and listed and behind.text == ",":
        return True
    if behind.tag_ == "VBG" and base(head) == "obj" and lemma(token) in clauses.words.words["spending_verbs"]:
        return True  # "spent two years (rebuilding the port)"
    if last.lower_ == "those":
        return True  # "help for the town, as well as those (who fled)"
    return base(head) == "ccomp" and any(m.lower_ in _ASIDE for m in deps(head, "mark", "case") if m.i <= told[0].i)


def _lacks_its_state(verb: Token, head: Token, told: list[Token], clauses: Clauses) -> bool:
    """ "left ten miners (hurt) and a guard", "got the team (even)": what such a verb says of its object is a state."""
    if base(head) != "obj" or lemma(verb) not in clauses.words.words["resultative_verbs"]:
        return False
    have = {t.i for t in told}
    states = [c for item in listed(head) for c in deps(item, "acl", "amod") if c.i > item.i and c.tag_ in {"VBN", "JJ"}]
    behind = told[-1].nbor(1) if told[-1].i + 1 < len(told[-1].doc) else told[-1]
    bare = behind.pos_ in {"ADJ", "ADV"} and behind.head.i in {verb.i, head.i}
    return bare or any(c.i not in have and not c.left_edge.is_punct for c in states)


_ASIDE = frozenset({"as", "while", "although", "though"})


_SOME = frozenset({"one", "many", "few", "several", "most", "more", "others"})
_PARTICLES = frozenset("in out up down off on away aside over back through along".split())


def _is_bare(word: Token, clauses: Clauses) -> bool:
    """Whether it is a pronoun of which nothing before is known to be meant ("one died", "it grew"), in a text that could tell.

    In the first sentence there is nothing before: what it says stands in its own words.
    """
    if word.pos_ not in {"PRON", "DET"} and word.lower_ not in _SOME:
        return False
    mention = clauses.index.at(word)
    is_known = mention is not None and mention.name.lower() != word.lower_
    return word.sent.start > 0 and not is_known


def _points_back(told: list[Token], clauses: Clauses) -> bool:
    """Whether what is told is only pointed at: "was elected in this constituency", "landed near the area" say nothing without the
    sentences before.
    """
    if len(told) == 2 and told[0].lower_ == "the" and told[0].head == told[1]:
        mention = clauses.index.at(told[1])
        return only_points(told[1], mention, clauses) or is_unknown(told[1], mention, clauses)
    if len(told) < 2 or told[0].tag_ != "DT" or told[0].lower_ not in {"this", "that", "these", "those"}:
        return False
    return told[0].sent.start > 0 and told[0].head == told[-1] and told[-1].pos_ == "NOUN"


def _is_open(subject: Token) -> bool:
    """ "What began as a dispute has grown": nobody is named, and no word before is meant."""
    return subject.tag_ in {"WP", "WDT"}


def _is_predicate(token: Token, clauses: Clauses) -> bool:
    """Whether the token heads a clause of its own: "tried" of "tried to find" is told with "find"."""
    if any(len(verb_words(c, clauses)) > len(verb_words(token, clauses)) for c in deps(token, "xcomp")):
        return False
    if deps(token, "cop"):
        return not is_relative(token, clauses.words.words["relative_pronouns"])
    return token.pos_ == "VERB" and base(token) not in {"amod", "compound", "case", "fixed", "flat"}


def is_whole(words: list[Token]) -> bool:
    """Whether no bracket opens or closes outside: such a phrase is cut at a slip of the parse."""
    depth = 0
    for word in words:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(word.text, 0)
        if depth < 0:
            return False
    return not depth


def _name(token: Token, clauses: Clauses, fixed: list[Token], opening: list[Token], told: list[Token]) -> str:
    named = [t for t in fixed if t.pos_ == "NOUN" or t.lower_ in clauses.words.words["particle_adverbs"]]
    further = [*(c.lower_ for c in deps(token, "compound:prt")), *(t.lower_ for t in [*named, *opening])]
    if deps(token, "cop"):
        return camel("is", *further)
    verb = clauses.verb(token)
    if chain := chained(verb, clauses, done_to=True):
        return camel(chain, *further)
    if not verb.passive:
        return camel(past(verb.lemma, clauses.words), *further)
    if verb.slots.get("iobj") and any(c.i > token.i for c in deps(token, "obj")):
        return handed(verb, clauses.words)
    # what is done to somebody reads as if he did it, unless a preposition follows ("arrested in")
    joined = further or not deps(token, "aux:pass")
    return camel(*([] if joined else ["was"]), participle(verb, clauses.words), *further)


def _says_nothing(token: Token, rest: list[tuple[Token, list[Token]]], clauses: Clauses) -> bool:
    """What a clause tells without its point: "there were also two teams", "said on Monday" beside a quotation, "which it today
    rejects".
    """
    kinds = {base(c) for c, _ in rest if c.i != token.i}
    adverbial = kinds <= {"advmod", "obl"}
    if lemma(token) in clauses.words.words["plain_speech"] and adverbial and not clauses.passive(token):
        return True
    only = rest[0][0] if len(rest) == 1 else token
    if base(only) == "obj" and len(rest[0][1]) == 1:  # "claimed responsibility"
        if f"{lemma(token)} {lemma(only)}" in clauses.words.words["empty_objects"]:
            return True
    if token.dep_ == "advcl" and clauses.passive(token) and not deps(token, "aux:pass"):
        return opens_ellipsis(token)
    if token.dep_ == "advcl" and deps(token, "cop") and _is_of_its_time(token):
        return True
    exists = lemma(token) == "be" or bool(deps(token, "cop"))
    if exists and deps(token, "expl"):
        return kinds == {"advmod"} or any(deps(s, "acl") for s in deps(token, "nsubj"))
    relatives = clauses.words.words["relative_pronouns"]
    return adverbial and any(is_relative(c, relatives) for c in deps_exact(token, "obj"))


def _is_of_its_time(clause: Token) -> bool:
    """ "moved when she was six": what somebody was at the time of something else is not said of her at large."""
    return any(m.lower_ in {"when", "while", "whilst"} for m in deps(clause, "mark", "advmod"))


def _idiom(
    token: Token, rest: list[tuple[Token, list[Token]]], clauses: Clauses
) -> tuple[list[Token], list[tuple[Token, list[Token]]]]:
    """Words that go with the verb, and what then is left to tell: "took place | during the fair", "turned away | boats"."""
    first = rest[0][0]
    adverb = base(first) == "advmod" and first.i == token.i + 1 and not list(first.children)
    if adverb and len(rest) > 1 and base(rest[1][0]) == "obj" and rest[1][0].i > first.i:
        return [first], rest[1:]
    bare = base(first) == "obj" and first.i == token.i + 1 and first.pos_ == "NOUN"
    if not bare or f"{lemma(token)} {lemma(first)}" not in clauses.words.words["idioms"]:
        return [], rest
    own = [c for c in first.children if c.i > first.i and base(c) in {"nmod", "obl"} and case(c)]
    left = [(c, _words(c, clauses)) for c in own] + rest[1:]
    return ([first], left) if left else ([], rest)


def _is_hollow(noun: Token, clauses: Clauses) -> bool:
    """Whether a noun of place or time stands without all that could tell which."""
    if f"{case(noun)} {lemma(noun)}" in clauses.words.words["empty_phrases"]:
        return True
    own = {"amod", "nmod", "nummod", "compound", "acl", "conj", "advcl"}
    told = lemma(noun) in clauses.words.words["hollow_nouns"] and bool(case(noun) or base(noun) == "obl")
    cut = [c for c in deps_exact(noun, "acl") if c.tag_ in {"VBN", "VBG"} and not is_infinitive(c)]
    return told and (not deps(noun, *own) or bool(cut))


def _up_to_gap(told: list[Token], rest: list[tuple[Token, list[Token]]]) -> list[Token]:
    """The words of the complements up to the first that does not go on from the one before: "spent | all her energy" of "spent
    all her energy battling the infections", where the parse takes both for what was spent.
    """
    head = rest[0][0]
    nominal = base(head) in {"obj", "iobj", "obl"}
    return unbroken(told, head) if nominal else told


def _without_stump(told: list[Token], clauses: Clauses) -> list[Token]:
    """The words without a clause that is cut behind its verb: of "a statement saying" what it says is lost."""
    last = told[-1] if told else None
    if last is None or base(last) != "acl" or last.pos_ not in {"VERB", "AUX"} or is_infinitive(last):
        return told
    more = any(not c.is_punct for c in last.rights)
    if not more and (last.tag_ == "VBN" or lemma(last) not in clauses.words.words["plain_speech"]):
        return told
    return trimmed(t for t in told if t.i < last.left_edge.i)


def _without_verb_behind(told: list[Token], head: Token) -> list[Token]:
    """ "killed a guard and wounded two": the second verb, which the parse took for a part of the object, begins what is told next."""
    if base(head) != "obj":
        return told
    for n, (one, other) in enumerate(itertools.pairwise(told)):
        if one.lower_ in {"and", "or"} and one.i > head.i and other.tag_ == "VBD":
            return trimmed(told[:n])
    return told


def _quoted(told: list[Token], verb: Token) -> list[Token]:
    """Of words that begin with a quotation mark those up to the mark that closes it, where the verb of what is said stands in it: what
    follows is the writer's again. Of 'said "urgent" talks were held' all is said.
    """
    if not told or told[0].text not in QUOTE_MARKS:
        return told
    closing = next((n for n, t in enumerate(told) if n and t.text in QUOTE_MARKS), len(told) - 1)
    return told if told[closing].i < verb.i else told[: closing + 1]


def _with_marks(told: list[Token]) -> list[Token]:
    """The words with the mark that closes a quotation inside them, whatever the parse hangs it on: 'the "Red Spring" in Lima'."""
    have = {t.i for t in told}
    if sum(t.text in QUOTE_MARKS for t in told) % 2 == 0:
        return told
    inside = told[0].doc[told[0].i : told[-1].i + 1]
    lost = [t for t in inside if t.text in QUOTE_MARKS and t.i not in have]
    return sorted([*told, *lost[:1]], key=lambda t: t.i)


def _closed_up(told: list[Token], verb: Token) -> list[Token]:
    """The words of 'Without help, she says, mills would close' without the commas that set off who says so."""
    if not told or told[0].i > verb.i:
        return told
    have = {t.i for t in told}
    return [t for t in told if t.text != "," or {t.i - 1, t.i + 1} <= have]


def _is_chain(words: list[Token], verb: Token) -> bool:
    """Whether only adverbs, subjects and marks stand between the words of a verb: "has 17 confirmed dead" is no "has confirmed"."""
    if deps(verb, "cop"):
        return True
    first = min(t.i for t in words if verb.i in {t.i, t.head.i})
    own = {t.i for t in words} | {
        t.i for c in deps(verb, "nsubj", "advmod", "obl", "cc", "conj", "mark", "expl") for t in c.subtree
    }
    return all(t.i in own or t.pos_ not in {"NUM", "NOUN", "PROPN"} for t in verb.doc[first : verb.i])


def _is_joined(first: Token, told: list[Token], opening: list[Token], verb: Token) -> bool:
    """Whether a clause that is told lacks no word of its own inside, or before it: there the parse went astray."""
    if first.i == verb.i or base(first) not in {"ccomp", "xcomp"}:
        return True
    start = opening[-1].i + 1 if opening else told[0].i
    if any(t.tag_ in _FINITE and not _is_described(t, verb) for t in first.doc[verb.i + 1 : start]):
        return False  # "they say it leaves the feeling that …": what is said begins before "that"
    have = {t.i for t in told}
    if first.i < verb.i or stands_inside(verb):  # "The talks, a diplomat said, were hard"
        have |= {t.i for t in verb.subtree}
    missing = [t for t in first.doc[start : told[-1].i] if t.i not in have]
    return not any(t.is_alpha for t in missing)


_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


def _is_described(inner: Token, verb: Token) -> bool:
    """Whether a verb stands in a clause that describes a noun: "told the man who came that …"."""
    above = itertools.takewhile(lambda t: t.i != verb.i, (inner, *inner.ancestors))
    return any(base(t) in {"acl", "advcl"} for t in above)


def _rest(token: Token, clauses: Clauses) -> list[tuple[Token, list[Token]]]:
    """The complements with their words, in text order; what a verb without any has behind or before it."""
    if copulas := deps(token, "cop"):
        return (
            []
            if case(token) and _is_hollow(token, clauses)
            else [(token, [t for t in _predicated(token, clauses) if t.i > copulas[-1].i])]
        )
    relatives = clauses.words.words["relative_pronouns"]
    around = [c for c in token.children if _belongs(c) and not is_relative(c, relatives) and not is_partial(c)]
    around = [c for c in around if not (names_source(c) or is_framing(c, clauses.words))]
    around = sorted([*around, *_purposes(token, clauses)], key=lambda t: t.i)
    after = [c for c in around if c.i > token.i]
    if before := _said_before(token, clauses):
        words = _utterance(before)
        return [(before, words)] if len(words) <= LONGEST else []
    if said := [c for c in after if base(c) == "ccomp" and deps_exact(c, "mark")]:
        after = said[:1]  # "told Ana on Monday that it would rain": when and to whom is no part of what is told
    elif said := [c for c in after if base(c) == "ccomp" and deps(c, "nsubj", "expl")]:
        after = (
            said[:1]
            if deps(token, "iobj")
            else [c for c in after if base(c) not in {"obl", "advmod"} or c.i > said[0].i]
        )
    if token.dep_ == "acl:relcl" and clauses.verb(token).slots.get("obj") and not deps(token, "obj", "nsubj:pass"):
        return []  # "the threat they pose to the town": what they pose is not in the clause
    if clauses.passive(token) and any(base(c) == "obj" for c in after):
        after = [c for c in after if case(c) != "by"]  # "was given a medal by the mayor"
    if len(after) > 1:
        first, *others = after
        agent = clauses.passive(token) and base(first) == "obl" and case(first) == "by"
        after = [
            first,
            *(c for c in others if not agent and not is_absolute(c) and not _is_agent_behind(c, token, clauses)),
        ]  # "was banned by Iran for this reason"
    if not after:
        # "On Monday six were hurt", but not "Monday six were hurt", where no word is left to join the two
        after = [c for c in around if base(c) == "obl" and (case(c) or c.ent_type_ not in {"DATE", "TIME"})]
    if len(after) == 1 and _is_hollow(after[0], clauses):
        return []  # "is in the process", "improved to the point"
    return [(c, _words(c, clauses)) for c in after]


def _purposes(verb: Token, clauses: Clauses) -> list[Token]:
    """ "called on Chad | to pay", "used the visit | to praise him": the clause without which such a verb says too little."""
    words = clauses.words.words
    things = [c for c in deps(verb, "obj") if c.i > verb.i]
    if lemma(verb) in words["quoting_verbs"] and things:  # "quoted the mayor | as saying it rained"
        if said := [c for c in deps(verb, "advcl") if case(c) == "as" and c.tag_ == "VBG" and c.i > verb.i]:
            return said
    if lemma(verb) in words["shown_verbs"]:  # "showed the storm | moving north"
        beside = [c for c in deps(verb, "advcl") if any(t.right_edge.i + 1 == c.left_edge.i for t in things)]
        inner = [c for t in things for c in deps_exact(t, "acl") if not c.left_edge.nbor(-1).is_punct]
        return [c for c in (*beside, *inner) if c.tag_ == "VBG" and not deps(c, "mark")]
    if lemma(verb) not in words["purposed_verbs"]:
        return []
    sides = [c for c in deps(verb, "obj", "obl") if c.i > verb.i]
    wanted = [c for c in deps(verb, "advcl") if is_infinitive(c) and c.i > verb.i]
    return [c for c in wanted if any(s.right_edge.i + 1 == c.left_edge.i for s in sides)]


def _said_before(verb: Token, clauses: Clauses) -> Token | None:
    """ "The mill will close, the mayor said": the clause that is said, where it stands before a verb of saying that tells nothing
    else behind it.
    """
    if not is_speech(clauses.words.effects, verb) or deps(verb, "mark", "aux:pass", "obj"):
        return None
    said = deps_exact(verb, "ccomp")
    return said[0] if len(said) == 1 and said[0].i < verb.i else None


def _utterance(said: Token) -> list[Token]:
    """The words of what is said, with the mark that opens it where the parse hung that on another word; of a quotation that an
    earlier sentence opened without the mark that closes it.
    """
    words = list(said.subtree)
    if sum(t.text in QUOTE_MARKS for t in words) % 2 == 0:
        return words
    before = words[0].nbor(-1) if words[0].i > said.sent.start else words[0]
    if before.text in QUOTE_MARKS:
        return [before, *words]
    return words[:-1] if words[-1].text in QUOTE_MARKS else words


def _is_agent_behind(phrase: Token, verb: Token, clauses: Clauses) -> bool:
    """ "was filed against the firm by the union": who did it is no part of against whom."""
    return phrase.dep_ == "obl:agent" or (clauses.passive(verb) and case(phrase) == "by" and base(phrase) == "obl")


def _predicated(noun: Token, clauses: Clauses) -> list[Token]:
    return [*deps(noun, "case"), *phrases(noun), *_telling(noun, clauses)]


def _telling(noun: Token, clauses: Clauses) -> list[Token]:
    """The clause without which a phrase does not say which it means: "are among the hundred men (searching the river)", "is the
    only firm (that makes glass)", "raided shops and bars (that sell rum)"; what stands behind a comma, or tells more of something known,
    is no part of it.
    """
    said = phrases(noun) if noun.pos_ == "NOUN" or (noun.pos_ == "PROPN" and deps(noun, "det")) else []
    if not said or (deps(noun, "cop") and noun.tag_ == "NN" and not _is_singled(noun, clauses)):
        return []  # who is "a spy who fled" is a spy
    known = any(d.lower_ in _KNOWN for d in deps(noun, "det")) or bool(deps(noun, "nmod:poss"))
    behind = said[-1].i + 1
    inner = [c for t in said if t.pos_ in {"NOUN", "PROPN"} and t.i != noun.i for c in deps_exact(t, "acl:relcl")]
    for clause in (*(deps(noun, "acl") if not deps(noun, "conj") else ()), *inner):
        right_behind = clause.i > noun.i and clause.left_edge.i == behind and not clause.left_edge.is_punct
        whole = clause.dep_ == "acl:relcl" or not known or _is_singled(noun, clauses)
        apart = any(t.text == "," for t in clause.doc[max(behind - 2, 0) : behind])  # '"Orla," which sank'
        apart = apart or _is_who_of_thing(clause, clauses)  # hung on the wrong noun
        if right_behind and not apart and whole and not is_infinitive(clause):
            return list(clause.subtree)
    return []


def _is_who_of_thing(clause: Token, clauses: Clauses) -> bool:
    """ "found in the garage (who claim they slept)": a garage is not who did it."""
    mention = clauses.index.at(clause.head)
    is_thing = mention is not None and not clauses.words.is_a(mention.type, "Agent")
    return is_thing and any(c.lower_ == "who" for c in deps(clause, "nsubj"))


def _is_singled(noun: Token, clauses: Clauses) -> bool:
    """ "the only firm", "the largest mill"."""
    ranked = clauses.words.words["superlatives"] | clauses.words.words["singling_words"]
    return any(c.tag_ == "JJS" or lemma(c) in ranked for c in deps(noun, "amod", "advmod"))


_KNOWN = frozenset({"the", "this", "that", "these", "those"})


def _belongs(child: Token) -> bool:
    """Complements and adverbs; of other clauses those that the verb needs: "forbade them from leaving"."""
    needed = base(child) == "advcl" and case(child) in {"from", "of", "into"}
    if base(child) == "advcl" and case(child) == "with":  # "was credited with saving the mill"
        first = child.left_edge
        bare = all(t.pos_ == "ADV" for t in child.doc[first.i + 1 : child.i])
        needed = child.tag_ == "VBG" and first.lower_ == "with" and bare
    return needed or base(child) in _COMPLEMENTS | {"advmod"}


def _words(complement: Token, clauses: Clauses) -> list[Token]:
    if base(complement) == "ccomp":
        first = said_when(complement)
        return [t for t in complement.subtree if t.i >= first]
    if base(complement) in {"xcomp", "advmod", "advcl", "acl"}:
        return list(complement.subtree)
    if lemma(complement) in clauses.words.words["hollow_nouns"] and any(
        c.dep_ == "acl:relcl" or deps(c, "nsubj") for c in deps(complement, "acl")
    ):
        return list(complement.subtree)  # "at a time when the mosque was empty": without its clause it says nothing
    return [*preposition(complement), *phrases(complement), *_telling(complement, clauses)]


def _opening(token: Token, first: Token, words: list[Token]) -> list[Token]:
    """The preposition or "that" with which the rest begins: it goes with the verb."""
    if base(first) == "ccomp" and first.i != token.i:
        return [t for t in deps_exact(first, "mark") if t.lower_ == "that"]
    if base(first) == "advcl" and first.tag_ == "VBG":  # "was convicted of | stealing"
        return [t for t in deps(first, "mark", "case") if t.i == first.left_edge.i and t.i > token.i]
    if first.i == token.i and deps(token, "cop"):
        return [t for t in deps(token, "case") if t.i > max(word.i for word in words)]
    return preposition(first)
