"""A measure on the table, and the place of each state on it."""

from __future__ import annotations

from typing import Annotated

from comity.world.column import INF, Column, count, flag, index, quarters, share, stock


class Measure:
    """A measure on the table; its design is frozen on the day it is tabled. One row a slot."""

    stage: Annotated[int, Column("stage", 0, 3, "empty, draft, open to ratification, in force")]
    serial: Annotated[int, count("number of the measure in the address of a draw")]
    area: Annotated[int, Column("row", 0, 63, "row of its policy area")]
    age: Annotated[int, quarters("quarters since tabled")]
    delay: Annotated[float, quarters("quarters to the vote")]
    depth: Annotated[float, share("depth of the obligation")]
    hardness: Annotated[float, share("soft to hard law")]
    specificity: Annotated[float, share("specificity of the obligation")]
    due: Annotated[float, quarters("time to implement, from entry into force")]
    since_force: Annotated[float, quarters("quarters since entry into force")]
    since_open: Annotated[float, quarters("quarters since it passed the organ")]
    half_at: Annotated[float, quarters("quarters from passing until half were party; 0 while they are not")]
    sunset: Annotated[float, quarters("term after which it ends unless renewed; 0 for none")]
    renewals: Annotated[int, count("times it was renewed")]
    escape: Annotated[float, share("escape clause: ease of a waiver; 0 for none")]
    mode: Annotated[int, Column("mode", 0, 2, "harmonizes, recognizes, or asks for equivalence")]
    voices: Annotated[float, stock("weights in drafting, added up over the states inside")]
    halted: Annotated[float, quarters("quarters left of a halt that communities have won")]
    loose: Annotated[float, share("network gain lost, as versions differ or partners' rules are doubted")]
    light: Annotated[float, share("work of implementing that a better design spares")]
    dialogue: Annotated[float, share("how far states say before they sign what could stop them at home")]
    doubt: Annotated[float, share("part of the states inside that would not carry it home, as they say")]
    refusals: Annotated[float, count("votes against it in the organ that are to be expected, as they say")]
    promise: Annotated[float, index("mean net benefit of the states inside, as it can be known beforehand", -4.0, 4.0)]
    ambiguity: Annotated[float, share("how unclear it is whether it is soft or hard")]
    hardened: Annotated[int, flag("came to be treated as hard law this quarter")]
    pilot: Annotated[int, flag("is tried out first by some")]
    waited: Annotated[float, quarters("quarters that its vote was put off for elections")]
    milestone: Annotated[float, share("money in it that is paid on delivery only")]
    rights: Annotated[float, share("rights safeguards in it")]
    opt_out: Annotated[float, share("readiness to grant an opt-out; 0 for none")]
    tranche: Annotated[float, share("part of the obligation that may be deferred; 0 for none")]
    court: Annotated[float, share("0 no court, 0.5 advisory, 1 binding")]
    uptake: Annotated[float, share("how far society's input shaped the draft")]
    tailoring: Annotated[float, share("how far the draft was fitted to differing constitutions")]
    vote_now: Annotated[int, flag("goes to the vote this quarter")]
    yes: Annotated[float, share("votes for, by count")]
    forced: Annotated[int, flag("passed where the region's own rule would have stopped it")]
    yes_power: Annotated[float, share("votes for, by population")]
    news: Annotated[int, flag("came to bind somebody this quarter")]
    parties: Annotated[float, share("share of states inside that are party")]
    working: Annotated[float, share("share of states inside where it is in force and truly implemented")]
    open_work: Annotated[float, count("states that are party and still have work to do")]
    deferred: Annotated[float, share("share of states inside that defer it beyond what others bear")]
    opted_out: Annotated[float, share("share of states inside that have opted out")]
    renew: Annotated[float, share("votes for renewal, by count")]
    folding: Annotated[int, flag("is folded into the acquis this quarter")]
    adds: Annotated[float, share("share of its depth that is new; the rest replaces old law")]


class Post:
    """One state's place on one measure: its rung on the ladder. States by slots.

    Columns that most rules ask for come first: they share a line of the processor's cache.
    """

    rung: Annotated[int, Column("rung", 0, 4, "not party, party, in force, waived, lapsed")]
    form: Annotated[int, Column("form", 0, 2, "full, deferred tranche, opted out")]
    scope: Annotated[float, share("part of the measure that applies: full 1, tranche share, opted out or waived 0")]
    implemented: Annotated[float, share("true implementation")]
    due_in: Annotated[float, quarters("quarters to the due date; negative once overdue", 0.0, -INF)]
    overdue: Annotated[int, flag("due and not implemented")]
    deciding: Annotated[int, flag("a decision on consent is due this quarter")]
    fresh: Annotated[int, flag("came to bind and has not yet replaced old law")]
    gap: Annotated[float, share("depth beyond domestic practice")]
    misfit: Annotated[float, share("misfit with constitution and legal tradition")]
    against: Annotated[int, flag("bound against its own vote")]
    patience: Annotated[float, quarters("quarters spent in a deferred tranche")]
    detected: Annotated[int, flag("found to be in breach")]
    sanction: Annotated[float, share("pressure to comply from sanction or ruling")]
    ruling: Annotated[float, quarters("quarters since an adverse ruling; 0 for none")]
    referred: Annotated[int, flag("before the court")]
    reported: Annotated[float, share("implementation as reported")]
    seen: Annotated[float, index("net benefit seen so far, averaged", -2.0, 2.0)]
    willingness: Annotated[float, index("willingness to implement, logit scale")]
    waiver_left: Annotated[float, quarters("quarters left of a waiver")]
    vote: Annotated[int, flag("voted for it in the organ")]
    peers: Annotated[float, index("what the example of peers says: tie-weighted share that are party", -1.0, 1.0)]
    gain: Annotated[float, index("net benefit expected", -2.0, 2.0)]
    commitment: Annotated[float, index("sovereignty cost as perceived", 0.0, 4.0)]
    adjustment: Annotated[float, index("cost of adapting", 0.0, 4.0)]
    side_payment: Annotated[float, index("side payment offered", 0.0, 4.0)]
    flexibility: Annotated[float, index("worth of valves at consent, logit scale", 0.0, 20.0)]
    frailty: Annotated[float, index("slowness to ratify that no column explains, logit scale")]
    paid: Annotated[float, share("milestone money paid so far")]
    prospect: Annotated[float, index("ratification as foreseen on the day of tabling, logit scale")]
    prospect_vote: Annotated[float, index("vote in the organ as foreseen then, logit scale")]
    trying: Annotated[int, flag("tries the measure out before the vote")]
    trial: Annotated[float, index("net benefit that its trial showed", -4.0, 4.0)]
    lesson: Annotated[float, index("what the trials of others teach, weighted by likeness", -INF)]
    likeness: Annotated[float, stock("likeness to those who tried, added up")]
    at_stake: Annotated[float, share("worth of what is still to be paid on delivery, to this state")]
