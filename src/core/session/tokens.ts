// The port that makes what a browser holds: 256 random bits, of which only the SHA-256 is ever stored. No slow hash: nobody guesses 256 bits.

export interface Token {
  readonly token: string;
  readonly hash: string;
}

export interface Tokens {
  fresh(): Token;
  hash(token: string): string;
}
