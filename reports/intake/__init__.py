"""Files that others lay down for our papers, looked over in a process of its own before anything else touches them.

`child` starts `program` there and takes only its answer. The modules below it know the standard library alone.
"""
