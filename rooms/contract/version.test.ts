import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ChannelClientEvent, ServerClientEvent, UserClientEvent } from './client-event.ts';
import { CLOSE_CODES } from './close-codes.ts';
import { ChannelPublish, PublishAnswer, ServerPublish, UserPublish } from './publish.ts';
import { ChannelServerEvent, ServerServerEvent, UserServerEvent } from './server-event.ts';
import { WIRE_VERSION } from './version.ts';

/** Version, and the hashes of what goes up, down and between services. */
const PINNED = {
  version: 19,
  up: '14ba12c11ec89315',
  down: '873b62b3c4c4b342',
  publish: 'aa3d249419f935c0',
  closeCodes: '5e47aae6702658ef',
};

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

function shapes(...schemas: z.ZodType[]): string {
  return hash(
    schemas.map((schema) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })),
  );
}

test('a change of the wire raises its version', () => {
  expect({
    version: WIRE_VERSION,
    up: shapes(ChannelClientEvent, ServerClientEvent, UserClientEvent),
    down: shapes(ChannelServerEvent, ServerServerEvent, UserServerEvent),
    publish: shapes(ChannelPublish, ServerPublish, UserPublish, PublishAnswer),
    closeCodes: hash(CLOSE_CODES),
  }).toEqual(PINNED);
});
