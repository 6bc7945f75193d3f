"""Reading a dependency tree: small questions that the rules ask of Universal Dependencies, whichever pipeline parsed."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

CLAUSAL = frozenset({"VERB", "AUX"})


def base(token: Token) -> str:
    """The relation without its subtype: "nsubj" for "nsubj:pass"."""
    return str(token.dep_).partition(":")[0]


def deps(token: Token, *labels: str) -> list[Token]:
    """Children whose relation, or its base, is one of `labels`, in text order."""
    return [c for c in token.children if c.dep_ in labels or base(c) in labels]


def lemma(token: Token) -> str:
    """The lower-case lemma; the lower-case form where the pipeline gives none."""
    return str(token.lemma_ or token.text).casefold()


def lemma_candidates(token: Token) -> list[str]:
    """The lemma, and for a verb form that the pipeline left as it is the regular stems: "acquitted" may be "acquit"."""
    first = lemma(token)
    word = str(token.text).casefold()
    found = [first]
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) >= len(ending) + 2:
            stem = word.removesuffix(ending)
            found += [stem, stem + "e"]
            if stem[-1:] == stem[-2:-1]:
                found.append(stem[:-1])
            if stem.endswith("i"):
                found.append(stem[:-1] + "y")
    if word.endswith("ies"):
        found.append(word.removesuffix("ies") + "y")
    return list(dict.fromkeys(found))


def coordinated(token: Token) -> list[Token]:
    """The token and everything coordinated with it: "A, B and C" from A. Apposed and parenthetical items do not count, and a
    list that is counted as a whole is one thing (see `counts_together`).
    """
    return [token] if counts_together(token) else listed(token)


def counts_together(noun: Token) -> bool:
    """Whether one number counts a whole list: "30 nurses and doctors", "hundreds of rebels, soldiers and farmers"; of neither kind
    the text says how many there are.
    """
    return bool(counted_list(noun)[1:])


def counted_list(noun: Token) -> list[Token]:
    """The items of a list that one number counts as a whole; the noun alone where there is no such list."""
    measured_by = noun.head if base(noun) == "nmod" and case(noun) == "of" and is_count(noun.head) else None
    of = [c for c in deps(noun, "nmod") if case(c) == "of"] if is_count(noun) else []
    others = [c for c in listed(noun) if c.i != noun.i]
    others += [c for c in listed(measured_by) if c.i > noun.i] if measured_by is not None else []
    numbers = [c for c in deps(noun, "nummod") if c.i < noun.i and c.lower_ not in {"one", "1"}]
    joined = any(t.dep_ == "cc" for c in others for t in c.subtree if t.i < c.i) and all(
        _is_plain_plural(c) for c in others
    )
    is_noun = noun.pos_ in {"NOUN", "PROPN"} or is_count(noun)
    return (
        [noun, *sorted(others, key=lambda t: t.i)] if is_noun and joined and (numbers or measured_by or of) else [noun]
    )


def is_count(token: Token) -> bool:
    """Whether a word counts what its "of" phrase names: "hundreds", "dozens"."""
    return token.ent_type_ == "CARDINAL" and token.tag_ in {"NNS", "CD"} and token.is_alpha


def _is_plain_plural(noun: Token) -> bool:
    plural = noun.tag_ in {"NNS", "NNPS"} or noun.lower_ in {"police", "people", "crew", "staff"}
    own = [c for c in deps(noun, "amod", "advmod") if c.lower_ in _COUNTING or c.tag_ in {"VBN", "VBD"}]
    return plural and not own and not is_count(noun) and not deps(noun, "nummod", "det", "nmod:poss", "nsubj", "case")


_COUNTING = frozenset("several many few some numerous other".split())


def listed(token: Token) -> list[Token]:
    """The token and everything coordinated with it, however it is counted."""
    found = [token]
    queue = [token]
    plain = token.pos_ == "NOUN" and not case(token)
    while queue and len(found) < 60:
        for child in deps(queue.pop(0), "conj"):
            if plain and case(child) and child.pos_ == "NOUN":
                queue.append(
                    child
                )  # of "headaches and, in high doses, coma" the doses are none, and what follows them is
            elif child.i not in {t.i for t in found} and not _is_excluded(child):
                found.append(child)
                queue.append(child)
    return sorted(found, key=lambda t: t.i)


def _is_excluded(conjunct: Token) -> bool:
    """ "militias rather than soldiers", "farmers, not traders": named only to be set aside."""
    links = {c.lower_ for c in deps(conjunct, "cc", "advmod") if c.i < conjunct.i}
    return bool(links & {"rather", "instead", "not"})


def case(token: Token) -> str:
    """The preposition that marks a nominal, multiword ones joined: "in", "according to", "because of"; "" where none."""
    words = []
    for child in deps(token, "case", "mark"):
        if child.lower_ in {"'s", "’s", "'", "’"} or child.i > token.i:
            continue
        words.append(" ".join(t.lower_ for t in [child, *deps(child, "fixed")]))
    return " ".join(words)


def opens_ellipsis(verb: Token) -> bool:
    """ "When asked about it, she left": the subject and the auxiliary of such a clause are left out."""
    return any(c.lower_ in {"when", "if", "once", "unless"} for c in deps(verb, "mark", "advmod"))


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject undergoes the event: "was signed", "signed by", "the treaty signed in May"."""
    if deps_exact(verb, "nsubj:pass", "aux:pass", "csubj:pass"):
        return True
    if deps_exact(verb, "aux", "nsubj"):
        return False
    if verb.dep_ == "advcl" and verb.tag_ == "VBD":
        return opens_ellipsis(verb)
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in {"acl", "acl:relcl", "advcl"}:
        return not deps(verb, "obj") or bool([c for c in deps(verb, "obl") if case(c) == "by"])
    if verb.dep_ == "conj" and verb.head.pos_ in CLAUSAL:
        return is_passive(verb.head)
    return False


def deps_exact(token: Token, *labels: str) -> list[Token]:
    """Children whose full relation is one of `labels`."""
    return [c for c in token.children if c.dep_ in labels]


def is_infinitive(verb: Token) -> bool:
    """Whether "to" marks the verb."""
    return any(c.lower_ == "to" and c.i < verb.i for c in deps(verb, "mark", "aux") if c.tag_ in {"TO", "IN", ""})


def is_front(noun: Token) -> bool:
    """ "in front of the mill": three words that are one preposition; "in the front of the hall" has a front."""
    return noun.lower_ == "front" and case(noun) == "in" and not deps(noun, "det", "amod", "nmod:poss")


def is_content(clause: Token) -> bool:
    """Whether a clause says what its noun holds ("the demand that Chad pay"), whatever the parse calls it: "that" is no part of it."""
    that = any(c.lower_ == "that" for c in deps_exact(clause, "mark"))
    return that and base(clause) in {"acl", "ccomp"} and clause.head.pos_ in {"NOUN", "PROPN"}


def measures(token: Token, quantifiers: frozenset[str]) -> bool:
    """Whether a word counts what its "of" phrase names: "dozens", "a number", not "the number" nor what a thing "is part of"."""
    if lemma(token) not in quantifiers or deps(token, "cop") or case(token) == "as":
        return False
    return lemma(token) != "number" or token.tag_ == "NNS" or not any(d.lower_ == "the" for d in deps(token, "det"))


def measured(token: Token, quantifiers: frozenset[str]) -> Token:
    """The word that measures a nominal: "dozens" of "boats" in "dozens of boats"; the nominal itself where none does."""
    while (
        base(token) == "nmod" and case(token) == "of" and measures(token.head, quantifiers) and token.head.i < token.i
    ):
        token = token.head
    return token


def ancestors_until_root(token: Token) -> Iterator[Token]:
    """The token's governors, nearest first; bounded, so that a broken tree cannot loop."""
    seen = 0
    while token.head.i != token.i and seen < 200:
        token = token.head
        seen += 1
        yield token


def is_relative(token: Token, words: frozenset[str]) -> bool:
    return token.lower_ in words and (token.pos_ in {"PRON", "DET", "SCONJ", "ADV"})


def noun_phrase(head: Token, *, full: bool = False) -> Span:
    """The tokens of a nominal as a contiguous span around its head.

    The core has determiner, adjectives, compounds, numbers and possessor; `full` adds prepositional complements.
    """
    keep = {
        "det",
        "amod",
        "compound",
        "nummod",
        "nmod:poss",
        "flat",
        "case_poss",
        "goeswith",
        "fixed",
        "advmod",
        "det:predet",
    }
    if full:
        keep |= {"nmod", "nmod:unmarked", "nmod:desc"}
    tokens = {head.i}
    queue: list[tuple[Token, bool]] = [(head, True)]
    while queue and len(tokens) < 80:
        token, top = queue.pop()
        for child in token.children:
            if top and not (child.dep_ in keep or (base(child) in keep and base(child) != "nmod")):
                continue
            if not top and base(child) in {"punct"} and child.i > head.i:
                continue
            if base(child) in {"relcl", "parataxis", "appos", "acl"} or (
                top and base(child) == "advmod" and child.i > head.i
            ):
                continue
            if child.i not in tokens:
                tokens.add(child.i)
                queue.append((child, False))
    start = end = head.i
    while start - 1 in tokens or (start - 2 in tokens and head.doc[start - 1].text in {"-", "–", "'", "’"}):
        start -= 1
    while end + 1 in tokens:
        end += 1
    while start < head.i and (head.doc[start].is_punct or head.doc[start].is_space):
        start += 1
    return head.doc[start : end + 1]


def is_copular(token: Token) -> bool:
    """Whether a form of "be" makes the token a predicate: "Oslo is the capital"."""
    return bool(deps(token, "cop"))


def stands_inside(verb: Token) -> bool:
    """Whether a verb and its subject stand between two commas, as who says so does within what is said."""
    subjects = deps_exact(verb, "nsubj")
    if len(subjects) != 1 or verb.i + 2 >= len(verb.doc) or subjects[0].i > verb.i:
        return False
    start = subjects[0].left_edge.i
    return start > 0 and verb.doc[start - 1].text == "," and verb.nbor().text == ","
