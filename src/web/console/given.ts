// What a page is given by its address.

export interface PageGiven {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}
