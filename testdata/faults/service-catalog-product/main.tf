resource "aws_servicecatalog_provisioned_product" "p" {
  name                     = "baseline"
  product_name             = "baseline"
  provisioning_artifact_name = "v1"
}
