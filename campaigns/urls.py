"""Addresses of this floor."""

from django.urls import path

from campaigns.views import (
    administration,
    comparing,
    opening,
    plan_answers,
    plan_facts,
    plan_issue,
    plan_leftovers,
    plan_paste,
    plan_presence,
    plan_sections,
    plan_start,
    plan_tasks,
    plan_versions,
    plans,
)

PLANS = "<slug:t>/<int:y>/ke-hoach/"
PLAN = f"{PLANS}<str:id>/"

urlpatterns = [
    path(PLANS, plans.plans, name="plans"),
    path(f"{PLANS}them", plan_start.plan_new, name="plan_new"),
    path(f"{PLANS}tim", comparing.plan_search, name="plans_search"),
    path(f"{PLANS}so-sanh", comparing.plan_compare, name="plans_compare"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}thong-tin", plan_facts.plan_facts, name="plan_facts"),
    path(f"{PLAN}co-mat", plan_presence.plan_presence, name="plan_presence"),
    path(f"{PLAN}muc/<str:key>", plan_sections.plan_section, name="plan_section"),
    path(f"{PLAN}nhiem-vu/them", plan_tasks.plan_task_new, name="plan_task_new"),
    path(f"{PLAN}nhiem-vu/tien", plan_tasks.plan_task_money, name="plan_task_money"),
    path(f"{PLAN}nhiem-vu/dan", plan_paste.plan_tasks_paste, name="plan_tasks_paste"),
    path(f"{PLAN}nhiem-vu/<str:task>", plan_tasks.plan_task, name="plan_task"),
    path(f"{PLAN}chi-tieu", plan_tasks.plan_targets, name="plan_targets"),
    path(f"{PLAN}chi-tieu/bo", plan_tasks.plan_target_remove, name="plan_target_remove"),
    path(f"{PLAN}noi-dung-cu", plan_leftovers.plan_leftovers, name="plan_leftovers"),
    path(f"{PLAN}kiem-tra", plans.plan_check, name="plan_check"),
    path(f"{PLAN}trinh", plans.plan_submit, name="plan_submit"),
    path(f"{PLAN}rut-lai", plans.plan_withdraw, name="plan_withdraw"),
    path(f"{PLAN}bien-nhan", plans.plan_receipt, name="plan_receipt"),
    path(f"{PLAN}y-kien/<int:comment>", plan_answers.plan_answer, name="plan_answer"),
    path(f"{PLAN}so-sanh", plan_versions.plan_changes, name="plan_changes"),
    path(f"{PLAN}dieu-chinh", plan_versions.plan_amend, name="plan_amend"),
    path(f"{PLAN}ban-hanh", plan_issue.plan_issue, name="plan_issue"),
    path("quan-tri/<slug:t>/ky", administration.campaigns, name="administration_campaigns"),
    path("quan-tri/<slug:t>/ky/<int:y>/<slug:p>", administration.wording, name="administration_wording"),
    path("quan-tri/<slug:t>/ky/<int:y>/<slug:p>/mo", opening.opening, name="administration_opening"),
    path("quan-tri/<slug:t>/ky/<int:y>/<slug:p>/noi-dung-cu", opening.opening_settle, name="administration_settle"),
    path("quan-tri/<slug:t>/chi-tieu", administration.indicators, name="administration_indicators"),
    path("quan-tri/<slug:t>/chi-tieu/<str:code>/them", administration.measure_new, name="administration_measure_new"),
]
