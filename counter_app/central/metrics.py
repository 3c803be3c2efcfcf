"""Figures of the service for Prometheus: counts and durations by route, never a desk, a person or an address."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from counter_app.central.authority import Authority
from counter_app.sync.wire import PushAnswer

FORMAT = CONTENT_TYPE_LATEST


class Metrics:
    """The figures of one service."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "guichet_requests", "Requests answered, by route and status.", ("route", "status"), registry=self._registry
        )
        self.seconds = Histogram(
            "guichet_answer_seconds", "Time to answer, waits left out.", ("route",), registry=self._registry
        )
        self.acts = Counter(
            "guichet_acts", "Acts received, by what became of them.", ("status",), registry=self._registry
        )
        self.waiting = Gauge("guichet_waiting", "Desks that wait for news.", registry=self._registry)
        self.busy = Counter("guichet_busy", "Requests asked to come back later.", registry=self._registry)
        self.expiry = Gauge(
            "guichet_certificate_expiry_timestamp_seconds",
            "When the server's certificate and the roots end, as seconds since 1970.",
            ("certificate",),
            registry=self._registry,
        )

    def pushed(self, answer: PushAnswer) -> None:
        """Count what became of acts."""
        for run in answer.runs:
            self.acts.labels(run.status.value).inc(max(0, run.last - run.first + 1))

    def certificates(self, authority: Authority) -> None:
        """Note when what desks rely on ends."""
        shown = {"server": authority.server, "root": authority.root, "next_root": authority.next_root}
        for name, certificate in shown.items():
            self.expiry.labels(name).set(certificate.not_valid_after_utc.timestamp())

    def text(self) -> bytes:
        """The figures in the format of Prometheus."""
        return generate_latest(self._registry)
