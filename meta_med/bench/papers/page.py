"""The page of the papers' problems, made from the results that are there."""

import math
from collections.abc import Mapping, Sequence

from meta_med.bench.papers import classification, regression
from meta_med.bench.papers.font_packages import BY_LICENCE
from meta_med.bench.papers.page_text import (
    BUDGETS,
    CURVES,
    FONTS,
    GLYPHS,
    HEAD,
    QUICK,
    READING,
    SINUSOIDS,
)
from meta_med.bench.papers.published import OMNIGLOT, SINUSOID
from meta_med.bench.papers.results import Figure, Result, Results
from meta_med.learners import names

MISSING = "not run"


def page(results: Results, glyphs: str, quick: bool) -> str:
    """The whole page; `glyphs` says what the glyphs were drawn from."""
    parts = [
        HEAD,
        QUICK if quick else "",
        SINUSOIDS,
        _steps_table(results),
        READING,
        _reading_table(results, "sinusoid"),
    ]
    parts += [
        CURVES,
        _reading_table(results, "curves"),
        GLYPHS.format(glyphs=glyphs, filters=classification.FILTERS),
    ]
    parts += [_glyph_table(results, encoder) for encoder in classification.ENCODERS]
    fonts = "".join(f"- {licence}: {', '.join(packages)}\n" for licence, packages in BY_LICENCE.items())
    return "\n".join([*parts, FONTS + "\n" + fonts, _budget_table(results)])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _shown(figure: Figure | None, scale: float = 1.0) -> str:
    """To two decimals, or to four where two would show nothing; per cent to one."""
    if figure is None:
        return MISSING
    if not math.isfinite(figure.mean):
        return "diverges"
    mean, half = scale * figure.mean, scale * figure.half
    if scale != 1.0:
        return f"{mean:.1f} ± {half:.1f}"
    digits = 4 if abs(mean) < 0.095 and half < 0.005 else 2
    return f"{mean:.{digits}f} ± {half:.{digits}f}"


def _figures(result: Result | None) -> Mapping[str, Figure]:
    return {} if result is None else result.figures


def _steps_table(results: Results) -> str:
    steps = regression.GRADIENT_STEPS
    rows = []
    for size in regression.SUPPORT_SIZES:
        for name in (regression.PRETRAINED, *regression.stepping_learners()):
            found = _figures(results.get("sinusoid steps", f"{size}", name))
            ours = [_shown(found.get(f"mse@{n}")) for n in steps]
            rows.append([f"{size}", f"`{name}`", *ours, SINUSOID.get((f"{size}", name), "-")])
    return _table(["records", "learner", *(f"{n} step{'' if n == 1 else 's'}" for n in steps), "paper"], rows)


def _reading_table(results: Results, problem: str) -> str:
    rows = []
    more = (regression.ORACLE,) if problem == "curves" else ()
    for name in (*regression.reading_learners(), *more):
        found = _figures(results.get(problem, "5, 10", name))
        columns = [f"{what}@{size}" for what in ("mse", "loglik") for size in regression.SUPPORT_SIZES]
        rows.append([f"`{name}`" if name in names() else name, *(_shown(found.get(c)) for c in columns)])
    head = ["learner", "MSE, 5 records", "MSE, 10", "log-likelihood, 5", "log-likelihood, 10"]
    return _table(head, rows)


def _glyph_table(results: Results, encoder: str) -> str:
    rows = []
    for name in classification.LEARNERS:
        reported = OMNIGLOT.get((encoder, name), {})
        ours = [results.get(f"glyphs, {encoder}", setting.name, name) for setting in classification.SETTINGS]
        rows.append([f"`{name}`, glyphs, here", *(_shown(_figures(r).get("accuracy"), 100) for r in ours)])
        if reported:
            paper = [reported.get(setting.name, "-") for setting in classification.SETTINGS]
            rows.append([f"`{name}`, Omniglot, the paper", *paper])
    head = [f"accuracy, %; {encoder} encoder", *(setting.name for setting in classification.SETTINGS)]
    return _table(head, rows)


def _budget_table(results: Results) -> str:
    """What each figure cost, beside what the papers spent."""
    rows = []
    for problem in (
        "sinusoid steps",
        "sinusoid",
        "curves",
        *(f"glyphs, {e}" for e in classification.ENCODERS),
    ):
        for found in results.of(problem):
            facts = found.facts
            spent = f"{facts['steps']:,} x {facts['tasks']}" if found.learner != regression.ORACLE else "-"
            rows.append(
                [problem, found.setting, found.learner, spent, f"{facts['test_tasks']:,}", f"{facts['seed']}",
                 f"{found.seconds:.0f} s"]
            )  # fmt: skip
    total = sum(found.seconds for problem in {row[0] for row in rows} for found in results.of(problem))
    head = ["problem", "setting", "learner", "steps x tasks", "test tasks", "seed", "CPU time"]
    return f"{BUDGETS}\n{_table(head, rows)}\n{total / 60:.0f} CPU-minutes in all, on one thread.\n"
