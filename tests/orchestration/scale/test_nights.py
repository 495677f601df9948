"""The bench of scale runs the real commands, and its page has what they said of themselves."""

import json
from pathlib import Path

import pytest

from orchestration.scale import page
from orchestration.scale.nights import nights_of

STAGES = ["ingest", "validate", "adapt", "predict", "publish"]


@pytest.mark.nightly
def test_a_bench_of_few_patients_has_every_stage_of_every_night(tmp_path: Path) -> None:
    found = nights_of(300, tmp_path / "bench")
    assert [stage.stage for stage in found.commands["first"].stages] == STAGES
    assert [stage.reused for stage in found.commands["nothing new"].stages] == [True] * len(STAGES)
    assert found.published["subjects"] == 300
    assert found.published["records"] == 2 * (found.rows + 3)
    assert all(cost.peak_gb > 0.0 and cost.cpu_s > 0.0 for cost in found.commands.values())


def of(patients: int, seconds: float) -> dict[str, object]:
    stages = [
        {"stage": s, "reused": False, "cpu_s": seconds, "clock_s": seconds / 2, "peak_gb": 0.5}
        for s in STAGES
    ]
    command = {"cpu_s": 6 * seconds, "clock_s": 4 * seconds, "peak_gb": 0.5, "stages": stages}
    names = [*page.NIGHTS, *page.SMALL]
    return {
        "patients": patients, "trained_on": 100, "rows": 10 * patients, "commands": dict.fromkeys(names, command),
        "published": {"subjects": patients, "guards": 0}, "store_bytes": dict.fromkeys(page.NIGHTS, 10**9),
        "load_before": 0.0, "load_after": 3.4,
    }  # fmt: skip


def test_the_page_has_the_sizes_beside_each_other_and_judges_the_largest() -> None:
    text = page.page_text({"10000": of(10_000, 0.25), "1000": of(1_000, 0.01)})
    assert "| stage | 1,000 patients | 10,000 patients |" in text
    assert "| validate | 0.0 s (0.0), 0.5 GB | 0.1 s (0.2), 0.5 GB |" in text
    assert "| first night | 1.00 s (1.50) | < 600 s at 1,000,000 | not measured |" in text
    assert "| `--help` | 1.00 s (1.50) | < 0.3 s | no |" in text
    assert "`guards`" not in text
    large = page.page_text({"1000000": of(1_000_000, 50.0), "1000": of(1_000, 0.01)})
    assert "| first night | 200.00 s (300.00) | < 600 s at 1,000,000 | yes |" in large
    assert "| next night, 1 % changed | 200.00 s (300.00) | < 60 s at 1,000,000 | no |" in large


def test_a_page_is_written_with_the_sizes_that_were_measured_before(tmp_path: Path) -> None:
    out = tmp_path / "scale.md"
    before = {"1000": of(1_000, 0.01), "10000": of(10_000, 0.25)}
    out.with_suffix(".json").write_text(json.dumps(before))
    assert page.run(out, tmp_path, sizes=[]) == page.page_text(before) == out.read_text()
