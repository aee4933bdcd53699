package analysis

// The words that stand in the document for what is so. Policies compare them, so
// each list is the whole of it: the schema has them as enumerations, and a policy
// that asks for another word fails its test.

// CheckState is how a check of what lets an event pass ends.
type CheckState string

const (
	OK        CheckState = "ok"
	Unasked   CheckState = "none" // there is nothing to ask
	Guessed   CheckState = "inferred"
	Partial   CheckState = "partial" // for some of what passes
	Hidden    CheckState = "hidden"  // what decides is elsewhere, and nothing speaks against it
	Undecided CheckState = "unknown"
	Outside   CheckState = "outside" // what is asked is managed elsewhere
	Broken    CheckState = "broken"
)

// Values are all states of a check.
func (CheckState) Values() []string {
	return words(OK, Unasked, Guessed, Partial, Hidden, Undecided, Outside, Broken)
}

// LinkState is how sure it is what an argument refers to.
type LinkState string

const (
	LinkNone     LinkState = "none"
	LinkKnown    LinkState = "known"
	LinkInferred LinkState = "inferred"
	LinkExternal LinkState = "external"
	LinkUnknown  LinkState = "unknown"
)

// Values are all states of a link.
func (LinkState) Values() []string {
	return words(LinkNone, LinkKnown, LinkInferred, LinkExternal, LinkUnknown)
}

// PublishedState is what kind of value a metric filter publishes.
type PublishedState string

const (
	PublishesNumber   PublishedState = "number"
	PublishesZero     PublishedState = "zero"
	PublishesSelector PublishedState = "selector"
	PublishesInvalid  PublishedState = "invalid" // AWS refuses it
	PublishesUnknown  PublishedState = "unknown"
)

// Values are all kinds.
func (PublishedState) Values() []string {
	return words(PublishesNumber, PublishesZero, PublishesSelector, PublishesInvalid, PublishesUnknown)
}

// TakenState says how sure it is that resources are one in AWS.
type TakenState string

const (
	TakenSure      TakenState = "sure"
	TakenUndecided TakenState = "undecided" // whether one of them exists is
	TakenApart     TakenState = "apart"     // region or account are not known to be the same
)

// Values are all states.
func (TakenState) Values() []string { return words(TakenSure, TakenUndecided, TakenApart) }

// TransformState is what becomes of the fields that a pattern tests.
type TransformState string

const (
	TransformsNothing TransformState = "nothing"
	TransformsField   TransformState = "field"
	TransformsUnknown TransformState = "unknown"
)

// Values are all states.
func (TransformState) Values() []string {
	return words(TransformsNothing, TransformsField, TransformsUnknown)
}

// ReadsState says whether a filter reads the group that a trail writes to.
type ReadsState string

const (
	ReadsNothing    ReadsState = ""     // there is no filter
	ReadsNone       ReadsState = "none" // the trail writes to no group
	ReadsSame       ReadsState = "same"
	ReadsInferred   ReadsState = "inferred"
	ReadsDifferent  ReadsState = "different"
	ReadsOtherPlace ReadsState = "other-place"
	ReadsUnknown    ReadsState = "unknown"
)

// Values are all states.
func (ReadsState) Values() []string {
	return words(ReadsNothing, ReadsNone, ReadsSame, ReadsInferred, ReadsDifferent, ReadsOtherPlace, ReadsUnknown)
}

// FiresState is what a burst of matching events does to an alarm.
type FiresState string

const (
	Fired        FiresState = "fires"
	FiresNever   FiresState = "never"
	FiresAlways  FiresState = "always" // it is in ALARM without any event
	FiresRefused FiresState = "refused"
	FiresUnknown FiresState = "unknown"
)

// Values are all states.
func (FiresState) Values() []string {
	return words(Fired, FiresNever, FiresAlways, FiresRefused, FiresUnknown)
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

// Values are all extents.
func (Extent) Values() []string {
	return words(MatchesAll, MatchesNotUnrecorded, MatchesNotAll, MatchesNever, MatchesUnknown, MatchesNone)
}

// Excess is what a pattern matches beyond a control's events.
type Excess string

const (
	BeyondNone     Excess = "none"
	BeyondSome     Excess = "some"
	BeyondEveryday Excess = "everyday"
)

// Values are all kinds of excess.
func (Excess) Values() []string { return words(BeyondNone, BeyondSome, BeyondEveryday) }

// DifferenceKind is in what an alarm's series differs from a filter's.
type DifferenceKind string

const (
	ByName       DifferenceKind = "name"
	ByNamespace  DifferenceKind = "namespace"
	ByDimensions DifferenceKind = "dimensions"
	ByUnit       DifferenceKind = "unit"
	ByAccount    DifferenceKind = "account"
	ByRegion     DifferenceKind = "region"
	ByFilterName DifferenceKind = "filter-name"
)

// Values are all kinds of difference.
func (DifferenceKind) Values() []string {
	return words(ByName, ByNamespace, ByDimensions, ByUnit, ByAccount, ByRegion, ByFilterName)
}

func words[T ~string](all ...T) []string {
	out := make([]string, len(all))
	for i, word := range all {
		out[i] = string(word)
	}
	return out
}
