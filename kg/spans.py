"""Where a name begins and ends: what a pipeline cut off is put back by the words around it, and what is no name is left out.

Comes in: the spans that the pipeline took for names. Goes out: the same spans, those lengthened or shortened whose text says so,
without those whose text says that they name nothing. Nothing here looks up what a name means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.lexicon import Knowledge

_ACRONYM = re.compile(r"[A-Z]{3,9}")
_REPEATED = frozenset({"ORG", "FAC", "LAW", "WORK_OF_ART"})
_PEOPLE = frozenset({"PERSON", "PER"})
_LOWER = frozenset({"ORG", "NORP"})
"""What papers write with a small letter at times: "the ministry", "muslims", "i" the newspaper."""
_SMALL_WORDS = frozenset({"of", "for", "and", "in", "on", "to"})
_OPENING, _CLOSING = frozenset({'"', "“", "‘", "``"}), frozenset({'"', "”", "’", "''"})
_LONGEST_STATE, _LONGEST_TITLE = 4, 4
_FAR = 7
"""How many words of a list may stand between the first office and the noun that all share: "the Foreign, Home and Defence Secretaries"."""

Span = tuple[int, int, str]


def whole_names(doc: Doc, found: Iterable[Span], knowledge: Knowledge) -> list[Span]:
    """The spans with what belongs to them, and the same words where the pipeline took them apart elsewhere."""
    parts = [part for span in found for part in _without_office(doc, span, knowledge)]
    spans = [_whole(doc, span, knowledge) for span in parts if not _names_nothing(doc, span, knowledge)]
    spans += [*_known(doc, knowledge), *_bodies_in_titles(doc, knowledge)]
    spans += _titles(doc, spans)
    spans = sorted({*spans, *_repeated(doc, spans)})
    spans = sorted({*spans, *_branches(doc, spans, knowledge), *_crafts(doc, spans, knowledge), *_quoted(doc, spans)})
    return sorted({*spans, *_repeated(doc, spans)})  # a branch that was joined here may be taken apart there


def _known(doc: Doc, knowledge: Knowledge) -> Iterator[Span]:
    """Bodies known by a name that holds others': "Islamic State of Iraq and the Levant" is neither in Iraq nor the Levant."""
    for token in doc:
        for words in knowledge.long_bodies.get(token.text, ()):
            last = token.i + len(words)
            if last <= len(doc) and all(a.text == b for a, b in zip(doc[token.i : last], words, strict=True)):
                yield token.i, last, "ORG"
                break


def _bodies_in_titles(doc: Doc, knowledge: Knowledge) -> Iterator[Span]:
    """Bodies whose office the pipeline took for one title: "FCO Minister Ana Sow", "Home Office Minister Ana Sow"."""
    for title in doc.ents:
        if title.label_ != "TITLE":
            continue
        for last in range(title.end - 1, title.start, -1):
            words = doc[title.start : last].text
            is_acronym = last == title.start + 1 and _ACRONYM.fullmatch(words)
            is_ministry = last > title.start + 1 and knowledge.org_words.get(doc[last - 1].text) == "Ministry"
            if (is_acronym or is_ministry or words in knowledge.bodies) and words.casefold() not in knowledge.titles:
                yield title.start, last, "ORG"
                break


def _without_office(doc: Doc, span: Span, knowledge: Knowledge) -> Iterator[Span]:
    """ "US President Ana Sow" and "Navy Capt. Ana Sow" taken for one name: whose office it is, and who holds it."""
    start, end, label = span
    owner, kind = _owner_at(doc, start, end, knowledge) if label in _PEOPLE else (start, "")
    title = _title_end(doc, owner, end, knowledge) if kind else owner
    if kind == "ORG" and owner == end:
        yield start, end, kind  # "Navy" is nobody
    elif owner < title:
        yield start, owner, kind
        yield title, end, label
    else:
        yield span


def _owner_at(doc: Doc, start: int, end: int, knowledge: Knowledge) -> tuple[int, str]:
    """The end of the state or branch of its forces at the beginning of a span, and what it is: "US", "British", "U.S. Navy"."""
    state = start
    for size in range(min(_LONGEST_STATE, end - start), 0, -1):
        words = doc[start : start + size].text.casefold()
        if words in knowledge.by_country_name or words in knowledge.by_adjective:
            state = start + size
            break
    for last in range(min(state + _LONGEST_STATE, end), state, -1):
        if knowledge.org_words.get(doc[state:last].text) == "Military":
            return last, "ORG"
    words = doc[start:state].text.casefold()
    return state, ("GPE" if words in knowledge.by_country_name else "NORP") if state > start else ""


def _title_end(doc: Doc, start: int, end: int, knowledge: Knowledge) -> int:
    """The end of an office or rank that starts somewhere, with a name behind it in the span; `start` where none does. A word that
    is a family's name too says nothing: "Jordan King Sow"."""
    for last in range(min(start + _LONGEST_TITLE, end - 1), start, -1):
        words = doc[start:last].text.casefold()
        if words in knowledge.titles and words not in knowledge.words["titles_as_family_names"]:
            return last
    return start


def _names_nothing(doc: Doc, span: Span, knowledge: Knowledge) -> bool:
    """Whether one word names neither who nor where: a side ("the south"), half of "Pro-Oslo", letters after a name, or half of
    an office."""
    start, end, label = span
    word = doc[start]
    if end - start > 1:
        return False
    if word.text.islower() and label not in _LOWER:
        return True
    if word.lower_ in knowledge.words["half_words"] and end < len(doc) and doc[end].text in {"-", "–"}:
        return True
    return _follows_name(doc, start, knowledge) or _shares_office(doc, start, knowledge)


def _follows_name(doc: Doc, i: int, knowledge: Knowledge) -> bool:
    """ "Ana Sow, QC, said": letters between commas behind somebody's name are an honour."""
    if doc[i].text not in knowledge.words["post_nominals"] or i < 2 or doc[i - 1].text != ",":
        return False
    return doc[i - 2].ent_type_ in _PEOPLE and (i + 1 == len(doc) or not doc[i + 1].is_alpha)


def _shares_office(doc: Doc, i: int, knowledge: Knowledge) -> bool:
    """ "The Foreign, Home and Defence Secretaries": each word of the list is of one office, and nobody's name."""
    for token in doc[i + 1 : i + _FAR]:
        if token.tag_ in {"NNS", "NNPS"}:
            return f"{doc[i].lower_} {token.lemma_.lower()}" in knowledge.titles
        if not (token.text in {",", "and"} or token.text[:1].isupper()):
            return False
    return False


def _branches(doc: Doc, spans: Iterable[Span], knowledge: Knowledge) -> Iterator[Span]:
    """ "Village Aid Norland" as one name: a body and the place right after it, which the parse joins."""
    places = {
        start: end
        for start, end, label in spans
        if label == "GPE" or (label == "ORG" and doc[start].text.casefold() in knowledge.by_country_name)
    }
    for start, end, label in spans:
        last = places.get(end, 0)
        if label in {"ORG", "FAC"} and last and doc[end - 1].whitespace_ and doc[end - 1].pos_ in {"NOUN", "PROPN"}:
            joined = [t for t in doc[end:last] if start <= t.head.i < end and t.dep_ in {"flat", "appos", "compound"}]
            after = doc[last].text if last < len(doc) else ""
            if joined and after not in {"'s", "’s"}:
                yield start, last, label


def _crafts(doc: Doc, spans: Iterable[Span], knowledge: Knowledge) -> Iterator[Span]:
    """ "Space Shuttle Orla" as one name: the kind of a craft and the name right after it, which the parse joins."""
    names = {start: end for start, end, _ in spans if end - start == 1}
    for start, end, label in spans:
        last = names.get(end, 0)
        is_kind = label in {"PRODUCT", "VEHICLE"} and knowledge.is_a(
            knowledge.nouns.get(doc[start:end].text.casefold(), ""), "Vehicle"
        )
        if is_kind and last and doc[end - 1].head.i == end and doc[end - 1].dep_ == "compound":
            yield start, last, label


def _titles(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """ "wrote “The Kenyans in Lima,”": what is in quotation marks and has a capital on each word but small ones is one title,
    whatever names stand in it.
    """
    inside = {start: label for start, _, label in spans}
    opens = [t.i for t in doc if t.text in _OPENING]
    for opening in opens:
        last = next(
            (i for i in range(opening + 1, min(opening + _LONGEST_NAME, len(doc))) if doc[i].text in _CLOSING), 0
        )
        end = last - 1 if last and doc[last - 1].text in {",", "."} else last
        words = doc[opening + 1 : end]
        if len(words) < 3 or not words[0].text[:1].isupper() or not words[-1].text[:1].isupper():
            continue
        small = [t for t in words if t.lower_ in _SMALL_WORDS]
        if small and all(t.text[:1].isupper() or t in small or t.lower_ == "the" for t in words):
            labels = {inside[i] for i in range(opening + 1, end) if i in inside}
            if labels and not labels & _PEOPLE:
                yield opening + 1, end, "MISC"


_LONGEST_NAME = 10


def _quoted(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """ "named “Bright Hope of Young Orla”": what is in quotation marks and made of two names and a small word is one."""
    ends = {start: end for start, end, label in spans if label not in _PEOPLE}
    for start, end, label in spans:
        last = ends.get(end + 1, 0)
        if not last or not start or label in _PEOPLE or doc[start - 1].text not in _OPENING or last >= len(doc):
            continue
        comma = last + 1 < len(doc) and doc[last].text == ","
        if doc[end].text in _SMALL_WORDS and doc[last + comma].text in _CLOSING:
            yield start, last, label


def closes_title(doc: Doc, start: int, end: int, knowledge: Knowledge) -> bool:
    """Whether words end a title of the lexicon: in "head of mission", "Mission" names nothing."""
    return start > 1 and doc[start - 2 : end].text.casefold() in knowledge.titles and end - start == 1


def _whole(doc: Doc, span: Span, knowledge: Knowledge) -> Span:
    start, end, label = span
    if label in _PEOPLE:
        return start, _hyphenated(doc, start, end), label
    sides = knowledge.words["sides"]
    if label in {"GPE", "LOC"} and doc[start].text.islower() and doc[start].lower_ in sides:
        # "south Sudan" is a part of Sudan, "South Sudan" a state
        start += doc[start:end].text.casefold() in knowledge.by_country_name
    if label == "LOC":
        start = _shared_head(doc, start, sides)
    if label == "NORP":
        start = _people_start(doc, start, end)
    if label == "GPE":
        start = _joint_start(doc, start)
    if label in {"ORG", "FAC"}:
        end = _faction_end(doc, _counted_end(doc, start, _built_end(doc, end, knowledge)))
    return _acronym_start(doc, start, end), _purpose_end(doc, start, end, knowledge), label


def _built_end(doc: Doc, end: int, knowledge: Knowledge) -> int:
    """The end of "Orla Space Center Visitor Complex" where only "Orla Space Center Visitor" was found: what the last word names."""
    if end >= len(doc) or doc[end].text.islower():
        return end
    last = doc[end]
    is_built = knowledge.is_a(knowledge.nouns.get(last.lower_, ""), "Facility")
    return end + 1 if is_built and doc[end - 1].dep_ == "compound" and doc[end - 1].head.i == last.i else end


def _purpose_end(doc: Doc, start: int, end: int, knowledge: Knowledge) -> int:
    """The end of "Committee to Protect Journalists" where only "Committee" was found; not of a body that is known by the
    shorter name ("Global Coalition to Counter ISIL").
    """
    if doc[start:end].text in knowledge.bodies:
        return end
    if end + 2 >= len(doc) or doc[end].text != "to" or doc[end].dep_ != "flat" or doc[end + 1].tag_ != "NNP":
        return end
    last = end + 2
    while last + 1 < len(doc) and doc[last + 1].text[:1].isupper() and doc[last + 1].pos_ in {"PROPN", "NOUN", "ADJ"}:
        last += 1
    return last + 1


def _counted_end(doc: Doc, start: int, end: int) -> int:
    """The end of "Group of Seven" where only "Group" was found."""
    if end - start > 1 or end + 1 >= len(doc) or doc[end].text != "of":
        return end
    number = doc[end + 1]
    return end + 2 if number.text.istitle() and number.ent_type_ == "CARDINAL" and number.is_alpha else end


def _faction_end(doc: Doc, end: int) -> int:
    """The end of "Norland League (N)" where only "Norland League" was found: one letter in brackets tells its wings apart."""
    letter = doc[end + 1].text if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")" else ""
    return end + 3 if len(letter) == 1 and letter.isupper() else end


def _hyphenated(doc: Doc, start: int, end: int) -> int:
    """The end of "Chan Tai-man" where only "Chan Tai" was found: the parse keeps the last part with the name."""
    if end - start < 2 or end + 1 >= len(doc) or doc[end].text not in {"-", "‑"}:
        return end
    last = doc[end + 1]
    touches = not doc[end - 1].whitespace_ and not doc[end].whitespace_
    return end + 2 if touches and last.is_alpha and last.dep_ == "flat" and start <= last.head.i < end else end


def _shared_head(doc: Doc, start: int, sides: frozenset[str]) -> int:
    """The start of "northern and East Africa": the first side shares the name of the second."""
    shares = start > 1 and doc[start].lower_ in sides and doc[start - 1].lower_ in {"and", "or"}
    return start - 2 if shares and doc[start - 2].lower_ in sides else start


def _joint_start(doc: Doc, start: int) -> int:
    """The start of "Anglo-Egyptian Sudan" where only "Sudan" was found: whom a land belongs to together makes it another one."""
    if start < 3 or doc[start - 2].text not in {"-", "–"}:
        return start
    last, first = doc[start - 1], doc[start - 3]
    is_joint = last.dep_ == "amod" and last.head.i == start and last.text.istitle() and first.text.istitle()
    return start - 3 if is_joint and first.head.i in {last.i, start} else start


def _people_start(doc: Doc, start: int, end: int) -> int:
    """The start of "Chadian Arabs" where only "Arabs" was found, and of "Shia and Sunni Muslims" where only "Sunni Muslims" was:
    the parse hangs on their last word what says which they are.
    """
    people = doc[end - 1]
    own = [c.i for c in people.children if c.dep_ in {"amod", "compound"} and c.ent_type_ == "NORP" and c.i < start]
    first = min(own, default=start)
    told = all(t.ent_type_ == "NORP" or t.lower_ in {"and", "or"} for t in doc[first:start])
    return first if people.tag_ == "NNPS" and told else start


def _acronym_start(doc: Doc, start: int, end: int) -> int:
    """The start of "African Ferry Lines Alliance (AFLA)" where only "Lines Alliance" was found: the short form counts its words."""
    if end + 2 >= len(doc) or doc[end].text != "(" or doc[end + 2].text != ")":
        return start
    letters = doc[end + 1].text
    own = "".join(t.text[0] for t in doc[start:end] if t.text[:1].isupper())
    if not _ACRONYM.fullmatch(letters) or not letters.endswith(own) or letters == own:
        return start
    first, missing = start, letters.removesuffix(own)
    while missing and first and doc[first - 1].text[:1] == missing[-1] and not doc[first - 1].is_sent_start:
        first, missing = first - 1, missing[:-1]
    return start if missing else first


def _repeated(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """Names of several words wherever they stand: "Rail Norland" is not Norland in "a Rail Norland spokeswoman"."""
    places: dict[str, list[int]] = {}
    for token in doc:
        places.setdefault(token.text, []).append(token.i)
    taken = [(start, end) for start, end, _ in spans]
    names = {tuple(t.text for t in doc[start:end]): label for start, end, label in spans if label in _REPEATED}
    for words, label in sorted(names.items()):
        for first in places[words[0]] if len(words) > 1 else ():
            last = first + len(words)
            if [t.text for t in doc[first:last]] == list(words) and not _crosses(first, last, taken):
                yield first, last, label


def _crosses(first: int, last: int, taken: Iterable[tuple[int, int]]) -> bool:
    """Whether a span overlaps another that is not wholly inside it."""
    return any(start < last and first < end and not (first <= start and end <= last) for start, end in taken)
