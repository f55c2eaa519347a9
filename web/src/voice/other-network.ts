/**
 * Calls when a phone goes from Wi-Fi to mobile data, or back. Only some browsers tell, and the DOM's
 * types do not know of it. Returns how to stop.
 */
export function onOtherNetwork(listener: () => void): () => void {
  const network: unknown = Reflect.get(navigator, 'connection');
  if (!(network instanceof EventTarget)) return () => {};
  let type: unknown = Reflect.get(network, 'type');
  // It changes all the time: the estimates of how fast it is are part of it.
  const compare = (): void => {
    const next: unknown = Reflect.get(network, 'type');
    if (next === type) return;
    type = next;
    listener();
  };
  network.addEventListener('change', compare);
  return () => network.removeEventListener('change', compare);
}
