"""Debian packages whose fonts draw many scripts in many hands, by licence (see /usr/share/doc/PACKAGE/copyright)."""

from collections.abc import Mapping

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
