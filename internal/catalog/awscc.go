package catalog

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/resource"
)

// AWSCC returns the type of the provider awscc: awscc_cloudtrail_trail.
func (t *Template) AWSCC() string {
	parts := strings.Split(strings.TrimPrefix(t.Name, "AWS::"), "::")
	return "awscc_" + strings.ToLower(parts[0]) + "_" + snake(parts[1])
}

// ByAWSCC returns the entry for a type of the provider awscc; nil if there is
// none.
func ByAWSCC(typ string) *Template {
	if !strings.HasPrefix(typ, "awscc_") {
		return nil // without making the index
	}
	return byAWSCC()[typ]
}

var byAWSCC = sync.OnceValue(func() map[string]*Template {
	all := map[string]*Template{}
	for _, t := range byTemplate() {
		all[t.AWSCC()] = t
	}
	return all
})

// snake returns a CloudFormation name as the provider awscc writes it. Runs of
// capitals stay together (OKActions: ok_actions), and a digit belongs to the
// letters before it (S3BucketName: s3_bucket_name).
func snake(name string) string {
	name = strings.ReplaceAll(name, "CloudWatch", "Cloudwatch") // as the provider does
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		if i > 0 && breaks(name, i) {
			b.WriteByte('_')
		}
		if isUpper(c) {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// breaks reports whether a new word starts at i.
func breaks(name string, i int) bool {
	before, c := name[i-1], name[i]
	switch {
	case isUpper(c) && !isUpper(before):
		return true
	case isUpper(c):
		return i+1 < len(name) && isLower(name[i+1])
	case isDigit(c):
		return isLower(before)
	}
	return isDigit(before)
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// Argument returns the name that the provider awscc has for a member: log_group_name for
// the name of a log group; "" if it has none.
func (t *Template) Argument(member string) string {
	if member == "" {
		return ""
	}
	if property, ok := t.Property(member); ok {
		return snake(property)
	}
	for _, getAtt := range slices.Sorted(maps.Keys(t.GetAtt)) {
		if t.GetAtt[getAtt] == member {
			return snake(getAtt)
		}
	}
	return ""
}

// FromAWSCC returns a resource of the provider awscc in the words of the
// provider aws. Notes name what the catalog lacks; attributes that are not set
// are not missed.
func FromAWSCC(typ string, attrs resource.Value) (string, resource.Value, []string) {
	t := ByAWSCC(typ)
	if t == nil {
		return typ, attrs, []string{typ + " is not known"}
	}
	tr := translation{names: snake, partial: t.Type.Rest != ""}
	fields := map[string]resource.Value{}
	for _, name := range attrs.Keys() {
		v := attrs.Get(name)
		if attribute, ok := t.readOnly(name); ok {
			put(fields, attribute, v)
			continue
		}
		tr.property(fields, t.Properties(), name, v, name)
	}
	return t.Type.Name, marked(resource.MapValue(fields), attrs), tr.notes
}

// readOnly returns the attribute of a name that is not a property: id, or what
// GetAtt returns.
func (t *Template) readOnly(name string) (attribute string, ok bool) {
	if name == "id" {
		return t.ID, true
	}
	properties := t.Properties()
	for getAtt, attribute := range t.GetAtt {
		if _, isProperty := properties[getAtt]; snake(getAtt) == name && !isProperty {
			return attribute, true
		}
	}
	return "", false
}

// Attribute returns the path of an attribute in the words of the provider aws:
// metric_transformations.0.metric_name of awscc_logs_metric_filter is
// metric_transformation.0.name. Other types and unknown paths stay as they are.
func Attribute(typ, path string) string {
	t := ByAWSCC(typ)
	if t == nil || path == "" {
		return path
	}
	if attribute, ok := t.readOnly(path); ok {
		return attribute
	}
	return t.Properties().attribute(snake, path)
}
