"""What happened, in rounded figures with their sources: the yardstick of histories, never an input of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

FITTED, INFORMED = "fitted", "informed"
"""Fitted: a fact that numbers were fitted to speaks of it. Informed: never fitted, but known when rules were made."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one year: its value, the role that it had for the model, and where it was read."""

    year: int
    value: float
    role: str
    source: str


_READ: Final = "Standard Eurobarometer, press reports read"
_MEMORY: Final = "Standard Eurobarometer, from memory"
TRUST: Final = (
    Point(2007, 0.57, FITTED, _MEMORY),
    Point(2012, 0.31, FITTED, _MEMORY),
    Point(2014, 0.31, INFORMED, _READ),
    Point(2017, 0.41, INFORMED, _READ),
    Point(2020, 0.49, INFORMED, _READ),
    Point(2021, 0.49, INFORMED, _READ),
    Point(2025, 0.52, INFORMED, _READ),
)
"""Share of citizens of the European Union who tend to trust it (T1). The years to 2013 lie in the window of T4-T6."""

_VOTES: Final[Mapping[int, float]] = MappingProxyType({
    1994: 0.08, 1995: 0.08, 1996: 0.11, 1997: 0.11, 1998: 0.11, 1999: 0.12, 2000: 0.12, 2001: 0.13, 2002: 0.12,
    2003: 0.12, 2004: 0.12, 2005: 0.15, 2006: 0.15, 2007: 0.13, 2008: 0.12, 2009: 0.12, 2010: 0.14, 2011: 0.14,
    2012: 0.15, 2013: 0.21, 2014: 0.21, 2015: 0.25, 2016: 0.25, 2017: 0.26, 2018: 0.28, 2019: 0.29, 2020: 0.30,
    2021: 0.28, 2022: 0.29, 2023: 0.28, 2024: 0.29, 2025: 0.33,
})  # fmt: skip
CHALLENGERS: Final = tuple(
    Point(year, value, FITTED, "PopuList 4.0 by ParlGov and PPEG elections, weighted by population")
    for year, value in _VOTES.items()
)
"""Vote share of Eurosceptic parties at the last national election, EU-27 and the United Kingdom (P1)."""

DEPOSITS: Final = (
    Point(20181, 0, FITTED, "agreement opened on 21 March 2018"),
    Point(20182, 2, FITTED, "press, 10 May 2018"),
    Point(20191, 20, FITTED, "tralac, 16 April 2019"),
    Point(20192, 22, FITTED, "threshold reached on 29 April 2019"),
    Point(20193, 27, FITTED, "July 2019, mirror of an encyclopedia"),
    Point(20203, 28, FITTED, "August 2020, mirror of an encyclopedia"),
    Point(20212, 37, FITTED, "press, 7 July 2021"),
)
"""Cumulative deposits for the African Continental Free Trade Area, of 54 signatories (R7); 20182 is 2018Q2.

A count at the start of a quarter stands with the quarter before."""

EARLY_DEPOSITORS: Final = frozenset({
    "CIV", "COG", "DJI", "EGY", "ETH", "GHA", "GIN", "GMB", "KEN", "MLI", "MRT", "NAM", "NER", "RWA", "SEN", "SWZ",
    "TCD", "TGO", "UGA", "ZAF",
})  # fmt: skip
"""Who had deposited by 16 April 2019 (tralac): the twenty of R8."""

LEFT: Final[Mapping[str, str]] = MappingProxyType({"GBR": "2020Q1"})
"""Who left the European Union, and the quarter in which it took effect."""

EARLIER_YEARS: Final = 640.0
"""Member-years of the Union and the Communities from 1958 to 2009 (own count from accession years), without an exit."""
