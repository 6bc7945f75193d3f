"""The spaCy component: sets tags, lemmas, the tree, sentences, entities and coreference chains of a Doc."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import srsly  # type: ignore[import-untyped]
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.symbols import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import ensure_path
from spacy.vocab import Vocab

from kg.pipeline_en.files import FILES, read_file
from kg.pipeline_en.labels import ENTITY_LABELS
from kg.pipeline_en.pairs import PERSONAL
from kg.pipeline_en.phrases import noun_chunks, phrase_bounds
from kg.pipeline_en.reading import Reader, Reading
from kg.pipeline_en.tokens import words_of

FACTORY = "kg_annotator"
CHAIN_PREFIX = "coref_clusters_"
_ATTRIBUTES = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
_IOB_INSIDE, _IOB_OUTSIDE, _IOB_BEGIN = 1, 2, 3


def coref_chains(doc: Doc) -> list[list[Span]]:
    """Return the coreference chains of a Doc, each as its mentions in the order of the text."""
    names = [name for name in doc.spans if name.startswith(CHAIN_PREFIX)]
    return [list(doc.spans[name]) for name in sorted(names, key=lambda name: int(name[len(CHAIN_PREFIX) :]))]


class Annotator:
    """Runs the network on a Doc. Its files stay where they lie; only their folder is remembered."""

    def __init__(self, vocab: Vocab, name: str = FACTORY, *, coref: bool = True) -> None:
        self.vocab = vocab
        self.name = name
        self.coref = coref
        self._files: Path | dict[str, bytes] | None = None
        self._reader: Reader | None = None
        self._columns: dict[str, np.ndarray] = {}
        vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place."""
        words, tokens, newlines = words_of(doc)
        if not words:
            return _annotate_blank(doc)
        reader = self.reader
        reading = reader.read(words, newlines)
        self._set_tokens(doc, words, tokens, reading)
        if self.coref:
            self._set_chains(doc, words, tokens, reading)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterable[Doc]:
        """Annotate a stream of Docs one by one; there is nothing to gain from batches."""
        for doc in stream:
            yield self(doc)

    @property
    def reader(self) -> Reader:
        """The network, opened when it is first needed."""
        if self._reader is None:
            if self._files is None:
                raise ValueError(f"{self.name} has no model files: read it with from_disk or from_bytes")
            self._reader = Reader(self._files)
            self._columns = self._label_columns(self._reader.labels)
        return self._reader

    def _label_columns(self, labels: dict[str, list[str]]) -> dict[str, np.ndarray]:
        """Return the attribute values of each numbered label."""
        strings, morphology = self.vocab.strings, self.vocab.morphology
        pairs = [morph.partition("|") for morph in labels["morphs"]]
        return {
            "tag": _unsigned(strings.add(tag) for tag in labels["tags"]),
            "pos": _unsigned(IDS[upos] for upos, _, _ in pairs),
            "morph": _unsigned(morphology.add("" if features == "_" else features) for _, _, features in pairs),
            "dep": _unsigned(strings.add("ROOT" if dep == "root" else dep) for dep in labels["deps"]),
            "iob": _unsigned(_iob(label) for label in ENTITY_LABELS),
            "type": _unsigned(strings.add(label[2:]) if label != "O" else 0 for label in ENTITY_LABELS),
        }

    def _set_tokens(self, doc: Doc, words: list[str], tokens: list[int], reading: Reading) -> None:
        columns = self._columns
        lemma = self.reader.lemma
        places = np.array(tokens, dtype=np.int64)
        values = np.zeros((len(doc), len(_ATTRIBUTES)), dtype=np.uint64)
        add = self.vocab.strings.add
        values[places, 0] = columns["tag"][reading.tags]
        values[places, 1] = columns["pos"][reading.morphs]
        values[places, 2] = columns["morph"][reading.morphs]
        values[places, 3] = _unsigned(
            add(lemma(word, tag, script)) for word, tag, script in zip(words, reading.tags, reading.lemmas, strict=True)
        )
        heads = np.arange(len(doc), dtype=np.int64)
        heads[places] = places[np.array(reading.heads, dtype=np.int64)]
        values[places, 5] = columns["dep"][reading.deps]
        values[:, 6] = _IOB_OUTSIDE
        values[places, 6] = columns["iob"][reading.entities]
        values[places, 7] = columns["type"][reading.entities]
        self._set_blanks(doc, values, heads, places)
        values[:, 4] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        doc.from_array(_ATTRIBUTES, values)  # type: ignore[arg-type]
        certainties = np.ones(len(doc), dtype=np.float32)
        certainties[places] = reading.certainties
        doc._.head_certainties = certainties

    def _set_blanks(self, doc: Doc, values: np.ndarray, heads: np.ndarray, places: np.ndarray) -> None:
        """Hang white space on the word before it, or on the first word; inside an entity it belongs to the entity."""
        blank = np.ones(len(doc), dtype=bool)
        blank[places] = False
        rows = np.flatnonzero(blank)
        if not len(rows):
            return
        before = np.searchsorted(places, rows) - 1
        heads[rows] = places[np.maximum(before, 0)]
        values[rows, 0] = self.vocab.strings.add("_SP")
        values[rows, 1] = IDS["SPACE"]
        values[rows, 3] = _unsigned(self.vocab.strings.add(doc[int(row)].text) for row in rows)
        values[rows, 5] = self.vocab.strings.add("dep")
        after = before + 1
        inner = (before >= 0) & (after < len(places))
        continued = rows[inner][values[places[after[inner]], 6] == _IOB_INSIDE]
        values[continued, 6] = _IOB_INSIDE
        values[continued, 7] = values[places[np.searchsorted(places, continued)], 7]

    def _set_chains(self, doc: Doc, words: list[str], tokens: list[int], reading: Reading) -> None:
        heads, chains = self.reader.chains(words, reading)
        if not chains:
            return
        labels = self.reader.labels["deps"]
        deps = [labels[number] for number in reading.deps]
        children: list[list[int]] = [[] for _ in words]
        for index, head in enumerate(reading.heads):
            if head != index:
                children[head].append(index)
        for number, chain in enumerate(chains, start=1):
            bounds = [
                phrase_bounds(int(heads.words[row]), children, deps, words, is_pronoun=heads.kinds[row] in PERSONAL)
                for row in chain
            ]
            spans = [Span(doc, tokens[first], tokens[last - 1] + 1) for first, last in sorted(set(bounds))]
            name = f"{CHAIN_PREFIX}{number}"
            doc.spans[name] = SpanGroup(doc, name=name, spans=spans)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the model files to a folder."""
        folder = ensure_path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self._files is not None and folder != self._files:
            for name in FILES:
                (folder / name).write_bytes(read_file(self._files, name))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Annotator:
        """Use the model files in a folder."""
        return self._use(ensure_path(path))

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the model files as bytes."""
        files = self._files
        data: bytes = srsly.msgpack_dumps({} if files is None else {name: read_file(files, name) for name in FILES})
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Annotator:
        """Use the model files that ``to_bytes`` gave."""
        return self._use(srsly.msgpack_loads(data) or None)

    def _use(self, files: Path | dict[str, bytes] | None) -> Annotator:
        self._files = files
        self._reader = None
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.vocab, self.name, self.coref, self._files)


def _restore(vocab: Vocab, name: str, coref: bool, files: Path | dict[str, bytes] | None) -> Annotator:
    return Annotator(vocab, name, coref=coref)._use(files)


def _unsigned(values: Iterable[int]) -> np.ndarray:
    return np.fromiter(values, dtype=np.uint64)


def _iob(label: str) -> int:
    return {"O": _IOB_OUTSIDE, "B": _IOB_BEGIN, "I": _IOB_INSIDE}[label[0]]


def _annotate_blank(doc: Doc) -> Doc:
    """Mark a Doc of nothing but white space as annotated."""
    for token in doc:
        token.pos_, token.tag_, token.dep_, token.lemma_ = "SPACE", "_SP", "dep", token.text
        token.head = doc[0]
    doc.set_ents([], default="outside")
    return doc


def make_annotator(nlp: Language, name: str, coref: bool) -> Annotator:
    """Make the component for a pipeline."""
    return Annotator(nlp.vocab, name, coref=coref)


if not Language.has_factory(FACTORY):
    Language.factory(
        FACTORY,
        default_config={"coref": True},
        assigns=[
            "token.tag",
            "token.pos",
            "token.morph",
            "token.lemma",
            "token.head",
            "token.dep",
            "token.is_sent_start",
            "doc.ents",
        ],
        func=make_annotator,
    )
if not Doc.has_extension("head_certainties"):
    Doc.set_extension("head_certainties", default=None)
if not Doc.has_extension("coref_chains"):
    Doc.set_extension("coref_chains", getter=coref_chains)
