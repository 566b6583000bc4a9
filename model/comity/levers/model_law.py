"""A model law that each state fits to its own constitution fits better, and is no longer quite the same law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import DRAFT, Measure, Organization


@dataclass(frozen=True, kw_only=True)
class ModelLaw(Lever):
    """New measures come as model laws with parts to choose from: less misfit, looser obligations, differing versions.

    Names     model law (UNCITRAL), uniform acts, modular standards, directives rather than regulations
    Price     drafting cost and time; standards are looser; where versions differ, partners gain less from each other
    Evidence  C10 (complexity and federalism delay what does not fit)
    Misuse    where all constitutions are alike, or where the gain is in sameness: looser law for nothing
    """

    group = "obligation"
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength",
        prior=Uniform(0.005, 0.03))] = 0.01  # fmt: skip
    delay: Annotated[float, Parameter("quarters", 0.0, 20.0, "drafting time at full strength",
        prior=Uniform(1.0, 4.0))] = 2.0  # fmt: skip
    fit: Annotated[float, Parameter("share", 0.0, 1.0, "part of what is not yet tailored that it tailors",
        prior=Uniform(0.4, 1.0))] = 0.8  # fmt: skip
    looser: Annotated[float, Parameter("share", 0.0, 1.0, "specificity given up at full strength",
        prior=Uniform(0.2, 0.6))] = 0.4  # fmt: skip
    differing: Annotated[float, Parameter("share", 0.0, 1.0, "network gain lost where every state has its own version",
        prior=Uniform(0.05, 0.3))] = 0.15  # fmt: skip

    reads = ("measure.age", "measure.delay", "measure.loose", "measure.specificity", "measure.stage",
             "measure.tailoring", "org.coverage", "org.requested")  # fmt: skip
    writes = ("measure.delay", "measure.loose", "measure.specificity", "measure.tailoring", "org.requested")


def request(org: Organization, model_law: ModelLaw) -> None:
    """Plan: drafting in parts costs a little."""
    org.requested += model_law.cost * model_law.strength


def draft(measure: Measure, org: Organization, model_law: ModelLaw) -> None:
    """Drafting: what is paid for is tailored; leave to choose makes obligations looser, and versions differ."""
    if measure.stage == DRAFT and measure.age == 0:
        done = model_law.strength * org.coverage
        measure.tailoring += (1.0 - measure.tailoring) * model_law.fit * done
        measure.specificity *= 1.0 - model_law.looser * model_law.strength
        # a few open parts leave the law the same, many do not
        measure.loose += (1.0 - measure.loose) * model_law.differing * model_law.strength * model_law.strength
        measure.delay += model_law.delay * model_law.strength
