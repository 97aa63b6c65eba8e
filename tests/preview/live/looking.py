"""A browser that looks at a running preview."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from desks import Desk
from playwright.sync_api import Frame, Page, expect

LATEST_S = 60.0
BRIEF = "brief"
"""The name of a briefing that says little."""


@dataclass
class Looking:
    """A page of the preview, and what it said that it should not."""

    page: Page
    address: str
    desk: Desk
    said: list[str] = field(default_factory=list)

    def at(self, path: str) -> None:
        self.page.goto(self.address + path)

    def begin(self, slug: str) -> None:
        """Look at a briefing until all is known of it."""
        self.at(f"{slug}/")
        expect(self.page.locator("#state")).to_have_text("good", timeout=LATEST_S * 1000)
        self.page.wait_for_selector("body[data-shown]", timeout=LATEST_S * 1000)

    @property
    def edition(self) -> Frame:
        """The page that is shown in the frame."""
        found = self.page.query_selector("#stage iframe:not(.next)")
        frame = found and found.content_frame()
        assert frame
        return frame

    def seen_after(self, change: Callable[[], None]) -> float:
        """Seconds from a change until its page is seen."""
        before = self.page.evaluate("document.body.dataset.shown")
        begun = time.perf_counter()
        change()
        self.page.wait_for_function("was => document.body.dataset.shown !== was", arg=before)
        return time.perf_counter() - begun
