package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_kms_key", Modes: Managed | Data,
			Named: "key_id",
			ID:    "key_id",
			ARN:   "arn:{partition}:kms:{region}:{account}:key/{name}",
			Templates: []*Template{
				{
					Name: "AWS::KMS::Key", Ref: "key_id", ID: "key_id",
					GetAtt: map[string]string{"Arn": "arn", "KeyId": "key_id"},
				},
			},
			Members: Members{
				str("arn").computed(),
				boolean("bypass_policy_lockout_safety_check").or(false).as("BypassPolicyLockoutSafetyCheck").irrelevant(keyKeeping),
				str("custom_key_store_id").irrelevant(keyKeeping),
				str("customer_master_key_spec").or("SYMMETRIC_DEFAULT").as("KeySpec"),
				number("deletion_window_in_days").as("PendingWindowInDays").irrelevant(keyKeeping),
				str("description").computed().as("Description").irrelevant(forPeople),
				boolean("enable_key_rotation").or(false).as("EnableKeyRotation").irrelevant(keyKeeping),
				boolean("enabled").computed().orAWS(true).dataOnly(),
				boolean("is_enabled").or(true).as("Enabled"),
				str("key_id").computed(),
				str("key_usage").or("ENCRYPT_DECRYPT").as("KeyUsage"),
				boolean("multi_region").computed().as("MultiRegion").irrelevant(keyKeeping),
				str("origin").as("Origin").irrelevant(keyKeeping).templateOnly(),
				document("policy").computed().orNone().as("KeyPolicy"),
				number("rotation_period_in_days").computed().as("RotationPeriodInDays").irrelevant(keyKeeping),
				stringMap("tags").as("Tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
				str("xks_key_id").irrelevant(keyKeeping),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_kms_external_key", Modes: Managed,
			Members: Members{
				str("arn").computed(),
				boolean("bypass_policy_lockout_safety_check").or(false).irrelevant(keyKeeping),
				number("deletion_window_in_days").irrelevant(keyKeeping),
				str("description").irrelevant(forPeople),
				boolean("enabled").computed().orAWS(true),
				str("expiration_model").computed().irrelevant(keyKeeping),
				str("key_material_base64").irrelevant(keyKeeping),
				str("key_state").computed().irrelevant(keyKeeping),
				str("key_usage").computed(),
				boolean("multi_region").computed().irrelevant(keyKeeping),
				document("policy").computed().orNone(),
				stringMap("tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
				str("valid_to").irrelevant(keyKeeping),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_kms_replica_key", Modes: Managed,
			Named: "key_id",
			ID:    "key_id",
			ARN:   "arn:{partition}:kms:{region}:{account}:key/{name}",
			Templates: []*Template{
				{
					Name: "AWS::KMS::ReplicaKey", Ref: "key_id", ID: "key_id",
					GetAtt: map[string]string{"Arn": "arn", "KeyId": "key_id"},
				},
			},
			Members: Members{
				str("arn").computed(),
				boolean("bypass_policy_lockout_safety_check").or(false).irrelevant(keyKeeping),
				number("deletion_window_in_days").as("PendingWindowInDays").irrelevant(keyKeeping),
				str("description").as("Description").irrelevant(forPeople),
				boolean("enabled").or(true).as("Enabled"),
				str("key_id").computed(),
				boolean("key_rotation_enabled").computed().irrelevant(keyKeeping),
				str("key_spec").computed().irrelevant(keyKeeping),
				str("key_usage").computed(),
				document("policy").computed().orNone().as("KeyPolicy"),
				str("primary_key_arn").required().as("PrimaryKeyArn").irrelevant(keyKeeping),
				stringMap("tags").as("Tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_kms_key_policy", Modes: Managed,
			ID: "key_id",
			Members: Members{
				boolean("bypass_policy_lockout_safety_check").or(false).irrelevant(keyKeeping),
				str("key_id").required(),
				document("policy").required(),
			},
		}
	})
}
