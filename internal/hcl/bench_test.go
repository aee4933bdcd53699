package hcl_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkRead reads directories of 200 files. Time grows with the number of
// resources, which the ns/resource show.
func BenchmarkRead(b *testing.B) {
	for _, resources := range []int{400, 1000, 2000, 4000} {
		b.Run(fmt.Sprint(resources), func(b *testing.B) {
			dir := b.TempDir()
			write(b, dir, 200, resources)
			for b.Loop() {
				doc := readDir(b, dir)
				if doc.Total != resources {
					b.Fatalf("%d resources", doc.Total)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(resources), "ns/resource")
		})
	}
}

// write makes files of log groups, filters, alarms and topics that refer to each
// other across files, and of types that nobody asks for.
func write(b *testing.B, dir string, files, resources int) {
	each := resources / files
	for f := range files {
		text := ""
		for n := range each {
			id := fmt.Sprintf("r%d_%d", f, n)
			other := fmt.Sprintf("r%d_%d", (f+1)%files, n)
			switch (f + n) % 4 {
			case 0:
				text += fmt.Sprintf("resource \"aws_cloudwatch_log_metric_filter\" \"%s\" {\n  name = \"%s\"\n  pattern = \"{ $.errorCode = \\\"AccessDenied*\\\" }\"\n  log_group_name = \"g\"\n  metric_transformation {\n    name = \"%s\"\n    namespace = local.namespace\n    value = \"1\"\n  }\n}\n", id, id, id)
			case 1:
				text += fmt.Sprintf("resource \"aws_sns_topic\" \"%s\" {\n  name = \"${local.prefix}-%s\"\n}\n", id, id)
			case 2:
				text += fmt.Sprintf("resource \"aws_s3_bucket\" \"%s\" {\n  bucket = \"%s\"\n}\n", id, id)
			case 3:
				text += fmt.Sprintf("resource \"aws_cloudwatch_metric_alarm\" \"%s\" {\n  alarm_name = aws_cloudwatch_log_metric_filter.%s.id\n  metric_name = aws_cloudwatch_log_metric_filter.%s.metric_transformation[0].name\n  namespace = local.namespace\n  statistic = \"Sum\"\n  period = 300\n  evaluation_periods = 1\n  threshold = 1\n  comparison_operator = \"GreaterThanOrEqualToThreshold\"\n  alarm_actions = local.topics\n}\n", id, other, other)
			}
		}
		if f == 0 {
			text += "locals {\n  prefix = \"x\"\n  namespace = \"Security\"\n  topics = [aws_sns_topic.r1_0.arn]\n}\n"
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("f%03d.tf", f)), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
}
