"""Consent weighs gain against sovereignty; capacity speeds it, veto players and elections slow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from comity.arithmetic import clip, logistic, ratio
from comity.chance import normal, purpose, uniform
from comity.mechanism import Force
from comity.parameter import Choice, Normal, Parameter, Uniform
from comity.world import (
    ALL,
    BOUND,
    CONSENSUS,
    DRAFT,
    EACH,
    EMPTY,
    FULL,
    IN_FORCE,
    IN_NOTICE,
    NOT_PARTY,
    ON_ADOPTION,
    OPEN,
    PARTY,
    QUALIFIED_MAJORITY,
    SUSPENDED,
    Area,
    Clock,
    Measure,
    Member,
    Organization,
    Post,
    Stake,
    Tie,
)
from comity.world.organization import lone_no

VOTE: Final = purpose("consent.vote")
RATIFY: Final = purpose("consent.ratify")
FRAILTY: Final = purpose("consent.frailty")
HALF: Final = 0.5
"""Half a vote: what rounding may add up to, and no more."""
TWO_LEVEL: Final = 0
RATIONAL_DESIGN: Final = 1
APPROPRIATENESS: Final = 2
EMULATION: Final = 0
LEARNING: Final = 1
COERCION: Final = 2


@dataclass(frozen=True, kw_only=True)
class Consent(Force):
    """A vote in the organ and, where the entry rule asks for it, a ratification at home: one list of terms.

    `theory` weighs the terms: as a two-level game all count; by rational design states are unitary and look at gain,
    payment and flexibility; by appropriateness they ask what fits who they are and what peers do. `diffusion` says why
    peers matter: that they are party (emulation), what they saw of it (learning), or that they are powerful (coercion).
    The levels were set for the defaults, so compare rivals by their effects rather than by how much they adopt.

    A treaty goes through parliament. A decision that is incorporated, by each or by all, does so only as far as it asks
    for what the law at home does not yet say; for the rest the executive incorporates it alone.

    Names     ratification, two-level games (Putnam 1988), veto players (Tsebelis 2002), rational design (Koremenos,
              Lipson and Snidal 2001), logic of appropriateness (March and Olsen 1998), policy diffusion (Simmons,
              Dobbin and Garrett 2006)
    Evidence  R1, R7, R8, C10, C15, P5; mechanisms.md, decision (a)
    """

    level: Annotated[float, Parameter("logit a quarter", -10.0, 5.0, "ratification, all terms zero",
        prior=Normal(-3.29, 0.52), source="fitted to R7: calibration/fitted.json")] = -3.29  # fmt: skip
    vote_level: Annotated[float, Parameter("logit", -10.0, 10.0, "vote in the organ, all terms zero",
        source="mechanisms.md, decision (a)")] = 2.5  # fmt: skip
    gain: Annotated[float, Parameter("logit", 0.0, 10.0, "expected gain", prior=Normal(2.5, 0.6))] = 2.5
    legislature: Annotated[float, Parameter("logit", -6.0, 2.0, "legislative constraints",
        prior=Normal(-2.09, 0.75), source="fitted to R7, R8: calibration/fitted.json")] = -2.09  # fmt: skip
    capacity: Annotated[float, Parameter("logit", -2.0, 8.0, "administrative capacity",
        prior=Normal(3.0, 1.0), source="R8: .6 for each WGI unit")] = 3.0  # fmt: skip
    preference: Annotated[float, Parameter("logit", -2.0, 5.0, "government's position", prior=Normal(1.0, 0.3))] = 1.0
    sovereignty: Annotated[float, Parameter("logit", -10.0, 0.0, "sensitivity times depth times twice identity",
        prior=Normal(-2.0, 0.5))] = -2.0  # fmt: skip
    misfit: Annotated[float, Parameter("logit", -5.0, 0.0, "misfit with the constitution",
        prior=Normal(-1.0, 0.3), source="C10")] = -1.0  # fmt: skip
    precision: Annotated[float, Parameter("logit", -5.0, 0.0, "hardness times specificity",
        prior=Normal(-0.8, 0.3), source="C15")] = -0.8  # fmt: skip
    peers: Annotated[float, Parameter("logit", -2.0, 5.0, "share of peers that are party",
        prior=Normal(1.0, 0.4))] = 1.0  # fmt: skip
    side_payment: Annotated[float, Parameter("logit", 0.0, 5.0, "side payment", prior=Normal(1.5, 0.5))] = 1.5
    election: Annotated[float, Parameter("logit", -5.0, 0.0, "close election ahead",
        prior=Normal(-0.5, 0.2), source="P5")] = -0.5  # fmt: skip
    summit: Annotated[float, Parameter("logit", 0.0, 3.0, "ratification in the quarter of a summit",
        source="R7: July 2019 bunched deposits")] = 0.7  # fmt: skip
    unread: Annotated[float, Parameter("logit", -10.0, 0.0, "a text that parliaments have not begun to read",
        prior=Normal(-3.0, 0.867), source="fitted to R7: calibration/fitted.json")] = -3.0  # fmt: skip
    reading: Annotated[float, Parameter("quarters", 0.5, 12.0, "time until that no longer counts",
        prior=Normal(2.96, 0.828), source="fitted to R7: calibration/fitted.json")] = 2.96  # fmt: skip
    statute: Annotated[float, Parameter("depth", 0.001, 1.0,
        "depth beyond practice from which on a decision is all a matter for parliament",
        prior=Uniform(0.02, 0.3),
        source="Mercosur, decision 23/00: no act where the law at home says so already (memory)")] = 0.1  # fmt: skip
    frailty_measure: Annotated[float, Parameter("logit", 0.0, 4.0, "the same over states and measures",
        source="R7: 1.9 in all, half with the measure")] = 1.34  # fmt: skip
    doubt: Annotated[float, Parameter("share", 0.0, 1.0, "gain discounted where the organization is not predictable",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    network: Annotated[float, Parameter("share", 0.0, 1.0, "expected gain at least, with nobody else party")] = 0.6
    felt: Annotated[float, Parameter("trust", 0.0, 0.1,
        "trust lost as hard law comes to bind in a visible area at full sovereignty cost",
        prior=Uniform(0.0, 0.012), source="rulebook: coercion felt where salience is high")] = 0.006  # fmt: skip
    majority: Annotated[float, Parameter("share of states", 0.5, 1.0, "qualified majority by count",
        source="Treaty on European Union, art. 16")] = 0.55  # fmt: skip
    majority_people: Annotated[float, Parameter("share of population", 0.0, 1.0, "qualified majority by population",
        source="Treaty on European Union, art. 16")] = 0.65  # fmt: skip
    two_thirds: Annotated[float, Parameter("share of states", 0.5, 1.0, "two thirds",
        source="African Union Constitutive Act, art. 7")] = 0.667  # fmt: skip
    blocking: Annotated[float, Parameter("logit", -3.0, 5.0,
        "how much easier it is to abstain than to block a consensus",
        prior=Uniform(0.5, 2.5))] = 1.5  # fmt: skip
    stressed: Annotated[float, Parameter("ratio", 1.0, 5.0, "weight of what a rival theory stresses")] = 1.5
    slighted: Annotated[float, Parameter("ratio", 0.0, 1.0, "weight of what a rival theory makes little of")] = 0.5
    lesson: Annotated[float, Parameter("index", 0.05, 2.0,
        "benefit seen by a peer that says as much as its mere example")] = 0.3  # fmt: skip
    theory: Annotated[int, Choice(("two_level", "rational_design", "appropriateness"),
        "how a government weighs consent",
        source="Putnam 1988; Koremenos, Lipson and Snidal 2001; March and Olsen 1998")] = TWO_LEVEL  # fmt: skip
    diffusion: Annotated[int, Choice(("emulation", "learning", "coercion"), "why peers that are party matter",
        source="Simmons, Dobbin and Garrett 2006")] = EMULATION  # fmt: skip

    reads = ("area.network", "area.sensitivity", "area.visibility", "clock.key0", "clock.key1",
             "clock.quarter", "clock.summit", "measure.age", "measure.depth", "measure.due",
             "measure.hardness", "measure.light", "measure.loose", "measure.open_work",
             "measure.parties", "measure.serial", "measure.since_open", "measure.specificity", "measure.stage",
             "measure.vote_now", "measure.yes", "measure.yes_power", "member.capacity", "member.close",
             "member.frailty", "member.id", "member.identity", "member.inside", "member.legislature",
             "member.population", "member.power", "member.preference", "member.procedure",
             "member.standing", "org.entered", "org.entry", "org.inside", "org.passed", "org.population",
             "org.predictability", "org.required", "org.rule", "org.silent", "org.silent_population",
             "org.voted", "other.power", "other_post.rung", "other_post.seen", "post.adjustment",
             "post.commitment", "post.deciding", "post.flexibility", "post.form", "post.frailty",
             "post.fresh", "post.gain", "post.gap", "post.misfit", "post.peers", "post.rung",
             "post.side_payment", "post.vote", "stake.benefit", "stake.capacity", "stake.practice",
             "tie.near", "tie.weight")  # fmt: skip
    writes = ("measure.forced", "measure.news", "measure.open_work", "measure.since_force",
              "measure.since_open", "measure.stage", "measure.yes", "measure.yes_power", "member.procedure",
              "org.entered",
              "org.passed", "org.voted", "post.adjustment", "post.against", "post.commitment",
              "post.deciding", "post.due_in", "post.flexibility", "post.form", "post.frailty",
              "post.fresh", "post.gain", "post.gap", "post.peers", "post.prospect", "post.prospect_vote",
              "post.rung", "post.scope", "post.side_payment", "post.vote")  # fmt: skip
    terms = ("level", "gain", "legislature", "capacity", "preference", "sovereignty", "misfit", "precision", "peers",
             "side_payment", "election", "flexibility", "summit", "reading", "frailty")  # fmt: skip


def hesitate(post: Post, member: Member, measure: Measure, clock: Clock, consent: Consent) -> None:
    """Consent: how slowly this state will ratify this measure, for reasons that no column holds."""
    if measure.age == 0:
        post.frailty = member.frailty + consent.frailty_measure * normal(clock, member.id, FRAILTY, measure.serial)


def call(post: Post, measure: Measure, member: Member, org: Organization) -> None:
    """Consent: who has to decide now: all on a vote, those not yet party on an open measure."""
    voting = measure.vote_now != 0
    ratifying = measure.stage >= OPEN and post.rung == NOT_PARTY and org.entry != ON_ADOPTION
    may = member.standing != SUSPENDED and member.standing != IN_NOTICE
    post.deciding = 1 if (voting or ratifying) and may else 0


def weigh(
    post: Post, member: Member, measure: Measure, area: Area, stake: Stake, org: Organization, consent: Consent
) -> None:
    """Consent: what the measure would bring, and what it would cost in sovereignty and adjustment."""
    post.gap = max(measure.depth - stake.practice, 0.0)
    alone = area.network * (1.0 - consent.network) * (1.0 - measure.parties)
    together = 1.0 - alone - (area.network - alone) * measure.loose
    sure = 1.0 - consent.doubt * (1.0 - org.predictability)
    post.gain = stake.benefit * together * sure
    post.commitment = area.sensitivity * measure.depth * 2.0 * member.identity
    post.adjustment = post.gap * (1.0 - min(member.capacity + stake.capacity, 1.0)) * (1.0 - measure.light)
    post.side_payment = 0.0
    post.flexibility = 0.0
    post.peers = 0.0


def look_around(post: Post, other_post: Post, member: Member, other: Member, tie: Tie, consent: Consent) -> None:
    """Consent: what peers have done counts: their number, what they saw of it, or their power over the state."""
    if other_post.rung == NOT_PARTY:
        return
    example = tie.near
    if consent.diffusion == LEARNING:
        example = tie.near * clip(other_post.seen / consent.lesson, -1.0, 1.0)
    elif consent.diffusion == COERCION:
        example = tie.weight if other.power > member.power else 0.0
    post.peers = clip(post.peers + example, -1.0, 1.0)


def before_parliament(post: Post, org: Organization, consent: Consent) -> float:
    """Consent: how far a text is for parliament: all of a treaty, of a decision what is not law at home yet."""
    if org.entry == EACH or org.entry == ALL:
        return clip(ratio(post.gap, consent.statute), 0.0, 1.0)
    return 1.0


def _balance(
    member: Member,
    measure: Measure,
    post: Post,
    level: float,
    parliament: float,
    frailty: float,
    summit: float,
    unread: float,
    consent: Consent,
    why: Any,
) -> float:
    interest, identity, home = 1.0, 1.0, 1.0
    if consent.theory == RATIONAL_DESIGN:
        interest, identity, home = consent.stressed, consent.slighted, consent.slighted
    elif consent.theory == APPROPRIATENESS:
        interest, identity = consent.slighted, consent.stressed
    why.level = level
    why.gain = interest * consent.gain * (post.gain - post.adjustment)
    why.legislature = home * consent.legislature * member.legislature * parliament
    why.capacity = consent.capacity * member.capacity
    why.preference = consent.preference * member.preference
    why.sovereignty = identity * consent.sovereignty * post.commitment
    why.misfit = identity * consent.misfit * post.misfit
    why.precision = consent.precision * measure.hardness * measure.specificity
    why.peers = identity * consent.peers * post.peers
    why.side_payment = interest * consent.side_payment * post.side_payment
    why.election = home * consent.election * member.close
    why.flexibility = interest * post.flexibility
    why.summit = consent.summit * summit
    why.reading = consent.unread * unread * parliament
    why.frailty = frailty
    logit = why.level + why.gain + why.legislature + why.capacity + why.preference + why.sovereignty
    logit = logit + why.misfit + why.precision + why.peers + why.side_payment + why.election
    why.logit = logit + why.flexibility + why.summit + why.reading + why.frailty
    return float(why.logit)


def foresee(
    post: Post,
    member: Member,
    measure: Measure,
    area: Area,
    stake: Stake,
    org: Organization,
    consent: Consent,
    why: Any,
) -> None:
    """Drafting: where states talk before they sign, each says how hard the text will be to carry home."""
    if measure.stage != DRAFT or measure.age != 0 or member.inside == 0:
        return
    weigh(post, member, measure, area, stake, org, consent)
    logit = _balance(member, measure, post, 0.0, 1.0, 0.0, 0.0, 0.0, consent, why)
    post.prospect_vote = logit + consent.vote_level + consent.blocking * lone_no(org)
    spared = why.legislature * (1.0 - before_parliament(post, org, consent))
    post.prospect = logit - spared + consent.level + post.frailty


def vote(
    post: Post, member: Member, measure: Measure, org: Organization, clock: Clock, consent: Consent, why: Any
) -> None:
    """Consent: the government votes in the organ; to block a consensus alone takes more than to say no."""
    if measure.vote_now == 0:
        return
    level = consent.vote_level + consent.blocking * lone_no(org)
    logit = _balance(member, measure, post, level, 1.0, 0.0, 0.0, 0.0, consent, why)
    why.draw = uniform(clock, member.id, VOTE, measure.serial)
    post.vote = 1 if why.draw < logistic(logit) else 0


def count(post: Post, member: Member, measure: Measure, org: Organization) -> None:
    """Consent: votes are counted, by state and by population; who has no vote cannot block a consensus by silence."""
    if measure.vote_now != 0 and post.vote != 0 and post.deciding != 0:
        voters = float(org.inside - org.silent)
        measure.yes = min(measure.yes + ratio(1.0, voters), 1.0)
        people = org.population - org.silent_population
        measure.yes_power = min(measure.yes_power + ratio(member.population, people), 1.0)


def decide(measure: Measure, org: Organization, consent: Consent) -> None:
    """Consent: the decision rule says what a refusal does; a text that fails leaves the table, others are open."""
    if measure.vote_now == 0:
        measure.since_open += 1.0 if measure.stage >= OPEN else 0.0
        return
    measure.since_open = 0.0
    if org.rule == CONSENSUS:
        passed = measure.yes > 1.0 - ratio(HALF, float(org.inside))
    elif org.rule == QUALIFIED_MAJORITY:
        passed = measure.yes >= consent.majority and measure.yes_power >= consent.majority_people
    else:
        passed = measure.yes >= consent.two_thirds
    measure.forced = 0
    if org.required > 0.0:
        own, passed = passed, measure.yes >= org.required
        measure.forced = 1 if passed and not own else 0
    org.voted += 1
    if not passed:
        measure.stage = EMPTY
        return
    org.passed += 1
    if org.entry == ON_ADOPTION:
        measure.stage = IN_FORCE
        measure.since_force = 0.0
        org.entered += 1
    else:
        measure.stage = OPEN


def bind(post: Post, measure: Measure, org: Organization) -> None:
    """Consent: where adoption binds, it binds all, the outvoted too."""
    if measure.vote_now != 0 and measure.stage == IN_FORCE and org.entry == ON_ADOPTION and post.rung == NOT_PARTY:
        post.rung = BOUND
        post.fresh = 1
        post.form = FULL
        post.scope = 1.0
        post.due_in = measure.due
        post.against = 1 - post.vote
        measure.news = 1
        measure.open_work += 1.0


def feel(post: Post, member: Member, measure: Measure, area: Area, consent: Consent) -> None:
    """Consent: on the day that hard law comes to bind in full, publics feel what it takes from the state."""
    if post.fresh != 0 and post.form == FULL:
        member.procedure -= consent.felt * area.visibility * measure.hardness * post.commitment


def ratify(
    post: Post, member: Member, measure: Measure, org: Organization, clock: Clock, consent: Consent, why: Any
) -> None:
    """Consent: each state ratifies for itself, in its own time, and hardly before its parliament has read the text."""
    if measure.stage < OPEN or measure.vote_now != 0 or post.rung != NOT_PARTY:
        return
    unread = max(1.0 - ratio(measure.since_open, consent.reading), 0.0)
    parliament = before_parliament(post, org, consent)
    summit = float(clock.summit)
    logit = _balance(member, measure, post, consent.level, parliament, post.frailty, summit, unread, consent, why)
    why.draw = uniform(clock, member.id, RATIFY, measure.serial)
    if why.draw < logistic(logit):
        post.rung = PARTY
        post.form = FULL
        post.scope = 1.0
        post.against = 0
