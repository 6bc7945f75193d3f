"""How far a claim can be believed: the share of claims like it that a strict reader found right.

An extractor says how good its rule is; how good one reading of it is depends on the sentence too, above all on how sure the
parser is of the arcs between the claim's words. `confidence.tsv` weighs these clues (logistic regression; the weights are
fitted by `python -m evaluation.reading fit` on claims that were read by eye). A lexicon without that file keeps what
the extractors say. Claims below the file's floor for their kind (`Floors`) are left out: so badly parsed a clause helps nobody, and
what an open claim says a reading of its clause says too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc, Token

from kg.model import READINGS, Claim, Extraction, Mention, Span

_LEAST, _MOST = 0.05, 0.99
_COMMAS = frozenset(",;:")
_VAGUE = frozenset({"it", "this", "that", "these", "those", "him", "them"})
_OWN = frozenset({"nominal", "part", "elided", "definite"})  # rules of mentions whose name their own words tell
_SURE = 1e-3  # a share of 0 counts as this much


def weigh(extraction: Extraction, doc: Doc, weights: Mapping[str, float]) -> Extraction:
    """The extraction with confidences by the weights; the same one where there are no weights."""
    if not weights:
        return extraction
    mentions = {m.id: m for m in extraction.mentions}
    floors = Floors(mentions, doc, weights)

    def weighed(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        found = (replace(c, confidence=confidence(clues(c, mentions, doc), weights)) for c in claims)
        return tuple(c for c in found if c.confidence >= floors.of(c))

    return replace(extraction, claims=weighed(extraction.claims), readings=weighed(extraction.readings))


class Floors:
    """The least confidence with which a claim is kept: `floor:` and its kind, and `-unnamed` for a fact of which a side has no name.

    "The first cases were found in May": whose, the sentences before tell, and the claim has no words but its own. In the first
    sentence nothing stands before.
    """

    def __init__(self, mentions: Mapping[str, Mention], doc: Doc, weights: Mapping[str, float]) -> None:
        self._mentions, self._weights = mentions, weights
        self._opening = next(doc.sents).end_char if len(doc) and doc.has_annotation("SENT_START") else 0
        names = [m for m in mentions.values() if m.kind == "name"]
        self._chains = {m.chain for m in names}
        texts = sorted({m.text for m in names})
        self._names = re.compile("|".join(rf"\b{re.escape(text)}(?!\w)" for text in texts) or r"(?!)")

    def of(self, claim: Claim) -> float:
        kinds = [family(claim)]
        behind = claim.evidence.sentence.start >= self._opening
        if claim.status == "asserted" and behind and not self._are_named(claim):
            kinds.append(f"{kinds[0]}-unnamed")
        return max(self._weights.get(f"floor:{kind}", 0.0) for kind in kinds)

    def _are_named(self, claim: Claim) -> bool:
        told, obj = claim.evidence, claim.object.mention
        is_named = self._is_named(claim.subject, told.subject_text)
        return is_named and (not obj or self._is_named(obj, told.object_text))

    def _is_named(self, mention: str, words: str) -> bool:
        """Whether a side has a name or its words hold one: "the Sow government"."""
        found = self._mentions.get(mention)
        return (found is not None and found.chain in self._chains) or self._names.search(words) is not None


def confidence(clues: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability that a claim with such clues is right, to two places."""
    total = weights.get("bias", 0.0) + sum(value * weights.get(name, 0.0) for name, value in clues.items())
    return round(min(_MOST, max(_LEAST, 1 / (1 + math.exp(-total)))), 2)


def clues(claim: Claim, mentions: Mapping[str, Mention], doc: Doc) -> dict[str, float]:
    """What speaks for and against a claim, as numbers of the size of 1."""
    found = {"rule": _logit(claim.confidence), f"family:{family(claim)}": 1.0}
    subject = mentions.get(claim.subject)
    if subject is not None:
        found[f"subject:{subject.kind}"] = 1.0
    obj = mentions.get(claim.object.mention)
    found[f"object:{obj.kind if obj is not None else 'value'}"] = 1.0
    words = _within(doc, claim.evidence.sentence)
    found["length"] = math.log(max(len(words), 1) / 20)
    found["commas"] = sum(t.text in _COMMAS for t in words) / 5
    found |= {name: 1.0 for name in _forms(claim, subject, doc)}
    shares = doc._.head_certainties if Doc.has_extension("head_certainties") else None
    if shares is None or not words:
        return found
    sure = np.log(np.maximum(shares, _SURE))
    path = sorted({t.i for t in _path(claim, subject, obj, doc)})
    if path:
        found["weakest"] = float(sure[path].min())
        found["path"] = float(sure[path].sum())
    return found


def _forms(claim: Claim, subject: Mention | None, doc: Doc) -> Iterator[str]:
    """How a claim stands in its sentence: in its main clause or below it, with its subject beside the verb or far from it, and
    whether a side is a word that has to be traced back ("it", "the firm") or tells little alone.
    """
    told = claim.evidence
    words = told.subject_text.casefold().split()
    traced = bool(words) and subject is not None and subject.name.casefold() != words[-1] and subject.rule not in _OWN
    if traced and len(words) == 1 and words[0] in _VAGUE:
        yield "subject:it"
    elif traced and len(words) == 2 and words[0] == "the" and subject is not None and subject.kind != "name":
        yield "subject:the"
    if len(told.object_text.split()) == 1:
        yield "object:word"
    verb = next(iter(_within(doc, told.trigger)), None)
    if verb is not None and verb.head.i == verb.i:
        yield "clause:main"
    side = _within(doc, subject.span) if subject is not None else []
    if verb is not None and side and doc[side[0].i : side[-1].i + 1].root.head.i != verb.i:
        yield "subject:far"


def family(claim: Claim) -> str:
    """The kind of rule a claim comes from: "open", "readings", "VERB" or "NOUN" for events, else the rule's first part."""
    told = claim.evidence
    if told.extractor in {"open", READINGS}:
        return told.extractor
    parts = told.rule.split("/")
    return parts[1] if len(parts) > 1 and parts[1].isupper() else parts[0]


def _path(claim: Claim, subject: Mention | None, obj: Mention | None, doc: Doc) -> Iterator[Token]:
    """The words whose arcs join a claim's two sides with its predicate."""
    trigger = _within(doc, claim.evidence.trigger)
    yield from trigger
    goal = {t.i for t in trigger}
    sides = [subject.span if subject is not None else None, obj.span if obj is not None else claim.object.span]
    for side in sides:
        words = _within(doc, side) if side is not None else ()
        if not words:
            continue
        token = doc[words[0].i : words[-1].i + 1].root
        yield token
        while token.head.i != token.i and token.head.i not in goal:
            token = token.head
            yield token


def _within(doc: Doc, span: Span) -> list[Token]:
    """The tokens of a stretch of the text, without white space."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return [t for t in found or () if not t.is_space]


def _logit(share: float) -> float:
    share = min(_MOST, max(_LEAST, share))
    return math.log(share / (1 - share))
