"""Promote: the model version of a finished training is kept, and becomes the champion or is refused."""

import time

from orchestration.boundary import expected_errors
from orchestration.errors import ModelError
from orchestration.models import promotion
from orchestration.models.promotion import Promotion
from orchestration.runs import model_results, stage_results
from orchestration.runs.stage_run import StageRun
from orchestration.stages.run_stage import require_done_before
from orchestration.startup import limit_threads

STAGE = "promote"


def promote(step: StageRun) -> Promotion:
    """Promote or refuse the model of the run folder; never skipped, because only the journal knows its state.

    Raises:
        ModelError: a leakage check is violated, or the study refuses a model that is worse than a baseline. The refusal
            is in the journal.

    """
    step.workspace.listener.stage_started(STAGE)
    started = time.monotonic()
    with expected_errors(step.workspace.models):
        stage_results.require_accepted(step.folder)
        limit_threads()
        require_done_before(STAGE, step)
        done = promotion.promote(step)
        if (why := model_results.refusal(step.folder.path, step.study.spec)) is not None:
            raise ModelError(why)
    seconds = time.monotonic() - started
    step.workspace.listener.stage_ended(STAGE, reused=not done.decided_now, seconds=seconds)
    return done
