package vocabulary

// What watches metrics and logs.

func metricAlarm() *Type {
	return &Type{
		CloudFormation: "AWS::CloudWatch::Alarm",
		Terraform:      "aws_cloudwatch_metric_alarm",
		Ref:            "id",
		ID:             "id",
		Named:          "alarm_name",
		ARN:            "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}",
		Attributes:     map[string]string{"Arn": "arn"},
		Properties: Properties{
			"AlarmName":                        is("alarm_name"),
			"AlarmDescription":                 is("alarm_description"),
			"ActionsEnabled":                   flag("actions_enabled"),
			"AlarmActions":                     texts("alarm_actions"),
			"OKActions":                        texts("ok_actions"),
			"InsufficientDataActions":          texts("insufficient_data_actions"),
			"MetricName":                       is("metric_name"),
			"Namespace":                        is("namespace"),
			"Dimensions":                       as(NameValues, "dimensions"),
			"Statistic":                        is("statistic"),
			"ExtendedStatistic":                is("extended_statistic"),
			"Period":                           number("period"),
			"EvaluationPeriods":                number("evaluation_periods"),
			"DatapointsToAlarm":                number("datapoints_to_alarm"),
			"ComparisonOperator":               is("comparison_operator"),
			"Threshold":                        number("threshold"),
			"ThresholdMetricId":                is("threshold_metric_id"),
			"TreatMissingData":                 is("treat_missing_data"),
			"EvaluateLowSampleCountPercentile": is("evaluate_low_sample_count_percentiles"),
			"Unit":                             is("unit"),
			"Metrics": blocks("metric_query", Properties{
				"Id":         is("id"),
				"Expression": is("expression"),
				"Label":      is("label"),
				"ReturnData": flag("return_data"),
				"AccountId":  is("account_id"),
				"Period":     number("period"),
				"MetricStat": block("metric", Properties{
					"Metric": Property{Shape: Flatten, Properties: Properties{
						"MetricName": is("metric_name"),
						"Namespace":  is("namespace"),
						"Dimensions": as(NameValues, "dimensions"),
					}},
					"Period": number("period"),
					"Stat":   is("stat"),
					"Unit":   is("unit"),
				}),
			}),
			"EvaluationWindow":   anything("evaluation_window"),
			"EvaluationInterval": number("evaluation_interval"),
			"EvaluationCriteria": block("evaluation_criteria", Properties{
				"PromQLCriteria": block("promql_criteria", Properties{
					"Query":          is("query"),
					"PendingPeriod":  number("pending_period"),
					"RecoveryPeriod": number("recovery_period"),
				}),
			}),
			"Tags": as(KeyValues, "tags"),
		},
	}
}

func compositeAlarm() *Type {
	return &Type{
		CloudFormation: "AWS::CloudWatch::CompositeAlarm",
		Terraform:      "aws_cloudwatch_composite_alarm",
		Ref:            "id",
		ID:             "id",
		Named:          "alarm_name",
		ARN:            "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}",
		Attributes:     map[string]string{"Arn": "arn"},
		Properties: Properties{
			"AlarmName":                        is("alarm_name"),
			"AlarmDescription":                 is("alarm_description"),
			"AlarmRule":                        is("alarm_rule"),
			"ActionsEnabled":                   flag("actions_enabled"),
			"AlarmActions":                     texts("alarm_actions"),
			"OKActions":                        texts("ok_actions"),
			"InsufficientDataActions":          texts("insufficient_data_actions"),
			"ActionsSuppressor":                is("actions_suppressor.0.alarm"),
			"ActionsSuppressorWaitPeriod":      number("actions_suppressor.0.wait_period"),
			"ActionsSuppressorExtensionPeriod": number("actions_suppressor.0.extension_period"),
			"Tags":                             as(KeyValues, "tags"),
		},
	}
}

// logAlarm is an alarm over a query of logs. It needs no metric filter. The
// provider aws has no such type yet: its names are those of awscc.
func logAlarm() *Type {
	return &Type{
		CloudFormation: "AWS::CloudWatch::LogAlarm",
		Terraform:      "aws_cloudwatch_log_alarm",
		Ref:            "id",
		ID:             "id",
		Named:          "alarm_name",
		ARN:            "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}",
		Attributes:     map[string]string{"Arn": "arn"},
		Properties: Properties{
			"AlarmName":               is("alarm_name"),
			"AlarmDescription":        is("alarm_description"),
			"ActionsEnabled":          flag("actions_enabled"),
			"AlarmActions":            texts("alarm_actions"),
			"OKActions":               texts("ok_actions"),
			"InsufficientDataActions": texts("insufficient_data_actions"),
			"ComparisonOperator":      is("comparison_operator"),
			"Threshold":               number("threshold"),
			"TreatMissingData":        is("treat_missing_data"),
			"QueryResultsToEvaluate":  number("query_results_to_evaluate"),
			"QueryResultsToAlarm":     number("query_results_to_alarm"),
			"ScheduledQueryConfiguration": block("scheduled_query_configuration", Properties{
				"QueryString":           is("query_string"),
				"AggregationExpression": is("aggregation_expression"),
				"LogGroupIdentifiers":   texts("log_group_identifiers"),
				"ScheduledQueryRoleARN": is("scheduled_query_role_arn"),
				"ScheduleConfiguration": block("schedule_configuration", Properties{
					"ScheduleExpression": is("schedule_expression"),
					"StartTimeOffset":    is("start_time_offset"),
					"EndTimeOffset":      is("end_time_offset"),
				}),
				"Tags": ignored,
			}),
			"ActionLogLineCount":   ignored,
			"ActionLogLineRoleArn": ignored,
			"Tags":                 as(KeyValues, "tags"),
		},
	}
}

func muteRule() *Type {
	return &Type{
		CloudFormation: "AWS::CloudWatch::AlarmMuteRule",
		Terraform:      "aws_cloudwatch_alarm_mute_rule",
		Ref:            "arn",
		ID:             "arn",
		Named:          "name",
		ARN:            "arn:{partition}:cloudwatch:{region}:{account}:alarm-mute-rule:{name}",
		Attributes: map[string]string{
			"Arn": "arn", "Status": "status", "MuteType": "mute_type", "LastUpdatedTimestamp": "last_updated_timestamp",
		},
		Properties: Properties{
			"Name":        is("name"),
			"Description": is("description"),
			"Rule": block("rule", Properties{
				"Schedule": block("schedule", Properties{
					"Expression": is("expression"),
					"Duration":   is("duration"),
					"Timezone":   is("timezone"),
				}),
			}),
			"MuteTargets": block("mute_targets", Properties{
				"AlarmNames": texts("alarm_names"),
			}),
			"StartDate":  is("start_date"),
			"ExpireDate": is("expire_date"),
			"Tags":       as(KeyValues, "tags"),
		},
	}
}
