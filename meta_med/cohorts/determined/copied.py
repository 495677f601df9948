"""Outcomes that covariates tell: copied, rescaled, relabelled, thresholded, or a function of several covariates.

What is fitted on half of the persons predicts the other half, and the reverse. Noise, identifiers and anything that is
learned about a person do not help there, so that a nearly perfect prediction means that the covariates hold the outcome
itself.
"""

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.enough import needed

LARGEST = 5000  # records: more persons change no verdict
LEAST_PERSONS = 10
UNEXPLAINED = {
    True: 0.02,
    False: 0.001,
}  # share of the variance; True: of a class, where one error weighs much
PLAUSIBLE = 0.5  # share that a linear model of all covariates leaves, above which no tree is fitted
NOT_BY_ITSELF = (
    10.0  # how much worse the outcome of the record before must tell it than a covariate of that record
)


def told_ahead(table: RecordTable, outcome: int, *, is_class: bool) -> tuple[str, ...]:
    """Covariates known ahead that tell an outcome of the same record: each of them alone, or else together."""
    rows = _sample(table, np.flatnonzero(~np.isnan(table.y[:, outcome])))
    y, half = table.y[rows, outcome], _half(table, rows)
    ahead = _blocks(table, np.asarray(table.known_ahead, dtype=bool))
    if not ahead or not _can_be_judged(table, rows, y):
        return ()
    most, x = UNEXPLAINED[is_class], table.x[rows]
    alone = tuple(n for n, c in ahead.items() if left_by_one(x[:, c], y, half) <= most)
    every = np.concatenate(list(ahead.values()))
    together = not alone and left_by_all(x[:, every], y, half) <= most
    return _needed_together(x, y, half, ahead, most) if together else alone


def told_before(table: RecordTable, outcome: int, *, is_class: bool) -> tuple[str, ...]:
    """Covariates of the record before that tell an outcome of the next one, which the outcome there does not."""
    rows = _sample(table, np.flatnonzero((table.position > 0) & ~np.isnan(table.y[:, outcome])))
    y, half = table.y[rows, outcome], _half(table, rows)
    most = UNEXPLAINED[is_class]
    if not _can_be_judged(table, rows, y):
        return ()
    if left_by_one(table.y[rows - 1, outcome][:, None], y, half) <= NOT_BY_ITSELF * most:
        return ()
    blocks = _blocks(table, np.ones(len(table.covariates), dtype=bool))
    return tuple(n for n, c in blocks.items() if left_by_one(table.x[rows - 1][:, c], y, half) <= most)


def left_by_one(x: Floats, y: Floats, half: Bools) -> float:
    """Share of the variance of `y` (n,) that one covariate leaves unexplained in persons not fitted on.

    Its prediction is the mean of `y` at the nearest level of the covariate in the other half, which any function of it
    is near to; or linear.

    Args:
        x: (n, F) the columns of the covariate, NaN where missing, which is a level. half: (n,) mask of half of the
            persons.

    """
    level = x[:, 0] if x.shape[1] == 1 else np.where(np.isnan(x).any(1), np.nan, x.argmax(1))
    return min(_left(_by_level(level, y, half), y), _left(_by_line(_filled(x), y, half), y))


def left_by_all(x: Floats, y: Floats, half: Bools) -> float:
    """The same for several covariates together: a linear model, and a decision tree where that explains something."""
    plain = _filled(x)
    by_line = _left(_by_line(plain, y, half), y)
    return min(by_line, _left(_by_tree(plain, y, half), y)) if by_line < PLAUSIBLE else by_line


def _left(predicted: Floats, y: Floats) -> float:
    return float(((predicted - y) ** 2).sum() / ((y - y.mean()) ** 2).sum())


def _by_level(level: Floats, y: Floats, half: Bools) -> Floats:
    """(n,) mean of `y` at the nearest level in the other half."""
    known = level[~np.isnan(level)]
    beyond = known.min() - (np.ptp(known) + 1.0) if len(known) else 0.0
    at, out = np.where(np.isnan(level), beyond, level), np.empty(len(y))
    for fit in (half, ~half):
        levels, code = np.unique(at[fit], return_inverse=True)
        mean = np.bincount(code, y[fit]) / np.bincount(code)
        above = np.searchsorted(levels, at[~fit]).clip(0, len(levels) - 1)
        below = np.maximum(above - 1, 0)
        nearer = np.abs(levels[below] - at[~fit]) < np.abs(levels[above] - at[~fit])
        out[~fit] = mean[np.where(nearer, below, above)]
    return out


def _by_tree(x: Floats, y: Floats, half: Bools) -> Floats:
    from sklearn.tree import DecisionTreeRegressor

    out = np.empty(len(y))
    for fit in (half, ~half):
        out[~fit] = DecisionTreeRegressor(random_state=0).fit(x[fit], y[fit]).predict(x[~fit])
    return out


def _by_line(x: Floats, y: Floats, half: Bools) -> Floats:
    spread = x.std(0)
    scaled = (x - x.mean(0)) / np.where(spread > 0, spread, 1.0)
    design = np.column_stack([np.ones(len(y)), scaled])
    out = np.empty(len(y))
    for fit in (half, ~half):
        out[~fit] = design[~fit] @ np.linalg.lstsq(design[fit], y[fit], rcond=None)[0]
    return out


def _filled(x: Floats) -> Floats:
    """The columns with the mean where they are missing, and one column for each that says where that is."""
    missing = np.isnan(x)
    known = (~missing).sum(0)
    mean = np.where(known > 0, np.nansum(x, 0) / np.maximum(known, 1), 0.0)
    return np.column_stack([np.where(missing, mean, x), missing[:, missing.any(0)]])


def _needed_together(
    x: Floats, y: Floats, half: Bools, blocks: dict[str, Ints], most: float
) -> tuple[str, ...]:
    """The covariates that are needed to tell the outcome, found by leaving out those that are not, one by one."""
    kept = dict(blocks)
    for name in blocks:
        rest = {other: columns for other, columns in kept.items() if other != name}
        if rest and left_by_all(x[:, np.concatenate(list(rest.values()))], y, half) <= most:
            kept = rest
    return tuple(kept)


def _can_be_judged(table: RecordTable, rows: Ints, y: Floats) -> bool:
    """Whether there are enough persons, and enough of them with another value than the most frequent one."""
    person = table.person[table.subject[rows]]
    if len(np.unique(person)) < LEAST_PERSONS:
        return False
    values, count = np.unique(y, return_counts=True)
    return len(np.unique(person[y != values[count.argmax()]])) >= needed("an event")


def _half(table: RecordTable, rows: Ints) -> Bools:
    """(n,) rows of every second person."""
    return np.asarray(np.unique(table.person[table.subject[rows]], return_inverse=True)[1] % 2 == 0)


def _blocks(table: RecordTable, among: Bools) -> dict[str, Ints]:
    """Covariate -> its columns (a category has one for each level), of the columns of a mask (F,)."""
    names = np.asarray([name.partition("=")[0] for name in table.covariates], dtype=np.str_)
    return {str(n): np.flatnonzero(among & (names == n)) for n in dict.fromkeys(names[among].tolist())}


def _sample(table: RecordTable, rows: Ints) -> Ints:
    """These rows, or those of persons drawn at random (seeded) who have about LARGEST of them."""
    if len(rows) <= LARGEST:
        return rows
    person = table.person[table.subject[rows]]
    rank = np.random.default_rng(0).permutation(int(table.person.max()) + 1)[person]
    return np.asarray(rows[rank <= np.sort(rank)[LARGEST]])
