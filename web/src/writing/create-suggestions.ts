import type { Channel } from '@harmonium/api/channel';
import type { Member } from '@harmonium/api/member';
import { Permission, channelPermissions, hasPermission } from '@harmonium/api/permissions';
import type { User } from '@harmonium/api/user';
import { createEffect, createMemo, createResource, createSignal, on, onCleanup } from 'solid-js';
import { unwrap } from 'solid-js/store';
import { useConversation } from '../channel/conversation.tsx';
import { loadEmoji } from '../emoji/catalogue.ts';
import { createEmojiMemory } from '../emoji/emoji-memory.ts';
import { inTone } from '../emoji/emoji-sections.ts';
import { emojiMark } from '../emoji/own-emoji.ts';
import { displayName } from '../room/member-groups.ts';
import { useRooms } from '../room/rooms.tsx';
import { contextOf, overridesOf, subjectOf } from '../room/server-view.ts';
import type { ServerState } from '../room/server-state.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/writing.ts';
import { MAX_SUGGESTIONS, fitting } from './suggestion.ts';
import type { Suggestion } from './suggestion.ts';
import type { Trigger } from './trigger.ts';

/** Typing rests for this long before the server is asked, in milliseconds. */
const REST_MS = 120;
/** Members asked for; some of those found may not see the channel. */
const ASKED = 16;

/** What fits what is being typed, best first. */
export function createSuggestions(trigger: () => Trigger): () => readonly Suggestion[] {
  const rooms = useRooms();
  const conversation = useConversation();
  const call = useApi();
  const memory = createEmojiMemory(localStorage);
  const server = () => {
    const id = conversation.channel()?.serverId;
    return id === undefined ? undefined : rooms.server(id);
  };
  const [asked, setAsked] = createSignal<readonly Member[]>([]);
  const [emoji] = createResource(
    () => trigger().sign === ':',
    () => loadEmoji().catch(() => undefined),
  );

  createEffect(
    on(
      () => (trigger().sign === '@' ? trigger().query : ''),
      (query) => {
        const id = server()?.structure.server.id;
        if (query === '' || id === undefined || !rooms.members(id).hasMore()) return;
        const resting = setTimeout(() => {
          call('GET /api/servers/:id/members', {
            params: { id },
            query: { query: query.slice(0, 32), limit: ASKED },
          }).then(setAsked, () => {
            // Those who are known are offered all the same.
          });
        }, REST_MS);
        onCleanup(() => clearTimeout(resting));
      },
    ),
  );

  const people = (query: string): Suggestion[] => {
    const state = server();
    if (state === undefined) {
      const here = conversation.direct()?.participants ?? [];
      const others = here.filter(({ id }) => id !== conversation.me()?.id);
      return fitting(others, ({ username }) => [username], query).map((user) =>
        personSuggestion(user, user.username),
      );
    }
    const known = rooms
      .members(state.structure.server.id)
      .groups()
      .flatMap(({ rows }) => rows.map(({ member }) => member));
    const all = new Map([...known, ...asked()].map((member) => [member.user.id, member]));
    const seeing = seers(unwrap(state), conversation.channel());
    return fitting([...all.values()].filter(seeing), namesOf, query).map((member) =>
      personSuggestion(member.user, displayName(member)),
    );
  };

  const groups = (query: string): Suggestion[] => {
    const structure = server()?.structure;
    if (structure === undefined) return [];
    const bits = conversation.room.you()?.permissions ?? 0n;
    const isAllowed = hasPermission(bits, Permission.MENTION_EVERYONE);
    const roles = structure.roles.filter(
      ({ id, mentionable }) => id !== structure.server.id && (mentionable || isAllowed),
    );
    const crowds = isAllowed ? CROWDS() : [];
    return [
      ...fitting(crowds, ({ name }) => [name.slice(1)], query),
      ...fitting(roles, ({ name }) => [name], query).map(({ id, name, color }): Suggestion => ({
        kind: 'role',
        id,
        name: `@${name}`,
        color,
        hint: t('writing.roleHint'),
        pick: { shown: [`@${name}`], wire: `<@&${id}>` },
      })),
    ];
  };

  const channels = (query: string): Suggestion[] =>
    fitting(server()?.structure.channels ?? [], ({ name }) => [name], query).map((channel) => ({
      kind: 'channel',
      id: channel.id,
      name: channel.name,
      isVoice: channel.type === 'voice',
      hint: categoryName(server(), channel),
      pick: { shown: [`#${channel.name}`], wire: `<#${channel.id}>` },
    }));

  const own = (query: string): Suggestion[] =>
    conversation.emoji.sets().flatMap(({ server: { name: hint }, emojis }) =>
      fitting(emojis, ({ name }) => [name], query).map((one): Suggestion => ({
        kind: 'own-emoji',
        id: one.id,
        name: `:${one.name}:`,
        hint,
        emoji: one,
        pick: { shown: [`:${one.name}:`], wire: emojiMark(one) },
      })),
    );

  const faces = (query: string): Suggestion[] =>
    (emoji()?.search(query, MAX_SUGGESTIONS) ?? []).map((found) => {
      const face = inTone(found, memory.tone());
      const code = found.shortcodes.find((each) => each.includes(query)) ?? found.shortcodes[0];
      return {
        kind: 'emoji',
        id: found.key,
        name: `:${code ?? found.name}:`,
        hint: found.name,
        face,
        pick: { shown: [], wire: face },
      };
    });

  return createMemo(() => {
    const { sign, query } = trigger();
    if (sign === '#') return channels(query);
    if (sign === ':') {
      const ours = own(query);
      // Typed out, a name is the server's first.
      const rest = faces(query).filter(({ name }) => !ours.some((one) => one.name === name));
      return [...ours, ...rest].slice(0, MAX_SUGGESTIONS);
    }
    // Groups do not push people out of sight.
    return [...people(query), ...groups(query)].slice(0, MAX_SUGGESTIONS + 3);
  });
}

function personSuggestion(user: User, name: string): Suggestion {
  return {
    kind: 'person',
    id: user.id,
    name,
    hint: user.username,
    user,
    pick: { shown: [`@${name}`, `@${user.username}`], wire: `<@${user.id}>` },
  };
}

const namesOf = (member: Member) => [displayName(member), member.user.username];

const CROWDS = (): Suggestion[] =>
  (['everyone', 'here'] as const).map((crowd) => ({
    kind: 'crowd',
    id: crowd,
    name: `@${crowd}`,
    hint: t(`writing.${crowd}Hint`),
    pick: { shown: [], wire: `@${crowd}` },
  }));

/** Who may see a channel: nobody else would find what was said to them. */
function seers(state: ServerState, channel: Channel | undefined): (member: Member) => boolean {
  if (channel === undefined) return () => true;
  const context = contextOf(state.structure);
  const overrides = overridesOf(channel);
  const now = Date.now();
  return (member) =>
    hasPermission(
      channelPermissions(context, subjectOf(member, now), overrides),
      Permission.VIEW_CHANNEL,
    );
}

function categoryName(state: ServerState | undefined, channel: Channel): string {
  if (channel.type === 'voice') return t('writing.voiceHint');
  const category = state?.structure.categories.find(({ id }) => id === channel.categoryId);
  return category?.name ?? '';
}
