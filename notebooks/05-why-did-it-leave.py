# %% [markdown]
# # 5. Why did it leave? A post-mortem
#
# **Question:** a member has left. Which decisions led there, what weighed in them, and what would have kept it in?
#
# The British exit is no script: in some runs it happens, in others it does not. How often?

# %%
import comity

eu = comity.load("eu")
many = eu.ensemble(runs=100, seed=1, series=True)
exits = many.exits().sort_values(ascending=False)
exits.head(6)

# %% [markdown]
# ## A run in which it happened

# %%
left = next(run for run in range(100) if "GBR" in set(many.run(run).events().query("event == 'exit'")["iso3"].dropna()))
run = many.run(left)
path = run.events()
path[(path["iso3"] == "GBR") & path["event"].isin(["challenger_enters", "threat", "threat_with_demand", "concession",
     "refusal", "notice", "notice_withdrawn", "exit", "return"])][["time", "event"]]  # fmt: skip

# %% [markdown]
# ## The story
#
# Each decision with its terms in order of weight, and the nearest change that would have turned it.

# %%
leaving = int(path[(path["iso3"] == "GBR") & (path["event"] == "notice")]["quarter"].iloc[0])
print(run.why("GBR", quarter=leaving))

# %%
run.plot.why("GBR")

# %% [markdown]
# ## Which lever would have kept it in?
#
# The whole run is played again, lever by lever, under the same luck. If no single lever helps, that is an answer too.

# %%
story = run.why("GBR", quarter=leaving, levers=True)
print("\n".join(story.levers_in_words()))

# %% [markdown]
# ## And over all runs: which package makes exits rarer?

# %%
told = comity.compare("eu", "eu+respectful", "eu+enforcer", "eu+a-la-carte", runs=100, seed=1)
for name, pair in zip(told.titles[1:], told.pairs, strict=True):
    row = pair.summary().loc["exits"]
    print(f"{name:14} {row['difference']:+.2f} exits a run ({row['low']:+.2f} to {row['high']:+.2f})")

# %% [markdown]
# ## The referendum is given, the answer is not
#
# That a vote would be called is told to the model as a date, as a war or a pandemic is. Take the date away:

# %%
without = eu.with_({"shocks.events.referendum-britain": None}).ensemble(runs=100, seed=1, series=True)
print(f"GBR leaves in {100 * exits['GBR']:.0f} of 100 runs with the dated vote,")
print(f"and in {100 * without.exits()['GBR']:.0f} without it")

# %% [markdown]
# **Reading.** An exit is a chain: a threat with a demand, a notice, the demand refused, the notice not withdrawn. Here
# the date of a vote weighs most for the first two, and no single lever undoes that, not even from the start. Over
# many runs the respectful package makes exits somewhat rarer, enforcement hardly, and Europe à la carte not.
# That the United Kingdom never leaves in runs without the dated vote is a caveat for whoever would read the model's
# number as a forecast made in 2010.
