"""`briefgen preview`: briefings in the browser, made again while they are written."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click

from briefgen.cli.console import STOPPED, complete_slug, root_of, stop, workspace_option


@click.command()
@click.argument("slug", required=False, metavar="[SLUG]", shell_complete=complete_slug)
@click.option("--pdf", "is_paper", is_flag=True, help="Begin with the PDF.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8100,
    show_default=True,
    help="The port on 127.0.0.1; 0 takes any free one.",
)
@click.option("--open/--no-open", "is_opened", default=True, help="Whether to open the browser.")
@click.option(
    "--editor",
    default="vscode",
    show_default=True,
    metavar="NAME",
    help="What links to files open: vscode, cursor, zed, idea, sublime, none, or an address with "
    "{file}, {line} and {column}.",
)
@workspace_option
def preview(
    slug: str | None,
    port: int,
    editor: str,
    folder: Path | None,
    *,
    is_paper: bool,
    is_opened: bool,
) -> None:
    """Show briefings in the browser, made again whenever a file is saved.

    Without SLUG the list of all briefings opens. Nothing is written but the cache.

    \b
    Examples:
      briefgen preview
      briefgen preview tfzq-kimi-2024-03-25 --pdf
      briefgen preview --no-open --port 8200 --editor cursor
    """
    from briefgen.diagnostics.finding import Collector
    from briefgen.load.extras import has_extra
    from briefgen.preview.editor import EDITORS, pattern
    from briefgen.workspace import cache_folder, select

    address = pattern(editor)
    if address is None:
        known = ", ".join(EDITORS)
        raise click.BadParameter(
            f"one of {known}, or an address with {{file}}", param_hint="--editor"
        )
    root = root_of(folder)
    missing = Collector()
    if not has_extra("preview", ("starlette", "uvicorn", "watchfiles"), None, missing):
        stop(missing.findings, root)
    chosen = select(root, [slug]) if slug else None
    if chosen and chosen.value is None:
        stop(chosen.findings, root)
    from briefgen.preview.printing import WorkerPrinter
    from briefgen.preview.serving import serve
    from briefgen.preview.who import HOST, listening

    taken = listening(port)
    if taken.value is None:
        stop(taken.findings, root)
    assert taken.value is not None
    start = f"http://{HOST}:{taken.value.getsockname()[1]}/"
    if chosen and chosen.value and len(chosen.value) == 1:
        start += f"{chosen.value[0]}/{'?view=pdf' if is_paper else ''}"
    printer = WorkerPrinter(cache_folder(root))
    if is_paper:
        printer.warm()

    def begun() -> None:
        click.echo(f"{start}   Ctrl-C ends it")
        if is_opened:
            import threading
            import webbrowser

            threading.Thread(target=webbrowser.open, args=(start,), daemon=True).start()

    ended_by = serve(root, taken.value, address, printer, begun)
    sys.exit(STOPPED if ended_by == signal.SIGINT else 0)
