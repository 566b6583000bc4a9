"""Calibration: the uncertain numbers of the model held against the facts that may be fitted, and no others."""

from __future__ import annotations

from comity.calibration.document import Calibration, Free, Target, read
from comity.calibration.fitting import Fit, calibrate

__all__ = ["Calibration", "Fit", "Free", "Target", "calibrate", "read"]
