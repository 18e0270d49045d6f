"""What can go wrong with a service, in sentences: what passes if it is asked again, and what does not."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from data.errors import RefusedInputError
from data.visible_text import visible_text

_LATER = "Try later: what has come so far is kept, and the same command goes on from there."
_MAY_PASS = (408, 425, 429, 500, 502, 503, 504)
_SIGN_IN = (401, 403, 498, 499)
"""498 and 499 are Esri's own: a token that is not valid, and one that is wanted."""
_GONE = (400, 404, 410)


class ServiceError(RefusedInputError):
    """A service that cannot be used as it stands. What was there before is as it was."""


class ChangedServiceError(ServiceError):
    """The service changed what it holds while it was being read: pages of two states must not be put together."""


class PassingFault(Exception):  # noqa: N818  # it is no error yet: it becomes one when asking again did not help
    """A fault that may be gone when the service is asked again."""

    def __init__(self, what: str, *, after: float | None = None, do: str = _LATER) -> None:
        """Say what, when to ask again if the service said so (seconds), and what to do if that never helps."""
        super().__init__(what)
        self.after, self.do = after, do


def shown(text: object, *, longest: int = 200) -> str:
    """Make what a service said fit to be shown: one line, nothing invisible, not endless."""
    said = " ".join(visible_text(str(text)).split())
    return said if len(said) <= longest else f"{said[: longest - 1]}…"


def refuse_status(status: int, *, host: str, after: float | None = None, said: str = "") -> None:
    """Go on only if an answer says that all is well.

    Parameters
    ----------
    status
        Of HTTP, or the code in the body of an error that came with HTTP 200, as such services do.
    host
        For the sentence.
    after
        Seconds that the service asks to wait.
    said
        What the service says of it.

    Raises
    ------
    PassingFault
        If it may pass.
    ServiceError
        If it will not.
    """
    if 200 <= status < 300:
        return
    words = f": {shown(said)}" if said else ""
    if status in _MAY_PASS:
        raise PassingFault(
            "it is asked too often" if status == 429 else f"it has a fault of its own ({status}{words})", after=after
        )
    if status == 407:
        raise ServiceError(
            "The proxy wants a sign-in (407). Ask whoever runs it how programs get through, then --proxy."
        )
    if status in _SIGN_IN:
        raise ServiceError(
            f"{host} wants a sign-in, or a filter of your network stands between ({status}{words}). "
            "The data of the ONS need none: check the address, then ask whoever runs the network."
        )
    if status in _GONE:
        raise ServiceError(
            f"{host} has no such service any more, or does not understand the question ({status}{words}). "
            "Leave --service out to have it looked up, or check its address."
        )
    raise ServiceError(f"{host} answers with status {status}{words}. Try later, or check the address.")


def retry_after(header: str | None) -> float | None:
    """Read the header Retry-After (RFC 9110, 10.2.3): seconds, or a date; `None` if there is none that can be read."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header.strip()[:9])
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    now = datetime.now(UTC)
    return max((until - now).total_seconds(), 0.0) if until.tzinfo else None
