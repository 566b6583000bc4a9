# %% [markdown]
# # 3. Do sunset clauses keep states in, or show them the door?
#
# **Question:** a clause that ends a commitment after some years, unless it is renewed, makes it easier to accept. It
# also opens a scheduled window to leave it, and what may end attracts less investment. Which of the two wins, and
# where?

# %%
import pandas as pd

import comity

RUNS = 30
print(next(lever for lever in comity.catalogue("levers") if lever["name"] == "sunset")["claim"])

# %% [markdown]
# ## One lever, four strengths, two regions
#
# `strength` is how far the clause is applied. Everything else, and all luck, is the same.

# %%
ASKED = ["integration", "respect", "trust", "adoption_share", "threats", "exits", "durability"]
rows = []
for region in ("eu", "mercosur"):
    off = comity.load(f"{region}+bare")
    for strength in (0.25, 0.5, 0.75, 1.0):
        on = off.with_({"levers.sunset.on": True, "levers.sunset.strength": strength})
        told = comity.compare(off, on, runs=RUNS, seed=1).summary()
        rows += [
            {
                "region": region,
                "outcome": outcome,
                "strength": strength,
                **told.loc[outcome, ["difference", "low", "high"]],
            }
            for outcome in ASKED
        ]
table = pd.DataFrame(rows)
table["told"] = [
    f"{row.difference:+.4f}" + ("" if row.low > 0 or row.high < 0 else " ns") for row in table.itertuples()
]
table.pivot(index=["region", "outcome"], columns="strength", values="told")

# %% [markdown]
# `ns` marks differences whose 95 percent interval holds zero. A lever whose best strength lies between 0 and 1 has an
# interior optimum: some of it helps, too much hurts. Look for one: integration has none here. It falls
# with every step in the first region and rises with every step in the second.
#
# ## What the clause does to one measure
#
# The feed of events shows what the clause does: `lapse` is one member whose term has ended and who is bound no longer,
# `expiry` a measure that has ended for all.

# %%
on = comity.load("eu+bare").with_({"levers.sunset.on": True, "levers.sunset.strength": 1.0})
events = on.run(seed=1).events()
events[events["event"].isin(["expiry", "lapse", "adoption"])].groupby("event").size()

# %% [markdown]
# ## Does the answer hold if the clause's own numbers are wrong?
#
# How much relief a term gives, and how much investment it costs, is assumed. An ensemble may draw them from their
# priors: `run.uncertainty: all` draws every uncertain number, so that the interval carries what we do not know, not
# only luck.

# %%
told = comity.compare(
    comity.load("eu+bare").with_({"run.uncertainty": "all"}),
    on.with_({"run.uncertainty": "all"}),
    runs=3 * RUNS, seed=1,
).summary()  # fmt: skip
told.loc[ASKED, ["difference", "low", "high"]].round(4)

# %%
which = told.loc["integration"]
verdict = "costs" if which["high"] < 0 else "adds" if which["low"] > 0 else "does not clearly change"
print(f"Over all priors, a full sunset clause {verdict} integration in the European Union:")
print(f"{which['difference']:+.3f} ({which['low']:+.3f} to {which['high']:+.3f})")

# %% [markdown]
# **Reading.** Neither wins everywhere. In the European Union the clause costs integration, the more the wider it is
# applied, and buys respect, trust and fewer threats. In Mercosur, more is adopted and integration gains a little;
# respect hardly moves. Does it show states the door? No: in the European Union exits become a little rarer once all
# priors are drawn, and with the shipped numbers no difference can be told from luck. The literature finds finite
# duration in most agreements and no effect of flexibility on an organization's survival; a model in which it had a
# large one should be doubted.
