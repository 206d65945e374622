"""Questions about what happened: lists for pages, flags, last year's figures, what looks like one event twice."""

from activities.queries.flags import Flag, flags, flags_of, is_outside
from activities.queries.history import Before, LastYear, last_year
from activities.queries.lists import (
    GONE,
    Filters,
    acting_in_year,
    activities_of_year,
    added_later,
    asked_of,
    listed,
    main_output,
    narrowed,
    own_and_joined,
    recorded_for_tasks,
    recorders,
    role_in,
    tasks_for,
    waiting_for_office,
)

__all__ = [
    "GONE",
    "Before",
    "Filters",
    "Flag",
    "LastYear",
    "acting_in_year",
    "activities_of_year",
    "added_later",
    "asked_of",
    "flags",
    "flags_of",
    "is_outside",
    "last_year",
    "listed",
    "main_output",
    "narrowed",
    "own_and_joined",
    "recorded_for_tasks",
    "recorders",
    "role_in",
    "tasks_for",
    "waiting_for_office",
]
