"""An .xlsx file unpacked in a process of its own: `reading` starts `program` there and takes only its answer.

It knows only the standard library, reads the file from standard input and answers one JSON object: the cells of one
sheet, or why it stopped. Whatever the file holds, the limits hold: they count what was really unpacked, not what the
file says about itself. Formulas are never worked out; a document type (entities) ends the reading.

Started as a program the package stands alone, so its modules name each other relatively.
"""
