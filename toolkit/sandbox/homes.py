"""The path below which an interface stands: its address without the host, whatever place that is."""

import re


def home_path(url: str) -> str:
    """Return the path of an address that may have places.

    Examples
    --------
    >>> home_path("https://api.example/v3/company/{realm_id}"), home_path("{instance_url}/services/data/v66.0")
    ('/v3/company/{realm_id}', '/services/data/v66.0')
    """
    return re.sub(r"^(?:[a-z]+://)?[^/]*", "", url)
