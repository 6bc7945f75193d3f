"""From bytes to characters: whether they are text at all, in which encoding, and without marks that no reader sees."""

from __future__ import annotations

import codecs
import re
import unicodedata

import charset_normalizer

SNIFFED = 4096
"""How many first bytes tell what a file holds."""

_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format", "a database"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']([\w-]+)|<meta[^>]*charset=["']?\s*([\w-]+)""", re.IGNORECASE)
_NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d\x00-\x08\x0e-\x1a\x7f]")

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_WIDE_GAP = re.compile(" {3,}")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def why_not_text(start: bytes) -> str:
    """Why a file with these first bytes is no text ("is a PDF document"), or "" where it is."""
    if not start.strip():
        return "is empty"
    if any(start.startswith(bom) for bom, _ in _BOMS) or _without_mark(start):
        return ""
    for magic, what in _MAGIC:
        if start.startswith(magic):
            return f"is {what}, not text: convert it to .txt or .html first"
    return "is a binary file, not text" if b"\0" in start else ""


def _without_mark(start: bytes) -> str:
    """UTF-16 without its byte order mark: every other byte of English is zero."""
    even, odd = start[0::2], start[1::2]
    if len(start) >= 8 and odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if len(start) >= 8 and even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""


def decode(data: bytes, *, is_markup: bool = False) -> str:
    """The characters: by byte order mark, as UTF-8, by what the markup declares, or by likelihood; never an error.

    >>> decode("“Tromsø”".encode("cp1252"))
    '“Tromsø”'
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if encoding := _without_mark(data[:SNIFFED]):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return (is_markup and _as_declared(data)) or _by_likelihood(data)


def _as_declared(data: bytes) -> str:
    declared = _DECLARED.search(data[:SNIFFED])
    if not declared:
        return ""
    name = (declared[1] or declared[2]).decode("ascii", "replace").lower()
    try:
        # Pages that say Latin-1 mean Windows-1252 (WHATWG Encoding Standard).
        return data.decode("cp1252" if name in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"} else name)
    except (LookupError, UnicodeDecodeError):
        return ""


def _by_likelihood(data: bytes) -> str:
    """Broken UTF-8 keeps what is whole; else Windows-1252, the usual one for English, or what fits better."""
    repaired = data.decode("utf-8", "replace")
    bad = repaired.count("\ufffd")
    if sum(char > "\x7f" for char in repaired) - bad >= bad:
        return repaired
    if not _NOT_WINDOWS.search(data) and _is_plausible(text := data.decode("cp1252", "replace")):
        return text
    best = charset_normalizer.from_bytes(data[:200_000]).best()
    return data.decode(best.encoding, "replace") if best else repaired


def _is_plausible(text: str) -> bool:
    """Whether the characters beyond ASCII are those of names and typography: é, ü, “, —, £."""
    beyond = [char for char in text if char > "\x7f"]
    odd = sum(unicodedata.category(char) in {"So", "Sk", "Sm", "No", "Lm"} or char in "¤¦ªº¬¯¶¸ƒˆ˜" for char in beyond)
    return odd <= 0.1 * len(beyond)


def plain(text: str) -> str:
    """Text in composed characters, with plain spaces and newlines, without control and invisible characters.

    >>> plain("Cafe\\u0301\\u00a0au\\r\\nlait")
    'Café au\\nlait'
    """
    text = _SPACES.sub(" ", without_control(_INVISIBLE.sub("", _NEWLINES.sub("\n", text))))
    return unicodedata.normalize("NFC", _WIDE_GAP.sub("  ", text))


def without_control(text: str) -> str:
    """The text with spaces for control characters and halves of surrogate pairs, which no format can carry."""
    return _CONTROL.sub(" ", text)
