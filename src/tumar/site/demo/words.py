"""The words of the demonstration: notes, needs, goals and tasks, as case workers write them."""

NOTES = (
    (
        "contact",
        "First conversation. Tired and wants to sleep; we talk tomorrow after breakfast.",
    ),
    ("visit", "Visited the room together. Chose the bed by the window. Key handed over."),
    ("phone", "Called the clinic: appointment on Thursday at 10:00. Interpreter asked for."),
    (
        "contact",
        "Spoke about her documents. The employer kept the passport; we ask the migration service.",
    ),
    (
        "observation",
        "Sleeps badly, startles at loud voices. Offered talks with the psychologist, accepted.",
    ),
    ("contact", "Разговор о возвращении: пока не готова, просит подождать до весны."),
    ("contact", "Үй-бүлөсү менен байланышууну каалабайт. Муну сыйлайбыз."),
    ("phone", "Lawyer explained the right to compensation. Wants to think about it; no pressure."),
    ("visit", "Workshop visit: likes the sewing course, can start next month."),
    ("contact", "Feels safe here. Next talk in a week."),
    ("contact", "Told how the data is kept, and that every answer can be changed at any time."),
    ("observation", "Eats regularly again. Made friends with another resident."),
)

OBJECTIVES = (
    "A safe place, papers in order, and work to live from.",
    "Rest and medical care first; then school papers and contact with the aunt.",
    "Return only if wished for, with someone waiting, and a visit after three months.",
    "Recover wages with the help of the lawyer, and finish the course.",
)

GOALS = (
    ("documents", "New passport in hand"),
    ("medical", "Treatment completed, results explained"),
    ("education", "Certificate of the sewing course"),
    ("income", "First month of paid work"),
    ("legal", "Claim for unpaid wages filed"),
    ("psychosocial", "Six talks, then look together whether to go on"),
    ("family", "Contact with the sister, if still wished for"),
)

TASKS = (
    "Ask the migration service about the passport",
    "Bring the consent form for the clinic",
    "Call the lawyer about the claim",
    "Review the plan together",
    "Ask whether the night light helps",
    "Confirm the interpreter for Thursday",
    "Write to the school",
    "Check that the phone number is still safe",
)

NEEDS = (
    ("shelter", "A place that nobody can find."),
    ("medical", "Pain in the back since spring; sees badly."),
    ("documents", "Passport kept by the employer."),
    ("legal", "Wages of seven months not paid."),
    ("psychosocial", "Sleeps badly."),
    ("income", "Sends money to the mother."),
    ("childcare", "A son of four, with the grandmother."),
    ("interpretation", "Reads little Russian."),
)

REASONS = (
    "needs a bed for some weeks, away from the city",
    "needs a doctor this week; will come with our worker",
    "wages not paid for seven months; wishes to claim",
    "wishes to learn a trade; can start next month",
    "please decide on status; the signs are in the file",
)

ACCOUNTS = (
    "Promised work in a shop and good pay. On arrival the passport was taken, the work another, "
    "sixteen hours a day; told that the journey had to be paid back first.",
    "A relative's friend arranged the trip. Locked in at night, moved twice between towns.",
    "Answered an advertisement in a messenger group. Not paid for months; threatened when asking.",
)

SAFETY = (
    "Do not telephone. Write “the book has come” and wait for an answer.",
    "Call only between 9 and 12. Nobody at home knows.",
    "Text only. The family must not learn of this place.",
    "",
    "",
)
