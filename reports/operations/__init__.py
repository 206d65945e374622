"""Operations on reports: the only writers of this floor.

reports: open_report, lock_report, unlock_report, issue_report
texts: write_section, use_draft, keep_drafts, refresh_figures, settle_quotes
jobs: ask_compile, run_job, sweep_jobs · way_up: send_report, mark_seen, withdraw_report, return_report, accept_report
"""
