"""Addresses of this floor, and of the pages that mix floors."""

from django.urls import path

from reports.api import FiguresView
from reports.views import (
    assigned,
    decisions,
    figures,
    files,
    home,
    jobs,
    month,
    plan_documents,
    plan_reviews,
    printing,
    reports,
    review,
    texts,
)

PLACE = "<slug:t>/<int:y>/bao-cao/"
TASKS = "<slug:t>/<int:y>/nhiem-vu/"
PLAN = "<slug:t>/<int:y>/ke-hoach/<str:id>/"

urlpatterns = [
    path("", home.root, name="root"),
    path("viec-can-lam", home.home, name="home"),
    path("api/v1/provinces/<slug:t>/<int:y>/figures/", FiguresView.as_view(), name="api_figures"),
    path("doi-nam", home.years, name="years"),
    path("tep/<str:token>", files.stored_file, name="file"),
    path(PLAN + "in", plan_documents.plan_document, name="plan_document"),
    path(PLAN + "in/<int:no>.png", plan_documents.plan_page, name="plan_page"),
    path(PLAN + "xem-xet", plan_reviews.plan_review, name="plan_review"),
    path(PLAN + "y-kien/<int:comment>/bo", plan_reviews.plan_comment_remove, name="plan_comment_remove"),
    path("<slug:t>/<int:y>/lich/", month.month, name="calendar"),
    path(TASKS, assigned.tasks, name="tasks"),
    path(TASKS + "<str:id>/", assigned.task, name="task"),
    path(TASKS + "<str:id>/hoi", assigned.task_ask, name="task_ask"),
    path(TASKS + "<str:id>/tra-loi/<int:question>", assigned.task_answer, name="task_answer"),
    path(PLACE, reports.reports, name="reports"),
    path(PLACE + "lap", reports.report_open, name="report_open"),
    path(PLACE + "viec/<str:job>", jobs.job, name="job"),
    path(PLACE + "<str:id>/", reports.report, name="report"),
    path(PLACE + "<str:id>/tong-hop", jobs.report_compile, name="report_compile"),
    path(PLACE + "<str:id>/so-lieu", figures.report_figures, name="report_figures"),
    path(PLACE + "<str:id>/so-lieu/<str:code>/nguon", figures.figure_sources, name="figure_sources"),
    path(PLACE + "<str:id>/loi-van", texts.report_texts, name="report_texts"),
    path(PLACE + "<str:id>/loi-van/<str:key>", texts.report_text, name="report_text"),
    path(PLACE + "<str:id>/xem-in", printing.report_preview, name="report_preview"),
    path(PLACE + "<str:id>/xem-in/<int:no>.png", printing.report_page, name="report_page"),
    path(PLACE + "<str:id>/tai", printing.report_file, name="report_file"),
    path(PLACE + "<str:id>/khoa", decisions.report_lock, name="report_lock"),
    path(PLACE + "<str:id>/mo-khoa", decisions.report_unlock, name="report_unlock"),
    path(PLACE + "<str:id>/ban-hanh", decisions.report_issue, name="report_issue"),
    path(PLACE + "<str:id>/gui", decisions.report_send, name="report_send"),
    path(PLACE + "<str:id>/bien-nhan", decisions.report_receipt, name="report_receipt"),
    path(PLACE + "<str:id>/rut-lai", decisions.report_withdraw, name="report_withdraw"),
    path(PLACE + "<str:id>/xem-xet", review.report_review, name="report_review"),
]
