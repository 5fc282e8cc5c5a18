"""A system's new name in the tree of ``engagement.yaml``: wherever the old one stood, comments and order kept."""

from typing import Any


def renamed_system(tree: Any, old: str, new: str) -> None:
    """Change the tree: the system's own entry, and all that names the system.

    Parameters
    ----------
    tree
        As the round-trip parser gives it; changed in place.
    old, new
        The names. Where the new one has an entry already, the old one goes.
    """
    systems = tree.get("systems") or {}
    if old in systems:
        _rename_key(systems, old, new)
    _rename_in_truth(tree.get("sources_of_truth") or {}, old, new)
    for handoff in (tree.get("handoffs") or {}).values():
        for side in ("from", "to"):
            handoff.update({side: _renamed(handoff[side], old, new)} if side in handoff else {})
    if old in (tree.get("cleanup") or {}):
        _rename_key(tree["cleanup"], old, new)
    for one in (tree.get("cleanup") or {}).values():
        if "exclude" in one:
            one["exclude"][:] = [_renamed_key(key, old, new) for key in one["exclude"]]
    _rename_in_sync(tree.get("sync") or {}, old, new)
    for link in (tree.get("automations") or {}).values():
        link.update({side: new for side in ("from", "to") if link.get(side) == old})
    for answer in (tree.get("answers") or {}).values():
        answer.update({"about": f"systems.{new}"} if answer.get("about") == f"systems.{old}" else {})
    readers = (tree.get("scope") or {}).get("readers") or []
    readers[:] = [new if name == old else name for name in readers]
    listed = tree.get("unconfirmed") or []
    listed[:] = [_renamed(name, old, new) for name in listed]
    questions = tree.get("questions") or {}
    for name in [name for name in questions if _renamed(name, old, new) != name]:
        _rename_key(questions, name, _renamed(name, old, new))


def _rename_in_truth(truth: Any, old: str, new: str) -> None:
    for entity, given in [*truth.items()]:
        if given == old:
            truth[entity] = new
        elif isinstance(given, dict):
            given.update({column: new for column, system in given.items() if system == old})


def _rename_in_sync(sync: Any, old: str, new: str) -> None:
    if old in (sync.get("fields") or {}):
        _rename_key(sync["fields"], old, new)
    for listed in ("parties", "two_way", "status"):
        for one in sync.get(listed) or []:
            for side in ("from", "to", "change"):
                if side in one:
                    one[side] = new if one[side] == old else _renamed(one[side], old, new)
            if "systems" in one:
                one["systems"][:] = [new if name == old else name for name in one["systems"]]


def _renamed_key(key: Any, old: str, new: str) -> Any:
    """Return the key of a record of the system under its new name; any other as it is."""
    return new + key[len(old) :] if str(key).startswith(f"{old}/") else key


def _renamed(name: Any, old: str, new: str) -> Any:
    """Return the name of a stream or column of the system under its new name; any other as it is."""
    return new + name[len(old) :] if str(name).startswith(f"{old}.") else name


def _rename_key(mapping: Any, old: str, new: str) -> None:
    """Give an entry another key at the same place; comments that belong to it go along."""
    place = [*mapping].index(old)
    value = mapping.pop(old)
    if new in mapping:
        return
    mapping.insert(place, new, value)
    comments = mapping.ca.items
    if old in comments:
        comments[new] = comments.pop(old)
