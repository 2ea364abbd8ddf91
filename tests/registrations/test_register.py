"""Registering: who may take up what, for when (KH II.2, V.1.1)."""

from datetime import date

import pytest

from chungtay.law.refusals import Refused
from chungtay.movements.models import Movement
from chungtay.parties.kinds import PartyKind
from chungtay.records import journal
from chungtay.registrations import actions
from chungtay.registrations.actions import Wish
from chungtay.registrations.models import Registration
from tests.parties.cast import DAY, Cast, at, make_party, text_of

POOR = Registration.HouseholdClass.POOR.value


def wish(movement: Movement, content: str = "a", year: int = 2020, **more: str) -> Wish:
    return Wish(movement, content, year, **{"household_class": POOR, **more})


def fields_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return sorted(reason.field for reason in refused.value.reasons)


@pytest.mark.clause("KH II.2.a", "KH V.1.1")
def test_a_commune_registers_a_poor_household_for_content_a(cast: Cast, movement: Movement) -> None:
    household = cast.household()
    made = actions.register(household, wish(movement, pledge="  Nuôi bò  "), by=cast.an, on=DAY)
    assert (made.content, made.year, made.household_class, made.pledge) == ("a", 2020, POOR, "Nuôi bò")
    assert (made.registered_on, made.area_path) == (DAY, household.area_path)


def test_registering_is_in_the_journal_with_the_name_beside_the_chain(cast: Cast, movement: Movement) -> None:
    made = actions.register(cast.household(), wish(movement), by=cast.an, on=DAY)
    (entry,) = journal.of(made)
    assert (entry.act, entry.actor, entry.body["year"]) == ("register", cast.an.user.full_name, 2020)
    assert {value.name: value.value for value in entry.values.all()}["party"] == "Danh Thị Mỹ"
    assert "Danh Thị Mỹ" not in str(entry.body)


@pytest.mark.clause("KH II.2")
@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (PartyKind.HOUSEHOLD, "b"),
        (PartyKind.COMMUNITY, "a"),
        (PartyKind.PERSON, "c"),
        (PartyKind.PEOPLE_COMMITTEE_COMMUNE, "dd"),
        (PartyKind.POVERTY_OFFICIAL, "e"),
    ],
)
def test_a_kind_may_not_take_up_a_content_of_others(
    cast: Cast, movement: Movement, kind: PartyKind, content: str
) -> None:
    party = make_party(kind, "Thử", cast.commune_a)
    with pytest.raises(Refused) as refused:
        actions.register(party, wish(movement, content), by=cast.an, on=DAY)
    assert fields_of(refused) == ["content"]
    assert refused.value.reasons[0].clause.startswith("KH II.2.")


@pytest.mark.clause("KH II.2")
@pytest.mark.parametrize("kind", list(PartyKind))
def test_every_kind_may_take_up_each_content_that_the_plan_names_it_for(
    cast: Cast, movement: Movement, kind: PartyKind
) -> None:
    party = make_party(kind, "Thử", cast.commune_a)
    for content in movement.plan_on(DAY).plan.contents_for(kind):
        assert actions.register(party, wish(movement, content.id), by=cast.an, on=DAY).content == content.id


@pytest.mark.clause("KH I.2.a")
@pytest.mark.parametrize("year", [2016, 2020, Registration.WHOLE_PHASE])
def test_the_first_and_the_last_year_and_the_whole_phase_are_open(cast: Cast, movement: Movement, year: int) -> None:
    assert actions.register(cast.household(), wish(movement, year=year), by=cast.an, on=DAY).year == year


@pytest.mark.clause("KH I.2.a")
@pytest.mark.parametrize("year", [2015, 2021])
def test_the_year_before_the_first_and_after_the_last_are_not(cast: Cast, movement: Movement, year: int) -> None:
    with pytest.raises(Refused, match=f"Năm {year} ở ngoài giai đoạn 2016-2020") as refused:
        actions.register(cast.household(), wish(movement, year=year), by=cast.an, on=DAY)
    assert fields_of(refused) == ["year"]


@pytest.mark.clause("KH I.2.a")
@pytest.mark.parametrize("on", [date(2016, 1, 1), date(2020, 12, 31)])
def test_registering_is_open_on_the_first_and_the_last_day(cast: Cast, movement: Movement, on: date) -> None:
    assert actions.register(cast.household(), wish(movement), by=cast.an, on=on).registered_on == on


@pytest.mark.clause("KH I.2.a")
@pytest.mark.parametrize("on", [date(2015, 12, 31), date(2021, 1, 1)])
def test_registering_is_closed_the_day_before_and_the_day_after(cast: Cast, movement: Movement, on: date) -> None:
    with pytest.raises(Refused, match=r"từ 01/01/2016 đến hết 31/12/2020"):
        actions.register(cast.household(), wish(movement), by=cast.an, on=on)


@pytest.mark.clause("KH II.2.a")
def test_a_household_says_its_class_for_content_a_and_need_not_for_charity(cast: Cast, movement: Movement) -> None:
    household = cast.household()
    with pytest.raises(Refused) as refused:
        actions.register(household, wish(movement, household_class=""), by=cast.an, on=DAY)
    assert fields_of(refused) == ["household_class"]
    assert actions.register(household, wish(movement, "e", household_class=""), by=cast.an, on=DAY).pk


def test_all_that_is_wrong_is_said_at_once(cast: Cast, movement: Movement) -> None:
    foreign = cast.household("Hộ xã khác", cast.commune_b)
    with pytest.raises(Refused) as refused:
        actions.register(foreign, wish(movement, "c", 2015), by=cast.an, on=date(2021, 1, 1))
    said = str(refused.value)
    for part in ("không thuộc địa bàn", "không thuộc đối tượng của nội dung c", "Năm 2015", "31/12/2020"):
        assert part in said
    assert not Registration.objects.exists()


@pytest.mark.clause("KH II.2")
def test_the_same_content_for_the_same_year_is_registered_once(cast: Cast, movement: Movement) -> None:
    household = cast.household()
    actions.register(household, wish(movement), by=cast.an, on=DAY)
    with pytest.raises(Refused, match="Đã đăng ký nội dung này cho năm 2020 từ ngày 20/10/2020"):
        actions.register(household, wish(movement), by=cast.an, on=DAY)
    assert actions.register(household, wish(movement, year=2019), by=cast.an, on=DAY).year == 2019


@pytest.mark.clause("KH IV.1.2.a")
def test_the_own_wish_of_a_household_is_a_registration_of_its_own_kind(cast: Cast, movement: Movement) -> None:
    household = cast.household()
    actions.register(household, wish(movement), by=cast.an, on=DAY)
    made = actions.register(household, wish(movement, kind="leave_poverty"), by=cast.an, on=DAY)
    assert made.get_kind_display() == "Tự nguyện đăng ký thoát nghèo"


@pytest.mark.clause("KH IV.1.2.a")
@pytest.mark.parametrize(
    ("household_class", "is_open"), [("poor", True), ("near_poor", True), ("newly_escaped", False)]
)
def test_only_a_household_that_is_still_poor_wishes_to_leave_poverty(
    cast: Cast, movement: Movement, household_class: str, is_open: bool
) -> None:
    asked = wish(movement, kind="leave_poverty", household_class=household_class)
    if is_open:
        assert actions.register(cast.household(), asked, by=cast.an, on=DAY).household_class == household_class
    else:
        with pytest.raises(Refused, match="Hộ mới thoát nghèo"):
            actions.register(cast.household(), asked, by=cast.an, on=DAY)


def test_only_a_household_wishes_to_leave_poverty_and_only_under_content_a(cast: Cast, movement: Movement) -> None:
    person = make_party(PartyKind.PERSON, "Người", cast.commune_a)
    with pytest.raises(Refused, match="Chỉ hộ gia đình"):
        actions.register(person, wish(movement, "e", kind="leave_poverty"), by=cast.an, on=DAY)
    with pytest.raises(Refused, match="không có đăng ký thoát nghèo ở nội dung này"):
        actions.register(cast.household(), wish(movement, "e", kind="leave_poverty"), by=cast.an, on=DAY)


def test_a_desk_that_proposes_nobody_registers_nobody(cast: Cast, movement: Movement) -> None:
    with pytest.raises(Refused, match="không thuộc địa bàn hoặc đơn vị"):
        actions.register(cast.household(), wish(movement), by=cast.hoa, on=DAY)


def test_a_unit_registers_its_own_people_wherever_they_live(cast: Cast, movement: Movement) -> None:
    body = cast.lan.desk.body
    own = make_party(PartyKind.COLLECTIVE, "Phòng Tổng hợp", cast.commune_b, managing_unit=body)
    assert actions.register(own, wish(movement, "d"), by=cast.lan, on=DAY).household_class == ""
    assert actions.register(body, wish(movement, "d"), by=cast.lan, on=DAY).party == body
    with pytest.raises(Refused):
        actions.register(cast.household(), wish(movement), by=cast.lan, on=DAY)


def test_the_page_offers_only_what_the_plan_opens_to_the_kind(cast: Cast, movement: Movement) -> None:
    page = text_of(at(cast.an).get(f"/dang-ky/moi/{cast.household().pk}/"))
    assert "a) Hộ gia đình vượt khó vươn lên thoát nghèo" in page
    assert "e) Công tác từ thiện xã hội" in page
    assert "b) Phát huy vai trò cộng đồng" not in page


def test_a_wrong_form_says_everything_and_keeps_what_was_typed(cast: Cast, movement: Movement) -> None:
    address = f"/dang-ky/moi/{cast.household().pk}/"
    answer = at(cast.an).send(address, {"content": "b", "year": "2021", "pledge": "Giữ lời này"})
    assert answer.status_code == 422
    for part in ("Kế hoạch không mở nội dung này", "Năm này ở ngoài giai đoạn", "Giữ lời này"):
        assert part in text_of(answer)
    answer = at(cast.an).send(address, {"content": "a", "year": "2020", "pledge": "Giữ lời này"})
    assert "Cần ghi hộ thuộc diện nào" in text_of(answer)
    assert "Giữ lời này" in text_of(answer)
    assert not Registration.objects.exists()


def test_the_same_form_sent_twice_registers_once(cast: Cast, movement: Movement) -> None:
    browser, address = at(cast.an), f"/dang-ky/moi/{cast.household().pk}/"
    said = {"content": "a", "year": "2020", "household_class": "poor", "pledge": ""}
    first = browser.send(address, said, key="one-form-one-key-01")
    second = browser.send(address, said, key="one-form-one-key-01")
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Registration.objects.count() == 1


def test_a_commune_does_not_see_the_households_of_another(cast: Cast, movement: Movement) -> None:
    theirs = cast.household("Hộ xã Sơn Kiên", cast.commune_b)
    row = actions.register(theirs, wish(movement), by=cast.binh, on=DAY)
    an = at(cast.an)
    for address in (
        f"/dang-ky/moi/{theirs.pk}/",
        f"/dang-ky/thoat-ngheo/?ho={theirs.pk}",
        f"/dang-ky/{row.pk}/",
        f"/dang-ky/{row.pk}/in/",
        f"/dang-ky/cua/{theirs.pk}/",
        f"/doi-tuong/{theirs.pk}/",
    ):
        assert an.get(address).status_code == 404, address
        assert at(cast.binh).get(address).status_code in (200, 302), address
    assert an.send(f"/dang-ky/moi/{theirs.pk}/", {"content": "e", "year": "2020"}).status_code == 404
    assert an.send(f"/dang-ky/{row.pk}/rut/", {"reason": "vì", "version": "1"}).status_code == 404
    assert "Hộ xã Sơn Kiên" not in text_of(an.get("/dang-ky/"))
    assert "Hộ xã Sơn Kiên" not in text_of(an.get("/dang-ky/moi/?q=son kien"))


def test_the_list_is_narrowed_by_content_year_kind_and_name_without_accents(cast: Cast, movement: Movement) -> None:
    my, con = cast.household("Danh Thị Mỹ"), cast.household("Thạch Con")
    actions.register(my, wish(movement, year=2019), by=cast.an, on=DAY)
    actions.register(con, wish(movement, "e", 2020), by=cast.an, on=DAY)
    actions.register(con, wish(movement, kind="leave_poverty", year=0), by=cast.an, on=DAY)
    browser = at(cast.an)

    def names(query: str) -> tuple[bool, bool]:
        page = text_of(browser.get(f"/dang-ky/?{query}"))
        return "Danh Thị Mỹ" in page, "Thạch Con" in page

    assert names("") == (True, True)
    assert names("noi-dung=e") == (False, True)
    assert names("nam=2019") == (True, False)
    assert names("nam=0&loai=leave_poverty") == (False, True)
    assert names("q=thi my") == (True, False)
    assert names(f"doi-tuong={con.pk}") == (False, True)
    assert names("nam=rác&loai=rác&noi-dung=rác&trang=rác") == (True, True)


def test_the_pact_can_be_printed_with_names_to_sign(cast: Cast, movement: Movement) -> None:
    row = actions.register(cast.household(), wish(movement, pledge="Nuôi bò"), by=cast.an, on=DAY)
    page = text_of(at(cast.an).get(f"/dang-ky/{row.pk}/in/"))
    for part in ("Giao ước thi đua", "Danh Thị Mỹ", "Nuôi bò", "Hộ nghèo", "20/10/2020", "Xã Thổ Sơn"):
        assert part in page
