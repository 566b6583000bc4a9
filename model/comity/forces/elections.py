"""Elections turn trust and grievance into governments; a challenger, once organized, does not go away."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Any, Final

from comity.arithmetic import clip, logistic, ratio
from comity.chance import normal, purpose, uniform
from comity.mechanism import Force
from comity.parameter import Choice, Normal, Parameter, Uniform
from comity.world import CLOSED_AUTOCRACY, ELECTORAL_DEMOCRACY, Clock, Member

SWING: Final = purpose("elections.swing")
GOVERN: Final = purpose("elections.govern")
TURN: Final = purpose("elections.turn")
SNAP: Final = purpose("elections.snap")
MIXED: Final = 0
LOSS: Final = 1
STATUS: Final = 2
DISINFORMATION: Final = 3


@dataclass(frozen=True, kw_only=True)
class Elections(Force):
    """The pressure behind challengers finds a carrier (a ratchet with a dead zone), and elections count it.

    In closed autocracies the contest is among the elite and swings less; whoever wins, the government's position moves.

    `backlash` says whence the pressure comes. Mixed, distrust, grievance and identity add up. As loss, grievance counts
    for more and identity for little. As status, grievance hurts by how exclusive the attachment to the nation is, and
    identity counts for more. As disinformation, distrust counts for more, grievance for little, and being misled pulls.

    Names     cleavage formation, challenger parties, electoral accountability; backlash by loss (Rodrik 2018, Walter
              2021a), by status (Gidron and Hall 2017, Norris and Inglehart 2019), by disinformation
    Evidence  P1, P2, P3, P4; mechanisms.md, decision (c) and section 4
    """

    trust_pull: Annotated[float, Parameter("logit for each unit of trust lost", 0.0, 20.0, "trust behind challengers",
        prior=Normal(3.11, 0.707), source="fitted to P1, P2: calibration/fitted.json")] = 3.11  # fmt: skip
    grievance_pull: Annotated[float, Parameter("logit for each unit of grievance", 0.0, 20.0,
        "grievance behind challengers",
        prior=Normal(4.11, 0.88), source="fitted to P1, P2: calibration/fitted.json")] = 4.11  # fmt: skip
    identity_pull: Annotated[float, Parameter("logit for each unit of identity", 0.0, 20.0,
        "identity behind challengers",
        prior=Normal(2.0, 0.7))] = 2.0  # fmt: skip
    dead_zone: Annotated[float, Parameter("logit", 0.0, 2.0, "pressure that finds no carrier",
        source="mechanisms.md, section 4")] = 0.25  # fmt: skip
    organizing: Annotated[float, Parameter("a quarter", 0.0, 1.0, "speed at which pressure organizes",
        prior=Uniform(0.08, 0.18), source="mechanisms.md, section 4: one eighth")] = 0.125  # fmt: skip
    fading: Annotated[float, Parameter("share of that speed", 0.0, 1.0,
        "speed at which a carrier fades, against rising",
        prior=Uniform(0.02, 0.2), source="mechanisms.md, section 4: a tenth")] = 0.1  # fmt: skip
    carried: Annotated[float, Parameter("share", 0.0, 1.0,
        "weight of the carrier in the vote, against present pressure",
        source="mechanisms.md, section 4")] = 0.7  # fmt: skip
    swing: Annotated[float, Parameter("logit", 0.0, 2.0, "swing of one election (t with three degrees of freedom)",
        prior=Normal(0.27, 0.0508), source="fitted to P2: calibration/fitted.json")] = 0.27  # fmt: skip
    elite_swing: Annotated[float, Parameter("share of the swing", 0.0, 1.0, "swing of a contest among the elite")] = 0.4
    govern_floor: Annotated[float, Parameter("logit", -10.0, 0.0, "challenger in government at a fifth of the vote",
        source="mechanisms.md, decision (c)")] = -4.0  # fmt: skip
    govern_slope: Annotated[float, Parameter("logit for each unit of vote share", 0.0, 20.0, "votes into office",
        source="mechanisms.md, decision (c)")] = 8.0  # fmt: skip
    govern_at: Annotated[float, Parameter("vote share", 0.0, 1.0, "share at which that floor is measured")] = 0.2
    turn: Annotated[float, Parameter("index", 0.0, 1.0, "spread of a new government's position",
        source="mechanisms.md, decision (c)")] = 0.15  # fmt: skip
    challenger_turn: Annotated[float, Parameter("index", 0.0, 1.0, "preference lost when a challenger governs",
        prior=Uniform(0.3, 0.7), source="mechanisms.md, decision (c)")] = 0.5  # fmt: skip
    home_pull: Annotated[float, Parameter("share", 0.0, 1.0,
        "how far a new government returns to the state's usual position",
        prior=Uniform(0.3, 0.8), source="B3: ideal points persist by .70")] = 0.5  # fmt: skip
    snap: Annotated[float, Parameter("a quarter", 0.0, 0.2, "chance of an early election in a democracy",
        source="P3: a quarter of terms end before 3.5 years")] = 0.02  # fmt: skip
    window: Annotated[float, Parameter("quarters", 0.0, 8.0, "length of a campaign", source="P5")] = 2.0
    stressed: Annotated[float, Parameter("ratio", 1.0, 5.0, "weight of what a rival account stresses")] = 1.5
    slighted: Annotated[float, Parameter("ratio", 0.0, 1.0, "weight of what a rival account makes little of")] = 0.5
    misled_pull: Annotated[float, Parameter("logit", 0.0, 10.0,
        "a wholly misled public behind challengers, where that account holds")] = 2.0  # fmt: skip
    backlash: Annotated[int, Choice(("mixed", "loss", "status", "disinformation"), "what drives challengers",
        source="Rodrik 2018, Walter 2021a; Gidron and Hall 2017, Norris and Inglehart 2019")] = MIXED  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "member.carrier", "member.challenger",
             "member.challenger_rules", "member.coup_government", "member.driver", "member.driver_home",
             "member.grievance", "member.grievance_home", "member.id", "member.identity",
             "member.identity_home", "member.misled", "member.preference", "member.preference_home",
             "member.regime", "member.salience", "member.term", "member.term_clock", "member.trust",
             "member.trust_home")  # fmt: skip
    writes = ("member.campaign", "member.carrier", "member.challenger", "member.challenger_rules",
              "member.close", "member.driver", "member.preference", "member.term_clock", "member.voted")  # fmt: skip
    terms = ("floor", "votes")


def organize(member: Member, elections: Elections) -> None:
    """Home: pressure finds a carrier quickly and loses it slowly."""
    distrust, grievance, identity, misled = 1.0, 1.0, 1.0, 0.0
    if elections.backlash == LOSS:
        grievance, identity = elections.stressed, elections.slighted
    elif elections.backlash == STATUS:
        grievance, identity = 2.0 * member.identity, elections.stressed
    elif elections.backlash == DISINFORMATION:
        distrust, grievance = elections.stressed, elections.slighted
        misled = elections.misled_pull * member.misled
    member.driver = (
        member.driver_home
        + distrust * elections.trust_pull * (member.trust_home - member.trust)
        + grievance * elections.grievance_pull * (member.grievance - member.grievance_home)
        + identity * elections.identity_pull * (member.identity - member.identity_home)
        + misled
        + member.salience
    )
    beyond = member.driver - member.carrier
    if beyond > elections.dead_zone:
        member.carrier += elections.organizing * (beyond - elections.dead_zone)
    elif beyond < -elections.dead_zone:
        member.carrier += elections.organizing * elections.fading * (beyond + elections.dead_zone)


def tick(member: Member, clock: Clock, elections: Elections) -> None:
    """Home: the term runs down; an early election may be called; near the end there is a campaign."""
    member.voted = 0
    if member.coup_government > 0.0:
        member.campaign = 0
        member.close = 0.0
        return
    member.term_clock = max(member.term_clock - 1.0, 0.0)
    if member.regime >= ELECTORAL_DEMOCRACY and uniform(clock, member.id, SNAP, 0) < elections.snap:
        member.term_clock = 0.0
    if member.term_clock <= 0.0:
        member.voted = 1
        member.term_clock = member.term
    near = member.term_clock <= elections.window and member.regime != CLOSED_AUTOCRACY
    member.campaign = 1 if near else 0
    member.close = min(2.0 * member.challenger, 1.0) if near else 0.0


def vote(member: Member, clock: Clock, elections: Elections) -> None:
    """Home: the vote, or the elite's contest, counts what has built up."""
    z = normal(clock, member.id, SWING, 0)
    squares = 0.0
    for k in range(1, 4):
        n = normal(clock, member.id, SWING, k)
        squares += n * n
    heavy = z * ratio(math.sqrt(3.0), math.sqrt(squares))
    swing = elections.swing * clip(heavy, -6.0, 6.0)
    if member.regime < ELECTORAL_DEMOCRACY:
        swing *= elections.elite_swing
    member.challenger = logistic(elections.carried * member.carrier + (1.0 - elections.carried) * member.driver + swing)


def govern(member: Member, clock: Clock, elections: Elections, why: Any) -> None:
    """Home: a challenger may enter government; a new government takes a position of its own."""
    why.floor = elections.govern_floor
    why.votes = elections.govern_slope * (member.challenger - elections.govern_at)
    why.logit = why.floor + why.votes
    why.draw = uniform(clock, member.id, GOVERN, 0)
    member.challenger_rules = 1 if why.draw < logistic(why.logit) else 0
    home = member.preference + elections.home_pull * (member.preference_home - member.preference)
    turned = elections.challenger_turn * member.challenger_rules
    member.preference = clip(home + elections.turn * normal(clock, member.id, TURN, 0) - turned, -1.0, 1.0)
