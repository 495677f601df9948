"""Errors of the audit. Their messages hold no patient's value or id."""

from meta_med.published.errors import StoreError


class AuditError(StoreError):
    """The audit cannot be written or read: no patient's data are shown without it."""

    code = "E_AUDIT"
    retryable = True


class AuditKeyError(AuditError):
    """The audit's key is missing, damaged, readable for others, or another than the one that the audit began with."""

    code = "E_AUDIT_KEY"
    retryable = False


class AuditBroken(AuditError):
    """An entry was changed, removed or added by another hand."""

    code = "E_AUDIT_BROKEN"
    retryable = False
