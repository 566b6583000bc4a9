# %% [markdown]
# # 7. Robust policies under a budget
#
# **Question:** an organization has money for little. Which levers, how strong, do well in the mean *and* in bad luck,
# when nobody knows the coefficients?

# %%
import tempfile
from pathlib import Path

import comity

found = comity.search(
    comity.load("ecowas+bare").with_({"run.years": 12}),
    goals=["integration", "respect"],
    levers=["capacity_building", "opt_outs", "funds", "forum", "tranches"],
    budget=0.5,
    trials=40,
    runs=6,
    folder=Path(tempfile.mkdtemp()) / "found",
)

# %%
print(found.text())

# %%
found.table()[["policy", "cost", "integration", "integration_worst", "respect", "respect_worst", "unbeaten"]].round(
    3
).head(8)

# %% [markdown]
# ## Winners are judged again
#
# A search picks what was lucky, too. The best are therefore played again under luck that the search has not seen, and
# what is told is that second judgement.

# %%
found.plot()

# %% [markdown]
# **Reading.** No budget buys everything: what is spent on funds is not spent on administrations. A policy on the
# front is one that nothing found beats on both goals; it need not be the same one that is best in a bad year.
