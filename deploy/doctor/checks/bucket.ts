import { bad, ok, warn, wordsOf, type Check, type Finding } from '../finding.ts';

const ANSWER_WITHIN_MS = 5_000;
/** The store tells the time in whole seconds; at 15 minutes it refuses what is signed here. */
const MAX_SKEW_MS = 5_000;
const CURE = 'Let it answer CORS as docs/self-hosting.md says ("A bucket and browsers").';

/** What browsers ask the bucket before they send a file to it, and what its clock says. */
export const bucketFromBrowsers: Check = async ({ environment: { s3, clientUrl } }) => {
  if (s3 === undefined || clientUrl === undefined) return [];
  const { origin } = new URL(clientUrl);
  if (new URL(s3.endpoint).origin === origin) return [ok('bucket', 'is at your own address')];
  const url = `${s3.endpoint.replace(/\/$/, '')}/${s3.bucket}/doctor`;
  try {
    const asked = { origin, 'access-control-request-method': 'PUT' };
    const headers = { ...asked, 'access-control-request-headers': 'content-type' };
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await fetch(url, { method: 'OPTIONS', headers, signal });
    await answer.body?.cancel();
    return [mayBeSentTo(answer, origin), ...clockOf(answer)];
  } catch (error) {
    return [bad('bucket', `${url}: ${wordsOf(error)}`, 'Check S3_ENDPOINT: browsers go there.')];
  }
};

function mayBeSentTo({ ok: isOk, headers }: Response, origin: string): Finding {
  const allowed = headers.get('access-control-allow-origin');
  const methods = headers.get('access-control-allow-methods') ?? '';
  const isAllowed = isOk && (allowed === '*' || allowed === origin);
  if (!isAllowed) {
    return bad('bucket', `It lets no page of ${origin} send files or show them.`, CURE);
  }
  return /\bPUT\b|\*/.test(methods)
    ? ok('bucket', `lets pages of ${origin} send files`)
    : bad('bucket', `Pages of ${origin} may read from it, and not send (PUT).`, CURE);
}

function clockOf({ headers }: Response): Finding[] {
  const skew = Math.abs(Date.parse(headers.get('date') ?? '') - Date.now());
  // Not a number: it tells no time.
  if (!(skew > MAX_SKEW_MS)) return [];
  const says = `The bucket's clock is ${Math.round(skew / 1000)} s away from this one.`;
  return [warn('clock', says, 'Keep both by NTP: it refuses what was signed at another time.')];
}
