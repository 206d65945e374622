"""Operations on people, files, drafts and keys: the only writers of this floor."""

from provinces.models import IdempotencyKey


def forget_keys(*, before) -> int:
    """Delete keys against double submission older than `before`; returns how many."""
    return IdempotencyKey.objects.filter(at__lt=before).delete()[0]
