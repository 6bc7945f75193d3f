"""spaCy's English tokenizer, brought closer to the words of the English treebanks."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_RUNS = [rf"{sign}{{2,}}" for sign in (r"[!?]", "_", r"\*", "=", "-", "~", "#", r"\.")]
_INFIXES = [r"(?<=[A-Z]\.)[-–](?=[A-Za-z])"]  # "U.S.-led" is three words
_WHOLE = re.compile(
    r"(?:e|co|re|anti|pro|ex|non|mid|inter|multi|un|de|pre|semi|sub|counter|intra|extra|ultra|neo|post|pan|vice)-[a-z]+$"
    r"|\d{3}-\d{3}-\d{4}$|\d{3}-\d{4}$|\d{1,2}-[A-Z][a-z]{2}-\d{2,4}$",
    re.IGNORECASE,
)


def fit_tokenizer(nlp: Language) -> None:
    """Let runs of signs, ``co-founder`` and telephone numbers be one token each, and cut ``U.S.-led``."""
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    tokenizer.prefix_search = compile_prefix_regex([*_RUNS, *(nlp.Defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([*_RUNS, *(nlp.Defaults.suffixes or ())]).search
    tokenizer.infix_finditer = compile_infix_regex([*_INFIXES, *(nlp.Defaults.infixes or ())]).finditer
    tokenizer.token_match = _WHOLE.match


def words_of(doc: Doc) -> tuple[list[str], list[int], list[int]]:
    """Return the words that are not white space, their token numbers and the newlines before each.

    The newlines before the first word are left out: nothing ends there.
    """
    words: list[str] = []
    tokens: list[int] = []
    newlines: list[int] = []
    pending = 0
    for number, token in enumerate(doc):
        text = token.text
        if text.isspace():
            pending += text.count("\n")
        else:
            words.append(text)
            tokens.append(number)
            newlines.append(pending if words[1:] else 0)
            pending = 0
    return words, tokens, newlines
