"""What follows when a report was written: the head's comment, the e-mail, the supplements."""

from functools import cached_property

from django.utils import timezone

from provinces.models import Event
from provinces.queries import keeps
from reports.models import Mailing, Report
from reports.operations.mailings import address_for
from reports.queries.supplements import Changes, base_of, changes_of
from reports.views.titles import title_of

WAY_TO_THE_HEAD = ("report.take_back", "report.hand_in", "report.unlock")


class Afterwards:
    """The part of a report's desk that begins when the report lies before the head."""

    @cached_property
    def mailing(self) -> Mailing | None:
        """The newest e-mail of the newest delivery."""
        return self.delivery.mailings.order_by("-id").first() if self.delivery else None

    @cached_property
    def address(self) -> str:
        """Where the receiver reads documents by e-mail today."""
        return address_for(self.delivery.to, timezone.localdate()) if self.delivery else ""

    @property
    def mails(self) -> bool:
        """True when the document can be mailed (again): the receiver has it and an address, no letter is under way."""
        gone = self.report.status in {"sent", "accepted"} and self.writes and self.address
        return bool(gone and not (self.mailing and self.mailing.status in self.mailing.OPEN))

    @cached_property
    def given_back(self) -> Event | None:
        """The head's comment, while the report is being changed after it."""
        if self.report.status != "draft":
            return None
        verbs = WAY_TO_THE_HEAD
        last = Event.objects.about(self.report).filter(verb__in=verbs).select_related("user").last()
        return last if last and last.details.get("comment") else None

    @cached_property
    def base(self) -> Report | None:
        """What a supplement adds to, if the seat may see it."""
        if self.report.supplement_no is None:
            return None
        return Report.objects.visible_to(self.seat).filter(pk=base_of(self.report).pk).first()

    @cached_property
    def base_title(self) -> str:
        return title_of(self.base) if self.base else ""

    @cached_property
    def moved(self) -> Changes | None:
        """What a supplement changes, once it has figures."""
        return changes_of(self.report) if self.report.supplement_no and self.report.snapshot_id else None

    @cached_property
    def keeps(self) -> bool:
        """True for who may note the receiver's address."""
        return keeps(self.seat, self.place.province, timezone.localdate())

    @property
    def may_supplement(self) -> bool:
        return self.report.status == "accepted" and self.writes and self.newer is None
