"""Asks an ASGI app one thing, without a network."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message

HERE = "127.0.0.1"


@dataclass
class Answer:
    """What came back: of a websocket, a refusal has status 403 and an acceptance 101."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""

    def header(self, name: str) -> str:
        """Give the only header of that name."""
        (found,) = [value for key, value in self.headers if key == name.lower()]
        return found


def scope_of(
    path: str = "/", *, kind: str = "http", ends: tuple[str, str] = (HERE, HERE), **given: Any
) -> dict[str, Any]:
    """A request from one end to the other; header names are written with `_` for `-`, and a `None` is left out."""
    headers = {"host": "127.0.0.1:8501"} | {name.replace("_", "-"): value for name, value in given.items()}
    return {
        "type": kind,
        "method": "GET",
        "scheme": "http",
        "path": path,
        "query_string": b"",
        "client": (ends[0], 50000),
        "server": (ends[1], 8501),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items() if value is not None],
    }


def ask(app: ASGIApp, scope: dict[str, Any]) -> Answer:
    """Send the request and give the answer."""
    answer = Answer()

    async def receive() -> Message:
        return {"type": "websocket.connect" if scope["type"] == "websocket" else "http.request", "body": b""}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = [(name.decode(), value.decode()) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            answer.body += message.get("body", b"").decode()
        else:
            answer.status = {"websocket.accept": 101, "websocket.close": 403}[message["type"]]

    asyncio.run(app(scope, receive, send))
    return answer


async def says_yes(scope: Any, receive: Any, send: Any) -> None:
    """Stand in for the dashboard: answer everything."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    headers = [
        (b"cache-control", b"public, max-age=1"),
        (b"access-control-allow-origin", b"*"),
        (b"set-cookie", b"a=1; Path=/"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"yes"})
