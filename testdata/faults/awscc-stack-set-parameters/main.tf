provider "awscc" { region = "us-east-1" }
resource "awscc_cloudformation_stack_set" "x" {
 stack_set_name="x"
 permission_model="SERVICE_MANAGED"
 stack_instances_group=[{ deployment_targets={ organizational_unit_ids=["ou-abcd-11111111"] }, regions=["us-east-1"] }]
parameters=[{parameter_key="Thr",parameter_value="1000"}]
 template_body=<<-E
Parameters:
  Thr: {Type: Number, Default: 1}
Resources:
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: /trail}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: cloudtrail.amazonaws.com}}]
      Policies:
        - PolicyName: w
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: ["logs:CreateLogStream","logs:PutLogEvents"], Resource: "*"}]
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      S3BucketName: b
      IsLogging: true
      IsMultiRegionTrail: true
      IncludeGlobalServiceEvents: true
      CloudWatchLogsLogGroupArn: !GetAtt Group.Arn
      CloudWatchLogsRoleArn: !GetAtt Role.Arn
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref Group
      FilterPattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }'
      MetricTransformations: [{MetricName: Denied, MetricNamespace: Sec, MetricValue: "1"}]
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: sec
  Sub:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref Topic
      Protocol: email
      Endpoint: sec@example.com
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      MetricName: Denied
      Namespace: Sec
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: !Ref Thr
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: [!Ref Topic]
E
}
