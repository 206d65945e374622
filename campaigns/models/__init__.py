"""WHEN AND WHAT IS ASKED: the action month of a year, the catalogue, plans, requests for reports."""

from campaigns.models.calendar import Campaign, Holiday, Message, Programme, Wording
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
from campaigns.models.plans import Leftover, Plan, PlanComment, PlanSection, PlanSubmission, PlanTarget
from campaigns.models.requests import Recipient, Request, RequestStep, Scope
from campaigns.models.tasks import (
    Task,
    TaskAssignee,
    TaskDone,
    TaskMoney,
    TaskPartner,
    TaskProgramme,
    TaskQuestion,
    TaskTarget,
)

__all__ = [
    "ActivityType",
    "Audience",
    "BeneficiaryGroup",
    "Campaign",
    "Certainty",
    "Holiday",
    "Indicator",
    "Leftover",
    "Measure",
    "MediaChannel",
    "Message",
    "MoneySource",
    "Plan",
    "PlanComment",
    "PlanSection",
    "PlanSubmission",
    "PlanTarget",
    "Programme",
    "Recipient",
    "Request",
    "RequestStep",
    "Scope",
    "StandardTask",
    "StrategyTarget",
    "Task",
    "TaskAssignee",
    "TaskDone",
    "TaskMoney",
    "TaskPartner",
    "TaskProgramme",
    "TaskQuestion",
    "TaskTarget",
    "Wording",
]
