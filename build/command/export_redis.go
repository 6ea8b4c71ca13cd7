package command

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"

	"sparrow/edge/shared"
	"sparrow/wasm/bundle"
	"sparrow/wasm/quant"
)

// toRedis writes the vectors of the items to the Redis at an address.
func toRedis(ctx context.Context, address string, b *bundle.Bundle, m *quant.Matrix, hash string) error {
	r, err := shared.Open(address, func(error) {}, func(string) {})
	if err != nil {
		return err
	}
	defer r.Close()
	row := make([]float32, m.Cols)
	err = r.Vectors(ctx, hash, m.Rows, func(i int) (string, []byte) {
		m.Dequantize(row, i)
		vector := make([]byte, 0, 4*len(row))
		for _, x := range row {
			vector = binary.LittleEndian.AppendUint32(vector, math.Float32bits(x))
		}
		return string(b.Catalog.IDs[i]), vector
	})
	if err != nil {
		return fmt.Errorf("--redis: %w; is a Redis there, and may it be written to?", err)
	}
	return nil
}
