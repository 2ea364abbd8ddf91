"""The offices of the demo province and their desks: real kinds of offices in real places, nobody real in them."""

from dataclasses import dataclass

from chungtay.law.procedure import Desk
from chungtay.parties.kinds import PartyKind as Kind

PASSWORD = "chung-tay-2020"  # noqa: S105  the one password of the demo, printed by `demo_accounts`


@dataclass(frozen=True)
class Body:
    """An office: `key` is also the username at its desk, where it has one. `by` is the office that manages it."""

    key: str
    name: str
    kind: str
    place: str = "kg"
    desk: Desk | None = None
    desk_name: str = ""
    title: str = ""
    by: str = ""


def _unit(key: str, name: str, kind: Kind = Kind.DEPARTMENT, place: str = "kg") -> Body:
    return Body(key, name, kind, place, Desk.UNIT)


PROVINCE = (
    Body("ubnd", "Ủy ban nhân dân tỉnh Kiên Giang", Kind.DEPARTMENT),
    Body("sonoivu", "Sở Nội vụ", Kind.DEPARTMENT),
    Body("ban", "Ban Thi đua - Khen thưởng", Kind.DEPARTMENT),
    Body("hoidong", "Hội đồng Thi đua - Khen thưởng tỉnh", Kind.DEPARTMENT),
    Body("ldtbxh", "Sở Lao động - Thương binh và Xã hội", Kind.DEPARTMENT, desk=Desk.LABOUR),
    Body(
        "mttq", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Kiên Giang", Kind.FATHERLAND_FRONT, desk=Desk.FRONT,
        desk_name="Ủy ban Mặt trận Tổ quốc tỉnh",
    ),
    _unit("soyte", "Sở Y tế"),
    _unit("sogddt", "Sở Giáo dục và Đào tạo"),
    _unit("sonn", "Sở Nông nghiệp và Phát triển nông thôn"),
    _unit("sotc", "Sở Tài chính"),
    _unit("sokhdt", "Sở Kế hoạch và Đầu tư"),
    _unit("soxd", "Sở Xây dựng"),
    _unit("sogtvt", "Sở Giao thông vận tải"),
    _unit("sotttt", "Sở Thông tin và Truyền thông"),
    _unit("bandt", "Ban Dân tộc tỉnh"),
    _unit("phunu", "Hội Liên hiệp Phụ nữ tỉnh", Kind.MASS_ORGANISATION),
    _unit("nongdan", "Hội Nông dân tỉnh", Kind.MASS_ORGANISATION),
    _unit("tinhdoan", "Tỉnh đoàn Kiên Giang", Kind.MASS_ORGANISATION),
    _unit("ccb", "Hội Cựu chiến binh tỉnh", Kind.MASS_ORGANISATION),
    _unit("ldld", "Liên đoàn Lao động tỉnh", Kind.MASS_ORGANISATION),
    _unit("ctd", "Hội Chữ thập đỏ tỉnh", Kind.MASS_ORGANISATION),
    _unit("nhcsxh", "Chi nhánh Ngân hàng Chính sách xã hội tỉnh", Kind.BANK),
)  # fmt: skip

WITHOUT_DESK = (
    Body("dn.thuanphat", "Công ty TNHH Chế biến thủy sản Thuận Phát Hưng", Kind.ENTERPRISE, "kg-899"),
    Body("dn.hatvang", "Công ty Cổ phần Lương thực Hạt Vàng Miền Tây", Kind.ENTERPRISE, "kg-904"),
    Body("dn.vungtau", "Công ty TNHH Xây dựng Cầu Đường Tây Nam", Kind.ENTERPRISE, "kg-899"),
    Body("dn.bienngoc", "Công ty TNHH Du lịch Biển Ngọc Đảo Xa", Kind.ENTERPRISE, "kg-911"),
    Body("dn.gachngoi", "Doanh nghiệp tư nhân Gạch ngói Út Thành", Kind.ENTERPRISE, "kg-903"),
    Body("dn.duoc", "Công ty Cổ phần Dược liệu U Minh Xanh", Kind.ENTERPRISE, "kg-913"),
    Body("dn.nuocda", "Doanh nghiệp tư nhân Nước đá Ba Hòn Lạnh", Kind.ENTERPRISE, "kg-902"),
    Body("htx.khom", "Hợp tác xã Khóm Đồng Lợi", Kind.COOPERATIVE, "kg-907"),
    Body("htx.tomlua", "Hợp tác xã Tôm lúa Thuận Thiên Sinh", Kind.COOPERATIVE, "kg-909"),
    Body("htx.bang", "Hợp tác xã Đan bàng Đồng Cỏ Xanh", Kind.COOPERATIVE, "kg-914"),
    Body("htx.lua", "Hợp tác xã Lúa giống Kinh Zero", Kind.COOPERATIVE, "kg-904"),
    Body("truong.dinhan", "Trường Trung học cơ sở Định An 9", Kind.SCHOOL, "kg-30964", by="sogddt"),
    Body("truong.thoson", "Trường Tiểu học Thổ Sơn 7", Kind.SCHOOL, "kg-30841", by="sogddt"),
    Body("truong.ntrg", "Trường Phổ thông Dân tộc nội trú Sen Hồng", Kind.SCHOOL, "kg-907", by="sogddt"),
    Body("tram.namthaia", "Trạm Y tế xã Nam Thái A", Kind.HEALTH_FACILITY, "kg-31003", by="soyte"),
    Body("tram.phumy", "Trạm Y tế xã Phú Mỹ", Kind.HEALTH_FACILITY, "kg-30799", by="soyte"),
    Body("ttyt.hondat", "Trung tâm Y tế huyện Hòn Đất", Kind.HEALTH_FACILITY, "kg-903", by="soyte"),
    Body("phong.ytegr", "Phòng Lao động - Thương binh và Xã hội huyện Giồng Riềng", Kind.BOARD_BRANCH, "kg-906"),
    Body("phong.bvsk", "Phòng Nghiệp vụ Y, Sở Y tế", Kind.COLLECTIVE, by="soyte"),
    Body("phong.khuyennong", "Trung tâm Khuyến nông, tổ tôm lúa", Kind.COLLECTIVE),
    Body("nn.mangay", "Hội Thiện nguyện Hoa Sen Trắng, Thành phố Hồ Chí Minh", Kind.OUTSIDE_ORGANISATION),
    Body("nn.banhmi", "Nhóm Bếp cơm Nghĩa Tình, Cần Thơ", Kind.OUTSIDE_ORGANISATION),
    Body("qt.anhsang", "Light for the Delta Foundation", Kind.FOREIGN_ORGANISATION),
    Body("qt.nordfisk", "Nordfisk Delta AS", Kind.FOREIGN_ORGANISATION),
    Body("qt.mekong", "Mekong Children's Hope Foundation", Kind.FOREIGN_ORGANISATION, by="mttq"),
)  # fmt: skip

DISTRICTS = tuple(f"kg-{code}" for code in (899, 900, *range(902, 915)))

COMMUNES: dict[str, tuple[str, ...]] = {
    "kg-30841": ("Hòn Me", "Hòn Quéo", "Vạn Thanh"),
    "kg-30835": ("Vàm Rầy", "Kiên Bình"),
    "kg-30844": ("Tân Điền", "Mỹ Hưng"),
    "kg-31003": ("Bảy Biển", "Đồng Giữa", "Xẻo Đôi"),
    "kg-31009": ("Cái Nước", "Ngã Cạy"),
    "kg-30988": ("Thứ Nhất", "Rẫy Mới"),
    "kg-31045": ("Kim Quy", "Cây Gõ", "Mương Đào"),
    "kg-31036": ("Xẻo Lá", "Thạnh An"),
    "kg-30964": ("An Phong", "An Hưng", "Hòa Út"),
    "kg-30967": ("Thạnh Hòa", "Châu Thành"),
    "kg-30961": ("Xuân Bình", "Thới An"),
    "kg-30922": ("Nguyễn Tấn Thêm", "Bàn Thạch"),
    "kg-30928": ("Ngọc Lợi", "Hai Tỷ"),
    "kg-30895": ("Minh Long", "Bình Hòa"),
    "kg-30889": ("Tân Hưng", "Tân Lợi"),
    "kg-30799": ("Trần Thệ", "Kinh Mới", "Thuận An"),
    "kg-30793": ("Tà Êm", "Nha Sáp"),
    "kg-31066": ("Minh Dũng", "Kênh Năm"),
    "kg-31027": ("An Hòa", "Trung Đoàn"),
    "kg-31060": ("Bình Hòa", "Hiệp Hòa"),
    "kg-30874": ("Kinh 9A", "Đông Thọ"),
    "kg-30784": ("Hòa Phầu", "Ngã Tư"),
    "kg-31111": ("Bãi Nhà", "Thiên Tuế"),
    "kg-30736": ("Khu phố Dãy Ốc", "Khu phố Quang Trung"),
}
"""Communes that work with the system, each with some hamlets."""

KHMER_COMMUNES = frozenset({"kg-30964", "kg-30967", "kg-30922", "kg-30895", "kg-30889", "kg-30799", "kg-30793"})
HOA_COMMUNES = frozenset({"kg-30736", "kg-30784"})

OFFICES = (
    # username, desk, body, name of the desk, title under a signature
    ("motcua", Desk.OFFICE, "sonoivu", "Bộ phận Tiếp nhận và Trả kết quả, Sở Nội vụ", "Chuyên viên"),
    ("bantdkt", Desk.BOARD, "ban", "Ban Thi đua - Khen thưởng, phòng Nghiệp vụ", "Chuyên viên"),
    ("thuky", Desk.SECRETARY, "hoidong", "Thư ký Hội đồng Thi đua - Khen thưởng", "Thư ký Hội đồng"),
    ("chutich", Desk.CHAIR, "ubnd", "Chủ tịch Ủy ban nhân dân tỉnh", "Chủ tịch"),
    ("quantri", Desk.ADMIN, "sonoivu", "Quản trị hệ thống", ""),
    ("kiemtra", Desk.AUDITOR, "ubnd", "Kiểm tra nhật ký", ""),
)

COUNCIL = (
    # office in the Council and the body where the member works; the Chairman is the first member
    ("chair", "ubnd"), ("standing_vice", "ubnd"), ("vice", "ban"), ("vice", "mttq"), ("secretary", "sonoivu"),
    ("member", "ldtbxh"), ("member", "sotc"), ("member", "soyte"), ("member", "sogddt"), ("member", "sonn"),
    ("member", "phunu"), ("member", "nongdan"), ("member", "ldld"), ("member", "tinhdoan"), ("member", "ccb"),
)  # fmt: skip

WORK = {
    Desk.COMMUNE: "đăng ký cho hộ, ấp; lập và nộp hồ sơ của xã",
    Desk.UNIT: "đăng ký và lập hồ sơ của cơ quan, đơn vị",
    Desk.DISTRICT: "lập hồ sơ của huyện; ghi sổ kỷ luật",
    Desk.FRONT: "lập hồ sơ cho nhà hảo tâm trong và ngoài tỉnh",
    Desk.LABOUR: "lập hồ sơ của cán bộ giảm nghèo; theo dõi phong trào",
    Desk.OFFICE: "mở, kiểm tra, tiếp nhận hoặc trả lại hồ sơ",
    Desk.BOARD: "thẩm định, nhận xét tiêu chuẩn, dự thảo quyết định",
    Desk.SECRETARY: "lập phiên họp, mở biểu quyết, chốt kết quả, biên bản",
    Desk.COUNCIL: "biểu quyết trong phiên họp",
    Desk.CHAIR: "ký quyết định, trình Thủ tướng, đính chính, thu hồi",
    Desk.ADMIN: "tài khoản, danh mục, nhật ký",
    Desk.AUDITOR: "xem nhật ký và mọi hồ sơ đã nộp",
}
