"""The model told in words and tables, and the literature behind a run: both made from the declarations."""

from comity.document.citing import Citation, cite
from comity.document.odd import files, tables, told, whole

__all__ = ["Citation", "cite", "files", "tables", "told", "whole"]
