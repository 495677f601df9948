"""Texts of the worklist."""

from dashboard.wording.message import Message, Plural

NOBODY = Message("No patient fits these filters.")
SEARCH, STATUS, COHORT = Message("Patient id contains"), Message("Status"), Message("Cohort")
SEARCH_PSEUDONYM = Message("Pseudonym begins with")
OUTCOME, SHOW_FIRST, ANY = Message("Outcome"), Message("Show first"), Message("Any")
SMALL_COHORTS = Message("All cohorts of fewer than {n} patients")
COUNTS = Message("{people} in this release ({statuses}). Select a row to open the patient.")
OWN_COUNTS = Message(
    "{people} of your cohorts in this release ({statuses}). Select a row to open the patient."
)
STATUS_COUNT = Message("{status}: {n}")
NUMBERS_OF = Message("Values and predictions of: {outcome}")

PATIENT, OWN_RECORDS = Message("Patient"), Message("Own records")
LAST_MEASURED, LAST_MEASURED_HELP = Message("Last value measured"), Message("Before the predicted time.")
OUTSIDE = Message("Outcomes outside range")
OUTSIDE_HELP = Message("How many of the patient's predicted values lie outside their reference ranges.")
LOOK_CLOSER = Message("Look closer")
LOOK_CLOSER_HELP = Message(
    "Predictions with a guard's remark: another kind of patient, or an unexpected newest value."
)
TABLE = Plural(
    "{n} patient with status, cohort, last and predicted {outcome}",
    "{n} patients with status, cohort, last and predicted {outcome}",
)
BEFORE = Message("{duration} before")
OPEN = Message("Open a patient of this page")
PREVIOUS, NEXT = Message("Previous"), Message("Next")
PAGE = Message("{first} to {last} of {total}")

BY_ID = Message("Patient id")
MOST_OUTSIDE = Message("Most predictions outside the reference range")
MOST_FLAGGED = Message("Most predictions to look closer at")
RISE, FALL = Message("Largest predicted rise"), Message("Largest predicted fall")
LIKELIEST, UNLIKELIEST = Message("Highest probability"), Message("Lowest probability")
