package main

import "testing"

func TestGrowth(t *testing.T) {
	for _, tt := range []struct {
		live uint64
		want int
	}{
		{0, 2400}, {10 << 20, 2400}, {32 << 20, 1600}, {64 << 20, 800}, {128 << 20, 400}, {256 << 20, 200}, {512 << 20, 100}, {1 << 30, 50}, {20 << 30, 50},
	} {
		if got := growth(tt.live); got != tt.want {
			t.Errorf("%d bytes in use: growth %d %%, want %d", tt.live, got, tt.want)
		}
	}
}
