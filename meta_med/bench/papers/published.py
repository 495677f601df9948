"""What the papers report, as far as it is printed in them as a number."""

from collections.abc import Mapping

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
