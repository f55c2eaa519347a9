import { base64url } from 'jose';

/** Keeps secrets that we have to read again ourselves, so that the database alone does not tell them. */
export interface Vault {
  /** @param owner who it belongs to: sealed for one, it does not open for another */
  seal(text: string, owner: string): Promise<string>;
  /** Throws when it was altered, sealed for somebody else or under another secret. */
  open(sealed: string, owner: string): Promise<string>;
}

const VERSION = 'v1';
const IV_BYTES = 12;

/** AES-256-GCM under a key made of the instance's secret. */
export function createVault(secret: string): Vault {
  const key = deriveKey(secret);
  const bytes = (text: string) => new TextEncoder().encode(text);
  return {
    async seal(text, owner) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const how = { name: 'AES-GCM', iv, additionalData: bytes(owner) };
      const sealed = await crypto.subtle.encrypt(how, await key(), bytes(text));
      return [VERSION, base64url.encode(iv), base64url.encode(new Uint8Array(sealed))].join('.');
    },
    async open(sealed, owner) {
      const [version, iv = '', data = ''] = sealed.split('.');
      if (version !== VERSION) throw new Error('a secret sealed in an unknown way is stored');
      const how = {
        name: 'AES-GCM',
        iv: new Uint8Array(base64url.decode(iv)),
        additionalData: bytes(owner),
      };
      const text = await crypto.subtle.decrypt(
        how,
        await key(),
        new Uint8Array(base64url.decode(data)),
      );
      return new TextDecoder().decode(text);
    },
  };
}

/** Made when first needed: few requests do. */
function deriveKey(secret: string): () => Promise<CryptoKey> {
  let derived: Promise<CryptoKey> | undefined;
  async function derive(): Promise<CryptoKey> {
    const material = new TextEncoder().encode(secret);
    const base = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveKey']);
    const info = new TextEncoder().encode('harmonium vault');
    return crypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
      base,
      { name: 'AES-GCM', length: 256 },
      false,
      ['encrypt', 'decrypt'],
    );
  }
  return () => (derived ??= derive());
}
