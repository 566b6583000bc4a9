"""The functions that a composed rulebook needs are written out once each, under names that say where they come from."""

from __future__ import annotations

import ast
import copy
import hashlib
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from comity import syntax


def mangled(function: Callable[..., Any]) -> str:
    """The name of a function in composed source: its file and its own name."""
    file = function.__module__.rpartition(".")[2].strip("_") or "cell"
    return f"{file}__{function.__name__}"


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.copy_location(ast.Name(self.names.get(node.id, node.id), node.ctx), node)


class Sources:
    """The functions that composed source needs, each written once under its mangled name."""

    def __init__(self, decorator: str) -> None:
        self.decorator = decorator
        self.head: dict[str, str] = {}
        self.bodies: dict[str, str] = {}
        self._seen: dict[str, Callable[..., Any]] = {}

    def add(self, function: Callable[..., Any]) -> str:
        """Take a function and all that it calls; RuleError where two of them claim one name."""
        name = mangled(function)
        if name in self._seen:
            if self._seen[name].__code__ is not function.__code__:
                raise syntax.RuleError(f"{syntax.where(function)}: another function is already called {name}")
            return name
        self._seen[name] = function
        renames = {}
        for outside, value in syntax.outside_names(function).items():
            renames[outside] = self._outside(outside, value, function)
        node = _Renamed(renames).visit(copy.deepcopy(syntax.tree(function)))
        node.name = name
        self.bodies[name] = f"{self.decorator}\n{ast.unparse(ast.fix_missing_locations(node))}\n"
        return name

    def _outside(self, name: str, value: Any, function: Callable[..., Any]) -> str:
        if isinstance(value, types.FunctionType):
            return self.add(value)
        if isinstance(value, types.ModuleType):
            self.head[name] = f"import {value.__name__} as {name}"
            return name
        full = f"{mangled(function).partition('__')[0]}__{name}"
        if isinstance(value, bool | int | float):
            self.head[full] = f"{full} = {value!r}" if np.isfinite(value) else f"{full} = float('{value!r}')"
        elif isinstance(value, np.uint64):
            self.head[full] = f"{full} = np.uint64({int(value)})"
        elif isinstance(value, np.ndarray):
            digest = hashlib.sha256(value.tobytes()).hexdigest()[:16]
            self.head[full] = f"from {function.__module__} import {name} as {full}  # {digest}"
        elif isinstance(value, type) and issubclass(value, np.generic):
            full = f"np.{value.__name__}"
        else:
            raise syntax.RuleError(
                f"{syntax.where(function)}: {name} is a {type(value).__name__}; a rule may use numbers, "
                "NumPy arrays and plain functions from outside"
            )
        return full

    def text(self) -> str:
        """All of it as source, helpers before callers."""
        head = "\n".join(dict.fromkeys(["import numpy as np", *self.head.values()]))
        return f"{head}\n\n\n" + "\n\n".join(self.bodies.values())
