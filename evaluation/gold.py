"""Gold articles: the shared score of a `claims.jsonl`, and how far the claims' confidence can be believed.

usage: python -m evaluation.gold OUTPUT/claims.jsonl [--shared FOLDER] [-v]

The score is that of `eval/score.py` in the shared folder, run as it is.

The reliability table needs to know whether a claim is right, and gold facts say so only of some claims. A claim is judged
where it touches a gold fact of its article:

- right: it has the fact's property, both its sides, and one of its statuses;
- wrong: it has the property and both sides, but none of the statuses; or it asserts what must not be asserted;
- "other side": it has the property and one side of a fact, the other side is none of the fact's names, and it is right for
  no other fact. That may be a mistake or a further truth that the gold does not list (Kim met Xi, and Kim met Putin).

All other claims touch no gold fact and are not judged: a true claim may be missing from the gold. "share right" leaves
"other side" out and so is an upper bound; "with other side" counts it as wrong and so is a lower bound. The truth lies
between, and reading a sample is what decides.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from evaluation.common import parser, run, share, shared_file, table
from kg.errors import InputError

Claims = Mapping[str, Sequence[dict[str, Any]]]
BINS = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that touches a gold fact: its confidence and whether it is right; `guess` marks a wrong by its other side."""

    confidence: float
    right: bool
    guess: bool = False


def load_scorer(path: Path) -> ModuleType:
    """The shared scorer as a module, for its notion of equal labels."""
    spec = importlib.util.spec_from_file_location("shared_score", path)
    if spec is None or spec.loader is None:
        raise InputError("cannot be read as Python", where=str(path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_claims(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Article -> its claims.

    Raises:
        InputError: the file is missing, or a line is no claim.
    """
    if not path.is_file():
        raise InputError("no claims here", where=str(path), hint="run `kg build` first and name its claims.jsonl")
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            claim = json.loads(line)
            found[claim["article"]].append(claim)
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"not a claim: {error!r}", where=f"{path}:{number}") from error
    return dict(found)


def judge(gold: Mapping[str, Any], claims: Sequence[dict[str, Any]], scorer: ModuleType) -> Iterator[Judged]:
    """The claims of one article that touch its gold facts, judged."""
    for claim in claims:
        confidence = float(claim.get("confidence", 0.0))
        if any(scorer.hits({**fact, "status": "asserted"}, [claim]) for fact in gold.get("must_not_assert", ())):
            yield Judged(confidence, False)
            continue
        full = [fact for fact in gold["facts"] if scorer.hits(fact, [claim], any_status=True)]
        if full:
            yield Judged(confidence, any(scorer.hits(fact, [claim]) for fact in full))
        elif _half_right(gold["facts"], claim, scorer):
            yield Judged(confidence, False, True)


def _half_right(facts: Sequence[Mapping[str, Any]], claim: Mapping[str, Any], scorer: ModuleType) -> bool:
    """Whether a claim shares property and one side with a fact and its other side is none of the fact's names."""
    predicate = scorer.local(claim["predicate"])
    subject, object_ = scorer.sides(claim, "subject"), scorer.sides(claim, "object")
    for fact in facts:
        if predicate not in fact["predicate"] or "*" in (*fact["subject"], *fact["object"]):
            continue
        if scorer.label_matches(subject, fact["subject"]) != scorer.label_matches(object_, fact["object"]):
            return True
    return False


def reliability(judged: Sequence[Judged]) -> str:
    """Confidence bins against the share of right claims."""
    rows = []
    for low, high in itertools.pairwise(BINS):
        inside = [j for j in judged if low <= j.confidence < high]
        if inside:
            rows.append((f"{low:.2f} - {min(high, 1.0):.2f}", *_row(inside)))
    rows.append(("all", *_row(judged)))
    header = ("confidence", "mean", "right", "wrong", "other side", "share right", "with other side")
    return table(header, rows)


def _row(judged: Sequence[Judged]) -> tuple[str, int, int, int, str, str]:
    right = sum(j.right for j in judged)
    guesses = sum(j.guess for j in judged)
    wrong = len(judged) - right - guesses
    mean = sum(j.confidence for j in judged) / len(judged) if judged else 0.0
    return f"{mean:.2f}", right, wrong, guesses, share(right, right + wrong), share(right, len(judged))


def by_rule(judged: Sequence[tuple[str, Judged]], top: int) -> str:
    """The kinds of rule whose claims are most often wrong."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for rule, verdict in judged:
        groups[rule.partition("/")[0] if rule[:1].islower() else rule].append(verdict)
    rows = [(name, len(v), sum(j.right for j in v), sum(j.guess for j in v)) for name, v in groups.items()]
    rows.sort(key=lambda r: (r[2] - r[1] + r[3], r[2] - r[1], r[0]))
    return table(("rule", "judged", "right", "other side"), rows[:top])


def main(arguments: Sequence[str] | None = None) -> None:
    made = parser(__doc__)
    made.add_argument("claims", type=Path)
    made.add_argument("-v", "--verbose", action="store_true", help="list the facts that were missed")
    made.add_argument("--top", type=int, default=20, help="how many rows the list of rules has")
    options = made.parse_args(arguments)
    claims = read_claims(options.claims)
    script = shared_file(options.shared, "score.py")
    folder = shared_file(options.shared, "gold")
    command = [sys.executable, str(script), str(options.claims), "--gold", str(folder), *["-v"][: options.verbose]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InputError(f"the scorer failed: {done.stderr.strip().splitlines()[-1]}", where=str(script))
    print(done.stdout)
    scorer = load_scorer(script)
    judged: list[tuple[str, Judged]] = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for claim in claims.get(gold["article"], ()):
            judged += [(claim.get("rule", ""), j) for j in judge(gold, [claim], scorer)]
    print(reliability([j for _, j in judged]))
    print()
    print(by_rule(judged, options.top))


if __name__ == "__main__":
    run(main)
