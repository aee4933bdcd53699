package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_cloudwatch_metric_alarm", Modes: Managed,
			Named: "alarm_name",
			ID:    "alarm_name",
			ARN:   "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}",
			Templates: []*Template{
				{
					Name: "AWS::CloudWatch::Alarm", Ref: "id", ID: "id",
					GetAtt: map[string]string{"Arn": "arn"},
				},
			},
			Members: Members{
				boolean("actions_enabled").or(true).as("ActionsEnabled"),
				stringList("alarm_actions").as("AlarmActions"),
				str("alarm_description").as("AlarmDescription").irrelevant(forPeople),
				str("alarm_name").required().as("AlarmName"),
				str("arn").computed(),
				str("comparison_operator").required().as("ComparisonOperator"),
				number("datapoints_to_alarm").as("DatapointsToAlarm"),
				stringMap("dimensions").as("Dimensions"),
				str("evaluate_low_sample_count_percentiles").computed().orNone().as("EvaluateLowSampleCountPercentile"),
				number("evaluation_periods").required().as("EvaluationPeriods"),
				str("extended_statistic").as("ExtendedStatistic"),
				stringList("insufficient_data_actions").as("InsufficientDataActions").irrelevant(otherStates),
				str("metric_name").as("MetricName"),
				str("namespace").as("Namespace"),
				stringList("ok_actions").as("OKActions").irrelevant(otherStates),
				number("period").as("Period"),
				str("statistic").as("Statistic"),
				stringMap("tags").as("Tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
				number("threshold").as("Threshold"),
				str("threshold_metric_id").as("ThresholdMetricId"),
				str("treat_missing_data").or("missing").as("TreatMissingData"),
				str("unit").as("Unit"),
				block("evaluation_criteria", Members{
					block("promql_criteria", Members{
						str("query").as("Query"),
						number("pending_period").as("PendingPeriod").irrelevant(notJudged),
						number("recovery_period").as("RecoveryPeriod").irrelevant(notJudged),
					}).as("PromQLCriteria"),
				}).since("6").as("EvaluationCriteria"),
				number("evaluation_interval").since("6").as("EvaluationInterval").irrelevant(notJudged),
				block("evaluation_window", Members{
					block("wall_clock_window", Members{
						str("timezone").as("Timezone").irrelevant(notJudged),
					}).as("WallClockWindow"),
					anything("sliding_window").as("SlidingWindow").irrelevant(notJudged),
				}).since("6").as("EvaluationWindow"),
				block("warm_up_configuration", Members{
					number("warm_up_period_duration_in_minutes").as("WarmUpPeriodDurationInMinutes"),
					boolean("only_start_evaluating_after_warm_up_period_ends").as("OnlyStartEvaluatingAfterWarmUpPeriodEnds").irrelevant("it shortens a warm-up, which is told"),
				}).since(NoRelease).as("WarmUpConfiguration"),
				blocks("metric_query", Members{
					str("account_id").or("").as("AccountId"),
					str("expression").or("").as("Expression"),
					str("id").required().as("Id"),
					str("label").or("").as("Label").irrelevant(forPeople),
					number("period").as("Period"),
					boolean("return_data").orAWS(false).inTemplates(true).as("ReturnData"),
					block("metric", Members{
						stringMap("dimensions").as("Metric.Dimensions"),
						str("metric_name").required().as("Metric.MetricName"),
						str("namespace").as("Metric.Namespace"),
						number("period").required().as("Period"),
						str("stat").required().as("Stat"),
						str("unit").or("").as("Unit"),
					}).as("MetricStat"),
				}).set().as("Metrics"),
			},
		}
	})
}
