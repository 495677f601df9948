"""The audit's key: one random file, from which keys for links and for pseudonyms are derived.

Without it an audit cannot be verified, and nobody who may only write to the database can forge a link or tell which
patient a pseudonym stands for.
"""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from dashboard.audit.errors import AuditKeyError

BYTES = 32
OWNER_ONLY = 0o600
FOR_OTHERS = 0o077
LENGTH = 16
"""Letters of a pseudonym: 80 bits, so that no two of many million patients share one."""


@dataclass(frozen=True)
class Keys:
    """The keys that are derived from the file's bytes."""

    secret: bytes

    def derived(self, purpose: str) -> bytes:
        """The key of one purpose; none tells another."""
        return hmac.digest(self.secret, purpose.encode(), "sha256")

    @property
    def name(self) -> str:
        """A fingerprint of the key that tells nothing of it: which key an audit began with."""
        return hashlib.sha256(self.derived("name")).hexdigest()[:16]

    @property
    def links(self) -> bytes:
        """The key of the entries' links."""
        return self.derived("links")

    def in_audit(self, study: str, subject_id: str) -> str:
        """A patient's pseudonym in the audit."""
        return pseudonym(self.derived("audit"), study, subject_id)

    def on_screen(self, study: str, subject_id: str) -> str:
        """A patient's pseudonym on the pages of a scientist: another one, so that neither tells the other."""
        return pseudonym(self.derived("screen"), study, subject_id)


def pseudonym(key: bytes, study: str, subject_id: str) -> str:
    """The keyed hash of a patient of a study, in letters and digits that are read without mistakes."""
    digest = hmac.digest(key, f"{len(study)}:{study}{subject_id}".encode("utf-8", "replace"), "sha256")
    return base64.b32encode(digest).decode()[:LENGTH]


def read_key(path: Path) -> Keys:
    """The keys of a file.

    Raises:
        AuditKeyError: it is missing, damaged, or can be read by others.

    """
    try:
        mode, content = path.stat().st_mode, path.read_bytes()
    except OSError as error:
        raise _refused(path, f"cannot be read ({os.strerror(error.errno or 0)})") from None
    if mode & FOR_OTHERS:
        raise _refused(path, "can be read or written by other accounts (chmod 600)")
    try:
        secret = bytes.fromhex(content.decode("ascii").strip())
    except ValueError:
        raise _refused(path, "does not hold a key") from None
    if len(secret) != BYTES:
        raise _refused(path, "does not hold a key")
    return Keys(secret)


def made_key(path: Path) -> Keys:
    """A new key in a file that does not exist yet; the one that is there where another process was faster.

    Raises:
        AuditKeyError: the file cannot be written.

    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY)
        try:
            os.write(descriptor, secrets.token_hex(BYTES).encode() + b"\n")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        try:
            os.link(draft, path)  # fails where a key is there already, which stays
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    except OSError as error:
        raise _refused(path, f"cannot be written ({os.strerror(error.errno or 0)})") from None
    return read_key(path)


def _refused(path: Path, cause: str) -> AuditKeyError:
    return AuditKeyError(
        f"The audit's key {path} {cause}. Nothing was shown or written. Put the key back from its backup, or name its "
        "file in META_MED_AUDIT_KEY."
    )
