"""The employee's id as written."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="employee_ref",
    label="employee id",
    signs={
        "employee number": 6.2, "employee id": 6.2, "employee code": 6, "person number": 5, "user id": 3.5,
        "employee": 3, "file number": 4.8, "member id": 2.5, "payroll number": 5.5, "payroll id": 5.5,
    },
    looks=("id_code", "whole_number"),
    unlike=("date", "amount", "email"),
    looks_like="id",
    common=-3,
)  # fmt: skip
