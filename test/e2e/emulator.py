"""Starts ministack with one fault mended.

When ministack 1.5.33 updates a nested stack, it forgets the attributes of each resource in it that has not changed, and
the next Fn::GetAtt of one of them ends the update. Here, what a resource was made with is remembered.
"""

from ministack.app import main
from ministack.services.cloudformation import provisioners

attributes = {}
provision = provisioners._provision_resource
update = provisioners._update_resource


def remember(resource_type, result, before=None):
    physical_id, made = result
    attributes[resource_type, physical_id] = {**(before or {}), **(made or {})}
    return physical_id, attributes[resource_type, physical_id]


def provision_resource(resource_type, *args, **kwargs):
    return remember(resource_type, provision(resource_type, *args, **kwargs))


def update_resource(resource_type, physical_id, *args, **kwargs):
    before = attributes.get((resource_type, physical_id))
    result = update(resource_type, physical_id, *args, **kwargs)
    return remember(resource_type, result, before if result[0] == physical_id else None)


provisioners._provision_resource = provision_resource
provisioners._update_resource = update_resource

main()
