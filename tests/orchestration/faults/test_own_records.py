"""Own records that tell nothing: where patients do not differ, what is served is as good as without them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from orchestration.command.output.run_report import evaluation_of
from orchestration.execution import run_graph
from orchestration.models.decide import ALL, POOLED
from orchestration.models.versions import version_folder
from orchestration.study.load import LoadedStudy, load
from tests.orchestration.small_study import small_study, workspace_at


def with_default_baselines(study: LoadedStudy) -> LoadedStudy:
    """`population`, which sees no own records, is one of them; the learner stays one of ten steps."""
    tree = yaml.safe_load(study.path.read_text())
    del tree["baselines"]
    study.path.write_text(yaml.safe_dump(tree))
    return load(study.path)


@pytest.mark.nightly
@pytest.mark.fault("M09")
def test_where_patients_do_not_differ_the_champion_is_as_good_as_un_adapted(tmp_path: Path, now) -> None:
    study = with_default_baselines(small_study(tmp_path / "study"))
    visits, dice = pd.read_csv(study.sources["visits"]), np.random.default_rng(9)
    visits["peak_flow"] = (400 + 40 * dice.normal(size=len(visits))).round()
    visits["woken_by_asthma"] = (dice.random(len(visits)) < 0.4).astype(int)
    visits.to_csv(study.sources["visits"], index=False)
    workspace = workspace_at(tmp_path / "home", study)
    run = run_graph(study, workspace)
    table = evaluation_of(version_folder(workspace, study.name, str(run.promoted["model"])))
    pooled = table[(table["cohort"] == ALL) & (table["support_size"] == POOLED)]
    losses = pooled[pooled["metric"].isin(["crps", "log_loss"])]
    by = losses.pivot_table(index="outcome", columns="predictor", values="value")
    shares = (by["champion"] / by["un_adapted"]).to_dict()
    assert set(shares) == {"peak_flow", "woken_by_asthma", ALL}
    assert all(share <= 1.02 for share in shares.values()), shares
    told = ", ".join(f"{name} {share:.3f}" for name, share in shares.items())
    now(f"peak flows and nights that are chance alone: the champion's loss over that of un-adapted is {told}")
