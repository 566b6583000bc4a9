"""What one section says of another must hold: members, groups, areas, sources, years and sums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from comity.scenario.document import Node
from comity.scenario.model import ALL, ISO3, SOURCED
from comity.scenario.paths import NoSuchPath, look_up
from comity.scenario.problems import Report, shown
from comity.scenario.sweeping import OVERLAYS

WEIGHTS_MAKE: Final = 1.0
TOLERANCE: Final = 1e-6
Tree = dict[str, Any]


@dataclass
class Relations:
    """The checks over a scenario; `root` is what was written, `tree` what of it is well formed.

    Members that an inheriting file removed with null are forgotten in borders, groups and targets.
    """

    root: Node
    tree: Tree
    report: Report

    def check(self) -> None:
        """Note every contradiction, and take removed members out of borders, groups and targets."""
        region, areas = self.tree.get("region"), self.tree.get("areas")
        if region is not None:
            self.region(region)
            if areas is None and not self.stated("areas"):
                self.say("region", message="has no policy areas; add areas to extends")
        if areas is not None:
            self.areas(areas)
        for name, lever in self.tree.get("levers", {}).items():
            self.lever(f"levers.{name}", lever)
        self.shocks(self.tree.get("shocks", {}))
        self.sweep(self.tree.get("sweep", {}))

    def say(self, at: str, *rest: str, message: str, value: bool = False) -> None:
        """Note a problem at the dotted path `at` and the names after it; `value` points at the value, not its key."""
        names = (*at.split("."), *rest)
        node = self.root.find(*names)
        self.report.say(node.at if value else node.key, ".".join(names), message)

    # Region

    def region(self, region: Tree) -> None:
        self.start(region)
        self.made_or_listed(region)
        self.provenance(region)
        self.elections(region)
        self.borders(region)
        self.groups(region)
        for key in ("acquis", "practice"):
            self.known_areas(f"region.{key}", region.get(key, {}))

    def start(self, region: Tree) -> None:
        run, start = self.tree.get("run", {}), region.get("start")
        if start is not None and "start" in run and run["start"] < start:
            self.say("run.start", message=f"is {run['start']}, before the region's figures of {start}", value=True)

    def made_or_listed(self, region: Tree) -> None:
        """Where members are made by the generator, those listed, and what hangs on them, are laid aside."""
        if "synthetic" in region:
            region.pop("members", None)
            region["borders"], region["groups"] = [], {name: [] for name in region.get("groups", {})}
        elif "members" not in region and not self.stated("region", "members"):
            self.say("region", message="lacks members, or synthetic to have them made")

    def provenance(self, region: Tree) -> None:
        """Every figure has a source, every source is listed, and no figure is younger than the start."""
        columns, sources, start = region.get("columns", {}), region.get("sources", {}), region.get("start")
        for figure, column in columns.items():
            self.source_and_year(("region.columns", figure), column, sources, start)
        unsourced: dict[str, list[str]] = {}
        for code, figures in region.get("members", {}).items():
            for name in SOURCED:
                figure = figures.get(name)
                if isinstance(figure, dict) and ("source" in figure or "year" in figure):
                    self.source_and_year((f"region.members.{code}", name), figure, sources, start)
                sourced = name in columns or (isinstance(figure, dict) and "source" in figure)
                if not sourced and name in figures and self.stated("region", "members", code, name):
                    unsourced.setdefault(name, []).append(code)
        for name, codes in unsourced.items():
            if not self.stated("region", "columns", name):
                others = f", as in {len(codes) - 1} more members" if len(codes) > 1 else ""
                message = f"has no source{others}; name one in region.columns.{name}, or in the cell"
                self.say(f"region.members.{codes[0]}", name, message=message)

    def stated(self, *names: str) -> bool:
        """Whether a value other than null was written under the names."""
        node: Node | None = self.root
        for name in names:
            node = node.value.get(name) if node is not None and isinstance(node.value, dict) else None
        return node is not None and node.value is not None

    def spoken_of(self, at: str, name: str) -> bool:
        """Whether a missing value was written: then it was removed with null, or is already reported as wrong."""
        node = self.root.find(*at.split("."))
        return isinstance(node.value, dict) and name in node.value

    def source_and_year(self, path: tuple[str, str], cell: Tree, sources: Tree, start: int | None) -> None:
        source, year = cell.get("source"), cell.get("year")
        if source is not None and source not in sources and not self.stated("region", "sources", source):
            near = self.report.near(source, sources)
            self.say(*path, "source", message=f"{shown(source)} is not in region.sources{near}", value=True)
        if year is not None and start is not None and year > start:
            self.say(*path, "year", message=f"is of {year}, after the region's start in {start}", value=True)

    def elections(self, region: Tree) -> None:
        start = region.get("start")
        for code, figures in region.get("members", {}).items():
            at, election = f"region.members.{code}", figures.get("next_election")
            if election is not None and start is not None and int(election[:4]) < start:
                message = f"is {election}, before the region's start in {start}"
                self.say(at, "next_election", message=message, value=True)
            if "accession" in figures and figures.get("standing") in ("member", "associate"):
                message = f"is for candidates; the standing is {figures['standing']}"
                self.say(at, "accession", message=message)

    def borders(self, region: Tree) -> None:
        if "members" not in region or "borders" not in region:
            return
        seen: set[frozenset[str]] = set()
        kept: list[str] = []
        for node, border in self.items("region.borders", region["borders"]):
            ends = border.split("-")
            pair = frozenset(ends)
            if len(pair) == 1:
                self.report.say(node.at, "region.borders", f"{border} joins a member to itself")
            elif pair in seen:
                self.report.say(node.at, "region.borders", f"{border} stands here twice")
            elif [end for end in ends if self.is_member(node, "region.borders", end)] == ends:
                kept.append(border)
            seen.add(pair)
        region["borders"] = kept

    def groups(self, region: Tree) -> None:
        if "members" not in region:
            return
        for name, codes in region.get("groups", {}).items():
            at = f"region.groups.{name}"
            region["groups"][name] = [code for node, code in self.items(at, codes) if self.is_member(node, at, code)]

    def items(self, at: str, checked: list[Any]) -> Iterator[tuple[Node, Any]]:
        """The items of a list that passed its check, each with its node."""
        nodes = self.root.find(*at.split(".")).value
        for node in nodes if isinstance(nodes, list) else ():
            if node.value in checked:
                yield node, node.value

    def is_member(self, node: Node, at: str, code: str) -> bool:
        """Whether the code is a member in good order; strangers are reported, removed members are not."""
        members: Iterable[str] = self.tree["region"]["members"]
        if code in members:
            return True
        if not self.spoken_of("region.members", code):
            self.report.say(node.at, at, f"{code} is not a member of the region{self.report.near(code, members)}")
        return False

    # Areas

    def areas(self, areas: Tree) -> None:
        for name, area in areas.items():
            spillover = area.get("spillover", {})
            self.known_areas(f"areas.{name}.spillover", spillover)
            if name in spillover:
                self.say(f"areas.{name}.spillover", name, message="an area does not spill over into itself")
        weights = [area.get("weight") for area in areas.values()]
        if None in weights or len(weights) < len(self.root.find("areas").value):
            return
        if abs(sum(weights) - WEIGHTS_MAKE) > TOLERANCE:
            self.say("areas", message=f"the weights of all areas make {sum(weights):g}, not {WEIGHTS_MAKE:g}")

    def known_areas(self, at: str, by_area: Tree) -> None:
        areas: Tree | None = self.tree.get("areas")
        if areas is None:
            return
        for name in [name for name in by_area if name not in areas]:
            del by_area[name]
            if not self.spoken_of("areas", name):
                self.say(at, name, message=f"{shown(name)} is not a policy area{self.report.near(name, areas)}")

    # Levers and shocks

    def lever(self, at: str, lever: Tree) -> None:
        start, end = lever.get("from"), lever.get("until")
        if start is not None and end is not None and not start < end:
            self.say(at, "until", message=f"is {end}, not after from, {start}", value=True)
        if self.tree.get("organization", {}).get("policy") == "fixed":
            for key in ("from", "until", "schedule"):
                if lever.get(key):
                    self.say(at, key, message="has no effect while organization.policy is fixed; make that scheduled")
        times = [step["from"] for step in lever.get("schedule", []) if "from" in step]
        for earlier, later in pairwise(times):
            if not earlier < later:
                self.say(at, "schedule", message=f"{later} stands after {earlier}; put the times in order", value=True)
        if "areas" in self.tree and isinstance(lever.get("areas"), list):
            lever["areas"] = list(self.areas_of(at, lever["areas"]))
        self.aim(at, lever, strangers_allowed=False)

    def areas_of(self, at: str, names: list[str]) -> Iterator[str]:
        areas: Tree = self.tree["areas"]
        for node, name in self.items(f"{at}.areas", names):
            if name in areas:
                yield name
            elif not self.spoken_of("areas", name):
                near = self.report.near(name, areas)
                self.report.say(node.at, f"{at}.areas", f"{shown(name)} is not a policy area{near}")

    def shocks(self, shocks: Tree) -> None:
        for name, event in shocks.get("events", {}).items():
            at, start = f"shocks.events.{name}", event.get("from")
            if start is not None and event.get("until") is not None and event["until"] < start:
                self.say(at, "until", message=f"is {event['until']}, before from, {start}", value=True)
            self.aim(at, event, strangers_allowed=True)

    def sweep(self, sweep: Tree) -> None:
        """What varies is a value of this scenario; sections that a difference leaves out are not looked into."""
        self.varied(("sweep",), sweep)
        for i, block in enumerate(sweep.get("blocks", [])):
            self.varied(("sweep", "blocks", i), block)

    def varied(self, names: tuple[str | int, ...], block: Tree) -> None:
        """The paths of one block's `vary`; `names` lead to the block."""
        if not block.get("vary"):
            return
        node = self.root
        for name in (*names, "vary"):
            node = node.value[name]
        for path in block["vary"]:
            section = path.partition(".")[0]
            if path in OVERLAYS or (section in ("region", "areas") and section not in self.tree):
                continue
            try:
                look_up(self.tree, path)
            except NoSuchPath as error:
                self.report.say(node.value[path].key, ".".join(map(str, (*names, "vary", path))), str(error))

    def aim(self, at: str, section: Tree, strangers_allowed: bool) -> None:
        """Targets are members or groups of the region; a calendar may name members of other regions."""
        region, targets = self.tree.get("region"), section.get("members")
        if region is None or not isinstance(targets, list):
            return
        members, groups = region.get("members"), region.get("groups", {})
        kept = []
        for node, target in self.items(f"{at}.members", targets):
            is_code = re.fullmatch(ISO3, target) is not None
            if target in groups or (members is not None and target in members):
                kept.append(target)
            elif is_code and (strangers_allowed or members is None or self.spoken_of("region.members", target)):
                kept += [target] if strangers_allowed or members is None else []
            elif not self.spoken_of("region.groups", target):
                what = "member" if is_code else "group"
                near = self.report.near(target, (*(members or ()), *groups, ALL))
                self.report.say(node.at, f"{at}.members", f"{shown(target)} is not a {what} of the region{near}")
        section["members"] = kept
