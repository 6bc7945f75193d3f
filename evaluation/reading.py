"""Precision by reading: draws claims for somebody to judge, sums the verdicts up, and fits confidences to them.

usage: python -m evaluation.reading draw OUTPUT/claims.jsonl SHEET [--size 150] [--seed 1]
       python -m evaluation.reading score OUTPUT/claims.jsonl VERDICTS.tsv...
       python -m evaluation.reading join VERDICTS.tsv... --articles FILE... > evaluation/verdicts.tsv
       python -m evaluation.reading fit > ontology/lexicon/confidence.tsv

`draw` writes a sheet of asserted claims with their sentences. A reader who does not know the rules judges each against its
sentence and article, strictly: subject, predicate, object and sense must all hold. Their verdicts are lines of a claim's id,
"right" or "wrong", and for a wrong one its cause in a word, with tabs between.

`join` adds to each verdict what speaks for and against its claim (`kg.extract.confidence.clues`), without a word of the text, so
that `fit` needs no texts. `fit` prints the weights: a logistic regression with a quadratic penalty, and by cross-validation how
well confidences of claims that it has not seen tell right from wrong.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evaluation.common import run, share, table
from kg.annotate import annotate_articles, load_pipeline
from kg.clean import clean_article
from kg.errors import InputError
from kg.extract import extract_claims
from kg.extract.confidence import clues, confidence
from kg.lexicon import load_knowledge
from kg.read import read_articles

VERDICTS = Path(__file__).parent / "verdicts.tsv"
PENALTY = 1.0
FLOORS = {
    "open": 0.65,
    "readings": 0.6,
    "readings-unnamed": 0.8,
}  # claims of these kinds with less confidence are left out
FOLDS = 10
BINS = (0.0, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim's id, whether it is right, the cause where it is not, and its clues where they were joined."""

    claim: str
    right: bool
    cause: str = ""
    clues: Mapping[str, float] = field(default_factory=dict)


def read_verdicts(path: Path) -> list[Verdict]:
    """The verdicts of a file.

    Raises:
        InputError: it is missing, or a line is no verdict.
    """
    if not path.is_file():
        raise InputError("no verdicts here", where=str(path))
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        claim, verdict, cause, told = [*line.split("\t"), "", "", ""][:4]
        if verdict not in {"right", "wrong"}:
            raise InputError(f"“{verdict}” is neither right nor wrong", where=f"{path}:{number}")
        pairs = (pair.rpartition("=") for pair in told.split())
        found.append(Verdict(claim, verdict == "right", cause, {name: float(value) for name, _, value in pairs}))
    return found


def draw(claims: Iterable[dict[str, Any]], size: int, seed: int) -> list[dict[str, Any]]:
    """Asserted claims at random, in the order of the articles; no inferred ones, since no sentence says them."""
    pool = sorted((c for c in claims if c["status"] == "asserted" and c["sentence"]), key=lambda c: str(c["id"]))
    chosen = random.Random(seed).sample(pool, min(size, len(pool)))
    return sorted(chosen, key=lambda c: (c["article"], c["start"], c["id"]))


def sheet(claims: Iterable[dict[str, Any]]) -> Iterator[str]:
    """What a reader gets to see of claims."""
    for claim in claims:
        kinds = claim["subject_type"], claim["object_type"] or claim["datatype"]
        when = f" | when: {claim['time']}" if claim.get("time") else ""
        yield f"{claim['id']}\t{claim['subject']} ({kinds[0]}) | {claim['predicate']} | {claim['object']} ({kinds[1]}){when}"
        yield f"    in the words: {claim['subject_text']} | {claim['predicate_text']} | {claim['object_text']}"
        yield f"    {claim['article']} at {claim['start']}: {' '.join(claim['sentence'].split())}\n"


def score(claims: Mapping[str, dict[str, Any]], verdicts: Sequence[Verdict]) -> str:
    """The share of right claims by extractor and by confidence, with 95 % intervals, and the causes of the wrong ones."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        claim = claims.get(verdict.claim)
        if claim is None:
            continue
        low = max(b for b in BINS if b <= claim["confidence"])
        core = claim["extractor"] in {"events", "relations"}
        for name in ("all", "  core vocabulary" if core else "", f"  {claim['extractor']}", f"  confidence from {low}"):
            if name:
                groups[name].append(verdict)
    rows = []
    for name, found in sorted(groups.items()):
        right = sum(v.right for v in found)
        low, high = interval(right, len(found))
        rows.append((name, len(found), share(right, len(found)), f"{low:.0%} - {high:.0%}"))
    causes: dict[str, int] = defaultdict(int)
    for verdict in groups["all"]:
        if not verdict.right:
            causes[verdict.cause or "other"] += 1
    told = ", ".join(f"{cause} {count}" for cause, count in sorted(causes.items(), key=lambda c: (-c[1], c[0])))
    return table(("slice", "claims", "right", "95 % interval"), rows) + f"\n\nwrong by cause: {told or 'none'}"


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    z, p = 1.96, right / of
    middle, spread = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def join(verdicts: Sequence[Verdict], articles: Sequence[Path]) -> Iterator[str]:
    """The verdicts on claims that kg still makes, with their clues; the extractors' own confidences count, not fitted ones."""
    knowledge, nlp = load_knowledge(), load_pipeline()
    plain = replace(knowledge, confidence={})
    wanted = {v.claim: v for v in verdicts}
    cleaned = (clean_article(article) for article in read_articles(articles))
    for annotated in annotate_articles(cleaned, nlp, plain):
        extraction = extract_claims(annotated, plain)
        mentions = {m.id: m for m in extraction.mentions}
        for claim in (*extraction.claims, *extraction.readings):
            verdict = wanted.get(claim.id)
            if verdict is not None:
                found = clues(claim, mentions, annotated.doc)
                told = " ".join(f"{name}={round(value, 2):g}" for name, value in sorted(found.items()))
                yield "\t".join((claim.id, "right" if verdict.right else "wrong", verdict.cause, told))


def fit(verdicts: Sequence[Verdict], penalty: float = PENALTY) -> dict[str, float]:
    """Weights of a logistic regression; the bias is free, every other weight costs its square (Newton's method)."""
    names = ["bias", *sorted({name for v in verdicts for name in v.clues})]
    x = np.array([[1.0, *(v.clues.get(name, 0.0) for name in names[1:])] for v in verdicts])
    y = np.array([float(v.right) for v in verdicts])
    cost = np.diag([0.0, *[penalty] * (len(names) - 1)])
    weights: npt.NDArray[np.float64] = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ weights)))
        slope = x.T @ (p - y) + cost @ weights
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + cost + 1e-9 * np.eye(len(names)), slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}


def unseen(verdicts: Sequence[Verdict], penalty: float = PENALTY) -> list[tuple[float, bool]]:
    """Confidence and truth of each claim, by weights that were fitted without it."""
    order = sorted(verdicts, key=lambda v: v.claim)
    found = []
    for fold in range(FOLDS):
        weights = fit([v for i, v in enumerate(order) if i % FOLDS != fold], penalty)
        found += [(confidence(v.clues, weights), v.right) for i, v in enumerate(order) if i % FOLDS == fold]
    return found


def ranking(judged: Sequence[tuple[float, bool]]) -> float:
    """The chance that a right claim has more confidence than a wrong one (area under the ROC curve)."""
    right, wrong = [c for c, r in judged if r], [c for c, r in judged if not r]
    wins = sum((a > b) + (a == b) / 2 for a in right for b in wrong)
    return wins / (len(right) * len(wrong)) if right and wrong else 0.5


def weights_table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The lines of `confidence.tsv`."""
    judged = unseen(verdicts)
    right = sum(v.right for v in verdicts)
    yield f"# Fitted on {len(verdicts)} claims read by eye, {right} of them right, by `python -m evaluation.reading fit`."
    yield f"# On claims left out of the fit, a right one has more confidence than a wrong one in {ranking(judged):.0%} of pairs."
    for low, high in itertools.pairwise(BINS):
        inside = [r for c, r in judged if low <= c < high]
        if inside:
            yield f"# confidence from {low}: {share(sum(inside), len(inside))} of {len(inside)} right"
    yield "clue\tweight"
    for name, weight in sorted(fit(verdicts).items()):
        yield f"{name}\t{weight:g}"
    yield from (f"floor:{kind}\t{least:g}" for kind, least in FLOORS.items())


def _claims(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise InputError("no claims here", where=str(path), hint="run `kg build` first and name its claims.jsonl")
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def main(arguments: Sequence[str] | None = None) -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = made.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw", help="write a sheet of claims to judge")
    drawing.add_argument("claims", type=Path)
    drawing.add_argument("sheet", type=Path)
    drawing.add_argument("--size", type=int, default=150)
    drawing.add_argument("--seed", type=int, default=1)
    scoring = commands.add_parser("score", help="sum verdicts up")
    scoring.add_argument("claims", type=Path)
    scoring.add_argument("verdicts", type=Path, nargs="+")
    joining = commands.add_parser("join", help="add to verdicts what their claims' sentences say of them")
    joining.add_argument("verdicts", type=Path, nargs="+")
    joining.add_argument("--articles", type=Path, nargs="+", required=True)
    fitting = commands.add_parser("fit", help="print the weights")
    fitting.add_argument("--verdicts", type=Path, default=VERDICTS)
    options = made.parse_args(arguments)
    if options.command == "draw":
        lines = list(sheet(draw(_claims(options.claims), options.size, options.seed)))
        options.sheet.write_text("\n".join(lines), encoding="utf-8")
    elif options.command == "score":
        claims = {claim["id"]: claim for claim in _claims(options.claims)}
        print(score(claims, [v for path in options.verdicts for v in read_verdicts(path)]))
    elif options.command == "join":
        sys.stdout.writelines(f"{line}\n" for line in join(_all(options.verdicts), options.articles))
    else:
        sys.stdout.writelines(f"{line}\n" for line in weights_table(read_verdicts(options.verdicts)))


def _all(paths: Iterable[Path]) -> list[Verdict]:
    return [verdict for path in paths for verdict in read_verdicts(path)]


if __name__ == "__main__":
    run(main)
