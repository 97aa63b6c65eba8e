"""What stands below the fields of a class, for the JSON Schema that editors read.

Pydantic can read it too, but does so for every class when it is imported, which takes longer than
all other work on the classes.
"""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise


def field_docstrings(kind: type) -> dict[str, str]:
    """The docstrings of a class's fields by name, with those that it inherits."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        found |= _by_class(base.__module__).get(base.__name__, {})
    return found


@cache
def _by_class(module: str) -> dict[str, dict[str, str]]:
    if not module.startswith(f"{__package__.partition('.')[0]}."):
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    classes = (node for node in tree.body if isinstance(node, ast.ClassDef))
    return {node.name: dict(_fields(node)) for node in classes}


def _fields(node: ast.ClassDef) -> list[tuple[str, str]]:
    return [
        (field.target.id, inspect.cleandoc(below.value.value))
        for field, below in pairwise(node.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    ]
