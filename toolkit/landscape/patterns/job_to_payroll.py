"""Hours of a finished job go into payroll."""

from toolkit.landscape.pattern import WORK, Pattern, PatternFlow

PATTERN = Pattern(
    label="Completed job to payroll",
    starts="A job is completed.",
    steps=(
        "Collect the hours.",
        "Have them approved.",
        "Enter them in payroll.",
    ),
    flows=(
        PatternFlow(
            "job_to_payroll",
            "Hours of jobs entered in payroll",
            "project",
            WORK,
            "employee",
            ("hr", "people"),
            "status_change",
        ),
    ),
    kpi="corrected payslips; hours entered twice",
    rows=(127,),
)
