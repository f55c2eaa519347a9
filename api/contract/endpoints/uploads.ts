import { z } from 'zod';
import {
  AskAttachments,
  AttachmentAddress,
  CompletedUpload,
  CreateUpload,
  Upload,
} from '../upload.ts';
import type { Endpoint } from './endpoint.ts';
import { ById } from './params.ts';

/** Files on their way into messages, and where those of messages are read. */
export const uploadsEndpoints = {
  'POST /api/uploads': {
    summary: 'Promise a file to a channel; its bytes are then sent to the address answered',
    caller: 'user',
    body: CreateUpload,
    status: 201,
    answer: Upload,
  },
  'POST /api/uploads/:id/complete': {
    summary: 'Have what was sent checked; answers what it is, and a ticket to send it with',
    caller: 'user',
    params: ById,
    status: 200,
    answer: CompletedUpload,
  },
  'DELETE /api/uploads/:id': {
    summary: 'Give up an upload that is in no message',
    caller: 'user',
    params: ById,
    status: 204,
  },
  'POST /api/channels/:id/attachments': {
    summary: 'Where files of messages are read; those that are gone are left out',
    caller: 'user',
    params: ById,
    body: AskAttachments,
    status: 200,
    answer: z.array(AttachmentAddress),
  },
} as const satisfies Record<string, Endpoint>;
