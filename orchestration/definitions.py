"""The Dagster definitions (`dagster dev -m orchestration.definitions`): every study that can run here.

An invalid study has no job; its mistakes are in the log and in the metadata of the definitions.
"""

import logging

from dagster import Definitions

from orchestration.graph import definitions_of, graphs_of
from orchestration.maintenance.job import maintenance_definitions
from orchestration.monitoring.event_log import EventListener, json_is_asked_for
from orchestration.services.executor import executor_of_environment
from orchestration.startup import configure_libraries
from orchestration.study.registry import runnable, studies
from orchestration.triggers import (
    inbox_sensor,
    monthly_schedule,
    nightly_schedule,
    recalibration_schedule,
    weekly_schedule,
)
from orchestration.workspace import open_workspace

configure_libraries()
_known = studies()
_graphs, _invalid = graphs_of(runnable(_known))
_workspace = open_workspace(
    studies=[graph.study for graph in _graphs], listener=EventListener() if json_is_asked_for() else None
)
_broken = {**_known.mistakes, **_invalid}
for _file, _mistakes in _broken.items():
    logging.getLogger("meta_med").warning("This study is left out: %s: %s", _file, " ".join(_mistakes))

defs = definitions_of(
    _graphs,
    _workspace,
    schedules=[
        make(graph)
        for graph in _graphs
        for make in (nightly_schedule, weekly_schedule, monthly_schedule, recalibration_schedule)
    ],
    executor=executor_of_environment(),
    sensors=[inbox_sensor(_graphs, _workspace)],
    metadata={"studies_left_out": _broken} if _broken else {},
)
defs = Definitions.merge(defs, maintenance_definitions(_workspace))
