"""`briefgen cache`: what is kept of earlier builds."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from briefgen.cache.store import LIMIT, Entry, Store
from briefgen.cli.console import FAILED, root_of, workspace_option
from briefgen.workspace import cache_folder

_MEGABYTE = 1_000_000
_A_DAY = 86_400

cache_option = click.option(
    "--cache",
    "cache_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder; without it, $BRIEFGEN_CACHE or .cache/briefgen of the workspace.",
)


@click.group()
def cache() -> None:
    """Look at the cache of drawings, pages, PDFs and editions, check it, make it smaller.

    The cache may be deleted at any time: a build makes again what it misses.

    \b
    Examples:
      briefgen cache stats
      briefgen cache verify
      briefgen cache prune --to 500
    """


@cache.command()
@cache_option
@click.option("--json", "is_json", is_flag=True, help="For other programs.")
@workspace_option
def stats(cache_dir: Path | None, is_json: bool, folder: Path | None) -> None:
    """How many values of each stage there are, and how much room they take."""
    store = _store(cache_dir, folder)
    stages: dict[str, list[Entry]] = {}
    for entry in store.entries():
        stages.setdefault(entry.stage, []).append(entry)
    if is_json:
        told = {stage: _told(entries) for stage, entries in sorted(stages.items())}
        click.echo(json.dumps({"folder": str(store.folder), "stages": told}, indent=1))
        return
    click.echo(f"{store.folder}")
    for stage, entries in sorted(stages.items()):
        click.echo(f"  {stage:<8} {len(entries):>6}  {_size(entries)}")
    everything = [entry for entries in stages.values() for entry in entries]
    used = f", last used {_day(max(e.used for e in everything))}" if everything else ""
    click.echo(f"  {'in all':<8} {len(everything):>6}  {_size(everything)}{used}")


@cache.command()
@cache_option
@workspace_option
def verify(cache_dir: Path | None, folder: Path | None) -> None:
    """Read every value; damaged ones are removed, and the exit code is 1."""
    store = _store(cache_dir, folder)
    count, damaged = sum(1 for _ in store.entries()), store.damaged()
    for entry in damaged:
        click.echo(f"removed, for it was damaged: {entry.stage} {entry.key}")
    click.echo(f"{count} values, {len(damaged)} damaged")
    if damaged:
        sys.exit(FAILED)


@cache.command()
@cache_option
@click.option(
    "--to",
    "megabytes",
    type=click.IntRange(min=0),
    default=LIMIT // _MEGABYTE,
    show_default=True,
    help="Megabytes that may stay.",
)
@workspace_option
def prune(cache_dir: Path | None, megabytes: int, folder: Path | None) -> None:
    """Remove what was used longest ago, and what builds that were killed left behind.

    Builds do so by themselves, to the limit `cache_mb` of data/workspace.yaml.
    """
    store = _store(cache_dir, folder)
    store.sweep(before=time.time() - _A_DAY)
    gone = store.prune(megabytes * _MEGABYTE)
    click.echo(f"removed {len(gone)} values, {_size(gone).strip()}")


def _store(cache_dir: Path | None, folder: Path | None) -> Store:
    place = cache_dir or cache_folder(root_of(folder))
    if place.exists() and not place.is_dir():
        raise click.UsageError(f"the cache `{place}` is no folder")
    return Store(place)


def _told(entries: list[Entry]) -> dict[str, int]:
    return {"values": len(entries), "bytes": sum(entry.size for entry in entries)}


def _size(entries: Iterable[Entry]) -> str:
    return f"{sum(entry.size for entry in entries) / _MEGABYTE:>8.1f} MB"


def _day(used: float) -> str:
    return datetime.fromtimestamp(used).astimezone().strftime("%Y-%m-%d %H:%M")
