"""The briefings of a workspace while it is written: what is known of each, and what to do next.

One thread calls `step` as long as it gives True, and `wait` otherwise. What is looked at comes
first: pages, then checks, then PDFs, then the rest of the list. Any thread may call the others.
"""

from __future__ import annotations

import queue
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from briefgen.diagnostics.finding import Finding, has_errors
from briefgen.engine.bugs import bug
from briefgen.engine.present import Present
from briefgen.engine.work import Result
from briefgen.load.editions import briefing_slugs
from briefgen.pipeline import task_of
from briefgen.preview import making
from briefgen.preview.desk import Desk, Open, open_desk
from briefgen.preview.heads import Head, heads
from briefgen.preview.printing import Printer, printed
from briefgen.preview.shown import File, Shown
from briefgen.preview.watching import Seen, all_files, names, seen
from briefgen.preview.work import Work
from briefgen.workspace import data_folder, select

AGAIN_S = 0.1
"""After how long files are looked at again that went away while they were looked at."""
MOST_TRIES = 3
"""How often a page is made whose files change meanwhile, before it is shown as what it is."""


@dataclass
class Session:
    """The briefings of the workspace at `root`.

    `told` is called with the name of a briefing that shows something else, and with None when the
    list of briefings does.
    """

    root: Path
    printer: Printer
    told: Callable[[str | None], None] = lambda _: None
    pause_s: float = 0.0
    """How long a new page has for itself, to come to those who look, before it is checked."""
    slugs: tuple[str, ...] = ()
    """All briefings, in order."""
    _works: dict[str, Work] = field(default_factory=dict)
    _heads: dict[str, Head] = field(default_factory=dict)
    _is_listed: bool = False
    """Whether the heads are those of the files as they are."""
    _desk: Desk | None = None
    _names: str = ""
    _attended: Counter[str] = field(default_factory=Counter)
    _for_paper: Counter[str] = field(default_factory=Counter)
    _lists: int = 0
    _news: threading.Event = field(default_factory=threading.Event)
    _is_disturbed: threading.Event = field(default_factory=threading.Event)
    _printed: queue.SimpleQueue[tuple[str, Future[Result]]] = field(
        default_factory=queue.SimpleQueue
    )

    def __post_init__(self) -> None:
        self.slugs = tuple(briefing_slugs(data_folder(self.root)))
        self.disturb()

    def disturb(self) -> None:
        """Files may have changed."""
        self._is_disturbed.set()
        self._news.set()

    @contextmanager
    def attended(self, slug: str | None, *, paper: bool = False) -> Iterator[None]:
        """Somebody looks at a briefing, perhaps at its PDF, or (None) at the list."""
        kinds = [self._attended] if slug else []
        kinds += [self._for_paper] if slug and paper else []
        self._lists += slug is None
        for kind in kinds:
            kind[slug or ""] += 1
        self._news.set()
        try:
            yield
        finally:
            self._lists -= slug is None
            for kind in kinds:
                kind[slug or ""] -= 1

    def wait(self) -> None:
        """Wait until there may be something to do."""
        self._news.wait()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with what all briefings share."""
        return self._desk.findings if self._desk else ()

    def shown(self, slug: str) -> Shown:
        """What there is to see of a briefing."""
        is_awaited = self._attended[slug] > 0 or bool(self._lists and slug in self.slugs)
        work = self._works.get(slug) or Work()
        return work.shown(slug, self._heads.get(slug), is_awaited=is_awaited)

    def step(self) -> bool:
        """Do what is most urgent; False when there is nothing to do."""
        self._news.clear()
        if self._is_disturbed.is_set():
            self._is_disturbed.clear()
            try:
                self._look()
            except OSError:  # what was listed is gone already
                time.sleep(AGAIN_S)
                self.disturb()
                return True
        while not self._printed.empty():
            self._take(*self._printed.get())
        slug, do = self._next()
        if do is None:
            return False
        try:
            do(slug)
        except making.SupersededError:
            return True
        except Exception:  # noqa: BLE001 the preview goes on
            self._fail(slug, bug(slug, traceback.format_exc()))
        return True

    def _next(self) -> tuple[str, Callable[[str], None] | None]:
        """The most urgent thing to do, and for which briefing."""
        attended = _counted(self._attended)
        for slug in attended:
            if self._work(slug).needs_page:
                return slug, self._make
        for slug in attended:
            if not self._work(slug).is_checked:
                return slug, self._check
        if not any(work.printing for work in self._works.values()):
            for slug in _counted(self._for_paper):
                if self._work(slug).needs_paper:
                    return slug, self._print
        if self._lists and not self._is_listed:
            return "", self._list
        for slug in self.slugs if self._lists else ():
            if not self._work(slug).is_done:
                return slug, self._survey
        return "", None

    def _work(self, slug: str) -> Work:
        return self._works.setdefault(slug, Work())

    def _look(self) -> None:
        """See what has changed: what is to be made again, and which briefings there are."""
        present = Present(self.root)
        self._names, self._is_listed = names(present), False
        if self._desk is None or not self._desk.seen.holds(present, self._names):
            self._desk = open_desk(self.root, self._names, present, self._desk)
        self.slugs = tuple(briefing_slugs(data_folder(self.root)))
        for slug, work in self._works.items():
            if work.seen is not None and not work.seen.holds(present, self._names):
                work.seen = None
                if work.printing is not None:
                    work.printing = None
                    self.printer.stop()
                self.told(slug)
        self.told(None)

    def _make(self, slug: str) -> None:
        """The page of a briefing; one whose files have changed meanwhile is made once more."""
        work, opened = self._work(slug), self._opened(slug)
        if opened is not None:
            read = making.read(opened.workspace, slug)
            if read.loaded.made.value is None and work.named is None:
                self._list(slug)
            draft = making.paged(read, opened.kit, opened.memory(), work.report)
            what = self._seen(draft, opened)
            present = Present(self.root)
            is_so = what.holds(present, names(present))
            if not is_so:
                self.disturb()
                work.tries += 1
            if is_so or work.tries == MOST_TRIES:
                work.load(draft, what if is_so else None, is_paged=True)
                work.turn(draft)
        self.told(slug)

    def _check(self, slug: str) -> None:
        work, opened = self._work(slug), self._opened(slug)
        if work.is_page_current and self._news.wait(self.pause_s):
            raise making.SupersededError
        if work.draft is not None and opened is not None:
            work.check(making.checked(work.draft, opened.kit, self._news.is_set))
        self.told(slug)

    def _survey(self, slug: str) -> None:
        """What is wrong with a briefing that nobody looks at."""
        work, opened = self._work(slug), self._opened(slug)
        if opened is not None:
            draft = making.read(opened.workspace, slug)
            work.load(draft, self._seen(draft, opened), is_paged=False)
            if not draft.is_checked:
                self._check(slug)
        self.told(slug)

    def _opened(self, slug: str) -> Open | None:
        """The workspace; None, and it is said why, where nothing can be made of a briefing."""
        desk, work = self._desk, self._work(slug)
        assert desk is not None
        if desk.opened is None:
            work.conclude(desk.seen, desk.findings)
        elif slug not in self.slugs:
            work.conclude(Seen(self._names, {}), select(self.root, [slug]).findings)
        else:
            return desk.opened
        return None

    def _seen(self, draft: making.Draft, opened: Open) -> Seen:
        files = draft.loaded.files | opened.workspace.templates.digests
        return seen(self._names, Present(self.root), files, draft.findings)

    def _print(self, slug: str) -> None:
        work, opened = self._work(slug), self._opened(slug)
        work.paper_of = draft = work.draft
        briefing = draft.loaded.made.value if draft else None
        if draft and briefing and opened and not has_errors(work.findings or ()):
            task = task_of(draft.loaded, briefing, ("pdf",))
            work.printing = self.printer.begin(task, opened.kit)
            work.printing.add_done_callback(lambda made: self._note(slug, made))
        self.told(slug)

    def _note(self, slug: str, made: Future[Result]) -> None:
        self._printed.put((slug, made))
        self._news.set()

    def _take(self, slug: str, made: Future[Result]) -> None:
        """Show a PDF that is done, unless a newer one was begun."""
        work = self._work(slug)
        if work.printing is not made:
            return
        work.printing = None
        done = printed(slug, made)
        work.findings = tuple(dict.fromkeys((*(work.findings or ()), *done.findings)))
        if done.content is not None:
            work.paper = File.of(done.content)
        self.told(slug)

    def _list(self, _: str) -> None:
        opened = self._desk.opened if self._desk else None
        space = opened.workspace if opened else None
        self._heads, self._is_listed = heads(self.root, space), True
        self.told(None)

    def _fail(self, slug: str, finding: Finding) -> None:
        """A bug of ours: it is told, and the next change is another try."""
        present = Present(self.root)
        self._work(slug).conclude(Seen(names(present), all_files(present)), (finding,))
        self.told(slug)


def _counted(counter: Counter[str]) -> list[str]:
    """What is there, with a number above none."""
    return [name for name, number in list(counter.items()) if number > 0]
