"""Addresses of this floor."""

from django.urls import path

from activities.api import ActivitiesView, ActivityView
from activities.views import (
    answers,
    behalf,
    duplicates,
    entry,
    grid,
    lists,
    preview,
    remedies,
    results,
    sheets,
    steps,
    versions,
)

LIST = "<slug:t>/<int:y>/hoat-dong/"
ONE = f"{LIST}<str:id>/"

urlpatterns = [
    path("api/v1/activities/", ActivitiesView.as_view(), name="api_activities"),
    path("api/v1/activities/<str:id>/", ActivityView.as_view(), name="api_activity"),
    path(LIST, lists.activities, name="activities"),
    path(f"{LIST}ghi-nhanh", entry.activity_new, name="activity_new"),
    path(f"{LIST}nhap-tep", sheets.sheet_upload, name="sheet_upload"),
    path(f"{LIST}nhap-tep/mau", sheets.sheet_template, name="sheet_template"),
    path(f"{LIST}nhap-tep/<str:token>", preview.sheet, name="sheet"),
    path(f"{LIST}nhap-tep/<str:token>/loi", preview.sheet_faults, name="sheet_faults"),
    path(f"{LIST}dan", sheets.paste, name="paste"),
    path(f"{LIST}dan/<str:token>", preview.paste_kept, name="paste_kept"),
    path(f"{LIST}nhap-nhanh", grid.grid, name="grid"),
    path(f"{LIST}nhap-thay", behalf.activity_typed, name="activity_typed"),
    path(f"{LIST}cho-tra-loi", lists.asked, name="asked"),
    path(ONE, steps.activity, name="activity"),
    path(f"{ONE}sua", entry.activity_edit, name="activity_edit"),
    path(f"{ONE}gui", steps.activity_send, name="activity_send"),
    path(f"{ONE}bien-nhan", steps.activity_receipt, name="activity_receipt"),
    path(f"{ONE}rut", steps.activity_take_back, name="activity_take_back"),
    path(f"{ONE}tra-lai", steps.activity_return, name="activity_return"),
    path(f"{ONE}huy", steps.activity_cancel, name="activity_cancel"),
    path(f"{ONE}xoa", steps.activity_delete, name="activity_delete"),
    path(f"{ONE}tra-loi", answers.activity_answer, name="activity_answer"),
    path(f"{ONE}tra-loi-nhap-thay", answers.activity_answer_typed, name="activity_answer_typed"),
    path(f"{ONE}minh-chung/", answers.activity_evidence, name="activity_evidence"),
    path(f"{ONE}minh-chung/<int:piece>/bo", answers.activity_evidence_remove, name="activity_evidence_remove"),
    path(f"{ONE}phien-ban", versions.activity_versions, name="activity_versions"),
    path(f"{ONE}ket-qua/them", results.output_add, name="output_add"),
    path(f"{ONE}ket-qua/<int:output>/la-mot-phan", results.output_part, name="output_part"),
    path(f"{ONE}ket-qua/<int:output>/bo-danh-dau", results.output_unmark, name="output_unmark"),
    path(f"{ONE}ket-qua/<int:output>/dieu-chinh", results.output_adjust, name="output_adjust"),
    path(f"{ONE}ket-qua/<int:output>/xet", results.output_settle, name="output_settle"),
    path(f"{ONE}ket-qua/<int:output>/bo", results.output_remove, name="output_remove"),
    path("<slug:t>/<int:y>/xac-minh/", lists.verify, name="verify"),
    path("<slug:t>/<int:y>/xac-minh/trung-lap", duplicates.duplicates, name="duplicates"),
    path("<slug:t>/<int:y>/xac-minh/trung-lap/<str:pair>", duplicates.duplicate, name="duplicate"),
    path("<slug:t>/<int:y>/kiem-tra/", remedies.inspections, name="inspections"),
    path("<slug:t>/<int:y>/kiem-tra/<int:body>", remedies.inspection_done, name="inspection_done"),
    path("<slug:t>/<int:y>/xac-minh/<str:id>/trung-voi", duplicates.pair_new, name="pair_new"),
    path("<slug:t>/<int:y>/xac-minh/<str:id>", steps.verify_one, name="verify_one"),
]
