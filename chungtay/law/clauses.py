"""Clauses: what a rule is quoted from; each page can show the title, its date and how far to trust it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Trust(StrEnum):
    """Độ tin cậy của nguồn: how the text behind a value was known when it was written down here."""

    READ = "S"
    SECOND_HAND = "2"
    ASSUMED = "M"

    @property
    def label(self) -> str:
        return {
            Trust.READ: "đã đọc điều khoản",
            Trust.SECOND_HAND: "theo nguồn dẫn lại, chưa đọc bản gốc",
            Trust.ASSUMED: "chưa đọc văn bản, giá trị tạm dùng",
        }[self]


@dataclass(frozen=True)
class Instrument:
    """Văn bản: a law, decree, circular, decision or plan. `issued` is None where the day of issue was not found."""

    short: str
    title: str
    issued: date | None
    date_read: bool = True

    @property
    def dated(self) -> str:
        """The day of issue as a clerk reads it; says so where it is unknown or unchecked."""
        if self.issued is None:
            return "chưa rõ ngày ban hành"
        day = f"ngày {self.issued.day}/{self.issued.month}/{self.issued.year}"
        return day if self.date_read else f"{day} (ngày chưa đối chiếu)"


@dataclass(frozen=True)
class Source:
    """Nguồn: a clause of an instrument, printed as the short citation, e.g. "NĐ 91/2017, Điều 73.1"."""

    instrument: Instrument
    clause: str = ""
    trust: Trust = Trust.READ

    def __str__(self) -> str:
        if not self.clause:
            return self.instrument.short
        return f"{self.instrument.short}{' ' if self.instrument.short == PLAN else ', '}{self.clause}"

    @property
    def title(self) -> str:
        return self.instrument.title

    @property
    def issued(self) -> date | None:
        return self.instrument.issued

    @property
    def line(self) -> str:
        """Citation, full title, day of issue and trust in one Vietnamese line."""
        return f"{self}: {self.title}, {self.instrument.dated} [{self.trust.label}]"


PLAN = "KH"
_DETAIL = "quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng"
_WAGE = "quy định mức lương cơ sở đối với cán bộ, công chức, viên chức và lực lượng vũ trang"

_INSTRUMENTS = (
    Instrument(
        PLAN,
        "Kế hoạch tổ chức thực hiện Phong trào thi đua “Chung tay vì người nghèo và công tác từ thiện xã hội” "
        "trên địa bàn tỉnh Kiên Giang giai đoạn 2016 - 2020",
        None,
    ),
    Instrument(
        "QĐ 11/2015",
        "Quyết định số 11/2015/QĐ-UBND của UBND tỉnh Kiên Giang quy định về công tác thi đua, khen thưởng",
        date(2015, 2, 11),
    ),
    Instrument(
        "Luật TĐKT 2003",
        "Luật Thi đua, khen thưởng số 15/2003/QH11, sửa đổi năm 2005 và năm 2013",
        date(2003, 11, 26),
        date_read=False,
    ),
    Instrument("Luật TĐKT 2022", "Luật Thi đua, khen thưởng số 06/2022/QH15", date(2022, 6, 15), date_read=False),
    Instrument("NĐ 42/2010", f"Nghị định số 42/2010/NĐ-CP của Chính phủ {_DETAIL}", date(2010, 4, 15), date_read=False),
    Instrument(
        "NĐ 39/2012",
        "Nghị định số 39/2012/NĐ-CP của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 42/2010/NĐ-CP",
        date(2012, 4, 27),
        date_read=False,
    ),
    Instrument(
        "NĐ 65/2014",
        "Nghị định số 65/2014/NĐ-CP của Chính phủ quy định chi tiết thi hành Luật sửa đổi, bổ "
        "sung một số điều của Luật Thi đua, khen thưởng năm 2013",
        date(2014, 7, 1),
        date_read=False,
    ),
    Instrument("NĐ 91/2017", f"Nghị định số 91/2017/NĐ-CP của Chính phủ {_DETAIL}", date(2017, 7, 31)),
    Instrument("NĐ 98/2023", f"Nghị định số 98/2023/NĐ-CP của Chính phủ {_DETAIL}", date(2023, 12, 31)),
    Instrument(
        "NĐ 152/2025",
        "Nghị định số 152/2025/NĐ-CP của Chính phủ về phân cấp, phân quyền trong lĩnh vực thi "
        "đua, khen thưởng; quy định chi tiết một số điều của Luật Thi đua, khen thưởng",
        date(2025, 6, 14),
    ),
    Instrument(
        "NĐ 31/2012",
        "Nghị định số 31/2012/NĐ-CP của Chính phủ quy định mức lương tối thiểu chung",
        date(2012, 4, 12),
        date_read=False,
    ),
    Instrument("NĐ 66/2013", f"Nghị định số 66/2013/NĐ-CP của Chính phủ {_WAGE}", date(2013, 6, 27), date_read=False),
    Instrument("NĐ 47/2016", f"Nghị định số 47/2016/NĐ-CP của Chính phủ {_WAGE}", date(2016, 5, 26), date_read=False),
    Instrument("NĐ 47/2017", f"Nghị định số 47/2017/NĐ-CP của Chính phủ {_WAGE}", date(2017, 4, 24), date_read=False),
    Instrument("NĐ 72/2018", f"Nghị định số 72/2018/NĐ-CP của Chính phủ {_WAGE}", date(2018, 5, 15), date_read=False),
    Instrument("NĐ 38/2019", f"Nghị định số 38/2019/NĐ-CP của Chính phủ {_WAGE}", date(2019, 5, 9), date_read=False),
    Instrument("NĐ 24/2023", f"Nghị định số 24/2023/NĐ-CP của Chính phủ {_WAGE}", date(2023, 5, 14)),
    Instrument(
        "NĐ 73/2024",
        "Nghị định số 73/2024/NĐ-CP của Chính phủ quy định mức lương cơ sở và chế độ tiền thưởng "
        "đối với cán bộ, công chức, viên chức và lực lượng vũ trang",
        date(2024, 6, 30),
        date_read=False,
    ),
    Instrument("NĐ 161/2026", "Nghị định số 161/2026/NĐ-CP về mức lương cơ sở (chưa xác minh)", None),
    Instrument(
        "TT 02/2011",
        "Thông tư số 02/2011/TT-BNV của Bộ Nội vụ hướng dẫn thực hiện Nghị định số 42/2010/NĐ-CP",
        date(2011, 1, 24),
        date_read=False,
    ),
    Instrument(
        "TT 08/2017",
        "Thông tư số 08/2017/TT-BNV của Bộ Nội vụ quy định chi tiết một số điều của Nghị định số 91/2017/NĐ-CP",
        date(2017, 10, 27),
        date_read=False,
    ),
    Instrument(
        "TT 12/2019",
        "Thông tư số 12/2019/TT-BNV của Bộ Nội vụ quy định chi tiết một số điều của Nghị định số 91/2017/NĐ-CP",
        date(2019, 11, 4),
        date_read=False,
    ),
    Instrument(
        "QĐ 733/2019",
        "Quyết định số 733/QĐ-TTg của Thủ tướng Chính phủ về kế hoạch một phong trào thi đua toàn quốc",
        None,
    ),
    Instrument("BLLĐ 2012", "Bộ luật Lao động số 10/2012/QH13", date(2012, 6, 18), date_read=False),
    Instrument("BLLĐ 2019", "Bộ luật Lao động số 45/2019/QH14", date(2019, 11, 20), date_read=False),
    Instrument(
        "NQ 80-NQ/TW",
        "Nghị quyết số 80-NQ/TW của Bộ Chính trị về phát triển văn hóa Việt Nam",
        date(2026, 1, 7),
        date_read=False,
    ),
    Instrument(
        "TT 01/2011",
        "Thông tư số 01/2011/TT-BNV của Bộ Nội vụ hướng dẫn thể thức và kỹ thuật trình bày văn bản hành chính",
        date(2011, 1, 19),
    ),
    Instrument("NĐ 30/2020", "Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư", date(2020, 3, 5)),
    Instrument(
        "NĐ 85/2014",
        "Nghị định số 85/2014/NĐ-CP của Chính phủ quy định mẫu huân chương, huy chương, huy hiệu, "
        "kỷ niệm chương, bằng và khung các hình thức khen thưởng",
        date(2014, 9, 10),
    ),
    Instrument(
        "QĐ 1338 Lạng Sơn",
        "Quyết định số 1338/QĐ-UBND của UBND tỉnh Lạng Sơn về quy chế Hội đồng Thi đua - Khen thưởng",
        date(2018, 7, 17),
    ),
    Instrument("Quảng Nam", "Hướng dẫn thời hạn gửi và xử lý hồ sơ khen thưởng của tỉnh Quảng Nam", None),
    Instrument(
        "TT 57/2020/TT-BQP",
        "Thông tư số 57/2020/TT-BQP của Bộ Quốc phòng về công tác thi đua, khen thưởng trong Quân đội",
        None,
    ),
    Instrument("An Giang", "Quy định mức khen thưởng xây dựng nông thôn mới của tỉnh An Giang (2016 - 2020)", None),
    Instrument("Tạm dùng", "Giá trị tạm dùng khi chưa tìm thấy quy định", None),
    Instrument(
        "QĐ 59/2015",
        "Quyết định số 59/2015/QĐ-TTg của Thủ tướng Chính phủ về chuẩn nghèo tiếp cận đa chiều giai đoạn 2016-2020",
        date(2015, 11, 19),
        date_read=False,
    ),
    Instrument(
        "QĐ 1614/2015",
        "Quyết định số 1614/QĐ-TTg của Thủ tướng Chính phủ về chuyển đổi phương pháp tiếp cận đo lường nghèo",
        date(2015, 9, 15),
        date_read=False,
    ),
    Instrument(
        "QĐ 28/2015",
        "Quyết định số 28/2015/QĐ-TTg của Thủ tướng Chính phủ về tín dụng đối với hộ mới thoát nghèo",
        date(2015, 7, 21),
        date_read=False,
    ),
    Instrument(
        "TT 17/2016",
        "Thông tư số 17/2016/TT-BLĐTBXH hướng dẫn quy trình rà soát hộ nghèo, hộ cận nghèo hàng năm",
        date(2016, 6, 28),
        date_read=False,
    ),
    Instrument(
        "TT 14/2018",
        "Thông tư số 14/2018/TT-BLĐTBXH sửa đổi, bổ sung một số điều của Thông tư số 17/2016/TT-BLĐTBXH",
        date(2018, 9, 26),
        date_read=False,
    ),
    Instrument(
        "NĐ 07/2021",
        "Nghị định số 07/2021/NĐ-CP của Chính phủ quy định chuẩn nghèo đa chiều giai đoạn 2021-2025, sửa đổi, bổ sung "
        "theo Nghị định số 30/2025/NĐ-CP",
        date(2021, 1, 27),
        date_read=False,
    ),
    Instrument(
        "QĐ 24/2021",
        "Quyết định số 24/2021/QĐ-TTg của Thủ tướng Chính phủ quy định quy trình rà soát hộ nghèo, hộ cận nghèo",
        date(2021, 7, 16),
        date_read=False,
    ),
    Instrument(
        "TT 07/2021",
        "Thông tư số 07/2021/TT-BLĐTBXH hướng dẫn phương pháp rà soát, phân loại hộ nghèo, hộ cận nghèo, sửa đổi, bổ "
        "sung theo Thông tư số 02/2022/TT-BLĐTBXH",
        date(2021, 7, 18),
        date_read=False,
    ),
    Instrument(
        "NĐ 351/2025",
        "Nghị định số 351/2025/NĐ-CP của Chính phủ quy định chuẩn nghèo đa chiều giai đoạn 2026-2030",
        date(2025, 12, 30),
        date_read=False,
    ),
    Instrument(
        "QĐ 924/2006/MTTW",
        "Quyết định số 924/QĐ-MTTW của Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam về quy chế Quỹ “Vì người nghèo”",
        date(2006, 5, 24),
    ),
    Instrument(
        "QĐ 1198/2016/MTTW",
        "Quyết định số 1198/QĐ-MTTW-ĐCT của Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam ban hành Quy chế vận động, "
        "quản lý và sử dụng Quỹ “Vì người nghèo”",
        date(2016, 12, 29),
    ),
    Instrument(
        "Tháng cao điểm",
        "Tháng cao điểm “Vì người nghèo” hằng năm, từ Ngày vì người nghèo 17/10 đến ngày truyền thống Mặt trận 18/11",
        None,
    ),
    Instrument("BLDS 2015", "Bộ luật Dân sự số 91/2015/QH13", date(2015, 11, 24), date_read=False),
)

CATALOGUE: dict[str, Instrument] = {instrument.short: instrument for instrument in _INSTRUMENTS}


def cite(short: str, clause: str = "", trust: Trust = Trust.READ) -> Source:
    """The source for a clause of a catalogued instrument. Raises KeyError for one that the catalogue does not know."""
    return Source(CATALOGUE[short], clause, trust)


def second_hand(short: str, clause: str = "") -> Source:
    """As `cite`, for a text known from another body's page, the press or a mirror rule."""
    return cite(short, clause, Trust.SECOND_HAND)


def stand_in(short: str = "Tạm dùng", clause: str = "") -> Source:
    """As `cite`, for a value that nobody has read in the text it is put down to."""
    return cite(short, clause, Trust.ASSUMED)
