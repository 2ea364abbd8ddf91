"""Words and figures as a Vietnamese clerk writes them, available in every template."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache, partial
from html import escape
from typing import Any

from django import template
from django.http import QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

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
    return _icon(name, label)


@lru_cache(maxsize=512)
def _icon(name: str, label: str) -> SafeString:
    address = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', address)


@register.simple_tag
def navigation(items: Iterable[dict[str, Any]], label: str, for_guests: bool = False) -> SafeString:
    """`components/nav.html`, drawn once for the same links: it stands on every page."""
    return _navigation(tuple(tuple(sorted(item.items())) for item in items), label, for_guests)


@lru_cache(maxsize=1024)
def _navigation(items: tuple[tuple[tuple[str, Any], ...], ...], label: str, for_guests: bool) -> SafeString:
    told = {"nav": [dict(item) for item in items], "nav_label": label, "for_guests": for_guests}
    return render_to_string("components/nav.html", told)


@register.simple_tag
def row_lines(rows: Iterable[Any]) -> SafeString:
    """The lines of `components/row_list.html`, which says what a row holds. Drawn here: lists are the daily work."""
    return mark_safe("\n".join(map(_line, rows)))  # noqa: S308 - `_line` escapes every value


def _line(row: Any) -> str:
    told = partial(_safe, row)
    code, meta, badge, due = told("code"), told("meta"), told("badge_label"), told("due_label")
    under = f'<span class="code">{code}</span>' * bool(code) + f"<span>{meta}</span>" * bool(meta)
    side = f'<span class="badge-ct tone-{told("badge_tone")}">{badge}</span>' * bool(badge)
    side += f'<span class="due is-{told("due_tone")}">{icon("clock")}{due}</span>' * bool(due)
    under = under and f'<p class="row-meta">{under}</p>'
    side = side and f'<div class="row-side">{side}</div>'
    late = " is-late" * (told("due_tone") == "late")
    return (
        f'<li class="row-ct{late}"><div class="row-main">'
        f'<a class="row-link" href="{told("href")}">{told("title")}</a>{under}</div>{side}</li>'
    )


def _safe(row: Any, name: str) -> str:
    """What a dict or an object says under `name`, escaped for HTML; nothing where it says nothing."""
    value = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
    return "" if value is None else value if isinstance(value, SafeString) else escape(str(value))


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """The `<option>`s of a filter, value and label each, the chosen one marked."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, mark_safe(" selected") if value == chosen else "", label) for value, label in choices),
    )


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
