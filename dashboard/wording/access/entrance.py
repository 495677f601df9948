"""Texts of log-in, refusals, roles and ended sessions."""

from dashboard.wording.message import Message

TITLE = Message("Log in")
LOG_IN, LOG_IN_AGAIN, LOG_OUT = Message("Log in"), Message("Log in again"), Message("Log out")
LOG_IN_FIRST = Message("The dashboard shows data of patients. Log in to see what your role allows.")
NO_ACCESS, SESSION_OVER = Message("No access"), Message("Your session is over")
NOT_SET_UP = Message("Log-in is not set up")
HOW_TO_SET_UP = Message(
    "Nothing is shown. Start the dashboard with an access file, or for the one user of this machine, or as a "
    "demonstration:"
)
WAYS = "meta-med dashboard --access FILE\nmeta-med dashboard --single-user\nmeta-med dashboard --demo"
CHECK = "meta-med dashboard --access FILE --check"
ON_LOOPBACK_ONLY = Message(
    "Without log-in the dashboard runs on the loopback address only. Start it there, or with an access file."
)
BROKEN_FILE = Message(
    "The access file cannot be used, so nobody has access. The operator finds every mistake with `{command}`."
)
WRONG_DOOR = Message(
    "This request did not come through the log-in of this site. Open the dashboard by its usual address."
)
NO_TIMES = Message("The log-in tells neither when it began nor when it ends. Tell the operator.")
NO_ROLE = Message("No role is given to you here. Ask {whom}.")
NOBODY = Message("The log-in does not tell who you are, so no role can be given. Ask {whom}.")
DENIED = Message("Your role, {role}, does not allow this page. Ask {whom}.")
DENIED_HERE = Message("Your role does not allow this page.")
OTHER_PAGES = Message("The pages that you may see stand at the top.")

EXPIRED = Message("The log-in has expired. Nothing of it is shown any more.")
TOO_LONG = Message("You have been logged in for {hours} hours, the longest that is allowed here.")
IDLE = Message("Nothing was asked for in {minutes} minutes, so the session has ended.")
LEFT = Message("You have logged out.")
PROXY_AGAIN = Message("Load the page again to begin a new session.")
AT_THE_PROXY = Message("Log out at the log-in of this site")

AUDIT_FAILED = Message("The audit cannot be written")
WITHHELD = Message(
    "Nothing of a patient is shown that is not written to the audit first. Tell the data team."
)

LOGGED_IN_AS, ROLE = Message("Logged in as {name}"), Message("Role")
SINGLE_USER = Message("single user, no log-in")
SINGLE_USER_NOTE = Message("Everyone who can use this account of this machine sees all patients.")
PSEUDONYMS = Message("pseudonyms in place of ids")
ROLES = {
    "clinician": Message("Clinician"),
    "steward": Message("Data steward"),
    "scientist": Message("Scientist"),
    "auditor": Message("Auditor"),
    "admin": Message("Administrator"),
}
NO_STUDY = Message("Nothing is published of the studies that your role holds in.")
