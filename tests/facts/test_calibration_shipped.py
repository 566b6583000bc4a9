"""The shipped fit, its targets and its declarations say the same: a number is declared once."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import comity
from comity.calibration import declaring, read
from comity.calibration.document import FIT
from comity.literature import FACTS, KEPT_APART
from comity.scenario.catalogue import whole_catalogue

FACTS_FILE = Path(comity.__file__).parent / "truth" / "facts.csv"
SHIPPED = read("world")


def test_only_facts_that_may_be_fitted_are_fitted() -> None:
    ids = {re.sub(r"(?<=\d)[a-z]$", "", target.id) for target in SHIPPED.targets}
    assert ids == set(FIT)
    assert all(FACTS[id].status != KEPT_APART for id in ids)


def test_targets_have_the_outcomes_and_tolerances_of_the_table_of_facts() -> None:
    with FACTS_FILE.open(encoding="utf-8", newline="") as stream:
        rows = {row["id"]: row for row in csv.DictReader(stream)}
    for target in SHIPPED.targets:
        row = rows.get(target.id) or rows[f"{target.id}a"]
        assert row["role"] == "fitted"
        assert target.outcome == row["outcome"]
        assert target.low == pytest.approx(float(row["low"]))
        if row["high"]:
            assert target.high == pytest.approx(float(row["high"]))
        assert SHIPPED.worlds[target.world].name == row["scenario"]
        assert target.low <= target.value <= target.high


def test_every_fact_of_the_table_that_is_fitted_is_a_target_or_a_way_to_say_one() -> None:
    with FACTS_FILE.open(encoding="utf-8", newline="") as stream:
        fitted = {row["id"] for row in csv.DictReader(stream) if row["role"] == "fitted"}
    told = {target.id for target in SHIPPED.targets}
    assert fitted - told <= {"P2a", "R7f"}  # P2a is P2; months to half say what the curve says


def test_nothing_is_fitted_inside_a_region() -> None:
    regions = [comity.load(name) for name in ("eu", "asean", "ecowas", "mercosur", "african-union")]
    for each in SHIPPED.free:
        assert each.path.startswith(("forces.", "levers."))
        assert not any(each.path in region.fixed for region in regions), each.path


def test_what_was_fitted_is_what_forces_and_levers_declare() -> None:
    numbers = whole_catalogue().declarations()
    told = declaring.declarations(declaring.fitted())
    assert told
    for path, wanted in told.items():
        number = numbers[path]
        assert number.default == wanted.default, path
        assert number.parameter.prior == wanted.prior, path
        assert number.parameter.source == wanted.source, path


def test_no_other_number_claims_to_be_fitted() -> None:
    told = declaring.declarations(declaring.fitted())
    for path, number in whole_catalogue().declarations().items():
        assert ("calibration/fitted.json" in number.parameter.source) == (path in told), path


def test_the_fit_that_is_kept_is_the_shipped_file_s() -> None:
    document = declaring.fitted()
    assert document["calibration"] == SHIPPED.name and document["seed"] == SHIPPED.seed
    assert [each["path"] for each in document["parameters"]] == [each.path for each in SHIPPED.free]
    assert [each["id"] for each in document["targets"]] == [each.id for each in SHIPPED.targets]
    for told, each in zip(document["parameters"], SHIPPED.free, strict=True):
        assert told["prior"] == each.factor.document()["prior"], each.path


def test_a_fit_with_the_posterior_for_a_prior_is_not_what_is_shipped() -> None:
    """A fact counts once: the fit starts from priors of its own, not from declarations that have already seen it."""
    assert all(each.own_prior for each in SHIPPED.free)


@pytest.mark.long
def test_the_shipped_file_can_be_fitted_from_end_to_end(tmp_path: Path) -> None:
    found = comity.calibrate("world", tmp_path / "fit", quick=True)
    assert (tmp_path / "fit" / "fit.html").exists()
    assert found.coverage.overall(0.9) > 0.7
