"""A page of an edition in a browser, cut off from the net, and what went wrong on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

HERE = Path(__file__).parent
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1440, 900)}
TWO_FRAMES = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""
SCHEMES = ("light", "dark")

Open = Callable[..., "Reading"]
"""Opens the edition of a slug; further arguments are those of a browser context."""


@dataclass(slots=True)
class Reading:
    """One open page."""

    page: Page
    has_script: bool
    address: str = ""
    """The only one that may be asked for."""
    wrong: list[str] = field(default_factory=list)
    """Console messages, errors of scripts, requests that would have left the file."""

    def open(self, file: Path) -> None:
        self.wrong = []
        self.address = file.as_uri()
        self.page.goto(self.address)

    def resize(self, device: str) -> None:
        width, height = SIZES[device]
        self.page.set_viewport_size({"width": width, "height": height})
        self.settle()

    def settle(self) -> None:
        """Wait until the script has seen a change of size or place."""
        if self.has_script:
            self.page.evaluate(TWO_FRAMES)

    def scheme(self, name: str) -> None:
        self.page.emulate_media(color_scheme=name)

    def reset(self) -> None:
        """As it was opened: nothing over the text, nothing under the pointer, on a desktop."""
        for _ in range(2):
            self.page.keyboard.press("Escape")
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges()")
        self.scheme("light")
        self.page.evaluate("scrollTo(0, 0)")
        self.resize("desktop")

    def focused(self) -> str:
        """The markup of the element that has the focus, without what it holds."""
        found: str = self.page.evaluate("document.activeElement.cloneNode(false).outerHTML")
        return found

    def run(self, script: str, *given: Any) -> Any:
        """What the function in a file of this folder returns."""
        return self.page.evaluate((HERE / script).read_text("utf-8"), *given)


@contextmanager
def opened(browser: Browser, file: Path, **settings: Any) -> Iterator[Reading]:
    """An edition, by default on a desktop with scripts; other files than it are not to be had."""
    width, height = SIZES["desktop"]
    given = {"viewport": {"width": width, "height": height}, "color_scheme": "light"} | settings
    context = browser.new_context(**given)
    reading = Reading(context.new_page(), settings.get("java_script_enabled", True))

    def guard(route: Route) -> None:
        if route.request.url.partition("#")[0] == reading.address:
            route.continue_()
        else:
            reading.wrong.append(f"request: {route.request.url}")
            route.abort()

    context.route("**/*", guard)
    reading.page.on("console", lambda said: reading.wrong.append(f"console: {said.text}"))
    reading.page.on("pageerror", lambda error: reading.wrong.append(f"error: {error}"))
    reading.open(file)
    try:
        yield reading
    finally:
        context.close()
