/** Hashes of passwords; a hash carries the parameters it was made with. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Without a hash (no such user) it takes as long as with one and answers false. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}
