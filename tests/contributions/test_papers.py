"""The papers behind a gift: who attaches one, who reads it, what is refused."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction

from chungtay.contributions import actions, papers
from chungtay.contributions.models import Contribution, Paper
from chungtay.law.refusals import Refused
from chungtay.records import journal
from tests.contributions.doing import confirmed, giver, recorded, told
from tests.households import make as homes
from tests.make import PDF, TODAY, Province
from tests.parties.cast import at, text_of


def upload(content: bytes = PDF, name: str = "Biên bản giao nhận.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def body(answer: Any) -> bytes:
    """What was handed out, read to its end."""
    return b"".join(answer.streaming_content)


def attached(province: Province, gift: Contribution, seat: str = "commune", content: bytes = PDF) -> Paper:
    stored = province.file(content)
    return actions.attach(gift, stored, "Biên bản.pdf", by=province.seats[seat], on=TODAY)


def test_a_paper_comes_with_the_gift_or_later_and_is_read_as_it_was_handed_in(province: Province) -> None:
    who, browser = giver(province), at(province.seats["commune"])
    typed: dict[str, Any] = {
        "nature": "money", "purpose": "Quà Tết", "value": "5.000.000", "method": "counted", "evidence": "PT 12",
        "to": "place", "day": "20/05/2019", "received_on": "20/05/2019", "place": str(province.places["kg-30847"].pk),
        "file": upload(),
    }  # fmt: skip
    assert browser.send(f"/dong-gop/moi/ghi/?nguoi={who.pk}", typed).status_code == 302
    gift = Contribution.objects.get()
    first = Paper.objects.get(gift=gift)
    assert "Biên bản giao nhận.pdf" in text_of(browser.get(f"/dong-gop/{gift.pk}/"))
    answer = browser.get(f"/dong-gop/{gift.pk}/chung-tu/{first.pk}/")
    assert body(answer).startswith(b"%PDF")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    later = {"file": upload(PDF.replace(b"%%EOF", b"%two\n%%EOF"), "Phiếu thu.pdf"), "version": "1"}
    assert browser.send(f"/dong-gop/{gift.pk}/chung-tu/", later).status_code == 302
    assert Paper.objects.filter(gift=gift).count() == 2
    gift.refresh_from_db()
    assert gift.version == 1, "nothing of the gift changes"
    assert [entry.act for entry in journal.of(gift)] == ["record_gift", "attach_paper", "attach_paper"]


@pytest.mark.parametrize(
    ("file", "says"),
    [(None, "Chọn một tệp."), (SimpleUploadedFile("a.pdf", b""), "Tệp rỗng"),
     (SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 200), "exe")],
)  # fmt: skip
def test_what_is_no_paper_is_refused_at_its_field(province: Province, file: Any, says: str) -> None:
    gift, browser = recorded(province), at(province.seats["commune"])
    answer = browser.send(f"/dong-gop/{gift.pk}/chung-tu/", {"version": "1", **({"file": file} if file else {})})
    assert (answer.status_code, says in text_of(answer)) == (422, True)
    assert Paper.objects.count() == 0


def test_a_file_that_is_refused_writes_no_gift_and_keeps_what_was_typed(province: Province) -> None:
    who, browser = giver(province), at(province.seats["commune"])
    typed: dict[str, Any] = {
        "nature": "money", "purpose": "Quà Tết rất riêng", "value": "5.000.000", "method": "counted", "evidence": "P",
        "to": "place", "day": "20/05/2019", "received_on": "20/05/2019", "place": str(province.places["kg-30847"].pk),
        "file": SimpleUploadedFile("a.pdf", b"MZ" + b"\0" * 200),
    }  # fmt: skip
    answer = browser.send(f"/dong-gop/moi/ghi/?nguoi={who.pk}", typed)
    assert (answer.status_code, "Quà Tết rất riêng" in answer.content.decode()) == (422, True)
    assert Contribution.objects.count() == 0


def test_the_same_file_is_kept_once_and_no_gift_has_more_than_twenty(province: Province) -> None:
    gift = recorded(province)
    assert attached(province, gift) == attached(province, gift)
    for number in range(papers.MOST - 1):
        attached(province, gift, content=PDF + f"\n% {number}".encode())
    with pytest.raises(Refused, match="nhiều nhất 20 tệp"):
        attached(province, gift, content=PDF + b"\n% more")
    assert Paper.objects.filter(gift=gift).count() == papers.MOST


def test_only_who_may_write_of_the_gift_attaches_and_not_to_what_has_ended(province: Province) -> None:
    gift = confirmed(province)
    for seat in ("commune_b", "auditor"):
        with pytest.raises(Refused):
            attached(province, gift, seat)
    attached(province, gift, "unit")
    actions.correct(gift, None, by=province.seats["commune"], on=TODAY, reason="Nhầm", version=gift.version)
    with pytest.raises(Refused, match="không nhận thêm chứng từ"):
        attached(province, gift, content=PDF + b"\n% late")


def test_the_papers_go_with_a_gift_that_is_written_anew(province: Province) -> None:
    who = giver(province)
    gift = confirmed(province, who)
    attached(province, gift)
    again = told(province, who, value=7)
    anew = actions.correct(gift, again, by=province.seats["commune"], on=TODAY, reason="Nhầm", version=gift.version)
    assert [paper.name for paper in Paper.objects.filter(gift=anew)] == ["Biên bản.pdf"]
    assert Paper.objects.filter(gift=gift).count() == 1


def test_the_paper_of_a_helped_household_is_only_for_who_may_read_its_name(province: Province) -> None:
    home = homes.household(province, "Danh Sol")
    gift = confirmed(province, giver(province), household=home)
    paper = attached(province, gift)
    url = f"/dong-gop/{gift.pk}/chung-tu/{paper.pk}/"
    assert body(at(province.seats["commune"]).get(url)).startswith(b"%PDF")
    assert at(province.seats["unit"]).get(url).status_code == 404
    page = text_of(at(province.seats["unit"]).get(f"/dong-gop/{gift.pk}/"))
    assert ("Biên bản.pdf" in page, "chỉ nơi quản lý hộ mới mở được" in page) == (False, True)
    assert at(province.seats["commune_b"]).get(url).status_code == 404
    other = attached(province, confirmed(province))
    assert at(province.seats["commune"]).get(f"/dong-gop/{gift.pk}/chung-tu/{other.pk}/").status_code == 404


def test_the_database_keeps_papers_whole_and_unchanged(province: Province) -> None:
    paper = attached(province, recorded(province))
    for broken in ({"name": ""}, {"by": ""}):
        told_of, other = {"name": "Tệp", "by": "Ai", **broken}, recorded(province)
        with pytest.raises(IntegrityError), transaction.atomic():
            Paper.objects.create(gift=other, file=paper.file, on=TODAY, **told_of)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(gift=paper.gift, file=paper.file, name="Tệp", by="Ai", on=TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(name="Khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        paper.delete()
