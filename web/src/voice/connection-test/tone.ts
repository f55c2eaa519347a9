const HERTZ = 440;
/** As loud as somebody who speaks, so that it is sent as speech is. */
const GAIN = 0.1;

/** Something to send that asks for no microphone. Called from a click: without one there is no sound. */
export function createTone(): { track: MediaStreamTrack; close: () => void } {
  const context = new AudioContext();
  const end = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  const loudness = new GainNode(context, { gain: GAIN });
  const tone = new OscillatorNode(context, { frequency: HERTZ });
  tone.connect(loudness).connect(end);
  tone.start();
  void context.resume();
  const [track] = end.stream.getAudioTracks();
  if (track === undefined) throw new Error('the tone has no end');
  return { track, close: () => void context.close() };
}
