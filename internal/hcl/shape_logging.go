package hcl

// What records events: trails, log groups and the filters on them. Requiredness
// and defaults are those of the provider aws, version 6.

func loggingShapes() map[string]*shape {
	return map[string]*shape{
		"aws_cloudtrail": resourceShape(
			map[string]*shape{
				"event_selector": blockShapeOf(
					map[string]*shape{"data_resource": blockShapeOf(nil, text0("type"), texts0("values"))},
					texts0("exclude_management_event_sources"), truth1("include_management_events", true), text1("read_write_type", "All"),
				),
				"advanced_event_selector": blockShapeOf(
					map[string]*shape{"field_selector": fieldSelector()},
					text0("name"),
				),
				"insight_selector": blockShapeOf(nil, text0("insight_type")),
			},
			text0("name", "s3_bucket_name", "s3_key_prefix", "cloud_watch_logs_group_arn", "cloud_watch_logs_role_arn", "kms_key_id", "sns_topic_name"),
			truth1("enable_log_file_validation", false), truth1("enable_logging", true),
			truth1("include_global_service_events", true), truth1("is_multi_region_trail", false), truth1("is_organization_trail", false),
			computed("arn", "home_region", "sns_topic_arn"), tagged(),
		),
		"aws_cloudwatch_log_group": resourceShape(nil,
			computed("name", "name_prefix", "arn", "log_group_class"), text0("kms_key_id"), number1("retention_in_days", 0),
			truth1("skip_destroy", false), anything("deletion_protection_enabled"), tagged(),
		),
		"aws_cloudwatch_log_metric_filter": resourceShape(
			map[string]*shape{"metric_transformation": blockShapeOf(nil,
				text0("name", "namespace", "value", "default_value"), map0("dimensions"), text1("unit", "None"),
			)},
			text0("name", "pattern", "log_group_name", "field_selection_criteria"), texts0("emit_system_field_dimensions"), anything("apply_on_transformed_logs"),
		),
	}
}

func fieldSelector() *shape {
	operators := attributes{}
	for _, name := range []string{"equals", "not_equals", "starts_with", "not_starts_with", "ends_with", "not_ends_with"} {
		operators[name] = emptyTexts()
	}
	return blockShapeOf(nil, text0("field"), operators)
}
