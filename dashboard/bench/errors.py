"""Why a measurement cannot be made."""


class BenchError(Exception):
    """Something that the measurement needs is missing; the message begins with a code and says what to do."""
