"""The pool of worker processes: who runs what, for how long, and what happens to a query that runs away.

A query holds one worker. Beyond the settings' number of workers one more is kept as an express lane: a query gets it when all
others are busy, but only for a second; then that worker is replaced, and the query waits for an ordinary one and starts
again. So a handful of endless queries cannot shut out the quick ones. (pyoxigraph cannot stop a query: its process is killed.)
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import logging
import os
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg.serve.negotiation import media_types
from kg.serve.settings import Refused, Settings
from kg.serve.snapshot import Snapshots
from kg.serve.worker import END, FRAME, HEAD, Job

log = logging.getLogger("kg.serve")

JSON_RESULTS = "application/sparql-results+json"
EXPRESS_SECONDS = 1.0
SETTLE_SECONDS = 0.5
"""How long a worker may take to finish an answer that nobody waits for any more; cheaper than a new process."""
BUFFER = 4 * 2**20
WHOLE = 2**20
"""Answers up to so many bytes are taken in before anything is sent: with their length, and with the status of a late error."""
WAITS = 4
"""How long a query waits for a worker, as a multiple of the time it may take."""

Term = ox.NamedNode | ox.Literal | ox.BlankNode


class Died(Exception):
    """The worker's process ended before its answer did."""


class Process:
    """One worker process, and the talk with it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin and process.stdout
        self._process, self._in, self._out = process, process.stdin, process.stdout
        self.snapshot = ""
        self.left: list[str] = []
        """Snapshots that it closes with its next answer."""

    @property
    def is_dead(self) -> bool:
        return self._process.returncode is not None

    @staticmethod
    async def start(prefixes: Mapping[str, str], memory: int) -> Process:
        """Start one and wait until it is ready; it shares nothing with this process but the log.

        Raises:
            OSError, Died: it could not be started.
        """
        environment = {k: v for k, v in os.environ.items() if k != "KG_TOKEN"}
        # As multiprocessing does it: the child finds its modules where this process does, and never in the working folder.
        environment |= {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "RUST_BACKTRACE": "0"}
        process = Process(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "kg.serve.worker"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=environment,
                limit=BUFFER,
            )
        )
        process.send({"prefixes": dict(prefixes), "memory": memory})
        try:
            await process.frame()
        except BaseException:
            process.kill()
            raise
        return process

    def send(self, job: Job) -> None:
        """Ask; the answer is read frame by frame."""
        self._in.write(json.dumps(job).encode() + b"\n")

    async def frame(self) -> tuple[bytes, bytes]:
        """The next frame. Raises `Died`."""
        try:
            kind, length = FRAME.unpack(await self._out.readexactly(FRAME.size))
            return kind, await self._out.readexactly(length) if length else b""
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Died from error

    async def ask(self, job: Job) -> dict[str, Any]:
        """A whole exchange without data: the head of the answer. Raises `Died`."""
        self.send(job)
        head: dict[str, Any] = {}
        while True:
            kind, data = await self.frame()
            if kind == HEAD:
                head = json.loads(data)
            if kind == END:
                return head

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """Kill it and wait until it is gone."""
        self.kill()
        await self._process.wait()


@dataclass(slots=True)
class Reply:
    """An answer as it comes: the head is here, the data follows."""

    process: Process
    deadline: float
    """When the answer must be with the client, in the event loop's time."""
    release: Callable[[], None]
    """Called once the worker has nothing more to say, however long the client takes to read it."""
    content_type: str = ""
    done: bool = False
    _waiting: list[bytes] = field(default_factory=list)

    async def collect(self, size: int) -> bool:
        """Take in the answer if it is not larger than so many bytes; returns whether that was all."""
        while not self.done and sum(map(len, self._waiting)) <= size:
            if data := await self._next():
                self._waiting.append(data)
        return self.done

    async def chunks(self) -> AsyncIterator[bytes]:
        """The data, as fast as it is taken.

        Raises:
            Refused: it could not be finished; what has come so far is not the whole answer.
        """
        for data in self._waiting:
            yield data
        self._waiting.clear()
        while not self.done:
            if data := await self._next():
                yield data

    async def _next(self) -> bytes:
        """A piece of the data, b"" at the end."""
        try:
            async with asyncio.timeout_at(self.deadline):
                kind, data = await self.process.frame()
        except TimeoutError as error:
            raise Refused(504, "stopped in the middle of its answer: the time is over") from error
        except Died as error:
            raise Refused(500, "the query was stopped in the middle of its answer") from error
        if kind != END:
            return data
        self.done = True
        self.release()
        if data:
            raise Refused(500, data.decode())
        return b""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer in memory."""

    content_type: str
    body: bytes


@dataclass(slots=True)
class _Waiter:
    ready: asyncio.Future[tuple[Process, bool]]
    ordinary: bool
    """Whether the express lane is of no use to it."""


class Queries:
    """Answers SPARQL queries within the service's limits."""

    def __init__(self, snapshots: Snapshots, settings: Settings, prefixes: Mapping[str, str]) -> None:
        self.snapshots, self.settings, self.prefixes = snapshots, settings, dict(prefixes)
        self._idle: list[Process] = []
        self._leased: dict[Process, bool] = {}  # to whether it is the express lane
        self._waiting: deque[_Waiter] = deque()
        self._asked = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False
        self.refresh: Callable[[], object] = snapshots.refresh
        """What to do when the graph was built anew."""

    async def start(self) -> None:
        """Start the first worker; the others follow while it works."""
        await self._add()
        for _ in range(self.settings.workers):
            self._later(self._add())

    async def finish(self, seconds: float) -> None:
        """Let the queries that run end, but not longer than this; then end them and all workers."""
        end = asyncio.get_running_loop().time() + seconds
        while self._asked and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.05)
        await self.stop()

    async def stop(self) -> None:
        """End all workers, busy or not."""
        if self._stopped:
            return
        self._stopped = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for waiter in self._waiting:
            if not waiter.ready.done():
                waiter.ready.set_exception(Refused(503, "the service is stopping"))
        await asyncio.gather(*(process.end() for process in (*self._idle, *self._leased)))

    # ---- for the pages

    async def run(
        self,
        sparql: str,
        accept: str = JSON_RESULTS,
        *,
        bindings: Mapping[str, Term] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Answer a query whole.

        Args:
            accept: an `Accept` header; it chooses among the formats that fit the query's form.
            bindings: values of variables that the SELECT clause names, by name without the question mark; nothing is pasted.
            default_graphs, named_graphs: the dataset, as the protocol's parameters give it; None is the graph's own.
            timeout: seconds, when fewer than the service's.

        Raises:
            Refused: the query is wrong (400), none of the formats fits (406), it took too long (504), or was one too many (503).
        """
        job: Job = {"do": "query", "query": sparql, **media_types(accept)}
        if bindings:
            job["bindings"] = {name: _json_term(term) for name, term in bindings.items()}
        if default_graphs is not None or named_graphs is not None:
            job |= {"default": list(default_graphs or ()), "named": list(named_graphs or ())}
        async with self.ask(job, timeout) as reply:
            return Answer(reply.content_type, b"".join([chunk async for chunk in reply.chunks()]))

    async def rows(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """The solutions of a SELECT query as terms by variable; unbound variables are left out."""
        answer = await self.run(sparql, bindings=bindings)
        solutions = json.loads(answer.body)["results"]["bindings"]
        return [{name: _term(value) for name, value in solution.items()} for solution in solutions]

    # ---- running

    @contextlib.asynccontextmanager
    async def ask(self, job: Job, timeout: float | None = None) -> AsyncIterator[Reply]:
        """Give a job to a worker; inside, its head has come and its data can be read.

        Raises:
            Refused: as `run`.
        """
        if self._asked >= self.settings.max_queries:
            raise Refused(
                503,
                f"{self._asked} queries are running or waiting",
                hint="try again soon",
                headers={"Retry-After": "2"},
            )
        self._asked += 1
        try:
            seconds = min(timeout or self.settings.timeout, self.settings.timeout)
            reply = await self._begin(job, seconds)
            try:
                yield reply
            finally:
                self._give_back(reply)
        finally:
            self._asked -= 1

    async def _begin(self, job: Job, seconds: float) -> Reply:
        """Lease a worker and wait for the head of its answer, twice when the express lane was too short.

        From the express lane only whole answers come, and small ones: no slow client can hold it.
        """
        ordinary = False
        while True:
            process, express = await self._lease(ordinary)
            limit = min(seconds, EXPRESS_SECONDS) if express else seconds
            deadline = asyncio.get_running_loop().time() + seconds
            reply = Reply(process, deadline, functools.partial(self._free, process))
            try:
                async with asyncio.timeout(limit):
                    self._send(process, job, seconds)
                    _, data = await process.frame()
                    head = json.loads(data)
                    if error_text := head.get("error"):
                        raise Refused(head["status"], error_text)
                    reply.content_type = head["type"]
                    if not express or await reply.collect(WHOLE):
                        return reply
                self._give_back(reply)
            except TimeoutError as error:
                self._replace(process)
                if not express or seconds <= EXPRESS_SECONDS:
                    said = f"stopped after {seconds:g} seconds, the limit here"
                    raise Refused(504, said, hint="ask for less, or add LIMIT") from error
            except Died as error:
                self._replace(process)
                if self._stopped:
                    raise Refused(503, "the service is stopping") from error
                raise Refused(
                    500, "the query broke its worker: it needs too much memory, or is nested too deep"
                ) from error
            except BaseException:
                self._give_back(reply)
                raise
            ordinary = True

    def _send(self, process: Process, job: Job, seconds: float) -> None:
        """Ask a worker about the current snapshot."""
        if self.snapshots.changed():
            self.refresh()
        path = self.snapshots.current
        if process.snapshot != path:
            self.snapshots.enter(path)
            process.left += [process.snapshot] if process.snapshot else []
            process.snapshot = path
        process.send({**job, "store": path, "seconds": seconds, "limit": self.settings.max_bytes})

    async def _lease(self, ordinary: bool) -> tuple[Process, bool]:
        """A worker, and whether it is the express lane; waits its turn."""
        waiter = _Waiter(asyncio.get_running_loop().create_future(), ordinary)
        (self._waiting.appendleft if ordinary else self._waiting.append)(waiter)
        self._match()
        try:
            async with asyncio.timeout(WAITS * self.settings.timeout):
                return await waiter.ready
        except BaseException as error:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
            elif not waiter.ready.cancelled() and waiter.ready.exception() is None:
                self._free(waiter.ready.result()[0])  # it came in the moment of giving up
            if isinstance(error, TimeoutError):
                raise Refused(
                    503, "no worker became free", hint="try again later", headers={"Retry-After": "5"}
                ) from error
            raise

    def _match(self) -> None:
        """Give idle workers to those who wait: first come, first served, but the last worker to quick queries only."""
        while self._idle and self._waiting:
            express = sum(not lane for lane in self._leased.values()) >= self.settings.workers
            waiter = next((w for w in self._waiting if not (express and w.ordinary)), None)
            if waiter is None:
                return
            process = self._idle.pop()  # the last one that was used: its caches are warm
            if process.is_dead:
                self._replace(process)
                continue
            self._waiting.remove(waiter)
            if waiter.ready.done():
                self._idle.append(process)
            else:
                self._leased[process] = express
                waiter.ready.set_result((process, express))

    def _give_back(self, reply: Reply) -> None:
        """A worker in the middle of an answer that nobody wants any more may finish it, or ends."""
        if not reply.done and reply.process in self._leased:
            self._later(self._settle(reply.process))

    async def _settle(self, process: Process) -> None:
        try:
            async with asyncio.timeout(SETTLE_SECONDS):
                while (await process.frame())[0] != END:
                    pass
        except (TimeoutError, Died):
            self._replace(process)
        else:
            self._free(process)

    def _free(self, process: Process) -> None:
        self._close_snapshots(process)
        if self._leased.pop(process, None) is not None and not self._stopped:
            self._idle.append(process)
            self._match()
        elif self._stopped:
            process.kill()

    def _close_snapshots(self, process: Process) -> None:
        for path in process.left:
            self.snapshots.leave(path)
        process.left.clear()

    def _replace(self, process: Process) -> None:
        self._later(self._bury(process))
        if not self._stopped:
            self._later(self._add())

    async def _bury(self, process: Process) -> None:
        self._leased.pop(process, None)
        await process.end()
        process.left += [process.snapshot] if process.snapshot else []
        self._close_snapshots(process)

    async def _add(self) -> None:
        try:
            process = await Process.start(self.prefixes, self.settings.memory)
        except (OSError, Died) as error:
            log.error("no worker process could be started %s", error)
            await asyncio.sleep(1)
            self._later(self._add())
            return
        self._idle.insert(0, process)
        self._match()

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _json_term(term: Term) -> dict[str, str]:
    """A term as the JSON results format has it."""
    if isinstance(term, ox.Literal):
        extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value, **extra}
    return {"type": "uri", "value": term.value}


def _term(value: Mapping[str, str]) -> Term:
    """A term from the JSON results format."""
    if value["type"] == "uri":
        return ox.NamedNode(value["value"])
    if value["type"] == "bnode":
        return ox.BlankNode(value["value"])
    if "xml:lang" in value:
        return ox.Literal(value["value"], language=value["xml:lang"])
    datatype = value.get("datatype")
    return ox.Literal(value["value"], datatype=ox.NamedNode(datatype) if datatype else None)
