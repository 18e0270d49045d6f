"""The one kind of error that people are shown: a sentence that says what, where and what to do."""


class WardOverlapError(Exception):
    """Something a person can put right. Its text is shown as it is, without a traceback.

    The text never holds a value from sensitive data: it names the file, row and column instead.
    Anything else that is raised is a bug, and is logged without data.
    """


class RefusedInputError(WardOverlapError):
    """A file, table or data set that cannot be used as it stands (exit code 1)."""


class UsageError(WardOverlapError):
    """A wrong request: settings, arguments or an unknown snapshot (exit code 2)."""
