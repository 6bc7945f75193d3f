"""Political events on half of the PLOVER gold standard: event group, source actor and target actor per sentence.

- Group: the PLOVER class (`kg:plover`) of an event class or of the nearest class above it; of a planned or
  negated event the one that `kg:ploverPlanned` or `kg:ploverNegated` gives, since PLOVER counts announced help as AGREE,
  announced harm as THREATEN, and help that is ruled out as REJECT. The gold file is of version 0.5,
  whose DEMAND, DISAPPROVE, INVESTIGATE and FIGHT later versions fold into REQUEST, ACCUSE, ACCUSE and ASSAULT (`FOLDED`);
  both sides are compared after folding. Right where one of the sentence's events, whatever its status, has the group.
- Source: right where an actor of the gold source is the agent of an event or the subject of a claim.
- Target: right where an actor of the gold target fills another role of an event or is the object of a claim. Sentences
  without a gold source (target) are left out of that share.
- An actor matches where all content words of the shorter of the two names are among those of the longer ("Tom King" and
  "British Defence Secretary Tom King"), by the mention's words or its canonical name.

"in that event" is stricter: the right group, its own agent, its own other roles, in one event.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from evaluation.common import parser, read_texts, run, share, shared_file, table, with_pipeline
from kg.errors import InputError
from kg.lexicon import ONTOLOGY, Knowledge, load_knowledge
from kg.model import Extraction, Mention

FOLDED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
_EMPTY_WORDS = frozenset("the a an of and for in on at to s his her its their".split())


@dataclass(frozen=True, slots=True)
class Case:
    """A gold sentence: its event group, and the names of its actors on either side (empty where it has none)."""

    text: str
    date: str
    group: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An event or claim as (group, names on the acting side, names on the other side); claims have the group ""."""

    group: str
    sources: tuple[frozenset[str], ...]
    targets: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is right in a sentence; None where the gold has no such actor."""

    case: Case
    groups: tuple[str, ...]
    group: bool
    source: bool | None
    target: bool | None
    source_inside: bool | None
    target_inside: bool | None


def read_cases(path: Path) -> list[Case]:
    """The gold sentences.

    Raises:
        InputError: the file is not a JSON list of PLOVER records.
    """
    try:
        records: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return [
            Case(
                text=" ".join(record["text"].strip().strip("{}").split()),
                date=record["date"],
                group=FOLDED.get(record["event"], record["event"]),
                sources=tuple(_actors(record.get("source"))),
                targets=tuple(_actors(record.get("target"))),
            )
            for record in records
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"not a list of PLOVER records: {error!r}", where=str(path)) from error


def _actors(side: object) -> Iterator[str]:
    for actor in side if isinstance(side, list) else ():
        if actor.get("actorText"):
            yield actor["actorText"]


def groups_by_class(knowledge: Knowledge, annotation: str = "plover") -> dict[str, str]:
    """Event class -> the PLOVER class that the nearest class at or above it names with the annotation property."""
    named: dict[str, str] = {}
    for path in sorted(knowledge.folder.glob("*.ttl")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if quad.predicate.value == ONTOLOGY + annotation and isinstance(quad.subject, ox.NamedNode):
                named[quad.subject.value.removeprefix(ONTOLOGY)] = str(getattr(quad.object, "value", ""))
    found = {}
    for cls, above in knowledge.superclasses.items():
        group = next((named[c] for c in (cls, *above) if c in named), "")
        if group:
            found[cls] = FOLDED.get(group, group)
    return found


def content_words(text: str) -> frozenset[str]:
    """The words that tell actors apart: lower case, no articles and prepositions, no dots, no possessive."""
    plain = text.casefold().replace(".", "").replace("’", "'").replace("'s", "")
    return frozenset(w for w in re.findall(r"\w+", plain) if w not in _EMPTY_WORDS)


def names_actor(names: Sequence[frozenset[str]], actors: Sequence[str]) -> bool:
    """Whether one of the names is one of the actors."""
    return any(
        name and actor and (name <= actor or actor <= name) for name in names for actor in map(content_words, actors)
    )


def readings(extraction: Extraction, groups: Mapping[str, Mapping[str, str]]) -> list[Reading]:
    """The events and claims of a sentence; `groups` has a table for each status that has its own, and one for the others."""
    mentions = {m.id: m for m in extraction.mentions}
    found = []
    for event in extraction.events:
        filled = [(a.role, mentions[a.mention]) for a in event.arguments if a.mention in mentions]
        found.append(
            Reading(
                groups.get(event.status, {}).get(event.type) or groups[""].get(event.type, ""),
                tuple(n for role, m in filled if role == "agent" for n in _names(m)),
                tuple(n for role, m in filled if role != "agent" for n in _names(m)),
            )
        )
    for claim in extraction.claims:
        obj = mentions.get(claim.object.mention)
        found.append(Reading("", tuple(_names(mentions[claim.subject])), tuple(_names(obj)) if obj else ()))
    return found


def _names(mention: Mention) -> Iterator[frozenset[str]]:
    yield content_words(mention.text)
    yield content_words(mention.name)


def judge(case: Case, found: Sequence[Reading]) -> Verdict:
    """Compare a sentence's readings with the gold."""
    right = [r for r in found if r.group == case.group]

    def side(where: Sequence[Reading], name: str, actors: tuple[str, ...]) -> bool | None:
        return names_actor([n for r in where for n in getattr(r, name)], actors) if actors else None

    return Verdict(
        case=case,
        groups=tuple(sorted({r.group for r in found if r.group})),
        group=bool(right),
        source=side(found, "sources", case.sources),
        target=side(found, "targets", case.targets),
        source_inside=side(right, "sources", case.sources),
        target_inside=side(right, "targets", case.targets),
    )


def report(verdicts: Sequence[Verdict], verbose: bool) -> str:
    """The figures, per-group recall, what was read instead, and with `verbose` each sentence that is wrong."""

    def row(name: str, values: Sequence[bool | None]) -> tuple[str, int, int, str]:
        known = [v for v in values if v is not None]
        return name, sum(known), len(known), share(sum(known), len(known))

    figures = [
        row("event group", [v.group for v in verdicts]),
        row("source actor", [v.source for v in verdicts]),
        row("target actor", [v.target for v in verdicts]),
        row("source actor in that event", [v.source_inside for v in verdicts]),
        row("target actor in that event", [v.target_inside for v in verdicts]),
        row("group, source and target in one", [_whole(v) for v in verdicts]),
    ]
    names = sorted({v.case.group for v in verdicts})
    per_group = [
        (name, *row("", [v.group for v in verdicts if v.case.group == name])[1:], _instead(verdicts, name))
        for name in names
    ]
    spread = sum(len(v.groups) for v in verdicts) / max(1, len(verdicts))
    parts = [
        f"PLOVER half: {len(verdicts)} sentences; {spread:.2f} different groups read per sentence",
        table(("", "right", "of", "share"), figures),
        table(("gold group", "found", "of", "share", "read where it was missed (sentences)"), per_group),
    ]
    if verbose:
        parts.append("\n".join(_lines(verdicts)))
    return "\n\n".join(parts)


def _whole(verdict: Verdict) -> bool:
    return verdict.group and verdict.source_inside is not False and verdict.target_inside is not False


def _instead(verdicts: Sequence[Verdict], group: str) -> str:
    counts: Counter[str] = Counter()
    for verdict in verdicts:
        if verdict.case.group == group and not verdict.group:
            counts.update(verdict.groups or ("nothing",))
    return " ".join(f"{g}:{n}" for g, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])))


def _lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    for v in verdicts:
        wrong = [n for n, ok in (("group", v.group), ("source", v.source), ("target", v.target)) if ok is False]
        if wrong:
            yield (
                f"{'+'.join(wrong):20} {v.case.group} ({', '.join(v.groups) or 'nothing'}) "
                f"{list(v.case.sources)} -> {list(v.case.targets)}: {v.case.text}"
            )


def measure(cases: Sequence[Case], options: argparse.Namespace) -> list[Verdict]:
    """Read the sentences, each as an article of its own, and judge them."""
    knowledge = load_knowledge(options.ontology)
    groups = {status: groups_by_class(knowledge, f"plover{status.title()}") for status in ("", "planned", "negated")}
    texts = [(case.text, case.date) for case in cases]
    extractions = read_texts(texts, options.model, options.ontology)
    return [judge(case, readings(e, groups)) for case, e in zip(cases, extractions, strict=True)]


def main(arguments: Sequence[str] | None = None) -> None:
    made = with_pipeline(parser(__doc__))
    made.add_argument("-v", "--verbose", action="store_true", help="list the sentences that are wrong")
    options = made.parse_args(arguments)
    path = shared_file(options.shared, "benchmarks", "plover_half", "plover_gsr_half.json")
    print(report(measure(read_cases(path), options), options.verbose))


if __name__ == "__main__":
    run(main)
