package main

// go-app links AES, its modes, and Go's generators of random numbers with all that certifies them, for
// values that a program may have it encipher, which ours never does, and for two names: of a device, for
// notifications, and of a tab among others. Without them app.wasm is 49 KB smaller (brotli 11).

// copyNames has names be made of random numbers of math/rand, which Go seeds from the browser's generator.
func copyNames(from, to string) error {
	return copyWith(from, to, "", "\t\"github.com/google/uuid\"\n", "", "uuid.NewString()", "newName()")
}

// copyNoCrypto has Encrypt and Decrypt of a context fail.
func copyNoCrypto(_, to string) error { return writeNew(to, []byte(noCrypto)) }

const noCrypto = `package app

import (
	"math/rand/v2"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/errors"
)

func newName() string {
	return strconv.FormatUint(rand.Uint64(), 16) + strconv.FormatUint(rand.Uint64(), 16)
}

func encrypt(string, []byte) ([]byte, error) { return nil, errors.New("this program is linked without cryptography") }

func decrypt(string, []byte) ([]byte, error) { return nil, errors.New("this program is linked without cryptography") }
`
