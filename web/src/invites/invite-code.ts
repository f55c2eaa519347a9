/** The code in an invite link, or the code itself as people paste it; undefined when it is neither. */
export function inviteCodeIn(text: string): string | undefined {
  const trimmed = text.trim();
  const [, inLink] = /\/invite\/([A-Za-z0-9]{4,32})\/?(?:[?#].*)?$/.exec(trimmed) ?? [];
  if (inLink !== undefined) return inLink;
  return /^[A-Za-z0-9]{4,32}$/.test(trimmed) ? trimmed : undefined;
}
