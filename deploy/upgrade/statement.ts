/** What an api asked of its database. */
export interface Statement {
  text: string;
  values: unknown[];
  /** That it changed, or was answered with. */
  rows: number;
}
