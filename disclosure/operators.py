"""Who runs the command line, and whether they may: by the account of the operating system.

This keeps people from mistakes and gives the audit a name. It is no wall: whoever can read the files of the program as this
account can read them without the program.
"""

from data.access_settings import Operator
from data.account import account_name
from data.errors import UsageError
from data.settings import Settings
from disclosure.audiences import Audience


def check_operator(
    settings: Settings, *, audience: Audience | None = None, administrator: bool = False, account: str | None = None
) -> None:
    """Refuse a verb to an account that the settings do not let do it; anyone may where they name no account.

    Parameters
    ----------
    settings
        Its `[[access.operators]]` decide.
    audience
        For whom the verb writes; `None` if it writes for no audience.
    administrator
        Whether the verb changes what is stored, or shows the audit.
    account
        Who asks; the account of this process if `None`.

    Raises
    ------
    UsageError
        Saying what the account may not do, and whom to ask.
    """
    if settings.access is None or not settings.access.operators:
        return
    name = account_name() if account is None else account
    entries = [operator for operator in settings.access.operators if operator.user == name]
    why_not = _why_not(entries, audience=audience, administrator=administrator)
    if why_not:
        raise UsageError(f"The account {name} of this machine {why_not}. Ask: {settings.access.contact}.")


def _why_not(entries: list[Operator], *, audience: Audience | None, administrator: bool) -> str | None:
    if not entries:
        return "may not use the command line here"
    if administrator and not any(entry.administrator for entry in entries):
        return "is no administrator here"
    if audience is not None and not any(audience.value in entry.audiences for entry in entries):
        return f"may not write files for the {audience} audience"
    return None
