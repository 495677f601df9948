"""Texts of readers' feedback on predictions."""

from dashboard.wording.message import Message, Plural

TITLE = Message("Feedback")
YOURS, GIVEN = Message("Your view"), Message("Your view: {verdict}")
VERDICT, REASON, SAVE = Message("This prediction"), Message("Why"), Message("Save")
CHOOSE, CHOICE = Message("Choose what fits best"), Message("{verdict}: {reason}")
SAVED = Message("Your view of {outcome} is kept.")
NOTE = Message("Kept with your name; data stewards read it. It changes no prediction.")

ABOUT = Message("What readers think of predictions, the newest first. It changes no prediction.")
NONE = Message("There is no feedback yet.")
TABLE = Plural("{n} view of a prediction, the newest first", "{n} views of predictions, the newest first")
TIME, WHO, STUDY, RELEASE = Message("Time (UTC)"), Message("Who"), Message("Study"), Message("Release")
PATIENT, OUTCOME = Message("Patient"), Message("Outcome")
EXPORT = "meta-med feedback export"
EXPORT_NOTE = Message("All of it as a file: {command}")
ONLY_NEWEST = Message("The newest {n} are listed.")

VERDICTS = {
    "agree": Message("I agree"),
    "disagree": Message("I disagree"),
    "data_wrong": Message("The data are wrong"),
}
REASONS = {
    "as_expected": Message("as I expect"),
    "helpful": Message("it tells me something new that fits"),
    "too_high": Message("too high"),
    "too_low": Message("too low"),
    "too_certain": Message("too certain"),
    "too_uncertain": Message("too uncertain"),
    "treatment_changed": Message("the treatment has changed"),
    "not_like_this_cohort": Message("the patient is not like this cohort"),
    "value_wrong": Message("a value is wrong"),
    "unit_wrong": Message("a unit is wrong"),
    "time_wrong": Message("a time is wrong"),
    "record_missing": Message("a record is missing"),
    "other_patient": Message("a record is another patient's"),
}
