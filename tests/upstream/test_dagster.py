"""What we rely on in Dagster 1.13."""

import os
import pickletools
import sys
from pathlib import Path

import dagster as dg
import pytest

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run(*definitions: object, **resources: object) -> dg.ExecuteInProcessResult:
    checks = [d for d in definitions if isinstance(d, dg.AssetChecksDefinition)]
    assets = [d for d in definitions if d not in checks]
    defs = dg.Definitions(
        assets=assets,  # type: ignore[arg-type]
        asset_checks=checks,
        resources=resources,
        jobs=[dg.define_asset_job("all_of_it")],
        executor=dg.in_process_executor,
    )
    with dg.DagsterInstance.ephemeral() as instance:
        return defs.resolve_job_def("all_of_it").execute_in_process(
            instance=instance, raise_on_error=False, run_config=QUIET
        )


def chain(passed: bool, blocking: bool) -> dg.ExecuteInProcessResult:
    @dg.asset
    def first() -> dg.MaterializeResult[None]:
        return dg.MaterializeResult()

    @dg.asset(deps=["first"])
    def second() -> dg.MaterializeResult[None]:
        return dg.MaterializeResult()

    spec = dg.AssetCheckSpec("gate", asset="first", blocking=blocking)

    @dg.multi_asset_check(specs=[spec])
    def checks():
        yield dg.AssetCheckResult(passed=passed, asset_key="first", check_name="gate")

    return run(first, second, checks)


@pytest.mark.parametrize(
    ("passed", "blocking", "materialized"), [(False, True, 1), (False, False, 2), (True, True, 2)]
)
def test_only_a_failed_blocking_check_stops_what_comes_after(
    passed: bool, blocking: bool, materialized: int
) -> None:
    result = chain(passed, blocking)
    assert len(result.get_asset_materialization_events()) == materialized
    assert result.success == (materialized == 2)


def test_a_failed_blocking_check_is_told_by_its_class() -> None:
    """`orchestration.execution` recognises it by this name."""
    (failure,) = [event for event in chain(False, True).all_events if event.is_step_failure]
    assert failure.step_failure_data.error.cls_name == "DagsterAssetCheckFailedError"


@pytest.mark.parametrize(("allow_retries", "attempts"), [(False, 1), (True, 3)])
def test_a_failure_can_forbid_the_retries_of_its_policy(allow_retries: bool, attempts: int) -> None:
    tried = []

    @dg.asset(retry_policy=dg.RetryPolicy(max_retries=2))
    def fails() -> None:
        tried.append(1)
        raise dg.Failure("bad data", allow_retries=allow_retries)

    assert not run(fails).success
    assert len(tried) == attempts


def test_a_failures_description_and_metadata_come_back() -> None:
    @dg.asset
    def fails() -> None:
        raise dg.Failure("what to do", metadata={"family": "data"}, allow_retries=False)

    (failure,) = [event for event in run(fails).all_events if event.is_step_failure]
    stated = failure.step_failure_data.user_failure_data
    assert stated is not None
    assert (stated.description, stated.metadata["family"].value) == ("what to do", "data")


def test_exception_texts_land_in_the_event_log() -> None:
    """The reason for `orchestration.boundary`."""

    @dg.asset
    def quotes() -> None:
        float("CANARY")

    (failure,) = [event for event in run(quotes).all_events if event.is_step_failure]
    assert "CANARY" in str(failure.step_failure_data.error)


def test_raising_from_none_keeps_the_first_exception_out_of_the_event_log() -> None:
    @dg.asset
    def silent() -> None:
        try:
            float("CANARY")
        except ValueError:
            raise dg.Failure("a number could not be read") from None

    (failure,) = [event for event in run(silent).all_events if event.is_step_failure]
    assert "CANARY" not in str(failure.step_failure_data.error.to_string())


def test_the_default_io_manager_pickles_what_an_asset_returns(tmp_path: Path) -> None:
    """The reason why our assets return no values and hand files on."""

    @dg.asset
    def number() -> int:
        return 7

    dg.materialize([number], resources={"io_manager": dg.FilesystemIOManager(base_dir=str(tmp_path))})
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    operations = [
        (operation.name, argument) for operation, argument, _ in pickletools.genops(file.read_bytes())
    ]
    assert ("BININT1", 7) in operations
    assert operations[-1] == ("STOP", None)  # a whole pickle, read here without running it


def test_a_materialize_result_is_not_handed_to_an_io_manager(tmp_path: Path) -> None:
    @dg.asset
    def nothing() -> dg.MaterializeResult[None]:
        return dg.MaterializeResult(metadata={"n": 1})

    dg.materialize([nothing], resources={"io_manager": dg.FilesystemIOManager(base_dir=str(tmp_path))})
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_plain_object_may_be_a_resource() -> None:
    class Place:
        home = "here"

    seen = []

    @dg.asset
    def reads(place: dg.ResourceParam[Place]) -> None:
        seen.append(place.home)

    assert run(reads, place=Place()).success
    assert seen == ["here"]


def test_a_key_prefix_is_given_to_dependencies_too() -> None:
    from orchestration.assets import stages

    loaded = dg.load_assets_from_modules([stages], key_prefix="a")
    parents = {
        asset.key.to_user_string(): [k.to_user_string() for k in asset.dependency_keys] for asset in loaded
    }
    first_three = {key: parents[key] for key in ("a/ingest", "a/validate", "a/cohorts")}
    assert first_three == {"a/ingest": [], "a/validate": ["a/ingest"], "a/cohorts": ["a/validate"]}


def test_a_selection_leaves_the_rest_alone() -> None:
    @dg.asset
    def first() -> None: ...

    @dg.asset(deps=["first"])
    def second() -> None: ...

    job = dg.Definitions(assets=[first, second], jobs=[dg.define_asset_job("j")]).resolve_job_def("j")
    result = job.execute_in_process(asset_selection=[dg.AssetKey("first")], run_config=QUIET)
    assert [event.asset_key.to_user_string() for event in result.get_asset_materialization_events()] == [
        "first"
    ]


def test_there_is_no_time_limit_by_default() -> None:
    """The reason for our dagster/max_runtime tag."""

    @dg.asset
    def quick() -> None: ...

    job = dg.Definitions(assets=[quick], jobs=[dg.define_asset_job("j")]).resolve_job_def("j")
    assert "dagster/max_runtime" not in job.tags


def test_telemetry_is_on_by_default_and_off_by_the_file(tmp_path: Path) -> None:
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        assert instance.telemetry_enabled
    (tmp_path / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        assert not instance.telemetry_enabled


def test_definitions_are_loaded_without_great_expectations() -> None:
    """Its import costs seconds, and Dagster loads definitions often."""
    import subprocess

    script = "import sys, orchestration.definitions\nprint('great_expectations' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "False"
