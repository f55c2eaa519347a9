import { Refusal } from '../refusal.ts';
import { DtlsParameters } from '../rtp.ts';
import type { Handler } from './handler.ts';
import { ownTransport } from './own.ts';

export const connectTransport: Handler<'connectTransport'> = async ({ peer }, data) => {
  const transport = ownTransport(peer, data.transportId);
  const dtlsParameters = DtlsParameters.safeParse(data.dtlsParameters);
  if (!dtlsParameters.success) throw new Refusal('invalid', 'These are no DTLS parameters.');
  await transport.connect(dtlsParameters.data);
  return {};
};
