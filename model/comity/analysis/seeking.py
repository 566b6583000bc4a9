"""Which strengths of which levers do best in several goals at once, in the mean and in bad luck, under a budget.

Optuna proposes policies, the engine plays each under the same luck, and the best are judged anew under fresh luck.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.analysis.answer import listed, plain
from comity.analysis.direction import directions
from comity.analysis.fronts import compromise, knee, unbeaten
from comity.analysis.judging import Costs, Judge, worst
from comity.analysis.sample import Refused, needs
from comity.chance import generator
from comity.runs import Scenario
from comity.sweeps.manifest import hashed

if TYPE_CHECKING:
    from pandas import DataFrame

    from comity.figures import Picture

TRIALS: Final = 200
RUNS: Final = 40
STEP: Final = 0.05
"""Strengths are tried in steps of this: a policy that needs finer ones is none."""
FRESH: Final = 8
"""How many of the unbeaten policies are judged anew, at most."""
POPULATION: Final = 24
KEPT: Final = "search.json"
JOURNAL: Final = "trials.log"
BEST: Final = "policy.yaml"
TABLE: Final = "policies.csv"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Found:
    """Every policy that was tried, which of them nothing beats, and how the best do under fresh luck."""

    goals: tuple[str, ...]
    levers: tuple[str, ...]
    scenario: Scenario = field(repr=False)
    sentences: tuple[str, ...]
    rows: DataFrame = field(repr=False)
    best: Scenario = field(repr=False)
    facts: Mapping[str, Any] = field(repr=False)
    signs: Mapping[str, int] = field(repr=False)

    def table(self) -> DataFrame:
        """A row for each policy: strengths, cost, each goal's mean with its interval and its worst tenth, `unbeaten`,
        `knee`; `fresh_` columns under luck that the search has not seen, where the policy was judged anew."""
        return self.rows.copy()

    def text(self) -> str:
        """What was found, in plain sentences."""
        return " ".join(self.sentences)

    def document(self) -> dict[str, Any]:
        """Plain values for JSON."""
        rows = [{str(key): plain(value) for key, value in row.items()} for row in self.rows.to_dict("records")]
        return {"search": self.scenario.name, "text": self.text(), **plain(dict(self.facts)), "policies": rows}

    def plot(self, path: str | Path | None = None) -> Picture:
        """The first two goals of all policies, or the only goal's mean against its worst tenth."""
        from comity.figures.front import front

        pair = [*self.goals[:2]] if len(self.goals) > 1 else [self.goals[0], f"{self.goals[0]}_worst"]
        signs = {name: self.signs[name.removesuffix("_worst")] for name in pair}
        caption = f"{self.scenario.name}, {len(self.rows)} policies, {self.facts['runs']} runs of each, the same luck"
        return front(self.rows, pair, signs, path, caption, "policies", "policy")


def search(
    scenario: Scenario | Any,
    goals: str | Sequence[str] = ("integration", "respect"),
    levers: Sequence[str] | None = None,
    budget: float | None = None,
    runs: int = RUNS,
    trials: int = TRIALS,
    folder: str | Path | None = None,
    resume: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
    sampler: str = "nsga2",
    stated: Mapping[str, str] | None = None,
) -> Found:
    """Policies that nothing beats in the mean and in the worst tenth of runs of every goal.

    `levers` are all of the scenario's if None; their `on`, `strength` is searched, all else stays. `budget` is the most
    that costed strengths may add up to, in shares of full dues. `sampler` is nsga2 or tpe. With a `folder`, trials are
    kept there and `resume` goes on with them: the policies tried are those of a search that was never interrupted.

    ScenarioError for a scenario that cannot be run; Refused for goals without direction, a folder that holds another
    search, or one that holds this search where `resume` is not said.
    """
    from comity.runs import load

    optuna = needs("optuna")
    base = scenario if isinstance(scenario, Scenario) else load(scenario)
    base.require_region()
    names = [goals] if isinstance(goals, str) else list(dict.fromkeys(goals))
    signs = directions(names, stated)
    known = list(base.resolved["levers"])
    chosen = known if levers is None else list(dict.fromkeys(levers))
    for name in chosen:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=1)
            raise Refused(f'there is no lever "{name}"' + (f'; did you mean "{near[0]}"?' if near else ""))
    if sampler not in ("nsga2", "tpe"):
        raise Refused(f"the sampler is nsga2 or tpe, not {sampler!r}")
    told = {
        "scenario": base.digest, "seed": int(base.value("run.seed")), "goals": names, "signs": signs,
        "levers": chosen, "budget": budget, "runs": runs, "sampler": sampler,
    }  # fmt: skip
    costs = Costs(base, chosen, budget)
    own = {name: _own(base, name) for name in chosen}
    if budget is not None and budget < 0.0:
        raise Refused(f"a budget is not below zero, as {budget:g} is")
    judge = Judge(base, chosen, names, workers)
    study = _study(optuna, told, folder, resume, 2 * len(names))
    with _quiet(optuna):
        _go_on(optuna, study, judge, costs, own, signs, told, trials, progress)
        rows = _tried(study, names, chosen, costs)
    found = _judged(base, judge, rows, names, chosen, signs, told, costs)
    if folder is not None:
        _keep(found, Path(folder))
    return found


def _own(base: Scenario, name: str) -> float:
    said = base.value(f"levers.{name}")
    strength = said["strength"]
    strength = strength.get("value", 0.0) if isinstance(strength, Mapping) else strength
    return float(strength) if said["on"] else 0.0


class _quiet:
    """Optuna's own messages are for programmers."""

    def __init__(self, optuna: Any) -> None:
        self.logging = optuna.logging

    def __enter__(self) -> None:
        self.before = self.logging.get_verbosity()
        self.logging.set_verbosity(self.logging.ERROR)

    def __exit__(self, *rest: Any) -> None:
        self.logging.set_verbosity(self.before)


def _study(optuna: Any, told: dict[str, Any], folder: str | Path | None, resume: bool, objectives: int) -> Any:
    """A new study, or the one that a folder keeps. Refused if that is another one, or is not to be gone on with."""
    with _quiet(optuna):
        ways = ["maximize"] * objectives
        if folder is None:
            return optuna.create_study(directions=ways)
        path = Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        if (path / KEPT).exists():
            kept = json.loads((path / KEPT).read_text("utf-8"))
            if kept["hash"] != hashed(told):
                other = [key for key, value in told.items() if kept["told"].get(key) != value]
                raise Refused(f"{path} holds another search ({', '.join(other)} differ); name another folder")
            if not resume:
                raise Refused(f"{path} holds this search already; go on with --resume, or name another folder")
        elif any(path.iterdir()):
            raise Refused(f"{path} holds other files; name an empty or a new folder")
        else:
            (path / KEPT).write_text(json.dumps({"hash": hashed(told), "told": told}, indent=1) + "\n", "utf-8")
        backend = optuna.storages.journal
        storage = optuna.storages.JournalStorage(backend.JournalFileBackend(str(path / JOURNAL)))
        return optuna.create_study(storage=storage, study_name="search", directions=ways, load_if_exists=True)


def _go_on(
    optuna: Any, study: Any, judge: Judge, costs: Costs, own: dict[str, float], signs: Mapping[str, int],
    told: dict[str, Any], trials: int, progress: Progress | None,
) -> None:  # fmt: skip
    """Try policies until so many are done. Each trial's luck of proposal is that of its number, so that a search that
    was interrupted proposes what it would have proposed."""
    states = optuna.trial.TrialState
    for left in study.get_trials(deepcopy=False, states=(states.RUNNING,)):
        study.tell(left.number, state=states.FAIL)
    starts = [own, dict.fromkeys(own, 0.0), dict.fromkeys(own, 0.5)]
    space = {name: optuna.distributions.FloatDistribution(0.0, 1.0, step=STEP) for name in own}
    for done in range(len(study.get_trials(deepcopy=False, states=(states.COMPLETE,))), trials):
        seed = int(generator(told["seed"], f"search.trial_{done}").integers(2**32))
        kind = optuna.samplers.NSGAIISampler if told["sampler"] == "nsga2" else optuna.samplers.TPESampler
        size = {"population_size": POPULATION} if told["sampler"] == "nsga2" else {}
        study.sampler = kind(seed=seed, **size)
        if done < len(starts):
            study.enqueue_trial({name: round(value / STEP) * STEP for name, value in starts[done].items()})
        trial = study.ask(space)
        paid = costs.paid(trial.params)
        values = judge.play(paid, 0, told["runs"])
        scores = []
        for j, name in enumerate(told["goals"]):
            mean = float(np.nanmean(values[:, j])) if np.isfinite(values[:, j]).any() else float("nan")
            scores += [mean * signs[name], worst(values[:, j], signs[name]) * signs[name]]
        trial.set_user_attr("strengths", paid)
        trial.set_user_attr("sd", [float(np.nanstd(values[:, j], ddof=1)) for j in range(values.shape[1])])
        trial.set_user_attr("signs", [signs[name] for name in told["goals"]])
        if np.isfinite(scores).all():
            study.tell(trial, scores)
        else:
            study.tell(trial, [-1e9] * len(scores))
        if progress is not None:
            progress(done + 1, trials)


def _tried(study: Any, goals: list[str], levers: list[str], costs: Costs) -> DataFrame:
    """A row for each different policy that was tried."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    seen = set()
    for trial in study.trials:
        if not trial.values or trial.values[0] <= -1e9:
            continue
        strengths = trial.user_attrs["strengths"]
        key = tuple(strengths.items())
        if key in seen:
            continue
        seen.add(key)
        row: dict[str, Any] = {"policy": len(rows), **{name: strengths[name] for name in levers}}
        row["cost"] = costs.of(strengths)
        for j, name in enumerate(goals):
            sign = trial.user_attrs["signs"][j]
            row[name], row[f"{name}_worst"] = trial.values[2 * j] * sign, trial.values[2 * j + 1] * sign
            row[f"{name}_sd"] = trial.user_attrs["sd"][j]
        rows.append(row)
    if not rows:
        raise Refused(f"no policy gave {' and '.join(goals)} in any run; choose other goals")
    return pd.DataFrame(rows)


def _judged(
    base: Scenario, judge: Judge, rows: Any, goals: list[str], levers: list[str], signs: Mapping[str, int],
    told: dict[str, Any], costs: Costs,
) -> Found:  # fmt: skip
    """The unbeaten policies, judged again with luck that the search has not seen."""
    runs = told["runs"]
    columns = [part for name in goals for part in (name, f"{name}_worst")]
    sign = np.array([signs[name] for name in goals for _ in (0, 1)], "f8")
    values = rows[columns].to_numpy("f8") * sign
    best = unbeaten(values)
    for name in goals:
        reach = 1.96 * rows[f"{name}_sd"] / math.sqrt(runs)
        rows[f"{name}_low"], rows[f"{name}_high"] = rows[name] - reach, rows[name] + reach
    places = np.flatnonzero(best)
    bend = places[knee(values[best][:, ::2])] if len(goals) > 1 else places[compromise(values[best])]
    middle = places[compromise(values[best])]
    rows["unbeaten"] = best
    rows["knee"] = np.arange(len(rows)) == bend
    again = list(dict.fromkeys([int(middle), int(bend), *_spread(values, places, FRESH)]))[:FRESH]
    losses = []
    for column in columns:
        rows[f"fresh_{column}"] = np.nan
    for k in again:
        fresh = judge.play({name: float(rows.loc[k, name]) for name in levers}, runs, runs)
        for j, name in enumerate(goals):
            rows.loc[k, f"fresh_{name}"] = float(np.nanmean(fresh[:, j]))
            rows.loc[k, f"fresh_{name}_worst"] = worst(fresh[:, j], signs[name])
        losses.append([
            (float(rows.loc[k, column]) - float(rows.loc[k, f"fresh_{column}"])) * way
            for column, way in zip(columns, sign, strict=True)
        ])  # fmt: skip
    curse = dict(zip(columns, np.nanmean(losses, axis=0).tolist(), strict=True))
    # The compromise is chosen by fresh luck among those judged anew, as the search's own luck flatters its choices.
    anew = rows.loc[again, [f"fresh_{column}" for column in columns]].to_numpy("f8") * sign
    pick = again[compromise(anew)]
    changes: dict[str, Any] = {"title": f"{base.title}: a compromise of {' and '.join(goals)}"}
    for name in levers:
        strength = float(rows.loc[pick, name])
        changes[f"levers.{name}.on"] = strength > 0.0
        if strength > 0.0:
            changes[f"levers.{name}.strength"] = strength
    facts = {
        **told, "policies": len(rows), "unbeaten": int(best.sum()), "compromise": int(pick), "knee": int(bend),
        "winners_curse": curse,
    }  # fmt: skip
    words = _words(rows, goals, levers, best, pick, bend, curse, told, costs)
    return Found(tuple(goals), tuple(levers), base, tuple(words), rows, base.with_(changes, "<search>"), facts, signs)


def _spread(values: Any, places: Any, most: int) -> list[int]:
    """Some of the unbeaten, from one end of the first goal to the other."""
    order = places[np.argsort(values[places, 0], kind="stable")]
    return [int(order[k]) for k in np.unique(np.linspace(0, len(order) - 1, min(most, len(order))).astype("i8"))]


def _policy(row: Any, levers: Sequence[str]) -> str:
    """The levers that a policy pulls, the strongest first."""
    pulled = sorted((name for name in levers if row[name] > 0.0), key=lambda name: -row[name])
    return listed([f"{name} {row[name]:.2g}" for name in pulled], 6) if pulled else "no lever"


def _words(
    rows: Any, goals: list[str], levers: list[str], best: Any, pick: int, bend: int, curse: dict[str, float],
    told: dict[str, Any], costs: Costs,
) -> list[str]:  # fmt: skip
    count = int(best.sum())
    goal_words = " and ".join(goals)
    said = [
        f"{len(rows)} policies were tried, each in {told['runs']} runs of the same luck; {count} "
        f"{'is' if count == 1 else 'are'} beaten by none in {goal_words}, in the mean and in the worst tenth of runs."
    ]
    for k, words in ((bend, "The knee"), (pick, "The best compromise")):
        row = rows.loc[k]
        parts = [f"{name} {row[name]:.3f} (worst tenth {row[f'{name}_worst']:.3f})" for name in goals]
        said.append(f"{words} is policy {int(row['policy'])}, {_policy(row, levers)}: {', '.join(parts)}.")
        if pick == bend:
            said[-1] = said[-1].replace("The knee", "The knee, and the best compromise,")
            break
    row = rows.loc[pick]
    parts = [f"{name} {row[f'fresh_{name}']:.3f} (worst tenth {row[f'fresh_{name}_worst']:.3f})" for name in goals]
    lost = ", ".join(
        f"{value:+.3f} of {name.replace('_worst', ' in the worst tenth')}" for name, value in curse.items()
    )
    said.append(f"Under fresh luck the compromise has {', '.join(parts)}.")
    said.append(f"Winner's curse, by which the search flattered what it chose: {lost.replace('-', '−')}.")
    noise = max(float((1.96 * rows[f"{name}_sd"] / math.sqrt(told["runs"])).median()) for name in goals)
    said.append(f"Within noise: means of policies that are less than about ±{noise:.3f} apart.")
    if told["budget"] is not None:
        said.append(f"Costed strengths add up to {row['cost']:.3f} of full dues at most {told['budget']:g}.")
    return said


def _keep(found: Found, folder: Path) -> None:
    """The table, the picture, the document and the compromise as a scenario file."""
    found.rows.to_csv(folder / TABLE, index=False)
    (folder / BEST).write_text(found.best.to_yaml(), "utf-8")
    found.plot(folder / "policies.png")
    (folder / "found.json").write_text(
        json.dumps(found.document(), indent=1, allow_nan=False, ensure_ascii=False) + "\n", "utf-8"
    )
