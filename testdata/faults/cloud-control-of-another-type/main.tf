resource "aws_cloudcontrolapi_resource" "r" {
  type_name     = "AWS::ECR::Repository"
  desired_state = jsonencode({ RepositoryName = "web" })
}
