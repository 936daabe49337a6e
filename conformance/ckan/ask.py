"""Asks a running open-data site as CKAN's own Python client does; prints what it got as one line of JSON."""
import json
import sys

from ckanapi import CKANAPIError, NotFound, RemoteCKAN, ValidationError

address, dataset = sys.argv[1:3]
found = {}
with RemoteCKAN(address, user_agent="conformance") as ckan:
    call = ckan.action
    found["site_read"] = call.site_read()
    found["packages"] = call.package_list()
    found["package"] = call.package_show(id=dataset)
    found["search"] = call.package_search(q="*:*", rows=1, facet="true", **{"facet.field": ["organization", "tags"]})
    found["organizations"] = call.organization_list(all_fields=True)
    found["groups"] = call.group_list()
    found["tags"] = call.tag_list()
    found["licenses"] = [each["id"] for each in call.license_list()]
    resource = next(each for each in found["package"]["resources"] if each["datastore_active"])
    found["resource"] = call.resource_show(id=resource["id"])
    found["rows"] = call.datastore_search(resource_id=resource["id"], limit=5, filters={"mode": "公交"}, sort="minutes desc")
    try:
        call.package_show(id="no-such-dataset")
    except NotFound:
        found["missing"] = "NotFound"
    try:
        call.package_show()
    except ValidationError as error:
        found["invalid"] = error.error_dict
    try:
        call.datastore_search_sql(sql="select 1")
    except CKANAPIError as error:
        found["sql"] = type(error).__name__
with RemoteCKAN(address, get_only=True) as ckan:
    found["by_get"] = ckan.action.package_show(id=dataset)["id"]
print(json.dumps(found))
