// The browser's half of a passkey: what the server's options ask for, and of its answer the parts the server reads (WebAuthn Level 3 §5.1.8).
import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type { PasskeyAnswer } from '../api/views.ts';

/** Answers a challenge. Throws when the person dismisses the browser's question. */
export async function askPasskey(options: Readonly<Record<string, unknown>>): Promise<PasskeyAnswer> {
  const optionsJSON = options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'];
  const { id, response } = await startAuthentication({ optionsJSON });
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return {
    id,
    response: { clientDataJSON, authenticatorData, signature, ...(userHandle === undefined ? {} : { userHandle }) },
  };
}

/** Makes a passkey. Throws when the person dismisses the browser's question. */
export async function makePasskey(options: Readonly<Record<string, unknown>>): Promise<PasskeyAnswer> {
  const optionsJSON = options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'];
  const { id, response } = await startRegistration({ optionsJSON });
  const { clientDataJSON, attestationObject, transports } = response;
  return {
    id,
    response: { clientDataJSON, attestationObject, ...(transports === undefined ? {} : { transports }) },
  };
}
