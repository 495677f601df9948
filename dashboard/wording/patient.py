"""Texts of the patient page."""

from dashboard.wording.message import Message, Plural

NAMED = Message("Patient {name}")
CHOOSE = Message("Choose a patient in the worklist, or type a patient id.")
NOT_HERE = Message("This patient is not in the current release, or not among those you may see.")
RELEASE_CHANGED = Message(
    "The release changed after this patient was opened: all numbers here are from the current release."
)
PSEUDONYM = Message("Pseudonym, or its first letters")
PATIENT_ID, SERIES = Message("Patient id"), Message("Series")
CHOOSE_SERIES = Message("{n} series have this id: choose one.")
LOOK_CLOSER = Message("Look closer. {remarks}")
ABOUT_DATA = Message("About this patient's data. {remarks}")
ALL_NUMBERS = Message("All numbers")
PRINT_VIEW = Message("Print view")
PRINT_NOTE = Message("Fits one A4 page in black and white. Print it with the browser (Ctrl+P).")
PRINTED_FROM = Message("{study} · release {id}, published {day} · read {now}")

RECORDS_IN_CHARTS = Message("Records in the charts")
NEWEST, ALL_RECORDS = Message("Newest {n}"), Message("All {n}")
ZOOM = Message(
    "Drag a chart to move through time; pinch, or turn the wheel with Ctrl, to zoom; double-click to reset."
)
COHORT = Message("Cohort: {cohort}")
OWN_RECORDS = Plural("{n} own record", "{n} own records")
HORIZON = Message("predicted {duration} after the newest record")
TRAINED_ON = Message(
    "This patient's earlier records took part in training the model: how well it fits them says nothing about its "
    "accuracy."
)
SIMPLE_BETTER = Message("A simple method does better here. {told}")
DESCRIBED = Message("{outcome}: {measured}. Next: {following}.")
EARLIER_VALUES = Plural("{n} earlier value", "{n} earlier values")
UNADAPTED = Message("Un-adapted {value}.")

OVER_TIME = Message("Forecast over time")
OVER_TIME_TABLE = Message(
    "Forecast over time of {outcome}: each horizon with its intervals and how they did on held-out patients"
)
OVER_TIME_DESCRIBED = Message("Forecast over time: {horizons}.")
HORIZON_DESCRIBED = Message("after {duration} {value}, {interval}")
AFTER_NEWEST, ON_HELD_OUT = Message("After the newest record"), Message("On held-out patients")
HELD = Plural(
    "the 90 % interval held {share} of the values of {n} patient ({low} to {high})",
    "the 90 % interval held {share} of the values of {n} patients ({low} to {high})",
)
RISK = Plural(
    "predicted {predicted}, observed {observed}, {n} patient",
    "predicted {predicted}, observed {observed}, {n} patients",
)
NOT_CHECKED = Message("too few to say")
NOT_SHOWN = Message("Not shown: the forecast {horizons} after the newest record. {reason}")
AND = Message("{first} and {last}")

NUMBERS_TABLE = Message("Every prediction of this patient with its intervals")
TIME, VALUE = Message("Time"), Message("Value")
OUTCOME, BASIS = Message("Outcome"), Message("Basis")
RECORDS_USED, PREDICTOR = Message("Own records used"), Message("Predictor")
REASON, REMARK = Message("Reason"), Message("Look closer")

PRINTED_KEY = Message(
    "● measured · ◆ prediction with its 50 / 80 / 90 % intervals, the narrowest the thickest · □ un-adapted prediction "
    "with its 90 % interval · ○ forecast over time · grey band: reference range"
)
KEY_MEASURED, KEY_REFERENCE = Message("Measured"), Message("Reference range")
KEY_PREDICTION, KEY_INTERVALS = Message("Prediction"), Message("its 50 / 80 / 90 % intervals")
KEY_UNADAPTED = Message("Un-adapted prediction with its 90 % interval")
ALT_MEASURED = Message("Blue line with dots")
ALT_REFERENCE = Message("Green band between thin lines")
ALT_PREDICTION = Message("Diamond")
ALT_INTERVALS = Message("Orange bars, the narrowest interval the thickest")
ALT_FAN = Message("Orange fan, darker where values are likelier")
ALT_UNADAPTED = Message("Hollow grey square on a thin line")
