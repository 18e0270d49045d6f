"""What PostgreSQL refuses, in sentences: where the records are, what is the matter, what to do. Never a value or a password.

An error of a server that was reached has a code. One that was not, or that lets nobody in, has only words, which are the server's
language: those that are not known here get a sentence that names what to look at.
"""

from disclosure.audit_entries import OUT_OF_REACH, DamagedError, UnrecordedError
from disclosure.records_place import PostgresPlace

_RIGHTS = "the role may not do that there. docs/postgresql.md says which rights it needs, and who gives them."
_LOCKED = "another program holds it. Try again; if that does not help, see which program it is (pg_locks)."
_LOST = "the connection was lost. Try again; if that does not help, see whether the server runs."
_BUSY = "the server takes no more connections. Try again, or let it take more (max_connections)."
_CODES = {
    "42501": _RIGHTS,
    "25006": "it is read-only: a standby, or a role that may only read. Name the server that takes writes.",
    "53100": "the server's disk is full. Make room, then try again.",
    "53200": "the server has no memory left. Try again later.",
    "53300": _BUSY,
    "55P03": _LOCKED,
    "57P03": "the server is starting or stopping. Try again in a moment.",
    "57P01": _LOST,
    "57P02": _LOST,
    "57P05": _LOST,
    "40001": _LOCKED,
    "40P01": _LOCKED,
}
_DAMAGED = ("42P01", "42703", "XX001", "XX002")
_SIGNS = {
    "queuepool limit": "too many are using it at once from here. Try again in a moment.",
    "password authentication failed": "the user or the password is wrong. Check DATABASE_URL, or the password file.",
    "no password supplied": "no password was given. Put it into DATABASE_URL or a password file.",
    "closed": _LOST,
    "eof detected": _LOST,
    "lost": _LOST,
    "server does not support ssl": "it was to be reached over TLS, which the server does not offer. Set TLS up on the server "
    "(or say sslmode=disable in DATABASE_URL, where the network between is your own).",
    "no encryption": "the server lets nobody in without TLS, or not from this machine. Say sslmode=verify-full in "
    "DATABASE_URL, and look at pg_hba.conf.",
    "no pg_hba.conf entry": "the server does not let this role in from this machine. Look at pg_hba.conf.",
    "ssl": "the server's certificate cannot be trusted, or TLS failed. Check sslmode and sslrootcert in DATABASE_URL.",
    "certificate": "the server's certificate cannot be trusted. Check sslmode and sslrootcert in DATABASE_URL.",
    "connection refused": "nothing answers there. Check host and port in DATABASE_URL, and whether the server runs.",
    "no such file": "nothing answers there. Check host and port in DATABASE_URL, and whether the server runs.",
    "resolve": "there is no machine of that name. Check the host in DATABASE_URL.",
    "translate host name": "there is no machine of that name. Check the host in DATABASE_URL.",
    "timeout": "it does not answer. Check host and port in DATABASE_URL, and the firewall between.",
    "timed out": "it does not answer. Check host and port in DATABASE_URL, and the firewall between.",
    "does not exist": "there is no such database or role. Check DATABASE_URL, or have them made (docs/postgresql.md).",
    "too many": _BUSY,
    "remaining connection slots": _BUSY,
    "starting up": _CODES["57P03"],
    "shutting down": _CODES["57P03"],
}
"""In this order: what says more comes first."""
_UNREADABLE = "The record of who saw what is damaged, so nothing is shown or done. Tell whoever looks after the server."
_OTHERWISE = "look at the server's log for why, then try again."


def say_fault(error: BaseException, *, place: PostgresPlace) -> UnrecordedError:
    """Say an error of the driver, of the pool or of the network: a sentence for everybody, and one that says where and why."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlstate", None) or ""
    if code in _DAMAGED:
        return DamagedError(
            _UNREADABLE,
            for_operator=f"The record {place} is damaged or was changed by something else: it cannot be read. Restore it, with "
            "its anchor, from a backup.",
            why=f"the record {place} is damaged.",
        )
    why = f"the record {place} cannot be used: {_CODES.get(code) or _by_words(str(cause).lower())}"
    return UnrecordedError(OUT_OF_REACH, for_operator=f"What is done here must be recorded first, and {why}", why=why)


def _by_words(said: str) -> str:
    return next((sentence for sign, sentence in _SIGNS.items() if sign in said), _OTHERWISE)
