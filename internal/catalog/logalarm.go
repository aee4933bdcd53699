package catalog

// An alarm over a query of logs needs no metric filter. Its names are those of
// awscc.
func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_cloudwatch_log_alarm", Modes: Managed, Since: NoRelease,
			Named: "alarm_name",
			ID:    "alarm_name",
			ARN:   "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}",
			Templates: []*Template{
				{
					Name: "AWS::CloudWatch::LogAlarm", Ref: "id", ID: "id",
					GetAtt: map[string]string{"Arn": "arn"},
				},
			},
			Members: Members{
				str("alarm_name").as("AlarmName"),
				str("arn").computed(),
				str("alarm_description").as("AlarmDescription").irrelevant(forPeople),
				boolean("actions_enabled").or(true).as("ActionsEnabled"),
				stringList("alarm_actions").as("AlarmActions"),
				stringList("ok_actions").as("OKActions").irrelevant(otherStates),
				stringList("insufficient_data_actions").as("InsufficientDataActions").irrelevant(otherStates),
				str("comparison_operator").required().as("ComparisonOperator").irrelevant(notJudged),
				number("threshold").required().as("Threshold").irrelevant(notJudged),
				str("treat_missing_data").as("TreatMissingData").irrelevant(notJudged),
				number("query_results_to_evaluate").required().as("QueryResultsToEvaluate").irrelevant(notJudged),
				number("query_results_to_alarm").required().as("QueryResultsToAlarm").irrelevant(notJudged),
				block("scheduled_query_configuration", Members{
					str("query_string").as("QueryString").irrelevant(notJudged),
					str("aggregation_expression").as("AggregationExpression").irrelevant(notJudged),
					stringList("log_group_identifiers").as("LogGroupIdentifiers"),
					str("scheduled_query_role_arn").as("ScheduledQueryRoleARN").irrelevant(notJudged),
					block("schedule_configuration", Members{
						str("schedule_expression").as("ScheduleExpression").irrelevant(notJudged),
						number("start_time_offset").as("StartTimeOffset").irrelevant(notJudged),
						number("end_time_offset").as("EndTimeOffset").irrelevant(notJudged),
					}).as("ScheduleConfiguration").irrelevant(notJudged),
					stringMap("tags").as("Tags").irrelevant(labels),
				}).required().as("ScheduledQueryConfiguration"),
				block("warm_up_configuration", Members{
					number("warm_up_period_duration_in_minutes").as("WarmUpPeriodDurationInMinutes").irrelevant(notJudged),
					boolean("only_start_evaluating_after_warm_up_period_ends").as("OnlyStartEvaluatingAfterWarmUpPeriodEnds").irrelevant(notJudged),
				}).as("WarmUpConfiguration").irrelevant(notJudged),
				number("action_log_line_count").as("ActionLogLineCount").irrelevant(notJudged),
				str("action_log_line_role_arn").as("ActionLogLineRoleArn").irrelevant(notJudged),
				stringMap("tags").as("Tags").irrelevant(labels),
			},
		}
	})
}
