"""Pages of activities: list, form, one activity and its steps, the office's queue."""
