"""Measure a pipeline on raw text: syntax, sentences, entities and coreference, each against texts it was not trained on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from spacy.language import Language
from spacy.tokens import Doc

from training.corpora import bracket_chains, label_rows, read_gap

Place = tuple[int, int]
Chains = list[list[Place]]


# ---- syntax ----


@dataclass(frozen=True)
class Word:
    """A word of a treebank with its place in the raw text; ``head`` is a place, None for the root."""

    place: Place
    upos: str
    tag: str
    lemma: str
    head: Place | None
    dep: str


@dataclass(frozen=True)
class GoldText:
    """A document of a treebank as raw text with its words."""

    name: str
    text: str
    words: list[Word]
    sentences: list[Place]


def read_gold(path: Path) -> Iterator[GoldText]:
    """Yield the documents of a CoNLL-U file as raw text, with empty lines between paragraphs."""
    name, blocks = path.stem, []
    for block in path.read_text("utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        document = [line for line in lines if line.startswith("# newdoc")]
        if document and blocks:
            yield gold_text(name, blocks)
            blocks = []
        if document:
            name = document[0].partition("=")[2].strip()
        blocks.append(lines)
    yield gold_text(name, blocks)


def gold_text(name: str, blocks: Sequence[Sequence[str]]) -> GoldText:
    """Build the raw text of a document, multiword tokens joined, and place its words in it."""
    text = ""
    words: list[Word] = []
    sentences: list[Place] = []
    glued = True
    for lines in blocks:
        if text:
            text += "\n\n" if any(line.startswith("# newpar") for line in lines) else "" if glued else " "
        start = len(text)
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        places: dict[str, Place] = {}
        skip_until, inner = 0, 0
        for row in rows:
            if "." in row[0]:
                continue
            if "-" in row[0]:
                skip_until = int(row[0].split("-")[1])
                inner = len(text)
                text += row[1]
                glued = "SpaceAfter=No" in row[9]
                text += "" if glued else " "
                continue
            if int(row[0]) <= skip_until:
                end = min(inner + len(row[1]), len(text.rstrip()))
                places[row[0]] = (inner, end)
                inner = end
                continue
            places[row[0]] = (len(text), len(text) + len(row[1]))
            glued = "SpaceAfter=No" in row[9]
            text += row[1] + ("" if glued else " ")
        text = text.rstrip(" ")
        sentences.append((start, len(text)))
        for row in rows:
            if row[0].isdigit():
                words.append(Word(places[row[0]], row[3], row[4], row[2], places.get(row[6]), row[7]))
    return GoldText(name, text, words, sentences)


def score_syntax(nlp: Language, golds: Iterable[GoldText]) -> dict[str, float]:
    """Return token, sentence, tag and lemma F, and UAS and LAS without punctuation, in the manner of CoNLL 2018."""
    hits: Counter[str] = Counter()
    for gold in golds:
        doc = nlp(gold.text)
        tokens = {(t.idx, t.idx + len(t)): t for t in doc if not t.is_space}
        hits["gold"] += len(gold.words)
        hits["found"] += len(tokens)
        hits["gold arcs"] += sum(word.upos != "PUNCT" for word in gold.words)
        hits["found arcs"] += sum(token.pos_ != "PUNCT" for token in tokens.values())
        bounds = {(sent[0].idx, sent[-1].idx + len(sent[-1])) for sent in map(strip_space, doc.sents)}
        hits["gold sentences"] += len(gold.sentences)
        hits["found sentences"] += len(bounds)
        hits["sentences"] += len(bounds & set(gold.sentences))
        for word in gold.words:
            token = tokens.get(word.place)
            if token is None:
                continue
            hits["tokens"] += 1
            hits["upos"] += token.pos_ == word.upos
            hits["tags"] += token.tag_ == word.tag
            hits["lemmas"] += token.lemma_ == word.lemma
            if word.upos == "PUNCT":
                continue
            head = None if token.head.i == token.i else (token.head.idx, token.head.idx + len(token.head))
            if head == word.head:
                hits["arcs"] += 1
                hits["labelled"] += token.dep_.lower() == word.dep.lower()
    return {
        "tokens": f_score(hits["tokens"], hits["found"], hits["gold"]),
        "sentences": f_score(hits["sentences"], hits["found sentences"], hits["gold sentences"]),
        "upos": 100 * hits["upos"] / hits["tokens"],
        "tags": 100 * hits["tags"] / hits["tokens"],
        "lemmas": 100 * hits["lemmas"] / hits["tokens"],
        "uas": f_score(hits["arcs"], hits["found arcs"], hits["gold arcs"]),
        "las": f_score(hits["labelled"], hits["found arcs"], hits["gold arcs"]),
    }


def strip_space(sent):  # type: ignore[no-untyped-def]
    """Return the tokens of a sentence without white space at its ends."""
    tokens = [token for token in sent if not token.is_space]
    return tokens or list(sent)


def f_score(hits: float, found: float, gold: float) -> float:
    """Return F1 in per cent."""
    return 200 * hits / (found + gold) if found + gold else 0.0


# ---- entities ----


def score_entities(nlp: Language, labels: Path, folder: Path, split: str) -> dict[str, tuple[float, float, float, int]]:
    """Return precision, recall, F and number by type on labelled articles; a name counts if both ends are right."""
    hits: Counter[str] = Counter()
    found: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for name, spans in sorted(label_rows(labels / "news.tsv", split).items()):
        doc = nlp((folder / name).read_text("utf-8"))
        right = set(spans)
        guessed = {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents}
        for key in ("all",):
            hits[key] += len(right & guessed)
            found[key] += len(guessed)
            gold[key] += len(right)
        for _, _, kind in right & guessed:
            hits[kind] += 1
        for _, _, kind in guessed:
            found[kind] += 1
        for _, _, kind in right:
            gold[kind] += 1
        places = {"GPE", "LOC"}
        hits["GPE+LOC"] += len(
            {(a, b) for a, b, kind in right if kind in places} & {(a, b) for a, b, kind in guessed if kind in places}
        )
        found["GPE+LOC"] += sum(kind in places for _, _, kind in guessed)
        gold["GPE+LOC"] += sum(kind in places for _, _, kind in right)
    return {
        kind: (
            100 * hits[kind] / max(1, found[kind]),
            100 * hits[kind] / max(1, gold[kind]),
            f_score(hits[kind], found[kind], gold[kind]),
            gold[kind],
        )
        for kind in sorted(gold | found)
    }


# ---- coreference ----


def gold_chains(conllu: Path, conll: Path) -> tuple[GoldText, Chains]:
    """Return a document of GUM with its OntoNotes-style chains as character places."""
    gold = next(iter(read_gold(conllu)))
    column = [line.split("\t")[2].strip() for line in conll.read_text("utf-8").splitlines() if line[:1].isdigit()]
    words = gold.words
    chains = [
        sorted({(words[a].place[0], words[b - 1].place[1]) for a, b in spans})
        for spans in bracket_chains(column).values()
    ]
    return gold, [chain for chain in chains if len(chain) > 1]


def found_chains(doc: Doc) -> Chains:
    """Return the chains of a Doc as character places."""
    return [[(span.start_char, span.end_char) for span in chain] for chain in doc._.coref_chains]


def score_coref(nlp: Language, folder: Path, split: str) -> dict[str, float]:
    """Return MUC, B³, CEAFe and their mean over the documents of GUM, mentions not given."""
    golds, founds = [], []
    for path in sorted((folder / "conllu" / split).glob("*.conllu")):
        gold, chains = gold_chains(path, folder / "ontogum_conll" / split / f"{path.stem}.conll")
        golds.append(chains)
        founds.append(found_chains(nlp(gold.text)))
    scores = conll_scores(golds, founds)
    right = sum(len(places(g) & places(f)) for g, f in zip(golds, founds, strict=True))
    scores["mentions"] = f_score(right, sum(len(places(f)) for f in founds), sum(len(places(g)) for g in golds))
    return scores


def places(chains: Chains) -> set[Place]:
    """Return all mentions of the chains."""
    return {place for chain in chains for place in chain}


def conll_scores(golds: list[Chains], founds: list[Chains]) -> dict[str, float]:
    """Return the F of three metrics and their mean, as the CoNLL 2012 scorer does."""
    scores = {}
    for name, metric in (("muc", muc), ("b3", b_cubed), ("ceafe", ceaf_e)):
        totals = np.zeros(4)
        for gold, found in zip(golds, founds, strict=True):
            totals += metric(gold, found)
        recall, precision = totals[0] / max(totals[1], 1e-9), totals[2] / max(totals[3], 1e-9)
        scores[name] = 200 * recall * precision / max(recall + precision, 1e-9)
    scores["conll"] = sum(scores.values()) / 3
    return scores


def muc(gold: Chains, found: Chains) -> tuple[float, float, float, float]:
    """Return recall and precision of links, each as numerator and denominator."""

    def side(chains: Chains, other: Chains) -> tuple[float, float]:
        number = {place: i for i, chain in enumerate(other) for place in chain}
        hits = total = 0
        for chain in chains:
            parts = {number.get(place, ("alone", place)) for place in chain}
            hits += len(chain) - len(parts)
            total += len(chain) - 1
        return hits, total

    return (*side(gold, found), *side(found, gold))


def b_cubed(gold: Chains, found: Chains) -> tuple[float, float, float, float]:
    """Return recall and precision of mentions, each as numerator and denominator."""

    def side(chains: Chains, other: Chains) -> tuple[float, float]:
        number = {place: i for i, chain in enumerate(other) for place in chain}
        hits = total = 0.0
        for chain in chains:
            parts = Counter(number[place] for place in chain if place in number)
            hits += sum(count * count for count in parts.values()) / len(chain)
            total += len(chain)
        return hits, total

    return (*side(gold, found), *side(found, gold))


def ceaf_e(gold: Chains, found: Chains) -> tuple[float, float, float, float]:
    """Return recall and precision of best aligned chains, each as numerator and denominator."""
    if not gold or not found:
        return 0.0, len(gold), 0.0, len(found)
    table = np.zeros((len(gold), len(found)))
    for i, left in enumerate(gold):
        for j, right in enumerate(found):
            table[i, j] = 2 * len(set(left) & set(right)) / (len(left) + len(right))
    rows, columns = linear_sum_assignment(-table)
    best = float(table[rows, columns].sum())
    return best, len(gold), best, len(found)


def score_gap(nlp: Language, path: Path) -> dict[str, float]:
    """Return the F of GAP over all, masculine and feminine pronouns: is the name in the pronoun's chain?"""
    hits: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read_gap(path):
        doc = nlp(row["Text"])
        start = int(row["Pronoun-offset"])
        pronoun = (start, start + len(row["Pronoun"]))
        gender = "feminine" if row["Pronoun"].lower() in ("she", "her", "hers", "herself") else "masculine"
        chain = next((chain for chain in doc._.coref_chains if any(starts_at(span, pronoun) for span in chain)), [])
        for name in "AB":
            begin = int(row[f"{name}-offset"])
            name_place = (begin, begin + len(row[name]))
            guess = any(names(span, name_place) for span in chain)
            for key in ("all", gender):
                hits[key][f"{guess} {row[f'{name}-coref'].upper() == 'TRUE'}"] += 1
    return {
        key: f_score(
            count["True True"], count["True True"] + count["True False"], count["True True"] + count["False True"]
        )
        for key, count in hits.items()
    }


def starts_at(span, place: Place) -> bool:  # type: ignore[no-untyped-def]
    """Tell whether a mention is the pronoun at this place."""
    return bool(span.root.idx == place[0])


def names(span, place: Place) -> bool:  # type: ignore[no-untyped-def]
    """Tell whether the head of a mention lies in the name at this place."""
    return bool(place[0] <= span.root.idx < place[1])


def texts_of(folder: Path) -> list[str]:
    """Return the texts of a folder of articles."""
    return [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]


def sentence_lengths(sentences: Sequence[int]) -> list[int]:
    """Return the distances between sentence starts."""
    return [b - a for a, b in pairwise(sentences)]
