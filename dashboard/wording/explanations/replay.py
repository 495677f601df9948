"""Texts of the replay: what would have been predicted earlier, beside what came."""

from collections.abc import Mapping

from dashboard.wording.message import Message, Plural

TITLE = Message("How it did for this patient")
HOW = Message(
    "Today's model, given only the records before each value, predicts it for the time at which it came. {role}"
)
ROLES: Mapping[str, Message] = {
    "held_out": Message("It has not seen this patient."),
    "new": Message("It has not seen this patient, who joined after it was trained."),
    "out_of_part": Message(
        "It was trained in parts, and the fits that predict here have not seen this patient; the choice among methods "
        "and the width of the intervals rest on this patient too, as one of many."
    ),
    "tuning": Message(
        "It was not trained on this patient; the choice among methods rests on this patient too, as one of many."
    ),
    "calibration": Message(
        "It was not trained on this patient; the width of the intervals rests on this patient too, as one of many."
    ),
    "train": Message(
        "It was trained on this patient's earlier records: how well it does here says nothing about its accuracy."
    ),
}
NONE = Message("There is no earlier record to look back at.")

INSIDE_90 = Plural(
    "{inside} of {n} earlier value fell into its 90 % interval.",
    "{inside} of {n} earlier values fell into their 90 % intervals.",
)
ERRORS = Plural(
    "Mean error over {n} value with an earlier one: {error}; of carrying the last value forward: {last}.",
    "Mean error over {n} values with an earlier one: {error}; of carrying the last value forward: {last}.",
)
BRIER = Plural(
    "Mean squared error of the probability (Brier score) over {n} record with an earlier one: {error}; of carrying the "
    "last one forward: {last}.",
    "Mean squared error of the probability (Brier score) over {n} records with an earlier one: {error}; of carrying "
    "the last one forward: {last}.",
)
NOT_PREDICTED = Plural(
    "{n} earlier value would not have been predicted.", "{n} earlier values would not have been predicted."
)

OUTCOME = Message("Outcome")
OWN_RECORDS, TODAY = Message("Own records at that time"), Message("{n} (today)")
THEN = Plural("With {n} own record: {prediction}.", "With {n} own records: {prediction}.")
WITHHELD = Plural(
    "With {n} own record: no prediction. {reason}", "With {n} own records: no prediction. {reason}"
)
CAME_INSIDE = Message("{value} came, inside the 90 % interval.")
CAME_OUTSIDE = Message("{value} came, outside the 90 % interval.")
CAME = Message("{value} came.")
NOT_YET = Message("What comes is not known yet.")

KEY = Message(
    "● measured before · ◆ prediction with its 50 / 80 / 90 % intervals · △ what came · ○ measured later"
)
CAME_MARK, LATER_MARK = Message("What came"), Message("Measured later")

TABLE = Message("Every earlier prediction of {outcome} beside what came")
RECORDS, TIME, PREDICTED = Message("Own records"), Message("Time"), Message("Predicted then")
VALUE, WITHIN = Message("What came"), Message("Inside the 90 % interval")
LAST_VALUE, REASON = Message("Last value before"), Message("Reason")
YES, NO = Message("yes"), Message("no")
