package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

var (
	gateway  = os.Getenv("GATEWAY")      // the URL that clients call
	keysURL  = os.Getenv("GATEWAY_KEYS") // its /.well-known/valetkey-gateway/jwks.json
	audience = os.Getenv("AUDIENCE")     // caller_token.audience in its rules
)

// Caller is what the gateway says and signs in the header Valetkey-Caller.
type Caller struct {
	Issuer   string `json:"iss"`
	Audience string `json:"aud"`
	Subject  string `json:"sub"`
	ClientID string `json:"client_id"`
	Scope    string `json:"scope"`
	Expires  int64  `json:"exp"`
}

// callerOf reads a token that the gateway signed for this service and that still counts; nil for any other.
func callerOf(token string) *Caller {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil
	}
	var header struct{ Alg, Typ, Kid string }
	var caller Caller
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || len(signature) != 64 || !read(parts[0], &header) || !read(parts[1], &caller) {
		return nil
	}
	if header.Alg != "ES256" || header.Typ != "caller+jwt" {
		return nil
	}
	if caller.Issuer != gateway || caller.Audience != audience || caller.Expires <= time.Now().Unix() {
		return nil
	}
	key := keys.of(header.Kid)
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
	if key == nil || !ecdsa.Verify(key, digest[:], r, s) {
		return nil
	}
	return &caller
}

type keyRing struct {
	sync.Mutex
	known   map[string]*ecdsa.PublicKey
	askedAt time.Time
}

var keys keyRing

// of looks an unknown key up, since a gateway makes a new one when it starts: once in ten seconds at most.
func (ring *keyRing) of(kid string) *ecdsa.PublicKey {
	ring.Lock()
	defer ring.Unlock()
	if ring.known[kid] == nil && time.Since(ring.askedAt) > 10*time.Second {
		ring.askedAt = time.Now()
		if found := fetchKeys(); found != nil {
			ring.known = found
		}
	}
	return ring.known[kid]
}

func fetchKeys() map[string]*ecdsa.PublicKey {
	client := http.Client{Timeout: 5 * time.Second}
	answer, err := client.Get(keysURL)
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	var set struct{ Keys []struct{ Kid, X, Y string } }
	if json.NewDecoder(answer.Body).Decode(&set) != nil {
		return nil
	}
	found := map[string]*ecdsa.PublicKey{}
	for _, key := range set.Keys {
		x, failedX := base64.RawURLEncoding.DecodeString(key.X)
		y, failedY := base64.RawURLEncoding.DecodeString(key.Y)
		if failedX == nil && failedY == nil {
			found[key.Kid] = &ecdsa.PublicKey{
				Curve: elliptic.P256(), X: new(big.Int).SetBytes(x), Y: new(big.Int).SetBytes(y),
			}
		}
	}
	return found
}

func read(part string, into any) bool {
	text, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(text, into) == nil
}
