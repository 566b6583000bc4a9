# %% [markdown]
# # 8. Replace a rule: your own theory of consent
#
# **Question:** what if governments look at their neighbors before they look at themselves? Write the rule, put it in
# the place of ours, and ask whether the conclusions of notebook 2 survive.

# %%
import comity

print(next(each["claim"] for each in comity.catalogue("forces") if each["name"] == "consent"))

# %% [markdown]
# ## Rival theories that come with it
#
# Where the literature disagrees the rivals have names, and switching costs nothing.

# %%
base = comity.load("asean")
for theory in ("two_level", "rational_design", "appropriateness"):
    told = comity.compare(base, base.with_({"forces.consent.theory": theory}), runs=20, seed=1).summary()
    print(
        f"{theory:16} adoption {told.loc['adoption_share', 'difference']:+.3f}",
        f"integration {told.loc['integration', 'difference']:+.4f}",
    )

# %% [markdown]
# ## A rule of your own
#
# A rule is a plain function over rows: here, one that lets grievance grow more slowly, and never fade where a
# challenger rules. It takes the place of ours; it is checked by its syntax first, compiled like the others, and
# travels with the results as text.

# %%
PATIENCE = 0.8


def aggrieve(member, publics):
    causes = publics.coercion * member.coerced + publics.unmet * member.unmet
    fall = publics.fading * (member.grievance - member.grievance_home)
    if member.challenger_rules != 0:
        fall = 0.0
    member.grievance = min(max(member.grievance + PATIENCE * causes - fall, 0.0), 1.0)


own = base.with_rule(aggrieve, replaces="publics.aggrieve")
told = comity.compare(base, own, runs=40, seed=1).summary()
told.loc[["resentment", "trust", "challenger_share", "integration", "respect"], ["difference", "low", "high"]].round(4)

# %% [markdown]
# ## A mistake is told before anything runs


# %%
def wrong(member, publics):
    member.grievence = 0.0


try:
    base.with_rule(wrong, replaces="publics.aggrieve")
except comity.RuleError as error:
    print(str(error).partition(": ")[2])

# %% [markdown]
# ## Does the founding question's answer survive?

# %%
for name, scenario in (("our rule", base), ("your rule", own)):
    respectful = comity.load("asean+respectful")
    if scenario is own:
        respectful = respectful.with_rule(aggrieve, replaces="publics.aggrieve")
    row = comity.compare(scenario, respectful, runs=40, seed=1).summary()
    print(
        f"{name:10} respectful: integration {row.loc['integration', 'difference']:+.4f},",
        f"respect {row.loc['respect', 'difference']:+.4f}",
    )

# %% [markdown]
# **Reading.** A conclusion that changes sign under a rule that you find as plausible as ours is not a conclusion yet.
# Send us the rule.
