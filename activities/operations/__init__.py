"""Operations on activities: the only writers of this floor."""

from activities.operations.decisions import (
    accept_activities,
    accept_activity,
    answer_participation,
    cancel_activity,
    hand_in,
    return_activity,
    send_activity,
    sending_faults,
    take_back,
)
from activities.operations.entry import correct_activity, record_activity
from activities.operations.evidence import add_evidence, attach_evidence, detach_evidence
from activities.operations.faults import Fault, Faulty, Overtaken
from activities.operations.outputs import adjust_output, mark_part, unmark_part
from activities.operations.shape import (
    ActivityData,
    DocumentData,
    InspectedData,
    InspectionData,
    MoneyData,
    OutputData,
    ParticipantData,
    SupportData,
)

__all__ = [
    "ActivityData",
    "DocumentData",
    "Fault",
    "Faulty",
    "InspectedData",
    "InspectionData",
    "MoneyData",
    "OutputData",
    "Overtaken",
    "ParticipantData",
    "SupportData",
    "accept_activities",
    "accept_activity",
    "add_evidence",
    "adjust_output",
    "answer_participation",
    "attach_evidence",
    "cancel_activity",
    "correct_activity",
    "detach_evidence",
    "hand_in",
    "mark_part",
    "record_activity",
    "return_activity",
    "send_activity",
    "sending_faults",
    "take_back",
    "unmark_part",
]
