"""WHEN AND WHAT IS ASKED: the action month of a year, the catalogue, plans, requests for reports."""

from campaigns.models.calendar import Campaign, Message, Programme, Wording
from campaigns.models.catalogue import (
    ActivityType,
    Audience,
    BeneficiaryGroup,
    Certainty,
    Indicator,
    Measure,
    MediaChannel,
    MoneySource,
    StandardTask,
    StrategyTarget,
)
from campaigns.models.plans import Plan, PlanComment, PlanSection, PlanTarget
from campaigns.models.requests import Recipient, Request
from campaigns.models.tasks import Task, TaskMoney, TaskPartner, TaskProgramme, TaskTarget

__all__ = [
    "ActivityType",
    "Audience",
    "BeneficiaryGroup",
    "Campaign",
    "Certainty",
    "Indicator",
    "Measure",
    "MediaChannel",
    "Message",
    "MoneySource",
    "Plan",
    "PlanComment",
    "PlanSection",
    "PlanTarget",
    "Programme",
    "Recipient",
    "Request",
    "StandardTask",
    "StrategyTarget",
    "Task",
    "TaskMoney",
    "TaskPartner",
    "TaskProgramme",
    "TaskTarget",
    "Wording",
]
