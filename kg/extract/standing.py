"""Whether a claim can stand by itself: what says nothing, too little or too much without the words that it leaves out.

Comes in: what an extractor told, by its tokens. Goes out: whether to keep it. A reading of the same clause has all its words.
"""

from __future__ import annotations

import itertools

from spacy.tokens import Token

from kg.extract.clauses import Clauses, is_naming_of_what
from kg.extract.events import Filler, Statement
from kg.extract.relations import Relation
from kg.lexicon import Knowledge
from kg.model import Mention, Value
from kg.syntax import base, case, deps, deps_exact, is_content, is_infinitive, lemma, lemma_candidates, listed


def stands(told: Statement | Relation, clauses: Clauses) -> bool:
    """Whether a claim tells something of somebody or something that a reader of it alone would know."""
    subject, obj = told.subject, told.object
    if _is_other(*subject, clauses) or _is_bare_amount(*subject, clauses) or _is_bare_number(*subject):
        return False
    if (
        only_points(*subject, clauses)
        or _lacks_owner(*subject)
        or _asks_which(subject[0])
        or _is_share_of_several(told)
    ):
        return False
    if _is_nobody_and_nothing(told) or _is_by_nobody(told, clauses) or _is_state_without_doer(told, clauses):
        return False
    if (
        _is_of_the_past(told, clauses)
        or _is_undecided(told, clauses)
        or _is_general(told, clauses)
        or _is_lead_in_votes(told, clauses)
    ):
        return False
    if _is_naming_of_nothing(told.token, clauses) or (
        told.predicate == "quantity" and _is_only_counted(*subject, clauses)
    ):
        return False
    if isinstance(obj, Value) or isinstance(obj[1], Value):
        return not (isinstance(told, Relation) and told.rule == "copula/isA" and _is_limited(told, clauses))
    if _is_open(told) and _is_limited(told, clauses):
        return False
    if isinstance(told, Statement) and tells_its_name(told.token, *_described(told, subject, obj)):
        return False
    if _asks_which(obj[0]) or only_points(*obj, clauses) or is_naming_of_what(told.token, clauses):
        return False
    return not (
        (_lacks_its_complement(told.token, clauses) and not _is_bidden(told, clauses))
        or _lacks_what_it_is_made(told.token, clauses)
        or (_is_open(told) and _is_only_another(*obj, clauses))
        or _is_beside_what_is_said(told, obj)
        or _lacks_what_was_given(told, obj, clauses)
        or _is_cut_off(obj, clauses)
        or (_is_open(told) and _lacks_its_clause(obj, told.token, clauses))
        or _is_mere_liking(told, obj, clauses)
        or _is_in_a_preposition(told, obj, clauses)
        or _tells_its_place(told, obj, clauses)
    )


def only_points(token: Token, mention: Mention | None, clauses: Clauses) -> bool:
    """Whether "the area", "the agency" or "the situation" points at what only the sentences before could tell, and did not: a body or
    nothing in particular, by one word. In the first sentence there is nothing before.
    """
    known = clauses.words
    of_its_time = any(c.ent_type_ in {"DATE", "TIME"} for c in deps(token, "nmod:poss"))  # "this year's theme"
    if not (of_its_time or any(d.lower_ in _POINTING for d in deps(token, "det"))) or token.sent.start == 0:
        return False
    if mention is None:
        return lemma(token) in known.words["pointing_nouns"]
    if mention.kind == "name" or mention.chain in clauses.index.chain_names or " " in mention.name:
        return False
    if known.is_a(mention.type, "Organization"):
        return mention.name.casefold() not in known.state_bodies or not clauses.index.has_one_state()
    return bool({lemma(token), mention.name} & known.words["pointing_nouns"])


_POINTING = frozenset({"the", "this", "that", "these", "those"})


def _described(told: Statement, subject: Filler, obj: Filler) -> list[Filler]:
    """The side of a claim whose name may tell it already: what a thing "containing tea" contains; of an open claim, or where nobody is
    named who did it, to what it was done ("the letter sent in May").
    """
    if told.frame is not None and told.frame.trigger.is_relation:
        return [subject] if obj[1].kind != "name" and told.token.dep_ == "acl" else []
    return [obj] if _is_open(told) or subject[1].rule == "unnamed" else []


def tells_its_name(verb: Token, *sides: tuple[Token, Mention | None]) -> bool:
    """ "mills owned by Ana Ruiz": that these are owned by her their name tells already."""
    return any(
        verb.pos_ == "VERB"
        and noun.is_ancestor(verb)
        and mention is not None
        and mention.kind == "nominal"
        and f" {verb.lower_} " in f" {mention.name.lower()} "
        for noun, mention in sides
    )


def _is_limited(told: Statement | Relation, clauses: Clauses) -> bool:
    """ "In many towns water is sold in bags": where that holds the reading tells. What somebody did who has a name he did."""
    fronts = limiting_fronts(told.token, clauses.words) if told.subject[1].kind != "name" else []
    return bool(fronts) and (isinstance(told.object, Value) or told.object[0].i not in {c.i for c in fronts})


def limiting_fronts(verb: Token, known: Knowledge) -> list[Token]:
    """ "In many towns water is sold", "For the poor, bread is the main cost": the phrases before a subject that say where or for
    whom alone something holds.
    """
    subjects = deps(verb, "nsubj", "csubj")
    if not subjects:
        return []
    words = known.words
    fronts = [
        c for c in deps_exact(verb, "obl") if c.i < subjects[0].left_edge.i and c.ent_type_ not in {"DATE", "TIME"}
    ]
    told = [c for c in fronts if lemma(c) not in words["time_nouns"] | words["stock_fronts"]]
    return [c for c in told if case(c) in words["limiting_fronts"] or (case(c) == "in" and _is_of_some(c, known))]


def _is_of_some(noun: Token, known: Knowledge) -> bool:
    """ "many towns", "some of the camps": not all, and none that is named."""
    counted = {lemma(c) for c in deps(noun, "amod", "det") if c.i < noun.i}
    some = lemma(noun) in known.words["words_of_some"] and any(case(c) == "of" for c in deps(noun, "nmod"))
    return some or (noun.tag_ == "NNS" and bool(counted & known.words["words_of_some"]))


def _lacks_owner(token: Token, mention: Mention) -> bool:
    """ "His last book sold well": whose it is the name does not tell."""
    owned = any(c.pos_ == "PRON" for c in deps(token, "nmod:poss"))
    own = mention.kind == "nominal" and mention.rule == "nominal" and "'" not in mention.name
    return owned and own and token.sent.start > 0


def _is_bare_number(token: Token, mention: Mention) -> bool:
    """ "The two were shot", "Over 300 were hurt", "17 others died": how many, and not of whom."""
    words = mention.name.casefold().split()
    return mention.kind == "nominal" and token.lower_ == words[-1] and (token.pos_ == "NUM" or words[-1] == "others")


def _is_only_counted(token: Token, mention: Mention, clauses: Clauses) -> bool:
    """ "At least 60 people died": that they are at least 60 says nothing that their name does not."""
    plain = lemma(token) in clauses.words.words["mere_people"] and mention.name.casefold().endswith(token.lower_)
    return mention.kind == "nominal" and plain and not deps(token, "amod", "compound")


def _asks_which(token: Token) -> bool:
    """ "Nobody knows how many miners went down": who "how many" are is what is asked."""
    asked = [t for c in deps(token, "det", "amod", "nummod") for t in (c, *deps(c, "advmod"))]
    return token.pos_ == "NOUN" and any(t.tag_ in {"WRB", "WDT", "WP"} and t.i < token.i for t in asked)


def _is_naming_of_nothing(verb: Token, clauses: Clauses) -> bool:
    """ "The paper dubbed the quarrel (…)": what it called it is lost."""
    names = verb.pos_ == "VERB" and lemma(verb) in clauses.words.words["dubbing_verbs"]
    return names and not deps(verb, "xcomp", "ccomp") and len(deps(verb, "obj")) == 1


def _is_share_of_several(told: Statement | Relation) -> bool:
    """ "Cocoa and coffee make up 40 percent of exports": both together do."""
    verb = told.token
    if verb.pos_ != "VERB" or not any(len(listed(s)) > 1 for s in deps(verb, "nsubj")):
        return False
    amounts = [c for c in deps(verb, "obj", "obl") if {t.ent_type_ for t in (c, *deps(c, "nummod"))} & _SUMS]
    if isinstance(told.object, Value):
        return any(c.text in told.object.lexical for c in amounts)
    return any(c.i == told.object[0].i for c in amounts)


_SUMS = frozenset({"PERCENT", "MONEY"})


def _is_by_nobody(told: Statement | Relation, clauses: Clauses) -> bool:
    """ "the meeting with Ana Ruiz", "since the quake struck": that somebody unnamed met her, or struck the quake, is a slip."""
    if told.subject[1].rule != "unnamed":
        return False
    other = None if isinstance(told.object, Value) or isinstance(told.object[1], Value) else told.object[1]
    people = other is not None and clauses.words.is_a(other.type, "People")
    named_by = people and told.token.dep_ == "acl" and told.token.lower_ in other.name.casefold().split()  # type: ignore[union-attr]
    if named_by and told.token.head.i == told.object[0].i:  # type: ignore[index, union-attr]
        return True  # "the others elected are": that somebody elected the elected
    if other is not None and deps(told.token, "nsubj:pass") and base(told.object[0]) == "obj":  # type: ignore[index]
        return True  # "the team was denied visas": somebody denied them to whom it leaves out
    if other is not None and set(lemma_candidates(told.token)) & clauses.words.words["leading_verbs"]:
        return True  # "was led to the door": nobody was his leader
    befell = other is not None and clauses.words.is_a(other.type, "Disaster") and told.token.i > told.object[0].i  # type: ignore[index, union-attr]
    if other is not None and _lacks_owner(*told.object):  # type: ignore[misc]
        return True  # "her promotion was announced"
    return clauses.words.is_symmetric(told.predicate) or (befell and not deps(told.token, "aux:pass", "aux"))


def _is_of_the_past(told: Statement | Relation, clauses: Clauses) -> bool:
    """ "a hotel once owned by Ana Ruiz": she owns it no more."""
    words = clauses.words.words
    no_more = any(a.lower_ in words["no_more_adverbs"] for a in deps(told.token, "advmod"))
    return no_more and lemma(told.token) in words["lasting_verbs"]


def _is_general(told: Statement | Relation, clauses: Clauses) -> bool:
    """ "Lead poisoning causes cramps", "A strike means a blow": what holds of anything of a kind is no event of these."""
    verb, (noun, mention) = told.token, told.subject
    if verb.pos_ != "VERB" or verb.tag_ not in {"VBZ", "VBP"} or deps(verb, "aux") or mention.kind != "nominal":
        return False
    if lemma(verb) in clauses.words.words["defining_verbs"] and {d.lower_ for d in deps(noun, "det")} == {"a"}:
        return True
    bare = noun.tag_ in {"NN", "NNS"} and not deps(noun, "det", "nmod:poss", "nummod", "nmod", "acl")
    things = deps(verb, "obj")
    named = any(clauses.index.named_at(t) for t in things)
    if not bare or not things or named or any(deps(t, "det", "nmod:poss", "nummod") for t in things):
        return False
    return mention.type != "Group" and any(clauses.words.is_a(mention.type, cls) for cls in ("Concept", "Event"))


def _is_undecided(told: Statement | Relation, clauses: Clauses) -> bool:
    """ "They decide whether to sell": the question is not what they decided."""
    obj = told.object if isinstance(told.object, Value) else told.object[1]
    return (
        isinstance(obj, Value)
        and obj.lexical.startswith(("whether ", "if "))
        and lemma(told.token) in clauses.words.words["deciding_verbs"]
    )


def _is_state_without_doer(told: Statement | Relation, clauses: Clauses) -> bool:
    """ "talks that have been stalled": that they stand still tells of nobody who stopped them."""
    words = clauses.words.words["stative_participles"]
    return told.subject[1].rule == "unnamed" and told.token.tag_ in {"VBN", "JJ"} and lemma(told.token) in words


def _is_lead_in_votes(told: Statement | Relation, clauses: Clauses) -> bool:
    """ "The Reds lead the Blues 40 percent to 30 percent": being ahead of somebody is no leading of his."""
    verb, words = told.token, clauses.words.words
    if verb.pos_ != "VERB" or lemma(verb) not in words["ahead_verbs"]:
        return False
    amounts = [c for t in (verb, *deps(verb, "obj")) for c in t.children if lemma(c) in words["vote_units"]]
    return any(deps(a, "nummod") and case(a) in {"", "by"} for a in amounts)


def _lacks_what_was_given(told: Statement | Relation, obj: Filler, clauses: Clauses) -> bool:
    """ "the loan he had given Ana": to whom it was given is not what was given."""
    verb = told.token
    gives = verb.pos_ == "VERB" and lemma(verb) in clauses.words.words["giving_verbs"] and _is_open(told)
    whom = base(obj[0]) in {"obj", "iobj"} and clauses.words.is_a(obj[1].type, "Agent")
    return gives and whom and len(deps(verb, "obj", "iobj")) == 1


def _is_cut_off(obj: Filler, clauses: Clauses) -> bool:
    """ "recognizes efforts (to …)": a thing whose name is one plain word, and which lacks the clause that says what it is."""
    noun, mention = obj
    is_plain = mention.kind == "nominal" and mention.type == "Concept" and len(mention.name.split()) == 1
    rest = [c for c in deps(noun.head, "advcl") if c.left_edge.i == noun.i + 1 and case(c) in {"for", "of", "in", "to"}]
    behind = {noun.i + 1, *(c.right_edge.i + 1 for c in deps(noun, "nmod") if case(c))}
    lost = [c for c in deps(noun, "acl") if c.left_edge.i in behind and (is_content(c) or case(c) == "of")]
    is_thing = mention.kind == "nominal" and not clauses.words.is_a(mention.type, "Agent")
    if lost and is_thing and " " not in mention.name:
        return True  # "issued a warning (that …)", "on charges (of …)"
    if is_plain and rest and base(noun) == "obj" and not deps(noun, "det", "nmod:poss"):
        return True  # "claimed responsibility (for bombing the mill)"
    return (
        is_plain and noun.tag_ == "NNS" and not deps(noun, "det") and any(is_infinitive(c) for c in deps(noun, "acl"))
    )


def _lacks_its_clause(obj: Filler, verb: Token, clauses: Clauses) -> bool:
    """ "issued a statement (warning the miners)", "passed a law (that bans ferries)": a thing of one plain word, and what it says is
    lost.
    """
    noun, mention = obj
    if mention.kind != "nominal" or " " in mention.name or clauses.words.is_a(mention.type, "Agent"):
        return False
    telling = [c for c in deps(noun, "acl") if c.left_edge.i == noun.i + 1 or c.left_edge.lower_ == "that"]
    telling = [c for c in telling if not (c.left_edge.is_punct or c.left_edge.nbor(-1).is_punct)]
    return any(c.i != verb.i for c in telling)


def _is_mere_liking(told: Statement | Relation, obj: Filler, clauses: Clauses) -> bool:
    """ "dishes favored by tourists": to like a thing is not to back somebody or a cause."""
    words = clauses.words.words
    if _is_open(told) or not set(lemma_candidates(told.token)) & words["favoring_verbs"]:
        return False
    can_be_backed = any(clauses.words.is_a(obj[1].type, cls) for cls in ("Actor", "Event"))
    return not can_be_backed and lemma(obj[0]) not in words["backed_nouns"]


def _is_in_a_preposition(told: Statement | Relation, obj: Filler, clauses: Clauses) -> bool:
    """ "was placed in front of the gate", "flew in support of the fleet": the noun of such a preposition is no thing to be in."""
    noun = obj[0]
    of = any(case(c) == "of" for c in deps(noun, "nmod"))
    bare = not deps(noun, "det", "amod", "nmod:poss") and lemma(noun) in clauses.words.words["preposition_nouns"]
    return _is_open(told) and bare and of and case(noun) in {"in", "on", "at"}


def _tells_its_place(told: Statement | Relation, obj: Filler, clauses: Clauses) -> bool:
    """ "farms in the dry areas": that they lie in dry areas their name tells already, and of which areas it says nothing."""
    subject, place = told.subject[1], obj[1]
    if not isinstance(told, Relation) or not told.rule.startswith("place/") or "name" in {subject.kind, place.kind}:
        return False
    is_plain = place.chain not in clauses.index.chain_names and place.name == place.name.lower()
    return is_plain and f" {obj[0].lower_}" in subject.name.lower()


def _is_open(told: Statement | Relation) -> bool:
    return isinstance(told, Statement) and told.extractor == "open"


def _is_other(token: Token, mention: Mention, clauses: Clauses) -> bool:
    """ "Other ministers", "another mill", "such plans": which they are only the text before says; "of the fleet" tells enough."""
    words = clauses.words.words["contrasting_words"]
    if any(case(c) == "of" for c in deps(token, "nmod")):
        return False
    return mention.kind == "nominal" and any(c.lower_ in words for c in deps(token, "amod", "det") if c.i < token.i)


def _is_only_another(token: Token, mention: Mention, clauses: Clauses) -> bool:
    """ "took other steps", where nothing else describes them; "caught another rare disease" tells enough."""
    more = deps(token, "nmod", "acl", "compound", "nummod")
    more += [] if base(token) == "obj" else [token]
    return not more and len(deps(token, "amod", "det")) == 1 and _is_other(token, mention, clauses)


def _is_bare_amount(token: Token, mention: Mention, clauses: Clauses) -> bool:
    """ "Hundreds of thousands of farmers fled" where the name is "hundreds": it lacks of what."""
    known = clauses.words
    is_amount = lemma(token) in known.words["quantifier_nouns"] and lemma(token) not in known.nouns
    return is_amount and mention.name.casefold() == token.lower_ and bool(deps(token, "nmod"))


def _is_nobody_and_nothing(told: Statement | Relation) -> bool:
    """ "The issue was raised": that somebody unnamed did what no class of events is for, or did it to something that is nothing
    in particular. Half of such claims are wrong when read strictly; the reading says the same of the thing.
    """
    obj = told.object
    if told.subject[1].rule != "unnamed" or isinstance(obj, Value) or not isinstance(obj[1], Mention):
        return False
    if _is_only_known(*obj):
        return True  # "The report was published": which it is only the text before says
    return obj[1].kind == "nominal" and (_is_open(told) or obj[1].type == "Concept")


def _is_only_known(token: Token, mention: Mention) -> bool:
    """ "the report", "the article": a thing of one plain word that the text takes for known."""
    known = any(d.lower_ in _POINTING for d in deps(token, "det")) and token.sent.start > 0
    plain = mention.kind == "nominal" and mention.rule == "nominal" and " " not in mention.name
    return known and plain and mention.type not in {"Person", "Group"}


def _is_beside_what_is_said(told: Statement | Relation, obj: Filler) -> bool:
    """ "Chad vowed in a statement to pay", "In other news, Chad agreed to pay": an open claim on the circumstance of what the verb
    is about, which it leaves out.
    """
    verb = told.token
    beside = base(obj[0]) == "obl" and obj[0].head.i == verb.i
    return _is_open(told) and beside and bool(deps(verb, "ccomp", "xcomp"))


def _is_bidden(told: Statement | Relation, clauses: Clauses) -> bool:
    """ "Ali Sow was ordered to pay": that somebody bade him is told, for what he was to do hangs on him."""
    deontic = clauses.words.words["deontic_classes"]
    frame = told.frame if isinstance(told, Statement) else None
    return frame is not None and frame.trigger.target in deontic and told.subject[1].rule == "unnamed"


def _lacks_what_it_is_made(verb: Token, clauses: Clauses) -> bool:
    """ "made thrift her aim", "declared the flu a plague": two nominals side by side, of which neither was made or declared alone."""
    words = clauses.words.words
    if verb.pos_ != "VERB" or lemma(verb) not in words["naming_verbs"] | words["judging_verbs"]:
        return False
    objects = [c for c in deps(verb, "obj", "iobj", "xcomp", "obl") if c.i > verb.i and c.pos_ in {"NOUN", "PROPN"}]
    objects = [c for c in objects if not case(c) and c.ent_type_ not in {"DATE", "TIME"}]
    return any(a.right_edge.i + 1 == b.left_edge.i for a, b in itertools.pairwise(objects))


def _lacks_its_complement(verb: Token, clauses: Clauses) -> bool:
    """ "rated the firm among the best", "described it as a start", "forced them to go": of whom such a verb is said it says
    another thing without its last words.
    """
    if verb.pos_ != "VERB" or not set(lemma_candidates(verb)) & clauses.words.words["completed_verbs"]:
        return False
    behind = [c for c in deps(verb, "obl", "xcomp", "advcl") if c.i > verb.i]
    return any(
        base(c) == "xcomp" or is_infinitive(c) or case(c) in clauses.words.words["completing_preps"] for c in behind
    )
