"""What is known of a briefing while it is written, and where its making stands."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, replace

from briefgen.diagnostics.finding import Finding, has_errors
from briefgen.engine.work import Result
from briefgen.model.verdict import Report
from briefgen.preview.heads import Head
from briefgen.preview.making import Draft
from briefgen.preview.shown import File, Shown, State, state_of
from briefgen.preview.watching import Seen


@dataclass(slots=True)
class Work:
    """A briefing on its way; pages and PDFs stay until better ones are there."""

    seen: Seen | None = None
    """None before it was made, and after its files have changed."""
    tries: int = 0
    """How often it was made in vain, because files changed meanwhile."""
    draft: Draft | None = None
    named: tuple[str, str] | None = None
    """Title and house, as they were read last."""
    is_paged: bool = False
    """Whether a page was made of the draft, or cannot be."""
    is_checked: bool = False
    """Whether all rules have had their say."""
    report: Report | None = None
    """The last one on the briefing's values."""
    findings: tuple[Finding, ...] | None = None
    page: File | None = None
    is_page_current: bool = False
    paper: File | None = None
    paper_of: Draft | None = None
    """What the PDF was made of, or is being made of, or could not be made of."""
    printing: Future[Result] | None = None

    @property
    def is_done(self) -> bool:
        """Whether all is known of the files as they were seen last."""
        return self.seen is not None and self.is_checked

    @property
    def needs_page(self) -> bool:
        """Whether a page is to be made, or made again."""
        return self.seen is None or not self.is_paged

    @property
    def needs_paper(self) -> bool:
        """Whether a PDF is to be made, or made again."""
        return self.is_done and self.paper_of is not self.draft

    def turn(self, draft: Draft) -> None:
        """Show the page of a draft; without one, the last good one stays."""
        self.is_page_current = draft.html is not None
        if draft.html is not None:
            self.page = File.of(draft.html.encode())

    def load(self, draft: Draft, what: Seen | None, *, is_paged: bool) -> None:
        """Take a new draft; what rules said stays until they have had their say again."""
        said = self.draft.said if self.draft and not draft.is_checked else ()
        self.draft, self.seen, self.tries = replace(draft, said=said), what, 0
        if (read := draft.loaded.made.value) is not None:
            self.named = read.front.title, read.brokerage.name_in(read.language)
        self.findings = tuple(dict.fromkeys((*draft.findings, *said)))
        self.is_checked, self.is_paged, self.is_page_current = draft.is_checked, is_paged, False

    def check(self, draft: Draft) -> None:
        """Take a draft that was checked."""
        self.draft, self.report = draft, draft.report
        self.findings = tuple(dict.fromkeys((*draft.findings, *draft.said)))
        self.is_checked = True
        if self.is_paged:
            self.turn(draft)

    def conclude(self, what: Seen, findings: tuple[Finding, ...]) -> None:
        """There is nothing to be made of it, for these reasons."""
        self.seen, self.findings, self.draft = what, findings, None
        self.is_paged = self.is_checked = True
        self.is_page_current = False

    def shown(self, slug: str, head: Head | None, *, is_awaited: bool) -> Shown:
        """What there is to see of it."""
        state = state_of(self.findings or ())
        if not self.is_done:
            state = State.MAKING if is_awaited else State.UNSEEN
        title, house = self.named or ((head.title, head.house) if head else (slug, ""))
        has_paper = self.paper is not None and self.paper_of is self.draft
        return Shown(
            slug=slug,
            title=title,
            house=house,
            state=state,
            findings=self.findings,
            changed=head.changed if head else None,
            page=self.page,
            is_page_current=self.is_page_current and self.seen is not None,
            paper=self.paper,
            is_paper_current=has_paper
            and self.is_done
            and self.printing is None
            and not has_errors(self.findings or ()),
        )
