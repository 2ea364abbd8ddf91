"""Issuing numbered papers."""

from datetime import date

from django.conf import settings
from django.db import models

from chungtay.documents import papers, printing
from chungtay.documents.models import Paper
from chungtay.documents.numbers import next_number
from chungtay.documents.printing_jobs import print_later
from chungtay.parties.models import Party
from chungtay.records.journal import noun_of


def issue(
    kind: Paper.Kind,
    *,
    body: Party,
    series: str,
    code: str,
    on: date,
    title: str,
    signer: str,
    signer_post: str,
    noun: models.Model,
) -> Paper:
    """Give a paper its number in the caller's transaction (D4); `code` holds `{}` for it ("{}/QĐ-UBND").

    The row is not written yet: its text bears its number, so `freeze` writes both.
    """
    number = next_number(body, series, on=on)
    label, key = noun_of(noun)
    return Paper(
        kind=kind,
        body=body,
        series=series,
        year=on.year,
        number=number,
        code=code.format(f"{number:02d}"),
        title=title,
        issued_on=on,
        signer=signer,
        signer_post=signer_post,
        noun=label,
        noun_key=key,
    )


def freeze(paper: Paper, text: papers.Paper, *, word: bool = False) -> Paper:
    """Write the issued paper with its text, once and for ever, and print it after commit.

    Raises `Refused`, naming the letters, when the font cannot print them: then no number is given.
    """
    data = text.to_dict()
    printing.require_letters(data)
    paper.content = {
        "template": text.template,
        "data": data,
        "codes": list(printing.codes_of(text)),
        "watermark": printing.SPECIMEN if settings.IS_DEMO else "",
        "word": word,
    }
    paper.save(force_insert=True)
    print_later(paper)
    return paper
