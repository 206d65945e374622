"""The sentences of a refusal, beside the boxes they mean."""

from activities.operations import Faulty
from provinces.workflow import Refused


def put(form, refused: Refused, **boxes: str) -> None:
    """Add what was refused to the form; `boxes` names the box of a field that is called otherwise on the page."""
    for fault in refused.faults if isinstance(refused, Faulty) else [refused]:
        name = boxes.get(fault.field, fault.field)
        form.add_error(name if name in form.fields else None, fault.sentence)
