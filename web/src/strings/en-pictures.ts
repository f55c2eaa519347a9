/** Choosing and cutting a picture. */
export const pictures = {
  choose: 'Choose a picture',
  change: 'Change picture',
  remove: 'Remove',
  hint: 'Drop one here, paste it, or pick a file. Up to 8 MB.',
  dropHere: 'Let go to use this picture',
  cutTitle: 'Cut your picture',
  cutSentence: 'Drag it to where it looks best.',
  cutLabel: 'Picture: drag, or move it with the arrow keys',
  zoom: 'Size',
  use: 'Use picture',
  cancel: 'Cancel',
  unreadable: 'This file cannot be read as a picture. Try PNG, JPEG, WebP, GIF or AVIF.',
  tooBig: 'This picture is too big: at most 8 MB.',
};
