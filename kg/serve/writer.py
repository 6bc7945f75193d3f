"""Updates of a writable service: one process writes, a journal remembers, readers get snapshots.

What the build wrote is never touched. Each update that was carried out is a line of `updates.jsonl` in the graph's folder,
and the store that is served is the built one with all these lines carried out in order: at the start, and again whenever the
graph was built anew. So updates outlive a rebuild, and deleting the file (or a line of it) takes them back.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from kg.errors import StoreError
from kg.serve.settings import Refused, Settings
from kg.serve.snapshot import Snapshots
from kg.serve.worker import Job
from kg.serve.workers import Died, Process

log = logging.getLogger("kg.serve")

JOURNAL = "updates.jsonl"


class Journal:
    """The updates that were carried out, one JSON object a line; only one process has it open."""

    def __init__(self, path: Path) -> None:
        """Raises `StoreError` where it cannot be written, or another service has it open."""
        self.path = path
        try:
            self._file: IO[bytes] = path.open("a+b")
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError("another writable service has it open", where=str(path), hint="stop that one") from error
        except OSError as error:
            raise StoreError(f"cannot be written: {error.strerror}", where=str(path)) from error

    def __iter__(self) -> Iterator[tuple[int, Job]]:
        """The updates and their line numbers; a last line that was not finished, as after a power cut, is removed.

        Raises:
            StoreError: a line is no update.
        """
        self._file.seek(0)
        for number, line in enumerate(self._file, 1):
            if not line.endswith(b"\n"):
                log.warning("%s:%d: removed, it was not finished", self.path, number)
                self._file.truncate(self._file.tell() - len(line))
                return
            try:
                job = json.loads(line)
                assert job["do"] in {"update", "put", "delete"}
            except (ValueError, TypeError, KeyError, AssertionError) as error:
                raise StoreError("is no update", where=f"{self.path}:{number}", hint="remove the line") from error
            yield number, job

    def append(self, job: Job) -> None:
        """Write an update to the disk. Raises `OSError`; then nothing was written."""
        end = self._file.seek(0, os.SEEK_END)
        try:
            self._file.write(json.dumps(job, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError:
            self._file.truncate(end)
            raise

    def close(self) -> None:
        self._file.close()


class Writer:
    """Carries out updates one after the other and publishes the store after each."""

    def __init__(self, folder: Path, snapshots: Snapshots, settings: Settings, prefixes: Mapping[str, str]) -> None:
        self._journal = Journal(folder / JOURNAL)
        self._snapshots, self._settings, self._prefixes = snapshots, settings, prefixes
        self._process: Process | None = None
        self._store = ""
        self._turn = asyncio.Lock()
        self._rebasing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Publish the built store with the journal's updates."""
        async with self._turn:
            await self._rebase()

    async def stop(self) -> None:
        if self._rebasing:
            self._rebasing.cancel()
        if self._process:
            await self._process.end()
        self._journal.close()

    def rebase_soon(self) -> None:
        """The graph was built anew: carry the updates over to it; until that is done, the state before is served."""
        if self._rebasing is None or self._rebasing.done():
            self._rebasing = asyncio.get_running_loop().create_task(self._rebase_when_free())

    async def write(self, job: Job) -> int:
        """Carry out an update and return its HTTP status; when this returns, it is on the disk and every query sees it.

        Raises:
            Refused: it was not carried out.
        """
        try:
            async with asyncio.timeout(self._settings.timeout):
                await self._turn.acquire()
        except TimeoutError as error:
            raise Refused(503, "other updates take too long", headers={"Retry-After": "5"}) from error
        try:
            # A client that goes away must not leave an update half done: the journal and the readers come with it.
            return await asyncio.shield(asyncio.ensure_future(self._carry_out(job)))
        except asyncio.CancelledError:
            raise Refused(500, "the update was interrupted") from None

    async def _carry_out(self, job: Job) -> int:
        try:
            if self._process is None or self._process.is_dead:
                await self._rebase()
            assert self._process
            async with asyncio.timeout(self._settings.timeout):
                head = await self._process.ask(job)
            if "error" in head:
                raise Refused(head["status"], head["error"])
            self._journal.append(job)
            await self._publish()
            return int(head["status"])
        except TimeoutError as error:
            await self._rebase()
            raise Refused(504, f"stopped after {self._settings.timeout:g} seconds; nothing was changed") from error
        except Died as error:
            await self._rebase()
            raise Refused(
                500, "the update broke its worker: too large or nested too deep; nothing was changed"
            ) from error
        except OSError as error:
            await self._rebase()
            raise Refused(507, f"the update could not be kept: {error.strerror}; nothing was changed") from error
        finally:
            self._turn.release()

    async def _rebase_when_free(self) -> None:
        async with self._turn:
            if self._snapshots.changed():
                await self._rebase()

    async def _rebase(self) -> None:
        """A new private copy of the built store, the journal's updates on it, and a snapshot for the readers."""
        if self._process:
            await self._process.end()
        if self._store:
            shutil.rmtree(self._store, ignore_errors=True)
        self._store = self._snapshots.take()
        if not self._store:
            raise StoreError("the built graph cannot be read", hint="build the graph again")
        self._process = await Process.start(self._prefixes, self._settings.memory)
        await self._process.ask({"do": "open_writer", "folder": self._store})
        for number, job in self._journal:
            head = await self._process.ask(job)
            if "error" in head:
                log.warning("%s:%d: not carried out on the new graph: %s", self._journal.path, number, head["error"])
        await self._publish()

    async def _publish(self) -> None:
        assert self._process
        path = self._snapshots.new_path()
        head: dict[str, Any] = await self._process.ask({"do": "snapshot", "to": path})
        if "error" in head:
            raise OSError(0, head["error"])
        self._snapshots.publish(path)
