"""Speed as ratios, told by ``python -m benchmarks``; nothing here passes or fails.

Seconds differ from machine to machine and from minute to minute. So each
benchmark times what we do against a yardstick that does the same job, turn by
turn in one run, and tells how many times longer ours takes.
"""
