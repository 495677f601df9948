"""Texts of the audit page."""

from dashboard.wording.message import Message, Plural

TITLE = Message("Audit")
ABOUT = Message(
    "Who saw what, the newest first. Patients stand as keyed hashes. An entry that is changed or removed breaks "
    "the chain."
)
VERIFY, VERIFIED_AT = Message("Verify the chain"), Message("Verified {ago}: entries 1 to {n} are unbroken.")
NOT_VERIFIED = Message("Not verified since this page was opened.")
EMPTY_CHAIN = Message("There is no entry yet.")
BROKEN = Message("**The chain is broken.** {told}")
HEAD = Message("Head of the chain: entry {n}, {link}")

WHO, ROLE, ACTION, RESULT = Message("Who"), Message("Role"), Message("Action"), Message("Result")
STUDY, PATIENT, SINCE, ANY = (
    Message("Study"),
    Message("Patient's pseudonym"),
    Message("Since"),
    Message("Any"),
)
TIME, PURPOSE, RELEASE, DETAIL = (
    Message("Time (UTC)"),
    Message("Purpose"),
    Message("Release"),
    Message("Detail"),
)
NUMBER, PATIENTS, SESSION = Message("No."), Message("Patients"), Message("Session")
FOUND = Plural("{n} entry fits", "{n} entries fit")
NONE = Message("No entry fits.")
TABLE = Plural("{n} entry of the audit, the newest first", "{n} entries of the audit, the newest first")
MORE_PATIENTS = Message("{first} and {n} more")
EXPORT, AS_CSV, AS_JSON = Message("Export what fits"), Message("As CSV"), Message("As JSON lines")
READY = Message("Download {file}")
EXPORT_NOTE = Message(
    "Exporting is an entry of the audit, too. In CSV an apostrophe stands before text that a spreadsheet program would "
    "compute."
)
PREVIOUS, NEXT = Message("Newer"), Message("Older")
PAGE = Message("{first} to {last} of {total}")

ACTIONS = {
    "study": Message("Study"),
    "worklist": Message("Worklist"),
    "patient": Message("Patient"),
    "print": Message("Print view"),
    "similar": Message("Similar patients"),
    "model": Message("Model"),
    "cohort": Message("Cohort"),
    "quality": Message("Data quality"),
    "pipeline": Message("Pipeline"),
    "give_feedback": Message("Feedback given"),
    "list_feedback": Message("Feedback listed"),
    "audit": Message("Audit"),
    "export_audit": Message("Audit exported"),
    "lineage": Message("Lineage traced"),
    "log_in": Message("Log-in"),
    "log_out": Message("Log-out"),
}
RESULTS = {
    "shown": Message("shown"),
    "denied": Message("denied"),
    "saved": Message("saved"),
    "exported": Message("exported"),
    "begun": Message("begun"),
    "ended": Message("ended"),
}
PURPOSES = {
    "treatment": Message("treatment"),
    "data quality": Message("data quality"),
    "research": Message("research"),
    "audit": Message("audit"),
    "operation": Message("operation"),
}
