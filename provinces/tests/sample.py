"""A page with one form that keeps itself, for tests of the scripts; only tests know its address."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone

from provinces.drafts import find_draft, restore
from provinces.fields import VnIntegerField
from provinces.operations import forget_draft
from provinces.views.once import answer_once

PAGE = """
{% extends "base.html" %}{% load i18n static fields %}
{% block title %}Mẫu{% endblock %}
{% block content %}
{% error_summary form %}
<form class="card card-in" method="post" novalidate {% draft_attributes %} data-busy="Đang gửi…">
  {% csrf_token %}{% idempotency %}{% draft "sample" "" saved %}
  {% field form.title %}{% field form.women %}
  <div class="acts-bar">{% draft_state %}<div class="acts f"><button class="btn btn-main">Gửi</button></div></div>
</form>
{% endblock %}
{% block scripts %}<script src="{% static "autosave.js" %}" defer></script>{% endblock %}
"""


class SampleForm(forms.Form):
    title = forms.CharField(label="Tên hoạt động", error_messages={"required": "Ghi tên hoạt động"})
    women = VnIntegerField("Số nữ", required=False)


def sample(request):
    """A form with a name and a number; what is sent goes to the messages."""
    if request.method != "POST":
        saved = find_draft(request.seat, "sample")
        return _page(request, restore(SampleForm(), saved), saved)
    form = SampleForm(request.POST)
    if not form.is_valid():
        return _page(request, form, None, 422)
    forget_draft("sample", "", by=request.seat)
    messages.success(request, f"Đã nhận {form.cleaned_data['title']}")
    return answer_once(request, lambda: "/mau", at=timezone.now())


def _page(request, form, saved, status=200):
    text = engines["django"].from_string(PAGE).render({"form": form, "saved": saved}, request)
    return HttpResponse(text, status=status)


urlpatterns = [path("mau", sample), path("", include("config.urls"))]
