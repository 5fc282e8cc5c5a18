"""What a person must know of Salesforce before connecting it."""

from toolkit.connector import About, Interface, Proof

ABOUT = About(
    files="Setup, Data Export (all objects as CSV), or a report that shows the ids.",
    credentials={
        "oauth2_code": (
            "In Salesforce: Setup, External Client App Manager, New; enable OAuth with the scopes api and refresh_token.",
            "Enter the redirect address below; require PKCE.",
            "Sign in as a user whose permission set may read the objects and has API Enabled: no scope does it.",
        ),
        "client_credentials": ("Allow the flow in the app, and name the user that it runs as: one who may only read.",),
        "jwt_bearer": ("Load the certificate of your key into the app, and allow the user beforehand.",),
    },
    quirks=(
        "A field that the user may not see is not read, and that is said: ask for it to be made visible.",
        "The day's requests are counted for all programs of the client together; what is left is said in each answer.",
        "Accounts, contacts and leads are merged over SOAP (the extra soap): what goes is deleted and names what stays.",
        "With a field of the client's for ids of other systems (external_ids), no record is made twice by a job.",
        "An account is deleted by a job only when no contact, opportunity, case or other account belongs to it.",
        "What a job deletes lies in the recycle bin for about 15 days; a job that takes it back makes another of it.",
    ),
    interface=Interface("query", read_only="partly", webhooks="partly", bulk="yes", sandbox="yes", changes="yes",
                        deletions="yes", repeats="yes"),
    proved_on=(Proof("vendor_sdk", "simple-salesforce"), Proof("handwritten_contract", "REST API: query, describe, limits"),
               Proof("export_files", "2023 to 2026")),
)  # fmt: skip
