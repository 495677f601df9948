"""Learners by name."""

from collections.abc import Mapping, Sequence
from functools import partial
from inspect import signature
from typing import Any

import torch
from torch import nn

from meta_med.learners.closed_form.bayesian_head import BayesianHead
from meta_med.learners.closed_form.deep_kernel import DeepKernel
from meta_med.learners.learner import Learner
from meta_med.learners.metric_based.protonet import ProtoNet
from meta_med.learners.metric_based.siamese import Siamese
from meta_med.learners.model_based.mann import MANN
from meta_med.learners.model_based.neural_process import NeuralProcess
from meta_med.learners.optimization_based.maml import ANIL, FOMAML, MAML, MetaSGD
from meta_med.learners.optimization_based.reptile import Reptile
from meta_med.outcomes import Outcome
from meta_med.randomness import OwnRandomness
from meta_med.study import StudyMismatch

LEARNERS: dict[str, type[Learner]] = {
    "maml": MAML,
    "fomaml": FOMAML,
    "reptile": Reptile,
    "anil": ANIL,
    "meta_sgd": MetaSGD,
    "protonet": ProtoNet,
    "siamese": Siamese,
    "mann": MANN,
    "neural_process": NeuralProcess,
    "bayesian_head": BayesianHead,
    "deep_kernel": DeepKernel,
}


def names() -> tuple[str, ...]:
    """The learners' names."""
    return tuple(LEARNERS)


def options(name: str) -> dict[str, Any]:
    """A learner's options with their defaults."""
    parameters = signature(LEARNERS[name].__init__).parameters.values()
    return {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}


def check_options(name: str, chosen: Mapping[str, Any]) -> None:
    """Refuse a learner or an option that does not exist, or a switch that is neither on nor off.

    Raises:
        StudyMismatch: a ValueError that lists the valid names.

    """
    if name not in LEARNERS:
        raise StudyMismatch(f"learner {name!r} is unknown; known: {', '.join(names())}")
    unknown = sorted(set(chosen) - set(options(name)))
    if unknown:
        valid = ", ".join(options(name))
        raise StudyMismatch(f"{name}: unknown option {', '.join(unknown)}; valid options: {valid}")
    for option, value in chosen.items():
        if isinstance(options(name)[option], bool) and not isinstance(value, bool):
            raise StudyMismatch(f"{name}: {option}: must be true or false, got {value!r}")


def try_options(name: str, chosen: Mapping[str, Any]) -> None:
    """Refuse options that `create` would refuse, ranges included, before anything is trained with them.

    Raises:
        StudyMismatch: a ValueError that names the learner, the option and what is valid.

    """
    check_options(name, chosen)
    with OwnRandomness(0).lent():
        try:
            create(name, [Outcome("outcome")], 1, **chosen)
        except (ValueError, TypeError) as error:
            raise StudyMismatch(f"{name}: {error}") from None


def create(
    name: str,
    outcomes: Sequence[Outcome],
    n_covariates: int | Sequence[int],
    encoder: nn.Module | None = None,
    *,
    generator: torch.Generator | None = None,
    **chosen: Any,
) -> Learner:
    """A learner with fresh meta-parameters.

    Args:
        name: one of `names()`.
        outcomes, n_covariates, encoder: see `Learner`.
        generator: where the meta-parameters are drawn from; no global generator is moved then. None is torch's
            global one, as for any layer of `torch.nn`.
        chosen: options of the learner.

    Raises:
        ValueError: an unknown learner or option; the valid ones are listed.

    """
    check_options(name, chosen)
    make = partial[Learner](LEARNERS[name], outcomes, n_covariates, encoder, **chosen)  # type: ignore[call-arg]
    if generator is None:
        return make()
    seed = torch.randint(2**63 - 1, (), generator=generator, device=generator.device)
    with OwnRandomness(int(seed)).lent():
        return make()
