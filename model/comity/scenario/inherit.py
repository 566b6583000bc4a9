"""A scenario extends others: from left to right, later wins, maps merge, lists replace, null resets."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from comity.scenario.document import Budget, Node, read_file
from comity.scenario.library import Shipped, files, shipped_folder
from comity.scenario.problems import Report, ScenarioError, shown

SUFFIXES: Final = (".yaml", ".yml", ".json")
MOST_FILES: Final = 50
NOT_INHERITED: Final = ("extends", "$schema")

VALUE_WORDS: Final = frozenset({"value", "normal", "uniform", "lognormal"})
"""A map with one of these keys is one value, so it replaces: half a prior and half a provenance are none."""


def merge(parent: Node, child: Node) -> Node:
    """The child's values over the parent's. Associative: what stands between two maps is remembered in `reset`."""
    if not isinstance(child.value, dict) or _is_value(child) or child.reset:
        return child
    if not isinstance(parent.value, dict) or _is_value(parent):
        return Node(child.value, child.at, child.key, reset=True)
    merged = dict(parent.value)
    for name, node in child.value.items():
        merged[name] = merge(merged[name], node) if name in merged else node
    return Node(merged, child.at, child.key, parent.reset)


def _is_value(node: Node) -> bool:
    return not VALUE_WORDS.isdisjoint(node.value)


@dataclass
class Reader:
    """Reads a file with all that it extends, each file once. `folder` holds every file that a path may name."""

    folder: Path
    report: Report = field(default_factory=Report)
    budget: Budget = field(default_factory=Budget)
    shipped: dict[str, Shipped] = field(default_factory=files)
    done: dict[Path, Node | None] = field(default_factory=dict)
    chain: list[tuple[Path, str]] = field(default_factory=list)

    def read(self, path: Path, name: str) -> Node | None:
        """The merged tree of a file that problems call `name`; None, with the reasons noted, if it is unusable."""
        identity = path.resolve()
        if identity in self.done:
            return self.done[identity]
        self.chain.append((identity, name))
        try:
            node = self.extended(read_file(path, name, self.budget), path)
        except ScenarioError as error:
            self.report.problems.extend(error.problems)
            node = None
        self.chain.pop()
        self.done[identity] = node
        return node

    def extended(self, own: Node, path: Path | None) -> Node | None:
        """The tree `own`, written in the file `path`, over everything that it extends."""
        if not isinstance(own.value, dict):
            self.report.say(own.at, "", f"a scenario is a map of sections, not {shown(own.value)}")
            return None
        usable = True
        merged = Node({}, own.at)
        for entry in self.entries(own.value.get("extends")):
            parent = self.parent(entry, path)
            usable = usable and parent is not None
            merged = merge(merged, parent) if parent is not None else merged
        said = {name: node for name, node in own.value.items() if name not in NOT_INHERITED}
        return merge(merged, Node(said, own.at)) if usable else None

    def entries(self, extends: Node | None) -> list[Node]:
        if extends is None or extends.value is None:
            return []
        entries = extends.value if isinstance(extends.value, list) else [extends]
        if len(entries) > MOST_FILES:
            self.report.say(extends.at, "extends", f"names {len(entries):,} scenarios; {MOST_FILES} are the most")
            return []
        for entry in entries:
            if not isinstance(entry.value, str):
                self.report.say(entry.at, "extends", f"names a scenario or a file, not {shown(entry.value)}")
        return [entry for entry in entries if isinstance(entry.value, str)]

    def parent(self, entry: Node, path: Path | None) -> Node | None:
        found = self.locate(entry, path)
        if found is None:
            return None
        target, name = found
        identity = target.resolve()
        names = [shown_name for _, shown_name in self.chain]
        if identity in [seen for seen, _ in self.chain]:
            self.report.say(entry.at, "extends", f"goes in a circle: {' -> '.join([*names, name])}")
            return None
        if identity not in self.done and len(self.done) + len(self.chain) >= MOST_FILES:
            self.report.say(entry.at, "extends", f"more than {MOST_FILES} files extend one another")
            return None
        return self.read(target, name)

    def locate(self, entry: Node, path: Path | None) -> tuple[Path, str] | None:
        """The file that an entry of `extends` means: a shipped name, or a path inside the folder."""
        text = entry.value
        if not _is_path(text):
            thing = self.shipped.get(text)
            if thing is not None:
                return thing.path, thing.shown
            self.report.say(entry.at, "extends", f"no shipped scenario named {shown(text)}{self.near(text)}")
            return None
        within = self.folder
        if path is not None and path.resolve().is_relative_to(shipped_folder().resolve()):
            within = shipped_folder()
        reason, target = _inside(text, (path.parent if path is not None else within), within)
        if target is None:
            self.report.say(entry.at, "extends", f"{shown(text)} {reason}")
            return None
        return target, _shown_beside(entry.at.file, text) if path is not None else text

    def near(self, text: str) -> str:
        return self.report.near(text, self.shipped)


def _is_path(text: str) -> bool:
    marks = (".", "/", "~")
    return text.startswith(marks) or text.endswith(SUFFIXES) or "\\" in text or ".." in text or ":" in text


def _inside(text: str, base: Path, folder: Path) -> tuple[str, Path | None]:
    """The file at a relative path, links followed, or the reason why it may not be read."""
    windows = PureWindowsPath(text)
    if PurePosixPath(text).is_absolute() or windows.drive or windows.root or text.startswith("~") or "://" in text:
        return "is not a relative path; extends names a shipped scenario or a file beside this one", None
    if not text.endswith(SUFFIXES):
        return f"is neither a shipped scenario nor a path that ends in {', '.join(SUFFIXES)}", None
    try:
        target = (base / text.replace("\\", "/")).resolve()
        if not target.is_relative_to(folder.resolve()):
            return "leaves the folder of the scenario; extends stays inside it", None
        if not target.is_file():
            return "is not there: no such file", None
    except (OSError, ValueError, RuntimeError):
        return "is not a path that can be read", None
    return "", target


def _shown_beside(file: str, text: str) -> str:
    """The path as the user would write it, from where the extending file was named."""
    parts: list[str] = list(PurePosixPath(file.replace("\\", "/")).parent.parts)
    for part in PurePosixPath(text.replace("\\", "/")).parts:
        if part == ".." and parts and parts[-1] not in ("..", "/"):
            parts.pop()
        else:
            parts.append(part)
    return str(PurePosixPath(*parts)) if parts else text
