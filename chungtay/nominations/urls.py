from django.urls import path

from chungtay.nominations import appraisal_views, central_views, draft_views, earlier_views, guidance_views, views

app_name = "nominations"
urlpatterns = [
    path("", views.list_dossiers, name="list"),
    path("huong-dan/", guidance_views.list_guidance, name="guidances"),
    path("huong-dan/<row:round_id>/", guidance_views.guidance, name="guidance"),
    path("huong-dan/<row:round_id>/sua/", guidance_views.edit_guidance, name="guidance_edit"),
    path("lap/", draft_views.choose_party, name="choose"),
    path("lap/<row:party_id>/", draft_views.open_dossier, name="open"),
    path("khen-da-co/", earlier_views.waiting, name="earlier_waiting"),
    path("khen-da-co/<row:party_id>/", earlier_views.of_party, name="earlier"),
    path("khen-da-co/<row:party_id>/ghi/", earlier_views.record, name="earlier_record"),
    path("khen-da-co/dong/<row:pk>/dinh-chinh/", earlier_views.correct, name="earlier_correct"),
    path("khen-da-co/dong/<row:pk>/go/", earlier_views.strike, name="earlier_strike"),
    path("khen-da-co/dong/<row:pk>/xac-nhan/", earlier_views.confirm, name="earlier_confirm"),
    path("khen-da-co/dong/<row:pk>/tep/", earlier_views.earlier_file, name="earlier_file"),
    path("<slug:key>/", views.detail, name="detail"),
    path("<slug:key>/sua/", draft_views.edit, name="edit"),
    path("<slug:key>/giay-to/", draft_views.add_evidence, name="add_evidence"),
    path("<slug:key>/giay-to/<row:evidence_id>/", draft_views.evidence_file, name="evidence"),
    path("<slug:key>/giay-to/<row:evidence_id>/bo/", draft_views.remove_evidence, name="remove_evidence"),
    path("<slug:key>/nop/", views.submit, name="submit"),
    path("<slug:key>/lay-lai/", views.recall, name="recall"),
    path("<slug:key>/rut/", views.withdraw, name="withdraw"),
    path("<slug:key>/mo/", views.take_up, name="take_up"),
    path("<slug:key>/tiep-nhan/", views.receive, name="receive"),
    path("<slug:key>/tra-lai/", views.send_back, name="send_back"),
    path("<slug:key>/ket-qua/", central_views.answer, name="answer"),
    path("<slug:key>/tham-dinh/", appraisal_views.appraise, name="appraise"),
    path("<slug:key>/phieu/<row:paper_id>/", views.paper_file, name="paper"),
    path("<slug:key>/bao-cao.pdf", views.report_pdf, name="report"),
]
