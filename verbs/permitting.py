"""Whether the account that runs a verb may: asked by every verb before it does anything; a refusal is recorded."""

from data.errors import UsageError
from data.settings import Settings
from disclosure.audiences import Audience
from disclosure.audit import Action, What
from disclosure.operators import check_operator
from verbs.common import record


def permit(settings: Settings, what: What, *, audience: Audience | None = None, administrator: bool = False) -> None:
    """Let the account go on, or refuse and record that.

    Parameters
    ----------
    settings
        Its `[[access.operators]]` decide; without any, every account may.
    what
        What the verb does, for the record.
    audience
        For whom the verb writes; `None` if it writes for no audience.
    administrator
        Whether the verb changes what is stored, or shows the audit.

    Raises
    ------
    UsageError
        Saying what the account may not do, and whom to ask.
    """
    try:
        check_operator(settings, audience=audience, administrator=administrator)
    except UsageError:
        record(Action.REFUSED, what, settings=settings, audience=audience or "", detail={"reason": "account"})
        raise
