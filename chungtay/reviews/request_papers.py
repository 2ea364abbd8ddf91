"""Giấy đề nghị của hộ (vào, ra khỏi danh sách) and the commune's answer to a refused one, as PDF.

Only what the book of requests holds is printed, and which form the text in force names for it.
"""

from datetime import date
from typing import Any

from chungtay.documents import printing
from chungtay.documents.paper_parts import Letterhead, Signer, nfc, texts, written
from chungtay.households.models import STANDINGS
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import REQUEST_FORMS
from chungtay.places.models import DIGITS, Place, PlaceVersion
from chungtay.reviews.assessments import Application
from chungtay.reviews.report_papers import watermark

TEMPLATE = "review_request"
CLASSES = dict(STANDINGS)
SUBJECTS = {
    Application.Kind.ENTER.value: "Xét duyệt bổ sung hộ nghèo, hộ cận nghèo",
    Application.Kind.LEAVE.value: "Thoát nghèo, thoát cận nghèo",
}
BY_HAND = "(Ký, ghi rõ họ tên)"


def paper(row: Application, committee: str) -> bytes:
    """The household's request, addressed to the commune's committee, dated the day of receipt.

    Raises `Refused` for letters that cannot be printed, and where no rule covers that day.
    """
    day = row.received_on
    data: dict[str, Any] = {
        "head": None,
        "name": "GIẤY ĐỀ NGHỊ",
        "subject": SUBJECTS[row.kind],
        "addressees": texts([committee]),
        "opening": [],
        "facts": _facts(row, [("Số nhân khẩu", str(row.household.persons)), ("Ngày nhận giấy", f"{day:%d/%m/%Y}"),
                              ("Hạn giải quyết", f"{row.due_on:%d/%m/%Y}")]),
        "reason_head": "Lý do đề nghị:",
        "reason": texts(row.reason.splitlines()),
        "note": _form(row),
        "dated": nfc(f"{_commune(row, day).name}, {written(day)}"),
        "taken": Signer(authority=("NGƯỜI TIẾP NHẬN",), note=BY_HAND).to_dict(),
        "signer": Signer(authority=("ĐẠI DIỆN HỘ",), note=BY_HAND, name=row.household.head_name).to_dict(),
        "recipients": [],
    }  # fmt: skip
    return printing.pdf(TEMPLATE, data, on=day, watermark=watermark())


def answer(row: Application, committee: str) -> bytes:
    """Thông báo không công nhận, with its reason, dated the day of the decision; the number is left to the clerk.

    Raises `Refused` for a request that was not refused, and as `paper`.
    """
    day = row.decided_on
    if row.state != Application.State.REFUSED or day is None:
        raise Refused.because("Chỉ in thông báo trả lời cho giấy đề nghị không được công nhận.")
    head = Letterhead(issuer=committee, number="      /TB-UBND", place=_commune(row, day).name, issued_on=day)
    data: dict[str, Any] = {
        "head": head.to_dict(),
        "name": "THÔNG BÁO",
        "subject": f"Về giấy đề nghị {SUBJECTS[row.kind][:1].lower()}{SUBJECTS[row.kind][1:]}",
        "addressees": texts([f"Hộ {row.household.head_name}"]),
        "opening": texts([
            f"Ngày {row.received_on:%d/%m/%Y}, {committee} nhận giấy đề nghị của hộ. Sau khi kiểm tra, {committee} "
            "không công nhận theo giấy đề nghị."
        ]),
        "facts": _facts(row, [("Ngày trả lời", f"{day:%d/%m/%Y}"), ("Hạn giải quyết", f"{row.due_on:%d/%m/%Y}"),
                              ("Căn cứ thời hạn", row.due_source)]),
        "reason_head": "Lý do không công nhận:",
        "reason": texts(row.answer.splitlines()),
        "note": "",
        "dated": "",
        "taken": None,
        "signer": Signer(authority=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")).to_dict(),
        "recipients": texts([f"Hộ {row.household.head_name}", "Lưu: VT"]),
    }  # fmt: skip
    return printing.pdf(TEMPLATE, data, on=day, watermark=watermark())


def _facts(row: Application, more: list[tuple[str, str]]) -> list[list[str]]:
    home = row.household
    where = ", ".join(one for one in (home.address, home.hamlet, _commune(row, row.received_on).full_name) if one)
    told = [
        ("Chủ hộ", home.head_name), ("Mã hộ", home.code), ("Nơi ở", where),
        ("Loại hộ khi đề nghị", CLASSES.get(row.before, "chưa xếp loại")), *more,
    ]  # fmt: skip
    return [[nfc(label), nfc(value)] for label, value in told if value]


def _commune(row: Application, day: date) -> PlaceVersion:
    """The commune as it was on that day; a household that moved since had asked in its commune of then."""
    return Place.objects.get(pk=int(row.area_path[-DIGITS:])).on(day)


def _form(row: Application) -> str:
    version = REQUEST_FORMS[row.kind].on(row.received_on)
    said = f"{version.value}, {version.source.title}"
    return nfc(f"{said[:1].upper()}{said[1:]}. {version.assumed}")
