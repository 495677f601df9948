"""OMOP CDM 5.3 and 5.4 tables: which are read, which of their columns, and how one row becomes an event."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class EventTable:
    """A table of events: its columns by what they say."""

    name: str
    key: str
    code: str
    date: str
    datetime: str
    values: bool = False
    """Whether it has value_as_number, unit_concept_id and the like."""

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns without which nothing can be made of a row."""
        return (self.key, "person_id", self.code, self.date)

    @property
    def optional(self) -> tuple[str, ...]:
        """Columns that say more, where they are."""
        values = ("value_as_number", "value_as_concept_id", "unit_concept_id", "unit_source_value")
        operator = ("operator_concept_id",) if self.name == "measurement" else ()
        return (self.datetime, "visit_occurrence_id", *(values + operator if self.values else ()))


EVENT_TABLES = tuple(
    EventTable(
        name=name, key=f"{name}_id", code=code, date=f"{when}date", datetime=f"{when}datetime", values=values
    )
    for name, code, when, values in (
        ("measurement", "measurement_concept_id", "measurement_", True),
        ("observation", "observation_concept_id", "observation_", True),
        ("condition_occurrence", "condition_concept_id", "condition_start_", False),
        ("drug_exposure", "drug_concept_id", "drug_exposure_start_", False),
        ("procedure_occurrence", "procedure_concept_id", "procedure_", False),
    )
)
PERSON, VISIT, ANCESTOR = "person", "visit_occurrence", "concept_ancestor"
TABLES = {*(table.name for table in EVENT_TABLES), PERSON, VISIT, ANCESTOR}

PERSON_BIRTH = ("year_of_birth", "month_of_birth", "day_of_birth", "birth_datetime")
PERSON_FACTS = {
    "gender": "gender_concept_id",
    "race": "race_concept_id",
    "ethnicity": "ethnicity_concept_id",
    "organization": "care_site_id",
    "location": "location_id",
}
VISIT_NEEDED = ("visit_occurrence_id", "person_id", "visit_concept_id", "visit_start_date")
VISIT_OPTIONAL = (
    "visit_start_datetime", "visit_end_date", "visit_end_datetime", "visit_type_concept_id", "care_site_id",
)  # fmt: skip
IDENTIFIER = "person_source_value"
BOUNDS = ("4171756", "4172704", "4171754", "4171755")
"""operator_concept_id of <, >, <= and >=."""
NO_CONCEPT = "0"
