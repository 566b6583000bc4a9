# %% [markdown]
# # 6. A sweep, from plan to Sobol' indices to a box
#
# **Question:** of the strengths of five levers and three doubtful coefficients, which matter for respect and for
# integration, and in which corner of the space does an organization do well on both?

# %%
import tempfile
from pathlib import Path

import comity
from comity import analysis

folder = Path(tempfile.mkdtemp()) / "kept"

# %% [markdown]
# ## The plan
#
# What varies is named by dotted paths, as everywhere. The plan says every faulty point, and what the sweep will cost,
# before anything runs. Saltelli's design is what Sobol' indices need.

# %%
levers = {
    f"levers.{name}.strength": {"uniform": [0, 1]}
    for name in ("opt_outs", "capacity_building", "hardness", "tranches", "safeguards")
}
on = {path.replace("strength", "on"): True for path in levers}
doubtful = {
    "forces.consent.gain": {"uniform": [1.5, 3.5]},
    "forces.consent.legislature": {"uniform": [-2.5, -0.5]},
    "forces.publics.procedure": {"uniform": [0.0, 0.04]},
}
base = comity.load("mercosur+bare").with_(on | {"run.uncertainty": "none"})
parameters = {each["name"] for each in comity.catalogue("parameters")}
vary = levers | {path: prior for path, prior in doubtful.items() if path in parameters}
sweep = comity.sweep(base, vary, design="saltelli", n=64, runs=4, second_order=False)
plan = sweep.plan()
print(f"{plan.points} points, {plan.runs} runs, {plan.bytes / 1e6:.1f} MB")

# %% [markdown]
# ## The runs
#
# Killed half-way, the same line goes on where it stopped. Whatever runs it (threads, processes, Dask, an array of
# jobs), the results have the same bytes.

# %%
status = sweep.run(folder)
print(f"{status.done} done, {status.failed} failed")
results = sweep.results()
results[["design_id", "replication", "seed", "integration", "respect", "trust"]].head(3).round(3)

# %% [markdown]
# ## Which factors matter
#
# First-order indices say how much of the variance of the means each factor carries alone, total indices with all its
# company. What luck alone would show is told beside them.

# %%
respect = analysis.sobol(folder, "respect")
print(respect.text())
respect.plot()

# %%
print(analysis.sobol(folder, "integration").text())

# %% [markdown]
# ## In which corner is respect high?
#
# PRIM peels the space to a box in which the outcome is often good, and says how much of the good it covers.

# %%
box = analysis.prim(folder, "respect")
print(box.text())
box.plot()

# %% [markdown]
# ## What nothing beats
#
# Points that no other point beats on both outcomes at once.

# %%
front = analysis.pareto(folder, ["integration", "respect"])
print(front.text())

# %% [markdown]
# ## Any row can be played again
#
# Each row is one run at one point; it can be recreated with all its tables and its reasons.

# %%
row = results.sort_values("respect").iloc[0]
again = sweep.rerun(int(row["run_id"]))
print(f"kept {row['respect']:.6f}, played again {again.outcomes['respect']:.6f}")
assert again.outcomes["respect"] == row["respect"]

# %% [markdown]
# **Reading.** Indices are shares of a variance over the ranges that were chosen: wider ranges, other shares. Four
# runs a point leave noise, which the analysis names; `comity analyse DIR convergence` says whether more would change
# the order.
