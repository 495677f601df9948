"""The catalogue: every corruption that the gate is held to, by what is corrupted."""

from tests.bad_inputs.case import Case, clean, csv, first_patient
from tests.bad_inputs.of_columns import COLUMNS
from tests.bad_inputs.of_files import FILES
from tests.bad_inputs.of_history import HISTORY
from tests.bad_inputs.of_people import PEOPLE
from tests.bad_inputs.of_types import TYPES
from tests.bad_inputs.of_values import VALUES

__all__ = ["CASES", "CATALOGUED", "Case", "csv", "first_patient"]

CASES = [*FILES, *COLUMNS, *TYPES, *PEOPLE, *VALUES, *HISTORY, clean("F22", "untouched", lambda f: f)]
CATALOGUED = sorted(case.id for case in CASES if case.id)
