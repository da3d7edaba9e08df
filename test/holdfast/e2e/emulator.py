"""Starts ministack, mended in four places.

- When ministack 1.5.33 updates a nested stack, it forgets the attributes of each resource in it that has not changed, and
  the next Fn::GetAtt of one of them ends the update. Here, what a resource was made with is remembered.
- It lets a stack remove or change an export that another stack imports, which CloudFormation refuses. Here, it refuses too.
- It refuses alarms on metric math. Here, such an alarm is one on the first of its metrics; nothing evaluates it anyway.
- No host name of AWS's leads to it. Here, functions have the NODE_OPTIONS that it was started with, in the place of their
  own: with these they ask it for the keys of a user pool.
"""

from ministack.app import main
from ministack.core.lambda_runtime import _RESERVED_RUNTIME_ENV_VARS
from ministack.services.cloudformation import _exports, _stacks, handlers, provisioners, stacks

attributes = {}
provision = provisioners._provision_resource
update = provisioners._update_resource
resolve_outputs = stacks._resolve_stack_outputs
alarm_record = provisioners._cw_metric_alarm_record


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


def resolve_stack_outputs(*args, **kwargs):
    outputs, exports = resolve_outputs(*args, **kwargs)
    stack_id = args[-1]
    for name, stack in _stacks.items():
        if stack.get("StackId") == stack_id or "DELETE" in stack.get("StackStatus", ""):
            continue
        for export in handlers._imported_export_names(stack, name):
            before = _exports.get(export)
            if before is None or before.get("StackId") != stack_id:
                continue
            if export not in exports:
                raise ValueError(f"Cannot delete export {export} as it is in use by {name}.")
            if exports[export]["Value"] != before["Value"]:
                raise ValueError(f"Cannot update export {export} as it is in use by {name}.")
    return outputs, exports


def metric_alarm_record(name, props):
    stats = [each["MetricStat"] for each in props.get("Metrics") or [] if each.get("MetricStat")]
    if not stats:
        return alarm_record(name, props)
    metric = stats[0]["Metric"]
    first = {"Period": stats[0]["Period"], "Statistic": stats[0]["Stat"], **metric}
    return alarm_record(name, {**props, **first, "Metrics": None})


_RESERVED_RUNTIME_ENV_VARS.add("NODE_OPTIONS")
provisioners._provision_resource = provision_resource
provisioners._update_resource = update_resource
provisioners._cw_metric_alarm_record = metric_alarm_record
stacks._resolve_stack_outputs = resolve_stack_outputs

main()
