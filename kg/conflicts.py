"""Claims that cannot all be true: contradictions, corrections and disputes. Both sides stay; none is dropped or judged.

Comes in: the resolved claims of a corpus and where its articles come from. Goes out: `Conflict`s, each with the claims on its
two sides and why they are in conflict. Only a property of which the ontology says so (`kg:singleValuedAtATime`,
`kg:singleSubjectAtATime`) can have values that contradict each other, and only where it holds at one time: an office that
changed hands is no conflict. A denial is one with whatever says what it denies.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.errors import OntologyError
from kg.export.property_graph import date_range
from kg.lexicon import Knowledge, Property
from kg.model import Conflict, ConflictKind, Origin, ResolvedClaim, content_id

_TOLD = frozenset({"asserted", "reported"})
_CLAIMED = frozenset({"asserted", "reported", "planned", "alleged"})
_REFUSED = frozenset({"denied", "negated"})
_WITHIN = frozenset({"locatedIn", "capitalOf", "partOf"})

_MOST_VALUES = 12
"""Of so many different values of one property the pairs are looked at, those told first."""

_MOST_ALIKE = 60
"""Of so many claims of one key on each side the pairs are looked at, those told first."""

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w])|(?<![\w.,])\d+(?!\w)")
_VERB = re.compile(r"(?=[A-Z])")  # "paidFor": what somebody paid, for what, to whom
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class ConflictLore:
    """`conflicts.toml`."""

    correcting: re.Pattern[str]
    note: re.Pattern[str]
    about: frozenset[str]
    empty: frozenset[str]
    limits: Mapping[str, float]


def load_conflict_lore(knowledge: Knowledge) -> ConflictLore:
    """Read `conflicts.toml` of an ontology folder.

    Raises:
        OntologyError: the file is missing or wrong.
    """
    path = knowledge.folder / "lexicon" / "conflicts.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return ConflictLore(
            _any_of(data["correcting"]),
            _any_of(data["note"]),
            frozenset(data["about"]),
            frozenset(data["empty"]),
            {name: float(limit) for name, limit in data["limits"].items()},
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise OntologyError(f"not a lexicon of conflicts: {error}", where=str(path), hint="restore the file") from error


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    joined = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


def is_correction(text: str, lore: ConflictLore) -> bool:
    """Whether an article says of itself, in some line, that it corrects an earlier report."""
    return any(lore.note.match(line.strip()) for line in text.splitlines())


# --- all conflicts ----------------------------------------------------------------------------------------------------


def find_conflicts(
    claims: Iterable[ResolvedClaim], known: Mapping[str, Origin], knowledge: Knowledge
) -> tuple[Conflict, ...]:
    """The conflicts of a corpus, sorted by what they are about.

    Args:
        claims: in any order; read twice.
        known: article id -> where it comes from.

    Raises:
        OntologyError: the lexicon of conflicts is missing or wrong.
    """
    court = _Court(known, knowledge, load_conflict_lore(knowledge))
    for claim in claims:
        court.hear(claim)
    for claim in claims:
        court.answer(claim)
    conflicts = (*court.contradictions(), *court.corrections(), *court.disputes())
    found = {conflict.id: conflict for conflict in conflicts}
    return tuple(sorted(found.values(), key=lambda c: (c.subject_iri, c.predicate, c.kind, c.id)))


class _Court:
    """Claims that could be on a side: those of properties that can contradict, refusals, and what they may refuse."""

    def __init__(self, known: Mapping[str, Origin], knowledge: Knowledge, lore: ConflictLore) -> None:
        self.known, self.knowledge, self.lore = known, knowledge, lore
        self._values: dict[tuple[str, str], list[ResolvedClaim]] = defaultdict(list)
        self._above: dict[str, set[str]] = defaultdict(set)
        self._refusals: dict[tuple[str, str, str], list[ResolvedClaim]] = defaultdict(list)
        self._refused: dict[tuple[str, str, str], list[ResolvedClaim]] = defaultdict(list)
        self._takers: dict[tuple[str, str], list[ResolvedClaim]] = defaultdict(list)
        self._taken: dict[tuple[str, str], list[ResolvedClaim]] = defaultdict(list)

    def hear(self, claim: ResolvedClaim) -> None:
        """First reading: what has values, what lies in what, and what is refused."""
        found = self.knowledge.properties.get(claim.predicate)
        if claim.status in _TOLD and found:
            if found.single_valued:
                self._values[claim.subject_iri, claim.predicate].append(claim)
            elif found.single_subject and claim.object_iri and claim.status == "asserted":
                self._values[claim.object_iri, claim.predicate].append(claim)
        if claim.predicate in _WITHIN and claim.object_iri and claim.status in {"asserted", "inferred"}:
            self._above[claim.subject_iri].add(claim.object_iri)
        if claim.status in _REFUSED:
            for key in self._keys(claim):
                self._refusals[key].append(claim)
        numbers = _numbers(claim.sentence)
        if len(numbers) > 1 and self.lore.correcting.search(claim.sentence):
            for number, month in itertools.product(numbers, _months(self._day(claim))):
                self._takers[number, month].append(claim)

    def answer(self, claim: ResolvedClaim) -> None:
        """Second reading: what somebody refuses."""
        if claim.status in _CLAIMED:
            for key in self._keys(claim):
                if key in self._refusals:
                    self._refused[key].append(claim)
        if self._takers:
            for number in _numbers(claim.sentence):
                if (told := (number, self._day(claim)[:7])) in self._takers:
                    self._taken[told].append(claim)
        found = self.knowledge.properties.get(claim.predicate)
        if claim.status == "inferred" and found and found.single_subject and claim.object_iri:
            if (claim.object_iri, claim.predicate) in self._values:
                self._values[claim.object_iri, claim.predicate].append(claim)

    def _keys(self, claim: ResolvedClaim) -> Iterator[tuple[str, str, str]]:
        """What a claim says, and what it speaks of: somebody's doing of a kind."""
        subject, value = claim.subject_iri, claim.object_iri or claim.object
        if claim.object_iri and self.knowledge.is_symmetric(claim.predicate) and value < subject:
            subject, value = value, subject
        yield subject, claim.predicate, value
        if _is_name(claim.subject):
            months = _months(self._day(claim)) if claim.status in _REFUSED else (self._day(claim)[:7],)
            for kind in {claim.event_type, _VERB.split(claim.predicate, maxsplit=1)[0]} - {""}:
                for month in months:
                    yield claim.subject_iri, "", f"{kind} {month}"

    # contradictions

    def contradictions(self) -> Iterator[Conflict]:
        for (_, name), claims in sorted(self._values.items()):
            found = self.knowledge.properties[name]
            by_value: dict[str, list[ResolvedClaim]] = defaultdict(list)
            for claim in sorted(claims, key=self._order):
                if found.domain in ("", claim.subject_type) or self.knowledge.is_a(claim.subject_type, found.domain):
                    by_value[self._value(claim, found)].append(claim)
            for one, two in itertools.combinations(list(by_value.values())[:_MOST_VALUES], 2):
                yield from self._contradiction(one, two, found)

    def _contradiction(
        self, one: Sequence[ResolvedClaim], two: Sequence[ResolvedClaim], found: Property
    ) -> Iterator[Conflict]:
        against = [(a, b, why) for a in one for b in two if (why := self._why_not_both(a, b, found))]
        if not against:
            return
        left = sorted({a.id: a for a, _, _ in against}.values(), key=self._order)
        right = sorted({b.id: b for _, b, _ in against}.values(), key=self._order)
        kind: ConflictKind = "contradiction"
        reasons = [against[0][2]]
        for side, other in ((left, right), (right, left)):
            cue = next((cue for claim in side if (cue := self._corrects(claim))), "")
            if kind == "contradiction" and cue and self._day(side[0]) >= self._day(other[-1]):
                kind, left, right = "correction", other, side
                reasons.append(cue)
        yield _conflict(kind, left, right, reasons, found.single_subject)

    def _why_not_both(self, left: ResolvedClaim, right: ResolvedClaim, found: Property) -> str:
        """Why two different values cannot both be true, or ""."""
        if left.object_iri or right.object_iri:
            ends = (left, right) if not found.single_subject else None
            if ends and not self._are_other_places(*((c.object_iri or "", c.object_type or "") for c in ends)):
                return ""
            if not ends and not (_is_name(left.subject) and _is_name(right.subject)):
                return ""
        elif _is_date(left.object) and _is_date(right.object):
            if _overlap(date_range(left.object), date_range(right.object)):
                return ""  # "1963" and "1963-05-04"
        elif self._are_close(left, right):
            return ""
        if found.unchanging:
            return "it has one value for ever"
        if found.counts_years:
            return self._other_beginning(left, right)
        if found.only_grows:
            return self._fell(left, right)
        return self._same_time(left, right)

    def _are_other_places(self, left: tuple[str, str], right: tuple[str, str]) -> bool:
        """Two places of one class, neither within the other."""
        (one, first), (two, second) = left, right
        return first == second and two not in self._around(one) and one not in self._around(two)

    def _around(self, place: str) -> set[str]:
        found, todo = {place}, [place]
        while todo:
            new = self._above.get(todo.pop(), set()) - found
            found |= new
            todo += new
        return found

    def _are_close(self, left: ResolvedClaim, right: ResolvedClaim) -> bool:
        """Whether two numbers are one as far as said: "about 60" and "61"."""
        try:
            one, two = float(left.object), float(right.object)
        except ValueError:
            return False
        is_vague = any(self._is_about(claim) for claim in (left, right))
        return is_vague and abs(one - two) <= self.lore.limits["inexact"] * max(abs(one), abs(two))

    def _is_about(self, claim: ResolvedClaim) -> bool:
        words = claim.sentence.casefold().replace(",", "").split()
        return any(b == claim.object and a in self.lore.about for a, b in itertools.pairwise(words))

    def _other_beginning(self, left: ResolvedClaim, right: ResolvedClaim) -> str:
        """Ages told at two times fit where one birthday fits both."""
        ranges = []
        for claim in (left, right):
            day = _date(date_range(claim.time)[0] or self._day(claim))
            if day is None or not claim.object.isdigit() or int(claim.object) >= day.year:
                return ""
            ranges.append(
                (
                    day.toordinal() - 365.25 * (int(claim.object) + 1) - 2,
                    day.toordinal() - 365.25 * int(claim.object) + 2,
                )
            )
        (a, b), (c, d) = ranges
        return "" if a <= d and c <= b else "no year of birth fits both"

    def _fell(self, left: ResolvedClaim, right: ResolvedClaim) -> str:
        """A toll may rise from day to day; it does not fall, and it does not have two values on one day."""
        days = self._day(left), self._day(right)
        if not all(days) or days[0] == days[1]:
            return "told on one day" if all(days) else "told without a day"
        earlier, later = sorted((left, right), key=self._day)
        try:
            return "told lower later" if float(later.object) < float(earlier.object) else ""
        except ValueError:
            return ""

    def _same_time(self, left: ResolvedClaim, right: ResolvedClaim) -> str:
        one, two = (date_range(claim.time) if claim.time else (self._day(claim),) * 2 for claim in (left, right))
        if not one[0] and not two[0]:
            return "told without a time"
        if one[0] and two[0] and _overlap(one, two):
            return "both at one time"
        return ""

    # corrections of a number that no claim has for its value

    def corrections(self) -> Iterator[Conflict]:
        """ "The number of dead is 19 and not 23, police said, correcting a figure": what an earlier article says with 23."""
        for (number, month), takers in sorted(self._takers.items()):
            sides: dict[tuple[object, ...], list[tuple[ResolvedClaim, ResolvedClaim]]] = defaultdict(list)
            earlier = self._first(self._taken.get((number, month), ()))
            for taker in self._first(takers):
                for taken in earlier:
                    if self._takes_back(taker, taken, number):
                        sides[_sentences(taken, taker)].append((taken, taker))
            for _, pairs in sorted(sides.items()):
                left = sorted({taken.id: taken for taken, _ in pairs}.values(), key=self._order)
                right = sorted({taker.id: taker for _, taker in pairs}.values(), key=self._order)
                new = min(_numbers(right[0].sentence) - _numbers(left[0].sentence))
                found = _conflict("correction", left, right, [self._corrects(right[0])], False)
                told = min(right, key=lambda claim: (not claim.event_type, self._order(claim)))
                yield replace(
                    found,
                    subject=told.subject,
                    subject_iri=told.subject_iri,
                    predicate=told.predicate,
                    predicate_iri=told.predicate_iri,
                    left_value=number,
                    right_value=new,
                )

    def _takes_back(self, taker: ResolvedClaim, taken: ResolvedClaim, number: str) -> bool:
        if taker.article == taken.article or not _numbers(taker.sentence) - _numbers(taken.sentence):
            return False
        days = _date(self._day(taker)), _date(self._day(taken))
        if days[0] and days[1] and not 0 <= (days[0] - days[1]).days <= self.lore.limits["days"]:
            return False
        shared = _words(taker.sentence) & _words(taken.sentence) - self.lore.empty
        return len(shared) >= self.lore.limits["shared_words"]

    # disputes

    def disputes(self) -> Iterator[Conflict]:
        """Denials of a triple, and then those of what two sentences tell in other words."""
        seen: set[tuple[object, ...]] = set()
        for key in sorted(self._refusals, key=lambda key: (not key[1], not key[2].startswith("http"), key)):
            refused, refusals = self._first(self._refused.get(key, ())), self._first(self._refusals[key])
            pairs = [
                (claimed, refusal, why)
                for claimed in refused
                for refusal in refusals
                if _sentences(claimed, refusal) not in seen and (why := self._refuses(refusal, claimed, key))
            ]
            seen |= {_sentences(claimed, refusal) for claimed, refusal, _ in pairs}
            sides: dict[tuple[object, ...], list[tuple[ResolvedClaim, ResolvedClaim, str]]] = defaultdict(list)
            for claimed, refusal, why in pairs:
                sides[() if key[1] else _sentences(claimed, refusal)].append((claimed, refusal, why))
            for _, same in sorted(sides.items()):
                left = list({claimed.id: claimed for claimed, _, _ in same}.values())
                right = list({refusal.id: refusal for _, refusal, _ in same}.values())
                yield _conflict("dispute", left, right, [same[0][2]], False)

    def _refuses(self, refusal: ResolvedClaim, claimed: ResolvedClaim, key: tuple[str, str, str]) -> str:
        """Why a denial or negation is one of this claim, or ""."""
        if refusal.article == claimed.article and (refusal.status == "negated" or not key[1]):
            return ""  # an article that says both speaks of two occasions
        if not self._are_of_one_time(refusal, claimed, is_exact=bool(key[1])):
            return ""
        if key[1]:
            return f"{refusal.article} says that it is not so"
        if claimed.object_iri != refusal.object_iri and _is_name(claimed.object) and _is_name(refusal.object):
            return ""
        shared = sorted(self._words(refusal) & self._words(claimed))
        return f"both speak of {', '.join(shared)}" if len(shared) >= self.lore.limits["shared_words"] else ""

    def _are_of_one_time(self, refusal: ResolvedClaim, claimed: ResolvedClaim, *, is_exact: bool) -> bool:
        """Whether what is refused is what was claimed, and not what was so before or came to be so later."""
        times = date_range(refusal.time), date_range(claimed.time)
        if times[0][0] and times[1][0]:
            return _overlap(*times)
        days = _date(self._day(refusal)), _date(self._day(claimed))
        if not days[0] or not days[1]:
            return True
        later = (days[0] - days[1]).days
        if refusal.status == "denied" and is_exact:
            return True
        if abs(later) > self.lore.limits["days"]:
            return False
        if refusal.status == "denied" or claimed.status == "planned":
            return True
        # What has not happened may yet happen; what was so may end.
        return later == 0 if self._may_end(claimed) else later >= 0

    def _may_end(self, claim: ResolvedClaim) -> bool:
        """Whether it holds for a while, as an office does, and does not happen at a time."""
        found = self.knowledge.properties.get(claim.predicate)
        return found is not None and not found.subject_role

    def _words(self, claim: ResolvedClaim) -> set[str]:
        own = {word for text in (claim.subject, claim.predicate_text) for word in _words(text)}
        return set(_words(claim.sentence) - own - self.lore.empty)

    # when and how told

    def _day(self, claim: ResolvedClaim) -> str:
        return self.known[claim.article].published if claim.article in self.known else ""

    def _first(self, claims: Iterable[ResolvedClaim]) -> list[ResolvedClaim]:
        return sorted(claims, key=self._order)[:_MOST_ALIKE]

    def _order(self, claim: ResolvedClaim) -> tuple[str, str, int, str]:
        return self._day(claim), claim.article, claim.start, claim.id

    def _corrects(self, claim: ResolvedClaim) -> str:
        if cues := self.lore.correcting.findall(claim.sentence):
            return f"{claim.article} corrects it: {' '.join(max(cues, key=len).split()).casefold()}"
        if claim.article in self.known and self.known[claim.article].corrects:
            return f"{claim.article} is a correction"
        return ""

    @staticmethod
    def _value(claim: ResolvedClaim, found: Property) -> str:
        return claim.subject_iri if found.single_subject else claim.object_iri or claim.object


def _conflict(
    kind: ConflictKind,
    left: Sequence[ResolvedClaim],
    right: Sequence[ResolvedClaim],
    reasons: Iterable[str],
    by_object: bool,
) -> Conflict:
    one, two = left[0], right[0]
    ids = (tuple(claim.id for claim in side) for side in (left, right))
    about = (one.object, one.object_iri or "") if by_object else (one.subject, one.subject_iri)
    values = (one.subject, two.subject) if by_object else (_said(one), _said(two))
    return Conflict(
        id=content_id(kind, *sorted((one.id, two.id))),
        kind=kind,
        subject=about[0],
        subject_iri=about[1],
        predicate=one.predicate,
        predicate_iri=one.predicate_iri,
        left_value=values[0],
        right_value=values[1],
        left=next(ids),
        right=next(ids),
        reasons=tuple(reasons),
    )


def _sentences(left: ResolvedClaim, right: ResolvedClaim) -> tuple[object, ...]:
    return left.article, left.start, right.article, right.start


@functools.lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _months(day: str) -> tuple[str, ...]:
    """The month of a day and those beside it; ("",) where there is none.

    >>> _months("2031-01-15")
    ('2030-12', '2031-01', '2031-02')
    """
    if not (date := _date(day)):
        return ("",)
    middle = date.replace(day=15)
    return tuple((middle + datetime.timedelta(days=days)).isoformat()[:7] for days in (-31, 0, 31))


@functools.lru_cache(maxsize=256)  # the claims of one sentence come one after the other
def _numbers(text: str) -> frozenset[str]:
    """The numbers of a sentence that are no years."""
    if not _DIGIT.search(text):
        return frozenset()
    found = {number.replace(",", "") for number in _NUMBER.findall(text)}
    return frozenset(number for number in found if not (len(number) == 4 and number[:2] in {"19", "20"}))


def _said(claim: ResolvedClaim) -> str:
    return f"not {claim.object}" if claim.status in _REFUSED else claim.object


def _is_name(name: str) -> bool:
    return name[:1].isupper()


def _is_date(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text)) and bool(date_range(text)[0])


def _date(day: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(day[:10])
    except ValueError:
        return None


def _overlap(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]
