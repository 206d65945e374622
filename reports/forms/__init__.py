"""Shapes of what is typed on this floor."""

from reports.forms.reports import (
    MOST_COMMENTS,
    CommentForm,
    CommentForms,
    DecisionForm,
    IssueForm,
    RecipientForm,
    SectionForm,
)

__all__ = [
    "MOST_COMMENTS",
    "CommentForm",
    "CommentForms",
    "DecisionForm",
    "IssueForm",
    "RecipientForm",
    "SectionForm",
]
