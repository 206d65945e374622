"""WHAT HAPPENED: activities, who took part, what came of them, money, support, inspections, papers, evidence."""

from activities.models.activity import Activity, ActivityVersion, Participant
from activities.models.duplicates import DuplicatePair
from activities.models.evidence import Evidence, IssuedDocument
from activities.models.intakes import Intake
from activities.models.outputs import Adjustment, Inspected, Inspection, Money, Output, Support

__all__ = [
    "Activity",
    "ActivityVersion",
    "Adjustment",
    "DuplicatePair",
    "Evidence",
    "Inspected",
    "Inspection",
    "Intake",
    "IssuedDocument",
    "Money",
    "Output",
    "Participant",
    "Support",
]
