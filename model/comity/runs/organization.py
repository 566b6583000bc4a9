"""What the organization decided: texts, demands, suspensions, effort, and the levers that its policy moved.

A further kind of decision is one more function in `HEARD`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from comity import world
from comity.arithmetic import logit, ratio
from comity.forces import consent
from comity.runs.counterfactual import Counterfactual, nearest
from comity.runs.decisions import KINDS, MAJOR, MINOR, NO_DRAW, NONE, ROUTINE, Kind, Scene
from comity.runs.replay import Moment, Replay, Touch
from comity.runs.why import CHANCE, Decision, Listener, date_of, listened

if TYPE_CHECKING:
    from comity.runs.result import Run

ABOUT_MEMBERS: Final = ("concession", "refusal", "suspension", "readmission")
"""Decisions about a member that are the organization's own."""
MOST_NAMED: Final = 5
"""Opponents of a text that are called by name."""
MECHANISMS: Final = {
    "tabled": "forces.agenda", "text": "forces.consent", "effort": "forces.monitoring", "move": "levers.adaptive",
}  # fmt: skip
"""Whose rules its own decisions follow; where it was given instructions, its moves follow those."""
INSTRUCTED: Final = "forces.instructions"
YEAR_S_CHANGE: Final = 0.01
"""Effort that moved less than this in a year did not move."""
RULES_IN_WORDS: Final = {
    world.CONSENSUS: "consensus is needed",
    world.QUALIFIED_MAJORITY: "a qualified majority is needed",
    world.TWO_THIRDS: "two thirds are needed",
}


def decisions(run: Run, quarters: Sequence[int], touch: Touch | None = None) -> tuple[Decision, ...]:
    """The organization's decisions in these quarters of a run, in their order.

    With a `touch` they are those of the run so changed, without the moves of the organization's policy.
    """
    replay = Replay(run.begin, run.seed, run.run, touch=touch)
    return tuple(listened(replay, Minutes(run, replay, touch is None), quarters))


class Minutes:
    """Writes down what the organization decides in the phases that a replay plays."""

    def __init__(self, run: Run, replay: Replay, has_moves: bool = True) -> None:
        self.begin, self.replay = run.begin, replay
        self.moves = run.moves() if has_moves else run.moves().iloc[:0]
        self.instructed = bool(run.scenario.value("organization.instructions"))
        self.effort = np.nan
        self.listeners: dict[int, Listener] = {}

    def heard(self, moment: Moment) -> Iterator[Decision]:
        """The decisions of the phase just played."""
        for hear in HEARD:
            yield from hear(self, moment)

    def listener(self, row: int) -> Listener:
        """Who hears what is decided about the state in a row."""
        if row not in self.listeners:
            self.listeners[row] = Listener(self.begin, self.replay, row, ABOUT_MEMBERS)
        return self.listeners[row]

    def against(self, moment: Moment, slot: int) -> str:
        """Who voted against a text, if they are few."""
        posts = moment.now.posts[:, slot]
        rows = np.flatnonzero((posts["deciding"] != 0) & (posts["vote"] == 0)).tolist()
        few = 0 < len(rows) <= MOST_NAMED
        return f"; against it {', '.join(self.begin.members[row] for row in rows)}" if few else ""

    def decision(
        self, moment: Moment, name: str, result: str, weight: int, slot: int = NONE, detail: str = "",
        share: float | None = None, turn: Counterfactual | None = None,
    ) -> Decision:  # fmt: skip
        """A decision of the organization's own; `share` is its chance, where it was drawn."""
        measures, about = moment.now.measures, slot != NONE
        odds = None if share is None else logit(share)
        return Decision(
            moment.quarter, date_of(self.begin, moment.quarter), name, result,
            int(measures["serial"][slot]) if about else None,
            self.begin.areas[measures["area"][slot]] if about else None,
            odds, None, None, share, {} if odds is None else {CHANCE: odds}, turn, weight, None, detail,
            phase=moment.phase.name, mechanism=INSTRUCTED if name == "move" and self.instructed else MECHANISMS[name],
        )  # fmt: skip


def _tabled(minutes: Minutes, moment: Moment) -> Iterator[Decision]:
    """Texts put on the agenda, each with its area's share of all demand."""
    fresh = moment.now.measures["serial"] != moment.was.measures["serial"]
    for slot in np.flatnonzero(fresh).tolist():
        area = moment.now.areas[moment.now.measures["area"][slot]]
        share = ratio(float(area.demand), float(moment.now.org["demand"][0]))
        yield minutes.decision(moment, "tabled", "puts a text on the agenda", ROUTINE, slot, share=share)


def _fate(scene: Scene, slot: int) -> str:
    return "the text fails" if scene.now.measures["stage"][slot] == world.EMPTY else "the text passes"


TEXT: Final = Kind("text", "consent", consent.decide, NO_DRAW, lambda _: (), _fate, MINOR)


def _voted_on(minutes: Minutes, moment: Moment) -> Iterator[Decision]:
    """Texts that passed or failed, with the count."""
    if moment.phase.name != TEXT.phase:
        return
    scene = Scene(moment.was, moment.now, NONE)
    stage, voted = moment.was.measures["stage"], moment.now.measures["vote_now"]
    inside, rule = int(moment.now.org["inside"][0]), int(moment.now.org["rule"][0])
    for slot in np.flatnonzero((stage == world.DRAFT) & (voted != 0)).tolist():
        yes, people = (float(moment.now.measures[name][slot]) for name in ("yes", "yes_power"))
        detail = f"{round(yes * inside)} of {inside} states with {100 * people:.0f} % of the people for it"
        detail += f"; {RULES_IN_WORDS[rule]}{minutes.against(moment, slot)}"
        result = _fate(scene, slot)
        turn = nearest(minutes.replay, moment, TEXT, NONE, slot)
        weight = MAJOR if result == "the text fails" else ROUTINE
        yield minutes.decision(moment, TEXT.name, result, weight, slot, detail, turn=turn)


def _about_members(minutes: Minutes, moment: Moment) -> Iterator[Decision]:
    """Demands met and turned down, suspensions and readmissions."""
    kinds = [kind for kind in KINDS if kind.name in ABOUT_MEMBERS and kind.phase == moment.phase.name]
    for row in range(len(minutes.begin.members)) if kinds else ():
        scene = Scene(moment.was, moment.now, row)
        if any(list(kind.where(scene)) for kind in kinds):
            yield from minutes.listener(row).heard(moment)


def _effort(minutes: Minutes, moment: Moment) -> Iterator[Decision]:
    """How effort at enforcement moved in a year, and why."""
    if moment.phase.name != "plan" or moment.now.clock["season"][0] != 0:
        return
    before, now = minutes.effort, float(moment.now.org["effort"][0])
    minutes.effort = now
    if not abs(now - before) >= YEAR_S_CHANGE:
        return
    scepticism = float(moment.now.org["scepticism"][0])
    usual = float(moment.now.params[0].monitoring.usual)
    way = "above" if scepticism > usual else "below"
    stands = f"members' scepticism stands at {scepticism:.2f}, {way} the {usual:.2f} that costs nothing"
    detail = f"from {before:.2f} to {now:.2f}; {stands}"
    result = "lowers its effort at enforcement" if now < before else "raises its effort at enforcement"
    yield minutes.decision(moment, "effort", result, MINOR, detail=detail)


def _moves(minutes: Minutes, moment: Moment) -> Iterator[Decision]:
    """Levers moved by the organization's own policy, with the figure that asked for it."""
    if moment.phase.name != "governance":
        return
    for move in minutes.moves[minutes.moves["quarter"] == moment.quarter].itertuples():
        result = f"moves {move.lever} from {move.before:.2f} to {move.after:.2f}"
        read = f" ({move.figure} stood at {move.value:.2f})" if isinstance(move.figure, str) else ""
        yield minutes.decision(moment, "move", result, MINOR, detail=f"{move.because}{read}")


HEARD: Final[tuple[Callable[[Minutes, Moment], Iterator[Decision]], ...]] = (
    _tabled, _voted_on, _about_members, _moves, _effort,
)  # fmt: skip
"""Each finds decisions of one kind in a phase that was just played."""
