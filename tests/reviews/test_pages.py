"""A commune's whole review through its pages, from the province's opening to its lock; what is shown to whom."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.households.models import Household
from chungtay.law.reviewing import Stage
from chungtay.records.models import Reading
from chungtay.reviews import listing
from chungtay.reviews.models import Application, Assessment, CommuneReview, Complaint, Meeting, PointSheet, Round
from tests.make import PDF, Province, post_form, upload
from tests.reviews.doing import SEATS, bring, open_round, points, review_of, row_of, score
from tests.reviews.people import HAMLET, NEAR, OWN, POOR, SIBLING, household, households, locked, row

pytestmark = pytest.mark.django_db


def send(client: Any, url: str, version: int | None = None, **data: Any) -> Any:
    told = {**data} | ({"version": str(version)} if version is not None else {})
    return post_form(client, url, told)


def step(client: Any, review: CommuneReview, name: str, **data: Any) -> Any:
    review.refresh_from_db()
    return send(client, f"/ra-soat/xa/{review.pk}/buoc/{name}/", review.version, **data)


def open_by_page(province: Province) -> Round:
    answer = send(
        province.client("labour"), "/ra-soat/mo-dot/", year="2020", title="Rà soát năm 2020", opens="01/09/2020",
        closes="15/12/2020", review_on="01/12/2020",
    )  # fmt: skip
    assert answer.status_code == 302
    return Round.objects.get(year=2020)


def test_a_communes_whole_review_through_the_pages(province: Province, settings: Any) -> None:
    listed, found = households(province, 2)
    locked(province, 2019, [row(listed, POOR)])
    opened = open_by_page(province)
    review, client = review_of(opened, province), province.client("commune")
    at = f"/ra-soat/xa/{review.pk}/"
    assert "Chốt danh sách" in client.get(at).content.decode()
    assert found.head_name in client.get(f"{at}them-ho/?q=danh").content.decode()
    assert send(client, f"{at}them-ho/", household=str(found.pk), came="").status_code == 302
    assert send(client, f"{at}cap-nhat/").status_code == 302
    total = {"households": "1.250", "persons": "5.000", "minority": "40"}
    assert send(client, f"{at}tong-so/", review.version, **total).status_code == 302
    assert step(client, review, "list").status_code == 302
    for one, b1 in ((listed, "100"), (found, "160")):
        scored = row_of(review, one)
        form = {"persons": "4", "b1": b1, "lacking": ["water", "toilet"], "causes": ["land"], "next": "1"}
        assert send(client, f"/ra-soat/phieu/{scored.pk}/", scored.version, **form).status_code == 302
    page = client.get(f"/ra-soat/phieu/{row_of(review, listed).pk}/").content.decode()
    assert "Vì sao là hộ nghèo về thu nhập" in page
    assert "Điểm B1 là 100, không quá mức 120 điểm" in page
    assert step(client, review, "score").status_code == 302
    minutes = {"hamlet": HAMLET, "held_on": "20/10/2020", "present": "20", "agree": "15", "disagree": "2"}
    answer = post_form(client, f"{at}hop-dan/", {**minutes, "note": "", "minutes": upload("bien-ban.pdf", PDF)})
    assert answer.status_code == 302
    kept: Any = client.get(f"/ra-soat/bien-ban/{Meeting.objects.get().pk}/")
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(kept.streaming_content).startswith(b"%PDF")
    assert step(client, review, "agree").status_code == 302
    assert step(client, review, "post").status_code == 302
    assert step(client, review, "send").status_code == 422  # still posted
    complaint: dict[str, Any] = {"who": "Danh Út", "text": "Sai", "household": listed.code, "received_on": "20/10/2020"}
    assert send(client, f"{at}khieu-nai/", **complaint).status_code == 302
    told = Complaint.objects.get()
    assert send(client, f"/ra-soat/khieu-nai/{told.pk}/", told.version, outcome="Giữ nguyên").status_code == 302
    settings.WORKING_DAY = date(2020, 10, 30)
    assert step(client, review, "send").status_code == 302
    assert step(province.client("district"), review, "check", note="Đúng").status_code == 302
    assert step(client, review, "recognise").status_code == 302
    for commune in list(SEATS)[1:]:
        bring(province, review_of(opened, province, commune), Stage.RECOGNISED)
    dot = f"/ra-soat/dot/{opened.pk}/"
    assert send(province.client("chair"), f"{dot}phe-duyet/", decision="24/QĐ-UBND").status_code == 302
    labour = province.client("labour")
    assert "Mọi bảng biến động đều khớp" in labour.get(f"{dot}khoa/").content.decode()
    assert send(labour, f"{dot}khoa/").status_code == 302
    opened.refresh_from_db()
    assert opened.locked_on == date(2020, 10, 30)
    listed.refresh_from_db()
    assert listed.standing == "income_poor"
    again = row_of(review, listed)
    form = {"persons": "4", "b1": "130", "lacking": ["water"], "why": "Nhập nhầm điểm"}
    assert send(labour, f"/ra-soat/phieu/{again.pk}/dieu-chinh/", again.version, **form).status_code == 302
    history = client.get(f"/ra-soat/ho/{listed.pk}/").content.decode()
    assert "Đã được điều chỉnh bằng phiếu mới" in history
    assert "Nhập nhầm điểm" in history


def test_what_was_typed_stays_when_a_form_is_refused(province: Province) -> None:
    one = household(province)
    locked(province, 2019, [row(one, POOR)])
    review = bring(province, review_of(open_round(province), province), Stage.SCORING)
    scored, client = row_of(review, one), province.client("commune")
    answer = send(client, f"/ra-soat/phieu/{scored.pk}/", scored.version, persons="4", b1="137")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="137"' in page
    assert "Cần ghi đủ cả điểm B1 và điểm B2" in page


def test_saying_that_nothing_is_lacking_gives_no_points_of_b2(province: Province) -> None:
    one = household(province)
    locked(province, 2019, [row(one, POOR)])
    review = bring(province, review_of(open_round(province), province), Stage.SCORING)
    scored, client = row_of(review, one), province.client("commune")
    url = f"/ra-soat/phieu/{scored.pk}/"
    both = send(client, url, scored.version, persons="4", b1="130", none_lacking="on", lacking=["water"])
    assert both.status_code == 422
    assert send(client, url, scored.version, persons="4", b1="130", none_lacking="on").status_code == 302
    scored.refresh_from_db()
    assert (scored.standing, scored.b2, scored.lacking) == ("near_poor", 0, 0)


def test_reading_a_household_leaves_a_trace(province: Province) -> None:
    one = household(province)
    first = locked(province, 2019, [row(one, POOR)])
    client, before = province.client("commune"), Reading.objects.count()
    at = row_of(review_of(first, province), one)
    for n, url in enumerate((f"/ra-soat/ho/{one.pk}/", f"/ra-soat/phieu/{at.pk}/"), start=1):
        assert client.get(url).status_code == 200
        assert Reading.objects.filter(noun="households.Household", noun_key=str(one.pk)).count() == before + n
    for url in (f"/ra-soat/ho/{one.pk}/", f"/ra-soat/phieu/{at.pk}/"):
        assert province.client("commune_b").get(url).status_code == 404
    assert Reading.objects.filter(noun="households.Household").count() == before + 2


def test_why_is_told_anew_for_a_household_of_a_prepared_list(province: Province) -> None:
    one = household(province)
    first = locked(province, 2019, [row(one, NEAR)])
    page = province.client("commune").get(f"/ra-soat/phieu/{row_of(review_of(first, province), one).pk}/")
    assert "Vì sao là hộ cận nghèo" in page.content.decode()


def test_a_request_goes_from_the_households_page_to_its_decision(province: Province) -> None:
    one = household(province)
    locked(province, 2019, [row(one, POOR)])
    client = province.client("commune")
    assert f"/ra-soat/de-nghi/moi/{one.pk}/" in client.get(f"/ra-soat/ho/{one.pk}/").content.decode()
    asked: dict[str, Any] = {"kind": "leave", "reason": "Đã có việc làm", "received_on": "19/10/2020"}
    assert send(client, f"/ra-soat/de-nghi/moi/{one.pk}/", **asked).status_code == 302
    made = Application.objects.get()
    at = f"/ra-soat/de-nghi/{made.pk}/"
    assert "28/10/2020" in client.get(at).content.decode()
    poor = send(client, f"{at}cong-nhan/", made.version, persons="4", b1="100", none_lacking="on", decision="1/QĐ")
    assert poor.status_code == 422
    assert "không đủ để công nhận" in poor.content.decode()
    told: dict[str, Any] = {"persons": "4", "b1": "160", "none_lacking": "on", "decision": "15/QĐ-UBND"}
    assert send(client, f"{at}cong-nhan/", made.version, **told).status_code == 302
    assert "hộ không thuộc diện nghèo, cận nghèo" in client.get(at).content.decode()
    assert one.head_name in client.get("/ra-soat/de-nghi/?loai=leave&ket-qua=granted").content.decode()
    assert client.get("/ra-soat/de-nghi/?dang=xlsx").content.startswith(b"PK")


def test_a_request_is_put_into_the_open_round(province: Province) -> None:
    one = household(province)
    open_round(province)
    client = province.client("commune")
    send(client, f"/ra-soat/de-nghi/moi/{one.pk}/", kind="enter", reason="Mất mùa", received_on="19/10/2020")
    made = Application.objects.get()
    assert send(client, f"/ra-soat/de-nghi/{made.pk}/dua-vao-dot/", made.version).status_code == 302
    assert Assessment.objects.get().origin == "asked_in"
    assert send(client, f"/ra-soat/de-nghi/{made.pk}/dua-vao-dot/", made.version).status_code == 422


def test_a_point_table_is_loaded_and_its_answers_make_b1(province: Province) -> None:
    one, client = household(province), province.client("labour")
    review = review_of(open_round(province), province)
    listing.add(review, one, by=province.seats["commune"], on=date(2020, 10, 1))
    bring(province, review, Stage.SCORING)
    scored = row_of(review, one)
    url = f"/ra-soat/phieu/{scored.pk}/"
    assert "Chưa nạp bảng điểm" in province.client("commune").get(url).content.decode()
    table = (
        "item,item_label,group,several,option,option_label,points\n"
        "house,Vách nhà,other,,leaf,Lá,5\nhouse,Vách nhà,other,,brick,Gạch,35\n"
        "goods,Tài sản,other,1,tv,Ti vi,20\ngoods,Tài sản,other,1,bike,Xe máy,60\n"
    )
    loaded = {"region": "mekong_delta", "edition": "thử", "text": "Bảng để thử", "since": "01/01/2018"}
    bad = upload("b.csv", table.replace("35", "x").encode())
    wrong = post_form(client, "/ra-soat/bang-diem/", {**loaded, "file": bad})
    assert wrong.status_code == 422
    assert "Dòng 3: điểm “x” không phải số nguyên" in wrong.content.decode()
    good = post_form(client, "/ra-soat/bang-diem/", {**loaded, "file": upload("b.csv", table.encode())})
    assert good.status_code == 302
    assert PointSheet.objects.get().text == "Bảng để thử"
    commune = province.client("commune")
    assert "Vách nhà" in commune.get(url).content.decode()
    answers = {"item-house": "brick", "item-goods": ["tv", "bike"], "persons": "4", "none_lacking": "on"}
    mixed = send(commune, url, scored.version, **answers, b1="10")
    assert "cho 115 điểm B1, nhưng tổng ghi là 10" in mixed.content.decode()
    assert send(commune, url, scored.version, **answers).status_code == 302
    scored.refresh_from_db()
    assert (scored.b1, scored.standing, scored.answers["goods"]) == (115, "income_poor", ["tv", "bike"])
    again = post_form(client, "/ra-soat/bang-diem/", {**loaded, "file": upload("b.csv", table.encode())})
    assert again.status_code == 422


def test_what_waits_stands_on_the_work_list(province: Province) -> None:
    one = household(province)
    opened = open_round(province)
    Application.objects.create(
        household=one, area_path=one.area_path, kind="enter", reason="x", received_on=date(2020, 10, 1),
        due_on=date(2020, 10, 12), due_source="x",
    )  # fmt: skip
    page = province.client("commune").get("/ban-lam-viec/").content.decode()
    assert one.head_name in page
    assert opened.title in page
    bring(province, review_of(opened, province), Stage.SENT)
    assert opened.title in province.client("district").get("/ban-lam-viec/").content.decode()
    assert opened.title not in province.client("chair").get("/ban-lam-viec/").content.decode()
    for commune in SEATS:
        bring(province, review_of(opened, province, commune), Stage.RECOGNISED)
    assert opened.title in province.client("chair").get("/ban-lam-viec/").content.decode()


def test_households_are_found_by_hamlet_class_and_name(province: Province) -> None:
    a, b = household(province, hamlet="Ấp Một"), household(province, hamlet="Ấp Hai", head_name="Thạch Sà Rinh")
    locked(province, 2019, [row(a, POOR), row(b, POOR)])
    review = bring(province, review_of(open_round(province), province), Stage.SCORING)
    score(province, review, b.pk, points(160, 0))
    client, at = province.client("commune"), f"/ra-soat/xa/{review.pk}/ho/"
    for query, who in (("ap=Ấp+Một", a), ("loai=outside", b), ("loai=chua", a), ("q=sa+rinh", b), (f"q={a.code}", a)):
        page = client.get(f"{at}?{query}").content.decode()
        assert page.count('class="row-ct"') == 1, query
        assert who.code in page


def test_another_communes_household_is_not_offered(province: Province) -> None:
    elsewhere = household(province, SIBLING)
    review = review_of(open_round(province), province)
    client = province.client("commune")
    assert elsewhere.code not in client.get(f"/ra-soat/xa/{review.pk}/them-ho/?q=danh").content.decode()
    answer = send(client, f"/ra-soat/xa/{review.pk}/them-ho/", household=str(elsewhere.pk), came="")
    assert answer.status_code == 404
    assert Household.objects.get(pk=elsewhere.pk).place == province.places[SIBLING]
    assert province.places[OWN].pk == review.place_id


def test_lists_of_households_ask_as_often_for_sixty_as_for_five(province: Province) -> None:
    first = locked(province, 2018, [row(one, POOR) for one in households(province, 5)])
    second = locked(province, 2019, [row(one, POOR) for one in households(province, 60)])
    client = province.client("commune")
    for at in ("/ra-soat/xa/{xa}/ho/", "/ra-soat/dot/{dot}/ho/?cot=hien-co", "/ra-soat/xa/{xa}/hop-dan/"):
        asked = []
        for round in (first, second):
            url = at.format(xa=review_of(round, province).pk, dot=round.pk)
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            asked.append(len(queries))
        assert asked[1] <= asked[0] + 1, at


def test_the_page_of_a_commune_asks_a_fixed_number_of_times(province: Province) -> None:
    locked(province, 2019, [row(one, POOR) for one in households(province, 40)])
    review = review_of(open_round(province), province)
    client, at = province.client("commune"), f"/ra-soat/xa/{review.pk}/"
    client.get(at)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(at).status_code == 200
    assert len(queries) <= 20


@pytest.mark.parametrize("typed", ["4.5", "11.80", "11,8", "-5", "1.250"])
def test_a_score_with_a_fraction_is_refused_at_its_field_and_never_read_ten_times_as_high(
    province: Province, typed: str
) -> None:
    listed, _ = households(province, 2)
    locked(province, 2019, [row(listed, POOR)])
    review = review_of(open_round(province), province)
    bring(province, review, Stage.SCORING)
    scored, client = row_of(review, listed), province.client("commune")
    answer = send(client, f"/ra-soat/phieu/{scored.pk}/", scored.version, persons="4", b1=typed, none_lacking="on")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Ghi số nguyên từ 0 đến 1.000, hoặc để trống." in page
    assert f'value="{typed}"' in page
    scored.refresh_from_db()
    assert scored.b1 is None
