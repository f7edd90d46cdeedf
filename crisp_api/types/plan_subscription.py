"""Plan Subscription: the plan of a website."""

import typing as t

from crisp_api.types._typeddict import TypedDict

PlanSubscriptionBillPeriod = t.Literal["monthly", "yearly"]


class PlanSubscriptionWebsite(TypedDict):
    """The website that a plan is for."""

    id: str
    """The ``website_id`` of the website."""
    name: str
    domain: str
    logo: str
    """URL of the logo."""


class PlanSubscriptionOwner(TypedDict):
    """The user who pays for a plan."""

    user_id: str
    email: str
    first_name: str
    last_name: str


class PlanSubscription(TypedDict):
    """The plan of a website."""

    id: str
    name: str
    price: int
    since: str
    """Start of the subscription, as a date in text form."""
    trialing: bool
    """Whether the plan is in its trial period."""
    trial_end: t.NotRequired[str]
    trial_end_date: t.NotRequired[str]
    bill_period: t.NotRequired[PlanSubscriptionBillPeriod]
    """Either ``monthly`` or ``yearly``."""
    bill_valid_until: t.NotRequired[str]
    """End of the period that is paid for, as a date in text form."""
    active: bool
    sandbox: bool
    website: PlanSubscriptionWebsite
    coupon_redeemed: bool
    """Whether a coupon has been applied to the subscription."""
    card_id: t.NotRequired[str]
    owner: PlanSubscriptionOwner


class PlanSubscriptionCreate(TypedDict):
    """The plan to subscribe to."""

    plan_id: str


class PlanSubscriptionBillPeriodUpdate(TypedDict):
    """The period to bill a plan for."""

    period: PlanSubscriptionBillPeriod
    """Either ``monthly`` or ``yearly``."""


class PlanSubscriptionCouponPolicy(TypedDict, total=False):
    """The terms of a coupon."""

    rebate_percent: float
    trial_days: int


class PlanSubscriptionCoupon(TypedDict):
    """A coupon that a website's plan subscription can redeem."""

    code: str
    policy: PlanSubscriptionCouponPolicy
    redeem_limit: t.NotRequired[int]
    expire_at: t.NotRequired[str]


class PlanSubscriptionCouponRedeem(TypedDict):
    """The coupon to redeem."""

    code: str
