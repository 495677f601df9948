"""Learners by name, and the options of each."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from meta_med.learners.built_in_options import (
    ANILOptions,
    BayesianHeadOptions,
    DeepKernelOptions,
    FOMAMLOptions,
    GradientOptions,
    HierarchicalMixedOptions,
    MANNOptions,
    MetaSGDOptions,
    NeuralProcessOptions,
    ProtoNetOptions,
    ReptileOptions,
    SiameseOptions,
)
from meta_med.learners.options import LearnerOptions
from meta_med.plug_ins.registry import PlugInError, Registry, distribution_of
from meta_med.study import StudyMismatch

if TYPE_CHECKING:
    import torch
    from torch import nn

    from meta_med.learners.learner import Learner
    from meta_med.outcomes import Outcome

BUILT_IN: dict[str, tuple[str, type[LearnerOptions] | None]] = {
    "maml": ("meta_med.learners.optimization_based.maml:MAML", GradientOptions),
    "fomaml": ("meta_med.learners.optimization_based.maml:FOMAML", FOMAMLOptions),
    "reptile": ("meta_med.learners.optimization_based.reptile:Reptile", ReptileOptions),
    "anil": ("meta_med.learners.optimization_based.maml:ANIL", ANILOptions),
    "meta_sgd": ("meta_med.learners.optimization_based.maml:MetaSGD", MetaSGDOptions),
    "protonet": ("meta_med.learners.metric_based.protonet:ProtoNet", ProtoNetOptions),
    "siamese": ("meta_med.learners.metric_based.siamese:Siamese", SiameseOptions),
    "mann": ("meta_med.learners.model_based.mann:MANN", MANNOptions),
    "neural_process": ("meta_med.learners.model_based.neural_process:NeuralProcess", NeuralProcessOptions),
    "bayesian_head": ("meta_med.learners.closed_form.bayesian_head:BayesianHead", BayesianHeadOptions),
    "deep_kernel": ("meta_med.learners.closed_form.deep_kernel:DeepKernel", DeepKernelOptions),
    "hierarchical_mixed": (
        "meta_med.learners.closed_form.hierarchical_mixed:HierarchicalMixed",
        HierarchicalMixedOptions,
    ),
}
"""Name -> class and options; None: the options are those of the class.

Nothing here loads torch, because studies are read without it.
"""

LEARNERS: "Registry[Learner]" = Registry(
    kind="learner",
    group="meta_med.learners",
    base="meta_med.learners.learner:Learner",
    built_in={name: where for name, (where, _) in BUILT_IN.items()},
)


def names() -> tuple[str, ...]:
    """The learners' names, the built-in ones first."""
    return LEARNERS.names()


def options_class(name: str) -> type[LearnerOptions]:
    """The options class of a learner; torch is loaded only for a learner of another distribution.

    Raises:
        StudyMismatch: an unknown name; the known ones are listed.
        PlugInError: a learner of another distribution that cannot be used.

    """
    entry = LEARNERS.plug_in(name)
    _, known = BUILT_IN.get(name, ("", None))
    found = known or getattr(LEARNERS.load(name), "Options", None)
    if isinstance(found, type) and issubclass(found, LearnerOptions):
        return found
    whose = "" if entry is None else f" of {distribution_of(entry)}"
    raise PlugInError(
        f"learner {name!r}{whose}: its Options must be a dataclass derived from LearnerOptions."
    )


def options(name: str) -> dict[str, Any]:
    """A learner's options with their defaults."""
    return options_class(name).defaults()


def chosen_options(name: str, chosen: Mapping[str, Any]) -> LearnerOptions:
    """A learner's options; those that are not chosen have their defaults.

    Raises:
        StudyMismatch: an unknown learner or option, a value outside its range, or incompatible options; it names the
            learner and the option, and what is valid.

    """
    known = options_class(name)
    unknown = sorted(set(chosen) - set(known.defaults()))
    if unknown:
        valid = ", ".join(known.defaults())
        raise StudyMismatch(f"{name}: unknown option {', '.join(unknown)}; valid options: {valid}")
    try:
        return known(**chosen)
    except ValueError as error:
        raise StudyMismatch(f"{name}: {error}") from None


def try_options(name: str, chosen: Mapping[str, Any]) -> None:
    """Validate options by creating a learner with them, which is discarded.

    Raises:
        StudyMismatch: names the learner and what is wrong.

    """
    from meta_med.outcomes import Outcome
    from meta_med.randomness import OwnRandomness

    with OwnRandomness(0).active():
        try:
            create(name, [Outcome("outcome")], 1, **chosen)
        except StudyMismatch:
            raise
        except (ValueError, TypeError) as error:
            raise StudyMismatch(f"{name}: {error}") from None


def create(
    name: str,
    outcomes: "Sequence[Outcome]",
    n_covariates: int | Sequence[int],
    encoder: "nn.Module | None" = None,
    *,
    generator: "torch.Generator | None" = None,
    **chosen: Any,
) -> "Learner":
    """A learner with fresh meta-parameters.

    Args:
        name: one of `names()`.
        outcomes, n_covariates, encoder: see `Learner`.
        generator: for drawing the meta-parameters, without changing a global generator. None is torch's global one,
            as for any layer of `torch.nn`.
        chosen: options of the learner.

    Raises:
        ValueError: an unknown learner or option, or a value outside its range; what is valid is listed.

    """
    import torch

    from meta_med.randomness import OwnRandomness

    validated = chosen_options(name, chosen)
    kind = LEARNERS.load(name)
    if generator is None:
        return kind(outcomes, n_covariates, encoder, validated)
    seed = torch.randint(2**63 - 1, (), generator=generator, device=generator.device)
    with OwnRandomness(int(seed)).active():
        return kind(outcomes, n_covariates, encoder, validated)
