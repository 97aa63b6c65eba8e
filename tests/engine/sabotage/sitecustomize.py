"""Makes things go wrong in the processes of a test; Python runs it when they start.

What goes wrong with a task is said by the slug of its briefing, what is wrong with a whole process
by its environment.
"""

import importlib.metadata
import os
import signal
import sys
import time
from importlib.abc import MetaPathFinder
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

_distribution = importlib.metadata.distribution


def _other(name):
    """This process has the version of WeasyPrint that its environment says."""
    version = os.environ.get("SABOTAGE_VERSION")
    if name == "weasyprint" and version:
        return SimpleNamespace(version=version, read_text=lambda _: f"Version: {version}\n")
    return _distribution(name)


importlib.metadata.distribution = _other


def _sabotaged(make):
    def made(task, kit, memory):
        slug = task.briefing.slug
        marks = Path(os.environ["SABOTAGE_MARKS"])
        if slug.startswith("held"):
            (marks / f"{slug}-{os.getpid()}").touch()
            while not (marks / f"{slug}.go").exists():
                time.sleep(0.02)
        if slug.startswith("once"):
            mark = marks / slug
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        if slug == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if slug == "hang":
            time.sleep(3600)
        if slug == "bug":
            raise RuntimeError("nobody expected this")
        if slug == "greedy":
            taken = b"1" * 500_000_000
            time.sleep(3600 if taken else 0)
        return make(task, kit, memory)

    return made


class _Finder(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "briefgen" and "SABOTAGE_ABSENT" in os.environ:
            raise ModuleNotFoundError("No module named 'briefgen'", name="briefgen")
        if name != "briefgen.engine.work":
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        sys.meta_path.insert(0, self)
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            module.make = _sabotaged(module.make)

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, _Finder())
