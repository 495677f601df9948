"""The text of a drafted study: valid YAML in the order of the bundled studies, with questions as comments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from orchestration.study_draft.layout import Layout, event_column
from orchestration.study_draft.proposals import Entry, Proposals
from orchestration.study_reference.json_schema import SCHEMA_FILE


@dataclass(frozen=True, kw_only=True)
class Page:
    """The content of the drafted file.

    Attributes:
        name, title, contract, sources: as in a study.
        layout: of the records; proposals: outcomes, covariates, cohorts.
        settings: section -> its content, for splits, learners, baselines, budget, evaluation and serve.
        min_subjects: of a cohort.
        absent: tables whose file is not known.
        remarks: lines at the top.

    """

    name: str
    title: str
    contract: str
    sources: Mapping[str, str]
    layout: Layout
    proposals: Proposals
    settings: Mapping[str, Any]
    min_subjects: int
    absent: Sequence[str]
    remarks: Sequence[str]


def text_of(page: Page) -> str:
    """The YAML text; its first line names the JSON schema for editors."""
    return "\n".join(_lines(page)) + "\n"


def flow(value: Any) -> str:
    """A value on one line."""
    dumped = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, width=10**6, allow_unicode=True)
    return dumped.removesuffix("\n").removesuffix("\n...")


def _lines(page: Page) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={SCHEMA_FILE}"
    yield "# A draft. What the tables do not say is asked in lines with `# ask:`. Answer each, and delete the line."
    yield from (f"# - {_one_line(remark)}" for remark in page.remarks)
    yield f"study: {flow(page.name)}"
    yield f"title: {flow(page.title)}"
    yield f"contract: {flow(page.contract)}"
    yield "sources:"
    for table, file in page.sources.items():
        asked = ["which file is it? Write its path, beside this file"] if table in page.absent else []
        yield from _asked(asked, "  ")
        yield f"  {flow(table)}: {flow(file)}"
    yield from ("", *_records(page.layout), "", "outcomes:")
    yield from _entries(page.proposals.outcomes)
    yield from ("", *_covariates(page))
    yield from ("", *_cohorts(page))
    yield from _settings(page.settings)
    yield from ("", "seed: 0")


def _records(layout: Layout) -> Iterator[str]:
    asked = layout.questions
    yield "records:"
    yield f"  source: {flow(layout.records.name)}"
    yield f"  subject: {flow(layout.subject)}"
    yield from _asked([asked["time"]] if "time" in asked else [], "  ")
    if layout.time.column:
        of_record = {"of_record": True} if layout.time.of_record else {}
        yield f"  time: {flow({'column': layout.time.column, 'unit': layout.time.unit, **of_record})}"
    if layout.long:
        yield f"  long: {flow({'name': layout.long.name, 'value': layout.long.value})}"
    if layout.series:
        yield from _asked([asked["series"]], "  ")
        yield f"  series: {flow(list(layout.series))}"
    if layout.same_time:
        yield from _asked([asked["same_time"]], "  ")
        yield "  same_time: mean"
    if layout.subjects:
        yield f"  subjects: {flow({'source': layout.subjects.name, 'key': layout.subjects.subject})}"
    if layout.events:
        table = layout.events
        time = {"column": table.time, "unit": layout.time.unit}
        parts = {"source": table.name, "subject": table.subject, "time": time, "event": event_column(table)}
        yield f"  events: {flow(parts)}"


def _covariates(page: Page) -> Iterator[str]:
    if not page.proposals.covariates:
        yield "covariates: []"
        return
    yield "# known: ahead is known before the predicted record is made; at_record is measured there, and hidden in it."
    yield "covariates:"
    yield from _entries(page.proposals.covariates)


def _cohorts(page: Page) -> Iterator[str]:
    yield "cohorts:"
    yield f"  min_subjects: {page.min_subjects}"
    if page.proposals.factors:
        yield "  factors:"
        yield from _entries(page.proposals.factors, "    ")


def _settings(settings: Mapping[str, Any]) -> Iterator[str]:
    for section, content in settings.items():
        if not content:
            continue
        yield ""
        if section == "serve":
            yield from _serve_questions(content)
        if section == "learners":
            yield "learners:"
            yield from _entries([Entry(content=learner) for learner in content])
        else:
            yield f"{section}: {flow(content)}"


def _serve_questions(serve: Mapping[str, Any]) -> Iterator[str]:
    if "horizon_days" in serve:
        yield "# ask: how many days ahead is predicted, and how old may a patient's last value be?"
    yield '# ask: for whom is a prediction of use? Only some patients: where: {column: ["value"]}'


def _entries(entries: Sequence[Entry], margin: str = "  ") -> Iterator[str]:
    for entry in entries:
        yield from _asked(entry.asked, margin)
        yield f"{margin}- {flow(dict(entry.content))}"


def _asked(questions: Sequence[str], margin: str) -> Iterator[str]:
    yield from (f"{margin}# ask: {_one_line(question)}" for question in questions)


def _one_line(text: str) -> str:
    """Without line breaks and control characters, which a column's name may hold and a comment may not."""
    return "".join(c if c.isprintable() else " " for c in text)
