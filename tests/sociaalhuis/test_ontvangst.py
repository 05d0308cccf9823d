"""The receipt code and the token of the form."""

import uuid

import pytest

from sociaalhuis import ontvangst


def test_a_code_has_80_bits_of_which_60_are_only_kept_as_a_slow_hash():
    code = ontvangst.code_bij(uuid.uuid4())
    assert len(code) == 16 and set(code) <= set(ontvangst.ALFABET)
    bewaard = ontvangst.hash_van(code)
    assert bewaard.startswith("$argon2id$") and code not in bewaard
    assert len(code) * 5 - len(ontvangst.zoekdeel(code)) * 5 == 60


def test_codes_do_not_repeat_and_use_the_whole_alphabet():
    codes = [ontvangst.code_bij(uuid.uuid4()) for _ in range(2000)]
    assert len(set(codes)) == 2000
    assert set("".join(codes)) == set(ontvangst.ALFABET)


def test_another_secret_gives_another_code(settings):
    inzending = uuid.uuid4()
    eerst = ontvangst.code_bij(inzending)
    settings.SECRET_KEY = "een ander geheim"
    assert ontvangst.code_bij(inzending) != eerst


def test_only_the_whole_right_code_opens():
    code = ontvangst.code_bij(uuid.uuid4())
    bewaard = ontvangst.hash_van(code)
    assert ontvangst.klopt(code, bewaard)
    ander = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert not ontvangst.klopt(ander, bewaard)
    assert not ontvangst.klopt(code, "")


@pytest.mark.parametrize("getypt", ["abcd-efgh-jkmn-pqrs", " ABCD EFGH JKMN PQRS ", "ABCDEFGHJKMNPQRS"])
def test_a_code_may_be_typed_loosely(getypt):
    assert ontvangst.genormaliseerd(getypt) == "ABCDEFGHJKMNPQRS"


def test_look_alikes_are_read_as_digits():
    assert ontvangst.genormaliseerd("oil0-1111-2222-3333") == "0110111122223333"


@pytest.mark.parametrize("getypt", ["", "ABCD", "ABCD-EFGH-JKMN-PQR!", "U" * 16, "A" * 17, "١" * 16])
def test_what_cannot_be_a_code_is_nothing(getypt):
    assert ontvangst.genormaliseerd(getypt) == ""
