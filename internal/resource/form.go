package resource

import "strings"

// IsRegion says whether a text has the form of a region: eu-west-1,
// us-gov-east-1.
func IsRegion(text string) bool {
	parts := strings.Split(text, "-")
	if len(parts) < 3 || len(parts) > 4 {
		return false
	}
	for n, part := range parts {
		letters := "abcdefghijklmnopqrstuvwxyz"
		if n == len(parts)-1 {
			letters = "0123456789"
		}
		if part == "" || len(part) > 16 || strings.Trim(part, letters) != "" {
			return false
		}
	}
	return len(parts[0]) >= 2
}

// IsAccount says whether a text has the form of an account: twelve digits.
func IsAccount(text string) bool { return len(text) == 12 && strings.Trim(text, "0123456789") == "" }
