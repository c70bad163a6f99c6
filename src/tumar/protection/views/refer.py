"""A referral from a case in four steps; nothing is kept between them but the page itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tumar.access import Role, require
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.people.commands import record_consent, state_legal_ground
from tumar.people.commands.grants import ALL_GROUPS
from tumar.people.queries import Ground, ground_for
from tumar.protection import commands
from tumar.protection.commands import AlreadyReferred, NoGround
from tumar.protection.forms.referral import GroundForm, NeedForm, PackageForm
from tumar.protection.lists.package import in_words
from tumar.protection.models import Case
from tumar.protection.policy import Act
from tumar.protection.queries import providers, services_needed
from tumar.ui.pages import show
from tumar.ui.parts import Step

# The button that was pressed, and the page it leads to if all before it holds.
LEADS_TO = {
    "": "need",
    "need-again": "need",
    "need": "ground",
    "ground-again": "ground",
    "answer": "package",
    "ground": "package",
    "package-again": "package",
    "package": "send",
    "send": "sent",
}
CARRIED = ("kind", "services", "to", "urgency", "reason", "groups")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(Role.CASEWORKER, Role.SUPERVISOR)
def refer(request: Request, ref: str) -> HttpResponse:
    """Refer a case: need, ground, package, send."""
    mine = Case.objects.visible_to(request.actor).select_related(
        "person__data_key", "lead", "data_key"
    )
    case = find(mine, ref=ref)
    require(request.actor, Act.REFER, case)
    return Course(request, case).go()


class Course:
    """One referral on its way through the four steps."""

    def __init__(self, request: Request, case: Case) -> None:
        self.request, self.case = request, case
        self.at, self.actor = request.received_at, request.actor
        self.button = request.POST.get("step", "")
        wanted = request.POST.getlist("services") or services_needed(case)
        self.need = NeedForm(
            providers(self.actor, wanted),
            request.POST or None,
            initial={"kind": "service"},
        )

    def go(self) -> HttpResponse:
        """To the furthest page that what was written so far allows."""
        page = LEADS_TO.get(self.button, "need")
        if page == "need" or not self.need.is_valid():
            return self._show("need")
        if page == "ground":
            return self._show("ground", form=self._ground_form(), ground=self._ground())
        if self.button == "answer":
            form = self._ground_form(bound=True)
            if not form.is_valid():
                return self._show("ground", form=form, ground=self._ground())
            self._write_down(form)
        ground = self._ground()
        if ground is None:
            return self._show("ground", form=self._ground_form(), no_ground=True)
        return self._with_ground(ground, page)

    def _with_ground(self, ground: Ground, page: str) -> HttpResponse:
        asked = page in {"send", "sent"}
        form = PackageForm(
            ground, self.request.POST if asked else None, is_transfer=self.need.is_transfer
        )
        if not asked or not form.is_valid():
            return self._show("package", form=form, ground=ground)
        if page == "sent":
            return self._send(form)
        said = self.need.cleaned_data
        package = commands.preview_referral(
            actor=self.actor,
            case=self.case,
            services=said["services"],
            groups=form.groups,
            urgency=said["urgency"],
            at=self.at,
        )
        return self._show("send", package=in_words(package), ground=ground)

    def _send(self, form: PackageForm) -> HttpResponse:
        said = self.need.cleaned_data
        try:
            referral = commands.send_referral(
                actor=self.actor,
                case=self.case,
                to=self.need.recipient,
                kind=said["kind"],
                services=said["services"],
                groups=form.groups,
                urgency=said["urgency"],
                reason=said["reason"],
                at=self.at,
            )
        except AlreadyReferred as problem:
            self.need.add_error("to", str(problem))
            return self._show("need")
        except NoGround:
            return self._show("ground", form=self._ground_form(), no_ground=True)
        messages.success(self.request, _("Sent. You will see their answer here."))
        return redirect(referral)

    def _ground(self) -> Ground | None:
        groups = ALL_GROUPS if self.need.is_transfer else ()
        return ground_for(
            self.case.person,
            purpose="referral",
            recipient=self.need.recipient,
            groups=groups,
            at=self.at,
        )

    def _ground_form(self, *, bound: bool = False) -> GroundForm:
        return GroundForm(
            self.request.POST if bound else None,
            today=self.at.date(),
            is_transfer=self.need.is_transfer,
            initial={"agreed_groups": ["identity", "contact"]},
        )

    def _write_down(self, form: GroundForm) -> None:
        if form.cleaned_data["answer"] == "law":
            state_legal_ground(
                actor=self.actor,
                person=self.case.person,
                purpose="referral",
                at=self.at,
                **form.law(),
            )
            return
        record_consent(
            actor=self.actor,
            person=self.case.person,
            purpose="referral",
            recipient=self.need.recipient,
            at=self.at,
            **form.consent(),
        )

    def _show(self, page: str, **more: object) -> HttpResponse:
        context = {
            "case": self.case,
            "need": self.need,
            "page": page,
            "steps": _steps(page),
            "carried": self._carried(page),
            "recipient": self.need.recipient if page != "need" else None,
        }
        return show(self.request, "protection/referral_new.html", {**context, **more})

    def _carried(self, page: str) -> list[tuple[str, str]]:
        """What was written on other pages, to be sent along from this one."""
        own = {"need": CARRIED[:-1], "package": ("groups",)}.get(page, ())
        return [
            (name, value)
            for name in CARRIED
            if name not in own
            for value in self.request.POST.getlist(name)
        ]


def _steps(page: str) -> list[Step]:
    pages = ("need", "ground", "package", "send")
    labels = (_("Need"), _("Agreement"), _("What they see"), _("Send"))
    here = pages.index(page)
    return [
        Step(label, "done" if n < here else "now" if n == here else "later")
        for n, label in enumerate(labels)
    ]
