"""Names: the pipeline's entities, completed and typed by the lexica, and chained where they name one person or body."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from kg.bodies import retype_bodies
from kg.lexicon import Knowledge
from kg.mentions.index import MentionIndex, Name, clusters_of, new_mention, normal_name, slug
from kg.model import Span
from kg.spans import closes_title, whole_names
from kg.syntax import (
    base,
    case,
    deps,
    lemma,
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
_EDGES = re.compile(r"^[\s\"“”'’‘(\[,;:–—-]+|[\s\"“”'’‘)\],;:–—-]+$")


def find_names(doc: Doc, knowledge: Knowledge) -> Iterator[Name]:
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


def completed(names: Iterable[Name], doc: Doc) -> list[Name]:
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


def chain_people(names: list[Name], doc: Doc, knowledge: Knowledge) -> None:
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
        name.chain = slug(name.name)
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
        name.chain = candidate.chain if candidate else slug(name.name)
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
    clusters = [spans for _, spans in clusters_of(doc)]
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
    sentence = sentence_number(doc, short.start)
    recent = [n for n in candidates if 0 <= sentence - sentence_number(doc, n.start) <= 1 and n.start < short.start]
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


def sentence_number(doc: Doc, i: int) -> int:
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


def chain_organisations(names: list[Name], doc: Doc, knowledge: Knowledge) -> None:
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
            name.chain = slug(target.name)
            name.rule = "acronym" if is_acronym else "short-form"
        else:
            name.chain = key.replace(" ", "-")
    longer = {slug(name.name): name.chain for name in groups}
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


def chain_rest(names: list[Name]) -> None:
    for name in names:
        if not name.chain:
            name.chain = slug(name.name)


def publish_names(index: MentionIndex) -> None:
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
        mention = new_mention(index.article, span, best, cls, name.chain, "name", name.rule)
        for i in range(name.start, name.end):
            index.by_token[i] = mention


def _best_name(members: list[Name]) -> str:
    named = [m.name for m in members if m.rule not in {"short-form", "acronym", "demonym"}] or [m.name for m in members]
    counts = Counter(named)
    return max(sorted(counts), key=lambda n: (len(n.split()), counts[n], len(n)))
