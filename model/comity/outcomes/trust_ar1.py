"""Persistence of trust: how much of a year's trust is left in the next, growth held constant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import partial, within
from comity.parameter import Parameter
from comity.world import QUARTERS_PER_YEAR, Member


@dataclass(frozen=True, kw_only=True)
class TrustAr1(Outcome):
    """Net trust on net trust a year before and growth, with an effect for each state (T4).

    The estimator, window and number of states of its source: the twelve largest founding members (all, where there are
    fewer), surveys at years' ends with their sampling error, the first thirteen annual changes. Country effects over so
    few years pull it down by about .15, here as there. The panel that it keeps serves `trust_on_growth` and
    `trust_on_national` too. Trust and net trust (twice trust less a constant) give the same number.
    """

    unit: ClassVar[str] = "ratio"
    direction: ClassVar[str] = "higher is more persistent"
    window: ClassVar[str] = "the first thirteen annual changes, twelve largest founding members"
    columns: ClassVar[tuple[str, ...]] = (
        "panel_ends", "panel_bb", "panel_nb", "panel_bg", "panel_ng", "panel_gg", "panel_bd", "panel_nd",
        "panel_dd",
    )  # fmt: skip

    states: Annotated[float, Parameter("states", 1.0, 200.0, "states in the panel", source="T4")] = 12.0
    years: Annotated[float, Parameter("years", 2.0, 50.0, "annual changes in the panel", source="T4")] = 13.0

    reads = ("member.founding", "member.growth", "member.growth_year", "member.inside",
             "member.national_then", "member.panel", "member.panel_before",
             "member.panel_growth", "member.panel_national", "member.panel_now",
             "member.panel_years", "member.population", "member.trust_national",
             "member.trust_observed", "member.trust_then", "members.founding",
             "members.panel_before", "members.panel_growth", "members.panel_now",
             "members.panel_years", "members.population", "tally.panel_bb", "tally.panel_bd",
             "tally.panel_bg", "tally.panel_dd", "tally.panel_ends", "tally.panel_gg",
             "tally.panel_nb", "tally.panel_nd", "tally.panel_ng")  # fmt: skip
    writes = ("member.growth_year", "member.national_then", "member.panel", "member.panel_before",
              "member.panel_growth", "member.panel_national", "member.panel_now",
              "member.panel_years", "member.trust_then", "tally.panel_bb", "tally.panel_bd",
              "tally.panel_bg", "tally.panel_dd", "tally.panel_ends", "tally.panel_gg",
              "tally.panel_nb", "tally.panel_nd", "tally.panel_ng")  # fmt: skip

    @staticmethod
    def finish(members: Any, tally: Any) -> float:
        """The coefficient of trust a year before, beside growth."""
        nb, bb, ng, bg, gg = tally.panel_nb, tally.panel_bb, tally.panel_ng, tally.panel_bg, tally.panel_gg
        for i in range(members.shape[0]):
            n = members[i].panel_years
            nb -= within(members[i].panel_now, members[i].panel_before, n)
            bb -= within(members[i].panel_before, members[i].panel_before, n)
            ng -= within(members[i].panel_now, members[i].panel_growth, n)
            bg -= within(members[i].panel_before, members[i].panel_growth, n)
            gg -= within(members[i].panel_growth, members[i].panel_growth, n)
        return partial(nb, ng, bb, gg, bg)


def gather(member: Member) -> None:
    """Watch: the growth of the year's quarters."""
    member.growth_year += member.growth


def choose(member: Member, members: Any, tally: Any, trust_ar1: TrustAr1) -> None:
    """Review: at the end of the first year, who is among the largest founding members."""
    if tally.panel_ends > 0.0:
        return
    larger = 0.0
    for j in range(members.shape[0]):
        if members[j].founding != 0 and members[j].population > member.population:
            larger += 1.0
    member.panel = 1 if member.founding != 0 and larger < trust_ar1.states else 0


def enter(member: Member, tally: Any, trust_ar1: TrustAr1) -> None:
    """Review: a year of one state, once it has a year before."""
    now, growth = member.trust_observed, member.growth_year / QUARTERS_PER_YEAR
    before, national = member.trust_then, member.trust_national - member.national_then
    if member.panel != 0 and member.inside != 0 and 0.0 < tally.panel_ends <= trust_ar1.years:
        member.panel_years += 1.0
        member.panel_now += now
        member.panel_before += before
        member.panel_growth += growth
        member.panel_national += national
        tally.panel_bb += before * before
        tally.panel_nb += now * before
        tally.panel_bg += before * growth
        tally.panel_ng += now * growth
        tally.panel_gg += growth * growth
        tally.panel_bd += before * national
        tally.panel_nd += now * national
        tally.panel_dd += national * national
    member.trust_then = now
    member.national_then = member.trust_national
    member.growth_year = 0.0


def close(tally: Any) -> None:
    """Review: another year is over."""
    tally.panel_ends += 1.0
