/** A letter to one person, ready to be sent. */
export interface Letter {
  /** A mail address. */
  to: string;
  /** One line. */
  subject: string;
  text: string;
  /** The same for programs that show HTML; it loads nothing from anywhere. */
  html: string;
  /** Where the letter leads; absent when it only tells something. */
  link?: string;
}

/** Whatever brings letters to people. */
export interface Mail {
  /**
   * Resolves once the letter is in somebody else's hands, which is not yet the reader's. Throws when
   * nobody took it. What the letter says never becomes a header, whatever characters are in it.
   */
  send(letter: Letter): Promise<void>;
}
