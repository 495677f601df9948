"""OMOP CDM 5.3 and 5.4: the tables and columns that are read, and the table of a file by its name.

File names may have the forms that databases and engines give to their exports.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import unquote


@dataclass(frozen=True, kw_only=True)
class EventTable:
    """A table of events: its columns by meaning."""

    name: str
    key: str
    code: str
    date: str
    datetime: str
    values: bool = False
    """Whether it has value_as_number, unit_concept_id and the like."""

    @property
    def needed(self) -> tuple[str, ...]:
        """Required columns."""
        return (self.key, "person_id", self.code, self.date)

    @property
    def optional(self) -> tuple[str, ...]:
        """Optional columns."""
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


_TABLE_NAMES = """
    person observation_period visit_occurrence visit_detail condition_occurrence drug_exposure procedure_occurrence
    device_exposure measurement observation death note note_nlp specimen fact_relationship location location_history
    care_site provider payer_plan_period cost drug_era dose_era condition_era episode episode_event metadata cdm_source
    concept vocabulary domain concept_class concept_relationship relationship concept_synonym concept_ancestor
    source_to_concept_map drug_strength cohort cohort_definition attribute_definition survey_conduct
    """
CDM_TABLES = frozenset(_TABLE_NAMES.split())
"""All tables of OMOP CDM 5.3 and 5.4."""

_ENDING = re.compile(
    r"\.(csv|tsv|txt|psv|dat|parquet|pq|parq|gz|gzip|bz2|xz|zst|zstd|snappy|lz4|json|ndjson|jsonl|xlsx?|zip|feather"
    r"|arrow|avro|orc|sas7bdat|rds|dta)$"
)
_TABLES = re.compile(
    r"(?:(?<=[^a-z0-9])|^)(" + "|".join(sorted(CDM_TABLES, key=len, reverse=True)) + r")(?=[^a-z]|$)"
)
_LEFT = r"old|bak|backups?|tmp|temp|archived?|deleted|removed|rejects?|rejected|errors?|invalid|quarantined?"
_LEFT_FOLDER = re.compile(_LEFT)
_ASIDE = re.compile(
    _LEFT
    + r"|test|orig|original|draft|sample|example|logs?|dqd|map|mapping|lookup|dictionary|schema|ddl|readme|stem|raw"
    r"|source|src|counts?"
)
"""Words in a file name by which its table is not part of the extract."""
_PART = re.compile(
    r"\d+|[a-f0-9]{8,}|[a-z]{1,2}|[a-z]{1,6}\d+[a-z]{0,2}\d*|\d+[a-z]{1,3}\d*|parts?|chunks?|split|shard|data|file|slice|of"
    r"|export|extract|batch|page|block|segment|output|dump|full|snapshot|copy|kopie|copie|csv|tsv|txt|parquet|gz|zst|bz2|xz"
)
"""Words in a file name that identify a part or a date of a table."""
_PARTITION = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)$")
_UUID = re.compile(r"[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")
_DATE = r"(?<!\d)(?:19|20)\d\d(?:[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?\d\d)?)?(?!\d)"
_NO_NUMBER = re.compile(_UUID.pattern + "|" + _DATE)
_OF = re.compile(r"(\d+)[-_ ]?of[-_ ]?(\d+)")
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True)
class NamedTable:
    """The table in a file's name: "" for none; `clear` is False if the name may mean something else."""

    table: str
    clear: bool


def table_of(path: PurePath) -> NamedTable:
    """The table of a path relative to the export's folder: by the file's name, else by the nearest folder's."""
    found = _named(_stem(path.name))
    for folder in reversed(path.parts[:-1]):
        if found.table or _PARTITION.match(folder):
            continue
        above = _named(_stem(folder))
        found = above if above.table else found
    aside = any(
        _LEFT_FOLDER.fullmatch(word) for folder in path.parts[:-1] for word in _words(folder.casefold())
    )
    return NamedTable(found.table, clear=found.clear and not aside)


def partitions(path: PurePath) -> dict[str, str | None]:
    """Columns in the names of partition folders, such as `year=2020`."""
    found = {}
    for folder in path.parts[:-1]:
        if pair := _PARTITION.match(folder):
            found[pair[1].casefold()] = None if pair[2] == _NO_VALUE else unquote(pair[2])
    return found


def missing_parts(paths: Iterable[PurePath]) -> int:
    """The number of missing parts of one table: `x_0, x_1, x_3`, or `x-00002-of-00004` with fewer than four."""
    stems = {(str(path.parent), _stem(path.name)) for path in paths}
    # engines that partition by a column skip part numbers in every folder
    stems = {(folder, stem) for folder, stem in stems if not ("=" in folder and _UUID.search(stem))}
    runs: dict[tuple[str, str, str], set[int]] = {}
    announced: dict[tuple[str, str, str], int] = {}
    for folder, stem in stems:
        if total := _OF.search(stem):
            key = (folder, stem[: total.start()], stem[total.end() :])
            runs.setdefault(key, set()).add(int(total[1]))
            announced[key] = int(total[2])
            continue
        for number in re.finditer(r"\d+", _NO_NUMBER.sub(lambda fixed: "#" * len(fixed[0]), stem)):
            key = (folder, stem[: number.start()], stem[number.end() :])
            runs.setdefault(key, set()).add(int(number[0]))
    plain = {folder + "/" + stem for folder, stem in stems}
    missing = 0
    for key, found in runs.items():
        first_is_plain = f"{key[0]}/{key[1].rstrip('_.-')}{key[2]}" in plain
        alone = len(stems) == 1 and bool(_TABLES.search(key[1]))
        if key in announced:
            missing += max(announced[key] - len(found), 0)
        elif len(found) > 1 or first_is_plain or alone:
            missing += _gaps(found | ({1} if first_is_plain else set()))
    return missing


def _gaps(found: set[int]) -> int:
    """Missing numbers of a sequence from 0 or 1; numbers that are far apart are not a sequence."""
    low, high = min(found), max(found)
    return 0 if high > 10 * len(found) + 10 else high - min(low, 1) + 1 - len(found)


def _stem(name: str) -> str:
    """The name in lower case without suffixes: "measurement" for "Measurement.csv.gz"."""
    stem = name.casefold()
    while found := _ENDING.search(stem):
        stem = stem[: found.start()]
    return stem


def _named(stem: str) -> NamedTable:
    found = list(_TABLES.finditer(stem))
    tables = {match[1] for match in found}
    if len(tables) != 1:
        return NamedTable("", clear=not tables)
    last = found[-1]
    before, after = _words(stem[: found[0].start()]), _words(stem[last.end() :])
    clear = not any(_ASIDE.fullmatch(word) for word in (*before, *after)) and all(
        _PART.fullmatch(word) for word in after
    )
    return NamedTable(last[1], clear=clear)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[^a-z0-9]+", text) if word]
