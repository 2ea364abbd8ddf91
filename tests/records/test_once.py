"""A form acts once (design D5), and the second of two editors is told (design D6)."""

import pytest

from chungtay.law.refusals import Conflict
from chungtay.parties.models import Party
from chungtay.records import versions
from chungtay.records.models import FormKey
from tests.make import Province, post_form

URL = "/ban-lam-viec/thong-bao/da-xem/"


def test_a_form_without_a_key_is_refused(province: Province) -> None:
    assert province.client("commune").post(URL).status_code == 422


def test_the_same_form_twice_gives_the_same_answer(province: Province) -> None:
    client = province.client("commune")
    body = {"_key": "a" * 24}
    assert [client.post(URL, body).headers["Location"] for _ in range(2)] == ["/ban-lam-viec/thong-bao/"] * 2
    assert FormKey.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(province: Province) -> None:
    client = province.client("commune")
    assert client.post(URL, {"_key": "a" * 24}).status_code == 302
    assert client.post(URL, {"_key": "a" * 24, "more": "x"}).status_code == 422


def test_somebody_elses_key_is_refused(province: Province) -> None:
    assert province.client("commune").post(URL, {"_key": "a" * 24}).status_code == 302
    assert province.client("unit").post(URL, {"_key": "a" * 24}).status_code == 422


def test_a_form_that_was_not_accepted_leaves_its_key_free(province: Province) -> None:
    client = province.client("commune")
    dossier = province.draft()
    assert post_form(client, f"/ho-so/{dossier.key}/nop/", {"_key": "a" * 24}).status_code == 422
    assert FormKey.objects.count() == 0


def test_of_two_editors_the_second_is_told(province: Province) -> None:
    first = province.household()
    second = Party.objects.get(pk=first.pk)
    versions.guarded_update(first, hamlet="Ấp Một")
    with pytest.raises(Conflict):
        versions.guarded_update(second, hamlet="Ấp Hai")
    assert Party.objects.get(pk=first.pk).hamlet == "Ấp Một"


def test_without_the_version_the_second_editor_would_win_silently(province: Province) -> None:
    """The control: a plain update loses the first editor's words."""
    first = province.household()
    Party.objects.filter(pk=first.pk).update(hamlet="Ấp Một")
    Party.objects.filter(pk=first.pk).update(hamlet="Ấp Hai")
    assert Party.objects.get(pk=first.pk).hamlet == "Ấp Hai"
