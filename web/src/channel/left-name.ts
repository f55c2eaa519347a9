/** A time that is left, as a clock counts down: 4:59, 23:59:59, 6d 23:59:59. */
export function leftName(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const pad = (part: number) => String(part).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const ending = `${pad(minutes)}:${pad(seconds % 60)}`;
  if (days > 0) return `${days}d ${pad(hours)}:${ending}`;
  if (hours > 0) return `${hours}:${ending}`;
  return `${minutes}:${pad(seconds % 60)}`;
}
