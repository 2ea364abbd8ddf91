"""Trang mẫu: plain data that shows every component in every state. Nothing here is a real record."""

from datetime import date
from typing import Any

from django import forms

from chungtay.law.refusals import Reason

CONTENTS = [
    ("a", "Hộ gia đình vượt khó vươn lên thoát nghèo"),
    ("b", "Phát huy vai trò cộng đồng"),
    ("e", "Công tác từ thiện xã hội, đồng hành cùng người nghèo"),
]


class SampleForm(forms.Form):
    """Mẫu nhập: one field of every kind."""

    name = forms.CharField(label="Họ và tên", help_text="Viết đủ họ, tên đệm và tên, có dấu.")
    born = forms.DateField(
        label="Ngày sinh", widget=forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"})
    )
    given = forms.IntegerField(label="Số tiền đã ủng hộ", widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    content = forms.ChoiceField(label="Nội dung thi đua", choices=[("", "Chọn một nội dung"), *CONTENTS])
    award = forms.ChoiceField(
        label="Hình thức đề nghị khen",
        widget=forms.RadioSelect,
        choices=[("province", "Bằng khen của Chủ tịch UBND tỉnh"), ("unit", "Giấy khen của Chủ tịch UBND huyện")],
        help_text="Chỉ chọn một hình thức cho một lần đề nghị.",
    )
    groups = forms.MultipleChoiceField(
        label="Người được giúp",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("poor", "Hộ nghèo"), ("near", "Hộ cận nghèo"), ("new", "Hộ mới thoát nghèo")],
    )
    story = forms.CharField(label="Thành tích", widget=forms.Textarea, help_text="Việc đã làm, ở đâu, kết quả ra sao.")
    evidence = forms.FileField(label="Minh chứng", required=False, help_text="Tệp PDF hoặc ảnh, mỗi tệp tối đa 10 MB.")
    agreed = forms.BooleanField(label="Tôi đã kiểm tra tên và số liệu với người được đề nghị.")


def samples() -> dict[str, Any]:
    """Context of templates/desk/components_page.html: an empty and a wrongly filled form, and lists for the rest."""
    wrong = SampleForm({"name": "", "born": "31/02/1975", "given": "hai triệu", "content": "a"}, auto_id="sai_%s")
    return {
        "empty_form": SampleForm(),
        "wrong_form": wrong,
        "reasons": _reasons(),
        "badges": _badges(),
        "facts": _facts(),
        "table_rows": _table(),
        "rows": _rows(),
        "acts": _acts(),
        "criteria": _criteria(),
        "missing": [
            {"text": "Báo cáo thành tích (Mẫu 07)", "href": "#id_story", "clause": "KH IV.4.1"},
            {"text": "Biên bản bình xét của ấp", "href": "#id_evidence", "clause": "KH IV.4.1"},
            {"text": "Xác nhận của Chủ tịch UBND xã", "clause": "KH IV.4.1"},
        ],
        "nothing": [],
        "steps": _steps(),
        "tabs": [
            {"label": "Chờ tôi", "href": "#the", "active": True, "count": 12},
            {"label": "Đã xong", "href": "#the", "count": 1345},
            {"label": "Tất cả", "href": "#the"},
        ],
        "due": date(2018, 5, 14),
        "prize": 1_950_000,
    }


def _reasons() -> list[Reason]:
    return [
        Reason("Chưa có biên bản họp bình xét của ấp.", "KH IV.4.1", "evidence"),
        Reason("Ngày quyết định thoát nghèo sau ngày kết thúc năm xét.", "KH IV.1.2.a"),
    ]


def _badges() -> list[dict[str, str]]:
    return [
        {"tone": "neutral", "label": "Đang soạn", "icon": "pencil"},
        {"tone": "info", "label": "Đã nộp", "icon": "send"},
        {"tone": "wait", "label": "Trả lại", "icon": "arrow-return-left"},
        {"tone": "ok", "label": "Đủ điều kiện", "icon": "check-circle"},
        {"tone": "no", "label": "Không khen", "icon": "x-circle"},
        {"tone": "lotus", "label": "Chờ tôi", "icon": "inbox"},
        {"tone": "honour", "label": "Bằng khen cấp tỉnh", "icon": "award"},
    ]


def _facts() -> list[dict[str, Any]]:
    return [
        {"label": "Người được đề nghị", "value": "Bà Danh Thị Sà Phal", "href": "#the", "note": "sinh năm 1971"},
        {"label": "Nơi ở", "value": "Ấp Hòa Thiện, xã Định Hòa, huyện Gò Quao"},
        {"label": "Nội dung", "value": CONTENTS[0][1], "clause": "KH II.2.a"},
        {"label": "Điện thoại", "value": ""},
    ]


def _table() -> list[dict[str, Any]]:
    told = [
        ("Danh Thị Sà Phal", "Hộ gia đình", "Xã Định Hòa", 1_950_000, "ok", "Đủ điều kiện"),
        ("Tổ tự quản ấp Vĩnh Lợi", "Tập thể", "Xã Vĩnh Hòa Hiệp", 3_900_000, "info", "Chờ đánh giá"),
        ("Nguyễn Thanh Tùng", "Cá nhân", "Thị trấn Minh Lương", 1_950_000, "no", "Chưa đạt"),
    ]
    return [
        {
            "cells": [
                {"label": "Tên", "text": name, "href": "#bang", "sub": kind},
                {"label": "Nơi đăng ký", "text": place},
                {"label": "Tiền thưởng", "text": f"{prize:,} đ".replace(",", "."), "number": True},
                {"label": "Kết quả", "text": result, "tone": tone},
            ]
        }
        for name, kind, place, prize, tone, result in told
    ]


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "title": "Hộ bà Danh Thị Sà Phal",
            "href": "#danh-sach",
            "code": "HS-2018-0014",
            "meta": "Phòng LĐTBXH Gò Quao",
            "badge_tone": "info",
            "badge_label": "Đã nộp",
            "due_tone": "late",
            "due_label": "Quá hạn 2 ngày làm việc",
        },
        {
            "title": "Doanh nghiệp tư nhân Kim Sơn",
            "href": "#danh-sach",
            "code": "HS-2018-0021",
            "meta": "UBND TP Rạch Giá",
            "badge_tone": "wait",
            "badge_label": "Trả lại",
            "due_tone": "soon",
            "due_label": "Hạn hôm nay",
        },
        {
            "title": "Cán bộ giảm nghèo Trần Văn Bé Tư",
            "href": "#danh-sach",
            "code": "HS-2018-0033",
            "meta": "UBND xã Thạnh Lộc",
            "badge_tone": "neutral",
            "badge_label": "Đang soạn",
            "due_tone": "ok",
            "due_label": "Còn 9 ngày làm việc",
        },
    ]


def _acts() -> list[dict[str, str]]:
    return [
        {
            "who": "Lê Thị Mỹ Hạnh",
            "desk": "Bộ phận Một cửa Sở Nội vụ",
            "when": "09:14 03/05/2018",
            "tone": "wait",
            "icon": "arrow-return-left",
            "sentence": "Trả lại để bổ sung 1 chỗ",
            "note": "Biên bản họp ấp chưa có chữ ký của thư ký. Đề nghị chụp lại trang 2.",
        },
        {
            "who": "Lê Thị Mỹ Hạnh",
            "desk": "Bộ phận Một cửa Sở Nội vụ",
            "when": "16:40 02/05/2018",
            "icon": "inbox",
            "sentence": "Tiếp nhận hồ sơ, hẹn trả kết quả ngày 14/05/2018",
            "href": "#the",
            "link_label": "Xem phiếu tiếp nhận",
        },
        {
            "who": "Phạm Quốc Dũng",
            "desk": "Phòng LĐTBXH huyện Gò Quao",
            "when": "10:02 02/05/2018",
            "tone": "ok",
            "icon": "send",
            "sentence": "Nộp hồ sơ với 5 tệp minh chứng",
        },
        {"who": "Phạm Quốc Dũng", "when": "08:30 26/04/2018", "sentence": "Mở hồ sơ đề nghị khen thưởng"},
    ]


def _criteria() -> list[dict[str, str]]:
    return [
        {
            "state": "met",
            "question": "Hộ đã có quyết định công nhận thoát nghèo trong năm xét?",
            "clause": "KH IV.1.2.a",
            "answer": "Thoát nghèo từ ngày 15/12/2017.",
            "source": "Sổ hộ nghèo xã Định Hòa",
        },
        {
            "state": "unmet",
            "question": "Không ai trong hộ bị kỷ luật từ khiển trách trở lên?",
            "clause": "KH IV.1.1",
            "answer": "Có một quyết định khiển trách ngày 20/09/2017.",
            "href": "#tieu-chi",
            "link_label": "Xem quyết định",
        },
        {
            "state": "judge",
            "question": "Hộ có ý chí vươn lên, được bà con noi theo?",
            "clause": "KH IV.1.2.a",
            "note": "Ban Thi đua – Khen thưởng đọc minh chứng rồi ghi đánh giá và lý do.",
        },
        {
            "state": "nodata",
            "question": "Thu nhập bình quân đầu người năm 2017 là bao nhiêu?",
            "clause": "KH IV.1.2.a",
            "assumed": "lấy số của cuộc rà soát cuối năm 2016 cho đến khi xã nhập số mới.",
        },
        {
            "state": "excluded",
            "question": "Tập thể có đang được đề nghị khen cấp Nhà nước?",
            "clause": "KH IV.2.2",
            "answer": "Đang đề nghị Huân chương Lao động hạng Ba nên không xét bằng khen cấp tỉnh.",
        },
    ]


def _steps() -> list[dict[str, Any]]:
    names = ("Đơn vị", "Một cửa", "Thẩm định", "Hội đồng", "Chủ tịch", "Kết quả")

    def walk(*states: str, when: tuple[str, ...] = ()) -> list[dict[str, str]]:
        days = when + ("",) * len(names)
        return [
            {"label": name, "state": state, "when": day} for name, state, day in zip(names, states, days, strict=False)
        ]

    return [
        {
            "label": "Đang thẩm định",
            "items": walk(
                "done", "done", "now", "todo", "todo", "todo", when=("02/05/2018", "02/05/2018", "hạn 14/05/2018")
            ),
        },
        {
            "label": "Trả lại đơn vị",
            "items": walk("back", "todo", "todo", "todo", "todo", "todo", when=("03/05/2018",)),
        },
        {"label": "Hội đồng không thông qua", "items": walk("done", "done", "done", "stopped", "todo", "todo")},
    ]
