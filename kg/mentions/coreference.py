"""What refers to what was named or told before: pronouns, nominals, titles and appositions join its chain, and are called as it is."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from kg.apart import cannot_name, cannot_stand_for, of_other_owners, tells_apart
from kg.definites import is_country_noun, is_other_country, join_children, join_definites, join_speakers
from kg.lexicon import Knowledge
from kg.mentions.index import MentionIndex, clusters_of, new_mention
from kg.mentions.names import sentence_number
from kg.model import Kind, Mention, Span
from kg.offices import Office, find_offices
from kg.syntax import (
    base,
    case,
    deps,
    deps_exact,
    lemma,
    noun_phrase,
)


def follow_coreference(index: MentionIndex) -> None:
    clusters = [sorted(spans, key=lambda s: s.start) for key, spans in clusters_of(index.doc)]
    alone = dict(index.by_token)
    if clusters:
        for cluster in clusters:
            _apply_cluster(index, cluster)
    else:
        _recency(index)
    for noun in list(of_other_owners(index)):
        index.by_token[noun.i] = alone[noun.i]
    _only_country(index)
    for noun, meant in join_definites(index):
        _link(index, noun, meant, "definite")
    for pronoun, meant in join_speakers(index):
        _link(index, pronoun, meant, "pronoun")
    for word, meant in join_children(index):
        _link(index, word, meant, "kin")
    _same_noun(index)


def _apply_cluster(index: MentionIndex, cluster: list[Words]) -> None:
    """Pronouns and nominals of a cluster take the chain of its nearest named (else first nominal) member before them."""
    heads = [head for span in cluster if not _is_ruled_out(head := span.root)]
    antecedent: Mention | None = None
    at: Token | None = None  # the antecedent's head
    other: Token | None = None  # the head of a nominal nearer than the antecedent that is another thing
    for head in heads:
        mention = index.at(head)
        if mention and mention.kind == "name" and _spans_whole(mention, head):
            antecedent, at, other = mention, head, None
        elif head.dep_ == "expl" or any(d.lower_ in _ANY for d in deps(head, "det")):
            continue  # "than any other country": none is meant that "the country" could be afterwards
        elif (head.lower_ == "those" and deps(head, "acl")) or (mention and mention.rule == "elided"):
            continue  # "those affected by the flood" are whoever was, and nobody named before
        elif head.pos_ == "PRON" and antecedent is not None and _agrees(head, antecedent, index):
            meant = antecedent if other is None else index.at(other) if other.sent == head.sent else None
            if meant is not None and not cannot_stand_for(head, meant, index):
                _link(index, head, meant, "pronoun")
        elif mention and mention.kind == "nominal" and mention.rule != "part":
            if antecedent is None or (antecedent.kind == "nominal" and _differ(mention, antecedent, index)):
                antecedent, at = mention, head
            elif _nominal_fits(mention, head, antecedent, index) and not (
                _coarguments(head, at)
                or _told_apart(head, at)
                or _of_others(head, at, index)
                or _is_another(head, at, index)
                or _is_picked(head)
                or _is_nearer_another(head, antecedent, index)
                or cannot_name(head, antecedent, index)
                or is_other_country(head, antecedent, index)
            ):
                _link(index, head, antecedent, "coreference")
                other = None
            elif _is_another(head, at, index):
                other = head
    if antecedent is not None:
        _cataphora(index, heads)


_ANY = frozenset({"any", "no", "every", "each"})


def _is_ruled_out(head: Token) -> bool:
    """ "The man shot was not Ali Sow": whom somebody is said not to be is not meant by the words for him."""
    said = head.head if head.dep_ == "appos" else head
    return bool(deps(said, "cop")) and any(t.lower_ in {"not", "n't", "n’t"} for t in deps(said, "advmod"))


def _coarguments(one: Token, other: Token | None) -> bool:
    """Whether two nominals are arguments of one verb: "the union criticized the government" is about two parties."""
    return other is not None and one.head.i == other.head.i and one.head.pos_ == "VERB"


def _told_apart(one: Token, other: Token | None) -> bool:
    """Whether two nominals say "of" different things: "the meeting of ministers" and "the meeting of envoys"."""
    mine, theirs = _complement(one), _complement(other) if other is not None else ""
    return bool(mine and theirs) and mine != theirs


def _of_others(one: Token, other: Token | None, index: MentionIndex) -> bool:
    """Whether two nominals name different owners: "the Chadian team" and "the Malian team", "the Oslo-based firm" and "Peru's"."""
    mine, theirs = _named_with(one, index), _named_with(other, index) if other is not None else set()
    return bool(mine and theirs) and not any(a in b or b in a for a in mine for b in theirs)


def _is_another(one: Token, other: Token | None, index: MentionIndex) -> bool:
    """Whether the same noun means another thing: "the strikes" are no "strike", "the election" is not "the previous election"."""
    if other is None or lemma(one) != lemma(other) or "PROPN" in {one.pos_, other.pos_}:
        return False
    words = index.knowledge.words
    apart = words["contrasting_words"] | words["sequence_words"]
    mine, theirs = ({lemma(c) for c in deps(t, "amod", "det")} for t in (one, other))
    return one.tag_ != other.tag_ or bool(theirs & apart - mine) or tells_apart(mine, theirs, words)


def _is_nearer_another(noun: Token, target: Mention, index: MentionIndex) -> bool:
    """Whether "this district" has another district named or described before it than the one that it is said to mean."""
    if not any(d.lower_ in {"this", "that"} for d in deps(noun, "det")):
        return False
    for token in reversed(index.doc[: noun.i]):
        mention = index.at(token) if token.lower_ == noun.lower_ else None
        if mention is not None:
            return mention.chain != target.chain
    return False


def _is_picked(noun: Token) -> bool:
    """ "the group whose robots won", "the body founded by Sow", "the battle to stay": what a clause picks out need not have
    been named before.
    """
    for clause in deps(noun, "acl"):
        first = clause.left_edge
        if first.i == noun.i + 1 and first.text != ",":
            whose = any(t.lower_ == "whose" for t in clause.doc[first.i : clause.i])
            done = clause.dep_ == "acl" and clause.tag_ == "VBN" and any(case(c) == "by" for c in deps(clause, "obl"))
            if whose or done or (clause.dep_ == "acl" and first.lower_ == "to"):
                return True
    return False


def _named_with(noun: Token, index: MentionIndex) -> set[str]:
    """The chains of the names that tell a nominal apart: those before it, also within "U.S.-led", and that of its "of" phrase."""
    before = [c for c in noun.children if base(c) in {"amod", "compound"} or c.dep_ == "nmod:poss"]
    inner = [c for participle in before if participle.tag_ == "VBN" for c in participle.children]
    after = [c for c in deps(noun, "nmod") if case(c) == "of"]
    mine = index.at(noun)
    found = {m.chain for c in (*before, *inner, *after) if (m := index.named_at(c)) is not None}
    return found - {mine.chain if mine is not None else ""}


def _complement(noun: Token) -> str:
    return next(
        (
            f"{lemma(c)} {' '.join(lemma(m) for m in deps(c, 'amod', 'compound'))}"
            for c in deps(noun, "nmod")
            if case(c) == "of"
        ),
        "",
    )


def join_predicated(index: MentionIndex) -> None:
    """ "Ana Sow is a professor at Harbour College": what is told of the professor is told of her. So it is of "a condition" that is
    apposed to its name.
    """
    for token in index.doc:
        mention = index.at(token)
        single = token.tag_ == "NN" and any(d.lower_ in {"a", "an"} for d in deps(token, "det"))
        if mention is None or mention.rule != "nominal" or not single:
            continue
        subjects = deps_exact(token, "nsubj") if deps(token, "cop") else []
        if base(token) == "appos" and token.head.i < token.i and token.head.pos_ in {"NOUN", "PROPN"}:
            subjects = [token.head]
        target = index.at(subjects[0]) if len(subjects) == 1 else None
        unsure = [c for c in deps(token, "aux", "advmod", "cc") if c.i < token.i and c.lower_ not in _PLAIN_AUXILIARIES]
        if target is None or unsure or deps(subjects[0], "conj") or target.chain == mention.chain:
            continue
        if target.kind == "pronoun" and target.chain not in index.chain_names:
            continue
        known = index.knowledge
        alike = known.is_a(mention.type, target.type) or known.is_a(target.type, mention.type)
        if alike or mention.type == "Concept":
            _link(index, token, target, "copula")


_PLAIN_AUXILIARIES = frozenset("has have had also still now already".split())


def call_fully(index: MentionIndex) -> None:
    """ "A deal was near. … They signed the ferry deal.": what is first called by one word alone is known by the words that say
    which, where its article has them later; "people" by any that say more, as "the rescued sailors".
    """
    chains: dict[str, list[int]] = {}
    for i, label in index.labels.items():
        mention = index.by_token.get(i)
        if mention is not None and mention.kind == "nominal" and mention.chain not in index.chain_names and label:
            chains.setdefault(mention.chain, []).append(i)
    for chain, members in chains.items():
        name = index.by_token[members[0]].name
        is_anybody = name.casefold() in index.knowledge.words["mere_people"]
        longer = [
            index.labels[i]
            for i in members
            if (is_anybody or index.doc[i].lower_ == name.casefold())
            and 1 < len(index.labels[i].split()) <= _LONGEST_NAME
        ]
        if " " in name or not longer:
            continue
        best = max(longer, key=lambda label: len(label.split()))
        for i, mention in index.by_token.items():
            if mention.chain == chain:
                index.by_token[i] = replace(mention, name=best)


_LONGEST_NAME = 8  # words


def name_owned(index: MentionIndex) -> None:
    """ "Norland's plan", "the miners' camps in Lima", "her father": whose a thing is belongs to its name where a noun tells it, and
    whose relative somebody is however it is told. What every state has one of gets its owner from the whole article (`kg.whose`).
    """
    known = index.knowledge
    names: dict[str, str] = {}
    for token in index.doc:
        mention = index.at(token)
        if mention is None or mention.rule != "nominal":
            continue
        is_body = known.is_a(mention.type, "Organization")
        if is_body and (" " not in mention.name or mention.name.casefold() in known.state_bodies):
            continue
        owners = deps(token, "nmod:poss")
        told = {m.id for t in owners if (m := index.at(t)) is not None}  # a name may be parsed word by word
        owner = index.at(owners[0]) if len(told) == 1 and not deps(owners[0], "conj") else None
        bare = " " not in mention.name or _is_ranked(token, known)
        if owner is None or owner.chain == mention.chain:
            continue
        is_told = owner.kind == "nominal" and len(owner.name.split()) <= _LONGEST_OWNER
        if owner.chain not in index.chain_names and not is_told:
            continue
        if any(t.text != t.lower_ for t in (token, *deps(token, "compound", "amod", "flat"))):
            continue  # "Norland's Velm region" has a name that says which
        near = (bare or is_told) and (owners[0].pos_ != "PRON" or _is_told_before(owners[0], owner, index))
        can_tell = owner.kind == "name" or lemma(token) in known.kin or near
        if can_tell and owners[0].i < token.i and not (owner.kind == "name" and owner.rule == "demonym"):
            ending = "'" if owner.name.endswith("s") else "'s"
            names.setdefault(mention.chain, f"{owner.name}{ending} {mention.name}")
    rename(index, names)


def _is_ranked(noun: Token, known: Knowledge) -> bool:
    """ "Norvik's first ferry" is no first ferry of all."""
    ranks = known.words["superlatives"]
    return any(c.i < noun.i and (c.tag_ == "JJS" or lemma(c) in ranks) for c in deps(noun, "amod"))


def rename(index: MentionIndex, names: Mapping[str, str]) -> None:
    """Give chains other names."""
    for i, mention in index.by_token.items():
        if mention.chain in names:
            index.by_token[i] = replace(mention, name=names[mention.chain])


_LONGEST_OWNER = 5  # words


def _is_told_before(pronoun: Token, owner: Mention, index: MentionIndex) -> bool:
    """Whether a sentence names before a pronoun whom it stands for: "Ana Ruiz defended her record"."""
    before = index.doc[pronoun.sent.start : pronoun.i]
    return any((m := index.at(t)) is not None and m.chain == owner.chain for t in before)


def _cataphora(index: MentionIndex, heads: list[Token]) -> None:
    """A pronoun before its name in the same sentence: "After his visit, Kim left"."""
    for here, after in itertools.pairwise(heads):
        target = index.at(after)
        if (
            here.pos_ == "PRON"
            and here.i not in index.by_token
            and target
            and target.kind == "name"
            and here.sent == after.sent
            and not cannot_stand_for(here, target, index)
        ):
            _link(index, here, target, "pronoun")


def _spans_whole(mention: Mention, head: Token) -> bool:
    return mention.span.start <= head.idx < mention.span.end


def _link(index: MentionIndex, head: Token, target: Mention, rule: str) -> None:
    words = noun_phrase(head) if head.pos_ != "PRON" else head.doc[head.i : head.i + 1]
    span = Span(words.start_char, words.end_char)
    kind: Kind = "pronoun" if head.pos_ == "PRON" else "nominal"
    index.by_token[head.i] = new_mention(index.article, span, target.name, target.type, target.chain, kind, rule)


def link_speaker(index: MentionIndex, pronoun: Token, speaker: Mention) -> None:
    """Let a pronoun of a quotation stand for who speaks there."""
    _link(index, pronoun, speaker, "pronoun")


def _agrees(pronoun: Token, target: Mention, index: MentionIndex) -> bool:
    word = pronoun.lower_
    is_person, words = target.type == "Person", index.knowledge.words
    if word in words["person_pronouns"] | words["first_singular"]:
        return is_person
    if word in words["thing_pronouns"]:
        return not is_person and target.type != "Group"
    if word in words["group_pronouns"]:
        return not is_person
    return word not in words["second_person"]


def _differ(one: Mention, other: Mention, index: MentionIndex) -> bool:
    known = index.knowledge
    return not (known.is_a(one.type, other.type) or known.is_a(other.type, one.type))


def _nominal_fits(mention: Mention, head: Token, target: Mention, index: MentionIndex) -> bool:
    """A nominal joins a chain only where classes agree: "the company" is not a person, an event not a country."""
    known = index.knowledge
    if mention.type == "Concept" or target.type == "Concept":
        return target.kind == "nominal" and index.heads.get(mention.chain) == index.heads.get(target.chain)
    if mention.type == "Country" and target.type not in {"Country", "Region"}:
        return False  # "the country" is no river
    if target.type in {"Country", "City", "Place", "Region"}:
        if any((m := index.at(c)) is not None and m.type == "Group" for c in deps(head, "nmod:poss")):
            return False  # the country of a team is not the one that the story is about
        return known.is_a(mention.type, "Place") or mention.type == "Government"
    if target.type == "Person" and _foreign(head, target, index):
        return False
    owners = [m.chain for c in deps(head, "nmod:poss") if (m := index.at(c)) is not None]
    if not deps(head, "det", "nmod:poss") or target.chain in owners:
        return False  # "his daughter" is not himself
    if any(d.lower_ in {"a", "an", "another", "some", "any"} for d in deps(head, "det")):
        return False
    if target.type == "MediaOutlet" and lemma(head) in known.words["outlet_nouns"]:
        return True  # "the paper" that interviewed somebody is no report
    return known.is_a(mention.type, target.type) or known.is_a(target.type, mention.type)


def _foreign(head: Token, person: Mention, index: MentionIndex) -> bool:
    """Whether the nominal names another country than the one that introduces the person ("the Russian minister")."""
    mine = {m.chain for c in head.children if (m := index.at(c)) is not None and m.type == "Country"}
    if not mine:
        return False
    theirs = index.states_of.get(person.chain, frozenset())
    return not mine & theirs


def _only_country(index: MentionIndex) -> None:
    """ "the country" that no chain has is the one country that the article names, where it names but one."""
    states = {m.chain: m for n in index.names if (m := index.by_token[n.start]).type == "Country"}
    if len(states) != 1:
        return
    first = min(n.start for n in index.names if index.by_token[n.start].type == "Country")
    for token in index.doc[first + 1 :]:
        mention = index.at(token)
        is_plain = mention is not None and mention.rule == "nominal" and lemma(token) in {"country", "nation"}
        if is_plain and [c.lower_ for c in token.children if base(c) != "case"] == ["the"]:
            _link(index, token, next(iter(states.values())), "coreference")


def _same_noun(index: MentionIndex) -> None:
    """ "a parade … the parade": a definite nominal with the head of an earlier one, without a modifier that tells them apart."""
    seen: dict[str, list[tuple[Token, Mention]]] = {}
    for token in index.doc:
        mention = index.at(token)
        if mention is None or mention.kind != "nominal" or mention.rule != "nominal":
            continue
        if any(d.lower_ in _ANY for d in deps(token, "det")) or is_country_noun(token):
            continue
        earlier = seen.setdefault(lemma(token), [])
        match = _last_same(token, earlier, index)
        if match is not None:
            index.by_token[token.i] = replace(
                mention, name=match.name, chain=match.chain, type=match.type, rule="same-noun"
            )
            mention = index.by_token[token.i]
        earlier.append((token, mention))


def _last_same(token: Token, earlier: list[tuple[Token, Mention]], index: MentionIndex) -> Mention | None:
    """The nearest thing of the same noun that a nominal can mean: after "one bridge, another bridge" it may be either."""
    words = index.knowledge.words
    for other, mention in reversed(earlier):
        if _same_thing(token, other, index):
            return mention
        if {lemma(c) for c in deps(other, "amod", "det")} & words["words_of_more"]:
            return None
    return None


def _same_thing(later: Token, earlier: Token, index: MentionIndex) -> bool:
    definite = any(d.lower_ in {"the", "this", "that", "these", "those"} for d in deps(later, "det"))
    if not definite and not deps(later, "nmod:poss"):
        return False
    if later.tag_ != earlier.tag_ or _is_another(later, earlier, index):
        return False
    if _of_others(later, earlier, index) or _is_picked(later):
        return False
    mine, theirs = _modifiers(later, index), _modifiers(earlier, index)
    return mine <= theirs if definite else mine == theirs and bool(mine)


def _modifiers(token: Token, index: MentionIndex) -> set[str]:
    """What tells a nominal apart: its adjectives, compounds, owner and number, and those of its "of" and "from" phrases; of "her
    seat" whom "her" stands for.
    """
    found = {lemma(c) for c in deps(token, "amod", "compound", "nmod:poss", "nummod") if c.pos_ != "PRON"}
    for pronoun in (c for c in deps(token, "nmod:poss") if c.pos_ == "PRON"):
        owner = index.at(pronoun)
        found.add(lemma(pronoun) if owner is None else owner.chain)
    for child in token.children:
        if child.dep_ == "nmod" and case(child) in {"of", "from", "to", "with", "between"}:
            found |= {lemma(child), *(lemma(c) for c in deps(child, "amod", "compound", "nmod:poss"))}
    return found


def join_titles(index: MentionIndex) -> None:
    """ "North Korea's leader" and "the Russian defense minister" are the person that the article gives that office."""
    offices: dict[tuple[str, str], Mention | None] = {}
    leading = index.knowledge.words["leading_offices"]
    fields: dict[str, frozenset[str]] = {}  # the words of all titles of a person
    for office in find_offices(index):
        _absorb(index, office)
        states = {owner.chain for _, owner in office.owners if owner.type == "Country"}
        index.states_of[office.person.chain] = index.states_of.get(office.person.chain, frozenset()) | states
        known = offices.get((office.head, ""), office.person)
        offices[office.head, ""] = office.person if known and known.chain == office.person.chain else None
        fields[office.person.chain] = fields.get(office.person.chain, frozenset()) | set(office.title.lower().split())
        leads = office.title.casefold() in leading and not office.former and not office.incoming
        for head, (_, holder) in itertools.product((office.head, *(["leader"] if leads else [])), office.owners):
            key = (head, holder.chain)
            known = offices.get(key, office.person)
            offices[key] = office.person if known and known.chain == office.person.chain else None
    for token in index.doc:
        mention = index.at(token)
        if mention is None or mention.kind != "nominal" or mention.rule != "nominal" or token.tag_ in {"NNS", "NNPS"}:
            continue
        if lemma(token) not in index.knowledge.titles:
            continue
        owner: Mention | None = _owner(token, index)
        definite = any(d.lower_ == "the" for d in deps(token, "det"))
        plain = definite and not deps(token, "nmod", "acl")
        person = offices.get((lemma(token), owner.chain if owner else "")) if owner or plain else None
        if person is not None and not owner:  # "the foreign minister" is one whose title says "foreign"
            said = {part.lower_ for part in deps(token, "amod", "compound")}
            person = person if said <= fields[person.chain] else None
        if person is not None and not any(d.lower_ in {"a", "an"} for d in deps(token, "det")):
            _link(index, token, person, "title")


def _absorb(index: MentionIndex, office: Office) -> None:
    """The title words of "Defense Minister Sow" speak of Sow, whichever of them the parse takes for the head."""
    for i in range(office.start, office.end):
        mention = index.by_token.get(i)
        if mention is not None and mention.kind == "nominal":
            _link(index, index.doc[i], office.person, "title")


def join_appositions(index: MentionIndex) -> None:
    """ "Ali Sow, the country's 39-year-old ruler, …": a person and the noun apposed to the name are one."""
    for token in index.doc:
        mention = index.at(token)
        if mention is None or mention.kind != "nominal":
            continue
        if mention.type != "Person":
            _join_name_of(token, mention, index)
            _join_name_after(token, index)
            _join_name_before(token, mention, index)
            continue
        others = [*deps(token, "appos"), *([token.head] if base(token) == "appos" else [])]
        if token.i + 1 < len(index.doc):
            others.append(index.doc[token.i + 1])  # "his sister Ana"
        named = [m for o in others if (m := index.named_at(o)) is not None and m.type == "Person"]
        if named:
            _link(index, token, named[0], "apposition")


def _join_name_after(noun: Token, index: MentionIndex) -> None:
    """ "The frigate Orage", "the plant Norland Steel": a name right after its noun, without a comma, is the same thing."""
    after = index.doc[noun.i + 1] if noun.i + 1 < len(index.doc) else None
    if after is not None and after.text == "," and _presents(noun, index):
        after = after.nbor()
    name = index.named_at(after) if after is not None else None
    if after is None or name is None or name.rule == "demonym" or noun.tag_ == "NNS":
        return
    mine = index.at(noun)
    if name.type == "Person" and (mine is None or mine.type != "Concept" or after.i != noun.i + 1):
        return  # "his Mexican counterpart Ana Ruiz"
    heads = [t for t in (after, *after.ancestors) if index.named_at(t) is name]
    if base(heads[-1]) in {"appos", "flat"} and heads[-1].head.i == noun.i:
        _link(index, noun, name, "apposition")


def _join_name_of(noun: Token, mention: Mention, index: MentionIndex) -> None:
    """ "the city of Velm", "the Iraqi city of Mosul", "the island nation of Samoa": a place and its name are one."""
    words = index.knowledge.words
    if noun.tag_ != "NN" or deps(noun, "conj"):
        return
    modifiers = deps(noun, "amod", "compound", "nmod:poss")
    if any(_is_apart(c, index) for c in modifiers):
        return
    inner = [c for c in deps(noun, "nmod") if case(c) == "of"]
    name = index.named_at(inner[0]) if len(inner) == 1 else None
    if name is None or name.rule == "demonym" or deps(inner[0], "conj", "nmod:poss") or inner[0].i - noun.i > 4:
        return
    kinds = words["nouns_of_states"] if name.type == "Country" else words["places_of_names"]
    if lemma(noun) not in kinds or not any(d.lower_ == "the" for d in deps(noun, "det")):
        return  # "the province of Chad" is one of several
    if index.knowledge.is_a(name.type, "Place") and index.doc[noun.i + 1].lower_ == "of":
        _link(index, noun, name, "apposition")


def _is_apart(modifier: Token, index: MentionIndex) -> bool:
    """Whether a modifier tells a part or another place from the one that is named: "the old city of Velm", "the Oslo district of"."""
    named = index.named_at(modifier)
    if modifier.dep_ == "nmod:poss" or modifier.lower_ in index.knowledge.words["parts_apart"]:
        return True
    return named is not None and named.rule != "demonym" and modifier.dep_ != "amod"


def _presents(noun: Token, index: MentionIndex) -> bool:
    """ "The prototype ferry, Orla, was moved": a definite noun and the one name between commas after it, of the same kind."""
    # of papers that save the article: "U.S. drug giant, Norvik, said"
    saved = noun.tag_ == "NN" and noun.left_edge.i == noun.sent.start and bool(deps(noun, "amod", "compound"))
    definite = any(d.lower_ == "the" for d in deps(noun, "det")) or bool(deps(noun, "nmod:poss")) or saved
    apposed = [c for c in deps(noun, "appos") if c.i > noun.i]
    names = {m.id: m for c in apposed if (m := index.named_at(c)) is not None}
    mine, name = index.at(noun), next(iter(names.values()), None)
    if not definite or mine is None or name is None or len(names) > 1 or deps(noun, "conj", "nmod", "acl"):
        return False
    if any(deps(c, "conj") for c in apposed):
        return False
    known = index.knowledge
    if saved and mine.type in {"Concept", "Group"}:
        return known.is_a(name.type, "Organization")
    return known.is_a(mine.type, name.type) or known.is_a(name.type, mine.type)


def _join_name_before(noun: Token, mention: Mention, index: MentionIndex) -> None:
    """ "Task Force 5, a unit of the Northern Command, …": a body and the noun apposed to its name are one."""
    name = index.named_at(noun.head) if base(noun) == "appos" else None
    if name is None or name.rule == "demonym" or noun.tag_ == "NNS" or deps(noun, "conj", "cc"):
        return
    between = index.doc[noun.head.i + 1 : noun.left_edge.i]
    if any(index.named_at(t) not in {None, name} for t in between):
        return  # "Harbour Bank bid for Norland Steel, a mill in Lima": the nearer name may be the one that is meant
    known = index.knowledge
    is_body = mention.type == "Group" or known.is_a(mention.type, "Organization")
    if is_body and known.is_a(name.type, "Organization") and not known.excludes(mention.type, name.type):
        _link(index, noun, name, "apposition")


def _owner(token: Token, index: MentionIndex) -> Mention | None:
    for child in sorted(token.children, key=lambda c: c.i):
        mention = index.at(child)
        if mention and (
            child.dep_ in {"nmod:poss", "amod", "compound"} or (child.dep_ == "nmod" and case(child) == "of")
        ):
            return mention
    return None


def _recency(index: MentionIndex) -> None:
    """Without a coreference model: a pronoun is the last fitting subject, else the last fitting mention before it."""
    recent: list[tuple[Token, Mention]] = []
    words = index.knowledge.words
    pronouns = words["person_pronouns"] | words["thing_pronouns"] | words["group_pronouns"]
    for token in index.doc:
        mention = index.at(token)
        if mention is not None:
            if not recent or recent[-1][1] is not mention:
                recent.append((token, mention))
            continue
        if token.pos_ == "PRON" and token.lower_ in pronouns:
            fitting = [(t, m) for t, m in recent[-25:] if m.kind != "nominal" or m.type != "Concept"]
            fitting = [
                (t, m) for t, m in fitting if _agrees(token, m, index) and _sentence_distance(index.doc, t, token) <= 2
            ]
            if fitting:
                target = max(
                    fitting, key=lambda tm: (sentence_number(index.doc, tm[0].i), base(tm[0]) == "nsubj", -tm[0].i)
                )
                _link(index, token, target[1], "recency")


def _sentence_distance(doc: Doc, one: Token, other: Token) -> int:
    return sentence_number(doc, other.i) - sentence_number(doc, one.i)
