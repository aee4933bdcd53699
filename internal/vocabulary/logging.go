package vocabulary

// What records events: trails, log groups and the filters on them.

func trail() *Type {
	return &Type{
		CloudFormation: "AWS::CloudTrail::Trail",
		Terraform:      "aws_cloudtrail",
		Ref:            "name",
		ID:             "name",
		Named:          "name",
		ARN:            "arn:{partition}:cloudtrail:{region}:{account}:trail/{name}",
		Attributes:     map[string]string{"Arn": "arn", "SnsTopicArn": "sns_topic_arn"},
		Properties: Properties{
			"TrailName":                  is("name"),
			"S3BucketName":               is("s3_bucket_name"),
			"S3KeyPrefix":                is("s3_key_prefix"),
			"IsLogging":                  flag("enable_logging"),
			"IsMultiRegionTrail":         flag("is_multi_region_trail"),
			"IncludeGlobalServiceEvents": flag("include_global_service_events"),
			"IsOrganizationTrail":        flag("is_organization_trail"),
			"EnableLogFileValidation":    flag("enable_log_file_validation"),
			"CloudWatchLogsLogGroupArn":  is("cloud_watch_logs_group_arn"),
			"CloudWatchLogsRoleArn":      is("cloud_watch_logs_role_arn"),
			"KMSKeyId":                   is("kms_key_id"),
			"SnsTopicName":               is("sns_topic_name"),
			"EventSelectors": blocks("event_selector", Properties{
				"IncludeManagementEvents":       flag("include_management_events"),
				"ReadWriteType":                 is("read_write_type"),
				"ExcludeManagementEventSources": texts("exclude_management_event_sources"),
				"DataResources": blocks("data_resource", Properties{
					"Type":   is("type"),
					"Values": texts("values"),
				}),
			}),
			"AdvancedEventSelectors": blocks("advanced_event_selector", Properties{
				"Name": is("name"),
				"FieldSelectors": blocks("field_selector", Properties{
					"Field":         is("field"),
					"Equals":        texts("equals"),
					"NotEquals":     texts("not_equals"),
					"StartsWith":    texts("starts_with"),
					"NotStartsWith": texts("not_starts_with"),
					"EndsWith":      texts("ends_with"),
					"NotEndsWith":   texts("not_ends_with"),
				}),
			}),
			"InsightSelectors": blocks("insight_selector", Properties{
				"InsightType":     is("insight_type"),
				"EventCategories": texts("event_categories"),
			}),
			"AggregationConfigurations": ignored,
			"Tags":                      as(KeyValues, "tags"),
		},
	}
}

func logGroup() *Type {
	return &Type{
		CloudFormation: "AWS::Logs::LogGroup",
		Terraform:      "aws_cloudwatch_log_group",
		Ref:            "id",
		ID:             "id",
		Named:          "name",
		ARN:            "arn:{partition}:logs:{region}:{account}:log-group:{name}:*",
		// With :* at its end, which Terraform's arn has not.
		Attributes: map[string]string{"Arn": "arn"},
		Properties: Properties{
			"LogGroupName":                     is("name"),
			"LogGroupClass":                    is("log_group_class"),
			"RetentionInDays":                  number("retention_in_days"),
			"KmsKeyId":                         is("kms_key_id"),
			"DeletionProtectionEnabled":        flag("deletion_protection_enabled"),
			"BearerTokenAuthenticationEnabled": ignored,
			"DataProtectionPolicy":             ignored,
			"FieldIndexPolicies":               ignored,
			"ResourcePolicyDocument":           ignored,
			"Tags":                             as(KeyValues, "tags"),
		},
	}
}

func metricFilter() *Type {
	return &Type{
		CloudFormation: "AWS::Logs::MetricFilter",
		Terraform:      "aws_cloudwatch_log_metric_filter",
		Ref:            "id", // the filter's name
		Named:          "name",
		Properties: Properties{
			"FilterName":    is("name"),
			"FilterPattern": is("pattern"),
			"LogGroupName":  is("log_group_name"),
			"MetricTransformations": blocks("metric_transformation", Properties{
				"MetricName":      is("name"),
				"MetricNamespace": is("namespace"),
				"MetricValue":     as(Text, "value"),
				"DefaultValue":    as(Text, "default_value"),
				"Unit":            is("unit"),
				"Dimensions":      as(KeyValues, "dimensions"),
			}),
			"ApplyOnTransformedLogs":    flag("apply_on_transformed_logs"),
			"FieldSelectionCriteria":    is("field_selection_criteria"),
			"EmitSystemFieldDimensions": texts("emit_system_field_dimensions"),
		},
	}
}
