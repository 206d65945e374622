"""What is said about a file, a sheet, a row or a cell; keys and texts are those of the canonical copy."""

from django.utils.translation import gettext_lazy as _

from activities.operations.faults import say as say_of_activity
from provinces.vietnamese import capitalise
from provinces.workflow import Refused

SENTENCES = {
    "file.size": _("%(file)s has %(size)s; the limit is %(max)s"),
    "file.content": _(
        "%(file)s ends in %(extension)s but holds something else. Open it, save it as the right kind, upload again"
    ),
    "file.macro": _("%(file)s contains code that runs by itself. Save it as .xlsx and upload again"),
    "file.encrypted": _("%(file)s has a password and cannot be read. Remove it and upload again"),
    "file.bomb": _("%(file)s unpacks to more than %(max)s; reading stopped. Copy the table alone into the template"),
    "file.broken": _("%(file)s is damaged or incomplete. What was typed is kept; choose the file again"),
    "sheet.summary": _(
        "%(total)s rows: %(good)s readable, %(bad)s to fix, %(same)s like existing activities. Nothing is stored yet"
    ),
    "sheet.cell": _("Cell %(cell)s: %(fault)s"),
    "sheet.list": _("Cell %(cell)s: “%(given)s” is not in the list %(list)s. Similar: %(suggestions)s"),
    "sheet.formula": _("Cell %(cell)s is a formula without a result or shows %(given)s. Paste the value instead"),
    "sheet.merged": _("Cell %(cell)s is merged, so row %(row)s has no clear value. Unmerge it"),
    "sheet.column": _("The heading row lacks the column “%(column)s”. Get the template again and copy the figures"),
    "sheet.owner": _("The template is for %(department)s, %(year)s; this is %(current)s. Nothing is stored"),
    "sheet.twice": _("Row %(row)s repeats row %(other)s of the same file"),
    "sheet.newer": _("Row %(row)s: the activity was changed at %(time)s, after the template was taken. Compare both"),
    "sheet.limit": _("The file has %(n)s rows; %(max)s are taken at a time. Split it"),
    "sheet.old": _("An old .xls file or a font that is not Unicode (TCVN3, VNI). Save it as .xlsx in Unicode"),
    "sheet.kind": _("%(file)s is not an Excel file .xlsx. Open it in Excel, save it as .xlsx and upload again"),
    "sheet.columns": _("The sheet has %(n)s columns; up to %(max)s are read. Copy the table alone into the template"),
    "sheet.empty": _("The sheet holds no activity. Fill in the rows below the heading row and upload again"),
    "sheet.heading_twice": _("The heading row has the column “%(column)s” twice. Keep one of them"),
    "sheet.month_only": _("Cell %(cell)s: understood as %(understood)s, the day not known"),
    "sheet.serial": _("Cell %(cell)s: “%(given)s” is a date of Excel, understood as %(date)s"),
    "sheet.filled": _("Cell %(cell)s is empty; understood as merged with the row above: “%(given)s”"),
    "sheet.swapped": _("Cell %(cell)s holds %(date)s as a date of Excel. If %(other)s is meant, type it as text"),
    "sheet.no_count": _("Cell %(cell)s is empty, so the activity is not counted. Enter 1 if it was one event"),
    "sheet.no_measure": _("Cell %(cell)s: “%(type)s” has no number of this kind. Clear the cell"),
    "sheet.what_counted": _("Cell %(cell)s: choose what is counted, for example “%(example)s”"),
    "sheet.two_certainties": _(
        "Cell %(cell)s: “%(given)s” does not go with “%(certainty)s”. Which of the two is right?"
    ),
    "sheet.body_typed": _(
        "Cell %(cell)s: “%(given)s” is not in the list and is kept as typed. Similar: %(suggestions)s"
    ),
    "sheet.body_twice": _(
        "Cell %(cell)s: “%(given)s” is the name of several bodies. Record this row in the quick form"
    ),
    "sheet.money_rows": _(
        "Cell %(cell)s: this activity has money from several sources. Change the money on its own page"
    ),
    "sheet.own": _("Cell %(cell)s: the department itself records this row; name only the others"),
    "sheet.replaces": _("Row %(row)s now says something else than “%(title)s”, which it was before; that is replaced"),
    "sheet.same": _("Row %(row)s is like the activity “%(title)s” of %(date)s, which is already recorded"),
    "sheet.gone": _("Row %(row)s belongs to “%(title)s”, which was cancelled or merged. Delete the row"),
    "sheet.stranger": _("Row %(row)s belongs to an activity that is not found here. Get the template again"),
    "sheet.reopened": _(
        "Row %(row)s: “%(title)s” was verified before, so a change needs its reason. Change it on its own page"
    ),
    "sheet.at_once": _("Somebody is storing the same file. Open the list of activities, then upload again if needed"),
    "sheet.long": _("Cell %(cell)s has %(n)s characters; the limit is %(max)s. Shorten it"),
    "privacy.list": _(
        "The sheet looks like a list of people: names with phone or identity numbers in %(n)s rows, from row %(row)s. "
        "Lists of people are not taken; enter only how many they were"
    ),
}


def say(key: str, **slots) -> str:
    """The sentence of a key in the reader's language; a slot that opens it gets a capital letter, a file name not."""
    if key not in SENTENCES:
        return say_of_activity(key, **slots)
    text = str(SENTENCES[key])
    return text % slots if text.startswith("%(file)s") else capitalise(text % slots)


def refuse(key: str, **slots):
    """Raise the refusal of a file as a whole."""
    raise Refused(say(key, **slots), field="file")
