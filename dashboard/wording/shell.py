"""What stands around every page: page names, the banner, and the pages where there is nothing to show."""

from dashboard.wording.message import Message

WORKLIST, PATIENT, MODEL = Message("Worklist"), Message("Patient"), Message("Model")
DATA_QUALITY = Message("Data quality")
STUDY, LANGUAGE = Message("Study"), Message("Language")
STUDY_GONE = Message("Study {study} is not published any more; another study is shown.")

RELEASE, PUBLISHED = Message("release {id}"), Message("published {ago}")
DEMONSTRATION = Message("demonstration with public data")
RESTORED = Message("earlier release, restored {ago}")
STALE = Message(
    "**Stale: do not rely on these predictions.** They were published {ago}; newer records of the patients are not "
    "in them."
)
TOO_OLD = Message(
    "**No prediction is shown, because this release is too old.** It was published {ago}; after {allowed} predictions "
    "are withheld. This is not a low-risk result. The data team finds what to do in the operations guide."
)
MODEL_IS_STALE = Message(
    "**The model is old.** It was trained {ago}, and no training has replaced it since: predictions may fit today's "
    "patients less well than its evaluation says."
)
FROM_THE_FUTURE = Message(
    "This release's publication time lies in the future: a clock is wrong. Its age is unknown."
)
RELEASE_LANGUAGE = Message(
    "Names, reasons, remarks and findings are texts of the release, in the language in which they were published."
)
SUPPORT = Message(
    "Decision support for research use. It does not diagnose and does not recommend a treatment."
)

NO_RELEASE = Message("No release yet")
PUBLISH_FIRST = Message(
    "Nothing has been published, so there is nothing to show. To publish a first release, run"
)
LOAD_AGAIN = Message("and load this page again. An interrupted run leaves this page as it is.")
UNREADABLE = Message("The published store cannot be read")
COULD_BE_WRONG = Message("No prediction is shown, because it could be wrong.")
CODE = Message("Code {code}. The data team finds what to do in the operations guide.")
FAILED = Message(
    "**This page could not be shown.** Do not rely on anything on it. Tell the data team: reference {reference}."
)
CHECKING = Message("Checking the release…")
AS_A_TABLE, NO_VALUES = Message("As a table"), Message("There is no value.")
