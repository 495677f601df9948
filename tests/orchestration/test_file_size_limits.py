"""A limit on the size of files (`ulimit -f`): told before anything is read, and never taken for a damaged store."""

import subprocess
import sys
from pathlib import Path

from meta_med.published import reader
from orchestration.study.load import LoadedStudy
from tests.orchestration.small_study import Finished

COMMAND = (sys.executable, "-c", "from orchestration.command import main; main()")


def limited(folder: Path, study: LoadedStudy, blocks: int) -> subprocess.CompletedProcess[str]:
    """A run whose files may have so many KiB, as after `ulimit -f`."""
    command = [*COMMAND, "run", "--study", str(study.path), "--home", str(folder)]
    return subprocess.run(
        ["bash", "-c", f'ulimit -f {blocks}; exec "$@"', "bash", *command],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_limit_on_the_size_of_files_is_told_before_anything_is_read(
    tmp_path: Path, study: LoadedStudy
) -> None:
    done = limited(tmp_path / "home", study, 100)
    assert done.returncode == 5
    assert "File too large" in done.stderr
    assert "ingest" not in done.stderr


def test_a_limit_that_only_the_store_reaches_does_not_call_the_store_damaged(
    finished: Finished, tmp_path: Path
) -> None:
    copied = finished.copied(tmp_path / "copy")
    url = copied.workspace().store_url
    served = reader.head(url, "asthma")
    assert served is not None
    script = (
        "import resource, sys\nfrom datetime import UTC, datetime\n"
        "from meta_med.published import writer\nfrom meta_med.published.errors import StoreError\n"
        "from tests.published.small_release import small_release\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try: writer.publish(sys.argv[1], small_release(1, n=3000, study='asthma'), datetime.now(UTC))\n"
        "except StoreError as error: print(error.code, error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, url], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("E_STORE_UNREACHABLE")
    assert "damaged" not in done.stdout
    assert reader.head(url, "asthma") == served
    reader.verify(url, served.release_id)
