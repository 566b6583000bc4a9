"""A file becomes a Scenario, or all the reasons why not, with line and column."""

from comity.scenario.catalogue import Catalogue
from comity.scenario.library import Card, shipped, shipped_folder
from comity.scenario.loading import check, load
from comity.scenario.model import schema_file
from comity.scenario.problems import Place, Problem, ScenarioError
from comity.scenario.scenario import Scenario, set_from_text

__all__ = [
    "Card",
    "Catalogue",
    "Place",
    "Problem",
    "Scenario",
    "ScenarioError",
    "check",
    "load",
    "schema_file",
    "set_from_text",
    "shipped",
    "shipped_folder",
]
