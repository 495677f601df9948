"""Fonts of this machine: the characters of each, and a character drawn as a small image.

Pillow draws and fontTools reads the character maps; both come with matplotlib and are imported only here. The
characters are letters of many scripts, syllables and simple ideographs; the fonts are those of Debian packages, by
licence (see /usr/share/doc/PACKAGE/copyright).
"""

import logging
from collections.abc import Collection, Mapping, Sequence
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
    """Fonts or libraries are missing; the message names what to install."""


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
    """The subset of `characters` in the font's character map, so that no placeholder box is drawn."""
    try:
        from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    except ImportError as error:
        raise FontsMissing(NEEDED) from error
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # old fonts have harmless extra bytes
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


# The ideographs of the first two school years in Japan: few strokes, so that 28 x 28 pixels can hold them.
FIRST_YEAR = (
    "一右雨円王音下火花貝学気九休玉金空月犬見五口校左三山子四糸字耳七車手十出女小上森人水正生青夕石赤千川先"
    "早草足村大男竹中虫町天田土二日入年白八百文木本名目立力林六"
)
SECOND_YEAR = (
    "引羽雲園遠何科夏家歌画回会海絵外角楽活間丸岩顔汽記帰弓牛魚京強教近兄形計元言原戸古午後語工公広交光考行高"
    "黄合谷国黒今才細作算止市矢姉思紙寺自時室社弱首秋週春書少場色食心新親図数西声星晴切雪船線前組走多太体台地"
    "池知茶昼長鳥朝直通弟店点電刀冬当東答頭同道読内南肉馬売買麦半番父風分聞米歩母方北毎妹万明鳴毛門夜野友用曜"
    "来里理話"
)
RANGES: dict[str, tuple[tuple[int, int], ...]] = {
    "digits": ((0x30, 0x39),),
    "Latin": ((0x41, 0x5A), (0x61, 0x7A)),
    "Latin, further letters": ((0xDE, 0xDF), (0xE6, 0xE6), (0xF0, 0xF0), (0xF8, 0xF8), (0xFE, 0xFE), (0x152, 0x153)),
    "phonetic": ((0x250, 0x2A8),),
    "Greek": ((0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9)),
    "Cyrillic": ((0x410, 0x44F), (0x402, 0x402), (0x404, 0x404), (0x409, 0x40B), (0x460, 0x481)),
    "Armenian": ((0x531, 0x556), (0x561, 0x586)),
    "Georgian": ((0x10D0, 0x10F0),),
    "Hebrew": ((0x5D0, 0x5EA),),
    "runes": ((0x16A0, 0x16EA),),
    "hiragana": ((0x3042, 0x3093),),
    "katakana": ((0x30A2, 0x30F3),),
}  # fmt: skip


def candidates() -> tuple[str, ...]:
    """Every character that may become a class, in a fixed order."""
    letters = [chr(c) for ranges in RANGES.values() for a, b in ranges for c in range(a, b + 1)]
    return tuple(dict.fromkeys([*letters, *FIRST_YEAR, *SECOND_YEAR]))


BY_LICENCE: Mapping[str, tuple[str, ...]] = {
    "SIL Open Font License 1.1": (
        "fonts-cantarell", "fonts-cmu", "fonts-comic-neue", "fonts-dotgothic16", "fonts-ecolier-court",
        "fonts-firacode", "fonts-georgewilliams", "fonts-gfs-artemisia", "fonts-gfs-didot", "fonts-gfs-neohellenic",
        "fonts-junicode", "fonts-jura", "fonts-klee", "fonts-linuxlibertine",
        "fonts-lxgw-wenkai", "fonts-morisawa-bizud-gothic", "fonts-morisawa-bizud-mincho", "fonts-mplus",
        "fonts-noto-core", "fonts-noto-mono", "fonts-oldstandard", "fonts-play", "fonts-rampart", "fonts-reggae",
        "fonts-rocknroll", "fonts-sawarabi-mincho", "fonts-seto", "fonts-sil-andika", "fonts-sil-charis",
        "fonts-sil-doulos", "fonts-sil-gentiumplus", "fonts-stick", "fonts-train", "fonts-vollkorn",
        "fonts-yozvox-yozfont-standard-kana", "fonts-yusei-magic",
    ),
    "Apache 2.0": ("fonts-motoya-l-cedar", "fonts-motoya-l-maruberi", "fonts-open-sans", "fonts-roboto-unhinted"),
    "BSD or MIT": ("fonts-dejima-mincho", "fonts-go", "fonts-kiloji", "fonts-konatu"),
    "GPL 3 with font exception": ("fonts-freefont-ttf",),
    "Bitstream Vera and Expat": ("fonts-dejavu-core", "fonts-dejavu-extra", "fonts-hack"),
    "IPA Font License 1.0": ("fonts-ipafont-gothic", "fonts-ipafont-mincho"),
    "public domain": ("fonts-aoyagi-kouzan-t", "fonts-aoyagi-soseki", "fonts-kouzan-mouhitsu", "fonts-tuffy"),
    "several, or their own free licence": (
        "fonts-liberation",
        "fonts-horai-umefont", "fonts-oradano-mincho-gsrr", "fonts-paratype", "fonts-sawarabi-gothic",
        "fonts-vlgothic",
    ),
}  # fmt: skip
