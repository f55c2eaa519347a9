/**
 * Everyone who may try something, by how they stand to one server and to its member `target`:
 * of what they hold there, `needed` stands for the permissions that the thing tried asks for.
 */
export const PEOPLE = {
  nobody: 'sends no token',
  service: 'is one of our own services',
  stranger: 'has an account, and never was a member',
  keeper: 'owns the instance, and is no member',
  banned: 'was a member and is banned',
  left: 'was a member and left, with a role and an override by name',
  without: 'holds every permission but one that is needed, above the target',
  member: 'holds what is needed and no more, above the target',
  equal: 'holds what is needed, in the highest role of the target',
  lower: 'holds what is needed, below the target',
  admin: 'is an administrator, below the target',
  timedOut: 'holds what is needed, above the target, and is timed out',
  shutOut: 'holds every permission, above the target, and may not view the channels',
  target: 'is the one to whom things are done',
  owner: 'owns the server',
} as const;
export type Who = keyof typeof PEOPLE;

/** Those who are members of the server. */
export const MEMBERS = [
  'without',
  'member',
  'equal',
  'lower',
  'admin',
  'timedOut',
  'shutOut',
  'target',
  'owner',
] as const satisfies Who[];

export type Account = Exclude<Who, 'nobody' | 'service'>;
export const ACCOUNTS = (Object.keys(PEOPLE) as Who[]).filter(
  (who): who is Account => who !== 'nobody' && who !== 'service',
);
