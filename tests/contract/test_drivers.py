"""Compiled runs in threads, the Mesa model and plain Python give the same bits."""

from __future__ import annotations

import numpy as np
import pytest

from comity import beginning, engine, scenario
from comity.simulation import Simulation

SMALL = {"region.synthetic.members": 5, "run.years": 3}
REGIONS = ("mercosur+respectful", "eu+rigid", "ecowas")


def small(name: str) -> scenario.Scenario:
    return scenario.load(name).with_(SMALL)


def traced(what: scenario.Scenario, seed: int, run: int = 0) -> tuple[str, str]:
    """Outcomes and digest of the last day, from the engine."""
    begun = beginning.begin(what)
    found = engine.trace(begun, seed, run)
    return repr(dict(zip(begun.book.outcomes, found.outcomes.tolist(), strict=True))), found.world.digest()


@pytest.mark.parametrize("name", REGIONS)
def test_plain_python_and_compiled_phases_agree_after_every_quarter(name: str) -> None:
    plain, compiled = (Simulation(small(name), rng=4, driver=driver) for driver in ("plain", "compiled"))
    assert plain.world.digest() == compiled.world.digest()
    while plain.running:
        plain.step()
        compiled.step()
        assert plain.world.digest() == compiled.world.digest(), plain.date
    assert plain.world.ideals.tobytes() == compiled.world.ideals.tobytes()
    assert repr(plain.outcomes()) == repr(compiled.outcomes())


@pytest.mark.parametrize("name", REGIONS)
def test_plain_python_ends_where_the_engine_ends(name: str) -> None:
    model = Simulation(small(name), rng=4, run=1, driver="plain")
    model.run_model()
    assert (repr(model.outcomes()), model.world.digest()) == traced(small(name), 4, 1)


@pytest.mark.parametrize("run", [0, 7])
def test_the_mesa_model_is_that_run_of_the_engine_over_twenty_years(run: int) -> None:
    union = scenario.load("eu")
    model = Simulation(union, rng=3, run=run)
    model.run_model()
    assert model.date == "2029Q4"
    assert (repr(model.outcomes()), model.world.digest()) == traced(union, 3, run)


def test_two_runs_and_two_seeds_are_four_lives() -> None:
    found = {traced(small("ecowas"), seed, run)[1] for seed in (1, 2) for run in (0, 1)}
    assert len(found) == 4


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_gives_the_same_bits(workers: int) -> None:
    days = [beginning.begin(small(name)) for name in ("mercosur", "mercosur+respectful")]
    alone = engine.ensemble(days, 5, range(9), workers=1)
    assert engine.ensemble(days, 5, range(9), workers=workers).tobytes() == alone.tobytes()
    assert len(np.unique(alone[0], axis=0)) == 9


def test_the_order_in_which_members_are_listed_does_not_matter_to_the_bit() -> None:
    region = scenario.load("asean").with_({"run.years": 4})
    document = region.stated.plain()
    listed = list(document["region"]["members"].items())
    document["region"]["members"] = dict(reversed(listed))
    document["region"]["borders"] = document["region"]["borders"][::-1]
    turned = scenario.load(document)
    assert list(turned.resolved["region"]["members"]) == [code for code, _ in reversed(listed)]
    assert traced(turned, 6) == traced(region, 6)


def test_a_run_can_be_replayed_in_the_same_process() -> None:
    runner = engine.Runner([beginning.begin(small("mercosur"))])
    digests = [runner.run(0, 1, run).world.digest() for run in (0, 1, 0)]
    assert digests[0] == digests[2] != digests[1]
