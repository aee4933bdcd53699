package chaintest

// Over returns a composite alarm that tells the topic.
func Over(name, rule string) string {
	return `
aws_cloudwatch_composite_alarm "` + name + `" {
  alarm_name    = "` + name + `"
  alarm_rule    = ` + rule + `
  alarm_actions = [aws_sns_topic.security.arn]
}`
}

const ThroughAny = TheAlarm + " > aws_cloudwatch_composite_alarm.any"
