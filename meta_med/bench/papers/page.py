"""The page of the papers' problems: our results, the papers' published figures, and how protocols differ."""

import math
from collections.abc import Mapping, Sequence

from meta_med.bench.papers import classification, regression, study_in_context
from meta_med.bench.papers.fonts import BY_LICENCE
from meta_med.bench.papers.results import Figure, Result, Results
from meta_med.learners import names

HEAD = """# The papers' own problems

Written by `meta-med bench papers` (its figures also as [papers.json](papers.json)). Every learner goes through
the same interface as a table of patients: `create`, `meta_train`, `adapt`, `predict`; each task is a cohort of one,
without context. Figures are means over test tasks ± the half-width of a 95 % confidence interval, at one
seed. Budgets are those of one CPU core, far below the papers', and listed at the end. "not run": not reached
in the available time; the same command continues.
"""

QUICK = """
**Small budgets (`--quick`): these figures show only that the code runs.**
"""

SINUSOIDS = """## Sinusoid regression (Finn, Abbeel & Levine 2017)

y = a sin(x - p), a in 0.1..5, p in 0..pi, x in -5..5, no noise; a ReLU perceptron 2-40-40-1 (x and its mask).
Meta-trained with one inner step (`reptile`: five) on 5 or 10 records and 10 query records; inner loss as in
the paper, outer loss the normal log-likelihood with one learned scale; step sizes are learned (the paper
fixes 0.01). The metric is the mean squared error of 100 query records of each test task after 0, 1, 5 and 10
gradient steps; a step that was not meta-trained takes the size of the last that was, halved until it does not
raise the task's own inner loss. `pretrained` is the
paper's baseline: one network fitted to the pooled records of all tasks, then fine-tuned on the task's own
with the step size that was best on other tasks. Finn 2017 shows these figures as a plot; the published
numbers are of Li et al. 2017 (60,000 iterations). "diverges": a task's error is not finite.
"""

AMORTISED = """## Sinusoids, learners that adapt in one pass (ALPaCA's protocol: Harrison, Sharma & Pavone 2018)

The same sinusoids; one meta-training with 0 to 10 records per task, evaluated at 5 and at 10 by squared error and by
the mean log-likelihood of a query record. Options are the learners' defaults but for a normal likelihood, two
layers of 64, 32 features, and 4 course models (no time tells more of them apart). A sinusoid of known period is a
weighted sum of two functions: what learns two features and solves for their weights, as closed forms do, has solved
the problem. The paper's figures are plots. `study core` is trained on nothing: 20 other curves with 20 records each
are its context, and x is its time; 10 query records of each test task.
"""

CURVES = """## Gaussian-process curves (conditional neural processes: Garnelo et al. 2018)

Draws of a Gaussian process with a squared-exponential kernel of length 0.4 and variance 1, x in -2..2, noise 0.02;
otherwise as above. The exact posterior of the process is the optimum on average. The paper's figures are
plots.
"""

GLYPHS = """## Few-shot classification of glyphs

The papers use Omniglot, handwriting that is not available without a network. The source here is made on the
machine, so the papers' figures are not directly comparable: {glyphs}. 28 x 28 pixels;
drawings of a character that hardly differ are dropped, and so are characters that look like an earlier one. The
characters (not the images) are split into training, tuning (unused so far: the last weights count) and test. In
meta-training a character turned by 90, 180 or 270 degrees is a class of its own (Santoro et al. 2016); in tests
characters are upright. Labels 0..N-1 and the order of records are random in each task. Encoders:
four blocks of 3 x 3 convolution ({filters} filters; the papers have 64), batch normalisation, ReLU and 2 x 2 max-pool;
or a perceptron of 256, 128, 64 and 64 with batch normalisation. Tests have 5 query records per class, 2 in
20-way tasks. `maml` takes one inner step in training and in tests (Finn 2017: 1 or 5, and 3 or 5).
"""

FONTS = """## Fonts

Every TrueType and OpenType font under `/usr/share/fonts` is used; a font has a character if its own map lists it.
The figures were made with the fonts of these Debian packages (`apt-get install --no-install-recommends ...`), by
licence:
"""

BUDGETS = """## Budgets

Steps of the outer loop times tasks in each (AdamW without decay, a warm-up and a cosine). The papers: 70,000 x 25
(Finn 2017, sinusoids), 60,000 x 32 or 16 (the same, Omniglot), 60,000 x 4 (Li 2017), 100,000 episodes (Santoro 2016).
"""


ONLY_A_PLOT = "only a plot"

SINUSOID: Mapping[tuple[str, str], str] = {
    # (support size, learner); one gradient step. Li, Zhou, Chen & Li 2017 (Meta-SGD), table 1; Finn 2017 has a plot.
    ("5", "maml"): "1.13 ± 0.18 (1 step; Li 2017)",
    ("10", "maml"): "0.77 ± 0.11 (1 step; Li 2017)",
    ("5", "meta_sgd"): "0.90 ± 0.16 (1 step; Li 2017)",
    ("10", "meta_sgd"): "0.53 ± 0.09 (1 step; Li 2017)",
    **{(size, name): ONLY_A_PLOT for size in ("5", "10") for name in ("pretrained", "reptile")},
}

OMNIGLOT: Mapping[tuple[str, str], Mapping[str, str]] = {
    # (encoder, learner): setting -> accuracy in per cent
    ("convolutional", "maml"): {
        "5-way 1-shot": "98.7 ± 0.4",
        "5-way 5-shot": "99.9 ± 0.1",
        "20-way 1-shot": "95.8 ± 0.3",
        "20-way 5-shot": "98.9 ± 0.2",
    },
    ("perceptron", "maml"): {"5-way 1-shot": "89.7 ± 1.1", "5-way 5-shot": "97.5 ± 0.6"},
    ("convolutional", "protonet"): {
        "5-way 1-shot": "98.8",
        "5-way 5-shot": "99.7",
        "20-way 1-shot": "96.0",
        "20-way 5-shot": "98.9",
    },
    ("convolutional", "siamese"): {  # as Vinyals 2016 reports it; Koch 2015: 92.0 in its own 20-way protocol
        "5-way 1-shot": "97.3",
        "5-way 5-shot": "98.4",
        "20-way 1-shot": "88.1 (Koch 2015: 92.0)",
        "20-way 5-shot": "97.0",
    },
    ("perceptron", "mann"): {"5-way 1-shot": "82.8", "5-way 5-shot": "94.9"},  # Santoro 2016, no convolution
}


MISSING = "not run"


def page(results: Results, glyphs: str, quick: bool) -> str:
    """The whole page; `glyphs` describes the source of the glyphs."""
    parts = [
        HEAD,
        QUICK if quick else "",
        SINUSOIDS,
        _steps_table(results),
        AMORTISED,
        _single_pass_table(results, "sinusoid"),
    ]
    parts += [
        CURVES,
        _single_pass_table(results, "curves"),
        GLYPHS.format(glyphs=glyphs, filters=classification.FILTERS),
    ]
    parts += [_glyph_table(results, encoder) for encoder in classification.ENCODERS]
    fonts = "".join(f"- {licence}: {', '.join(packages)}\n" for licence, packages in BY_LICENCE.items())
    return "\n".join([*parts, FONTS + "\n" + fonts, _budget_table(results)])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _shown(figure: Figure | None, scale: float = 1.0) -> str:
    """A figure to two decimals, or four where it is small; per cent to one."""
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
        for name in (regression.PRETRAINED, *regression.gradient_step_learners()):
            found = _figures(results.get("sinusoid steps", f"{size}", name))
            ours = [_shown(found.get(f"mse@{n}")) for n in steps]
            rows.append([f"{size}", f"`{name}`", *ours, SINUSOID.get((f"{size}", name), "-")])
    return _table(["records", "learner", *(f"{n} step{'' if n == 1 else 's'}" for n in steps), "paper"], rows)


def _single_pass_table(results: Results, problem: str) -> str:
    rows = []
    more = (regression.ORACLE,) if problem == "curves" else ()
    for name in (*regression.single_pass_learners(), study_in_context.NAME, *more):
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
    """The budget and CPU time of each figure, and the papers' budgets."""
    rows = []
    for problem in (
        "sinusoid steps",
        "sinusoid",
        "curves",
        *(f"glyphs, {e}" for e in classification.ENCODERS),
    ):
        for found in results.of(problem):
            facts = found.facts
            untrained = found.learner in (regression.ORACLE, study_in_context.NAME)
            spent = "-" if untrained else f"{facts['steps']:,} x {facts['tasks']}"
            rows.append(
                [problem, found.setting, found.learner, spent, f"{facts['test_tasks']:,}", f"{facts['seed']}",
                 f"{found.seconds:.0f} s"]
            )  # fmt: skip
    total = sum(found.seconds for problem in {row[0] for row in rows} for found in results.of(problem))
    head = ["problem", "setting", "learner", "steps x tasks", "test tasks", "seed", "CPU time"]
    return f"{BUDGETS}\n{_table(head, rows)}\n{total / 60:.0f} CPU-minutes in all, on one thread.\n"
