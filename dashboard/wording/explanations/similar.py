"""Texts about similar patients: what was compared, their courses, and what these do not say."""

from dashboard.wording.message import Message, Plural

TITLE = Message("Similar patients")
OPEN = Message("Show the courses of similar patients")
HOW = Message(
    "Compared are the values of each outcome at the newest record and at up to three earlier times, the facts in the "
    "heading, and the cohort. Patients of cohorts with fewer than {least} patients are left out."
)
NOT_THE_SAME = Message(
    "Similar is not the same: they differ from this patient in all that was not compared. Their courses are no "
    "forecast for this patient, and show no effect of a treatment."
)
COMPARED = Plural(
    "{n} other patient whom you may see was compared.", "{n} other patients whom you may see were compared."
)
NOBODY = Message("Nobody is more alike than two patients picked at random.")
NO_RECORDS = Message("This patient has no record to compare by.")
DISTANCES = Message("{distances} of the difference between two patients picked at random.")
DISTANCE = Message("{letter}: {share}")
OUTCOME = Message("Outcome")

THIS, OTHER = Message("This patient"), Message("Similar patient {letter}")
WHO, TIME, VALUE = Message("Patient"), Message("Time"), Message("Value")
NEWEST = Message("newest record")
BEFORE, RECORDS_BEFORE = Message("{duration} before"), Message("{n} records before")
BEFORE_NEWEST = {
    "second": Message("Seconds before the newest record"),
    "minute": Message("Minutes before the newest record"),
    "hour": Message("Hours before the newest record"),
    "day": Message("Days before the newest record"),
    "month": Message("Months before the newest record"),
    "year": Message("Years before the newest record"),
}
IN_ORDER = Message("Records before the newest record")
ALT = Plural(
    "{outcome} of this patient and of {n} similar patient, each up to the newest record.",
    "{outcome} of this patient and of {n} similar patients, each up to the newest record.",
)
