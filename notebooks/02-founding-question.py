# %% [markdown]
# # 2. The founding question in five regions
#
# **Question:** can integration deepen while members' political systems stay diverse and sovereign, and by which
# package of levers? The text that founded this project advises sunset clauses, opt-outs, help before force, forums
# and patience. We take that as a hypothesis (`respectful`) and set it beside its rivals, under the same luck.

# %%
import pandas as pd

import comity
from comity import analysis

REGIONS = ["eu", "asean", "ecowas", "mercosur", "african-union"]
PACKAGES = ["respectful", "rigid", "laissez-faire", "a-la-carte", "enforcer", "technocratic"]
RUNS = 20

# %% [markdown]
# ## Each region on the plane of integration and respect
#
# Run *k* of one package meets the same elections, shocks and draws as run *k* of another, so that a difference is the
# package's, not luck's. Whiskers hold the mean with 95 percent.

# %%
answers = {
    region: comity.compare(region, *(f"{region}+{package}" for package in PACKAGES), runs=RUNS, seed=1)
    for region in REGIONS
}
answers["eu"].plot.plane()

# %%
answers["african-union"].plot.plane()

# %% [markdown]
# ## The table

# %%
rows = [
    {"region": region, "package": package, **point}
    for region, answer in answers.items()
    for package, point in zip(["baseline", *PACKAGES], answer.points().to_dict("records"), strict=True)
]
points = pd.DataFrame(rows)
for outcome in ("integration", "respect"):
    print(outcome)
    print(
        points.pivot(index="package", columns="region", values=outcome).loc[["baseline", *PACKAGES], REGIONS].round(3),
        "\n",
    )

# %% [markdown]
# ## Is anybody beaten on both axes?
#
# A package that another one beats on integration *and* respect, in the mean of the runs, has to plead something else.

# %%
for region, rows in points.groupby("region", sort=False):
    beaten = [
        (one.package, two.package)
        for one in rows.itertuples()
        for two in rows.itertuples()
        if two.integration > one.integration and two.respect > one.respect
    ]
    free = [name for name in rows["package"] if name not in {one for one, _ in beaten}]
    print(f"{region:14} not beaten: {', '.join(free)}")

# %% [markdown]
# ## What the advice costs and buys beyond the two axes
#
# Differences of `respectful` from each region's baseline, with 95 percent intervals of the paired mean.

# %%
asked = ["integration", "respect", "trust", "challenger_share", "exits", "suspensions", "implementation_true"]
told = []
for region, answer in answers.items():
    table = answer.summary()
    own = table[table["b"] == answer.titles[1]].set_index("outcome").loc[asked]
    for outcome, row in own.iterrows():
        clear = row["low"] > 0 or row["high"] < 0
        told.append(
            {"region": region, "outcome": outcome, "difference": f"{row['difference']:+.3f}" + ("" if clear else " ns")}
        )
pd.DataFrame(told).pivot(index="outcome", columns="region", values="difference").loc[asked, REGIONS]

# %% [markdown]
# ## Could an assumption turn this?
#
# Most coefficients are uncertain. `turning` draws all of them at once from their priors, asks how often the answer
# keeps its sign, and then puts each suspect alone at the ends of its prior. One region here; `comity turning` does
# all five.

# %%
print(analysis.turning(["mercosur"], "rigid", "respectful", confirming=20).text())

# %% [markdown]
# **Reading.** There is a frontier rather than a winner: what is forced goes deeper where a court and an
# administration can make it so, and costs respect everywhere. Where consent must be unanimous, flexibility can help
# both, because a partner that may stand aside no longer stops the others. A model compares institutions under stated
# assumptions; it forecasts nothing, and whether depth is worth its price is not for it to say.
