"""Invented names of Kinh, Khmer and Hoa people, drawn from lists by a seeded die; no name is drawn twice."""

from random import Random

from chungtay.records.names import fold

SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Phan", "Trương", "Bùi", "Đặng", "Đỗ", "Hồ", "Ngô", "Dương", "Cao",
    "Châu", "Tăng", "Thái", "Kiều", "Lư",
)  # fmt: skip
MEN = (
    "Văn Bé", "Văn Đèo", "Hoàng Ân", "Quốc Khởi", "Minh Đương", "Trung Kiên", "Thanh Liêm", "Văn Lượm", "Hữu Nghĩa",
    "Phước Nguyên", "Văn Sáu", "Tấn Tài", "Chí Thiện", "Văn Thơm", "Hoàng Vẹn", "Văn Dũng Em", "Ngọc Ẩn", "Út Mười",
    "Hoài Phong", "Văn Thạnh", "Công Lý", "Văn Hai Lúa", "Trường Sơn", "Khắc Duy", "Văn Chiêu", "Hải Đăng",
)  # fmt: skip
WOMEN = (
    "Thị Bé Ba", "Thị Cẩm Tú", "Thị Diễm", "Ngọc Giàu", "Thị Hạnh Nhơn", "Thị Kiều Oanh", "Mỹ Lệ", "Thị Lụa", "Thị Mận",
    "Thị Năm Nhỏ", "Ngọc Nữ", "Thị Phấn", "Hồng Quyên", "Thị Sáu", "Thị Thùy Trang", "Bích Trâm", "Thị Út Hai",
    "Thị Xuân Mai", "Kim Yến", "Thị Chín", "Thị Tư Em", "Thị Đẹp", "Thu Vân", "Thị Tuyết Lan", "Ngọc Ánh", "Thị Hường",
)  # fmt: skip
KHMER_MEN = (
    "Sà Rươl", "Đa Rươn", "Sóc Kha", "Rích Thy", "Phal", "Sa Mách", "Út Nhỏ", "Hoài Som", "Tha Na", "Ngọc Đức", "Chanh Đa",
    "Minh Rây", "Bô Rây", "Sơ Nết", "Kim Hương", "Văn Tha",
)  # fmt: skip
KHMER_WOMEN = (
    "Sa Rây", "Sóc Hên", "Cà Nguôl", "Mỹ Na", "Chanh Ni", "Đa Vy", "Ngọc Thia", "Bé Sáu", "Nary", "Phol Ly", "Kim Sươn",
    "Xà Mon", "Hồng Sa", "Út Lan", "Sô Phia", "Chanh Tha",
)  # fmt: skip
HOA_SURNAMES = ("Quách", "Trịnh", "Mạc", "Tạ", "Lý", "Vương", "Hứa", "Giang")
HOA_MEN = ("Vĩnh Phát", "Chấn Hưng", "Kiến Thành", "Thuận Lợi", "Gia Bảo", "Chí Cường", "Tú Minh", "Vạn Phước")
HOA_WOMEN = ("Xiếu Phụng", "Mỹ Muối", "Ngọc Huê", "Tú Trinh", "Lệ Hoa", "Xiếu Lan", "Mỹ Phụng", "Ái Liên")

PUBLIC_FIGURES = frozenset(
    map(
        fold,
        (
            "Mai Văn Huỳnh", "Lâm Minh Thành", "Phạm Vũ Hồng", "Đỗ Thanh Bình", "Nguyễn Thanh Nghị", "Mai Anh Nhịn",
            "Đặng Tuyết Em", "Nguyễn Lưu Trung", "Nguyễn Đức Chín", "Lê Quốc Anh", "Nguyễn Thanh Nhàn",
            "Lê Thị Minh Phụng", "Nguyễn Thanh Sơn", "Lê Văn Thi", "Nguyễn Hồng Anh", "Bùi Ngọc Sương",
        ),
    )
)  # fmt: skip
"""People who held or hold office in the province: the demo never bears their names."""

KINH, KHMER, HOA = "Kinh", "Khmer", "Hoa"


class Names:
    """A drawer of names. The same seed gives the same names in the same order."""

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)  # noqa: S311  names, not secrets
        self._given: set[str] = set()

    def person(self, people: str = KINH, gender: str = "m") -> str:
        """A name that nobody was given before, of a man ("m") or a woman ("f") of that people."""
        while True:
            name = self._draw(people, gender)
            folded = fold(name)
            if folded not in self._given and folded not in PUBLIC_FIGURES:
                self._given.add(folded)
                return name

    def gender(self) -> str:
        """"m" or "f"."""
        return self._dice.choice("mf")

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return self._dice.randint(low, high)

    def _draw(self, people: str, gender: str) -> str:
        pick = self._dice.choice
        if people == KHMER:
            if gender == "m":
                return f"Danh {pick(KHMER_MEN)}"
            return f"{pick(('Thị', 'Danh Thị'))} {pick(KHMER_WOMEN)}"
        if people == HOA:
            return f"{pick(HOA_SURNAMES)} {pick(HOA_MEN if gender == 'm' else HOA_WOMEN)}"
        return f"{pick(SURNAMES)} {pick(MEN if gender == 'm' else WOMEN)}"
