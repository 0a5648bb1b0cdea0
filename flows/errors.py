"""What may go wrong: with one document, or with the whole run."""

from typing import ClassVar

from schemas.rejection import Reason


class DocumentError(Exception):
    """One document cannot be cleaned; the run goes on and the file ends among the rejected.

    Attributes:
        reason: Which kind of failure, from the closed list that downstream may count on.
        step: Where it stopped, such as ``decoding``.
        place: Where in the document, with its unit, such as ``byte 12``; empty for all of it.
        found: What stood there.
        advice: What the owner of the file can do about it.
        retryable: Whether the same file may pass in a later run.
    """

    def __init__(  # noqa: PLR0913 - an error names everything a reader needs, each by keyword
        self,
        reason: Reason,
        *,
        step: str,
        found: str,
        advice: str,
        place: str = "",
        retryable: bool = False,
    ) -> None:
        """Keep the parts, so that the rejected file can carry them as fields."""
        at = f" at {place}" if place else ""
        super().__init__(f"{step}: {reason.value}{at}: {found}; {advice}")
        self.reason, self.step, self.place = reason, step, place
        self.found, self.advice, self.retryable = found, advice, retryable


class RunError(Exception):
    """The run cannot go on; the message says what to do. Numbers are those of sysexits.h."""

    exit_code: ClassVar[int] = 1


class StorageError(RunError):
    """A folder cannot be read or written, or holds something that is not ours."""

    exit_code = 74


class UnconfirmedError(StorageError):
    """A version is published, but the disk did not confirm that it will outlast a power failure."""


class LockedError(RunError):
    """Another run holds the output folder."""

    exit_code = 75


class ConfigurationError(RunError):
    """A setting does not exist or has a value that it may not have."""

    exit_code = 78
