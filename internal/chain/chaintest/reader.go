package chaintest

const ThePolicy = "aws_sns_topic_policy.p"
