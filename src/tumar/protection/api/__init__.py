"""The room's part of the public API: one more door, with the same rules."""

from ninja import Router

from tumar.protection.api.cases import router as cases
from tumar.protection.api.referrals import router as referrals
from tumar.protection.api.screenings import router as screenings

ROUTERS: dict[str, Router] = {
    "/cases": cases,
    "/referrals": referrals,
    "/screenings": screenings,
}
