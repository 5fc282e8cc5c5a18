"""Commands that stand in a sentence: the folder in which they are meant is put in, so that they can be typed elsewhere."""

import re

_NAMES_ONE = r"(?:(?:dis)?connect|apply|resume|replay|undo|journal|plan (?:approve|show|cleanup|sync)|decisions import)"
_ALONE = r"(?:pull|audit|match|status|cutover|connections|parallel-run|engagement unshare)"
_NAME = r"[\w-]+(?:\.\w+)*(?![\w-])(?!\.\w)"
_ENDS = r"(?= --|[.,;:)'\"]|$| (?:or|and|says) )"
_COMMAND = re.compile(rf"(integration-audit (?:{_NAMES_ONE} {_NAME}|{_ALONE})){_ENDS}")


def with_folder(text: str, folder: str) -> str:
    """Return a text whose commands name the folder that they are for; one that names a folder keeps it.

    Parameters
    ----------
    text
        A sentence of ours.
    folder
        As it is typed behind a command; empty for the one in which it is typed.

    Examples
    --------
    >>> with_folder("Agree to it: integration-audit plan approve 3fa1 --by NAME", "harbor-pine")
    'Agree to it: integration-audit plan approve 3fa1 harbor-pine --by NAME'
    >>> with_folder("integration-audit plan approve 3fa1 elsewhere --by NAME", "harbor-pine")
    'integration-audit plan approve 3fa1 elsewhere --by NAME'
    >>> with_folder("Pull them: integration-audit pull.", "harbor-pine")
    'Pull them: integration-audit pull harbor-pine.'
    """
    return _COMMAND.sub(lambda found: f"{found[1]} {folder}", text) if folder else text
