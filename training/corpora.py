"""Read each corpus into passages; what its scheme does not say about an entity type is left open, never taken as 'none'."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path

from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from kg.pipeline_en.labels import ENTITY_TYPES
from kg.pipeline_en.lemmas import edit_script
from kg.pipeline_en.peoples import is_people
from kg.pipeline_en.tokens import words_of
from training.names import narrow_place, title_length
from training.numbers import NUMERIC_TYPES, find_numbers
from training.passages import ANY_LABEL, ROOT, Passage, bits, outside_mask, span_masks, types_mask

PLACES = frozenset({"GPE", "LOC", "FAC"})
CORE = frozenset({"PERSON", "ORG", "GPE", "LOC"})
OTHER_NAMES = frozenset({"NORP", "EVENT", "LAW", "WEAPON", "VEHICLE", "PRODUCT", "WORK_OF_ART", "FAC"})

Sentence = list[list[str]]


# ---- Universal Dependencies ----


def read_conllu(path: Path) -> Iterator[tuple[dict[str, str], Sentence]]:
    """Yield (comments, rows) for each sentence; rows of multiword tokens and empty nodes are left out."""
    comments: dict[str, str] = {}
    rows: Sentence = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments[key.strip()] = value.strip()
            elif line:
                row = line.split("\t")
                if row[0].isdigit():
                    rows.append(row)
            elif rows:
                yield comments, rows
                comments, rows = {}, []
    if rows:
        yield comments, rows


def ud_passage(source: str, sentences: Iterable[tuple[dict[str, str], Sentence]]) -> Passage:
    """Join the sentences of one document to a passage with all layers of Universal Dependencies."""
    passage = Passage(source, [], [], starts=[], tags=[], morphs=[], lemmas=[], heads=[], deps=[])
    starts, tags, morphs, lemmas, heads, deps = (
        passage.starts, passage.tags, passage.morphs, passage.lemmas, passage.heads, passage.deps,
    )  # fmt: skip
    assert starts is not None and tags is not None and morphs is not None
    assert lemmas is not None and heads is not None and deps is not None
    for comments, rows in sentences:
        base = len(passage.words)
        opens_paragraph = any(key.startswith("newpar") for key in comments)
        for number, row in enumerate(rows):
            passage.words.append(row[1].replace(" ", ""))
            passage.newlines.append(2 if opens_paragraph and number == 0 and base else 0)
            starts.append(number == 0)
            tags.append(row[4])
            morphs.append(f"{row[3]}|{row[5]}")
            lemmas.append(edit_script(row[1], row[2]) or "")
            heads.append(ROOT if row[6] == "0" else base + int(row[6]) - 1)
            deps.append("root" if row[6] == "0" else row[7])
    return passage


def read_ewt(folder: Path, split: str) -> Iterator[Passage]:
    """Yield the documents of the English Web Treebank."""
    document: list[tuple[dict[str, str], Sentence]] = []
    for comments, rows in read_conllu(folder / f"en_ewt-ud-{split}.conllu"):
        if "newdoc id" in comments and document:
            yield ud_passage("ewt", document)
            document = []
        document.append((comments, rows))
    if document:
        yield ud_passage("ewt", document)


def add_uner(passages: list[Passage], path: Path) -> None:
    """Add the PER, LOC and ORG of Universal NER to the same sentences of the web treebank."""
    labels: dict[tuple[str, ...], list[str]] = {}
    for _, rows in read_conllu(path):
        labels[tuple(row[1].replace(" ", "") for row in rows)] = [row[2] for row in rows]
    for passage in passages:
        assert passage.starts is not None
        entities: list[int] = []
        bounds = [i for i, start in enumerate(passage.starts) if start] + [len(passage.words)]
        for first, last in pairwise(bounds):
            words = passage.words[first:last]
            tags = labels.get(tuple(words))
            entities += [ANY_LABEL] * len(words) if tags is None else uner_masks(words, tags)
        passage.entities = entities


def uner_masks(words: list[str], tags: list[str]) -> list[int]:
    """Turn BIO labels PER, LOC, ORG, OTH into masks over our labels."""
    spans = [(a, b, kind) for a, b, kind in bio_spans(tags) if kind in ("PER", "LOC", "ORG", "OTH")]
    kinds = {"PER": frozenset({"PERSON"}), "LOC": PLACES, "ORG": frozenset({"ORG"}), "OTH": OTHER_NAMES}
    return masks(words, [(a, b, kinds[kind]) for a, b, kind in spans], CORE)


def read_gum(folder: Path, split: str, *, exclude: frozenset[str] = frozenset()) -> Iterator[Passage]:
    """Yield the documents of GUM with syntax, named entities and OntoNotes-style coreference."""
    for path in sorted((folder / "conllu" / split).glob("*.conllu")):
        if path.stem in exclude:
            continue
        sentences = list(read_conllu(path))
        passage = ud_passage(f"gum:{path.stem}", sentences)
        rows = [row for _, sentence in sentences for row in sentence]
        passage.entities = gum_entities(passage, rows)
        passage.chains = gum_chains(passage, folder / "ontogum_conll" / split / f"{path.stem}.conll")
        yield passage


def gum_mentions(rows: Sentence) -> Iterator[tuple[int, int, str, str]]:
    """Yield (first, last + 1, type, Wikipedia title or "") for every mention, nested ones after the longer."""
    open_mentions: list[tuple[str, int, str, str]] = []
    found = []
    for index, row in enumerate(rows):
        match = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", match.group(1)) if match else ():
            if part.startswith("("):
                fields = part.strip("()").split("-")
                link = "-".join(fields[7:]).replace("_", " ")
                open_mentions.append((fields[0], index, fields[1], link))
            if part.endswith(")"):
                name = part.strip("()").split("-")[0]
                for position in range(len(open_mentions) - 1, -1, -1):
                    if open_mentions[position][0] == name:
                        _, first, kind, link = open_mentions.pop(position)
                        found.append((first, index + 1, kind, link))
                        break
    return iter(sorted(found, key=lambda item: (item[0], -item[1])))


GUM_TYPES = {
    "person": frozenset({"PERSON"}),
    "place": PLACES,
    "organization": frozenset({"ORG"}),
    "event": frozenset({"EVENT"}),
    "object": frozenset({"PRODUCT", "WORK_OF_ART", "VEHICLE", "WEAPON", "FAC"}),
    "abstract": frozenset({"WORK_OF_ART", "LAW", "EVENT", "PRODUCT", "ORG"}),
}
NAME_LINKS = frozenset(
    {"of", "the", "and", "for", "'s", "-", ".", "'", "&", "de", "la", "al", "von", "van", "in", "on"}
)


def gum_entities(passage: Passage, rows: Sentence) -> list[int]:
    """Make named entities of the mentions whose head is a proper noun."""
    tags = passage.tags or []
    spans: list[tuple[int, int, frozenset[str]]] = []
    taken: set[int] = set()
    for first, last, kind, link in gum_mentions(rows):
        name = gum_name(passage, first, last, kind, bool(link))
        if name is None or taken.intersection(range(*name)):
            continue
        words = passage.words[name[0] : name[1]]
        kinds = GUM_TYPES.get(kind)
        if kinds is None or kind in {"time"}:
            continue
        if kind == "organization" and narrow_place(link.split() or words, PLACES) == {"GPE"}:
            kinds = frozenset({"GPE"})
        elif kind == "organization" and narrow_place(words, PLACES) == {"GPE"}:
            kinds = frozenset({"ORG", "GPE"})  # a team, or a state as an actor
        taken.update(range(*name))
        spans.append((*name, kinds))
    result = masks(passage.words, spans, CORE | {"FAC", "EVENT"})
    numeric = {i for first, last, _ in find_numbers_in(passage) for i in range(first, last)}
    for index, tag in enumerate(tags):
        if tag in ("NNP", "NNPS") and index not in taken and index not in numeric:
            result[index] = ANY_LABEL
    return result


def gum_name(passage: Passage, first: int, last: int, kind: str, linked: bool) -> tuple[int, int] | None:
    """Find the proper name in a mention: all of it, or the run of proper nouns around its head."""
    tags, heads = passage.tags or [], passage.heads or []
    head = mention_head(heads, first, last)
    if tags[head] not in ("NNP", "NNPS"):
        return None
    while first < last - 1 and passage.words[first].lower() in ("the", "a", "an"):
        first += 1
    while last - 1 > head and tags[last - 1] in ("POS", ",", "-RRB-"):
        last -= 1
    inner = range(first, last)
    proper = [tags[i] in ("NNP", "NNPS") for i in inner]
    named = [p or passage.words[i].lower() in NAME_LINKS or tags[i] == "CD" for p, i in zip(proper, inner, strict=True)]
    if all(named) and proper[0] and last - first <= 8 and (linked or kind in ("person", "organization", "place")):
        if kind != "person" or all(proper):
            return first, last
    left = right = head
    while left > first and tags[left - 1] in ("NNP", "NNPS"):
        left -= 1
    while right + 1 < last and tags[right + 1] in ("NNP", "NNPS"):
        right += 1
    return left, right + 1


def mention_head(heads: list[int], first: int, last: int) -> int:
    """Return the word of the span whose head lies outside it."""
    for index in range(first, last):
        if not first <= heads[index] < last:
            return index
    return last - 1


def gum_chains(passage: Passage, path: Path) -> list[list[tuple[int, int, int]]]:
    """Read the OntoNotes-style chains of the same document."""
    column = [line.split("\t")[2].strip() for line in path.read_text("utf-8").splitlines() if line[:1].isdigit()]
    assert len(column) == len(passage.words), path
    return with_heads(bracket_chains(column), passage.heads or [])


def with_heads(chains: dict[str, list[tuple[int, int]]], heads: list[int]) -> list[list[tuple[int, int, int]]]:
    """Add the head word to each mention."""
    return [
        [(first, last, mention_head(heads, first, last)) for first, last in sorted(spans)] for spans in chains.values()
    ]


def bracket_chains(column: list[str]) -> dict[str, list[tuple[int, int]]]:
    """Read mentions from CoNLL brackets such as ``(1(2``, ``2)`` and ``(3)``."""
    chains: dict[str, list[tuple[int, int]]] = {}
    stacks: dict[str, list[int]] = {}
    for index, cell in enumerate(column):
        for opening, name, closing in re.findall(r"(\(?)(\d+)(\)?)", cell):
            if opening:
                stacks.setdefault(name, []).append(index)
            if closing and stacks.get(name):
                chains.setdefault(name, []).append((stacks[name].pop(), index + 1))
    return chains


# ---- named entities ----


def bio_spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Return spans of BIO or IO labels."""
    spans: list[tuple[int, int, str]] = []
    previous = ""
    for index, tag in enumerate([*tags, "O"]):
        prefix, _, kind = tag.partition("-")
        if spans and previous and (prefix != "I" or kind != previous):
            spans[-1] = (spans[-1][0], index, previous)
            previous = ""
        if kind and prefix in "BI" and not previous and kind != "O":
            spans.append((index, len(tags), kind))
            previous = kind
    return spans


def find_numbers_in(passage: Passage) -> list[tuple[int, int, str]]:
    """Find dates and numbers within the sentences of a passage."""
    starts = passage.starts or [True] * len(passage.words)
    bounds = [i for i, start in enumerate(starts) if start] + [len(passage.words)]
    return [
        (first + a, first + b, kind)
        for first, last in pairwise(bounds)
        for a, b, kind in find_numbers(passage.words[first:last])
    ]


def masks(words: list[str], spans: list[tuple[int, int, frozenset[str]]], annotated: frozenset[str]) -> list[int]:
    """Return the label masks of a sentence: names as annotated, numbers by rule, the rest open for other types."""
    result = [outside_mask(annotated | NUMERIC_TYPES)] * len(words)
    for first, last, kind in find_numbers(words):
        result[first:last] = span_masks(last - first, frozenset({kind}))
    for first, last, kinds in sorted(spans):
        if kinds == {"PERSON"}:
            title = title_length(words[first:last])
            if title:
                result[first : first + title] = span_masks(title, frozenset({"TITLE"}))
                first += title
        if kinds >= {"GPE", "LOC"}:
            kinds = narrow_place(words[first:last], kinds)
        if "NORP" in kinds and is_people(words[first:last]):
            kinds = frozenset({"NORP"})
        if first < last:
            result[first:last] = span_masks(last - first, kinds)
        if first < last < len(words) and result[last] & bits(0):
            result[last] &= ~continuation_bits(kinds)
    return result


def continuation_bits(kinds: frozenset[str]) -> int:
    """Return the labels that would make a name longer than annotated."""
    return types_mask(kinds) & ~span_masks(1, kinds)[0]


def read_bio(path: Path, separator: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield (words, labels) of each sentence of a two-column file."""
    words: list[str] = []
    tags: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        parts = line.rstrip().rsplit(separator, 1)
        if len(parts) == 2 and parts[0]:
            words.append(parts[0].replace(" ", ""))
            tags.append(parts[1])
        elif words:
            yield words, tags
            words, tags = [], []
    if words:
        yield words, tags


CROSSNER = {
    "politician": {"PERSON"}, "person": {"PERSON"}, "writer": {"PERSON"}, "musicalartist": {"PERSON", "ORG"},
    "scientist": {"PERSON"}, "researcher": {"PERSON"}, "organisation": {"ORG"}, "politicalparty": {"ORG"},
    "band": {"ORG"}, "university": {"ORG"}, "country": {"GPE", "LOC"}, "location": PLACES, "event": {"EVENT"},
    "election": {"EVENT"}, "conference": {"EVENT", "ORG"}, "book": {"WORK_OF_ART"}, "album": {"WORK_OF_ART"},
    "song": {"WORK_OF_ART"}, "poem": {"WORK_OF_ART"}, "magazine": {"WORK_OF_ART", "ORG"},
    "academicjournal": {"WORK_OF_ART", "ORG"}, "award": {"WORK_OF_ART", "EVENT", "PRODUCT"},
    "product": {"PRODUCT", "VEHICLE", "WEAPON"}, "misc": OTHER_NAMES | {"ORG"},
}  # fmt: skip
UNNAMED = frozenset(
    {"musicgenre", "chemicalcompound", "algorithm", "field", "task", "literarygenre", "metrics", "protein", "enzyme",
     "discipline", "programlang", "musicalinstrument", "chemicalelement", "theory", "astronomicalobject"}
)  # fmt: skip


def read_crossner(folder: Path) -> Iterator[Passage]:
    """Yield the sentences of CrossNER, politics first."""
    for domain in ("politics", "literature", "music", "science", "ai"):
        annotated = CORE | {"EVENT"} if domain == "politics" else CORE
        for split in ("train", "dev"):
            for words, tags in read_bio(folder / domain / f"{split}.txt", "\t"):
                spans = [(a, b, kind) for a, b, kind in bio_spans(tags)]
                known = [(a, b, frozenset(CROSSNER[kind])) for a, b, kind in spans if kind not in UNNAMED]
                result = masks(words, known, annotated)
                for first, last, kind in spans:
                    if kind in UNNAMED:
                        result[first:last] = [ANY_LABEL] * (last - first)
                yield entity_passage(f"crossner:{domain}", words, result)


def read_wikigold(folder: Path) -> Iterator[Passage]:
    """Yield the sentences of Wikigold."""
    kinds = {"PER": frozenset({"PERSON"}), "LOC": PLACES, "ORG": frozenset({"ORG"}), "MISC": OTHER_NAMES}
    for words, tags in read_bio(folder / "wikigold.conll.txt", " "):
        spans = [(a, b, kinds[kind]) for a, b, kind in bio_spans(tags)]
        yield entity_passage("wikigold", words, masks(words, spans, CORE))


REDOCRED = {
    "PER": frozenset({"PERSON"}), "LOC": PLACES | {"NORP"}, "ORG": frozenset({"ORG", "NORP"}),
    "MISC": OTHER_NAMES,
}  # fmt: skip


def read_redocred(folder: Path) -> Iterator[Passage]:
    """Yield the documents of Re-DocRED with their names."""
    for sentences, clusters in _redocred_documents(folder):
        spans = [
            (sentence, first, last, REDOCRED[kind])
            for cluster in clusters
            for sentence, first, last, kind in cluster
            if kind in REDOCRED
        ]
        result: list[int] = []
        for number, words in enumerate(sentences):
            inside = [(first, last, kinds) for sentence, first, last, kinds in spans if sentence == number]
            result += masks(words, drop_overlaps(inside), CORE)
        yield entity_passage("redocred", [word for words in sentences for word in words], result)


def read_redocred_clusters(folder: Path) -> Iterator[tuple[list[str], list[list[tuple[int, int]]]]]:
    """Yield words, and for each thing the first word and last word + 1 of its names (pronouns and nominals are not told)."""
    for sentences, clusters in _redocred_documents(folder):
        offsets = [0, *accumulate(len(words) for words in sentences)]
        names = [
            [(offsets[sentence] + first, offsets[sentence] + last) for sentence, first, last, _ in cluster]
            for cluster in clusters
            if cluster[0][3] not in ("TIME", "NUM")
        ]
        yield [word for words in sentences for word in words], names


def _redocred_documents(folder: Path) -> Iterator[tuple[list[list[str]], list[list[tuple[int, int, int, str]]]]]:
    """Yield the sentences, and the mentions of each thing: sentence, first word, last word + 1, type."""
    for document in json.loads(next(iter(sorted(folder.glob("*.json")))).read_text("utf-8")):
        sentences = [[word.replace(" ", "") or "-" for word in sentence] for sentence in document["sents"]]
        yield (
            sentences,
            [
                [(mention["sent_id"], *mention["pos"], mention["type"]) for mention in cluster]
                for cluster in document["vertexSet"]
            ],
        )


def drop_overlaps(spans: list[tuple[int, int, frozenset[str]]]) -> list[tuple[int, int, frozenset[str]]]:
    """Keep the longer of overlapping spans."""
    kept: list[tuple[int, int, frozenset[str]]] = []
    for span in sorted(spans, key=lambda item: item[0] - item[1]):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return kept


def entity_passage(source: str, words: list[str], entities: list[int]) -> Passage:
    """Make a passage of one sentence that only has entities."""
    words, entities = split_hyphens(words, entities)
    return Passage(source, words, [0] * len(words), entities=entities)


def split_hyphens(words: list[str], entities: list[int]) -> tuple[list[str], list[int]]:
    """Cut words such as ``pro-democracy`` at their hyphens, as our tokenizer does."""
    new_words: list[str] = []
    new_entities: list[int] = []
    for word, mask in zip(words, entities, strict=True):
        parts = re.split(r"(?<=[^\W\d_])([-–])(?=[^\W\d_])", word)
        new_words += parts
        new_entities += [mask] + [continued(mask)] * (len(parts) - 1)
    return new_words, new_entities


def continued(mask: int) -> int:
    """Return the labels of the rest of a word whose beginning has this mask."""
    opened = sum(1 << (bit + 1) for bit in range(1, 2 * len(ENTITY_TYPES), 2) if mask >> bit & 1)
    closed = mask & (bits(0) | types_mask(frozenset(ENTITY_TYPES)) & ~sum(1 << bit for bit in range(1, 41, 2)))
    return opened | closed


# ---- labels made for this project ----


Span = tuple[int, int, str]


def read_labelled_news(labels: Path, folder: Path, tokenizer: Tokenizer, *, split: str) -> Iterator[Passage]:
    """Yield the hand-labelled articles of one split."""
    for name, spans in sorted(label_rows(labels / "news.tsv", split).items()):
        doc = tokenizer((folder / name).read_text("utf-8"))
        yield labelled_passage(f"news:{name}", doc, spans)


def read_labelled_sentences(labels: Path, sentences: Path, tokenizer: Tokenizer) -> Iterator[Passage]:
    """Yield the hand-labelled sentences of Voice of America news."""
    lines = sentences.read_text("utf-8").splitlines()
    spans = label_rows(labels / "voa.tsv")
    for number in (labels / "voa_lines.txt").read_text("utf-8").split():
        yield labelled_passage(f"voa:{number}", tokenizer(lines[int(number) - 1]), spans.get(number, []))


def label_rows(path: Path, split: str = "") -> dict[str, list[Span]]:
    """Read rows of text key, start, end, type and perhaps split."""
    found: dict[str, list[Span]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, delimiter="\t"):
            if row[1].isdigit() and (not split or row[4] == split):
                found.setdefault(row[0], []).append((int(row[1]), int(row[2]), row[3]))
    return found


def labelled_passage(source: str, doc: Doc, spans: list[Span]) -> Passage:
    """Turn character spans that label a text completely into a passage."""
    words, tokens, newlines = words_of(doc)
    place = {token: index for index, token in enumerate(tokens)}
    entities = [bits(0)] * len(words)
    for start, end, kind in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        inner = [place[token.i] for token in span if token.i in place] if span is not None else []
        if inner:
            entities[inner[0] : inner[-1] + 1] = span_masks(len(inner), frozenset({kind}))
    return Passage(source, words, newlines, entities=entities)


# ---- coreference ----


def read_litbank(folder: Path) -> Iterator[tuple[str, list[str], dict[str, list[tuple[int, int]]]]]:
    """Yield (name, words, chains) of each LitBank document; heads are found later, by a parser."""
    for path in sorted((folder / "conll").glob("*.conll")):
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        rows = [row for row in rows if len(row) > 5]
        yield path.stem, [row[3] for row in rows], bracket_chains([row[-1] for row in rows])


def read_gap(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a GAP file."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
