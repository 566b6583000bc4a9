"""The command line: each verb is a thin shell over a public function."""

from comity.cli.verbs import main

__all__ = ["main"]
