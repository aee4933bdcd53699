package document

import (
	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/truth"
)

// Coverage says what a filter pattern means for one control.
type Coverage struct {
	// Aimed: it matches some of the control's events because of the fields that
	// the control's reference tests.
	Aimed truth.Truth `json:"aimed"`
	// Near: it is not aimed, but tries to be: it does not parse, or it tests a field of
	// the reference against a misspelt value and can match none of its events.
	Near bool `json:"near"`
	// Serves is the other control whose events it covers; "" for none. What such a
	// pattern loses here is not its fault.
	Serves string `json:"serves"`
	// Invalid says why AWS refuses the pattern.
	Invalid string `json:"invalid"`
	// Matches says how many of the control's events it matches, declared
	// exclusions aside: all, not-unrecorded (all but some that AWS is not known to
	// write), not-all, never, none (it is not a pattern) or unknown, with the Reason.
	Matches Extent `json:"matches"`
	Reason  string `json:"reason"`
	// Lost is an event of the control that it does not match, Loses names it and the
	// field that makes the difference, or says what is misspelt.
	Lost  cloudtrail.Event `json:"lost"`
	Loses string           `json:"loses"`
	// Excludable are the exclusions under which it would lose nothing.
	Excludable []string `json:"excludable"`
	// Enumerates are the fields of which it lists the values that are known today.
	Enumerates []string `json:"enumerates"`
	// Exclusions are the declared ones that it makes use of.
	Exclusions []string `json:"exclusions"`
	// Beyond says what it matches besides: none, some or everyday events; Extra
	// is one of them, Gains names it.
	Beyond Excess           `json:"beyond"`
	Extra  cloudtrail.Event `json:"extra"`
	Gains  string           `json:"gains"`
	// Differs says what the texts of the profile print, where they differ.
	Differs string `json:"differs"`
}

// Extent is how many of a control's events a pattern matches.
type Extent string

const (
	MatchesAll           Extent = "all"
	MatchesNotUnrecorded Extent = "not-unrecorded" // all but some that AWS is not known to write
	MatchesNotAll        Extent = "not-all"
	MatchesNever         Extent = "never"
	MatchesUnknown       Extent = "unknown"
	MatchesNone          Extent = "none"
)

// Values returns all extents.
func (Extent) Values() []string {
	return words(MatchesAll, MatchesNotUnrecorded, MatchesNotAll, MatchesNever, MatchesUnknown, MatchesNone)
}

// Excess describes the events that a pattern matches besides a control's events.
type Excess string

const (
	BeyondNone     Excess = "none"
	BeyondSome     Excess = "some"
	BeyondEveryday Excess = "everyday"
)

// Values returns all kinds of excess.
func (Excess) Values() []string { return words(BeyondNone, BeyondSome, BeyondEveryday) }
