"""One pasted row: the task that it says, what is wrong with it, what the person is asked."""

import dataclasses

from django.utils.translation import gettext as _

from campaigns.operations.tasks import TaskData


@dataclasses.dataclass
class Ask:
    """A question that a list of answers settles; `value` is the answer, or what is offered as such."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str = ""

    @property
    def open(self) -> bool:
        return not self.value


@dataclasses.dataclass
class PastedRow:
    """A row of the block with its number there; `data` is the task, None while something is wrong."""

    no: int
    key: str
    title: str
    data: TaskData | None = None
    lead: str = ""
    partners: list[str] = dataclasses.field(default_factory=list)
    when: str = ""
    place: str = ""
    outputs: list[str] = dataclasses.field(default_factory=list)
    amounts: list[str] = dataclasses.field(default_factory=list)
    faults: list[str] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    asks: list[Ask] = dataclasses.field(default_factory=list)
    skipped: bool = False

    @property
    def is_good(self) -> bool:
        return self.skipped or self.data is not None

    @property
    def state(self) -> str:
        """In words: to be left out, readable, to fix."""
        if self.skipped:
            return _("left out")
        return _("readable") if self.data is not None else _("to fix")
