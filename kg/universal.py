"""Schemes of annotation: English spaCy pipelines come with Universal Dependencies, or with the ClearNLP labels of the
`en_core_web_*` family. `as_universal` turns a Doc of the second kind into one of the first, so that every rule is written once.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from kg.syntax import CLAUSAL

_RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "prt": "compound:prt",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "nn": "compound",
    "quantmod": "advmod",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "oprd": "xcomp",
    "intj": "discourse",
    "meta": "dep",
    "num": "nummod",
    "number": "nummod",
    "complm": "mark",
    "rcmod": "acl:relcl",
    "partmod": "acl",
    "infmod": "acl",
    "possessive": "case",
    "ROOT": "ROOT",
}


def is_clearnlp(doc: Doc) -> bool:
    """Whether the tree uses the labels of `en_core_web_*` rather than Universal Dependencies."""
    labels = {t.dep_ for t in doc}
    return bool(labels & {"pobj", "dobj", "nsubjpass", "prep", "auxpass", "attr", "acomp", "pcomp", "poss", "relcl"})


def as_universal(doc: Doc) -> Doc:
    """The same text with a Universal Dependencies tree; a Doc that has one already comes back as it is.

    Prepositions become `case` of their nominal (`prep` + `pobj`), a copula's complement becomes its head (`attr`,
    `acomp`), "to" becomes `mark`, and labels are renamed. Entities, tags, lemmas and sentence starts stay.
    """
    if not is_clearnlp(doc):
        return doc
    heads = [t.head.i for t in doc]
    labels = [_RENAMED.get(t.dep_, t.dep_) for t in doc]
    for token in doc:
        _demote_preposition(token, heads, labels)
    for token in doc:
        _demote_copula(token, heads, labels)
        if labels[token.i] in {"attr", "acomp"}:
            labels[token.i] = "xcomp"
    for token in doc:
        if token.tag_ == "TO" and labels[token.i] == "aux":
            labels[token.i] = "mark"
    labels = ["ROOT" if heads[i] == i else label for i, label in enumerate(labels)]
    new = Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        heads=heads,
        deps=labels,
        tags=[t.tag_ for t in doc],
        pos=[t.pos_ for t in doc],
        lemmas=[t.lemma_ for t in doc],
        morphs=[str(t.morph) for t in doc],
    )
    new.ents = [Span(new, e.start, e.end, label=e.label_) for e in doc.ents]
    return new


def _demote_preposition(token: Token, heads: list[int], labels: list[str]) -> None:
    if token.dep_ not in {"prep", "agent", "dative"} or token.pos_ not in {"ADP", "SCONJ", "VERB"}:
        return
    if token.i and token.head.i == token.i - 1 and token.head.dep_ in {"prep", "agent"}:
        return  # the second word of "because of": its first word sees to both
    second = next(
        (
            c
            for c in token.children
            if c.i == token.i + 1 and c.dep_ in {"prep", "pcomp"} and c.pos_ in {"ADP", "SCONJ"}
        ),
        None,
    )
    inner = [c for c in token.children if c.dep_ in {"pobj", "pcomp"} and (second is None or c.i != second.i)]
    if second is not None and not inner:
        inner = [c for c in second.children if c.dep_ == "pobj"]
        labels[second.i] = "fixed"
    else:
        second = None
    if not inner:
        labels[token.i] = "advmod"
        return
    filler = inner[0]
    governor = token.head
    clausal = filler.dep_ == "pcomp" and filler.pos_ in CLAUSAL
    heads[filler.i] = heads[token.i] if heads[token.i] != token.i else filler.i
    if clausal:
        labels[filler.i] = "advcl" if governor.pos_ in CLAUSAL | {"ADJ"} else "acl"
    elif token.dep_ == "agent":
        labels[filler.i] = "obl:agent"
    else:
        labels[filler.i] = "nmod" if governor.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} else "obl"
    heads[token.i] = filler.i
    labels[token.i] = "mark" if clausal else "case"
    for child in token.children:
        if second is not None and child.i == second.i:
            heads[child.i] = token.i
        elif child.i != filler.i:
            heads[child.i] = filler.i
            if child.dep_ in {"conj", "cc", "prep"}:
                labels[child.i] = _RENAMED.get(child.dep_, child.dep_)


def _demote_copula(token: Token, heads: list[int], labels: list[str]) -> None:
    if token.lemma_ != "be" or token.dep_ in {"aux", "auxpass"}:
        return
    inner = [c for c in token.children if c.dep_ in {"attr", "acomp"}]
    if not inner:  # "the embassy is in Lima"
        inner = [p for c in token.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"][:1]
        if any(c.dep_ in {"expl", "ccomp", "advmod"} and c.i > token.i for c in token.children):
            inner = []
    if not inner:
        return
    new_head = inner[0]
    labels[new_head.i] = labels[token.i]
    heads[new_head.i] = heads[token.i] if heads[token.i] != token.i else new_head.i
    for child in token.children:
        if child.i != new_head.i:
            heads[child.i] = new_head.i
    heads[token.i] = new_head.i
    labels[token.i] = "cop"
    for other in range(len(heads)):
        if other != new_head.i and heads[other] == token.i and other != token.i:
            heads[other] = new_head.i
