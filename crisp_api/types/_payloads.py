"""All payloads together; `crisp_api.types` loads them when one is asked for."""

from crisp_api.types.bucket_url import *
from crisp_api.types.events import *
from crisp_api.types.objects import *
from crisp_api.types.plan_subscription import *
from crisp_api.types.plugin_connect import *
from crisp_api.types.plugin_subscription import *
from crisp_api.types.website_analytics import *
from crisp_api.types.website_availability import *
from crisp_api.types.website_base import *
from crisp_api.types.website_batch import *
from crisp_api.types.website_campaign import *
from crisp_api.types.website_campaigns import *
from crisp_api.types.website_connect import *
from crisp_api.types.website_conversation import *
from crisp_api.types.website_conversations import *
from crisp_api.types.website_helpdesk import *
from crisp_api.types.website_inbox import *
from crisp_api.types.website_operator import *
from crisp_api.types.website_operators import *
from crisp_api.types.website_people import *
from crisp_api.types.website_settings import *
from crisp_api.types.website_teams import *
from crisp_api.types.website_verify import *
from crisp_api.types.website_visitors import *
