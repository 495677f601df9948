"""Text from data inside Markdown."""

import re


def escaped(text: object) -> str:
    """The text with Markdown, LaTeX, directives and links escaped, on one line."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&/])", r"\\\1", str(text).replace("\n", " "))
