"""What happened is told in one line: each kind of event has its words and its weight."""

from __future__ import annotations

from typing import Any, Final

from comity.runs.events import EVENTS

ROUTINE, NOTABLE, GREAT, HISTORIC = range(4)
"""Weights: what happens all the time; what a feed shows; what it shows large; what a run is remembered for."""

WORDS: Final[dict[str, tuple[int, str]]] = {
    "coup": (GREAT, "A coup brings down the government of {member}"),
    "election": (ROUTINE, "{member} votes"),
    "challenger_enters": (GREAT, "Challengers of integration enter the government of {member}"),
    "challenger_leaves": (GREAT, "Challengers of integration leave the government of {member}"),
    "accession": (HISTORIC, "{member} joins"),
    "tabled": (ROUTINE, "Text {measure} on {area} is tabled"),
    "adoption": (NOTABLE, "Text {measure} on {area} is adopted"),
    "rejection": (GREAT, "Text {measure} on {area} fails in the vote"),
    "ratification": (ROUTINE, "{member} ratifies text {measure} on {area}"),
    "entry_into_force": (NOTABLE, "Measure {measure} on {area} enters into force"),
    "abandoned": (GREAT, "Text {measure} on {area} is abandoned: too few ratified"),
    "opt_out": (NOTABLE, "{member} opts out of measure {measure} on {area}"),
    "deferral": (NOTABLE, "{member} defers a part of measure {measure} on {area}"),
    "ruling": (NOTABLE, "The court rules against {member} on measure {measure}, {area}"),
    "suspension": (HISTORIC, "{member} is suspended"),
    "readmission": (GREAT, "{member} is readmitted"),
    "waiver": (NOTABLE, "{member} is granted a waiver from measure {measure} on {area}"),
    "resumption": (ROUTINE, "The waiver of {member} from measure {measure} on {area} ends"),
    "lapse": (NOTABLE, "Measure {measure} on {area} lapses for {member}"),
    "settled": (ROUTINE, "Measure {measure} on {area} is settled law"),
    "expiry": (NOTABLE, "Measure {measure} on {area} expires"),
    "threat": (GREAT, "{member} threatens to leave"),
    "threat_with_demand": (GREAT, "{member} demands a reform, or it will leave"),
    "concession": (GREAT, "The demand of {member} is met"),
    "refusal": (GREAT, "The demand of {member} is turned down"),
    "threat_dropped": (NOTABLE, "{member} no longer threatens to leave"),
    "notice": (HISTORIC, "{member} gives notice to leave"),
    "notice_withdrawn": (HISTORIC, "{member} takes back its notice"),
    "exit": (HISTORIC, "{member} leaves"),
    "return": (HISTORIC, "{member} comes back"),
}  # fmt: skip
"""Weight and words of each kind; `{member}`, `{measure}` (its number) and `{area}` are filled in by who shows it."""


def kinds() -> list[dict[str, Any]]:
    """The kinds of events in the order of their numbers: name, weight and words."""
    return [{"event": name, "weight": WORDS[name][0], "text": WORDS[name][1]} for name in EVENTS]


SIGNED: Final = ("trust_over_national",)
"""Shares in the series that may be negative, being one share less another."""

LABELS: Final[dict[str, str]] = {
    "integration": "Integration",
    "integration_people": "Integration, weighted by people",
    "respect": "Respect",
    "resentment": "Resentment",
    "trust": "Trust in the organization",
    "trust_over_national": "Trust beyond that in the own government",
    "challenger_share": "Challengers' share of the vote",
    "challenger_step": "Step up of challengers",
    "legitimacy": "Legitimacy",
    "inequality_between": "Inequality between members",
    "inequality_within": "Inequality within members",
    "trust_gap": "Gap in trust, center and periphery",
    "diversity": "Diversity of law",
    "overdue_share": "Overdue obligations",
    "exits": "Exits in the quarter",
    "members": "Members",
    "effort": "Effort at enforcement",
    "scepticism": "Scepticism of members",
    "predictability": "Predictability",
    "equality": "Equality before enforcement",
    "waivers_in_use": "Waivers in use",
    "coverage": "Share of requests that is paid",
    "revenue": "Revenue",
    "spent": "Spending",
    "reserve": "Reserve",
    "requested": "Asked for by levers",
    "preference": "Governments' position on integration",
    "gain": "Net gain felt",
    "democracy": "Democracy",
    "capacity": "Administrative capacity",
    "outvoted": "Outvoted share of what binds",
    "overload": "Overload of administrations",
    "suspended": "Members suspended",
    "standing": "Standing",
    "regime": "Regime",
    "grievance": "Grievance",
    "implementation": "Implementation",
    "challenger": "Challengers' share of the vote",
    "crisis": "Crisis",
    "distance": "Distance to the median member",
    "identity": "Exclusive national attachment",
    "threat": "Threatens to leave",
    "arrears": "Unpaid dues",
    "funds": "Money received",
    "power": "Share of the region's income",
}
"""What columns are called above a chart; others by their own names."""


def label(name: str) -> str:
    """What a column is called above a chart."""
    return LABELS.get(name) or name.replace("_", " ").capitalize()
