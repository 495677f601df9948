"""Colours of the pages and charts, light, dark and printed, from the palettes of Okabe and Ito (2008) and Tol.

Text has a contrast of at least 4.5 to 1 to what it stands on, and a mark that carries meaning 3 to 1 (WCAG 2.2 AA); of
colours that are too pale or too dark for that, a darker or lighter shade is taken. No meaning is in a colour alone:
marks differ in shape, width or dashes, and words name what they are.
"""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Tone:
    """One of Streamlit's named colours.

    Attributes:
        main: of icons and lines.
        text: of words on `background`.
        background: of badges and messages.

    """

    main: str
    text: str
    background: str


@dataclass(frozen=True)
class Palette:
    """The colours of one theme.

    Attributes:
        background, surface: of the page; of selectors, table heads and code.
        text, muted: of words; of words beside them.
        primary: of what can be clicked.
        border, grid, axis: of cards; of charts.
        own, adapted, centre, unadapted, reference: measured values, the prediction's intervals and its mark, the
            un-adapted prediction, the reference range.
        held, bars, before: rows held back; accepted values; the release before.
        tones: Streamlit's named colours.
        predictors: predictor -> colour; `spare` for others.

    """

    background: str
    surface: str
    text: str
    muted: str
    primary: str
    border: str
    grid: str
    axis: str
    own: str
    adapted: str
    centre: str
    unadapted: str
    reference: str
    held: str
    bars: str
    before: str
    tones: Mapping[str, Tone]
    predictors: Mapping[str, str]
    spare: Sequence[str]

    def of(self, predictors: Sequence[str]) -> list[str]:
        """One colour per predictor, the same on every chart."""
        unknown = [name for name in predictors if name not in self.predictors]
        spare = {name: self.spare[i % len(self.spare)] for i, name in enumerate(unknown)}
        return [self.predictors.get(name) or spare[name] for name in predictors]


LIGHT = Palette(
    background="#ffffff",
    surface="#f3f6f8",
    text="#0d1a21",
    muted="#54626b",
    primary="#0b4f6c",
    border="#dbe3e8",
    grid="#e6ebee",
    axis="#b8c4cb",
    own="#0072B2",
    adapted="#D55E00",
    centre="#7A3300",
    unadapted="#5F6B73",
    reference="#00805D",
    held="#B35C00",
    bars="#3A92C4",
    before="#1c2b33",
    tones={
        "red": Tone("#B3261E", "#8C1D18", "#FCEBEA"),
        "orange": Tone("#B35C00", "#7A3E00", "#FFF1E0"),
        "yellow": Tone("#8A6D00", "#5C4900", "#FFF8DB"),
        "blue": Tone("#0072B2", "#004F7C", "#E6F2FA"),
        "green": Tone("#00805D", "#00573F", "#E3F5EF"),
        "violet": Tone("#7A4FB3", "#55348A", "#F1EBFA"),
        "gray": Tone("#5F6B73", "#414C53", "#EEF2F4"),
    },
    predictors={
        "champion": "#D55E00",
        "neural_process": "#0072B2",
        "bayesian_head": "#00805D",
        "boosted_lags": "#A86F00",
        "last_value": "#B85C8E",
        "mixed_model": "#2E8FC4",
        "un_adapted": "#5F6B73",
        "maml": "#332288",
        "protonet": "#882255",
        "patient_mean": "#7D7D1F",
        "population": "#000000",
        "deep_kernel": "#2F8577",
    },
    spare=("#661100", "#4477AA", "#AA4466", "#117733", "#737373"),
)
DARK = Palette(
    background="#101a20",
    surface="#1b2a32",
    text="#e8eef1",
    muted="#b3c0c7",
    primary="#7cc4e8",
    border="#33454f",
    grid="#26363f",
    axis="#5d717c",
    own="#56B4E9",
    adapted="#FF8A3D",
    centre="#FFD9B3",
    unadapted="#A9B6BE",
    reference="#2FC79A",
    held="#FF9D4D",
    bars="#3F88B3",
    before="#e8eef1",
    tones={
        "red": Tone("#FF8A80", "#FFC9C4", "#4A1C1A"),
        "orange": Tone("#FF9D4D", "#FFD9B3", "#452A10"),
        "yellow": Tone("#F0E442", "#F7EFA0", "#3B3710"),
        "blue": Tone("#56B4E9", "#BFE2F7", "#10344A"),
        "green": Tone("#2FC79A", "#B5EBD9", "#0F3B2F"),
        "violet": Tone("#C3A6F0", "#E2D5F8", "#33254A"),
        "gray": Tone("#A9B6BE", "#D5DDE2", "#2A3941"),
    },
    predictors={
        "champion": "#FF8A3D",
        "neural_process": "#56B4E9",
        "bayesian_head": "#2FC79A",
        "boosted_lags": "#E69F00",
        "last_value": "#E3A1C6",
        "mixed_model": "#8CCBEF",
        "un_adapted": "#A9B6BE",
        "maml": "#A99CF0",
        "protonet": "#E07FB0",
        "patient_mean": "#C8C85A",
        "population": "#FFFFFF",
        "deep_kernel": "#6FCFC0",
    },
    spare=("#FF9E80", "#9CB8E8", "#F08FA8", "#6CC98A", "#BFBFBF"),
)
PRINT = Palette(
    background="#ffffff",
    surface="#ffffff",
    text="#000000",
    muted="#333333",
    primary="#000000",
    border="#777777",
    grid="#dddddd",
    axis="#777777",
    own="#000000",
    adapted="#555555",
    centre="#000000",
    unadapted="#555555",
    reference="#767676",
    held="#333333",
    bars="#767676",
    before="#000000",
    tones=LIGHT.tones,
    predictors={},
    spare=("#000000", "#333333", "#555555"),
)
THEMES = {"light": LIGHT, "dark": DARK}

_shown: ContextVar[Palette] = ContextVar("palette", default=LIGHT)


def use(palette: Palette) -> None:
    """Draw everything in these colours from here on, in this thread."""
    _shown.set(palette)


def shown() -> Palette:
    """The palette in use."""
    return _shown.get()
