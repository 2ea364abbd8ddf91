"""Everyone's pages: read only, no sign-in, no cookie, no name of a person."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from chungtay.documents.keys import sealer
from chungtay.public import pages
from chungtay.public.forms import DossierForm, NameForm
from chungtay.records import walls
from chungtay.records.clock import today

KEPT_SECONDS = 300
LOOKED_UP = "everybody may look up what these pages tell, and they name no person"


def kept_for_strangers(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The same page for all who bring no cookie, kept for some minutes; never kept for anybody else."""

    @vary_on_cookie
    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        response = view(request)
        if request.COOKIES:
            patch_cache_control(response, private=True, no_store=True)
        else:
            patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
        return response

    return inner


@require_safe
@kept_for_strangers
@walls.everything(LOOKED_UP)
def home(request: HttpRequest) -> HttpResponse:
    """The front page: what the movement is, the two look-ups, open rounds, honest counts."""
    return render(request, "public/home.html", {"form": DossierForm(), **pages.home(today())})


@require_safe
@kept_for_strangers
def movement(request: HttpRequest) -> HttpResponse:
    """A plan in plain words: `?ma=` names the movement where there are several."""
    told = pages.movement(request.GET.get("ma", ""), today())
    if told is None:
        raise Http404
    return render(request, "public/movement.html", told)


@require_safe
@never_cache
@walls.everything(LOOKED_UP)
def dossier(request: HttpRequest) -> HttpResponse:
    """Where a dossier is, for whoever has its code. Names, unit and place are not told."""
    form = DossierForm(request.GET) if "ma" in request.GET else DossierForm()
    code = form.cleaned_data["ma"] if form.is_valid() else ""
    found = pages.dossier(code, today()) if code else None
    status = 404 if code and found is None else 200
    return render(request, "public/dossier.html", {"form": form, "code": code, "found": found}, status=status)


@require_safe
@never_cache
@walls.everything(LOOKED_UP)
def certificate(request: HttpRequest, token: str, signature: str) -> HttpResponse:
    """The answer behind a QR code. A wrong signature and an unknown token look the same from outside."""
    found = pages.certificate(token, signature)
    if found is None:
        return render(request, "public/not_genuine.html", status=404)
    form = NameForm(request.GET) if "ten" in request.GET else NameForm()
    answer = found.compare(form.cleaned_data["ten"]) if not found.name and form.is_valid() else None
    return render(request, "public/certificate.html", {"found": found, "form": form, "answer": answer})


@require_safe
@kept_for_strangers
def certificate_help(request: HttpRequest) -> HttpResponse:
    """How to check a certificate, and the public key for those who check without us."""
    told = {"address": settings.PUBLIC_ADDRESS, "public_key": sealer().public_key_hex}
    return render(request, "public/certificate_help.html", told)
