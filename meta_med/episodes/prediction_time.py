"""Only the past may be adapted to: records at or after what is predicted are refused at the door.

Prediction time is time 0, and of a query record its own time. Values are read as `input_checks` reads them: where
somebody hands records over, and by meta-training on each batch while it lies on the CPU; never inside a training step.
"""

import math
from collections.abc import Mapping

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.episodes.input_checks import NotBeforePrediction, unread


def check_batch_times(batch: EpisodeBatch) -> None:
    """Both checks of a whole batch."""
    check_times({"context": batch.context, "support": batch.support})
    check_after(batch.support, batch.query)


def check_times(told: Mapping[str, Records]) -> None:
    """Refuse records to adapt to that are not strictly before prediction time (time 0).

    Raises:
        NotBeforePrediction: names the records, and how many of them.

    """
    if unread(*told.values()):
        return
    late = {name: (records.time >= 0) & records.present for name, records in told.items()}
    for name, wrong in late.items():
        if bool(wrong.any()):
            raise NotBeforePrediction(
                f"{name}.time: expected times < 0, strictly before prediction time, where a record is present, "
                f"got {int(wrong.sum())} at or after it"
            )


def check_after(support: Records, query: Records) -> None:
    """Refuse queries (B, Q) that lie at or before an own record (B, S), where they are before prediction time.

    Raises:
        NotBeforePrediction: says how many subjects.

    """
    if support.present.shape[1] == 0 or unread(support, query):
        return
    early = (query.time < 0) & query.present
    if not bool(early.any()):  # every support record is before prediction time, so before these
        return
    newest = support.time.masked_fill(~support.present, -math.inf).amax(1, keepdim=True)
    wrong = (early & (query.time <= newest)).any(1)
    if bool(wrong.any()):
        raise NotBeforePrediction(
            f"query.time: expected every query after the subject's own records, got {int(wrong.sum())} of "
            f"{len(wrong)} subjects with an own record at or after one"
        )
