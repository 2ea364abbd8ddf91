"""The form of a gift as people fill it in wrongly: each fault is told at its field, all of them at once."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from chungtay.contributions import where
from chungtay.contributions.forms import GiftForm, initial_of
from chungtay.contributions.models import Contribution
from chungtay.ledger import actions as ledger
from tests.contributions.doing import MILLION, confirmed, dollars, foundation, giver, recorded
from tests.make import TODAY, Province
from tests.parties.cast import at, text_of

DOLLARS = {"value": "", "currency": "USD", "amount": "100", "rate": "23.000", "rate_source": "NHNN"}


def form(province: Province, seat: str = "commune", **more: Any) -> GiftForm:
    """A gift of a company to the commune Thổ Sơn as typed there, without fault but for `more`."""
    typed = {
        "nature": "money", "purpose": "Quà Tết", "value": "5.000.000", "method": "counted", "evidence": "PT 12",
        "to": "place", "day": "20/05/2019", "received_on": "20/05/2019",
        "place": str(province.places["kg-30847"].pk), **more,
    }  # fmt: skip
    return GiftForm(typed, seat=province.seats[seat], on=TODAY, givers=[giver(province)], unnamed=False)


def sent(province: Province, **more: Any) -> Any:
    """The same through the page; what comes back."""
    who = giver(province)
    typed = {**form(province, **more).data}
    return at(province.seats["commune"]).send(f"/dong-gop/moi/ghi/?nguoi={who.pk}", typed)


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"quantity": "0", "unit": "kg"}, "quantity", "phải lớn hơn 0"),
        ({"quantity": "0,001", "unit": "kg"}, "quantity", "nhiều nhất 2 chữ số sau dấu phẩy"),
        ({"quantity": "1000000000000", "unit": "kg"}, "quantity", "quá lớn"),
        ({**DOLLARS, "amount": "0,001"}, "amount", "nhiều nhất 2 chữ số sau dấu phẩy"),
        ({**DOLLARS, "amount": "0"}, "amount", "phải lớn hơn 0"),
        ({**DOLLARS, "amount": "999999999999", "rate": "9999999999"}, "amount", "quá lớn"),
        ({**DOLLARS, "amount": "999999999999", "rate": "999999999999"}, "rate", "quá lớn"),
        ({**DOLLARS, "currency": "ZZZ"}, "currency", "ngoại tệ đang lưu hành"),
        ({**DOLLARS, "currency": "VND"}, "currency", "ngoại tệ đang lưu hành"),
        ({**DOLLARS, "value": "5.000.000"}, "value", "Ghi một cách: đồng, hoặc ngoại tệ."),
    ],
)
def test_a_figure_that_cannot_be_kept_is_refused_at_its_field(
    province: Province, more: dict[str, str], field: str, said: str
) -> None:
    answer = sent(province, **more)
    assert answer.status_code == 422
    told = answer.context["form"].errors
    assert list(told) == [field]
    assert said in told[field][0]
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ({"quantity": "0,01", "unit": "kg"}, ("VND", Decimal("0.01"), None, 5 * MILLION)),
        ({**DOLLARS, "amount": "0,01", "currency": "usd"}, ("USD", None, Decimal("0.01"), 230)),
        ({**DOLLARS, "amount": "1000000000", "rate": "1000000"}, ("USD", None, Decimal(10**9), 10**15)),
    ],
)
def test_the_smallest_and_the_largest_figures_are_kept_as_they_are(
    province: Province, more: dict[str, str], kept: tuple[Any, ...]
) -> None:
    assert sent(province, **more).status_code == 302
    gift = Contribution.objects.get()
    assert (gift.currency, gift.quantity, gift.amount, gift.value) == kept


def test_everything_wrong_with_a_gift_is_told_at_once(province: Province) -> None:
    """What cannot be read, and beside it what the act would refuse of all that can."""
    wrong = form(
        province, value="-5", currency="us", amount="-7", rate="abc", rate_source="", quantity="3", day="21/10/2020",
        received_on="01/01/2030", evidence="", method="invoice",
    )  # fmt: skip
    assert set(wrong.errors) == {
        "value", "currency", "amount", "rate", "rate_source", "quantity", "day", "received_on", "evidence", "method",
    }  # fmt: skip
    assert "tương lai" in wrong.errors["day"][0]
    assert "tương lai" in wrong.errors["received_on"][0]
    assert all(len(told) == 1 for told in wrong.errors.values()), "one sentence for each fault"


def test_whom_the_desk_may_not_write_of_and_a_known_transfer_are_told_beside_a_wrong_sum(province: Province) -> None:
    recorded(province, bank_reference="FT1")
    drive = ledger.open_fund(
        owner=province.bodies["commune"], kind="poor", name="Quỹ", by=province.seats["commune"], on=TODAY
    )
    elsewhere = form(
        province, "district", value="x", bank_reference="ft 1", place=str(province.places["kg-30850"].pk), to="fund",
        fund=str(drive.pk),
    )  # fmt: skip
    assert set(elsewhere.errors) == {"value", "bank_reference", "fund"}
    assert "không ở địa bàn đã chọn" in elsewhere.errors["fund"][0]


def test_a_gift_that_is_corrected_is_not_told_that_its_own_transfer_is_known(province: Province) -> None:
    gift = confirmed(province, bank_reference="FT1")
    answer = at(province.seats["commune"]).send(
        f"/dong-gop/{gift.pk}/dinh-chinh/",
        {**form(province, value="x", bank_reference="FT1").data, "reason": "Nhầm", "version": str(gift.version)},
    )
    assert set(answer.context["form"].errors) == {"value"}


def test_a_gift_in_dollars_is_written_anew_without_its_worth_in_dong(province: Province) -> None:
    gift = confirmed(province, foundation(province), foreign=dollars(), value=0)
    initial = initial_of(gift, named=True)
    assert (initial["value"], initial["currency"], initial["amount"]) == (None, "USD", Decimal(5000))


# --- places of one name ---


def test_places_of_one_name_are_told_apart_by_their_district(province: Province) -> None:
    twin = province.place("kg-30900", "xa", "Thổ Sơn", "commune", province.places["kg-908"])
    offered = dict(where.groups(province.seats["unit"], TODAY, where.below(province.seats["unit"], TODAY)))
    names = [name for rows in offered.values() for _, name in rows]
    assert len(names) == len(set(names))
    district = province.places["kg-908"].name_on(TODAY)
    assert (twin.pk, f"Xã Thổ Sơn, {district}") in offered[district]
    page = at(province.seats["unit"]).get(f"/dong-gop/moi/ghi/?nguoi={province.bodies['unit'].pk}").content.decode()
    assert f'<optgroup label="{district}">' in page
    listing = at(province.seats["board"]).get("/dong-gop/").content.decode()
    assert f'<optgroup label="{district}">' in listing
    assert f"Xã Thổ Sơn, {district}</option>" in listing


def test_a_desk_of_one_place_has_it_chosen_and_no_filter_of_places(province: Province) -> None:
    (group,) = where.groups(province.seats["commune"], TODAY)
    assert [name for _, name in group[1]] == ["Xã Thổ Sơn"]
    assert 'id="dia-ban"' not in at(province.seats["commune"]).get("/dong-gop/").content.decode()


def test_the_list_is_still_narrowed_by_a_place_of_its_group(province: Province) -> None:
    confirmed(province, purpose="Ở Thổ Sơn")
    recorded(province, commune="kg-30850", seat="commune_b", purpose="Ở Sơn Kiên")
    page = text_of(at(province.seats["board"]).get(f"/dong-gop/?dia-ban={province.places['kg-30850'].pk}"))
    assert ("Ở Sơn Kiên" in page, "Ở Thổ Sơn" in page) == (True, False)


@pytest.mark.parametrize(("seat", "offered"), [("commune", True), ("front", True), ("unit", False), ("board", False)])
def test_a_spreadsheet_is_offered_only_where_one_is_taken(province: Province, seat: str, offered: bool) -> None:
    browser = at(province.seats[seat])
    page = browser.get("/dong-gop/").content.decode()
    address = reverse("sheets:send", args=["dong-gop"])
    assert (f'href="{address}"' in page) is offered
    assert browser.get(address).status_code == (200 if offered else 404)
