/**
 * Files in what was pasted or dropped. Office programs add a picture of the text that they copy:
 * where there is text with formatting, the text is meant.
 */
export function filesIn(data: DataTransfer | null): File[] {
  if (data === null) return [];
  const isRichText = data.types.includes('text/html') && data.getData('text/plain').trim() !== '';
  return isRichText ? [] : Array.from(data.files);
}

export function hasFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') === true;
}
