package load

import (
	"slices"
	"testing"
)

func TestFiles(t *testing.T) {
	names := []string{
		".hidden.tf", "a.tf", "a.tofu", "a.tf~", "b.tf.json", "b.tofu.json", "c.tofu", "d.tf", "override.tf", "x_override.tf", "x_override.tofu",
		"notoverride.tf", "terraform.tfvars", "y.tfvars", "readme.md", "override.tf.json",
	}
	primary, override := ConfigFiles(names, false)
	if want := []string{"a.tofu", "b.tofu.json", "c.tofu", "d.tf", "notoverride.tf"}; !slices.Equal(primary, want) {
		t.Errorf("%q", primary)
	}
	if want := []string{"override.tf", "x_override.tofu", "override.tf.json"}; !slices.Equal(override, want) {
		t.Errorf("override %q", override)
	}
}
