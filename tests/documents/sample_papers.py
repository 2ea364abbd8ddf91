"""Papers with invented people, for the tests of this folder."""

from datetime import date

from chungtay.documents.papers import (
    AwardPart,
    AwardRow,
    CertificateBatch,
    CertificatePaper,
    DecisionPaper,
    Letterhead,
    Signer,
)
from chungtay.law.words import in_words

DAY = date(2018, 2, 5)
HEAD = Letterhead(issuer="Ủy ban nhân dân tỉnh Kiên Giang", number="05/QĐ-UBND", place="Kiên Giang", issued_on=DAY)
SIGNER = Signer(authority=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), name="Nguyễn Văn Thí Dụ")
AUTHORITY = "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG"
# Every Vietnamese vowel with every tone, so that no page passes with a letter missing.
LETTERS = "".join(chr(code) for code in range(0x1EA0, 0x1EFA)) + "ĂăÂâĐđÊêÔôƠơƯưÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĨĩŨũ"


def row(number: int, *, amount: int = 1_300_000) -> AwardRow:
    """One awarded person whose name holds the number."""
    return AwardRow(
        f"Nguyễn Thị Ẩn {number}", "Ấp Hòa Thuận, xã Giục Tượng", "Vượt khó thoát nghèo", "Bằng khen", amount
    )


def decision(*, people: int = 3, households: int = 2) -> DecisionPaper:
    """A decision with two filled parts and an empty one."""
    parts = (
        AwardPart("Tập thể", ()),
        AwardPart("Hộ gia đình", tuple(row(number, amount=0) for number in range(1, households + 1))),
        AwardPart("Cá nhân", tuple(row(number) for number in range(101, 101 + people))),
    )
    return DecisionPaper(
        head=HEAD,
        subject="Về việc tặng Bằng khen",
        authority=AUTHORITY,
        bases=(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
            "Căn cứ Luật Thi đua, khen thưởng",
        ),
        proposal="Theo đề nghị của Giám đốc Sở Nội vụ.",
        articles=("Tặng Bằng khen.", "Mức thưởng theo quy định", "Các đơn vị thi hành Quyết định này kể từ ngày ký."),
        recipients=("Như Điều 3", "Lưu: VT"),
        signer=SIGNER,
        annex_subject="Tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        parts=parts,
        total_in_words=in_words(1_300_000 * people) if people else "",
    )


def certificate(
    number: int = 1, *, name: str = "Nguyễn Thị Ẩn", achievement: str = "Vượt khó thoát nghèo"
) -> CertificatePaper:
    """One certificate."""
    return CertificatePaper(
        name=name,
        address="Ấp Hòa Thuận, xã Giục Tượng",
        achievement=achievement,
        golden_book=f"{number}/2018",
        qr=f"https://example.vn/cong-khai/bang-khen/{number:022d}/{'s' * 86}",
    )


def batch(*certificates: CertificatePaper) -> CertificateBatch:
    """The given certificates, or one."""
    return CertificateBatch(
        authority=AUTHORITY,
        decision_number="05/QĐ-UBND",
        place="Kiên Giang",
        decided_on=DAY,
        signer=SIGNER,
        certificates=certificates or (certificate(),),
    )
