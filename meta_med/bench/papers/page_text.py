"""What the page of the papers' problems says beside its tables: protocols, and how ours differ."""

HEAD = """# The papers' own problems

Written by `meta-med bench papers` (its figures also as [papers.json](papers.json)). Every learner goes through
the door that a table of patients goes through: `create`, `meta_train`, `adapt`, `predict`; each task is a cohort
of one, without context. Figures are means over test tasks ± the half-width of a 95 % confidence interval, at one
seed. Budgets are those of one CPU core, far below the papers'; they stand at the end. "not run" is what was not
reached in the time there was: the same command goes on with it.
"""

QUICK = """
**Small budgets (`--quick`): these figures show that it runs, and nothing more.**
"""

SINUSOIDS = """## Sinusoid regression (Finn, Abbeel & Levine 2017)

y = a sin(x - p), a in 0.1..5, p in 0..pi, x in -5..5, no noise; a ReLU perceptron 2-40-40-1 (x and its mask).
Meta-trained with one inner step (`reptile`: five) on 5 or 10 records and 10 query records; inner loss as in
the paper, outer loss the normal log-likelihood with one learned scale; step sizes are learned (the paper
fixes 0.01). Judged is the mean squared error of 100 query records of each test task after 0, 1, 5 and 10
gradient steps; steps that were not meta-trained take the size of the last that was. `pretrained` is the
paper's baseline: one network fitted to the pooled records of all tasks, then fine-tuned on the task's own
with the step size that was best on other tasks. Finn 2017 shows these figures as a plot; what stands in print
is Li et al. 2017 (60,000 iterations). "diverges": a task's error is not finite any more.
"""

READING = """## Sinusoids, learners that adapt in one pass (ALPaCA's protocol: Harrison, Sharma & Pavone 2018)

The same sinusoids; one meta-training with 0 to 10 records a task, judged at 5 and at 10 by squared error and by
the mean log-likelihood of a query record. Options are the learners' defaults but for a normal likelihood, two
layers of 64, and 32 features. A sinusoid of known period is a weighted sum of two functions: what learns two
features and solves for their weights, as closed forms do, has solved the problem. The paper's figures are plots.
"""

CURVES = """## Gaussian-process curves (conditional neural processes: Garnelo et al. 2018)

Draws of a Gaussian process with a squared-exponential kernel of length 0.4 and variance 1, x in -2..2, noise 0.02;
otherwise as above. Nothing can beat the exact posterior of that very process on average. The paper's figures are
plots.
"""

GLYPHS = """## Few-shot classification of glyphs

The papers use Omniglot, handwriting that a machine without the network does not have. The source here is made on
the machine, so the papers' figures stand beside ours, not against them: {glyphs}. 28 x 28 pixels;
drawings of a character that hardly differ are dropped, and so are characters that look like an earlier one. The
characters (not the images) are split into training, tuning (unused so far: the last weights count) and test. In
meta-training a character turned by 90, 180 or 270 degrees is a class of its own (Santoro et al. 2016); in tests
characters stand upright. Labels 0..N-1 are drawn anew for each task and records come in an order of chance. Encoders:
four blocks of 3 x 3 convolution ({filters} filters; the papers have 64), batch normalisation, ReLU and 2 x 2 max-pool;
or a perceptron of 256, 128, 64 and 64 with batch normalisation. Tests ask 5 query records of each class, 2 in
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
