"""The place in a text at which rules read: words around it, numbers and months there, and the sense of the clause.

A rule is a function from a `Cursor` and the index of a token to a `Match`; `dates`, `relative` and `phrases` hold them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from kg.extract.temporal.periods import (
    Moment,
    Node,
    Period,
    day_of,
    holiday_in,
    moment_unit,
    moved_months,
    part_of,
    whole_month,
)
from kg.extract.temporal.words import Token, load_words, tokenize
from kg.lexicon import ontology_folder

_SENTENCE_END = frozenset(".!?\n")
_DEEPEST = 3
"""How many expressions may nest: "two days before the first Friday of last month" is three deep."""


class Match(NamedTuple):
    node: Node
    end: int
    lead: int = 0
    clock: str = ""


_END = Token("", "", -1, -1)


class Cursor:
    """A text's tokens by their index, its published day and the last time told; what rules read and how moments settle."""

    def __init__(
        self,
        text: str,
        published: date | None,
        future: bool | None,
        day_first: bool,
        plain_rules: Sequence[Rule],
        contextual_rules: Sequence[ContextualRule],
    ) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.ref = published
        self.future = future
        self.day_first = day_first
        self.w = load_words(ontology_folder() / "lexicon" / "time.toml")
        self.anchor: Period | None = None
        self.last_end = 0
        self._plain_rules = plain_rules
        self._contextual_rules = contextual_rules
        self._surnames = self._months_as_surnames()
        self._atoms: dict[tuple[int, bool], Match | None] = {}
        self._depth = 0

    def plain(self, i: int, forced: bool = False) -> Match | None:
        """The longest expression without a modifier; `forced` where the context has already made it a time."""
        key = (i, forced)
        if key not in self._atoms:
            if self._depth >= _DEEPEST:
                return None
            self._depth += 1
            found = [m for rule in self._plain_rules if (m := self.tried(rule, i))]
            found += [m for rule in self._contextual_rules if (m := rule(self, i, forced))]
            self._depth -= 1
            self._atoms[key] = max(found, key=lambda match: match.end, default=None)
        return self._atoms[key]

    def tried(self, rule: Rule, i: int) -> Match | None:
        """What a rule reads at token i; nothing where it leads beyond the calendar ("5,000 years ago")."""
        try:
            return rule(self, i)
        except (ValueError, OverflowError):
            return None

    def may_start(self, i: int) -> bool:
        """Cheap test before the rules are tried: a word that opens an expression, with a word of time close behind."""
        token = self.tokens[i]
        if not (token.text[0].isdigit() or token.low in self.w.openers or self.bare(i) in self.w.core):
            return False
        return any(t.text[0].isdigit() or t.low.removesuffix("'s") in self.w.core for t in self.tokens[i : i + 6])

    def at(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else _END

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def bare(self, i: int) -> str:
        """The word without its possessive ending."""
        return self.low(i).removesuffix("'s")

    def touches(self, i: int) -> bool:
        """Whether token i follows its predecessor without a space."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def is_possessive(self, i: int) -> bool:
        return self.low(i).endswith("'s") or self.low(i) == "'"

    def index_after(self, i: int, offset: int) -> int:
        """The first token from i on that starts at or after a character offset; a match is at most a few tokens long."""
        while i < len(self.tokens) and self.tokens[i].start < offset:
            i += 1
        return i

    def skip(self, i: int, *words: str) -> int:
        """The index after token i if it is one of the words, else i."""
        return i + 1 if self.low(i) in words else i

    def not_a_time(self, i: int) -> int:
        """Sets and ages, which name no time: "every Sunday", "each year", "45 years old", "a 30-year-old"."""
        if self.low(i) in {"every", "each", "any"}:
            j = i + 1
            if self.w.ordinals.get(self.low(j)) or self.low(j) in {"other", "single"}:
                j += 1
            number, k = self.number(j)
            j = k if number else j
            if self.bare(j) in self.w.weekdays or self.unit(j) or self.bare(j) in self.w.seasons:
                return j + 1
        number, j = self.number(i)
        if number is not None:
            j = self.skip(j, "-", "–")
            if self.unit(j) and self.low(self.skip(j + 1, "-", "–")) in {"old", "olds"}:
                return self.skip(j + 1, "-", "–") + 1
        return i

    def number(self, i: int) -> tuple[int | None, int]:
        token = self.at(i)
        if token.text[:1].isdigit():
            plain = token.text.replace(",", "")
            return (int(plain), i + 1) if plain.isascii() and plain.isdigit() and len(plain) < 6 else (None, i)
        if token.low not in self.w.numbers:
            return None, i
        value = self.w.numbers[token.low]
        j = self.skip(i + 1, "-")
        ones = self.w.numbers.get(self.low(j), 0)
        if value >= 20 and 0 < ones < 10:
            return value + ones, j + 1
        return value, i + 1

    def count(self, i: int) -> tuple[int | None, int, bool]:
        """How many units: a number, "a", "a couple of", "a few"; the last part says whether it is vague."""
        about = self.low(i) in self.w.words["about"]
        j = i + 1 if about else i
        number, k = self.number(j)
        if number is not None:
            return number, k, about
        j2 = self.skip(j, "a", "an", "another")
        if self.low(j2) == "couple":
            return 2, self.skip(j2 + 1, "of"), True
        if self.low(j2) in self.w.words["vague"]:
            return 3, j2 + 1, True
        if self.low(j2) == "dozen":
            return 12, j2 + 1, about
        if j2 > j and self.unit(j2):
            return 1, j2, about
        return None, i, False

    def ordinal(self, i: int) -> tuple[int | None, int]:
        token = self.at(i)
        if token.text.isascii() and token.text.isdigit() and len(token.text) <= 2:
            if self.touches(i + 1) and self.low(i + 1) in {"st", "nd", "rd", "th"}:
                return int(token.text), i + 2
            return None, i
        if token.low in self.w.ordinals:
            return self.w.ordinals[token.low], i + 1
        tens = self.w.numbers.get(token.low, 0)
        if tens in {20, 30} and self.low(i + 1) == "-":
            ones = self.w.ordinals.get(self.low(i + 2), 0)
            if 0 < ones < 10:
                return tens + ones, i + 3
        return None, i

    def unit(self, i: int) -> str:
        word = self.bare(i).removesuffix("'")
        return self.w.units.get(word, "") or self.w.units.get(word.removesuffix("s"), "")

    def day_number(self, i: int) -> tuple[int, int]:
        number, j = self.ordinal(i)
        if number is None:
            token = self.at(i)
            if token.text.isascii() and token.text.isdigit() and len(token.text) <= 2:
                after = self.at(i + 1)
                glued = self.touches(i + 1) and (after.text[:1].isalnum() or after.text == "%" or self._decimal(i + 1))
                if not glued:
                    number, j = int(token.text), i + 1
        return (number, j) if number is not None and 1 <= number <= 31 else (0, i)

    def _decimal(self, i: int) -> bool:
        return self.at(i).text in {".", ",", "/", ":"} and self.touches(i + 1) and self.at(i + 1).text[:1].isdigit()

    def year(self, i: int) -> tuple[int, int]:
        """A number of four digits that can be a year, whatever stands before it."""
        text = self.at(i).text
        if len(text) != 4 or not (text.isascii() and text.isdigit()) or not 1000 <= int(text) <= 2199:
            return 0, i
        if self.touches(i) and self.at(i - 1).text in {"$", "€", "£", "#", ".", "/"}:
            return 0, i
        if self.touches(i + 1) and (self.at(i + 1).text[:1].isalnum() or self.at(i + 1).text in {"%", "/", ":"}):
            return 0, i
        if self._decimal(i + 1) or self.bare(i + 1) in self.w.words["measures"]:
            return 0, i
        return int(text), i + 1

    def comma_year(self, i: int) -> tuple[int, int]:
        """A year after a month or a day: "May 8, 2024", "May of 1987", "28 June in 2020"."""
        for j in (i, i + 1):
            if j == i or self.low(i) in {",", "of", "in"}:
                year, k = self.year(j)
                if year:
                    return year, k
        return 0, i

    def month(self, i: int) -> tuple[int, int, bool]:
        """(month, next token, whether the word alone is enough)."""
        token = self.at(i)
        word = self.bare(i)
        if word in self._surnames and not self.at(i + 1).text[:1].isdigit():
            return 0, i, False
        if token.text[:1].islower() and word in self.w.words["lower_words"]:
            return 0, i, False
        if word in self.w.months:
            return self.w.months[word], i + 1, word not in self.w.words["ambiguous_months"]
        if word in self.w.short_months and not token.low.endswith("'s"):
            dotted = self.low(i + 1) == "." and self.touches(i + 1)
            return self.w.short_months[word], i + 2 if dotted else i + 1, False
        return 0, i, False

    def weekday(self, i: int) -> tuple[int, int, bool]:
        """(weekday or -1, next token, whether it is written out)."""
        token = self.at(i)
        word = self.bare(i)
        if word in self.w.weekdays:
            return self.w.weekdays[word], i + 1, True
        if word in self.w.short_weekdays and (token.text[:1].isupper() or word not in self.w.words["lower_words"]):
            dotted = self.low(i + 1) == "." and self.touches(i + 1)
            return self.w.short_weekdays[word], i + 2 if dotted else i + 1, False
        return -1, i, False

    def shift(self, i: int) -> int | None:
        return self.w.shifts.get(self.low(i))

    def _months_as_surnames(self) -> frozenset[str]:
        """Months that this text uses as people's names ("Theresa May"): they stay names wherever no number follows."""
        found = set()
        times = self.w.words["before_month"] | self.w.months.keys() | self.w.weekdays.keys() | {"on", "the"}
        for i, token in enumerate(self.tokens):
            before, after = self.at(i - 1), self.at(i + 1)
            if token.low in self.w.words["ambiguous_months"] and token.text.istitle() and i:
                named = before.text.istitle() and before.text.isalpha() and len(before.text) > 1
                if named and before.low not in times and not after.text[:1].isdigit():
                    found.add(token.low)
        return frozenset(found)

    def is_future(self, i: int, end: int) -> bool | None:
        """Whether the clause around tokens i..end looks ahead; None where no word tells.

        The nearest cue before the expression counts ("said Monday it will": Monday is past); without one, the first after
        it in the sentence ("On Friday the leaders will meet").
        """
        if self.future is not None:
            return self.future
        for j in range(i - 1, max(i - 25, self.last_end - 1, -1), -1):
            cue = self._cue(j)
            if cue is not None:
                return cue
            if self._ends_sentence(j):
                break
        for j in range(end, min(end + 25, len(self.tokens))):
            cue = self._cue(j)
            if cue is not None:
                return cue
            if self._ends_sentence(j):
                break
        return None

    def _cue(self, i: int) -> bool | None:
        word, before = self.low(i), self.low(i - 1)
        if word in self.w.words["future"] or word.endswith("'ll"):
            return True
        if (before, word) in {("to", "be"), ("is", "to"), ("are", "to")}:  # "is to be held", "are to meet"
            return True
        if before == "be":  # "may be signed": what comes before "be" decides
            return None
        if word in self.w.words["past"] or (len(word) > 4 and word.endswith("ed") and self.at(i).text.islower()):
            return False
        return None

    def _ends_sentence(self, i: int) -> bool:
        token = self.at(i)
        return token.text in _SENTENCE_END and (not self.touches(i + 1) and len(self.low(i - 1)) > 2)

    def settle(self, node: Node, future: bool | None) -> Period:
        if isinstance(node, Period):
            return node
        try:
            return part_of(self._dated(node, bool(future)), node.part)
        except (ValueError, OverflowError):
            return Period(None, None, moment_unit(node))

    def _dated(self, moment: Moment, future: bool) -> Period:
        unit = moment_unit(moment)
        if moment.year:
            return self._in_year(moment, moment.year)
        if self.ref is None:
            fixed = moment.holiday and self._in_year(moment, 1)
            return fixed if fixed and fixed.start and fixed.start.year > 1 else Period(None, None, unit)
        if moment.weekday >= 0 and not moment.day and not moment.month:
            back = (self.ref.weekday() - moment.weekday) % 7
            day = self.ref + timedelta((7 - back) % 7 if future else -back)
            return Period(day, day, "day")
        if not moment.month and moment.day:
            return self._day_of_month(moment, future)
        years = [y for y in range(self.ref.year - 8, self.ref.year + 9) if self._in_year(moment, y).start]
        periods = [self._in_year(moment, year) for year in years]
        past = [p for p in periods if p.start and p.start <= self.ref]
        ahead = [p for p in periods if p.end and p.end >= self.ref]
        if not past or not ahead:
            return (past or ahead or [Period(None, None, unit)])[-1 if past else 0]
        # A day within the next two weeks is the one meant: of one nearly a year ago the writer would give the year.
        near = unit == "day" and self.future is None and ahead[0].start and (ahead[0].start - self.ref).days <= 14
        return ahead[0] if future or near else past[-1]

    def _in_year(self, moment: Moment, year: int) -> Period:
        if moment.holiday:
            day = holiday_in(moment.holiday, year, self.w.weekdays)
            return Period(day, day, "day")
        if moment.day:
            day = day_of(year, moment.month, moment.day)
            return Period(day, day, "day")
        return whole_month(year, moment.month)

    def _day_of_month(self, moment: Moment, future: bool) -> Period:
        """ "The 27th", "Friday the 15th": the nearest month, in the clause's direction, that has it."""
        assert self.ref is not None
        for step in range(24):
            base = moved_months(self.ref.replace(day=1), step if future else -step)
            day = day_of(base.year, base.month, moment.day)
            fits = day and moment.weekday in (-1, day.weekday())
            if day and fits and (day >= self.ref if future else day <= self.ref):
                return Period(day, day, "day")
        return Period(None, None, "day")

    def base(self) -> Period | None:
        """What "two weeks later" counts from: the last time told, else nothing."""
        return self.anchor


Rule = Callable[[Cursor, int], Match | None]
ContextualRule = Callable[[Cursor, int, bool], Match | None]
