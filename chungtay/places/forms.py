"""What a person asks about places: a day, and some words."""

from django import forms


class AskForm(forms.Form):
    """Ngày xem và từ cần tìm, both free to leave out."""

    q = forms.CharField(label="Tên hoặc mã", required=False, max_length=100)
    ngay = forms.DateField(
        label="Tại ngày",
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric"}),
        error_messages={"invalid": "Ngày chưa đúng. Viết ngày/tháng/năm, ví dụ 01/11/2018."},
    )
