"""What the consultant knows of an engagement, typed; defaults, then the file, then ``path=value`` overrides."""

from toolkit.settings.approach import (
    ApproachLimitSettings,
    ApproachSettings,
    HandoffApproachSettings,
    NativeFieldSettings,
    NativeSettings,
)
from toolkit.settings.asking import ApiSettings, ReadingSettings
from toolkit.settings.edits import GONE, Gone
from toolkit.settings.environment import browser_path, lent_secrets, memory_path, secret_environment, user_name
from toolkit.settings.figures import EstimateSettings
from toolkit.settings.file import (
    FILE_NAME,
    LoadedSettings,
    change_settings,
    client_of,
    edit_settings,
    load_settings,
    put,
    remove_setting,
    setting_line,
    settings_of,
    settings_tree,
    write_settings,
)
from toolkit.settings.golive import CutoverSettings, GateSettings, ParallelRunSettings
from toolkit.settings.jobs import (
    CleanupSettings,
    FollowingSettings,
    MissingSettings,
    PairSettings,
    PartySettings,
    StatusSettings,
    SyncSettings,
)
from toolkit.settings.kpis import KpiMeasuredSettings, KpiReadingSettings, KpiSettings, KpisSettings
from toolkit.settings.landscape import (
    AnswerSettings,
    AutomationSettings,
    CatalogueSettings,
    CategorySettings,
    ProductSettings,
    ScreeningSettings,
    StepSettings,
)
from toolkit.settings.limits import unusable_text
from toolkit.settings.memory import read_meanings, write_meanings
from toolkit.settings.models import (
    HANDOFF_CARD,
    HANDOFF_FACTS,
    BuildSettings,
    HandoffSettings,
    PersonSettings,
    QuestionSettings,
    RateSettings,
    Settings,
    SystemSettings,
)
from toolkit.settings.renaming import renamed_system
from toolkit.settings.roadmap import ProjectSettings, RoadmapSettings, SharedCostSettings
from toolkit.settings.scenarios import AS_IT_IS, Scenario, named_overrides, scenario_of, scenario_overrides
from toolkit.settings.scope import (
    AcceptanceSettings,
    ChangeLogSettings,
    FieldMapSettings,
    FlowScopeSettings,
    ScopeSettings,
    SuccessSettings,
)
from toolkit.settings.sign_in import SignInSettings
from toolkit.settings.state import StateSettings
from toolkit.settings.streams import FieldSettings, StreamSettings
from toolkit.settings.tried import tried_figure, tried_stream
from toolkit.settings.writing import WritingSettings

__all__ = [
    "AS_IT_IS",
    "FILE_NAME",
    "GONE",
    "HANDOFF_CARD",
    "HANDOFF_FACTS",
    "AcceptanceSettings",
    "AnswerSettings",
    "ApiSettings",
    "ApproachLimitSettings",
    "ApproachSettings",
    "AutomationSettings",
    "BuildSettings",
    "CatalogueSettings",
    "CategorySettings",
    "ChangeLogSettings",
    "CleanupSettings",
    "CutoverSettings",
    "EstimateSettings",
    "FieldMapSettings",
    "FieldSettings",
    "FlowScopeSettings",
    "FollowingSettings",
    "GateSettings",
    "Gone",
    "HandoffApproachSettings",
    "HandoffSettings",
    "KpiMeasuredSettings",
    "KpiReadingSettings",
    "KpiSettings",
    "KpisSettings",
    "LoadedSettings",
    "MissingSettings",
    "NativeFieldSettings",
    "NativeSettings",
    "PairSettings",
    "ParallelRunSettings",
    "PartySettings",
    "PersonSettings",
    "ProductSettings",
    "ProjectSettings",
    "QuestionSettings",
    "RateSettings",
    "ReadingSettings",
    "RoadmapSettings",
    "Scenario",
    "ScopeSettings",
    "ScreeningSettings",
    "Settings",
    "SharedCostSettings",
    "SignInSettings",
    "StateSettings",
    "StatusSettings",
    "StepSettings",
    "StreamSettings",
    "SuccessSettings",
    "SyncSettings",
    "SystemSettings",
    "WritingSettings",
    "browser_path",
    "change_settings",
    "client_of",
    "edit_settings",
    "lent_secrets",
    "load_settings",
    "memory_path",
    "named_overrides",
    "put",
    "read_meanings",
    "remove_setting",
    "renamed_system",
    "scenario_of",
    "scenario_overrides",
    "secret_environment",
    "setting_line",
    "settings_of",
    "settings_tree",
    "tried_figure",
    "tried_stream",
    "unusable_text",
    "user_name",
    "write_meanings",
    "write_settings",
]
