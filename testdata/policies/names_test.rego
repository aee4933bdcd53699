package main_test

import data.main

alarms(name) := {"alarms": {"aws_cloudwatch_metric_alarm.a": {"name": name}}}

topics(name) := {"resource_changes": [{"address": "aws_sns_topic.t", "type": "aws_sns_topic", "change": {"after": {"name": name}}}]}

test_alarm_of_ours if count(main.deny) == 0 with input as alarms("acme-denied")

test_alarm_of_nobody if {
	main.deny == {"aws_cloudwatch_metric_alarm.a: name \"denied\" does not begin with acme-"} with input as alarms("denied")
}

test_topic_of_nobody if {
	main.warn == {"aws_sns_topic.t: name \"alerts\" does not begin with acme-"} with data.iacgate.document as topics("alerts")
}
