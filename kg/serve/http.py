"""What stands between the network and the application: limits on headers and slow clients, host names, headers, the log."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import logging
import re
from collections.abc import Collection
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

access = logging.getLogger("kg.serve.access")

MAX_HEAD = 64 * 1024
"""Bytes of a request's line and headers, enough for a query in the address."""
HEAD_SECONDS = 20.0
"""How long a client may take to send them."""
IDLE_SECONDS = 30
STUCK_SECONDS = 60.0
"""How long a client may leave what was sent to it unread."""
SECURITY_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
    # The pages say what they need; data needs nothing, whatever a browser takes it for.
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\]')


class LimitedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which itself takes headers without end and waits for clients for ever."""

    def connection_made(self, transport: Any) -> None:
        self._head_bytes = 0
        self._in_head = True
        self._stuck_timer: asyncio.TimerHandle | None = None
        self._head_timer = asyncio.get_running_loop().call_later(HEAD_SECONDS, transport.abort)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD:
                # The part of a body that came along with a short head does not count.
                if b"\r\n\r\n" not in data[: max(0, len(data) - self._head_bytes + MAX_HEAD)]:
                    self._refuse()
                    return
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._in_head = True
        self._head_timer.cancel()
        self._head_timer = asyncio.get_running_loop().call_later(HEAD_SECONDS, self.transport.abort)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._head_bytes = 0
        self._head_timer.cancel()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_head = True
        super().on_message_complete()

    def pause_writing(self) -> None:
        self._stuck_timer = asyncio.get_running_loop().call_later(STUCK_SECONDS, self.transport.abort)
        super().pause_writing()

    def resume_writing(self) -> None:
        if self._stuck_timer:
            self._stuck_timer.cancel()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_timer.cancel()
        if self._stuck_timer:
            self._stuck_timer.cancel()
        super().connection_lost(exc)

    def _refuse(self) -> None:
        self.transport.write(
            b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        )
        self.transport.close()


class Outside:
    """The outermost layer: refuses foreign host names, adds security headers, writes the log."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, size = 0, 0

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = list(message.get("headers", ()))
                present = {name.lower() for name, _ in headers}
                headers += [(name, value) for name, value in SECURITY_HEADERS.items() if name not in present]
                message = {**message, "headers": headers}
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            if self._is_foreign(scope):
                await _plain(watched, 421, b"this server does not go by that name; --allow-host gives it another one\n")
            else:
                await self._app(scope, receive, watched)
        finally:
            access.info(log_line(scope, status or 499, size))

    def _is_foreign(self, scope: Scope) -> bool:
        if "*" in self._hosts:
            return False
        host = _header(scope, b"host").casefold()
        name = host.rpartition(":")[0] if re.search(r":\d*$", host) else host
        return name not in self._hosts


async def _plain(send: Send, status: int, text: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})


def host_names(host: str, others: Collection[str]) -> set[str]:
    """The names a server may be called by.

    A browser can be led to a server on its own machine under a foreign name (DNS rebinding), so a server that listens there
    answers to its own names only. One that listens to all addresses has names it cannot know, and answers to any.
    """
    try:
        everywhere = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        everywhere = False
    if everywhere and not others:
        return {"*"}
    own = f"[{host}]" if ":" in host else host
    return {own.casefold(), "localhost", "127.0.0.1", "[::1]", *(other.casefold() for other in others)}


def log_line(scope: Scope, status: int, size: int) -> str:
    """A request in Combined Log Format, as Apache and nginx write it; what could break the line is escaped."""
    client = scope.get("client") or ("-", 0)
    path = (scope.get("raw_path") or b"").decode("latin-1")
    query = scope.get("query_string", b"").decode("latin-1")
    request = f"{scope['method']} {path}{'?' + query if query else ''} HTTP/{scope.get('http_version', '1.1')}"
    now = datetime.datetime.now().astimezone().strftime("%d/%b/%Y:%H:%M:%S %z")
    referer, agent = (_header(scope, name) or "-" for name in (b"referer", b"user-agent"))
    return f'{client[0]} - - [{now}] "{_safe(request)}" {status} {size or "-"} "{_safe(referer)}" "{_safe(agent)}"'


def _header(scope: Scope, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), "")


def _safe(text: str) -> str:
    return _UNSAFE.sub(lambda found: f"\\x{ord(found[0]):02x}", text.encode("ascii", "backslashreplace").decode())
