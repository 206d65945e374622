"""Photos chosen with the first save: they lie beside the new activity, and survive a box that is wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from activities.models import Activity, Evidence
from activities.operations.uploads import keep_upload
from activities.tests.test_evidence_files import photo
from activities.tests.test_pages import NEW, typed, words
from provinces.tests import make as who


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = settings.DATA_DIR = tmp_path


@pytest.fixture
def send(scene, client):
    client.force_login(scene.editor.user)

    def post(*names, **more):
        chosen = [SimpleUploadedFile(name, photo() if name != "hong.jpg" else b"khong") for name in names]
        return client.post(NEW, typed(photos=chosen, **more) if chosen else typed(**more))

    return post


def tokens(answer) -> list[str]:
    return [upload.token for upload in answer.context["sheet"].photos.kept]


def test_a_photo_goes_with_the_first_save(send, scene):
    send("anh.jpg", photos_consent="on")

    piece = Evidence.objects.get()
    assert (piece.activity.title, piece.file.name, piece.consent, piece.by) == (
        "Lễ phát động tại Đông Mai",
        "anh.jpg",
        True,
        scene.editor,
    )


def test_a_photo_is_kept_while_a_box_is_put_right_and_is_not_sent_twice(send):
    answer = send("anh.jpg", photos_consent="on", starts_on="31/11/2023")
    assert answer.status_code == 422
    assert "Đã lưu: anh.jpg" in words(answer)

    send("anh.jpg", photos_consent="on", photo_token=tokens(answer))

    assert [piece.file.name for piece in Activity.objects.get().evidence.all()] == ["anh.jpg"]


def test_without_the_tick_nothing_is_stored_and_the_photo_need_not_be_chosen_again(send):
    answer = send("anh.jpg")
    assert answer.status_code == 422
    assert not Activity.objects.exists()

    send(photo_token=tokens(answer), photos_consent="on")

    assert Evidence.objects.count() == 1


def test_the_good_files_stay_beside_the_sentence_about_the_others(send):
    answer = send("anh.jpg", "hong.jpg", photos_consent="on")

    assert answer.status_code == 422
    assert "hong.jpg" in words(answer)
    assert [upload.name for upload in answer.context["sheet"].photos.kept] == ["anh.jpg"]
    assert not Activity.objects.exists()


def test_a_row_added_without_a_script_keeps_the_photo_and_judges_nothing_else(send):
    answer = send("anh.jpg", "hong.jpg", add="participants")

    assert answer.status_code == 200
    assert len(tokens(answer)) == 1
    assert "hong.jpg" in words(answer)
    assert "photos_consent_e" not in words(answer)


def test_a_kept_photo_comes_back_with_the_draft(send, client):
    send("anh.jpg", photos_consent="on", female="1,000", then="draft")

    assert "Đã lưu: anh.jpg" in words(client.get(NEW))


def test_what_a_stranger_or_a_sheet_left_is_no_photo(send, scene):
    now = timezone.now()
    theirs = keep_upload(photo(), "la.jpg", {"kind": "photo"}, by=who.seat(scene.department), at=now)
    sheet = keep_upload(b"PK", "bang.xlsx", {}, by=scene.editor, at=now)

    send(photo_token=[theirs, sheet], photos_consent="on")

    assert Activity.objects.count() == 1
    assert not Evidence.objects.exists()


def test_of_a_refused_activity_no_evidence_is_left(send):
    assert send("anh.jpg", photos_consent="on", description="Liên hệ 0912345678").status_code == 422

    assert not Evidence.objects.exists()
