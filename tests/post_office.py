"""A mail server on loopback that lets one user in, over TLS."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult


class Mailbox:
    """What a mail server was given."""

    def __init__(self, answer: str = "250 OK", refused: str = "") -> None:
        self.mails: list[Any] = []
        self.answer = answer
        self.refused = refused

    async def handle_RCPT(self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: list[str]) -> str:  # noqa: N802
        if self.refused and address.endswith(self.refused):
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(envelope)
        return self.answer


@contextmanager
def post_office(box: Mailbox, context: ssl.SSLContext | None, *, is_starttls: bool = False) -> Iterator[int]:
    """Serve a mail server on loopback that lets one user in; yield its port."""

    def let_in(_server: object, _session: object, _envelope: object, _way: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"robot", b"right word"), handled=False)

    def receiver() -> SMTP:
        wants: dict[str, Any] = {"auth_required": is_starttls, "authenticator": let_in, "auth_require_tls": is_starttls}
        if is_starttls:
            wants |= {"tls_context": context, "require_starttls": True}
        return SMTP(box, hostname="post.example", **wants)

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(receiver, "127.0.0.1", 0, ssl=None if is_starttls else context))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_closed(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _closed(server: asyncio.Server) -> None:
    server.close()
    mine = asyncio.current_task()
    waiting = [one for one in asyncio.all_tasks() if one is not mine]
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
