package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_kinesis_firehose_delivery_stream", Modes: Managed,
			Named: "name",
			ID:    "arn",
			ARN:   "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}",
			Rest:  "what it does with what it is given is not judged",
			Templates: []*Template{
				{
					Name: "AWS::KinesisFirehose::DeliveryStream", Ref: "name", ID: "name",
					GetAtt: map[string]string{"Arn": "arn"},
				},
			},
			Members: Members{
				str("arn").computed(),
				str("name").required().as("DeliveryStreamName"),
			},
		}
	})
}
