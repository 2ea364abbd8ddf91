"""Correcting a party: the journal keeps the old text, and of two editors none loses what was typed."""

from chungtay.parties.forms import facts_of
from chungtay.parties.models import Party
from chungtay.records import journal
from chungtay.records.models import Reading
from tests.parties.cast import Cast, at, text_of


def typed(party: Party, **changes: str) -> dict[str, str]:
    """The form of `party` as a browser sends it, with `changes`."""
    facts = {name: "" if value in (None, False) else str(value) for name, value in facts_of(party).items()}
    facts.pop("is_leader")
    return {**facts, "version": str(party.version), **changes}


def test_a_correction_is_written_with_its_old_text_in_the_journal(cast: Cast) -> None:
    party = cast.household("Danh Thị Mỹ")
    answer = at(cast.an).send(f"/doi-tuong/{party.pk}/sua/", typed(party, name="Danh Thị Mỹ Lệ", hamlet="Ấp Hòa Thuận"))
    assert answer.status_code == 302
    party.refresh_from_db()
    assert (party.name, party.name_folded, party.hamlet, party.version) == (
        "Danh Thị Mỹ Lệ", "danh thi my le", "Ấp Hòa Thuận", 2,
    )  # fmt: skip
    (entry,) = journal.of(party)
    values = {value.name: value.value for value in entry.values.all()}
    assert (values["name (cũ)"], values["name"]) == ("Danh Thị Mỹ", "Danh Thị Mỹ Lệ")


def test_of_two_editors_the_second_sees_both_texts_and_loses_nothing(cast: Cast) -> None:
    party = cast.household("Danh Thị Mỹ")
    seen_by_both = typed(party)
    at(cast.an).send(f"/doi-tuong/{party.pk}/sua/", {**seen_by_both, "hamlet": "Ấp của An"})
    browser = at(cast.dung)
    mine = {**seen_by_both, "hamlet": "Ấp của Dung", "address": "Số 1, kênh Ba Thê"}
    answer = browser.send(f"/doi-tuong/{party.pk}/sua/", mine)
    page = text_of(answer)
    assert answer.status_code == 409
    for part in ("Ấp của Dung", "Ấp của An", "Số 1, kênh Ba Thê", 'name="version" value="2"'):
        assert part in page
    party.refresh_from_db()
    assert (party.hamlet, party.address) == ("Ấp của An", "")
    assert browser.send(f"/doi-tuong/{party.pk}/sua/", {**mine, "version": "2"}).status_code == 302
    party.refresh_from_db()
    assert (party.hamlet, party.address, party.version) == ("Ấp của Dung", "Số 1, kênh Ba Thê", 3)


def test_a_form_without_a_version_overwrites_nothing(cast: Cast) -> None:
    party = cast.household()
    for version in ("", "rác", "-1", "99999999999999999999"):
        answer = at(cast.an).send(f"/doi-tuong/{party.pk}/sua/", typed(party, hamlet="Ấp X", version=version))
        assert answer.status_code == 409
    party.refresh_from_db()
    assert party.version == 1


def test_a_wrong_correction_says_why_and_keeps_what_was_typed(cast: Cast) -> None:
    party = cast.household()
    answer = at(cast.an).send(f"/doi-tuong/{party.pk}/sua/", typed(party, birth_year="2050", address="Giữ chữ này"))
    assert answer.status_code == 422
    assert "2050 ở tương lai" in text_of(answer)
    assert "Giữ chữ này" in text_of(answer)


def test_a_unit_does_not_manage_itself(cast: Cast) -> None:
    body = cast.an.desk.body
    answer = at(cast.an).send(f"/doi-tuong/{body.pk}/sua/", typed(body, managing_unit=str(body.pk)))
    assert "không tự quản lý chính mình" in text_of(answer)


def test_another_commune_finds_no_such_party(cast: Cast) -> None:
    party = cast.household()
    assert at(cast.binh).get(f"/doi-tuong/{party.pk}/sua/").status_code == 404
    assert at(cast.binh).send(f"/doi-tuong/{party.pk}/sua/", typed(party)).status_code == 404
    assert at(cast.quan).get(f"/doi-tuong/{party.pk}/").status_code == 404


def test_reading_a_personal_page_leaves_a_trace_and_reading_an_office_does_not(cast: Cast) -> None:
    browser, household = at(cast.dung), cast.household()
    browser.get(f"/doi-tuong/{cast.an.desk.body_id}/")
    assert not Reading.objects.exists()
    browser.get(f"/doi-tuong/{household.pk}/")
    browser.get(f"/doi-tuong/{household.pk}/sua/")
    traces = Reading.objects.order_by("id").values_list("noun_key", "reader_key", "desk")
    assert list(traces) == [(str(household.pk), str(cast.dung.user_id), cast.dung.desk.name)] * 2


def test_the_whole_id_number_is_for_desks_that_need_it(cast: Cast) -> None:
    household = cast.household(id_number="123456789", ethnicity="Khmer")
    address = f"/doi-tuong/{household.pk}/"
    whole = text_of(at(cast.an).get(address))
    assert "123456789" in whole
    assert "Khmer" in whole
    hidden = text_of(cast.province.client("office").get(address))
    assert "123456789" not in hidden
    assert "•••••789" in hidden
    assert "Khmer" not in hidden


def test_the_page_tells_who_did_what(cast: Cast) -> None:
    party = cast.household()
    at(cast.an).send(f"/doi-tuong/{party.pk}/sua/", typed(party, hamlet="Ấp Hòa Thuận"))
    page = text_of(at(cast.an).get(f"/doi-tuong/{party.pk}/"))
    assert "Sửa thông tin" in page
    assert cast.an.user.full_name in page
