/** The settings of a server. */
export const serverSettings = {
  back: 'Back to the server',
  overview: 'Overview',
};
