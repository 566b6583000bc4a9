"""What lies between states, and what strikes them."""

from __future__ import annotations

from typing import Annotated

from comity.world.column import Column, share


class Tie:
    """What one state (row) is to another (column). States by states."""

    weight: Annotated[float, share("tie weight; rows sum to 1")]
    near: Annotated[float, share("neighborhood weight: contiguity and distance; rows sum to 1")]


class Shock:
    """What the calendar holds for one state in one quarter. Quarters by states."""

    growth: Annotated[float, Column("points a year", -60.0, 60.0, "effect on growth")]
    economic: Annotated[float, Column("size", 0.0, 10.0, "recession")]
    debt: Annotated[float, Column("size", 0.0, 10.0, "debt crisis")]
    migration: Annotated[float, Column("size", 0.0, 10.0, "migration crisis")]
    pandemic: Annotated[float, Column("size", 0.0, 10.0, "pandemic")]
    security: Annotated[float, Column("size", 0.0, 10.0, "conflict, war or terror")]
    disinformation: Annotated[float, Column("size", 0.0, 10.0, "campaign of disinformation")]
    energy: Annotated[float, Column("size", 0.0, 10.0, "energy and price shock")]
    coup: Annotated[float, Column("size", 0.0, 10.0, "coup")]
    referendum: Annotated[float, Column("size", 0.0, 10.0, "vote on membership")]
    sanction: Annotated[float, Column("size", 0.0, 10.0, "sanctions by neighbours or the organization")]
