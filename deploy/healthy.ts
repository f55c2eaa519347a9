/** `node healthy.ts <address>` ends well when what is there says that it is well: a container's health check. */

const LIMIT_MS = 4_000;

const [, , address = ''] = process.argv;
const isWell = await fetch(address, { signal: AbortSignal.timeout(LIMIT_MS) }).then(
  (answer) => answer.ok,
  () => false,
);
process.exit(isWell ? 0 : 1);
