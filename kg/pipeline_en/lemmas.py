"""Lemmas as edit scripts: what to cut from the end of a form and what to put there instead."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

CASES: dict[str, Callable[[str], str]] = {"l": str.lower, "k": str, "t": str.capitalize}
SAME = "l0|"
_IE_STEMS = frozenset({"d", "l", "t", "v", "bel", "unt", "underl", "overl", "outl"})


def edit_script(form: str, lemma: str) -> str | None:
    """Return the script that turns form into lemma, or None where none is sensible.

    >>> edit_script("Countries", "country"), edit_script("was", "be"), edit_script("Kim", "Kim")
    ('l3|y', 'l3|be', 'k0|')
    """
    for case, change in CASES.items():
        if case != "l" and lemma.islower():
            continue
        base = change(form)
        common = _common_prefix(base, lemma)
        if common == 0 and len(form) > 4:
            continue
        if lemma.islower() or (base[:common] == lemma[:common] and (common or case != "l")):
            return f"{case}{len(base) - common}|{lemma[common:]}"
        if lemma == base:
            return f"{case}0|"
    return None


@lru_cache(maxsize=20_000)
def apply_script(form: str, script: str) -> str:
    """Return the lemma that a script makes of a form; a script that does not fit gives the form in its case.

    >>> apply_script("tried", "l3|y"), apply_script("Paris", "k0|")
    ('try', 'Paris')
    """
    base = CASES[script[0]](form)
    cut, _, ending = script[1:].partition("|")
    keep = len(base) - int(cut)
    return (base[:keep] + ending if keep >= 0 else "") or base


def mended_lemma(form: str, tag: str, lemma: str) -> str:
    """Return the lemma of a word that no table has, where the network's script cannot be right.

    A bare form of a verb is its own lemma, and so is an adverb on "-ly"; "-ies" and "-ied" come from "-y" but in a few short verbs.

    >>> mended_lemma("shun", "VB", "shu"), mended_lemma("denies", "VBZ", "denie"), mended_lemma("belied", "VBD", "belie")
    ('shun', 'deny', 'belie')
    >>> mended_lemma("reputedly", "RB", "reputed"), mended_lemma("initiated", "VBD", "initiat")
    ('reputedly', 'initiate')
    """
    lower = form.lower()
    if tag == "VB" or (tag == "RB" and lower.endswith("ly")):
        return lower
    if tag in {"VBD", "VBN", "VBZ", "VBG"} and lemma.endswith("at") and lower[-5:-4] not in "eo":
        return f"{lemma}e"  # "initiated", but "treated" and "floated"
    if tag in {"VBZ", "VBD", "VBN"} and lower[-3:] in {"ies", "ied"}:
        return lower[:-1] if lower[:-3] in _IE_STEMS else f"{lower[:-3]}y"
    return lemma


def _common_prefix(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count
