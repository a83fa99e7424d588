package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Encryption by the standard security handler, revision 6: AES with 256 bits (ISO 32000-2 §7.6). Everything that such a file
// usually takes from chance comes from the contents here: the key of the file and the salts are keyed hashes of all objects and of the
// password, the initialisation vectors are keyed hashes of what they are for. So the same book with the same password gives the
// same file, while to somebody without the password all of it is as good as chance: equal parts show only where both the
// contents of the file and the password stayed the same, and then the whole file is the same.

// cryptor encrypts the strings and streams of a file.
type cryptor struct {
	password []byte
	key      []byte // of the file, 32 bytes
	block    cipher.Block
}

// newCryptor prepares a password; the key comes with [cryptor.seal].
func newCryptor(password string) *cryptor { return &cryptor{password: prepare(password)} }

// maxPassword is how many bytes of a password count (§7.6.4.3.2).
const maxPassword = 127

// prepare brings a password into the form in which others may type it: compatibility characters composed, all spaces
// alike, characters that nobody sees left out (RFC 4013 §2, without its refusals).
func prepare(password string) []byte {
	s := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Zs, r):
			return ' '
		case r == 0xAD || r >= 0x200B && r <= 0x200D || r == 0x2060 || r == 0xFEFF || r >= 0xFE00 && r <= 0xFE0F:
			return -1
		}
		return r
	}, password)
	b := []byte(norm.NFKC.String(s))
	return b[:min(len(b), maxPassword)]
}

// seal chooses the key for the objects of a file.
func (c *cryptor) seal(id []byte, sections []*section) {
	h := sha256.New()
	h.Write(id)
	add := func(dict, data []byte) {
		var size [16]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(dict)))
		binary.BigEndian.PutUint64(size[8:], uint64(len(data)))
		h.Write(size[:])
		h.Write(dict)
		h.Write(data)
	}
	for _, s := range sections {
		for _, o := range s.streams {
			add(o.dict, o.data)
		}
		for _, p := range s.packs {
			add(nil, p.data)
		}
	}
	c.key = keyed(c.password, "evbook file key", h.Sum(nil))
	block, err := aes.NewCipher(c.key)
	if err != nil {
		panic(err) // the key has 32 bytes
	}
	c.block = block
}

func keyed(key []byte, label string, data ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(label))
	for _, d := range data {
		h.Write(d)
	}
	return h.Sum(nil)
}

// sealed is how long n bytes are when they are encrypted: a vector and whole blocks, one more than there are.
func sealed(n int) int { return aes.BlockSize * (n/aes.BlockSize + 2) }

// encrypt encrypts a string or stream of an object (§7.6.3.1, algorithm 1.A).
func (c *cryptor) encrypt(object int, data []byte) []byte {
	var num [8]byte
	binary.BigEndian.PutUint64(num[:], uint64(object))
	out := make([]byte, sealed(len(data)))
	vector := out[:aes.BlockSize]
	copy(vector, keyed(c.key, "evbook vector", num[:], data))
	body := out[aes.BlockSize:]
	n := copy(body, data)
	for i := n; i < len(body); i++ {
		body[i] = byte(len(body) - n)
	}
	cipher.NewCBCEncrypter(c.block, vector).CryptBlocks(body, body)
	return out
}

// strings encrypts the strings in the serialised dictionary of a stream. Strings of other objects are encrypted with the object
// stream that they are in.
func (c *cryptor) strings(object int, body []byte) []byte {
	if !bytes.ContainsAny(body, "(<") {
		return body
	}
	var out []byte
	for i := 0; i < len(body); {
		switch {
		case body[i] == '(':
			value, n := literal(body[i:])
			out = appendHex(out, c.encrypt(object, value))
			i += n
		case body[i] == '<' && i+1 < len(body) && body[i+1] == '<':
			out = append(out, "<<"...)
			i += 2
		case body[i] == '<':
			end := i + bytes.IndexByte(body[i:], '>')
			out = appendHex(out, c.encrypt(object, unhex(body[i+1:end])))
			i = end + 1
		default:
			out = append(out, body[i])
			i++
		}
	}
	return out
}

// literal reads a literal string as appendLiteral writes it, and returns how long it is.
func literal(b []byte) (value []byte, n int) {
	for n = 1; b[n] != ')'; n++ {
		c := b[n]
		if c == '\\' {
			n++
			switch c = b[n]; c {
			case 'r':
				c = '\r'
			case 'n':
				c = '\n'
			}
		}
		value = append(value, c)
	}
	return value, n + 1
}

// unhex reads a hexadecimal string as appendHex writes it.
func unhex(b []byte) []byte {
	out := make([]byte, len(b)/2)
	for i := range out {
		out[i] = byte(strings.IndexByte(hexDigits, b[2*i])<<4 | strings.IndexByte(hexDigits, b[2*i+1]))
	}
	return out
}

// permissions allow everything, also to take out text for the sake of accessibility (bit 10), which PDF/UA asks for (ISO 14289-1
// §7.16): the password keeps strangers out, and whoever has it is none.
const permissions int32 = -4

// dictionary is the encryption dictionary (§7.6.4.2, algorithms 8 to 10). The one password opens the file with all rights.
func (c *cryptor) dictionary() dict {
	salts := keyed(c.key, "evbook salts")
	wrap := func(validation, key, user []byte) (check, wrapped []byte) {
		check = append(hash2B(c.password, validation, user), append(bytes.Clone(validation), key...)...)
		block, err := aes.NewCipher(hash2B(c.password, key, user))
		if err != nil {
			panic(err) // the hash has 32 bytes
		}
		wrapped = make([]byte, len(c.key))
		cipher.NewCBCEncrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(wrapped, c.key)
		return check, wrapped
	}
	u, ue := wrap(salts[:8], salts[8:16], nil)
	o, oe := wrap(salts[16:24], salts[24:32], u)
	perms := binary.LittleEndian.AppendUint32(nil, 0xFFFFFFFC)
	perms = append(perms, 0xFF, 0xFF, 0xFF, 0xFF, 'T', 'a', 'd', 'b')
	perms = append(perms, keyed(c.key, "evbook permissions")[:4]...)
	c.block.Encrypt(perms, perms)
	filter := dict{{"AuthEvent", name("DocOpen")}, {"CFM", name("AESV3")}, {"Length", 32}}
	return dict{
		{"Filter", name("Standard")}, {"V", 5}, {"R", 6}, {"Length", 256}, {"CF", dict{{"StdCF", filter}}},
		{"StmF", name("StdCF")}, {"StrF", name("StdCF")}, {"O", octets(o)}, {"U", octets(u)}, {"OE", octets(oe)}, {"UE", octets(ue)},
		{"P", int(permissions)}, {"Perms", octets(perms)},
	}
}

// hash2B is the hash of passwords that costs time (§7.6.4.3.4, algorithm 2.B).
func hash2B(password, salt, user []byte) []byte {
	sum := sha256.Sum256(bytes.Join([][]byte{password, salt, user}, nil))
	k := sum[:]
	for round := 1; ; round++ {
		part := bytes.Join([][]byte{password, k, user}, nil)
		e := bytes.Repeat(part, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			panic(err) // the key has 16 bytes
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		mod := 0
		for _, b := range e[:16] { // 256 leaves 1 when divided by 3, so the sum of the digits will do
			mod += int(b)
		}
		switch mod % 3 {
		case 0:
			h := sha256.Sum256(e)
			k = h[:]
		case 1:
			h := sha512.Sum384(e)
			k = h[:]
		default:
			h := sha512.Sum512(e)
			k = h[:]
		}
		if round >= 64 && int(e[len(e)-1]) <= round-32 {
			return k[:32]
		}
	}
}
