import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ALL_PERMISSIONS,
  DEFAULT_EVERYONE,
  NO_PERMISSIONS,
  Permission,
  PermissionSet,
  channelPermissions,
  hasPermission,
  serverPermissions,
} from './permissions.ts';
import { explainPermissions } from './explain-permissions.ts';
import type { Override, PermissionContext, PermissionName, Subject } from './permissions.ts';

const NAMES = Object.keys(Permission) as PermissionName[];
const VOICE: PermissionName[] = [
  'SPEAK',
  'STREAM',
  'MUTE_MEMBERS',
  'DEAFEN_MEMBERS',
  'MOVE_MEMBERS',
];

/** A set of names, as a person would reason about them; nothing in common with the real one. */
type Names = Set<PermissionName>;
const namesIn = (bits: bigint): Names =>
  new Set(NAMES.filter((name) => (bits & Permission[name]) !== 0n));
const bitsOf = (names: Iterable<PermissionName>) =>
  [...names].reduce((bits, name) => bits | Permission[name], 0n);

function naiveBase(context: PermissionContext, subject: Subject): Names | 'everything' {
  if (context.ownerId === subject.userId) return 'everything';
  const held = context.roles.filter(
    ({ id }) => id === context.serverId || [...subject.roleIds].includes(id),
  );
  const names = namesIn(0n);
  for (const { permissions } of held) for (const name of namesIn(permissions)) names.add(name);
  return names.has('ADMINISTRATOR') ? 'everything' : names;
}

function naiveServer(context: PermissionContext, subject: Subject): bigint {
  const base = naiveBase(context, subject);
  if (base === 'everything') return bitsOf(NAMES);
  if (!subject.timedOut) return bitsOf(base);
  return base.has('VIEW_CHANNEL') ? Permission.VIEW_CHANNEL : 0n;
}

function naiveChannel(context: PermissionContext, subject: Subject, overrides: Override[]): bigint {
  const base = naiveBase(context, subject);
  if (base === 'everything') return bitsOf(NAMES);
  const isHeldRole = ({ kind, targetId }: Override) =>
    kind === 'role' && targetId !== context.serverId && subject.roleIds.has(targetId);
  const layers = [
    overrides.filter(({ kind, targetId }) => kind === 'role' && targetId === context.serverId),
    overrides.filter(isHeldRole),
    overrides.filter(({ kind, targetId }) => kind === 'member' && targetId === subject.userId),
  ];
  const result = new Set<PermissionName>();
  for (const name of NAMES) {
    let may = base.has(name);
    for (const layer of layers) {
      if (layer.some(({ deny }) => namesIn(deny).has(name))) may = false;
      if (layer.some(({ allow }) => namesIn(allow).has(name))) may = true;
    }
    if (may) result.add(name);
  }
  if (!result.has('VIEW_CHANNEL')) return 0n;
  if (subject.timedOut) return Permission.VIEW_CHANNEL;
  if (!result.has('CONNECT')) for (const name of VOICE) result.delete(name);
  result.delete('ADMINISTRATOR');
  return bitsOf(result);
}

const SERVER = '1';
const USERS = ['10', '11', '12'];
const ROLES = ['20', '21', '22', '23'];

const bits = fc.oneof(
  fc.bigInt({ min: 0n, max: ALL_PERMISSIONS }),
  // Random sets hold ADMINISTRATOR half of the time, which hides all else.
  fc.bigInt({ min: 0n, max: ALL_PERMISSIONS }).map((set) => set & ~Permission.ADMINISTRATOR),
  fc.constantFrom(NO_PERMISSIONS, DEFAULT_EVERYONE, ...Object.values(Permission)),
);
const context = fc.record({
  serverId: fc.constant(SERVER),
  ownerId: fc.constantFrom(...USERS),
  roles: fc
    .tuple(
      bits,
      fc.uniqueArray(fc.record({ id: fc.constantFrom(...ROLES), permissions: bits }), {
        selector: ({ id }) => id,
      }),
    )
    .map(([everyone, roles]) => roles.concat({ id: SERVER, permissions: everyone })),
});
const subject = fc.record({
  userId: fc.constantFrom(...USERS),
  roleIds: fc.subarray(ROLES).map((ids) => new Set(ids)),
  timedOut: fc.boolean(),
});
const overrides = fc.uniqueArray(
  fc.oneof(
    fc.record({
      kind: fc.constant('role' as const),
      targetId: fc.constantFrom(SERVER, ...ROLES),
      allow: bits,
      deny: bits,
    }),
    fc.record({
      kind: fc.constant('member' as const),
      targetId: fc.constantFrom(...USERS),
      allow: bits,
      deny: bits,
    }),
  ),
  { selector: ({ targetId }) => targetId, maxLength: 8 },
);
const MANY = { numRuns: 100_000 };
/** Milliseconds that so many take on a busy machine. */
const LONG = 60_000;

test(
  'a member may in a server what a naive reading of the roles says',
  () => {
    fc.assert(
      fc.property(context, subject, (server, who) => {
        expect(serverPermissions(server, who)).toBe(naiveServer(server, who));
      }),
      MANY,
    );
  },
  LONG,
);

test(
  'a member may in a channel what a naive reading of the overrides says',
  () => {
    fc.assert(
      fc.property(context, subject, overrides, (server, who, list) => {
        expect(channelPermissions(server, who, list)).toBe(naiveChannel(server, who, list));
      }),
      MANY,
    );
  },
  LONG,
);

test(
  'the explanation of a permission says what the arithmetic says, and why',
  () => {
    fc.assert(
      fc.property(context, subject, overrides, (server, who, list) => {
        const explained = explainPermissions(server, who, list);
        const granted = explained.filter((entry) => entry.granted).map(({ name }) => name);
        expect(bitsOf(granted)).toBe(channelPermissions(server, who, list));
        expect(explained.map(({ name }) => name)).toEqual(NAMES);
      }),
      MANY,
    );
  },
  LONG,
);

test('the role or override that an explanation names holds the bit', () => {
  fc.assert(
    fc.property(context, subject, overrides, (server, who, list) =>
      explainPermissions(server, who, list).every(({ name, granted, rule }) => {
        const named = () =>
          list.find(({ targetId }) => 'targetId' in rule && targetId === rule.targetId);
        const role = () => server.roles.find(({ id }) => 'roleId' in rule && id === rule.roleId);
        if (rule.by === 'role') return namesIn(role()?.permissions ?? 0n).has(name);
        if (rule.by !== 'override') return true;
        return namesIn((granted ? named()?.allow : named()?.deny) ?? 0n).has(name);
      }),
    ),
  );
});

test.each([
  ['the owner', { ownerId: '10' }, {}, [], 'SEND_MESSAGES', true, { by: 'owner' }],
  ['what everybody may', {}, {}, [], 'SEND_MESSAGES', true, { by: 'role', roleId: SERVER }],
  ['what nobody gave', {}, {}, [], 'KICK_MEMBERS', false, { by: 'nothing' }],
  [
    'a channel closed to everybody',
    {},
    {},
    [{ kind: 'role', targetId: SERVER, allow: 0n, deny: Permission.VIEW_CHANNEL }],
    'VIEW_CHANNEL',
    false,
    { by: 'override', of: 'everyone', targetId: SERVER },
  ],
  [
    'writing where one does not look in',
    {},
    {},
    [{ kind: 'role', targetId: SERVER, allow: 0n, deny: Permission.VIEW_CHANNEL }],
    'SEND_MESSAGES',
    false,
    { by: 'no_view' },
  ],
  [
    'a member let in by name',
    {},
    {},
    [
      { kind: 'role', targetId: SERVER, allow: 0n, deny: Permission.VIEW_CHANNEL },
      { kind: 'member', targetId: '10', allow: Permission.VIEW_CHANNEL, deny: 0n },
    ],
    'VIEW_CHANNEL',
    true,
    { by: 'override', of: 'member', targetId: '10' },
  ],
  [
    'speaking where one may not join',
    {},
    {},
    [{ kind: 'role', targetId: '20', allow: 0n, deny: Permission.CONNECT }],
    'SPEAK',
    false,
    { by: 'no_connect' },
  ],
  ['writing in a timeout', {}, { timedOut: true }, [], 'SEND_MESSAGES', false, { by: 'timeout' }],
] as const)('%s is explained', (_, server, who, list, name, granted, rule) => {
  const everyone = { id: SERVER, permissions: DEFAULT_EVERYONE };
  const base = {
    serverId: SERVER,
    ownerId: '12',
    roles: [everyone, { id: '20', permissions: 0n }],
  };
  const member = { userId: '10', roleIds: new Set(['20']), timedOut: false };
  const explained = explainPermissions({ ...base, ...server }, { ...member, ...who }, list);
  expect(explained.find((entry) => entry.name === name)).toEqual({ name, granted, rule });
});

test('the order of roles and overrides means nothing', () => {
  fc.assert(
    fc.property(context, subject, overrides, (server, who, list) => {
      const turned = { ...server, roles: server.roles.toReversed() };
      expect(channelPermissions(turned, who, list.toReversed())).toBe(
        channelPermissions(server, who, list),
      );
    }),
  );
});

test('owner and administrator have everything, also under a timeout and against overrides', () => {
  fc.assert(
    fc.property(context, subject, overrides, (server, who, list) => {
      const own = { ...who, userId: server.ownerId };
      expect(channelPermissions(server, own, list)).toBe(ALL_PERMISSIONS);
      const admin = { id: SERVER, permissions: Permission.ADMINISTRATOR };
      expect(channelPermissions({ ...server, roles: [admin] }, who, list)).toBe(ALL_PERMISSIONS);
    }),
  );
});

test('nothing in a channel makes anybody an administrator', () => {
  fc.assert(
    fc.property(context, subject, overrides, (server, who, list) => {
      const inServer = serverPermissions(server, { ...who, timedOut: false });
      fc.pre(!hasPermission(inServer, Permission.ADMINISTRATOR));
      const inChannel = channelPermissions(server, who, list);
      expect(hasPermission(inChannel, Permission.ADMINISTRATOR)).toBe(false);
    }),
  );
});

test('bits keep the numbers that are stored and sent', () => {
  expect(NAMES.map((name) => Number(Permission[name]))).toEqual(
    NAMES.map((_, index) => 2 ** index),
  );
  expect(Permission).toMatchObject({ MANAGE_MESSAGES: 16n, CONNECT: 128n, EMBED_LINKS: 33554432n });
  expect(bitsOf(NAMES)).toBe(ALL_PERMISSIONS);
});

test.each(['', '-1', '01', '1.5', 'abc', '67108864', '9'.repeat(19), '9'.repeat(40), ' 1', '0x1'])(
  'the text %j is no set of permissions',
  (text) => {
    expect(PermissionSet.safeParse(text).success).toBe(false);
  },
);

test('every set of known bits travels as its number', () => {
  fc.assert(
    fc.property(bits, (set) => {
      expect(BigInt(PermissionSet.parse(set.toString()))).toBe(set);
    }),
  );
});
