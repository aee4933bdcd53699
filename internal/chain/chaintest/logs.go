package chaintest

// The lines of the complete world that say which groups are meant.
const (
	GroupOfTrail  = `"arn:aws:logs:us-east-1:111122223333:log-group:trail:*"` + "\n  cloud"
	GroupOfFilter = "aws_cloudwatch_log_group.trail.name"
	GroupNamed    = GroupStart + `"trail"`
	GroupStart    = "aws_cloudwatch_log_group \"trail\" {\n  name = "
)

// Meeting sets which groups the trail and the filter name; "" leaves one as it is.
func Meeting(trail, filter string) (e Edits) {
	if trail != "" {
		e = append(e, GroupOfTrail, trail+"\n  cloud")
	}
	if filter != "" {
		e = append(e, GroupOfFilter, filter)
	}
	return e
}
