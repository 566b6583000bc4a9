"""What a state decides, and what is decided about it: where each decision is taken, and how to read what came of it.

A new kind of decision is one `Kind` more in `KINDS`; everything else (replay, terms, counterfactual, words) follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from comity import world
from comity.forces import (
    accession,
    consent,
    court_exit,
    elections,
    exit,
    implementation,
    regime,
    resumption,
    suspension,
    threat,
)
from comity.levers import court, opt_outs, rights, sunset, tranches, waiver
from comity.mechanism import Rule
from comity.tables import World

NONE: Final = -1
"""The slot of what concerns no measure."""
INSIDE: Final = (world.MEMBER, world.RETURNED, world.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Scene:
    """A phase as one state lived through it: the world before and after, the row of the state."""

    was: World
    now: World
    row: int

    def before(self, column: str, slot: int = NONE) -> Any:
        """A column of the state, or of its place on a measure, before the phase."""
        return _value(self.was, self.row, column, slot)

    def after(self, column: str, slot: int = NONE) -> Any:
        """The same after the phase."""
        return _value(self.now, self.row, column, slot)

    def place(self, column: str) -> tuple[Any, Any]:
        """A column of the state's places on all measures, before and after."""
        return self.was.posts[column][self.row], self.now.posts[column][self.row]

    def measure(self, column: str) -> tuple[Any, Any]:
        """A column of all measures, before and after."""
        return self.was.measures[column], self.now.measures[column]


def _value(tables: World, row: int, column: str, slot: int) -> Any:
    found = tables.members[column][row] if slot == NONE else tables.posts[column][row, slot]
    return found.item()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of decision: the phase and rule that take it, the draw that settles it, and how to read it.

    `where` gives the slots of the measures (`NONE` for none) on which it was taken and changed something; `said` tells
    in words what was decided. With `drawn`, only what a draw settled counts.
    """

    name: str
    phase: str
    rule: Rule
    purpose: int
    where: Callable[[Scene], Any]
    said: Callable[[Scene, int], str]
    weight: int
    drawn: bool = False


MAJOR: Final = 2
MINOR: Final = 1
ROUTINE: Final = 0
NO_DRAW: Final = 0


def _once(condition: Callable[[Scene], bool]) -> Callable[[Scene], Iterator[int]]:
    """Where something of the state itself happened."""

    def where(scene: Scene) -> Iterator[int]:
        if condition(scene):
            yield NONE

    return where


def _slots(condition: Callable[[Scene], Any]) -> Callable[[Scene], list[int]]:
    """The slots at which something happened to the state's place."""
    return lambda scene: np.flatnonzero(condition(scene)).tolist()


def _became(scene: Scene, column: str, value: int) -> Any:
    was, now = scene.place(column)
    return (was != value) & (now == value)


def _stood(scene: Scene, *standings: int) -> bool:
    return scene.before("standing") in standings


def _stands(scene: Scene, *standings: int) -> bool:
    return scene.after("standing") in standings


def _votes(scene: Scene) -> Any:
    stage, _ = scene.measure("stage")
    _, called = scene.measure("vote_now")
    return (stage == world.DRAFT) & (called != 0) & (scene.place("deciding")[1] != 0)


def _ratified(scene: Scene) -> Any:
    was, now = scene.place("rung")
    adopted_binds = int(scene.now.org["entry"][0]) == world.ON_ADOPTION
    return (was == world.NOT_PARTY) & np.isin(now, (world.PARTY, world.BOUND)) & (not adopted_binds)


def _asked(scene: Scene) -> Any:
    """Newly bound, outvoted or at a high cost in sovereignty, or already let go, where opt-outs are on offer."""
    fresh, form, against, cost = (scene.place(name)[1] for name in ("fresh", "form", "against", "commitment"))
    objects = (against != 0) | (cost >= float(scene.now.params[0].opt_outs.objection))
    offered = scene.measure("opt_out")[1] > 0.0
    return (fresh != 0) & offered & ((form == world.OPTED_OUT) | ((form == world.FULL) & objects))


def _stands_aside(scene: Scene, slot: int) -> str:
    if scene.after("form", slot) == world.OPTED_OUT:
        return "is let stand aside"
    if scene.after("rung", slot) != world.BOUND:
        return "is not bound by it"
    objection = float(scene.now.params[0].opt_outs.objection)
    asks = scene.after("against", slot) != 0 or scene.after("commitment", slot) >= objection
    return "asks to stand aside, and is refused" if asks else "does not ask to stand aside"


def _deferral(scene: Scene, slot: int) -> str:
    if scene.after("form", slot) == world.TRANCHE:
        return "defers part of it"
    return "takes on the whole" if scene.after("rung", slot) == world.BOUND else "is not bound by it"


def _done(scene: Scene) -> Any:
    (open_before, done), (scope, _) = scene.place("implemented"), scene.place("scope")
    return (scene.place("rung")[0] == world.BOUND) & (open_before < scope) & (done >= scope)


def _ruled(scene: Scene) -> Any:
    was, now = scene.place("ruling")
    return (was == 0.0) & (now > 0.0)


def _lapsed(scene: Scene) -> Any:
    return _became(scene, "rung", world.LAPSED)


def _resumed(scene: Scene) -> Any:
    return (scene.place("rung")[0] == world.WAIVED) & (scene.place("rung")[1] == world.BOUND)


def _relented(scene: Scene) -> bool:
    """A threat that stood, or was made just now, and neither conceded to nor followed by notice, is gone."""
    threatened = scene.before("threat") != 0 or scene.after("threatened_now") != 0
    met = scene.before("conceded") == 0 and scene.after("conceded") != 0
    return threatened and scene.after("threat") == 0 and not met and _stands(scene, *INSIDE) and _stood(scene, *INSIDE)


def _rose(column: str) -> Callable[[Scene], bool]:
    return lambda scene: scene.before(column) == 0 and scene.after(column) != 0


def _government(scene: Scene, _: int) -> str:
    before, after = scene.before("challenger_rules"), scene.after("challenger_rules")
    if after:
        return "challengers stay in government" if before else "challengers come into government"
    return "challengers leave government" if before else "challengers stay out of government"


def _before_the_court(scene: Scene, _: int) -> str:
    return "leaves the court" if scene.after("outside_court") else "accepts the court"


def _threat(scene: Scene, _: int) -> str:
    if not scene.after("threatened_now"):
        return "does not threaten to leave"
    return "threatens to leave, with a demand" if scene.after("demanded_now") else "threatens to leave"


def _answer(scene: Scene, _: int) -> str:
    if scene.after("conceded"):
        return "the organization meets the demand"
    return "the organization turns the demand down" if scene.after("refused") else "the demand waits for an answer"


def _gave_notice(scene: Scene) -> bool:
    """Also where notice takes no time."""
    return _stands(scene, world.IN_NOTICE) or scene.after("left") != 0


def _notice(scene: Scene, _: int) -> str:
    if _gave_notice(scene):
        return "gives notice"
    return "goes on threatening" if scene.after("threat") else "drops the threat"


def _leaving(scene: Scene, _: int) -> str:
    if _stands(scene, world.IN_NOTICE):
        return "stays in notice"
    return "leaves" if scene.after("left") else "takes the notice back"


def _standing(scene: Scene, _: int) -> str:
    words = ("is a candidate", "is a member", "is suspended", "is in notice", "is outside", "is back", "is associated")
    return words[scene.after("standing")]


def _either(column: str, value: int, yes: str, no: str) -> Callable[[Scene, int], str]:
    return lambda scene, slot: yes if scene.after(column, slot) == value else no


def _carried_out(scene: Scene, slot: int) -> str:
    done = scene.after("implemented", slot) >= scene.after("scope", slot)
    return "carries it out" if done else "does not carry it out yet"


KINDS: Final = (
    Kind("coup", "world", regime.overthrow, regime.COUP, _once(lambda s: s.after("coup_government") == 1.0),
         lambda s, _: "a coup brings down the government" if s.after("coup_government") == 1.0 else "there is no coup",
         MAJOR),
    Kind("election", "home", elections.govern, elections.GOVERN, _once(lambda s: s.after("voted") != 0),
         _government, MINOR),
    Kind("court_return", "home", court_exit.accept_again, court_exit.ACCEPT,
         _once(lambda s: s.before("outside_court") != 0 and s.after("outside_court") == 0), _before_the_court, MAJOR),
    Kind("accession", "standing", accession.join, NO_DRAW,
         _once(lambda s: _stood(s, world.CANDIDATE) and _stands(s, world.MEMBER)),
         lambda s, _: "joins" if _stands(s, world.MEMBER) else "does not join yet", MAJOR),
    Kind("vote", "consent", consent.vote, consent.VOTE, _slots(_votes),
         _either("vote", 1, "votes for it", "votes against it"), ROUTINE),
    Kind("ratification", "consent", consent.ratify, consent.RATIFY, _slots(_ratified),
         lambda s, m: "does not ratify yet" if s.after("rung", m) == world.NOT_PARTY else "ratifies", ROUTINE),
    Kind("opt_out", "consent", opt_outs.ask, opt_outs.GRANT, _slots(_asked),
         _stands_aside, MINOR, True),
    Kind("deferral", "consent", tranches.defer, NO_DRAW, _slots(lambda s: _became(s, "form", world.TRANCHE)),
         _deferral, MINOR),
    Kind("implementation", "implementation", implementation.carry_out, implementation.CARRY_OUT, _slots(_done),
         _carried_out, ROUTINE),
    Kind("suspension", "monitoring", suspension.suspend, suspension.SUSPEND,
         _once(lambda s: s.after("suspended_now") != 0 and s.after("charged") == 0), _standing, MAJOR),
    Kind("suspension", "monitoring", rights.suspend, rights.SUSPEND,
         _once(lambda s: s.after("suspended_now") != 0 and s.after("charged") != 0), _standing, MAJOR),
    Kind("readmission", "monitoring", suspension.suspend, suspension.READMIT,
         _once(lambda s: _stood(s, world.SUSPENDED) and _stands(s, world.MEMBER)), _standing, MAJOR),
    Kind("ruling", "monitoring", court.refer, court.RULE, _slots(_ruled),
         lambda s, m: "the court rules against it" if s.after("ruling", m) > 0.0 else "the court has not ruled yet",
         MINOR),
    Kind("waiver", "valves", waiver.use, waiver.ASK, _slots(lambda s: _became(s, "rung", world.WAIVED)),
         _either("rung", world.WAIVED, "uses a waiver", "remains bound"), MINOR),
    Kind("resumption", "valves", resumption.resume, NO_DRAW, _slots(_resumed),
         _either("rung", world.BOUND, "is bound again", "remains waived"), ROUTINE),
    Kind("precedent", "valves", opt_outs.follow, opt_outs.COPY,
         _slots(lambda s: _became(s, "form", world.OPTED_OUT)),
         _either("form", world.OPTED_OUT, "follows others out of it", "remains bound"), MINOR),
    Kind("lapse", "valves", sunset.end, NO_DRAW, _slots(_lapsed),
         _either("rung", world.LAPSED, "is bound no longer: its term has ended", "remains bound"), ROUTINE),
    Kind("court_exit", "exit", court_exit.withdraw, court_exit.WITHDRAW, _once(lambda s: s.after("left_court") != 0),
         _before_the_court, MAJOR),
    Kind("threat", "exit", threat.threaten, threat.THREATEN, _once(lambda s: s.after("threatened_now") != 0),
         _threat, MAJOR),
    Kind("concession", "exit", threat.answer, threat.CONCEDE, _once(_rose("conceded")), _answer, MAJOR),
    Kind("refusal", "exit", threat.answer, threat.CONCEDE, _once(_rose("refused")), _answer, MAJOR),
    Kind("notice", "exit", exit.notify, exit.NOTIFY,
         _once(lambda s: not _stood(s, world.IN_NOTICE) and _gave_notice(s)), _notice, MAJOR),
    Kind("threat_dropped", "exit", exit.notify, exit.RELENT, _once(_relented), _notice, MAJOR),
    Kind("notice_withdrawn", "exit", exit.leave, NO_DRAW,
         _once(lambda s: _stood(s, world.IN_NOTICE) and _stands(s, world.RETURNED)), _leaving, MAJOR),
    Kind("exit", "exit", exit.leave, NO_DRAW, _once(lambda s: s.after("left") != 0), _leaving, MAJOR),
    Kind("return", "exit", exit.come_back, exit.RETURN,
         _once(lambda s: _stood(s, world.WITHDRAWN) and _stands(s, world.RETURNED)), _standing, MAJOR),
)  # fmt: skip
"""Every kind of decision, in the order of the quarter."""
