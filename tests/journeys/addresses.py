"""The addresses of the house in demo mode: with the doors that need no password."""

from tumar.site import urls as house

handler400 = house.handler400
handler403 = house.handler403
handler404 = house.handler404
handler429 = house.handler429
handler500 = house.handler500

urlpatterns = [*house.urlpatterns, *house.DEMONSTRATION]
