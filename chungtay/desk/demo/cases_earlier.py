"""The dossiers of 2018 and 2019: decided, declined, refused, withdrawn, revoked."""

from datetime import date

from chungtay.desk.demo.case import (
    AUTUMN_2018,
    AUTUMN_2019,
    PRIME_MINISTER,
    PROVINCE,
    SAME,
    START,
    YEARLY_2018,
    Case,
    days_in,
    one_gift,
)
from chungtay.desk.demo.story import Line
from chungtay.law.deadlines import working_days_after


def _appraised(
    key: str,
    party: str,
    seat: str,
    content: str,
    story: str,
    day: int,
    *,
    year: int = 2018,
    award: str = PROVINCE,
    lines: tuple[Line, ...] = (),
    summary: str = "",
    shows: str,
) -> Case:
    """A dossier opened in October of that year that came as far as the appraisal."""
    opened = date(year, 10, day)
    handed_in, received = working_days_after(opened, 1), working_days_after(opened, 2)
    days = (opened, handed_in, received, date(year, 11, 14 if year == 2018 else 13))
    period = (START, AUTUMN_2018 if year == 2018 else AUTUMN_2019)
    return Case(key, party, seat, content, story, ("yearly", year), days, period, award, lines, summary, shows=shows)


_SWEAT = (
    Line("labour", "Góp 640 ngày công cất chín căn nhà cho hộ nghèo"),
    Line("other", "Hai mươi sáu hộ có vốn làm ăn"),
)

EARLIER = (
    _appraised("khmer_household", "ho.rau", "xa.dinhan", "a", "rau_mau", 1, shows="giải quyết trọn một vòng, hộ Khmer"),
    _appraised("eleven_of_fifteen", "ho.tom", "xa.thoson", "a", "tom_lua", 2, shows="11/15 phiếu: vừa đủ 70%"),
    _appraised("ten_of_fifteen", "ho.bo", "xa.tayyen", "a", "nuoi_bo", 2, shows="10/15 phiếu: thiếu một phiếu"),
    _appraised(
        "community",
        "ap.bang",
        "xa.phumy",
        "b",
        "ap_doan_ket",
        3,
        lines=_SWEAT,
        shows="cộng đồng ấp, thưởng gấp hai cá nhân",
    ),
    _appraised(
        "giver_2018", "dn.thuanphat", "mttq", "e", "nha_dai_doan_ket", 8, shows="tặng tiền: biểu trưng thay tiền thưởng"
    ),
    _appraised(
        "giver_same",
        "dn.gachngoi",
        "mttq",
        "e",
        "nha_dai_doan_ket",
        8,
        summary=SAME,
        shows="sẽ trùng thành tích năm 2020",
    ),
    _appraised("revoked", "cb.dongyen", "ldtbxh", "dd", "can_bo_xa", 9, shows="khen thưởng bị thu hồi"),
    _appraised("corrected", "ho.sohuyet", "xa.vankhanhdong", "a", "so_huyet", 9, shows="tên trên bằng được đính chính"),
    Case(
        "refused_under_threshold",
        "cn.gao",
        "mttq",
        "e",
        "gao_mua_lu",
        YEARLY_2018,
        days_in(2018, (10, 8), (10, 9), (10, 10)),
        (START, AUTUMN_2018),
        lines=one_gift("Tặng gạo và nước ngọt cho hộ nghèo", 62_000_000, "goods"),
        shows="đóng góp chưa tới mức, Ban kết luận không đủ điều kiện",
    ),
    Case(
        "withdrawn",
        "ho.khom",
        "xa.thoiquan",
        "a",
        "khom",
        YEARLY_2018,
        days_in(2018, (10, 4), (10, 5), (10, 8)),
        (START, AUTUMN_2018),
        shows="đơn vị tự rút hồ sơ",
    ),
    _appraised(
        "person_at_threshold",
        "cn.banhmi",
        "mttq",
        "e",
        "gao_mua_lu",
        1,
        year=2019,
        shows="đúng 100.000.000 đồng của cá nhân",
    ),
    _appraised(
        "labour_giver",
        "cn.cau",
        "mttq",
        "e",
        "cau_nong_thon",
        2,
        year=2019,
        shows="góp công: tiền thưởng, không biểu trưng",
    ),
    _appraised(
        "land_giver",
        "ho.hiendat",
        "xa.ngocchuc",
        "e",
        "dat_lam_duong",
        3,
        year=2019,
        shows="hiến đất đúng 50.000.000 đồng của hộ",
    ),
    _appraised("knowledge_giver", "cn.daynghe", "xa.minhthuan", "e", "day_nghe", 7, year=2019, shows="góp trí tuệ"),
    _appraised("collective", "phong.bvsk", "soyte", "d", "y_te", 7, year=2019, shows="tập thể thuộc sở"),
    _appraised(
        "commune",
        "pc.xa.vankhanhdong",
        "huyen.anminh",
        "c",
        "xa_giam_ngheo",
        8,
        year=2019,
        shows="UBND xã do huyện trình",
    ),
    _appraised(
        "forwarded",
        "htx.tomlua",
        "mttq",
        "e",
        "bao_tieu",
        8,
        year=2019,
        award=PRIME_MINISTER,
        shows="khen cấp Nhà nước đã trình Thủ tướng",
    ),
    _appraised(
        "granted",
        "dn.vungtau",
        "mttq",
        "e",
        "cau_nong_thon",
        8,
        year=2019,
        award=PRIME_MINISTER,
        shows="Trung ương trả lời: được Bằng khen của Thủ tướng",
    ),
    _appraised(
        "not_granted",
        "dn.bienngoc",
        "mttq",
        "e",
        "hoc_bong",
        9,
        year=2019,
        award=PRIME_MINISTER,
        shows="Trung ương trả lời: không khen",
    ),
    _appraised(
        "secret_nine_of_fourteen",
        "nn.mangay",
        "mttq",
        "e",
        "hoc_bong",
        9,
        year=2019,
        award=PRIME_MINISTER,
        shows="bỏ phiếu kín, 9/14 phiếu: không đủ",
    ),
    _appraised(
        "giver_2019",
        "dn.hatvang",
        "mttq",
        "e",
        "bao_tieu",
        10,
        year=2019,
        shows="đã khen 2019, năm 2020 tính từ hôm sau",
    ),
    _appraised(
        "deferred",
        "to.namthaia",
        "xa.namthaia",
        "b",
        "to_hop_tac",
        10,
        year=2019,
        shows="để lại phiên sau rồi mới biểu quyết",
    ),
)
