import { Show, createSignal, onCleanup } from 'solid-js';
import type { Component } from 'solid-js';
import { Dynamic } from 'solid-js/web';

interface LateProps {
  /** It could not be had; the next time it is asked for it is tried again. */
  onFailure?: () => void;
}

/**
 * A part that loads when it is first shown, or before by `load`. Without a network it stays away, and
 * nothing breaks: a `lazy` that failed once fails for ever, and takes the page with it.
 */
export function late<Props extends object>(load: () => Promise<Component<Props>>) {
  const [part, setPart] = createSignal<Component<Props>>();
  let loading: Promise<void> | undefined;
  function ask(): Promise<void> {
    loading ??= load().then(
      (loaded) => void setPart(() => loaded),
      (problem: unknown) => {
        loading = undefined;
        throw problem;
      },
    );
    return loading;
  }
  function Late(props: Props & LateProps) {
    let isGone = false;
    onCleanup(() => (isGone = true));
    ask().catch(() => isGone || props.onFailure?.());
    return <Show when={part()}>{(loaded) => <Dynamic component={loaded()} {...props} />}</Show>;
  }
  return Object.assign(Late, {
    /** Before it is needed; what fails is asked for again when it is. */
    load: (): void => void ask().catch(() => {}),
  });
}
