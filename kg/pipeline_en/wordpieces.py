"""Words in, word-piece ids out: the input of the encoder, the same for training and run time.

The encoder is uncased, so every piece also carries the shape of its word. Line breaks between words are pieces of their
own; they belong to no word, but the network reads them when it looks for sentences and headlines.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

CLS, SEP, UNK = 101, 102, 100
LINE_BREAK, PARAGRAPH_BREAK = 1, 2  # [unused0] and [unused1] of the BERT vocabulary
NO_WORD = -1

LOWER, TITLE, UPPER, INITIAL, MIXED, NUMBER, SIGN, NO_SHAPE = range(8)
SHAPES = 8

MAX_PIECES_PER_WORD = 12
MAX_CHARS_PER_WORD = 80
CACHE_SIZE = 60_000


def word_shape(word: str) -> int:
    """Tell how a word is written: lower case, Title case, UPPER case, a single capital, mIxed, a number or a sign.

    >>> [word_shape(word) for word in ("peace", "Paris", "NATO", "A", "iPhone", "1997", "—")]
    [0, 1, 2, 3, 4, 5, 6]
    """
    if word.islower():
        return LOWER
    first = word[:1]
    if first.isupper():
        if len(word) == 1:
            return INITIAL
        if word[1:].islower():
            return TITLE
        return UPPER if word.isupper() else MIXED
    if first.isdigit():
        return NUMBER
    return MIXED if any(char.isalpha() for char in word) else SIGN


def break_piece(newlines: int) -> int | None:
    """Return the piece for so many newlines between two words, or None for none."""
    if newlines <= 0:
        return None
    return LINE_BREAK if newlines == 1 else PARAGRAPH_BREAK


class WordPieces:
    """Word pieces of single words, remembered, since a word is split the same way wherever it stands."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    @classmethod
    def from_file(cls, path: Path) -> WordPieces:
        """Read a ``tokenizer.json``."""
        return cls(Tokenizer.from_file(str(path)))

    def __call__(self, words: Sequence[str]) -> list[tuple[tuple[int, ...], int]]:
        """Return piece ids (at least one) and shape for each word."""
        known = self._known
        missing = {word for word in words if word not in known}
        if missing:
            if len(known) + len(missing) > CACHE_SIZE:
                known.clear()
                missing = set(words)
            self._learn(sorted(missing))
        return [known[word] for word in words]

    def _learn(self, words: list[str]) -> None:
        short = [word[:MAX_CHARS_PER_WORD] for word in words]
        for word, encoding in zip(words, self._tokenizer.encode_batch(short, add_special_tokens=False), strict=True):
            ids = tuple(encoding.ids[:MAX_PIECES_PER_WORD]) or (UNK,)
            self._known[word] = (ids, word_shape(word))
