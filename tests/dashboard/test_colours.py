"""Colours: every text and every mark has the contrast that WCAG 2.2 AA asks for, in both themes and in print."""

import re
from itertools import combinations

import pytest

from dashboard import colours
from dashboard.charts.evaluation import SHAPES
from dashboard.colours import DARK, LIGHT, PRINT, Palette
from dashboard.launch import theme_options
from dashboard.page_parts import STYLE

TEXT, MARK = 4.5, 3.0
FADED = 0.6
PALETTES = {"light": LIGHT, "dark": DARK, "print": PRINT}


def channels(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def luminance(colour: list[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(front: str, back: str, opacity: float = 1.0) -> float:
    """The contrast of a colour, of this opacity, to what it stands on."""
    under = channels(back)
    over = [opacity * f + (1 - opacity) * b for f, b in zip(channels(front), under, strict=True)]
    low, high = sorted((luminance(over), luminance(under)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def note_opacity() -> float:
    """How opaque notes are, from the style sheet."""
    rule = re.search(r'\[data-testid="stCaptionContainer"\] \{\s*opacity: ([\d.]+);', STYLE.read_text())
    assert rule is not None
    return float(rule[1])


@pytest.mark.parametrize("name", PALETTES)
def test_every_text_is_readable(name: str) -> None:
    look = PALETTES[name]
    pairs = {
        (role, ground): contrast(getattr(look, role), getattr(look, ground))
        for role in ("text", "muted", "primary")
        for ground in ("background", "surface")
    }
    pairs |= {
        ("note", g): contrast(look.text, getattr(look, g), note_opacity()) for g in ("background", "surface")
    }
    if look is not PRINT:  # Streamlit writes heads of tables and what stands in empty boxes paler
        pairs |= {
            ("faded", g): contrast(look.text, getattr(look, g), FADED) for g in ("background", "surface")
        }
    for tone, of in look.tones.items():
        pairs[tone, "badge"] = contrast(of.text, of.background)
        pairs[tone, "page"] = contrast(of.text, look.background)
    assert {pair: value for pair, value in pairs.items() if value < TEXT} == {}


@pytest.mark.parametrize("name", PALETTES)
def test_every_mark_stands_out(name: str) -> None:
    look = PALETTES[name]
    roles = ("own", "adapted", "centre", "unadapted", "reference", "held", "bars", "before")
    marks = {role: contrast(getattr(look, role), look.background) for role in roles}
    marks |= {predictor: contrast(colour, look.background) for predictor, colour in look.predictors.items()}
    marks |= {colour: contrast(colour, look.background) for colour in look.spare}
    marks |= {f"{tone} icon": contrast(of.main, look.background) for tone, of in look.tones.items()}
    marks["outline on bars"] = contrast(look.before, look.bars)
    marks["outline of the point on its interval"] = contrast(look.background, look.adapted)
    assert {mark: value for mark, value in marks.items() if value < MARK} == {}


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_predictors_differ_in_colour_and_neighbours_in_shape(look: Palette) -> None:
    assert len(set(look.predictors.values())) == len(look.predictors)
    assert len(set(SHAPES)) == len(SHAPES) >= 6
    assert set(LIGHT.predictors) == set(DARK.predictors)


def test_the_print_has_no_colour() -> None:
    for role in ("text", "own", "adapted", "centre", "unadapted", "reference", "grid"):
        red, green, blue = channels(getattr(PRINT, role))
        assert red == green == blue


def test_both_themes_set_the_same_options_and_no_base() -> None:
    options = theme_options()
    light, dark = (
        {name.split(".")[-1] for name in options if name.startswith(f"theme.{theme}.")}
        for theme in colours.THEMES
    )
    assert light == dark
    assert "theme.base" not in options


def test_measured_and_predicted_differ_in_more_than_colour() -> None:
    """In black and white: dots on a line, a diamond on bars of three widths, a hollow square."""
    from dashboard.charts.trajectory import INTERVALS

    widths = [width for _, width in INTERVALS]
    assert all(abs(a - b) >= 4 for a, b in combinations(widths, 2))
