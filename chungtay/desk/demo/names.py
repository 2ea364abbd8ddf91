"""Invented names of Kinh, Khmer and Hoa people, drawn from lists by a seeded die; no name is drawn twice."""

from random import Random

from chungtay.records.names import fold

SURNAMES = (
    "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Huỳnh", "Võ", "Phan", "Trương", "Bùi", "Đặng", "Đỗ", "Hồ",
    "Ngô", "Dương", "Cao", "Châu", "Tăng", "Thái", "Kiều", "Lư", "Lâm", "Mai", "Đoàn", "Tống", "Trịnh", "Phùng", "Tô",
)  # fmt: skip
MEN = (
    ("Văn", "Văn", "Văn", "Hữu", "Quốc", "Minh", "Hoàng", "Công", "Tấn", "Trung", "Phước", "Chí", "Ngọc", "Trường"),
    (
        "Bé", "Đèo", "Ân", "Khởi", "Đương", "Liêm", "Lượm", "Nghĩa", "Nguyên", "Sáu", "Tài", "Thiện", "Thơm", "Vẹn",
        "Mười", "Phong", "Thạnh", "Lý", "Sơn", "Duy", "Chiêu", "Đăng", "Hiếu", "Khánh", "Luân", "Mẫn", "Nhân", "Phú",
        "Quý", "Rạng", "Tâm", "Tiến", "Út", "Vinh", "Xuân", "Đầy", "Giỏi", "Hậu", "Kha", "Lợi",
    ),
)  # fmt: skip
WOMEN = (
    ("Thị", "Thị", "Thị", "Thị", "Ngọc", "Kim", "Mỹ", "Bích", "Thị Kim", "Thị Mỹ", "Thị Ngọc"),
    (
        "Ba", "Tú", "Diễm", "Giàu", "Nhơn", "Oanh", "Lệ", "Lụa", "Mận", "Năm", "Nữ", "Phấn", "Quyên", "Sáu", "Trang",
        "Trâm", "Hai", "Mai", "Yến", "Chín", "Tư", "Đẹp", "Vân", "Lan", "Ánh", "Hường", "Cúc", "Duyên", "Hạnh", "Khéo",
        "Liễu", "Loan", "Nga", "Nhung", "Phượng", "Tiên", "Thắm", "Thoa", "Tuyết", "Xinh",
    ),
)  # fmt: skip
KHMER_MEN = (
    ("Sà", "Sóc", "Rích", "Chanh", "Minh", "Bô", "Sơ", "Kim", "Hoài", "Đa", "Sa", "Ngọc"),
    ("Rươl", "Kha", "Thy", "Đa", "Rây", "Nết", "Hương", "Som", "Mách", "Đức", "Phal", "Tha"),
)
KHMER_WOMEN = (
    ("Sa", "Sóc", "Cà", "Mỹ", "Chanh", "Đa", "Ngọc", "Phol", "Kim", "Xà", "Hồng", "Sô"),
    ("Rây", "Hên", "Nguôl", "Na", "Ni", "Vy", "Thia", "Ly", "Sươn", "Mon", "Phia", "Lan"),
)
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
TRIES = 1000


class Names:
    """A drawer of names. The same seed gives the same names in the same order."""

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)  # noqa: S311  names, not secrets
        self._given: set[str] = set()

    def person(self, people: str = KINH, gender: str = "m") -> str:
        """A name that nobody was given before, of a man ("m") or a woman ("f") of that people.

        Raises RuntimeError when the lists are nearly used up: lengthen them.
        """
        for _ in range(TRIES):
            name = self._draw(people, gender)
            folded = fold(name)
            if folded not in self._given and folded not in PUBLIC_FIGURES:
                self._given.add(folded)
                return name
        raise RuntimeError(f"the lists of {people} names are too short")

    def gender(self) -> str:
        """ "m" or "f"."""
        return self._dice.choice("mf")

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return self._dice.randint(low, high)

    def _draw(self, people: str, gender: str) -> str:
        pick = self._dice.choice
        if people == KHMER:
            first, last = KHMER_MEN if gender == "m" else KHMER_WOMEN
            surname = "Danh" if gender == "m" else pick(("Thị", "Danh Thị"))
            return f"{surname} {pick(first)} {pick(last)}"
        if people == HOA:
            return f"{pick(HOA_SURNAMES)} {pick(HOA_MEN if gender == 'm' else HOA_WOMEN)}"
        middles, given = MEN if gender == "m" else WOMEN
        return f"{pick(SURNAMES)} {pick(middles)} {pick(given)}"
