"""Which addresses are this machine's own."""

from ipaddress import IPv6Address, ip_address

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
"""What the server is called from its own machine."""


def is_here(address: str) -> bool:
    """Whether the end of a connection is on this machine's loopback.

    Parameters
    ----------
    address : str
        As a socket gives it; an IPv4 address may come in IPv6 form (`::ffff:127.0.0.1`), which Python 3.11 does not see through.
    """
    try:
        end = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(end, IPv6Address) and end.ipv4_mapped is not None:
        end = end.ipv4_mapped
    return end.is_loopback
