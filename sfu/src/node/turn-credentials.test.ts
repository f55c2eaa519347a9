import { expect, test } from 'vitest';
import { turnCredentials } from './turn-credentials.ts';

const urls = ['turn:turn.example.org:3478'];

test('each user has a name that ends by itself, and the password that coturn makes of it', () => {
  const [server, ...others] = turnCredentials({ urls, secret: 'north' }, () => 1_000_500)('7');
  // echo -n 44200:7 | openssl dgst -sha1 -hmac north -binary | base64
  expect(server).toEqual({ urls, username: '44200:7', credential: 'dVJwy+EkozsN06jYPqMqQyIKEPA=' });
  expect(others).toEqual([]);
});
