"""The file of a backup: a tar of the home's parts with a manifest of their hashes, which are compared on reading."""

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from data_contracts.atomic_write import OWNER_ONLY_FILE, OWNER_ONLY_FOLDER, atomic_write
from meta_med.model_version.sealed_folder import force_to_disk, sha256
from orchestration.errors import PublishedStoreError

MANIFEST, FORMAT = "backup.json", 1
AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: when (UTC, ISO 8601).
        schema: the number of the store's schema; None where there was no store.
        served: study -> the release it served.
        files: name -> SHA-256; names are paths below the home.
        bytes: of all files.
        format: of the backup's file.

    """

    made_at: str
    schema: int | None
    served: Mapping[str, str]
    files: Mapping[str, str]
    bytes: int
    format: int = FORMAT


def write(
    place: Path, files: Mapping[str, Path], made_at: str, schema: int | None, served: Mapping[str, str]
) -> Manifest:
    """Write a backup by rename, readable for its owner only; `files`: name in the backup -> file."""
    manifest = Manifest(
        made_at,
        schema,
        served,
        {name: sha256(path) for name, path in sorted(files.items())},
        sum(path.stat().st_size for path in files.values()),
    )
    with atomic_write(place) as draft:
        draft.touch(OWNER_ONLY_FILE)
        with tarfile.open(draft, "w:gz", compresslevel=1) as tar:
            text = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
            about = tarfile.TarInfo(MANIFEST)
            about.size = len(text)
            tar.addfile(about, io.BytesIO(text))
            for name, path in sorted(files.items()):
                tar.add(path, name, recursive=False)
        force_to_disk(draft)
    return manifest


@contextmanager
def opened(place: Path) -> Iterator["Backup"]:
    """A backup, with its manifest read.

    Raises:
        PublishedStoreError: it is no backup, or of a newer program.

    """
    try:
        with tarfile.open(place, "r:gz") as tar:
            yield Backup(place, tar, _manifest(place, tar))
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise not_sound(place, type(error).__name__) from None
    except OSError as error:
        if error.errno is None:  # gzip's own, of a file that is not packed so or is cut off
            raise not_sound(place, type(error).__name__) from None
        raise


@dataclass(frozen=True)
class Backup:
    """An opened backup."""

    place: Path
    tar: tarfile.TarFile
    manifest: Manifest

    def extract(self, folder: Path) -> None:
        """Write every file of the manifest below `folder`, compared with its hash.

        Raises:
            PublishedStoreError: a file is missing, changed, or not in the manifest.

        """
        left = dict(self.manifest.files)
        for member in self.tar:
            if member.name == MANIFEST:
                continue
            expected, source = left.pop(member.name, None), self.tar.extractfile(member)
            if expected is None or source is None or not member.isreg() or not _is_inside(member.name):
                raise not_sound(self.place, "it holds more than its manifest names")
            if _written(source, folder / member.name, member.mode) != expected:
                raise not_sound(self.place, f"{member.name} is not the file that was saved")
        if left:
            raise not_sound(self.place, f"{len(left)} of its files are missing")


def _manifest(place: Path, tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    source = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    if source is None:
        raise not_sound(place, "it has no manifest")
    try:
        found = json.loads(source.read())
        if found["format"] > FORMAT:
            raise PublishedStoreError(
                f"E_BACKUP: {place} was made by a newer Meta-Med. Nothing was changed. Install that one to restore it."
            )
        return Manifest(**found)
    except (ValueError, KeyError, TypeError):
        raise not_sound(place, "its manifest cannot be read") from None


def _written(source: IO[bytes], place: Path, mode: int) -> str:
    """Write a file, force it to the disk, and return its hash."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
    digest = hashlib.sha256()
    with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY_FILE), "wb") as target:
        while part := source.read(AT_ONCE):
            digest.update(part)
            target.write(part)
        target.flush()
        os.fsync(target.fileno())
    place.chmod(mode & OWNER_ONLY_FILE)
    return digest.hexdigest()


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def not_sound(place: Path, why: str) -> PublishedStoreError:
    """The error for a file that is no whole backup."""
    return PublishedStoreError(
        f"E_BACKUP: {place} is not a whole backup: {why}. Nothing was changed. "
        "Take another copy of it, or an earlier one."
    )
