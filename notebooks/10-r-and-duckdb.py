# %% [markdown]
# # 10. The same analysis in R and in DuckDB
#
# **Question:** can colleagues who never open Python work with the results? Every kept run and sweep is tidy Parquet
# with a dictionary, so: yes.

# %%
import json
import tempfile
from pathlib import Path

import duckdb

import comity

folder = Path(tempfile.mkdtemp())
for package in ("respectful", "rigid"):
    comity.load(f"mercosur+{package}").ensemble(runs=20, seed=1, series=True).save(folder / package)
sorted(path.name for path in (folder / "rigid").iterdir())

# %% [markdown]
# ## DuckDB reads the files where they lie

# %%
database = duckdb.connect()
database.sql(f"""
    select b.run, b.respect - a.respect as respect, b.integration - a.integration as integration
    from '{folder}/rigid/outcomes.parquet' a join '{folder}/respectful/outcomes.parquet' b using (run)
""").create_view("paired")
database.sql("""
    select count(*) as runs, round(avg(integration), 4) as integration, round(avg(respect), 4) as respect,
           round(stddev_samp(respect) / sqrt(count(*)), 5) as error
    from paired
""").df()

# %% [markdown]
# The same from the package, to check:

# %%
told = comity.compare("mercosur+rigid", "mercosur+respectful", runs=20, seed=1).summary()
told.loc[["integration", "respect"], ["difference", "low", "high"]].round(4)

# %%
database.sql(
    f"select \"column\", unit, means from '{folder}/rigid/dictionary.csv' where \"table\" = 'members'"
).df().head(6)

# %% [markdown]
# ## In R
#
# ```r
# library(arrow); library(dplyr)
# read <- function(package) read_parquet(file.path(folder, package, "outcomes.parquet"))
# paired <- inner_join(read("rigid"), read("respectful"), by = "run", suffix = c("_rigid", "_respectful"))
# paired |>
#   transmute(respect = respect_respectful - respect_rigid,
#             integration = integration_respectful - integration_rigid) |>
#   summarise(across(everything(), list(mean = mean, se = \(x) sd(x) / sqrt(n()))))
# t.test(paired$respect_respectful, paired$respect_rigid, paired = TRUE)
# ```
#
# Stata: `comity export DIR --dta` writes labelled files, and `use outcomes` reads them; Excel: `--xlsx`.
#
# ## What a colleague needs to make it again

# %%
manifest = json.loads((folder / "rigid" / "manifest.json").read_text())
print({key: manifest[key] for key in ("scenario", "seed", "runs", "digest")})

# %% [markdown]
# `comity run --from rigid` makes the result again from its folder, and says whether it is the same to the bit.
