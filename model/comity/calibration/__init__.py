"""Calibration: the uncertain numbers of the model held against the facts that may be fitted, and no others."""

from __future__ import annotations

from comity.calibration.document import Calibration, Free, Target, read
from comity.calibration.fitting import Fit, calibrate
from comity.calibration.rejection import Posterior, from_stored
from comity.calibration.screening import screen

__all__ = ["Calibration", "Fit", "Free", "Posterior", "Target", "calibrate", "from_stored", "read", "screen"]
