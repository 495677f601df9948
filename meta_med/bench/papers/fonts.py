"""Fonts of this machine: which characters each of them really has, and a character drawn as a small image.

Pillow draws and fontTools reads the character maps; both come with matplotlib and are imported only here.
"""

import logging
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
FOLDER = Path("/usr/share/fonts")
SIZE, INK = 28, 22  # pixels of an image, and of the longer side of what is drawn in it
DRAWN_AT = 64
NEEDED = (
    "The glyphs need Pillow and fontTools (pip install pillow fonttools) and fonts under /usr/share/fonts "
    "(for example: apt-get install fonts-dejavu fonts-freefont-ttf fonts-noto-core)."
)


class FontsMissing(RuntimeError):
    """There is nothing to draw with; the message says what to install."""


def font_files(folder: Path = FOLDER) -> list[Path]:
    """TrueType and OpenType files below a folder, each once, in a fixed order.

    Raises:
        FontsMissing: there is none.

    """
    found = {p.resolve() for p in folder.rglob("*") if p.suffix.lower() in {".ttf", ".otf", ".ttc"}}
    if not found:
        raise FontsMissing(f"no font under {folder}. {NEEDED}")
    return sorted(found, key=lambda path: (path.name, str(path)))


def coverage(path: Path, characters: Collection[str]) -> set[str]:
    """Those of `characters` that the font has by its own map: no "tofu" box ever becomes an example."""
    try:
        from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    except ImportError as error:
        raise FontsMissing(NEEDED) from error
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # old fonts carry harmless extra bytes
    with TTFont(path, fontNumber=0, lazy=True) as font:
        known: Any = font.getBestCmap() or {}
    return {character for character in characters if ord(character) in known}


def draw(path: Path, characters: Sequence[str]) -> list[Image | None]:
    """Each character as white on black, (28, 28) uint8, its ink centred and scaled to 22 pixels.

    None where the font draws nothing (a blank or a broken glyph).
    """
    try:
        from PIL import Image as Canvas
        from PIL import ImageDraw, ImageFont
    except ImportError as error:
        raise FontsMissing(NEEDED) from error
    font = ImageFont.truetype(str(path), DRAWN_AT)
    images: list[Image | None] = []
    for character in characters:
        canvas = Canvas.new("L", (3 * DRAWN_AT, 3 * DRAWN_AT))
        try:
            ImageDraw.Draw(canvas).text((DRAWN_AT, DRAWN_AT), character, fill=255, font=font)
        except OSError:  # a broken outline in an old font
            images.append(None)
            continue
        box = canvas.getbbox()
        images.append(None if box is None else _fitted(canvas.crop(box)))
    return images


def _fitted(ink: Any) -> Image:
    """A drawing scaled to 22 pixels and centred in 28 x 28."""
    from PIL import Image as Canvas

    scale = INK / max(ink.size)
    width, height = (max(1, round(side * scale)) for side in ink.size)
    page = Canvas.new("L", (SIZE, SIZE))
    page.paste(
        ink.resize((width, height), Canvas.Resampling.BOX), ((SIZE - width) // 2, (SIZE - height) // 2)
    )
    return np.asarray(page, dtype=np.uint8)
