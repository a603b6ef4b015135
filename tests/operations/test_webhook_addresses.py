"""Webhooks go to the public Internet and nowhere else, however the way there is written."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.operations import webhook_addresses
from survey.operations.errors import Refused
from survey.operations.webhook_addresses import Reach, is_public, looked_up, place_of

NOT_PUBLIC = (
    "is_private",
    "is_loopback",
    "is_link_local",
    "is_multicast",
    "is_reserved",
    "is_unspecified",
)
V4 = st.ip_addresses(v=4)


def means(*found):
    """A name that means these addresses."""
    return Reach(look_up=lambda _host, _port: found)


@given(st.one_of(V4, st.ip_addresses(v=6)))
def test_what_the_standard_library_knows_to_be_special_is_not_public(address):
    if any(getattr(address, one) for one in NOT_PUBLIC):
        assert not is_public(str(address))


@given(V4)
def test_no_address_of_ipv4_is_reached_inside_one_of_ipv6(address):
    number = int(address)
    for written in (
        IPv6Address(0xFFFF << 32 | number),  # mapped
        IPv6Address(number),  # compatible
        IPv6Address(0x64FF9B << 96 | number),  # translated
        IPv6Address(0x2002 << 112 | number << 80),  # 6to4
        IPv6Address(0x20010000 << 96 | number),  # Teredo
    ):
        assert not is_public(str(written))


@given(st.integers(0, 2**22 - 1))
def test_addresses_that_customers_of_a_provider_share_are_not_public(number):
    assert not is_public(str(IPv4Address(int(IPv4Address("100.64.0.0")) + number)))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.31.255.255", "192.168.0.1", "0.0.0.0", "255.255.255.255"),
        *("169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "224.0.0.1"),
        *("::", "::1", "fe80::1%eth0", "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:127.0.0.1"),
    ],
)
def test_what_a_machine_or_its_cloud_keeps_to_itself_is_not_public(address):
    assert not is_public(address)
    with pytest.raises(Refused, match="not on the public Internet"):
        webhook_addresses.check("https://tools.example/", means(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111"])
def test_the_public_internet_is(address):
    assert is_public(address)
    webhook_addresses.check("https://tools.example/", means(address))


def test_a_name_that_means_a_public_and_a_private_address_is_refused():
    with pytest.raises(Refused):
        webhook_addresses.check("https://tools.example/", means("1.1.1.1", "10.0.0.1"))


@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]"])
def test_other_spellings_of_this_machine_are_seen_through(host):
    with pytest.raises(Refused):
        webhook_addresses.check(f"https://{host}/", Reach())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://tools.example/", "https"),
        ("ftp://tools.example/", "https"),
        ("tools.example/told", "https"),
        ("https:///told", "no host"),
        ("https://tools.example:0/", "no host"),
        ("https://tools.example:99999/", "not an address"),
        ("https://[fe80::1%25eth0]/", "no host"),
        ("https://ada:sesame@tools.example/", "name or password"),
        ("https://@tools.example/", "name or password"),
        ("https://tools.example/a b", "spaces"),
        ("https://tools.example/\r\nHost: other", "spaces"),
        ("https://bücher.example/", "accents"),
        ("https://tools.example/" + "a" * 500, "500 characters"),
        ("", "characters"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_in_words(url, said):
    with pytest.raises(Refused, match=said):
        webhook_addresses.check(url, means("1.1.1.1"))


def test_a_name_that_there_is_not_is_refused():
    with pytest.raises(Refused, match="There is no host"):
        webhook_addresses.check("https://tools.example/", means())


def test_private_addresses_are_allowed_where_the_installation_says_so():
    webhook_addresses.check("http://127.0.0.1:8080/", Reach(private=True))


def test_an_address_is_taken_apart():
    place = place_of("https://tools.example:8443/a/b?c=d#e", Reach())
    assert (place.encrypted, place.host, place.port) == (True, "tools.example", 8443)
    assert place.target == "/a/b?c=d"
    assert place_of("https://tools.example", Reach()).target == "/"
    assert looked_up("127.0.0.1", 80) == ("127.0.0.1",)
