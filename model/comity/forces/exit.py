"""From threat to notice to exit; how the leaver fares then deters the others or tempts them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from comity.arithmetic import clip, logistic, ratio
from comity.chance import normal, purpose, uniform
from comity.mechanism import Force
from comity.parameter import Normal, Parameter, Uniform
from comity.world import (
    FULL,
    IN_NOTICE,
    LAPSED,
    NOT_PARTY,
    QUARTERS_PER_YEAR,
    RETURNED,
    WITHDRAWN,
    Clock,
    Member,
    Organization,
    Post,
    Stake,
)

NOTIFY: Final = purpose("exit.notify")
RELENT: Final = purpose("exit.relent")
FARE: Final = purpose("exit.fare")
RETURN: Final = purpose("exit.return")


@dataclass(frozen=True, kw_only=True)
class Exit(Force):
    """Notice is given under a threat, runs its time and ends in exit; a leaver may come back.

    Names     withdrawal (von Borzyskowski and Vabulas 2019), exit contagion (Walter 2021b)
    Evidence  W1, W2, W3, W5, W7, P7; mechanisms.md, decision (d)
    """

    level: Annotated[float, Parameter("log-odds a quarter", -10.0, 0.0, "notice under a threat, all terms zero",
        source="mechanisms.md, decision (d)")] = -3.48  # fmt: skip
    refused: Annotated[float, Parameter("log-odds", -2.0, 5.0, "a demand was refused",
        prior=Normal(1.2, 0.4), source="W6; mechanisms.md, decision (d)")] = 1.2  # fmt: skip
    benefit: Annotated[float, Parameter("log-odds", -10.0, 0.0, "net benefit beyond the usual",
        prior=Normal(-2.0, 0.5))] = -2.0  # fmt: skip
    usual_benefit: Annotated[float, Parameter("index", -1.0, 2.0, "net benefit at which that term is zero")] = 0.1
    contagion: Annotated[float, Parameter("log-odds", -5.0, 5.0, "leavers that fare well, or badly",
        prior=Normal(0.7, 0.3), source="P7")] = 0.7  # fmt: skip
    referendum: Annotated[float, Parameter("log-odds", 0.0, 12.0, "a vote on membership is under way",
        prior=Normal(3.0, 0.8))] = 3.0  # fmt: skip
    relenting: Annotated[float, Parameter("a quarter", 0.0, 1.0, "threat dropped for other reasons",
        source="mechanisms.md, decision (d)")] = 0.09  # fmt: skip
    friendly: Annotated[float, Parameter("index", -1.0, 1.0,
        "preference of a new government that ends a threat")] = 0.15  # fmt: skip
    window: Annotated[float, Parameter("index", 0.0, 2.0, "how a leaver would fare with no dependence",
        prior=Uniform(0.0, 0.3))] = 0.15  # fmt: skip
    cost: Annotated[float, Parameter("index", 0.0, 5.0, "how much worse for each unit of dependence",
        prior=Uniform(0.5, 2.0))] = 1.2  # fmt: skip
    luck: Annotated[float, Parameter("index", 0.0, 1.0, "spread of how leavers fare")] = 0.06
    learning: Annotated[float, Parameter("a quarter", 0.0, 1.0, "speed at which a leaver's fortune shows")] = 0.15
    coming_back: Annotated[float, Parameter("a year", 0.0, 1.0, "return of a leaver that is willing again",
        source="mechanisms.md, pattern 10; Morocco, Gambia (memory)")] = 0.05  # fmt: skip
    away: Annotated[float, Parameter("quarters", 0.0, 100.0, "time outside before a return is possible")] = 12.0

    reads = ("clock.key0", "clock.key1", "clock.quarter", "member.dependence", "member.gain_seen",
             "member.id", "member.inside", "member.left", "member.notice_clock", "member.outside_gain",
             "member.preference", "member.referendum", "member.refused", "member.since",
             "member.standing", "member.threat", "member.voted", "org.leavers", "org.leavers_fared",
             "org.notice", "post.rung")  # fmt: skip
    writes = ("member.arrears", "member.demand", "member.inside", "member.joined", "member.left",
              "member.notice_clock", "member.outside_gain", "member.refused", "member.since",
              "member.standing", "member.threat", "org.leavers_fared", "post.form", "post.implemented",
              "post.overdue", "post.reported", "post.rung", "post.scope", "stake.bound",
              "stake.implemented", "stake.live", "stake.live_bound", "stake.settled",
              "stake.settled_loose", "stake.settled_misfit", "stake.settled_outvoted")  # fmt: skip
    terms = ("level", "refused", "benefit", "contagion", "referendum")


def notify(member: Member, org: Organization, clock: Clock, exit: Exit, why: Any) -> None:
    """Exit: under a threat, notice is given or the threat is dropped."""
    if member.threat == 0 or member.standing == IN_NOTICE or member.inside == 0:
        return
    why.level = exit.level
    why.refused = exit.refused * member.refused
    why.benefit = exit.benefit * (member.gain_seen - exit.usual_benefit)
    why.contagion = exit.contagion * org.leavers_fared
    why.referendum = exit.referendum * member.referendum
    why.logit = why.level + why.refused + why.benefit + why.contagion + why.referendum
    why.draw = uniform(clock, member.id, NOTIFY, 0)
    friendly = member.voted != 0 and member.preference > exit.friendly
    if why.draw < logistic(why.logit):
        member.standing = IN_NOTICE
        member.since = 0.0
        member.notice_clock = org.notice
    elif friendly or uniform(clock, member.id, RELENT, 0) < exit.relenting:
        member.threat = 0
        member.demand = 0
        member.refused = 0


def leave(member: Member, exit: Exit) -> None:
    """Exit: notice runs out, and the state is outside; a new, friendly government takes the notice back."""
    member.left = 0
    if member.standing != IN_NOTICE:
        return
    member.notice_clock = max(member.notice_clock - 1.0, 0.0)
    if member.voted != 0 and member.preference > exit.friendly:
        member.standing = RETURNED
        member.since = 0.0
        member.threat = 0
    elif member.notice_clock <= 0.0:
        member.standing = WITHDRAWN
        member.since = 0.0
        member.inside = 0
        member.threat = 0
        member.left = 1
        member.demand = 0
        member.refused = 0
        member.arrears = 0.0
        member.outside_gain = 0.0


def drop_law(post: Post, member: Member) -> None:
    """Exit: what bound the leaver lapses."""
    if member.left != 0:
        post.rung = LAPSED if post.rung != NOT_PARTY else NOT_PARTY
        post.form = FULL
        post.scope = 0.0
        post.implemented = 0.0
        post.reported = 0.0
        post.overdue = 0


def drop_acquis(stake: Stake, member: Member) -> None:
    """Exit: the acquis no longer applies, and what is outside is not counted as integration."""
    if member.left != 0:
        stake.settled = 0.0
        stake.bound = 0.0
        stake.settled_misfit = 0.0
        stake.settled_outvoted = 0.0
        stake.settled_loose = 0.0
        stake.live = 0.0
        stake.live_bound = 0.0
        stake.implemented = 0.0


def forget_fortunes(org: Organization) -> None:
    """Exit: fortunes of leavers are looked at anew."""
    org.leavers_fared = 0.0


def fare(member: Member, org: Organization, clock: Clock, exit: Exit) -> None:
    """Exit: a leaver does well or badly by what it depended on, and by luck; those inside watch."""
    if member.standing != WITHDRAWN:
        return
    expected = exit.window - exit.cost * member.dependence
    fresh = exit.luck * normal(clock, member.id, FARE, 0)
    moved = exit.learning * (expected - member.outside_gain) + fresh
    member.outside_gain = clip(member.outside_gain + moved, -1.0, 1.0)
    org.leavers_fared = clip(org.leavers_fared + ratio(member.outside_gain, max(float(org.leavers), 1.0)), -1.0, 1.0)


def come_back(member: Member, clock: Clock, exit: Exit) -> None:
    """Exit: a leaver that fared badly and is willing again may return."""
    if member.standing != WITHDRAWN or member.since < exit.away:
        return
    willing = member.preference > exit.friendly and member.outside_gain < 0.0
    if willing and uniform(clock, member.id, RETURN, 0) * QUARTERS_PER_YEAR < exit.coming_back:
        member.standing = RETURNED
        member.since = 0.0
        member.joined = 1
