"""Bodies that a reader took for persons: "Keller Marsh, a rival of Boeing", "the militant group Abu Tarek", "Orlan" of an Orlan Party.

Comes in: the names of one article with its Doc. Goes out: the same names, those whose words or neighbours say so with the class of
a body. A name that an article uses like that of a person stays one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.lexicon import Knowledge
from kg.syntax import base, case, lemma

if TYPE_CHECKING:
    from kg.mentions import Name

_FAR = 6
"""How far behind a name the noun of its apposition may stand."""


def retype_bodies(names: list[Name], doc: Doc, knowledge: Knowledge) -> None:
    """Give what is told to be a body its class, wherever the article has the name."""
    people = [name for name in names if name.type == "Person"]
    bearers = {word for n in people if " " in n.name for word in (n.name.split()[0], n.name.split()[-1])}
    told: dict[str, str] = {}
    for name in people:
        if name.name not in told and not _is_somebody(name.name, people, doc, knowledge):
            cls = _known(name, knowledge) or _told(name, names, doc, knowledge)
            if not cls and name.name not in bearers:
                cls = _shortened(name.name, names, knowledge)
            if cls:
                told[name.name] = cls
    for name in people:
        name.type = told.get(name.name, name.type)


def _is_somebody(name: str, people: Iterable[Name], doc: Doc, knowledge: Knowledge) -> bool:
    """Whether the article calls somebody so: after a form of address or a title, before "who", or shortens the name like a person's."""
    last = name.split()[-1]
    for each in people:
        if " " in name and each.name == last:
            return True
        if each.name != name:
            continue
        before = doc[each.start - 1].lower_ if each.start else ""
        after = [token.lower_ for token in doc[each.end : each.end + 2]]
        if before in knowledge.words["honorifics"] or before in knowledge.titles or "who" in after:
            return True
    return False


def _known(name: Name, knowledge: Knowledge) -> str:
    """The class of a body that the lexicon knows; "WHO" may be a loud "Who"."""
    return "" if name.text.isupper() else knowledge.bodies.get(name.text, "")


def _told(name: Name, names: Iterable[Name], doc: Doc, knowledge: Knowledge) -> str:
    ways = (_of_kind(name, doc, knowledge), _has_staff(name, doc, knowledge), _is_peer(name, names, doc, knowledge))
    return next((cls for cls in ways if cls), "")


def _of_kind(name: Name, doc: Doc, knowledge: Knowledge) -> str:
    """ "The militant group Abu Tarek", "the Abu Tarek group": the noun that the name belongs to says what it is."""
    if not name.start:
        return ""
    head = _head(name, doc)
    before, after = doc[name.start - 1], doc[name.end] if name.end < len(doc) else None
    is_apposed = base(head) in {"appos", "flat"} and head.head.i == before.i
    is_attribute = after is not None and base(head) == "compound" and head.head.i == after.i and before.lower_ == "the"
    noun = before if is_apposed else after if is_attribute and after is not None and after.lower_ == "group" else None
    if noun is None or not noun.text.islower() or noun.tag_ != "NN":
        return ""
    if case(noun) == "of" and lemma(noun.head) in knowledge.titles:
        return ""  # "the head of the water company Ana Sow"
    cls = knowledge.nouns.get(lemma(noun), "")
    is_named_so = knowledge.is_a(cls, "Organization") and not knowledge.is_a(cls, "Government")
    return cls if is_named_so else "Organization" if noun.lower_ == "group" else ""


def _has_staff(name: Name, doc: Doc, knowledge: Knowledge) -> str:
    """ "Keller Marsh shares", "Keller Marsh CEO Ana Sow": what companies alone have."""
    if name.end >= len(doc):
        return ""
    noun, head = doc[name.end], _head(name, doc)
    is_noun = noun.pos_ in {"NOUN", "PROPN"} and noun.lower_ in knowledge.words["company_clues"]
    return "Company" if is_noun and base(head) in {"compound", "nmod:poss", "nmod"} and not _is_owner(head) else ""


def _is_owner(token: Token) -> bool:
    return any(child.tag_ == "POS" for child in token.children)


def _is_peer(name: Name, names: Iterable[Name], doc: Doc, knowledge: Knowledge) -> str:
    """ "Keller Marsh, Boeing's rival", "Keller Marsh, a subsidiary of Boeing": who competes with a body or is its part is one."""
    if name.end >= len(doc) or doc[name.end].text != ",":
        return ""
    bodies = [n for n in names if knowledge.is_a(n.type, "Organization")]
    ends, starts = {n.end: n for n in bodies}, {n.start: n for n in bodies}
    for token in doc[name.end + 1 : name.end + 1 + _FAR]:
        if token.text in {",", ".", ";"}:
            return ""
        if lemma(token) in knowledge.words["peer_nouns"]:
            owner = ends.get(token.i - 1) if doc[token.i - 1].tag_ == "POS" else _behind_of(token, starts)
            return ("Company" if owner.type == "Company" else "Organization") if owner is not None else ""
    return ""


def _behind_of(noun: Token, starts: dict[int, Name]) -> Name | None:
    after = noun.doc[noun.i + 1 : noun.i + 4]
    if not len(after) or after[0].lower_ != "of":
        return None
    return next((starts[t.i] for t in after[1:] if t.i in starts), None)


def _shortened(name: str, names: Iterable[Name], knowledge: Knowledge) -> str:
    """The class of the one body of the article that a name shortens: "Orlan" of the Orlan Party."""
    if " " in name:
        return ""
    longer = {n.name: n for n in names if n.name.startswith(f"{name} ") and knowledge.is_a(n.type, "Organization")}
    found = [n for n in longer.values() if n.name.split()[-1] in _KINDS and len(n.name.split()) == 2]
    return found[0].type if len(longer) == len(found) == 1 else ""


_KINDS = frozenset(
    {"Party", "party", "Group", "International", "Inc", "Inc.", "Corp", "Corp.", "Ltd", "Ltd.", "Motors"}
)


def _head(name: Name, doc: Doc) -> Token:
    return doc[name.start : name.end].root
