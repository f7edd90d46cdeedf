"""Plans of websites."""

from __future__ import annotations

import datetime as dt
import typing as t

from crisp_api.sandbox.model import OPERATOR, WEBSITE
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.refusals import not_found

if t.TYPE_CHECKING:
    from crisp_api.sandbox.call import Call, Item
    from crisp_api.sandbox.model import Object

__all__ = [
    "change_bill_period_for_website_plan_subscription",
    "check_coupon_availability_for_website_plan_subscription",
    "get_plan_subscription_for_website",
    "list_all_active_subscriptions",
    "redeem_coupon_for_website_plan_subscription",
    "subscribe_website_to_plan",
    "unsubscribe_plan_from_website",
]

PLAN: t.Final = "plan"
FREE: t.Final[Object] = {"id": "free", "name": "Free", "trialing": False}
# The coupons that the sandbox knows.
_COUPONS: t.Final = {"SANDBOX": {"rebate_percent": 10.0}}


def list_all_active_subscriptions(call: Call) -> list[Object]:
    """List the plans of all websites."""
    paid = Query().where(f"doc ->> '{PLAN}' IS NOT NULL")
    return [_shown(call, doc) for doc in call.store.every(WEBSITE, paid)]


def get_plan_subscription_for_website(call: Call) -> Object:
    """Return the plan of a website."""
    return _shown(call, _subscribed(call).doc)


def subscribe_website_to_plan(call: Call) -> None:
    """Subscribe a website to a plan, in place of the one it has."""
    website, plan_id = call.find(WEBSITE), call.body["plan_id"]
    since = dt.datetime.fromtimestamp(call.now / 1000, dt.UTC)
    website.doc[PLAN] = {
        "id": plan_id,
        "name": plan_id.capitalize(),
        "price": 0,
        "since": f"{since:%Y-%m-%dT%H:%M:%SZ}",
        "trialing": False,
        "bill_period": "monthly",
        "active": True,
        "sandbox": True,
        "coupon_redeemed": False,
    }
    call.save(website)
    _emit(call, website)


def unsubscribe_plan_from_website(call: Call) -> None:
    """End the plan of a website."""
    website = _subscribed(call)
    del website.doc[PLAN]
    call.save(website)
    _emit(call, website)


def _emit(call: Call, website: Item) -> None:
    """Send which plan a website has."""
    plan = website.doc.get(PLAN, FREE)
    names = ("id", "name", "price", "trialing")
    shown = {name: plan[name] for name in names if name in plan}
    call.emit("plan:subscription:updated", website.path[0], plan=shown)


def change_bill_period_for_website_plan_subscription(call: Call) -> None:
    """Change the period to bill a plan for."""
    website = _subscribed(call)
    website.doc[PLAN]["bill_period"] = call.body["period"]
    call.save(website)


def check_coupon_availability_for_website_plan_subscription(call: Call) -> Object:
    """Return a coupon; the sandbox knows one, with the code SANDBOX."""
    call.find(WEBSITE)
    return _coupon(call.query["code"])


def redeem_coupon_for_website_plan_subscription(call: Call) -> None:
    """Redeem a coupon."""
    website = _subscribed(call)
    _coupon(call.body["code"])
    website.doc[PLAN]["coupon_redeemed"] = True
    call.save(website)


def _coupon(code: str) -> Object:
    if code not in _COUPONS:
        noun = "coupon"
        raise not_found(noun)
    return {"code": code, "policy": _COUPONS[code]}


def _subscribed(call: Call) -> Item:
    website = call.find(WEBSITE)
    if PLAN not in website.doc:
        noun = "plan subscription"
        raise not_found(noun)
    return website


def _shown(call: Call, doc: Object) -> Object:
    """Return the plan of a website, with the website and its owner."""
    website = {name: doc[name] for name in ("name", "domain", "logo")}
    owner = call.store.get(OPERATOR, (doc["website_id"], call.state.user_id)) or {}
    names = ("user_id", "email", "first_name", "last_name")
    return {
        **doc[PLAN],
        "website": {"id": doc["website_id"], **website},
        "owner": {name: owner.get(name, "") for name in names},
    }
