"""Every address of the system, room by room."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("chungtay.public.urls")),
    path("ban-lam-viec/", include("chungtay.desk.urls")),
    path("ho-so/", include("chungtay.nominations.urls")),
    path("ho/", include("chungtay.households.urls")),
    path("ra-soat/", include("chungtay.reviews.urls")),
    path("dang-ky/", include("chungtay.registrations.urls")),
    path("chi-tieu/", include("chungtay.targets.urls")),
    path("dong-gop/", include("chungtay.contributions.urls")),
    path("quy/", include("chungtay.ledger.urls")),
    path("viec-phai-lam/", include("chungtay.conduct.urls")),
    path("mo-hinh/", include("chungtay.practices.urls")),
    path("xet-khen/", include("chungtay.prospects.urls")),
    path("doi-tuong/", include("chungtay.parties.urls")),
    path("hoi-dong/", include("chungtay.council.urls")),
    path("quyet-dinh/", include("chungtay.decisions.urls")),
    path("bang-tinh/", include("chungtay.sheets.urls")),
    path("phong-trao/", include("chungtay.movements.urls")),
    path("dia-ban/", include("chungtay.places.urls")),
    path("phan-cong/", include("chungtay.accounts.urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("quan-tri/", admin.site.urls),
]
handler400 = "chungtay.public.errors.bad_request"
handler403 = "chungtay.public.errors.forbidden"
handler404 = "chungtay.public.errors.not_found"
handler500 = "chungtay.public.errors.server_error"
