"""Who and what an article speaks of: from an annotated Doc to mentions grouped into article-wide chains.

Names come from the pipeline's entities, completed and typed by the lexica; nominals are noun phrases; pronouns join a chain
through the pipeline's coreference, or through recency where the pipeline has none. Every mention says by which rule it got
its chain. Nothing here looks beyond one article.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from kg.apart import cannot_name, cannot_stand_for, of_other_owners, tells_apart
from kg.bodies import retype_bodies
from kg.definites import full_tails, is_country_noun, is_other_country, join_children, join_definites, join_speakers
from kg.lexicon import Country, Knowledge
from kg.mending import part_halves
from kg.model import Article, Kind, Mention, Span, content_id
from kg.offices import Office, find_offices
from kg.spans import closes_title, whole_names
from kg.syntax import (
    CLAUSAL,
    base,
    case,
    coordinated,
    counted_list,
    counts_together,
    deps,
    deps_exact,
    is_content,
    is_infinitive,
    lemma,
    listed,
    measured,
    measures,
    noun_phrase,
)

_ENTITY_TYPES = {
    "PERSON": "Person",
    "PER": "Person",
    "NORP": "Group",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Region",
    "FAC": "Facility",
    "EVENT": "Event",
    "LAW": "Law",
    "WEAPON": "Weapon",
    "VEHICLE": "Vehicle",
    "PRODUCT": "Artifact",
    "WORK_OF_ART": "Document",
    "MISC": "Concept",
}
_PEOPLE = frozenset({"PERSON", "PER"})
_POSSESSIVE = re.compile(r"['’]s?$")
_AFTER_CITY = re.compile(r"(?:^|[\s(])(?:in|at|from|of|near|to|outside) (?:[A-Z][\w.’'-]*[ -])*[A-Z][\w.’'-]*, $")
_OF_TOWN = re.compile(r",? (?:founded|built|located|situated|settled|home to|population)\b")
"""What is said of a town as such: "Oslo, founded in 1040, ..."."""
_EDGES = re.compile(r"^[\s\"“”'’‘(\[,;:–—-]+|[\s\"“”'’‘)\],;:–—-]+$")


def normal_name(text: str) -> str:
    """A name without case, accents, dots, hyphens, possessive and leading article, for comparison.

    >>> normal_name("the Kim Jong-un's")
    'kim jong un'
    """
    decomposed = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text.strip()))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().replace(".", "")
    words = re.sub(r"[^\w]+", " ", plain).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


@dataclass(slots=True)
class Name:
    """A named mention in the making."""

    start: int
    end: int
    text: str
    type: str
    name: str
    rule: str = "name"
    chain: str = ""


@dataclass(slots=True)
class MentionIndex:
    """The mentions of one article and how to reach them from tokens."""

    article: Article
    doc: Doc
    knowledge: Knowledge
    names: list[Name] = field(default_factory=list)
    by_token: dict[int, Mention] = field(default_factory=dict)
    extra: dict[str, Mention] = field(default_factory=dict)
    chain_names: dict[str, tuple[str, str]] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)  # the last word before what says which, of a nominal's chain
    labels: dict[int, str] = field(default_factory=dict)  # what a nominal is called by its own words, by its head
    states_of: dict[str, frozenset[str]] = field(default_factory=dict)
    _chain_by_id: dict[str, str] = field(default_factory=dict)

    def at(self, token: Token) -> Mention | None:
        """The mention that the nominal headed by `token` is: a name, a nominal or a resolved pronoun."""
        return self.by_token.get(token.i)

    def named_at(self, token: Token) -> Mention | None:
        found = self.by_token.get(token.i)
        return found if found and found.kind == "name" else None

    def unnamed(self, token: Token) -> Mention:
        """A stand-in for whoever did it where the text names nobody: "the firm was suspended"."""
        span = Span(token.idx, token.idx + len(token.text))
        return self.add(
            _mention(self.article, span, "unnamed agent", "Agent", f"unnamed.{token.i}", "nominal", "unnamed")
        )

    def acting(self, mention: Mention) -> Mention:
        """The state that a capital or a seat stands for where it acts: "Moscow denied it" is Russia's denial."""
        country = self.state_of(mention)
        if country is None:
            return mention
        return self.add(replace(mention, name=country.name, type="Country", chain=_slug(country.name), rule="metonym"))

    def state_of(self, mention: Mention) -> Country | None:
        """The state whose capital or seat a mention names, if it does; not "in Seattle, Washington", "east Oslo", "Oslo, founded in 1040,"."""
        before = self.article.text[max(0, mention.span.start - 80) : mention.span.start]
        side = before.split()[-1].casefold() if before.split() else ""
        after = self.article.text[mention.span.end : mention.span.end + 20]
        if _AFTER_CITY.search(before) or _OF_TOWN.match(after) or side in self.knowledge.words["sides"]:
            return None
        return metonym_of(mention, self.knowledge)

    def country(self, name: str, words: Words) -> Mention:
        """A mention of a state at the words that imply it: Russia at "Russian", the United States at "United States"."""
        span = Span(words.start_char, words.end_char)
        made = _mention(self.article, span, name, "Country", _slug(name), "name", "demonym")
        return self.add(made)

    def body(self, words: Words) -> Mention:
        """A mention of the organisation whose name begins another one's: the UN in "UN Security Council"."""
        span = Span(words.start_char, words.end_char)
        chain = _slug(words.text)
        return self.add(_mention(self.article, span, words.text, "InternationalOrganization", chain, "name", "name"))

    def add(self, mention: Mention) -> Mention:
        """Register a further reading of words that already carry a mention."""
        made = replace(
            mention,
            id=content_id(mention.article_id, mention.span.start, mention.span.end, mention.type, mention.chain),
        )
        return self.extra.setdefault(made.id, made)

    def speaks_of(self, country: str) -> bool:
        """Whether the article names the state itself: "San Juan" in a story on Peru is no capital of Puerto Rico."""
        return _slug(country) in self.chain_names

    def has_one_state(self) -> bool:
        """Whether the article names one state and no other, whose bodies are then those that it speaks of."""
        return len({m.chain for n in self.names if (m := self.by_token[n.start]).type == "Country"}) == 1

    def state(self, country: str) -> Mention | None:
        """The first mention of a state that the article names (see `speaks_of`)."""
        chain = _slug(country)
        found = (m for m in self.by_token.values() if m.chain == chain and m.kind == "name")
        return min(found, key=lambda m: m.span, default=None)

    def chain_of(self, mention_id: str) -> str:
        """The chain of a mention by its id."""
        if mention_id not in self._chain_by_id:
            self._chain_by_id.update({m.id: m.chain for m in (*self.by_token.values(), *self.extra.values())})
        return self._chain_by_id.get(mention_id, mention_id)

    def all(self) -> tuple[Mention, ...]:
        found = {m.id: m for m in (*self.by_token.values(), *self.extra.values())}
        return tuple(sorted(found.values(), key=lambda m: (m.span, m.type, m.id)))


def _slug(name: str) -> str:
    return normal_name(name).replace(" ", "-")


def _mention(article: Article, span: Span, name: str, cls: str, chain: str, kind: Kind, rule: str) -> Mention:
    return Mention(
        id=content_id(article.id, span.start, span.end, cls, chain),
        article_id=article.id,
        span=span,
        text=span.of(article.text),
        name=name,
        type=cls,
        chain=chain,
        kind=kind,
        rule=rule,
    )


def metonym_of(mention: Mention, knowledge: Knowledge) -> Country | None:
    """The state a place mention can stand for, if it is a capital or a seat of government."""
    if mention.kind != "name" or mention.rule in {"metonym", "demonym"} or mention.type == "Country":
        return None
    key = mention.name.casefold()
    if mention.type in {"City", "Place"} and key in knowledge.by_capital:
        return knowledge.by_capital[key]
    return knowledge.by_metonym.get(key)


def find_mentions(article: Article, doc: Doc, knowledge: Knowledge) -> MentionIndex:
    """All mentions of an article, with their chains.

    Args:
        article: the article whose `story` was annotated; offsets of `doc` are offsets of `article.text`.
        doc: a Doc with a Universal Dependencies tree and entities.
        knowledge: the lexica that complete and type the names.
    """
    index = MentionIndex(article, doc, knowledge)
    index.names = _completed(_named(doc, knowledge), doc)
    _chain_people(index.names, doc, knowledge)
    _chain_organisations(index.names, doc, knowledge)
    _chain_rest(index.names)
    _publish_names(index)
    for name in index.names:
        if name.type == "Country" and name.rule == "short-form":
            part_halves(doc[name.start])
    _nominals(index)
    _elided(index)
    _who(index)
    _titles(index)
    _appositions(index)
    _coreference(index)
    _predicated(index)
    _called_fully(index)
    _owned(index)
    _rename(index, full_tails(index))
    return index


# --- names ------------------------------------------------------------------------------------------------------------


def _named(doc: Doc, knowledge: Knowledge) -> Iterator[Name]:
    taken: set[int] = set()
    found = whole_names(doc, _pipeline_entities(doc), knowledge)
    for start, end, label in sorted({*_gazetteer(doc, knowledge), *found}, key=_preference):
        start, end = _trim(doc, start, end, label, knowledge)
        if start >= end or any(i in taken for i in range(start, end)) or closes_title(doc, start, end, knowledge):
            continue
        if label in {"PERSON", "PER"} and (place := _ruled_place(doc, start, end, knowledge)):
            taken.update(range(start, place))
            yield Name(
                start, place, doc[start:place].text, *_typed(doc[start:place], doc[start:place].text, "GPE", knowledge)
            )
            start = place
        if label == "NORP" and is_individual(doc[start:end]):
            continue  # "a Kenyan" is a person who has no name
        if label in {"NORP", "GAZETTEER"} and is_counted_people(doc[start:end]):
            continue  # nor have "five Kenyans", who are not the people
        if label not in {"PERSON", "PER", "GPE", "NORP"} and end < len(doc) and _numbers(doc[end], start, end):
            end += 1
        name = _name(doc[start:end], label, knowledge)
        if name is not None:
            taken.update(range(start, end))
            yield name


def is_individual(words: Words) -> bool:
    """ "a Kenyan", "one Sunni", "the Kenyan": somebody of a people, who is not that people nor its state.

    "The Dutch" are the people, and "is a Kenyan" tells where somebody belongs.
    """
    noun = words[-1]
    own = {c.lower_ for c in deps(noun, "det", "nummod")}
    if len(words) != 1 or noun.tag_ not in {"NN", "NNP", "JJ"} or deps(noun, "cop"):
        return False
    if (
        base(noun) not in {"nsubj", "obj", "iobj", "obl", "nmod", "conj"}
        or noun.dep_ == "nmod:poss"
        or deps(noun, "flat")
    ):
        return False
    return bool(own & {"a", "an", "one", "another"}) or ("the" in own and noun.text.endswith(("an", "i")))


def is_counted_people(words: Words) -> bool:
    """ "Five Kenyans", "about 300 young Malians", "Peruvians living near the mine", "Malians in Chad": some of a people, told by how many or which."""
    noun = words[-1]
    if noun.tag_ not in {"NNS", "NNPS"} or noun.ent_type_ != "NORP":
        return False
    picked = [c for c in deps(noun, "acl") if c.i > noun.i and not c.left_edge.is_punct and c.tag_ in {"VBN", "VBG"}]
    picked += [c for c in deps(noun, "nmod") if c.left_edge.i == noun.i + 1 and case(c) in {"in", "from", "at", "near"}]
    return bool(picked) or any(c.i < noun.i for c in deps(noun, "nummod"))


def _completed(names: Iterable[Name], doc: Doc) -> list[Name]:
    """The names, those that an editor completed in brackets as one: "[George H. W.] Bush" is no other man's family name."""
    found = list(names)
    for first, name in itertools.pairwise(sorted(found, key=lambda n: n.start)):
        if first.type == name.type == "Person" and first.start and doc[first.start - 1].text == "[":
            if [token.text for token in doc[first.end : name.start]] == ["]"]:
                name.name = f"{first.name} {name.name}"
                found.remove(first)
    return found


def _numbers(token: Token, start: int, end: int) -> bool:
    """Whether a number right after a name belongs to it: "Task Force 50", "Resolution 2249"; not "NASA 1958", "NATO 30 times"."""
    if not token.text.isdigit() or token.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"}:
        return False
    return start <= token.head.i < end or (
        token.head.i < token.i and base(token) in {"obj", "nsubj", "obl", "nmod", "flat"}
    )


def _ruled_place(doc: Doc, start: int, end: int, knowledge: Knowledge) -> int:
    """Where the person begins in "Governor of Texas Ana Sow" that was taken for one name; 0 where nothing precedes him."""
    if end - start < 3 or start < 2 or doc[start - 1].lower_ != "of":
        return 0
    title = knowledge.titles.get(doc[start - 2].lower_)
    return start + 1 if title is not None and title.leads else 0


def _preference(item: tuple[int, int, str]) -> tuple[int, int, str]:
    """Longer spans first, then the lexicon's reading before the model's."""
    start, end, label = item
    return (start - end, start, "" if label == "GAZETTEER" else label)


def _pipeline_entities(doc: Doc) -> Iterator[tuple[int, int, str]]:
    for ent in doc.ents:
        if ent.label_ in _ENTITY_TYPES:
            yield ent.start, ent.end, ent.label_


def _gazetteer(doc: Doc, knowledge: Knowledge) -> Iterator[tuple[int, int, str]]:
    """States, their adjectives and seats, by look-up: a model that misses "Togo" must not lose it."""
    edges = {
        i: (ent.start, ent.end) for ent in doc.ents if ent.label_ in _ENTITY_TYPES for i in range(ent.start, ent.end)
    }
    i = 0
    halves = _halves(doc, knowledge)
    while i < len(doc):
        if i not in edges or edges[i] == (i, i + 1):
            if doc[i].text in halves and _stands_alone(doc[i]):
                yield i, i + 1, "GAZETTEER:" + halves[doc[i].text]
            elif state := _shared_half(doc, i, knowledge):
                yield i, i + 1, "GAZETTEER:" + state
        size = next((n for n in (4, 3, 2, 1) if i + n <= len(doc) and _is_known(doc[i : i + n], knowledge)), 0)
        inner = {edges[k] for k in range(i, i + size) if k in edges}
        # A longer name that holds the words ("Bank of America") keeps them; pieces of the words ("North", "Korean") yield.
        if size and all(i <= start and end <= i + size and end - start < size for start, end in inner):
            yield i, i + size, "GAZETTEER"
        i += size or 1


def _halves(doc: Doc, knowledge: Knowledge) -> dict[str, str]:
    """ "the North" in an article on North Korea: the side word of a divided country that the article names in full."""
    text = doc.text
    sides = knowledge.words["side_words"]
    names = [c.name for c in knowledge.countries if c.name.split()[0].casefold() in sides and c.name in text]
    by_side: dict[str, list[str]] = {}
    for name in names:
        by_side.setdefault(name.split()[0], []).append(name)
    return {side: found[0] for side, found in by_side.items() if len(found) == 1}


def _shared_half(doc: Doc, i: int, knowledge: Knowledge) -> str:
    """The state that a side word names whose other half follows: North Korea at "North" in "North and South Korea"; "" for others."""
    sides = knowledge.words["side_words"]
    if i + 3 >= len(doc) or not doc[i].text[:1].isupper() or doc[i + 1].lower_ not in {"and", "or"}:
        return ""
    if doc[i].lower_ not in sides or doc[i + 2].lower_ not in sides:
        return ""
    one, other = (knowledge.by_country_name.get(f"{doc[k].lower_} {doc[i + 3].lower_}") for k in (i, i + 2))
    return one.name if one and other and one != other else ""


def _stands_alone(token: Token) -> bool:
    """ "the North said", not "the North Sea" or "in the north"."""
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    before = token.nbor(-1) if token.i else None
    return bool(before is not None and before.lower_ in {"the", "and"}) and not (
        after is not None and (after.text[:1].isupper() or after.text == "-")
    )


def _is_known(words: Words, knowledge: Knowledge) -> bool:
    if not words[0].text[:1].isupper() or any(t.is_space for t in words):
        return False
    key = words.text.casefold()
    if len(words) == 1 and words.text in {"US", "UK", "UN"}:
        return key in knowledge.by_country_name
    if words.text.isupper() and len(words.text) < 4 and "." not in words.text:
        return False
    return key in knowledge.by_country_name or key in knowledge.by_adjective or key in knowledge.by_metonym


def _opens_title(doc: Doc, start: int) -> bool:
    """Whether a possessive is the first word of a quoted title: "My Life"."""
    return start > 0 and doc[start].tag_ == "PRP$" and doc[start].text.istitle() and doc[start - 1].is_quote


def _trim(doc: Doc, start: int, end: int, label: str, knowledge: Knowledge) -> tuple[int, int]:
    """A name without article, possessive, quotes, and (for people) titles and honorifics in front."""
    drop = knowledge.words["determiners"]
    edge = {"ADP", "CCONJ", "SCONJ", "DET"}
    while start < end and (
        (doc[start].lower_ in drop and not _opens_title(doc, start))
        or doc[start].is_punct
        or doc[start].is_space
        or doc[start].pos_ in edge
    ):
        start += 1
    while start < end and doc[end - 1].pos_ in edge:
        end -= 1
    while start < end and (
        doc[end - 1].lower_ in {"'s", "’s", "'", "’"}
        or doc[end - 1].is_space
        or doc[end - 1].text in {",", '"', "”", "“"}
    ):
        end -= 1
    if label == "NORP" and end - start > 1 and doc[end - 1].tag_ != "NNPS":  # "Bosnian Croats" are one people
        size = next((n for n in (2, 1) if doc[start : start + n].text.casefold() in knowledge.by_adjective), 0)
        end = start + size if size else end
    if label in {"PERSON", "PER"}:
        if (
            end < len(doc)
            and _INITIAL.match(doc[end - 1].text)
            and doc[end].pos_ == "PROPN"
            and doc[end].text.istitle()
        ):
            end += 1  # an initial is never the last word of a name
        while end - start > 1 and _is_title_word(doc[start].text, knowledge):
            if end - start == 2 and _is_given_name(doc, start, knowledge):
                break
            start += 1
        if end - start == 1 and _is_title_word(doc[start].text, knowledge):
            start = end
    return start, end


def _is_given_name(doc: Doc, start: int, knowledge: Knowledge) -> bool:
    """Whether a title's word is the given name: "Dean Mallory", unless it follows an owner or the article has an Ana Mallory."""
    if doc[start].lower_ not in knowledge.words["titles_as_given_names"] or not doc[start].text.istitle():
        return False
    before = doc[start - 1] if start else None
    if before is not None and (before.pos_ in {"DET", "NOUN", "PROPN", "ADJ"} or before.tag_ == "POS"):
        return False
    family = doc[start + 1].text
    return not any(
        ent.label_ in {"PERSON", "PER"}
        and len(ent) > 1
        and ent[-1].text == family
        and ent[-2].i != start
        and ent[0].text != doc[start].text
        for ent in doc.ents
    )


def _is_title_word(word: str, knowledge: Knowledge) -> bool:
    return word.casefold() in knowledge.words["honorifics"] or word.casefold() in knowledge.titles


def _name(words: Words, label: str, knowledge: Knowledge) -> Name | None:
    text = _EDGES.sub("", words.text)
    if text.count("(") > text.count(")"):
        text += ")"  # "Norland League (N)"
    text = re.sub(r"\s+", " ", text)
    if not text or not any(c.isalnum() for c in text):
        return None
    cls, name, rule = _typed(words, text, label, knowledge)
    if cls == "Person":
        name = _untitled(name, knowledge)
    return Name(words.start, words.end, text, cls, name, rule)


def _untitled(name: str, knowledge: Knowledge) -> str:
    """ "Emeritus Professor Ana Sow" is called Ana Sow, though the parse may hang everything on the first word."""
    words = name.split()
    if len(words) < 4 or words[0].casefold() not in knowledge.words["title_modifiers"]:
        return name
    rest = list(itertools.dropwhile(lambda word: _is_title_word(word, knowledge), words[1:]))
    return " ".join(rest) if 1 < len(rest) < len(words) - 1 else name


def _typed(words: Words, text: str, label: str, knowledge: Knowledge) -> tuple[str, str, str]:
    """(ontology class, canonical name, rule) of a name."""
    key = text.casefold()
    if label.startswith("GAZETTEER:"):
        return "Country", label.removeprefix("GAZETTEER:"), "short-form"
    if key in knowledge.by_country_name and label not in {"PERSON", "PER"}:
        return "Country", knowledge.by_country_name[key].name, "name"
    if key in knowledge.by_adjective and label in {"NORP", "GAZETTEER", "GPE", "MISC", "LOC", "ORG"}:
        is_people = words.root.tag_ in {"NNS", "NNPS"} or (
            words.root.pos_ == "NOUN" and not deps(words.root, "compound")
        )
        if is_people and base(words.root) not in {"amod", "compound", "nmod:poss"}:
            return "Group", text, "name"
        return "Country", knowledge.by_adjective[key].name, "demonym"
    if key in knowledge.by_metonym or (label == "GAZETTEER" and f"the {key}" in knowledge.by_metonym):
        return ("Organization" if label == "ORG" else "Place"), text, "name"
    if key in knowledge.by_capital and label in {"GPE", "LOC", "ORG", "NORP", "FAC"}:
        return "City", text, "name"
    by_words = _class_by_words(text, knowledge)
    if label in {"PERSON", "PER"} and len(words) > 2 and by_words == "Facility":
        return by_words, text, "name"  # "Kim Il Sung Square"
    if len(words) > 1 and words[0].text.casefold() in knowledge.words["ship_prefixes"] and words[0].text.isupper():
        return "Vehicle", text, "name"
    if words[0].lower_ in knowledge.words["storm_words"] and len(words) > 1:
        return knowledge.nouns.get(words[0].lower_, "Event"), text, "name"  # "Cyclone Larry"
    if label in {"ORG", "FAC", "LOC", "GPE", "LAW", "EVENT", "MISC", "WORK_OF_ART", "PRODUCT"} and by_words:
        return by_words, text, "name"
    if label in {"FAC", "EVENT", "WORK_OF_ART", "PRODUCT"} and _is_craft(words, knowledge):
        return "Vehicle", text, "name"
    if label in {"ORG", "FAC", "PRODUCT", *_PEOPLE} and (cls := _class_by_epithet(words, knowledge)):
        return cls, text, "name"
    if label == "GPE":
        is_land = "-" in text and words[-1].lower_ in knowledge.by_country_name  # "Anglo-Egyptian Sudan"
        return "Region" if is_land else "City", text, "name"
    return _ENTITY_TYPES.get(label, "Concept"), text, "name"


def _is_craft(words: Words, knowledge: Knowledge) -> bool:
    """Whether a name begins with the kind of a craft and ends with its own: "Space Shuttle Orla", not "Space Shuttle Program"."""
    if len(words) < 2 or words[-1].lower_ in knowledge.words["craft_heads"] or not words[-1].text.istitle():
        return False
    kinds = {words[:size].text.casefold() for size in (1, 2) if size < len(words)}
    return any(knowledge.is_a(knowledge.nouns.get(kind, ""), "Vehicle") for kind in kinds)


def _class_by_words(text: str, knowledge: Knowledge) -> str:
    """The class that a name's own words give: "Hudson Institute" is a research institute."""
    words = text.replace(",", " ").split()
    head = words[
        : next((i for i, w in enumerate(words) if w in {"of", "for", "in", "on", "to", "and"} and i), len(words))
    ]
    for first in range(len(words) - 2):
        if (cls := knowledge.org_words.get(" ".join(words[first:]), "")) and "of" in words[first:]:
            return cls  # "Norland House of Representatives"
    last = knowledge.org_words.get(words[-1], "") if len(words) - len(head) > 2 else ""
    if last and not {"the", "and", "for", "in", "on"} & set(words):
        return last  # "University of Velm Rowing Club" is a club
    for size in (3, 2, 1):
        tail = " ".join(head[-size:])
        for form in (tail, tail.title()):  # papers write "the Russian embassy" as well as "the Russian Embassy"
            if len(head) >= size and form in knowledge.org_words:
                cls = knowledge.org_words[form]
                return "InternationalOrganization" if cls == "Organization" and _works_across(words, knowledge) else cls
    return ""


def _class_by_epithet(words: Words, knowledge: Knowledge) -> str:
    """ "Otto the Tug Boat" is a boat, "Ada the Welder" somebody: what a given name is told apart by says what bears it."""
    if len(words) < 3 or words[1].text != "the" or words[0].pos_ != "PROPN" or not words[-1].text.istitle():
        return ""
    cls = knowledge.nouns.get(words[-1].lower_, "")
    return cls if cls == "Person" or knowledge.is_a(cls, "Artifact") else ""


def _works_across(words: list[str], knowledge: Knowledge) -> bool:
    """Whether a body's name says that it works across states: "World Ferry Forum", "UN Children's Fund"."""
    first = {" ".join(words[:size]).casefold() for size in (1, 2)}
    return bool(first & knowledge.words["international_words"])


def _chain_people(names: list[Name], doc: Doc, knowledge: Knowledge) -> None:
    """Short forms join the full name they shorten: "Kim" is Kim Jong Un, unless another Kim was named just before."""
    _retype_described(names, doc, knowledge)
    retype_bodies(names, doc, knowledge)
    _retype_short_forms(names, doc)
    _retype_states(names, doc, knowledge)
    _retype_groups(names, doc, knowledge)
    _retype_led(names, doc, knowledge)
    people = [n for n in names if n.type == "Person"]
    full = [n for n in people if len(normal_name(n.name).split()) > 1 and not _is_family(n, people, knowledge)]
    for name in full:
        name.chain = _slug(name.name)
    _merge_person_variants(full)
    told = _honorific_genders(people, full, doc, knowledge)
    for name in people:
        if name.chain:
            continue
        mine = _gender_before(name, doc, knowledge)
        fitting = [n for n in full if not mine or mine in (told.get(n.chain) or mine)]
        candidate = _full_form(name, fitting, doc, people, knowledge)
        if candidate is None and mine and _full_form(name, full, doc, people, knowledge) is not None:
            name.name = doc[name.start - 1 : name.end].text  # "Mr. Sow" beside Ana Sow is somebody else
        name.chain = candidate.chain if candidate else _slug(name.name)
        name.rule = "short-form" if candidate else "name"


def _is_family(name: Name, people: list[Name], knowledge: Knowledge) -> bool:
    """Whether two words are what a longer name of the article ends in, with its particle: "bin Laden", "de Menezes"."""
    first, _, last = name.name.partition(" ")
    is_particle = first.lower() in knowledge.words["name_particles"] and " " not in last
    return is_particle and any(
        n.name.casefold().endswith((f" {name.name}".casefold(), f"-{name.name}")) for n in people
    )


def _gender_before(name: Name, doc: Doc, knowledge: Knowledge) -> str:
    """The list of honorifics that the word before a name is in: "Mr." says "male_honorifics"; "" where none."""
    word = doc[name.start - 1].lower_ if name.start else ""
    return next((g for g in ("male_honorifics", "female_honorifics") if word in knowledge.words[g]), "")


def _honorific_genders(
    people: list[Name], full: list[Name], doc: Doc, knowledge: Knowledge
) -> dict[str, frozenset[str]]:
    """Chain of a full name -> what its pronouns and honorifics tell of the person, by the names of their lists."""
    found: dict[str, set[str]] = {}
    pronouns = {"male_pronouns": "male_honorifics", "female_pronouns": "female_honorifics"}
    clusters = [spans for _, spans in _clusters(doc)]
    for name in full:
        told = found.setdefault(name.chain, set())
        told.add(_gender_before(name, doc, knowledge))
        for cluster in clusters:
            if any(
                span.start <= name.start < span.end and span.end - span.start <= name.end - name.start + 4
                for span in cluster
            ):
                words = Counter(g for span in cluster for g in pronouns if span.text.casefold() in knowledge.words[g])
                if words:
                    told.add(pronouns[max(sorted(words), key=lambda g: words[g])])
    untitled = set(found)
    for name in sorted(people, key=lambda n: n.start):
        # the first "Ms. Sow" tells of Ana Sow, a later "Mr. Sow" does not
        chains = {n.chain for n in full if normal_name(n.name).split()[-1] == normal_name(name.name)}
        mine = _gender_before(name, doc, knowledge)
        if len(chains) == 1 and mine and not name.chain and chains <= untitled:
            untitled -= chains
            found[chains.pop()].add(mine)
    return {chain: frozenset(told - {""}) for chain, told in found.items()}


def _retype_described(names: list[Name], doc: Doc, knowledge: Knowledge) -> None:
    """ "The frigate Orage" is a frigate, whatever the model took its name for; so is "Orage" alone later on."""
    vehicles: set[str] = set()
    for name in names:
        before = doc[name.start - 1] if name.start else None
        if name.rule == "name" and before is not None and before.pos_ == "NOUN" and before.text.islower():
            if knowledge.is_a(knowledge.nouns.get(lemma(before), ""), "Vehicle"):
                name.type = "Vehicle"
        if name.type in _CARRIES_NOBODY and before is not None and before.lower_ == "aboard":
            name.type = "Vehicle"  # "lifted off aboard Orla 2"
        if name.type == "Vehicle":
            vehicles |= {name.name, name.name.split()[-1]}
    for name in names:
        if name.name in vehicles and name.rule == "name":
            name.type = "Vehicle"


def _retype_short_forms(names: list[Name], doc: Doc) -> None:
    """A single word that ends or begins a full name of the article is that person, whatever the model took it for."""
    ends = {w for n in names if n.type == "Person" and " " in n.name for w in (n.name.split()[0], n.name.split()[-1])}
    for name in names:
        if (
            name.name in ends
            and name.rule == "name"
            and name.type in {"City", "Organization", "Place", "Region", "Concept"}
            and not _is_where(name, names, doc)
        ):
            name.type = "Person"


def _retype_states(names: list[Name], doc: Doc, knowledge: Knowledge) -> None:
    """ "Chad denied it" is the state, unless the article has a Chad Sow or calls him "Mr. Chad"."""
    known = {w for n in names if n.type == "Person" and " " in n.name for w in n.name.casefold().split()}
    for name in names:
        state = knowledge.by_country_name.get(name.name.casefold())
        called = name.start > 0 and _is_title_word(doc[name.start - 1].text, knowledge)
        is_known = name.name.casefold() in known or name.name.islower()
        if name.type == "Person" and state is not None and not is_known and not called:
            name.type, name.name = "Country", state.name


_CARRIES_NOBODY = frozenset({"Organization", "Company", "Artifact", "Document", "Event", "Concept"})
"""What a reader takes a craft for that has a name."""


def _retype_groups(names: list[Name], doc: Doc, knowledge: Knowledge) -> None:
    """ "Many Texans" and "the Sows" of a story on Ana and Ben Sow are groups of people."""
    bearers = Counter(full.split()[-1] for full in {n.name for n in names if n.type == "Person" and " " in n.name})
    for name in names:
        before = doc[name.start - 1] if name.start else None
        if name.end - name.start != 1 or before is None or not name.name.endswith("s"):
            continue
        is_family = before.lower_ == "the" and bearers[name.name.removesuffix("s")] > 1
        is_many = doc[name.start].tag_ == "NNPS" and before.lower_ in knowledge.words["counting_adjectives"]
        if (name.type in {"Person", "Organization"} and is_family) or (name.type == "Person" and is_many):
            name.type = "Group"


def _retype_led(names: list[Name], doc: Doc, knowledge: Knowledge) -> None:
    """ "The president of Norvik" leads a body, and nobody called Norvik, unless the article has an Ana Norvik."""
    bearers = {word for n in names if n.type == "Person" and " " in n.name for word in n.name.split()}
    led = {
        name.name
        for name in names
        if name.type == "Person" and " " not in name.name and name.start > 1 and doc[name.start - 1].lower_ == "of"
        if (title := knowledge.titles.get(doc[name.start - 2].lower_)) is not None and title.leads
    }
    for name in names:
        if name.type == "Person" and name.name in led - bearers:
            name.type = "Organization"


def _is_where(name: Name, names: list[Name], doc: Doc) -> bool:
    """ "in Paris" and "Seattle, Washington" are places, even in a story on Ana Paris."""
    before = doc[name.start - 1] if name.start else None
    if before is None or name.type not in {"City", "Place", "Region"}:
        return False
    after_city = before.text == "," and any(n.end == before.i and n.type in {"City", "Place"} for n in names)
    return after_city or before.lower_ in {"in", "near", "at"}


def _merge_person_variants(full: list[Name]) -> None:
    """ "Patricia Kim" and "Patricia M. Kim", "Jon Smith" and "Jon Smith Jr" are one chain: same first and last word."""
    by_ends: dict[tuple[str, str], list[tuple[list[str], str]]] = {}
    for name in sorted(full, key=lambda n: (-len(n.chain), n.start)):
        words = [w for w in normal_name(name.name).split() if w not in {"jr", "sr", "ii", "iii"}]
        if len(words[-1]) == 1:
            continue  # given names alone ("[Anna M.] Weber") say nothing of the family
        variants = by_ends.setdefault((words[0], words[-1]), [])
        same = [chain for middle, chain in variants if _middles_agree(words[1:-1], middle)]
        if same:
            name.chain = same[0]
        else:
            variants.append((words[1:-1], name.chain))
    compact = {n.chain.replace("-", ""): n.chain for n in full}
    for name in full:
        name.chain = compact.get(name.chain.replace("-", ""), name.chain)


def _middles_agree(one: list[str], other: list[str]) -> bool:
    """ "George H. W." and "George W." are two; who leaves the middle name out may be either."""
    if not one or not other:
        return True
    return len(one) == len(other) and all(
        a[0] == b[0] if 1 in (len(a), len(b)) else a == b for a, b in zip(one, other, strict=True)
    )


def _full_form(short: Name, full: list[Name], doc: Doc, people: list[Name], knowledge: Knowledge) -> Name | None:
    word = normal_name(short.name)
    by_last = [n for n in full if normal_name(n.name).endswith(f" {word}")]
    by_first = [n for n in full if normal_name(n.name).split()[0] == word]
    hyphenated = [n for n in full if word.replace(" ", "") and word in _given_names(n.name)]
    candidates = by_last + by_first or hyphenated
    if not candidates:
        return None
    chains = {n.chain for n in candidates}
    sentence = _sentence_number(doc, short.start)
    recent = [n for n in candidates if 0 <= sentence - _sentence_number(doc, n.start) <= 1 and n.start < short.start]
    if len(chains) == 1:
        if all(short.start < n.start and _is_kin(n, doc, knowledge) for n in candidates):
            return None  # "President Sow succeeded his father, Juan Sow"
        if by_last and not recent and not _is_told_apart(short, doc, knowledge):
            namesakes = [n for n in people if normal_name(n.name) == word and _is_told_apart(n, doc, knowledge)]
            return None if namesakes else candidates[0]
        return candidates[0]
    known_by_it = {n.chain for n in people if n.rule == "short-form" and n.chain in chains and n.start < short.start}
    recent = [n for n in recent if not (known_by_it - {n.chain}) or not _is_kin(n, doc, knowledge)]
    if recent:
        return max(recent, key=lambda n: n.start)
    known = [n for n in candidates if n.start < short.start] or candidates
    counts = Counter(n.chain for n in people if n.chain in {k.chain for k in known})
    # the one told of most; of equals the one introduced first, who is whom the story is about
    return max(known, key=lambda n: (counts[n.chain], -n.start))


def _is_told_apart(name: Name, doc: Doc, knowledge: Knowledge) -> bool:
    """ "The elder Sow": the article knows of another of that name. So it does by "the first Sow administration" where two Sows have
    led one state; of others it may be one man's first."""
    if not name.start:
        return False
    before, after = doc[name.start - 1], doc[name.end] if name.end < len(doc) else None
    if before.lower_ in knowledge.words["namesake_words"]:
        return True
    is_counted = before.ent_type_ == "ORDINAL" and after is not None and lemma(after) in knowledge.words["reign_nouns"]
    return is_counted and normal_name(name.name) in knowledge.words["ruling_families"]


def _is_kin(name: Name, doc: Doc, knowledge: Knowledge) -> bool:
    """ "Her father Juan Sow": who is introduced as somebody's kin is not whom the family name alone means from then on."""
    before = doc[name.start - 1] if name.start else None
    if before is not None and before.text == "," and name.start > 1:
        before = doc[name.start - 2]  # "her late father, Juan Sow"
    return before is not None and (lemma(before) in knowledge.kin or before.lower_ in knowledge.kin)


def _given_names(name: str) -> set[str]:
    """Given names that papers use alone: "Ju-ae" of Kim Ju-ae."""
    words = normal_name(name).split()
    return {" ".join(words[1:])} if len(words) > 2 else set()


def _sentence_number(doc: Doc, i: int) -> int:
    numbers = doc.user_data.get("kg_sentence_numbers")
    if numbers is None:
        numbers = []
        count = -1
        for token in doc:
            count += bool(token.is_sent_start) or token.i == 0
            numbers.append(count)
        doc.user_data["kg_sentence_numbers"] = numbers
    return int(numbers[i])


_INITIAL = re.compile(r"^[A-Z]\.$")
_ACRONYM = re.compile(r"^[A-Z][A-Z.&-]{1,9}$")
_HULL = re.compile(r"[A-Z]{1,4}[ -]?\d{1,4}")
"""The number on the side of a ship."""


def _chain_organisations(names: list[Name], doc: Doc, knowledge: Knowledge) -> None:
    """Acronyms join their long form; "the Security Council" joins the "U.N. Security Council" that stands alone."""
    groups = [n for n in names if n.type not in {"Person", "Country", "City"}]
    keys = {normal_name(n.name): n for n in reversed(groups)}
    bodies = [n for n in groups if knowledge.is_a(n.type, "Organization")]
    introduced = {normal_name(n.name): long for n in bodies if (long := _beside(n, bodies, doc, knowledge))}
    introduced |= {normal_name(n.name): long for n in groups if (long := _introduced_as(n, groups, doc))}
    lettered = {long.name for long in introduced.values()}
    lettered |= {long.name for n in groups if _ACRONYM.match(n.name) and (long := _long_form(n, keys))}
    plain = [n for n in groups if n.name not in lettered]  # "the Union" is not what the article calls by its letters
    numbered = {n.start: whole for n in groups if (whole := _numbered(n, groups, doc))}
    for name in groups:
        key = normal_name(name.name)
        is_acronym = key in introduced or bool(_ACRONYM.match(name.name))
        target = (
            numbered.get(name.start)
            or introduced.get(key)
            or (
                _long_form(name, keys)
                if is_acronym
                else _extended_form(name, groups if " " in name.name else plain, doc, knowledge)
            )
        )
        if target is not None and target is not name:
            name.chain = _slug(target.name)
            name.rule = "acronym" if is_acronym else "short-form"
        else:
            name.chain = key.replace(" ", "-")
    longer = {_slug(name.name): name.chain for name in groups}
    for name in groups:  # "the Court" is the "Supreme Court", which is the "Supreme Court of Chad"
        name.chain = longer.get(name.chain, name.chain)


def _numbered(name: Name, groups: list[Name], doc: Doc) -> Name | None:
    """The numbered body whose number stands behind the brackets in or before which a name is: "Task Force (NTF) 7" is NTF 7."""
    inner = next((n for n in groups if n.start in (name.start, name.end + 1) and doc[n.start - 1].text == "("), None)
    if inner is None or not inner.start or inner.end + 1 >= len(doc) or doc[inner.end].text != ")":
        return None
    whole = f"{inner.name} {doc[inner.end + 1].text}"
    return next((n for n in groups if n.name == whole), None) if doc[inner.end + 1].text.isdigit() else None


def _beside(name: Name, bodies: list[Name], doc: Doc, knowledge: Knowledge) -> Name | None:
    """The long name of a body behind or before whose brackets its acronym stands, whatever their letters: "State Land Agency
    (AVOS)", "COV (Norland Teachers' Conference)", which has another name in its own language."""
    letters = name.name
    if not (letters.isalpha() and letters.isupper() and 2 < len(letters) < 7) or letters in knowledge.bodies:
        return None
    for long in bodies:
        first, last = sorted((name, long), key=lambda n: n.start)
        is_bracketed = last.start == first.end + 1 and last.end < len(doc) and doc[first.end].text == "("
        if is_bracketed and doc[last.end].text == ")" and " " in long.name and not long.name.isupper():
            return long
    return None


def _introduced_as(name: Name, groups: list[Name], doc: Doc) -> Name | None:
    """The name before the brackets in which an acronym stands, where its last words begin with these letters: "Panel of Enquiry
    (PoE)"."""
    if (
        not 0 < name.start < name.end < len(doc)
        or doc[name.start - 1].text not in "(["
        or doc[name.end].text not in ")]"
    ):
        return None
    letters = name.name.replace(".", "")
    long = next((n for n in groups if n.end == name.start - 1), None)
    if long is not None and long.type == "Vehicle" and _HULL.fullmatch(letters):
        name.type = long.type
        return long  # "USS Orla (DDG 12)"
    if long is None or not letters.isalnum() or not letters[:1].isupper() or len(letters) < 2:
        return None
    words = re.findall(r"\w+", long.name)
    initials = "".join(word[0] for word in words).casefold()
    if letters[-1].isupper() and initials.endswith(letters.casefold()):
        return long
    # "Ferry Aid Campaign (Fac)"; an acronym of the name in another language has its letters in another order
    capitals = "".join(word[0] for word in words if not word[0].islower())
    is_all = len(letters) > 2 and sorted(letters.casefold()) == sorted(capitals.casefold())
    return long if is_all and (letters.isupper() or letters.casefold() == capitals.casefold()) else None


def _long_form(name: Name, keys: dict[str, Name]) -> Name | None:
    letters = re.sub(r"[^A-Z]", "", name.name)
    for key, long in sorted(keys.items()):
        words = re.findall(r"[\w]+", long.name)
        capitals = "".join(w[0] for w in words if w[0].isupper())
        if len(words) > 1 and len(letters) > 1 and letters in {capitals, "".join(w[0].upper() for w in words)}:
            return keys[key]
    return None


_BODIES = frozenset({"Military", "Government"})
_PLACES = frozenset({"Region", "Place", "City"})


def _extended_form(name: Name, groups: list[Name], doc: Doc, knowledge: Knowledge) -> Name | None:
    """The longer name that a name shortens: all but its beginning ("the Security Council"), or all but its last word ("Norvik
    Mining" of a Company); with more left out, "United Nations" is no short form of the UN High Commissioner for Refugees."""
    words = normal_name(name.name).split()
    if name.start and doc[name.start - 1].text.isdigit():
        return None  # "the 2002 Games" beside the Oslo Games
    if name.type == "Event" and len(words) == 1 and (storm := _storm_called(name, groups)):
        return storm
    is_numbered = name.type == "Law" and len(words) > 1 and words[-1].isdigit()  # of a "UN Resolution 12" there is one
    if not words or _is_part_of_more(name, doc):
        return None
    if name.type in {"Event", "Law", "Treaty", "Group"} and not is_numbered:
        return None
    if len(words) == 1 and name.type in _BODIES and not (name.start and doc[name.start - 1].pos_ in {"DET", "PRON"}):
        return None  # "Army and government forces" of a second state
    if name.type == "Facility" and len(words) == 1 and (base := _base_called(name, groups)):
        return base
    if name.start and doc[name.start - 1].lower_ == "the":  # "the Church" of a Church of Somewhere
        bodies = {
            normal_name(n.name): n
            for n in groups
            if n.type == name.type and _without_state(n.name, knowledge).startswith(f"{name.name} of ")
        }
        is_told_apart = len(words) > 1 and any(
            normal_name(n.name).endswith(f" {' '.join(words)}") for n in groups
        )  # the "Supreme Court" may be the "Chadian Supreme Court"
        if len(bodies) == 1 and not is_told_apart:
            return next(iter(bodies.values()))
    longer = {
        normal_name(n.name): n
        for n in groups
        if (len(normal_name(n.name).split()) > len(words))
        and (
            normal_name(n.name).split()[-len(words) :] == words
            or (
                [w for w in normal_name(n.name).split()[:-1] if w != "s"] == words and name.name not in knowledge.bodies
            )
        )
        and (len(words) > 1 or n.type == name.type or _is_begun(name, n))
        and not (n.type in _PLACES and normal_name(n.name).split()[0] in knowledge.words["sides"])
        and "of" not in normal_name(n.name).split()[len(words) : len(words) + 1]
    }
    return next(iter(longer.values())) if len(longer) == 1 else None


def _is_begun(name: Name, longer: Name) -> bool:
    """ "Rescue" of Rescue International, which works across states."""
    return name.type == "Organization" and longer.name == f"{name.name} International"


def _without_state(name: str, knowledge: Knowledge) -> str:
    """ "Chadian Court of Appeal" is a Court of Appeal."""
    first, _, rest = name.partition(" ")
    return rest if first.casefold() in knowledge.by_adjective and rest else name


def _base_called(name: Name, groups: list[Name]) -> Name | None:
    """The one facility named before whose name this word begins: "Norvik" after "Norvik Proving Ground"."""
    longer = {normal_name(n.name): n for n in groups if n.type == "Facility" and n.name.startswith(f"{name.name} ")}
    found = next(iter(longer.values())) if len(longer) == 1 else None
    return found if found and min(n.start for n in groups if n.name == found.name) < name.start else None


def _storm_called(name: Name, groups: list[Name]) -> Name | None:
    """The one storm of the article whose name ends in this word: "Ada" after "Hurricane Ada"."""
    storms = {normal_name(n.name): n for n in groups if n.type == "Storm" and n.name.endswith(f" {name.name}")}
    if len(storms) != 1:
        return None
    [storm] = storms.values()
    name.type = storm.type
    return storm


def _is_part_of_more(name: Name, doc: Doc) -> bool:
    """ "the Government of Iraq", "Riverside East" and "Protected B" are no short forms of what ends in these words."""
    before = doc[name.start - 1] if name.start else None
    inside = before is not None and not before.is_sent_start and before.text[:1].isupper() and before.pos_ != "DET"
    return inside or (name.end < len(doc) and doc[name.end].lower_ == "of")


def _chain_rest(names: list[Name]) -> None:
    for name in names:
        if not name.chain:
            name.chain = _slug(name.name)


def _publish_names(index: MentionIndex) -> None:
    """Give every chain its best name and type, and make the mentions."""
    chains: dict[str, list[Name]] = {}
    for name in index.names:
        chains.setdefault(name.chain, []).append(name)
    for chain, members in chains.items():
        index.chain_names[chain] = (_best_name(members), Counter(m.type for m in members).most_common(1)[0][0])
    for name in index.names:
        best, cls = index.chain_names[name.chain]
        words = index.doc[name.start : name.end]
        span = Span(words.start_char, words.start_char + len(words.text.rstrip()))
        mention = _mention(index.article, span, best, cls, name.chain, "name", name.rule)
        for i in range(name.start, name.end):
            index.by_token[i] = mention


def _best_name(members: list[Name]) -> str:
    named = [m.name for m in members if m.rule not in {"short-form", "acronym", "demonym"}] or [m.name for m in members]
    counts = Counter(named)
    return max(sorted(counts), key=lambda n: (len(n.split()), counts[n], len(n)))


# --- nominals ---------------------------------------------------------------------------------------------------------


def _nominals(index: MentionIndex) -> None:
    for token in index.doc:
        if token.i in index.by_token:
            continue
        if (whole := _measured_name(token, index)) is not None:
            label = nominal_label(token)
            cls = "Region" if index.knowledge.is_a(whole.type, "Place") else whole.type
            _add_nominal(index, token, label[:1].lower() + label[1:], "Group" if cls == "Person" else cls, "part")
        elif _heads_nominal(token, index) and (label := nominal_label(token)):
            label += _which(token, index)
            measure = _measure(token, index.knowledge)
            rule = "part" if measure.endswith(" the") else "nominal"
            cls = _nominal_class(token, index.knowledge)
            _add_nominal(index, token, f"{measure} {label}" if measure else label, cls, rule)


def _add_nominal(index: MentionIndex, token: Token, label: str, cls: str, rule: str) -> None:
    words = noun_phrase(token)
    span = Span(words.start_char, words.end_char)
    chain = f"{_slug(label)}.{token.i}"
    index.heads[chain] = token.lower_
    index.labels[token.i] = label
    index.by_token[token.i] = _mention(index.article, span, label, cls, chain, "nominal", rule)


def _measured_name(token: Token, index: MentionIndex) -> Mention | None:
    """What a part is part of: "most of Lima" is a place of its own, not Lima."""
    if token.pos_ not in {"NOUN", "ADJ", "PRON", "NUM"} or not measures(
        token, index.knowledge.words["quantifier_nouns"]
    ):
        return None
    return next((m for c in deps(token, "nmod") if case(c) == "of" and (m := index.named_at(c))), None)


def _which(token: Token, index: MentionIndex) -> str:
    """The words right behind a nominal's label that say which is meant: "children in Peru" are not children as such, nor is "a
    request to take the film down" any request. They end before a time, a comma, and what would be cut.
    """
    start = end = _label_end(token)
    for child in _behind(token, start):
        if child.left_edge.i < end:
            continue
        if child.left_edge.i != end or not _tells_which(child, index):
            break
        last = _last_of(child)
        if start == end and _size(token.doc[start : last + 1]) > _LONGEST_TAIL:
            last = _core_end(child)
        if last < end or _size(token.doc[start : last + 1]) > _LONGEST_TAIL:
            break
        end = last + 1
    words = token.doc[start:end]
    if start == end or any(t.text in _BRACKETS or t.is_space for t in words) or not _closes_quotes(words):
        return ""
    return " " + re.sub(r" +", " ", _QUOTES.sub("", words.text))


def _behind(noun: Token, start: int) -> list[Token]:
    """What may go on with a label behind its end: "to a fire" of "news of the answer to a fire" belongs to the answer."""
    inside = [t for t in noun.doc[noun.i + 1 : start] if t.pos_ == "NOUN" and noun.is_ancestor(t)]
    found = [c for t in (noun, *inside) for c in t.children if c.i > t.i and (t.i == noun.i or c.dep_ != "acl:relcl")]
    return sorted(found, key=lambda c: c.left_edge.i)


def _size(words: Words) -> int:
    """How many words a span has; "four-year-old" has three and no hyphens."""
    return sum(not t.is_punct for t in words)


def _closes_quotes(words: Words) -> bool:
    """Whether what is quoted in a span is so wholly, be the last mark behind a full stop."""
    behind = itertools.takewhile(lambda t: t.is_punct, words.doc[words.end :])
    return _is_balanced(words) or _is_balanced((*words, *behind))


def _is_balanced(tokens: Iterable[Token]) -> bool:
    marks = Counter(t.text for t in tokens if t.text in _QUOTE_MARKS and t.tag_ != "POS")
    return marks['"'] % 2 == 0 and marks["'"] % 2 == 0 and marks["“"] == marks["”"]


_LONGEST_TAIL = 12  # words
_INNER_MARKS = frozenset({"-", "–", "'", "’", "%", "&", *'"“”'})
_QUOTE_MARKS = frozenset("'\"“”")
_QUOTES = re.compile('[“”"]')
_BRACKETS = frozenset("([")
_WHEN = frozenset({"DATE", "TIME"})


def _label_end(head: Token) -> int:
    """Where the words that a nominal's label gives end: behind its head, its number or its "of" phrase."""
    end = counted_list(head)[-1].i + 1
    if end < len(head.doc) and head.doc[end].like_num and head.doc[end].head.i == head.i:
        end += 1
    for child in deps(head, "nmod"):
        if child.i > head.i and case(child) == "of":
            alone = len(_own_words(head)) == 1
            tail = _complement_words(child, alone=alone) if _can_be_complement(child) else None
            return tail.end if tail is not None else end
    return end


def _tells_which(child: Token, index: MentionIndex) -> bool:
    """Whether what hangs behind a noun belongs to its name: a phrase with a preposition, "to" with a verb, a clause without a
    comma; no time, which is the clause's as a rule, and no "with" phrase that tells a thing of its own.
    """
    if child.dep_ == "nmod" and case(child):
        ends = [c for c in deps(child, "acl") if c.tag_ in {"VBN", "VBG"}]
        does = base(child.head) in {"nsubj", "obj"} and child.head.head.pos_ == "VERB"
        if child.left_edge.is_punct or (case(child) == "by" and not does) or (case(child) == "with" and ends):
            return False
        named = index.named_at(child) if case(child) == "from" and base(child.head) == "obj" else None
        if named is not None and named.type in {"Person", "Company"}:
            return False  # "bought the ferry from Ali Sow": he belongs to the verb
        return child.ent_type_ not in _WHEN and lemma(child).lower() not in index.knowledge.words["time_nouns"]
    if base(child) in {"appos", "flat"} and child.pos_ == "PROPN":
        # "presidential candidates Ana Ruiz and Ben Lo"
        close = child.doc[child.head.i + 1].pos_ == "PROPN"
        return close and child.head.tag_ == "NNS" and index.named_at(child) is not None
    if base(child) == "amod" and child.pos_ == "ADJ":
        told = lemma(child) in index.knowledge.words["complemented_adjectives"]
        return told and not child.left_edge.is_punct and child.right_edge.i > child.i  # "areas prone to floods"
    first = child.left_edge
    dated = any(t.ent_type_ in _WHEN for t in child.doc[first.i : min(first.i + 2, child.i)])
    tells = child.pos_ in CLAUSAL or is_content(child)
    return base(child) == "acl" and tells and not (first.is_punct or dated)


def _last_of(child: Token) -> int:
    """The last word of a phrase, before a comma or a mark behind its head; -1 where a list or a clause would be cut."""
    for token in child.doc[child.left_edge.i : child.right_edge.i + 1]:
        if token.is_punct and token.text not in _INNER_MARKS and token.i > child.left_edge.i:
            if all(t.is_punct for t in child.doc[token.i : child.right_edge.i + 1]):
                return token.i - 1
            if _parts_items(token, child):
                continue
            cut = token.i < child.i or any(t.dep_ == "conj" and t.head.i < token.i < t.i for t in child.subtree)
            if base(child) == "acl":
                end = _core_end(child)
                return end if end < token.i else -1
            return -1 if cut else token.i - 1
        if token.ent_type_ in _WHEN and token.i > child.i and base(child) != "acl" and not _is_named_so(token):
            return token.i - (2 if token.nbor(-1).pos_ == "ADP" else 1)  # "attacks in Lima on 2 May"
    return child.right_edge.i


def _is_named_so(token: Token) -> bool:
    """ "the paper Lima Today": what looks like a time ends a name."""
    return token.pos_ == "PROPN" and base(token) in {"appos", "flat"} and token.nbor(-1).pos_ == "PROPN"


def _parts_items(comma: Token, phrase: Token) -> bool:
    """Whether a comma parts the items of a list that a phrase holds as a whole: "talks between Chad, Mali and Togo"."""
    items = deps(phrase, "conj")
    plain = (
        base(phrase) == "nmod" and any(deps(c, "cc") for c in items) and items[-1].right_edge.i == phrase.right_edge.i
    )
    return comma.text == "," and plain and any(c.left_edge.i == comma.i or c.left_edge.i == comma.i + 1 for c in items)


def _core_end(child: Token) -> int:
    """The last word of what a phrase or a clause says first: "to fight malaria (by handing out nets, …)", "of turning away boats
    (that …)", "praising Ana Ruiz (, the founder)", "in journals (…)"; -1 where nothing can be told apart.
    """
    if base(child) != "acl":
        return -1 if deps(child, "conj") else noun_phrase(child).end - 1
    if child.dep_ != "acl" or not (is_infinitive(child) or child.tag_ == "VBG"):
        return -1
    verbs = [child, *deps(child, "xcomp")]
    things = [c for verb in verbs for c in deps(verb, "obj") if c.i > verb.i]
    if not things or deps(things[-1], "conj") or any(is_infinitive(c) for c in deps(things[-1], "acl")):
        return -1
    inner = [c for c in deps(things[-1], "nmod") if case(c) == "of" and not deps(c, "conj")]
    whole = max([noun_phrase(things[-1]).end, *(c.right_edge.i + 1 for c in deps(things[-1], "flat"))])
    return (noun_phrase(inner[0]).end if inner and inner[0].left_edge.i == whole else whole) - 1


def _measure(token: Token, knowledge: Knowledge) -> str:
    """What measures a nominal, for its name: "dozens of" boats; "most of the" boats are another thing than the boats."""
    head = measured(token, knowledge.words["quantifier_nouns"])
    if head.i == token.i or lemma(head) in knowledge.words["whole_nouns"]:
        return ""
    words = [t for t in noun_phrase(head) if t.dep_ != "det" and t.i <= head.i]
    inner = head.doc[head.i + 1 : noun_phrase(token).start]
    definite = any(d.lower_ in {"the", "these", "those", "this"} for d in deps(token, "det")) or deps(
        token, "nmod:poss"
    )
    between = [t for t in inner if t.dep_ not in {"det", "det:predet"} and not t.is_space]
    if not between or len(words) + len(between) > 6:
        return ""
    if deps(token, "nmod:poss"):
        between = between[:1]  # owners go from names
    text = " ".join(t.text for t in (*words, *between))
    return f"{text[0].lower()}{text[1:]}{' the' if definite else ''}"


def _elided(index: MentionIndex) -> None:
    """ "the attacks in Oslo, including those in Lima on 2 May": events of the kind named before, whose noun is left out."""
    known = index.knowledge
    for token in index.doc:
        if token.lower_ not in {"those", "others"} or not deps(token, "nmod") or token.i - token.sent.start < 2:
            continue
        if any(t.lower_ == "who" for c in deps(token, "acl") for t in deps(c, "nsubj")):
            continue
        before = index.doc[token.sent.start : token.i]
        nouns = [t for t in before if t.tag_ == "NNS" and t.pos_ == "NOUN" and t.lower_ != "others"]
        mention = index.at(nouns[-1]) if nouns else None
        if mention is None or not known.is_a(mention.type, "Event"):
            continue
        if any(case(c) in known.words["place_preps"] | {"of"} for c in deps(token, "nmod")):
            label = nouns[-1].lower_ if token.lower_ == "those" else f"other {nouns[-1].lower_}"
            _add_nominal(index, token, label + _which(token, index), mention.type, "elided")


def _who(index: MentionIndex) -> None:
    """ "Two guards were found in the garage, who said …": a clause with "who" tells of people, not of the nearest thing."""
    known = index.knowledge
    for token in index.doc:
        verb = token.head
        if token.lower_ == "which":
            _which_thing(token, index)
        if token.lower_ != "who" or verb.dep_ != "acl:relcl" or base(token) != "nsubj" or verb.head.i > token.i:
            continue
        noun = verb.head
        mine = index.at(noun)
        if mine is None or not any(known.is_a(mine.type, cls) for cls in ("Place", "Event", "Artifact", "Document")):
            continue
        people = [
            t for t in (*noun.ancestors, *(c for a in noun.ancestors for c in deps(a, "nsubj", "obj"))) if t.i < noun.i
        ]
        fitting = [t for t in people if (m := index.at(t)) is not None and known.is_a(m.type, "Agent")]
        if fitting and not verb.is_ancestor(fitting[-1]):
            verb.head = max(fitting, key=lambda t: t.i)


def _which_thing(pronoun: Token, index: MentionIndex) -> None:
    """ "Two guards were hurt in the blast, which happened in Lima": "which" is no people, but the noun right before it."""
    clause, known = pronoun.head, index.knowledge
    if clause.dep_ != "acl:relcl" or base(pronoun) != "nsubj" or clause.head.i > pronoun.i - 3:
        return
    people = index.at(clause.head)
    before = pronoun.nbor(-2) if pronoun.nbor(-1).text == "," else pronoun.nbor(-1)
    near = index.at(before)
    if people is None or near is None or (not before.is_ancestor(before) and clause.head.i >= before.i):
        return
    is_people = clause.head.tag_ in {"NNS", "NNPS"} and known.is_a(people.type, "People")
    if is_people and before.pos_ in {"NOUN", "PROPN"} and not known.is_a(near.type, "Agent"):
        clause.head = before


def _heads_nominal(token: Token, index: MentionIndex) -> bool:
    words = index.knowledge.words
    if _holds_verb(token):
        return False
    if token.pos_ == "NUM" and base(token) in {"obj", "nsubj"} and token.ent_type_ not in {"DATE", "TIME"}:
        # "killed six"; digits may count anything, and people only where something was done to them: "300 were killed"
        return token.is_alpha or (token.text[:1].isdigit() and lemma(token.head) in words["victim_verbs"])
    people = token.doc[token.i : token.i + 1]
    is_noun = token.pos_ in {"NOUN", "PROPN"} or (token.ent_type_ == "NORP" and is_individual(people))
    if not is_noun or not any(c.isalpha() for c in token.text) or token.text.endswith("$"):
        return False
    if token.lower_ in words["stance_prefixes"] and token.i + 1 < len(token.doc) and token.nbor().text in {"-", "–"}:
        return False  # half of "pro-Oslo"
    if token.ent_type_ == "TITLE" and token.head.ent_type_ == "TITLE" and token.head.i == token.i - 2:
        return False  # the second half of "Attorney-General"
    if base(token) in {"compound", "flat", "fixed", "goeswith", "amod"} or len(token.text) < 2:
        return False
    key = lemma(token)
    if key in {"day", "week", "night", "year"} and deps(token, "compound") and not token.like_num:
        return token.ent_type_ not in {"DATE", "TIME"}  # "founding day", "Victory Day"
    return key not in words["time_nouns"] and key not in words["empty_nouns"]


def _holds_verb(head: Token) -> bool:
    """Whether a clause was taken for one phrase: "a truce ended fighting", "the blast wounded 14 people"."""
    words = [t for t in _own_words(head) if t.i < head.i]
    return any(
        verb.tag_ in {"VBD", "VBN"}
        and before.tag_ in {"NN", "NNS", "VBD", "VBN"}
        and (before.head.i == head.i or (before.head.i == verb.i and before.whitespace_))
        for before, verb in itertools.pairwise(words)
    )


def nominal_label(head: Token) -> str:
    """A noun phrase as a label: "the group's 125-member delegation of artists" gives "125-member delegation of artists".

    Determiners, possessors and clauses go; one "of" complement stays, for "members" alone says little.
    """
    text = "".join(t.text_with_ws for t in _own_words(head)).strip()
    after = head.i + 1
    if after < len(head.doc) and head.doc[after].like_num and head.doc[after].head.i == head.i:
        text += " " + head.doc[after].text  # "Resolution 2249", "Flight 370"
    for child in head.children:
        if child.dep_ == "nmod" and case(child) == "of" and _can_be_complement(child):
            tail = _complement_words(child, alone=" " not in text)
            if tail is not None and tail.start > head.i:
                text += " of " + tail.text
            break
    return re.sub(r"\s+", " ", re.sub('[“”"]', "", text))[:120].strip()


def _can_be_complement(child: Token) -> bool:
    if child.i - child.head.i > _LONGEST_TAIL:
        return False
    if any(c.lower_ == "of" and c.doc[max(c.i - 1, 0)] in deps(child, "advmod") for c in deps(child, "case")):
        return False  # "officials south of Lima" are not of Lima
    return child.pos_ in {"NOUN", "PROPN"} or (child.pos_ == "NUM" and len(child.text) == 4)  # "the law of 1848"


def _own_words(head: Token) -> list[Token]:
    """A noun with what stands before it and says which, without determiners and owners; all of a list that is counted together."""
    apart = [c for c in head.children if c.dep_ in {"det", "nmod:poss", "det:predet", "cc:preconj"}]
    skip = {t.i for c in apart if c.lower_ not in {"every", "each"} for t in c.subtree}
    owned = max((c.right_edge.i for c in deps_exact(head, "nmod:poss") if c.i < head.i), default=-1)
    core = [t for t in noun_phrase(head) if t.i not in skip and owned < t.i <= head.i and not t.is_space]
    if counts_together(head):
        core += list(head.doc[head.i + 1 : counted_list(head)[-1].i + 1])
    while core and (core[0].is_punct or core[0].lower_ in _NO_BEGINNINGS):
        core.pop(0)
    return core


_NO_BEGINNINGS = frozenset(
    "'s ’s ' ’ and or but both to by of also even especially eventually too then instead however".split()
)


def _complement_words(noun: Token, *, alone: bool) -> Words | None:
    """What follows "of" in a label: a list as a whole ("ministers of Chad and Mali"), and whose it is in turn ("of the state of
    Ohio"). A list that would be cut is left out, unless the label would be one word `alone`, which says less than its first item.
    """
    first = noun_phrase(noun)
    items = listed(noun)
    counted = any(d.lower_ in {"a", "an"} for d in deps(noun.head, "det")) and len(items) == 2
    if noun.tag_ in {"NNS", "NNPS"} and counted:
        items = [noun]  # "a number of ministers and officials": what follows may be counted or not
    if len(items) > 1:
        last = noun_phrase(items[-1])
        if _is_plain_list(items):
            whole = noun.doc[first.start : max(last.end, items[-1].right_edge.i + 1 if len(items) > 2 else 0)]
            return whole if len(whole) <= 14 else None
        return first if alone and _size(first) <= 6 else None
    inner = [c for c in deps(noun, "nmod") if case(c) == "of" and c.pos_ in {"PROPN", "NOUN"} and not deps(c, "conj")]
    if inner and inner[0].left_edge.i == first.end and (whole := noun_phrase(inner[0])).end - first.start <= 8:
        return noun.doc[first.start : whole.end]
    named = [c for c in deps(noun, "appos", "flat") if c.i == first.end and c.pos_ == "PROPN"]
    if named and (whole := noun_phrase(named[0])).end - first.start <= 8:
        return noun.doc[first.start : whole.end]  # "the death of deputy Ana Sow"
    return first if _size(first) <= 6 else None


def _is_plain_list(items: list[Token]) -> bool:
    """Whether the items are alike and the last is joined by "and" or "or": no "sanitation and the collapse of order". The last of
    more than two may have words of its own ("of pain, fever, and coughing with blood").
    """
    one, *others = items
    last = others[-1]
    if not deps(last, "cc") or any(t.pos_ not in {"NOUN", "PROPN"} and t.tag_ != "VBG" for t in items):
        return False
    if len(others) > 1 and one.doc[deps(last, "cc")[0].i - 1].text == ",":
        others = others[:-1]
    elif last.i + 1 < len(one.doc) and one.doc[last.i + 1].lower_ == "of":
        return False
    articles = {len(deps(t, "det")) for t in items}
    return len(articles) == 1 and not any(deps(t, "nmod", "acl", "case", "obl") for t in others)


def _nominal_class(token: Token, knowledge: Knowledge) -> str:
    if token.pos_ == "NUM":
        return "Group"
    key = lemma(token)
    compound = next((lemma(c) + " " + key for c in deps(token, "compound", "amod") if c.i == token.i - 1), "")
    if key in knowledge.words["camp_nouns"] and _takes_side(token, knowledge):
        return "Group"
    if token.ent_type_ == "NORP" and is_individual(token.doc[token.i : token.i + 1]):
        return "Person"
    if is_counted_people(token.doc[token.i : token.i + 1]):
        return "Group"
    cls = knowledge.nouns.get(compound) or knowledge.nouns.get(key) or knowledge.nouns.get(token.lower_)
    if cls is None and "-" in key:
        cls = knowledge.nouns.get(key.rpartition("-")[2])  # "co-worker", "ex-husband"
    if cls is None and key in knowledge.titles:
        cls = "Person"
    if cls == "Country" and any(case(c) == "of" and c.ent_type_ not in {"GPE", "LOC"} for c in deps(token, "nmod")):
        cls = "Concept"  # "a state of emergency"
    if cls is None:
        rows = knowledge.triggers.get((key, "NOUN"), ())
        cls = next((r.target for r in rows if not r.is_relation and len(r.words) == 1), None)
    if cls is None:
        return "Concept"
    plural = token.tag_ in {"NNS", "NNPS"} or "Plur" in token.morph.get("Number", [])
    if plural and key in knowledge.words["counted_nouns"]:
        return "Concept"  # "60,000 votes" are no election
    return "Group" if cls == "Person" and plural else cls


def _takes_side(token: Token, knowledge: Knowledge) -> bool:
    """Whether a "pro-Norland camp" or an "anti-war camp" is meant, where people share a stance and not a place."""
    words = (t.lower_ for c in deps(token, "compound", "amod") for t in c.subtree)
    return any(w.partition("-")[0] in knowledge.words["camp_prefixes"] or w.endswith("ist") for w in words)


# --- coreference ------------------------------------------------------------------------------------------------------


def _coreference(index: MentionIndex) -> None:
    clusters = [sorted(spans, key=lambda s: s.start) for key, spans in _clusters(index.doc)]
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


def _clusters(doc: Doc) -> Iterator[tuple[str, Iterable[Words]]]:
    for key in sorted(doc.spans):
        if key.startswith("coref_clusters"):
            yield key, doc.spans[key]


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


def _predicated(index: MentionIndex) -> None:
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


def _called_fully(index: MentionIndex) -> None:
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


def _owned(index: MentionIndex) -> None:
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
    _rename(index, names)


def _is_ranked(noun: Token, known: Knowledge) -> bool:
    """ "Norvik's first ferry" is no first ferry of all."""
    ranks = known.words["superlatives"]
    return any(c.i < noun.i and (c.tag_ == "JJS" or lemma(c) in ranks) for c in deps(noun, "amod"))


def _rename(index: MentionIndex, names: Mapping[str, str]) -> None:
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
    index.by_token[head.i] = _mention(index.article, span, target.name, target.type, target.chain, kind, rule)


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


def _titles(index: MentionIndex) -> None:
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


def _appositions(index: MentionIndex) -> None:
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
                    fitting, key=lambda tm: (_sentence_number(index.doc, tm[0].i), base(tm[0]) == "nsubj", -tm[0].i)
                )
                _link(index, token, target[1], "recency")


def _sentence_distance(doc: Doc, one: Token, other: Token) -> int:
    return _sentence_number(doc, other.i) - _sentence_number(doc, one.i)


def coordinated_mentions(token: Token, index: MentionIndex) -> list[tuple[Token, Mention]]:
    """The mentions of a nominal and of everything coordinated with it."""
    return [(t, m) for t in coordinated(token) if (m := index.at(t)) is not None]
