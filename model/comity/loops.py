"""Rules over rows become loops over tables: as few loops as the sharing of columns allows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from comity import syntax
from comity.mechanism import Lever, Rule, mechanism_of
from comity.rulebook import Phase, Rulebook, Step
from comity.sources import mangled

ARGUMENTS: Final = (
    "clock, org, areas, spillovers, members, stakes, ideals, measures, posts, ties, shocks, "
    "params, tallies, whys, signals, pulls, instructions, aims_member, aims_area"
)
"""What every composed function takes: the tables of a world, in this order."""

_ROW: Final = {
    "clock": "clock[0]",
    "org": "org[0]",
    "tally": "tallies[0]",
    "member": "members[i]",
    "other": "members[j]",
    "tie": "ties[i, j]",
    "area": "areas[a]",
    "other_area": "areas[b]",
    "spillover": "spillovers[a, b]",
    "stake": "stakes[i, a]",
    "other_stake": "stakes[j, a]",
    "ideal": "ideals[clock[0].quarter, i, a]",
    "measure": "measures[m]",
    "slot": "measures[m]",
    "post": "posts[i, m]",
    "other_post": "posts[j, m]",
    "shock": "shocks[clock[0].quarter, i]",
    "signal": "signals[g]",
    "pull": "pulls[l]",
    "instruction": "instructions[s]",
    "signals": "signals",
    "pulls": "pulls",
    "areas": "areas",
    "members": "members",
    "measures": "measures",
}
_LOOP: Final = {
    "i": "for i in range(members.shape[0]):",
    "m": "for m in range(measures.shape[0]):",
    "a": "for a in range(areas.shape[0]):",
    "j": "for j in range(members.shape[0]):",
    "b": "for b in range(areas.shape[0]):",
    "g": "for g in range(signals.shape[0]):",
    "l": "for l in range(pulls.shape[0]):",
    "s": "for s in range(instructions.shape[0]):",
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A step with its loops, its conditions and its call, ready to be written."""

    scope: str
    every_slot: bool
    reads: frozenset[str]
    writes: frozenset[str]
    conditions: tuple[str, ...]
    call: str


def _place(step: Step, lever_rows: dict[str, int]) -> _Placed:
    rule = step.rule
    names = syntax.arguments(rule)
    mechanism = mechanism_of(rule)
    own = mechanism.name() if mechanism is not None else ""
    scope = syntax.scope(names)
    conditions = step.where.split(" and ") if step.where else []
    guards = [f"{_row_expression(path, rule)} != 0" for path in conditions]
    if mechanism is not None and issubclass(mechanism, Lever):
        row = lever_rows[own]
        if not step.lasting:
            guards.append(f"params[0].{own}.strength != 0.0")
        if "i" in scope:
            guards.append(f"aims_member[{row}, i] != 0")
        if ("a" in scope or "m" in scope) and not step.lasting:
            guards.append(f"aims_area[{row}, a] != 0")
    found = syntax.access(rule)
    reads = set(found.reads) | set(conditions)
    return _Placed(
        scope, "slot" in names, frozenset(reads), frozenset(found.writes),
        tuple(guards), f"{mangled(rule)}({passed(rule, own)})",
    )  # fmt: skip


def _row_expression(path: str, rule: Rule) -> str:
    row, _, column = path.partition(".")
    if row not in _ROW:
        raise syntax.RuleError(f"{syntax.where(rule)}: its condition names no row: {path}")
    return f"{_ROW[row]}.{column}"


def _argument(name: str, own: str, rule: Rule) -> str:
    if name in _ROW:
        return _ROW[name]
    if name == own:
        return f"params[0].{own}"
    if name == "why":
        return f"whys[0].{own}"
    known = ", ".join([*_ROW, own or "the name of its own file", "why"])
    raise syntax.RuleError(f'{syntax.where(rule)}: takes "{name}", which is no row; a rule may take {known}')


def passed(rule: Rule, own: str) -> str:
    """The rows that a rule takes, as expressions over the tables, for its call."""
    return ", ".join(_argument(name, own, rule) for name in syntax.arguments(rule))


_OWN_SCOPE: Final = {
    "member": "i", "stake": "ia", "post": "im", "measure": "m", "slot": "m", "area": "a", "tie": "ij",
    "spillover": "ab", "ideal": "ia", "shock": "i", "signal": "g", "pull": "l", "instruction": "s",
}  # fmt: skip


def _conflict(group: Sequence[_Placed], step: _Placed) -> bool:
    """Whether the step, run in the loop of the group, would see or give what belongs to another row."""
    scope = step.scope
    shared = {c for p in (*group, step) for c in p.writes if not _private(c, scope)}
    crossing = {f"{_twin_row(c)}" for p in (*group, step) for c in p.reads | p.writes if c.startswith("other")}
    touched_step = step.reads | step.writes
    touched_group = frozenset().union(*(p.reads | p.writes for p in group))
    written_step = step.writes
    written_group = frozenset().union(*(p.writes for p in group))
    if (shared & written_group & touched_step) or (shared & written_step & touched_group):
        return True
    return bool(crossing & (written_step | written_group))


def _private(column: str, scope: str) -> bool:
    return set(_OWN_SCOPE.get(column.partition(".")[0], "")) == set(scope)


def _twin_row(column: str) -> str:
    row, _, name = column.partition(".")
    return f"{row.removeprefix('other_') if row != 'other' else 'member'}.{name}"


def _groups(steps: Sequence[_Placed]) -> list[list[_Placed]]:
    groups: list[list[_Placed]] = []
    for step in steps:
        last = groups[-1] if groups else None
        if last and last[0].scope == step.scope and last[0].every_slot == step.every_slot and not _conflict(last, step):
            last.append(step)
        else:
            groups.append([step])
    return groups


def _letters(condition: str) -> set[str]:
    """The loops that a condition needs to stand in: `posts[i, m].deciding != 0` needs i and m."""
    inside = "".join(re.findall(r"\[([^\]]*)\]", condition))
    found = {letter for letter in "miajbgls" if re.search(rf"\b{letter}\b", inside)}
    return {"m"} if found == {"a"} else found


def _write_group(group: Sequence[_Placed], everywhere: bool) -> list[str]:
    lines, depth = [], 1
    scope = group[0].scope
    shared = [c for c in group[0].conditions if all(c in step.conditions for step in group)]

    def put(text: str) -> None:
        lines.append("    " * depth + text)

    def test(loops: set[str]) -> None:
        # what all steps ask for is asked once, in the outermost loop that knows it
        nonlocal depth
        ready = [c for c in shared if _letters(c) <= loops or ("a" in loops and _letters(c) == {"m"})]
        for condition in ready:
            shared.remove(condition)
        if ready:
            put(f"if {' and '.join(ready)}:")
            depth += 1

    test(set())
    for k, letter in enumerate(scope):
        put(_LOOP[letter])
        depth += 1
        if letter == "m":
            if not group[0].every_slot:
                put("if measures[m].stage == 0:")
                put("    continue")
            put("a = measures[m].area")
        if letter == "i" and "m" in scope and not everywhere:
            put("if members[i].inside == 0:")
            put("    continue")
        if letter == "j":
            put("if i == j:")
            put("    continue")
        test(set(scope[: k + 1]))
    common = set(group[0].conditions).intersection(*(step.conditions for step in group))
    for step in group:
        own = [c for c in step.conditions if c not in common]
        if own:
            put(f"if {' and '.join(own)}:")
            put(f"    {step.call}")
        else:
            put(step.call)
    return lines


def phase_source(phase: Phase, lever_rows: dict[str, int]) -> str:
    """A phase as one function over the tables of a world."""
    lines = [f"def phase_{phase.name}({ARGUMENTS}):", f'    """{phase.claim}"""']
    if phase.season is not None:
        lines += [f"    if clock[0].season != {phase.season}:", "        return"]
    placed = [_place(step, lever_rows) for step in phase.steps]
    for group in _groups(placed):
        lines += _write_group(group, phase.everywhere)
    return "\n".join([*lines, ""]) + "\n"


def lever_rows(book: Rulebook) -> dict[str, int]:
    """The row of each lever in plans and aims."""
    return {name: row for row, name in enumerate(book.levers)}
