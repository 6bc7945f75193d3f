"""Which person holds which office, as names are introduced: "Russian Defense Minister Sergei Shoigu", "Li, head of X".

Comes in: the mentions of one article. Goes out: one `Office` per introduction. Relations become claims in
`kg.extract.relations`; `kg.mentions` uses the same reading to resolve "the Russian defense minister" later on.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.lexicon import Title
from kg.model import Mention
from kg.syntax import CLAUSAL, base, case, coordinated, deps, deps_exact, lemma, noun_phrase

if TYPE_CHECKING:
    from kg.mentions import MentionIndex


@dataclass(frozen=True, slots=True)
class Office:
    """An introduction of a person with an office.

    `title` is the office as the text has it without its country ("Defense Minister"), `head` the lemma of its last noun,
    `owners` the countries and organisations named with it, `start` and `end` the token range of the words.
    """

    person: Mention
    person_token: Token
    title: str
    head: str
    start: int
    end: int
    owners: tuple[tuple[Token, Mention], ...]
    entry: Title | None
    former: bool
    rule: str
    incoming: bool = False


def find_offices(index: MentionIndex) -> list[Office]:
    """All introductions of people with an office, in text order, one per person and words."""
    found: dict[tuple[str, str, int], Office] = {}
    for name in index.names:
        person = index.by_token.get(name.start)
        if person is None or person.type != "Person" or person.name.casefold() in index.knowledge.by_country_name:
            continue  # a state that the pipeline took for a person holds no office
        readings = (
            *_before(index, name.start, person),
            *_apposed(index, name.start, name.end, person),
            *_between_commas(index, name.start, name.end, person),
        )
        taken: set[int] = set()
        for office in readings:
            if office.start not in taken:
                taken.update(range(office.start, office.end))
                found.setdefault((person.id, office.title.casefold(), office.start), office)
    return sorted(found.values(), key=lambda o: (o.start, o.person.id))


def _before(index: MentionIndex, start: int, person: Mention) -> Iterator[Office]:
    """Title words directly before the name: "South Korea's Defense Minister Shin"."""
    doc = index.doc
    owner = index.named_at(doc[start - 1]) if start else None
    if owner is not None and owner.type != "Person":
        yield from _of_owner(index, start, person, owner)
    left = start - _lexical_title(index, start)
    while left > 0 and start - left < 12 and _can_precede(doc[left - 1], index):
        left -= 1
    words = list(doc[left:start])
    while words and words[-1].is_punct:
        words.pop()
    owners: list[tuple[Token, Mention]] = []
    title_start = left
    for token in words:
        mention = index.named_at(token)
        if is_stance(token, index) or _joins_participle(token):
            title_start = token.i + 1
        elif mention is not None and mention.type != "Person":
            if not owners or owners[-1][1].id != mention.id:
                owners.append((token, mention))
            title_start = token.i + 1
        elif token.lower_ in {"'s", "’s", "'", "’"}:
            title_start = token.i + 1
    if title_start > 1 and doc[title_start - 1].lower_ in {"of", "for"}:
        if lemma(doc[title_start - 2]) in index.knowledge.titles and title_start < start:
            title_start -= 2  # "Undersecretary for Education Mr. Sow"
    if words and _is_of_another(words[-1], start, person, index):
        return
    end = words[-1].i + 1 if words else start
    second = _second_title(index, title_start, end)
    if second:
        yield from _office(index, person, start, second, end, (), "title-before")
    known = index.knowledge.words
    over = any(t.lower_ in known["former_words"] for t in words)  # "deposed Chadian leader Ali Sow"
    incoming = any(t.lower_ in known["future_words"] for t in words)
    for office in _office(index, person, start, title_start, second or end, tuple(owners), "title-before"):
        yield replace(office, former=office.former or over, incoming=incoming)


def _is_of_another(noun: Token, start: int, person: Mention, index: MentionIndex) -> bool:
    """ "told reporters Sow had left": a plural before a name that the parse does not join to it is no title of his."""
    if noun.tag_ != "NNS" or not noun.text.islower():
        return False
    name = [t for t in index.doc[start : start + 6] if index.by_token.get(t.i) is person]
    inside = {t.i for t in name}
    above = {t.head.i for t in name} - inside
    return noun.head.pos_ in CLAUSAL and noun.head.i not in inside | above and noun.i not in above


def _second_title(index: MentionIndex, start: int, end: int) -> int:
    """Where a rank begins after an office: "police director General Sow" is both, a "Director General" one; 0 where nowhere."""
    titles = index.knowledge.titles
    for one, other in itertools.pairwise(index.doc[start:end]):
        if one.text.islower() and lemma(one) in titles and other.text.istitle() and other.lower_ in titles:
            return other.i
    return 0


def _of_owner(index: MentionIndex, start: int, person: Mention, owner: Mention) -> Iterator[Office]:
    """ "Governor of Washington Ana Sow": the title, its place, the name."""
    doc = index.doc
    first = start - 1
    while first > 0 and index.by_token.get(first - 1) is owner:
        first -= 1
    if (long := _opening_title(index, first, start)) is not None:
        for office in _office(index, person, start, *long, "title-of"):
            directly = (
                office.owners and office.owners[0][0].i - office.end < _NEAR
            )  # who heads a chapter heads no union
            yield office if directly else replace(office, entry=None)
        return
    if first >= 2 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in index.knowledge.titles:
        yield from _office(index, person, start, first - 2, first - 1, ((doc[first], owner),), "title-of")


def _opening_title(
    index: MentionIndex, last: int, start: int
) -> tuple[int, int, tuple[tuple[Token, Mention], ...]] | None:
    """ "Executive director of the Lima chapter of the Red Cross Ana Sow said": a title with phrases of its own that opens the
    sentence and ends in a name of a body or a place, `last`, right before the person's; its words and whose it is.
    """
    doc = index.doc
    opening = doc[start].sent.start
    while opening < last and doc[opening].is_space:
        opening += 1
    words = doc[opening:last]
    if start - opening > _LONGEST_TITLE or any(t.pos_ not in _TITLE_PARTS for t in words):
        return None
    head = next((t for t in words if t.i + 1 < last and doc[t.i + 1].lower_ in {"of", "for", "at"}), None)
    if head is None or any(t.pos_ == "ADP" for t in doc[opening : head.i]):
        return None
    if head.lower_ not in index.knowledge.titles and head.ent_type_ != "TITLE":
        return None
    named = [(t, m) for t in doc[head.i + 1 : start] if (m := index.named_at(t)) is not None]
    bodies = [f for f in named if index.knowledge.is_a(f[1].type, "Organization")]
    behind_of = doc[last - 1].lower_ == "of" or doc[last - 2].lower_ == "of"
    owners = bodies or (named[-1:] if behind_of else [])
    if not owners:
        return None  # "Minister for the Middle East" is the whole title
    return opening, head.i + 1, tuple(owners[:1])


_LONGEST_TITLE = 16
_NEAR = 3  # "of the" between a title and whose it is
_TITLE_PARTS = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "DET", "PART", "PUNCT"})


def _lexical_title(index: MentionIndex, start: int) -> int:
    """How many tokens before a name are a title of the lexicon with a preposition inside: "Secretary of State"."""
    for size in range(min(6, start), 2, -1):
        words = index.doc[start - size : start].text.casefold()
        if words in index.knowledge.titles:
            return size
    return 0


def _can_precede(token: Token, index: MentionIndex) -> bool:
    if token.ent_type_ in {"DATE", "TIME"}:
        return False  # "said last week President Sow is ill"
    if token.lower_ in index.knowledge.words["former_words"] and token.is_sent_start:
        return True
    if token.is_space or (token.is_sent_start and token.pos_ not in {"NOUN", "PROPN", "ADJ"}):
        return False
    mention = index.named_at(token)
    if mention is not None:
        before = token.nbor(-1).lower_ if token.i else ""
        in_phrase = mention.rule != "demonym" and (
            before in {"in", "at"} or any(c.pos_ == "ADP" and c.i < token.i for c in deps(token, "case"))
        )
        return mention.type != "Person" and not in_phrase  # "while in Turkey Minister Sow met …"
    if token.lower_ in {"'s", "’s"} or token.text in {"-", "–"}:
        return True
    if token.lower_ in index.knowledge.words["former_words"]:
        return True
    if token.text == "." or (token.i + 1 < len(token.doc) and token.nbor().is_sent_start):
        return False
    return token.pos_ in {"NOUN", "PROPN", "ADJ"} or (
        token.tag_ in {"VBG", "VBN"} and token.dep_ in {"amod", "compound"}
    )


def _office(
    index: MentionIndex,
    person: Mention,
    person_i: int,
    start: int,
    end: int,
    owners: tuple[tuple[Token, Mention], ...],
    rule: str,
) -> Iterator[Office]:
    words = [t for t in index.doc[start:end] if not t.is_space]
    known = index.knowledge.words
    former = any(t.lower_ in known["former_words"] for t in [*words, *index.doc[end : end + 1]])  # "professor emeritus"
    dropped = known["honorifics"] | known["former_words"] | known["future_words"] | {"the", "a", "an"}
    words = [t for t in words if t.lower_ not in dropped or _closes_office(t, index)]
    named = (t.i for t in words if index.named_at(t) is not None and not _is_title(t.i, words[-1], index))
    first_own = max(named, default=-1) + 1  # "former Housing Committee chairman" is a chairman
    words = [t for t in words if t.i >= first_own]
    while words and (words[0].is_punct or words[0].tag_ == "POS"):
        words.pop(0)
    entry, size = _known_title(words, index)
    if not words or size == 0:
        return
    chosen = words if len(words) <= size + 2 else words[-size - 1 :]
    first = chosen[0]
    if len(chosen) < len(words) and lemma(first) in known["camp_nouns"]:
        chosen = words[-size:]  # "councillor" of a "pro-peace camp councillor"
    elif first.i and first.nbor(-1).text in {"-", "–"} and not first.nbor(-1).whitespace_:
        chosen = words[-size:]  # not from the middle of "pro-democracy"
    while len(chosen) > 1 and (chosen[0].lower_ in known["title_counters"] or chosen[0].pos_ == "NUM"):
        chosen = chosen[1:]  # "two other ministers, Ana Ruiz and Ben Lo", "its fourth new director, Ana Ruiz"
    text = "".join(t.text_with_ws for t in chosen).strip(" -")
    if chosen[-1].tag_ == "NNS" and chosen[-1].text.islower():
        text = text.removesuffix(chosen[-1].text) + lemma(
            chosen[-1]
        )  # each of "councillors Ana Ruiz and Ben Lo" is one
    doc = index.doc
    if person.text.casefold() in text.casefold():
        return  # "a Politburo member" does not introduce somebody called Politburo
    yield Office(person, doc[person_i], text, lemma(words[-1]), start, end, owners, entry, former, rule)


def _closes_office(word: Token, index: MentionIndex) -> bool:
    """Whether an honorific is the end of an office: the "Lady" of "First Lady Ana Sow"."""
    return word.i > 0 and f"{word.nbor(-1).lower_} {word.lower_}" in index.knowledge.titles


def _known_title(words: list[Token], index: MentionIndex) -> tuple[Title | None, int]:
    """The lexicon's title that the words end in, and how many words it has; a person noun counts as a title of one word."""
    known = index.knowledge
    for size in range(min(5, len(words)), 0, -1):
        entry = known.titles.get("".join(t.text_with_ws for t in words[-size:]).strip().casefold())
        if entry is not None:
            return entry, size
    last = lemma(words[-1]) if words else ""
    if last in known.words["employment_heads"]:
        return None, 1
    # a title that the lexicon lacks but the pipeline knows by its place before a name
    size = next((i for i, t in enumerate(reversed(words)) if t.ent_type_ != "TITLE"), len(words))
    return None, size


def _apposed(index: MentionIndex, start: int, end: int, person: Mention) -> Iterator[Office]:
    """Title phrases in apposition, on either side: "the president of Chad, Ali Sow", "Ali Sow, president of Chad"."""
    doc = index.doc
    heads = {t for t in doc[start:end] if t.head.i < start or t.head.i >= end or t.head.i == t.i}
    for name_head in sorted(heads, key=lambda t: t.i):
        for noun in _appositives(name_head):
            if index.named_at(noun) is None and not _introduces_another(noun, index, person):
                yield from _from_phrase(index, person, start, noun)


def _between_commas(index: MentionIndex, start: int, end: int, person: Mention) -> Iterator[Office]:
    """ "The foreign minister of Mali, Ali Sow, said": the comma shows the apposition where the parse missed it."""
    doc = index.doc
    if start < 3 or doc[start - 1].text != "," or (end < len(doc) and doc[end].text not in {",", ".", ";"}):
        return
    i = start - 2
    while i >= 0 and start - i < 12 and (doc[i].pos_ in _TITLE_PARTS - {"PUNCT"} or doc[i].text in {"-", "–"}):
        i -= 1
    if not (doc[i + 1].lower_ in {"the", "its", "a", "an"} or doc[i + 1].is_sent_start):
        return
    for noun in doc[i + 1 : start - 1]:
        if (noun.pos_ == "NOUN" and index.named_at(noun) is None and not deps(noun, "compound")) or lemma(
            noun
        ) in index.knowledge.titles:
            found = list(_from_phrase(index, person, start, noun))
            yield from found
            if found:
                return


def _appositives(name_head: Token) -> list[Token]:
    found = [t for c in apposed_to(name_head) for t in coordinated(c)]
    found += [c for c in deps(name_head, "appos") if c.i < name_head.i]  # "Union envoy for Chad, Ana Sow said"
    # "the health minister, A, and the president, B": a conjunct with a name of its own is that person's office
    found = [t for t in found if base(t) != "conj" or not deps(t, "appos", "flat")]
    if base(name_head) == "appos" and name_head.head.pos_ in {"NOUN", "PROPN"}:
        head = name_head.head
        shared = any(head.i < c.i < name_head.i for c in deps(head, "conj", "cc"))
        found += [] if shared else [head]
    if base(name_head) in {"flat", "compound"} and name_head.head.pos_ in {"NOUN", "PROPN"}:
        found += [name_head.head]
    # "Special Envoy of the Union for Chad Ana Sow": a title with phrases of its own before the name
    between = [(t, name_head.doc[t.i + 1 : name_head.i]) for t in deps_exact(name_head, "nmod:desc")]
    found += [t for t, words in between if any(w.pos_ == "ADP" for w in words)]
    return [t for t in found if t.pos_ in {"NOUN", "PROPN"} and t.i != name_head.i and not case(t)]


def _introduces_another(noun: Token, index: MentionIndex, person: Mention) -> bool:
    """ "the singer Ana Ruiz, driver Ben Lo": a title right before the next name is of who bears that name."""
    after = index.named_at(noun.nbor()) if noun.i + 1 < len(noun.doc) else None
    return after is not None and after.type == "Person" and after.id != person.id


def _from_phrase(index: MentionIndex, person: Mention, person_i: int, noun: Token) -> Iterator[Office]:
    owners = owners_of(noun, index)
    inner = [t for c in deps(noun, "compound", "amod") for t in c.subtree if c.i < noun.i]
    inner = [t for t in inner if index.named_at(t) is None and t.i < noun.i]
    start = min((t.i for t in [*inner, *_title_entity(noun)]), default=noun.i)
    # "a Chadian Politburo member": a title that begins with a name of its own
    known = (c.i for c in deps(noun, "compound") if _is_title(c.i, noun, index))
    start = min(start, *known, noun.i)
    while start < noun.i and index.named_at(index.doc[start]) is not None and not _is_title(start, noun, index):
        start += 1
    for office in _office(index, person, person_i, start, noun.i + 1, owners, "apposition"):
        title = office.title + _title_tail(noun, index)
        entry = index.knowledge.titles.get(title.casefold(), office.entry)
        yield replace(office, title=title, entry=entry)


def _is_title(start: int, noun: Token, index: MentionIndex) -> bool:
    """Whether the words from ``start`` to the noun are one title: "Politburo member", but not the end of "Housing Committee
    chairman", which belongs to a name that begins before.
    """
    name = index.named_at(index.doc[start])
    inside = name is not None and start > 0 and index.named_at(index.doc[start - 1]) is name
    return not inside and index.doc[start : noun.i + 1].text.casefold() in index.knowledge.titles


def apposed_to(noun: Token) -> list[Token]:
    """What is apposed to a nominal: in "Oslo and Lima, the capital" the singular noun goes with the nearest of the list.

    A clause of its own ("Norland, that is the danger") is no apposition, whatever the parse calls it.
    """
    first = noun.head if base(noun) == "conj" else noun
    own = [*deps(noun, "appos", "list"), *(deps(first, "appos") if first.i != noun.i else [])]
    listed = [first, *deps(first, "conj")]
    found = [
        c
        for c in own
        if not deps(c, "cop", "nsubj")
        and ((c.tag_ in {"NNS", "NNPS"} and c.head.i == noun.i) or _nearest(listed, c) == noun.i)
    ]
    return sorted(found, key=lambda t: t.i)


def _nearest(listed: list[Token], apposed: Token) -> int:
    """Where the last item of a list before what is apposed to it stands; -1 where none does."""
    return max((t.i for t in listed if t.i < apposed.i), default=-1)


def _title_entity(noun: Token) -> list[Token]:
    """The words of a title that the pipeline found around a noun: "Secretary-General" from "General"."""
    ent = next((e for e in noun.sent.ents if e.label_ == "TITLE" and e.start <= noun.i < e.end), None)
    return list(ent) if ent is not None else []


def _title_tail(noun: Token, index: MentionIndex) -> str:
    """What an office is for, when that is no named owner: "chief" + " of staff", "minister" + " for Central Asia"."""
    for size in (4, 3, 2):
        words = index.doc[noun.i : noun.i + size]
        if len(words) == size and words.text.casefold() in index.knowledge.titles:
            return " " + words[1:].text  # "editor at large"
    for child in noun.children:
        if child.dep_ != "nmod" or child.i < noun.i or child.i - noun.i > 4:
            continue
        if (
            case(child) == "to"
            and child.left_edge.i == noun.i + 1
            and index.knowledge.titles.get(lemma(noun)) is not None
        ):
            return " " + index.doc[noun.i + 1 : noun_phrase(child).end].text  # "ambassador to Chad"
        if case(child) in {"of", "for"} and (fields := is_field(noun, child, index) or _is_portfolio(child, index)):
            last = coordinated(child)[-1] if fields and is_field(noun, child, index) else child
            return " " + index.doc[min(t.i for t in child.subtree if t.i > noun.i) : _place_end(last)].text
    return ""


def _place_end(last: Token) -> int:
    """Where the words of what an office is for end: behind the place that tells which, "director of sales in Chad"."""
    places = [c for c in deps(last, "nmod") if case(c) in {"in", "for", "at"} and c.left_edge.i == last.i + 1]
    whole = noun_phrase(places[0]).end if places else last.i + 1
    return whole if whole - last.i < 5 else last.i + 1


def _is_portfolio(child: Token, index: MentionIndex) -> bool:
    """What a title is for, "minister for Central Asia", as against whom it is with, "spokeswoman for Interpol"."""
    named = index.named_at(child)
    return named is None or (case(child) == "for" and index.knowledge.is_a(named.type, "Place"))


def is_field(noun: Token, child: Token, index: MentionIndex) -> bool:
    """Whether "of" tells a title's field, not its body: the "UN Chief of Ports and Emergency Aid" has his owner before."""
    named = index.named_at(child)
    if case(child) != "of" or named is None or lemma(noun) not in index.knowledge.titles:
        return False
    owned = any(index.named_at(c) is not None for c in deps(noun, "compound", "nmod:poss") if c.i < noun.i)
    return owned and index.knowledge.is_a(named.type, "Organization") and not named.text.isupper()


def fields_of(office: Office, index: MentionIndex) -> list[Token]:
    """The named fields in an office's words: Ports in "UN Chief of Ports"."""
    noun = office.person_token.doc[office.end - 1]
    return [c for c in deps(noun, "nmod") if is_field(noun, c, index)]


def is_stance(token: Token, index: MentionIndex) -> bool:
    """Whether a word is part of a stance, as both words of "pro-Beijing" are: it says whom one is for, not who employs one."""
    prefixes = index.knowledge.words["stance_prefixes"]
    if token.lower_ in prefixes:
        return token.i + 1 < len(token.doc) and token.nbor().text in {"-", "–"}
    return token.i > 1 and token.nbor(-1).text in {"-", "–"} and token.nbor(-2).lower_ in prefixes


def is_side(token: Token, index: MentionIndex) -> bool:
    """Whether a name is that of which a part is meant: who leads "southern Chad" does not lead Chad."""
    return any(
        c.lower_ == c.text and c.lower_ in index.knowledge.words["sides"] for c in deps(token, "amod", "compound")
    )


def _joins_participle(token: Token) -> bool:
    """Whether a word is a half of "Oslo-born" or "Chad-backed": said of a person, it names nobody whom one serves."""
    last = token.nbor(2) if token.i + 2 < len(token.doc) and token.nbor().text in {"-", "–"} else token
    return last.tag_ == "VBN" and last.i > 1 and last.nbor(-1).text in {"-", "–"} and last.nbor(-2).pos_ == "PROPN"


def _is_known(mention: Mention) -> bool:
    """Whether a mention says which country or organisation is meant: a name, or "the country" told before."""
    return mention.kind == "name" or (mention.kind == "nominal" and mention.rule == "coreference")


def owners_of(noun: Token, index: MentionIndex) -> tuple[tuple[Token, Mention], ...]:
    """The named countries and organisations that a title phrase belongs to, nearest the title last."""
    found: list[tuple[Token, Mention]] = []
    for child in sorted(noun.children, key=lambda c: c.i):
        relation = child.dep_
        if relation in {"nmod:poss", "amod", "compound", "nmod:desc"} or (
            base(child) == "nmod" and case(child) in {"of", "for", "at", "in", "with", "from", "to"}
        ):
            # "minister for Central Asia", "envoy to Lima": the place is a portfolio or a post, not the employer
            portfolio = case(child) in {"for", "in", "with", "to", "from"}
            for token in coordinated(child):
                if f"{lemma(noun)} of {token.lower_}" in index.knowledge.titles:
                    continue  # a "head of mission" heads no firm called Mission
                if is_stance(token, index) or is_field(noun, child, index) or is_side(token, index):
                    continue
                mention = index.at(token)
                if (
                    mention is not None
                    and mention.kind == "nominal"
                    and index.knowledge.is_a(mention.type, "Organization")
                ):
                    # "at the Harbour research group": the name before the noun is the group's
                    token = next((c for c in deps(token, "compound") if index.named_at(c) is not None), token)
                    mention = index.at(token)
                if mention is not None and _is_known(mention) and mention.type != "Person":
                    if portfolio and index.knowledge.is_a(mention.type, "Place"):
                        continue
                    found.append((token, mention))
        if relation in {"amod", "compound"}:
            found += [
                (t, m)
                for t in child.children
                if (m := index.named_at(t)) is not None
                and m.type != "Person"
                and not is_stance(t, index)
                and not _joins_participle(t)
            ]
    unique = {m.id: (t, m) for t, m in found}
    return tuple(unique.values())
