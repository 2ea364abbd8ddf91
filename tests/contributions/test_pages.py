"""Gifts as people at their desks write, confirm, correct and read them; what givers are given on paper."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.contributions import actions, alike, giver_views, givers, pages
from chungtay.contributions.fields import decimal_of, share_of
from chungtay.contributions.models import Contribution, CountingChoice, Project, Sameness, State, Threshold
from chungtay.ledger import actions as ledger
from chungtay.parties.kinds import PartyKind
from tests.contributions.doing import DAY, MILLION, confirmed, dollars, foundation, giver, honoured, recorded
from tests.documents import pdf_reader
from tests.households import make as homes
from tests.ledger.make import DAY as LEDGER_DAY
from tests.ledger.make import fund
from tests.make import TODAY, Province
from tests.parties.cast import at, text_of


def typed(**more: Any) -> dict[str, Any]:
    """A gift as a clerk types it."""
    return {
        "nature": "money", "purpose": "Quà Tết", "value": "5.000.000", "method": "counted", "evidence": "PT 12",
        "to": "place", "day": "20/05/2019", "received_on": "20/05/2019", **more,
    }  # fmt: skip


def record(province: Province, query: str, seat: str = "commune", **more: Any) -> Any:
    place = str(province.places["kg-30847"].pk)
    return at(province.seats[seat]).send(f"/dong-gop/moi/ghi/?{query}", typed(place=place, **more))


def pdf_text(data: bytes) -> str:
    """What a PDF says, without any blank: the reader knows none between pieces."""
    return "".join("".join(page.text for page in pdf_reader.pages(data)).split())


def says(text: str, *every: str) -> bool:
    return all("".join(one.split()) in text for one in every)


# --- writing down ---


def test_a_clerk_finds_the_giver_and_writes_the_gift_down(province: Province) -> None:
    who, browser = giver(province), at(province.seats["commune"])
    found = text_of(browser.get("/dong-gop/moi/?q=hai+san"))
    assert who.name in found
    answer = record(province, f"nguoi={who.pk}", quantity="20", unit="phần", hamlet="Ấp 1")
    gift = Contribution.objects.get()
    assert answer.headers["Location"] == f"/dong-gop/{gift.pk}/"
    assert (gift.value, gift.quantity, gift.unit, gift.hamlet) == (5 * MILLION, Decimal(20), "phần", "Ấp 1")
    assert gift.state == State.RECEIVED
    page = text_of(browser.get(answer.headers["Location"]))
    assert "bên nhận chưa xác nhận" in page
    assert "5.000.000 đồng" in page


def test_dollars_are_typed_with_their_rate_and_its_source(province: Province) -> None:
    who = foundation(province)
    more = {"currency": "usd", "amount": "5.000,50", "rate": "23.185", "rate_source": "NHNN", "value": ""}
    record(province, f"nguoi={who.pk}", seat="front", **more)
    assert Contribution.objects.get().value == 115_936_593
    answer = record(province, f"nguoi={who.pk}", seat="front", **{**more, "rate": ""})
    assert answer.status_code == 422
    assert "tỷ giá của ngày đó" in text_of(answer)


def test_several_givers_share_and_what_is_missing_is_said(province: Province) -> None:
    one, other = giver(province), giver(province, "Công ty Hai")
    query = f"nguoi={one.pk}&nguoi={other.pk}&khong-ten=1"
    shares = {f"share_{one.pk}": "1/2", f"share_{other.pk}": "33,5", "share_0": "6", "words": "Bà con chợ"}
    answer = record(province, query, **shares)
    assert answer.status_code == 422
    assert "còn thiếu 10,5%" in text_of(answer)
    assert 'value="33,5"' in answer.content.decode(), "what was typed is still there"
    record(province, query, **{**shares, "share_0": "16,5"})
    gift = Contribution.objects.get()
    assert [share.amount for share in gift.shares.all()] == [2_500_000, 1_675_000, 825_000]
    assert gift.shares.get(ordinal=3).words == "Bà con chợ"
    page = text_of(at(province.seats["commune"]).get(f"/dong-gop/{gift.pk}/"))
    for part in ("50%", "33,5%", "16,5%"):
        assert part in page


def test_a_household_is_found_by_its_code_or_by_the_heads_name(province: Province) -> None:
    home, namesake = homes.household(province, "Danh Sol", hamlet="Ấp 1"), homes.household(province, "Danh Sol")
    who = giver(province)
    for said, told in (("danh sol", "Có nhiều hộ"), ("", "Cần ghi mã hộ"), ("Lý Thông", "Không có hộ nào")):
        answer = record(province, f"nguoi={who.pk}", to="household", household=said)
        assert answer.status_code == 422
        assert told in text_of(answer)
    record(province, f"nguoi={who.pk}", to="household", household=home.code)
    assert Contribution.objects.get().household == home
    assert namesake.code in text_of(record(province, f"nguoi={who.pk}", to="household", household="danh sol"))


def test_a_project_is_opened_in_the_same_step_or_not_at_all(province: Province) -> None:
    who = giver(province)
    record(province, f"nguoi={who.pk}", to="project", project_name="Cầu kênh 5", evidence="")
    assert not Project.objects.exists()
    answer = record(province, f"nguoi={who.pk}", to="project")
    assert "ghi tên công trình mới" in text_of(answer)
    record(province, f"nguoi={who.pk}", to="project", project_name="Cầu kênh 5", value="")
    assert not Project.objects.exists(), "a refused gift opens no project"
    record(province, f"nguoi={who.pk}", to="project", project_name="Cầu kênh 5")
    bridge = Project.objects.get()
    record(province, f"nguoi={who.pk}", to="project", project=str(bridge.pk))
    assert bridge.gifts.count() == 2


def test_a_fund_is_chosen_and_a_closed_one_is_not_offered(province: Province) -> None:
    by, who = province.seats["commune"], giver(province)
    fund = ledger.open_fund(owner=province.bodies["commune"], kind="poor", name="Quỹ xã", by=by, on=TODAY)
    assert "Chọn quỹ" in text_of(record(province, f"nguoi={who.pk}", to="fund"))
    record(province, f"nguoi={who.pk}", to="fund", fund=str(fund.pk))
    assert Contribution.objects.get().fund == fund


def test_a_unit_gives_to_any_commune(province: Province) -> None:
    answer = record(province, f"nguoi={province.bodies['unit'].pk}", seat="unit")
    assert answer.status_code == 302
    assert Contribution.objects.get().place == province.places["kg-30847"]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("5.000", "5000"),
        ("5.000,50", "5000.50"),
        ("5000.5", "5000.5"),
        ("23185", "23185"),
        ("x", None),
        ("1.2.3", None),
    ],
)
def test_figures_are_read_as_they_are_typed(text: str, figure: str | None) -> None:
    assert str(decimal_of(text)) == str(figure)


@pytest.mark.parametrize("text", ["x", "1/0", "", "33,33333"])
def test_what_is_no_share_is_none(text: str) -> None:
    assert share_of(text) is None


def test_a_sum_is_read_out_while_it_is_typed(province: Province) -> None:
    browser = at(province.seats["commune"])
    assert "Năm triệu đồng" in browser.get("/dong-gop/bang-chu/?value=5+triệu").content.decode()
    assert browser.get("/dong-gop/bang-chu/?value=").content == b""
    assert "Ghi số tiền" in browser.get("/dong-gop/bang-chu/?value=năm").content.decode()


# --- acting ---


def test_the_receiving_side_confirms_on_the_page_and_a_refusal_stands_there(province: Province) -> None:
    gift, browser = recorded(province, received_on=None), at(province.seats["commune"])
    url = f"/dong-gop/{gift.pk}/"
    late = browser.send(f"{url}nhan/", {"day": "21/10/2020", "version": "1"})
    assert (late.status_code, "tương lai" in text_of(late)) == (422, True)
    assert browser.send(f"{url}nhan/", {"day": "01/06/2019", "version": "1"}).status_code == 302
    assert browser.send(f"{url}xac-nhan/", {"version": "2"}).status_code == 302
    gift.refresh_from_db()
    assert gift.state == State.CONFIRMED
    again = browser.send(f"{url}xac-nhan/", {"version": "3"})
    assert (again.status_code, "đã xác nhận" in text_of(again)) == (422, True)


def test_many_received_gifts_are_confirmed_at_once_and_each_refusal_is_told(province: Province) -> None:
    first, second, third = (recorded(province, purpose=f"Quà {number}") for number in range(3))
    closed = fund(province, "commune")
    late = recorded(province, purpose="Quà cho quỹ", fund=closed, day=LEDGER_DAY, received_on=LEDGER_DAY)
    recorded(province, province.bodies["commune"], purpose="Của chính xã")
    recorded(province, commune="kg-30850", seat="commune_b", purpose="Của xã khác")
    browser, url = at(province.seats["commune"]), "/dong-gop/cho-xac-nhan/"
    page = text_of(browser.get(url))
    assert ("Quà 0" in page, "Của chính xã" in page, "Của xã khác" in page) == (True, False, False)
    assert "Chưa đánh dấu" in text_of(browser.send(url))
    assert browser.send(url, {"khoan": [str(first.pk), str(second.pk), "x"]}).status_code == 302
    assert Contribution.objects.counted().count() == 2

    ledger.close_fund(closed, by=province.seats["commune"], on=TODAY)
    page = text_of(browser.get(url))
    assert "đã đóng, không ghi thêm được" in page
    assert f'value="{late.pk}"' not in page
    answer = browser.send(url, {"khoan": [str(late.pk)]})
    assert (answer.status_code, "Quà cho quỹ: " in text_of(answer)) == (422, True)
    answer = browser.send(url, {"khoan": [str(third.pk), str(late.pk)]})
    assert answer.status_code == 302
    assert "Chưa xác nhận được Quà cho quỹ" in text_of(browser.get(url))
    assert Contribution.objects.counted().count() == 3, "what nothing stands against stays confirmed"


def test_refusing_needs_a_reason_and_an_old_page_changes_nothing(province: Province) -> None:
    gift, browser = recorded(province), at(province.seats["commune"])
    assert "Cần ghi lý do" in text_of(browser.send(f"/dong-gop/{gift.pk}/tu-choi/", {"reason": "", "version": "1"}))
    answer = browser.send(f"/dong-gop/{gift.pk}/rut/", {"reason": "Nhầm", "version": "9"})
    assert answer.status_code == 409
    gift.refresh_from_db()
    assert gift.state == State.RECEIVED


def test_a_correction_starts_from_what_was_written(province: Province) -> None:
    gift = confirmed(province, foreign=dollars(), value=0)
    browser, url = at(province.seats["commune"]), f"/dong-gop/{gift.pk}/dinh-chinh/"
    page = browser.get(url).content.decode()
    for said in ('value="USD"', 'value="5.000"', 'value="23.185"'):
        assert said in page
    place = str(province.places["kg-30847"].pk)
    data = typed(place=place, reason="Nhầm đơn vị", version=str(gift.version))
    answer = browser.send(url, data)
    anew = Contribution.objects.latest("pk")
    assert answer.headers["Location"] == f"/dong-gop/{anew.pk}/"
    assert (anew.value, anew.currency) == (5 * MILLION, "VND")
    assert "Thay cho một khoản ghi nhầm" in text_of(browser.get(answer.headers["Location"]))
    assert browser.get(url).status_code == 404, "it was corrected already"


def test_a_gift_that_never_was_is_cancelled_alone(province: Province) -> None:
    gift = confirmed(province)
    answer = at(province.seats["commune"]).send(
        f"/dong-gop/{gift.pk}/dinh-chinh/", {"bo": "1", "reason": "Không có", "version": str(gift.version)}
    )
    assert answer.headers["Location"] == f"/dong-gop/{gift.pk}/"
    assert Contribution.objects.get().state == State.CORRECTED


# --- reading ---


def test_the_list_is_narrowed_by_nature_state_year_area_and_giver(province: Province) -> None:
    confirmed(province, purpose="Tiền ở Thổ Sơn")
    recorded(province, giver(province, "Chùa Phật Quang", PartyKind.OUTSIDE_ORGANISATION), commune="kg-30850",
             seat="commune_b", nature="goods", method="market", purpose="Gạo ở Sơn Kiên", day=date(2018, 1, 5),
             received_on=date(2018, 1, 5))  # fmt: skip
    browser = at(province.seats["board"])
    here = province.places["kg-30850"].pk
    for query in ("hinh-thuc=goods", "trang-thai=received", "nam=2018", f"dia-ban={here}", "q=phat+quang"):
        page = text_of(browser.get(f"/dong-gop/?{query}"))
        assert ("Gạo ở Sơn Kiên" in page, "Tiền ở Thổ Sơn" in page) == (True, False), query
    assert "Không có khoản nào như vậy" in text_of(browser.get("/dong-gop/?nam=2011"))
    own = text_of(at(province.seats["commune"]).get("/dong-gop/"))
    assert ("Gạo ở Sơn Kiên" in own, "Tiền ở Thổ Sơn" in own) == (False, True)


def test_a_household_is_named_only_to_those_who_keep_the_register(province: Province) -> None:
    home = homes.household(province, "Danh Sol")
    gift = confirmed(province, household=home, purpose="Sửa nhà")
    for seat, named in (("commune", True), ("district", True), ("front", False), ("unit", False), ("chair", False)):
        page = text_of(at(province.seats[seat]).get(f"/dong-gop/{gift.pk}/"))
        assert ("Danh Sol" in page) is named, seat
        assert named or "Một hộ ở Xã Thổ Sơn" in page


@pytest.mark.clause("KH IV.2.2.b")
def test_the_meter_quotes_the_decision_and_says_of_each_line_why_it_counts(province: Province) -> None:
    who, late = giver(province), date(2020, 1, 15)
    confirmed(province, who, value=150 * MILLION)
    honoured(province, who)
    confirmed(province, who, day=late, received_on=late, value=60 * MILLION)
    page = text_of(at(province.seats["unit"]).get(f"/dong-gop/cua/{who.pk}/"))
    for said in (
        "Quyết định số 1/QĐ-UBND", "18/11/2019", "60.000.000", "Còn thiếu 140.000.000 đồng", "An Giang",
        "Đã tính vào Quyết định số 1/QĐ-UBND ngày 18/11/2019", "Được tính",
    ):  # fmt: skip
        assert said in page
    assert "Lập hồ sơ đề nghị" not in page
    confirmed(province, who, day=late, received_on=late, value=140 * MILLION)
    assert "Lập hồ sơ đề nghị" in text_of(at(province.seats["unit"]).get(f"/dong-gop/cua/{who.pk}/"))
    other = text_of(at(province.seats["commune"]).get(f"/dong-gop/cua/{who.pk}/"))
    assert "Đã tính từ lần khen trước" not in other, "the meter is for those who manage the giver"


@pytest.mark.clause("QĐ 11/2015, Điều 15.4.c")
def test_the_board_enters_the_provinces_own_threshold_and_it_is_shown_with_its_source(province: Province) -> None:
    browser = at(province.seats["board"])
    assert "An Giang" in text_of(browser.get("/dong-gop/muc/"))
    wrong = browser.send("/dong-gop/muc/nhap/", {"giver": "organisation", "amount": "0", "since": "", "source": ""})
    assert wrong.status_code == 422
    for giver_kind in ("organisation", "person", "household"):
        browser.send("/dong-gop/muc/nhap/", {
            "giver": giver_kind, "amount": "300 triệu", "since": "01/01/2020", "source": "QĐ 9/2020/QĐ-UBND, Điều 4",
        })  # fmt: skip
    assert Threshold.objects.count() == 3
    page = text_of(at(province.seats["commune"]).get("/dong-gop/muc/"))
    assert "300.000.000" in page
    assert "QĐ 9/2020/QĐ-UBND, Điều 4" in page
    assert "An Giang" not in page
    browser.send("/dong-gop/muc/cach-tinh/", {"anew": "0", "since": "01/01/2020", "source": "Hướng dẫn số 5"})
    assert not CountingChoice.objects.get().anew
    assert "tính cả giai đoạn" in text_of(browser.get("/dong-gop/muc/"))


# --- one giver under many names ---


def test_likenesses_are_offered_with_reasons_decided_remembered_and_undone(province: Province) -> None:
    one = giver(province, "Công ty TNHH Hải sản Kiên Cường", phone="0297111222")
    other = giver(province, "DNTN Hải sản Kiên Cường")
    third = giver(province, "Vựa Bảy Cường", phone="0297111222")
    giver(province, "Công ty Kiên Cường Thịnh")
    by = province.seats["unit"]
    found = {like.party.pk: like.reasons for like in alike.offered(one, by=by, on=TODAY)}
    assert found == {
        other.pk: ("cùng tên riêng “hai san kien cuong”",), third.pk: ("trùng số điện thoại",),
    }  # fmt: skip
    browser, url = at(by), f"/dong-gop/cua/{one.pk}/"
    assert "trùng số điện thoại" in text_of(browser.get(url))
    assert browser.send(f"{url}trung/", {"other": str(other.pk), "same": "1"}).status_code == 422
    browser.send(f"{url}trung/", {"other": str(other.pk), "same": "1", "because": "Cùng mã số thuế"})
    browser.send(f"{url}trung/", {"other": str(third.pk), "same": "0", "because": "Hai chủ khác nhau"})
    assert alike.offered(one, by=by, on=TODAY) == []
    page = text_of(browser.get(url))
    assert "Cùng mã số thuế" in page
    assert "Được tính chung với" in page
    row = Sameness.objects.get(same=True)
    assert browser.send(f"/dong-gop/trung/{row.pk}/go/", {"reason": ""}).status_code == 422
    browser.send(f"/dong-gop/trung/{row.pk}/go/", {"reason": "Nhầm"})
    assert [like.party.pk for like in alike.offered(one, by=by, on=TODAY)] == [other.pk]


# --- on paper ---


def test_a_receipt_says_what_was_given_in_both_languages(province: Province) -> None:
    gift = confirmed(province, foundation(province), foreign=dollars(), value=0)
    browser = at(province.seats["commune"])
    vietnamese = pdf_text(browser.get(f"/dong-gop/{gift.pk}/bien-nhan/1/vi.pdf").content)
    assert says(vietnamese, "BIÊN NHẬN ĐÓNG GÓP", "115.925.000 đồng", "Một trăm mười lăm triệu")
    assert says(vietnamese, "5.000 USD", "Xã Thổ Sơn")
    english = pdf_text(browser.get(f"/dong-gop/{gift.pk}/bien-nhan/1/en.pdf").content)
    assert says(english, "RECEIPT FOR A DONATION", "VND 115,925,000", "5,000 USD", "Thổ Sơn commune", "20 May 2019")
    waiting = recorded(province)
    assert browser.get(f"/dong-gop/{waiting.pk}/bien-nhan/1/vi.pdf").status_code == 404
    assert browser.get(f"/dong-gop/{gift.pk}/bien-nhan/1/fr.pdf").status_code == 404


def test_a_statement_thanks_for_the_year_and_names_no_household(province: Province) -> None:
    who = foundation(province)
    home = homes.household(province, "Danh Sol")
    confirmed(province, who, foreign=dollars(), value=0, household=home)
    confirmed(province, who, day=date(2018, 3, 1), received_on=date(2018, 3, 1), value=7 * MILLION)
    recorded(province, who, value=9 * MILLION)
    browser = at(province.seats["front"])
    english = pdf_text(browser.get(f"/dong-gop/cua/{who.pk}/sao-ke/2019/en.pdf").content)
    assert says(english, "STATEMENT OF DONATIONS, 2019", "Dear Hope Abroad Foundation", "VND 115,925,000")
    assert says(english, "A household in", "Thổ Sơn", "5,000")
    for hidden in ("Danh Sol", "7,000,000", "9,000,000"):
        assert not says(english, hidden)
    empty = pdf_text(browser.get(f"/dong-gop/cua/{who.pk}/sao-ke/2017/vi.pdf").content)
    assert says(empty, "không có khoản nào")
    assert browser.get(f"/dong-gop/cua/{who.pk}/sao-ke/99999/vi.pdf").status_code == 404


def test_whoever_holds_the_link_reads_the_givers_own_gifts_and_nobody_a_wrong_one(
    province: Province, client: Any
) -> None:
    who, other = foundation(province), giver(province, "Hope Abroad Fund", PartyKind.FOREIGN_ORGANISATION)
    confirmed(province, who, foreign=dollars(), value=0)
    confirmed(province, other, value=3 * MILLION)
    confirmed(province, value=4 * MILLION, purpose="Của người khác")
    recorded(province, who, value=9 * MILLION)
    link = giver_views.open_link(who)
    page = text_of(client.get(f"{link}?ngon-ngu=en"))
    assert "VND 115,925,000" in page
    assert "VND 3,000,000" not in page
    for hidden in ("Của người khác", "9,000,000"):
        assert hidden not in page
    givers.decide(who, other, True, by=province.seats["board"], on=TODAY, because="Một quỹ")
    assert "VND 3,000,000" in text_of(client.get(f"{link}?ngon-ngu=en"))
    assert client.get(f"{link}?nam=2019").headers["Content-Type"] == "application/pdf"
    for query in ("?nam=2001", "?nam=x", "?nam=020200", "?nam=02019", "?nam=20190", "?nam=²⁰¹⁹"):
        assert client.get(f"{link}{query}").status_code == 404
    assert client.get("/dong-gop/sao-ke/khong-dung/").status_code == 404
    assert client.get(link[:-3] + "xx/").status_code == 404


def test_shares_are_shown_short_where_that_is_exact(province: Province) -> None:
    three = [giver(province, f"Công ty {at}") for at in range(3)]
    gift = recorded(province, *three)
    assert [one["part"] for one in pages.shares(gift)] == ["1/3"] * 3
    assert gift.day == DAY
    actions.withdraw(gift, by=province.seats["commune"], on=TODAY, reason="Nhầm", version=1)
    page = text_of(at(province.seats["commune"]).get(f"/dong-gop/{gift.pk}/"))
    assert "Không được tính: đã rút." in page


def test_a_givers_pages_ask_the_database_as_often_for_thirty_gifts_as_for_three(province: Province) -> None:
    who, browser = foundation(province), at(province.seats["front"])
    asked, link = dict[str, list[int]](), giver_views.open_link(who)
    for count in (3, 27):
        for _ in range(count):
            confirmed(province, who, value=MILLION)
        page = f"/dong-gop/cua/{who.pk}/"
        for name, address in (("page", page), ("link", link), ("paper", f"{page}sao-ke/2019/vi.pdf")):
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            asked.setdefault(name, []).append(len(queries))
    assert {name: counts[1] - counts[0] for name, counts in asked.items()} == {"page": 0, "link": 0, "paper": 0}
