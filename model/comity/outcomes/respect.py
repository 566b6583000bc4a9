"""Respect: how little of what was asked went beyond what publics and governments wanted, and how little was forced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from comity.arithmetic import clip, exp, log, ratio
from comity.mechanism import Outcome
from comity.parameter import Parameter, Uniform
from comity.world import Area, Clock, Ideal, Member, Stake


@dataclass(frozen=True, kw_only=True)
class Respect(Outcome):
    """Product of (1 - component) to the power r over six components; acts and results, never lever settings.

    What was wanted is frozen at its path in the no-lever twin, so that persuasion cannot buy respect.

    Formula   mechanisms.md, section 2
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more respectful"
    window: ClassVar[str] = "mean over the run and the founding members"

    over_asked: Annotated[float, Parameter("exponent", 0.0, 3.0, "asked beyond what was wanted",
        prior=Uniform(0.5, 1.5), source="mechanisms.md, section 2")] = 1.0  # fmt: skip
    not_had: Annotated[float, Parameter("exponent", 0.0, 3.0, "wanted and not had",
        prior=Uniform(0.25, 0.75), source="mechanisms.md, section 2")] = 0.5  # fmt: skip
    misfit: Annotated[float, Parameter("exponent", 0.0, 3.0, "misfit of what binds",
        prior=Uniform(0.25, 0.75), source="mechanisms.md, section 2")] = 0.5  # fmt: skip
    outvoted: Annotated[float, Parameter("exponent", 0.0, 3.0, "bound against own vote",
        prior=Uniform(0.25, 0.75), source="mechanisms.md, section 2")] = 0.5  # fmt: skip
    overload: Annotated[float, Parameter("exponent", 0.0, 3.0, "capacity overdrawn",
        prior=Uniform(0.25, 0.75), source="mechanisms.md, section 2")] = 0.5  # fmt: skip
    coercion: Annotated[float, Parameter("exponent", 0.0, 3.0, "acts of coercion",
        prior=Uniform(0.25, 0.75), source="mechanisms.md, section 2")] = 0.5  # fmt: skip
    usual_coercion: Annotated[float, Parameter("acts", 0.01, 100.0,
        "c0: acts over four years that make coercion 1 - 1/e")] = 1.0  # fmt: skip

    columns: ClassVar[tuple[str, ...]] = ("respect_now", "respect_total", "respect_quarters")
    reads = ("area.benefit", "area.sensitivity", "area.weight", "clock.twin", "ideal.government",
             "ideal.public", "member.bound", "member.coercion", "member.founding", "member.identity",
             "member.misfit", "member.not_had", "member.outvoted", "member.over_asked",
             "member.overload", "member.preference", "member.respect", "member.respect_sum",
             "member.trust", "stake.asked", "stake.bound", "stake.implemented", "stake.live_bound",
             "stake.live_misfit", "stake.settled_misfit", "tally.founders", "tally.respect_now",
             "tally.respect_quarters", "tally.respect_total")  # fmt: skip
    writes = ("ideal.government", "ideal.public", "member.bound", "member.misfit", "member.not_had",
              "member.over_asked", "member.respect", "member.respect_sum", "tally.respect_now",
              "tally.respect_quarters", "tally.respect_total")  # fmt: skip

    @staticmethod
    def finish(tally: Any) -> float:
        """The mean over the run."""
        return ratio(tally.respect_total, tally.respect_quarters)


def wish(ideal: Ideal, member: Member, area: Area, clock: Clock) -> None:
    """Watch: in the no-lever twin, what government and public want is written down."""
    if clock.twin != 0:
        lean = 0.5 * (area.benefit - area.sensitivity)
        ideal.government = clip(0.5 * (1.0 + member.preference) + lean, 0.0, 1.0)
        ideal.public = clip(0.5 + 0.5 * (member.trust - member.identity) + lean, 0.0, 1.0)


def forget(member: Member) -> None:
    """Watch: compared anew each quarter."""
    member.over_asked = 0.0
    member.not_had = 0.0
    member.misfit = 0.0
    member.bound = 0.0


def compare(ideal: Ideal, member: Member, stake: Stake, area: Area) -> None:
    """Watch: what is asked and had, against what was wanted, area by area."""
    asked = max(stake.asked - ideal.government, 0.0) + max(stake.asked - ideal.public, 0.0)
    short = max(ideal.government - stake.implemented, 0.0) + max(ideal.public - stake.implemented, 0.0)
    member.over_asked = min(member.over_asked + area.weight * 0.5 * asked, 1.0)
    member.not_had = min(member.not_had + area.weight * 0.5 * short, 1.0)
    member.misfit += stake.settled_misfit + stake.live_misfit
    member.bound += stake.bound + stake.live_bound


def power(base: float, exponent: float) -> float:
    """`base` from 0 to 1 to a power: by our own logarithm, the same bits everywhere."""
    return exp(exponent * log(base)) if base > 0.0 else (1.0 if exponent == 0.0 else 0.0)


def judge(member: Member, tally: Any, respect: Respect) -> None:
    """Watch: six ways not to be respected, none of which makes another good."""
    member.misfit = min(ratio(member.misfit, member.bound), 1.0)
    member.respect = (
        power(1.0 - member.over_asked, respect.over_asked)
        * power(1.0 - member.not_had, respect.not_had)
        * power(1.0 - member.misfit, respect.misfit)
        * power(1.0 - member.outvoted, respect.outvoted)
        * power(1.0 - member.overload, respect.overload)
        * exp(-respect.coercion * ratio(member.coercion, respect.usual_coercion))
    )
    if member.founding != 0:
        member.respect_sum += member.respect
        tally.respect_now += ratio(member.respect, tally.founders)


def begin(tally: Any) -> None:
    """Watch: taken anew each quarter."""
    tally.respect_now = 0.0


def keep(tally: Any) -> None:
    """Watch: every quarter counts."""
    tally.respect_total += tally.respect_now
    tally.respect_quarters += 1.0
