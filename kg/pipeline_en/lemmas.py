"""Lemmas as edit scripts: what to cut from the end of a form and what to put there instead."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

CASES: dict[str, Callable[[str], str]] = {"l": str.lower, "k": str, "t": str.capitalize}
SAME = "l0|"


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


def _common_prefix(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count
