"""Days, words, quantities and sums of a gift: what stands against each, whatever else of the gift is known.

A part that is None is not known, and nothing is said of it: so a form tells at once all that is wrong.
"""

from datetime import date
from decimal import Decimal

from chungtay.law.giving import CURRENCIES, Method, Nature, in_dong, methods_for
from chungtay.law.refusals import Reason

CLAUSE = "KH IV.1.2.e"
MOST = 10**15
"""The largest sum in đồng, as everywhere a sum is typed."""
PARTS = 2
"""So many digits of a quantity or of foreign money stand after the comma."""
BELOW = 10**12
"""Quantities and sums of foreign money stay below this."""
RATE_PARTS, RATE_BELOW = 6, 10**10
ONE_WAY = "Ghi một cách: đồng, hoặc ngoại tệ."


def of_days(day: date | None, received_on: date | None, on: date, *, is_foreign: bool) -> list[Reason]:
    """Neither day lies ahead, nothing is received before it was given, foreign money has the rate of its day."""
    found = []
    if day is not None and day > on:
        found.append(Reason("Ngày tặng ở tương lai.", field="day"))
    if received_on is not None and received_on > on:
        found.append(Reason("Ngày nhận ở tương lai.", field="received_on"))
    elif received_on is not None and day is not None and received_on < day:
        found.append(Reason("Ngày nhận không thể trước ngày tặng.", field="received_on"))
    elif received_on is not None and day is not None and is_foreign and received_on != day:
        found.append(Reason("Ngoại tệ ghi theo tỷ giá của ngày nhận: ngày tặng phải là ngày nhận.", field="day"))
    return found


def of_words(purpose: str, evidence: str) -> list[Reason]:
    """A gift says what was given, and by which paper."""
    found = []
    if not purpose.strip():
        found.append(Reason("Cần ghi đã tặng gì.", field="purpose"))
    if not evidence.strip():
        text = "Cần ghi chứng từ: số phiếu thu, biên bản giao nhận, hóa đơn."
        found.append(Reason(text, CLAUSE, "evidence"))
    return found


def of_method(nature: str | None, method: str | None) -> list[Reason]:
    """A gift is valued as its nature may be."""
    if nature is None or method is None or method in methods_for(nature):
        return []
    allowed = ", ".join(one.label.lower() for one in methods_for(nature))
    return [Reason(f"{Nature(nature).label} được định giá bằng: {allowed}.", field="method")]


def of_quantity(quantity: Decimal | None, unit: str) -> list[Reason]:
    """A quantity above zero goes with its unit."""
    if (quantity is None) != (not unit.strip()):
        return [Reason("Số lượng đi cùng đơn vị tính.", field="quantity")]
    return _of_figure(quantity, "Số lượng", "quantity", PARTS, BELOW)


def of_value(value: int, method: str | None, *, is_foreign: bool) -> list[Reason]:
    """What is worth something has its value in đồng, or in foreign money, never in both."""
    if is_foreign:
        return [Reason(ONE_WAY, field="value")] if value else []
    if method == Method.UNVALUED:
        return [Reason("Đã chọn không quy ra tiền thì không ghi giá trị.", field="value")] if value else []
    if value > MOST:
        return [Reason("Số tiền này quá lớn.", field="value")]
    return [] if value >= 1 else [Reason("Cần ghi giá trị bằng đồng.", CLAUSE, "value")]


def of_foreign(
    currency: str | None, amount: Decimal | None, rate: Decimal | None, source: str | None, nature: str | None
) -> list[Reason]:
    """Foreign money is money of a currency in circulation, at a rate that somebody published."""
    found = []
    if nature is not None and nature != Nature.MONEY:
        found.append(Reason("Chỉ khoản tiền mới ghi bằng ngoại tệ.", field="currency"))
    if currency is not None and currency not in CURRENCIES:
        found.append(
            Reason("Loại tiền ghi bằng ba chữ cái của một ngoại tệ đang lưu hành, ví dụ USD.", field="currency")
        )
    if source is not None and not source.strip():
        found.append(Reason("Cần ghi nguồn tỷ giá của ngày đó.", CLAUSE, "rate_source"))
    wrong = [
        *_of_figure(amount, "Số ngoại tệ", "amount", PARTS, BELOW),
        *_of_figure(rate, "Tỷ giá", "rate", RATE_PARTS, RATE_BELOW),
    ]
    if not wrong and amount is not None and rate is not None:
        worth = in_dong(amount, rate)
        if worth < 1:
            wrong.append(Reason("Số tiền này chưa được một đồng.", field="amount"))
        elif worth > MOST:
            wrong.append(Reason("Số tiền này quá lớn.", field="amount"))
    return found + wrong


def _of_figure(figure: Decimal | None, name: str, field: str, parts: int, below: int) -> list[Reason]:
    if figure is None:
        return []
    if figure <= 0:
        return [Reason(f"{name} phải lớn hơn 0.", field=field)]
    if figure >= below:
        return [Reason(f"{name} quá lớn.", field=field)]
    if figure != round(figure, parts):
        return [Reason(f"{name} ghi nhiều nhất {parts} chữ số sau dấu phẩy.", field=field)]
    return []
