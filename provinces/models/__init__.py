"""WHO: units and their eras, departments and their duties, people and their seats, and the memory of all floors."""

from provinces.models.departments import Department, DepartmentName, DepartmentSuccession, Duty
from provinces.models.memory import Draft, Event, File, Heartbeat, IdempotencyKey, Notice, Presence, Seal
from provinces.models.people import Seat, User
from provinces.models.units import Unit, UnitName, UnitSuccession

__all__ = [
    "Department",
    "DepartmentName",
    "DepartmentSuccession",
    "Draft",
    "Duty",
    "Event",
    "File",
    "Heartbeat",
    "IdempotencyKey",
    "Notice",
    "Presence",
    "Seal",
    "Seat",
    "Unit",
    "UnitName",
    "UnitSuccession",
    "User",
]
