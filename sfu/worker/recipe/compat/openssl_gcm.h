#pragma once

// Debian's libsrtp encrypts with NSS, whose sessions and locks cost a third of what a worker does.
// libsrtp lets a program bring ciphers of its own, and tests them against its vectors before it takes
// them; these are the two that browsers choose (RFC 7714), by the OpenSSL that the worker has anyway.

#include <srtp2/cipher.h>
#include <srtp2/crypto_types.h>
#include <srtp2/srtp.h>

#include <cstdint>
#include <new>
#include <openssl/evp.h>

// libsrtp's own, for their test vectors.
extern "C"
{
	extern const srtp_cipher_type_t srtp_aes_gcm_128;
	extern const srtp_cipher_type_t srtp_aes_gcm_256;
}

namespace harmonium::srtp
{
inline constexpr int SaltLen{ 12 };

struct Gcm
{
	EVP_CIPHER_CTX* ctx;
	const EVP_CIPHER* cipher;
	int tagLen;
	bool encrypts;
};

inline const srtp_cipher_type_t* TypeOf(srtp_cipher_type_id_t id);

template<srtp_cipher_type_id_t Id>
srtp_err_status_t GcmAlloc(srtp_cipher_pointer_t* made, int keyLen, int tagLen)
{
	const EVP_CIPHER* cipher = Id == SRTP_AES_GCM_128 ? EVP_aes_128_gcm() : EVP_aes_256_gcm();

	if (keyLen != EVP_CIPHER_get_key_length(cipher) + SaltLen || (tagLen != 8 && tagLen != 16))
	{
		return srtp_err_status_bad_param;
	}

	auto* ctx   = EVP_CIPHER_CTX_new();
	auto* gcm   = new (std::nothrow) Gcm{ ctx, cipher, tagLen, true };
	auto* whole = new (std::nothrow) srtp_cipher_t{ TypeOf(Id), gcm, keyLen, static_cast<int>(Id) };

	if (!ctx || !gcm || !whole)
	{
		EVP_CIPHER_CTX_free(ctx);
		delete gcm;
		delete whole;

		return srtp_err_status_alloc_fail;
	}

	*made = whole;

	return srtp_err_status_ok;
}

inline srtp_err_status_t GcmDealloc(srtp_cipher_pointer_t cipher)
{
	auto* gcm = static_cast<Gcm*>(cipher->state);

	// Forgets the key, too.
	EVP_CIPHER_CTX_free(gcm->ctx);
	delete gcm;
	delete cipher;

	return srtp_err_status_ok;
}

inline srtp_err_status_t GcmInit(void* state, const uint8_t* key)
{
	auto* gcm = static_cast<Gcm*>(state);

	EVP_CIPHER_CTX_reset(gcm->ctx);

	return EVP_CipherInit_ex(gcm->ctx, gcm->cipher, nullptr, key, nullptr, 1)
	         ? srtp_err_status_ok
	         : srtp_err_status_init_fail;
}

inline srtp_err_status_t GcmSetIv(void* state, uint8_t* iv, srtp_cipher_direction_t direction)
{
	auto* gcm = static_cast<Gcm*>(state);

	gcm->encrypts = direction == srtp_direction_encrypt;

	return EVP_CipherInit_ex(gcm->ctx, nullptr, nullptr, nullptr, iv, gcm->encrypts ? 1 : 0)
	         ? srtp_err_status_ok
	         : srtp_err_status_cipher_fail;
}

inline srtp_err_status_t GcmSetAad(void* state, const uint8_t* aad, uint32_t aadLen)
{
	auto* gcm = static_cast<Gcm*>(state);
	int len{ 0 };

	return EVP_CipherUpdate(gcm->ctx, nullptr, &len, aad, static_cast<int>(aadLen))
	         ? srtp_err_status_ok
	         : srtp_err_status_algo_fail;
}

inline srtp_err_status_t GcmEncrypt(void* state, uint8_t* buffer, unsigned int* length)
{
	auto* gcm = static_cast<Gcm*>(state);
	int len{ 0 };

	if (!gcm->encrypts)
	{
		return srtp_err_status_bad_param;
	}

	// RTCP that is only authenticated has nothing to encrypt.
	if (*length > 0 && !EVP_EncryptUpdate(gcm->ctx, buffer, &len, buffer, static_cast<int>(*length)))
	{
		return srtp_err_status_cipher_fail;
	}

	return srtp_err_status_ok;
}

inline srtp_err_status_t GcmGetTag(void* state, uint8_t* buffer, uint32_t* length)
{
	auto* gcm = static_cast<Gcm*>(state);
	uint8_t rest[EVP_MAX_BLOCK_LENGTH];
	int len{ 0 };

	if (
	  !EVP_EncryptFinal_ex(gcm->ctx, rest, &len) ||
	  !EVP_CIPHER_CTX_ctrl(gcm->ctx, EVP_CTRL_GCM_GET_TAG, gcm->tagLen, buffer))
	{
		return srtp_err_status_algo_fail;
	}

	*length = static_cast<uint32_t>(gcm->tagLen);

	return srtp_err_status_ok;
}

// The tag follows the text; what does not carry the right one is refused.
inline srtp_err_status_t GcmDecrypt(void* state, uint8_t* buffer, unsigned int* length)
{
	auto* gcm = static_cast<Gcm*>(state);
	const int textLen = static_cast<int>(*length) - gcm->tagLen;
	uint8_t rest[EVP_MAX_BLOCK_LENGTH];
	int len{ 0 };

	if (gcm->encrypts || textLen < 0)
	{
		return srtp_err_status_bad_param;
	}

	if (
	  !EVP_CIPHER_CTX_ctrl(gcm->ctx, EVP_CTRL_GCM_SET_TAG, gcm->tagLen, buffer + textLen) ||
	  (textLen > 0 && !EVP_DecryptUpdate(gcm->ctx, buffer, &len, buffer, textLen)) ||
	  EVP_DecryptFinal_ex(gcm->ctx, rest, &len) != 1)
	{
		return srtp_err_status_auth_fail;
	}

	*length = static_cast<unsigned int>(textLen);

	return srtp_err_status_ok;
}

template<srtp_cipher_type_id_t Id>
srtp_cipher_type_t MakeType(const srtp_cipher_type_t& theirs)
{
	return { GcmAlloc<Id>, GcmDealloc,  GcmInit,   GcmSetAad,
		     GcmEncrypt,   GcmDecrypt,  GcmSetIv,  GcmGetTag,
		     "AES-GCM by OpenSSL", theirs.test_data, Id };
}

inline const srtp_cipher_type_t* TypeOf(srtp_cipher_type_id_t id)
{
	static const srtp_cipher_type_t gcm128 = MakeType<SRTP_AES_GCM_128>(srtp_aes_gcm_128);
	static const srtp_cipher_type_t gcm256 = MakeType<SRTP_AES_GCM_256>(srtp_aes_gcm_256);

	return id == SRTP_AES_GCM_128 ? &gcm128 : &gcm256;
}

// In place of srtp_init(). A cipher that does not pass libsrtp's tests ends the worker's start.
inline srtp_err_status_t Init()
{
	srtp_err_status_t status = ::srtp_init();

	for (const srtp_cipher_type_id_t id : { SRTP_AES_GCM_128, SRTP_AES_GCM_256 })
	{
		if (status == srtp_err_status_ok)
		{
			status = srtp_replace_cipher_type(TypeOf(id), id);
		}
	}

	return status;
}
} // namespace harmonium::srtp

#define srtp_init harmonium::srtp::Init
