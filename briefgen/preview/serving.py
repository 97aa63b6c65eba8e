"""A running preview: the server, the thread that makes, and the one that watches."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from briefgen.preview.pages import Pages
from briefgen.preview.printing import Printer
from briefgen.preview.server import News, application
from briefgen.preview.session import Session
from briefgen.preview.watching import watch

PAUSE_S = 0.4
"""How long a new page has the processors for itself, until it is checked."""
RECOVERY_S = 1.0
"""How long the preview waits after a bug of ours, before it looks at everything again."""
END_S = 2
"""How long connections may take to end."""


def serve(
    root: Path,
    listener: socket.socket,
    editor: str,
    printer: Printer,
    begun: Callable[[], None] = lambda: None,
) -> int:
    """Serve the preview of a workspace until a signal comes, and give its number.

    `begun` is called when a browser may come.
    """
    import uvicorn

    news, stop = News(), threading.Event()
    session = Session(root, printer, news.tell, PAUSE_S)

    class Server(uvicorn.Server):
        """Ends by our signals, and lets listeners go first."""

        ended_by = 0

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

        def handle(self, number: int, _: object) -> None:
            self.ended_by, self.should_exit = number, True
            news.end()

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            begun()

    pages = Pages(session, editor)
    config: dict[str, Any] = {"log_level": "warning", "lifespan": "off", "access_log": False}
    server = Server(
        uvicorn.Config(application(session, pages, news), timeout_graceful_shutdown=END_S, **config)
    )
    threads = [
        threading.Thread(target=_work, args=(session, stop), daemon=True, name="preview-making"),
        threading.Thread(
            target=watch, args=(root, session.disturb, stop), daemon=True, name="preview-watching"
        ),
    ]
    for thread in threads:
        thread.start()
    signals = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, server.handle) for number in signals}
    try:
        server.run(sockets=[listener])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        stop.set()
        session.disturb()
        printer.stop()
    return server.ended_by


def _work(session: Session, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            is_busy = session.step()
        except Exception:  # noqa: BLE001 a preview that stands still would look as if all was well
            print(traceback.format_exc(), file=sys.stderr)
            session.disturb()
            is_busy = not stop.wait(RECOVERY_S)
        if not is_busy:
            session.wait()
