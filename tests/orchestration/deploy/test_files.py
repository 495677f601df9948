"""The deployment files, each by its own linter or schema, and by what the user was promised."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestration.command.app import app, exit_code_of
from orchestration.deploy.write import KINDS, deployment_files

FILES = deployment_files()
BIN = Path(sys.executable).parent
KUBERNETES = "1.33"


def run(*words: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="module")
def objects() -> list[dict[str, Any]]:
    """What Kubernetes gets."""
    if shutil.which("kubectl"):
        built = run("kubectl", "kustomize", FILES / "kubernetes")
        assert built.returncode == 0, built.stderr
        return list(yaml.safe_load_all(built.stdout))
    names = yaml.safe_load((FILES / "kubernetes" / "kustomization.yaml").read_text())["resources"]
    return [yaml.safe_load((FILES / "kubernetes" / name).read_text()) for name in names]


def test_hadolint_has_nothing_to_say_about_the_dockerfile() -> None:
    found = run(BIN / "hadolint", "--no-color", FILES / "Dockerfile")
    assert (found.returncode, found.stdout) == (0, "")


def test_the_image_is_made_offline_and_runs_without_root() -> None:
    words = (FILES / "Dockerfile").read_text()
    assert "--no-index" in words
    for command in ("apt-get", "curl", "wget", "ADD "):
        assert command not in words
    assert words.index("USER 10001:10001") < words.index("ENTRYPOINT")
    assert "HEALTHCHECK" in words


def test_the_compose_file_is_valid_by_the_schema_of_compose() -> None:
    found = run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", FILES / "compose.yaml")
    assert found.returncode == 0, found.stdout + found.stderr


def test_only_the_proxy_of_the_compose_file_has_a_port_and_all_are_closed() -> None:
    services = yaml.safe_load((FILES / "compose.yaml").read_text())["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert services["meta-med"]["network_mode"] == "service:proxy"
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert not service["user"].startswith("0")
    state = [volume for volume in services["meta-med"]["volumes"] if not volume.get("read_only")]
    assert [volume["target"] for volume in state] == ["/srv/meta-med"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_systemd_verifies_the_units(tmp_path: Path) -> None:
    # the units name where the product is installed, which is nowhere here
    for path in (FILES / "systemd").iterdir():
        text = path.read_text().replace("/opt/meta-med/bin/meta-med", "/bin/true")
        (tmp_path / path.name).write_text(text)
    found = run("systemd-analyze", "verify", "--man=no", *sorted(tmp_path.iterdir()))
    own = [line for line in (found.stdout + found.stderr).splitlines() if "meta-med" in line]
    assert (found.returncode, own) == (0, [])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_systemd_finds_little_exposed(tmp_path: Path) -> None:
    for name in ("meta-med.service", "meta-med-metrics.service"):
        found = run(
            "systemd-analyze", "security", "--offline=yes", "--threshold=30", FILES / "systemd" / name
        )
        assert found.returncode == 0, found.stdout[-500:] + found.stderr


def test_every_object_of_kubernetes_fits_its_schema(objects: list[dict[str, Any]], tmp_path: Path) -> None:
    assert {o["kind"] for o in objects} >= {"Namespace", "StatefulSet", "Service", "NetworkPolicy"}
    path = tmp_path / "all.yaml"
    path.write_text(yaml.safe_dump_all(objects))
    found = run(BIN / "kubernetes-validate", "--strict", "-k", KUBERNETES, path)
    assert found.returncode == 0, found.stdout + found.stderr
    # and the schema does refuse something
    path.write_text(path.read_text().replace("replicas: 1", "replicas: one"))
    assert run(BIN / "kubernetes-validate", "--strict", "-k", KUBERNETES, path).returncode != 0


def test_pods_run_closed_and_nothing_leaves_them(objects: list[dict[str, Any]]) -> None:
    pod = next(o for o in objects if o["kind"] == "StatefulSet")["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    for container in pod["containers"]:
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert container["securityContext"]["allowPrivilegeEscalation"] is False
        assert "readinessProbe" in container
    policy = next(o for o in objects if o["kind"] == "NetworkPolicy")["spec"]
    assert policy["egress"] == []
    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}


def test_the_proxy_is_the_same_everywhere_and_passes_only_the_dashboard_on() -> None:
    own = (FILES / "nginx.conf").read_text()
    assert (FILES / "kubernetes" / "nginx.conf").read_text() == own
    assert "127.0.0.1:8501" in own
    assert "3000" not in own


@pytest.mark.parametrize("kind", KINDS)
def test_the_command_writes_the_files_once(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["deploy", kind, "--out", str(tmp_path / "out")]
    assert exit_code_of(lambda: app(words), as_json=False) == 0
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(written) == len(capsys.readouterr().out.splitlines())
    written[0].write_text("changed")
    assert exit_code_of(lambda: app(words), as_json=False) == 2
    assert written[0].read_text() == "changed"
    assert exit_code_of(lambda: app(["deploy", "other", "--out", str(tmp_path)]), as_json=False) == 2
