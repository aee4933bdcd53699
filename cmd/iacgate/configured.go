package main

import (
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/verdict"
)

// judgedWith is what a run was judged with; nil where nobody said anything.
func judgedWith(cfg config.Config, js judged, baseline *verdict.BaselineFile, noInline bool) *verdict.Configuration {
	c := verdict.Configuration{
		File: cfg.Read.File, SHA256: cfg.Read.SHA256, Hides: cfg.Read.Hides, Settings: cfg.Read.Settings, Baseline: baseline, Ignored: noInline,
	}
	if c.Settings == nil {
		c.Settings = []verdict.Setting{}
	}
	type place struct {
		file         string
		line, column int
	}
	places := map[place]bool{} // a module may be read for several inputs
	for _, j := range js {
		for _, w := range j.Waivers {
			if at := w.Location; at != nil {
				places[place{at.File, at.Line, at.Column}] = true
			}
		}
	}
	if c.InlineWaivers = len(places); c.Text() == "" {
		return nil
	}
	return &c
}

// usualLevels notes on findings which level their code has without the configuration.
func usualLevels(results []verdict.Result, cfg config.Config) []verdict.Result {
	for _, r := range results {
		for i := range r.Findings {
			f := &r.Findings[i]
			usual, known := finding.Lookup(f.Code)
			if _, changed := cfg.Levels[f.Code]; changed && known && usual.Level != f.Level {
				f.DefaultLevel = usual.Level
			}
		}
	}
	return results
}
