"""What a row of DOCUMENT_LINK says of its documents; the schema tells what each kind means."""

ONE, TOGETHER, AMBIGUOUS, REPEATED, CONTESTED = "one", "together", "ambiguous", "repeated", "contested"
RETURNED, CREDITED = "returned", "credited"
