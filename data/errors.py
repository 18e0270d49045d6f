"""The one kind of error that people are shown: a sentence that says what, where and what to do."""

from pathlib import Path

from data.visible_text import sayable


class WardOverlapError(Exception):
    """Something a person can put right. Its text is shown as it is, without a traceback.

    The text never holds a value from sensitive data: it names the file, row and column instead. Headings, sheets and layers
    that it names come from files: what cannot be seen in them is left out, and what is endless is cut.
    Anything else that is raised is a bug, and is logged without data.
    """

    def __init__(self, sentence: object = "") -> None:
        super().__init__(sayable(str(sentence)))


class RefusedInputError(WardOverlapError):
    """A file, table or data set that cannot be used as it stands (exit code 1)."""


class PersonLevelError(RefusedInputError):
    """A file that holds, or may hold, anything of a single person: no copy of it is to be kept."""


class UsageError(WardOverlapError):
    """A wrong request: settings, arguments or an unknown snapshot (exit code 2)."""


def unwritable(path: Path, error: OSError) -> UsageError:
    """Say that a file or folder for people cannot be written."""
    return UsageError(
        f"{path} cannot be written ({error.strerror or type(error).__name__}). "
        "Check the folder, its permissions and the space left."
    )
