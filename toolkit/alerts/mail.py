"""An alert by e-mail: through the server that is named, over verified TLS from the start or from STARTTLS on."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Literal

from toolkit.errors import AuthError, InputError, ResponseError, RetryableError
from toolkit.rest.clock import Clock, SystemClock
from toolkit.rest.redaction import Secret
from toolkit.rest.transport import tls_context

_TIMEOUT_S = 20.0
_HELLO = "[127.0.0.1]"
"""What this machine calls itself: an address that says nothing of it, where its name would be looked up, and told."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """What takes the mail: where it is, how TLS begins, and who signs in, where somebody does."""

    host: str
    port: int
    tls: Literal["from_the_start", "starttls"] = "from_the_start"
    user: Secret | None = None
    password: Secret | None = None
    ca_file: str = ""


def send_mail(
    subject: str, text: str, server: MailServer, *, sender: Secret, to: Sequence[Secret], clock: Clock | None = None
) -> None:
    """Send a mail; return when the server took it for everybody.

    Parameters
    ----------
    subject, text
        Of the mail.
    server
        What takes it.
    sender, to
        Addresses.
    clock
        What time it is.

    Raises
    ------
    InputError
        An address is none, or the certificate of the server is not valid.
    AuthError
        The server does not let the user in.
    RetryableError
        No answer, or it cannot take mail now.
    ResponseError
        The server refused the mail, or does not offer what is needed.
    """
    mail = EmailMessage()
    mail["Subject"] = " ".join(subject.split())
    mail["From"] = _address(sender)
    mail["To"] = tuple(_address(one) for one in to)
    mail["Date"] = format_datetime((clock or SystemClock()).now())
    mail["Message-ID"] = make_msgid(domain="integration-audit.invalid")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    context = tls_context(server.ca_file)
    try:
        with _opened(server, context) as smtp:
            if server.user is not None and server.password is not None:
                smtp.login(server.user.revealed(), server.password.revealed())
            refused = smtp.send_message(mail)
    except ssl.SSLCertVerificationError:
        raise InputError(
            f"E-mail: the certificate of {server.host} is not valid, so nothing was sent. Mend 'host' or 'ca_file'."
        ) from None
    except smtplib.SMTPAuthenticationError as error:
        raise AuthError(f"E-mail: {server.host} does not let the user in (code {error.smtp_code}).") from None
    except smtplib.SMTPResponseException as error:
        raise _said_no(server.host, error.smtp_code) from None
    except smtplib.SMTPRecipientsRefused as error:
        codes = sorted({code for code, _ in error.recipients.values()})
        raise _said_no(server.host, codes[0] if codes else 0) from None
    except smtplib.SMTPNotSupportedError:
        raise ResponseError(f"E-mail: {server.host} does not offer TLS or signing in, so nothing was sent.") from None
    except (OSError, smtplib.SMTPException) as error:
        raise RetryableError(f"E-mail: {server.host} does not answer ({type(error).__name__}).") from None
    if refused:
        raise ResponseError(f"E-mail: {server.host} refused {len(refused)} of {len(to)} addresses.")


def _opened(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.tls == "from_the_start":
        return smtplib.SMTP_SSL(server.host, server.port, local_hostname=_HELLO, timeout=_TIMEOUT_S, context=context)
    smtp = smtplib.SMTP(server.host, server.port, local_hostname=_HELLO, timeout=_TIMEOUT_S)
    try:
        smtp.starttls(context=context)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _said_no(host: str, code: int) -> Exception:
    if 400 <= code < 500:
        return RetryableError(f"E-mail: {host} cannot take the mail now (code {code}).")
    return ResponseError(f"E-mail: {host} refused the mail (code {code}).")


def _address(said: Secret) -> Address:
    """Return an address as a header takes it; what is wrong with one is not repeated."""
    try:
        return Address(addr_spec=said.revealed())
    except (ValueError, IndexError, MessageError):
        raise InputError("E-mail: what is kept as an address is none, such as ann@example.com. Mend it.") from None
