"""Open information extraction on the development half of CaRB: best F1 of the claims' own words.

The measure is that of Bhardwaj, Aggarwal and Mausam, "CaRB: A Crowdsourced Benchmark for Open IE" (EMNLP-IJCNLP 2019):

- a tuple is a relation and arguments; from the second on, arguments are joined into one ("binary");
- a predicted tuple matches a gold tuple only where their relations share a word and their first arguments and joined further
  arguments are both there; a predicted "be" stands for any form of the verb. The match has a precision (shared words of all
  slots / predicted words) and a recall (shared words / gold words), each word counted as often as it occurs on both sides;
- a gold tuple of a verb of saying may match with the arguments swapped;
- precision matches predictions to gold tuples one to one, the most precise pair first, and divides by all predictions;
  recall takes for each gold tuple its best prediction, so one prediction may answer several gold tuples;
- precision and recall are computed at each confidence threshold; the best F1 is reported.

Every claim but inferred ones counts, whatever its status and open predicates included. Each sentence is an article of its own.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.common import claim_words, parser, read_texts, run, share, shared_file, table, with_pipeline
from kg.errors import InputError
from kg.model import Claim, Extraction

_FORMS_OF_BE = ("be", "is", "am", "are", "was", "were", "been", "being")
_SAID = ("said", "told", "added", "adds", "says")


@dataclass(frozen=True, slots=True)
class Triple:
    """A tuple as lower-case words by slot; `others` are all arguments but the first."""

    relation: tuple[str, ...]
    first: tuple[str, ...]
    others: tuple[str, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Match:
    """How well a prediction covers a gold tuple."""

    precision: float = 0.0
    recall: float = 0.0


NO_MATCH = Match()


@dataclass(frozen=True, slots=True)
class Point:
    """Precision, recall and F1 of the predictions at or above a confidence."""

    threshold: float
    precision: float
    recall: float
    predictions: int

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def words(text: str) -> tuple[str, ...]:
    """Lower-case words of a text that is tokenised already."""
    return tuple(text.casefold().split())


def shared_words(gold: Sequence[str], predicted: Sequence[str]) -> int:
    """How many words two slots share, each as often as both have it."""
    return (Counter(gold) & Counter(predicted)).total()


def match(gold: Triple, predicted: Triple) -> Match:
    """The match of two tuples; a tuple of saying may be turned round."""
    straight = _match(gold, predicted)
    if not any(word in _SAID for word in gold.relation):
        return straight
    turned = _match(gold, Triple(predicted.relation, predicted.others, predicted.first))
    return Match(max(straight.precision, turned.precision), max(straight.recall, turned.recall))


def _match(gold: Triple, predicted: Triple) -> Match:
    relation = shared_words(gold.relation, predicted.relation)
    if "be" in predicted.relation and "be" not in gold.relation and any(w in _FORMS_OF_BE for w in gold.relation):
        relation += 1
    if not relation:
        return NO_MATCH
    common = relation + shared_words(gold.first, predicted.first)
    said, wanted = len(predicted.relation) + len(predicted.first), len(gold.relation) + len(gold.first)
    if gold.others:
        if not predicted.others:
            return NO_MATCH
        common += shared_words(gold.others, predicted.others)
        said, wanted = said + len(predicted.others), wanted + len(gold.others)
    return Match(common / said, common / wanted)


def precision_matches(scores: Sequence[Sequence[Match]]) -> float:
    """The summed precision of a greedy one-to-one matching; `scores` has a row per gold tuple, a column per prediction."""
    pairs = sorted(
        (-cell.precision, i, j) for i, row in enumerate(scores) for j, cell in enumerate(row) if cell.precision
    )
    rows: set[int] = set()
    columns: set[int] = set()
    total = 0.0
    for negative, i, j in pairs:
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            total -= negative
    return total


def curve(gold: Mapping[str, Sequence[Triple]], predicted: Mapping[str, Sequence[Triple]]) -> list[Point]:
    """One point per confidence that occurs, ascending."""
    thresholds = sorted({t.confidence for triples in predicted.values() for t in triples})
    scores = {s: [[match(g, p) for p in predicted.get(s, ())] for g in gold[s]] for s in gold}
    wanted = sum(len(triples) for triples in gold.values())
    points = []
    for threshold in thresholds:
        precision = recall = 0.0
        count = 0
        for sentence, rows in scores.items():
            keep = [j for j, p in enumerate(predicted.get(sentence, ())) if p.confidence >= threshold]
            count += len(keep)
            kept = [[row[j] for j in keep] for row in rows]
            precision += precision_matches(kept)
            recall += sum(max((cell.recall for cell in row), default=0.0) for row in kept)
        points.append(Point(threshold, precision / count if count else 0.0, recall / wanted if wanted else 0.0, count))
    return points


def best(points: Sequence[Point]) -> Point:
    """The point with the highest F1, the lowest threshold among equals."""
    return max(points, key=lambda p: (p.f1, -p.threshold), default=Point(0.0, 0.0, 0.0, 0))


def read_gold(path: Path) -> dict[str, list[Triple]]:
    """Sentence -> its gold tuples, from tab-separated sentence, relation, arguments.

    Raises:
        InputError: a line has no relation or no argument.
    """
    found: dict[str, list[Triple]] = defaultdict(list)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) < 3:
            raise InputError("needs sentence, relation and arguments", where=f"{path}:{number}")
        found[cells[0]].append(Triple(words(cells[1]), words(cells[2]), words(" ".join(cells[3:]))))
    return dict(found)


def predict(sentences: Sequence[str], options: argparse.Namespace) -> dict[str, list[Triple]]:
    """Sentence -> the distinct tuples of its claims, the most confident first."""
    found: dict[str, list[Triple]] = {}
    texts = [(sentence, "") for sentence in sentences]
    for sentence, extraction in zip(sentences, read_texts(texts, options.model, options.ontology), strict=True):
        unique: dict[tuple[str, str, str], float] = {}
        for claim in (*extraction.claims, *extraction.readings):
            if claim.status != "inferred":
                key = _tuple_words(claim, extraction)
                if all(key):  # a claim on somebody whom the sentence does not name is no tuple of it
                    unique[key] = max(claim.confidence, unique.get(key, 0.0))
        triples = [Triple(words(p), words(s), words(o), c) for (s, p, o), c in unique.items()]
        found[sentence] = sorted(triples, key=lambda t: (-t.confidence, t.relation, t.first, t.others))
    return found


def _tuple_words(claim: Claim, extraction: Extraction) -> tuple[str, str, str]:
    """A claim's own words in the order of the sentence: of "the treaty was signed by Chad", the treaty comes first."""
    subject, predicate, obj = claim_words(claim, extraction)
    mention = next((m for m in extraction.mentions if m.id == claim.subject), None)
    span, trigger = claim.object.span, claim.evidence.trigger
    turned = mention is not None and span is not None and span.start < trigger.start < mention.span.start
    return (obj, predicate, subject) if turned else (subject, predicate, obj)


def report(gold: Mapping[str, Sequence[Triple]], predicted: Mapping[str, Sequence[Triple]], top: int) -> str:
    """The figures and where recall and precision go."""
    points = curve(gold, predicted)
    found = best(points)
    rows = [(p.threshold, p.precision, p.recall, p.f1, p.predictions, "best" if p == found else "") for p in points]
    parts = [
        f"CaRB dev: {len(gold)} sentences, {sum(map(len, gold.values()))} gold tuples",
        table(("confidence >=", "precision", "recall", "F1", "tuples", ""), rows),
        _recall_loss(gold, predicted),
        _missed(gold, predicted, top),
        _spurious(gold, predicted, top),
    ]
    return "\n\n".join(parts)


def _recall_loss(gold: Mapping[str, Sequence[Triple]], predicted: Mapping[str, Sequence[Triple]]) -> str:
    """How much of each slot the best prediction covers, and why gold tuples have no match at all."""
    covered: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    for sentence, triples in gold.items():
        answers = predicted.get(sentence, ())
        for triple in triples:
            answer = max(answers, key=lambda p, t=triple: match(t, p).recall, default=None)  # type: ignore[misc]
            if answer is None or match(triple, answer) == NO_MATCH:
                causes["no claim in the sentence" if not answers else "no claim with a word of its relation"] += 1
                continue
            causes["matched"] += 1
            for slot in ("relation", "first", "others"):
                covered[slot] += shared_words(getattr(triple, slot), getattr(answer, slot))
                wanted[slot] += len(getattr(triple, slot))
    total = sum(causes.values())
    rows = [(cause, n, share(n, total)) for cause, n in sorted(causes.items(), key=lambda c: (-c[1], c[0]))]
    slots = [(slot, covered[slot], wanted[slot], share(covered[slot], wanted[slot])) for slot in wanted]
    return (
        table(("gold tuples", "count", "share"), rows)
        + "\n\n"
        + table(("slot of matched ones", "words covered", "gold words", "share"), slots)
    )


def _missed(gold: Mapping[str, Sequence[Triple]], predicted: Mapping[str, Sequence[Triple]], top: int) -> str:
    counts: Counter[str] = Counter()
    for sentence, triples in gold.items():
        for triple in triples:
            if not any(match(triple, p) != NO_MATCH for p in predicted.get(sentence, ())):
                counts[" ".join(triple.relation)] += 1
    rows = sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:top]
    return table(("relations of unmatched gold tuples", "count"), rows)


def _spurious(gold: Mapping[str, Sequence[Triple]], predicted: Mapping[str, Sequence[Triple]], top: int) -> str:
    counts: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for sentence, triples in predicted.items():
        for triple in triples:
            relation = " ".join(triple.relation)
            total[relation] += 1
            if not any(match(g, triple) != NO_MATCH for g in gold[sentence]):
                counts[relation] += 1
    rows = [(r, n, total[r]) for r, n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:top]]
    return table(("relations of claims that match nothing", "count", "of"), rows)


def main(arguments: Sequence[str] | None = None) -> None:
    made = with_pipeline(parser(__doc__))
    made.add_argument("--top", type=int, default=30, help="how many rows the lists of causes have")
    options = made.parse_args(arguments)
    gold = read_gold(shared_file(options.shared, "benchmarks", "carb_dev", "dev.tsv"))
    print(report(gold, predict(list(gold), options), options.top))


if __name__ == "__main__":
    run(main)
