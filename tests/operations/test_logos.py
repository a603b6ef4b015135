"""The logo of an organisation: whatever is handed in, a picture of our own making is kept."""

import io
import zlib

import pytest
from PIL import Image

from survey.operations import logos
from survey.operations.errors import Refused
from tests import make_stored as make


@pytest.fixture
def anytown(session):
    return make.organisation(session)


def picture(size=(40, 20), format_="PNG", **more):
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, format_, **more)
    return written.getvalue()


def kept(session, anytown, file):
    logos.set_logo(session, anytown, file, now=make.NOON)
    return logos.logo_of(session, anytown)


@pytest.mark.parametrize("format_", ["PNG", "JPEG"])
def test_a_picture_becomes_the_logo(session, anytown, format_):
    assert logos.logo_of(session, anytown) is None
    with Image.open(io.BytesIO(kept(session, anytown, picture(format_=format_)))) as logo:
        assert (logo.format, logo.size) == ("PNG", (40, 20))


def test_nothing_but_the_picture_is_kept(session, anytown):
    exif = Image.Exif()
    exif[0x013B] = "Photographed by Ada"
    file = picture(format_="JPEG", exif=exif)
    assert b"Ada" in file
    assert b"Ada" not in kept(session, anytown, file)


def test_a_large_picture_is_made_to_fit(session, anytown):
    with Image.open(io.BytesIO(kept(session, anytown, picture((3000, 600))))) as logo:
        assert logo.size == (1200, 240)


def bomb():
    """A small file that holds a giant picture."""
    header = (60_000).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    chunk = b"IHDR" + header
    start = b"\x89PNG\r\n\x1a\n" + len(header).to_bytes(4) + chunk
    return start + zlib.crc32(chunk).to_bytes(4) + picture()[33:]


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        picture()[:60],
        bomb(),
        picture(format_="GIF"),
        b"x" * (logos.LARGEST + 1),
    ],
    ids=["empty", "cut", "svg", "half", "bomb", "gif", "long"],
)
def test_what_is_no_picture_of_ours_is_refused(session, anytown, file):
    with pytest.raises(Refused):
        logos.set_logo(session, anytown, file, now=make.NOON)
    assert logos.logo_of(session, anytown) is None


def test_another_takes_its_place_and_none_can_be_had(session, anytown):
    first = kept(session, anytown, picture())
    assert kept(session, anytown, picture((30, 30))) != first
    logos.remove_logo(session, anytown)
    logos.remove_logo(session, anytown)
    assert logos.logo_of(session, anytown) is None
