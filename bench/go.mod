// The harness that measures iacgate beside its peers. A module of its own: the
// product builds without it, and it stands on the standard library alone.
module github.com/iacgate/iacgate/bench

go 1.26.0
