package main

// What the page says around its tables.
const (
	about = `One question is asked, whether somebody hears of calls that are not allowed, of the one rule that each checker has for it. The
systems are those of [testdata/plans](../testdata/plans/README.md), as code and as plan, and of
[testdata/agree](../testdata/agree/README.md), as CloudFormation template; their ` + "`case.json`" + ` says what verdict each deserves. Every
system lies in a directory of its own, in one form, with the variables or parameters that it is given.

A rule *objects* where the checker's report has a finding of it. A report without one *accepts* the system, if the rule says
anything of any system in that form, good or bad; else the rule *does not look* at that form.`

	inShort = `Read the two rows of a form together: a rule that objects to everything notices every fault. Systems that deserve neither
pass nor fail, because their form does not show enough or has nothing to do with the question, are in the long tables alone.`

	limits = `What this does not show:

* The systems are iacgate's own. Its tests hold it to these verdicts, so its column is no measure of how often it errs; it shows
  that the question can be answered from what is given. They were written to break one link each, not to match how often a
  fault is met.
* An objection counts as noticed whatever its reason is.
* The peers check hundreds of other things that iacgate knows nothing of.
* Only checkers that ` + "`go install`" + ` makes are asked, and only such as read code. Others read code, too, or look at the running
  account, which shows what no code can: whether a subscription has been confirmed, for one.`

	probeText = `A trail, whose only filter is about sign-ins and has no alarm: a rule that looks has to object.`

	samplesText = `The authors' word for it is in the second column. They are fragments; iacgate answers *unknown* or *skips* where a fragment
has no trail, or names a topic that is not in it.`

	casesText = `*unknown* is deserved where the form does not show enough, *skip* where it has nothing to do with the question.`
)
