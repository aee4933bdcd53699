package plan

import "strings"

// arn returns the region and account in the known ARN of an instance.
func (i *instance) arn() (region, account string) {
	arn, _ := memberOf(i.value, "arn").(string)
	return arnPlace(arn)
}

// arnPlace returns the region and account of an ARN:
// arn:aws:sns:us-east-1:111122223333:topic.
func arnPlace(arn string) (region, account string) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return "", ""
	}
	if len(parts[4]) == 12 && strings.Trim(parts[4], "0123456789") == "" {
		account = parts[4]
	}
	return parts[3], account
}
