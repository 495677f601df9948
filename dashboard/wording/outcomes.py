"""Texts about one outcome: its value, its columns and its table."""

from dashboard.wording.message import Message

NO_PREDICTION = Message("No prediction")
EXPECTED = Message("expected")
EXPECTED_WITHIN = Message("expected, within the reference range {range}")
EXPECTED_ABOVE = Message("expected, above the reference range {range}")
EXPECTED_BELOW = Message("expected, below the reference range {range}")
CHANCE = Message("probability: {frequency} patients like this one")
UNADAPTED_CHANCE = Message("Un-adapted {share}")
FROM_TO = Message(", from {first} to {last}")
PRESENT = Message("Present at {n} of {records} earlier records; at the last one: {newest}.")
YES, NO = Message("yes"), Message("no")

LAST_VALUE, PREDICTED = Message("Last value"), Message("Predicted")
INTERVAL, CHANGE = Message("{level} % interval"), Message("Change")
AT_LAST_RECORD, PROBABILITY = Message("At last record"), Message("Probability")
IN_PLAIN_WORDS = Message("In plain words")
UNIT, UNADAPTED = Message("Unit"), Message("Un-adapted")
UNIT_OF = Message("Unit of {outcome}")
PROBABILITY_UNIT = Message("probability")
