"""Every POST acts once (design D5)."""

import hashlib
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from chungtay.records.models import FormKey

FIELD = "_key"
FREE_PATHS = ("/tai-khoan/", "/quan-tri/")


def body_digest(request: HttpRequest) -> str:
    """SHA-256 over what was typed: fields without the tokens, and each file's name, size and content."""
    told = hashlib.sha256()
    for name in sorted(request.POST):
        if name not in ("csrfmiddlewaretoken", FIELD):
            told.update(f"{name}={request.POST.getlist(name)!r};".encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            told.update(f"{name}:{getattr(file, 'name', '')}:{getattr(file, 'size', 0)};".encode())
            for chunk in file.chunks():
                told.update(chunk)
            file.seek(0)
    return told.hexdigest()


class ActOnceMiddleware:
    """One transaction a POST: the form's key first, then the view. A second sending gets the first one's answer.

    A form that was not accepted (anything but a redirect, or one to the login page) leaves no key, so it can be
    corrected and sent again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.path.startswith(FREE_PATHS):
            return self.get_response(request)
        key = request.POST.get(FIELD, "")
        if not 16 <= len(key) <= 40:
            return render(request, "errors/no_key.html", status=422)
        digest = body_digest(request)
        user_key = str(request.user.pk or "")
        with transaction.atomic():
            made, is_new = FormKey.objects.get_or_create(
                key=key, defaults={"user_key": user_key, "path": request.path[:300], "body_digest": digest}
            )
            if not is_new:
                return self.again(request, made, digest)
            response = self.get_response(request)
            answer = response.headers.get("HX-Redirect") or response.headers.get("Location", "")
            if answer and urlsplit(answer).path != resolve_url(settings.LOGIN_URL):
                made.answer = answer
                made.save(update_fields=["answer"])
            else:
                transaction.set_rollback(True)
        return response

    def again(self, request: HttpRequest, made: FormKey, digest: str) -> HttpResponse:
        """The same form a second time: the same answer for the same words, a refusal for others."""
        same = (
            made.body_digest == digest
            and made.path == request.path[:300]
            and made.user_key == str(request.user.pk or "")
        )
        if not same:
            return render(request, "errors/used_key.html", status=422)
        messages.info(request, "Việc này đã được ghi nhận từ lần bấm trước, không làm lại lần hai.")
        return HttpResponseRedirect(made.answer)
