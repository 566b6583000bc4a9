# %% [markdown]
# # 11. A lesson for a class
#
# **Question for the class:** you lead the secretariat of a union of twenty-eight states before a decade of crises.
# You may use three levers. Which, and what will it cost?
#
# Forty-five minutes. The live page (`comity dashboard --classroom`) lets thirty students play it on their own
# devices; this notebook is the version for a projector, in three acts: predict, look, explain.

# %%
import comity

base = comity.load("eu+bare")
LEVERS = ["opt_outs", "capacity_building", "hardness", "safeguards", "forum", "sunset", "transparency", "court"]
catalogue = {each["name"]: each for each in comity.catalogue("levers")}
for name in LEVERS:
    print(f"{name:18} {catalogue[name]['claim']}")

# %% [markdown]
# ## Act 1. Predict (10 minutes)
#
# Each group writes three levers, and for each whether integration, respect and trust rise or fall. Nobody runs
# anything.
#
# ## Act 2. Look (15 minutes)
#
# Put the groups' choices in here. The same luck for all, so that only choices differ.

# %%
GROUPS = {
    "helpers": ["capacity_building", "safeguards", "forum"],
    "judges": ["hardness", "court", "transparency"],
    "friends of exits": ["opt_outs", "sunset", "forum"],
}


def chosen(levers):
    return base.with_({f"levers.{name}.on": True for name in levers})


told = comity.compare(base, *(chosen(levers) for levers in GROUPS.values()), runs=40, seed=7)
table = {
    group: pair.summary().loc[["integration", "respect", "trust", "challenger_share", "exits"], "difference"].round(3)
    for group, pair in zip(GROUPS, told.pairs, strict=True)
}
for group, row in table.items():
    print(f"{group:18}", row.to_dict())

# %% [markdown]
# ## Act 3. Explain (20 minutes)
#
# Which of a group's levers did it? Shares add up to the group's total; a pair may help or hinder each other.

# %%
effects = comity.effects(chosen(GROUPS["judges"]), levers=GROUPS["judges"], outcome="respect", runs=20, seed=7)
effects.table()[["lever", "effect", "shapley", "shapley_low", "shapley_high", "alone"]].round(4)

# %%
effects.plot.shares()

# %% [markdown]
# ## What to say at the end
#
# The point is not who won. It is that each lever has a price which somebody else pays, that luck is large (show the
# fan of one group), and that a model's answer stands on assumptions which can be named and changed: change one, and
# look again.
