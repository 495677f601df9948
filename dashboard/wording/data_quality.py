"""Texts of the data-quality page."""

from dashboard.wording.message import Message, Plural

SMALL_COUNTS = Message(
    "Counts from 1 to {n} are shown as “{few}”, so that they identify nobody. Cohorts of so few patients are left out."
)
FEW, NONE, FEW_ROWS = Message("1 to {n}"), Message("none"), Message("few rows")
DELIVERED, ACCEPTED = Message("Rows delivered"), Message("Rows accepted")
HELD_BACK, PATIENTS_HELD_BACK = Message("Rows held back"), Message("Patients held back")
NOT_RECORDED = Message("this release does not record it")

FINDINGS, NO_FINDINGS = Message("Findings"), Message("The gate has no findings.")
SEVERITY, SEVERITY_COUNT = Message("Severity"), Message("{severity} ({n})")
FINDINGS_ALT = Message("The findings of the gate, the most severe first")
TOUCHED_NOTE = Message(
    "A row that was held back is used neither for training nor for any prediction. Predictions touched: of the {n} of "
    "this release, those of patients with such a row; they are withheld, or carry a note on the patient's page."
)
WHAT, ROWS, SHARE = Message("What was found"), Message("Rows"), Message("Share")
PATIENTS, TOUCHED = Message("Patients"), Message("Predictions touched")
OF_THESE_WITHHELD = Message("of these withheld")
COHORT, RULE, CODE = Message("Cohort"), Message("Rule"), Message("Code")
TITLED = Message("{title}: {message}")

SAME_FINDINGS = Message("**The same findings in the last {n} releases**")
SAME_FINDINGS_ALT = Message("Each finding's share of rows in the first, the previous and the current release")
FINDING, TREND = Message("Finding"), Message("Share of rows, release by release")
FIRST, BEFORE, NOW = Message("First"), Message("Before"), Message("Now")

PER_RELEASE = Message("Rows held back per release")
PER_RELEASE_ALT = Message("Share of rows held back in the last {n} releases, oldest first: {shares}")
REJECTED_NOTE = Message("A rejected delivery has no release; the report shows those too.")
PUBLISHED = Message("Published")

BY_COHORT = Message("By cohort")
OF_PATIENTS = Message("Share of each cohort's patients with a row that breaks the rule. {small}")
OF_ROWS = Message("Share of each cohort's rows that break the rule. {small}")
BROKEN, BROKEN_ALT = Message("Rule broken"), Message("Broken rules by cohort")
MISSING = Message("Missing values")
MISSING_NOTE = Message("Share of accepted rows that have no value. {small}")
MISSING_ALT = Message("Share of accepted rows without a value, by column and cohort")
COMPLETE = Message("Complete in every row: {columns}.")
ALL, TABLE, COLUMN = Message("All"), Message("Table"), Message("Column")

DISTRIBUTIONS = Message("Distributions of accepted values")
BLUE = Message("Blue bars are this release.")
BLUE_AND_OUTLINE = Message(
    "Blue bars are this release, the outline is the release before; the largest changes come first."
)
AXIS_NOTE = Message("The axis is the contract's range; bars of 1 to {n} values are all drawn alike.")
DISTRIBUTION_ALT = Message("Distribution of {name}. {shift}")
NO_SHIFT, MODERATE, LARGE = Message("No shift"), Message("Moderate shift"), Message("Large shift")
SHIFT = Message("{shift} (population stability index {index})")
VALUE, VALUES = Message("Value"), Message("This release")
EARLIER = Message("The release before")
FEW_VALUES = Message("1 to {n} values")
VALUE_COUNT = Plural("{n} value", "{n} values")
REPORT = Message("The full report")
REPORT_NOTE = Message(
    "Lines and rules of every row held back are in the report, one HTML file that needs no network. It is in the home "
    "folder of Meta-Med:"
)
