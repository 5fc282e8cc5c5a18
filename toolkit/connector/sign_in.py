"""A way to sign in to a system, as data: what ``rest/sign_in`` needs to know of the vendor, and no secret."""

from dataclasses import dataclass
from typing import Literal

ClientAuth = Literal["client_secret_basic", "client_secret_post", "none"]
"""How a client names itself where tokens are given: in a header, in the body, or without a secret."""


@dataclass(frozen=True, slots=True)
class SignIn:
    r"""One way to sign in.

    ``way`` is the name of a file of ``rest/sign_in`` (``bearer``, ``api_key``, ``basic``, ``oauth2_code`` …). ``header`` is
    the name of the header that an API key stands in, ``prefix`` what stands before it. ``authorize_url`` and ``token_url``
    are the vendor's addresses for OAuth2, ``scopes_read`` the least that reading needs (where it is to write: that writing
    needs). ``needs`` names what the person must give ("client_id", "client_secret", "user"); ``tells`` are the places of the
    base URL that the answer to signing in fills, each with its name in that answer ("instance_url").

    ``client_auth`` is how the client names itself at ``token_url``. ``authorize_extra`` are further parameters of
    ``authorize_url``. ``scope_separator`` stands between scopes. ``audience`` is whom a signed statement (JWT) is made out
    to; empty: ``token_url``. A refresh token that is not used for ``refresh_days`` ends; None: the vendor says so itself, or
    it does not end. ``implied`` are scopes that include another one, as patterns: ``("write_(.+)", r"read_\1")``.
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
    client_auth: ClientAuth = "client_secret_basic"
    authorize_extra: tuple[tuple[str, str], ...] = ()
    scope_separator: str = " "
    audience: str = ""
    refresh_days: int | None = None
    implied: tuple[tuple[str, str], ...] = ()

    def signature(self) -> tuple[str, str]:
        """Return the header that a token stands in, and what stands before it there.

        Examples
        --------
        >>> SignIn("bearer").signature(), SignIn("oauth2_code", header="X-Shopify-Access-Token").signature()
        (('Authorization', 'Bearer '), ('X-Shopify-Access-Token', ''))
        """
        return (self.header, self.prefix) if self.header else ("Authorization", self.prefix or "Bearer ")
