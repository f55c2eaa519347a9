/** Channels and categories being put in another order. */
export const arranging = {
  moved: (name: string, position: number, of: number, group: string) =>
    `${name} is now number ${position} of ${of} in ${group}.`,
  categoryMoved: (name: string, position: number, of: number) =>
    `${name} is now category ${position} of ${of}.`,
  atEnd: (name: string) => `${name} cannot go further.`,
  loose: 'the channels without a category',
};
