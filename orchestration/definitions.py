"""What `dagster dev -m orchestration.definitions` loads: every study that can run here, over the home folder."""

from orchestration.graph import definitions_of, graph_of
from orchestration.quiet import hush
from orchestration.registry import runnable_studies
from orchestration.triggers import daily_schedule, inbox_sensor
from orchestration.workspace import open_workspace

hush()
_studies = runnable_studies()
_graphs = [graph_of(study) for study in _studies]
_workspace = open_workspace(studies=_studies)

defs = definitions_of(
    _graphs,
    _workspace,
    schedules=[daily_schedule(graph) for graph in _graphs],
    sensors=[inbox_sensor(_graphs, _workspace)],
)
