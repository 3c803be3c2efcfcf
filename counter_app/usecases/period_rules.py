"""The site's rules as a year of people asks for them: each answer worked out once."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from urllib.parse import unquote

from counter_app.domain.custody import desk_key
from counter_app.usecases.desk import Desk


class Rules:
    """Which service, which target, which limit."""

    def __init__(self, desk: Desk) -> None:
        queue, now, zone = desk.rules.queue, desk.now(), desk.rules.zone

        @cache
        def service_of(key: str | None, purpose: str, told: str | None) -> tuple[str, str]:
            service = (queue.service(key) if key else None) or queue.service_for(purpose, told)
            return service.key, service.name

        @cache
        def given(written: str) -> tuple[str, str]:
            return service_of(unquote(written), "", None)

        @cache
        def same_desk(written: str, name: str) -> bool:
            return desk_key(unquote(written)) == desk_key(name)

        @cache
        def target_on(day: date) -> float:
            return queue.limits_on(day).target.total_seconds()

        @cache
        def limit_on(day: date) -> datetime:
            return now - timedelta(minutes=desk.rules.limits_on(day).late)

        self.zone = zone
        self.service_of: Callable[[str | None, str, str | None], tuple[str, str]] = service_of
        """Key and name of a service: that of the visit, else what the purpose and the lists tell."""
        self.given: Callable[[str], tuple[str, str]] = given
        """Key and name of a service as a row of passages writes it."""
        self.same_desk: Callable[[str, str], bool] = same_desk
        """Whether a desk, as a row of passages writes it, has this name."""
        self.target_on: Callable[[date], float] = target_on
        """Seconds of wait aimed at."""
        self._limit_on: Callable[[date], datetime] = limit_on

    def past(self, day: date, slot: str) -> bool:
        """Nobody is waited for beyond the limit of the site; then who has not come is absent."""
        return self._limit_on(day) > datetime.fromisoformat(slot)
