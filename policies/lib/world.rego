# METADATA
# description: The nodes of the input by address, and what the configuration says of the world outside.
package iacgate.lib.world

trails[t.address] := t if some t in input.trails

log_groups[g.address] := g if some g in input.log_groups

filters[f.address] := f if some f in input.metric_filters

alarms[a.address] := a if some a in input.alarms

topics[t.address] := t if some t in input.topics

subscriptions[s.address] := s if some s in input.subscriptions

actors[actor.id] := actor if some actor in input.alarms[_].actors

actions[action.id] := action if some action in actors[_].actions

# auditing are the trails that record management events, as far as can be seen.
auditing contains t.address if {
	some t in input.trails
	t.records.management != "no"
}

deleted[d.address] := d if some d in input.deleted

# deleted_topic holds the actions that tell a topic which this plan deletes.
deleted_topic[id] := d.address if {
	some id, action in actions
	some d in input.deleted
	d.type == "aws_sns_topic"
	d.arn == action.text
}

# deleted_group holds the filters that read a log group which this plan deletes.
deleted_group[f.address] := d.address if {
	some f in input.metric_filters
	f.log_group.state == "external"
	some d in input.deleted
	d.type == "aws_cloudwatch_log_group"
	d.name == group_name[f.address]
}

# group_name is the name of the group that a filter reads.
group_name[f.address] := name if {
	some f in input.metric_filters
	name := log_groups[f.log_group.to[0]].name
	name != null
}

# settled_group says which filters read a log group that the configuration declares as external, and why.
settled_group[address] := entry.reason if {
	some address, name in group_name
	some entry in input.config.external
	glob.match(entry.log_group, [], name)
}

# settled_topic says which actions tell a topic that the configuration declares as external, and why.
settled_topic[id] := entry.reason if {
	some id, action in actions
	some entry in input.config.external
	some text in {action.text, action.topic}
	glob.match(entry.topic, [], text)
}

# settled_trail is the reason why a trail is declared as external, if it is.
settled_trail contains entry.reason if {
	some entry in input.config.external
	entry.trail
}
