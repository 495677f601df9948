"""Texts of the cohort page."""

from dashboard.wording.message import Message

TITLE = Message("Cohort")
ABOUT = Message(
    "A cohort is a group of patients to which the model adapts first, by the records of its other patients, before it "
    "adapts to one patient."
)
COHORT, OUTCOME, ALL = Message("Cohort"), Message("Outcome"), Message("All cohorts")
NO_COHORT = Message(
    "Each cohort that you may see has fewer than {least} patients, so there are no figures of it."
)
LEFT_OUT = Message("Cohorts of fewer than {least} patients, which cannot be chosen: {n} of {all}.")

PATIENTS, RECORDS, HELD_OUT = Message("Patients"), Message("Records"), Message("Held-out patients")
PER_PATIENT = Message("{number} per patient")
FEW, AT_LEAST = Message("1 to {n}"), Message("at least {n}")
IN_TRAINING = Message("{number} in training")
NOT_TRAINED_ON = Message("the model has not seen them")

DISTRIBUTION = Message("Newest values by cohort")
DISTRIBUTION_NOTE = Message(
    "Each patient counts once, with the newest value. Dot: the middle value. Thick bar: the middle half of the "
    "patients. Thin line: the middle 80 %. A mark is shown where at least {least} patients stand behind it."
)
PRESENT_NOTE = Message(
    "Share of patients whose newest value is yes. It is shown where at least {least} patients have it and as many have "
    "it not, or nobody has it, or everybody."
)
OWN_SCALE = Message(
    "Each cohort measures this outcome on a scale of its own, so cohorts are not compared with each other."
)
DISTRIBUTION_ALT = Message("Newest values of {outcome} in {n} cohorts. {cohort}: {told}.")
MIDDLE, MIDDLE_HALF, MIDDLE_80 = Message("Middle value"), Message("Middle half"), Message("Middle 80 %")
PRESENT = Message("Present")
FEW_HAVE_OR_LACK = Message("1 to {n} have it, or have it not")
NO_VALUES = Message("Fewer than {least} patients of this cohort have a value of this outcome.")
MORE_COHORTS = Message("The largest {n} of {all} cohorts are drawn; all are in the table.")

PREDICTED = Message("How well it is predicted")
ERRORS, COVERED = Message("Error by number of own records"), Message("Coverage of the 90 % interval")
NO_FIGURES = Message(
    "Fewer than {least} patients of this cohort were evaluated, so it has no figures of its own. Those of all cohorts "
    "are under “All cohorts”."
)
BY_K_NOTE = Message(
    "Figures of one cohort are without own records and with 1 or more; by each number they are under “All cohorts”."
)
NOMINAL = Message("The dashed line is the nominal coverage: 90 % of later values inside the interval.")

CALIBRATION = Message("Calibration by cohort")
CALIBRATION_NOTE = Message(
    "Of 100 later values, how many lie inside the champion's 90 % interval. On the dashed line is right; to its left "
    "the intervals are too narrow. Horizontal lines are 95 % confidence intervals over patients."
)
CALIBRATION_ALT = Message("Coverage of the champion's 90 % interval in {n} cohorts. {cohort}: {told}.")
LINE_NOTE = Message(
    "The calibration line of probabilities is estimated over all cohorts, because one cohort has too few events. A "
    "slope of 1 and an intercept of 0 are ideal; below 1 the probabilities are too extreme."
)
LINE_ALT = Message("Slope and intercept of the calibration line")
MEASURE, VALUE = Message("Measure"), Message("Value")

BENEFIT = Message("Helped and harmed by adaptation")
BENEFIT_NOTE = Message(
    "Share of held-out patients with own records whose error is smaller (helped) or larger (harmed) than that of the "
    "un-adapted prediction by more than 5 % of its mean error."
)
BENEFIT_ALT = Message("Patients helped, harmed, and about the same. {told}.")
HELPED, HARMED, SAME = Message("Helped"), Message("Harmed"), Message("About the same")
NO_BENEFIT = Message(
    "This release does not tell how many patients adaptation helps or harms. The next model will."
)
OF_COHORT = Message("{cohort}: {helped} helped, {harmed} harmed")
WITH_ENDS, BETWEEN = Message("{share} ({between})"), Message("{low} to {high}")

SIMILAR = Message("Which cohorts are alike")
SIMILAR_NOTE = Message(
    "Cohorts that lie close have similar newest values. A distance is the typical difference between their means over "
    "all outcomes, in standard deviations (SD) of all patients. Directions mean nothing."
)
SIMILAR_ALT = Message("Map of {n} cohorts. Nearest to {cohort}: {told}.")
FROM = Message("Distance from {cohort} (SD)")
AT_DISTANCE = Message("{cohort} ({distance})")
TO, CONFIDENCE = Message("Cohort"), Message("95 % confidence interval")


def cohort_name(cohort: str) -> str:
    """A cohort's name on screen; "all" are all cohorts together."""
    return ALL() if cohort == "all" else cohort
