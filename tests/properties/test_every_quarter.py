"""What must hold at the end of every quarter of any run: finite numbers, a ladder without gaps, money spent once."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity import beginning, scenario, world
from comity.quarter import FORCES, LEVERS
from comity.simulation import Simulation

EXAMPLES = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
REGIONS = {"eu": 2010, "asean": 2008, "ecowas": 2010, "mercosur": 1995, "african-union": 2018}
"""The shipped regions and their first years."""
AREAS = ("trade", "infrastructure", "security", "legal", "data", "education", "rights")
YEARS = 6
ROUNDING = 1e-9


def numbers_of(section: str, mechanisms: Any) -> dict[str, st.SearchStrategy[float]]:
    """Every declared number of some mechanisms, anywhere within its bounds."""
    return {
        f"{section}.{name}.{key}": st.floats(declared.parameter.low, declared.parameter.high)
        for name, mechanism in mechanisms.items()
        for key, declared in mechanism.parameters().items()
    }


NUMBERS = numbers_of("forces", FORCES) | numbers_of("levers", LEVERS)


Changes = dict[str, Any]


@st.composite
def levers(draw: st.DrawFn, start: int) -> Changes:
    """Each lever off, on, on for a time, or aimed at some areas."""
    said: Changes = {"organization.policy": "scheduled"}
    for name in LEVERS:
        at = f"levers.{name}"
        said |= {f"{at}.on": draw(st.booleans()), f"{at}.strength": draw(st.floats(0.0, 1.0))}
        aims = ("everywhere", "for a time") if LEVERS[name].for_all else ("everywhere", "for a time", "some areas")
        aim = draw(st.sampled_from(aims))
        if aim == "some areas":
            said[f"{at}.areas"] = draw(st.lists(st.sampled_from(AREAS), unique=True, min_size=1, max_size=3))
        elif aim == "for a time":
            first = draw(st.integers(0, YEARS - 1))
            said |= {f"{at}.from": start + first, f"{at}.until": start + draw(st.integers(first + 1, YEARS))}
    return said


ORGANIZATION = {
    "organization.rule": st.sampled_from(["consensus", "qualified_majority", "two_thirds"]),
    "organization.entry": st.sampled_from(["on_adoption", "each", "threshold", "all"]),
    "organization.entry_threshold": st.floats(0.0, 1.0),
    "organization.contributions": st.sampled_from(["proportional", "equal"]),
    "organization.pace": st.floats(0.0, 30.0),
    "organization.depth": st.floats(0.0, 1.0),
    "organization.specificity": st.floats(0.0, 1.0),
    "organization.due": st.floats(0.25, 10.0),
    "organization.notice": st.floats(0.25, 3.0),
    "organization.secretariat": st.floats(0.0, 1.0),
    "organization.budget": st.floats(0.0, 0.05),
    "organization.donors": st.floats(0.0, 1.0),
    "organization.arrears": st.floats(0.0, 1.0),
}


@st.composite
def choices(draw: st.DrawFn) -> tuple[str, Changes]:
    """A real region or a made one, with any levers, any organization, and some numbers moved within their bounds."""
    region = draw(st.sampled_from(sorted(REGIONS)))
    said = draw(levers(REGIONS[region])) | {path: draw(value) for path, value in ORGANIZATION.items()}
    moved = draw(st.lists(st.sampled_from(sorted(NUMBERS)), max_size=8, unique=True))
    said |= {path: draw(NUMBERS[path]) for path in moved}
    said |= {"run.years": YEARS, "run.uncertainty": draw(st.sampled_from(["none", "contested", "all"]))}
    made = draw(st.one_of(st.none(), st.integers(2, 9)))
    if made is not None:
        said["region.synthetic.members"] = made
    return region, said


class Watch:
    """A run, and what is wrong with the quarter that it has just been through."""

    def __init__(self, what: scenario.Scenario, seed: int) -> None:
        self.model = Simulation(what, rng=seed, collect=False)
        self.world = self.model.world
        self.wrong: list[str] = []

    def must(self, what: str, holds: Any) -> None:
        """Note what does not hold."""
        if not np.all(holds):
            self.wrong.append(f"quarter {self.model.quarter}: {what}")

    def through(self) -> list[str]:
        """Everything wrong in any quarter."""
        while self.model.running and not self.wrong:
            reserve = float(self.world.org[0].reserve)
            held = float(self.world.members["withheld"].sum())
            self.model.step()
            self.numbers()
            self.money(reserve, held)
            self.law()
            self.standing()
        return self.wrong

    def numbers(self) -> None:
        """Bounds hold, and nothing is infinite or no number."""
        self.wrong += self.world.out_of_bounds()
        for name in ("org", "areas", "members", "stakes", "measures", "posts"):
            rows = getattr(self.world, name)
            for column in rows.dtype.names:
                self.must(f"{name}.{column} is finite", np.isfinite(rows[column]))

    def money(self, reserve: float, held: float) -> None:
        """Spent at most what there is; what is left is carried over, up to the limit; what is held back goes back."""
        org, numbers = self.world.org[0], self.world.params[0].budget
        members = self.world.members
        left = reserve + org.revenue - org.spent
        self.must("no more is spent than there is", left >= -ROUNDING)
        kept = min(max(left, 0.0), numbers.saved)
        given_back = held > 0.0 or bool(members["withheld"].any()) or self.world.params[0].milestones.strength != 0.0
        self.must("what is left is carried over", org.reserve >= kept - ROUNDING)
        self.must("no more is, unless it was held back", given_back or org.reserve <= kept + ROUNDING)
        self.must("power is shared out", members["power"].sum() <= 1.0 + ROUNDING)
        received = (members["funds"] * members["power"]).sum()
        pot = org.dues * self.world.params[0].funds.cost * self.world.params[0].funds.strength * org.coverage
        self.must("funds are no more than the pot and what was held back", received <= pot + held + ROUNDING)

    def law(self) -> None:
        """The outcome ladder: not party, party, in force, waived, lapsed."""
        posts, measures = self.world.posts, self.world.measures
        live = np.broadcast_to(measures["stage"] != world.EMPTY, posts.shape)
        binding = live & (measures["stage"] == world.IN_FORCE)
        rung, form, scope = posts["rung"], posts["form"], posts["scope"]
        done = posts["implemented"]
        held = live & (rung == world.BOUND)
        self.must("only law binds", ~held | binding)
        self.must("drafts have no parties", ~(live & (measures["stage"] == world.DRAFT)) | (rung == world.NOT_PARTY))
        self.must("nobody does more than applies", ~held | (form == world.OPTED_OUT) | (done <= scope + ROUNDING))
        self.must("who is not party does nothing", ~(live & (rung == world.NOT_PARTY)) | (done == 0.0))
        self.must("who stands aside has nothing to do", ~(held & (form == world.OPTED_OUT)) | (scope == 0.0))
        self.must("only a clause lets stand aside", ~(held & (form == world.OPTED_OUT)) | (measures["opt_out"] > 0.0))
        self.must("only a clause lets defer", ~(held & (form == world.TRANCHE)) | (measures["tranche"] > 0.0))
        self.must("only a clause lets waive", ~(live & (rung == world.WAIVED)) | (measures["escape"] > 0.0))
        self.must("overdue is what is bound and not done", ~(live & (posts["overdue"] == 1)) | (held & (done < scope)))
        pressed = live & (posts["sanction"] > 0.0)
        hard = measures["hardness"] > self.world.params[0].monitoring.soft_below
        spared = (rung != world.BOUND) | (form == world.OPTED_OUT)  # waived or let off since the pressure was set
        self.must("only the overdue are pressed", ~pressed | spared | (posts["overdue"] == 1))
        self.must("soft law is not sanctioned but by a court", ~pressed | hard | (posts["ruling"] > 0.0))

    def standing(self) -> None:
        """Who is out is bound by nothing; who is in notice or suspended decides nothing."""
        members, posts = self.world.members, self.world.posts
        out = members["standing"] == world.WITHDRAWN
        live = self.world.measures["stage"] != world.EMPTY
        bound = (live & np.isin(posts["rung"], (world.PARTY, world.BOUND, world.WAIVED))).any(axis=1)
        self.must("a leaver is bound by nothing", ~(out & bound))
        self.must("a leaver has no acquis", ~out | (self.world.stakes["settled"].sum(axis=1) == 0.0))
        gone = out & (members["left"] == 0)
        self.must("those outside gain nothing from others", ~gone | (self.world.stakes["shared"].sum(axis=1) == 0.0))
        self.must("a threat is made from inside", (members["inside"] == 1) | (members["threat"] == 0))
        self.must("power belongs to those inside", (members["inside"] == 1) | out | (members["power"] == 0.0))


@EXAMPLES
@given(choices(), st.integers(0, 2**32))
def test_bounds_ladder_and_budget_hold_in_every_quarter_whatever_is_chosen(
    chosen: tuple[str, Changes], seed: int
) -> None:
    region, said = chosen
    assert Watch(scenario.load(region).with_(said), seed).through() == []


def test_bounds_ladder_and_budget_hold_in_every_shipped_region_and_package_to_the_end() -> None:
    for region in REGIONS:
        for package in ("", "+respectful", "+rigid", "+laissez-faire"):
            assert Watch(scenario.load(region + package), 5).through() == [], region + package


def test_crises_exits_and_returns_break_nothing() -> None:
    wild = scenario.load("eu").with_(
        {
            "forces.threat.level": -1.0, "forces.exit.level": 0.0, "forces.exit.relenting": 0.0,
            "forces.exit.away": 2.0, "forces.exit.coming_back": 1.0, "forces.exit.friendly": -1.0,
            "forces.exit.window": 0.0, "forces.exit.cost": 5.0, "forces.regime.coup_rate": 2.0,
            "forces.suspension.coup": 1.0, "forces.shocks.economic_rate": 1.0, "run.years": 15,
        }
    )  # fmt: skip
    watch = Watch(wild, 1)
    assert watch.through() == []
    assert watch.world.org[0].leavers > 0
    assert (watch.world.members["standing"] == world.RETURNED).any()


def test_a_region_that_everybody_leaves_goes_on_empty() -> None:
    watch = Watch(
        scenario.load("mercosur").with_(
            {"forces.threat.level": 0.0, "forces.threat.benefit": 0.0, "forces.exit.level": 0.0,
             "forces.threat.dependence": 0.0, "forces.exit.relenting": 0.0, "forces.exit.friendly": 1.0}
        ), 1,
    )  # fmt: skip
    assert watch.through() == []
    founders = beginning.begin(scenario.load("mercosur")).world.members["standing"] == world.MEMBER
    assert (watch.world.members["standing"][founders] == world.WITHDRAWN).all()
