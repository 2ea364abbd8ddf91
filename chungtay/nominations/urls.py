from django.urls import path

from chungtay.nominations import appraisal_views, draft_views, guidance_views, views

app_name = "nominations"
urlpatterns = [
    path("", views.list_dossiers, name="list"),
    path("huong-dan/", guidance_views.list_guidance, name="guidances"),
    path("huong-dan/<row:round_id>/", guidance_views.guidance, name="guidance"),
    path("huong-dan/<row:round_id>/sua/", guidance_views.edit_guidance, name="guidance_edit"),
    path("lap/", draft_views.choose_party, name="choose"),
    path("lap/<row:party_id>/", draft_views.open_dossier, name="open"),
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
    path("<slug:key>/tham-dinh/", appraisal_views.appraise, name="appraise"),
    path("<slug:key>/phieu/<row:paper_id>/", views.paper_file, name="paper"),
    path("<slug:key>/bao-cao.pdf", views.report_pdf, name="report"),
]
