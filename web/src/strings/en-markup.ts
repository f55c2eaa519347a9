/** Within what a message says. */
export const markup = {
  unknownUser: '@unknown user',
  unknownRole: '@deleted role',
  unknownChannel: '#deleted',
  spoiler: 'Spoiler, press to show it',
  copyCode: 'Copy code',
  copied: 'Copied',
  copyFailed: 'It could not be copied.',
  code: 'Code',
  codeIn: (language: string) => `Code, ${language}`,
  messageIn: (place: string) => `${place} › message`,
  message: 'Message',
  leadsTo: (address: string) => `Leads to ${address}`,
};
