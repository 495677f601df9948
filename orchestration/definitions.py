"""What `dagster dev -m orchestration.definitions` loads: every known study over the home folder."""

from orchestration.graph import definitions_of
from orchestration.quiet import hush
from orchestration.registry import known_studies
from orchestration.triggers import daily_schedule, inbox_sensor
from orchestration.workspace import open_workspace

hush()
_studies = list(known_studies().values())
_workspace = open_workspace(studies=_studies)

defs = definitions_of(
    _studies,
    _workspace,
    schedules=[daily_schedule(study) for study in _studies],
    sensors=[inbox_sensor(_studies, _workspace)],
)
