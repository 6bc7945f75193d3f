"""What the lines of a newspaper page are, each by itself: its date, byline, dateline, share bar, credit, teaser.

Comes in: text. Goes out: `Line`s and what they look like, by the patterns of `ontology/lexicon/furniture.tsv`. What a line
is in its place on the page is decided in `kg.clean`; what it says about the article is read in `kg.read`.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError
from kg.lexicon import ontology_folder
from kg.model import Span

_LONGEST, _LONGEST_CREDIT, _LONGEST_END = 600, 220, 60
"""How many characters of a line the patterns look at: those of a hostile page may not cost more than a newspaper's."""

PATTERN_FILE = "furniture.tsv"
PLACES_OF_PATTERNS = frozenset({
    "line", "start", "tail", "section", "end", "box", "credit", "inline", "agency", "kicker", "anonymous", "story", "verb",
})  # fmt: skip

_NAME = r"(?-i:(?:[A-Z][\w.'’-]*|(?:de|da|di|van|von|der|den|bin|ibn|al|el|la|le|du|dos|ter|al-[A-Z][\w’'-]*))(?=\W|$))"
_NAMES = rf"{_NAME}(?:\s+{_NAME}){{0,5}}(?:(?:,\s*|\s+(?:and|&)\s+){_NAME}(?:\s+{_NAME}){{1,4}}){{0,4}}"
_BYLINE = re.compile(
    rf"(?:(?:story|words|written|posted|report(?:ed)?|text|analysis)\s+)?by:?\s+(?P<names>{_NAMES})", re.IGNORECASE
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = r"(?P<{0}>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]{{0,6}})\b\.?"
_DAYS = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?\s+)"
_DATE = re.compile(
    r"(?:(?<![\w/.-])|(?<=\d\d\d\d)(?=[A-Z]))(?:"
    r"(?P<y1>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})"
    + rf"|{_DAYS}?{_MONTH.format('n2')}\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
    + rf"|{_DAYS}?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH.format('n3')},?[\s-]+(?P<y3>(?:19|20)\d\d)"
    + r"|(?P<a4>\d{1,2})(?P<sep4>[/.])(?P<b4>\d{1,2})(?P=sep4)(?P<y4>(?:19|20)\d\d)"
    r")(?!(?-i:[a-z\d_])|[/-])",
    re.IGNORECASE,
)
_ISO_TIME = re.compile(r"[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?(?!\d)")
_CLOCK = re.compile(
    r"\b(?P<h>[01]?\d|2[0-3])[:.h](?P<m>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?\s?m\b\.?)?(?:\s*\(?(?P<zone>GMT|UTC|Z)\b\)?)?",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"\b(?:first|originally|last|latest|published|publication|publish|updated?|posted|modified|revised|created|released?|issued|"
    r"date|dated|time|filed|uploaded|added|on|at|the|edited|[A-Z]{2,4}T|GMT|UTC|IST|ET|CT|PT|local|hrs|hours|o'clock|"
    r"\d+\s*min(?:ute)?s?(?:\s+read)?|read|today|of|from|this|article|story|was|is)\b|[\W_]+",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"\b(?P<label>published|posted|updated|last updated|last modified|first published|date)\b\W{0,3}(?:on\s+|at\s+)?",
    re.I,
)

_PLACE = r"[A-Z][A-Z'’.-]+(?:[ -](?:[A-Z][A-Z'’.-]+|DE|DA|DEL|LA|LOS|AL)){0,4}"
_REGION = r"(?:,\s+(?!(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?\s+\d|(?:May|March|April)\s+\d)[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){0,3}){0,2}"
_MON = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_BARE_DAY = rf"(?:{_MON}\s+\d{{1,2}}|\d{{1,2}}\s+{_MON})(?:,?\s+(?:19|20)\d\d)?"
_DAY = rf"(?:,?\s+{_BARE_DAY})?"
_DASH = r"\s*(?:—|–|--+|―|\s-|-\s)\s*"
_NEXT = r"(?=[A-Z0-9“\"‘'\[(£$€])"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a page as one stretch of its text; a hard-wrapped paragraph is one line."""

    span: Span
    raw: str

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(self.raw.split())

    @property
    def words(self) -> list[str]:
        return self.raw.split()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of the furniture lexicon."""

    kind: str
    where: str
    regex: re.Pattern[str]
    example: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place (and date, and agency) that opens a story: `span` is what to set apart, relative to the line."""

    span: Span
    place: str
    published: str = ""


@dataclass(frozen=True)
class Furniture:
    """The patterns of a furniture lexicon, by where they apply. Get one with `load_furniture`."""

    patterns: Mapping[str, tuple[Pattern, ...]]

    def kind_of(self, text: str, *where: str) -> str:
        """The kind of furniture that a line is by itself, by the patterns for the given places; "" for none."""
        if len(text) > _LONGEST:
            return ""
        patterns = (pattern for place in where for pattern in self.patterns.get(place, ()))
        return next((pattern.kind for pattern in patterns if _matches(pattern, text)), "")

    def credit_start(self, text: str) -> int:
        """Where the picture credit begins that ends this text; -1 where none does."""
        skipped = max(0, len(text) - _LONGEST_CREDIT)
        for pattern in self.patterns.get("credit", ()):
            if found := pattern.regex.search(text, skipped):
                return found.start()
        return -1

    def inline(self, text: str) -> Iterator[tuple[Span, str]]:
        """The words inside a line that are furniture."""
        for pattern in self.patterns.get("inline", ()):
            for found in pattern.regex.finditer(text):
                yield Span(*found.span()), pattern.kind

    @functools.cached_property
    def _openers(self) -> tuple[re.Pattern[str], ...]:
        """The forms of a dateline, the strict ones first."""
        agency = "|".join(_sorted_words(self.patterns["agency"]))
        signed = rf"\s*(?:\(\s*(?:{agency})(?:\s*[/,-]\s*[\w ]+)?\s*\)|/(?:{agency})/\.?)"
        # With a dash after it any name in brackets is an agency: "QUITO, Ecuador (Andean Wire) —".
        in_brackets = rf"(?:{signed}|\s*\((?:the\s+)?[A-Z][\w.'’&/ -]{{1,40}}\))"
        title_case = r"[A-Z][\w'’.-]*(?:[ -][A-Z][\w'’.-]*){0,3}"
        return tuple(
            re.compile(form)
            for form in (
                rf"(?P<place>{_PLACE}{_REGION})(?P<day>{_DAY})[.,]?{in_brackets}?{_DASH}{_NEXT}",
                rf"(?P<place>{_PLACE}{_REGION})(?P<day>{_DAY})[.,]?{signed}\s*[:.]?\s*{_NEXT}",
                rf"(?P<place>{_PLACE}{_REGION})(?P<day>{_DAY})\s*:\s+{_NEXT}",
                rf"(?P<place>{title_case}{_REGION})(?P<day>{_DAY})[.,]?{signed}(?:{_DASH}|\s*:?\s*){_NEXT}",
                rf"(?P<place>)(?P<day>{_BARE_DAY})\s*{signed}(?:{_DASH}|\s*:?\s*){_NEXT}",
                rf"(?P<place>)(?P<day>)(?:{signed}\s*|(?:{agency})\s*)(?:{_DASH}){_NEXT}",
                rf"(?P<place>{title_case}{_REGION})(?P<day>,?\s+{_BARE_DAY}){_DASH}{_NEXT}",
            )
        )

    @functools.cached_property
    def _plain_opener(self) -> re.Pattern[str]:
        """`Kyiv, Ukraine – ` and `New Delhi: `: too like a sentence to be taken without knowing the place."""
        return re.compile(
            rf"(?P<place>(?P<first>[A-Z][\w'’.-]*(?:[ -][A-Z][\w'’.-]*){{0,2}}){_REGION})\s*(?:[—–|:]|--|\s-\s)\s*{_NEXT}"
        )

    def dateline(self, text: str, known_places: frozenset[str] = frozenset()) -> Dateline | None:
        """The dateline that opens this text.

        >>> load_furniture().dateline("SEOUL—North Korea welcomed guests.").place
        'SEOUL'
        >>> load_furniture().dateline("NAIROBI, Kenya (AP) - Police said so.").place
        'NAIROBI, Kenya'
        >>> load_furniture().dateline("Kim met Xi - a friend.") is None
        True
        """
        text = text[:_LONGEST]
        for form in self._openers:
            found = form.match(text)
            if found and not self._is_kicker(found["place"]) and len(found.group()) < 90:
                place = "" if self.is_agency(found["place"]) else found["place"].strip(" ,")
                return Dateline(Span(0, found.end()), place, parse_date(found["day"]))
        found = self._plain_opener.match(text)
        if found and {part.strip().casefold() for part in found["place"].split(",")} & known_places:
            return Dateline(Span(0, found.end()), found["place"])
        return None

    def kicker(self, text: str) -> Span | None:
        """`BREAKING: ` and the like before a sentence."""
        found = self._kicker.match(text)
        return Span(0, found.end()) if found else None

    @functools.cached_property
    def _kicker(self) -> re.Pattern[str]:
        words = "|".join(pattern.regex.pattern for pattern in self.patterns["kicker"])
        return re.compile(rf"(?:(?i:{words}))\s*(?:[:|—–]|-\s|\s-|\d-)\s*{_NEXT}")

    def _is_kicker(self, place: str) -> bool:
        return bool(place) and any(pattern.regex.fullmatch(place) for pattern in self.patterns["kicker"])

    def is_agency(self, text: str) -> bool:
        """Whether a text is nothing but names of agencies: "AFP / Getty Images"."""
        parts = [part.strip(" .©()") for part in re.split(r"[/,|&·]|\bvia\b|\band\b", text)]
        return all(self.kind_of(part, "agency") for part in parts)

    def is_anonymous(self, name: str) -> bool:
        """Whether a byline names nobody ("our correspondent") or a role ("Staff Writer")."""
        return bool(self.kind_of(name, "anonymous", "line"))

    def has_verb(self, text: str) -> bool:
        """Whether a text has one of the commonest finite verbs or a regular past."""
        return any(pattern.regex.search(text) for pattern in self.patterns["verb"])

    def tells(self, text: str) -> bool:
        """Whether a text has words that captions lack: "said", "according to"."""
        return any(pattern.regex.search(text) for pattern in self.patterns["story"])


@functools.lru_cache(maxsize=4)
def load_furniture(ontology: Path | None = None) -> Furniture:
    """Read `lexicon/furniture.tsv` of an ontology folder (the one that ships, by default).

    Raises:
        OntologyError: the file is missing, or a row is wrong; the message names file and line.
    """
    path = (ontology or ontology_folder()) / "lexicon" / PATTERN_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError("cannot be read", where=str(path), hint="restore it from the package") from error
    found: dict[str, list[Pattern]] = {where: [] for where in sorted(PLACES_OF_PATTERNS)}
    for number, line in enumerate(text.splitlines()[1:], 2):
        if line.strip() and not line.startswith("#"):
            pattern = _pattern(line, number, path)
            found[pattern.where].append(pattern)
    return Furniture({where: tuple(patterns) for where, patterns in found.items()})


def _pattern(line: str, number: int, path: Path) -> Pattern:
    where_in_file = f"{path}:{number}"
    cells = line.split("\t")
    if len(cells) != 4 or cells[1] not in PLACES_OF_PATTERNS:
        hint = "kind, where, pattern, example; where is one of " + " ".join(sorted(PLACES_OF_PATTERNS))
        raise OntologyError("not a row of four cells", where=where_in_file, hint=hint)
    kind, where, source, example = (cell.strip() for cell in cells)
    try:
        regex = re.compile(f"(?:{source})$" if where == "credit" else source, re.IGNORECASE if where != "agency" else 0)
    except re.error as error:
        raise OntologyError(f"not a regular expression: {error}", where=where_in_file) from error
    return Pattern(kind, where, regex, example, number)


def _matches(pattern: Pattern, text: str) -> bool:
    if pattern.where in {"start", "tail"}:
        return pattern.regex.match(text) is not None
    if pattern.where in {"credit", "inline", "story", "verb"}:
        return pattern.regex.search(text) is not None
    return pattern.regex.fullmatch(text) is not None


def _sorted_words(patterns: tuple[Pattern, ...]) -> list[str]:
    words = [word for pattern in patterns for word in pattern.regex.pattern.split("|")]
    return [re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))]


# Lines


def split_lines(text: str) -> list[Line]:
    """The paragraphs of a text: its lines, joined where a line was broken to fit a width or around a link.

    >>> [line.text for line in split_lines("One.\\n\\nTwo.")]
    ['One.', 'Two.']
    """
    pieces = [Span(m.start(), m.end()) for m in re.finditer(r"[^\s\n](?:[^\n]*[^\s\n])?", text)]
    width = _wrap_width(text, pieces)
    lines: list[Span] = []
    for piece in pieces:
        if lines and _continues(text, lines[-1], piece, width):
            lines[-1] = Span(lines[-1].start, piece.end)
        else:
            lines.append(piece)
    return [Line(span, span.of(text)) for span in lines]


def _wrap_width(text: str, pieces: list[Span]) -> int:
    """The width at which the text was broken into lines; 0 where paragraphs are whole.

    Wrapped text has no long line, and many lines that run on in the next one.
    """
    lengths = [piece.end - piece.start for piece in pieces]
    longest = max(lengths, default=0)
    if len(pieces) < 4 or longest > 100 or longest < 40:
        return 0
    pairs = list(itertools.pairwise(pieces))
    near = [(a, b) for a, b in pairs if text.count("\n", a.end, b.start) == 1]
    full = [a for a, _ in near if a.end - a.start > 0.75 * longest and not ends_sentence(a.of(text))]
    return longest if len(full) >= max(3, len(near) // 3) else 0


def _continues(text: str, line: Span, piece: Span, width: int) -> bool:
    newlines = text.count("\n", line.end, piece.start)
    start = text.rfind("\n", line.start, line.end) + 1 or line.start
    if width and newlines == 1:
        first_word = piece.of(text).split(maxsplit=1)[0]
        return line.end - max(start, line.start) + 1 + len(first_word) > width
    before, after = (
        text[max(line.start, line.end - _LONGEST) : line.end],
        text[piece.start : min(piece.end, piece.start + _LONGEST)],
    )
    if is_byline(after):
        return False
    # A link on a line of its own: "the Norway-led / mission / made five trips".
    return (
        after[0].islower()
        and (before[-1].islower() or before[-1] == ",")
        and text[line.start].isupper()
        and len(before.split()) >= 5
    )


_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]\s]*[■□▪◆●∎\s]*$")
_CUT_SHORT = re.compile(
    r"(?:\.\.\.+|…|\[\s*(?:\.\.\.|…)\s*\]|\[\+\d+ chars\])\s*(?:(?:read|continue|see|learn)\s*(?:more|reading)?)?\s*[>»→]*\s*$",
    re.I,
)


def ends_sentence(text: str) -> bool:
    """Whether the text ends like a sentence, with a full stop or the like."""
    return _SENTENCE_END.search(text[-_LONGEST_END:]) is not None


def is_cut_short(text: str) -> bool:
    """Whether the text ends in an ellipsis, as teasers do."""
    return _CUT_SHORT.search(text[-_LONGEST_END:]) is not None


# Dates and bylines


def parse_date(text: str) -> str:
    """The first full date of a text as ISO 8601, with its time where the text gives one; "" for none.

    Days and months that could be swapped (03/04/2024) are not guessed at.

    >>> parse_date("Friday, May 9, 2031"), parse_date("Updated May 9, 2031 10:40 am ET"), parse_date("03/04/2024")
    ('2031-05-09', '2031-05-09T10:40:00', '')
    """
    for found in _DATE.finditer(text):
        if day := _iso_day(found):
            return day + _iso_time(text, found)
    return ""


def _iso_day(found: re.Match[str]) -> str:
    part = found.groupdict()
    if part["y1"]:
        year, month, day = int(part["y1"]), int(part["m1"]), int(part["d1"])
    elif part["y2"]:
        year, month, day = int(part["y2"]), _month(part["n2"]), int(part["d2"])
    elif part["y3"]:
        year, month, day = int(part["y3"]), _month(part["n3"]), int(part["d3"])
    else:
        first, second, year = int(part["a4"]), int(part["b4"]), int(part["y4"])
        day, month = (first, second) if part["sep4"] == "." or first > 12 else (second, first)
        if part["sep4"] == "/" and first <= 12 and second <= 12 and first != second:
            return ""
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= _days_in(year, month) else ""


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].title()) + 1


def _days_in(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _iso_time(text: str, date: re.Match[str]) -> str:
    """`T11:05:00` (with Z or an offset only where the text says so), from the words around the date."""
    if iso := _ISO_TIME.match(text, date.end()):
        zone = iso[3] or ""
        zone = f"{zone[:3]}:{zone[-2:]}" if zone and zone != "Z" else zone
        return f"T{iso[1]}{iso[2] or ':00'}{zone}"
    near = text[max(0, date.start() - 20) : date.start()] + " ; " + text[date.end() : date.end() + 30]
    clock = _CLOCK.search(near)
    if not clock:
        return ""
    hour = int(clock["h"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    return f"T{hour:02}:{clock['m']}:00" + ("Z" if clock["zone"] else "")


def find_date(text: str) -> re.Match[str] | None:
    """The first full date of a text."""
    return _DATE.search(text)


def is_date_line(text: str) -> bool:
    """Whether a line is there to tell the date: nothing but a date, its time, and words like "Updated".

    >>> is_date_line("Updated May 9, 2031 10:40 am ET"), is_date_line("It was signed on June 19, 2031.")
    (True, False)
    """
    date = _DATE.search(text)
    if len(text) > 160 or not date:
        return False
    rest = _ISO_TIME.sub(" ", _CLOCK.sub(" ", _DATE.sub(" ; ", text)))
    rest = _DATE_WORDS.sub(" ", re.sub(_DAYS.rstrip("+").removesuffix("\\s"), " ", rest, flags=re.I))
    return len(rest.split()) <= (2 if date.start() < 12 else 1) and not re.search(
        r"\b(?:signed|held|killed|met)\b", rest
    )


def stamped_date(text: str) -> str:
    """The date that a label announces inside a text ("… Updated May 9, 2031 …"); first publication before updates."""
    found: dict[bool, str] = {}
    for label in _STAMP.finditer(text):
        date = _DATE.match(text, label.end())
        if date and (iso := parse_date(text[label.start() : date.end() + 30])):
            found.setdefault(label["label"].lower() not in {"updated", "last updated", "last modified"}, iso)
    return found.get(True) or found.get(False, "")


def is_byline(text: str) -> bool:
    """Whether a line says who wrote the article: "By Ana Lopez and Tom Reed, in Lima"."""
    found = _BYLINE.match(text)
    if not found or len(text.split()) > 18:
        return False
    rest = text[found.end() :]
    return bool(
        re.fullmatch(r"\W*|\s*[|,•·/–—-].*|\s+(?:in|for|at|from|Updated|Published|Posted|Last)\b.*|\s*\(.*", rest)
    ) and not (ends_sentence(text))


def byline_names(text: str) -> tuple[str, ...]:
    """The names in a byline.

    >>> byline_names("By Ana Lopez and TOM REED")
    ('Ana Lopez', 'Tom Reed')
    """
    found = _BYLINE.search(text)
    if not found:
        return ()
    names = (name.strip(" ,.") for name in re.split(r"\s+(?:and|&)\s+|,\s*(?:and\s+)?", found["names"], flags=re.I))
    return tuple(
        _in_title_case(re.split(r"\s+(?:Updated|Published|Posted|Last)\b", name)[0])
        for name in names
        if len(name.split()) > 1
    )


def _in_title_case(name: str) -> str:
    return " ".join(part.title() if part.isupper() and len(part) > 2 else part for part in name.split())
