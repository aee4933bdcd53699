package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_cloudwatch_composite_alarm", Modes: Managed,
			Named: "alarm_name",
			ID:    "alarm_name",
			ARN:   "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}",
			Templates: []*Template{
				{
					Name: "AWS::CloudWatch::CompositeAlarm", Ref: "id", ID: "id",
					GetAtt: map[string]string{"Arn": "arn"},
				},
			},
			Members: Members{
				boolean("actions_enabled").or(true).as("ActionsEnabled"),
				stringList("alarm_actions").as("AlarmActions"),
				str("alarm_description").as("AlarmDescription").irrelevant(forPeople),
				str("alarm_name").required().as("AlarmName"),
				str("alarm_rule").required().as("AlarmRule"),
				str("arn").computed(),
				stringList("insufficient_data_actions").as("InsufficientDataActions").irrelevant(otherStates),
				stringList("ok_actions").as("OKActions").irrelevant(otherStates),
				stringMap("tags").as("Tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
				blocks("actions_suppressor", Members{
					str("alarm").required().as("ActionsSuppressor"),
					number("extension_period").required().as("ActionsSuppressorExtensionPeriod").irrelevant(waits),
					number("wait_period").required().as("ActionsSuppressorWaitPeriod").irrelevant(waits),
				}),
			},
		}
	})
}
