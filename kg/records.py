"""What a build remembers: one file an article with its extraction, in `store/articles/`, and the lock that guards them.

The records are the truth of an output folder. Everything else there is derived from the sorted set of records, so that adding
an article and removing it again leaves no trace.
"""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import json
import os
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from kg.errors import StoreError
from kg.model import Extraction, content_id, from_json, to_json

T = TypeVar("T")


class Records:
    """The extraction records below an output folder, and the list of those that the graph there is made of.

    A record is never overwritten: its file is named by article and fingerprint. So an interrupted build leaves the published
    set untouched, and what it had finished is found again by the next.
    """

    def __init__(self, output: Path) -> None:
        self.folder = output / "store" / "articles"
        self.manifest = output / "store" / "articles.json"

    def path(self, article_id: str, fingerprint: str) -> Path:
        """Ids are other people's text, so files are named by their hash."""
        return self.folder / f"{content_id('article', article_id)}-{fingerprint}.json.gz"

    def write(self, extraction: Extraction, fingerprint: str) -> None:
        """Write one record whole or not at all."""
        packed = gzip.compress(to_json(extraction), compresslevel=6, mtime=0)
        write_whole(self.path(extraction.article.id, fingerprint), packed)

    def has(self, article_id: str, fingerprint: str) -> bool:
        """Whether this article, as it is now, has been extracted; a damaged record counts as none."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, EOFError, zlib.error):
            return self._load(self.path(article_id, fingerprint)).article.id == article_id
        return False

    def published(self) -> dict[str, str]:
        """Article id -> fingerprint of the records that the graph is made of, sorted by id; empty where there is no graph.

        Raises:
            StoreError: the list is damaged.
        """
        try:
            ids: dict[str, str] = json.loads(self.manifest.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise StoreError(
                "the list of articles is damaged", where=str(self.manifest), hint="delete it and build again"
            ) from error
        return dict(sorted(ids.items()))

    def publish(self, ids: Mapping[str, str]) -> None:
        """Make these the records of the graph and delete all others."""
        write_whole(self.manifest, (json.dumps(dict(sorted(ids.items())), indent=0) + "\n").encode("ascii"))
        kept = {self.path(article_id, fingerprint).name for article_id, fingerprint in ids.items()}
        for path in self.folder.glob("*.json.gz"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def read(self, ids: Mapping[str, str]) -> Iterator[Extraction]:
        """These records, sorted by article id.

        Raises:
            StoreError: a record is missing or damaged.
        """
        for article_id, fingerprint in sorted(ids.items()):
            path = self.path(article_id, fingerprint)
            try:
                yield self._load(path)
            except (OSError, ValueError, KeyError, TypeError, EOFError, zlib.error) as error:
                raise StoreError(
                    "this record is missing or damaged", where=str(path), hint="build again with the same inputs"
                ) from error

    @staticmethod
    def _load(path: Path) -> Extraction:
        return from_json(Extraction, gzip.decompress(path.read_bytes()))


@dataclass(frozen=True, slots=True)
class Corpus:
    """The extractions of some records, sorted by article id, read from disk each time one goes through them."""

    records: Records
    ids: Mapping[str, str]

    def __iter__(self) -> Iterator[Extraction]:
        return self.records.read(self.ids)


@dataclass(frozen=True, slots=True)
class JsonLines(Generic[T]):
    """The values of a file with one JSON object a line, read anew each time one goes through them."""

    path: Path
    cls: type[T]

    def __iter__(self) -> Iterator[T]:
        """Raises `StoreError` where the file cannot be read."""
        try:
            with self.path.open("rb") as lines:
                for line in lines:
                    yield from_json(self.cls, line)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"cannot be read: {error}", where=str(self.path), hint="build the graph again") from error


def write_whole(path: Path, content: bytes) -> None:
    """Write beside and rename, so that a reader or a crash never sees half a file.

    Raises:
        StoreError: the folder is read-only, missing or full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(content)
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise StoreError(
            f"cannot be written: {error.strerror}", where=str(path), hint="free space or name another -o"
        ) from error


@contextlib.contextmanager
def locked(output: Path) -> Iterator[None]:
    """Hold an output folder for one build at a time.

    Raises:
        StoreError: another build holds it, or the folder cannot be written.
    """
    try:
        (output / "store").mkdir(parents=True, exist_ok=True)
        handle = (output / "store" / ".lock").open("w")
    except OSError as error:
        raise StoreError(
            f"cannot be written: {error.strerror}", where=str(output), hint="name another folder with -o"
        ) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError("another build is writing here", where=str(output), hint="wait for it to end") from error
        yield
