"""``examgen preview``: the page of one item model, served to this machine's own browser."""

import secrets
import sys
import threading
import webbrowser
from collections.abc import Callable, Sequence
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from examgen.errors import ExamgenError
from examgen.language import ENGLISH, find_language
from examgen.preview import page
from examgen.preview.handler import Handler
from examgen.preview.page import Source
from examgen.preview.watch import Watch
from examgen.preview.workshop import Workshop

SECONDS = 10.0  # of computing, for one piece of the page


def preview(
    *,
    item: str,
    rank: int | None = None,
    seed: int | None = None,
    bank: Sequence[Path] = (),
    language: str = ENGLISH.tag,
    port: int = 0,
    open_browser: bool = True,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the page of an item model until Ctrl-C; say its address and open it in a browser.

    Raises `ExamgenError` for an unknown item model or language, and for a port that is taken. An
    item model that is broken is shown as such, and watched until it is mended.
    """
    source = Source(item, tuple(bank), find_language(language))
    try:
        server = PreviewServer(source, port=port)
    except OSError as error:
        raise ExamgenError(f"port {port} cannot be listened on: {error.strerror}") from error
    chosen = {"rank": rank, "seed": seed}
    query = urlencode({name: number for name, number in chosen.items() if number is not None})
    address = server.address + (f"?{query}" if query else "")
    say(f"{item} at {address}")
    say("it follows the file; end it with Ctrl-C")
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


class PreviewServer(ThreadingHTTPServer):
    """The page of one item model on a port of the loopback interface, 0 for any that is free."""

    daemon_threads = True

    def __init__(self, source: Source, *, port: int = 0, seconds: float = SECONDS):
        self.source, self.seconds = source, seconds
        self.path = source.bank().source(source.name)
        self.token = secrets.token_urlsafe()
        self.workshop = Workshop(preload="examgen.preview.warm")
        self.watch = Watch(self.path.parent, self.workshop.drop)
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def hosts(self) -> tuple[str, str]:
        """How a browser on this machine names this server."""
        return f"127.0.0.1:{self.server_port}", f"localhost:{self.server_port}"

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{self.hosts[0]}/"

    def piece(self, work: Callable[..., str], *arguments: Any, patience: int = 1) -> str:
        """A piece of the page made in a process of its own, or why there is none.

        Raises `Outdated` where the source changes meanwhile. ``patience`` multiplies the bound.
        """
        seconds = self.seconds * patience
        try:
            made: str = self.workshop.run(work, self.source, *arguments, seconds=seconds)
            return made
        except ExamgenError as error:
            return page.problem(f"{self.path}  {error}", self.path)

    def server_close(self) -> None:
        """Close the port and end all work."""
        super().server_close()
        self.watch.close()
        self.workshop.drop()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes its connection is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)
