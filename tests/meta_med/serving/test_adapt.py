"""Whose newest outcome is hidden where the newest record itself is predicted."""

from dataclasses import replace

import numpy as np

from meta_med.calibrate.calibration import few_events
from meta_med.serving.adapt import next_records
from meta_med.study import ServeSpec
from tests import scenario


def test_only_those_who_are_served_lose_their_newest_outcome() -> None:
    ready = scenario.prepared()
    ready = replace(ready, study=replace(ready.study, serve=ServeSpec(record="newest")))
    held_out = ready.splits.subjects("held_out")
    found, newest = next_records(ready, held_out), ready.table.newest
    assert np.isnan(found.prepared.table.y[newest[held_out]]).all()
    np.testing.assert_array_equal(found.prepared.table.y[newest[~held_out]], ready.table.y[newest[~held_out]])
    assert few_events(found.prepared) == few_events(ready)
