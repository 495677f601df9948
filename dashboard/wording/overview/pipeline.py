"""Texts of the pipeline page."""

from dashboard.wording.message import Message, Plural

TITLE = Message("Pipeline")
ABOUT = Message(
    "From the delivery to the release: what ran, what is late, what is held back, and what is served."
)
FINE = Message("Nothing is late and no last run has failed.")
UNKNOWN = Message(
    "Runs and model versions are not known here: the notes of this study are not in the home folder that the dashboard "
    "was started with. What follows is from the store alone."
)

LATE = Message("No run has ended well for {passed}; after {allowed} that is late.")
WAITING = Message(
    "Something in the inbox changed {ago}, after the last run that ended well: it waits, or was rejected."
)
NOT_ENDED = Message("{run}: started {ago} and has not ended. It hangs, or was ended from outside.")
HAS_FAILED = Message("{run}: the last run failed {ago} ({code}).")
NO_CODE = Message("without a code")
MODEL_IS_OLD = Message("The model of this release was trained {ago}; no newer one has replaced it.")

AGE, SINCE_PUBLISHED = Message("Age of the release"), Message("since it was published")
CHECKED, NOTHING_NEW = Message("Last checked"), Message("a run found nothing newer")
MODEL_AGE, UNKNOWN_MODEL = Message("Age of the model"), Message("not known here")
IN_INBOX, NEWEST = Message("In the inbox"), Message("the newest {ago}")
EMPTY = Message("nothing was delivered here")
ROWS_HELD_BACK, OF_ROWS = Message("Rows held back"), Message("{share} of {n} delivered")

RUNS = Message("Last runs")
RUNS_ALT = Message("The last run of each kind with its end, duration, outcome and code")
RUNS_NOTE = Message("Times are in UTC. What each code means, and what to do, is in the operations guide.")
NO_RUNS = Message("No run of this study is noted.")
RUN, STARTED, ENDED = Message("Run"), Message("Started"), Message("Ended")
DURATION, OUTCOME = Message("Duration"), Message("Outcome")
EXIT, CODE = Message("Exit code"), Message("Code")
KINDS = {
    "night": Message("Night"),
    "training": Message("Training"),
    "evaluation": Message("Evaluation of all patients"),
    "recalibration": Message("Recalibration"),
}
WELL, FAILED = Message("Ended well"), Message("Failed")
OPEN = Message("Not ended yet; the one before: {before}")
FIRST_OPEN = Message("Not ended yet")

HELD = Message("What is held back")
NOTHING_HELD = Message("No row of this release's delivery was held back.")
HELD_NOTE = Message(
    "Rows of this release's delivery by the reason for which they are in quarantine. A row can have several reasons. "
    "Lines and values are in the report, not here."
)
HELD_ALT = Message("Rows held back by reason, the most frequent first: {told}")
REASON, ROWS, SHARE, RULE = Message("Reason"), Message("Rows"), Message("Share"), Message("Rule")
COUNTED = Message("{reason}: {n}")

RELEASES = Message("Deliveries and releases")
RELEASES_ALT = Message("Deliveries and the releases made of them, the newest first")
RELEASES_NOTE = Plural(
    "The newest {n} release up to the one that is shown. A rejected delivery has no release: it is a failed night.",
    "The newest {n} releases up to the one that is shown. A rejected delivery has no release: it is a failed night.",
)
RELEASE, PUBLISHED, STATE = Message("Release"), Message("Published"), Message("State")
VERDICT, DELIVERED, HELD_BACK = Message("Delivery"), Message("Rows delivered"), Message("Rows held back")
MODEL = Message("Model version")
STATES = {
    "served": Message("Served now"),
    "restored": Message("Served now, restored"),
    "taken_back": Message("Taken back"),
    "earlier": Message("Earlier"),
}
VERDICTS = {
    "accept": Message("Accepted"),
    "quarantine": Message("Accepted in part"),
    "reject": Message("Rejected"),
}
SERVED_TIMES = Message("When each release was served")
SERVED_ALT = Plural(
    "When the last {n} release was served. {release} is served since {at}.",
    "When each of the last {n} releases was served. {release} is served since {at}.",
)
FROM, UNTIL, NOW = Message("From"), Message("Until"), Message("now")
NAMED = Message("{release}: {state}")

JOURNAL = Message("Journal of the store")
JOURNAL_ALT = Message("What was done with releases, the newest first")
AT, ACTION, BY = Message("Time (UTC)"), Message("What was done"), Message("By")
ACTIONS = {
    "stage": Message("Written"),
    "promote": Message("Made the served one"),
    "rollback": Message("Restored; the one before was taken back"),
    "lift": Message("Hold lifted"),
    "prune": Message("Removed, because it was old"),
}

MODELS = Message("Model versions")
MODELS_ALT = Message("The model versions with their states, the newest first")
NO_MODELS = Message(
    "The journal of model versions cannot be read here; this release was made with model {model}."
)
TRAINED, SINCE, WHY = Message("Trained"), Message("In this state since"), Message("Why")
MODEL_STATES = {
    "champion": Message("Champion: predicts every night"),
    "candidate": Message("Candidate: not decided yet"),
    "retired": Message("Retired"),
    "refused": Message("Refused"),
    "removed": Message("Removed: its files are gone"),
}
OF_THIS_RELEASE = Message("{version} (this release)")
MORE = Message("The newest {n} of {all} are shown.")
