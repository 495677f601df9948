"""How old the newest value that a prediction uses is, against looking at one record after the other."""

import numpy as np

from meta_med.episodes.queries import most_recent
from meta_med.serving.ages import age_of_used
from tests import scenario

PREPARED = scenario.prepared()
TABLE = PREPARED.table


def plainly(row: int, end: int, size: int, outcome: int) -> float:
    known = [r for r in range(end - size, end) if not np.isnan(TABLE.y[r, outcome])]
    return TABLE.time[row] - TABLE.time[known[-1]] if known else np.nan


def test_the_newest_value_among_the_records_used_counts_and_no_older_one() -> None:
    queries = most_recent(PREPARED, np.arange(TABLE.n_records))
    rng = np.random.default_rng(1)
    shape = (len(queries), TABLE.y.shape[1])
    size = np.minimum(queries.size[:, None], rng.integers(0, 7, shape))
    each = [
        [plainly(row, end, k, d) for d, k in enumerate(sizes)]
        for row, end, sizes in zip(queries.rows, queries.end, size, strict=True)
    ]
    found = age_of_used(queries, size, TABLE)
    np.testing.assert_array_equal(found, np.asarray(each))
    assert 0 < np.isnan(found).sum() < found.size
