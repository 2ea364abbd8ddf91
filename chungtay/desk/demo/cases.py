"""The dossiers of the demo: which party, which story, on which days, how far; and on which side of which border.

`days` are those of opening, handing in, receiving and appraising, as many as the dossier came to; the check at the
one-stop desk begins on the day of receiving. What follows (meetings, decisions, returns) stands in `turns`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from chungtay.desk.demo.stories import Line

YEARLY_2018, YEARLY_2019, YEARLY_2020 = ("yearly", 2018), ("yearly", 2019), ("yearly", 2020)
FIVE_YEAR = ("five_year", 2020)
PROVINCE, PRIME_MINISTER, LABOUR_ORDER = "province_certificate", "pm_certificate", "labour_order_3"

START = date(2016, 1, 1)
AUTUMN_2018, AUTUMN_2019, SUMMER_2020 = date(2018, 9, 30), date(2019, 9, 30), date(2020, 6, 30)
AUTUMN_2020 = date(2020, 9, 30)
DISCIPLINE_ENDED = date(2017, 5, 3)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """One dossier. `shows` is the border or the state for which it is here."""

    key: str
    party: str
    seat: str
    content: str
    story: str
    round: tuple[str, int]
    days: tuple[date, ...]
    period: tuple[date, date]
    award: str = PROVINCE
    lines: tuple[Line, ...] = ()
    summary: str = ""
    is_empty: bool = False
    shows: str = ""


def _days(year: int, *told: tuple[int, int]) -> tuple[date, ...]:
    return tuple(date(year, month, day) for month, day in told)


def _gift(text: str, value: int, nature: str = "money") -> tuple[Line, ...]:
    return (Line(nature, text, value),)


def _paid(key: str, party: str, seat: str, content: str, story: str, day: int, *, year: int = 2018, **more: object) -> Case:
    """A dossier of an earlier year that came as far as the appraisal."""
    days = _days(year, (10, day), (10, day + 1), (10, day + 2), (11, 14 if year == 2018 else 13))
    until = AUTUMN_2018 if year == 2018 else AUTUMN_2019
    told = {"period": (START, until), **more}
    return Case(key, party, seat, content, story, ("yearly", year), days, **told)  # type: ignore[arg-type]


_SAME = "Ủng hộ xây mười căn nhà đại đoàn kết cho hộ nghèo huyện Hòn Đất"

EARLIER = (
    _paid("khmer_household", "ho.rau", "xa.dinhan", "a", "rau_mau", 1, shows="giải quyết trọn một vòng, hộ Khmer"),
    _paid("eleven_of_fifteen", "ho.tom", "xa.thoson", "a", "tom_lua", 2, shows="11/15 phiếu: vừa đủ 70%"),
    _paid("ten_of_fifteen", "ho.bo", "xa.tayyen", "a", "nuoi_bo", 2, shows="10/15 phiếu: thiếu một phiếu"),
    _paid("community", "ap.bang", "xa.phumy", "b", "ap_doan_ket", 3, shows="cộng đồng ấp, thưởng gấp hai"),
    _paid("giver_2018", "dn.thuanphat", "mttq", "e", "nha_dai_doan_ket", 8, shows="tặng tiền: biểu trưng thay tiền thưởng"),
    _paid("giver_same", "dn.gachngoi", "mttq", "e", "nha_dai_doan_ket", 8, summary=_SAME, shows="sẽ trùng thành tích năm 2020"),
    _paid("revoked", "cb.dongyen", "ldtbxh", "dd", "can_bo_xa", 9, shows="khen thưởng bị thu hồi"),
    _paid("corrected", "ho.sohuyet", "xa.vankhanhdong", "a", "so_huyet", 9, shows="tên trên bằng được đính chính"),
    Case(
        "refused_under_threshold", "cn.gao", "mttq", "e", "gao_mua_lu", YEARLY_2018, _days(2018, (10, 8), (10, 9), (10, 10)),
        (START, AUTUMN_2018), lines=_gift("Tặng gạo và nước ngọt cho hộ nghèo", 62_000_000, "goods"),
        shows="đóng góp chưa tới mức, Ban kết luận không đủ điều kiện",
    ),
    Case(
        "withdrawn", "ho.khom", "xa.thoiquan", "a", "khom", YEARLY_2018, _days(2018, (10, 4), (10, 5), (10, 8)),
        (START, AUTUMN_2018), shows="đơn vị tự rút hồ sơ",
    ),
    _paid("person_at_threshold", "cn.banhmi", "mttq", "e", "gao_mua_lu", 1, year=2019, shows="đúng 100.000.000 đồng của cá nhân"),
    _paid("labour_giver", "cn.cau", "mttq", "e", "cau_nong_thon", 2, year=2019, shows="góp công: tiền thưởng, không biểu trưng"),
    _paid("land_giver", "ho.hiendat", "xa.ngocchuc", "e", "dat_lam_duong", 3, year=2019, shows="hiến đất đúng 50.000.000 đồng của hộ"),
    _paid("knowledge_giver", "cn.daynghe", "xa.minhthuan", "e", "day_nghe", 7, year=2019, shows="góp trí tuệ"),
    _paid("collective", "phong.bvsk", "soyte", "d", "y_te", 7, year=2019, shows="tập thể thuộc sở"),
    _paid("commune", "pc.xa.vankhanhdong", "huyen.anminh", "c", "xa_giam_ngheo", 8, year=2019, shows="UBND xã do huyện trình"),
    _paid(
        "forwarded", "htx.tomlua", "mttq", "e", "bao_tieu", 8, year=2019, award=PRIME_MINISTER,
        shows="khen cấp Nhà nước đã trình Thủ tướng",
    ),
    _paid(
        "secret_nine_of_fourteen", "nn.mangay", "mttq", "e", "hoc_bong", 9, year=2019, award=PRIME_MINISTER,
        shows="bỏ phiếu kín, 9/14 phiếu: không đủ",
    ),
    _paid("giver_2019", "dn.hatvang", "mttq", "e", "bao_tieu", 10, year=2019, shows="đã khen 2019, năm 2020 tính từ hôm sau"),
    _paid("deferred", "to.namthaia", "xa.namthaia", "b", "to_hop_tac", 10, year=2019, shows="để lại phiên sau rồi mới biểu quyết"),
)  # fmt: skip

FIVE_YEARS = (
    Case(
        "overdue", "ho.danbang", "xa.phumy", "a", "dan_bang", FIVE_YEAR, _days(2020, (8, 4), (8, 6), (8, 10)),
        (START, SUMMER_2020), shows="quá hạn ở Ban Thi đua - Khen thưởng",
    ),
    Case(
        "due_today", "ap.thoson", "xa.thoson", "b", "hu_gao", FIVE_YEAR, _days(2020, (9, 9), (9, 11), (9, 15)),
        (START, SUMMER_2020), shows="đến hạn đúng hôm nay",
    ),
    Case(
        "excluded_by_state_proposal", "htx.tomlua", "mttq", "e", "bao_tieu", FIVE_YEAR, _days(2020, (10, 12)),
        (START, SUMMER_2020), summary="Liên kết sản xuất tôm - lúa với hộ nghèo suốt năm năm",
        shows="đã trình Thủ tướng nên không xét bằng khen 5 năm",
    ),
    Case(
        "state_proposal_withdrawn", "cn.cau", "mttq", "e", "cau_nong_thon", FIVE_YEAR,
        _days(2020, (8, 5), (8, 6), (8, 7)), (START, SUMMER_2020), award=PRIME_MINISTER,
        summary="Mười hai năm bắc cầu từ thiện cho bà con vùng sâu", shows="đề nghị cấp Nhà nước đã rút",
    ),
    Case(
        "after_withdrawn_proposal", "cn.cau", "mttq", "e", "cau_nong_thon", FIVE_YEAR,
        _days(2020, (10, 5), (10, 6), (10, 7)), (START, SUMMER_2020),
        summary="Bắc 37 cây cầu nông thôn trong giai đoạn 2016-2020", shows="đề nghị cấp Nhà nước đã rút: chỉ còn cảnh báo",
    ),
    Case(
        "on_draft_1", "pc.xa.dinhan", "huyen.goquao", "c", "xa_giam_ngheo", FIVE_YEAR,
        _days(2020, (8, 5), (8, 7), (8, 10), (9, 8)), (START, SUMMER_2020), shows="trong dự thảo quyết định chờ ký",
    ),
    Case(
        "on_draft_2", "ctd", "mttq", "e", "bep_com", FIVE_YEAR, _days(2020, (8, 5), (8, 7), (8, 10), (9, 9)),
        (START, SUMMER_2020), lines=_gift("Quyên góp cho bệnh nhân nghèo", 940_000_000),
        shows="trong dự thảo, kèm biểu trưng",
    ),
    Case(
        "on_draft_3", "cb.minhhoa", "ldtbxh", "dd", "can_bo_huyen", FIVE_YEAR,
        _days(2020, (8, 6), (8, 7), (8, 11), (9, 9)), (START, SUMMER_2020), shows="trong dự thảo quyết định chờ ký",
    ),
    Case(
        "state_recommended", "pc.huyen.giangthanh", "huyen.giangthanh", "c", "huyen_giam_ngheo", FIVE_YEAR,
        _days(2020, (8, 4), (8, 6), (8, 10), (9, 10)), (START, SUMMER_2020), award=LABOUR_ORDER,
        shows="huân chương, Hội đồng đã đề nghị, chờ trình",
    ),
    Case(
        "state_recommended_2", "nhcsxh", "nhcsxh", "e", "tin_dung", FIVE_YEAR,
        _days(2020, (8, 10), (8, 12), (8, 13), (9, 11)), (START, SUMMER_2020), award=PRIME_MINISTER,
        shows="bằng khen Thủ tướng, chờ trình",
    ),
    Case(
        "recommended", "truong.dinhan", "sogddt", "d", "truong_hoc", FIVE_YEAR,
        _days(2020, (8, 10), (8, 12), (8, 13), (9, 11)), (START, SUMMER_2020), shows="chưa nằm trong dự thảo nào",
    ),
    Case(
        "declined_2020", "to.vinhquang", "phuong.vinhquang", "b", "hu_gao", FIVE_YEAR,
        _days(2020, (8, 11), (8, 12), (8, 14), (9, 11)), (START, SUMMER_2020), shows="một thành viên rút: cần 10/14, được 9",
    ),
    Case(
        "passed_today", "ho.calong", "xa.laison", "a", "ca_long_be", FIVE_YEAR,
        _days(2020, (9, 1), (9, 3), (9, 4), (10, 7)), (START, SUMMER_2020), shows="vừa thông qua trong phiên họp hôm nay",
    ),
    Case(
        "voting", "phunu", "phunu", "d", "hoi_doan_the", FIVE_YEAR, _days(2020, (9, 7), (9, 8), (9, 9), (10, 8)),
        (START, SUMMER_2020), shows="đang biểu quyết, còn người chưa bỏ phiếu",
    ),
    Case(
        "listed", "ap.anphong", "xa.dinhan", "b", "ap_doan_ket", FIVE_YEAR, _days(2020, (9, 7), (9, 8), (9, 10), (10, 8)),
        (START, SUMMER_2020), shows="chờ biểu quyết trong phiên đang họp",
    ),
    Case(
        "listed_secret", "qt.anhsang", "mttq", "e", "hoc_bong", FIVE_YEAR, _days(2020, (9, 8), (9, 9), (9, 10), (10, 9)),
        (START, SUMMER_2020), award=PRIME_MINISTER, shows="tổ chức nước ngoài, sẽ bỏ phiếu kín",
    ),
    Case(
        "planned", "bandt", "bandt", "d", "y_te", FIVE_YEAR, _days(2020, (9, 9), (9, 10), (9, 11), (10, 14)),
        (START, SUMMER_2020), summary="Đưa cán bộ y tế về vùng đồng bào Khmer khám bệnh cho người nghèo",
        shows="trong chương trình phiên sau",
    ),
    Case(
        "discipline_before", "cb.namthaia", "ldtbxh", "dd", "can_bo_xa", FIVE_YEAR,
        _days(2020, (9, 10), (9, 11), (9, 14), (10, 15)), (DISCIPLINE_ENDED + DAY, SUMMER_2020),
        shows="kỷ luật hết hiệu lực ngày hôm trước: không vướng",
    ),
    Case(
        "discipline_inside", "cb.vinhdieu", "ldtbxh", "dd", "can_bo_xa", FIVE_YEAR, _days(2020, (9, 22)),
        (START, SUMMER_2020), shows="bị khiển trách trong thời gian thành tích",
    ),
    Case(
        "pending_complaint", "cb.thuanyen", "ldtbxh", "dd", "can_bo_huyen", FIVE_YEAR, _days(2020, (9, 14), (9, 15), (9, 17)),
        (START, SUMMER_2020), shows="đang xác minh đơn khiếu nại",
    ),
)  # fmt: skip

THIS_YEAR = (
    Case("empty_draft", "ho.thoson", "xa.thoson", "a", "tom_lua", YEARLY_2020, _days(2020, (10, 19)), (START, AUTUMN_2020),
         is_empty=True, shows="bản nháp mới mở"),
    Case("complete_draft", "ap.honme", "xa.thoson", "b", "to_hop_tac", YEARLY_2020, _days(2020, (10, 13)), (START, AUTUMN_2020),
         shows="đủ giấy tờ, chỉ còn nộp"),
    Case("office_overdue", "ho.mylam", "xa.mylam", "a", "nuoi_bo", YEARLY_2020, _days(2020, (10, 5), (10, 8)),
         (START, AUTUMN_2020), shows="quá hạn kiểm tra ở một cửa"),
    Case("office_today", "ho.tanhiep", "xa.thanhdonga", "a", "tom_lua", YEARLY_2020, _days(2020, (10, 12), (10, 15)),
         (START, AUTUMN_2020), shows="hạn kiểm tra hôm nay"),
    Case("office_new", "truong.thoson", "sogddt", "d", "truong_hoc", YEARLY_2020, _days(2020, (10, 16), (10, 19)),
         (START, AUTUMN_2020), shows="mới nộp hôm qua"),
    Case("checking", "ttyt.hondat", "soyte", "d", "y_te", YEARLY_2020, _days(2020, (10, 14), (10, 16)),
         (START, AUTUMN_2020), shows="một cửa đang kiểm tra"),
    Case("returned", "ho.minhthuan", "xa.minhthuan", "a", "khom", YEARLY_2020, _days(2020, (10, 5), (10, 7)),
         (START, AUTUMN_2020), shows="một cửa trả lại, ghi rõ từng mục"),
    Case("returned_by_board", "qt.nordfisk", "mttq", "e", "nha_dai_doan_ket", YEARLY_2020,
         _days(2020, (10, 2), (10, 5), (10, 6)), (START, AUTUMN_2020), lines=_gift("Xây trạm cấp nước cho ấp", 2_300_000_000),
         shows="doanh nghiệp nước ngoài, Ban trả lại"),
    Case("answered", "ap.thuylieu", "xa.thuylieu", "b", "hu_gao", YEARLY_2020, _days(2020, (10, 6), (10, 7)),
         (START, AUTUMN_2020), shows="đã bổ sung và nộp lại"),
    Case("recalled", "ho.vinhdieu", "xa.vinhdieu", "a", "rau_mau", YEARLY_2020, _days(2020, (10, 12), (10, 14)),
         (START, AUTUMN_2020), shows="đơn vị lấy lại khi chưa ai mở"),
    Case("overlap", "dn.thuanphat", "mttq", "e", "nha_dai_doan_ket", YEARLY_2020, _days(2020, (10, 2), (10, 5), (10, 6)),
         (AUTUMN_2018, AUTUMN_2020), summary="Xây thêm tám căn nhà đại đoàn kết ở huyện An Minh",
         shows="thời gian trùng một ngày với lần khen 2018: cảnh báo"),
    Case("day_after", "dn.hatvang", "mttq", "e", "bao_tieu", YEARLY_2020, _days(2020, (10, 2), (10, 5), (10, 6)),
         (AUTUMN_2019 + DAY, AUTUMN_2020), summary="Mở rộng bao tiêu lúa cho hộ nghèo năm 2020",
         shows="tính từ hôm sau lần khen 2019: không cảnh báo"),
    Case("same_achievement", "dn.gachngoi", "mttq", "e", "nha_dai_doan_ket", YEARLY_2020, _days(2020, (10, 8)),
         (AUTUMN_2018 + DAY, AUTUMN_2020), summary=_SAME, shows="thành tích này đã được khen năm 2018"),
    Case("one_step_under", "dn.nuocda", "mttq", "e", "nha_dai_doan_ket", YEARLY_2020,
         _days(2020, (10, 6), (10, 7), (10, 8)), (START, AUTUMN_2020), lines=_gift("Ủng hộ Quỹ Vì người nghèo", 199_999_999),
         shows="thiếu 1 đồng so với mức của tổ chức"),
    Case("at_threshold", "dn.duoc", "mttq", "e", "nha_dai_doan_ket", YEARLY_2020, _days(2020, (10, 6), (10, 7), (10, 8)),
         (START, AUTUMN_2020), lines=_gift("Ủng hộ Quỹ Vì người nghèo", 200_000_000), shows="đúng mức của tổ chức"),
    Case("overseas", "kb.loc", "mttq", "e", "tri_thuc", YEARLY_2020, _days(2020, (10, 1), (10, 2), (10, 5)),
         (START, AUTUMN_2020), shows="người Việt Nam ở nước ngoài góp trí tuệ; Ban đang nhận xét dở"),
)  # fmt: skip

CASES = (*EARLIER, *FIVE_YEARS, *THIS_YEAR)
