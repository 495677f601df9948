"""Texts of why a prediction is as it is: associations in the data, never causes."""

from collections.abc import Mapping

from dashboard.wording.message import Message

TITLE = Message("Why this prediction")
WIDE = Message("**Why the interval is as wide as it is**")
REASONS: Mapping[str, Message] = {
    "few_records": Message(
        "{share} of its variance: few own records. With many, as held-out patients show, it would be {narrower} "
        "narrower."
    ),
    "old_value": Message(
        "{share} of its variance: the newest value is old. Measured at the newest record, it would be {narrower} "
        "narrower."
    ),
    "outside_range": Message(
        "{share} of its variance: this patient lies outside the range of training patients. At the end of the range it "
        "would be {narrower} narrower."
    ),
    "varies": Message(
        "{share} of its variance: the value varies from record to record, and no known record narrows this further."
    ),
}
NO_INTERVAL = Message("There is no interval to take apart.")

COHORT = Message("**Beside the cohort**")
ABOVE = Message(
    "Cohort {cohort}: the prediction lies {distance} half-widths of the cohort's 90 % interval above the cohort's "
    "prediction."
)
BELOW = Message(
    "Cohort {cohort}: the prediction lies {distance} half-widths of the cohort's 90 % interval below the cohort's "
    "prediction."
)
ALIKE = Message("Cohort {cohort}: the prediction is the cohort's.")
POINTS = Message("Cohort {cohort}: the cohort's probability is {unadapted}, this patient's {adapted}.")

RECORDS = Message("**Own records that moved it most**")
NO_RECORDS = Message("No own record is used.")
MOVED = Message("{time}: by {moved}. It narrows the interval by {narrowed}.")
MOVED_WIDER = Message("{time}: by {moved}. It widens the interval by {narrowed}.")
MOVED_ONLY = Message("{time}: by {moved}.")
WITHOUT = Message("The prediction minus what it is without this one record.")

OTHERWISE = Message("**What is predicted for other values**")
ASSOCIATION = Message(
    "An association in the data, not an effect: it does not say what would happen if the value were changed."
)
WHAT_IF_TABLE = Message("Predictions of {outcome} for other values of {covariate}")
NOW = Message("{value} (now)")
PERCENTAGE_POINTS = Message("{n} percentage points")
