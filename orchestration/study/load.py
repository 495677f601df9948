"""From a study's YAML to a `LoadedStudy`, or one error with all its mistakes.

Unknown keys are found by `study.keys`: with pydantic's `extra="forbid"` an unknown key would hide mistakes of meaning
until the next attempt. A study also has a name in Dagster, which allows only
ASCII letters, digits and _, and reserves some words.
"""

import hashlib
import json
import keyword
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data_contracts.contract import Contract
from data_contracts.contract import load as load_contract
from data_contracts.errors import ContractError
from data_contracts.yaml_file import YamlMistakesError, read_yaml
from meta_med.study import StudySpec
from orchestration.errors import StudyError
from orchestration.study.against_contract import mapping_mistakes, mistakes_against
from orchestration.study.bundled import bundled_studies
from orchestration.study.keys import is_plain, nearest, unknown_keys, unplain_values
from orchestration.study.meaning import mistakes_of
from orchestration.study.paths import BUNDLED_PREFIX, DATA_PREFIX, bundled_file, file_below, file_in, root_of
from orchestration.study.promises import promise_mistakes, with_hard_ranges
from orchestration.study.rows import time_mistakes
from orchestration.study.value_types import adapter, typed_mistakes

RESERVED = frozenset(
    {"context", "conf", "config", "meta", "arg_dict", "dict", "input_arg_dict", "output_arg_dict",
     "int", "str", "float", "bool", "input", "output", "type", *keyword.kwlist}
)  # fmt: skip
"""Dagster's reserved words, listed so that reading a study loads no Dagster; a test compares them."""
_TAKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]*", re.ASCII)
_DIGITS = 8


def dagster_name(study: str) -> str:
    """The study's name if Dagster allows it; else a similar, unique name.

    `try` becomes `try_0a1b2c3d`, with the first digits of its SHA-256.
    """
    if _TAKEN.fullmatch(study) and study not in RESERVED:
        return study
    similar = re.sub(r"[^A-Za-z0-9]+", "_", study).strip("_") or "study"
    return f"{similar}_{hashlib.sha256(study.encode()).hexdigest()[:_DIGITS]}"


DATA_VARIABLE = "META_MED_DATA"
"""Names the folder of `data:` sources where `--data` does not."""
SIZE_LIMIT = 1_000_000
NO_FOLDER = Path("/") / DATA_VARIABLE
"""In place of a data folder that is not named, so that paths can still be checked against it."""


@dataclass(frozen=True)
class LoadedStudy:
    """A valid study file; its data are validated by the gate.

    Attributes:
        spec: the content of the file.
        path: of the file.
        sha256: of the file's bytes.
        sources: contract table name -> file, with "bundled:", "data:" and relative paths resolved.
        contract: the name of a bundled contract, or the absolute path of a contract file.
        data: contract table name -> file below the data folder, of the sources that are not the product's own.
        mappings: contract table name -> mapping file, of the sources that are exports in a clinical standard.

    """

    spec: StudySpec
    path: Path
    sha256: str
    sources: Mapping[str, Path]
    contract: str
    data: Mapping[str, str] = field(default_factory=dict)
    mappings: Mapping[str, Path] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The study's name, also of folders and releases."""
        return self.spec.study

    def contract_with_outcomes(self) -> Contract:
        """The contract with the predicted columns marked as outcomes, for the gate's check of leaking columns."""
        records = self.spec.records
        predicted = [c for o in self.spec.outcomes for c in (o.any_positive or (o.source_column,))]
        promised = load_contract(self.contract)
        return promised if records.long else promised.with_outcomes({records.source: predicted})

    @property
    def key(self) -> str:
        """The study's name in Dagster: of its job, its asset keys and its group."""
        return dagster_name(self.spec.study)

    @property
    def missing_files(self) -> tuple[str, ...]:
        """Files below the data folder that do not exist; such a study is valid, but cannot run here."""
        return tuple(file for table, file in self.data.items() if not self.sources[table].exists())


def load(name_or_path: str | Path, data: Path | None = None) -> LoadedStudy:
    """Read a study.

    Args:
        name_or_path: name of a bundled study, or path of a file.
        data: folder of its "data:" sources, by default META_MED_DATA; without either the study still loads.

    Raises:
        StudyError: with every mistake.

    """
    path = _locate(str(name_or_path))
    content = _read(path)
    spec = parse(content.decode("utf-8", errors="strict"), path.name)
    return resolved(spec, path, hashlib.sha256(content).hexdigest(), data)


def resolved(spec: StudySpec, path: Path, sha256: str, data: Path | None = None) -> LoadedStudy:
    """The study with its contract and files, relative to `path`.

    Raises:
        StudyError: with every inconsistency between the study, its contract and its files.

    """
    root = root_of(path, spec.contract)
    contract = _resolved_contract(spec.contract, path, root)
    mappings = {
        table: file_in(root, path, file, f"mappings.{table}") for table, file in spec.mappings.items()
    }
    try:
        promised = load_contract(contract)
        mistakes = (
            list(mistakes_against(spec, promised))
            or list(promise_mistakes(spec, promised))
            or list(mapping_mistakes(spec, mappings, promised))
        )
    except ContractError as error:
        raise StudyError(f"{path.name}: its contract cannot be used. {error}") from None
    if mistakes:
        raise _refused(path.name, mistakes)
    return LoadedStudy(
        spec=with_hard_ranges(spec, promised),
        path=path,
        sha256=sha256,
        sources=_resolved_sources(spec, path, root, data_folder(data)),
        contract=contract,
        data=_below_data(spec),
        mappings=mappings,
    )


def data_folder(given: Path | None = None) -> Path | None:
    """The folder of "data:" sources: `given`, else META_MED_DATA, else None."""
    named = given or (Path(text) if (text := os.environ.get(DATA_VARIABLE)) else None)
    return named.expanduser().absolute() if named else None


def parse(text: str, name: str) -> StudySpec:
    """The study in `text`; `name` is the file's name in messages."""
    tree = _tree(text, name)
    return spec_of(tree, name)


def spec_of(tree: dict[str, Any], name: str) -> StudySpec:
    """The study in a tree of plain values.

    Raises:
        StudyError: with every mistake and its key.

    """
    mistakes = [*unknown_keys(tree, StudySpec), *unplain_values(tree)]
    if mistakes and not is_plain(tree):
        raise _refused(name, mistakes)
    try:
        # as JSON, because only there "strict" accepts lists for tuples, and neither "3" nor true for 3
        spec = adapter().validate_json(json.dumps(tree), strict=True)
    except ValidationError as error:
        mistakes += typed_mistakes(error, tree)
        raise _refused(name, mistakes) from None
    mistakes += [*mistakes_of(spec), *time_mistakes(spec, tree)]
    if mistakes:
        raise _refused(name, mistakes)
    return spec


def _refused(name: str, mistakes: list[str]) -> StudyError:
    return StudyError([f"{name}: {mistake}" for mistake in mistakes])


def _tree(text: str, name: str) -> dict[str, Any]:
    try:
        return read_yaml(text)
    except YamlMistakesError as error:
        raise _refused(name, list(error.mistakes)) from None


def _locate(name_or_path: str) -> Path:
    known = bundled_studies()
    if name_or_path in known:
        return known[name_or_path]
    path = Path(name_or_path).expanduser()
    if path.is_file():
        return path.resolve()
    if path.suffix in (".yaml", ".yml") or len(path.parts) > 1:
        raise StudyError(f'There is no study file "{name_or_path}". Check the path.')
    advice = nearest(name_or_path, list(known))
    raise StudyError(
        f'There is no study "{name_or_path}". Bundled: {", ".join(known)}; {advice} '
        "For your own, give the path of its YAML file."
    )


def _read(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        cause = os.strerror(error.errno) if error.errno else type(error).__name__
        raise StudyError(f"{path.name}: this study file cannot be read: {cause}.") from None
    if len(content) > SIZE_LIMIT:
        raise StudyError(
            f"{path.name}: a study file has at most {SIZE_LIMIT:,} bytes; this one is not a study."
        )
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise StudyError(f"{path.name}: a study file is UTF-8 text; save it as UTF-8.") from None
    return content


def _below_data(spec: StudySpec) -> dict[str, str]:
    return {
        name: source.removeprefix(DATA_PREFIX)
        for name, source in spec.sources.items()
        if source.startswith(DATA_PREFIX)
    }


def _resolved_sources(spec: StudySpec, path: Path, root: Path, data: Path | None) -> dict[str, Path]:
    return {
        name: _resolved_source(source, f"sources.{name}", path, root, data)
        for name, source in spec.sources.items()
    }


def _resolved_source(source: str, key: str, path: Path, root: Path, data: Path | None) -> Path:
    if source.startswith(DATA_PREFIX):
        below = source.removeprefix(DATA_PREFIX)
        # without a folder the whole text is the path, which does not exist
        found = file_below(data or NO_FOLDER, path, below, key)
        return found if data else Path(source)
    if source.startswith(BUNDLED_PREFIX):
        return bundled_file(path, source.removeprefix(BUNDLED_PREFIX), key)
    return file_in(root, path, source, key)


def _resolved_contract(contract: str, path: Path, root: Path) -> str:
    """The path of a file relative to the study, or the name of a bundled contract."""
    if Path(contract).name == contract and not (path.parent / contract).is_file():
        return contract
    return str(file_in(root, path, contract, "contract"))


def plain_path(written: str | Path) -> Path:
    """The absolute path without '..'; the gate follows neither these nor links."""
    return Path(os.path.abspath(Path(written).expanduser()))
