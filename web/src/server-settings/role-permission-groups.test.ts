import { Permission } from '@harmonium/api/permissions';
import { expect, test } from 'vitest';
import { ROLE_PERMISSIONS } from './role-permission-groups.ts';

test('each permission can be found in exactly one place', () => {
  const listed = ROLE_PERMISSIONS.flatMap<string>(({ names }) => names);
  expect(listed.toSorted()).toEqual(Object.keys(Permission).toSorted());
});
