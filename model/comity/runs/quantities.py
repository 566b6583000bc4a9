"""What a column or a term is called in a sentence, and how a change of it is told."""

from __future__ import annotations

from typing import Final

from comity import world

POINTS: Final = 100.0
FLAGS: Final = {
    "member.refused": ("its demand", "been turned down"),
    "member.federal": ("it", "been a federal state"),
    "member.challenger_rules": ("challengers", "been in government"),
}
QUANTITIES: Final = {
    "member.trust": "trust in the organization",
    "member.identity": "exclusive national attachment",
    "member.grievance": "grievance",
    "member.challenger": "the challengers' share of the vote",
    "member.carrier": "the organized pressure behind challengers",
    "member.preference": "the government's position on integration",
    "member.distance": "the distance to the median member",
    "member.capacity": "administrative capacity",
    "member.legislature": "parliament's hold on rulers",
    "member.judiciary": "the courts' hold on rulers",
    "member.gain_seen": "the net gain seen in membership",
    "member.dependence": "dependence on the others",
    "member.outvoted": "the share of obligations bound against its vote",
    "member.crisis": "the crisis",
    "member.safety": "the availability of a waiver",
    "member.compensation": "the compensation of losses",
    "member.referendum": "the imminence of a vote on membership",
    "member.close": "the closeness of the coming election",
    "member.power": "its share of the region's income",
    "member.outside_gain": "how it fares outside",
    "member.overload": "the overload of the administration",
    "post.misfit": "the misfit with its constitution",
    "post.gap": "the depth beyond its own practice",
    "post.sanction": "the pressure to comply",
    "stake.practice": "its own practice in the area",
    "stake.benefit": "the gain it can expect in the area",
    "stake.capacity": "the capacity built by assistance",
    "measure.depth": "the depth of the text",
    "measure.hardness": "the hardness of the text",
    "measure.specificity": "the precision of the text",
    "measure.escape": "the ease of a waiver in the text",
    "measure.opt_out": "the readiness to grant an opt-out",
    "measure.tranche": "the part of the text that may be deferred",
    "measure.court": "the reach of the court",
    "measure.opted_out": "the share of states that opted out",
    "org.predictability": "the organization's predictability",
    "org.effort": "the organization's effort at enforcement",
    "org.leavers_fared": "how leavers fare",
    "org.side_payments": "the side payments on offer",
}
"""Columns of the world, as `table.column`; others are called by their meaning."""

TERMS: Final = {
    "level": "all else at its usual level",
    "floor": "challengers at a fifth of the vote",
    "votes": "votes beyond a fifth",
    "challenger": "the challengers' strength",
    "opposition": "a government against integration",
    "distance": "distance to the median member",
    "outvoted": "being outvoted",
    "suspended": "being suspended",
    "coup": "a government that came by coup",
    "unprotected": "a crisis without help",
    "contagion": "how earlier leavers fare",
    "benefit": "the gain seen in membership",
    "dependence": "dependence on the others",
    "referendum": "a vote on membership",
    "refused": "a demand turned down",
    "gain": "gain less cost of adapting",
    "legislature": "parliament's hold on rulers",
    "capacity": "administrative capacity",
    "preference": "the government's position",
    "sovereignty": "the cost in sovereignty",
    "misfit": "misfit with the constitution",
    "precision": "hard and precise obligations",
    "peers": "peers that are party",
    "side_payment": "side payments",
    "election": "a close election ahead",
    "flexibility": "ways to bend in the text",
    "summit": "a summit",
    "reading": "a text that parliament has yet to read",
    "frailty": "slowness that nothing else explains",
    "hardness": "legal obligation",
    "sensitivity": "sovereignty at stake in the area",
    "gap": "depth beyond its own practice",
    "trust": "trust of the public",
    "federal": "being a federal state",
    "pressure": "pressure to comply",
    "rebuke": "rebukes by the court",
    "judiciary": "the courts' hold on rulers",
    "arbitrary": "an organization that is hard to predict",
    "money": "money that hangs on delivery",
    "chance": "the chance by itself",
}
"""Terms of decisions; others are called by their own names."""


def quantity(column: str) -> str:
    """What a column is called: `member.trust` is trust in the organization."""
    table, _, name = column.partition(".")
    means = world.columns(table)[name].means.partition(":")[0].partition(";")[0]
    return QUANTITIES.get(column) or (means if means.startswith("how ") else f"the {means}")


def term(name: str) -> str:
    """What a term of a decision is called."""
    return TERMS.get(name) or name.replace("_", " ")


def changed(column: str, before: float, after: float) -> str:
    """A change as a condition: "with trust in the organization 4 points higher"."""
    if column in FLAGS:
        who, what = FLAGS[column]
        return f"had {who} {'' if after > before else 'not '}{what}"
    table, _, name = column.partition(".")
    by, unit = abs(after - before), world.columns(table)[name].unit
    way = "higher" if after > before else "lower"
    if unit == "share":
        points = by * POINTS
        return f"with {quantity(column)} {points:.3g} point{'s' * (f'{points:.3g}' != '1')} {way}"
    return f"with {quantity(column)} {by:.3g} {way}"
