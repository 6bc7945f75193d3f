"""Copies of the built store that a rebuild cannot pull from under a running query.

A build replaces the store's folder whole. The service never opens that folder: it links the files of each build it meets into
a folder of its own, hands that to the workers, and removes it when the last of them has gone on to a newer one.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from kg.errors import StoreError

log = logging.getLogger("kg.serve")

# RocksDB never changes a finished table file, so these are shared; the small files that it does change are copied.
_SHARED = ".sst"
_NOT_WANTED = ("LOCK", "LOG")
_TRIES = 5
Stamp = tuple[int, int, int]


class Snapshots:
    """The snapshots of one graph folder; `current` is the one to open."""

    def __init__(self, folder: Path) -> None:
        """Raises `StoreError` where the folder holds no graph."""
        self._source = folder / "store" / "quads"
        self._place: Path | None = None
        self._lock = -1
        self._stamp: Stamp | None = None
        self._number = 0
        self._users: Counter[str] = Counter()
        self._waste: set[str] = set()
        self.current = ""
        if not self._source.is_dir():
            raise StoreError("holds no graph", where=str(folder), hint=f"build one: kg build INPUT… -o {folder}")

    def open(self) -> None:
        """Make the place for snapshots and remove those of servers that died."""
        try:
            _sweep(self._source.parent)
            self._place = Path(tempfile.mkdtemp(dir=self._source.parent, prefix=".serve-"))
            self._lock = os.open(self._place / ".lock", os.O_CREAT | os.O_RDWR)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            log.warning("the graph is read in place (%s): stop the service before building again", error)

    @property
    def in_place(self) -> bool:
        """Whether the built folder itself is read, because nothing can be written beside it."""
        return self._place is None

    def close(self) -> None:
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)

    def changed(self) -> bool:
        """Whether the graph was built anew since `take`. While a build swaps, it was not yet."""
        try:
            return self._stamp_of(self._source) != self._stamp
        except OSError:
            return False

    def refresh(self) -> None:
        """Publish the graph as it was built last; while a build swaps, the last one stays."""
        path = self.take()
        if path:
            self.publish(path)

    def take(self) -> str:
        """A new copy of the store as it was built last, or "" when it cannot be had just now."""
        for _ in range(_TRIES):
            try:
                stamp, target = self._stamp_of(self._source), str(self._source)
                if self._place is not None:
                    _link(self._source, target := self.new_path())
            except OSError as error:
                log.debug("no snapshot yet: %s", error)
                continue
            self._stamp = stamp
            return target
        return ""

    def new_path(self) -> str:
        """A folder name for the next snapshot."""
        assert self._place is not None
        self._number += 1
        return str(self._place / str(self._number))

    def publish(self, path: str) -> None:
        """Let this snapshot be the current one."""
        old, self.current = self.current, path
        if old and old != path and self._place is not None:
            self._waste.add(old)
            self._clear()

    def enter(self, path: str) -> None:
        """A worker is about to open a snapshot."""
        self._users[path] += 1

    def leave(self, path: str) -> None:
        """A worker has closed it, or has ended."""
        self._users[path] -= 1
        self._clear()

    def _clear(self) -> None:
        for path in [p for p in self._waste if self._users[p] <= 0]:
            self._waste.discard(path)
            self._users.pop(path, None)
            shutil.rmtree(path, ignore_errors=True)

    @staticmethod
    def _stamp_of(source: Path) -> Stamp:
        found = os.stat(source / "CURRENT")
        return found.st_dev, found.st_ino, found.st_mtime_ns


def _link(source: Path, target: str) -> None:
    """Share or copy the files of a store's folder, all from the same folder even if it is renamed meanwhile.

    Raises:
        OSError: the folder went away in between.
    """
    folder = os.open(source, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.mkdir(target)
        for name in sorted(os.listdir(folder)):
            if name.startswith(_NOT_WANTED):
                continue
            if name.endswith(_SHARED):
                with contextlib.suppress(OSError):
                    os.link(name, f"{target}/{name}", src_dir_fd=folder)
                    continue
            with open(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as old, open(f"{target}/{name}", "wb") as new:
                shutil.copyfileobj(old, new)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        raise
    finally:
        os.close(folder)


def _sweep(folder: Path) -> None:
    """Remove what servers that were killed left behind: the places whose lock nobody holds."""
    for place in folder.glob(".serve-*"):
        with contextlib.suppress(OSError):
            lock = os.open(place / ".lock", os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(place, ignore_errors=True)
            finally:
                os.close(lock)
