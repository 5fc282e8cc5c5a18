"""The kernel's side of each screen: what it shows of an engagement, and what becomes of what a person does there."""
