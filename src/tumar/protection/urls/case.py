"""Addresses of cases."""

from django.urls import URLPattern, path

from tumar.protection.views import case, identification, keeping, log, note, service, support

CASE_URLS: list[URLPattern] = [
    path("cases/", case.cases, name="cases"),
    path("cases/names/", case.show_names, name="show-names"),
    path("cases/<slug:ref>/", case.case, name="case"),
    path("cases/<slug:ref>/notes/", note.note, name="note"),
    path("cases/<slug:ref>/notes/<uuid:pk>/correct/", note.correct, name="correct-note"),
    path("cases/<slug:ref>/safety/", keeping.safety, name="safety"),
    path("cases/<slug:ref>/risk/", keeping.risk, name="risk"),
    path("cases/<slug:ref>/assign/", keeping.assign, name="assign"),
    path("cases/<slug:ref>/move/", keeping.move, name="move"),
    path("cases/<slug:ref>/close/", keeping.close, name="close"),
    path("cases/<slug:ref>/reopen/", keeping.reopen, name="reopen"),
    path("cases/<slug:ref>/event/", identification.event, name="event"),
    path("cases/<slug:ref>/decision/", identification.decision, name="decision"),
    path("cases/<slug:ref>/needs/", support.need, name="need"),
    path("cases/<slug:ref>/needs/<uuid:pk>/met/", support.meet, name="meet-need"),
    path("cases/<slug:ref>/plan/", support.plan, name="plan"),
    path("cases/<slug:ref>/goals/", support.goal, name="goal"),
    path("cases/<slug:ref>/goals/<uuid:pk>/move/", support.step_goal, name="move-goal"),
    path("cases/<slug:ref>/services/", service.service, name="service"),
    path("cases/<slug:ref>/services/<int:pk>/move/", service.step_service, name="move-service"),
    path("cases/<slug:ref>/tasks/", support.task, name="task"),
    path("cases/<slug:ref>/tasks/<uuid:pk>/done/", support.finish, name="finish-task"),
    path("cases/<slug:ref>/log/", log.case_log, name="case-log"),
]
