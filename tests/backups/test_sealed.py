"""A sealed file opens with its key, whole and as it was; else not at all."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.backups.sealed import CHUNK, MARK, TAG_BYTES, Unreadable, key_of, key_text, seal, unseal
from survey.operations.errors import Refused

KEY, SALT = bytes(range(32)), bytes(range(32, 64))
HEAD = len(MARK) + 32 + 16
SEALED_CHUNK = CHUNK + TAG_BYTES
THREE_CHUNKS = b"".join(seal([bytes(5 * CHUNK // 2)], KEY, SALT))


def opened(content, key=KEY):
    return b"".join(unseal(BytesIO(content), key))


@given(
    st.lists(st.binary(max_size=100) | st.sampled_from([CHUNK - 1, CHUNK, 2 * CHUNK]).map(bytes))
)
def test_what_is_sealed_in_parts_opens_as_it_was(parts):
    assert opened(b"".join(seal(parts, KEY, SALT))) == b"".join(parts)


@given(st.integers(HEAD, len(THREE_CHUNKS) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place, change):
    changed = bytearray(THREE_CHUNKS)
    changed[place] ^= change
    with pytest.raises(Unreadable, match="cut off or changed"):
        opened(bytes(changed))


@given(st.integers(HEAD, len(THREE_CHUNKS) - 1))
def test_a_cut_file_is_noticed(length):
    with pytest.raises(Unreadable, match="cut off or changed"):
        opened(THREE_CHUNKS[:length])


def test_a_file_cut_between_chunks_is_noticed():
    for chunks in (1, 2):
        with pytest.raises(Unreadable, match="cut off or changed"):
            opened(THREE_CHUNKS[: HEAD + chunks * SEALED_CHUNK])


def test_chunks_in_another_order_are_noticed():
    first, second = (THREE_CHUNKS[HEAD + n * SEALED_CHUNK :][:SEALED_CHUNK] for n in (0, 1))
    rest = THREE_CHUNKS[HEAD + 2 * SEALED_CHUNK :]
    with pytest.raises(Unreadable, match="cut off or changed"):
        opened(THREE_CHUNKS[:HEAD] + second + first + rest)


def test_something_after_the_end_is_noticed():
    with pytest.raises(Unreadable, match="cut off or changed"):
        opened(THREE_CHUNKS + b"more")


def test_another_key_is_told_from_a_damaged_file():
    with pytest.raises(Unreadable, match="key does not fit"):
        opened(THREE_CHUNKS, bytes(32))


@pytest.mark.parametrize("content", [b"", b"hello", MARK, b"x" * 1000])
def test_a_file_that_is_no_backup_is_told(content):
    with pytest.raises(Unreadable, match="no backup"):
        opened(content)


def test_two_files_of_the_same_have_no_chunk_in_common():
    other = b"".join(seal([bytes(5 * CHUNK // 2)], KEY, bytes(32)))
    assert other[HEAD : HEAD + 100] != THREE_CHUNKS[HEAD : HEAD + 100]


@given(st.binary(min_size=32, max_size=32))
def test_a_key_is_read_as_it_was_written(key):
    assert key_of(key_text(key)) == key


@pytest.mark.parametrize("text", ["", "short", "é" * 43, "A" * 42, "A" * 44, "A" * 42 + "B"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(Refused, match="not a key"):
        key_of(text)
