"""Addresses of this floor."""

from django.urls import path

from activities.views import entry, lists, steps

LIST = "<slug:t>/<int:y>/hoat-dong/"
ONE = f"{LIST}<str:id>/"

urlpatterns = [
    path(LIST, lists.activities, name="activities"),
    path(f"{LIST}ghi-nhanh", entry.activity_new, name="activity_new"),
    path(ONE, steps.activity, name="activity"),
    path(f"{ONE}sua", entry.activity_edit, name="activity_edit"),
    path(f"{ONE}gui", steps.activity_send, name="activity_send"),
    path(f"{ONE}bien-nhan", steps.activity_receipt, name="activity_receipt"),
    path(f"{ONE}rut", steps.activity_take_back, name="activity_take_back"),
    path(f"{ONE}tra-lai", steps.activity_return, name="activity_return"),
    path(f"{ONE}huy", steps.activity_cancel, name="activity_cancel"),
    path(f"{ONE}tra-loi", steps.activity_answer, name="activity_answer"),
    path(f"{ONE}minh-chung/", steps.activity_evidence, name="activity_evidence"),
    path(f"{ONE}minh-chung/<int:piece>/bo", steps.activity_evidence_remove, name="activity_evidence_remove"),
    path("<slug:t>/<int:y>/xac-minh/", lists.verify, name="verify"),
    path("<slug:t>/<int:y>/xac-minh/<str:id>", steps.verify_one, name="verify_one"),
]
