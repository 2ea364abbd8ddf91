import stat
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.documents import sealing

KEY = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"  # RFC 8032, test 1
TOKEN = "AAAAAAAAAAAAAAAAAAAAAA"
HASH = sealing.name_hash(TOKEN, "Nguyễn Thị Ẩn")
VALUES = (TOKEN, "05/QĐ-UBND", date(2018, 2, 5), "Bằng khen", HASH)


def test_the_public_key_is_the_one_of_rfc_8032() -> None:
    assert sealing.Sealer(KEY).public_key_hex == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


def test_the_signed_bytes_are_the_six_lines_of_the_definition() -> None:
    assert sealing.canonical(*VALUES) == (
        f"chungtay-certificate-v1\n{TOKEN}\n05/QĐ-UBND\n2018-02-05\nBằng khen\n{HASH}\n".encode()
    )


def test_a_seal_verifies_with_the_public_key_alone() -> None:
    sealer = sealing.Sealer(KEY)
    signature = sealer.seal(*VALUES)
    assert len(signature) == 86
    assert sealer.seal(*VALUES) == signature
    assert sealing.Verifier.from_hex(sealer.public_key_hex).verify(*VALUES, signature)


@pytest.mark.parametrize(
    ("place", "other"),
    [
        (0, "AAAAAAAAAAAAAAAAAAAAAB"),
        (1, "06/QĐ-UBND"),
        (2, date(2018, 2, 6)),
        (3, "Giấy khen"),
        (4, sealing.name_hash(TOKEN, "Nguyễn Thị An")),
    ],
)
def test_a_seal_does_not_verify_for_any_other_value(place: int, other: object) -> None:
    sealer = sealing.Sealer(KEY)
    signature = sealer.seal(*VALUES)
    changed: list[Any] = [*VALUES]
    changed[place] = other
    token, number, day, title, hashed_name = changed
    assert not sealer.verify(token, number, day, title, hashed_name, signature)


def test_another_key_does_not_verify() -> None:
    signature = sealing.Sealer(KEY).seal(*VALUES)
    assert not sealing.Sealer(sealing.new_key()).verify(*VALUES, signature)


@given(st.text(max_size=120))
def test_no_other_text_verifies_and_none_raises(text: str) -> None:
    sealer = sealing.Sealer(KEY)
    assert sealer.verify(*VALUES, text) == (text == sealer.seal(*VALUES))


def test_one_signature_has_one_spelling() -> None:
    sealer = sealing.Sealer(KEY)
    signature = sealer.seal(*VALUES)
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = signature[:-1] + last[last.index(signature[-1]) ^ 1]
    for other in (signature + "==", signature + "\n", f" {signature}", twin, signature.replace("_", "/")):
        assert sealer.verify(*VALUES, other) == (other == signature)


def test_spaces_and_decomposed_letters_do_not_change_what_is_signed() -> None:
    assert sealing.name_hash(TOKEN, " Nguyễn  Thị Ẩn ") == HASH
    assert sealing.name_hash("B" * 22, "Nguyễn Thị Ẩn") != HASH


def test_tokens_are_128_random_bits() -> None:
    tokens = {sealing.new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {22}


def test_the_address_joins_base_token_and_signature() -> None:
    assert sealing.address("https://example.vn/x/", "T", "S") == "https://example.vn/x/T/S"


@pytest.mark.parametrize("key", ["", "00", "z" * 64, KEY + "00", KEY[:-1], f"{KEY[:-2]}  "])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="64 hex digits"):
        sealing.Sealer(key)


def test_the_key_file_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "seal.key"
    key = sealing.load_or_make_key(path)
    assert sealing.load_or_make_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    sealing.Sealer(key)


def test_a_key_file_that_others_may_read_or_that_is_damaged_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "seal.key"
    sealing.load_or_make_key(path)
    path.chmod(0o640)
    with pytest.raises(PermissionError):
        sealing.load_or_make_key(path)
    path.chmod(0o600)
    path.write_text("half a ke")
    with pytest.raises(ValueError, match="64 hex digits"):
        sealing.load_or_make_key(path)
    assert path.read_text() == "half a ke"


def test_starters_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    keys: list[str] = []
    gate = threading.Barrier(8)

    def start() -> None:
        gate.wait()
        keys.append(sealing.load_or_make_key(tmp_path / "seal.key"))

    starters = [threading.Thread(target=start) for _ in range(8)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
