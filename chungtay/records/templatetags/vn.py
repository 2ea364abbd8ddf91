"""Words and figures as a Vietnamese clerk writes them, available in every template."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from django import template
from django.http import QueryDict
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def so(value: int | None) -> str:
    """1234567 as 1.234.567; nothing for None."""
    return "" if value is None else f"{value:,}".replace(",", ".")


@register.filter
def dong(value: int | None) -> str:
    """1300000 as "1.300.000 đ" with a no-break space."""
    return "" if value is None else f"{so(value)}\u00a0đ"


@register.filter
def ngay(value: date | datetime | None) -> str:
    """A day as 05/02/2018; a moment as 14:05 05/02/2018, in Vietnam's time."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%H:%M %d/%m/%Y")
    return value.strftime("%d/%m/%Y")


@register.simple_tag(takes_context=True)
def form_head(context: template.Context, version: int | None = None) -> SafeString:
    """The hidden fields of every form: the anti-forgery token, the key that makes it act once, the row's version."""
    request = context["request"]
    key = request.POST.get("_key") or secrets.token_urlsafe(18)
    fields = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="_key" value="{}">',
        get_token(request),
        key,
    )
    return (
        fields if version is None else fields + format_html('<input type="hidden" name="version" value="{}">', version)
    )


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "") -> SafeString:
    """One picture of the sprite; silent for screen readers unless `label` says what it means."""
    address = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', address)


@register.simple_tag
def row_lines(rows: Iterable[Any]) -> SafeString:
    """The lines of `components/row_list.html`, which says what a row holds: the longest lists are drawn here."""
    return format_html_join("\n", "{}", ((_line(row),) for row in rows))


def _line(row: Any) -> SafeString:
    told = row.get if isinstance(row, dict) else partial(_attribute, row)
    code, meta, badge, due = told("code"), told("meta"), told("badge_label"), told("due_label")
    late = told("due_tone") == "late"
    parts = [format_html('<span class="code">{}</span>', code)] if code else []
    parts += [format_html("<span>{}</span>", meta)] if meta else []
    under = format_html('<p class="row-meta">{}</p>', joined(parts)) if parts else ""
    side = [format_html('<span class="badge-ct tone-{}">{}</span>', told("badge_tone"), badge)] if badge else []
    side += [format_html('<span class="due is-{}">{}{}</span>', told("due_tone"), icon("clock"), due)] if due else []
    return format_html(
        '<li class="row-ct{}"><div class="row-main"><a class="row-link" href="{}">{}</a>{}</div>{}</li>',
        " is-late" if late else "",
        told("href"),
        told("title"),
        under,
        format_html('<div class="row-side">{}</div>', joined(side)) if side else "",
    )


def _attribute(row: Any, name: str) -> Any:
    return getattr(row, name, "")


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Safe parts, one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag(takes_context=True)
def url_with(context: template.Context, **changes: Any) -> str:
    """This page's query string with `changes` (None removes a name), starting with `?`."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None and value != "":
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def turn(context: template.Context, mark: str) -> str:
    """The address of the page that a keyset mark points at; empty where there is none."""
    return url_with(context, trang=mark) if mark else ""
