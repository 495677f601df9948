"""Options of the built-in learners: one dataclass per family or learner, and presets derived from them.

They are separate from the learners, because a study is checked against them without loading torch.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from meta_med.learners.options import LearnerOptions, fixed, number, one_of, whole


@dataclass(frozen=True, kw_only=True)
class NetworkOptions(LearnerOptions):
    """Options of learners with a perceptron over the records' inputs.

    Attributes:
        width, layers: of the hidden layers; `layers` None is two on covariates, none on an encoder's embedding.
        student_t: heavy-tailed likelihood instead of a normal one.

    """

    width: int = whole(64, least=1)
    layers: int | None = whole(None)
    student_t: bool = True


@dataclass(frozen=True, kw_only=True)
class LabelOptions(NetworkOptions):
    """Options of learners that can be told that class labels have no meaning beyond their task.

    Attributes:
        fresh_labels: class labels are drawn for each task and have no meaning beyond it, so that permuting them
            permutes the prediction. Not with history.

    """

    fresh_labels: bool | None = False

    def conflicts(self) -> Iterator[tuple[str, str]]:
        """Fresh labels and history are incompatible, because a history identifies the classes."""
        if self.fresh_labels and self.history:
            yield "fresh_labels", "needs history: false, because a history identifies the classes"


@dataclass(frozen=True, kw_only=True)
class GradientOptions(LabelOptions):
    """Options of the optimization-based learners; those of FOMAML, ANIL, Meta-SGD and Reptile are presets.

    Attributes:
        inner_steps: gradient steps on the own support; cohort_steps: on the context.
        step_size: initial inner step size, learned. None: 0.1; or 1 where every outcome is a class and records have
            no own history, as in few-shot classification, where small steps hardly move the logits. With `first_order`
            1 only for `fresh_labels`: first-order gradients do not see that a step overshoots.
        step_sizes: "layer" learns one positive step size per layer, step and level; "parameter" one of either sign
            per weight and level.
        shrink: learn kappa, else kappa = 0.
        first_order: treat each inner gradient as a constant.
        head_only: inner steps move the last layer alone.
        fresh_labels: as in `LabelOptions`; the last layer is then 0 for every class before the first step. None: false;
            true with `first_order` where every outcome is a class and records have no own history. There first-order
            gradients learn hardly anything of freshly drawn labels otherwise.

    """

    fresh_labels: bool | None = None

    inner_steps: int = whole(1)
    cohort_steps: int = whole(1)
    step_size: float | None = number(None, above=True)
    step_sizes: Literal["layer", "parameter"] = one_of("layer", "parameter", default="layer")
    shrink: bool = True
    first_order: bool = False
    head_only: bool = fixed(False)


@dataclass(frozen=True, kw_only=True)
class FOMAMLOptions(GradientOptions):
    """MAML with `first_order`."""

    first_order: bool = fixed(True)


@dataclass(frozen=True, kw_only=True)
class ANILOptions(GradientOptions):
    """MAML with `head_only`."""

    head_only: bool = fixed(True)


@dataclass(frozen=True, kw_only=True)
class MetaSGDOptions(GradientOptions):
    """MAML with one step size per weight."""

    step_sizes: Literal["layer", "parameter"] = fixed("parameter")


@dataclass(frozen=True, kw_only=True)
class ReptileOptions(GradientOptions):
    """Several first-order steps, as in the paper; they are small, and learn freshly drawn labels either way."""

    fresh_labels: bool | None = False

    inner_steps: int = whole(5)
    cohort_steps: int = whole(5)
    step_size: float = number(0.1, above=True)
    first_order: bool = fixed(True)


@dataclass(frozen=True, kw_only=True)
class MetricOptions(NetworkOptions):
    """Options of the metric-based learners.

    Attributes:
        embedding: width E of the embedding; None is the encoder's output itself (as in the papers), or 32 after
            a perceptron.

    """

    embedding: int | None = whole(None, least=1)


@dataclass(frozen=True, kw_only=True)
class ProtoNetOptions(MetricOptions):
    """Options of prototypical networks.

    Attributes:
        prior: initial strength kappa of the prior prototype, in records (learned); 0 is none.

    """

    prior: float = number(0.1)


@dataclass(frozen=True, kw_only=True)
class SiameseOptions(MetricOptions):
    """Options of siamese networks.

    Attributes:
        neighbours: for continuous outcomes, how many of the most similar records are used; None is all.
        verification: weight of the paper's pair objective in the outer loss.
        prior: initial weight kappa of the prior record (learned).

    """

    neighbours: int | None = whole(None, least=1)
    verification: float = number(0.1)
    prior: float = number(0.1, above=True)


@dataclass(frozen=True, kw_only=True)
class AttentionOptions(LabelOptions):
    """Options of the model-based learners.

    Attributes:
        heads: read heads, or heads of attention; keys: width of the keys by which records are matched.

    """

    heads: int = whole(1, least=1)
    keys: int = whole(16, least=1)
    fresh_labels: bool = False


@dataclass(frozen=True, kw_only=True)
class MANNOptions(AttentionOptions):
    """Options of memory-augmented neural networks; `layers` None is one hidden layer on covariates.

    Attributes:
        controller: an LSTM cell, or one tanh layer without a state of its own.
        slots: rows of the memory. None: one for each record of the context and each own record, so that nothing is
            forgotten. With a number the newest records of the context fill the memory, and own records take the least
            recently used rows: earlier ones are forgotten where records outnumber the rows.
        content: width of what the controller adds to a row.
        decay: of usage, in (0, 1).

    """

    controller: str = one_of("lstm", "feedforward", default="lstm")
    slots: int | None = whole(None, least=1)
    content: int = whole(16, least=1)
    decay: float = number(0.95, most=1.0, above=True, below=True)


@dataclass(frozen=True, kw_only=True)
class NeuralProcessOptions(AttentionOptions):
    """Options of neural processes.

    Attributes:
        width: of tokens and of the hidden layer before the head; layers: hidden layers of the embedding that
            records and queries share; 0 uses x or the encoder's output itself (as good on pbc and a quarter
            faster).
        attention: width of all heads together, divisible by `heads` (one by default: matching adds one per outcome,
            and more only cost time on pbc).
        blocks: self-attention among the records before they are read; cohort_tokens: tokens of a cohort.
        dropout: inside the blocks and before the head, by default 0.2 beside a pretrained core, else none.
        pretrained: start from weights pretrained on simulated patients; only with history.

    """

    layers: int = whole(0)
    attention: int = whole(32, least=1)
    blocks: int = whole(0)
    cohort_tokens: int = whole(2)
    dropout: float | None = number(None, most=1.0, below=True)
    pretrained: bool = True

    def conflicts(self) -> Iterator[tuple[str, str]]:
        """The heads must divide the width of attention; and the conflicts of the base class."""
        if self.attention % self.heads:
            yield "heads", f"must divide attention = {self.attention}"
        yield from super().conflicts()


@dataclass(frozen=True, kw_only=True)
class BayesianHeadOptions(NetworkOptions):
    """Options of the closed-form learners; `width` and `layers` are those of their networks.

    Attributes:
        features: d >= 2, one of them the constant 1 (a random intercept).
        activation: of the feature network; "tanh" keeps features bounded, "relu" costs less.
        head_dtype: minimum precision of the closed form.
        embedding: E, inputs of a radial basis kernel; 0 leaves it out.

    """

    features: int = whole(16, least=2)
    activation: str = one_of("relu", "tanh", "gelu", default="tanh")
    head_dtype: str = one_of("float32", "float64", default="float64")
    embedding: int = fixed(0)


@dataclass(frozen=True, kw_only=True)
class DeepKernelOptions(BayesianHeadOptions):
    """Options of deep kernels.

    Attributes:
        time_scales: number of Ornstein-Uhlenbeck processes. Where all times are equal they act as one more shared
            intercept.
        coupling: rank of a learned covariance between outcomes' random effects; 0 makes them independent. The
            cohort's posterior is solved for each outcome separately.

    """

    embedding: int = whole(4)
    time_scales: int = whole(1)
    coupling: int = whole(0)


@dataclass(frozen=True, kw_only=True)
class HierarchicalMixedOptions(LearnerOptions):
    """Options of the hierarchical mixed model; `history` changes nothing, since own records condition its courses.

    Attributes:
        models: course models in the library; more cost in proportion.
        features: of a small network, with effects beside those of the covariates themselves; 0 leaves it out.
        width, layers: of the network's hidden layers.

    """

    models: int = whole(24, least=1, most=1000)
    features: int = whole(4)
    width: int = whole(32, least=1)
    layers: int = whole(1)
