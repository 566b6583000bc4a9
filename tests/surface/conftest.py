"""What tests of the surface share."""

from __future__ import annotations

import pytest
from shells import Shell


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell that types commands in this process."""
    return Shell(capsys)
