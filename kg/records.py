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
from collections.abc import Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.model import Extraction, content_id, from_dict, to_dict


class Records:
    """The extraction records below an output folder."""

    def __init__(self, output: Path) -> None:
        self.folder = output / "store" / "articles"

    def path(self, article_id: str) -> Path:
        """Ids are other people's text, so files are named by their hash."""
        return self.folder / f"{content_id('article', article_id)}.json.gz"

    def write(self, extraction: Extraction, fingerprint: str) -> None:
        """Write one record whole or not at all."""
        content = json.dumps(
            {"fingerprint": fingerprint, "extraction": to_dict(extraction)}, ensure_ascii=False, separators=(",", ":")
        ).encode("utf-8", "surrogatepass")
        write_whole(self.path(extraction.article.id), gzip.compress(content, compresslevel=6, mtime=0))

    def fingerprint(self, article_id: str) -> str:
        """The fingerprint of a record, "" where there is none or it cannot be read (then the article is extracted anew)."""
        with contextlib.suppress(OSError, ValueError, KeyError, EOFError):
            return str(self._load(self.path(article_id))["fingerprint"])
        return ""

    def ids(self) -> dict[str, str]:
        """Article id -> fingerprint of all readable records, sorted by id."""
        return {e.article.id: fingerprint for e, fingerprint in self.all()}

    def all(self) -> Iterator[tuple[Extraction, str]]:
        """Every record, sorted by article id.

        Raises:
            StoreError: a record is damaged.
        """
        found = []
        for path in self.folder.glob("*.json.gz"):
            try:
                data = self._load(path)
                found.append((from_dict(Extraction, data["extraction"]), str(data["fingerprint"])))
            except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
                raise StoreError(
                    "this record is damaged", where=str(path), hint="delete it and build again with the same inputs"
                ) from error
        yield from sorted(found, key=lambda pair: pair[0].article.id)

    def remove(self, article_id: str) -> None:
        self.path(article_id).unlink(missing_ok=True)

    @staticmethod
    def _load(path: Path) -> dict[str, object]:
        loaded: dict[str, object] = json.loads(gzip.decompress(path.read_bytes()).decode("utf-8", "surrogatepass"))
        return loaded


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
