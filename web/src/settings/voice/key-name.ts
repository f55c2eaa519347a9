/** A key as it is called, from its `KeyboardEvent.code`. */
export function keyName(code: string): string {
  const [, letter] = /^(?:Key|Digit)(.)$/.exec(code) ?? [];
  if (letter !== undefined) return letter;
  const [, name, side] = /^(Control|Shift|Alt|Meta)(Left|Right)$/.exec(code) ?? [];
  if (name !== undefined && side !== undefined) return `${side} ${name}`;
  return code.replaceAll(/(?<=[a-z])(?=[A-Z0-9])/g, ' ');
}
