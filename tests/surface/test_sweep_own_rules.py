"""A rule of one's own goes with a sweep: into its manifest as text with its numbers, and to workers elsewhere."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.sweeps import Sweep, WrongFolder

FAST = 0.05


def forgive(member: Any, publics: Any) -> None:
    """Grievance fades and nothing else."""
    member.grievance = min(max(member.grievance * (1.0 - FAST), 0.0), 1.0)


def test_a_rule_of_one_s_own_travels_with_the_sweep(tmp_path: Path) -> None:
    base: Any = comity.load("mercosur").with_({"run.years": 1})
    mine = base.with_rule(forgive, replaces="publics.aggrieve")
    vary = {"levers.sunset.strength": [0.0, 0.5, 1.0], "levers.sunset.on": [True]}
    digests = []
    for name, processes in (("threads", False), ("processes", True)):
        sweep = comity.sweep(mine, vary, design="grid", runs=2)
        assert sweep.run(tmp_path / name, workers=2, processes=processes).done == 6
        digests.append(hashlib.sha256((tmp_path / name / "results.parquet").read_bytes()).hexdigest())
    assert digests[0] == digests[1]
    kept = Sweep.open(tmp_path / "threads")
    (told,) = kept.manifest.document["own_rules"]
    assert "member.grievance * (1.0 - FAST)" in told["source"]
    assert told["captured"] == {"FAST": FAST}
    again, row = kept.rerun(3).outcomes, kept.results().set_index("run_id").loc[3]
    assert all(row[name] == value or value != value for name, value in again.items())
    shipped = comity.sweep(base, vary, design="grid", runs=2)
    with pytest.raises(WrongFolder, match="differ in"):
        shipped.run(tmp_path / "threads")
