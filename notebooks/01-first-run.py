# %% [markdown]
# # 1. A first run, and what is in it
#
# **Question:** what does a run of comity give, and what may be concluded from one?
#
# A scenario names a real region, its members as they were in a start year, the organization and its levers, and the
# shocks that came from outside. A run plays it quarter by quarter. Who joins, obeys, threatens or leaves is never
# scripted: it is decided by members, and drawn with chances that the rules give.

# %%
import comity

eu = comity.load("eu")
print(eu.title)
print(eu.value("region.start"), "to", eu.value("region.start") + eu.value("run.years") - 1)
print(len(eu.value("region.members")), "states;", comity.__version__)

# %% [markdown]
# ## One run
#
# A seed picks the luck. The same seed gives the same run, to the last bit, on any machine.

# %%
one = eu.run(seed=1)
for name in ("integration", "respect", "trust", "challenger_share", "exits", "overdue_share"):
    print(f"{name:18} {one.outcomes[name]:.3f}")

# %% [markdown]
# Integration is what is in force *and* truly carried out, with what partners add; respect falls with every demand
# beyond what publics and governments wanted, and with force. Both are between 0 and 1, and they are drawn against
# each other because the question of this laboratory is what one costs in the other.

# %%
one.plot.story()

# %% [markdown]
# ## What happened to whom
#
# Three tables hold the course of a run: the region by quarter, members by quarter, and events.

# %%
one.series()[["time", "integration", "respect", "trust", "challenger_share", "members"]].iloc[3::16].round(3)

# %%
events = one.events()
events["event"].value_counts().head(12)

# %%
great = ["suspension", "threat_with_demand", "notice", "notice_withdrawn", "exit", "return", "accession"]
events[events["event"].isin(great)][["time", "iso3", "event"]].head(12)

# %% [markdown]
# ## Why
#
# Every decision can be taken apart: the terms that were weighed, the luck of the draw, and the smallest change that
# would have turned it. Here is one member's year.

# %%
print(one.why("HUN", quarter=2012))

# %% [markdown]
# ## One run is an anecdote
#
# Luck is large: elections, votes and crises of confidence fall differently in each run. So ask many, and look at the
# spread. Nine runs in ten lie between `low` and `high`; `mean_low` and `mean_high` are the interval of the mean.

# %%
many = eu.ensemble(runs=100, seed=1, series=True)
many.summary().loc[
    ["integration", "respect", "trust", "challenger_share", "exits", "threats", "overdue_share"],
    ["mean", "low", "high", "mean_low", "mean_high", "unit"],
].round(3)

# %%
many.plot.fan("trust")

# %% [markdown]
# **What may be concluded.** The fan says what follows from these rules and these beginnings, not what will happen. A
# figure with its interval may be compared with the same figure under other rules (next notebook); alone it is no
# forecast. What the model was fitted to, and where it misses, stands in notebook 9.
