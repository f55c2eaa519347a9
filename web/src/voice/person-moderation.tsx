import type { ModerateVoice } from '@harmonium/api/voice';
import type { User } from '@harmonium/api/user';
import LogOut from 'lucide-solid/icons/log-out';
import { Show, createMemo } from 'solid-js';
import { Button } from '../design/button.tsx';
import { Choice } from '../design/field.tsx';
import { Switch } from '../design/switch.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import type { ServerState } from '../room/server-state.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/call.ts';
import { moderationRights } from './moderation-rights.ts';
import { useVoice } from './voice-context.tsx';

/** What one may do about somebody in a call, for everyone; nothing that would be refused is offered. */
export function PersonModeration(props: { state: ServerState; user: User }) {
  const api = useApi();
  const voice = useVoice();
  const toasts = useToasts();
  const rights = createMemo(() => moderationRights(props.state, props.user.id, Date.now()));
  const params = () => ({ id: props.state.structure.server.id, uid: props.user.id });
  const isAny = () => {
    const { canMute, canDeafen, canMove } = rights();
    return canMute || canDeafen || canMove;
  };
  /** From within the call it is known at once. */
  const standing = () => {
    const { channelId, serverMuted, serverDeafened } = props.state.voice[props.user.id] ?? {};
    const call = voice.call();
    if (call?.phase === 'connected' && call.channelId === channelId) {
      return call.moderated[props.user.id] ?? { muted: false, deafened: false };
    }
    return { muted: serverMuted === true, deafened: serverDeafened === true };
  };

  async function moderate(body: ModerateVoice): Promise<void> {
    try {
      await api('PUT /api/servers/:id/voice/:uid', { params: params(), body });
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  async function disconnect(): Promise<void> {
    try {
      await api('DELETE /api/servers/:id/voice/:uid', { params: params(), query: {} });
      toasts.say(t('call.disconnected', props.user.username));
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  return (
    <Show when={isAny()}>
      <section aria-label={t('call.moderation')} class="mt-3 flex flex-col gap-3">
        <Show when={rights().canMute}>
          <Switch
            label={t('call.muteForAll')}
            checked={standing().muted}
            onChange={(muted) => void moderate({ muted })}
          />
        </Show>
        <Show when={rights().canDeafen}>
          <Switch
            label={t('call.deafenForAll')}
            checked={standing().deafened}
            onChange={(deafened) => void moderate({ deafened })}
          />
        </Show>
        <Show when={rights().canMove}>
          <Show when={rights().others.length > 0}>
            <Choice<string>
              label={t('call.moveTo')}
              value=""
              choices={[
                { value: '', label: t('call.stay') },
                ...rights().others.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(id) => {
                const to = rights().others.find((channel) => channel.id === id);
                if (to !== undefined) void moderate({ channelId: to.id });
              }}
            />
          </Show>
          <Button look="quiet" class="text-danger-ink!" onClick={() => void disconnect()}>
            <LogOut size={16} />
            {t('call.disconnect')}
          </Button>
        </Show>
      </section>
    </Show>
  );
}
