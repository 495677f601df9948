"""Texts inside charts: titles of axes, marks and tips."""

from dashboard.wording.message import Message

SUPPORT = Message("Number of the patient's own earlier records")
INSIDE = Message("Share inside the 90 % interval")
WIDTH, WIDTH_IN = Message("Mean width"), Message("Mean width ({unit})")
IN_UNIT = Message("{title} ({unit})")
LOW_END, HIGH_END = Message("95 % from"), Message("95 % to")
PREDICTOR, OWN_RECORDS, PATIENTS = Message("Predictor"), Message("Own records"), Message("Patients")

IN_ORDER, NO_RECORD = Message("Records since the first record"), Message("No own record yet")
MEASURED, FIRST_RECORD = Message("Measured"), Message("first record")
RECORD, AFTER_FIRST = Message("record {n}"), Message("{duration} after the first record")
INTERVAL, UNADAPTED_INTERVAL = Message("{level} % prediction interval"), Message("90 % interval, un-adapted")
ADAPTED, UNADAPTED = Message("Prediction, adapted"), Message("Prediction, un-adapted")
AHEAD = Message("Prediction, {duration} after the newest record")
LOW, HIGH, VALUE = Message("Lower end"), Message("Upper end"), Message("Value")
PROBABILITY = Message("Probability")
ADAPTED_CHANCE, UNADAPTED_CHANCE = Message("Adapted"), Message("Un-adapted")

HELD_BACK, PUBLISHED, ROWS = Message("Rows held back"), Message("Published"), Message("Rows")
BEFORE, NOW = Message("the release before"), Message("this release")
CATEGORY, SHARE, RELEASE = Message("Category"), Message("Share"), Message("Release")

SHARE_OF_PATIENTS, SD_LONG = Message("Share of patients"), Message("{n} SD")
TIME_UTC, ROWS_HELD = Message("Time (UTC)"), Message("Rows held back")
