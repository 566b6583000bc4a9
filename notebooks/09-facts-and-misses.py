# %% [markdown]
# # 9. Facts, fit and misses
#
# **Question:** what is this model known to get right, what was it told, and where is it wrong?
#
# Three roles are kept apart. *Fitted* facts: numbers were fitted to them, so a hit is no surprise. *Informed* facts:
# never fitted, but known while the rules were designed. *Blind* facts are kept from the project until it is examined.
# Of signs, only *emergent* ones count: finding a sign that a rule was written for checks the code, not the world.

# %%
import pandas as pd

import comity

told = comity.facts(runs=20)
pd.DataFrame(told.summary())

# %% [markdown]
# ## Fitted
#
# The value with its interval (95 percent), the bounds, the verdict, and what a naive forecast would have said.

# %%
frame = told.frame()
shown = ["id", "outcome", "value", "low", "high", "target_low", "target_high", "verdict", "baseline_verdict"]
frame[frame["role"] == "fitted"][shown].round(3).reset_index(drop=True)

# %% [markdown]
# ## Never fitted, and counted

# %%
frame[(frame["role"] == "informed") & frame["counts"]][shown].round(3).reset_index(drop=True)

# %% [markdown]
# ## Misses, in the open

# %%
missed = frame[frame["verdict"] == "miss"]
for row in missed.itertuples():
    print(f"{row.id:5} {row.statement}  asked {row.target_low} to {row.target_high}, runs say {row.value:.3f}")

# %% [markdown]
# ## What was fitted, and what the facts do not speak to
#
# One file says which numbers were fitted, to what, and with what posterior.

# %%
from comity.calibration.declaring import fitted  # noqa: E402

fit = fitted()
numbers = pd.DataFrame(fit["parameters"])
numbers[["path", "middle", "sd", "spoken", "only_by"]].round(3)

# %%
silent = numbers.loc[~numbers["spoken"], "path"].tolist()
print("The facts say nothing of:", ", ".join(silent) if silent else "none of these")

# %% [markdown]
# ## History as it happened
#
# Scores that cannot be bettered by saying something else than one believes, beside forecasts without a model. The
# British vote of 2016 is given to the model as a date; the second line takes it away.

# %%
from comity.history import history  # noqa: E402

for chapter in history(60, chapters=("exits", "exits-undated", "trust")).chapters:
    print(chapter.question, *chapter.sentences)
    for score in chapter.scores:
        naive = ", ".join(f"{name} {value:.4f}" for name, value in score.naive.items())
        print(f"    {score.rule} of {score.what}: {score.model:.4f} ({naive})")

# %% [markdown]
# **Reading.** A table in which everything hits would be a table of what was fitted. What counts is the middle one, and
# of that the emergent signs. `comity gallery` writes all of it as one page, with the reasons for each miss as far as
# they are understood; `comity facts my.csv` holds the model against a table of your own.
