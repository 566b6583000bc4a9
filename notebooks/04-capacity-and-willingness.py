# %% [markdown]
# # 4. Capacity without willingness
#
# **Question:** should an organization help those that cannot, or press those that will not? The management school
# says that states fail because they cannot; the enforcement school, because it pays. What does each buy, and both
# together?

# %%
import pandas as pd

import comity

RUNS = 30
HELP = {"levers.capacity_building.on": True, "levers.capacity_building.strength": 1.0}
PRESS = {"levers.hardness.on": True, "levers.court.on": True, "levers.audit.on": True}
ASKED = ["implementation_true", "implementation_reported", "overdue_share", "respect", "trust", "integration"]

# %% [markdown]
# ## Help, pressure, both
#
# Two times two, under the same luck, in a region of strong administrations and in one of weak ones.

# %%
rows = []
for region in ("eu", "ecowas"):
    bare = comity.load(f"{region}+bare")
    told = comity.compare(bare, bare.with_(HELP), bare.with_(PRESS), bare.with_(HELP | PRESS), runs=RUNS, seed=1)
    for name, pair in zip(("help", "press", "both"), told.pairs, strict=True):
        table = pair.summary()
        rows += [
            {"region": region, "outcome": o, "levers": name, "difference": table.loc[o, "difference"]} for o in ASKED
        ]
pd.DataFrame(rows).pivot(index=["region", "outcome"], columns="levers", values="difference")[
    ["help", "press", "both"]
].round(4)

# %% [markdown]
# Does pressure cost respect? In one region it does; in the other, respect rises. Part of the reason is a backlog: what
# is owed and not done weighs on administrations (`overload`), and counts against respect.

# %%
pd.DataFrame(
    {
        (region, name): scenario.run(seed=1).members()[["overload", "respect"]].mean()
        for region in ("eu", "ecowas")
        for bare in (comity.load(f"{region}+bare"),)
        for name, scenario in (("bare", bare), ("press", bare.with_(PRESS)))
    }
).T.round(3)

# %% [markdown]
# ## Who fails for which reason
#
# In one run, look at members in the last year: how capable they are, how much their government wants integration, and
# how much they carry out. In a world of pure capacity the first would say everything; in one of pure will, the
# second.

# %%
members = comity.load("ecowas").run(seed=1).members()
last = members[members["quarter"] == members["quarter"].max()]
last[["iso3", "capacity", "preference", "trust", "overload", "respect"]].sort_values("capacity").round(2).head(15)

# %% [markdown]
# ## Capable and unwilling: compliance on paper
#
# Reports run ahead of the truth where a state is able to write them and does not want what they say. The gap is the
# difference of two outcomes, and audits are meant to close it.

# %%
told = comity.compare("ecowas+bare", comity.load("ecowas+bare").with_({"levers.audit.on": True}), runs=RUNS, seed=1)
gap = {
    name: side.outcomes["implementation_reported"].mean() - side.outcomes["implementation_true"].mean()
    for name, side in (("without audits", told.a), ("with audits", told.b))
}
for name, value in gap.items():
    print(f"{name}: reported runs ahead of true by {value:.3f}")

# %% [markdown]
# ## A decision, taken apart
#
# The same question for one state and one measure: the story names willingness and capacity among its terms.

# %%
story = comity.load("ecowas").run(seed=1).why("GNB")
story.terms().groupby("term")["value"].mean().sort_values(key=abs, ascending=False).round(2).head(10)

# %% [markdown]
# **Reading.** Help moves little where administrations are strong and more where they are weak. Pressure moves those
# that could and would not: in the European Union it does nearly all that both do together. It is paid for in respect
# in ECOWAS; in the European Union it lowers trust a little, and respect rises as the backlog that overloads
# administrations goes. Together they do more than either alone where both reasons for failure are present, as in
# ECOWAS. Even there integration hardly moves: what is carried out is a share of what was agreed, and that is little.
