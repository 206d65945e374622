"""Addresses of this floor: people and their accounts, drafts."""

from django.urls import path, register_converter

from provinces.addresses import DutyWord
from provinces.views import administration, departments, drafts, notices, people, sign_in, units

register_converter(DutyWord, "duty")

urlpatterns = [
    path("dang-nhap", sign_in.sign_in, name="sign_in"),
    path("dang-xuat", sign_in.sign_out, name="sign_out"),
    path("vi-tri", sign_in.seats, name="seats"),
    path("ngon-ngu", sign_in.language, name="language"),
    path("tai-khoan", sign_in.account, name="account"),
    path("tai-khoan/thu", sign_in.account_email, name="account_email"),
    path("thong-bao", notices.notices, name="notices"),
    path("thong-bao/da-doc", notices.notices_read, name="notices_read"),
    path("ban-nhap", drafts.draft, name="draft"),
    path("ban-nhap/bo", drafts.draft_forget, name="draft_forget"),
    path("quan-tri/", administration.administration, name="administration"),
    path("quan-tri/<slug:t>/", administration.province_page, name="administration_province"),
    path("quan-tri/<slug:t>/nhiem-vu/<duty:kind>", departments.duty, name="administration_duty"),
    path("quan-tri/<slug:t>/co-quan", departments.departments, name="administration_departments"),
    path("quan-tri/<slug:t>/co-quan/them", departments.department_new, name="administration_department_new"),
    path("quan-tri/<slug:t>/co-quan/<int:pk>", departments.department, name="administration_department"),
    path("quan-tri/<slug:t>/co-quan/<int:pk>/ten", departments.department_rename, name="administration_rename"),
    path("quan-tri/<slug:t>/co-quan/<int:pk>/dia-chi", departments.department_address, name="administration_address"),
    path("quan-tri/<slug:t>/co-quan/<int:pk>/dong", departments.department_close, name="administration_close"),
    path("quan-tri/<slug:t>/nguoi-dung", people.people, name="administration_people"),
    path("quan-tri/<slug:t>/nguoi-dung/them", people.person_new, name="administration_person_new"),
    path("quan-tri/<slug:t>/nguoi-dung/<int:pk>/vi-tri", people.seat_new, name="administration_seat_new"),
    path("quan-tri/<slug:t>/nguoi-dung/<int:pk>/ket-thuc", people.seat_end, name="administration_seat_end"),
    path("quan-tri/<slug:t>/don-vi", units.units, name="administration_units"),
]
