package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_cloudwatch_alarm_mute_rule", Modes: Managed, Since: "6",
			Named: "name",
			ARN:   "arn:{partition}:cloudwatch:{region}:{account}:alarm-mute-rule:{name}",
			Templates: []*Template{
				{
					Name: "AWS::CloudWatch::AlarmMuteRule", Ref: "arn", ID: "arn",
					GetAtt: map[string]string{"Arn": "arn", "Status": "status", "MuteType": "mute_type", "LastUpdatedTimestamp": "last_updated_timestamp"},
				},
			},
			Members: Members{
				str("arn").computed(),
				str("name").as("Name"),
				str("description").as("Description").irrelevant(forPeople),
				block("rule", Members{
					block("schedule", Members{
						str("expression").as("Expression"),
						str("duration").as("Duration"),
						str("timezone").as("Timezone").irrelevant(whenMuted),
					}).as("Schedule"),
				}).required().as("Rule"),
				block("mute_targets", Members{
					stringList("alarm_names").as("AlarmNames"),
				}).as("MuteTargets"),
				str("start_date").as("StartDate").irrelevant(whenMuted),
				str("expire_date").as("ExpireDate"),
				str("status").computed().irrelevant(unreferred),
				str("mute_type").computed().irrelevant(unreferred),
				str("last_updated_timestamp").computed().irrelevant(unreferred),
				stringMap("tags").as("Tags").irrelevant(labels),
			},
		}
	})
}
