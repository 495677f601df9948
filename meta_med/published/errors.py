"""What can go wrong with the published store, named by who has to act.

No message holds a patient's value or id, and none holds a password of the store's URL.
"""


class StoreError(Exception):
    """Any failure of the published store. `code` is for machines, `retryable` says whether to try again."""

    code = "E_STORE"
    retryable = False


class StoreBusy(StoreError):
    """Another writer holds the store: nothing was written, the same call may be repeated."""

    code = "E_STORE_BUSY"
    retryable = True


class StoreUnreachable(StoreError):
    """The store's place cannot be opened: wrong URL, no right to it, server down, disk full."""

    code = "E_STORE_UNREACHABLE"
    retryable = True


class StoreUnreadable(StoreError):
    """The store is there but damaged: its rows are not the ones that were published."""

    code = "E_STORE_UNREADABLE"


class StoreSchemaMismatch(StoreError):
    """The store was laid out by an older or a newer version of this code."""

    code = "E_STORE_SCHEMA"


class ReleaseInvalid(StoreError):
    """The release does not fit the published tables; the message lists every mistake."""

    code = "E_RELEASE_INVALID"


class ReleaseMissing(StoreError):
    """The release that was asked for is not in the store (never published, or pruned)."""

    code = "E_RELEASE_MISSING"


class NothingToRollBack(StoreError):
    """The study has no earlier release to go back to."""

    code = "E_NOTHING_TO_ROLL_BACK"
