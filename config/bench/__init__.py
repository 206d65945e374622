"""`make bench`: how fast we are beside the usual way, on PostgreSQL and Redis; one line per measure.

`__main__` starts what is needed and prints the table, `table` knows the measures and their limits, the other modules
measure: each runs in a process of its own, ours and the baseline by turns, so that noise meets both.
"""
