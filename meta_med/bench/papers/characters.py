"""The characters that become classes: letters of many scripts, syllables and simple ideographs."""

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
