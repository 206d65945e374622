"""Sheets of activities: a template per department, what comes back filled, and what is pasted.

A file is read in a process of its own (`reading`, `workbook`), understood whole with all its faults (`rows`), and
handed to `activities.operations.importing`, which alone writes.
"""
