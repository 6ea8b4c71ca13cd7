//go:build !js

package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strings"

	realclientip "github.com/realclientip/realclientip-go"
)

// senders finds out which address sent a request: that of the connection, or
// where that is a trusted proxy's the right-most one of its header that is
// not. What stands further left in the header anybody may have written.
type senders struct {
	proxies []netip.Prefix
	header  string
	client  realclientip.Strategy
	hint    func(error) // receives that a proxy seems to be there which is not trusted
}

// newSenders trusts the proxies at addresses or in ranges (203.0.113.0/24) to
// append the address that they were sent from to a header, X-Forwarded-For or
// Forwarded (RFC 7239). Only one of the two is read: most proxies pass the other
// one on as it came.
func newSenders(proxies []string, header string, hint func(error)) (*senders, error) {
	s := &senders{header: header, hint: hint}
	for _, p := range proxies {
		prefix, err := netip.ParsePrefix(p)
		if err != nil {
			addr, bad := netip.ParseAddr(p)
			if bad != nil || addr.Zone() != "" {
				return nil, fmt.Errorf("--trusted-proxy %q: want an address or a range, like 10.0.0.7, 10.0.0.0/8 or 2001:db8::/32", p)
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		if prefix.Addr().Is4In6() {
			return nil, fmt.Errorf("--trusted-proxy %q: write it as IPv4", p)
		}
		s.proxies = append(s.proxies, prefix.Masked())
	}
	ranges := make([]string, len(s.proxies))
	for i, p := range s.proxies {
		ranges[i] = p.String()
	}
	nets, err := realclientip.AddressesAndRangesToIPNets(ranges...)
	if err != nil {
		return nil, err
	}
	s.client, err = realclientip.NewRightmostTrustedRangeStrategy(header, nets)
	return s, err
}

// of returns the address that sent r; the zero address where a trusted proxy
// does not say, as one sender of which nothing is known.
func (s *senders) of(r *http.Request) netip.Addr {
	peer := plain(r.RemoteAddr)
	forwarded := len(r.Header[http.CanonicalHeaderKey(s.header)]) > 0
	if !forwarded {
		return peer
	}
	if !s.trusts(peer) {
		if isLocal(peer) {
			s.hint(fmt.Errorf("requests come through a proxy at %v, so all their senders count as one: start the edge with --trusted-proxy %v if that proxy is yours", peer, peer))
		}
		return peer
	}
	addr, err := netip.ParseAddr(s.client.ClientIP(r.Header, ""))
	if err != nil {
		s.hint(errors.New("the proxy at " + peer.String() + " does not name the sender in the header " + s.header + ": set it there, or see --proxy-header"))
		return netip.Addr{}
	}
	return addr.Unmap().WithZone("")
}

func (s *senders) trusts(addr netip.Addr) bool {
	for _, p := range s.proxies {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

// plain returns the address of an address with its port; the zero address where
// there is none.
func plain(address string) netip.Addr {
	ap, err := netip.ParseAddrPort(strings.TrimSpace(address))
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap().WithZone("")
}

// isLocal reports whether an address says nothing of where its sender is: a
// developer's own machine or network, or a proxy.
func isLocal(addr netip.Addr) bool {
	return addr.IsLoopback() || addr.IsPrivate() || addr.IsLinkLocalUnicast()
}

// network is the /24 or /48 that an address belongs to, as text; "" for the zero
// address.
func network(addr netip.Addr) string {
	if !addr.IsValid() {
		return ""
	}
	bits := 24
	if addr.Is6() {
		bits = 48
	}
	prefix, _ := addr.Prefix(bits) // its only error is about bits
	return prefix.String()
}
