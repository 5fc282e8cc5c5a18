"""What shows later that it worked: measures with baseline, target and date, judged by the same definitions as before."""
