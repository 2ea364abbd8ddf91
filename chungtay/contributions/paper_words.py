"""The words of receipts, letters of thanks and statements, in Vietnamese and in English."""

from collections.abc import Mapping
from datetime import date

from chungtay.law.giving import Nature
from chungtay.parties.kinds import PartyKind

VI, EN = "vi", "en"
LANGUAGES = {VI: "Tiếng Việt", EN: "English"}

_ENTERED = "Purposes, units, names of offices and sources of exchange rates are given as entered, in Vietnamese."
WORDS: Mapping[str, Mapping[str, str]] = {
    VI: {
        "receipt": "BIÊN NHẬN ĐÓNG GÓP",
        "statement": "SAO KÊ ĐÓNG GÓP NĂM {year}",
        "thanks": "THƯ CẢM ƠN",
        "giver": "Người đóng góp",
        "address": "Địa chỉ",
        "what": "Nội dung",
        "nature": "Hình thức",
        "quantity": "Số lượng",
        "value": "Giá trị",
        "in_words": "Bằng chữ",
        "foreign": "Ngoại tệ",
        "rate": "Tỷ giá",
        "share": "Phần của người đóng góp",
        "to": "Nơi nhận",
        "received": "Ngày nhận",
        "confirmed": "Bên nhận xác nhận",
        "number": "Số",
        "none": "không quy ra tiền",
        "one_household": "Một hộ ở {place}",
        "dear": "Kính gửi {name},",
        "letter": (
            "Chúng tôi xin trân trọng cảm ơn tấm lòng của Quý vị đối với người nghèo của tỉnh. Năm {year}, những khoản "
            "đóng góp dưới đây đã đến nơi và đã được bên nhận xác nhận."
        ),
        "receipt_letter": "Chúng tôi đã nhận khoản đóng góp dưới đây và xin trân trọng cảm ơn.",
        "stt": "STT",
        "day": "Ngày nhận",
        "total": "Cộng",
        "dong": "đồng",
        "note": "Chỉ ghi những khoản đã được bên nhận xác nhận, tính đến {day}. Tên hộ được giúp không nêu.",
        "entered": "",
        "nothing": "Năm {year} không có khoản nào đã được xác nhận.",
        "signer": "ĐẠI DIỆN ĐƠN VỊ",
        "sign": "(Ký, ghi rõ họ tên, đóng dấu)",
        "open": "Sao kê đóng góp",
        "years": "Các năm",
        "language": "In English",
        "download": "Tải sao kê (PDF)",
        "expired": "Đường dẫn này không đúng hoặc đã hết hạn. Hãy hỏi đơn vị đã gửi cho Quý vị.",
        "lead": "Những khoản đã được bên nhận xác nhận. Tên hộ được giúp không nêu.",
    },
    EN: {
        "receipt": "RECEIPT FOR A DONATION",
        "statement": "STATEMENT OF DONATIONS, {year}",
        "thanks": "LETTER OF THANKS",
        "giver": "Donor",
        "address": "Address",
        "what": "Purpose",
        "nature": "Kind",
        "quantity": "Quantity",
        "value": "Value",
        "in_words": "",
        "foreign": "Foreign currency",
        "rate": "Exchange rate",
        "share": "Share of the donor",
        "to": "Received by",
        "received": "Date received",
        "confirmed": "Confirmed by the receiving side",
        "number": "No.",
        "none": "not valued in money",
        "one_household": "A household in {place}",
        "dear": "Dear {name},",
        "letter": (
            "We thank you for your kindness to the poor of our province. In {year} the donations listed below "
            "arrived and were confirmed by those who received them."
        ),
        "receipt_letter": "We have received the donation described below and thank you for it.",
        "stt": "No.",
        "day": "Received",
        "total": "Total",
        "dong": "VND",
        "note": (
            "Only donations confirmed by the receiving side are listed, as of {day}. Households are not named. "
            f"{_ENTERED}"
        ),
        "entered": _ENTERED,
        "nothing": "No donation was confirmed for {year}.",
        "signer": "FOR THE ORGANISATION",
        "sign": "(Signature, full name, seal)",
        "open": "Statement of donations",
        "years": "Years",
        "language": "Tiếng Việt",
        "download": "Download the statement (PDF)",
        "expired": "This link is wrong or has expired. Please ask the office that sent it to you.",
        "lead": "Donations confirmed by those who received them. Households are not named. " + _ENTERED,
    },
}
NATURES: Mapping[str, Mapping[Nature, str]] = {
    VI: {nature: nature.label for nature in Nature},
    EN: {
        Nature.MONEY: "Money",
        Nature.GOODS: "Goods",
        Nature.LAND: "Land, assets",
        Nature.LABOUR: "Days of work",
        Nature.KNOWLEDGE: "Knowledge, technique",
    },
}
PLACES = {"Xã ": "commune", "Phường ": "ward", "Thị trấn ": "township", "Huyện ": "district", "Thị xã ": "town",
          "Thành phố ": "city", "Tỉnh ": "province"}  # fmt: skip
"""How the kinds of places begin in Vietnamese, and what follows the name in English."""


def place_in(language: str, name: str) -> str:
    """A place's full name: "Xã Thổ Sơn", in English "Thổ Sơn commune"."""
    if language == EN:
        for start, kind in PLACES.items():
            if name.startswith(start):
                return f"{name.removeprefix(start)} {kind}"
    return name


BODIES = {
    PartyKind.PEOPLE_COMMITTEE_DISTRICT: "People's Committee of {place}",
    PartyKind.PEOPLE_COMMITTEE_COMMUNE: "People's Committee of {place}",
    PartyKind.FATHERLAND_FRONT: "Viet Nam Fatherland Front Committee of {place}",
    PartyKind.DEPARTMENT: "Department or agency of {place}",
    PartyKind.MASS_ORGANISATION: "Mass organisation of {place}",
}
"""What kinds of public bodies are called in English; of other bodies nothing but their own name is said."""


def body_in_english(kind: str, place: str) -> str:
    """A public body by its kind and its place's full name: "People's Committee of Thổ Sơn commune"; "" if not known."""
    known = BODIES.get(PartyKind(kind)) if place else None
    return known.format(place=place_in(EN, place)) if known is not None else ""


def bare(name: str) -> str:
    """A place's name without its kind, as it stands before the date of a paper: "Kiên Giang"."""
    return next((name.removeprefix(start) for start in PLACES if name.startswith(start)), name)


def dong_in(language: str, amount: int) -> str:
    """Whole đồng: "115.925.000 đồng", in English "VND 115,925,000"."""
    return f"VND {amount:,}" if language == EN else f"{amount:,} đồng".replace(",", ".")


def day_in(language: str, day: date) -> str:
    """A day: 20/05/2019, in English 20 May 2019."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if language == EN else f"{day:%d/%m/%Y}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
