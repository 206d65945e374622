"""Operations on activities: the only writers of this floor."""

from activities.operations.behalf import answer_typed, keep_scan, record_on_behalf
from activities.operations.decisions import (
    accept_activities,
    accept_activity,
    cancel_activity,
    delete_draft,
    hand_in,
    may_delete,
    return_activity,
    send_activity,
    sending_faults,
    take_back,
)
from activities.operations.duplicates import (
    find_duplicates,
    find_duplicates_of_year,
    keep_pair_apart,
    merge_pair,
    pair_by_hand,
    separate_pair,
    sweep_duplicates,
)
from activities.operations.entry import correct_activity, record_activity
from activities.operations.evidence import add_evidence, attach_evidence, detach_evidence
from activities.operations.faults import Fault, Faulty, Overtaken
from activities.operations.inspections import put_right
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
from activities.operations.sharing import (
    add_own_output,
    answer_participation,
    decline_output,
    remove_own_output,
    take_over_output,
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
    "add_own_output",
    "adjust_output",
    "answer_participation",
    "answer_typed",
    "attach_evidence",
    "cancel_activity",
    "correct_activity",
    "decline_output",
    "delete_draft",
    "detach_evidence",
    "find_duplicates",
    "find_duplicates_of_year",
    "hand_in",
    "keep_pair_apart",
    "keep_scan",
    "mark_part",
    "may_delete",
    "merge_pair",
    "pair_by_hand",
    "put_right",
    "record_activity",
    "record_on_behalf",
    "remove_own_output",
    "return_activity",
    "send_activity",
    "sending_faults",
    "separate_pair",
    "sweep_duplicates",
    "take_back",
    "take_over_output",
    "unmark_part",
]
