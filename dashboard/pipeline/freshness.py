"""What is late or has failed, in sentences: by the notes of runs and models, and what lies in the inbox."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dashboard.pipeline.read import Notes
from dashboard.release import Served
from dashboard.wording.message import label
from dashboard.wording.overview import pipeline as words
from dashboard.wording.times import ago, duration
from meta_med.published.notes.last_runs import LATE_AFTER_HOURS, LastRun
from meta_med.published.notes.model_states import STALE_AFTER_DAYS

LATE, STALE = timedelta(hours=LATE_AFTER_HOURS), timedelta(days=STALE_AFTER_DAYS)


def up_to_date_since(served: Served, notes: Notes) -> datetime:
    """When a run last ended after which the shown release was served: by publishing it, or with nothing new."""
    published = served.head.published_at
    return published if notes.checked is None else max(published, notes.checked)


def remarks(served: Served, notes: Notes) -> tuple[str, ...]:
    """One sentence for everything that is late or has failed."""
    return tuple(_remarks(served, notes))


def _remarks(served: Served, notes: Notes) -> Iterator[str]:
    good, now = up_to_date_since(served, notes), served.now
    if now - good > LATE:
        yield words.LATE(passed=_passed(good, now), allowed=_passed(now - LATE, now))
    if notes.inbox and notes.inbox[-1] > good:
        yield words.WAITING(ago=ago(notes.inbox[-1], now))
    for kind, run in notes.runs.items():
        name = label(words.KINDS, kind)
        if is_overdue(run, now):
            yield words.NOT_ENDED(run=name, ago=ago(moment(run.started), now))
        elif run.exit_code and not run.is_open:
            yield words.HAS_FAILED(
                run=name, ago=ago(moment(run.ended), now), code=run.code or words.NO_CODE()
            )
    trained = notes.trained(served)
    if trained is not None and now - trained > STALE:
        yield words.MODEL_IS_OLD(ago=ago(trained, now))


def is_overdue(run: LastRun, now: datetime) -> bool:
    """Whether a run started so long ago that it would have ended, had nobody ended it from outside."""
    return run.is_open and now - moment(run.started) > LATE


def moment(text: str) -> datetime:
    """A noted time."""
    return datetime.fromisoformat(text)


def _passed(then: datetime, now: datetime) -> str:
    return duration((now - then) / timedelta(days=1))
