"""The picture of the procedures is the procedures."""

from reports.management.commands.draw_workflow import TARGET, drawing


def test_the_drawn_procedures_are_those_of_the_tables():
    assert TARGET.read_text(encoding="utf-8") == drawing()
