"""`meta-med bench papers`: meta-train on the papers' problems, resumable, and write the page."""

import time
from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path

import torch

from meta_med.bench.papers import classification, regression, study_in_context
from meta_med.bench.papers.budget import Say
from meta_med.bench.papers.fonts import FOLDER, FontsMissing
from meta_med.bench.papers.glyphs import EXAMPLES, Glyphs, glyphs
from meta_med.bench.papers.page import page
from meta_med.bench.papers.results import PlannedResult, Result, Results
from meta_med.learners import names
from meta_med.study import StudyMismatch


def run(
    out: Path,
    *,
    quick: bool = False,
    only: Collection[str] = (),
    seed: int = 0,
    cache: Path,
    say: Say = lambda _: None,
    fonts: Path = FOLDER,
) -> str:
    """Measure what is missing, and write the page after each result.

    Args:
        out: the page's file; results are kept beside it, with the suffix .json.
        quick: a few steps only.
        only: names of learners; all by default.
        seed: of training and of test tasks.
        cache: folder of the drawn glyphs.
        say: is called with messages of progress.
        fonts: folder of the fonts.

    Raises:
        StudyMismatch: `only` names a learner that does not exist.

    """
    torch.set_num_threads(1)
    known = {*names(), regression.PRETRAINED, regression.ORACLE, study_in_context.NAME}
    out.parent.mkdir(parents=True, exist_ok=True)
    if unknown := sorted(set(only) - known):
        raise StudyMismatch(f"--only {', '.join(unknown)}: unknown; known: {', '.join(sorted(known))}")
    results = Results(out.with_suffix(".json"))
    drawn = _glyphs(cache, say, fonts)
    described = NO_GLYPHS if drawn is None else _described(drawn)
    text = page(results, described, quick)
    for job in _jobs(drawn, quick, seed):
        if (only and job.learner not in only) or results.has(job.key, job.facts):
            continue
        say(" / ".join(job.key))
        results.add(_measured(job))
        text = page(results, described, quick)
        out.write_text(text)
    out.write_text(text)
    return text


def _jobs(drawn: Glyphs | None, quick: bool, seed: int) -> Iterator[PlannedResult]:
    of_glyphs = () if drawn is None else classification.jobs(drawn, quick, seed)
    return chain(regression.jobs(quick, seed), of_glyphs)


def _measured(job: PlannedResult) -> Result:
    start = time.process_time()
    figures = job.work()
    return Result(*job.key, figures, job.facts, round(time.process_time() - start, 1))


def _glyphs(cache: Path, say: Say, fonts: Path) -> Glyphs | None:
    """The glyphs; None without fonts, and the other problems are still measured."""
    try:
        return glyphs(cache, say, fonts)
    except FontsMissing as missing:
        say(f"no glyphs: {missing}")
        return None


def _described(drawn: Glyphs) -> str:
    parts = {name: len(drawn.part(name, 0)) for name in ("train", "tuning", "test")}
    return (
        f"{len(drawn.characters)} characters of many scripts, {EXAMPLES} drawings each by {drawn.fonts} fonts "
        f"({parts['train']} / {parts['tuning']} / {parts['test']} characters)"
    )


NO_GLYPHS = "no glyphs could be drawn, because fonts are missing"
