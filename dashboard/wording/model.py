"""Texts of the model page."""

from dashboard.wording.message import Message, Plural

OUTCOME, ALL_CONTINUOUS = Message("Outcome"), Message("All continuous outcomes")
NO_EVALUATION = Message("This release holds no evaluation of this outcome.")
REMARK = Message("{outcome}: {told}")
MEASURE, CHAMPION = Message("Measure"), Message("Champion")
SERVED = Message("champion")

PATIENTS_EVALUATED = Message("Patients evaluated")
WITH_OWN, WITHOUT_OWN = Message("with 1 or more own records"), Message("with no own records")
AGAINST_UNADAPTED, NO_OWN_USED = Message("Against un-adapted"), Message("no own records used")
AGAINST_BASELINE = Message("Against the best baseline")
COVERS, OF_HELD_OUT = Message("90 % interval covers"), Message("of held-out values")
LOWER, HIGHER = Message("{percent} lower"), Message("{percent} higher")
NO_DIFFERENCE = Message("no difference")

BY_PREDICTOR, BY_PREDICTOR_ALT = (
    Message("By predictor"),
    Message("The value of each predictor, the best first"),
)
ERROR_BY_RECORDS, PREDICTORS = Message("Error by number of own records"), Message("Predictors")
CHART_ALT = Plural(
    "{title} by number of own records for {n} predictor. Champion: {steps}.",
    "{title} by number of own records for {n} predictors. Champion: {steps}.",
)
INTERVALS = Message("Coverage and width of the champion's intervals")
COVERAGE, WIDTH = Message("Coverage of the 90 % interval"), Message("Mean width of the 90 % interval")
NOMINAL = Message("The dashed line is the nominal coverage: 90 % of later values inside the interval.")
NARROWER = Message("Narrower is better, as long as the coverage holds.")
PREDICTOR, OWN_RECORDS = Message("Predictor"), Message("Own records")
CONFIDENCE, PATIENTS = Message("95 % confidence interval"), Message("Patients")

BY_COHORT, COHORT = Message("By cohort"), Message("Cohort")
BY_COHORT_ALT = Message("Error and coverage by cohort")
UNADAPTED = Message("Un-adapted")
LEFT_OUT = Message(
    "Cohorts that are not shown on their own: {n} of {all}. Fewer than {least} patients of each were evaluated."
)
CHAMPIONS = Message("Champions, and why they were chosen")
CHOSEN_ON = Message("The champion is chosen on tuning patients, for each outcome and number of own records.")
CHAMPIONS_ALT = Message("The champion of each outcome and number of own records with the evidence")
WEIGHTS, BEST_BASELINE, EVIDENCE = Message("Weights"), Message("Best baseline"), Message("Evidence")

FIGURES = Message("Figures")
CROSS_FITTED, OWN = Message("Every patient held out once"), Message("This model's held-out patients")
BARS = Message("Error bars are 95 % confidence intervals over patients.")
ONE_SPLIT = Message(
    "Measured with the published model on held-out patients{count} who took no part in training, tuning or calibration."
)
ONCE, REPEATED = Message("once"), Message("once in each of {n} repeats")
PATIENTS_HELD_OUT = Message("every patient was held out {often}")
COHORTS_HELD_OUT = Message("whole cohorts were held out, with all of their patients")
ALL_PATIENTS = Message(
    "Measured on {patients}: {held_out}. For each part that was held out, all methods were trained, chosen and "
    "calibrated again without it. So these figures are of the method, on more patients than the published model was "
    "tried on. Evaluated on {day}, with the data and code of this release (evaluation {fingerprint})."
)

LEAKAGE = Message("Has the model seen what it must not see?")
LEAKAGE_NOTE = Message(
    "Three checks with known answers, run on held-out patients before anything is published. A release with a wrong "
    "answer is not published."
)
LEAKAGE_ALT = Message("Each leakage check with its verdict")
CHECK, CLAIM, VERDICT = Message("Leakage check"), Message("Claim"), Message("Verdict")
FOUND = Message("What was found")
GUARDS = Message("Guards of each patient")
GUARDS_NOTE = Message(
    "Guards check each patient. A flagged prediction is still shown, with a remark to look closer. The cut-offs come "
    "from calibration patients, so that no more than the stated share of patients is flagged by chance; beside it "
    "stands how many held-out patients were flagged."
)
GUARDS_ALT = Message("Each guard with its rate of false alarms and the patients it flagged")
GUARD, RULE, FALSE_ALARMS = Message("Guard"), Message("Rule"), Message("False alarms")
HELD_OUT_FLAGGED = Message("Held-out patients flagged")
RELEASE_FLAGGED = Message("Flagged in this release")
GUARD_OFF = Message("Off: too few calibration patients")
AT_MOST = Plural("at most {share} ({n} calibration patient)", "at most {share} ({n} calibration patients)")
OF = Message("{n} of {all}")
