package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_cloudtrail", Modes: Managed,
			Named: "name",
			ARN:   "arn:{partition}:cloudtrail:{region}:{account}:trail/{name}",
			Templates: []*Template{
				{
					Name: "AWS::CloudTrail::Trail", Ref: "name", ID: "name",
					GetAtt:     map[string]string{"Arn": "arn", "SnsTopicArn": "sns_topic_arn"},
					Irrelevant: map[string]string{"AggregationConfigurations": otherEvents},
				},
			},
			Members: Members{
				str("arn").computed().irrelevant(unreferred),
				str("cloud_watch_logs_group_arn").as("CloudWatchLogsLogGroupArn"),
				str("cloud_watch_logs_role_arn").as("CloudWatchLogsRoleArn"),
				boolean("enable_log_file_validation").or(false).as("EnableLogFileValidation").irrelevant(logFiles),
				boolean("enable_logging").or(true).inTemplates(false).as("IsLogging"),
				str("home_region").computed().irrelevant(unreferred),
				boolean("include_global_service_events").or(true).inTemplates(false).as("IncludeGlobalServiceEvents"),
				boolean("is_multi_region_trail").or(false).as("IsMultiRegionTrail"),
				boolean("is_organization_trail").or(false).as("IsOrganizationTrail"),
				str("kms_key_id").as("KMSKeyId").irrelevant(logFiles),
				str("name").required().as("TrailName"),
				str("s3_bucket_name").required().as("S3BucketName").irrelevant(logFiles),
				str("s3_key_prefix").as("S3KeyPrefix").irrelevant(logFiles),
				str("sns_topic_arn").computed().irrelevant(logFiles),
				str("sns_topic_name").as("SnsTopicName").irrelevant(logFiles),
				stringMap("tags").as("Tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
				blocks("advanced_event_selector", Members{
					str("name").as("Name"),
					blocks("field_selector", Members{
						stringList("ends_with").orEmpty().as("EndsWith"),
						stringList("equals").orEmpty().as("Equals"),
						str("field").required().as("Field"),
						stringList("not_ends_with").orEmpty().as("NotEndsWith"),
						stringList("not_equals").orEmpty().as("NotEquals"),
						stringList("not_starts_with").orEmpty().as("NotStartsWith"),
						stringList("starts_with").orEmpty().as("StartsWith"),
					}).set().required().as("FieldSelectors"),
				}).as("AdvancedEventSelectors"),
				blocks("event_selector", Members{
					stringList("exclude_management_event_sources").as("ExcludeManagementEventSources"),
					boolean("include_management_events").or(true).as("IncludeManagementEvents"),
					str("read_write_type").or("All").as("ReadWriteType"),
					blocks("data_resource", Members{
						str("type").required().as("Type").irrelevant(otherEvents),
						stringList("values").required().as("Values").irrelevant(otherEvents),
					}).as("DataResources").irrelevant(otherEvents),
				}).as("EventSelectors"),
				blocks("insight_selector", Members{
					str("insight_type").required().as("InsightType").irrelevant(otherEvents),
					stringList("event_categories").as("EventCategories").irrelevant(otherEvents).templateOnly(),
				}).set().as("InsightSelectors").irrelevant(otherEvents),
			},
		}
	})
}
