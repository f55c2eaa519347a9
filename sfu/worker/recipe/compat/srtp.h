#pragma once

// The worker speaks libsrtp 3, Debian has libsrtp 2.5. Both are the same cipher code behind two
// interfaces; this header offers the part of 3 that the worker uses on top of 2.5:
//
//  - the policy is an opaque object that is created, filled and destroyed, not a struct;
//  - protect and unprotect read one buffer and write another, whose capacity they are told;
//  - lengths are size_t, not int.

// 2.5's policy is a struct of the name that 3 gives to its handle.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <openssl/crypto.h>

#include "openssl_gcm.h"

// Statuses that 3 added, with the numbers it gave them.
inline constexpr auto srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
inline constexpr auto srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

namespace harmonium::srtp
{
// What 2.5 appends at most: authentication tag and MKI; to RTCP also its 4-byte index.
inline constexpr size_t RtpTrailerLen{ SRTP_MAX_TRAILER_LEN };
inline constexpr size_t RtcpTrailerLen{ SRTP_MAX_TRAILER_LEN + 4 };

// Copies the packet to where it is to be rewritten in place. Buffers may be the same one.
inline srtp_err_status_t Place(
  const uint8_t* from, size_t len, uint8_t* to, size_t capacity, size_t trailerLen)
{
	if (len > static_cast<size_t>(INT_MAX))
	{
		return srtp_err_status_bad_param;
	}

	if (capacity < trailerLen || len > capacity - trailerLen)
	{
		return srtp_err_status_buffer_small;
	}

	if (to != from)
	{
		std::memmove(to, from, len);
	}

	return srtp_err_status_ok;
}

template<typename InPlace>
srtp_err_status_t Rewrite(
  const uint8_t* from, size_t len, uint8_t* to, size_t* toLen, size_t trailerLen, InPlace inPlace)
{
	const srtp_err_status_t placed = Place(from, len, to, *toLen, trailerLen);

	if (placed != srtp_err_status_ok)
	{
		return placed;
	}

	int inPlaceLen{ static_cast<int>(len) };
	const srtp_err_status_t status = inPlace(to, &inPlaceLen);

	if (status == srtp_err_status_ok)
	{
		*toLen = static_cast<size_t>(inPlaceLen);
	}

	return status;
}
} // namespace harmonium::srtp

struct harmonium_srtp_policy
{
	srtp2_policy_t inner{};
	// 2.5 wants key and salt in one piece and reads them when the session is created.
	unsigned char key[SRTP_MAX_KEY_LEN]{};

	~harmonium_srtp_policy()
	{
		OPENSSL_cleanse(this->key, sizeof(this->key));
	}
};

using srtp_policy_t = harmonium_srtp_policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) harmonium_srtp_policy();

	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->inner.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const srtp_err_status_t rtp =
	  srtp_crypto_policy_set_from_profile_for_rtp(&policy->inner.rtp, profile);

	if (rtp != srtp_err_status_ok)
	{
		return rtp;
	}

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->inner.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* /*mki*/,
  size_t mkiLen)
{
	// One key, no MKI: all that WebRTC uses.
	if (policy->inner.key || mkiLen != 0 || keyLen > sizeof(policy->key) || saltLen > sizeof(policy->key) - keyLen)
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);
	policy->inner.key = policy->key;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->inner.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t windowSize)
{
	policy->inner.window_size = windowSize;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return srtp_create(session, static_cast<const srtp2_policy_t*>(&policy->inner));
}

// Both take the SSRC in network byte order.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	return harmonium::srtp::Rewrite(
	  rtp,
	  rtpLen,
	  srtp,
	  srtpLen,
	  harmonium::srtp::RtpTrailerLen,
	  [session](uint8_t* packet, int* len) { return srtp_protect(session, packet, len); });
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return harmonium::srtp::Rewrite(
	  srtp, srtpLen, rtp, rtpLen, 0, [session](uint8_t* packet, int* len) {
		  return srtp_unprotect(session, packet, len);
	  });
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	return harmonium::srtp::Rewrite(
	  rtcp,
	  rtcpLen,
	  srtcp,
	  srtcpLen,
	  harmonium::srtp::RtcpTrailerLen,
	  [session](uint8_t* packet, int* len) { return srtp_protect_rtcp(session, packet, len); });
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return harmonium::srtp::Rewrite(
	  srtcp, srtcpLen, rtcp, rtcpLen, 0, [session](uint8_t* packet, int* len) {
		  return srtp_unprotect_rtcp(session, packet, len);
	  });
}
