"""A way to sign in to a system, as data: what ``rest/sign_in`` needs to know of the vendor, and no secret."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way to sign in.

    ``way`` is the name of a file of ``rest/sign_in`` (``bearer``, ``api_key``, ``basic``, ``oauth2_code`` …). ``header`` is
    the name of the header that an API key stands in, ``prefix`` what stands before it. ``authorize_url`` and ``token_url``
    are the vendor's addresses for OAuth2, ``scopes_read`` the least that reading needs. ``needs`` names what the person must
    give ("client_id", "client_secret", "user"); ``tells`` are the places of the base URL that the answer to signing in
    fills, each with its name in that answer ("instance_url").
    """

    way: str
    header: str = ""
    prefix: str = ""
    authorize_url: str = ""
    token_url: str = ""
    revoke_url: str = ""
    scopes_read: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    tells: tuple[tuple[str, str], ...] = ()
