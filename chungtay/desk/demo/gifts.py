"""Gifts of the demo: of five natures, from here and abroad, year by year; most confirmed, the latest still waiting."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial

from chungtay.contributions import actions
from chungtay.contributions.recording import Foreign, Given, Told
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.province import Demo
from chungtay.law.holidays import is_working_day
from chungtay.places.models import Place

MILLION = 1_000_000
SOURCE = "Ngân hàng Nhà nước, tỷ giá ngày nhận (bản mẫu)"
METHODS = {"money": "counted", "goods": "invoice", "land": "land_table", "labour": "labour_norm"}
WAITING = date(2020, 10, 12)
"""What came from this day on waits to be confirmed."""


@dataclass(frozen=True)
class Gift:
    """A gift to a commune: givers with their hundredths, millions of đồng or foreign money with its rate."""

    day: date
    givers: tuple[tuple[str, int], ...]
    place: str
    purpose: str
    millions: int = 0
    nature: str = "money"
    quantity: int = 0
    unit: str = ""
    foreign: tuple[str, int, str] | None = None


def _of(who: str) -> tuple[tuple[str, int], ...]:
    return ((who, 100),)


GIFTS = (
    Gift(date(2017, 6, 14), _of("dn.bienngoc"), "kg-30841", "Mua 12 xe đạp cho học sinh nghèo", 24, "goods", 12, "xe"),
    Gift(date(2017, 8, 22), _of("htx.lua"), "kg-30874", "Lúa giống vụ Đông Xuân cho hộ nghèo", 18, "goods", 1500, "kg"),
    Gift(date(2017, 10, 18), _of("ldld"), "kg-31003", "Xây nhà cho đoàn viên nghèo", 50),
    Gift(date(2017, 11, 9), _of("nn.banhmi"), "kg-30736", "Bếp cơm cho người bệnh nghèo", 36),
    Gift(
        date(2017, 12, 6), _of("qt.mekong"), "kg-30799", "Giếng nước sạch ấp Trần Thệ", foreign=("USD", 3000, "22710")
    ),
    Gift(date(2018, 1, 30), _of("kb.vo"), "kg-30964", "Quà Tết cho 60 hộ nghèo", foreign=("EUR", 1200, "28110")),
    Gift(date(2018, 3, 15), _of("dn.vungtau"), "kg-30928", "Vật tư sửa cầu kênh Hai Tỷ", 62, "goods", 1, "đợt"),
    Gift(date(2018, 4, 20), (("dn.vungtau", 60), ("htx.khom", 40)), "kg-30961", "Làm 400 m đường ấp Thới An", 95),
    Gift(date(2018, 6, 5), _of("ho.hiendat"), "kg-30928", "Hiến 320 m² đất làm đường", 48, "land", 320, "m²"),
    Gift(date(2018, 7, 11), _of("ccb"), "kg-31066", "Đắp nền nhà cho ba hộ", 9, "labour", 45, "ngày công"),
    Gift(date(2018, 9, 6), _of("nn.nguoi"), "kg-30841", "Tập vở đầu năm học", 15, "goods", 3000, "quyển"),
    Gift(date(2018, 10, 17), _of("dn.bienngoc"), "kg-31111", "Sửa ba căn nhà hộ nghèo đảo", 75),
    Gift(date(2018, 11, 14), _of("qt.mekong"), "kg-30964", "Học bổng cho 40 em", foreign=("USD", 5000, "23297")),
    Gift(date(2018, 12, 5), _of("htx.bang"), "kg-30799", "Dạy nghề đan bàng cho 15 phụ nữ", 12, "knowledge"),
    Gift(date(2019, 1, 22), _of("kb.vo"), "kg-30964", "Quà Tết cho 80 hộ nghèo", foreign=("EUR", 1600, "26340")),
    Gift(date(2019, 2, 20), _of("dn.vungtau"), "kg-31045", "Xây cầu bê tông Kim Quy", 120),
    Gift(date(2019, 4, 9), _of("htx.khom"), "kg-30961", "Giống khóm cho hộ mới thoát nghèo", 22, "goods", 20000, "cây"),
    Gift(date(2019, 5, 16), _of("qt.nguoi"), "kg-30844", "Mổ mắt cho 25 người nghèo", foreign=("EUR", 4000, "26090")),
    Gift(date(2019, 6, 25), _of("ho.hiendat"), "kg-30928", "Hiến 180 m² đất mở rộng đường", 30, "land", 180, "m²"),
    Gift(date(2019, 8, 21), _of("nn.nguoi"), "kg-30841", "Tập vở, cặp đầu năm học", 19, "goods", 3500, "bộ"),
    Gift(date(2019, 9, 18), _of("tinhdoan"), "kg-31036", "Sửa đường ấp Xẻo Lá", 16, "labour", 80, "ngày công"),
    Gift(date(2019, 10, 16), _of("dn.bienngoc"), "kg-31111", "Xây hai nhà Đại đoàn kết", 110),
    Gift(date(2019, 11, 6), _of("qt.mekong"), "kg-30799", "Nhà vệ sinh cho 30 hộ", foreign=("USD", 8000, "23205")),
    Gift(date(2019, 12, 11), _of("htx.bang"), "kg-30799", "Dạy nghề đan bàng cho 22 phụ nữ", 18, "knowledge"),
    Gift(date(2020, 1, 14), _of("kb.vo"), "kg-30964", "Quà Tết cho 90 hộ nghèo", foreign=("EUR", 1800, "25680")),
    Gift(date(2020, 3, 18), _of("dn.vungtau"), "kg-31009", "Bồn chứa nước mùa hạn mặn", 64, "goods", 40, "bồn"),
    Gift(date(2020, 4, 22), _of("nn.banhmi"), "kg-30736", "Gạo cho người bán vé số", 45, "goods", 3000, "kg"),
    Gift(date(2020, 5, 20), _of("qt.mekong"), "kg-31003", "Máy lọc nước cho trạm y tế", foreign=("USD", 6500, "23245")),
    Gift(date(2020, 7, 8), _of("htx.lua"), "kg-30874", "Lúa giống chịu mặn cho hộ nghèo", 26, "goods", 2000, "kg"),
    Gift(date(2020, 8, 19), _of("ldld"), "kg-31003", "Xây nhà cho đoàn viên nghèo", 60),
    Gift(date(2020, 9, 9), _of("nn.nguoi"), "kg-30841", "Tập vở, bảo hiểm y tế học sinh", 23, "goods", 200, "suất"),
    Gift(date(2020, 9, 24), (("dn.vungtau", 50), ("dn.bienngoc", 50)), "kg-30841", "Làm sân chơi ấp Hòn Me", 88),
    Gift(date(2020, 10, 13), _of("dn.bienngoc"), "kg-30841", "Xây một nhà Đại đoàn kết", 60),
    Gift(date(2020, 10, 14), _of("qt.mekong"), "kg-30841", "Học bổng cho 60 em", foreign=("USD", 7500, "23190")),
    Gift(date(2020, 10, 15), _of(""), "kg-30841", "Người qua đường góp thùng vì người nghèo", 4),
)


def write(demo: Demo, diary: Diary) -> None:
    """Put the gifts into the diary: written down and confirmed on the next working day, but for the latest."""
    for gift in GIFTS:
        diary.at(_working(gift.day), partial(_record, demo, gift))


def _working(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(1)
    return day


def _record(demo: Demo, gift: Gift, on: date) -> None:
    place = Place.objects.get(key=gift.place)
    seat = next(one for one in demo.seats.values() if one.desk.kind == "commune" and one.desk.place_id == place.pk)
    foreign = None
    if gift.foreign is not None:
        currency, amount, rate = gift.foreign
        foreign = Foreign(currency, Decimal(amount), Decimal(rate), SOURCE)
    told = Told(
        nature=gift.nature, place=place, purpose=gift.purpose, day=gift.day, value=gift.millions * MILLION,
        method=METHODS.get(gift.nature, "contract"), evidence=f"Biên bản giao nhận ngày {gift.day:%d/%m/%Y} (bản mẫu)",
        givers=[
            Given(demo.parties[who], Fraction(part, 100)) if who else Given(None, words="Bà con qua lại chợ xã")
            for who, part in gift.givers
        ],
        quantity=Decimal(gift.quantity) if gift.quantity else None, unit=gift.unit, foreign=foreign,
        received_on=gift.day, is_demo=True,
    )  # fmt: skip
    written = actions.record(told, by=seat, on=on)
    if gift.day < WAITING:
        actions.confirm(written, by=seat, on=on, version=written.version)
