"""Stage calibrate: choose the champion, conformal intervals, recalibrated probabilities; cross-fitting."""
