"""A form of the website becomes a contact."""

from toolkit.landscape.pattern import CRM, Pattern, PatternFlow

PATTERN = Pattern(
    label="Web form to contact",
    starts="A form is sent.",
    steps=(
        "Read the form.",
        "Look whether the contact exists.",
        "Enter it, or add to it.",
        "Tell sales.",
    ),
    flows=(
        PatternFlow(
            "form_to_contact",
            "Web forms entered as contacts",
            "party",
            ("marketing", "shop", "sheet"),
            "party",
            CRM,
            "record_created",
        ),
    ),
    kpi="minutes from form to contact; contacts entered twice",
    rows=(124,),
)
