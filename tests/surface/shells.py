"""A shell for tests of the command line: it types commands in this process."""

from __future__ import annotations

import json
from typing import Any

import pytest

from comity.cli import main


class Shell:
    """Types commands in this process and holds what they say."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *typed: str) -> int:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(typed))
        self.out, self.err = self._capsys.readouterr()
        return int(ended.value.code or 0)

    def document(self, *typed: str) -> Any:
        """The one document that a command prints; there is nothing else, and no NaN in it."""
        assert self(*typed, "--json") == 0, self.err
        return json.loads(self.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
