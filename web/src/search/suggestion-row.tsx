import AtSign from 'lucide-solid/icons/at-sign';
import CalendarDays from 'lucide-solid/icons/calendar-days';
import Clock from 'lucide-solid/icons/clock';
import Hash from 'lucide-solid/icons/hash';
import Paperclip from 'lucide-solid/icons/paperclip';
import UserRound from 'lucide-solid/icons/user-round';
import { Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Avatar } from '../design/avatar.tsx';
import { t } from '../strings/search.ts';
import type { Suggestion } from './create-suggestions.ts';
import { nameOf } from './recent-searches.ts';
import type { FilterKind } from './search.ts';

const FILTER_ICONS = {
  from: UserRound,
  mentions: AtSign,
  in: Hash,
  has: Paperclip,
  before: CalendarDays,
  during: CalendarDays,
  after: CalendarDays,
} satisfies Record<FilterKind, typeof Hash>;

/** What a line under the field offers. */
export function SuggestionRow(props: { suggestion: Suggestion }) {
  const of = <About extends Suggestion['about']>(about: About) =>
    props.suggestion.about === about
      ? (props.suggestion as Extract<Suggestion, { about: About }>) // It was just asked.
      : undefined;
  return (
    <Switch>
      <Match when={of('kind')}>
        {(one) => (
          <>
            <Dynamic component={FILTER_ICONS[one().kind]} size={16} class="shrink-0 text-third" />
            <span>
              <span class="font-medium text-ink">{t(`search.filter.${one().kind}`)}:</span>{' '}
              <span class="text-third">{t(`search.hint.${one().kind}`)}</span>
            </span>
          </>
        )}
      </Match>
      <Match when={of('filter')}>
        {(one) => (
          <>
            <Show
              when={one().person}
              fallback={
                <Dynamic
                  component={FILTER_ICONS[one().filter.kind]}
                  size={16}
                  class="shrink-0 text-third"
                />
              }
            >
              {(person) => <Avatar user={person().user} size={24} />}
            </Show>
            <span class="min-w-0 truncate text-ink">{one().label}</span>
            <Show when={one().person?.user.username !== one().label && one().person}>
              {(person) => <span class="truncate text-third">{person().user.username}</span>}
            </Show>
            <Show when={'day' in one().filter && one().filter}>
              {(filter) => (
                <span class="ml-auto text-third">{'day' in filter() ? dayIn(filter()) : ''}</span>
              )}
            </Show>
          </>
        )}
      </Match>
      <Match when={of('recent')}>
        {(one) => (
          <>
            <Clock size={16} class="shrink-0 text-third" />
            <span class="min-w-0 truncate">{nameOf(one().search)}</span>
          </>
        )}
      </Match>
    </Switch>
  );
}

const dayIn = (filter: object): string => ('day' in filter ? String(filter.day) : '');
