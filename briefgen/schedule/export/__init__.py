"""Jobs for those who run a scheduler of their own: systemd, cron, GitHub.

What is exported starts `briefgen schedule once JOB --if-due`, which looks at trading days, at
the time of the job and at the ledger by itself: when nothing is due it says why and ends with 0.
"""
