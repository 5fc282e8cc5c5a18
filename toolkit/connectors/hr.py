"""HR sheets: the list of employees, from an HR system's report or a spreadsheet.

Reports are built by their users, so many spellings are known; an employee number, a job title, a department or a hire date
tells the file. Pay is read where it is given by the hour.

Source: employee reports of BambooHR and Gusto, 2023 to 2026, and sheets of that kind.
"""

from toolkit.connector import About, Connector, ExportFormat, Field, Point, Proof, Stream

_ID = "Employee #|Employee ID|Employee No|Employee No.|Employee Number|Emp ID|Emp No|Staff ID|Staff No"
_TITLE = "Job Title|Position|Role|Title|Job"
_HIRED = "Hire Date|Start Date|Hired|Date Hired|Date of Hire|Started|Employee start date"
_STATUS = "Employment Status|Status|Employment Type"
_GIVEN = ("First Name", "Given Name", "Employee first name", "Legal First Name", "Forename")
_FAMILY = ("Last Name", "Family Name", "Surname", "Employee last name", "Legal Last Name")
_EMAIL = ("Work Email", "Email", "E-mail", "Email Address", "Employee email", "Personal Email")

EMPLOYEES = Stream(
    name="employees",
    entity="employee",
    kind="person",
    roles=("employee",),
    key=(_ID,),
    identifying=("email", "name"),
    fields={
        "name": Field(("Full Name", "Employee Name", "Name", "Employee"), form="person_name"),
        "given_name": Field(_GIVEN),
        "family_name": Field(_FAMILY),
        "email": Field(_EMAIL),
        "phone": Field(("Work Phone", "Mobile Phone", "Phone", "Mobile", "Phone Number", "Cell")),
        "street": Field(("Address", "Street", "Street Address", "Address Line 1", "Home Address")),
        "city": Field(("City", "Town")),
        "region": Field(("State", "Province", "County")),
        "postcode": Field(("Zip", "Zip Code", "ZIP", "Postcode", "Postal Code")),
        "country": Field(("Country",)),
        "department": Field(("Department", "Dept", "Team", "Division")),
        "owner": Field(("Reports To", "Manager", "Supervisor")),
        "rate_minor_per_hour": Field(
            ("Hourly Rate", "Pay Rate", "Rate per hour", "Hourly Pay", "Rate/h", "Loaded rate", "Pay rate (hourly)")
        ),
        "state": Field(("Status", "Employment Status"), values=(("inactive|terminated|left|former", "archived"),)),
    },
    points=(
        Point("email", "personal", Field(("Personal Email", "Home Email"))),
        Point("phone", "mobile", Field(("Mobile Phone", "Mobile", "Cell"))),
        Point("phone", "home", Field(("Home Phone",))),
    ),
    formats=(
        ExportFormat("employee report", (_ID, _TITLE, _HIRED, _STATUS)),
        ExportFormat("employee sheet", (_ID, _TITLE, "Department|Dept|Team|Division")),
        ExportFormat("employee list", (_ID, _HIRED, "|".join((*_FAMILY, "Employee Name", "Full Name", "Name", "Employee")))),
        ExportFormat("directory", ("Preferred Name|Job Title", "Hire Date", "Employment Status|Reports To|Department")),
        ExportFormat("payroll list", ("Employee first name", "Employee last name", "Employee email|Department")),
    ),
)

ABOUT = About(
    files="The staff list as the client keeps it: name, department, rate.",
    quirks=("Names and rates are shown shortened in what a client reads.",),
    proved_on=(Proof("export_files", "staff lists as sheets"),),
)  # fmt: skip

CONNECTOR = Connector(name="hr", label="HR sheet", category="people", streams=(EMPLOYEES,), is_product=False, about=ABOUT)
