"""Where webhooks may go. An admin of one organisation chooses the address, and the machine that
runs this product calls it: so it is kept from everything that only that machine can reach."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from survey.operations.errors import Refused

LONGEST: Final = 500
PORTS: Final = {"https": 443, "http": 80}
PRINTABLE: Final = re.compile(r"[!-~]+")

REFUSED: Final = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by customers of a provider
        "127.0.0.0/8",
        "168.63.129.16/32",  # what a cloud tells its machines, at a public address
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # Teredo and others that lead elsewhere
        "2001:db8::/32",
        "2002::/16",  # holds an IPv4 address
        "3fff::/20",
    )
)
"""Blocks that are not of the public Internet, or not known to be.

Source: the special-purpose address registries of IANA (RFC 6890 and later). Of IPv6, only what is
in PUBLIC_IPV6 is public at all: private, local, mapped and translated addresses are outside it.
"""

PUBLIC_IPV6: Final = ip_network("2000::/3")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public Internet, and to nothing else."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if found.version == 6 and found not in PUBLIC_IPV6:
        return False
    return not any(found in block for block in REFUSED if block.version == found.version)


def looked_up(host: str, port: int) -> tuple[str, ...]:
    """The IP addresses of a host, in the order to try. Raises OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


@cache
def _usual_encryption() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Reach:
    """How far webhooks go: `private`, also to this machine and its neighbours, and without
    encryption. `look_up` and `encryption` say what names mean and whose certificates count."""

    private: bool = False
    look_up: Callable[[str, int], tuple[str, ...]] = looked_up
    encryption: Callable[[], ssl.SSLContext] = _usual_encryption


@dataclass(frozen=True, slots=True)
class Place:
    """An address, taken apart. `target`: path and query, as the first line of a request has."""

    encrypted: bool
    host: str
    port: int
    target: str


def place_of(url: str, reach: Reach) -> Place:
    """Take an address apart. Raises Refused where webhooks do not go there, whatever the name
    means."""
    if not PRINTABLE.fullmatch(url) or len(url) > LONGEST:
        raise Refused(
            f"An address has at most {LONGEST} characters, and no spaces or accents.",
            "Copy it from the program that will be told. Names with other letters begin with xn--.",
        )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused("That is not an address.", "Check it for typing errors.") from None
    if parts.scheme not in PORTS or (parts.scheme == "http" and not reach.private):
        raise Refused("The address must begin with https://.", "Ask for one that is encrypted.")
    if not host or port == 0 or "%" in host:
        raise Refused("The address names no host.", "It looks like https://tools.example/told.")
    if parts.username is not None or parts.password is not None:
        raise Refused(
            "An address with a name or password in it would be seen by every administrator.",
            "Leave them out: the signature shows who sends.",
        )
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme == "https", host, port or PORTS[parts.scheme], target)


def ip_addresses_of(place: Place, reach: Reach) -> tuple[str, ...]:
    """Where a place is at this moment, in the order to try.

    Raises Refused where it is nowhere, or any of it is not public: a name may mean several
    addresses, and another next time, so who connects takes these and does not ask again.
    """
    try:
        found = reach.look_up(place.host, place.port)
    except (OSError, UnicodeError):
        found = ()
    if not found:
        raise Refused(f"There is no host “{place.host}”.", "Check the address, or try later.")
    if not reach.private and not all(map(is_public, found)):
        raise Refused(
            f"“{place.host}” is not on the public Internet.",
            "Whoever runs this installation can allow private addresses: "
            "SURVEY_WEBHOOKS_TO_PRIVATE_ADDRESSES.",
        )
    return found


def check(url: str, reach: Reach) -> None:
    """See whether webhooks may go to an address. Raises Refused."""
    ip_addresses_of(place_of(url, reach), reach)
