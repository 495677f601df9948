"""Colours that colour-blind readers can tell apart (Okabe and Ito), and sizes that can be read."""

OWN = "#0072B2"
ADAPTED = "#D55E00"
ADAPTED_DARK = "#8A3C00"
UNADAPTED = "#5F6B73"
REFERENCE = "#009E73"
INK = "#1c2b33"
GRID = "#e6ebee"
LABEL = 12
TITLE = 12

PREDICTORS = {
    "champion": ADAPTED,
    "neural_process": "#0072B2",
    "bayesian_head": "#009E73",
    "boosted_lags": "#E69F00",
    "last_value": "#CC79A7",
    "mixed_model": "#56B4E9",
    "un_adapted": UNADAPTED,
    "maml": "#332288",
    "protonet": "#882255",
    "patient_mean": "#999933",
    "population": "#000000",
    "deep_kernel": "#44AA99",
}
SPARE = ("#661100", "#6699CC", "#AA4466", "#117733", "#888888")


def colours(predictors: list[str]) -> list[str]:
    """One colour a predictor, the same on every chart."""
    unknown = [name for name in predictors if name not in PREDICTORS]
    spare = {name: SPARE[i % len(SPARE)] for i, name in enumerate(unknown)}
    return [PREDICTORS.get(name) or spare[name] for name in predictors]
