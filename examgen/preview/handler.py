"""What a preview answers to a browser, and what it refuses: other sites must not read keys."""

import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from examgen.preview import page
from examgen.preview.page import Pick
from examgen.preview.workshop import Outdated
from examgen.resources import bundled

if TYPE_CHECKING:
    from examgen.preview.server import PreviewServer

PATIENCE = 6  # times the bound of a piece, for counting and for the proof
MOST_TYPED = 64 * 1024  # bytes of all answers together
_HEARTBEAT = 10.0  # seconds after which a reader that is gone is noticed
_TYPES = {".css": "text/css", ".js": "text/javascript", ".ttf": "font/ttf"}
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src data:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Handler(BaseHTTPRequestHandler):
    """One request. A name that an attacker's site has bound to this address is refused."""

    server: "PreviewServer"
    server_version, sys_version = "examgen", ""
    timeout = 30  # seconds that a client may take to send its request

    def do_GET(self) -> None:
        """The page, a piece of it, a file, or the stream of changes."""
        address = urlsplit(self.path)
        pick = _pick(address.query)
        if not self._known_host():
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "this is not the host of that name")
        elif file := _files().get(address.path):
            self._send(file.read_bytes(), _TYPES[file.suffix])
        elif pick is None:
            self._refuse(HTTPStatus.BAD_REQUEST, "rank and seed are whole numbers")
        elif address.path == "/changes":
            self._changes()
        elif address.path == "/":
            self._page(pick)
        elif address.path == "/item":
            self._piece(page.item_piece, pick)
        elif address.path == "/space":
            self._piece(page.space_piece, pick, patience=PATIENCE)
        elif address.path == "/proof":
            self._piece(page.proof_piece, patience=PATIENCE)
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such page")

    def do_POST(self) -> None:
        """How typed answers are marked."""
        address = urlsplit(self.path)
        pick = _pick(address.query)
        token = self.headers.get("X-Examgen-Token", "")
        length = self.headers.get("Content-Length", "")
        if not self._known_host():
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "this is not the host of that name")
        elif address.path != "/marks" or pick is None:
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such page")
        elif not secrets.compare_digest(token.encode(), self.server.token.encode()):
            self._refuse(HTTPStatus.FORBIDDEN, "this form belongs to another preview; reload it")
        elif not (length.isascii() and length.isdecimal() and int(length) <= MOST_TYPED):
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too much was typed")
        else:
            typed = parse_qsl(self.rfile.read(int(length)).decode("utf-8", "replace"))
            self._piece(page.marks_piece, pick, dict(typed), patience=PATIENCE)

    def _known_host(self) -> bool:
        return self.headers.get("Host", "") in self.server.hosts

    def _page(self, pick: Pick) -> None:
        """The whole page, begun again where the source changes meanwhile."""
        item = None
        while item is None:
            number = self.server.watch.number
            with suppress(Outdated):
                item = self.server.piece(page.item_piece, pick)
        facts = {"source": self.server.source, "token": self.server.token, "number": number}
        self._send(page.page(item, **facts).encode(), "text/html")

    def _piece(self, work: Callable[..., str], *arguments: Any, **options: Any) -> None:
        try:
            self._send(self.server.piece(work, *arguments, **options).encode(), "text/html")
        except Outdated:
            self._start(HTTPStatus.NO_CONTENT, "text/html")

    def _changes(self) -> None:
        """Server-sent events: the number of each change, and now and then an empty remark."""
        self._start(HTTPStatus.OK, "text/event-stream")
        told = -1
        while not self.server.watch.closed:
            number = self.server.watch.after(told, seconds=_HEARTBEAT)
            event = f"data: {self.server.token[:8]} {number}\n\n" if number != told else ":\n\n"
            self.wfile.write(event.encode())
            told = number

    def _send(self, content: bytes, sort: str) -> None:
        self._start(HTTPStatus.OK, sort)
        self.wfile.write(content)

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self._start(status, "text/plain")
        self.wfile.write(f"{reason}\n".encode())

    def _start(self, status: HTTPStatus, sort: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", sort if sort == "font/ttf" else f"{sort}; charset=utf-8")
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""


def _pick(query: str) -> Pick | None:
    """The item that an address asks for; None where it cannot be understood."""
    asked = dict(parse_qsl(query))
    texts = {name: asked[name] for name in ("rank", "seed") if name in asked}
    if not all(re.fullmatch(r"[0-9]{1,100}", text) for text in texts.values()):
        return None
    return Pick(**{name: int(text) for name, text in texts.items()})


@cache
def _files() -> dict[str, Path]:
    """The files that the page uses, by their paths in its address; no other is served."""
    root = bundled("templates")
    found = [*root.glob("style/*.css"), *root.glob("fonts/*.ttf"), *root.glob("preview/*.js")]
    return {f"/{path.relative_to(root).as_posix()}": path for path in found}
