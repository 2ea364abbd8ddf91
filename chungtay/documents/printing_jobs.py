"""Printing after commit: a paper is issued at once, its PDF follows within seconds."""

import logging
from pathlib import Path

import typst
from django_tasks import task

from chungtay.documents import printing, word
from chungtay.documents.models import Paper
from chungtay.documents.storing import keep_bytes
from chungtay.law.refusals import Refused

log = logging.getLogger(__name__)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def print_later(paper: Paper) -> None:
    """Put the job in the queue in the caller's transaction: it starts after commit and not without it."""
    print_paper.enqueue(paper.pk)


@task()
def print_paper(paper_id: int) -> None:
    """Print the PDF (and Word file) of an issued paper. Doing it twice gives the same bytes and changes nothing."""
    paper = Paper.objects.get(pk=paper_id)
    if paper.file_id is not None and (paper.word_file_id is not None or not paper.content.get("word")):
        return
    content = paper.content
    try:
        pdf = printing.pdf(
            content["template"],
            content["data"],
            on=paper.issued_on,
            codes=content.get("codes", ()),
            watermark=content.get("watermark", ""),
        )
    except (Refused, typst.TypstError, RuntimeError) as fault:
        log.error("paper %s could not be printed", paper_id)
        Paper.objects.filter(pk=paper_id).update(print_fault=str(fault)[:400])
        return
    changes: dict[str, object] = {"file": keep_bytes(pdf, media_type=PDF, extension="pdf"), "print_fault": ""}
    if content.get("word"):
        template = Path(word.TEMPLATES) / f"{content['template']}.docx"
        made = word.docx(template, content["data"], watermark=content.get("watermark", ""))
        changes["word_file"] = keep_bytes(made, media_type=DOCX, extension="docx")
    Paper.objects.filter(pk=paper_id).update(**changes)
