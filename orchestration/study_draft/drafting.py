"""Drafts a study from a contract, and from delivered files where they are given: the draft loads without mistakes."""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data_contracts.contract import Contract
from data_contracts.contract import load as load_contract
from data_contracts.gate import validate
from orchestration.errors import DataError, StudyError
from orchestration.study.limits import LONGEST_STUDY
from orchestration.study.load import parse, plain_path, resolved
from orchestration.study.meaning import PAGES, is_study_name
from orchestration.study.paths import DATA_PREFIX, root_of
from orchestration.study_draft import settings
from orchestration.study_draft.columns import study_columns
from orchestration.study_draft.layout import Frames, Layout, allowed_values, event_column, layout_of
from orchestration.study_draft.page import Page, text_of
from orchestration.study_draft.proposals import Entry, Proposals, propose, title_of


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The text of a drafted study and remarks for its author; neither holds a patient's value.

    Attributes:
        name: of the study.
        text: YAML.
        remarks: what was guessed or left out.
        outcomes, covariates: their names.

    """

    name: str
    text: str
    remarks: tuple[str, ...]
    outcomes: tuple[str, ...]
    covariates: tuple[str, ...]


def draft(
    contract: str,
    files: Mapping[str, Path],
    *,
    now: datetime,
    table: str | None = None,
    out: Path | None = None,
) -> Draft:
    """A first study.

    Args:
        contract: name of a bundled contract, or path of a contract file.
        files: table of the contract -> delivered file, to judge by.
        now: the reference time of the contract's rules.
        table: the table of records, where the contract has several.
        out: where the study will be, for paths relative to it; by default the working folder.

    Raises:
        StudyError: the contract does not say whose and when its rows are, or nothing can be an outcome.
        DataError: the gate rejects a file.

    """
    promised = load_contract(contract)
    frames = _accepted(promised, files, now)
    layout = layout_of(promised, frames, table)
    amount = settings.amount_of(layout, frames.get(layout.records.name))
    dated = bool(layout.time.column) and layout.time.unit != "order"
    proposals = propose(study_columns(layout, frames), one_record=amount.one_record, dated=dated)
    proposals.covariates += _events(layout)
    name = _study_name(promised.name)
    place = plain_path(out or Path(f"{name}.yaml"))
    written = _contract_path(contract, place)
    sources, folder = _sources(promised, files, place, written)
    page = Page(
        name=name,
        title=title_of(promised.title or name),
        contract=written,
        sources=sources,
        layout=layout,
        proposals=proposals,
        settings=_settings(layout, amount, proposals),
        min_subjects=settings.min_subjects(amount),
        absent=[t for t in sources if t not in files],
        remarks=[*proposals.remarks, *_remarks(promised, layout, files, folder)],
    )
    text = text_of(page)
    return Draft(
        name=name,
        text=text,
        remarks=(*page.remarks, *_mistakes(text, place, folder)),
        outcomes=tuple(e.content["name"] for e in proposals.outcomes),
        covariates=tuple(e.content["name"] for e in proposals.covariates),
    )


def _accepted(contract: Contract, files: Mapping[str, Path], now: datetime) -> Frames:
    """Table -> accepted rows of the delivered files."""
    if not files:
        return {}
    result = validate(contract, files, now=now, partial=True)
    if result.verdict == "reject":
        why = " ".join(f"{f.code}: {f.message}" for f in result.findings if f.code.startswith("E_"))
        raise DataError(f"The contract rejects the delivered files: {why}")
    return {name: result.valid[name] for name in files}


def _events(layout: Layout) -> list[Entry]:
    """A covariate for each event that the contract lists."""
    if layout.events is None:
        return []
    listed = allowed_values(layout.events, event_column(layout.events)) or ()
    names = {str(word): re.sub(r"\W+", "_", str(word)).strip("_") or "event" for word in listed}
    return [
        Entry(content={"name": f"event_{plain}", "column": word, "kind": "event"})
        for word, plain in names.items()
    ]


def _settings(layout: Layout, amount: settings.Amount, proposals: Proposals) -> dict[str, object]:
    return {
        "splits": settings.splits(amount),
        "learners": settings.learners(amount),
        "baselines": settings.baselines(amount),
        "budget": settings.budget(amount),
        "evaluation": settings.evaluation(amount, proposals.groups),
        "serve": settings.serve(layout, amount),
    }


def _study_name(contract: str) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", "_", contract).strip("_")[:LONGEST_STUDY] or "study"
    return name if is_study_name(name) and name.casefold() not in PAGES else f"study_{name}"[:LONGEST_STUDY]


def _contract_path(contract: str, place: Path) -> str:
    """The contract as the study names it: a bundled one's name, or the path from the study's folder."""
    path = Path(contract)
    return os.path.relpath(plain_path(path), place.parent) if path.is_file() else contract


def _sources(
    contract: Contract, files: Mapping[str, Path], place: Path, written: str
) -> tuple[dict[str, str], Path | None]:
    """Table -> file as the study names it, and the folder of those that are not below the study's own."""
    root = root_of(place, written)
    outside = [path.parent for path in files.values() if not path.is_relative_to(root)]
    folder = Path(os.path.commonpath(outside)) if outside else None
    sources = {}
    for table in contract.tables:
        path = files.get(table)
        if path is None:
            sources[table] = f"{table}.csv"
        elif folder is not None and not path.is_relative_to(root):
            sources[table] = DATA_PREFIX + path.relative_to(folder).as_posix()
        else:
            sources[table] = Path(os.path.relpath(path, place.parent)).as_posix()
    return sources, folder


def _remarks(contract: Contract, layout: Layout, files: Mapping[str, Path], folder: Path | None) -> list[str]:
    found = []
    if layout.records.name not in files:
        found.append(
            "no delivered file was given (--data), so nothing is known of how often values are there or change: "
            "outcomes and times are guesses from the contract"
        )
    if folder is not None:
        found.append(
            "the files are not in the study's folder: name theirs with `--data DIR` in every command"
        )
    used = {t.name for t in (layout.records, layout.subjects, layout.events) if t}
    if unused := [name for name in contract.tables if name not in used]:
        found.append(f"not used: table {', '.join(unused)}")
    return found


def _mistakes(text: str, place: Path, folder: Path | None) -> list[str]:
    """What keeps the draft from loading where it will be, such as a contract in an unrelated folder."""
    try:
        resolved(parse(text, place.name), place, hashlib.sha256(text.encode()).hexdigest(), folder)
    except StudyError as error:
        return [f"to be mended: {mistake}" for mistake in error.mistakes]
    return []
