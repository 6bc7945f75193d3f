"""How a service runs: `Settings`, frozen, made by the command line or a test; and `Refused`, what it says no with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import KgError


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and permissions of a service.

    Attributes:
        host, port: where it listens; port 0 takes a free one.
        writable: whether updates and the writing half of the Graph Store Protocol are open to bearers of `token`.
        token: the secret that writers send as `Authorization: Bearer`.
        timeout: seconds a query may run, its answer's way to the client included.
        max_bytes: the largest answer.
        workers: processes that answer queries; one more is kept for quick queries while these are busy.
        max_queries: queries running or waiting at once; others are told to come back.
        memory: bytes of memory a worker may take.
        max_body: bytes of a request's body.
        origins: web origins whose pages may read answers (CORS); none by default, "*" is any.
        hosts: names of this server beside `host`, as a proxy in front of it sends them; "*" is any.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    writable: bool = False
    token: str = ""
    timeout: float = 30.0
    max_bytes: int = 64 * 2**20
    workers: int = 3
    max_queries: int = 128
    memory: int = 2 * 2**30
    max_body: int = 16 * 2**20
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


class Refused(KgError):
    """A request that is not answered.

    Args:
        status: the HTTP status that says why.
        headers: HTTP headers that belong to it, as `Allow` to 405.
    """

    def __init__(self, status: int, what: str, *, hint: str = "", headers: Mapping[str, str] | None = None) -> None:
        self.status, self.headers = status, dict(headers or {})
        super().__init__(what, hint=hint)
