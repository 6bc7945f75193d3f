"""What the measuring scripts share: the folder with the data, the pipeline, and claims as the words of their sentence."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc

from kg.annotate import annotate_doc, load_pipeline
from kg.errors import InputError, KgError
from kg.extract import extract_claims
from kg.lexicon import Knowledge, load_knowledge
from kg.model import Article, Claim, Extraction


def parser(description: str | None) -> argparse.ArgumentParser:
    """The options that every script has."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument(
        "--shared",
        type=Path,
        default=Path(os.environ.get("KG_SHARED", "../shared")),
        help="the folder with eval/ (default: KG_SHARED, else ../shared)",
    )
    return made


def with_pipeline(made: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Adds the options of the scripts that read text themselves."""
    made.add_argument("--model", default=None, help="a pipeline by name or path (default: the one that ships)")
    made.add_argument("--ontology", type=Path, default=None, help="an ontology folder (default: the one that ships)")
    return made


def shared_file(shared: Path, *parts: str) -> Path:
    """A file or folder below the shared folder.

    Raises:
        InputError: it is not there.
    """
    path = shared.joinpath("eval", *parts)
    if not path.exists():
        raise InputError("not here", where=str(path), hint="name the folder that holds eval/ with --shared")
    return path


def read_texts(texts: Iterable[tuple[str, str]], model: str | None, ontology: Path | None) -> Iterator[Extraction]:
    """Extract the claims of (text, publication date) pairs, each an article of its own, in order."""
    knowledge = load_knowledge(ontology)
    nlp = load_pipeline(model)
    articles = [
        Article(id=f"{number:04}", text=text, published=published) for number, (text, published) in enumerate(texts)
    ]
    for doc, article in nlp.pipe(((a.text, a) for a in articles), as_tuples=True, batch_size=16):
        yield extract(article, doc, knowledge)


def extract(article: Article, doc: Doc, knowledge: Knowledge) -> Extraction:
    """Annotate and extract one parsed article."""
    return extract_claims(annotate_doc(article, doc, knowledge), knowledge)


def claim_words(claim: Claim, extraction: Extraction) -> tuple[str, str, str]:
    """(subject, predicate, object) in the words of the sentence, as `claims.jsonl` has them."""
    text = extraction.article.text
    mentions = {m.id: m for m in extraction.mentions}
    obj, told = claim.object, claim.evidence
    if told.object_text:
        object_text = told.object_text
    elif obj.span is not None:
        object_text = obj.span.of(text)
    else:
        object_text = mentions[obj.mention].text if obj.mention else str(obj.value and obj.value.lexical)
    subject = mentions.get(claim.subject)
    unnamed = subject is None or subject.rule == "unnamed"
    return told.subject_text or ("" if unnamed or subject is None else subject.text), told.predicate_text, object_text


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns in plain text; numbers to the right."""
    cells = [list(header), *[[_cell(c) for c in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    lines = []
    for row in cells:
        padded = [c.rjust(w) if _is_number(c) else c.ljust(w) for c, w in zip(row, widths, strict=True)]
        lines.append("  ".join(padded).rstrip())
    return "\n".join([lines[0], "  ".join("-" * w for w in widths), *lines[1:]])


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _is_number(text: str) -> bool:
    return bool(text) and all(c in "0123456789.,%-/ " for c in text)


def share(part: float, whole: float) -> str:
    """A percentage, "-" where the whole is empty."""
    return f"{100 * part / whole:.1f}%" if whole else "-"


def run(main: Callable[[], None]) -> None:
    """Call a script's main; a mistake of the user is one line on stderr and exit status 2."""
    try:
        main()
    except KgError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
