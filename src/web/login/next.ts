// Where a finished login leads: back to the relying party whose request is in the address's fragment, or to the settings. Only paths of
// our own origin are followed; a foreign address in our address bar never decides where people go.

export interface Next {
  readonly href: string;
  /** The relying party wants a fresh proof: a trusted browser does not stand in for it. */
  readonly again: boolean;
}

/** `hash` is the page's fragment: `#oidc=<uid>`, `#oidc=<uid>&again`, or `#to=<path of the settings>`. */
export function nextOf(tenant: string, hash: string): Next {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  const uid = asked.get('oidc');
  if (uid !== null && /^[\w-]{10,64}$/.test(uid))
    return { href: `/oidc/${tenant}/interaction/${uid}/done`, again: asked.has('again') };
  const to = asked.get('to') ?? '';
  return { href: `/t/${tenant}/settings${/^[a-z-]{1,40}$/.test(to) ? `#/${to}` : ''}`, again: false };
}
