"""Operations on people, files, drafts and keys: the only writers of this floor."""

from provinces.operations.memory import forget_draft, forget_keys, once, save_draft
from provinces.workflow import record_event

__all__ = ["forget_draft", "forget_keys", "once", "record_event", "save_draft"]
