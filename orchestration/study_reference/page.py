"""The page of all keys of a study, docs/study_reference.md: `meta-med study keys`, from the dataclasses' docstrings.

It also has the codes under which records are counted.
"""

from collections.abc import Iterator
from typing import Any

from meta_med.cohorts.account import REASONS
from meta_med.learners.registry import BUILT_IN, options_class
from meta_med.study import StudySpec
from orchestration.study.limits import ANY
from orchestration.study_reference.key_docs import Key, is_list, keys_of

_HEAD = """\
# All keys of a study

Made by `meta-med study keys --out docs/study_reference.md` from the program itself. How a study is written, step by
step: [your_own_data.md](your_own_data.md). In an editor the same texts come from `meta-med study schema`.
A key that is not here is refused, with the nearest right one named."""


def reference_page() -> str:
    """The page as Markdown."""
    keys = _section(StudySpec, "", many=False, shown={})
    return "\n\n".join([_HEAD, *keys, *_options(), *_codes()]) + "\n"


def _section(section: type, path: str, *, many: bool, shown: dict[type, str]) -> Iterator[str]:
    """The table of a section's keys, then the sections below it; `shown` are those that the page has already."""
    yield f"## `{path}`" if path else "## Top of the file"
    if section in shown:
        yield f"As [`{shown[section]}`](#{shown[section].replace('.', '')})."
        return
    shown[section] = path
    own = list(keys_of(section, path))
    if many:
        yield "A list; each entry has these keys."
    yield "\n".join(["| key | type | default | range | meaning |", "|---|---|---|---|---|", *map(_row, own)])
    for key in own:
        if key.section is not None:
            yield from _section(key.section, key.path, many=is_list(key.hint), shown=shown)


def _row(key: Key) -> str:
    name = f"[`{key.name}`](#{key.path.replace('.', '')})" if key.section else f"`{key.name}`"
    allowed = "" if key.allowed == ANY else str(key.allowed)
    cells = [name, key.type_text, _default_text(key), allowed, key.meaning[:1].upper() + key.meaning[1:]]
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _default_text(key: Key) -> str:
    if key.required:
        return "**required**"
    if key.section is not None and key.default is not None:
        return ""
    return "none" if key.default in (None, "", (), {}) else f"`{_yaml(key.default)}`"


def _yaml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_yaml, value))}]"
    return str(value)


def _options() -> Iterator[str]:
    """The options of the built-in learners."""
    yield "## Options of the built-in learners"
    yield "What each learner does with them: [learners.md](learners.md). An option that is not here is refused."
    rows = ["| learner | option | default | allowed |", "|---|---|---|---|"]
    for learner in BUILT_IN:
        known = options_class(learner)
        for option, default in known.defaults().items():
            value = "none" if default is None else f"`{_yaml(True if option == 'history' else default)}`"
            rows.append(f"| `{learner}` | `{option}` | {value} | {known.allowed(option)} |")
    yield "\n".join(rows)


def _codes() -> Iterator[str]:
    """The codes of the account of records."""
    yield "## Codes of the account of records"
    yield (
        "Every row that the gate accepted is used in a record, or left out under one of these codes. Others count what "
        "was changed in rows that are used. **N**: as the study says. **W**: delivered data that could not be used."
    )
    rows = [
        f"| `{code}` | {'yes' if reason.left_out else 'no'} | {reason.unit.capitalize()} {reason.text} |"
        for code, reason in sorted(REASONS.items())
    ]
    yield "\n".join(["| code | left out | meaning |", "|---|---|---|", *rows])
