"""Pages for the tests of typesetting."""

from collections.abc import Callable

import pytest

from briefgen.model.asset import SVG, Asset
from briefgen.model.edition import Page

FONT = "<style>body { font-family: 'Noto Sans CJK SC' }</style>"


@pytest.fixture
def page() -> Callable[..., Page]:
    """Makes a page: `page(body, head, picture_svg="…")`."""

    def make(body: str = "<p>文", head: str = "", **assets: str) -> Page:
        html = '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>标题</title>'
        named = {
            name.replace("_", "."): Asset(content=content.encode(), media_type=SVG)
            for name, content in assets.items()
        }
        return Page(html=f"{html}{FONT}{head}</head><body>{body}</body></html>", assets=named)

    return make


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails the test."""

    def refuse(*_: object) -> None:
        pytest.fail("typesetting used the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
