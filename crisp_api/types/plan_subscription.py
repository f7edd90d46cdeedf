"""Plan Subscription: the plan of a website."""

import typing as t

from crisp_api.types._typeddict import TypedDict

PlanSubscriptionBillPeriod = t.Literal["monthly", "yearly"]


class PlanSubscriptionWebsite(TypedDict):
    """The website that a plan is for."""

    id: str
    name: str
    domain: str
    logo: str


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
    trialing: bool
    trial_end: t.NotRequired[str]
    trial_end_date: t.NotRequired[str]
    bill_period: t.NotRequired[PlanSubscriptionBillPeriod]
    bill_valid_until: t.NotRequired[str]
    active: bool
    sandbox: bool
    website: PlanSubscriptionWebsite
    coupon_redeemed: bool
    card_id: t.NotRequired[str]
    owner: PlanSubscriptionOwner


class PlanSubscriptionCreate(TypedDict):
    """The plan to subscribe to."""

    plan_id: str


class PlanSubscriptionBillPeriodUpdate(TypedDict):
    """The period to bill a plan for."""

    period: PlanSubscriptionBillPeriod


class PlanSubscriptionCouponPolicy(TypedDict, total=False):
    """The terms of a coupon."""

    rebate_percent: float
    trial_days: int


class PlanSubscriptionCoupon(TypedDict):
    """A coupon."""

    code: str
    policy: PlanSubscriptionCouponPolicy
    redeem_limit: t.NotRequired[int]
    expire_at: t.NotRequired[str]


class PlanSubscriptionCouponRedeem(TypedDict):
    """The coupon to redeem."""

    code: str
