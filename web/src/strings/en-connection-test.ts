/** The test of the way that calls take: what each leg is, and what it comes to. */
export const connectionTest = {
  title: 'Connection',
  sentence:
    'Goes the way a call takes, step by step, and says what stops it. Takes about ten seconds; nobody hears it.',
  start: 'Test connection',
  again: 'Test again',
  stop: 'Stop',
  running: 'Testing. Say something meanwhile.',
  results: 'Result of the connection test',
  you: 'What you can do',
  operator: 'For whoever runs this server',
  copy: 'Copy the result',
  copied: 'The result is in the clipboard.',
  didNotRun: 'The test could not be loaded. Check your connection and try again.',
  skipped: 'Not tried',
  echo: {
    title: 'Hear yourself',
    sentence:
      'Your voice goes to the voice server and comes back, as others hear it. Put headphones on first, or it howls.',
    on: 'You hear what comes back from the voice server. Nobody else does.',
    problems: {
      none: 'There is no microphone any more. Plug one in, then try again.',
      blocked: 'The browser blocks the microphone. Allow it in the address bar, then try again.',
      busy: 'The microphone could not be opened. Another program may be using it.',
      insecure: 'Browsers give a microphone only over HTTPS or on localhost.',
      lost: 'Nothing comes back any more. Test the connection again.',
      unloaded: 'This could not be loaded. Check your connection and try again.',
    },
  },
  legs: {
    microphone: 'Microphone',
    ticket: 'Harmonium',
    socket: 'Voice server',
    udp: 'Sound by UDP',
    tcp: 'Sound by TCP',
    relay: 'Sound by TURN',
    quality: 'Quality',
    clock: 'Clock',
  },
  microphone: {
    ok: 'Hears you',
    silent: 'Open, but hears nothing at all',
    none: 'There is none on this device',
    blocked: 'The browser blocks it',
    busy: 'Could not be opened',
    insecure: 'Needs HTTPS',
  },
  ticket: {
    ok: 'Answers',
    unreachable: 'Does not answer',
    unavailable: 'Has no voice at the moment',
    often: 'Tested too often',
  },
  socket: {
    ok: 'Connected',
    closed: 'No WebSocket gets through',
    refused: 'Its WebSocket is refused',
    expired: 'Takes the ticket for an old one',
    failed: 'Carries no calls at the moment',
  },
  way: {
    ok: 'There and back',
    blocked: (addresses: string) =>
      addresses === '' ? 'Nothing comes back' : `Nothing comes back from ${addresses}`,
  },
  relay: {
    ok: 'There and back',
    none: 'This instance has no TURN server',
    unreachable: 'The TURN server does not answer',
    denied: 'The TURN server refuses the credentials',
    blocked: 'The TURN server does not get to the media port',
  },
  quality: (roundTrip: string, loss: string, jitter: string) =>
    `${roundTrip} there and back, ${loss} lost, ${jitter} jitter`,
  milliseconds: (count: number) => `${count} ms`,
  percent: (count: number) => `${count} %`,
  clock: {
    ok: 'Right',
    ahead: (time: string) => `${time} ahead of the server`,
    behind: (time: string) => `${time} behind the server`,
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    hours: (count: number) => `${count} h`,
  },
  verdicts: {
    well: 'Calls work from here.',
    tcpBlocked: 'Calls work from here. Only the fallback by TCP is closed, which you do not need.',
    turnBroken:
      'Calls work from here. The TURN server does not, so people in closed networks cannot join.',
    clockOff: 'Calls work from here, but the clock of this device is off.',
    silent: 'The way is open, but your microphone hears nothing.',
    onlyRelay:
      'Calls work from here by way of the TURN server, as nothing gets to the media port itself.',
    onlyTcp: 'Calls work from here, but by TCP only: sound may stutter when packets get lost.',
    slow: 'Calls work from here, but what is said arrives late.',
    lossy: 'Calls work from here, but words will be missing: packets get lost.',
    uneven: 'Calls work from here, but sound arrives unevenly and may stutter.',
    noMicrophone: 'The way is open, but others would not hear you.',
    noWay:
      'Sound cannot get through: neither UDP nor TCP nor the TURN server reaches the media port.',
    noWayNoTurn: 'Sound cannot get through: neither UDP nor TCP reaches the media port.',
    noWayTurnDown:
      'Sound cannot get through: neither UDP nor TCP reaches the media port, and the TURN server does not help.',
    noWorker: 'The voice server is there, but carries no calls at the moment.',
    clocksApart: 'The voice server takes a new ticket for an old one.',
    socketRefused: 'The way to the voice server is closed, while the rest of Harmonium is reached.',
    noSockets: 'No WebSocket gets through from here.',
    noVoice: 'There is no voice on this instance at the moment.',
    often: 'You have tested often enough for now.',
    offline: 'Harmonium does not answer.',
  },
  cures: {
    clockOff:
      'Let your system set its clock by itself. Times beside messages look wrong until then.',
    silent:
      'See whether a switch or your system mutes it, and whether the right one is chosen above.',
    onlyRelay:
      'Nothing has to be done. Where another network or no VPN can be had, calls are a little quicker.',
    onlyTcp:
      'The network you are in lets no UDP out. Another one is better, or this one without a VPN.',
    slow: 'Prefer a cable or be closer to the access point, and switch off a VPN.',
    lossy:
      'Prefer a cable or be closer to the access point, and see whether something else fills the line.',
    uneven:
      'Prefer a cable or be closer to the access point, and see whether something else fills the line.',
    noMicrophone: {
      none: 'Plug one in. You can listen without.',
      blocked: 'Allow it in the address bar, then test again.',
      busy: 'Another program may be using it: close that, then test again.',
      insecure: 'Open this page over HTTPS: browsers give no microphone to others.',
    },
    noWay: 'Try another network, or this one without VPN and proxy.',
    often: 'Wait a minute, then test again.',
    noSockets: 'Switch off a VPN or proxy, or try another network.',
    noVoice: 'Try again in a minute.',
    tell: 'Nothing on this device mends it: send the result to whoever runs this server.',
    offline: 'Check the connection of this device, then test again.',
  },
  operators: {
    turnBroken:
      'Check TURN_URLS and TURN_SECRET against the TURN server, and that its port is open.',
    onlyRelay:
      'If everyone has this: open the ports from SFU_PORT on for UDP and TCP, and check MEDIASOUP_ANNOUNCED_IP.',
    onlyTcp: 'If everyone has this: open the ports from SFU_PORT on for UDP.',
    noWay:
      'Open the ports from SFU_PORT on for UDP and TCP, and let MEDIASOUP_ANNOUNCED_IP be the address that leads there. The TURN server has to reach it as well.',
    noWayNoTurn:
      'If everyone has this: open the ports from SFU_PORT on for UDP and TCP, and let MEDIASOUP_ANNOUNCED_IP be the address that leads there. If only some have it, their network is closed: a TURN server helps.',
    noWayTurnDown:
      'Open the ports from SFU_PORT on for UDP and TCP, let MEDIASOUP_ANNOUNCED_IP be the address that leads there, and check TURN_URLS and TURN_SECRET.',
    noWorker: 'See what the voice worker says in the log; “npm run doctor” looks at it.',
    clocksApart: 'The clocks of the machines of api and voice differ: have both set by NTP.',
    socketRefused: 'Let what stands in front pass “Upgrade” on /sfu, as on /parties.',
    noSockets:
      'If everyone has this: let what stands in front pass “Upgrade” on /parties and /sfu.',
    noVoice: '“npm run doctor” says what is missing.',
    offline: 'If others have this too: see whether it runs. “npm run doctor” looks at the address.',
  },
};
