"""How the figures came about, in a client's words, and what they cannot say."""

from toolkit.report.blocks import Block, Bullets, Heading, Legend, Paragraph
from toolkit.report.document import Section
from toolkit.report.run import RunTables

_STEPS = (
    ("Read.", " Every row of every file became a record, or was put aside with a reason; the counts add up (appendix)."),
    (
        "Compare.",
        (
            " Records of one system, and of different systems, were compared field by field. How much a field says "
            "depends on how rare its value is: a shared tax number says much, a shared city little. Who shares only a place "
            "(sister companies, a household) or only a name (branches, namesakes) does not count as one."
        ),
    ),
    (
        "Follow every item.",
        (
            " Deals, orders, invoices and payments were paired one to one by reference, number, customer, amount and "
            "date. What is still inside its usual waiting time does not count as missing."
        ),
    ),
    (
        "Count the cost.",
        (
            " Items a month × minutes × hourly cost, plus errors, delay and losses. One-time and running cost of "
            "connecting stand against that, over the same months."
        ),
    ),
    (
        "Simulate.",
        (
            " All inputs that are not known exactly were drawn many times from their ranges; the ranges in this report "
            "are the results that one in ten cases fall below, and one in ten exceed."
        ),
    ),
)
_RECORD = (
    "All that was done until these figures were counted is on record. The record's last entry bears the hash {head}: were "
    "any entry before it changed or removed, it would bear another."
)
_LIMITS = (
    "What nobody recorded cannot be measured: work that leaves no trace in a system is missing from these figures.",
    "A rate from few cases has a wide range; the number of cases (n) stands beside it in the appendix.",
    (
        "Two records that look alike may still be two companies. They count as one where that is more likely than not "
        "and no other record disagrees; doubtful pairs were left to a person and are not counted."
    ),
    "The period covers what you sent. A quiet or a busy season shifts the monthly figures.",
    "Savings count only when the hours saved are used for something else.",
)


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the method in five steps, the marks of evidence, the limits, and what proves the record of the work."""
    return (
        Bullets(tuple((f"{name}{text}",) for name, text in _STEPS)),
        Paragraph(("Every figure carries a mark that says where it comes from:",)),
        Legend(),
        Heading("What these figures cannot say"),
        Bullets(tuple((limit,) for limit in _LIMITS)),
        *((Paragraph((_RECORD.format(head=run.audit_log_head),)),) if run.audit_log_head else ()),
    )


SECTION = Section("Method and limits", 70, build)
