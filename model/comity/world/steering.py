"""How an organization steers: what it sees of itself, how its levers stand, and the instructions written for it."""

from __future__ import annotations

from typing import Annotated

from comity.world.column import INF, Column, count, flag, index

SIGNALS = (
    "trust", "challengers", "overdue", "overdue_able", "adoption", "threats", "leavers", "arrears", "crisis",
    "coverage",
)  # fmt: skip
"""What an organization can read of itself once a year, by name, in the order of the rows of `signals`."""
TRUST, CHALLENGERS, OVERDUE, OVERDUE_ABLE, ADOPTION, THREATS, LEAVERS, ARREARS, CRISIS, COVERAGE = range(len(SIGNALS))

PROBLEMS = ("trust", "support", "will", "capacity", "consent", "exit", "crisis", "money")
"""What a lever may be an answer to; a lever class says so in `answers`."""

FOR_TRUST, FOR_SUPPORT, FOR_WILL, FOR_CAPACITY, FOR_CONSENT, FOR_EXIT, FOR_CRISIS, FOR_MONEY = range(len(PROBLEMS))

RAISE = 0
LOWER = 1
SET = 2


class Signal:
    """One figure that the organization reads at the end of a year. Rows in the order of `SIGNALS`."""

    now: Annotated[float, index("as read at the end of last year")]
    before: Annotated[float, index("as read a year earlier")]
    added: Annotated[float, index("sum while it is being read", -INF)]
    counted: Annotated[float, index("what the sum is divided by", 0.0)]
    readings: Annotated[int, count("times that it was read")]


class Pull:
    """How a lever stands: what the plan says, and what the organization's own policy has added. Rows as the levers."""

    planned: Annotated[float, Column("strength", -1.0, 1.0, "strength that the scenario's plan gives it this quarter")]
    shift: Annotated[float, Column("strength", -2.0, 2.0, "what the policy has added to the plan")]
    strength: Annotated[float, Column("strength", -1.0, 1.0, "strength in force this quarter")]
    low: Annotated[float, Column("strength", -1.0, 0.0, "lower end of its scale")]
    high: Annotated[float, Column("strength", 0.0, 1.0, "upper end of its scale", 1.0)]
    for_trust: Annotated[float, Column("index", -1.0, 1.0, "answers distrust")]
    for_support: Annotated[float, Column("index", -1.0, 1.0, "answers the rise of challengers")]
    for_will: Annotated[float, Column("index", -1.0, 1.0, "answers the unwilling who are able")]
    for_capacity: Annotated[float, Column("index", -1.0, 1.0, "answers a want of capacity")]
    for_consent: Annotated[float, Column("index", -1.0, 1.0, "answers texts that fail or are not ratified")]
    for_exit: Annotated[float, Column("index", -1.0, 1.0, "answers threats to leave")]
    for_crisis: Annotated[float, Column("index", -1.0, 1.0, "answers a crisis")]
    for_money: Annotated[float, Column("index", -1.0, 1.0, "answers empty coffers; negative for what costs money")]
    wanted: Annotated[float, Column("strength", -20.0, 20.0, "move that the problems of the year ask for")]
    because: Annotated[int, Column("row", -1, 7, "the problem that asked for most of it; -1 for none", -1.0)]
    moved: Annotated[float, Column("strength", -2.0, 2.0, "last move by the policy")]


class Instruction:
    """One line that a scenario writes for its organization: up to three conditions, one act. Rows in file order."""

    lever: Annotated[int, Column("row", -1, 255, "row of the lever; -1 for none", -1.0)]
    act: Annotated[int, Column("act", 0, 2, "raise, lower, set")]
    amount: Annotated[float, Column("strength", -1.0, 1.0, "by how much, or to what")]
    signal0: Annotated[int, Column("row", -1, 63, "row of the first signal; -1 for no condition", -1.0)]
    above0: Annotated[int, flag("holds above the level rather than below")]
    change0: Annotated[int, flag("the change over a year is meant")]
    level0: Annotated[float, index("the level")]
    signal1: Annotated[int, Column("row", -1, 63, "row of the second signal; -1 for no condition", -1.0)]
    above1: Annotated[int, flag("holds above the level rather than below")]
    change1: Annotated[int, flag("the change over a year is meant")]
    level1: Annotated[float, index("the level")]
    signal2: Annotated[int, Column("row", -1, 63, "row of the third signal; -1 for no condition", -1.0)]
    above2: Annotated[int, flag("holds above the level rather than below")]
    change2: Annotated[int, flag("the change over a year is meant")]
    level2: Annotated[float, index("the level")]
    holds: Annotated[int, flag("its conditions held this year")]
