"""Scenarios for facts: differences over the regions, start-year figures that agree with the data, nothing later."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.scenario import shipped

PANEL = Path(__file__).resolve().parents[3] / "shared" / "data" / "panel_1990_2024.csv"
NAMES = sorted(card.name for card in shipped("facts"))
STARTS = {"single-market-1997": 1996, "single-market-2000": 2000, "community-court": 2015, "union-treaties": 2002,
          "recovery-money": 2021}  # fmt: skip
"""Scenarios with figures of another year than their region's, and the year of those figures."""
REGIONS = {"single-market-1997": "eu", "single-market-2000": "eu", "recommendations": "eu", "recovery-money": "eu",
           "incorporation": "mercosur", "blueprint": "asean", "community-court": "ecowas",
           "reluctant-community": "ecowas", "union-treaties": "african-union",
           "free-trade-area": "african-union"}  # fmt: skip
FITTABLE = ("forces.consent", "forces.implementation", "forces.publics", "forces.elections", "forces.threat")
WGI = ("capacity", "wgi_ge"), ("integrity", "wgi_rl")
OTHERS = ("democracy", "v2x_libdem"), ("legislature", "v2xlg_legcon"), ("judiciary", "v2x_jucon")


def central(cell: Any) -> float:
    """The figure in the middle of a cell."""
    if isinstance(cell, dict):
        cell = cell["value"] if "value" in cell else cell["normal"][0]
    return float(cell)


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_for_facts_is_known_by_its_name_and_runs(name: str) -> None:
    world = comity.load(name).with_({"run.uncertainty": "all"})
    assert world.title and world.story
    assert len(world.run(seed=1, years=1).outcomes) == len(world.value("outcomes"))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_fitted_inside_a_scenario(name: str) -> None:
    """What it states of forces is what its region states too, or a level that was read, or when texts are tabled."""
    world = comity.load(name)
    allowed = {"forces.founding.trust_home", "forces.court_exit.level", "forces.agenda.drafting"}
    stated = {path for path in world.fixed if path.startswith("forces.")}
    assert stated <= allowed | ({*comity.load(REGIONS[name]).fixed} if name in REGIONS else set())
    assert not [path for path in stated if path.startswith(FITTABLE)]


@pytest.mark.parametrize("name", STARTS)
def test_no_figure_is_of_later_than_the_start(name: str) -> None:
    region = comity.load(name).value("region")
    years = [column.get("year") for column in region["columns"].values()]
    years += [cell.get("year") for member in region["members"].values() for cell in member.values()
              if isinstance(cell, dict)]  # fmt: skip
    assert max(year for year in years if year is not None) <= region["start"]
    assert all(int(member["next_election"][:4]) >= region["start"] for member in region["members"].values())


@pytest.mark.skipif(not PANEL.exists(), reason="the panel lies beside the project, not in it")
@pytest.mark.parametrize("name", STARTS)
def test_start_year_figures_are_those_of_the_panel(name: str) -> None:
    with PANEL.open(encoding="utf-8", newline="") as file:
        panel = {(row["iso3"], int(float(row["year"]))): row for row in csv.DictReader(file)}
    year, members = STARTS[name], comity.load(name).value("region.members")
    compared = 0
    for iso, figures in members.items():
        for key, column in (*WGI, *OTHERS):
            found = panel.get((iso, year), {}).get(column, "")
            if found and not (isinstance(figures[key], dict) and figures[key].get("source") == "assumption"):
                value = (float(found) + 2.5) / 5.0 if (key, column) in WGI else float(found)
                assert central(figures[key]) == pytest.approx(value, abs=0.006), (iso, key)
                compared += 1
        row = panel[iso, year]
        assert figures["population"] == pytest.approx(float(row["pop"]) / 1e6, rel=0.01), iso
        assert figures["income"] == pytest.approx(float(row["gdp_pcap"]) / 1e3, rel=0.01), iso
    assert compared > 4 * len(members)


def test_members_join_and_are_missing_as_history_has_it() -> None:
    before, after = (comity.load(name).value("region.members") for name in ("single-market-1997", "single-market-2000"))
    assert len(before) == 15 and len(after) == 28
    assert sum(member["standing"] == "member" for member in after.values()) == 15
    assert {member["accession"] for member in after.values() if member["standing"] == "candidate"} == {
        "2004Q2", "2007Q1", "2013Q3",
    }  # fmt: skip
    recovery = comity.load("recovery-money").value("region.members")
    assert len(recovery) == 27 and "GBR" not in recovery
    treaties = comity.load("union-treaties").value("region.members")
    assert "SSD" not in treaties and treaties["MAR"]["accession"] == "2017Q1"


def test_the_free_trade_area_opens_in_the_first_quarter_of_a_year() -> None:
    """As in March 2018, so that the summit of the second summer comes at the same age."""
    from comity.simulation import Simulation

    world = comity.load("free-trade-area").with_({"run.uncertainty": "all"})
    model = Simulation(world, rng=1, collect=False)
    seasons = []
    while model.running:
        model.step()
        if (model.world.measures["vote_now"] != 0).any():
            seasons.append(int(model.world.clock[0].season))
    assert seasons[0] == 0
