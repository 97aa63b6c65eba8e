"""What a browser on this machine may ask for: pages, editions, and what is new about them.

Nothing is served but what the session has made and the files of the preview's own pages; whatever
has another host's name on it is refused, so that no page of elsewhere can look in by way of DNS.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from briefgen.model.edition import file_name
from briefgen.preview.pages import FOLDER, Pages
from briefgen.preview.paper import picture
from briefgen.preview.session import Session
from briefgen.preview.who import ANSWER, PATH

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

HOSTS = ("127.0.0.1", "localhost")
ALIVE_S = 15.0
"""How often a listener is told something, so that one who has left is noticed."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_ASSETS = {
    "preview.css": "text/css",
    "list.js": "text/javascript",
    "frame.js": "text/javascript",
    "patch.js": "text/javascript",
}


@dataclass
class News:
    """Wakes those who listen; they ask themselves what is new."""

    _waiting: set[asyncio.Event] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop | None = None
    is_over: bool = False

    def tell(self, _: str | None = None) -> None:
        """Wake everybody; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def end(self) -> None:
        """Let everybody go."""
        self.is_over = True
        self.tell()

    async def heard(self, ask: Callable[[], dict[str, Any]]) -> AsyncIterator[str]:
        """What `ask` gives, as events, whenever that is something else than before."""
        self._loop, woken, before = asyncio.get_running_loop(), asyncio.Event(), ""
        self._waiting.add(woken)
        try:
            while not self.is_over:
                woken.clear()
                now = json.dumps(await asyncio.to_thread(ask), ensure_ascii=False)
                yield f"data: {now}\n\n" if now != before else ": still here\n\n"
                before = now
                try:
                    await asyncio.wait_for(woken.wait(), ALIVE_S)
                except TimeoutError:
                    continue
        finally:
            self._waiting.discard(woken)

    def _wake(self) -> None:
        for woken in self._waiting:
            woken.set()


def application(session: Session, pages: Pages, news: News) -> Starlette:
    """The preview of a session; only GET, only this machine."""
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
    from starlette.routing import Route

    def known(request: Request) -> str:
        slug: str = request.path_params["slug"]
        if slug not in session.slugs and session.shown(slug).findings is None:
            raise HTTPException(404, f"there is no briefing {slug!r}")
        return slug

    async def listed(_: Request) -> Response:
        return HTMLResponse(await asyncio.to_thread(pages.index), headers=_own())

    async def framed(request: Request) -> Response:
        is_paper = request.query_params.get("view") == "pdf"
        made = await asyncio.to_thread(pages.frame, known(request), is_paper=is_paper)
        return HTMLResponse(made, headers=_own())

    async def edition(request: Request) -> Response:
        shown, name = session.shown(known(request)), request.path_params["name"]
        if shown.page and name == file_name(shown.slug, "html"):
            own = {"Content-Security-Policy": "frame-ancestors 'self'", "ETag": shown.page.version}
            headers = {**_HEADERS, **own}
            return HTMLResponse(shown.page.content, headers=headers)
        if shown.paper and name == file_name(shown.slug, "pdf"):
            return Response(shown.paper.content, media_type="application/pdf", headers=_HEADERS)
        raise HTTPException(404, "this is not made yet")

    async def sheet(request: Request) -> Response:
        paper = session.shown(known(request)).paper
        if paper is None:
            raise HTTPException(404, "this is not made yet")
        try:
            content = await asyncio.to_thread(picture, paper, request.path_params["number"])
        except IndexError:
            raise HTTPException(404, "there is no such page") from None
        return Response(content, media_type="image/png", headers=_HEADERS)

    async def about(request: Request) -> Response:
        slug, is_paper = known(request), request.query_params.get("view") == "pdf"
        return events(slug, lambda: pages.told(slug), is_paper=is_paper)

    async def about_all(_: Request) -> Response:
        return events(None, pages.rows)

    def events(
        slug: str | None, ask: Callable[[], dict[str, Any]], *, is_paper: bool = False
    ) -> Response:
        async def stream() -> AsyncIterator[str]:
            with session.attended(slug, paper=is_paper):
                async for event in news.heard(ask):
                    yield event

        return StreamingResponse(stream(), media_type="text/event-stream", headers=_HEADERS)

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _ASSETS:
            raise HTTPException(404, "there is no such file")
        text = (FOLDER / name).read_text(encoding="utf-8")
        return Response(text, media_type=_ASSETS[name], headers=_HEADERS)

    async def who(_: Request) -> Response:
        return JSONResponse({ANSWER: str(session.root)}, headers=_HEADERS)

    routes = [
        Route("/", listed),
        Route(PATH, who),
        Route("/_preview/events", about_all),
        Route("/_preview/{name}", asset),
        Route("/{slug}/", framed),
        Route("/{slug}/events", about),
        Route("/{slug}/sheets/{number:int}.png", sheet),
        Route("/{slug}/{name}", edition),
    ]
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False)
    return Starlette(routes=routes, middleware=[hosts])


def _own() -> dict[str, str]:
    """The headers of the preview's own pages."""
    return {**_HEADERS, "Content-Security-Policy": _POLICY}
