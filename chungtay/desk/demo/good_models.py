"""Good models of the demo: published and copied, checked, waiting for the district, sent back."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.obligations import seat_of
from chungtay.desk.demo.people import hamlet_of
from chungtay.desk.demo.province import Demo
from chungtay.practices import actions
from chungtay.practices.actions import Copied, Story
from chungtay.practices.models import Practice


@dataclass(frozen=True)
class Model:
    """One model: whose, who writes it down and when, how it is done; who looks at it; who copied it."""

    party: str
    place: str
    by: str
    on: date
    title: str
    since: date
    what: str
    result: str
    households: int
    escaped: int
    cost: int
    income: int
    checker: str
    becomes: str = "published"
    copies: tuple[tuple[str, date, str, int, int], ...] = ()


MODELS = (
    Model(
        "ap.bang", "kg-30799", "kg-30799", date(2018, 7, 10), "Tổ đan bàng Đồng Cỏ Xanh", date(2016, 9, 1),
        "Cả ấp giữ chung đồng bàng, mỗi nhà nhận một khâu: nhổ, phơi, đan, may. Tổ trưởng nhận đơn của hợp tác xã, chia"
        " việc theo số người rảnh; tiền công trả mỗi thứ bảy, trích 5% làm vốn quay vòng cho hộ nghèo mới vào tổ.",
        "46 hộ tham gia, 31 hộ thoát nghèo sau ba năm, mỗi hộ thêm 28 triệu đồng một năm.", 46, 31, 45_000_000,
        28_000_000, "kg-914",
        copies=(
            ("kg-30793", date(2018, 10, 15), "18 hộ ấp Tà Êm cùng đan, 7 hộ thoát nghèo sau một năm", 18, 7),
            ("phunu", date(2019, 4, 2), "Hội Phụ nữ lập 5 tổ đan ở ba huyện, 112 chị có việc làm", 112, 38),
        ),
    ),
    Model(
        "to.namthaia", "kg-31003", "kg-31003", date(2019, 5, 14), "Nuôi tôm càng xanh trong ruộng lúa", date(2017, 7, 1),
        "Chi hội cho mỗi hộ nghèo mượn 2.000 con giống, trả lại bằng giống sau vụ đầu. Bờ bao đắp chung bằng ngày công;"
        " cán bộ khuyến nông ghé mỗi tháng hai lần, ai cũng ghi sổ thức ăn và nước.",
        "24 hộ tham gia, 15 hộ thoát nghèo, mỗi hộ thêm 22 triệu đồng một năm.", 24, 15, 12_000_000, 22_000_000,
        "kg-908", copies=(("kg-30988", date(2020, 1, 6), "9 hộ làm theo, vụ đầu lãi 14 triệu đồng mỗi hộ", 9, 2),),
    ),
    Model(
        "htx.tomlua", "kg-909", "mttq", date(2019, 9, 3), "Bao tiêu tôm lúa cho hộ nghèo", date(2017, 1, 10),
        "Hợp tác xã ký mua hết tôm, lúa của hộ nghèo theo giá sàn, ứng trước giống không lãi, trừ dần khi thu hoạch. Mỗi"
        " hộ khá trong hợp tác xã kèm một hộ nghèo trong hai vụ.",
        "63 hộ nghèo có đầu ra ổn định, 40 hộ thoát nghèo.", 63, 40, 150_000_000, 31_000_000, "ldtbxh", "checked",
    ),
    Model(
        "ap.honme", "kg-30841", "kg-30841", date(2020, 10, 12), "Ống heo tiết kiệm vì hộ nghèo của ấp", date(2019, 1, 15),
        "Mỗi hội viên nuôi một ống heo, ba tháng đập một lần, góp lại cho một hộ nghèo mượn mua heo giống, khi bán thì"
        " trả vốn cho hộ sau.",
        "35 hội viên góp, 6 hộ nghèo mượn, 4 hộ đã trả vốn.", 6, 2, 18_000_000, 9_000_000, "kg-903", "recorded",
    ),
    Model(
        "to.vinhquang", "kg-30736", "kg-30736", date(2020, 9, 8), "Gian hàng 0 đồng khu phố Dãy Ốc", date(2020, 1, 5),
        "Mỗi sáng chủ nhật chị em mang đồ còn tốt ra gian hàng, hộ nghèo tới chọn, không ai phải xin; cuối buổi ghi sổ"
        " còn gì, thiếu gì để tuần sau vận động.",
        "Mỗi tuần khoảng 40 lượt hộ tới nhận.", 40, 0, 5_000_000, 0, "kg-899", "returned",
    ),
)  # fmt: skip
MISSING = "Ghi thêm số hộ nghèo được giúp theo từng tháng và người giữ sổ."


def write(demo: Demo, diary: Diary) -> None:
    """Put every model with its check and its copies into the diary."""
    for one in MODELS:
        diary.at(one.on, partial(_record, demo, one))
        for copy in one.copies:
            diary.at(max(copy[1], one.on), partial(_copy, demo, one, copy))


def _record(demo: Demo, one: Model, on: date) -> None:
    """Written down and, on the same day, looked at by the level above as far as the demo shows it."""
    site = hamlet_of(one.place, 0) or demo.places[one.place].name_on(on)
    story = Story(
        one.title, site, one.since, one.what, one.result, one.cost, one.households, one.escaped, one.income or None
    )  # fmt: skip
    row = actions.record(demo.parties[one.party], story, by=seat_of(demo, one.by), on=on)
    checker = seat_of(demo, one.checker)
    if one.becomes == "returned":
        actions.send_back(row, by=checker, on=on, version=row.version, note=MISSING)
    elif one.becomes != "recorded":
        actions.check(row, by=checker, on=on, version=row.version)
    if one.becomes == "published":
        actions.publish(row, by=checker, on=on, version=row.version)


def _copy(demo: Demo, one: Model, copy: tuple[str, date, str, int, int], on: date) -> None:
    who, day, result, households, escaped = copy
    row = Practice.objects.select_related("party", "recorded_by").get(title=one.title)
    actions.adopt(row, demo.parties[who], Copied(day, result, households, escaped), by=seat_of(demo, who), on=on)
