"""Every sign that the model is held to, in words: written into a rule, come out of several, contested, or not had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

CODED: Final = "coded"
"""Written into a rule: finding it checks the code, not the world."""
EMERGENT: Final = "emergent"
"""Comes out of several rules together: finding it counts as validation."""
CONTESTED: Final = "contested"
"""Evidence is null or mixed: a coefficient is drawn around zero, so that nine runs in ten must hold zero."""
NOT_HAD: Final = "not had"
"""The model cannot show it; the reason says why. No test forces it."""
LABELS: Final = (CODED, EMERGENT, CONTESTED, NOT_HAD)


@dataclass(frozen=True, slots=True)
class Sign:
    """One expected effect. `fact` is the id of a stylized fact, or empty where it is a lever's own price or benefit.

    `reason` says why a sign is not had, or what an emergent one comes from.
    """

    label: str
    fact: str
    claim: str
    reason: str = ""


SIGNS: Final[Mapping[str, Sign]] = MappingProxyType({
    # compliance
    "power_capacity": Sign(EMERGENT, "C7", "More is overdue with the powerful, less with the capable.",
        "power shields by a rule; how much each state has overdue in twenty years follows from all of them"),
    "forbearance": Sign(CODED, "C8", "Without forbearance enforcement no longer falls as scepticism rises."),
    "federal": Sign(CODED, "C10", "Federal states implement more slowly."),
    "misfit": Sign(CODED, "C10", "A model law that may be adapted fits constitutions better and is respected more."),
    "distrust": Sign(CODED, "C11", "Where publics trust less, transposition is slower."),
    "together": Sign(CODED, "C12", "Enforcement and assistance do more together than the better of the two alone."),
    "growth": Sign(CONTESTED, "C13", "What integration adds to income and to trust may be nothing."),
    "issue_areas": Sign(NOT_HAD, "C13", "Treaties do more in trade and finance than in social matters and rights.",
        "the model says how far law of each area is carried out, not whether the area reaches its purpose"),
    "unwilling": Sign(CODED, "C14", "Help for the unwilling is mostly lost, and more of it is done on paper only."),
    "precise": Sign(CODED, "C15", "Specific hard obligations are ratified less."),
    "self_report": Sign(CODED, "R3", "Self-reports run ahead of what is done, and audit brings them back."),
    "late_money": Sign(EMERGENT, "R14", "Money tied to milestones is paid late, and latest to weak administrations.",
        "from the time that implementing takes and from capacity; no rule knows the share paid at half-time"),
    # design
    "deep_flexible": Sign(EMERGENT, "F5", "Under consensus, what is agreed is deeper where obligations are flexible.",
        "more is joined and carried out, practice rises, and with it what the least willing state can bear"),
    "chosen_together": Sign(NOT_HAD, "F5", "States that choose depth also choose flexibility.",
        "levers write designs and states vote on them; nobody in the model chooses both for one text"),
    "deep_flexible_democracies": Sign(NOT_HAD, "F5", "The link of depth and flexibility is weaker among democracies.",
        "members made democratic or autocratic, the link is as strong: no rule lets regimes differ in their wants"),
    "escape": Sign(CODED, "F6", "Escape clauses raise adoption where all must agree."),
    "opt_out_refused": Sign(CODED, "F7", "Opt-outs refused cost trust."),
    "opt_out_granted": Sign(CODED, "F7", "Opt-outs granted win trust."),
    # exit
    "outvoted": Sign(CODED, "W8", "What is imposed on the outvoted raises the threat to leave."),
    "pooling": Sign(EMERGENT, "W8", "Deciding by majority raises the threat to leave.",
        "the outvoted term is coded; how often a majority outvotes, and whom, is not"),
    "majority_threats": Sign(EMERGENT, "W8", "In a union of unequals a lower bar deepens law and raises threats.",
        "the outvoted term is coded; depth, votes and threats follow from what members want"),
    "majority_compliance": Sign(EMERGENT, "W8", "Law passed by a lower bar is kept less and respected less.",
        "texts run beyond practice; nothing in the rule of implementation knows how a text was passed"),
    "delegation": Sign(EMERGENT, "W8", "Where law is hard, delegation lowers threats to leave, its price included.",
        "equal enforcement makes predictable, which is coded; what publics resent and what it costs work against it"),
    "delegation_soft": Sign(EMERGENT, "W8", "Where law is soft, delegation raises threats to leave instead.",
        "soft law comes to be treated as hard, and that is what leaves the organization less predictable"),
    "promise_broken": Sign(CODED, "W4", "Failed protection raises the threat to leave."),
    "promise_kept": Sign(EMERGENT, "W4", "Promised protection holds states where it is kept, not where means are nil.",
        "means, crises and tolerance of distance decide it together"),
    "bad_example": Sign(CODED, "P7", "Leavers that fare well tempt the others."),
    "trial_failed": Sign(CODED, "P7", "A trial that fails deters."),
    "trial_succeeded": Sign(CODED, "P7", "A trial that succeeds encourages."),
    "suspensions": Sign(CODED, "S2", "A rights lever suspends rarely: .03 to .15 for a year of violation."),
    "court_first": Sign(CODED, "pattern 5", "States leave a court sooner than the organization."),
    # politics
    "elections": Sign(CODED, "P5", "Where it is always before an election, ratification takes longer."),
    "talks": Sign(CODED, "P5", "Talks before consent leave fewer texts that fail at the vote or at home."),
    "calendar": Sign(CODED, "P6", "A calendar keeps votes clear of elections."),
    "safeguards": Sign(CODED, "P8", "Safeguards weaken the way from shock to challenger, but do not close it."),
    "safeguards_gap": Sign(CODED, "P8", "Safeguards narrow the gap of trust between core and periphery."),
    "periphery": Sign(EMERGENT, "P8", "A deeper union leaves its periphery further behind.",
        "gain and loss follow from depth, area and conflict of interest"),
    "backlash_stays": Sign(EMERGENT, "P1", "Ten years after a crisis challengers keep over half of what it gave them.",
        "a ratchet is coded; the share kept comes from elections, fading grievance and later shocks"),
    "arrears": Sign(CODED, "pattern 6", "Arrears rise in recession."),
    # trust and attachment
    "transparency": Sign(CONTESTED, "T8", "Transparency may raise or lower trust."),
    "assembly": Sign(CODED, "T9", "An assembly soothes the outvoted, and a full one arouses the attached."),
    "forum": Sign(CONTESTED, "T10", "A forum may raise or lower trust."),
    "forum_for_show": Sign(CODED, "T10", "A forum of which nothing is used leaves trust where it was (within .005)."),
    "exchange": Sign(CONTESTED, "T11", "Exchange may raise or lower exclusive attachment, and so challengers."),
    # levers: what they are for and what they cost
    "packages": Sign(EMERGENT, "", "The rigid union is deeper and less respectful, the respectful one the reverse.",
        "no rule knows a package; respect is of acts and results"),
    "campaign": Sign(CODED, "", "Campaigns of disinformation turn shocks into resentment where they are believed."),
    "no_campaign": Sign(CODED, "", "Without a campaign it makes no difference what publics would believe."),
    "joint_review": Sign(CODED, "", "What is reviewed together is resented less and credited less."),
    "ombudsman": Sign(EMERGENT, "", "An ombudsman with means calms; one without makes it worse.",
        "the queue grows where budget and secretariat are small"),
    "exchange_backlash": Sign(CODED, "", "In migration crises exchange is held against the union."),
    "media": Sign(CODED, "", "Media cooperation helps against a campaign; where few trust, too much is propaganda."),
    "talks_cost": Sign(EMERGENT, "", "Talks cost integration where nobody has to be won over.",
        "where a majority decides and adoption binds they only delay"),
    "versions": Sign(EMERGENT, "", "Versions of a model law that differ cost integration where law is deep.",
        "the network part of integration shrinks"),
    "false_alarms": Sign(EMERGENT, "", "Assessments that err cost integration where the secretariat is weak.",
        "what is stopped by mistake is law that is not made"),
    "recognition_fits": Sign(CODED, "", "Recognition in place of one law spares respect."),
    "recognition_distrust": Sign(CODED, "", "Recognition costs integration where partners are weak."),
    "milestones": Sign(CODED, "", "Money paid on delivery raises delivery where there is money."),
    "milestones_respect": Sign(EMERGENT, "", "Money paid on delivery costs respect.",
        "money withheld and proving what is done weigh more than work done sooner"),
    "milestones_cycles": Sign(CODED, "", "A guaranteed envelope makes the threat to keep milestone money empty."),
    "cycles": Sign(CODED, "", "Regular cycles bring dues in time."),
    "private_money": Sign(CODED, "", "Private money makes members more unequal within where they are badly governed."),
    "private_money_parts": Sign(EMERGENT, "", "Private money parts the well governed from the others.",
        "it goes where governance is good already"),
    "data_breach": Sign(EMERGENT, "", "Full exchange of data costs trust where few can guard them.",
        "what breaches cost outweighs what daily handling wins"),
    "ownership": Sign(CODED, "", "Members that pay for themselves trust more and pay in time."),
    "rivalry": Sign(CODED, "", "Threat between neighbors costs trust."),
    "settlement": Sign(CODED, "", "Quiet settlement clears what is overdue where members dare to ask, and only there."),
    "settlement_price": Sign(EMERGENT, "", "Quiet settlement costs trust where the strong are pressed less.",
        "trust follows how equal enforcement is seen to be"),
    "rights_trust": Sign(CODED, "", "Rights safeguards win trust among democracies."),
    "rights_deter": Sign(CODED, "", "Rights safeguards deter signatures and raise threats among autocracies."),
    "higher_bar": Sign(EMERGENT, "", "A bar above a qualified majority trades integration for respect.",
        "near consensus less is asked"),
    "delegation_trust": Sign(CODED, "", "Delegation costs trust where attachment is exclusive."),
    "convener": Sign(CODED, "", "A convener is trusted, and what it finds waits; an enforcer the reverse."),
    "pace": Sign(EMERGENT, "", "More pace carries a union further until it no longer does; respect falls throughout.",
        "by overload and by depth beyond practice"),
})  # fmt: skip
"""All signs by key; `tests/mechanisms` holds exactly one test of each that is had, under the same key."""
