import Search from 'lucide-solid/icons/search';

/** Narrows the list below it while one types. */
export function SearchField(props: {
  label: string;
  value: string;
  onInput: (value: string) => void;
  class?: string;
}) {
  return (
    <div class={`relative ${props.class ?? ''}`}>
      <Search
        size={16}
        class="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-third"
      />
      <input
        type="search"
        aria-label={props.label}
        placeholder={props.label}
        class="min-h-10 w-full rounded-medium border border-line bg-rail/40 pr-3 pl-9 transition placeholder:text-third hover:border-third/50 focus:border-brass focus-visible:outline-1 focus-visible:outline-offset-0 pointer-coarse:min-h-11"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </div>
  );
}
