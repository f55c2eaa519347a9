/**
 * Loaded before a part of the product: makes its clock wrong by as much as the parent says, while it
 * runs. Timers keep their pace, as they do when somebody sets the clock of a machine.
 */
let aheadMs = Number(process.env['CLOCK_AHEAD_MS'] ?? 0);
const right = Date;
const now = (): number => right.now() + aheadMs;

globalThis.Date = new Proxy(right, {
  construct: (target, given, made) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, made) as Date, // It is one.
  get: (target, name, made): unknown => (name === 'now' ? now : Reflect.get(target, name, made)),
});

process.on('message', (message) => {
  if (typeof message === 'object' && message !== null && 'aheadMs' in message) {
    aheadMs = Number(message.aheadMs);
  }
});
process.channel?.unref();
