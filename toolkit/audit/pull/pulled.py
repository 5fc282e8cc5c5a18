"""What a pull leaves behind, as a notebook shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from toolkit.audit.pull.answers import Confirmed
from toolkit.settings import QuestionSettings

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.audit.verb_result import VerbResult


@dataclass(frozen=True, slots=True, repr=False)
class Pull:
    """What a pull read (INTAKE), put aside (QUARANTINE) and holds now (SNAPSHOT), with sentences for a person."""

    intake: pa.Table
    quarantine: pa.Table
    snapshots: pa.Table
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    has_new_settings: bool
    questions: Mapping[str, QuestionSettings] = field(default_factory=dict)
    confirmed: tuple[Confirmed, ...] = ()

    @property
    def frame(self) -> "pd.DataFrame":
        """The table INTAKE as pandas keeps it."""
        from toolkit.audit.verb_answers import frame_of

        return frame_of(self.intake)

    @property
    def put_aside(self) -> "VerbResult":
        """Rows that are in no list, by file and reason; ``frame``: each of them (QUARANTINE)."""
        from toolkit.audit.pull_answers import aside_answer

        return aside_answer(self.quarantine)

    @property
    def lists(self) -> "VerbResult":
        """What each list holds now; ``frame``: the table SNAPSHOT."""
        from toolkit.audit.pull_answers import lists_answer

        return lists_answer(self.snapshots)

    def __repr__(self) -> str:
        return repr(self._answer())

    def _repr_html_(self) -> str:
        return self._answer()._repr_html_()

    def _answer(self) -> "VerbResult":
        # What puts answers into words needs the report's rooms, which no pull of a command asks for.
        from toolkit.audit.pull_answers import pull_answer

        return pull_answer(self.intake, self.snapshots, self.missing, self.notes, len(self.questions))
