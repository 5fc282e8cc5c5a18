"""How records really arrive from system to system, as their data tell, held against what people said."""

from toolkit.tables.schema import COUNT, FLAG, NUMBER, TEXT, TEXTS, Column, Schema

INFERRED_FLOW = Schema(
    "inferred_flow",
    (
        Column("flow_id", TEXT, "the handoff, or both lists where no handoff is named", required=True),
        Column("handoff_id", TEXT, "the handoff; null: nobody named one between these lists"),
        Column("label", TEXT, "in the client's words", required=True),
        Column("system_l", TEXT, "from", required=True),
        Column("stream_l", TEXT, "from", required=True),
        Column("entity_l", TEXT, "from", required=True),
        Column("system_r", TEXT, "to", required=True),
        Column("stream_r", TEXT, "to", required=True),
        Column("entity_r", TEXT, "to", required=True),
        Column("kind", TEXT, "by_hand, by_file, by_automation or not_at_all; null: the data do not tell"),
        Column("likely", TEXT, "the most probable kind, told or not; null: nothing could be measured"),
        Column("probability", NUMBER, "of the most probable kind; null: nothing could be measured", "share"),
        Column("p_by_hand", NUMBER, "that a person enters each one", "share"),
        Column("p_by_file", NUMBER, "that a person sends files or imports lists", "share"),
        Column("p_by_automation", NUMBER, "that a program enters them", "share"),
        Column("p_not_at_all", NUMBER, "that nothing of the source arrives there", "share"),
        Column("due", COUNT, "items of the source inside the time that the target covers", "items", required=True),
        Column("found", COUNT, "those of them that have a counterpart", "items", required=True),
        Column(
            "is_entry_dated",
            FLAG,
            "whether the target says when records were entered, not only their own date",
            required=True,
        ),
        Column("said", TEXT, "what engagement.yaml says of it; null: nothing"),
        Column("agreement", TEXT, "agrees, contradicts, nobody_said or open (the data do not tell)", required=True),
        Column("ask", TEXT, "what to ask, and where the answer is written; null: nothing"),
        Column("reasons", TEXTS, "what speaks for the most probable kind, the strongest first"),
        Column("doubts", TEXTS, "what speaks against it, the strongest first"),
        Column("missing", TEXTS, "what the data lack that would tell more"),
    ),
    key=("flow_id",),
)

INFERRED_FLOW_EVIDENCE = Schema(
    "inferred_flow_evidence",
    (
        Column("flow_id", TEXT, "the flow", required=True),
        Column("evidence", TEXT, "what was measured", required=True),
        Column("words", TEXT, "what was measured, as a sentence", required=True),
        Column("value", NUMBER, "share of items, but days for each day, and a number of persons", required=True),
        Column("n", COUNT, "items (or days) that it was measured on", "items", required=True),
        Column("level", COUNT, "how many of its cuts it reaches", required=True),
        Column("for_by_hand", NUMBER, "what it adds to the log-odds of this kind, against the mean of all", required=True),
        Column("for_by_file", NUMBER, "the same of this kind", required=True),
        Column("for_by_automation", NUMBER, "the same of this kind", required=True),
        Column("for_not_at_all", NUMBER, "the same of this kind", required=True),
    ),
    key=("flow_id", "evidence"),
)
